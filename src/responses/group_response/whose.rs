//! Whose meeting it was: the label of a team, a whole service, or several teams together.
//!
//! A team below eight is never kept: its meeting stands under its label, as comments do.

use std::collections::BTreeSet;

use crate::consultations::{self, Label};
use crate::ids::Id;
use crate::people::{self, Team, team};
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// The group that spoke. With neither label nor team, several teams together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Whose {
    pub label: Option<Id>,
    /// A team that holds at least one whole label.
    pub team: Option<Id>,
}

/// What it is called where teams came together.
pub const SEVERAL: &str = "Several teams";

/// Labels and teams of a consultation, to choose from and to name.
#[derive(Debug, Clone)]
pub struct Circles {
    labels: Vec<Label>,
    teams: Vec<Team>,
}

impl Circles {
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut Tx, consultation: Id) -> Result<Self, Fault> {
        Ok(Self { labels: consultations::of_consultation(tx, consultation)?, teams: team::list(tx)? })
    }

    /// The teams that can be chosen, in the order of the tree: those with a label, and those above them.
    #[must_use]
    pub fn choices(&self) -> Vec<&people::Team> {
        let labelled: BTreeSet<Id> = self.labels.iter().flat_map(|label| label.teams.iter().copied()).collect();
        let is_asked = |team: &&Team| self.below(team).iter().any(|one| labelled.contains(one));
        self.teams.iter().filter(is_asked).collect()
    }

    /// # Errors
    /// A team that is not asked in this consultation.
    pub fn whose(&self, team: Option<Id>) -> Result<Whose, Refusal> {
        let Some(id) = team else { return Ok(Whose::default()) };
        let unknown = || Refusal::field("team", "team-not-asked", "Choose one of the teams of this consultation.");
        let team = self.teams.iter().find(|one| one.id == id).ok_or_else(unknown)?;
        if let Some(own) = self.labels.iter().find(|label| label.teams.contains(&id)) {
            return Ok(Whose { label: Some(own.id), team: None });
        }
        let below = self.below(team);
        let whole = |label: &&Label| !label.teams.is_empty() && label.teams.iter().all(|one| below.contains(one));
        let touched: Vec<&Label> =
            self.labels.iter().filter(|label| label.teams.iter().any(|one| below.contains(one))).collect();
        match touched.as_slice() {
            [] => Err(unknown()),
            [only] => Ok(Whose { label: Some(only.id), team: None }),
            several if several.iter().any(whole) => Ok(Whose { label: None, team: Some(id) }),
            // Parts of joined labels alone may be few people.
            _ => Ok(Whose::default()),
        }
    }

    #[must_use]
    pub fn name(&self, whose: Whose) -> String {
        let label = self.labels.iter().find(|label| Some(label.id) == whose.label).map(|label| &label.name);
        let team = self.teams.iter().find(|team| Some(team.id) == whose.team).map(|team| &team.name);
        label.or(team).cloned().unwrap_or_else(|| SEVERAL.to_owned())
    }

    fn below(&self, team: &Team) -> BTreeSet<Id> {
        let inside = |one: &&Team| {
            one.id == team.id || one.path.strip_prefix(team.path.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        self.teams.iter().filter(inside).map(|one| one.id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn team(n: u8, path: &str) -> Team {
        let name = path.rsplit('/').next().unwrap().to_owned();
        Team { id: id(n), parent_id: None, name, path: path.to_owned(), headcount: None }
    }

    fn circles() -> Circles {
        let label = |n, name: &str, teams: &[u8]| Label {
            id: id(n),
            name: name.to_owned(),
            teams: teams.iter().map(|n| id(*n)).collect(),
        };
        Circles {
            labels: vec![
                label(101, "Assessment", &[2]),
                label(102, "Early Help and Youth together", &[3, 4]),
                label(103, "Colleagues who are not members", &[]),
            ],
            teams: vec![
                team(1, "Children"),
                team(2, "Children/Assessment"),
                team(3, "Children/Early Help"),
                team(4, "Children/Youth"),
                team(5, "Estates"),
            ],
        }
    }

    #[test]
    fn a_small_team_meets_under_its_label() {
        let circles = circles();
        let youth = circles.whose(Some(id(4))).unwrap();
        assert_eq!((circles.name(youth).as_str(), youth.team), ("Early Help and Youth together", None));
        assert_eq!(circles.name(circles.whose(Some(id(1))).unwrap()), "Children");
        assert_eq!(circles.name(circles.whose(None).unwrap()), SEVERAL);
        assert!(circles.whose(Some(id(5))).is_err(), "not asked");
        assert_eq!(circles.choices().len(), 4);
    }
}
