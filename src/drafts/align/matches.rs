//! What belongs together so far, and where that leaves the rest.

use std::collections::BTreeMap;

use super::order::{Pair, in_order};
use super::words::{Both, Passage};
use crate::drafts::block::BlockKind;

/// Old and new places that are one passage.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) old: Vec<usize>,
    pub(super) new: Vec<usize>,
    pub(super) score: f64,
    /// Word for word the same.
    pub(super) is_same: bool,
}

pub(super) struct Matches<'b> {
    pub(super) both: &'b Both,
    pub(super) groups: Vec<Group>,
    /// Whether each group stands in its order.
    ordered: Vec<bool>,
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
    /// How often each name occurs in the old and in the new version.
    times: Vec<(u32, u32)>,
    /// The place of the heading each passage stands under (a heading's own; none before the first).
    heads_old: Vec<Option<usize>>,
    heads_new: Vec<Option<usize>>,
    /// For each old section (by its heading's place) the new one that holds most of it, and how much
    /// of the larger of both.
    sections: BTreeMap<Option<usize>, (Option<usize>, f64)>,
    /// For each place how many pairs in order stand before it.
    gaps_old: Vec<usize>,
    gaps_new: Vec<usize>,
}

/// How two places stand to each other.
#[expect(clippy::struct_excessive_bools, reason = "four answers to four questions, each asked alone")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// The passages before them belong together.
    pub(super) left: bool,
    /// The passages after them belong together.
    pub(super) right: bool,
    /// They stand between the same pairs in order.
    pub(super) gap: bool,
    pub(super) section: bool,
}

impl<'b> Matches<'b> {
    pub(super) fn new(both: &'b Both) -> Self {
        Self {
            both,
            groups: Vec::new(),
            ordered: Vec::new(),
            of_old: vec![None; both.old.len()],
            of_new: vec![None; both.new.len()],
            times: times(both),
            heads_old: heads(&both.old),
            heads_new: heads(&both.new),
            sections: BTreeMap::new(),
            gaps_old: vec![0; both.old.len()],
            gaps_new: vec![0; both.new.len()],
        }
    }

    pub(super) fn is_free(&self, old: usize, new: usize) -> bool {
        self.old_is_free(old) && self.new_is_free(new)
    }

    pub(super) fn old_is_free(&self, old: usize) -> bool {
        self.of_old.get(old).is_some_and(Option::is_none)
    }

    pub(super) fn new_is_free(&self, new: usize) -> bool {
        self.of_new.get(new).is_some_and(Option::is_none)
    }

    pub(super) fn free_old(&self) -> Vec<usize> {
        (0..self.of_old.len()).filter(|old| self.old_is_free(*old)).collect()
    }

    pub(super) fn free_new(&self) -> Vec<usize> {
        (0..self.of_new.len()).filter(|new| self.new_is_free(*new)).collect()
    }

    /// Whether the same words stand once in each version.
    pub(super) fn is_once(&self, passage: &Passage) -> bool {
        self.times[passage.name] == (1, 1)
    }

    /// Whether these are the same words, which other passages of the old version have too.
    pub(super) fn is_repeated(&self, old: usize, new: usize) -> bool {
        let (was, is) = (&self.both.old[old], &self.both.new[new]);
        was.name == is.name && self.times[was.name].0 > 1
    }

    pub(super) fn join(&mut self, old: Vec<usize>, new: Vec<usize>, score: f64) {
        let is_same = match (&old[..], &new[..]) {
            ([old], [new]) => self.both.old[*old].name == self.both.new[*new].name,
            _ => false,
        };
        for place in &old {
            self.of_old[*place] = Some(self.groups.len());
        }
        for place in &new {
            self.of_new[*place] = Some(self.groups.len());
        }
        self.groups.push(Group { old, new, score, is_same });
        self.ordered.push(false);
    }

    pub(super) fn is_ordered(&self, group: usize) -> bool {
        self.ordered[group]
    }

    /// What was joined last stands in its order if its neighbour does.
    pub(super) fn keep_order(&mut self, neighbour: usize) {
        let is_ordered = self.ordered[neighbour];
        if let Some(last) = self.ordered.last_mut() {
            *last = is_ordered;
        }
    }

    pub(super) fn join_same(&mut self, old: usize, new: usize) {
        self.join(vec![old], vec![new], 1.0);
    }

    /// Of one group; before the first and after the last stands the same nothing.
    fn is_together(&self, old: Option<usize>, new: Option<usize>) -> bool {
        match (old.and_then(|old| self.of_old.get(old)), new.and_then(|new| self.of_new.get(new))) {
            (Some(old), Some(new)) => old.is_some() && old == new,
            (None, None) => true,
            _ => false,
        }
    }

    pub(super) fn around(&self, old: usize, new: usize) -> Around {
        Around {
            left: self.is_together(old.checked_sub(1), new.checked_sub(1)),
            right: self.is_together(Some(old + 1), Some(new + 1)),
            gap: self.gaps_old[old] == self.gaps_new[new],
            section: self.is_same_section(old, new),
        }
    }

    pub(super) fn is_same_section(&self, old: usize, new: usize) -> bool {
        self.sections.get(&self.heads_old[old]).is_some_and(|(section, _)| *section == self.heads_new[new])
    }

    /// Whether the nearest known passage before or after, in its section, is the same for both; or
    /// whether nothing is known there.
    pub(super) fn is_held_in_section(&self, old: usize, new: usize) -> bool {
        let nearest = |of: &[Option<usize>], heads: &[Option<usize>], at: usize| {
            let is_near = |place: &usize| heads[*place] == heads[at];
            let before = (0..at).rev().take_while(is_near).find_map(|place| of[place]);
            let after = (at + 1..of.len()).take_while(is_near).find_map(|place| of[place]);
            (before, after)
        };
        let (was, is) = (nearest(&self.of_old, &self.heads_old, old), nearest(&self.of_new, &self.heads_new, new));
        was == is || (was.0.is_some() && was.0 == is.0) || (was.1.is_some() && was.1 == is.1)
    }

    pub(super) fn gap_of_old(&self, old: usize) -> usize {
        self.gaps_old[old]
    }

    pub(super) fn gap_of_new(&self, new: usize) -> usize {
        self.gaps_new[new]
    }

    pub(super) fn head(&self, old: usize) -> Option<usize> {
        self.heads_old[old]
    }

    pub(super) fn head_new(&self, new: usize) -> Option<usize> {
        self.heads_new[new]
    }

    /// Sections whose children are mostly the same, with the share of the words found again.
    pub(super) fn sections(&self) -> impl Iterator<Item = (Option<usize>, Option<usize>, f64)> {
        self.sections.iter().map(|(old, (new, share))| (*old, *new, *share))
    }

    /// Parts repeated passages again that would have moved by themselves: where no neighbour, and
    /// not two passages of their section, went the same way, they are as likely another one's copy.
    pub(super) fn part_strays(&mut self) {
        let is_heading = |place: usize| self.both.old.get(place).is_some_and(|one| one.kind == BlockKind::Heading);
        let went_along = |neighbour: Option<usize>| {
            let group = neighbour.and_then(|place| self.of_old.get(place).copied().flatten());
            group.is_some_and(|group| {
                let one = &self.groups[group];
                !self.ordered[group] && !self.is_repeated(one.old[0], one.new[0])
            })
        };
        let mut along: BTreeMap<(Option<usize>, Option<usize>), usize> = BTreeMap::new();
        for (group, one) in self.groups.iter().enumerate() {
            if !self.ordered[group] && !self.is_repeated(one.old[0], one.new[0]) {
                *along.entry((self.heads_old[one.old[0]], self.heads_new[one.new[0]])).or_default() += 1;
            }
        }
        let is_stray = |group: &usize| {
            let one = &self.groups[*group];
            let (old, new) = (one.old[0], one.new[0]);
            let few = along.get(&(self.heads_old[old], self.heads_new[new])).is_none_or(|along| *along < 2);
            let around = self.around(old, new);
            let before = around.left && !is_heading(old) && went_along(old.checked_sub(1));
            let after = around.right && !is_heading(old + 1) && went_along(Some(old + 1));
            !self.ordered[*group] && self.is_repeated(old, new) && (few || !before && !after)
        };
        let strays: Vec<usize> = (0..self.groups.len()).filter(is_stray).collect();
        for stray in strays.into_iter().rev() {
            self.groups.remove(stray);
        }
    }

    /// Looks again which sections and which gaps belong together.
    pub(super) fn look_again(&mut self) {
        self.map_sections();
        let pairs = self.pairs();
        let kept = in_order(&pairs);
        for (pair, kept) in pairs.iter().zip(&kept) {
            if let Some(group) = self.of_new[pair.new] {
                self.ordered[group] = *kept;
            }
        }
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for (pair, _) in pairs.iter().zip(&kept).filter(|(_, kept)| **kept) {
            old.push(pair.old);
            new.push(pair.new);
        }
        for (gaps, anchors) in [(&mut self.gaps_old, &old), (&mut self.gaps_new, &new)] {
            let mut passed = 0;
            for (place, gap) in gaps.iter_mut().enumerate() {
                passed += usize::from(anchors.get(passed).is_some_and(|anchor| *anchor <= place));
                *gap = passed;
            }
        }
    }

    /// The groups by their new place, the longer and the surer the heavier.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self
            .groups
            .iter()
            .map(|group| {
                let length = self.both.old[group.old[0]].length as u64;
                let weight = if group.is_same { 3 + 2 * length } else { 1 + length };
                Pair { old: group.old[0], new: group.new[0], weight }
            })
            .collect();
        pairs.sort_unstable_by_key(|pair| pair.new);
        pairs
    }

    fn map_sections(&mut self) {
        let mut votes: BTreeMap<(Option<usize>, Option<usize>), usize> = BTreeMap::new();
        for group in &self.groups {
            let (old, new) = (group.old[0], group.new[0]);
            // A heading that is found again says little by itself.
            *votes.entry((self.heads_old[old], self.heads_new[new])).or_default() += 1 + self.both.old[old].length;
        }
        let mut best_of_new: BTreeMap<Option<usize>, (usize, Option<usize>)> = BTreeMap::new();
        let mut best_of_old: BTreeMap<Option<usize>, (usize, Option<usize>)> = BTreeMap::new();
        for ((old, new), votes) in &votes {
            let better = |best: Option<&(usize, Option<usize>)>| best.is_none_or(|(most, _)| votes > most);
            if better(best_of_old.get(old)) {
                best_of_old.insert(*old, (*votes, *new));
            }
            if better(best_of_new.get(new)) {
                best_of_new.insert(*new, (*votes, *old));
            }
        }
        let (all_old, all_new) = (sizes(&self.both.old, &self.heads_old), sizes(&self.both.new, &self.heads_new));
        let share = |votes: usize, old: Option<usize>, new: Option<usize>| {
            let most = all_old.get(&old).max(all_new.get(&new)).copied().unwrap_or(1);
            f64::from(u32::try_from(votes).unwrap_or(u32::MAX)) / f64::from(u32::try_from(most).unwrap_or(u32::MAX))
        };
        self.sections = best_of_old
            .into_iter()
            .filter(|(old, (_, new))| best_of_new.get(new).is_some_and(|(_, back)| back == old))
            .filter(|(old, (votes, new))| {
                // A stray passage does not make a section another.
                let least = all_old.get(old).copied().unwrap_or(0).min(all_new.get(new).copied().unwrap_or(0));
                votes * 2 >= least
            })
            .map(|(old, (votes, new))| (old, (new, share(votes, old, new))))
            .collect();
    }
}

fn times(both: &Both) -> Vec<(u32, u32)> {
    let names = both.old.iter().chain(&both.new).map(|one| one.name + 1).max().unwrap_or_default();
    let mut times = vec![(0, 0); names];
    both.old.iter().for_each(|one| times[one.name].0 += 1);
    both.new.iter().for_each(|one| times[one.name].1 += 1);
    times
}

fn heads(passages: &[Passage]) -> Vec<Option<usize>> {
    let mut head = None;
    let mut heads = Vec::with_capacity(passages.len());
    for (place, passage) in passages.iter().enumerate() {
        if passage.kind == BlockKind::Heading {
            head = Some(place);
        }
        heads.push(head);
    }
    heads
}

/// The words of each section below its heading.
fn sizes(passages: &[Passage], heads: &[Option<usize>]) -> BTreeMap<Option<usize>, usize> {
    let mut sizes = BTreeMap::new();
    for (place, passage) in passages.iter().enumerate() {
        if heads[place] != Some(place) {
            *sizes.entry(heads[place]).or_default() += 1 + passage.length;
        }
    }
    sizes
}
