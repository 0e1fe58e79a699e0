//! Keeping what she types: by the script every few seconds, by a button without it.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde_json::{Value, json};

use super::frame::see_other;
use super::here::Here;
use super::kept::{answers, answers_at, change, form_url, reader};
use super::passage::WHOLE;
use crate::consultations::{self, Consultation, question};
use crate::drafts;
use crate::refusal::Refusal;
use crate::responses::kept::{self, Fields, Kept, Reader, Saved, Typing};
use crate::responses::{self, Author};
use crate::store::Tx;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::{self, Form};
use crate::web::house::House;

/// # Errors
/// Nobody signed in, no such place, too late; her words are given back with every failure.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    Form(pairs): Form<Fields>,
) -> Result<HttpResponse, Failure> {
    let (slug, place) = path.into_inner();
    let by_script = request.headers().get(header::ACCEPT).is_some_and(|kinds| kinds.as_bytes() == b"application/json");
    let words = form::words_in(&pairs);
    match (save(&request, &house, &slug, &place, pairs).await, by_script) {
        (Ok(done), true) => Ok(done.told()),
        (Ok(done), false) => Ok(see_other(&format!("{}?kept={}", form_url(&slug, &done.place), done.name()))),
        (Err(failure), true) => Ok(told_failure(&failure)),
        (Err(failure), false) => Err(failure.giving_back(words)),
    }
}

/// What was done at which place.
struct Done {
    place: String,
    saved: Option<Saved>,
}

impl Done {
    /// What the page says after it.
    fn name(&self) -> &'static str {
        match &self.saved {
            Some(saved) if saved.is_beside => "beside",
            Some(Saved { revision: Some(_), .. }) => "yes",
            _ => "gone",
        }
    }

    fn told(&self) -> HttpResponse {
        let Some(saved) = &self.saved else { return HttpResponse::Ok().json(json!({ "state": "gone" })) };
        let status = if saved.is_beside { StatusCode::CONFLICT } else { StatusCode::OK };
        HttpResponse::build(status).json(json!({
            "state": if saved.is_beside { "beside" } else { "kept" },
            // As a text: 63 bits are more than a script's numbers hold.
            "revision": saved.revision.map(|revision| revision.to_string()).unwrap_or_default(),
            "others": saved.others.iter().map(other).collect::<Vec<_>>(),
        }))
    }
}

fn other(kept: &Kept) -> Value {
    let shown = kept.fields.iter().filter(|(name, _)| name != "nonce" && name != "version");
    let mut fields = serde_json::Map::new();
    for (name, value) in shown {
        // Several choices have one name: then it is a list.
        let value = Value::from(value.as_str());
        match fields.get_mut(name) {
            None => drop(fields.insert(name.clone(), value)),
            Some(Value::Array(several)) => several.push(value),
            Some(first) => *first = Value::from(vec![first.take(), value]),
        }
    }
    json!({ "revision": kept.revision.to_string(), "fields": fields })
}

/// A failure as the script understands it; it has the words still.
fn told_failure(failure: &Failure) -> HttpResponse {
    let state = match failure.refusal() {
        Some(Refusal::Late(_)) => "late",
        Some(Refusal::Invalid(_)) => "too-long",
        Some(Refusal::TooMany(_)) => "too-many",
        _ => "failed",
    };
    if let Some(fault) = failure.fault() {
        tracing::error!(%fault, "words were not kept");
    }
    HttpResponse::build(failure.status_code()).json(json!({ "state": state }))
}

async fn save(
    request: &HttpRequest,
    house: &Data<House>,
    slug: &str,
    place: &str,
    pairs: Fields,
) -> Result<Done, Failure> {
    let arrived = Arrived::of(request, house);
    let here = Here::of(request, house, slug).await?;
    let reader = reader(request, here.level);
    let get = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let asks_away = get("discard").is_some() || get("take").is_some();
    let typing = Typing {
        place: place.to_owned(),
        revision: get("revision").and_then(|revision| revision.parse().ok()),
        page: get("page").unwrap_or_default().to_owned(),
        turn: get("turn").and_then(|turn| turn.parse().ok()),
        instead_of: get("instead_of").and_then(|unwanted| unwanted.parse().ok()),
        fields: pairs.iter().filter(|(name, _)| !OURS.contains(&name.as_str())).cloned().collect(),
    };
    let (author, id, chance) = (here.author.clone(), here.consultation.id, house.chance.clone());
    let stored = house.write_voices(move |tx| {
        let consultation = consultations::by_id(tx, id)?;
        let place = known(tx, &author, &consultation, &reader, &typing.place)?;
        if asks_away {
            kept::let_go(tx, &author, &place, typing.revision, &typing.page)?;
            return Ok(Done { place, saved: None });
        }
        let typing = Typing { place: place.clone(), ..typing.clone() };
        let saved = kept::keep(tx, &author, &consultation, &chance, arrived, &reader, &typing)?;
        Ok(Done { place, saved: Some(saved) })
    });
    Ok(stored.await?)
}

/// The place by the name that words are kept under.
fn known(tx: &mut Tx, author: &Author, of: &Consultation, reader: &Reader, place: &str) -> Result<String, Refusal> {
    if place == WHOLE {
        return Ok(place.to_owned());
    }
    if let Some(id) = change(place) {
        // A further device may go on with what it holds, and learns nothing by it.
        if reader.sees_all {
            responses::mine_one(tx, author, id)?;
        }
        return Ok(kept::change_of(id));
    }
    if let Some(number) = answers(place) {
        let asked = question::list(tx, of.id)?.len();
        return match number {
            None if asked > 0 => Ok(place.to_owned()),
            Some(number) if (1..=asked).contains(&number) => Ok(answers_at(Some(number))),
            _ => Err(Refusal::Unknown("question")),
        };
    }
    let found = drafts::place(tx, of.id, Some(place), None).map_err(|refusal| match refusal {
        Refusal::Invalid(_) => Refusal::Unknown("passage"),
        other => other,
    })?;
    found.block_key.ok_or(Refusal::Unknown("passage"))
}

/// Fields that are about keeping, not of the words.
const OURS: [&str; 8] = ["csrf", "revision", "page", "turn", "instead_of", "take", "discard", "later"];
