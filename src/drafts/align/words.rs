//! Passages as words, so that two of them can be held against each other.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::drafts::block::{Block, BlockKind};
use crate::drafts::number::{Numbered, Written};

/// What is compared of a block.
#[derive(Debug, Clone, Copy)]
pub(in crate::drafts) struct Wording<'t> {
    pub(in crate::drafts) kind: BlockKind,
    pub(in crate::drafts) text: &'t str,
}

impl<'t> From<&'t Block> for Wording<'t> {
    fn from(block: &'t Block) -> Self {
        Self { kind: block.kind, text: &block.text }
    }
}

impl<'t> From<&'t Numbered> for Wording<'t> {
    fn from(numbered: &'t Numbered) -> Self {
        Self { kind: numbered.block.kind, text: &numbered.block.text }
    }
}

/// The words of each passage as they count: case, spaces, the shape of quotation marks and dashes
/// and written numbers make no difference; every other sign does.
pub(in crate::drafts) fn plain(passages: &[Wording]) -> Vec<String> {
    let written: Vec<Option<Written>> = passages
        .iter()
        .map(|one| {
            let counts = !matches!(one.kind, BlockKind::Table | BlockKind::Figure);
            Written::read(one.text).filter(|_| counts)
        })
        .collect();
    let mut last: Option<&Written> = None;
    let mut in_row = vec![false; passages.len()];
    let mut last_at = 0;
    for (at, number) in written.iter().enumerate() {
        let Some(number) = number else { continue };
        if last.is_some_and(|last| number.follows(last)) {
            (in_row[last_at], in_row[at]) = (true, true);
        }
        (last, last_at) = (Some(number), at);
    }
    let rest = |(at, one): (usize, &Wording<'_>)| match &written[at] {
        Some(number) if number.is_closed() || in_row[at] => simple(number.rest),
        _ => simple(one.text),
    };
    passages.iter().enumerate().map(rest).collect()
}

fn simple(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.nfc().filter_map(same_sign) {
        match sign {
            ' ' if plain.is_empty() || plain.ends_with(' ') => {}
            sign => plain.extend(sign.to_lowercase()),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// One sign for those that say the same: quotation marks, dashes, spaces; none for what is not seen.
pub(in crate::drafts) fn same_sign(sign: char) -> Option<char> {
    match sign {
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => None,
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' => Some('\''),
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' | '«' | '»' => Some('"'),
        '\u{2010}'..='\u{2015}' => Some('-'),
        sign if sign.is_whitespace() => Some(' '),
        sign => Some(sign),
    }
}

/// Words and numbers of a plain text, in order. Signs of scripts without spaces stand alone.
fn tokens(plain: &str) -> impl Iterator<Item = &str> {
    plain.split(|sign: char| !(sign.is_alphanumeric() || matches!(sign, '\'' | '.' | ','))).flat_map(|piece| {
        let piece = piece.trim_matches(['\'', '.', ',']);
        let alone = piece.chars().any(is_ideograph);
        let step = move |sign: char| if alone { sign.len_utf8() } else { piece.len() };
        let mut rest = piece;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let (token, left) = rest.split_at(step(first));
            rest = left;
            Some(token)
        })
    })
}

fn is_ideograph(sign: char) -> bool {
    matches!(sign, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}')
}

/// How many words of an edge are kept.
pub(super) const EDGE: usize = 2;

/// A passage taken apart. Words are numbers that both versions share.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) kind: BlockKind,
    /// The same for passages that are word for word the same, headings and tables apart from others.
    pub(super) name: usize,
    /// How many words.
    pub(super) length: usize,
    /// The first and the last words, in their order.
    pub(super) edges: (Vec<u32>, Vec<u32>),
    /// Word and how often, sorted by word.
    pub(super) bag: Vec<(u32, u32)>,
    /// Two words that follow each other, sorted.
    pub(super) couples: Vec<u64>,
    /// A table's rows, sorted.
    pub(super) rows: Vec<usize>,
    /// What all its words weigh.
    pub(super) weight: f64,
}

/// Both versions with the words they share.
pub(super) struct Both {
    pub(super) old: Vec<Passage>,
    pub(super) new: Vec<Passage>,
    /// What each word weighs: the rarer the more.
    pub(super) weights: Vec<f64>,
}

impl Both {
    pub(super) fn read(old: &[Wording], new: &[Wording]) -> Self {
        let (before, after) = (plain(old), plain(new));
        let mut known = Known::default();
        let mut old: Vec<Passage> = old.iter().zip(&before).map(|(one, words)| known.passage(one, words)).collect();
        let mut new: Vec<Passage> = new.iter().zip(&after).map(|(one, words)| known.passage(one, words)).collect();
        let weights = known.weights(old.len() + new.len());
        for passage in old.iter_mut().chain(&mut new) {
            passage.weight = weight(&passage.bag, &weights);
        }
        Self { old, new, weights }
    }
}

pub(super) fn weight(bag: &[(u32, u32)], weights: &[f64]) -> f64 {
    bag.iter().map(|(word, times)| weights[*word as usize] * f64::from(*times)).sum()
}

#[derive(Default)]
struct Known<'t> {
    words: HashMap<&'t str, u32>,
    /// In how many passages each word stands.
    spread: Vec<u32>,
    names: HashMap<(u8, &'t str), usize>,
    rows: HashMap<String, usize>,
}

impl<'t> Known<'t> {
    fn passage(&mut self, one: &Wording, plain: &'t str) -> Passage {
        let sort = match one.kind {
            BlockKind::Heading => 0,
            BlockKind::Paragraph | BlockKind::ListItem => 1,
            BlockKind::Table => 2,
            BlockKind::Figure => 3,
        };
        let next = self.names.len();
        let name = *self.names.entry((sort, plain)).or_insert(next);
        let words: Vec<u32> = tokens(plain).map(|word| self.word(word)).collect();
        let mut couples: Vec<u64> = words.windows(2).map(|two| u64::from(two[0]) << 32 | u64::from(two[1])).collect();
        couples.sort_unstable();
        let length = words.len();
        let edges = (words[..length.min(EDGE)].to_vec(), words[length.saturating_sub(EDGE)..].to_vec());
        let mut sorted = words;
        sorted.sort_unstable();
        let mut bag: Vec<(u32, u32)> = Vec::with_capacity(sorted.len());
        for word in sorted {
            match bag.last_mut() {
                Some((last, times)) if *last == word => *times += 1,
                _ => bag.push((word, 1)),
            }
        }
        for (word, _) in &bag {
            self.spread[*word as usize] += 1;
        }
        let mut rows = Vec::new();
        if one.kind == BlockKind::Table {
            rows.extend(one.text.lines().map(|row| {
                let next = self.rows.len();
                *self.rows.entry(simple(row)).or_insert(next)
            }));
            rows.sort_unstable();
        }
        Passage { kind: one.kind, name, length, edges, bag, couples, rows, weight: 0.0 }
    }

    fn word(&mut self, word: &'t str) -> u32 {
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let number = *self.words.entry(word).or_insert(next);
        if number == next {
            self.spread.push(0);
        }
        number
    }

    /// From 1 for a word that stands everywhere to 4 for one that stands in one or two places.
    fn weights(&self, passages: usize) -> Vec<f64> {
        let all = f64::from(u32::try_from(passages).unwrap_or(u32::MAX)).max(2.0);
        self.spread.iter().map(|spread| (1.0 + (all / f64::from(*spread).max(2.0)).ln() * 0.6).min(4.0)).collect()
    }
}
