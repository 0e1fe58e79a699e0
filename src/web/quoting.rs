//! Words quoted from a passage: found in it, several times in it, or not at all.

use std::ops::Range;

use super::view::{Piece, QuoteField, QuotePlace};
use crate::drafts::anchor::{CONTEXT, Selector, anchor};
use crate::responses::Quote;

/// Where quoted words stand in a text: bytes, best place first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    pub at: Vec<Range<usize>>,
    /// Whether the best is no better than the next.
    pub tied: bool,
    /// Word for word.
    pub is_same: bool,
}

/// Characters shown around it where it must be chosen.
const SHOWN_AROUND: usize = 60;

/// Finds a quotation; nearly the same words only where `nearly` and nothing is the same.
#[must_use]
pub fn find(text: &str, quote: &Quote, nearly: bool) -> Places {
    let place = |place: Option<u32>| place.map(|place| place as usize);
    let selector = Selector {
        exact: quote.exact.clone(),
        prefix: quote.prefix.clone(),
        suffix: quote.suffix.clone(),
        start: place(quote.start),
        end: place(quote.end),
    };
    let Some(found) = anchor(text, &selector) else { return Places::default() };
    let is_same = found.spans.first().is_some_and(|span| span.is_same);
    if !is_same && !nearly {
        return Places::default();
    }
    // Where she said herself which she means, nothing is open.
    let is_chosen = found.spans.first().is_some_and(|span| selector.start == Some(span.start));
    let at = found.spans.iter().map(|span| byte(text, span.start)..byte(text, span.end)).collect();
    Places { at, tied: found.tied && !is_chosen, is_same }
}

fn byte(text: &str, sign: usize) -> usize {
    text.char_indices().nth(sign).map_or(text.len(), |(at, _)| at)
}

/// The quotation with its place in a text, where there is one best.
#[must_use]
pub fn placed(text: &str, quote: &Quote) -> Option<Quote> {
    let places = find(text, quote, false);
    let best = places.at.first().filter(|_| !places.tied)?;
    Some(quote_at(text, best))
}

fn quote_at(text: &str, at: &Range<usize>) -> Quote {
    let start = text[..at.start].chars().count();
    let end = start + text[at.clone()].chars().count();
    Quote {
        exact: text[at.clone()].to_owned(),
        prefix: last(&text[..at.start], CONTEXT).to_owned(),
        suffix: first(&text[at.end..], CONTEXT).to_owned(),
        start: u32::try_from(start).ok(),
        end: u32::try_from(end).ok(),
    }
}

/// What the comment form says of a quotation from this text.
#[must_use]
pub fn field(text: Option<&str>, quote: &Quote, dropped: bool) -> QuoteField {
    let typed = QuoteField {
        exact: quote.exact.clone(),
        prefix: quote.prefix.clone(),
        suffix: quote.suffix.clone(),
        start: quote.start.map(|start| start.to_string()).unwrap_or_default(),
        dropped,
        ..QuoteField::default()
    };
    if quote.exact.trim().is_empty() {
        return QuoteField { exact: String::new(), ..typed };
    }
    let Some(text) = text else { return QuoteField { state: "lost", ..typed } };
    let places = find(text, quote, false);
    let Some(best) = places.at.first() else { return QuoteField { state: "lost", ..typed } };
    if places.tied {
        let place = |at: &Range<usize>| QuotePlace {
            start: u32::try_from(text[..at.start].chars().count()).unwrap_or_default(),
            before: last(&text[..at.start], SHOWN_AROUND).to_owned(),
            after: first(&text[at.end..], SHOWN_AROUND).to_owned(),
            chosen: false,
        };
        let mut places: Vec<QuotePlace> = places.at.iter().take(MOST_PLACES).map(place).collect();
        places.sort_by_key(|place| place.start);
        return QuoteField { state: "tied", places, start: String::new(), ..typed };
    }
    let found = quote_at(text, best);
    QuoteField {
        exact: found.exact,
        prefix: found.prefix,
        suffix: found.suffix,
        start: found.start.map(|start| start.to_string()).unwrap_or_default(),
        state: "found",
        ..typed
    }
}

/// More places than anybody chooses from.
const MOST_PLACES: usize = 8;

/// A text with the quoted words marked, at most `room` bytes around them; whether it was cut.
#[must_use]
pub fn marked(text: &str, quote: Option<&Quote>, room: usize) -> (Vec<Piece>, bool) {
    let at = quote.and_then(|quote| find(text, quote, false).at.into_iter().next()).unwrap_or(0..0);
    let from =
        if at.end <= room { 0 } else { text.len() - last(&text[..at.start], room / 3).len() - (text.len() - at.start) };
    // Never from the middle of a word.
    let cut = text[from..at.start.max(from)].find(char::is_whitespace).filter(|_| from > 0);
    let from = cut.map_or(from, |cut| at.start - text[from + cut..at.start].trim_start().len());
    let mut to = text.len();
    if text.len() - from > room {
        to = from + room;
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        to = text[from..to].rfind(char::is_whitespace).map_or(to, |cut| from + cut).max(at.end);
    }
    let mut pieces = Vec::new();
    let mut push = |words: String, kind: Option<&'static str>| {
        if !words.is_empty() {
            pieces.push(Piece { words, found: kind.is_some(), kind });
        }
    };
    push(format!("{}{}", if from > 0 { "… " } else { "" }, &text[from..at.start.max(from)]), None);
    if !at.is_empty() {
        push(text[at.clone()].to_owned(), Some("quoted"));
    }
    let rest = &text[at.end.max(from)..to];
    push(format!("{rest}{}", if to < text.len() { " …" } else { "" }), None);
    (pieces, from > 0 || to < text.len())
}

fn last(text: &str, signs: usize) -> &str {
    text.char_indices().rev().take(signs).last().map_or("", |(at, _)| &text[at..])
}

fn first(text: &str, signs: usize) -> &str {
    text.char_indices().nth(signs).map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "We propose three posts. The employer wants five posts, and five posts more.";

    fn quote(exact: &str) -> Quote {
        Quote { exact: exact.to_owned(), ..Quote::default() }
    }

    #[test]
    fn a_quotation_is_found_with_its_place() {
        let found = placed(TEXT, &quote("three  posts")).unwrap();
        assert_eq!((found.exact.as_str(), found.start, found.end), ("three posts", Some(11), Some(22)));
        assert_eq!(placed(TEXT, &found), Some(found));
    }

    #[test]
    fn words_in_several_places_are_told_and_the_surroundings_decide() {
        let field = field(Some(TEXT), &quote("five posts"), false);
        assert_eq!((field.state, field.places.len()), ("tied", 2));
        let second = Quote { suffix: " more".to_owned(), ..quote("five posts") };
        assert_eq!(placed(TEXT, &second).unwrap().start, Some(59));
        let chosen = Quote { start: Some(59), ..quote("five posts") };
        assert_eq!(placed(TEXT, &chosen).unwrap().start, Some(59));
    }

    #[test]
    fn what_stands_around_a_quotation_begins_with_a_whole_word() {
        let (pieces, cut) = marked(TEXT, Some(&quote("posts more")), 36);
        assert_eq!((pieces[0].words.as_str(), cut), ("… and five ", true));
    }

    #[test]
    fn a_short_quotation_is_not_found_inside_another_word() {
        assert_eq!(field(Some(TEXT), &quote("post"), false).state, "lost");
        assert_eq!(field(Some(TEXT), &quote("ive posts"), false).state, "lost");
        assert_eq!(field(Some(TEXT), &quote("four posts"), false).exact, "four posts");
    }

    #[test]
    fn typographic_signs_and_blanks_make_no_difference() {
        assert!(placed("The employer’s “plan” – now", &quote("employer's \"plan\" - now")).is_some());
    }

    proptest! {
        #[test]
        fn words_taken_from_a_text_are_found_in_it(text in "([a-z]{1,6} ){1,20}", from in 0_usize..20, length in 1_usize..6) {
            let words: Vec<&str> = text.split_whitespace().collect();
            let from = from.min(words.len() - 1);
            let exact = words[from..(from + length).min(words.len())].join(" ");
            let places = find(&text, &quote(&exact), false);
            prop_assert!(places.at.iter().any(|at| text[at.clone()] == exact));
        }

        #[test]
        fn marks_take_nothing_away(text in "(?s)\\PC{0,120}", exact in "\\PC{0,5}", room in 10_usize..400) {
            let (pieces, cut) = marked(&text, Some(&quote(&exact)), room);
            let words: String = pieces.into_iter().map(|piece| piece.words).collect();
            prop_assert!(cut || words == text);
        }
    }
}
