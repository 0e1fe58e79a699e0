//! Passages that are word for word the same: those that occur once on both sides by themselves,
//! repeated and short ones only where what stands around them says which is which.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::matches::Matches;
use super::words::Passage;
use crate::drafts::block::BlockKind;

/// Fewer words may stand in a text twice by chance.
const FEW_WORDS: usize = 4;
/// A short passage that stands once in each version may be passed by so many others.
const NEAR: usize = 2;

/// Joins what is the same and can be told apart; called again it builds on what was found since.
pub(super) fn join(matches: &mut Matches) {
    let both = matches.both;
    let (old, new) = (&both.old, &both.new);
    let once: HashSet<usize> = old.iter().filter(|one| matches.is_once(one)).map(|one| one.name).collect();
    let once = |one: &Passage| once.contains(&one.name);

    beginning(matches, once);
    join_unique(matches, once);
    matches.look_again();
    spread(matches, once);
    matches.look_again();
    in_sections(matches);
    in_gaps(matches);
    spread(matches, once);
    matches.look_again();
    let free = matches.free_old();
    let places: HashMap<usize, usize> =
        matches.free_new().into_iter().filter(|at| once(&new[*at])).map(|at| (new[at].name, at)).collect();
    for at in free {
        let Some(place) = places.get(&old[at].name).copied() else { continue };
        let around = matches.around(at, place);
        let is_near = matches.gap_of_old(at).abs_diff(matches.gap_of_new(place)) <= NEAR;
        if around.left || around.right || is_near || around.section {
            matches.join_same(at, place);
        }
    }
    matches.look_again();
}

/// What both versions begin with. Where they part, a repeated passage may belong to what was put in.
fn beginning(matches: &mut Matches, once: impl Fn(&Passage) -> bool) {
    let (old, new) = (&matches.both.old, &matches.both.new);
    let mut end = old.iter().zip(new).take_while(|(was, is)| was.name == is.name).count();
    if end < old.len() || end < new.len() {
        end = old[..end].iter().rposition(once).map_or(0, |last| last + 1);
    }
    for at in 0..end {
        if matches.is_free(at, at) {
            matches.join_same(at, at);
        }
    }
}

/// Joins long passages that stand once in each version.
fn join_unique(matches: &mut Matches, once: impl Fn(&Passage) -> bool) {
    let both = matches.both;
    let is_one = |one: &Passage| once(one) && one.length >= FEW_WORDS;
    let places: HashMap<usize, usize> =
        both.new.iter().enumerate().filter(|(_, one)| is_one(one)).map(|(at, one)| (one.name, at)).collect();
    for (old, one) in both.old.iter().enumerate() {
        if let Some(new) = places.get(&one.name).copied().filter(|new| matches.is_free(old, *new)) {
            matches.join_same(old, new);
        }
    }
}

/// From what belongs together to its neighbours, where they are the same. A repeated passage is not
/// followed across the border of a section, nor from a passage that went elsewhere by itself: its
/// neighbour there says nothing about it.
fn spread(matches: &mut Matches, once: impl Fn(&Passage) -> bool) {
    let both = matches.both;
    let is_heading = |passages: &[Passage], at: usize| passages[at].kind == BlockKind::Heading;
    let mut next = 0;
    while next < matches.groups.len() {
        let (old, new) = (&matches.groups[next].old, &matches.groups[next].new);
        let after = old.iter().max().zip(new.iter().max()).map(|(old, new)| (old + 1, new + 1));
        let first = old.iter().min().copied().zip(new.iter().min().copied());
        let before = first.and_then(|(old, new)| old.checked_sub(1).zip(new.checked_sub(1)));
        let ends_section = first.is_some_and(|(old, new)| is_heading(&both.old, old) || is_heading(&both.new, new));
        for (place, is_before) in [(after, false), (before, true)] {
            let Some((old, new)) = place else { continue };
            if !matches.is_free(old, new) || both.old[old].name != both.new[new].name {
                continue;
            }
            let crosses =
                if is_before { ends_section } else { is_heading(&both.old, old) && !has_same_child(matches, old, new) };
            let says = !crosses && (matches.is_ordered(next) || matches.is_same_section(old, new));
            if says || once(&both.old[old]) {
                matches.join_same(old, new);
                matches.keep_order(next);
            }
        }
        next += 1;
    }
}

/// Whether two headings are followed by the same words.
fn has_same_child(matches: &Matches, old: usize, new: usize) -> bool {
    let child = |passages: &[Passage], at: usize| {
        passages.get(at + 1).filter(|child| child.kind != BlockKind::Heading).map(|child| child.name)
    };
    let was = child(&matches.both.old, old);
    was.is_some() && was == child(&matches.both.new, new)
}

/// Between the same neighbours, all that is left, where it is the same on both sides.
fn in_gaps(matches: &mut Matches) {
    let both = matches.both;
    let mut gaps: BTreeMap<usize, Places> = BTreeMap::new();
    matches.free_old().into_iter().for_each(|at| gaps.entry(matches.gap_of_old(at)).or_default().0.push(at));
    matches.free_new().into_iter().for_each(|at| gaps.entry(matches.gap_of_new(at)).or_default().1.push(at));
    for (old, new) in gaps.into_values() {
        let is_same = |(old, new): (&usize, &usize)| both.old[*old].name == both.new[*new].name;
        if old.len() == new.len() && old.iter().zip(&new).all(is_same) {
            old.into_iter().zip(new).for_each(|(old, new)| matches.join_same(old, new));
        }
    }
}

/// Old places and new ones.
type Places = (Vec<usize>, Vec<usize>);

/// In sections that belong together, the same passages in their order; where some came or went,
/// nothing says which.
fn in_sections(matches: &mut Matches) {
    let both = matches.both;
    let of_new: HashMap<Option<usize>, Option<usize>> = matches.sections().map(|(old, new, _)| (new, old)).collect();
    let mut found: BTreeMap<(Option<usize>, usize), Places> = BTreeMap::new();
    for at in matches.free_old() {
        found.entry((matches.head(at), both.old[at].name)).or_default().0.push(at);
    }
    for at in matches.free_new() {
        if let Some(section) = of_new.get(&matches.head_new(at))
            && let Some(places) = found.get_mut(&(*section, both.new[at].name))
        {
            places.1.push(at);
        }
    }
    for (old, new) in found.into_values().filter(|(old, new)| old.len() == new.len()) {
        let pairs: Vec<(usize, usize)> = old.into_iter().zip(new).collect();
        if pairs.iter().all(|(old, new)| matches.is_held_in_section(*old, *new)) {
            for (old, new) in pairs {
                matches.join_same(old, new);
            }
        }
    }
}
