//! "I have a printed code": the way in for people without mail.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::frame::{Frame, see_other};
use super::letter::sign_in;
use crate::consultations::{self, State};
use crate::links;
use crate::people;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::PrintedPage;

/// # Errors
/// When the page cannot be rendered.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    page(&request, &house, StatusCode::OK, String::new(), &[])
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Printed {
    code: String,
}

/// # Errors
/// When the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    Form(typed): Form<Printed>,
) -> Result<HttpResponse, Failure> {
    let refused = |code, detail: &str| {
        let problem = Problem::new("code", code, detail);
        page(&request, &house, StatusCode::UNPROCESSABLE_ENTITY, typed.code.clone(), &[problem])
    };
    if typed.code.trim().is_empty() {
        return refused("missing", "Type the code.");
    }
    let code = typed.code.clone();
    let found = house.read(move |tx| {
        let Some(invitation) = consultations::by_printed_code(tx, &code)? else { return Ok(None) };
        let consultation = consultations::by_id(tx, invitation.consultation_id)?;
        let gone = people::member::by_id(tx, invitation.member_id)?.has_left || consultation.state == State::Preparing;
        let must_choose = !consultations::choices(tx, &invitation)?.is_empty();
        Ok((!gone).then_some((invitation, consultation.slug, must_choose)))
    });
    match found.await? {
        None => refused("unknown", "Check each letter and type it again."),
        Some((invitation, _, true)) => {
            let token = consultations::link_token(&house.keys, invitation.id, invitation.generation);
            Ok(see_other(&links::go(&token)))
        }
        Some((invitation, slug, false)) => sign_in(&request, &house, invitation, &links::consultation(&slug)).await,
    }
}

fn page(
    request: &HttpRequest,
    house: &House,
    status: StatusCode,
    code: String,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    Frame::outside(request, house).mending(house, problems).show(house, status, "member/printed.html", |page| {
        PrintedPage { page, action_url: links::PRINTED.to_owned(), code }
    })
}
