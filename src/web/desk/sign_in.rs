//! A colleague's one-time link: shown on GET, used by the button alone.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use serde::Deserialize;

use crate::links;
use crate::people::staff;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::{STAFF_COOKIE, StaffSession, cookie, gone};
use crate::web::view::SignInPage;

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, token: Path<String>) -> Result<HttpResponse, Failure> {
    let (asked, now) = (token.clone(), house.clock.now());
    let known = house.read(move |tx| Ok::<_, Refusal>(staff::by_link(tx, &asked, now)?)).await?;
    let (page, form) = super::page(&request, &house);
    let view = SignInPage {
        page,
        valid: known.is_some(),
        name: known.map(|one| one.name).unwrap_or_default(),
        action_url: links::staff_link(&token),
    };
    super::shown(&house, "desk/sign_in.html", &view, form)
}

/// Nothing is typed here; the token alone counts.
#[derive(Deserialize)]
pub struct Pressed {}

/// # Errors
/// A link that was used or ran out.
pub async fn post(house: Data<House>, token: Path<String>, _: Form<Pressed>) -> Result<HttpResponse, Failure> {
    let now = house.clock.now();
    let used = house.write(move |tx| Ok::<_, Refusal>(staff::use_link(tx, &token, now)?)).await?;
    let session = StaffSession::new(used.ok_or(Failure::LinkUnknown)?.id, now);
    let lasts = session.expires - now;
    Ok(HttpResponse::SeeOther()
        .cookie(cookie(STAFF_COOKIE, session.seal(&house.keys, &house.chance), lasts.max(Duration::zero())))
        .insert_header((header::LOCATION, links::DESK))
        .finish())
}

/// Takes the session's cookie away.
///
/// # Errors
/// None.
pub async fn sign_out(_: Form<Pressed>) -> Result<HttpResponse, Failure> {
    Ok(HttpResponse::SeeOther().cookie(gone(STAFF_COOKIE)).insert_header((header::LOCATION, "/")).finish())
}
