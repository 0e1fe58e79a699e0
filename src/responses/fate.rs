//! What a version that is not out yet would do to what was said.

use std::collections::BTreeMap;

use serde::Serialize;

use super::queries;
use crate::drafts::{Change, change};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::Tx;

/// Comments that have reached the desks, by what becomes of their passage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Fate {
    /// The passage stands as it was, or they are about the whole.
    pub stays: usize,
    /// It stands elsewhere.
    pub moved: usize,
    /// It has other words, or is divided or joined.
    pub reworded: usize,
    /// It is no longer in the text.
    pub gone: usize,
}

impl Fate {
    #[must_use]
    pub fn total(&self) -> usize {
        self.stays + self.moved + self.reworded + self.gone
    }
}

/// Fewest comments from which their fate is told to organisers: a single one would point at somebody.
pub const FEWEST_TOLD: usize = 10;

/// What version `number` of a document, published or not, makes of the comments on it.
///
/// # Errors
/// No such version.
pub fn fate(tx: &mut Tx, consultation: Id, document: Id, number: i32) -> Result<Fate, Refusal> {
    let mut fate = Fate::default();
    let mut steps: Option<(i32, BTreeMap<String, Change>)> = None;
    for (version, block, count) in queries::counts_by_version(tx, consultation, document)? {
        let count = usize::try_from(count).unwrap_or_default();
        let Some(key) = block else {
            fate.stays += count;
            continue;
        };
        // They come sorted by version, so that each version is followed once.
        if steps.as_ref().is_none_or(|(of, _)| *of != version) {
            let links = change::between(tx, document, version, number)?;
            let became = links.into_iter().flat_map(|link| link.from.into_iter().map(move |key| (key, link.change)));
            steps = Some((version, became.collect()));
        }
        match steps.as_ref().and_then(|(_, became)| became.get(&key)) {
            Some(Change::Unchanged | Change::Added) => fate.stays += count,
            Some(Change::Moved) => fate.moved += count,
            Some(Change::Reworded | Change::Split | Change::Merged) => fate.reworded += count,
            Some(Change::Gone) | None => fate.gone += count,
        }
    }
    Ok(fate)
}

/// How many comments each passage of a published version carries, its own and those of versions
/// before it. Only words that have reached the desks: exact, because anybody there could count them,
/// and never by label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    pub by_key: BTreeMap<String, usize>,
    /// About the whole text.
    pub whole: usize,
    /// About passages that were gone before this version.
    pub gone_before: usize,
}

impl Carried {
    #[must_use]
    pub fn total(&self) -> usize {
        self.by_key.values().sum::<usize>() + self.whole + self.gone_before
    }

    /// Whether there are so many that organisers are told.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.total() >= FEWEST_TOLD
    }

    #[must_use]
    pub fn of<'a>(&self, keys: impl IntoIterator<Item = &'a String>) -> usize {
        keys.into_iter().filter_map(|key| self.by_key.get(key)).sum()
    }
}

/// What the passages of version `number` of a document carry.
///
/// # Errors
/// No such version.
pub fn carried(tx: &mut Tx, consultation: Id, document: Id, number: i32) -> Result<Carried, Refusal> {
    let mut carried = Carried::default();
    let mut steps: Option<(i32, BTreeMap<String, String>)> = None;
    for (version, block, count) in queries::counts_by_version(tx, consultation, document)? {
        let count = usize::try_from(count).unwrap_or_default();
        let Some(key) = block else {
            carried.whole += count;
            continue;
        };
        if version > number {
            continue;
        }
        if steps.as_ref().is_none_or(|(of, _)| *of != version) {
            let mut now = BTreeMap::new();
            for link in change::between(tx, document, version, number)? {
                for from in &link.from {
                    // Of a divided passage, the part that has its key: each comment counts once.
                    let heir = link.to.iter().find(|to| *to == from).or(link.to.first());
                    now.extend(heir.map(|heir| (from.clone(), heir.clone())));
                }
            }
            steps = Some((version, now));
        }
        match steps.as_ref().and_then(|(_, now)| now.get(&key)) {
            Some(now) => *carried.by_key.entry(now.clone()).or_default() += count,
            None => carried.gone_before += count,
        }
    }
    Ok(carried)
}
