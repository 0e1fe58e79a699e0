//! Comments without their words, and the places they stand at: what filters and counts need.

use std::collections::{BTreeSet, HashMap};

use super::comment::{Permission, Position};
use super::queries::{self, EntryRow};
use super::voice::Kind;
use crate::drafts::{self, BlockOrder, Change, Statuses};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// Where comments stand: a block or a whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPlace {
    pub document: Id,
    pub kind: drafts::Kind,
    /// None is the whole document.
    pub block: Option<String>,
    /// In the current version; of passages that are gone, their last. Empty for the whole.
    pub number: String,
    /// The passage's words, of the same version.
    pub text: String,
    /// The last version that has the passage, where that is not the current one.
    pub last_in: Option<i32>,
}

impl DeskPlace {
    /// What a [`Filter`] calls it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.block.as_deref().unwrap_or("whole")
    }
}

/// A label's id and name.
pub type DeskLabel = (Id, String);

/// A comment as filters and counts need it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) key: i64,
    pub(super) place: u32,
    pub(super) label: u16,
    pub(super) position: Position,
    pub(super) permission: Permission,
    pub(super) status: Change,
    pub(super) is_late: bool,
    pub(super) is_named: bool,
}

/// In document order, within a place by key.
pub(super) fn read(
    tx: &mut Tx,
    consultation: Id,
    rows: &[EntryRow],
    places: &[DeskPlace],
    labels: &[DeskLabel],
) -> Result<Vec<Entry>, Refusal> {
    let ranks: HashMap<(Id, Option<&str>), usize> =
        places.iter().enumerate().map(|(rank, place)| ((place.document, place.block.as_deref()), rank)).collect();
    let label_ranks: HashMap<Id, usize> = labels.iter().enumerate().map(|(rank, (id, _))| (*id, rank)).collect();
    let voices: HashMap<Id, (usize, bool)> = queries::voices(tx, consultation)?
        .into_iter()
        .filter_map(|(voice, label, kind)| Some((voice, (*label_ranks.get(&label)?, kind == Kind::Named.as_str()))))
        .collect();
    let statuses = drafts::statuses(tx, consultation)?;
    let entries = rows.iter().map(|row| entry(row, &ranks, &voices, &statuses));
    let mut entries: Vec<Entry> = entries.collect::<Result<_, _>>()?;
    entries.sort_unstable_by_key(|entry| (entry.place, entry.key));
    Ok(entries)
}

/// The places of these comments in document order, with what is printed of each.
pub(super) fn places(
    tx: &mut Tx,
    consultation: Id,
    order: &BlockOrder,
    rows: &[EntryRow],
) -> Result<Vec<DeskPlace>, Fault> {
    let wanted: BTreeSet<(Id, Option<&str>)> = rows.iter().map(|row| (row.document, row.block.as_deref())).collect();
    let mut texts: HashMap<(Id, String), (String, String, i32)> = HashMap::new();
    let mut current = HashMap::new();
    let mut kinds = HashMap::new();
    for document in drafts::document::list(tx, consultation)? {
        kinds.insert(document.id, document.kind);
        let versions = drafts::version::list(tx, document.id)?;
        for version in versions.into_iter().filter(|version| version.published_at.is_some()) {
            current.insert(document.id, version.number);
            for block in drafts::version::blocks(tx, version.id)? {
                // Later versions take the place of earlier ones.
                texts.insert((document.id, block.key), (block.number, block.text, version.number));
            }
        }
    }
    let mut places: Vec<DeskPlace> = wanted
        .into_iter()
        .map(|(document, block)| {
            let printed = block.and_then(|key| texts.remove(&(document, key.to_owned())));
            let last_in =
                printed.as_ref().map(|(_, _, last)| *last).filter(|last| current.get(&document) != Some(last));
            let (number, text, _) = printed.unwrap_or_default();
            let kind = kinds.get(&document).copied().unwrap_or(drafts::Kind::Proposal);
            DeskPlace { document, kind, block: block.map(str::to_owned), number, text, last_in }
        })
        .collect();
    places.sort_by_cached_key(|place| order.of(place.document, place.block.as_deref()));
    Ok(places)
}

fn entry(
    row: &EntryRow,
    places: &HashMap<(Id, Option<&str>), usize>,
    voices: &HashMap<Id, (usize, bool)>,
    statuses: &Statuses,
) -> Result<Entry, Fault> {
    let corrupt = || Fault::Corrupt("a comment's place, label, position or permission".to_owned());
    let place = places.get(&(row.document, row.block.as_deref())).ok_or_else(corrupt)?;
    let (label, is_named) = voices.get(&row.voice).ok_or_else(corrupt)?;
    Ok(Entry {
        key: row.key,
        place: u32::try_from(*place).map_err(|_| corrupt())?,
        label: u16::try_from(*label).map_err(|_| corrupt())?,
        position: Position::from_value(&row.position).ok_or_else(corrupt)?,
        permission: Permission::from_value(&row.permission).ok_or_else(corrupt)?,
        status: statuses.of(row.document, row.version, row.block.as_deref()),
        is_late: row.is_late,
        is_named: *is_named,
    })
}
