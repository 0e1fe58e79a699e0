//! Where comments stand: a block of a published version, or the whole draft.

use std::collections::HashMap;

use super::document::{self, Document, Kind};
use super::{
    change::{self, Change},
    queries, version,
};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// A place that exists and may be commented on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub document_id: Id,
    pub version_number: i32,
    /// None is the whole document.
    pub block_key: Option<String>,
}

/// Finds the block called `block` (its key, or the number people cite) in published version
/// `version`, or in the current one. The whole draft is a place of its own.
///
/// # Errors
/// Nothing published, or no such version or block.
pub fn place(tx: &mut Tx, consultation: Id, block: Option<&str>, version: Option<i32>) -> Result<Place, Refusal> {
    let found = match block {
        Some(called) => queries::place_of_block(tx, consultation, called, version)?,
        None => queries::place_of_proposal(tx, consultation, version)?,
    };
    found.ok_or_else(|| match (block, version) {
        (Some(_), _) => Refusal::field(
            "block",
            "unknown",
            "There is no such block in this version; read the draft again and choose one.",
        ),
        (None, Some(_)) => Refusal::field("version", "unknown", "There is no such published version."),
        (None, None) => Refusal::conflict("nothing-published", "No draft has been published yet."),
    })
}

/// The order in which places stand in a consultation: its documents as they were made, in each the
/// blocks of the current version (with them what was merged into them), then passages that are
/// gone, then the whole.
#[derive(Debug, Clone, Default)]
pub struct BlockOrder {
    documents: HashMap<Id, i32>,
    blocks: HashMap<Id, HashMap<String, (usize, String)>>,
}

/// A place's rank; sorts as the documents read.
pub type Rank = (i32, usize, String);

/// # Errors
/// When the database fails.
pub fn order_of_blocks(tx: &mut Tx, consultation: Id) -> Result<BlockOrder, Fault> {
    let mut order = BlockOrder::default();
    for Document { id, ordinal, .. } in document::list(tx, consultation)? {
        order.documents.insert(id, ordinal);
        if let Some(current) = version::published(tx, id)? {
            let keys = queries::keys_in_order(tx, current.id)?;
            let places = keys.into_iter().enumerate().map(|(place, (key, number))| (key, (place, number)));
            let mut blocks: HashMap<String, (usize, String)> = places.collect();
            // A passage that was merged into another stands where that one does.
            for link in change::to_latest(tx, id)?.into_values().flatten() {
                let Some(heir) = link.to.first().and_then(|key| blocks.get(key)).cloned() else { continue };
                for key in link.from {
                    blocks.entry(key).or_insert_with(|| heir.clone());
                }
            }
            order.blocks.insert(id, blocks);
        }
    }
    Ok(order)
}

impl BlockOrder {
    #[must_use]
    pub fn of(&self, document: Id, block: Option<&str>) -> Rank {
        let ordinal = self.documents.get(&document).copied().unwrap_or(i32::MAX);
        match block {
            None => (ordinal, usize::MAX, String::new()),
            Some(key) => match self.block(document, key) {
                Some((place, _)) => (ordinal, *place, String::new()),
                None => (ordinal, usize::MAX - 1, key.to_owned()),
            },
        }
    }

    /// Whether a place goes by this name: a block's key or current number, or `whole`.
    #[must_use]
    pub fn is_called(&self, document: Id, block: Option<&str>, name: &str) -> bool {
        match block {
            None => name == "whole",
            Some(key) => key == name || self.block(document, key).is_some_and(|(_, number)| number == name),
        }
    }

    fn block(&self, document: Id, key: &str) -> Option<&(usize, String)> {
        self.blocks.get(&document)?.get(key)
    }
}

/// What became of every passage that could be commented on, in its document's current version.
#[derive(Debug, Clone, Default)]
pub struct Statuses(HashMap<(Id, i32), std::collections::BTreeMap<String, Change>>);

/// # Errors
/// When the database fails.
pub fn statuses(tx: &mut Tx, consultation: Id) -> Result<Statuses, Refusal> {
    let mut all = Statuses::default();
    for document in document::list(tx, consultation)? {
        let became = change::to_latest(tx, document.id)?;
        all.0.extend(became.into_iter().map(|(number, links)| ((document.id, number), change::by_key(links))));
    }
    Ok(all)
}

impl Statuses {
    /// The whole draft never changes its place.
    #[must_use]
    pub fn of(&self, document: Id, version: i32, block: Option<&str>) -> Change {
        let Some(key) = block else { return Change::Unchanged };
        self.0.get(&(document, version)).and_then(|blocks| blocks.get(key)).copied().unwrap_or(Change::Gone)
    }
}

/// The consultation's proposal, if there is one.
///
/// # Errors
/// When the database fails.
pub fn proposal(tx: &mut Tx, consultation: Id) -> Result<Option<Document>, Fault> {
    Ok(document::list(tx, consultation)?.into_iter().find(|one| one.kind == Kind::Proposal))
}
