//! Which teams: all, or those whose boxes are ticked, by their paths.

use super::typed::Typed;
use crate::consultations::Teams;
use crate::people::Team;
use crate::text::Problem;
use crate::web::view::TeamBox;

pub(super) const ALL: &str = "all";
pub(super) const SOME: &str = "some";

/// A box for each path, in the order given.
pub(super) fn boxes<'a>(paths: impl Iterator<Item = &'a str>, fields: &Typed) -> Vec<TeamBox> {
    let ticked = fields.all("teams");
    paths
        .map(|path| TeamBox {
            path: path.to_owned(),
            name: path.rsplit('/').next().unwrap_or(path).to_owned(),
            level: path.matches('/').count(),
            chosen: ticked.iter().any(|one| one == path),
        })
        .collect()
}

/// The choice as the rules take it.
///
/// # Errors
/// Some, and none ticked; a path that no team has.
pub(super) fn chosen(known: &[Team], fields: &Typed) -> Result<Teams, Problem> {
    if fields.get("whom") != SOME {
        return Ok(Teams::All);
    }
    let ticked = fields.all("teams");
    if ticked.is_empty() {
        return Err(Problem::new("teams", "none-ticked", "Tick at least one team, or choose all of them."));
    }
    let mut ids = Vec::new();
    for path in ticked {
        match known.iter().find(|team| team.path == path) {
            Some(team) => ids.push(team.id),
            None => return Err(Problem::new("teams", "unknown", format!("There is no team {path}."))),
        }
    }
    Ok(Teams::Some(ids))
}
