//! Passwords that are tried first by whoever guesses.
//!
//! A list of whole passwords would have to be long: people put digits, signs and dates around the
//! same few words. So the words are listed, and what is put around them is taken off.

use std::collections::BTreeSet;

const WORDS: &str = include_str!("common.txt");

/// Neighbours on these rows follow one another in a password that was typed with one finger.
const ROWS: [&str; 10] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "!\"£$%^&*()",
];

/// Fewest different characters of a password that is not just one key held down.
const FEWEST_DIFFERENT: usize = 5;

/// Whether `password` (small letters) is made of what everybody tries: one or two common words and
/// what people put around them, a run along the keyboard, a few characters repeated.
pub(super) fn is_common(password: &str) -> bool {
    let signs: Vec<char> = password.chars().collect();
    let different: BTreeSet<char> = signs.iter().copied().collect();
    different.len() < FEWEST_DIFFERENT || is_run(&signs) || is_repeated(&signs) || is_made_of_words(password)
}

/// At least three in four steps go to the same or a neighbouring character.
fn is_run(signs: &[char]) -> bool {
    let steps = signs.windows(2).filter(|pair| pair[0] == pair[1] || is_step(pair[0], pair[1])).count();
    steps * 4 >= signs.len().saturating_sub(1) * 3
}

fn is_step(from: char, to: char) -> bool {
    ROWS.iter().any(|row| {
        row.chars().zip(row.chars().skip(1)).any(|(one, next)| (one, next) == (from, to) || (next, one) == (from, to))
    })
}

/// The same up to five characters again and again.
fn is_repeated(signs: &[char]) -> bool {
    (1..=5).any(|length| signs.iter().zip(signs.iter().skip(length)).all(|(one, next)| one == next))
}

/// Without digits and signs, read plainly or with digits for letters (`p4ssw0rd`), nothing is left
/// but at most two different common words.
fn is_made_of_words(password: &str) -> bool {
    let plain: String = password.chars().filter(char::is_ascii_alphabetic).collect();
    let bare = password.trim_matches(|sign: char| !sign.is_alphabetic());
    let read: String = bare.chars().map(letter_for).filter(char::is_ascii_alphabetic).collect();
    let foreign = password.chars().any(|sign| sign.is_alphabetic() && !sign.is_ascii());
    let words: BTreeSet<&str> = WORDS.lines().filter(|line| !line.starts_with('#')).collect();
    !foreign && [plain, read].iter().any(|text| !text.is_empty() && splits(text, &words, &mut Vec::new()))
}

/// Whether `text` is a row of words with at most two different ones among them.
fn splits<'a>(text: &'a str, words: &BTreeSet<&str>, used: &mut Vec<&'a str>) -> bool {
    if text.is_empty() {
        return true;
    }
    for end in (1..=text.len().min(LONGEST_WORD)).rev() {
        let (word, rest) = text.split_at(end);
        if !words.contains(word) {
            continue;
        }
        let is_new = !used.contains(&word);
        if is_new && used.len() == 2 {
            continue;
        }
        if is_new {
            used.push(word);
        }
        if splits(rest, words, used) {
            return true;
        }
        if is_new {
            used.pop();
        }
    }
    false
}

const LONGEST_WORD: usize = 14;

fn letter_for(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_common() {
        for tried in [
            "password1234",
            "password2026!",
            "p4ssw0rd!!!!",
            "p@$$w0rd12345",
            "welcome12345!",
            "letmein-letmein",
            "liverpool2026",
            "passwordpassword",
            "qwertyuiop12",
            "1q2w3e4r5t6y",
            "1qaz2wsx3edc",
            "123456789012",
            "098765432109",
            "abcdefghijkl",
            "aaaaaaaaaaaa",
            "abc12abc12abc12",
            "iloveyou1234",
            "summer2026!!!",
            "union-branch-2026",
            "asdfghjkl;'#",
        ] {
            assert!(is_common(tried), "{tried}");
        }
    }

    #[test]
    fn a_few_words_of_her_own_are_not() {
        for good in [
            "rain on the allotment",
            "tea before the meeting",
            "three posts, not five",
            "kx7!vq2#mm4p",
            "zwölf kleine entchen",
            "rosa parks sat down in 55",
            "monkey dragon sunshine",
            "83749201837465",
        ] {
            assert!(!is_common(good), "{good}");
        }
    }

    #[test]
    fn the_list_holds_words_that_can_be_found() {
        for word in WORDS.lines().filter(|line| !line.starts_with('#')) {
            assert!(word.len() <= LONGEST_WORD && word.chars().all(|sign| sign.is_ascii_lowercase()), "{word:?}");
        }
    }
}
