//! A sheet for the notice board: public facts and the public address, never a personal link.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{bare_page, contact, deadline, language_of};
use super::qr;
use crate::consultations::{self, State};
use crate::links;
use crate::people;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::session::StaffSession;
use crate::web::view::PosterPage;

/// # Errors
/// No such consultation, or one in preparation for whoever is not staff; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let staff = StaffSession::of_request(&request, &house.keys, house.clock.now());
    let (of, is_staff) = house
        .read(move |tx| {
            let of = consultations::by_slug(tx, &slug)?;
            let is_staff = match staff {
                Some(session) => people::staff::by_session(tx, session.staff, session.epoch)?.is_some(),
                None => false,
            };
            Ok::<_, Refusal>((of, is_staff))
        })
        .await?;
    if of.state == State::Preparing && !is_staff {
        return Err(Failure::NotFound);
    }
    let language = language_of(&request);
    let public_url = links::consultation(&of.slug);
    let address = house.links.absolute(&public_url);
    let view = PosterPage {
        page: bare_page(),
        contact: contact(&of),
        deadline: deadline(&house, language, &of),
        code: qr::square(&address).ok_or(Failure::NotFound)?,
        title: of.title,
        address,
        join_url: of.join_url,
        public_url,
    };
    let html = house.renderer.render("member/poster.html", language, &view)?;
    Ok(HttpResponse::build(StatusCode::OK).content_type("text/html; charset=utf-8").body(html))
}
