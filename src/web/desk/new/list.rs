//! The member list as a part of the set-up page: what it asks, and the teams it brings.

use crate::consultations::Teams;
use crate::ids::Id;
use crate::people::Team;
use crate::text::Problem;
use crate::web::desk::member_list::Understood;
use crate::web::desk::typed::Typed;
use crate::web::desk::whom;

/// The part's field in which the list stands as text.
pub(super) const FIELD: &str = "list";

/// Whether somebody should look at it before it is stored: rows are left out, or a team looks misspelt.
pub(super) fn asks(list: &Understood) -> bool {
    list.preview().is_some_and(|preview| preview.left_out() > 0 || !preview.suspicions.is_empty())
}

/// The list and what its columns mean, for telling it from another.
pub(super) fn mark(list: &Understood) -> String {
    let part = list.part();
    let meanings: Vec<&str> = part.columns.iter().map(|column| column.meaning).collect();
    format!("{}\u{1}{}", part.list, meanings.join(","))
}

/// Paths of all teams that there are or will be, in the order of the tree.
pub(super) fn paths(list: &Understood, known: &[Team]) -> Vec<String> {
    let mut paths: Vec<String> = known.iter().map(|team| team.path.clone()).collect();
    paths.extend(to_come(list).iter().cloned());
    paths.sort_by_cached_key(|path| path.to_lowercase().split('/').map(str::to_owned).collect::<Vec<_>>());
    paths
}

/// Whether the ticked teams are there, or will be.
///
/// # Errors
/// As [`whom::chosen`].
pub(super) fn chosen(list: &Understood, known: &[Team], typed: &Typed) -> Result<Teams, Problem> {
    let to_come = to_come(list).iter().map(|path| Team {
        id: Id::from_bytes([0; 16]),
        parent_id: None,
        name: path.clone(),
        path: path.clone(),
        headcount: None,
    });
    let all: Vec<Team> = known.iter().cloned().chain(to_come).collect();
    whom::chosen(&all, typed)
}

fn to_come(list: &Understood) -> &[String] {
    list.preview().map_or(&[], |preview| &preview.outcome.teams_created)
}
