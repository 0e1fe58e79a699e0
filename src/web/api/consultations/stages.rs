//! `POST …/open`, `…/close`, `…/deadline`: what happens to a consultation as a whole.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::ConsultationJson;
use crate::consultations::{self, Consultation};
use crate::drafts;
use crate::mail;
use crate::refusal::Refusal;
use crate::responses;
use crate::store::Tx;
use crate::web::api::asked;
use crate::web::api::replay::{Answer, once};
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::visitor::deed;

/// A body that says nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    deadline: Option<String>,
    reason: Option<String>,
    notify: Option<bool>,
}

/// Opens it: teams, labels and invitations are fixed.
///
/// # Errors
/// No published draft, or what `consultations::open` wants first.
pub async fn open(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<Nothing>,
) -> Result<HttpResponse, Failure> {
    let (deed, slug, doing) = (deed(&request, &house)?, asked::slug(&slug)?, house.clone());
    once(&request, &house, &body.bytes, async move {
        let asked = slug.clone();
        doing.read(move |tx| has_draft(tx, &asked)).await?;
        let opened = consultations::open(&doing.store, &doing.keys, &deed, &slug).await?;
        doing.wake.notify_one();
        shown(&doing, opened).await
    })
    .await
}

/// Closes it now; the rest of the words reach the desks.
///
/// # Errors
/// When it is not open.
pub async fn close(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<Nothing>,
) -> Result<HttpResponse, Failure> {
    let (deed, slug, doing) = (deed(&request, &house)?, asked::slug(&slug)?, house.clone());
    once(&request, &house, &body.bytes, async move {
        let closed = responses::close(&doing.store, &deed, &slug, "").await?;
        doing.wake.notify_one();
        shown(&doing, closed).await
    })
    .await
}

/// Moves the deadline to a later time, and tells everybody invited when `notify` is set.
///
/// # Errors
/// As `mail::extend`.
pub async fn deadline(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<Move>,
) -> Result<HttpResponse, Failure> {
    let (deed, slug, doing) = (deed(&request, &house)?, asked::slug(&slug)?, house.clone());
    once(&request, &house, &body.bytes, async move {
        let Move { deadline, reason, notify } = body.value;
        let (deadline, reason) = (deadline.unwrap_or_default(), reason.unwrap_or_default());
        let words = doing.words.clone();
        let moved =
            doing.write(move |tx| mail::extend(tx, &deed, &words, &slug, &deadline, &reason, notify == Some(true)));
        let moved = moved.await?;
        doing.wake.notify_one();
        shown(&doing, moved).await
    })
    .await
}

fn has_draft(tx: &mut Tx, slug: &str) -> Result<(), Refusal> {
    let consultation = consultations::by_slug(tx, slug)?;
    let proposal = drafts::proposal(tx, consultation.id)?;
    let published = match proposal {
        Some(proposal) => drafts::version::published(tx, proposal.id)?,
        None => None,
    };
    if published.is_some() {
        return Ok(());
    }
    Err(drafts::nothing_published())
}

async fn shown(house: &House, one: Consultation) -> Result<Answer, Failure> {
    let links = house.links.clone();
    Answer::done(&house.read(move |tx| ConsultationJson::of(tx, &links, one)).await?)
}
