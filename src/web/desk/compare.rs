//! Any two versions of a document beside each other, published or not.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::Way;
use crate::consultations::{self, State};
use crate::drafts::{Kind, document, version};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::web::comparing::{Comparison, Ways, version_note};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::ComparePage;
use crate::words::Language;

#[derive(Deserialize)]
#[serde(default)]
pub struct Asked {
    from: i32,
    to: i32,
    part: usize,
}

impl Default for Asked {
    fn default() -> Self {
        Self { from: 0, to: 0, part: 1 }
    }
}

/// # Errors
/// No such consultation, document or version; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (slug, document) = path.into_inner();
    let id: Id = document.parse().map_err(|_| Failure::NotFound)?;
    let (asked, shared) = (asked.into_inner(), house.clone());
    let part = asked.part;
    let seen = house.read(move |tx| {
        let of = consultations::by_slug(tx, &slug)?;
        let document = document::by_id(tx, id)?;
        if document.consultation_id != of.id {
            return Err(Refusal::Unknown("document"));
        }
        let versions = version::list(tx, id)?;
        let last = versions.last().map_or(0, |last| last.number);
        let to = if asked.to == 0 { last } else { asked.to };
        let from = if asked.from == 0 { to.saturating_sub(1) } else { asked.from };
        // Either way round is the same comparison, told forwards.
        let (from, to) = (from.min(to), from.max(to));
        if from == to {
            return Err(Refusal::Unknown("version"));
        }
        let comparison = Comparison::read(tx, &shared, id, from, to)?;
        Ok((of, document, versions, comparison))
    });
    let (of, document, versions, comparison) = seen.await?;
    let (slug, id) = (&of.slug, document.id);
    let current = versions.iter().rev().find(|one| one.published_at.is_some()).map_or(0, |one| one.number);
    let is_read = document.kind == Kind::Proposal && of.state != State::Preparing;
    let version = |number: i32| links::desk_version(slug, id, number);
    let passage = |number: i32, key: &str| {
        if !is_read || number > current {
            format!("{}#b-{key}", version(number))
        } else if number == current {
            links::block(slug, key)
        } else {
            links::version(slug, number, Some(key))
        }
    };
    let (from, to) = (comparison.before.version.number, comparison.after.version.number);
    let address = |part: usize| links::desk_compare(slug, id, from, to, part);
    let ways = Ways { passage: &passage, part: &address };
    let note = |one| version_note(&house, Language::English, &of, one, version(one.number), current);
    let (page, token) = super::page_of(&request, &house, &of, Way::Draft);
    let view = ComparePage {
        title: document.title.clone(),
        back_url: links::desk_draft(slug),
        versions: versions.iter().map(|one| one.number).collect(),
        action_url: links::desk_compare_form(slug, id),
        notes: versions.iter().filter(|one| (from + 1..=to).contains(&one.number)).map(note).collect(),
        ..comparison.page(page, part, &ways)
    };
    super::shown(&house, "member/compare.html", &view, token)
}
