//! The staff's pages: sign in, look after accounts, see how teams are doing, read what was said.

pub mod account;
pub mod account_of;
pub mod accounts;
pub mod answers;
pub mod calls;
mod chart;
pub mod check;
pub mod close;
pub mod codes;
pub mod comments;
pub mod compare;
pub mod counts;
pub mod deadline;
pub mod draft;
pub mod draft_preview;
pub mod editor;
pub mod editor_discard;
pub mod fate;
pub mod file_comments;
mod filters;
mod fitting;
pub mod home;
pub mod mailings;
pub mod matching;
pub mod member;
pub mod member_leave;
pub mod member_list;
pub mod members;
pub mod members_import;
pub mod new;
pub mod one_comment;
pub mod pair;
pub mod pairs;
pub mod progress;
pub mod publish;
pub mod question;
pub mod questions;
pub mod reach;
pub(super) mod said;
pub mod settings;
pub mod share;
pub mod sign_in;
mod source;
pub mod staff_link;
pub mod team;
pub mod team_pack;
pub mod teams;
pub mod tokens;
mod typed;
pub(super) use typed::Typed;
pub mod version;
mod whom;

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
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

/// What a redirect adds to an address so that the page says it once.
const SAVED: &str = "saved";

/// Says "Saved." on a page that was reached by saving.
fn saying_saved(page: Page, request: &HttpRequest, house: &House) -> Page {
    let saved = request.query_string() == SAVED;
    let notice = saved.then(|| house.words.say(Language::English, "notice-saved", &[]));
    Page { notice: notice.or(page.notice), ..page }
}

/// Sends the browser on after a deed.
fn see(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}

/// The pages of one consultation's desk, for the line of ways on top of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Check,
    Progress,
    Groups,
    Draft,
    Questions,
    Settings,
    Mailings,
    Share,
    Comments,
    Counts,
    Answers,
}

impl Way {
    /// What comes in, then what goes out.
    const ALL: [Self; 11] = [
        Self::Check,
        Self::Progress,
        Self::Groups,
        Self::Comments,
        Self::Counts,
        Self::Answers,
        Self::Draft,
        Self::Questions,
        Self::Mailings,
        Self::Share,
        Self::Settings,
    ];

    fn kind(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Progress => "progress",
            Self::Groups => "groups",
            Self::Draft => "draft",
            Self::Questions => "questions",
            Self::Settings => "settings",
            Self::Mailings => "mailings",
            Self::Share => "share",
            Self::Comments => "comments",
            Self::Counts => "counts",
            Self::Answers => "answers",
        }
    }

    fn url(self, slug: &str) -> String {
        match self {
            Self::Check => links::desk_check(slug),
            Self::Progress => links::desk_progress(slug),
            Self::Groups => links::desk_groups(slug),
            Self::Draft => links::desk_draft(slug),
            Self::Questions => links::desk_questions(slug),
            Self::Settings => links::desk_settings(slug),
            Self::Mailings => links::desk_mailings(slug),
            Self::Share => links::desk_share(slug),
            Self::Comments => links::desk_comments(slug),
            Self::Counts => links::desk_counts(slug, &[]),
            Self::Answers => links::desk_answers(slug, &[]),
        }
    }

    /// Whether it is shown to whoever holds these roles, in this state.
    fn is_open(self, roles: &Roles, state: State) -> bool {
        match self {
            Self::Check => roles.may(Role::Organiser) && state == State::Preparing,
            // Sharing too, so that the poster can be hung up in time.
            Self::Draft | Self::Questions | Self::Settings | Self::Mailings | Self::Share => roles.may(Role::Organiser),
            Self::Groups => state != State::Preparing,
            Self::Progress => roles.may(Role::Organiser) && state != State::Preparing,
            Self::Comments | Self::Counts | Self::Answers => roles.may(Role::Negotiator) && state != State::Preparing,
        }
    }
}

/// As [`page`], on the desk of one consultation.
pub(super) fn page_of(request: &HttpRequest, house: &House, of: &Consultation, at: Way) -> (Page, FormToken) {
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
pub(super) fn mending(page: Page, house: &House, problems: &[Problem]) -> Page {
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

pub(super) fn shown_as<V: Serialize>(
    status: StatusCode,
    house: &House,
    template: &str,
    view: &V,
    token: FormToken,
) -> Result<HttpResponse, Failure> {
    Ok(answer(status, token, house.renderer.render(template, Language::English, view)?))
}

/// A page that is rendered already.
fn answer(status: StatusCode, token: FormToken, html: String) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    if let Some(cookie) = token.cookie {
        response.cookie(cookie);
    }
    response.content_type("text/html; charset=utf-8").body(html)
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
