//! Seeing on a further device what was said before: a short code by mail, typed here.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::frame::{Frame, see_other};
use super::here::Here;
use super::letter::signed_in;
use crate::consultations;
use crate::links;
use crate::mail;
use crate::people;
use crate::refusal::Refusal;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::{Level, MemberSession};
use crate::web::view::CodePage;

/// # Errors
/// Nobody signed in, or the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let here = Here::of(&request, &house, &slug).await?;
    if here.level == Level::Full {
        return Ok(see_other(&links::mine(&slug)));
    }
    let can_ask = has_address(&house, &here).await?;
    page(&request, &house, &here, StatusCode::OK, Stage { sent: false, can_ask }, &[])
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// Absent when she asks for one.
    code: Option<String>,
}

/// # Errors
/// Nobody signed in, too many codes, or the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    Form(typed): Form<Typed>,
) -> Result<HttpResponse, Failure> {
    let here = Here::of(&request, &house, &slug).await?;
    match typed.code {
        None => ask(&request, &house, &here).await,
        Some(code) => enter(&request, &house, &here, code).await,
    }
}

async fn ask(request: &HttpRequest, house: &House, here: &Here) -> Result<HttpResponse, Failure> {
    if !has_address(house, here).await? {
        return page(request, house, here, StatusCode::OK, Stage { sent: false, can_ask: false }, &[]);
    }
    let (invitation, chance, links, now) =
        (here.author.invitation.clone(), house.chance.clone(), house.links.clone(), house.clock.now());
    let queued = house.write(move |tx| {
        let code = consultations::new_code(tx, &chance, invitation.id, now)?;
        mail::queue_code(tx, &chance, &links, now, &invitation, code).map_err(Refusal::from)
    });
    queued.await?;
    house.wake.notify_one();
    page(request, house, here, StatusCode::OK, Stage { sent: true, can_ask: true }, &[])
}

async fn enter(request: &HttpRequest, house: &House, here: &Here, code: String) -> Result<HttpResponse, Failure> {
    let refused = |code, detail: &str| {
        let stage = Stage { sent: true, can_ask: true };
        page(request, house, here, StatusCode::UNPROCESSABLE_ENTITY, stage, &[Problem::new("code", code, detail)])
    };
    if code.trim().is_empty() {
        return refused("missing", "Type the code.");
    }
    let (invitation, keys, now) = (here.author.invitation.clone(), house.keys.clone(), house.clock.now());
    let id = invitation.id;
    let right =
        house.write(move |tx| consultations::check_code(tx, &keys, id, &code, now).map_err(Refusal::from)).await?;
    if !right {
        return refused("wrong", "That code does not fit.");
    }
    let session = MemberSession::new(id, invitation.generation, Level::Full, now);
    Ok(signed_in(house, session, &links::mine(&here.consultation.slug)))
}

async fn has_address(house: &House, here: &Here) -> Result<bool, Failure> {
    let member = here.author.invitation.member_id;
    Ok(house.read(move |tx| people::member::by_id(tx, member)).await?.email.is_some())
}

#[derive(Clone, Copy)]
struct Stage {
    sent: bool,
    can_ask: bool,
}

fn page(
    request: &HttpRequest,
    house: &House,
    here: &Here,
    status: StatusCode,
    stage: Stage,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    let address = links::code(&here.consultation.slug);
    let frame = Frame::of(request, house, here).mending(house, problems);
    frame.show(house, status, "member/code.html", |page| CodePage {
        page,
        sent: stage.sent,
        can_ask: stage.can_ask,
        ask_url: address.clone(),
        enter_url: address,
        minutes: MINUTES,
        back_url: links::mine(&here.consultation.slug),
    })
}

/// How long `consultations` lets a code hold.
const MINUTES: u32 = 10;
