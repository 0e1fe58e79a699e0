//! Words that could tell who wrote them: the note a member may get before she sends, never a block.
//!
//! Pure. It looks for shapes (a mail address, a telephone number, a date …) and for names it is
//! given. Few false alarms matter more than finding all: a note that is often wrong is not read.

mod dates;
mod numbers;
mod signs;

use std::collections::HashMap;
use std::ops::Range;

use super::search::folded_words;

crate::values! {
    /// Why words could point to somebody.
    Kind {
        Mail = "mail",
        Phone = "phone",
        /// A number of staff, pay or membership.
        Number = "number",
        NationalInsurance = "national_insurance",
        Postcode = "postcode",
        Date = "date",
        /// An address on the web, or a name used there.
        Web = "web",
        /// A name that the organiser listed, or the writer's own.
        Name = "name",
    }
}

/// Where in a text, in bytes, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    pub at: Range<usize>,
}

/// Names to look for.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// By the first folded word of each: all its words, and whether it counts only with a capital.
    by_first: HashMap<String, Vec<(Vec<String>, bool)>>,
}

impl Names {
    /// The organiser's list, one name on a line, and the writer's own name.
    #[must_use]
    pub fn of(listed: &str, own: &str) -> Self {
        let mut names = Self::default();
        for line in listed.lines() {
            names.add(line, false);
        }
        names.add(own, false);
        // A part of her name may be a word like any other ("will", "may"): a capital tells.
        for part in own.split_whitespace().filter(|part| part.chars().count() > 2) {
            let is_common = COMMON.contains(&part.to_lowercase().as_str());
            if !is_common {
                names.add(part, true);
            }
        }
        names
    }

    fn add(&mut self, name: &str, with_capital: bool) {
        let words: Vec<String> = folded_words(name).map(|(_, folded)| folded).collect();
        let Some(first) = words.first().cloned() else { return };
        // One letter or figure alone is in every text.
        if words.len() > 1 || first.chars().count() > 1 {
            self.by_first.entry(first).or_default().push((words, with_capital));
        }
    }

    fn find(&self, text: &str, found: &mut Vec<Found>) {
        if self.by_first.is_empty() {
            return;
        }
        let words: Vec<_> = folded_words(text).collect();
        for (place, (word, folded)) in words.iter().enumerate() {
            for (wanted, with_capital) in self.by_first.get(folded).into_iter().flatten() {
                let Some(here) = words.get(place..place + wanted.len()) else { continue };
                let same = here.iter().zip(wanted).all(|((_, folded), wanted)| folded == wanted);
                let capital = word.text.starts_with(char::is_uppercase);
                if same && (!with_capital || capital) {
                    let end = here.last().map_or(word.start, |(last, _)| last.start + last.text.len());
                    found.push(Found { kind: Kind::Name, at: word.start..end });
                }
            }
        }
    }
}

/// Parts of names that are words of every day as well.
const COMMON: [&str; 34] = [
    "april", "art", "august", "bill", "black", "brown", "cook", "dean", "faith", "grace", "green", "head", "hope",
    "jack", "joy", "june", "king", "law", "long", "mark", "may", "miles", "page", "pat", "price", "ray", "rich", "rob",
    "rose", "sue", "the", "white", "will", "young",
];

/// What could point to the writer, in the order of the text; nothing overlaps.
#[must_use]
pub fn find(text: &str, names: &Names) -> Vec<Found> {
    let mut found = Vec::new();
    names.find(text, &mut found);
    signs::find(text, &mut found);
    numbers::find(text, &mut found);
    dates::find(text, &mut found);
    found.sort_by_key(|one| (one.at.start, std::cmp::Reverse(one.at.end)));
    let mut end = 0;
    found.retain(|one| {
        let is_free = one.at.start >= end;
        if is_free {
            end = one.at.end;
        }
        is_free
    });
    found
}

/// A text in pieces, each with why it could point to somebody; together they are the text.
#[must_use]
pub fn marked<'a>(text: &'a str, found: &[Found]) -> Vec<(&'a str, Option<Kind>)> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for one in found {
        let (Some(before), Some(words)) = (text.get(done..one.at.start), text.get(one.at.clone())) else { continue };
        if !before.is_empty() {
            pieces.push((before, None));
        }
        pieces.push((words, Some(one.kind)));
        done = one.at.end;
    }
    if let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
        pieces.push((rest, None));
    }
    pieces
}

/// What stands between blanks, without the brackets, quotation marks and stops around it.
#[derive(Debug, Clone, Copy)]
struct Chunk<'a> {
    start: usize,
    text: &'a str,
    /// What was taken off at its end.
    tail: &'a str,
}

impl Chunk<'_> {
    fn at(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let mut chunks = Vec::new();
    let mut rest = text;
    let mut start = 0;
    loop {
        let trimmed = rest.trim_start();
        start += rest.len() - trimmed.len();
        if trimmed.is_empty() {
            return chunks;
        }
        let whole = trimmed.find(char::is_whitespace).map_or(trimmed, |end| &trimmed[..end]);
        let opened = whole.trim_start_matches(['(', '[', '{', '<', '"', '\'', '“', '‘', '„', '«']);
        let bare = opened
            .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '"', '\'', '”', '’', '»', '…'])
            .trim_end_matches("’s")
            .trim_end_matches("'s");
        if !bare.is_empty() {
            let tail = &opened[bare.len()..];
            chunks.push(Chunk { start: start + whole.len() - opened.len(), text: bare, tail });
        }
        start += whole.len();
        rest = &trimmed[whole.len()..];
    }
}

#[cfg(test)]
mod tests;
