//! One pair of passages: made, or changed, with the figures that stand out.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::Way;
use super::pairs::{Seen, text};
use super::typed::{Sent, Typed};
use crate::drafts::Block;
use crate::drafts::pair::{self, Likeness, Pair, Wanted};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{NearText, PairPage, PairText};
use crate::web::visitor;

/// The passage a new pair begins with, by its key.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct With {
    ours: String,
    theirs: String,
}

/// # Errors
/// No such consultation, or nothing to pair.
pub async fn new(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    with: Query<With>,
) -> Result<HttpResponse, Failure> {
    let seen = read(&house, &slug).await?;
    let [ours, theirs] = seen.blocks();
    let number = |blocks: &[Block], key: &str| {
        blocks.iter().find(|block| block.key == key).map(|block| block.number.clone()).unwrap_or_default()
    };
    let typed =
        Typed(vec![("ours".to_owned(), number(ours, &with.ours)), ("theirs".to_owned(), number(theirs, &with.theirs))]);
    show(&request, &house, &seen, None, &typed, &[])
}

/// # Errors
/// No such pair.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let seen = read(&house, &slug).await?;
    let pair = named(&seen, &id)?;
    let [ours, theirs] = seen.blocks();
    let typed = Typed(vec![
        ("ours".to_owned(), names(ours, &pair.ours)),
        ("theirs".to_owned(), names(theirs, &pair.theirs)),
        ("ours_figure".to_owned(), pair.ours_figure.clone()),
        ("theirs_figure".to_owned(), pair.theirs_figure.clone()),
    ]);
    show(&request, &house, &seen, Some(pair), &typed, &[])
}

/// # Errors
/// Mistakes come back beside their fields.
pub async fn add(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Failure> {
    keep(&request, &house, &slug, None, Typed(sent.fields.0)).await
}

/// # Errors
/// As [`add`]; no such pair.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    keep(&request, &house, &slug, Some(id), Typed(sent.fields.0)).await
}

async fn keep(
    request: &HttpRequest,
    house: &Data<House>,
    slug: &str,
    id: Option<String>,
    typed: Typed,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(request, house)?;
    let seen = read(house, slug).await?;
    let pair = id.map(|id| named(&seen, &id).cloned()).transpose()?;
    let wanted = wanted(&typed);
    let (of, known) = (seen.of.id, pair.as_ref().map(|pair| pair.id));
    let kept = house.write(move |tx| pair::keep(tx, &deed, of, known, &wanted)).await;
    match kept {
        Ok(_) => Ok(super::see(&format!("{}?{}", links::desk_pairs(slug), super::SAVED))),
        Err(Refusal::Invalid(problems)) => show(request, house, &seen, pair.as_ref(), &typed, &problems),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Numbers as typed, and those that were ticked among the nearest.
fn wanted(typed: &Typed) -> Wanted {
    let side = |name: &str, near: &str| {
        let numbers = typed.get(name).split([' ', ',', ';']).map(str::to_owned);
        numbers.chain(typed.all(near)).filter(|number| !number.is_empty()).collect()
    };
    Wanted {
        ours: side("ours", "near_ours"),
        theirs: side("theirs", "near_theirs"),
        ours_figure: typed.get("ours_figure").to_owned(),
        theirs_figure: typed.get("theirs_figure").to_owned(),
    }
}

async fn read(house: &House, slug: &str) -> Result<Seen, Failure> {
    let slug = slug.to_owned();
    let seen = house.read(move |tx| Seen::read(tx, &slug)).await?;
    if seen.texts.is_none() {
        return Err(Failure::NotFound);
    }
    Ok(seen)
}

fn named<'s>(seen: &'s Seen, id: &str) -> Result<&'s Pair, Failure> {
    let id: Option<Id> = id.parse().ok();
    seen.pairs.pairs.iter().find(|pair| Some(pair.id) == id).ok_or(Failure::NotFound)
}

/// Numbers with blanks between; of a passage that is gone its key, so that saving keeps it.
fn names(blocks: &[Block], keys: &[String]) -> String {
    let name = |key: &String| blocks.iter().find(|block| block.key == *key).map_or(key, |block| &block.number).clone();
    keys.iter().map(name).collect::<Vec<_>>().join(" ")
}

fn show(
    request: &HttpRequest,
    house: &House,
    seen: &Seen,
    pair: Option<&Pair>,
    typed: &Typed,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    let slug = &seen.of.slug;
    let (page, token) = super::page_of(request, house, &seen.of, Way::Draft);
    let [ours, theirs] = seen.blocks();
    let asked = wanted(typed);
    let texts = |blocks: &[Block], names: &[String]| -> Vec<PairText> {
        blocks.iter().filter(|block| names.contains(&block.number)).map(text).collect()
    };
    let (our_texts, their_texts) = (texts(ours, &asked.ours), texts(theirs, &asked.theirs));
    let nearest_is_theirs = !typed.get("ours").trim().is_empty();
    let nearest = if pair.is_none() { nearest(seen, nearest_is_theirs, typed) } else { Vec::new() };
    let view = PairPage {
        page: super::mending(page, house, problems),
        back_url: links::desk_pairs(slug),
        action_url: pair.map_or_else(|| links::desk_pair(slug, "new"), |pair| links::desk_pair(slug, pair.id)),
        is_new: pair.is_none(),
        revision: seen.pairs.revision,
        ours: typed.get("ours").to_owned(),
        theirs: typed.get("theirs").to_owned(),
        ours_figure: typed.get("ours_figure").to_owned(),
        theirs_figure: typed.get("theirs_figure").to_owned(),
        our_texts,
        their_texts,
        nearest,
        nearest_is_theirs,
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    super::shown_as(status, house, "desk/pair.html", &view, token)
}

/// How many passages are offered as partners.
const NEAREST: usize = 8;

fn nearest(seen: &Seen, is_theirs: bool, typed: &Typed) -> Vec<NearText> {
    let [ours, theirs] = seen.blocks();
    let (own, others) = if is_theirs { (ours, theirs) } else { (theirs, ours) };
    let name = typed.get(if is_theirs { "ours" } else { "theirs" });
    let first = name.split([' ', ',', ';']).find(|number| !number.is_empty());
    let Some(place) = own.iter().position(|block| Some(block.number.as_str()) == first) else { return Vec::new() };
    let chosen = typed.all(if is_theirs { "near_theirs" } else { "near_ours" });
    let likely = Likeness::of(ours, theirs).nearest(place, is_theirs, NEAREST);
    let near = likely.into_iter().map(|likely| &others[if is_theirs { likely.theirs } else { likely.ours }]);
    near.map(|block| NearText {
        text: text(block),
        is_paired: seen
            .pairs
            .pairs
            .iter()
            .any(|pair| pair.ours.contains(&block.key) || pair.theirs.contains(&block.key)),
        chosen: chosen.contains(&block.number),
    })
    .collect()
}
