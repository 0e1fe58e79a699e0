//! Passages that are word for word the same: those that occur once on both sides by themselves,
//! repeated and short ones only where what stands around them says which is which.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::matches::Matches;
use super::words::Passage;
use crate::drafts::block::BlockKind;

/// Fewer words may stand in a text twice by chance.
const FEW_WORDS: usize = 4;

/// Joins what is the same and can be told apart; called again it builds on what was found since.
pub(super) fn join(matches: &mut Matches) {
    let both = matches.both;
    let (old, new) = (&both.old, &both.new);
    let start = old.iter().zip(new).take_while(|(was, is)| was.name == is.name).count();
    (0..start)
        .filter(|at| matches.is_free(*at, *at))
        .collect::<Vec<_>>()
        .into_iter()
        .for_each(|at| matches.join_same(at, at));
    let once: HashSet<usize> = old.iter().filter(|one| matches.is_once(one)).map(|one| one.name).collect();
    let once = |one: &Passage| once.contains(&one.name);

    join_unique(matches, |passages, at| {
        (once(&passages[at]) && passages[at].length >= FEW_WORDS).then_some(passages[at].name)
    });
    join_unique(matches, |passages, at| {
        let (before, after) = neighbours(passages, at);
        Some((before?, passages[at].name, after?))
    });
    join_unique(matches, |passages, at| Some((neighbours(passages, at).0?, passages[at].name)));
    join_unique(matches, |passages, at| Some((passages[at].name, neighbours(passages, at).1?)));
    spread(matches, &once);
    matches.look_again();
    in_sections(matches);
    spread(matches, &once);
    matches.look_again();
    let free = matches.free_old();
    let places: HashMap<usize, usize> =
        matches.free_new().into_iter().filter(|at| once(&new[*at])).map(|at| (new[at].name, at)).collect();
    for at in free {
        let Some(place) = places.get(&old[at].name).copied() else { continue };
        let around = matches.around(at, place);
        let is_heading = old[at].kind == BlockKind::Heading && matches.sections_agree(at, place);
        if around.left || around.right || around.gap || around.section || is_heading {
            matches.join_same(at, place);
        }
    }
    matches.look_again();
}

/// Joins free places whose name, given by `name`, occurs once among the free places of each side.
fn join_unique<N: Hash + Eq>(matches: &mut Matches, name: impl Fn(&[Passage], usize) -> Option<N>) {
    let both = matches.both;
    let mut found: HashMap<N, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for at in 0..both.old.len() {
        if let Some(name) = name(&both.old, at) {
            found.entry(name).or_default().0.push(at);
        }
    }
    for at in 0..both.new.len() {
        if let Some(places) = name(&both.new, at).and_then(|name| found.get_mut(&name)) {
            places.1.push(at);
        }
    }
    let mut pairs: Vec<(usize, usize)> = found
        .into_values()
        .filter_map(|(old, new)| match (&old[..], &new[..]) {
            ([old], [new]) => Some((*old, *new)),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    for (old, new) in pairs {
        if matches.is_free(old, new) {
            matches.join_same(old, new);
        }
    }
}

/// The names of what stands before and after in the same section.
fn neighbours(passages: &[Passage], at: usize) -> (Option<usize>, Option<usize>) {
    let is_heading = |at: usize| passages[at].kind == BlockKind::Heading;
    let before = at.checked_sub(1).filter(|_| !is_heading(at)).map(|at| passages[at].name);
    let after = Some(at + 1).filter(|at| *at < passages.len() && !is_heading(*at)).map(|at| passages[at].name);
    (before, after)
}

/// From what belongs together to its neighbours, where they are the same; a repeated passage is not
/// followed across the border of a section, since its neighbour there says nothing about it.
fn spread(matches: &mut Matches, once: impl Fn(&Passage) -> bool) {
    let both = matches.both;
    let crosses = |after: usize, passages: &[Passage]| passages[after].kind == BlockKind::Heading;
    let mut next = 0;
    while next < matches.groups.len() {
        let group = &matches.groups[next];
        next += 1;
        let last = (group.old.iter().max().copied(), group.new.iter().max().copied());
        let first = (group.old.iter().min().copied(), group.new.iter().min().copied());
        if let (Some(old), Some(new)) = last
            && let (old, new) = (old + 1, new + 1)
            && matches.is_free(old, new)
            && both.old[old].name == both.new[new].name
            && (once(&both.old[old]) || !crosses(old, &both.old))
        {
            matches.join_same(old, new);
        }
        if let (Some(below), Some(below_new)) = first
            && let (Some(old), Some(new)) = (below.checked_sub(1), below_new.checked_sub(1))
            && matches.is_free(old, new)
            && both.old[old].name == both.new[new].name
            && (once(&both.old[old]) || !(crosses(below, &both.old) || crosses(below_new, &both.new)))
        {
            matches.join_same(old, new);
        }
    }
}

/// In sections that belong together, the same passages in their order.
fn in_sections(matches: &mut Matches) {
    let both = matches.both;
    let mut waiting: HashMap<(Option<usize>, usize), Vec<usize>> = HashMap::new();
    for at in matches.free_old().into_iter().rev() {
        waiting.entry((matches.head(at), both.old[at].name)).or_default().push(at);
    }
    let of_new: HashMap<Option<usize>, Option<usize>> = matches.sections().map(|(old, new, _)| (new, old)).collect();
    for at in matches.free_new() {
        let Some(section) = of_new.get(&matches.head_new(at)) else { continue };
        if let Some(old) = waiting.get_mut(&(*section, both.new[at].name)).and_then(Vec::pop) {
            matches.join_same(old, at);
        }
    }
}
