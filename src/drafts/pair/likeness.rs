//! Which passages of two texts by different authors speak of the same: by the words they share.
//!
//! Each block is a bag of words weighted by how rare they are in both texts (TF-IDF), and two
//! blocks are as alike as their bags point the same way (cosine). Sections are compared first, as
//! wholes; passages of sections that belong together are preferred, and so are those that stand at
//! the same height of their text. Nothing in it is left to chance: equal texts give equal pairs.

use std::collections::{HashMap, HashSet};

use super::bags::{Bag, Index, Words, bag};
use crate::drafts::block::{Block, BlockKind};

/// Two texts, ready to be compared.
pub struct Likeness {
    ours: Text,
    theirs: Text,
    /// By section of ours, then of theirs: 0 to 1.
    sections: Vec<Vec<f64>>,
    /// The section of theirs that answers each of ours.
    partners: Vec<Option<usize>>,
}

/// Two blocks that may answer each other, by their places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likely {
    pub ours: usize,
    pub theirs: usize,
    /// 0 to 1.
    pub score: f64,
}

impl Likely {
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "clamped to 0..=1000")]
    pub fn per_mille(&self) -> i32 {
        (self.score.clamp(0.0, 1.0) * 1000.0).round() as i32
    }
}

struct Text {
    keys: Vec<String>,
    bags: Vec<Bag>,
    is_heading: Vec<bool>,
    /// The section of each block.
    section: Vec<usize>,
    /// The block that heads each section, if one does.
    heads: Vec<Option<usize>>,
}

impl Likeness {
    #[must_use]
    pub fn of(ours: &[Block], theirs: &[Block]) -> Self {
        let mut words = Words::default();
        let counted =
            [ours, theirs].map(|blocks| blocks.iter().map(|block| words.count(&block.text)).collect::<Vec<_>>());
        let rarity = words.rarity();
        let [our_counts, their_counts] = &counted;
        let (ours, theirs) = (Text::of(ours, our_counts, &rarity), Text::of(theirs, their_counts, &rarity));
        let our_sections = section_bags(&ours, our_counts, &rarity);
        let their_sections = Index::of(&section_bags(&theirs, their_counts, &rarity), rarity.len());
        let sections: Vec<Vec<f64>> = our_sections.iter().map(|bag| their_sections.cosines(bag)).collect();
        let alike = sections.iter().enumerate().flat_map(|(ours, others)| {
            others.iter().enumerate().map(move |(theirs, score)| Likely { ours, theirs, score: *score })
        });
        let mut partners = vec![None; sections.len()];
        for pair in best_first(alike.filter(|pair| pair.score >= PARTNERS).collect()) {
            partners[pair.ours] = Some(pair.theirs);
        }
        Self { ours, theirs, sections, partners }
    }

    /// The pairs worth proposing, one for each block at most, in the order of our text. Blocks
    /// whose key `is_taken` are left out.
    #[must_use]
    pub fn pairs(&self, is_taken: impl Fn(&str) -> bool) -> Vec<Likely> {
        let index = Index::of(&self.theirs.bags, self.words());
        let mut found: Vec<Likely> = Vec::new();
        for (ours, bag) in self.ours.bags.iter().enumerate() {
            if is_taken(&self.ours.keys[ours]) {
                continue;
            }
            let cosines = index.cosines(bag);
            let likely = cosines.into_iter().enumerate().filter(|(place, _)| !is_taken(&self.theirs.keys[*place]));
            found.extend(
                likely
                    .map(|(theirs, cosine)| Likely { ours, theirs, score: self.score(ours, theirs, cosine) })
                    .filter(|likely| likely.score >= FLOOR),
            );
        }
        let mut pairs = best_first(found);
        pairs.sort_by_key(|likely| likely.ours);
        pairs
    }

    /// The blocks of the other text that come nearest to this one, best first, at most `most`.
    #[must_use]
    pub fn nearest(&self, place: usize, is_ours: bool, most: usize) -> Vec<Likely> {
        let (of, others) = if is_ours { (&self.ours, &self.theirs) } else { (&self.theirs, &self.ours) };
        let Some(bag) = of.bags.get(place) else { return Vec::new() };
        let cosines = Index::of(&others.bags, self.words()).cosines(bag);
        let mut all: Vec<Likely> = cosines
            .into_iter()
            .enumerate()
            .map(|(other, cosine)| {
                let (ours, theirs) = if is_ours { (place, other) } else { (other, place) };
                Likely { ours, theirs, score: self.score(ours, theirs, cosine) }
            })
            .filter(|likely| likely.score > 0.0)
            .collect();
        all.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.theirs.cmp(&other.theirs)));
        all.truncate(most);
        all
    }

    fn words(&self) -> usize {
        let last = |text: &Text| text.bags.iter().filter_map(|bag| bag.last()).map(|(word, _)| word + 1).max();
        last(&self.ours).max(last(&self.theirs)).unwrap_or(0)
    }

    fn score(&self, ours: usize, theirs: usize, cosine: f64) -> f64 {
        if self.ours.is_heading[ours] != self.theirs.is_heading[theirs] {
            return 0.0;
        }
        let (our_section, their_section) = (self.ours.section[ours], self.theirs.section[theirs]);
        let are_partners = self.partners[our_section] == Some(their_section);
        let section = self.sections[our_section][their_section];
        let section = if are_partners { 0.5 + 0.5 * section } else { 0.5 * section };
        let height = 1.0 - (self.ours.height(ours) - self.theirs.height(theirs)).abs();
        let heads = self.ours.heads[our_section] == Some(ours) && self.theirs.heads[their_section] == Some(theirs);
        if heads {
            // What two sections are called tells less than what stands in them.
            return 0.4 * cosine + 0.5 * section + 0.1 * height;
        }
        if cosine < LEAST_COSINE {
            return 0.0;
        }
        0.7 * cosine + 0.2 * section + 0.1 * height
    }
}

/// The best pair, then the best of what is left, and so on; of equal ones those that stand first.
fn best_first(mut found: Vec<Likely>) -> Vec<Likely> {
    found.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then((one.ours, one.theirs).cmp(&(other.ours, other.theirs)))
    });
    let (mut ours, mut theirs) = (HashSet::new(), HashSet::new());
    found.retain(|likely| {
        let is_free = !ours.contains(&likely.ours) && !theirs.contains(&likely.theirs);
        if is_free {
            ours.insert(likely.ours);
            theirs.insert(likely.theirs);
        }
        is_free
    });
    found
}

/// From here on a pair is worth an organiser's look. Low enough for passages that say the same in
/// other words, high enough that what has no answer is left alone: measured in the tests below.
const FLOOR: f64 = 0.28;
/// Passages that share less speak of different things, wherever they stand.
const LEAST_COSINE: f64 = 0.1;
/// Sections that share less are no partners.
const PARTNERS: f64 = 0.13;
/// How much more the words of a heading say about its section.
const HEADING_WORDS: f64 = 3.0;

impl Text {
    fn of(blocks: &[Block], counts: &[HashMap<usize, f64>], rarity: &[f64]) -> Self {
        let is_heading: Vec<bool> = blocks.iter().map(|block| block.kind == BlockKind::Heading).collect();
        let top = blocks.iter().filter(|block| block.kind == BlockKind::Heading).map(|block| block.level).min();
        let mut heads = vec![None];
        let mut section = Vec::with_capacity(blocks.len());
        for (place, block) in blocks.iter().enumerate() {
            if block.kind == BlockKind::Heading && Some(block.level) == top {
                heads.push(Some(place));
            }
            section.push(heads.len() - 1);
        }
        let bags = counts.iter().map(|counts| bag(counts, rarity)).collect();
        Self { keys: blocks.iter().map(|block| block.key.clone()).collect(), bags, is_heading, section, heads }
    }

    /// 0 at the top of the text, 1 at its end.
    #[expect(clippy::cast_precision_loss, reason = "a text has far fewer than 2^52 blocks")]
    fn height(&self, place: usize) -> f64 {
        place as f64 / self.bags.len().max(1) as f64
    }
}

fn section_bags(text: &Text, counts: &[HashMap<usize, f64>], rarity: &[f64]) -> Vec<Bag> {
    let mut sums: Vec<HashMap<usize, f64>> = vec![HashMap::new(); text.heads.len()];
    for (place, counts) in counts.iter().enumerate() {
        let weight = if text.heads.contains(&Some(place)) { HEADING_WORDS } else { 1.0 };
        for (word, count) in counts {
            *sums[text.section[place]].entry(*word).or_default() += weight * count;
        }
    }
    sums.iter().map(|sums| bag(sums, rarity)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::import::{Format, parse};
    use super::super::super::version::{Base, prepare};
    use super::*;
    use crate::ids::Chance;

    fn text(markdown: &str, seed: u64) -> Vec<Block> {
        prepare(&Base::default(), parse(Format::Markdown, markdown).unwrap(), &Chance::seeded(seed)).blocks
    }

    fn numbers(ours: &[Block], theirs: &[Block]) -> Vec<(String, String)> {
        let pairs = Likeness::of(ours, theirs).pairs(|_| false);
        pairs.iter().map(|pair| (ours[pair.ours].number.clone(), theirs[pair.theirs].number.clone())).collect()
    }

    const OURS: &str = include_str!("../../demo/draft.md");
    const THEIRS: &str = include_str!("../../demo/employer.md");

    #[test]
    fn passages_on_the_same_matter_find_each_other() {
        let ours = text(
            "## Senior posts\n\nWe propose three assistant directors and no new executive assistants.\n\n\
             ## Youth work\n\nTwelve youth sessions stay open every week in all hubs.\n\n\
             ## Parking\n\nEvery visitor may park in the yard.",
            1,
        );
        let theirs = text(
            "## Young people\n\nYouth sessions are reduced to seven a week.\n\n\
             ## Leadership\n\nThere will be five assistant directors, each with an executive assistant.\n\n\
             ## Uniforms\n\nReception staff wear grey.",
            2,
        );
        let found = numbers(&ours, &theirs);
        let expected = [("1", "2"), ("1.1", "2.1"), ("2", "1"), ("2.1", "1.1")];
        assert_eq!(found, expected.map(|(one, other)| (one.to_owned(), other.to_owned())));
    }

    #[test]
    fn equal_texts_pair_block_by_block_and_always_the_same() {
        let (ours, theirs) = (text(OURS, 1), text(OURS, 2));
        let found = numbers(&ours, &theirs);
        assert!(found.iter().all(|(one, other)| one == other), "{found:?}");
        assert_eq!(found.len(), ours.len());
        assert_eq!(found, numbers(&ours, &theirs));
    }

    #[test]
    fn what_stands_in_a_pair_is_not_proposed_again() {
        let (ours, theirs) = (text(OURS, 1), text(THEIRS, 2));
        let likeness = Likeness::of(&ours, &theirs);
        let all = likeness.pairs(|_| false);
        let taken = &ours[all[0].ours].key;
        let others = likeness.pairs(|key| key == taken);
        assert!(others.iter().all(|pair| ours[pair.ours].key != *taken));
        assert!(likeness.pairs(|_| true).is_empty());
    }

    /// The example's two texts, paired by a reader: what is proposed must be what she found.
    #[test]
    fn the_examples_texts_are_paired_as_a_reader_would() {
        let (ours, theirs) = (text(OURS, 1), text(THEIRS, 2));
        let opens = |blocks: &[Block], number: &str| {
            blocks
                .iter()
                .find(|block| block.number == number)
                .map(|block| block.text.chars().take(40).collect::<String>())
        };
        let found = numbers(&ours, &theirs);
        let shown: Vec<_> =
            found.iter().map(|(one, other)| (one, opens(&ours, one), other, opens(&theirs, other))).collect();
        for (one, other) in READERS_PAIRS {
            assert!(found.contains(&((*one).to_owned(), (*other).to_owned())), "{one} and {other}: {shown:#?}");
        }
        let wrong: Vec<_> =
            found.iter().filter(|(one, other)| !READERS_PAIRS.contains(&(one.as_str(), other.as_str()))).collect();
        assert!(wrong.len() <= 3, "{wrong:?} of {shown:#?}");
    }

    /// Our number and theirs.
    const READERS_PAIRS: &[(&str, &str)] = &[
        ("0.1", "0.1"),
        ("1", "1"),
        ("1.1", "1.1"),
        ("1.2", "1.2"),
        ("1.3", "1.5"),
        ("1.4", "1.6"),
        ("2", "2"),
        ("2.1", "2.1"),
        ("2.3.1", "3.1"),
        ("3", "7"),
        ("3.1", "7.1"),
        ("5", "5"),
        ("5.1", "5.1"),
        ("6", "4"),
        ("6.1", "4.1"),
        ("6.2", "4.2"),
        ("7", "8"),
        ("7.1", "8.1"),
        ("7.2", "8.2"),
        ("8", "10"),
        ("8.2", "10.1"),
        ("9", "11"),
        ("9.1", "11.1"),
        ("9.2", "11.2"),
    ];
}
