//! A text as it is compared, each sign with its place in the text as it is written.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::drafts::align::same_sign;

#[derive(Debug)]
pub(super) struct Folded {
    pub(super) signs: Vec<char>,
    /// The characters of the text that each sign stands for.
    pub(super) starts: Vec<usize>,
    pub(super) ends: Vec<usize>,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut folded = Self { signs: Vec::new(), starts: Vec::new(), ends: Vec::new() };
        let written: Vec<char> = text.chars().collect();
        let mut start = 0;
        while start < written.len() {
            // A letter and its accents are one.
            let accents = written[start + 1..].iter().take_while(|sign| canonical_combining_class(**sign) != 0).count();
            let end = start + 1 + accents;
            for sign in written[start..end].iter().copied().nfc() {
                folded.push(sign, start, end);
            }
            start = end;
        }
        folded
    }

    fn push(&mut self, sign: char, start: usize, end: usize) {
        let Some(sign) = same_sign(sign) else { return };
        if sign == ' ' && self.signs.last() == Some(&' ') {
            if let Some(last) = self.ends.last_mut() {
                *last = end;
            }
            return;
        }
        for sign in sign.to_lowercase() {
            self.signs.push(sign);
            self.starts.push(start);
            self.ends.push(end);
        }
    }

    /// Where these signs stand.
    pub(super) fn places<'t>(&'t self, quote: &'t [char]) -> impl Iterator<Item = usize> + 't {
        self.signs.windows(quote.len()).enumerate().filter(move |(_, part)| *part == quote).map(|(at, _)| at)
    }
}
