//! `GET /consultations/{slug}/comments`, for negotiators: in the order of the document.

use std::collections::{BTreeMap, HashMap};

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::Serialize;

use crate::consultations;
use crate::drafts::{self, Block, Change, change, document};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::responses::{self, DeskComment, Filter, Permission, Position, Quote, Source};
use crate::store::Tx;
use crate::web::api::asked::{self, Listed, Parameters};
use crate::web::error::Failure;
use crate::web::house::House;

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
}

/// # Errors
/// A bad parameter, or no such consultation.
pub async fn list(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let known = ["block", "team", "position", "theme", "q", "after", "limit"];
    let parameters = Parameters::of(&request, &known)?;
    let (limit, slug, keys) = (parameters.limit(LIMIT_MAX)?, asked::slug(&slug)?, house.keys.clone());
    let after = parameters.get("after").map(|after| after.parse().map_err(|_| asked::bad_cursor())).transpose()?;
    let filter = filter(&parameters)?;
    let listed = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let page =
            responses::comments(tx, &keys, consultation.id, &filter, after, limit).map_err(
                |refusal| match refusal {
                    Refusal::Unknown("label") => {
                        Refusal::field("team", "unknown", "Give the name of a label as it stands beside the comments.")
                    }
                    other => other,
                },
            )?;
        let passages = Passages::of(tx, consultation.id, &page.comments)?;
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
    let position = match parameters.get("position") {
        None => None,
        Some(word) => Some(Position::from_value(word).ok_or_else(|| {
            Refusal::field("position", "not-a-choice", "Choose one of support, support_if, oppose and neutral.")
        })?),
    };
    let owned = |name: &str| parameters.get(name).map(str::to_owned);
    Ok(Filter { block: owned("block"), label: owned("team"), position, text: owned("q") })
}

/// The passages that some comments stand on.
struct Passages {
    titles: HashMap<Id, String>,
    versions: HashMap<(Id, i32), Version>,
}

/// Blocks of a version by key, and what became of each.
type Version = (HashMap<String, Block>, BTreeMap<String, Change>);

impl Passages {
    fn of(tx: &mut Tx, consultation: Id, comments: &[DeskComment]) -> Result<Self, Refusal> {
        let titles = document::list(tx, consultation)?.into_iter().map(|one| (one.id, one.title)).collect();
        let mut versions = HashMap::new();
        for DeskComment { comment, .. } in comments {
            let place = (comment.document_id, comment.version_number);
            if comment.block_key.is_some() && !versions.contains_key(&place) {
                let version = drafts::version::by_number(tx, place.0, place.1)?;
                let blocks = drafts::version::blocks(tx, version.id)?;
                let blocks = blocks.into_iter().map(|block| (block.key.clone(), block)).collect();
                versions.insert(place, (blocks, change::statuses(tx, place.0, place.1)?));
            }
        }
        Ok(Self { titles, versions })
    }

    fn shown(&self, DeskComment { id, comment, label, name }: DeskComment) -> CommentJson {
        let version = self.versions.get(&(comment.document_id, comment.version_number));
        let block = version.zip(comment.block_key.as_ref()).and_then(|((blocks, _), key)| blocks.get(key));
        let state = match (&comment.block_key, version) {
            (None, _) => Change::Unchanged,
            (Some(key), Some((_, statuses))) => statuses.get(key).copied().unwrap_or(Change::Gone),
            (Some(_), None) => Change::Gone,
        };
        CommentJson {
            id: id.to_string(),
            document: self.titles.get(&comment.document_id).cloned().unwrap_or_default(),
            version: comment.version_number,
            block_number: block.map(|block| block.number.clone()),
            block_text: block.map(|block| block.text.clone()),
            block: comment.block_key,
            state,
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
        }
    }
}
