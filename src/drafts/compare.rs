//! Two wordings of one passage, word by word.

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Some words and what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    pub mark: Mark,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Kept,
    /// Stands in the earlier wording alone.
    TakenOut,
    /// Stands in the later wording alone.
    PutIn,
}

/// The two wordings as one row of stretches: those kept and taken out together are the earlier
/// wording, those kept and put in the later. Neighbouring words that are replaced stand as one
/// stretch, what was taken out first. The time grows with length times difference (Myers 1986).
#[must_use]
pub fn words(earlier: &str, later: &str) -> Vec<Stretch> {
    let (old, new) = (tokens(earlier), tokens(later));
    let changes = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut stretches = Vec::new();
    let (mut taken, mut put) = (String::new(), String::new());
    for (place, change) in changes.iter().enumerate() {
        let (was, is) = (old[change.old_range()].concat(), new[change.new_range()].concat());
        let between = !taken.is_empty() && !put.is_empty() && place + 1 < changes.len() && was.trim().is_empty();
        if change.tag() == DiffTag::Equal && !between {
            push(&mut stretches, Mark::TakenOut, &mut taken);
            push(&mut stretches, Mark::PutIn, &mut put);
            push(&mut stretches, Mark::Kept, &mut was.clone());
        } else {
            taken.push_str(&was);
            put.push_str(&is);
        }
    }
    push(&mut stretches, Mark::TakenOut, &mut taken);
    push(&mut stretches, Mark::PutIn, &mut put);
    stretches
}

fn push(stretches: &mut Vec<Stretch>, mark: Mark, text: &mut String) {
    if !text.is_empty() {
        stretches.push(Stretch { mark, text: std::mem::take(text) });
    }
}

/// Words, the spaces between them, and every other sign by itself; together the text.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, sign) in text.char_indices() {
        let sort = if sign.is_alphanumeric() || matches!(sign, '\'' | '\u{2019}') {
            Sort::Word
        } else if sign.is_whitespace() {
            Sort::Space
        } else {
            Sort::Sign
        };
        if last.is_some_and(|last| last != sort || sort == Sort::Sign) {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = Some(sort);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Word,
    Space,
    Sign,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(earlier: &str, later: &str) -> String {
        let show = |stretch: Stretch| match stretch.mark {
            Mark::Kept => stretch.text,
            Mark::TakenOut => format!("[-{}-]", stretch.text),
            Mark::PutIn => format!("[+{}+]", stretch.text),
        };
        words(earlier, later).into_iter().map(show).collect()
    }

    #[test]
    fn replaced_words_stand_together() {
        assert_eq!(
            marked("We want 3 senior posts, now.", "We want 5 junior posts."),
            "We want [-3 senior-][+5 junior+] posts[-, now-]."
        );
        assert_eq!(marked("same", "same"), "same");
        assert_eq!(marked("", "new words"), "[+new words+]");
    }

    proptest! {
        #[test]
        fn both_wordings_can_be_read_back(earlier in "[ab ,.\n]{0,30}", later in "[ab ,.\n]{0,30}") {
            let stretches = words(&earlier, &later);
            let without = |left_out: Mark| {
                stretches.iter().filter(|one| one.mark != left_out).map(|one| one.text.as_str()).collect::<String>()
            };
            prop_assert_eq!(without(Mark::PutIn), earlier);
            prop_assert_eq!(without(Mark::TakenOut), later);
        }
    }
}
