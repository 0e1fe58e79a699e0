//! Behind the link in the mail: opening it changes nothing, pressing the button confirms the address.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::consultations::joining::{self, JoinState};
use crate::consultations::{self, Consultation};
use crate::links;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::member::Frame;
use crate::web::view::JoinConfirmPage;

/// # Errors
/// A link that is not (any more) in use.
pub async fn get(request: HttpRequest, house: Data<House>, token: Path<String>) -> Result<HttpResponse, Failure> {
    let (now, asked) = (house.clock.now(), token.clone());
    let found = house.read(move |tx| {
        let one = joining::by_token(tx, &asked, now)?;
        Ok((consultations::by_id(tx, one.consultation_id)?, one.state != JoinState::Unconfirmed))
    });
    let (of, done) = known(found.await)?;
    page(&request, &house, &of, &token, done)
}

#[derive(Deserialize)]
pub struct Pressed {}

/// # Errors
/// As [`get`]; comments have closed.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    token: Path<String>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (now, asked) = (house.clock.now(), token.clone());
    let confirmed = house.write(move |tx| {
        let one = joining::confirm(tx, &asked, now)?;
        consultations::by_id(tx, one.consultation_id)
    });
    let of = known(confirmed.await)?;
    page(&request, &house, &of, &token, true)
}

fn known<T>(found: Result<T, Refusal>) -> Result<T, Failure> {
    found.map_err(|refusal| match refusal {
        Refusal::Unknown(_) => Failure::LinkUnknown,
        other => other.into(),
    })
}

fn page(
    request: &HttpRequest,
    house: &House,
    of: &Consultation,
    token: &str,
    done: bool,
) -> Result<HttpResponse, Failure> {
    Frame::outside(request, house).show(house, StatusCode::OK, "member/join_confirm.html", |page| JoinConfirmPage {
        page,
        title: of.title.clone(),
        public_url: links::consultation(&of.slug),
        action_url: links::join_confirm(token),
        done,
    })
}
