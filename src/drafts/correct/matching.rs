//! Which passages of two versions belong together, by their places; what a correction makes of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::drafts::align::{Wording, plain};
use crate::drafts::block::Block;
use crate::drafts::change::{Change, Link};

/// A link by the places of its blocks, each side rising.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pairing {
    pub change: Change,
    pub from: Vec<usize>,
    pub to: Vec<usize>,
    pub score: f64,
}

pub(super) struct Matching<'a> {
    before: &'a [Block],
    after: &'a mut [Block],
    pairings: Vec<Pairing>,
    /// As the alignment compares them.
    old_words: Vec<String>,
    new_words: Vec<String>,
}

impl<'a> Matching<'a> {
    pub fn new(before: &'a [Block], after: &'a mut [Block], links: &[Link]) -> Self {
        let (earlier, later) = (by_key(before), by_key(after));
        let places = |known: &HashMap<String, usize>, keys: &[String]| {
            let mut places: Vec<usize> = keys.iter().filter_map(|key| known.get(key).copied()).collect();
            places.sort_unstable();
            places
        };
        let pairing = |link: &Link| Pairing {
            change: link.change,
            from: places(&earlier, &link.from),
            to: places(&later, &link.to),
            score: link.score,
        };
        let pairings = links.iter().map(pairing).collect();
        let words = |blocks: &[Block]| plain(&blocks.iter().map(Wording::from).collect::<Vec<_>>());
        let (old_words, new_words) = (words(before), words(after));
        Self { before, after, pairings, old_words, new_words }
    }

    /// Says that these passages belong together and to no others; what they belonged to keeps what
    /// is left of it. What it replaced, complete on both sides; none when that is how it was.
    pub fn set(&mut self, from: &[usize], to: &[usize], new_key: impl FnMut() -> String) -> Option<Vec<Pairing>> {
        if self.pairings.iter().any(|one| one.from == from && one.to == to) {
            return None;
        }
        let (old, kept): (Vec<Pairing>, Vec<Pairing>) =
            std::mem::take(&mut self.pairings).into_iter().partition(|one| {
                one.from.iter().any(|place| from.contains(place)) || one.to.iter().any(|place| to.contains(place))
            });
        self.pairings = kept;
        let mut made = Vec::new();
        for one in &old {
            let left = |all: &[usize], taken: &[usize]| -> Vec<usize> {
                all.iter().copied().filter(|place| !taken.contains(place)).collect()
            };
            self.pair(&mut made, left(&one.from, from), left(&one.to, to), 1.0);
        }
        self.pair(&mut made, from.to_vec(), to.to_vec(), 1.0);
        // A match that both sides keep is what it was.
        for one in &mut made {
            if let Some(same) = old.iter().find(|old| old.from == one.from && old.to == one.to) {
                one.clone_from(same);
            }
        }
        self.pairings.extend(made.iter().cloned());
        self.name(&made, new_key);
        Some(old)
    }

    /// Puts links and keys back that [`Self::set`] replaced.
    pub fn restore(&mut self, links: &[Pairing], keys: &[(usize, String)]) {
        let from: HashSet<usize> = links.iter().flat_map(|one| one.from.iter().copied()).collect();
        let to: HashSet<usize> = links.iter().flat_map(|one| one.to.iter().copied()).collect();
        self.pairings.retain(|one| {
            !one.from.iter().any(|place| from.contains(place)) && !one.to.iter().any(|place| to.contains(place))
        });
        self.pairings.extend_from_slice(links);
        for (place, key) in keys {
            if let Some(block) = self.after.get_mut(*place) {
                block.key.clone_from(key);
            }
        }
    }

    /// In the order of the later version, then what is gone.
    pub fn links(&self) -> Vec<Link> {
        let mut pairings: Vec<&Pairing> = self.pairings.iter().collect();
        pairings.sort_by_key(|one| (one.to.first().copied().unwrap_or(usize::MAX), one.from.first().copied()));
        let keys = |blocks: &[Block], places: &[usize]| -> Vec<String> {
            places.iter().filter_map(|place| blocks.get(*place)).map(|block| block.key.clone()).collect()
        };
        let link = |one: &Pairing| Link {
            change: one.change,
            from: keys(self.before, &one.from),
            to: keys(self.after, &one.to),
            score: one.score,
        };
        pairings.into_iter().map(link).collect()
    }

    fn pair(&self, made: &mut Vec<Pairing>, from: Vec<usize>, to: Vec<usize>, score: f64) {
        if from.is_empty() {
            made.extend(to.into_iter().map(|place| Pairing {
                change: Change::Added,
                from: Vec::new(),
                to: vec![place],
                score: 0.0,
            }));
        } else if to.is_empty() {
            made.extend(from.into_iter().map(|place| Pairing {
                change: Change::Gone,
                from: vec![place],
                to: Vec::new(),
                score: 0.0,
            }));
        } else {
            let change = match (from.as_slice(), to.as_slice()) {
                (&[earlier], &[later]) if self.reads_alike(earlier, later) => {
                    if self.stays(earlier, later) {
                        Change::Unchanged
                    } else {
                        Change::Moved
                    }
                }
                ([_], [_]) => Change::Reworded,
                ([_], _) => Change::Split,
                _ => Change::Merged,
            };
            made.push(Pairing { change, from, to, score });
        }
    }

    fn reads_alike(&self, earlier: usize, later: usize) -> bool {
        self.before[earlier].kind == self.after[later].kind && self.old_words[earlier] == self.new_words[later]
    }

    /// Whether it stands between the same passages as before: those nearest that stayed.
    fn stays(&self, earlier: usize, later: usize) -> bool {
        let stayed = self.pairings.iter().filter(|one| one.change == Change::Unchanged);
        let (mut above, mut below) = (None, None);
        for one in stayed {
            let (Some(from), Some(to)) = (one.from.first(), one.to.first()) else { continue };
            if *from < earlier {
                above = above.max(Some((*from, *to)));
            } else if below.is_none_or(|(nearest, _)| *from < nearest) {
                below = Some((*from, *to));
            }
        }
        above.is_none_or(|(_, to)| to < later) && below.is_none_or(|(_, to)| later < to)
    }

    /// The key goes with the passage: the largest part has the key of the largest source. Whatever
    /// else had an earlier passage's key gets a new one.
    fn name(&mut self, made: &[Pairing], mut new_key: impl FnMut() -> String) {
        let earlier: BTreeSet<&str> = self.before.iter().map(|block| block.key.as_str()).collect();
        for one in made {
            let heir = largest(self.after, &one.to);
            let source = largest(self.before, &one.from);
            for place in &one.to {
                let block = &mut self.after[*place];
                match source {
                    Some(source) if heir == Some(*place) => block.key.clone_from(&self.before[source].key),
                    _ if earlier.contains(block.key.as_str()) => block.key = new_key(),
                    _ => {}
                }
            }
        }
    }
}

fn by_key(blocks: &[Block]) -> HashMap<String, usize> {
    blocks.iter().enumerate().map(|(place, block)| (block.key.clone(), place)).collect()
}

/// The first of the longest.
fn largest(blocks: &[Block], places: &[usize]) -> Option<usize> {
    let longest = places.iter().map(|place| blocks[*place].text.chars().count()).max()?;
    places.iter().copied().find(|place| blocks[*place].text.chars().count() == longest)
}
