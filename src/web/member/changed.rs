//! Her comments on passages that have other words now: each is confirmed, changed or withdrawn with
//! one press, until the deadline.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::frame::{Frame, asked, deadline, see_other};
use super::here::Here;
use super::own::OwnWords;
use crate::consultations::{self, Arrival};
use crate::ids::CommentId;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, NewComment, ReplayKey, Source};
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::Level;
use crate::web::view::{ChangedComment, ChangedPage, HiddenField, WithdrawnComment};

/// # Errors
/// Nobody signed in, or the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let here = Here::of(&request, &house, &slug).await?;
    if here.level != Level::Full {
        return Ok(see_other(&links::code(&slug)));
    }
    if here.consultation.judge(Arrived::of(&request, &house)) != Arrival::OnTime {
        return Ok(see_other(&links::mine(&slug)));
    }
    page(&request, &house, here, None).await
}

/// A press of one of the buttons; `back` comes with all that was withdrawn.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    deed: String,
    comment: String,
    seen: String,
    nonce: String,
    block: String,
    version: String,
    position: String,
    condition: String,
    body: String,
    quote: String,
    new_wording: String,
    permission: String,
    with_name: String,
}

/// # Errors
/// Nobody signed in, not a comment of hers, or too late; her words are given back when putting them
/// back fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    Form(pressed): Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let here = Here::of(&request, &house, &slug).await?;
    if here.level != Level::Full {
        return Ok(see_other(&links::code(&slug)));
    }
    match pressed.deed.as_str() {
        "confirm" => confirm(&request, &house, here, &pressed).await,
        "withdraw" => withdraw(&request, &house, here, &pressed).await,
        "back" => put_back(&request, &house, here, &pressed).await.map_err(|failure| pressed.kept(failure)),
        _ => Err(Failure::NotFound),
    }
}

async fn confirm(
    request: &HttpRequest,
    house: &Data<House>,
    here: Here,
    pressed: &Pressed,
) -> Result<HttpResponse, Failure> {
    let (id, seen) = (pressed.comment()?, pressed.seen.parse::<i32>().map_err(|_| Failure::NotFound)?);
    let (of, author) = (here.consultation.id, here.author.clone());
    let (arrived, chance) = (Arrived::of(request, house), house.chance.clone());
    let done = house.write_voices(move |tx| {
        let consultation = consultations::by_id(tx, of)?;
        responses::confirm(tx, &author, &consultation, &chance, arrived, id, seen)
    });
    done.await?;
    Ok(see_other(&format!("{}?done=confirmed", links::changed(&here.consultation.slug))))
}

/// Withdrawn at once; the page that follows can put it back, and is the only place that still can.
async fn withdraw(
    request: &HttpRequest,
    house: &Data<House>,
    here: Here,
    pressed: &Pressed,
) -> Result<HttpResponse, Failure> {
    let id = pressed.comment()?;
    let (shared, author, language) = (house.clone(), here.author.clone(), here.language);
    let all = house.read(move |tx| OwnWords::all(tx, &shared, &author, language)).await?;
    let Some(own) = all.into_iter().find(|own| own.mine.comment.id == id) else {
        // A second press of the button finds nothing to withdraw any more.
        return Ok(see_other(&format!("{}?done=withdrawn", links::changed(&here.consultation.slug))));
    };
    let (of, author, arrived) = (here.consultation.id, here.author.clone(), Arrived::of(request, house));
    let done = house.write_voices(move |tx| {
        let consultation = consultations::by_id(tx, of)?;
        responses::withdraw(tx, &author, &consultation, arrived, id)
    });
    done.await?;
    let nonce = format!("back {id}");
    let withdrawn = WithdrawnComment { own: own.view(&here.consultation, false), fields: fields_of(&own, nonce) };
    page(request, house, here, Some(withdrawn)).await
}

async fn put_back(
    request: &HttpRequest,
    house: &Data<House>,
    here: Here,
    pressed: &Pressed,
) -> Result<HttpResponse, Failure> {
    let new = pressed.new_comment();
    let checked = responses::check(&new)?;
    let replay = serde_json::to_vec(&new).ok().map(|request| ReplayKey::new(&pressed.nonce, &request));
    let (of, author) = (here.consultation.id, here.author.clone());
    let (arrived, chance) = (Arrived::of(request, house), house.chance.clone());
    let stored = house.write_voices(move |tx| {
        let consultation = consultations::by_id(tx, of)?;
        responses::submit(tx, &author, &consultation, &chance, arrived, &checked, Source::Web, replay.as_ref())
    });
    stored.await?;
    Ok(see_other(&format!("{}?done=back", links::changed(&here.consultation.slug))))
}

async fn page(
    request: &HttpRequest,
    house: &Data<House>,
    here: Here,
    withdrawn: Option<WithdrawnComment>,
) -> Result<HttpResponse, Failure> {
    let (shared, author, language) = (house.clone(), here.author.clone(), here.language);
    let all = house.read(move |tx| OwnWords::all(tx, &shared, &author, language)).await?;
    let slug = &here.consultation.slug;
    let comments = all.iter().filter(|own| own.asks()).map(|own| ChangedComment {
        id: own.mine.comment.id.to_string(),
        seen: own.current(),
        own: own.view(&here.consultation, true),
    });
    let notice = match asked(request, "done").as_deref() {
        Some("confirmed") => Some("answering-confirmed-notice"),
        Some("withdrawn") => Some("notice-withdrawn"),
        Some("back") => Some("answering-back-notice"),
        _ => None,
    };
    let notice = notice.filter(|_| withdrawn.is_none()).map(|id| house.words.say(here.language, id, &[]));
    let frame = Frame::of(request, house, &here).saying(notice);
    frame.show(house, StatusCode::OK, "member/changed.html", |page| ChangedPage {
        page,
        deadline: deadline(house, here.language, &here.consultation),
        comments: comments.collect(),
        withdrawn,
        action_url: links::changed(slug),
        mine_url: links::mine(slug),
        read_url: links::consultation(slug),
    })
}

fn fields_of(own: &OwnWords, nonce: String) -> Vec<HiddenField> {
    let one = &own.mine.comment;
    let fields = [
        ("nonce", nonce),
        ("block", one.block_key.clone().unwrap_or_default()),
        ("version", one.version_number.to_string()),
        ("position", one.position.to_string()),
        ("condition", one.condition.clone()),
        ("body", one.body.clone()),
        ("quote", one.quote.clone().unwrap_or_default()),
        ("new_wording", one.new_wording.clone()),
        ("permission", one.permission.to_string()),
        ("with_name", if own.mine.with_name { "yes".to_owned() } else { String::new() }),
    ];
    fields.into_iter().map(|(name, value)| HiddenField { name, value }).collect()
}

impl Pressed {
    fn comment(&self) -> Result<CommentId, Failure> {
        self.comment.parse().map_err(|_| Failure::NotFound)
    }

    fn new_comment(&self) -> NewComment {
        NewComment {
            block: Some(self.block.clone()).filter(|block| !block.is_empty()),
            version: self.version.parse().ok(),
            position: Some(self.position.clone()),
            condition: self.condition.clone(),
            body: self.body.clone(),
            quote: serde_json::from_str(&self.quote).ok(),
            new_wording: self.new_wording.clone(),
            permission: Some(self.permission.clone()),
            with_name: self.with_name == "yes",
        }
    }

    fn kept(&self, failure: Failure) -> Failure {
        let parts = [&self.condition, &self.body, &self.new_wording];
        let kept: Vec<&str> = parts.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        match failure {
            Failure::Refused(refusal) if !kept.is_empty() && !matches!(refusal, Refusal::Fault(_)) => {
                Failure::Kept { refusal, kept: kept.join("\n\n") }
            }
            other => other,
        }
    }
}
