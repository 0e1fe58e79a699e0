//! `POST/PATCH/DELETE /consultations/{slug}/comments…` and `POST …/finish`, for members.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use crate::consultations::{self, Consultation};
use crate::drafts;
use crate::ids::CommentId;
use crate::keys::Keys;
use crate::refusal::Refusal;
use crate::responses::{self, Author, NewComment, ReplayKey, Source};
use crate::store::Tx;
use crate::text;
use crate::web::api::given::{given, nullable};
use crate::web::api::me::OwnComment;
use crate::web::api::{asked, replay};
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::member::Here;
use crate::web::session::{Level, MemberSession};
use crate::web::visitor::Visitor;

#[expect(clippy::struct_field_names, reason = "new_wording is a promised name")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    block: Option<String>,
    version: Option<i32>,
    position: Option<String>,
    condition: Option<String>,
    body: Option<String>,
    quote: Option<Quote>,
    new_wording: Option<String>,
    permission: Option<String>,
    with_name: Option<bool>,
}

#[expect(clippy::option_option, reason = "absent, null and given are three things")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    /// May be sent along with the rest of a comment; it stays what it was.
    #[serde(default, deserialize_with = "nullable")]
    block: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    version: Option<i32>,
    #[serde(default, deserialize_with = "given")]
    position: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    condition: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    body: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    quote: Option<Option<Quote>>,
    #[serde(default, deserialize_with = "nullable")]
    new_wording: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    permission: Option<String>,
    #[serde(default, deserialize_with = "given")]
    with_name: Option<bool>,
    /// The version whose wording she saw and for which her comment still holds.
    #[serde(default, deserialize_with = "given")]
    confirmed_in: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quote {
    exact: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
    start: Option<u32>,
    end: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    nothing_to_add: Option<bool>,
    no_more_reminders: Option<bool>,
}

#[derive(Serialize)]
struct Finished {
    receipt: String,
    finished: bool,
}

/// Stores a comment: one write, and nothing else that waits.
///
/// # Errors
/// Every field that must be mended; too late.
pub async fn submit(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<New>,
) -> Result<HttpResponse, Failure> {
    let (session, arrived) = (Visitor::member(&request)?, Arrived::of(&request, &house));
    let (slug, keys, chance) = (asked::slug(&slug)?, house.keys.clone(), house.chance.clone());
    let replay = replay::key(&request)?.map(|key| ReplayKey::new(key, &body.bytes));
    let checked = responses::check(&body.value.into())?;
    let submitted = house.write_voices(move |tx| {
        let Some((author, consultation)) = here(tx, &keys, session, &slug)? else { return Ok(None) };
        let replay = replay.as_ref();
        responses::submit(tx, &author, &consultation, &chance, arrived, &checked, Source::Web, replay).map(Some)
    });
    Ok(HttpResponse::Created().json(submitted.await?.ok_or_else(Failure::expired)?))
}

/// Changes one of her comments.
///
/// # Errors
/// Not hers, too late, fields to mend, or a session that may only add.
pub async fn change(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    body: Json<Amend>,
) -> Result<HttpResponse, Failure> {
    let (session, arrived) = (full(&request)?, Arrived::of(&request, &house));
    let (slug, id) = path.into_inner();
    let (slug, id) = (asked::slug(&slug)?, asked::name::<CommentId>(&id, "comment")?);
    let (keys, chance) = (house.keys.clone(), house.chance.clone());
    let (block, version) = (body.value.block.clone(), body.value.version);
    let amend: responses::Amend = body.value.into();
    let changed = house.write_voices(move |tx| {
        let Some((author, consultation)) = here(tx, &keys, session, &slug)? else { return Ok(None) };
        stays_at_its_place(tx, &author, id, block.as_ref().map(Option::as_deref), version)?;
        let changed = responses::change(tx, &author, &consultation, &chance, arrived, id, &amend)?;
        Ok(Some(OwnComment::of(changed, &drafts::statuses(tx, consultation.id)?)))
    });
    Ok(HttpResponse::Ok().json(changed.await?.ok_or_else(Failure::expired)?))
}

/// Withdraws one of her comments.
///
/// # Errors
/// Not hers, too late, or a session that may only add.
pub async fn withdraw(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (session, arrived) = (full(&request)?, Arrived::of(&request, &house));
    let (slug, id) = path.into_inner();
    let (slug, id) = (asked::slug(&slug)?, asked::name::<CommentId>(&id, "comment")?);
    let keys = house.keys.clone();
    let withdrawn = house.write_voices(move |tx| {
        let Some((author, consultation)) = here(tx, &keys, session, &slug)? else { return Ok(None) };
        responses::withdraw(tx, &author, &consultation, arrived, id).map(Some)
    });
    withdrawn.await?.ok_or_else(Failure::expired)?;
    Ok(HttpResponse::NoContent().finish())
}

/// Says that she is done. Unless she says otherwise, she is not reminded any more.
///
/// # Errors
/// Too late.
pub async fn finish(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<Finish>,
) -> Result<HttpResponse, Failure> {
    let (session, arrived) = (Visitor::member(&request)?, Arrived::of(&request, &house));
    let (slug, keys, chance) = (asked::slug(&slug)?, house.keys.clone(), house.chance.clone());
    let Finish { nothing_to_add, no_more_reminders } = body.value;
    let done = house.write_voices(move |tx| {
        let Some((author, consultation)) = here(tx, &keys, session, &slug)? else { return Ok(None) };
        let nothing = nothing_to_add.unwrap_or(false);
        responses::finish(tx, &author, &consultation, &chance, arrived, nothing).map(Some)
    });
    let done = done.await?.ok_or_else(Failure::expired)?;
    // Names a member, so it is a transaction of its own.
    let (invitation, stop) = (session.invitation, no_more_reminders.unwrap_or(true));
    house.write(move |tx| Ok(consultations::no_more_reminders(tx, invitation, stop)?)).await?;
    Ok(HttpResponse::Ok().json(Finished { receipt: done.receipt, finished: true }))
}

/// The session, if it may see and change what was said.
fn full(request: &HttpRequest) -> Result<MemberSession, Failure> {
    let session = Visitor::member(request)?;
    if session.level == Level::Full {
        return Ok(session);
    }
    let detail =
        "To see or change what was said, ask for a code with POST /api/v1/session/code and send it with the link.";
    Err(Refusal::forbidden("code-needed", detail).into())
}

/// Who writes, and where; nothing when the session no longer holds.
fn here(
    tx: &mut Tx,
    keys: &Keys,
    session: MemberSession,
    slug: &str,
) -> Result<Option<(Author, Consultation)>, Refusal> {
    match Here::writer(tx, keys, session)? {
        None => Ok(None),
        Some((author, consultation)) if consultation.slug == slug => Ok(Some((author, consultation))),
        Some(_) => Err(Refusal::Unknown("consultation")),
    }
}

/// Refuses to move a comment to another block or version.
#[expect(clippy::option_option, reason = "absent, null and given are three things")]
fn stays_at_its_place(
    tx: &mut Tx,
    author: &Author,
    id: CommentId,
    block: Option<Option<&str>>,
    version: Option<i32>,
) -> Result<(), Refusal> {
    if block.is_none() && version.is_none() {
        return Ok(());
    }
    let known = responses::mine_one(tx, author, id)?.comment;
    let moved = "A comment stays on the passage it was written for; withdraw it and write a new one.";
    if version.is_some_and(|version| version != known.version_number) {
        return Err(Refusal::field("version", "fixed", moved));
    }
    match (block, &known.block_key) {
        (Some(Some(called)), Some(key)) if called != key => {
            let called = text::optional_line("block", called)?;
            let place = drafts::place(tx, known.consultation_id, Some(&called), Some(known.version_number))?;
            if place.block_key == known.block_key { Ok(()) } else { Err(Refusal::field("block", "fixed", moved)) }
        }
        (Some(Some(_)), None) | (Some(None), Some(_)) => Err(Refusal::field("block", "fixed", moved)),
        _ => Ok(()),
    }
}

impl From<New> for NewComment {
    fn from(new: New) -> Self {
        Self {
            block: new.block,
            version: new.version,
            position: new.position,
            condition: new.condition.unwrap_or_default(),
            body: new.body.unwrap_or_default(),
            quote: new.quote.map(Into::into),
            new_wording: new.new_wording.unwrap_or_default(),
            permission: new.permission,
            with_name: new.with_name.unwrap_or(false),
        }
    }
}

impl From<Amend> for responses::Amend {
    fn from(amend: Amend) -> Self {
        Self {
            position: amend.position,
            condition: amend.condition.map(Option::unwrap_or_default),
            body: amend.body.map(Option::unwrap_or_default),
            quote: amend.quote.map(|quote| quote.map(Into::into)),
            new_wording: amend.new_wording.map(Option::unwrap_or_default),
            permission: amend.permission,
            with_name: amend.with_name,
            confirmed_in: amend.confirmed_in,
        }
    }
}

impl From<Quote> for responses::Quote {
    fn from(quote: Quote) -> Self {
        let Quote { exact, prefix, suffix, start, end } = quote;
        Self { exact, prefix, suffix, start, end }
    }
}
