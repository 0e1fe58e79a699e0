//! Two versions laid beside each other, in the order of the later one.

use std::collections::HashMap;
use std::ops::Range;

use super::block::{Block, BlockKind};
use super::change::{Change, Link};

/// A line of the comparison; numbers are places in the earlier or the later version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// These later passages read as before, where they stood before.
    Same(Range<usize>),
    /// Anything else; it stands where its first later passage does, and what is gone where it stood.
    Changed { change: Change, from: Vec<usize>, to: Vec<usize> },
    /// Here stood a passage that is elsewhere now.
    Left { from: usize, to: usize },
}

impl Row {
    /// Whether it counts as a change: a moved passage counts where it is now.
    #[must_use]
    pub fn is_change(&self) -> bool {
        matches!(self, Self::Changed { .. })
    }
}

/// Every passage of both versions once; one that moved a second time, where it was.
#[must_use]
pub fn rows(before: &[Block], after: &[Block], links: &[Link]) -> Vec<Row> {
    let (earlier, later) = (by_key(before), by_key(after));
    let places = |known: &HashMap<&str, usize>, keys: &[String]| {
        let mut places: Vec<usize> = keys.iter().filter_map(|key| known.get(key.as_str()).copied()).collect();
        places.sort_unstable();
        places
    };
    let mut of_from: Vec<Option<usize>> = vec![None; before.len()];
    let mut of_to: Vec<Option<usize>> = vec![None; after.len()];
    let mut joined = Vec::with_capacity(links.len());
    for (index, link) in links.iter().enumerate() {
        let (from, to) = (places(&earlier, &link.from), places(&later, &link.to));
        for place in &from {
            of_from[*place] = Some(index);
        }
        for place in &to {
            of_to[*place] = Some(index);
        }
        joined.push((link.change, from, to));
    }
    // What stands before each later passage, and at the end: what is no longer there.
    let mut slots: Vec<Vec<Row>> = vec![Vec::new(); after.len() + 1];
    let mut here = 0;
    for (place, link) in of_from.iter().enumerate() {
        let Some((change, from, to)) = link.map(|index| &joined[index]) else { continue };
        match (change, to.as_slice()) {
            (_, []) => slots[here].push(Row::Changed { change: Change::Gone, from: vec![place], to: Vec::new() }),
            (Change::Moved, [to, ..]) => slots[here].push(Row::Left { from: place, to: *to }),
            (Change::Unchanged, [.., last]) => here = last + 1,
            // One that was reworded may have moved too: that does not lead the way backwards.
            (_, [.., last]) if from.first() == Some(&place) => here = here.max(last + 1),
            _ => {}
        }
    }
    let mut rows = Vec::new();
    for (place, mut slot) in slots.into_iter().enumerate() {
        rows.append(&mut slot);
        match of_to.get(place).copied().flatten().map(|index| &joined[index]) {
            Some((Change::Unchanged, ..)) => match rows.last_mut() {
                Some(Row::Same(run)) if run.end == place => run.end = place + 1,
                _ => rows.push(Row::Same(place..place + 1)),
            },
            Some((change, from, to)) if to.first() == Some(&place) => {
                rows.push(Row::Changed { change: *change, from: from.clone(), to: to.clone() });
            }
            _ => {}
        }
    }
    rows
}

/// The heading under which each passage stands; a heading stands under itself.
#[must_use]
pub fn sections(blocks: &[Block]) -> Vec<Option<usize>> {
    let mut under = None;
    let heading = |(place, block): (usize, &Block)| {
        if block.kind == BlockKind::Heading {
            under = Some(place);
        }
        under
    };
    blocks.iter().enumerate().map(heading).collect()
}

fn by_key(blocks: &[Block]) -> HashMap<&str, usize> {
    blocks.iter().enumerate().map(|(place, block)| (block.key.as_str(), place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(keys: &str) -> Vec<Block> {
        let block = |key: char| Block {
            key: key.to_string(),
            number: String::new(),
            kind: if key.is_uppercase() { BlockKind::Heading } else { BlockKind::Paragraph },
            level: 0,
            text: String::new(),
            html: String::new(),
        };
        keys.chars().map(block).collect()
    }

    fn link(change: Change, from: &str, to: &str) -> Link {
        let keys = |keys: &str| keys.chars().map(|key| key.to_string()).collect();
        Link { change, from: keys(from), to: keys(to), score: 1.0 }
    }

    #[test]
    fn every_passage_stands_where_a_reader_looks_for_it() {
        let (before, after) = (blocks("Aabcdefgh"), blocks("Aaxcyzgem"));
        let links = [
            link(Change::Unchanged, "A", "A"),
            link(Change::Unchanged, "a", "a"),
            link(Change::Added, "", "x"),
            link(Change::Reworded, "c", "c"),
            link(Change::Split, "d", "yz"),
            link(Change::Unchanged, "g", "g"),
            link(Change::Moved, "e", "e"),
            link(Change::Merged, "fh", "m"),
            link(Change::Gone, "b", ""),
        ];
        let changed = |change, from: &[usize], to: &[usize]| Row::Changed { change, from: from.into(), to: to.into() };
        assert_eq!(
            rows(&before, &after, &links),
            [
                Row::Same(0..2),
                changed(Change::Gone, &[2], &[]),
                changed(Change::Added, &[], &[2]),
                changed(Change::Reworded, &[3], &[3]),
                changed(Change::Split, &[4], &[4, 5]),
                Row::Left { from: 5, to: 7 },
                Row::Same(6..7),
                changed(Change::Moved, &[5], &[7]),
                changed(Change::Merged, &[6, 8], &[8]),
            ]
        );
        assert_eq!(sections(&before)[..2], [Some(0), Some(0)]);
    }

    #[test]
    fn equal_versions_are_one_run() {
        let text = blocks("abc");
        let links: Vec<Link> = ["a", "b", "c"].iter().map(|key| link(Change::Unchanged, key, key)).collect();
        assert_eq!(rows(&text, &text, &links), [Row::Same(0..3)]);
        assert_eq!(rows(&[], &[], &[]), []);
    }
}
