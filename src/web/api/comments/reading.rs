//! `GET /consultations/{slug}/comments`, for negotiators: in the order of the document.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::Serialize;

use crate::consultations;
use crate::drafts::{Change, document};
use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::responses::{Cursor, DeskComment, Filter, Permission, Position, Quote, Source};
use crate::store::Tx;
use crate::text::Problem;
use crate::web::api::asked::{self, Listed, Parameters};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::member::Edition;

/// Most comments in an answer: they are read in bulk.
const LIMIT_MAX: usize = 1000;

#[derive(Serialize)]
struct CommentJson {
    id: String,
    /// The document's title.
    document: String,
    version: i32,
    block: Option<String>,
    /// As it was in the version she read.
    block_number: Option<String>,
    block_text: Option<String>,
    state: Change,
    quote: Option<Quote>,
    position: Position,
    condition: String,
    body: String,
    new_wording: String,
    permission: Permission,
    label: String,
    source: Source,
    late: bool,
    /// The day it reached the desks.
    batch: Option<NaiveDate>,
    name: Option<String>,
    /// The version for which its writer said that it still holds.
    confirmed_in: Option<i32>,
}

/// # Errors
/// A bad parameter, or no such consultation.
pub async fn list(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let known = ["block", "team", "position", "permission", "state", "late", "named", "theme", "q", "after", "limit"];
    let parameters = Parameters::of(&request, &known)?;
    let (limit, slug, reading) = (parameters.limit(LIMIT_MAX)?, asked::slug(&slug)?, house.clone());
    let after = parameters.get("after").map(|after| after.parse().map_err(|_| asked::bad_cursor())).transpose()?;
    let filter = filter(&parameters)?;
    let listed = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let desk = reading.desks.of(tx, &reading.keys, &consultation)?;
        let found = desk.find(tx, &filter).map_err(|refusal| match refusal {
            Refusal::Unknown("label") => {
                Refusal::field("team", "unknown", "Give the name of a label as it stands beside the comments.")
            }
            other => other,
        })?;
        let page = desk.page(tx, &found, after.map_or(Cursor::Start, Cursor::After), limit)?;
        let passages = Passages::of(tx, &reading, consultation.id, &page.comments)?;
        let items = page.comments.into_iter().map(|one| passages.shown(one)).collect();
        Ok(Listed { items, next: page.next })
    });
    Ok(HttpResponse::Ok().json(listed.await?))
}

fn filter(parameters: &Parameters) -> Result<Filter, Refusal> {
    if parameters.get("theme").is_some() {
        let detail = "This version has no themes yet; leave theme out.";
        return Err(Refusal::field("theme", "not-yet", detail));
    }
    let (mut problems, owned) = (Problems::default(), |name: &str| parameters.get(name).map(str::to_owned));
    let filter = Filter {
        block: owned("block"),
        label: owned("team"),
        position: problems.check(choice(parameters, "position", Position::from_value)).flatten(),
        permission: problems.check(choice(parameters, "permission", Permission::from_value)).flatten(),
        state: problems.check(choice(parameters, "state", Change::from_value)).flatten(),
        late: parameters.flag("late")?,
        named: parameters.flag("named")?,
        text: owned("q"),
    };
    problems.none()?;
    Ok(filter)
}

/// One of the values that the OpenAPI document lists.
fn choice<T>(parameters: &Parameters, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
    let Some(written) = parameters.get(name) else { return Ok(None) };
    let detail = "Write one of the values that the OpenAPI document lists for it.";
    read(written).map(Some).ok_or_else(|| Problem::new(name, "not-a-choice", detail))
}

/// The passages that some comments stand on.
struct Passages {
    titles: HashMap<Id, String>,
    versions: HashMap<(Id, i32), Arc<Edition>>,
}

impl Passages {
    fn of(tx: &mut Tx, house: &House, consultation: Id, comments: &[DeskComment]) -> Result<Self, Refusal> {
        let titles = document::list(tx, consultation)?.into_iter().map(|one| (one.id, one.title)).collect();
        let mut versions = HashMap::new();
        for DeskComment { comment, .. } in comments {
            let place = (comment.document_id, comment.version_number);
            if comment.block_key.is_some() && !versions.contains_key(&place) {
                versions.insert(place, house.shelf.edition(tx, place.0, place.1)?);
            }
        }
        Ok(Self { titles, versions })
    }

    fn shown(&self, DeskComment { id, comment, label, status, name }: DeskComment) -> CommentJson {
        let version = self.versions.get(&(comment.document_id, comment.version_number));
        let block = version.zip(comment.block_key.as_deref()).and_then(|(version, key)| version.block(key));
        CommentJson {
            id: id.to_string(),
            document: self.titles.get(&comment.document_id).cloned().unwrap_or_default(),
            version: comment.version_number,
            block_number: block.map(|block| block.number.clone()),
            block_text: block.map(|block| block.text.clone()),
            block: comment.block_key,
            state: status,
            quote: comment.quote.as_deref().and_then(|quote| serde_json::from_str(quote).ok()),
            position: comment.position,
            condition: comment.condition,
            body: comment.body,
            new_wording: comment.new_wording,
            permission: comment.permission,
            label,
            source: comment.source,
            late: comment.is_late,
            batch: comment.batch_on,
            name,
            confirmed_in: comment.confirmed_in,
        }
    }
}
