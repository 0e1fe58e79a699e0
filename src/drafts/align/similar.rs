//! Passages with other words than before: proposals from an index of rare words, from the gaps and
//! from the neighbours; the best go first, and what nothing pins down must be alike beyond doubt.

use std::collections::{BTreeMap, BTreeSet};

use super::cut;
use super::likeness::alike;
use super::matches::{Around, Matches};
use crate::drafts::block::BlockKind;

/// Candidates from the index for each passage.
const CANDIDATES: usize = 10;
/// A word that stands in more passages finds nothing.
const SPREAD_MAX: usize = 80;
/// Gaps with more pairs than this are left to the index.
const GAP_MAX: usize = 144;
/// The first rounds take what is surest, since it pins down the rest.
const SURE: [f64; 2] = [0.85, 0.7];
pub(super) const SURE_ROUNDS: usize = SURE.len();
/// What nothing pins down must be better than the next best by this.
const MARGIN: f64 = 0.06;

/// Places that may be one passage.
#[derive(Debug, Clone)]
pub(super) struct Proposal {
    pub(super) old: Vec<usize>,
    pub(super) new: Vec<usize>,
    /// How alike the words are.
    pub(super) likeness: f64,
    /// With what stands around them.
    pub(super) score: f64,
    pub(super) is_pinned: bool,
}

/// One round; the number of those joined.
pub(super) fn join(matches: &mut Matches, round: usize) -> usize {
    let at_least = SURE.get(round).copied().unwrap_or_default();
    let candidates = candidates(matches);
    let mut proposals: Vec<Proposal> =
        candidates.iter().filter_map(|(old, new)| propose(matches, *old, *new)).collect();
    proposals.extend(cut::proposals(matches, &candidates));
    proposals.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then_with(|| (&one.old, &one.new).cmp(&(&other.old, &other.new)))
    });
    let rivals = Rivals::of(&proposals);
    let before = matches.groups.len();
    for proposal in &proposals {
        let is_free = proposal.old.iter().all(|old| matches.old_is_free(*old))
            && proposal.new.iter().all(|new| matches.new_is_free(*new));
        if is_free && proposal.score >= at_least && (proposal.is_pinned || rivals.leave(proposal)) {
            matches.join(proposal.old.clone(), proposal.new.clone(), proposal.likeness);
        }
    }
    headings(matches);
    matches.groups.len() - before
}

pub(super) fn prior(around: Around) -> f64 {
    let points = [(around.left, 0.08), (around.right, 0.08), (around.gap, 0.06), (around.section, 0.08)];
    points.iter().filter(|(is, _)| *is).map(|(_, points)| points).sum()
}

fn propose(matches: &Matches, old: usize, new: usize) -> Option<Proposal> {
    let both = matches.both;
    let (was, is) = (&both.old[old], &both.new[new]);
    let around = matches.around(old, new);
    // What is repeated is told apart by `same`; here it would be drawn by lot.
    if matches.is_repeated(old, new) {
        return None;
    }
    let likeness = alike(was, is, &both.weights) - unlike_kinds(was.kind, is.kind);
    let floor = floor(was.length.min(is.length), around)?;
    let is_pinned = around.left || around.right || around.gap || around.section;
    (likeness >= floor).then(|| Proposal {
        old: vec![old],
        new: vec![new],
        likeness: likeness.min(0.999),
        score: likeness + prior(around),
        is_pinned,
    })
}

fn unlike_kinds(was: BlockKind, is: BlockKind) -> f64 {
    let sort = |kind: BlockKind| match kind {
        BlockKind::Heading => 0,
        BlockKind::Paragraph | BlockKind::ListItem => 1,
        BlockKind::Table => 2,
        BlockKind::Figure => 3,
    };
    match (sort(was), sort(is)) {
        (one, other) if one == other => 0.0,
        (0 | 1, 0 | 1) => 0.1,
        _ => 0.3,
    }
}

/// How alike passages of so many words must be; none when only the same words would do.
fn floor(length: usize, around: Around) -> Option<f64> {
    let is_held = around.left && around.right;
    let is_near = around.left || around.right || around.gap;
    match length {
        0 => None,
        1..3 => is_held.then_some(0.3),
        3..6 => match (is_held, is_near, around.section) {
            (true, ..) => Some(0.3),
            (_, true, _) => Some(0.45),
            (_, _, true) => Some(0.6),
            _ => None,
        },
        _ => {
            let base = if length < 12 { 0.55 } else { 0.48 };
            Some(match (is_held, is_near, around.section) {
                (true, ..) => base - 0.2,
                (_, true, true) => base - 0.13,
                (_, true, _) => base - 0.08,
                (_, _, true) => base - 0.03,
                _ => base + 0.1,
            })
        }
    }
}

/// Pairs of free places that are worth a look.
fn candidates(matches: &Matches) -> BTreeSet<(usize, usize)> {
    let (free_old, free_new) = (matches.free_old(), matches.free_new());
    let mut found = BTreeSet::new();
    let is_free = |old: usize, new: usize| matches.is_free(old, new);
    for group in &matches.groups {
        let (Some(old), Some(new)) = (group.old.iter().max(), group.new.iter().max()) else { continue };
        found.extend(Some((old + 1, new + 1)).filter(|(old, new)| is_free(*old, *new)));
        let (Some(old), Some(new)) = (group.old.iter().min(), group.new.iter().min()) else { continue };
        let before = old.checked_sub(1).zip(new.checked_sub(1));
        found.extend(before.filter(|(old, new)| is_free(*old, *new)));
    }
    let mut gaps: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for old in &free_old {
        gaps.entry(matches.gap_of_old(*old)).or_default().0.push(*old);
    }
    for new in &free_new {
        gaps.entry(matches.gap_of_new(*new)).or_default().1.push(*new);
    }
    for (old, new) in gaps.values().filter(|(old, new)| old.len() * new.len() <= GAP_MAX) {
        found.extend(old.iter().flat_map(|old| new.iter().map(move |new| (*old, *new))));
    }
    from_index(matches, &free_old, &free_new, &mut found);
    found
}

/// For each free new place the free old ones that share the most by weight.
fn from_index(matches: &Matches, free_old: &[usize], free_new: &[usize], found: &mut BTreeSet<(usize, usize)>) {
    let both = matches.both;
    let mut index: Vec<Vec<(usize, u32)>> = vec![Vec::new(); both.weights.len()];
    for old in free_old {
        for (word, times) in &both.old[*old].bag {
            index[*word as usize].push((*old, *times));
        }
    }
    let mut points = vec![0.0_f64; both.old.len()];
    let mut touched: Vec<usize> = Vec::new();
    for new in free_new {
        for (word, times) in &both.new[*new].bag {
            let places = &index[*word as usize];
            if places.len() > SPREAD_MAX {
                continue;
            }
            for (old, others) in places {
                if points[*old] == 0.0 {
                    touched.push(*old);
                }
                points[*old] += both.weights[*word as usize] * f64::from(*times.min(others));
            }
        }
        let share = |old: &usize| points[*old] / (both.old[*old].weight + both.new[*new].weight).max(1.0);
        touched.sort_by(|one, other| share(other).total_cmp(&share(one)).then(one.cmp(other)));
        found.extend(touched.iter().take(CANDIDATES).map(|old| (*old, *new)));
        touched.drain(..).for_each(|old| points[old] = 0.0);
    }
}

/// The two best scores of each place.
struct Rivals {
    old: BTreeMap<usize, Vec<(f64, usize)>>,
    new: BTreeMap<usize, Vec<(f64, usize)>>,
}

impl Rivals {
    fn of(proposals: &[Proposal]) -> Self {
        let mut rivals = Self { old: BTreeMap::new(), new: BTreeMap::new() };
        for one in proposals {
            if let ([old], [new]) = (&one.old[..], &one.new[..]) {
                rivals.old.entry(*old).or_default().push((one.score, *new));
                rivals.new.entry(*new).or_default().push((one.score, *old));
            }
        }
        rivals
    }

    /// Whether no other proposal for the same places comes close.
    fn leave(&self, proposal: &Proposal) -> bool {
        let ([old], [new]) = (&proposal.old[..], &proposal.new[..]) else { return true };
        let clear = |rivals: Option<&Vec<(f64, usize)>>, chosen: usize| {
            let mut others = rivals.into_iter().flatten().filter(|(_, place)| *place != chosen);
            others.all(|(score, _)| proposal.score - score >= MARGIN)
        };
        clear(self.old.get(old), *new) && clear(self.new.get(new), *old)
    }
}

/// A heading with quite other words over the same children is that section's heading still.
fn headings(matches: &mut Matches) {
    const MOST: f64 = 0.6;
    let both = matches.both;
    let sections: Vec<_> = matches.sections().filter(|(_, _, share)| *share >= MOST).collect();
    for (old, new, _) in sections {
        let (Some(old), Some(new)) = (old, new) else { continue };
        if matches.is_free(old, new) {
            let likeness = alike(&both.old[old], &both.new[new], &both.weights);
            matches.join(vec![old], vec![new], likeness.min(0.999));
        }
    }
}
