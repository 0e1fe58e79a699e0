//! What became of passages from version to version.

use std::collections::BTreeMap;

use serde::Serialize;

use super::align::Wording;
use super::follow::{End, across};
use super::{queries, version};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx, text_column};
use crate::values;

values! {
    /// What became of a passage.
    #[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
    #[diesel(sql_type = diesel::sql_types::Text)]
    Change {
        Unchanged = "unchanged",
        Moved = "moved",
        Reworded = "reworded",
        Split = "split",
        Merged = "merged",
        Added = "added",
        Gone = "gone",
    }
}

text_column!(Change);

/// One passage in two versions; every block of both is in exactly one link, on its side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    pub change: Change,
    /// Keys in the earlier version; none when added.
    pub from: Vec<String>,
    /// Keys in the later version; none when gone.
    pub to: Vec<String>,
    /// How alike, 0 to 1.
    pub score: f64,
}

impl Link {
    pub(super) fn new(change: Change, from: Option<&str>, to: Option<&str>) -> Self {
        let score = if from.is_some() && to.is_some() { 1.0 } else { 0.0 };
        let keys = |key: Option<&str>| key.map(str::to_owned).into_iter().collect();
        Self { change, from: keys(from), to: keys(to), score }
    }
}

/// What became of each block between two versions; across several, the steps are followed: splits
/// and mergers hang together, and a passage that came back with its key is found again. In the
/// later version's order, then what is gone; each block of both is in exactly one link, on its side.
///
/// # Errors
/// No such version; `from` later than `to`.
pub fn between(tx: &mut Tx, document_id: Id, from: i32, to: i32) -> Result<Vec<Link>, Refusal> {
    if from > to {
        return Err(Refusal::field("from", "not-earlier", format!("Give a version up to {to} to compare from.")));
    }
    let mut way = vec![version::by_number(tx, document_id, from)?];
    for number in from + 1..=to {
        way.push(version::by_number(tx, document_id, number)?);
    }
    let steps = way.windows(2).map(|two| queries::links(tx, two[0].id, two[1].id));
    let steps: Vec<Vec<Link>> = steps.collect::<Result<_, Fault>>()?;
    let first = queries::wordings(tx, way[0].id)?;
    Ok(match &steps[..] {
        [] => first.iter().map(|one| Link::new(Change::Unchanged, Some(&one.key), Some(&one.key))).collect(),
        [only] => only.clone(),
        _ => {
            let last = queries::wordings(tx, way[way.len() - 1].id)?;
            across(&ends(&first), &steps, &ends(&last))
        }
    })
}

fn ends(wordings: &[queries::Worded]) -> Vec<End<'_>> {
    wordings.iter().map(End::from).collect()
}

impl<'t> From<&'t queries::Worded> for End<'t> {
    fn from(one: &'t queries::Worded) -> Self {
        Self { key: &one.key, wording: Wording { kind: one.kind, text: &one.text } }
    }
}

/// What became of every block of every published version in the latest one, by version.
///
/// # Errors
/// When the database fails.
pub(super) fn to_latest(tx: &mut Tx, document_id: Id) -> Result<BTreeMap<i32, Vec<Link>>, Fault> {
    let versions = version::list(tx, document_id)?.into_iter().filter(|one| one.published_at.is_some());
    let versions: Vec<version::Version> = versions.collect();
    let Some(last) = versions.last() else { return Ok(BTreeMap::new()) };
    let steps = versions.windows(2).map(|two| queries::links(tx, two[0].id, two[1].id));
    let steps: Vec<Vec<Link>> = steps.collect::<Result<_, Fault>>()?;
    let now = queries::wordings(tx, last.id)?;
    let mut all = BTreeMap::new();
    for (place, one) in versions.iter().enumerate() {
        let links = match &steps[place..] {
            [] => now.iter().map(|one| Link::new(Change::Unchanged, Some(&one.key), Some(&one.key))).collect(),
            [only] => only.clone(),
            more => across(&ends(&queries::wordings(tx, one.id)?), more, &ends(&now)),
        };
        all.insert(one.number, links);
    }
    Ok(all)
}

/// What became of each earlier block.
pub(super) fn by_key(links: Vec<Link>) -> BTreeMap<String, Change> {
    links.into_iter().flat_map(|link| link.from.into_iter().map(move |key| (key, link.change))).collect()
}

/// What became of every block of version `number` in the latest published version, by key. A
/// version that is itself the latest, or not published, has only unchanged blocks.
///
/// # Errors
/// No such version.
pub fn statuses(tx: &mut Tx, document_id: Id, number: i32) -> Result<BTreeMap<String, Change>, Refusal> {
    let current = version::published(tx, document_id)?.map_or(number, |current| current.number.max(number));
    Ok(by_key(between(tx, document_id, number, current)?))
}

/// What became of one block; for many, [`statuses`].
///
/// # Errors
/// No such version, or no such block in it.
pub fn status(tx: &mut Tx, document_id: Id, number: i32, key: &str) -> Result<Change, Refusal> {
    statuses(tx, document_id, number)?.remove(key).ok_or(Refusal::Unknown("block"))
}
