//! What a file would change: its rows against the members and teams that are there. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Outcome;
use super::places::Places;
use super::reading::{Reading, Rejected, Row};
use super::roll::Roll;
use crate::ids::Id;
use crate::people::member::Member;
use crate::people::team::{self, Team, fold};

/// What is to be written, and what to say about it.
#[derive(Debug)]
pub struct Plan {
    /// Paths of teams to make, each after the one above it.
    pub teams: Vec<String>,
    /// In the order in which they must be written: an address may pass from one member to another.
    pub changes: Vec<Change>,
    pub outcome: Outcome,
    pub suspicions: Vec<Suspicion>,
}

/// A team name in the list that looks like a slip of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    /// As the list writes it.
    pub typed: String,
    /// How many rows write it so.
    pub rows: usize,
    /// The path of the team it resembles.
    pub meant: String,
    /// How many rows of the list are of that team.
    pub meant_rows: usize,
    /// Whether that team is there already, not only in the list.
    pub is_known: bool,
    /// What the person decided: the team that is meant, or the name itself for a team of its own.
    pub decided: Option<String>,
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

/// Compares a list with all `teams` and `members` that are there. `decided` has, by folded team name
/// of the list, the team that is meant.
#[must_use]
pub fn plan(teams: &[Team], members: Vec<Member>, reading: Reading, decided: &BTreeMap<String, &str>) -> Plan {
    let suspicions = suspicions(teams, &reading.rows, decided);
    let rows = renamed(reading.rows, decided);
    let mut places = Places::new(teams, good(&rows).map(|row| row.team.as_str()));
    places.take_as_they_are(decided.iter().filter(|(typed, meant)| **typed == fold(meant)).map(|(typed, _)| typed));
    let paths: HashMap<Id, String> = teams.iter().map(|team| (team.id, fold(&team.path))).collect();
    let mut roll = Roll::default();
    for member in members {
        roll.add_known(member, &paths);
    }
    let mut rejected = reading.rejected;
    let mut resolved: HashMap<&str, Result<String, String>> = HashMap::new();
    for row in &rows {
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
    Plan { teams, changes, outcome, suspicions }
}

fn good(rows: &[Row]) -> impl Iterator<Item = &Row> {
    rows.iter().filter(|row| !row.is_refused)
}

/// The names that look like slips, as the list writes them, each once in the order of the list.
fn suspicions(teams: &[Team], rows: &[Row], decided: &BTreeMap<String, &str>) -> Vec<Suspicion> {
    let places = Places::new(teams, good(rows).map(|row| row.team.as_str()));
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for row in good(rows) {
        let typed = fold(&row.team);
        if seen.contains(&typed) {
            continue;
        }
        if let Some((meant, is_known)) = places.slip_of(&row.team) {
            found.push(Suspicion {
                typed: row.team.clone(),
                rows: places.rows_of(&typed),
                meant_rows: places.rows_of(&fold(&meant)),
                meant,
                is_known,
                decided: decided.get(&typed).map(|meant| (*meant).to_owned()),
            });
        }
        seen.insert(typed);
    }
    found
}

/// The rows with the teams that were decided. A decision that names no possible team is none.
fn renamed(mut rows: Vec<Row>, decided: &BTreeMap<String, &str>) -> Vec<Row> {
    if !decided.is_empty() {
        for row in &mut rows {
            if let Some(meant) = decided.get(&fold(&row.team)).and_then(|meant| team::path_of("team", meant).ok()) {
                row.team = meant;
            }
        }
    }
    rows
}
