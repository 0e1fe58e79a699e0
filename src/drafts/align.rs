//! What became of each block between two versions.
//!
//! Only exact equality counts so far (kind and words, spaces and written numbers aside): a passage
//! in its place is *unchanged*, elsewhere *moved*, else *gone* and *added*. Passages that occur
//! once on both sides are the anchors (the longest run of them in order stays); repeated ones are
//! paired in order between anchors.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use super::block::{Block, BlockKind};
use super::change::{Change, Link};
use super::number::{Numbered, without_number};

/// Keys for the later version's blocks, and the links: in its order, then what is gone.
pub(super) fn align(
    before: &[Block],
    after: &[Numbered],
    mut new_key: impl FnMut() -> String,
) -> (Vec<String>, Vec<Link>) {
    let (from, to) = intern(before, after);
    let mut pairs = Pairs { of_after: vec![None; to.len()], taken: vec![false; from.len()] };
    pairs.in_place(&from, &to);
    let moved = pairs.moved(&from, &to);
    let mut keys = Vec::with_capacity(to.len());
    let mut links = Vec::with_capacity(to.len());
    for (place, pair) in pairs.of_after.iter().enumerate() {
        if let Some(earlier) = *pair {
            let change = if moved.contains(&place) { Change::Moved } else { Change::Unchanged };
            let key = &before[earlier].key;
            links.push(Link::new(change, Some(key), Some(key)));
            keys.push(key.clone());
        } else {
            let key = new_key();
            links.push(Link::new(Change::Added, None, Some(&key)));
            keys.push(key);
        }
    }
    let gone = before.iter().zip(&pairs.taken).filter(|(_, taken)| !**taken);
    links.extend(gone.map(|(block, _)| Link::new(Change::Gone, Some(&block.key), None)));
    (keys, links)
}

/// The same small number for the same passage.
fn intern(before: &[Block], after: &[Numbered]) -> (Vec<usize>, Vec<usize>) {
    let mut known: HashMap<(BlockKind, String), usize> = HashMap::new();
    let mut name = |kind: BlockKind, text: &str| {
        let words = if matches!(kind, BlockKind::Table | BlockKind::Figure) { text } else { without_number(text) };
        let next = known.len();
        *known.entry((kind, words.split_whitespace().collect::<Vec<_>>().join(" "))).or_insert(next)
    };
    let from = before.iter().map(|block| name(block.kind, &block.text)).collect();
    let to = after.iter().map(|numbered| name(numbered.block.kind, &numbered.block.text)).collect();
    (from, to)
}

struct Pairs {
    /// For each later block, the earlier one.
    of_after: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairs {
    fn pair(&mut self, earlier: usize, later: usize) {
        self.of_after[later] = Some(earlier);
        self.taken[earlier] = true;
    }

    /// Pairs what stands in the same order on both sides.
    fn in_place(&mut self, from: &[usize], to: &[usize]) {
        let mut start = (0, 0);
        for (earlier, later) in anchors(from, to).into_iter().chain([(from.len(), to.len())]) {
            if earlier < from.len() {
                self.pair(earlier, later);
            }
            self.gap(from, start.0..earlier, to, start.1..later);
            start = (earlier + 1, later + 1);
        }
    }

    /// Between two anchors: equal ends first, then equal passages as they come.
    fn gap(&mut self, from: &[usize], mut earlier: Range<usize>, to: &[usize], mut later: Range<usize>) {
        while !earlier.is_empty() && !later.is_empty() && from[earlier.start] == to[later.start] {
            self.pair(earlier.start, later.start);
            earlier.start += 1;
            later.start += 1;
        }
        while !earlier.is_empty() && !later.is_empty() && from[earlier.end - 1] == to[later.end - 1] {
            earlier.end -= 1;
            later.end -= 1;
            self.pair(earlier.end, later.end);
        }
        let mut waiting = positions(from, earlier.clone());
        let mut next = earlier.start;
        for place in later {
            let Some(same) = waiting.get_mut(&to[place]) else { continue };
            while same.front().is_some_and(|found| *found < next) {
                same.pop_front();
            }
            if let Some(found) = same.pop_front() {
                self.pair(found, place);
                next = found + 1;
            }
        }
    }

    /// Pairs equal passages that are left over, in order; returns their later places.
    fn moved(&mut self, from: &[usize], to: &[usize]) -> HashSet<usize> {
        let mut left = positions(from, 0..from.len());
        let taken = &self.taken;
        for places in left.values_mut() {
            places.retain(|place| !taken[*place]);
        }
        let mut moved = HashSet::new();
        for (place, name) in to.iter().enumerate() {
            if self.of_after[place].is_none()
                && let Some(earlier) = left.get_mut(name).and_then(VecDeque::pop_front)
            {
                self.pair(earlier, place);
                moved.insert(place);
            }
        }
        moved
    }
}

fn positions(names: &[usize], range: Range<usize>) -> HashMap<usize, VecDeque<usize>> {
    let mut places: HashMap<usize, VecDeque<usize>> = HashMap::new();
    range.for_each(|place| places.entry(names[place]).or_default().push_back(place));
    places
}

/// Passages that occur once on each side: the longest run of them that is in order on both.
fn anchors(from: &[usize], to: &[usize]) -> Vec<(usize, usize)> {
    let (earlier, later) = (positions(from, 0..from.len()), positions(to, 0..to.len()));
    let unique = |place: usize| match (earlier.get(&to[place])?, later.get(&to[place])?) {
        (one, other) if one.len() == 1 && other.len() == 1 => Some((one[0], place)),
        _ => None,
    };
    longest_rising(&(0..to.len()).filter_map(unique).collect::<Vec<_>>())
}

/// The longest subsequence whose first members rise (the second do already).
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // tails[n]: the pair that ends, lowest, a run of length n + 1.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        let length = tails.partition_point(|tail| pairs[*tail].0 < pair.0);
        before.push(length.checked_sub(1).map(|shorter| tails[shorter]));
        if length == tails.len() {
            tails.push(index);
        } else {
            tails[length] = index;
        }
    }
    let mut run = Vec::with_capacity(tails.len());
    let mut last = tails.last().copied();
    while let Some(index) = last {
        run.push(pairs[index]);
        last = before[index];
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::import::ParsedBlock;
    use super::*;

    fn passage(text: &str) -> Numbered {
        let block = ParsedBlock { kind: BlockKind::Paragraph, level: 0, text: text.to_owned(), html: text.to_owned() };
        Numbered { number: String::new(), block }
    }

    fn version(texts: &[&str]) -> Vec<Block> {
        let block = |(place, text): (usize, &&str)| Block {
            key: format!("k{place}"),
            number: String::new(),
            kind: BlockKind::Paragraph,
            level: 0,
            text: (*text).to_owned(),
            html: String::new(),
        };
        texts.iter().enumerate().map(block).collect()
    }

    fn became(before: &[&str], after: &[&str]) -> (Vec<String>, Vec<Link>) {
        let after: Vec<Numbered> = after.iter().map(|text| passage(text)).collect();
        let mut made = 0;
        align(&version(before), &after, || {
            made += 1;
            format!("n{made}")
        })
    }

    #[test]
    fn a_passage_keeps_its_key_wherever_it_goes() {
        let (keys, links) = became(&["a", "b", "c", "d"], &["d", "a", "x", "c"]);
        assert_eq!(keys, ["k3", "k0", "n1", "k2"]);
        let changes: Vec<Change> = links.iter().map(|link| link.change).collect();
        assert_eq!(changes, [Change::Moved, Change::Unchanged, Change::Added, Change::Unchanged, Change::Gone]);
    }

    #[test]
    fn spaces_and_written_numbers_make_no_difference() {
        let (keys, _) = became(&["1. Agree  to it", "4.5 million"], &["2. Agree to\nit", "4.6 million"]);
        assert_eq!(keys, ["k0", "n1"]);
    }

    #[test]
    fn repeated_passages_are_paired_in_order() {
        let (keys, _) = became(&["same", "a", "same", "b", "same"], &["same", "a", "new", "b", "same"]);
        assert_eq!(keys, ["k0", "k1", "n1", "k3", "k4"]);
    }

    #[test]
    fn five_thousand_blocks_turned_round_take_no_time() {
        let texts: Vec<String> = (0..5_000).map(|place| format!("t{}", place % 4_000)).collect();
        let before: Vec<&str> = texts.iter().map(String::as_str).collect();
        let after: Vec<&str> = before.iter().rev().copied().collect();
        let (keys, _) = became(&before, &after);
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), 5_000);
        assert!(keys.iter().all(|key| key.starts_with('k')));
    }

    fn few_words() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-h]", 0..40)
    }

    proptest! {
        #[test]
        fn every_block_is_in_one_link_on_its_side(before in few_words(), after in few_words()) {
            let before: Vec<&str> = before.iter().map(String::as_str).collect();
            let after: Vec<&str> = after.iter().map(String::as_str).collect();
            let (keys, links) = became(&before, &after);
            let mut from: Vec<String> = links.iter().flat_map(|link| link.from.clone()).collect();
            from.sort();
            let mut old: Vec<String> = version(&before).into_iter().map(|block| block.key).collect();
            old.sort();
            prop_assert_eq!(from, old);
            let to: Vec<String> = links.iter().flat_map(|link| link.to.clone()).collect();
            prop_assert_eq!(&to, &keys);
            prop_assert_eq!(to.iter().collect::<HashSet<_>>().len(), to.len());
        }

        #[test]
        fn equal_versions_are_unchanged(texts in few_words()) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let (keys, links) = became(&texts, &texts);
            prop_assert!(links.iter().all(|link| link.change == Change::Unchanged));
            let same: Vec<String> = version(&texts).into_iter().map(|block| block.key).collect();
            prop_assert_eq!(keys, same);
        }

        #[test]
        fn shuffling_loses_nothing(texts in few_words(), mixed in any::<prop::sample::Index>()) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut after = texts.clone();
            if !after.is_empty() {
                let turn = mixed.index(after.len());
                after.rotate_left(turn);
                after[turn..].reverse();
            }
            let (keys, _) = became(&texts, &after);
            prop_assert!(keys.iter().all(|key| key.starts_with('k')));
            prop_assert_eq!(keys.iter().collect::<HashSet<_>>().len(), texts.len());
        }
    }
}
