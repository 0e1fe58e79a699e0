//! What a file would change: its rows against the members and teams that are there. Pure.

use std::collections::{BTreeMap, HashMap};

use super::Outcome;
use super::places::Places;
use super::reading::{Reading, Rejected};
use super::roll::Roll;
use crate::ids::Id;
use crate::people::member::Member;
use crate::people::team::{Team, fold};

/// What is to be written, and what to say about it.
#[derive(Debug)]
pub struct Plan {
    /// Paths of teams to make, each after the one above it.
    pub teams: Vec<String>,
    /// In the order in which they must be written: an address may pass from one member to another.
    pub changes: Vec<Change>,
    pub outcome: Outcome,
}

/// A member to make or to change, as she shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// None: to make.
    pub id: Option<Id>,
    pub email: Option<String>,
    pub name: String,
    pub membership_number: Option<String>,
    pub language: String,
    pub has_left: bool,
    /// All her teams by folded path, and whether she is their rep.
    pub places: BTreeMap<String, bool>,
    /// Her teams are not what they were.
    pub is_moved: bool,
    /// An address where there was another or none.
    pub has_new_address: bool,
}

/// Compares a file with all `teams` and `members` that are there.
#[must_use]
pub fn plan(teams: &[Team], members: Vec<Member>, reading: Reading) -> Plan {
    let mut places = Places::new(teams, reading.rows.iter().filter(|row| !row.is_refused).map(|row| row.team.as_str()));
    let paths: HashMap<Id, String> = teams.iter().map(|team| (team.id, fold(&team.path))).collect();
    let mut roll = Roll::default();
    for member in members {
        roll.add_known(member, &paths);
    }
    let mut rejected = reading.rejected;
    let mut resolved: HashMap<&str, Result<String, String>> = HashMap::new();
    for row in &reading.rows {
        let fault = if row.is_refused {
            None
        } else {
            match resolved.entry(&row.team).or_insert_with(|| places.resolve(&row.team)) {
                Ok(place) => roll.take(row, place).err(),
                Err(reason) => Some(Rejected::new(row.line, "team", &row.team, reason.as_str())),
            }
        };
        if row.is_refused || fault.is_some() {
            roll.keep_teams(row);
        }
        rejected.extend(fault);
    }
    rejected.sort_by_key(|fault| fault.line);
    let mut outcome = Outcome { rejected, notes: reading.notes, ..Outcome::default() };
    let changes = roll.finish(&mut places, &mut outcome);
    let teams = places.into_new();
    outcome.teams_created.clone_from(&teams);
    Plan { teams, changes, outcome }
}
