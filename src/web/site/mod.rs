//! What belongs to no visitor: health, assets, pages of failure, the demo's mailbox.

pub mod mailbox;
pub mod robots;

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};

use super::error::Failure;
use super::form;
use super::house::House;
use super::member;
use super::view::{Page, Problem, ProblemPage, Resend};
use crate::links;
use crate::refusal::Refusal;
use crate::store::Fault;

/// The process lives.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n")
}

/// The database answers, so its migrations (applied at the start) are in order.
pub async fn readyz(house: Data<House>) -> HttpResponse {
    match house.read(|tx| Ok::<_, Refusal>(crate::people::team::list(tx).map(|_| ())?)).await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
        Err(_) => HttpResponse::ServiceUnavailable()
            .content_type("text/plain; charset=utf-8")
            .body("the database does not answer\n"),
    }
}

/// A file whose name holds its hash: kept by browsers for a year.
///
/// # Errors
/// No such file.
pub async fn asset(house: Data<House>, name: Path<String>) -> Result<HttpResponse, Failure> {
    let found = house.assets.find(&name).ok_or(Failure::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(found.mime)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::ETAG, found.etag.clone()))
        .body(found.bytes.clone().into_owned()))
}

/// A failure as a page, with what was typed given back. Never fails itself: what cannot be
/// rendered is said in one plain sentence.
#[must_use]
pub fn problem_page(request: &HttpRequest, house: &House, failure: &Failure, token: &str) -> String {
    let language = member::language_of(request);
    let kind = match kind_of(failure) {
        Problem::Expired if links::is_desk(request.path()) => Problem::SignedOut,
        kind => kind,
    };
    let limit_words = match failure {
        Failure::TooLarge { limit } => {
            house.words.say(language, "limit-kilobytes", &[("count", (limit / 1024).into())])
        }
        _ => String::new(),
    };
    let held = request
        .extensions()
        .get::<form::Held>()
        .filter(|_| kind == Problem::Expired)
        .map(|held| Resend { action_url: request.path().to_owned(), fields: held.0.clone() });
    let view = ProblemPage {
        page: Page { csrf: token.to_owned(), ..member::bare_page() },
        kind,
        limit_words,
        kept: failure.kept().map(str::to_owned),
        again_url: match failure {
            _ if kind == Problem::SignedOut => Some(links::DESK.to_owned()),
            Failure::Expired { again_url, .. } => again_url.clone(),
            _ if matches!(kind, Problem::Broken | Problem::Busy | Problem::Conflict) => Some(request.path().to_owned()),
            _ => None,
        },
        lost_url: links::LOST.to_owned(),
        resend: held,
    };
    house.renderer.render("member/problem.html", language, &view).unwrap_or_else(|fault| {
        tracing::error!(%fault, "a page of failure cannot be rendered");
        let kept = failure.kept().map(escaped).unwrap_or_default();
        let title = escaped(&house.words.say(language, "fault-broken", &[]));
        format!("<!doctype html><title>{title}</title><h1>{title}</h1><pre>{kept}</pre>")
    })
}

fn kind_of(failure: &Failure) -> Problem {
    match failure {
        Failure::Refused(refusal) | Failure::Kept { refusal, .. } => match refusal {
            Refusal::Invalid(_) => Problem::Unreadable,
            Refusal::Unknown(_) => Problem::NotFound,
            Refusal::Conflict { .. } => Problem::Conflict,
            Refusal::Forbidden { .. } => Problem::Forbidden,
            Refusal::Late(_) => Problem::Late,
            Refusal::TooMany(_) => Problem::TooMany,
            Refusal::Fault(Fault::Busy | Fault::Unreachable(_)) => Problem::Busy,
            Refusal::Fault(_) => Problem::Broken,
        },
        Failure::Expired { .. } => Problem::Expired,
        Failure::Forbidden => Problem::Forbidden,
        Failure::LinkUnknown => Problem::LinkUnknown,
        Failure::NotFound => Problem::NotFound,
        // The last two are spoken by the JSON API alone.
        Failure::MethodNotAllowed
        | Failure::Unreadable(_)
        | Failure::UnsupportedType { .. }
        | Failure::ChooseTeam(_) => Problem::Unreadable,
        Failure::TooLarge { .. } => Problem::TooLarge,
        Failure::Render(_) => Problem::Broken,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
