//! The staff's first pages: sign in by a one-time link, see how teams are doing, read what was said.

pub mod comments;
pub mod home;
pub mod progress;
pub mod sign_in;

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use serde::Serialize;

use super::csrf::FormToken;
use super::error::Failure;
use super::house::House;
use super::view::{Deadline, Page, StaffHere};
use super::visitor::Visitor;
use crate::consultations::Consultation;
use crate::links;
use crate::words::Language;

/// The common part of a desk's page, with a fresh form token where the browser had none.
fn page(request: &HttpRequest, house: &House) -> (Page, FormToken) {
    let token = FormToken::for_page(request, &house.keys, &house.chance);
    let staff = match Visitor::of(request) {
        Visitor::Staff(colleague) => Some(StaffHere {
            name: colleague.name,
            home_url: links::DESK.to_owned(),
            sign_out_url: links::SIGN_OUT.to_owned(),
        }),
        Visitor::Nobody | Visitor::Member(_) => None,
    };
    let page = Page {
        home_url: links::DESK.to_owned(),
        who_sees_url: links::WHO_SEES.to_owned(),
        csrf: token.token.clone(),
        staff,
        ..Page::default()
    };
    (page, token)
}

fn shown<V: Serialize>(house: &House, template: &str, view: &V, token: FormToken) -> Result<HttpResponse, Failure> {
    let html = house.renderer.render(template, Language::English, view)?;
    let mut response = HttpResponse::Ok();
    if let Some(cookie) = token.cookie {
        response.cookie(cookie);
    }
    Ok(response.content_type("text/html; charset=utf-8").body(html))
}

fn deadline(house: &House, of: &Consultation) -> Deadline {
    let now = house.clock.now();
    let began = of.opened_at.unwrap_or(of.created_at);
    let ends = of.closed_at.map_or(of.deadline.at, |closed| closed.min(of.deadline.at));
    Deadline::new(
        &house.words,
        Language::English,
        of.deadline.local,
        of.deadline.at.to_rfc3339(),
        of.deadline.at - began,
        ends - now,
    )
}
