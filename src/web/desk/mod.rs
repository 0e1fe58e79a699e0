//! The staff's pages: sign in, look after accounts, see how teams are doing, read what was said.

pub mod account;
pub mod account_of;
pub mod accounts;
pub mod calls;
mod chart;
pub mod close;
pub mod codes;
pub mod comments;
pub mod deadline;
pub mod home;
pub mod progress;
pub mod reach;
pub mod share;
pub mod sign_in;
pub mod staff_link;
pub mod tokens;

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::csrf::FormToken;
use super::error::Failure;
use super::house::House;
use super::view::{Deadline, DeskHere, DeskWay, FieldError, Page, StaffHere};
use super::visitor::Visitor;
use crate::consultations::{Consultation, State};
use crate::links;
use crate::people::{Role, Roles};
use crate::text::Problem;
use crate::words::Language;

/// The common part of a desk's page, with a fresh form token where the browser had none.
fn page(request: &HttpRequest, house: &House) -> (Page, FormToken) {
    let token = FormToken::for_page(request, &house.keys, &house.chance);
    let staff = match Visitor::of(request) {
        Visitor::Staff(colleague) => Some(StaffHere {
            name: colleague.name,
            home_url: links::DESK.to_owned(),
            account_url: links::ACCOUNT.to_owned(),
            accounts_url: colleague.roles.may(Role::Admin).then(|| links::ACCOUNTS.to_owned()),
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

/// The pages of one consultation's desk, for the line of ways on top of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Progress,
    Share,
    Comments,
}

impl Way {
    const ALL: [Self; 3] = [Self::Progress, Self::Share, Self::Comments];

    fn kind(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Share => "share",
            Self::Comments => "comments",
        }
    }

    fn url(self, slug: &str) -> String {
        match self {
            Self::Progress => links::desk_progress(slug),
            Self::Share => links::desk_share(slug),
            Self::Comments => links::desk_comments(slug),
        }
    }

    /// Whether it is shown to whoever holds these roles, in this state.
    fn is_open(self, roles: &Roles, state: State) -> bool {
        match self {
            Self::Progress => roles.may(Role::Organiser) && state != State::Preparing,
            // So that the poster can be hung up in time.
            Self::Share => roles.may(Role::Organiser),
            Self::Comments => roles.may(Role::Negotiator) && state != State::Preparing,
        }
    }
}

/// As [`page`], on the desk of one consultation.
fn page_of(request: &HttpRequest, house: &House, of: &Consultation, at: Way) -> (Page, FormToken) {
    let (page, token) = page(request, house);
    let roles = Visitor::colleague(request).map(|colleague| colleague.roles).unwrap_or_default();
    let ways = Way::ALL
        .into_iter()
        .filter(|way| way.is_open(&roles, of.state))
        .map(|way| DeskWay { kind: way.kind(), url: way.url(&of.slug), current: way == at })
        .collect();
    let desk = DeskHere { title: of.title.clone(), state: of.state.as_str(), deadline: deadline(house, of), ways };
    (Page { desk: Some(desk), ..page }, token)
}

/// Names what must be mended; the page goes back with status 422 and everything typed. A form field
/// is named as its problem is, with `_` for `.` and `/` (`contact.name` stands in `contact_name`).
fn mending(page: Page, house: &House, problems: &[Problem]) -> Page {
    let errors = problems
        .iter()
        .map(|problem| FieldError {
            field: problem.field.replace(['.', '/'], "_"),
            words: house.words.problem_words(Language::English, &problem.field, problem.code, &problem.detail),
        })
        .collect();
    Page { errors, ..page }
}

fn shown<V: Serialize>(house: &House, template: &str, view: &V, token: FormToken) -> Result<HttpResponse, Failure> {
    shown_as(StatusCode::OK, house, template, view, token)
}

fn shown_as<V: Serialize>(
    status: StatusCode,
    house: &House,
    template: &str,
    view: &V,
    token: FormToken,
) -> Result<HttpResponse, Failure> {
    let html = house.renderer.render(template, Language::English, view)?;
    let mut response = HttpResponse::build(status);
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
