//! Signing in with address and password: on a page of its own, or in the place of the page that
//! was asked for.

use actix_web::http::{Method, StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use serde::Deserialize;

use crate::links;
use crate::people::Staff;
use crate::people::sign_in::{Door, Outcome, Tried};
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::{STAFF_COOKIE, StaffSession, browser_cookie, browser_of, gone};
use crate::web::view::{FieldError, Page, SignInPage};
use crate::words::Language;

/// # Errors
/// When the page cannot be rendered.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    form(&request, &house, StatusCode::OK, Typed::default(), |page| page)
}

/// Whether the form can stand in the place of the page that was asked for.
#[must_use]
pub fn can_lead_on(request: &HttpRequest) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD) && links::is_desk(request.path())
}

/// The form instead of a page of the desks, which she goes on to.
///
/// # Errors
/// When the page cannot be rendered.
pub fn instead(request: &HttpRequest, house: &House) -> Result<HttpResponse, Failure> {
    let asked = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let typed = Typed { to: links::after_sign_in(&asked).to_owned(), ..Typed::default() };
    form(request, house, StatusCode::UNAUTHORIZED, typed, |page| page)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    email: String,
    password: String,
    to: String,
}

/// # Errors
/// Too many at once; the database fails.
pub async fn post(request: HttpRequest, house: Data<House>, Form(typed): Form<Typed>) -> Result<HttpResponse, Failure> {
    let missing: Vec<Problem> = [("email", &typed.email), ("password", &typed.password)]
        .into_iter()
        .filter(|(_, value)| value.trim().is_empty())
        .map(|(field, _)| Problem::new(field, "missing", "Fill this in."))
        .collect();
    if !missing.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return form(&request, &house, status, typed, |page| super::mending(page, &house, &missing));
    }
    let browser = browser_of(&request, &house.keys);
    let tried = Tried { email: typed.email.clone(), password: typed.password.clone(), browser };
    match door(&house).enter(tried).await? {
        Outcome::Entered(staff) => Ok(enter(&request, &house, &staff, false, links::after_sign_in(&typed.to))),
        Outcome::Wrong => form(&request, &house, StatusCode::UNPROCESSABLE_ENTITY, typed, |page| {
            let detail = "The address or the password is wrong.";
            super::mending(page, &house, &[Problem::new("email", "sign-in-wrong", detail)])
        }),
        Outcome::Wait(wait) => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            let answer = form(&request, &house, status, typed, |page| waiting(page, &house, "email", wait))?;
            Ok(with_retry_after(answer, wait))
        }
    }
}

/// Takes the session's cookie away.
///
/// # Errors
/// None.
pub async fn sign_out(_: Form<Pressed>) -> Result<HttpResponse, Failure> {
    Ok(HttpResponse::SeeOther().cookie(gone(STAFF_COOKIE)).insert_header((header::LOCATION, "/")).finish())
}

/// Nothing is typed.
#[derive(Deserialize)]
pub struct Pressed {}

pub(super) fn door(house: &House) -> Door<'_> {
    Door {
        store: &house.store,
        keys: &house.keys,
        passwords: &house.passwords,
        now: house.clock.now(),
        chance: &house.chance,
    }
}

/// A fresh session, the browser known from now on, and on to `to`.
pub(super) fn enter(request: &HttpRequest, house: &House, staff: &Staff, by_link: bool, to: &str) -> HttpResponse {
    let now = house.clock.now();
    HttpResponse::SeeOther()
        .cookie(StaffSession::new(staff, by_link, now).cookie(&house.keys, &house.chance, now))
        .cookie(browser_cookie(request, &house.keys, &house.chance, staff.id))
        .insert_header((header::LOCATION, to))
        .finish()
}

/// Says beside `field` how long the next try has to wait.
pub(super) fn waiting(page: Page, house: &House, field: &str, wait: Duration) -> Page {
    let seconds = wait_seconds(wait);
    let words = if seconds < 90 {
        house.words.say(Language::English, "sign-in-wait-seconds", &[("count", seconds.into())])
    } else {
        house.words.say(Language::English, "sign-in-wait-minutes", &[("count", ((seconds + 59) / 60).into())])
    };
    Page { errors: vec![FieldError { field: field.to_owned(), words }], ..page }
}

pub(super) fn with_retry_after(mut answer: HttpResponse, wait: Duration) -> HttpResponse {
    answer.headers_mut().insert(header::RETRY_AFTER, wait_seconds(wait).into());
    answer
}

/// Rounded up, so that whoever waits as told is heard.
fn wait_seconds(wait: Duration) -> i64 {
    (wait.num_milliseconds() + 999) / 1000
}

fn form(
    request: &HttpRequest,
    house: &House,
    status: StatusCode,
    typed: Typed,
    mend: impl FnOnce(Page) -> Page,
) -> Result<HttpResponse, Failure> {
    let (page, token) = super::page(request, house);
    let to = links::after_sign_in(&typed.to).to_owned();
    let view = SignInPage { page: mend(page), action_url: links::SIGN_IN.to_owned(), to, email: typed.email };
    super::shown_as(status, house, "desk/sign_in.html", &view, token)
}
