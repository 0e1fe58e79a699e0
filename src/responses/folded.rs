//! The words of all comments of a desk as a search looks into them, kept in memory.

use std::collections::BTreeSet;

use super::queries;
use super::search::{self, Needles};
use crate::store::{Fault, Tx};

/// Folded words, and where each comment's begin and end. Empty when they are too many to keep.
#[derive(Default)]
pub(super) struct Folded {
    text: String,
    spans: Vec<(usize, usize)>,
}

/// Bytes that are kept; ten times what 100,000 ordinary comments have.
const MOST: usize = 256 * 1024 * 1024;
/// Comments whose words are read at once.
const AT_ONCE: usize = 500;

impl Folded {
    /// The words of comments given by key, each with its place among all.
    pub(super) fn read(tx: &mut Tx, by_key: &[(i64, u32)]) -> Result<Self, Fault> {
        Self::read_at_most(tx, by_key, MOST)
    }

    pub(super) fn read_at_most(tx: &mut Tx, by_key: &[(i64, u32)], most: usize) -> Result<Self, Fault> {
        let mut folded = Self { text: String::new(), spans: vec![(0, 0); by_key.len()] };
        each(tx, by_key, |place, words| {
            let start = folded.text.len();
            folded.text.push_str(words);
            if let Some(span) = folded.spans.get_mut(place as usize) {
                *span = (start, folded.text.len());
            }
            folded.text.len() <= most
        })?;
        if folded.text.len() > most {
            return Ok(Self::default());
        }
        folded.text.shrink_to_fit();
        Ok(folded)
    }

    /// Keeps those of `found` whose words hold what is looked for.
    pub(super) fn keep(
        &self,
        tx: &mut Tx,
        by_key: &[(i64, u32)],
        needles: &Needles,
        found: &mut Vec<u32>,
    ) -> Result<(), Fault> {
        if self.spans.len() == by_key.len() {
            let words = |place: u32| self.spans.get(place as usize).and_then(|(from, to)| self.text.get(*from..*to));
            found.retain(|place| words(*place).is_some_and(|words| needles.are_in(words.as_bytes())));
            return Ok(());
        }
        // Too many to keep: read again, for this search alone.
        let mut says = BTreeSet::new();
        each(tx, by_key, |place, words| {
            if needles.are_in(words.as_bytes()) {
                says.insert(place);
            }
            true
        })?;
        found.retain(|place| says.contains(place));
        Ok(())
    }
}

/// Hands over each comment's folded words with its place, until `take` has enough.
fn each(tx: &mut Tx, by_key: &[(i64, u32)], mut take: impl FnMut(u32, &str) -> bool) -> Result<(), Fault> {
    let mut folded = String::new();
    for some in by_key.chunks(AT_ONCE) {
        let keys: Vec<i64> = some.iter().map(|(key, _)| *key).collect();
        for (key, body, condition, new_wording) in queries::words(tx, &keys)? {
            let Ok(at) = some.binary_search_by_key(&key, |(key, _)| *key) else { continue };
            folded.clear();
            search::fold_into(&mut folded, [&body, &condition, &new_wording]);
            if !take(some[at].1, &folded) {
                return Ok(());
            }
        }
    }
    Ok(())
}
