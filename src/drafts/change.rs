//! What became of passages from version to version.

use std::collections::BTreeMap;

use serde::Serialize;

use super::block::Block;
use super::{queries, version};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Tx, text_column};
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

/// What became of each block between two versions; across several, the steps are followed.
///
/// # Errors
/// No such version; `from` later than `to`.
pub fn between(tx: &mut Tx, document_id: Id, from: i32, to: i32) -> Result<Vec<Link>, Refusal> {
    if from > to {
        return Err(Refusal::field("from", "not-earlier", format!("Give a version up to {to} to compare from.")));
    }
    let mut earlier = version::by_number(tx, document_id, from)?;
    let unchanged = |block: &Block| Link::new(Change::Unchanged, Some(&block.key), Some(&block.key));
    let mut links: Vec<Link> = queries::blocks(tx, earlier.id)?.iter().map(unchanged).collect();
    for number in from + 1..=to {
        let later = version::by_number(tx, document_id, number)?;
        links = follow(links, queries::links(tx, earlier.id, later.id)?);
        earlier = later;
    }
    Ok(links)
}

/// What became of every block of version `number` in the latest published version, by key. A
/// version that is itself the latest, or not published, has only unchanged blocks.
///
/// # Errors
/// No such version.
pub fn statuses(tx: &mut Tx, document_id: Id, number: i32) -> Result<BTreeMap<String, Change>, Refusal> {
    let current = version::published(tx, document_id)?.map_or(number, |current| current.number.max(number));
    let links = between(tx, document_id, number, current)?;
    Ok(links.into_iter().flat_map(|link| link.from.into_iter().map(move |key| (key, link.change))).collect())
}

/// What became of one block; for many, [`statuses`].
///
/// # Errors
/// No such version, or no such block in it.
pub fn status(tx: &mut Tx, document_id: Id, number: i32, key: &str) -> Result<Change, Refusal> {
    statuses(tx, document_id, number)?.remove(key).ok_or(Refusal::Unknown("block"))
}

/// Joins what happened first with what happened then. A block of the middle version stands in one
/// link of each, one to one as long as `align` splits and merges nothing.
fn follow(first: Vec<Link>, then: Vec<Link>) -> Vec<Link> {
    let mut origins: BTreeMap<String, Link> = BTreeMap::new();
    let mut gone = Vec::new();
    for link in first {
        match link.to.first().cloned() {
            Some(middle) => drop(origins.insert(middle, link)),
            None => gone.push(link),
        }
    }
    let mut joined = Vec::with_capacity(then.len());
    for step in then {
        let Some(origin) = step.from.first().and_then(|middle| origins.remove(middle)) else {
            joined.push(step);
            continue;
        };
        match (origin.change, step.change) {
            // Came and went in between: no block of either version.
            (Change::Added, Change::Gone) => {}
            (Change::Added, _) => joined.push(Link { to: step.to, ..origin }),
            (_, Change::Gone) => joined.push(Link { from: origin.from, ..step }),
            (was, now) => {
                let change = if now == Change::Unchanged { was } else { now };
                let score = origin.score * step.score;
                joined.push(Link { change, from: origin.from, to: step.to, score });
            }
        }
    }
    joined.extend(gone);
    joined
}
