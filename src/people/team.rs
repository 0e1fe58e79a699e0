//! Teams: a tree of names, each with the number of people who work there.

use std::collections::{HashMap, HashSet};

use diesel::Queryable;
use serde::Serialize;
use serde_json::json;

use super::queries;
use crate::audit::Deed;
use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};
use crate::text::{self, Problem};

/// Deepest place in the tree.
pub const LEVELS_MAX: usize = 8;
/// Largest head-count.
pub const HEADCOUNT_MAX: i32 = 1_000_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable)]
pub struct Team {
    pub id: Id,
    #[serde(rename = "parent")]
    pub parent_id: Option<Id>,
    pub name: String,
    /// Names from the root, joined by `/`.
    pub path: String,
    /// How many people work there, members or not; none when nobody said.
    pub headcount: Option<i32>,
}

/// A team to make. `parent` none: at the root.
#[derive(Debug, Clone, Default)]
pub struct NewTeam {
    pub name: String,
    pub parent: Option<Id>,
    pub headcount: Option<i32>,
}

/// What to change; none leaves as it is, `Some(None)` takes away.
#[derive(Debug, Clone, Default)]
pub struct TeamChange {
    pub name: Option<String>,
    pub parent: Option<Option<Id>>,
    pub headcount: Option<Option<i32>>,
}

/// All teams in the order of the tree: each parent before its children, siblings by name.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx) -> Result<Vec<Team>, Fault> {
    let mut teams = queries::teams(tx)?;
    teams.sort_by_cached_key(|team| (fold(&team.path).split('/').map(str::to_owned).collect::<Vec<_>>(), team.id));
    Ok(teams)
}

/// # Errors
/// When there is no such team.
pub fn by_id(tx: &mut Tx, id: Id) -> Result<Team, Refusal> {
    queries::team(tx, id)?.ok_or(Refusal::Unknown("team"))
}

/// # Errors
/// A name that cannot be or that a sibling has, a head-count out of range, no such parent.
pub fn make(tx: &mut Tx, deed: &Deed, new: &NewTeam) -> Result<Team, Refusal> {
    let mut problems = Problems::default();
    let name = problems.check(name_of("name", &new.name)).unwrap_or_default();
    let headcount = problems.check(headcount_of(new.headcount)).flatten();
    problems.none()?;
    let teams = queries::teams(tx)?;
    let path = place(&teams, new.parent, &name, None)?;
    let team = Team { id: deed.new_id(), parent_id: new.parent, name, path, headcount };
    insert(tx, deed, &team)?;
    Ok(team)
}

/// Renames, moves (with all below it) or counts a team.
///
/// # Errors
/// As [`make`]; and moving a team below itself.
pub fn change(tx: &mut Tx, deed: &Deed, id: Id, change: &TeamChange) -> Result<Team, Refusal> {
    let teams = queries::teams(tx)?;
    let before = teams.iter().find(|team| team.id == id).ok_or(Refusal::Unknown("team"))?;
    let mut problems = Problems::default();
    let name = problems.check(name_of("name", change.name.as_deref().unwrap_or(&before.name))).unwrap_or_default();
    let headcount = problems.check(headcount_of(change.headcount.unwrap_or(before.headcount))).flatten();
    problems.none()?;
    let parent_id = change.parent.unwrap_or(before.parent_id);
    let path = place(&teams, parent_id, &name, Some(before))?;
    let after = Team { id, parent_id, name, path, headcount };
    if after == *before {
        return Ok(after);
    }
    let below = moved_below(&teams, before, &after.path)?;
    queries::update_team(tx, &after)?;
    for (id, path) in below {
        queries::set_team_path(tx, id, &path)?;
    }
    let detail = json!({ "was": before.path, "headcount": after.headcount, "headcount_was": before.headcount });
    deed.record(tx, "change team", &after.path, &detail)?;
    Ok(after)
}

/// The team at `path` (`Service/Team`, in any case), made with all above it where it is missing.
///
/// # Errors
/// A path with an empty or impossible name, or more than [`LEVELS_MAX`] levels.
pub fn ensure_path(tx: &mut Tx, deed: &Deed, path: &str) -> Result<Id, Refusal> {
    let path = path_of("team", path)?;
    let ids = ensure_paths(tx, deed, std::slice::from_ref(&path))?;
    ids.get(&fold(&path)).copied().ok_or(Refusal::Unknown("team"))
}

/// As [`ensure_path`] for many paths that [`path_of`] has checked; the ids of all teams by folded path.
pub(super) fn ensure_paths(tx: &mut Tx, deed: &Deed, paths: &[String]) -> Result<HashMap<String, Id>, Fault> {
    let mut known: HashMap<String, Team> =
        queries::teams(tx)?.into_iter().map(|team| (fold(&team.path), team)).collect();
    for path in paths {
        let mut parent: Option<Team> = None;
        for name in path.split('/') {
            let path = parent.as_ref().map_or_else(|| name.to_owned(), |above| format!("{}/{name}", above.path));
            let team = if let Some(team) = known.get(&fold(&path)) {
                team.clone()
            } else {
                let parent_id = parent.map(|above| above.id);
                let team = Team { id: deed.new_id(), parent_id, name: name.to_owned(), path, headcount: None };
                insert(tx, deed, &team)?;
                known.insert(fold(&team.path), team.clone());
                team
            };
            parent = Some(team);
        }
    }
    Ok(known.into_iter().map(|(path, team)| (path, team.id)).collect())
}

/// How many members who have not left are in each team itself, not below it.
///
/// # Errors
/// When the database fails.
pub fn member_counts(tx: &mut Tx) -> Result<HashMap<Id, usize>, Fault> {
    let mut counts = HashMap::new();
    for (_, team) in queries::present_memberships(tx)? {
        *counts.entry(team).or_default() += 1;
    }
    Ok(counts)
}

/// The given teams and all below them; ids that are no team are left out.
///
/// # Errors
/// When the database fails.
pub fn with_all_below(tx: &mut Tx, ids: &[Id]) -> Result<HashSet<Id>, Fault> {
    let teams = queries::teams(tx)?;
    let roots: Vec<&str> = teams.iter().filter(|team| ids.contains(&team.id)).map(|team| team.path.as_str()).collect();
    Ok(teams
        .iter()
        .filter(|team| roots.iter().any(|root| team.path == *root || below(&team.path, root).is_some()))
        .map(|team| team.id)
        .collect())
}

/// A path as it is stored: each name trimmed and checked.
pub(super) fn path_of(field: &str, typed: &str) -> Result<String, Problem> {
    let names = typed.split('/').map(|name| name_of(field, name)).collect::<Result<Vec<_>, _>>()?;
    if names.len() > LEVELS_MAX {
        return Err(too_deep(field));
    }
    Ok(names.join("/"))
}

/// How names are compared: in any case.
pub(super) fn fold(name: &str) -> String {
    name.to_lowercase()
}

fn name_of(field: &str, typed: &str) -> Result<String, Problem> {
    let name = text::line(field, typed)?;
    if name.contains('/') {
        return Err(Problem::new(field, "slash", "Leave out the /: it divides a team from the one above it."));
    }
    Ok(name)
}

fn headcount_of(headcount: Option<i32>) -> Result<Option<i32>, Problem> {
    match headcount {
        Some(count) if !(0..=HEADCOUNT_MAX).contains(&count) => {
            Err(Problem::new("headcount", "out-of-range", format!("Write a number from 0 to {HEADCOUNT_MAX}.")))
        }
        fine => Ok(fine),
    }
}

/// The path of a team called `name` under `parent`; `itself` is the team that moves there.
fn place(teams: &[Team], parent: Option<Id>, name: &str, itself: Option<&Team>) -> Result<String, Refusal> {
    let above = match parent {
        None => None,
        Some(id) => Some(teams.iter().find(|team| team.id == id).ok_or_else(|| {
            Problem::new("parent", "no-team", "There is no team with this id; choose one from the list of teams.")
        })?),
    };
    if let (Some(above), Some(itself)) = (above, itself)
        && (above.id == itself.id || below(&above.path, &itself.path).is_some())
    {
        return Err(Refusal::field("parent", "cycle", "Choose a parent that is not this team or below it."));
    }
    let namesake = |team: &&Team| {
        team.parent_id == parent && fold(&team.name) == fold(name) && Some(team.id) != itself.map(|itself| itself.id)
    };
    if let Some(namesake) = teams.iter().find(namesake) {
        let detail = format!("There is a team “{}” already; choose another name.", namesake.path);
        return Err(Refusal::field("name", "taken", detail));
    }
    let path = above.map_or_else(|| name.to_owned(), |above| format!("{}/{name}", above.path));
    if path.split('/').count() > LEVELS_MAX { Err(too_deep("parent").into()) } else { Ok(path) }
}

/// The new paths of all teams below `before`, which moves to `path`.
fn moved_below(teams: &[Team], before: &Team, path: &str) -> Result<Vec<(Id, String)>, Problem> {
    let moved: Vec<(Id, String)> = teams
        .iter()
        .filter_map(|team| below(&team.path, &before.path).map(|rest| (team.id, format!("{path}/{rest}"))))
        .collect();
    if moved.iter().any(|(_, path)| path.split('/').count() > LEVELS_MAX) {
        return Err(too_deep("parent"));
    }
    Ok(moved)
}

fn too_deep(field: &str) -> Problem {
    Problem::new(field, "too-deep", format!("Use at most {LEVELS_MAX} levels of teams."))
}

/// What follows `root/` in `path`.
fn below<'p>(path: &'p str, root: &str) -> Option<&'p str> {
    path.strip_prefix(root)?.strip_prefix('/')
}

fn insert(tx: &mut Tx, deed: &Deed, team: &Team) -> Result<(), Fault> {
    queries::insert_team(tx, team)?;
    deed.record(tx, "make team", &team.path, &json!({ "headcount": team.headcount }))
}
