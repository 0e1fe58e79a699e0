use proptest::prelude::*;

use super::*;

/// A selector for the first place of `quote` in `text`.
fn quoted(text: &str, quote: &str) -> Selector {
    let start = text[..text.find(quote).unwrap()].chars().count();
    selector(text, start, start + quote.chars().count()).unwrap()
}

fn found(text: &str, quote: &Selector) -> Vec<String> {
    let spans = anchor(text, quote).into_iter().flat_map(|anchored| anchored.spans);
    spans.map(|span| text.chars().skip(span.start).take(span.end - span.start).collect()).collect()
}

#[test]
fn the_same_words_are_found_where_they_went() {
    let before = "We would keep three senior posts and the night desk.";
    let quote = quoted(before, "three senior posts");
    let at_home = anchor(before, &quote).unwrap();
    assert_eq!((at_home.spans[0].start, at_home.spans[0].end, at_home.tied), (14, 32, false));
    assert!(at_home.score > 0.999 && at_home.spans[0].is_same);
    let after = "After much talk, we would keep three senior posts, and nobody at night.";
    assert_eq!(found(after, &quote), ["three senior posts"]);
}

#[test]
fn what_stands_around_says_which_of_several_is_meant() {
    let text = "The manager decides at once. In a dispute the manager decides with the union.";
    let second = "In a dispute the manager decides with the union.";
    let start = text.find(second).unwrap() + second.find("manager decides").unwrap();
    let quote = selector(text, start, start + 15).unwrap();
    for moved in [text.to_owned(), format!("A new beginning that is quite long. {text}")] {
        let anchored = anchor(&moved, &quote).unwrap();
        assert_eq!(anchored.spans.len(), 2);
        assert!(!anchored.tied && anchored.spans[0].start > anchored.spans[1].start);
    }
}

#[test]
fn equals_are_told_and_the_position_only_decides_between_them() {
    let text = "no more than two weekends, and no more than two weekends,";
    let without = Selector { exact: "two weekends".to_owned(), ..Selector::default() };
    let anchored = anchor(text, &without).unwrap();
    assert!(anchored.tied);
    assert_eq!(anchored.spans[0].start, 13);
    let late = anchor(text, &Selector { start: Some(44), end: Some(56), ..without }).unwrap();
    assert!(late.tied);
    assert_eq!(late.spans[0].start, 44);
    // A position beside better surroundings counts for nothing.
    let text = "Ask the director first. Then ask the committee. Never ask the press.";
    let quote = Selector { start: Some(0), end: Some(7), ..quoted(text, "ask the") };
    let anchored = anchor(text, &quote).unwrap();
    assert_eq!((anchored.spans[0].start, anchored.tied), (29, false));
}

#[test]
fn letters_marks_and_spaces_may_be_written_otherwise() {
    let before = "The caf\u{e9} \"stays\" - for now\u{2014}open all year round.";
    let quote = quoted(before, "caf\u{e9} \"stays\" - for");
    let after = "THE  Cafe\u{301}\u{a0}\u{201c}stays\u{201d} \u{2013}\tfor now.";
    assert_eq!(found(after, &quote), ["Cafe\u{301}\u{a0}\u{201c}stays\u{201d} \u{2013}\tfor"]);
    let signs = "预算 😀 加班费由公司支付,每月一次。";
    assert_eq!(found(signs, &quoted(signs, "加班费由公司支付")), ["加班费由公司支付"]);
    assert_eq!(found(signs, &quoted(signs, "😀")), ["😀"]);
}

#[test]
fn a_reworded_quote_is_found_by_most_of_its_words() {
    let before = "The company pays six pounds a week towards heating and power for every home day.";
    let quote = quoted(before, "pays six pounds a week towards heating and power");
    let after = "The company pays eight pounds a week towards heating and power for every home day.";
    let anchored = anchor(after, &quote).unwrap();
    assert_eq!(found(after, &quote), ["pays eight pounds a week towards heating and power"]);
    assert!(!anchored.spans[0].is_same && anchored.score < 0.999);
    assert_eq!(anchor("Nothing of it is left here, and other things stand in its place.", &quote), None);
}

#[test]
fn no_selector_comes_from_nothing() {
    assert_eq!(selector("abc", 1, 1), None);
    assert_eq!(selector("abc", 2, 1), None);
    assert_eq!(selector("abc", 1, 9), None);
    assert_eq!(anchor("abc", &Selector::default()), None);
    assert_eq!(anchor("", &quoted("abc", "b")), None);
}

proptest! {
    #[test]
    fn every_selection_is_found_where_it_was_made(text in "[a-cé 😀\t.“\u{301}]{1,60}", from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let length = text.chars().count();
        let (one, other) = (from.index(length), to.index(length));
        let made = selector(&text, one.min(other), one.max(other) + 1).unwrap();
        let written: String = made.exact.chars().filter(|sign| !sign.is_whitespace()).collect();
        // A selection of spaces alone, or one that begins within a letter, is no quote.
        if !written.is_empty() && !text.contains('\u{301}') {
            let anchored = anchor(&text, &made).unwrap();
            let best = anchored.spans[0];
            let space = made.exact.chars().take_while(|sign| sign.is_whitespace()).count();
            prop_assert_eq!(best.start, one.min(other) + space);
            prop_assert!(best.is_same);
        }
    }

    #[test]
    fn anything_is_found_or_not_and_lies_in_the_text(text in ".{0,80}", exact in ".{0,20}", prefix in ".{0,40}", suffix in ".{0,40}") {
        let length = text.chars().count();
        if let Some(anchored) = anchor(&text, &Selector { exact, prefix, suffix, start: Some(3), end: None }) {
            for span in &anchored.spans {
                prop_assert!(span.start < span.end && span.end <= length);
                prop_assert!((0.0..=1.0).contains(&span.score) && span.score <= anchored.score + EQUAL);
            }
        }
    }

    #[test]
    fn the_cut_off_loses_nothing(text in "[ab]{0,30}", quote in "[ab]{1,8}", most in 0..4_usize) {
        let (text, quote): (Vec<char>, Vec<char>) = (text.chars().collect(), quote.chars().collect());
        let ends: Vec<(usize, usize)> = nearly::search(&text, &quote, most).into_iter().map(|(end, errors, _)| (end, errors)).collect();
        let mut whole = vec![0; text.len() + 1];
        for (row, sign) in quote.iter().enumerate() {
            let mut next = vec![row + 1];
            for (at, other) in text.iter().enumerate() {
                next.push((whole[at] + usize::from(sign != other)).min(whole[at + 1] + 1).min(next[at] + 1));
            }
            whole = next;
        }
        let expected: Vec<(usize, usize)> = whole.into_iter().enumerate().skip(1).filter(|(_, errors)| *errors <= most).collect();
        prop_assert_eq!(ends, expected);
    }
}
