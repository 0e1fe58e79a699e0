//! Finding words in comments: the same on both databases, because neither is asked.
//!
//! Text is brought to words in small letters without accents, each behind one blank, so that every
//! question comes down to finding pieces of text. Nothing of it is ever written down: a withdrawn
//! comment leaves no index behind.

use memchr::memmem::Finder;
use unicode_normalization::UnicodeNormalization;

/// What somebody looks for. All of it must be there: a word stands for every word that begins with
/// it, words in quotation marks for exactly these, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    terms: Vec<Term>,
}

/// Words that follow one another; the last one may go on unless `is_whole`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    words: Vec<String>,
    is_whole: bool,
}

impl Search {
    /// Reads what was typed. Nothing in it is a mistake: signs that belong to no word are left out.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let mut terms = Vec::new();
        for (place, part) in typed.split(is_quotation_mark).enumerate() {
            let (parts, is_whole) =
                if place % 2 == 1 { (vec![part], true) } else { (part.split_whitespace().collect(), false) };
            for part in parts {
                let words: Vec<String> = folded_words(part).map(|(_, folded)| folded).collect();
                if !words.is_empty() && terms.len() < MOST_TERMS {
                    terms.push(Term { words, is_whole });
                }
            }
        }
        Self { terms }
    }

    /// Nothing to look for: finds everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Made ready to look into many texts.
    pub(super) fn needles(&self) -> Needles {
        Needles(self.terms.iter().map(|term| Finder::new(&term.needle()).into_owned()).collect())
    }

    /// `text` in pieces, those found marked. Together they are the text, letter for letter.
    #[must_use]
    pub fn marked<'a>(&self, text: &'a str) -> Vec<(&'a str, bool)> {
        let words: Vec<(Word<'a>, String)> = folded_words(text).collect();
        let mut marks = vec![false; words.len()];
        for term in &self.terms {
            for start in 0..words.len() {
                if let Some(found) = words.get(start..start + term.words.len())
                    && term.is_here(found.iter().map(|(_, folded)| folded.as_str()))
                {
                    marks[start..start + term.words.len()].fill(true);
                }
            }
        }
        let mut pieces = Vec::new();
        let mut done = 0;
        for ((word, _), _) in words.iter().zip(&marks).filter(|(_, is_marked)| **is_marked) {
            if word.start > done {
                pieces.push((&text[done..word.start], false));
            }
            pieces.push((word.text, true));
            done = word.start + word.text.len();
        }
        if done < text.len() {
            pieces.push((&text[done..], false));
        }
        pieces
    }
}

impl Term {
    fn needle(&self) -> String {
        let mut needle = self.words.iter().fold(String::new(), |needle, word| needle + " " + word);
        if self.is_whole {
            needle.push(' ');
        }
        needle
    }

    /// Whether these folded words, as many as the term has, are what it looks for.
    fn is_here<'a>(&self, found: impl Iterator<Item = &'a str>) -> bool {
        let last = self.words.len() - 1;
        self.words.iter().zip(found).enumerate().all(|(place, (wanted, found))| {
            if place == last && !self.is_whole { found.starts_with(wanted.as_str()) } else { found == wanted }
        })
    }
}

/// A search over folded text.
pub(super) struct Needles(Vec<Finder<'static>>);

impl Needles {
    pub(super) fn are_in(&self, folded: &[u8]) -> bool {
        self.0.iter().all(|needle| needle.find(folded).is_some())
    }
}

/// Adds texts to `folded` as a search looks into them; no phrase reaches from one into the next.
pub(super) fn fold_into(folded: &mut String, texts: [&str; 3]) {
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        for word in words_of(text) {
            folded.push(' ');
            let before = folded.len();
            fold_word(folded, word.text);
            if folded.len() == before {
                folded.pop();
            }
        }
        folded.push_str(" \n");
    }
}

/// More than anybody types; a bound on what one question costs.
const MOST_TERMS: usize = 16;

#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) start: usize,
    pub(super) text: &'a str,
}

/// The words of a text: letters and digits that stand together. Scripts written without blanks
/// give a word for each sign.
fn words_of(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut signs = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = signs.find(|(_, sign)| sign.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while let Some((at, sign)) = signs.next_if(|(_, sign)| {
            is_mark(*sign) || (sign.is_alphanumeric() && !stands_alone(first) && !stands_alone(*sign))
        }) {
            end = at + sign.len_utf8();
        }
        Some(Word { start, text: &text[start..end] })
    })
}

/// Words with what is left of them when they are folded; a few signs leave nothing.
pub(super) fn folded_words(text: &str) -> impl Iterator<Item = (Word<'_>, String)> {
    words_of(text)
        .map(|word| {
            let mut folded = String::with_capacity(word.text.len());
            fold_word(&mut folded, word.text);
            (word, folded)
        })
        .filter(|(_, folded)| !folded.is_empty())
}

/// Small letters without accents; letters that people write in two ways become one.
fn fold_word(folded: &mut String, word: &str) {
    if word.is_ascii() {
        folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    for sign in word.nfkd().filter(|sign| !is_mark(*sign)).flat_map(char::to_lowercase) {
        match sign {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            // A capital's dot or a sign's blank may come apart only now.
            sign if is_mark(sign) || sign.is_whitespace() => {}
            sign => folded.push(sign),
        }
    }
}

/// Accents and vowel points that people leave out when they type; not the vowels of Indic scripts.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Han, kana and Thai, which are written without blanks.
fn stands_alone(sign: char) -> bool {
    matches!(sign, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

fn is_quotation_mark(sign: char) -> bool {
    matches!(sign, '"' | '“' | '”' | '„' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finds(typed: &str, text: &str) -> bool {
        let mut folded = String::new();
        fold_into(&mut folded, [text, "", ""]);
        Search::parse(typed).needles().are_in(folded.as_bytes())
    }

    #[test]
    fn case_and_accents_make_no_difference() {
        for (typed, text) in
            [("cafe", "A Café."), ("CAFÉ", "cafe"), ("strasse", "Straße"), ("Łodz", "łódź"), ("Istanbul", "İSTANBUL")]
        {
            assert!(finds(typed, text), "{typed} in {text}");
        }
    }

    #[test]
    fn a_word_finds_those_that_begin_with_it_and_no_others() {
        assert!(finds("child", "for children's homes"));
        assert!(!finds("hood", "childhood"));
        assert!(finds("case work", "work on a case"));
        assert!(!finds("case rent", "work on a case"));
        assert!(finds("co-op", "the co-operative"), "a word with a sign in it is its parts, one after the other");
    }

    #[test]
    fn words_in_quotation_marks_stand_together_and_whole() {
        assert!(finds("\"two deputies\"", "Five will want two deputies."));
        assert!(!finds("\"two dep\"", "two deputies"));
        assert!(!finds("\"deputies two\"", "two deputies"));
        let mut folded = String::new();
        fold_into(&mut folded, ["end", "begin", ""]);
        assert!(!Search::parse("\"end begin\"").needles().are_in(folded.as_bytes()), "not across two texts");
    }

    #[test]
    fn scripts_without_blanks_are_found_within() {
        assert!(finds("会員", "組合会員の声"));
        assert!(finds("سلام", "سَلام"), "vowel points may be left out");
    }

    proptest! {
        #[test]
        fn nothing_typed_is_a_mistake_and_marks_lose_no_letter(typed in "(?s).{0,40}", text in "(?s).{0,80}") {
            let search = Search::parse(&typed);
            let pieces = search.marked(&text);
            prop_assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), text.as_str());
            // What is found is marked, and what is marked was found.
            let marked = pieces.iter().any(|(_, is_marked)| *is_marked);
            if finds(&typed, &text) && !search.is_empty() {
                prop_assert!(marked);
            }
        }

        #[test]
        fn every_word_finds_its_text(text in "\\PC{1,40}") {
            for (word, _) in folded_words(&text) {
                prop_assert!(finds(word.text, &text), "{:?} in {:?}", word.text, &text);
                let quoted = format!("\"{}\"", word.text);
                prop_assert!(finds(&quoted, &text), "{:?} in {:?}", quoted, &text);
            }
        }
    }
}
