//! Correcting by hand what became of passages, while a version is not published yet.
//!
//! A correction stands until it is undone, or until another import takes the version's place: the
//! new text is matched anew, and what was said by hand about the old one is gone with it.

mod matching;
mod queries;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::json;

use self::matching::{Matching, Pairing};
use super::block::{Block, new_key};
use super::queries as drafts;
use super::version::{self, Version};
use crate::audit::Deed;
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// What somebody says became of a passage; keys of the last published version and of the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// An earlier passage is these now; none of them: it is gone.
    Became { from: String, to: Vec<String> },
    /// A later passage was these before; none of them: it is new.
    Was { to: String, from: Vec<String> },
}

/// What a correction replaced: the links it touched, and the keys of their later blocks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Before {
    /// The passages that were named, by their places in their versions.
    named_from: Vec<usize>,
    named_to: Vec<usize>,
    links: Vec<Pairing>,
    keys: Vec<(usize, String)>,
}

/// Which passages were matched by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByHand {
    /// Keys in the earlier version.
    pub from: BTreeSet<String>,
    /// Keys in the later one.
    pub to: BTreeSet<String>,
    /// How many corrections there are to undo.
    pub corrections: usize,
}

/// Corrects what became of a passage. A passage that loses its match is gone or new from then on.
///
/// # Errors
/// A published version (conflict `already-published`), one that was replaced since it was looked at
/// (`stale-version`), a first version (`nothing-before`), a passage that is not there (`stale-match`).
pub fn correct(tx: &mut Tx, deed: &Deed, document: Id, version: Id, correction: &Correction) -> Result<(), Refusal> {
    let (earlier, later) = open(tx, document, version)?;
    let before = drafts::blocks(tx, earlier.id)?;
    let mut after = drafts::blocks(tx, later.id)?;
    let known: Vec<String> = after.iter().map(|block| block.key.clone()).collect();
    let (from, to) = places(&before, &after, correction)?;
    let links = drafts::links(tx, earlier.id, later.id)?;
    let mut taken: BTreeSet<String> = queries::keys(tx, document)?.into_iter().collect();
    let mut matching = Matching::new(&before, &mut after, &links);
    let replaced = matching.set(&from, &to, || {
        loop {
            let key = new_key(&deed.chance);
            if taken.insert(key.clone()) {
                return key;
            }
        }
    });
    let Some(replaced) = replaced else { return Ok(()) };
    let links = matching.links();
    let undo = Before {
        keys: replaced.iter().flat_map(|pairing| &pairing.to).map(|place| (*place, known[*place].clone())).collect(),
        named_from: from,
        named_to: to,
        links: replaced,
    };
    let ordinal = queries::count(tx, later.id)? + 1;
    store(tx, &earlier, &later, &known, &after, &links)?;
    let counts = json!({ "document": document, "number": later.number, "from": undo.named_from.len(),
                         "to": undo.named_to.len() });
    let written = serde_json::to_string(&undo).map_err(|fault| Fault::Corrupt(fault.to_string()))?;
    queries::insert(tx, later.id, ordinal, &written)?;
    deed.record(tx, "correct match", &later.id.to_string(), &counts)?;
    Ok(())
}

/// Takes the last correction back.
///
/// # Errors
/// As [`correct`]; none to undo (`nothing-to-undo`).
pub fn undo(tx: &mut Tx, deed: &Deed, document: Id, version: Id) -> Result<(), Refusal> {
    let (earlier, later) = open(tx, document, version)?;
    let (ordinal, written) = queries::last(tx, later.id)?
        .ok_or_else(|| Refusal::conflict("nothing-to-undo", "There is no correction to undo."))?;
    let undo = read(&written)?;
    let before = drafts::blocks(tx, earlier.id)?;
    let mut after = drafts::blocks(tx, later.id)?;
    let known: Vec<String> = after.iter().map(|block| block.key.clone()).collect();
    let links = drafts::links(tx, earlier.id, later.id)?;
    let mut matching = Matching::new(&before, &mut after, &links);
    matching.restore(&undo.links, &undo.keys);
    let links = matching.links();
    store(tx, &earlier, &later, &known, &after, &links)?;
    queries::delete(tx, later.id, ordinal)?;
    deed.record(
        tx,
        "undo match",
        &later.id.to_string(),
        &json!({ "document": document, "number": later.number, "from": undo.named_from.len(),
                 "to": undo.named_to.len() }),
    )?;
    Ok(())
}

/// Which passages of a version were matched by hand; nothing for a published one.
///
/// # Errors
/// When the database fails.
pub fn by_hand(tx: &mut Tx, version: &Version, before: &[Block], after: &[Block]) -> Result<ByHand, Fault> {
    let mut found = ByHand::default();
    for written in queries::all(tx, version.id)? {
        let one = read(&written)?;
        let keys = |blocks: &[Block], places: &[usize]| -> Vec<String> {
            places.iter().filter_map(|place| blocks.get(*place)).map(|block| block.key.clone()).collect()
        };
        found.from.extend(keys(before, &one.named_from));
        found.to.extend(keys(after, &one.named_to));
        found.corrections += 1;
    }
    Ok(found)
}

/// The versions before and after, if the later may be corrected.
fn open(tx: &mut Tx, document: Id, version: Id) -> Result<(Version, Version), Refusal> {
    let all = version::list(tx, document)?;
    let Some(later) = all.last().filter(|last| last.id == version) else {
        let known = all.iter().any(|one| one.id == version);
        return Err(if known { published() } else { stale() });
    };
    if later.published_at.is_some() {
        return Err(published());
    }
    let earlier = all.iter().find(|one| one.number + 1 == later.number).ok_or_else(|| {
        Refusal::conflict("nothing-before", "This is the first version: there is nothing to match it with.")
    })?;
    Ok((earlier.clone(), later.clone()))
}

fn published() -> Refusal {
    Refusal::conflict("already-published", "This version is published; what became of its passages stays as it is.")
}

fn stale() -> Refusal {
    Refusal::conflict("stale-version", "Another text took this version's place meanwhile; look at it anew.")
}

fn places(before: &[Block], after: &[Block], correction: &Correction) -> Result<(Vec<usize>, Vec<usize>), Refusal> {
    let find = |blocks: &[Block], key: &String| {
        blocks.iter().position(|block| block.key == *key).ok_or_else(|| {
            Refusal::conflict("stale-match", "Somebody else corrected this passage meanwhile; look at it anew.")
        })
    };
    let all = |blocks: &[Block], keys: &[String]| {
        let places: Result<BTreeSet<usize>, Refusal> = keys.iter().map(|key| find(blocks, key)).collect();
        places.map(|places| places.into_iter().collect::<Vec<_>>())
    };
    Ok(match correction {
        Correction::Became { from, to } => (vec![find(before, from)?], all(after, to)?),
        Correction::Was { to, from } => (all(before, from)?, vec![find(after, to)?]),
    })
}

fn store(
    tx: &mut Tx,
    earlier: &Version,
    later: &Version,
    known: &[String],
    after: &[Block],
    links: &[super::Link],
) -> Result<(), Fault> {
    let changed: Vec<(usize, &str, &str)> = known
        .iter()
        .zip(after)
        .enumerate()
        .filter(|(_, (known, block))| **known != block.key)
        .map(|(place, (known, block))| (place, known.as_str(), block.key.as_str()))
        .collect();
    queries::set_keys(tx, later.id, &changed)?;
    queries::delete_links(tx, earlier.id, later.id)?;
    drafts::insert_links(tx, earlier.id, later.id, links)
}

fn read(written: &str) -> Result<Before, Fault> {
    serde_json::from_str(written).map_err(|fault| Fault::Corrupt(fault.to_string()))
}

#[cfg(test)]
mod tests;
