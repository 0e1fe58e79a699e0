//! The member list that comes as a file or is pasted: read, understood, compared, and written in
//! chunks that hold up nobody.
//!
//! The way of a list: [`read`] (bytes to a [`Table`] of cells), [`guess`] (what the columns mean: a
//! [`Mapping`], which a person may correct), [`preview`] (what would come of it; writes nothing),
//! [`apply`] (writes). [`import`] goes the whole way for programs, and asks nobody.
//!
//! A row is found again by its mail address, else by its membership number, else by name and team.
//! Rows of one person say all her teams; a person who is not in the file stays as she is. The same
//! file again changes nothing.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::json;

use super::{queries as people, team};
use crate::audit::Deed;
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Side, Store, Tx};

mod heads;
mod mapping;
mod ods;
mod places;
mod plan;
mod queries;
mod reading;
mod resemblance;
mod roll;
mod table;
mod text_list;
mod workbook;
mod xlsx;

pub use heads::Column;
pub use mapping::{Mapping, guess};
pub use plan::{Change, Plan, Suspicion, plan};
pub use reading::{Reading, Rejected, Row};
pub use table::{COLUMNS_MAX, Line, ROWS_MAX, Table, read};

/// What to do with the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportMode {
    /// Only say what would happen.
    pub dry_run: bool,
    /// Write the good rows although others are refused.
    pub accept_valid: bool,
}

/// What came of it, counted in people; where nothing was `applied`, what would have come of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub rejected: Vec<Rejected>,
    /// Sentences about the file as a whole.
    pub notes: Vec<String>,
    /// Paths of the teams that the file brings.
    pub teams_created: Vec<String>,
    /// Whether the file was written.
    pub applied: bool,
    /// Members with another address than before, or a first one: their links must be made anew.
    #[serde(skip)]
    pub new_addresses: Vec<Id>,
}

/// What would come of a list, before anything is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// Counted as [`apply`] would count it.
    pub outcome: Outcome,
    /// Team names that look like slips, decided or not; the rows of an undecided one are refused.
    pub suspicions: Vec<Suspicion>,
    /// The first rows that are in order, as they are understood.
    pub first: Vec<Row>,
}

impl Preview {
    /// How many rows would be left out.
    #[must_use]
    pub fn left_out(&self) -> usize {
        let lines: std::collections::BTreeSet<usize> = self.outcome.rejected.iter().map(|fault| fault.line).collect();
        lines.len()
    }

    /// How many people would be made or changed.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.outcome.created + self.outcome.updated
    }
}

/// Says what [`apply`] would do with this list now.
///
/// # Errors
/// A mapping that lacks a needed column or has one twice; the database fails.
pub fn preview(tx: &mut Tx, table: &Table, mapping: &Mapping) -> Result<Preview, Refusal> {
    mapping.check()?;
    let reading = mapping.reading(table);
    let first = reading.rows.iter().filter(|row| !row.is_refused).take(FIRST).cloned().collect();
    let plan = plan(&people::teams(tx)?, people::all_members(tx)?, reading, &mapping.decided());
    Ok(Preview { outcome: plan.outcome, suspicions: plan.suspicions, first })
}

/// Rows shown in a preview.
const FIRST: usize = 5;

/// Imports a member list, in any form that [`read`] takes, with columns that [`guess`] recognises.
/// Writes nothing in a dry run, nor when a row is refused and the mode does not accept the others.
///
/// # Errors
/// A file that cannot be read as a member list; somebody else changed the same members meanwhile
/// (then a part may be written, and the same file again does the rest).
pub async fn import(store: &Store, deed: &Deed, bytes: Vec<u8>, mode: ImportMode) -> Result<Outcome, Refusal> {
    import_with(store, deed, bytes, mode, |_, _| Ok(())).await
}

/// As [`import`]; `follow` is told, in the transaction that writes them, which members get another
/// address (or a first one), so that none is ever there without what must follow (a new link).
///
/// # Errors
/// As [`import`], and those of `follow`.
pub async fn import_with(
    store: &Store,
    deed: &Deed,
    bytes: Vec<u8>,
    mode: ImportMode,
    follow: impl Fn(&mut Tx, &[Id]) -> Result<(), Refusal> + Clone + Send + 'static,
) -> Result<Outcome, Refusal> {
    let plan = store.read(move |tx| {
        let table = read(&bytes, None)?;
        compare(tx, &table, &guess(&table))
    });
    carry_out(store, deed, plan.await?, mode, follow).await
}

/// Writes a list as it is understood by `mapping`; `mode` and `follow` as in [`import_with`].
///
/// # Errors
/// As [`import_with`].
pub async fn apply(
    store: &Store,
    deed: &Deed,
    table: Table,
    mapping: Mapping,
    mode: ImportMode,
    follow: impl Fn(&mut Tx, &[Id]) -> Result<(), Refusal> + Clone + Send + 'static,
) -> Result<Outcome, Refusal> {
    let plan = store.read(move |tx| compare(tx, &table, &mapping)).await?;
    carry_out(store, deed, plan, mode, follow).await
}

async fn carry_out(
    store: &Store,
    deed: &Deed,
    plan: Plan,
    mode: ImportMode,
    follow: impl Fn(&mut Tx, &[Id]) -> Result<(), Refusal> + Clone + Send + 'static,
) -> Result<Outcome, Refusal> {
    let Plan { teams, changes, mut outcome, .. } = plan;
    if mode.dry_run || (!outcome.rejected.is_empty() && !mode.accept_valid) {
        return Ok(outcome);
    }
    for some in teams.chunks(CHUNK) {
        let (deed, some) = (deed.clone(), some.to_vec());
        store.write(Side::Members, move |tx| team::ensure_paths(tx, &deed, &some).map_err(met)).await?;
    }
    let ids = Arc::new(store.read(team_ids).await?);
    for chunk in changes.chunks(CHUNK) {
        let moved: Vec<Id> =
            chunk.iter().filter(|change| change.has_new_address).filter_map(|change| change.id).collect();
        outcome.new_addresses.extend_from_slice(&moved);
        let (deed, ids, chunk, follow) = (deed.clone(), Arc::clone(&ids), chunk.to_vec(), follow.clone());
        let write = move |tx: &mut Tx| {
            write_chunk(tx, &deed, &ids, &chunk)?;
            if moved.is_empty() { Ok(()) } else { follow(tx, &moved) }
        };
        store.write(Side::Members, write).await?;
    }
    outcome.applied = true;
    Ok(outcome)
}

/// Writes a chunk of a plan whose teams are there; `teams` has their ids by folded path.
fn write_chunk(tx: &mut Tx, deed: &Deed, teams: &HashMap<String, Id>, chunk: &[Change]) -> Result<(), Refusal> {
    let ids: Vec<Id> = chunk.iter().map(|change| change.id.unwrap_or_else(|| deed.new_id())).collect();
    let with_ids = || chunk.iter().zip(&ids);
    for (change, id) in with_ids().filter(|(change, _)| change.id.is_some()) {
        queries::update_member(tx, *id, change).map_err(met)?;
    }
    let new = with_ids().filter(|(change, _)| change.id.is_none());
    let new: Vec<_> = new.map(|(change, id)| queries::NewMember::new(*id, change)).collect();
    queries::insert_members(tx, &new).map_err(met)?;
    let moved = || with_ids().filter(|(change, _)| change.is_moved);
    let former: Vec<Id> = moved().filter(|(change, _)| change.id.is_some()).map(|(_, id)| *id).collect();
    queries::delete_memberships(tx, &former)?;
    let mut memberships = Vec::new();
    for (change, id) in moved() {
        for (place, is_rep) in &change.places {
            let team_id = *teams.get(place).ok_or_else(changed_meanwhile)?;
            memberships.push(queries::NewMembership { member_id: *id, team_id, is_rep: *is_rep });
        }
    }
    queries::insert_memberships(tx, &memberships).map_err(met)?;
    let detail = json!({ "created": new.len(), "updated": chunk.len() - new.len() });
    deed.record(tx, "import members", "", &detail)?;
    Ok(())
}

/// Most members (or teams) in one write, so that no comment waits behind it.
const CHUNK: usize = 200;

fn compare(tx: &mut Tx, table: &Table, mapping: &Mapping) -> Result<Plan, Refusal> {
    mapping.check()?;
    Ok(plan(&people::teams(tx)?, people::all_members(tx)?, mapping.reading(table), &mapping.decided()))
}

fn team_ids(tx: &mut Tx) -> Result<HashMap<String, Id>, Fault> {
    Ok(people::teams(tx)?.into_iter().map(|team| (team::fold(&team.path), team.id)).collect())
}

fn met(fault: Fault) -> Refusal {
    if fault.is_duplicate() { changed_meanwhile() } else { fault.into() }
}

fn changed_meanwhile() -> Refusal {
    Refusal::conflict(
        "changed-meanwhile",
        "Somebody else changed members or teams while this file was being imported. Import it again: \
         what is written already counts as unchanged.",
    )
}

#[cfg(test)]
mod tests;
