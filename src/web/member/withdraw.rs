//! Withdrawing one of her comments, until the deadline: asked first, then done.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::frame::{Frame, see_other};
use super::here::Here;
use super::own::OwnWords;
use crate::consultations::{self, Arrival};
use crate::ids::CommentId;
use crate::links;
use crate::refusal::Refusal;
use crate::responses;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::Level;
use crate::web::view::WithdrawPage;

/// # Errors
/// Nobody signed in, or not a comment of hers.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let here = Here::of(&request, &house, &slug).await?;
    if here.level != Level::Full {
        return Ok(see_other(&links::code(&slug)));
    }
    if here.consultation.judge(Arrived::of(&request, &house)) != Arrival::OnTime {
        return Ok(see_other(&links::mine(&slug)));
    }
    let id: CommentId = id.parse().map_err(|_| Failure::NotFound)?;
    let (shared, author, language) = (house.clone(), here.author.clone(), here.language);
    let all = house.read(move |tx| OwnWords::all(tx, &shared, &author, language)).await?;
    let own = all.iter().find(|own| own.mine.comment.id == id).ok_or(Failure::NotFound)?;
    let frame = Frame::of(&request, &house, &here);
    frame.show(&house, StatusCode::OK, "member/withdraw.html", |page| WithdrawPage {
        page,
        comment: own.view(&here.consultation, true),
        action_url: links::withdraw(&slug, id),
        back_url: links::mine(&slug),
    })
}

/// The button alone says it all.
#[derive(Deserialize)]
pub struct Pressed {}

/// # Errors
/// Nobody signed in, not a comment of hers, or too late.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let arrived = Arrived::of(&request, &house);
    let here = Here::of(&request, &house, &slug).await?;
    if here.level != Level::Full {
        return Err(Failure::Forbidden);
    }
    let id: CommentId = id.parse().map_err(|_| Failure::NotFound)?;
    let (author, consultation) = (here.author, here.consultation.id);
    let done = house.write_voices(move |tx| {
        let consultation = consultations::by_id(tx, consultation)?;
        responses::withdraw(tx, &author, &consultation, arrived, id)
    });
    match done.await {
        // A second press of the button finds nothing to withdraw any more.
        Ok(()) | Err(Refusal::Unknown(_)) => Ok(see_other(&format!("{}?done=withdrawn", links::mine(&slug)))),
        Err(refusal) => Err(refusal.into()),
    }
}
