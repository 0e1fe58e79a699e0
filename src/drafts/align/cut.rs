//! Passages that were divided into several, and several that were joined into one.

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::{alike, alike_with_all, inside};
use super::matches::{Around, Matches};
use super::similar::{Proposal, prior};
use super::words::{EDGE, Passage};
use crate::drafts::block::BlockKind;

/// What is shorter is not divided.
const FEWEST_WORDS: usize = 8;
/// A part has at least so many words, or the whole begins or ends with it.
const FEWEST_OF_PART: usize = EDGE + 1;
/// So much of a part's words, by weight, stand in the whole; and so many of its couples of words.
const INSIDE: (f64, f64) = (0.7, 0.5);
/// How alike the whole and its parts together must be, and how much more so than the best part alone.
const TOGETHER: f64 = 0.68;
const GAIN: f64 = 0.04;
/// From here on it is the whole beyond doubt, however little a part adds.
const WHOLE: f64 = 0.95;
/// Most parts that are looked at.
const MOST_PARTS: usize = 12;

pub(super) fn proposals(matches: &Matches, candidates: &BTreeSet<(usize, usize)>) -> Vec<Proposal> {
    let both = matches.both;
    let (mut of_old, mut of_new): (BTreeMap<usize, Vec<usize>>, BTreeMap<usize, Vec<usize>>) = Default::default();
    for (old, new) in candidates {
        of_old.entry(*old).or_default().push(*new);
        of_new.entry(*new).or_default().push(*old);
    }
    let mut found = Vec::new();
    for (old, seeds) in of_old {
        let is_free = |new: usize| matches.new_is_free(new);
        for (parts, likeness) in runs(matches, &both.old[old], &both.new, &seeds, is_free) {
            let (first, last) = (matches.around(old, parts[0]), matches.around(old, parts[parts.len() - 1]));
            found.push(proposal(vec![old], parts, likeness, first, last));
        }
    }
    for (new, seeds) in of_new {
        let is_free = |old: usize| matches.old_is_free(old);
        for (parts, likeness) in runs(matches, &both.new[new], &both.old, &seeds, is_free) {
            let (first, last) = (matches.around(parts[0], new), matches.around(parts[parts.len() - 1], new));
            found.push(proposal(parts, vec![new], likeness, first, last));
        }
    }
    found
}

fn proposal(old: Vec<usize>, new: Vec<usize>, likeness: f64, first: Around, last: Around) -> Proposal {
    let around = Around { right: last.right, ..first };
    // Together they must beat each part's own claim, which a part's likeness alone would not show.
    let score = likeness + prior(around) + GAIN;
    Proposal { old, new, likeness: likeness.min(0.999), score, is_pinned: true }
}

/// Runs of neighbouring free places that together are the whole.
fn runs(
    matches: &Matches,
    whole: &Passage,
    side: &[Passage],
    seeds: &[usize],
    is_free: impl Fn(usize) -> bool,
) -> Vec<(Vec<usize>, f64)> {
    let both = matches.both;
    if whole.length < FEWEST_WORDS || !is_prose(whole.kind) {
        return Vec::new();
    }
    let is_part = |at: usize| {
        let part = &side[at];
        let may_be =
            is_free(at) && is_prose(part.kind) && part.length >= FEWEST_OF_PART && part.length < whole.length * 2;
        may_be && {
            let (words, couples) = inside(part, whole, &both.weights);
            words >= INSIDE.0 && couples >= INSIDE.1
        }
    };
    let is_edge = |at: usize| {
        let part = &side[at];
        let (first, last) = (whole.edges.0.starts_with(&part.edges.0), whole.edges.1.ends_with(&part.edges.0));
        is_free(at) && is_prose(part.kind) && (1..FEWEST_OF_PART).contains(&part.length) && (first || last)
    };
    let belongs = |at: &usize| is_part(*at) || is_edge(*at);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for seed in seeds {
        if seen.contains(seed) || !is_part(*seed) {
            continue;
        }
        let mut run = vec![*seed];
        while run.len() < MOST_PARTS
            && let Some(before) = run[0].checked_sub(1).filter(belongs)
        {
            run.insert(0, before);
        }
        while run.len() < MOST_PARTS
            && let Some(after) = Some(run[run.len() - 1] + 1).filter(|at| *at < side.len() && belongs(at))
        {
            run.push(after);
        }
        seen.extend(run.iter().copied());
        if run.len() < 2 {
            continue;
        }
        let parts: Vec<&Passage> = run.iter().map(|at| &side[*at]).collect();
        let together = alike_with_all(whole, &parts, both);
        let alone = parts.iter().map(|part| alike(whole, part, &both.weights)).fold(0.0, f64::max);
        if together >= TOGETHER && (together >= alone + GAIN || together >= WHOLE && together > alone) {
            found.push((run, together));
        }
    }
    found
}

fn is_prose(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::ListItem)
}
