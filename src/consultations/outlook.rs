//! What opening would fix if it happened now: for the check page, before anything is fixed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::consultation::Consultation;
use super::opening::{Drawn, check, drawn};
use crate::ids::Id;
use crate::people;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::text::Problem;

/// A consultation in preparation, as it would open.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// Everybody who would be invited.
    pub invited: usize,
    /// Those of them who have a mail address.
    pub with_address: usize,
    /// Those who are in several of the teams, and choose one when they come.
    pub in_several: usize,
    /// Teams with somebody to invite, in the order of the tree.
    pub teams: Vec<TeamOutlook>,
    pub labels: Vec<LabelOutlook>,
    /// What stands in the way; empty when it can be opened.
    pub problems: Vec<Problem>,
}

#[derive(Debug, Clone)]
pub struct TeamOutlook {
    pub team: Id,
    pub name: String,
    /// Members of several teams count in each.
    pub invited: usize,
    pub without_address: usize,
}

#[derive(Debug, Clone)]
pub struct LabelOutlook {
    pub name: String,
    /// Members of several teams left out: they choose later.
    pub invited: usize,
    /// Names of the teams that stand together under it.
    pub teams: Vec<String>,
}

/// # Errors
/// When the database fails.
pub fn outlook(tx: &mut Tx, of: &Consultation, now: DateTime<Utc>) -> Result<Outlook, Refusal> {
    let Drawn { teams, members, groups } = drawn(tx, of)?;
    let unreached = people::member::without_address(tx)?;
    let mut counts: BTreeMap<Id, (usize, usize, usize)> = BTreeMap::new();
    for (member, of_hers) in &members {
        for team in of_hers {
            let (all, without, alone) = counts.entry(*team).or_default();
            *all += 1;
            *without += usize::from(unreached.contains(member));
            *alone += usize::from(of_hers.len() == 1);
        }
    }
    let names: BTreeMap<Id, &str> = teams.iter().map(|team| (team.id, team.name.as_str())).collect();
    let labels = groups
        .iter()
        .map(|(name, of_group)| LabelOutlook {
            name: name.clone(),
            invited: of_group.iter().filter_map(|team| counts.get(team)).map(|(_, _, alone)| alone).sum(),
            teams: of_group.iter().filter_map(|team| names.get(team)).map(|name| (*name).to_owned()).collect(),
        })
        .collect();
    let mut problems = match check(of, now) {
        Ok(()) => Vec::new(),
        Err(Refusal::Invalid(problems)) => problems,
        Err(refusal) => return Err(refusal),
    };
    if members.is_empty() {
        problems.push(Problem::new("members", "missing", "Nobody is in these teams yet; import the members first."));
    }
    Ok(Outlook {
        invited: members.len(),
        with_address: members.iter().filter(|(id, _)| !unreached.contains(id)).count(),
        in_several: members.iter().filter(|(_, teams)| teams.len() > 1).count(),
        teams: teams
            .iter()
            .filter_map(|team| {
                let (invited, without_address, _) = *counts.get(&team.id)?;
                Some(TeamOutlook { team: team.id, name: team.name.clone(), invited, without_address })
            })
            .collect(),
        labels,
        problems,
    })
}
