//! What became of passages over several versions, from what became of them in each step.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::align::{self, Wording};
use super::change::{Change, Link};

/// A block of one end of the way: its key and its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct End<'t> {
    pub(super) key: &'t str,
    pub(super) wording: Wording<'t>,
}

/// Joins the links of neighbouring versions, from the blocks of the first version to those of the
/// last, both in their order. A block of either end stands in exactly one link, on its side.
///
/// Passages that hang together over splits and mergers make one link, out of which those are taken
/// that stand word for word in both ends. What was reworded and then set back is *unchanged* again,
/// what stays in every step stays, and a passage that went and came back with its key is found.
/// When several blocks became several others, that is *merged*.
pub(super) fn across(from: &[End], steps: &[Vec<Link>], to: &[End]) -> Vec<Link> {
    if let [only] = steps {
        return only.clone();
    }
    let mut knots = Knots::default();
    let mut now: HashMap<&str, usize> = from.iter().map(|end| (end.key, knots.add())).collect();
    // The first knots are those of the first version's blocks, in its order.
    let mut known = now.clone();
    // By key now: the first version's block whose words were the same in every step, and whether it
    // stayed in its place in every step.
    let mut steady: Steady = from.iter().map(|end| (end.key, (end.key, true))).collect();
    for step in steps {
        let mut next: HashMap<&str, usize> = HashMap::new();
        let mut still = Steady::new();
        for link in step {
            let sources: Vec<usize> = link.from.iter().filter_map(|key| now.get(key.as_str()).copied()).collect();
            let back = link.to.first().filter(|_| link.change == Change::Added).and_then(|key| known.get(key.as_str()));
            let knot = sources.first().or(back).copied().unwrap_or_else(|| knots.add());
            for source in sources {
                knots.tie(knot, source);
            }
            next.extend(link.to.iter().map(|key| (key.as_str(), knot)));
            if matches!(link.change, Change::Unchanged | Change::Moved)
                && let ([was], [is]) = (&link.from[..], &link.to[..])
                && let Some((first, stayed)) = steady.get(was.as_str())
            {
                still.insert(is, (first, *stayed && link.change == Change::Unchanged));
            }
        }
        known.extend(next.iter());
        (now, steady) = (next, still);
    }
    let mut bundles: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for place in 0..from.len() {
        bundles.entry(knots.root(place)).or_default().0.push(place);
    }
    let mut added = Vec::new();
    for (place, end) in to.iter().enumerate() {
        match now.get(end.key).and_then(|knot| bundles.get_mut(&knots.root(*knot))) {
            Some(bundle) => bundle.1.push(place),
            None => added.push(place),
        }
    }
    let (mut was, mut is) = (words(from), words(to));
    set_apart(&mut was, from, &steady.values().map(|(first, _)| *first).collect());
    set_apart(&mut is, to, &steady.keys().copied().collect());
    let mut pieces: Vec<(Vec<usize>, Vec<usize>)> =
        bundles.into_values().flat_map(|bundle| parted(bundle, &was, &is)).collect();
    pieces.extend(added.into_iter().map(|place| (Vec::new(), vec![place])));
    named(&pieces, (from, &was), (to, &is), &steady)
}

fn words(ends: &[End]) -> Vec<String> {
    align::plain(&ends.iter().map(|end| end.wording).collect::<Vec<_>>())
}

type Steady<'t> = HashMap<&'t str, (&'t str, bool)>;

/// Words that stand several times prove nothing where a step changed them: they are left empty, and
/// equal nothing, except of passages that were the same in every step.
fn set_apart(words: &mut [String], ends: &[End], steady: &HashSet<&str>) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for one in words.iter() {
        *times.entry(one.clone()).or_default() += 1;
    }
    for (one, end) in words.iter_mut().zip(ends) {
        if times[one.as_str()] > 1 && !steady.contains(end.key) {
            one.clear();
        }
    }
}

fn is_same(was: &str, is: &str) -> bool {
    was == is && !was.is_empty()
}

/// A bundle without the passages that stand in both ends word for word, and those by themselves.
fn parted(bundle: (Vec<usize>, Vec<usize>), was: &[String], is: &[String]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let (mut old, mut new) = bundle;
    if new.is_empty() {
        return old.into_iter().map(|place| (vec![place], Vec::new())).collect();
    }
    if old.len() + new.len() <= 2 {
        return vec![(old, new)];
    }
    let mut pieces = Vec::new();
    let (left_old, mut left_new) = (old.clone(), new.clone());
    for place in left_old {
        if let Some(at) = left_new.iter().position(|other| is_same(&was[place], &is[*other])) {
            pieces.push((vec![place], vec![left_new.remove(at)]));
        }
    }
    old.retain(|place| pieces.iter().all(|(one, _)| one[0] != *place));
    new.retain(|place| left_new.contains(place));
    // What is left over on one side only belongs to one of them; then nothing was parted.
    match (old.is_empty(), new.is_empty()) {
        (true, true) => {}
        (false, false) => pieces.push((old, new)),
        _ => {
            let (mut all_old, mut all_new) = (old, new);
            pieces.drain(..).for_each(|(one, other)| {
                all_old.extend(one);
                all_new.extend(other);
            });
            all_old.sort_unstable();
            all_new.sort_unstable();
            pieces.push((all_old, all_new));
        }
    }
    pieces
}

fn named(
    pieces: &[(Vec<usize>, Vec<usize>)],
    (from, was): (&[End], &[String]),
    (to, is): (&[End], &[String]),
    steady: &Steady,
) -> Vec<Link> {
    let single = |piece: &(Vec<usize>, Vec<usize>)| match (&piece.0[..], &piece.1[..]) {
        ([old], [new]) => Some((*old, *new)),
        _ => None,
    };
    let stays = |old: usize, new: usize| steady.get(to[new].key) == Some(&(from[old].key, true));
    let mut pairs: Vec<(usize, usize, u64)> = pieces
        .iter()
        .filter_map(single)
        // What stays in every step goes before everything else.
        .map(|(old, new)| (old, new, if stays(old, new) { 1 << 40 } else { 1 + was[old].len() as u64 }))
        .collect();
    pairs.sort_unstable_by_key(|(_, new, _)| *new);
    let kept: HashMap<usize, bool> = pairs.iter().map(|(_, new, _)| *new).zip(align::in_order(&pairs)).collect();
    let link = |piece: &(Vec<usize>, Vec<usize>)| {
        let (change, score) = match (single(piece), piece.0.len(), piece.1.len()) {
            (Some((old, new)), ..) if is_same(&was[old], &is[new]) => {
                (if kept[&new] { Change::Unchanged } else { Change::Moved }, 1.0)
            }
            (Some(_), ..) => (Change::Reworded, likeness(piece, from, to)),
            (None, 0, _) => (Change::Added, 0.0),
            (None, _, 0) => (Change::Gone, 0.0),
            (None, 1, _) => (Change::Split, likeness(piece, from, to)),
            (None, ..) => (Change::Merged, likeness(piece, from, to)),
        };
        let keys = |places: &[usize], ends: &[End]| places.iter().map(|place| ends[*place].key.to_owned()).collect();
        Link { change, from: keys(&piece.0, from), to: keys(&piece.1, to), score }
    };
    let mut sorted: Vec<&(Vec<usize>, Vec<usize>)> = pieces.iter().collect();
    sorted.sort_by_key(|(old, new)| (new.first().copied().unwrap_or(usize::MAX), old.first().copied()));
    sorted.into_iter().map(link).collect()
}

fn likeness(piece: &(Vec<usize>, Vec<usize>), from: &[End], to: &[End]) -> f64 {
    let wordings = |places: &[usize], ends: &[End]| -> String {
        places.iter().map(|place| ends[*place].wording.text).collect::<Vec<_>>().join(" ")
    };
    align::likeness(&wordings(&piece.0, from), &wordings(&piece.1, to))
}

/// Which knots are tied together.
#[derive(Default)]
struct Knots(Vec<usize>);

impl Knots {
    fn add(&mut self) -> usize {
        self.0.push(self.0.len());
        self.0.len() - 1
    }

    fn root(&self, knot: usize) -> usize {
        let mut root = knot;
        while self.0[root] != root {
            root = self.0[root];
        }
        root
    }

    fn tie(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::BlockKind;

    fn ends<'t>(blocks: &[(&'t str, &'t str)]) -> Vec<End<'t>> {
        let wording = |text| Wording { kind: BlockKind::Paragraph, text };
        blocks.iter().map(|(key, text)| End { key, wording: wording(text) }).collect()
    }

    fn link(change: Change, from: &[&str], to: &[&str]) -> Link {
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        Link { change, from: keys(from), to: keys(to), score: 1.0 }
    }

    fn told(links: &[Link]) -> Vec<String> {
        links.iter().map(|one| format!("{} {}>{}", one.change, one.from.join("+"), one.to.join("+"))).collect()
    }

    #[test]
    fn what_was_divided_and_joined_again_is_unchanged() {
        let (from, to) = (ends(&[("a", "one two")]), ends(&[("a", "one two")]));
        let steps = [vec![link(Change::Split, &["a"], &["a", "n"])], vec![link(Change::Merged, &["a", "n"], &["a"])]];
        assert_eq!(told(&across(&from, &steps, &to)), ["unchanged a>a"]);
    }

    #[test]
    fn passages_that_were_joined_and_parted_are_themselves_again() {
        let from = ends(&[("a", "the first"), ("b", "the second")]);
        let steps = [vec![link(Change::Merged, &["a", "b"], &["a"])], vec![link(Change::Split, &["a"], &["a", "b"])]];
        assert_eq!(told(&across(&from, &steps, &from)), ["unchanged a>a", "unchanged b>b"]);
        let to = ends(&[("a", "the first"), ("c", "the second, changed")]);
        let steps = [vec![link(Change::Merged, &["a", "b"], &["a"])], vec![link(Change::Split, &["a"], &["a", "c"])]];
        assert_eq!(told(&across(&from, &steps, &to)), ["unchanged a>a", "reworded b>c"]);
    }

    #[test]
    fn a_part_that_is_divided_again_belongs_to_the_whole() {
        let from = ends(&[("a", "one two three")]);
        let to = ends(&[("a", "one"), ("b", "two"), ("c", "three")]);
        let steps = [
            vec![link(Change::Split, &["a"], &["a", "b"])],
            vec![link(Change::Unchanged, &["a"], &["a"]), link(Change::Split, &["b"], &["b", "c"])],
        ];
        assert_eq!(told(&across(&from, &steps, &to)), ["split a>a+b+c"]);
    }

    #[test]
    fn what_went_stays_gone_unless_it_came_back() {
        let from = ends(&[("a", "one"), ("b", "two")]);
        let went = vec![link(Change::Unchanged, &["a"], &["a"]), link(Change::Gone, &["b"], &[])];
        let came = |key| vec![link(Change::Unchanged, &["a"], &["a"]), link(Change::Added, &[], &[key])];
        let to = ends(&[("a", "one"), ("n", "another")]);
        assert_eq!(told(&across(&from, &[went.clone(), came("n")], &to)), ["unchanged a>a", "added >n", "gone b>"]);
        assert_eq!(told(&across(&from, &[went, came("b")], &from)), ["unchanged a>a", "unchanged b>b"]);
    }

    #[test]
    fn what_was_reworded_and_set_back_is_unchanged() {
        let from = ends(&[("a", "one"), ("b", "two"), ("c", "three")]);
        let step = |changes: [Change; 3]| {
            let keys = ["a", "b", "c"];
            keys.iter().zip(changes).map(|(key, change)| link(change, &[key], &[key])).collect::<Vec<_>>()
        };
        let steps = [
            step([Change::Unchanged, Change::Reworded, Change::Moved]),
            step([Change::Unchanged, Change::Reworded, Change::Moved]),
        ];
        assert_eq!(told(&across(&from, &steps, &from)), ["unchanged a>a", "unchanged b>b", "unchanged c>c"]);
    }

    #[test]
    fn what_comes_and_goes_in_between_is_in_neither_end() {
        let from = ends(&[("a", "one")]);
        let steps = [
            vec![link(Change::Unchanged, &["a"], &["a"]), link(Change::Added, &[], &["n"])],
            vec![link(Change::Unchanged, &["a"], &["a"]), link(Change::Gone, &["n"], &[])],
        ];
        assert_eq!(told(&across(&from, &steps, &from)), ["unchanged a>a"]);
        assert_eq!(told(&across(&from, &[], &from)), ["unchanged a>a"]);
    }
}
