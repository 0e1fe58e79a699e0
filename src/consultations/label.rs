//! The team name that staff see beside a confidential comment, and how small teams are joined.
//!
//! Fixed when a consultation opens: the team itself if at least [`SMALLEST`] of its members are
//! invited, else joined with its smallest siblings until there are that many, else the parent.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::Id;
use crate::store::{Fault, Tx};

use super::queries;

/// Fewest invited members behind a label.
pub const SMALLEST: usize = 8;

/// One label of a consultation and the teams behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub id: Id,
    pub name: String,
    pub teams: Vec<Id>,
}

impl Label {
    /// Whether it is that of colleagues who are not members: the only one without a team.
    #[must_use]
    pub fn is_of_colleagues(&self) -> bool {
        self.teams.is_empty()
    }
}

/// A team as the drawing of labels needs it.
#[derive(Debug, Clone)]
pub struct Unit {
    pub team: Id,
    pub parent: Option<Id>,
    pub name: String,
    /// Members invited directly in this team, those of several teams left out: they choose later.
    pub invited: usize,
    /// Whether anybody at all is invited there, members of several teams too.
    pub present: bool,
}

/// The labels of an opened consultation, in their order.
///
/// # Errors
/// When the database fails.
pub fn of_consultation(tx: &mut Tx, consultation: Id) -> Result<Vec<Label>, Fault> {
    queries::labels(tx, consultation)
}

/// Joins teams into groups of at least [`SMALLEST`] invited members (or one group of everybody, when
/// there are fewer). Every team with members is in exactly one group.
///
/// Returns each group's name and teams, in the order of the teams given.
#[must_use]
pub fn draw(units: &[Unit]) -> Vec<(String, Vec<Id>)> {
    let tree = Tree::of(units);
    let mut done: Vec<Group> = Vec::new();
    let left: Vec<Group> = tree.roots.iter().filter_map(|root| tree.settle(*root, &mut done)).collect();
    // What no parent could hold is joined among the roots, at last with the smallest group anywhere.
    if let Some(rest) = join_small(left, &mut done, 0) {
        match done.iter_mut().min_by_key(|group| group.invited) {
            Some(smallest) => smallest.take(rest),
            None => done.push(rest),
        }
    }
    let mut named: Vec<(usize, String, Vec<Id>)> = done
        .into_iter()
        .map(|mut group| {
            group.teams.sort_by_key(|team| tree.order(*team));
            (group.teams.first().map_or(0, |team| tree.order(*team)), tree.name(&group.teams), group.teams)
        })
        .collect();
    named.sort();
    named.into_iter().map(|(_, name, teams)| (name, teams)).collect()
}

struct Group {
    teams: Vec<Id>,
    invited: usize,
}

impl Group {
    fn take(&mut self, other: Group) {
        self.teams.extend(other.teams);
        self.invited += other.invited;
    }
}

struct Tree<'a> {
    units: BTreeMap<Id, (usize, &'a Unit)>,
    children: BTreeMap<Id, Vec<Id>>,
    roots: Vec<Id>,
}

impl<'a> Tree<'a> {
    fn of(units: &'a [Unit]) -> Self {
        let known: BTreeMap<Id, (usize, &Unit)> =
            units.iter().enumerate().map(|(order, unit)| (unit.team, (order, unit))).collect();
        let mut children: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        let mut roots = Vec::new();
        for unit in units {
            match unit.parent.filter(|parent| known.contains_key(parent)) {
                Some(parent) => children.entry(parent).or_default().push(unit.team),
                None => roots.push(unit.team),
            }
        }
        Self { units: known, children, roots }
    }

    /// Settles everything under `team`; what stays too small goes up to the caller as one group.
    fn settle(&self, team: Id, done: &mut Vec<Group>) -> Option<Group> {
        let from = done.len();
        let mut small: Vec<Group> =
            self.children.get(&team).into_iter().flatten().filter_map(|child| self.settle(*child, done)).collect();
        let own = self.units.get(&team).map_or(0, |(_, unit)| unit.invited);
        if own >= SMALLEST {
            done.push(Group { teams: vec![team], invited: own });
        } else if self.units.get(&team).is_some_and(|(_, unit)| unit.present) {
            small.push(Group { teams: vec![team], invited: own });
        }
        join_small(small, done, from)
    }

    fn order(&self, team: Id) -> usize {
        self.units.get(&team).map_or(usize::MAX, |(order, _)| *order)
    }

    /// One team's own name; the parent's, when the group is all that is under it; else "A, B and C together".
    fn name(&self, teams: &[Id]) -> String {
        if let [team] = teams {
            return self.told_apart(*team);
        }
        let group: BTreeSet<Id> = teams.iter().copied().collect();
        let whole = self.units.keys().find(|parent| self.with_members(**parent) == group);
        if let Some(parent) = whole {
            return self.told_apart(*parent);
        }
        if self.roots.iter().flat_map(|root| self.with_members(*root)).collect::<BTreeSet<_>>() == group {
            return "Everyone".to_owned();
        }
        let names: Vec<String> = teams.iter().map(|team| self.told_apart(*team)).collect();
        match names.split_last() {
            Some((last, others)) => format!("{} and {last} together", others.join(", ")),
            None => String::new(),
        }
    }

    /// The team's name, with its parent's before it when another team has the same.
    fn told_apart(&self, team: Id) -> String {
        let Some((_, unit)) = self.units.get(&team) else { return String::new() };
        let twice = self.units.values().filter(|(_, other)| other.name == unit.name).count() > 1;
        match unit.parent.and_then(|parent| self.units.get(&parent)).filter(|_| twice) {
            Some((_, parent)) => format!("{}: {}", parent.name, unit.name),
            None => unit.name.clone(),
        }
    }

    /// The team and everything under it, as far as somebody is invited there.
    fn with_members(&self, team: Id) -> BTreeSet<Id> {
        let mut found = BTreeSet::new();
        let mut open = vec![team];
        while let Some(team) = open.pop() {
            if self.units.get(&team).is_some_and(|(_, unit)| unit.present) {
                found.insert(team);
            }
            open.extend(self.children.get(&team).into_iter().flatten());
        }
        found
    }
}

/// Joins small groups, smallest first, until each is large enough; a rest joins the smallest of the
/// groups settled here (`done` from `from` on), or is handed back.
fn join_small(mut small: Vec<Group>, done: &mut Vec<Group>, from: usize) -> Option<Group> {
    small.sort_by_key(|group| group.invited);
    let mut joined: Option<Group> = None;
    for group in small {
        let open = match joined.take() {
            Some(mut open) => {
                open.take(group);
                open
            }
            None => group,
        };
        if open.invited >= SMALLEST {
            done.push(open);
        } else {
            joined = Some(open);
        }
    }
    let rest = joined?;
    match done.get_mut(from..).and_then(|here| here.iter_mut().min_by_key(|group| group.invited)) {
        Some(smallest) => {
            smallest.take(rest);
            None
        }
        None => Some(rest),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn unit(n: u8, parent: Option<u8>, name: &str, invited: usize) -> Unit {
        Unit { team: id(n), parent: parent.map(id), name: name.to_owned(), invited, present: invited > 0 }
    }

    fn names(units: &[Unit]) -> Vec<String> {
        draw(units).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn a_small_team_stands_with_its_smallest_sibling() {
        let units = [
            unit(1, None, "Children", 0),
            unit(2, Some(1), "Assessment", 20),
            unit(3, Some(1), "Early Help", 5),
            unit(4, Some(1), "Youth", 4),
        ];
        assert_eq!(names(&units), ["Assessment", "Early Help and Youth together"]);
    }

    #[test]
    fn a_lone_small_team_joins_the_smallest_large_sibling() {
        let units = [
            unit(1, None, "Children", 0),
            unit(2, Some(1), "Assessment", 20),
            unit(3, Some(1), "Fostering", 12),
            unit(4, Some(1), "Youth", 3),
        ];
        assert_eq!(names(&units), ["Assessment", "Fostering and Youth together"]);
    }

    #[test]
    fn a_service_of_small_teams_goes_by_the_services_name() {
        let units = [
            unit(1, None, "Education", 0),
            unit(2, Some(1), "Admissions", 4),
            unit(3, Some(1), "Inclusion", 4),
            unit(4, None, "Social Care", 9),
        ];
        assert_eq!(names(&units), ["Education", "Social Care"]);
    }

    #[test]
    fn a_branch_of_five_is_everyone() {
        let units = [unit(1, None, "A", 2), unit(2, None, "B", 3)];
        assert_eq!(draw(&units), vec![("Everyone".to_owned(), vec![id(1), id(2)])]);
    }

    proptest! {
        #[test]
        fn no_label_stands_for_fewer_than_eight_and_no_team_is_left_out(
            sizes in proptest::collection::vec(0_usize..20, 1..25),
            parents in proptest::collection::vec(any::<prop::sample::Index>(), 25),
        ) {
            let units: Vec<Unit> = sizes.iter().enumerate().map(|(n, invited)| {
                let above = parents[n].index(n + 1);
                let parent = (above < n).then_some(u8::try_from(above).unwrap());
                let mut one = unit(u8::try_from(n).unwrap(), parent, &format!("T{n}"), *invited);
                one.present |= n % 3 == 0;
                one
            }).collect();
            let total: usize = sizes.iter().sum();
            let drawn = draw(&units);
            let size = |team: &Id| units.iter().find(|unit| unit.team == *team).unwrap().invited;
            for (name, teams) in &drawn {
                let invited: usize = teams.iter().map(size).sum();
                prop_assert!(invited >= SMALLEST.min(total), "{name}: {invited}");
            }
            let mut named: Vec<Id> = drawn.iter().flat_map(|(_, teams)| teams.clone()).collect();
            named.sort();
            let mut expected: Vec<Id> = units.iter().filter(|unit| unit.present).map(|unit| unit.team).collect();
            expected.sort();
            prop_assert_eq!(named, expected);
        }
    }
}
