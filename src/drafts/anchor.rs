//! Finds quoted words again in a text that may have changed (W3C `TextQuoteSelector` with
//! `TextPositionSelector`).
//!
//! The same words first: case, spaces and the shape of quotation marks and dashes make no
//! difference. What stands before and after says which of several is meant; the position only
//! decides between equals, and equals are told. Only then words that are nearly the same (Sellers
//! 1980 with Ukkonen's cut-off), and never for a short quote: of few letters a few others make
//! another word. What is not found well enough is not found.

mod folded;
mod nearly;

use serde::{Deserialize, Serialize};

use folded::Folded;

/// Characters of prefix and suffix.
pub const CONTEXT: usize = 32;
/// A quote with fewer characters is found word for word in its surroundings, or not at all.
const SHORT: usize = 12;
/// How alike the surroundings of a short quote must be, on one side at least.
const SHORT_CONTEXT: f64 = 0.5;
/// Scores so close are equal.
const EQUAL: f64 = 0.01;
/// What the quoted words weigh; the rest is what stands around them.
const QUOTE_WEIGHT: f64 = 0.7;
/// The lowest score with which nearly the same words count as found.
const FLOOR: f64 = 0.6;

/// Some words of a text. Positions are characters (Unicode code points) of the block's plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selector {
    pub exact: String,
    #[serde(default)]
    pub prefix: String,
    #[serde(default)]
    pub suffix: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
}

/// Characters `start..end` of the text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    /// 0 to 1: the quoted words and what stands around them.
    pub score: f64,
    /// Word for word the same.
    pub is_same: bool,
}

/// Where a quote stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Anchored {
    /// Best first; at least one, none overlaps another.
    pub spans: Vec<Span>,
    /// Of the best.
    pub score: f64,
    /// Another place fits as well as the first; which comes first, only the position said.
    pub tied: bool,
}

/// The selector for characters `start..end` of a text; none when that is no part of it.
#[must_use]
pub fn selector(text: &str, start: usize, end: usize) -> Option<Selector> {
    let signs: Vec<char> = text.chars().collect();
    let exact: String = signs.get(start..end).filter(|part| !part.is_empty())?.iter().collect();
    Some(Selector {
        exact,
        prefix: signs[start.saturating_sub(CONTEXT)..start].iter().collect(),
        suffix: signs[end..(end + CONTEXT).min(signs.len())].iter().collect(),
        start: Some(start),
        end: Some(end),
    })
}

/// Finds a quote; none when nothing is like it, or not surely enough.
#[must_use]
pub fn anchor(text: &str, selector: &Selector) -> Option<Anchored> {
    let (text, quote) = (Folded::new(text), Folded::new(selector.exact.trim()));
    if quote.signs.is_empty() {
        return None;
    }
    let around = Around::new(selector);
    let mut spans: Vec<Span> = text
        .places(&quote.signs)
        .filter(|start| around.keeps_words(&text, *start, start + quote.signs.len()))
        .filter_map(|start| {
            let (likeness, best) = around.likeness(&text, start, start + quote.signs.len());
            let is_sure = quote.signs.len() >= SHORT || best.is_none_or(|best| best >= SHORT_CONTEXT);
            is_sure.then(|| span(&text, start, start + quote.signs.len(), score(1.0, likeness), true))
        })
        .collect();
    if spans.is_empty() && quote.signs.len() >= SHORT {
        spans = nearly::places(&text.signs, &quote.signs)
            .into_iter()
            .filter_map(|(start, end, words)| {
                let (start, end) = around.whole_words(&text, start, end);
                let score = score(words, around.likeness(&text, start, end).0);
                (score >= FLOOR).then(|| span(&text, start, end, score, false))
            })
            .collect();
    }
    let far = |span: &Span| selector.start.map_or(span.start, |start| start.abs_diff(span.start));
    spans.sort_by(|one, other| {
        let by_score = other.score.total_cmp(&one.score);
        by_score.then(far(one).cmp(&far(other))).then(one.start.cmp(&other.start))
    });
    let best = *spans.first()?;
    // Equals stand together, the nearest first.
    let equals = spans.iter().take_while(|span| best.score - span.score <= EQUAL).count();
    spans[..equals].sort_by_key(|span| (far(span), span.start));
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        if kept.iter().all(|one| span.end <= one.start || one.end <= span.start) {
            kept.push(span);
        }
    }
    let tied = kept.get(1).is_some_and(|second| (kept[0].score - second.score).abs() <= EQUAL);
    Some(Anchored { score: kept[0].score, tied, spans: kept })
}

fn score(words: f64, around: Option<f64>) -> f64 {
    around.map_or(words, |around| QUOTE_WEIGHT * words + (1.0 - QUOTE_WEIGHT) * around)
}

fn span(text: &Folded, start: usize, end: usize, score: f64, is_same: bool) -> Span {
    Span { start: text.starts[start], end: text.ends[end - 1], score, is_same }
}

/// What stood before and after the quoted words.
struct Around {
    prefix: Vec<char>,
    suffix: Vec<char>,
    /// The quote began, and ended, with a whole word.
    begins_word: bool,
    ends_word: bool,
}

impl Around {
    fn new(selector: &Selector) -> Self {
        let is_inner = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
        let (prefix, suffix) = (Folded::new(&selector.prefix).signs, Folded::new(&selector.suffix).signs);
        Self {
            begins_word: is_inner(selector.exact.trim().chars().next())
                && (selector.exact.starts_with(char::is_whitespace) || !is_inner(selector.prefix.chars().last())),
            ends_word: is_inner(selector.exact.trim().chars().last())
                && (selector.exact.ends_with(char::is_whitespace) || !is_inner(selector.suffix.chars().next())),
            prefix,
            suffix,
        }
    }

    fn splits_word(text: &Folded, at: usize) -> bool {
        let is_inner =
            |at: Option<usize>| at.and_then(|at| text.signs.get(at)).is_some_and(|sign| sign.is_alphanumeric());
        is_inner(at.checked_sub(1)) && is_inner(Some(at))
    }

    fn keeps_words(&self, text: &Folded, start: usize, end: usize) -> bool {
        !(self.begins_word && Self::splits_word(text, start) || self.ends_word && Self::splits_word(text, end))
    }

    /// Widened to whole words where the quote had them.
    fn whole_words(&self, text: &Folded, mut start: usize, mut end: usize) -> (usize, usize) {
        while self.begins_word && start > 0 && Self::splits_word(text, start) {
            start -= 1;
        }
        while self.ends_word && end < text.signs.len() && Self::splits_word(text, end) {
            end += 1;
        }
        (start, end)
    }

    /// How alike the surroundings are on both sides together, and on the better side; none where
    /// nothing is known of them.
    fn likeness(&self, text: &Folded, start: usize, end: usize) -> (Option<f64>, Option<f64>) {
        let before = trimmed(&text.signs[..start]);
        let after = trimmed(&text.signs[end..]);
        let (prefix, suffix) = (trimmed(&self.prefix), trimmed(&self.suffix));
        let prefix_like = (!prefix.is_empty()).then(|| {
            let near = &before[before.len().saturating_sub(prefix.len())..];
            nearly::likeness(prefix, near)
        });
        let suffix_like =
            (!suffix.is_empty()).then(|| nearly::likeness(suffix, &after[..suffix.len().min(after.len())]));
        let both = [prefix_like, suffix_like];
        let known: Vec<f64> = both.into_iter().flatten().collect();
        match &known[..] {
            [] => (None, None),
            [one] => (Some(*one), Some(*one)),
            [one, other, ..] => (Some(f64::midpoint(*one, *other)), Some(one.max(*other))),
        }
    }
}

fn trimmed(signs: &[char]) -> &[char] {
    let start = signs.iter().position(|sign| *sign != ' ').unwrap_or(signs.len());
    let end = signs.iter().rposition(|sign| *sign != ' ').map_or(start, |last| last + 1);
    &signs[start..end]
}

#[cfg(test)]
mod tests;
