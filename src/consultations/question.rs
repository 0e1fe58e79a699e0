//! What members are asked beside the draft: their questions, in order.
//!
//! Fixed when the consultation opens, but for new ones at the end: whoever reads an answer must
//! know what was asked, and nobody shall learn from a refusal that somebody has answered.

mod list;
mod queries;

use serde::{Deserialize, Serialize};

pub use self::list::{add, edit, list, remove, replace, shift};
use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::text;

crate::values! {
    /// How a question is answered.
    QuestionKind {
        OneChoice = "one_choice",
        Several = "several",
        Scale = "scale",
        ShortText = "short_text",
        LongText = "long_text",
    }
}

impl QuestionKind {
    /// Whether it is answered in words alone.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::ShortText | Self::LongText)
    }

    fn has_options(self) -> bool {
        matches!(self, Self::OneChoice | Self::Several)
    }
}

/// Whole numbers from one to another, with words at both ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    pub from: i32,
    pub to: i32,
    #[serde(default)]
    pub from_words: String,
    #[serde(default)]
    pub to_words: String,
}

/// A question as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewQuestion {
    pub kind: String,
    pub wording: String,
    pub help: String,
    pub options: Vec<String>,
    pub offers_other: bool,
    pub offers_no_answer: bool,
    pub scale: Option<Scale>,
    /// Key of the block it is about; whoever calls has found it.
    pub block_key: Option<String>,
}

/// A question as it is stored. Answering is never required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub id: Id,
    pub consultation_id: Id,
    /// From 0, without gaps.
    pub ordinal: i32,
    pub block_key: Option<String>,
    pub kind: QuestionKind,
    pub wording: String,
    pub help: String,
    pub options: Vec<String>,
    pub offers_other: bool,
    pub offers_no_answer: bool,
    pub scale: Option<Scale>,
}

/// The choice that brings words of one's own.
pub const OTHER: &str = "other";
/// "Prefer not to say".
pub const NO_ANSWER: &str = "no_answer";

/// Most questions of a consultation: two minutes are soon over.
pub const QUESTIONS_MAX: usize = 20;
/// Most options of a choice.
pub const OPTIONS_MAX: usize = 12;
const WORDING_MAX: usize = 300;
const HIGHEST: i32 = 10;

impl Question {
    /// What may be chosen, in order: options by their number from 1, points of a scale, [`OTHER`],
    /// [`NO_ANSWER`]. Empty for a question that is answered in words alone.
    #[must_use]
    pub fn choices(&self) -> Vec<String> {
        let numbers = match (&self.scale, self.kind) {
            (Some(scale), QuestionKind::Scale) => (scale.from..=scale.to).map(|point| point.to_string()).collect(),
            _ => (1..=self.options.len()).map(|number| number.to_string()).collect::<Vec<_>>(),
        };
        let other = self.offers_other.then(|| OTHER.to_owned());
        let none = self.offers_no_answer.then(|| NO_ANSWER.to_owned());
        numbers.into_iter().chain(other).chain(none).collect()
    }

    /// As members see it, from 1.
    #[must_use]
    pub fn number(&self) -> usize {
        usize::try_from(self.ordinal).unwrap_or_default() + 1
    }

    /// The words of an option; none for the points of a scale and for what every question may offer.
    #[must_use]
    pub fn option(&self, choice: &str) -> Option<&str> {
        let number: usize = choice.parse().ok()?;
        self.options.get(number.checked_sub(1)?).map(String::as_str)
    }

    /// Whether it can be answered in words, if only beside a choice.
    #[must_use]
    pub fn takes_words(&self) -> bool {
        self.kind.is_text() || self.offers_other
    }

    /// As it could have been typed.
    #[must_use]
    pub fn typed(&self) -> NewQuestion {
        NewQuestion {
            kind: self.kind.to_string(),
            wording: self.wording.clone(),
            help: self.help.clone(),
            options: self.options.clone(),
            offers_other: self.offers_other,
            offers_no_answer: self.offers_no_answer,
            scale: self.scale.clone(),
            block_key: self.block_key.clone(),
        }
    }
}

/// A question whose parts are in order; what its kind does not have is left out.
///
/// # Errors
/// Every field that must be mended.
fn checked(new: &NewQuestion) -> Result<(QuestionKind, NewQuestion), Refusal> {
    let mut problems = Problems::default();
    let kind = QuestionKind::from_value(&new.kind);
    if kind.is_none() {
        problems.note("kind", "not-a-choice", "Choose one_choice, several, scale, short_text or long_text.");
    }
    let wording = problems.check(text::words("wording", new.wording.trim(), WORDING_MAX));
    if wording.as_deref() == Some("") {
        problems.note("wording", "missing", "Write the question.");
    }
    let help = problems.check(text::words("help", new.help.trim(), WORDING_MAX));
    let options = if kind.is_some_and(QuestionKind::has_options) { options(&mut problems, new) } else { Vec::new() };
    let scale = if kind == Some(QuestionKind::Scale) { scale(&mut problems, new) } else { None };
    problems.none()?;
    let (Some(kind), Some(wording), Some(help)) = (kind, wording, help) else {
        return Err(Refusal::Invalid(Vec::new()));
    };
    let checked = NewQuestion {
        kind: kind.to_string(),
        wording,
        help,
        options,
        offers_other: new.offers_other && kind.has_options(),
        offers_no_answer: new.offers_no_answer && !kind.is_text(),
        scale,
        block_key: new.block_key.clone(),
    };
    Ok((kind, checked))
}

fn options(problems: &mut Problems, new: &NewQuestion) -> Vec<String> {
    let typed = new.options.iter().filter(|option| !option.trim().is_empty());
    let options: Vec<String> =
        typed.filter_map(|option| problems.check(text::optional_line("options", option))).collect();
    let mut distinct = options.clone();
    distinct.sort();
    distinct.dedup();
    if options.len() < 2 {
        problems.note("options", "too-few", "Give at least two answers to choose from.");
    } else if options.len() > OPTIONS_MAX {
        problems.note("options", "too-many", format!("Give at most {OPTIONS_MAX} answers to choose from."));
    } else if distinct.len() < options.len() {
        problems.note("options", "twice", "Give each answer once.");
    }
    options
}

fn scale(problems: &mut Problems, new: &NewQuestion) -> Option<Scale> {
    let Some(scale) = &new.scale else {
        problems.note("scale", "missing", "Give the first and last number of the scale.");
        return None;
    };
    if !(0..=1).contains(&scale.from) || !(scale.from + 2..=HIGHEST).contains(&scale.to) {
        problems.note("scale", "out-of-range", "Begin the scale at 0 or 1, and end it between two more and 10.");
    }
    let from_words = problems.check(text::optional_line("scale.from_words", &scale.from_words))?;
    let to_words = problems.check(text::optional_line("scale.to_words", &scale.to_words))?;
    Some(Scale { from: scale.from, to: scale.to, from_words, to_words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Chance;

    fn asked(kind: &str, options: &[&str]) -> NewQuestion {
        NewQuestion {
            kind: kind.into(),
            wording: "Three or five?".into(),
            options: options.iter().map(|&option| option.to_owned()).collect(),
            ..NewQuestion::default()
        }
    }

    fn codes(new: &NewQuestion) -> Vec<(String, &'static str)> {
        match checked(new) {
            Err(Refusal::Invalid(problems)) => {
                problems.into_iter().map(|problem| (problem.field, problem.code)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_part_that_must_be_mended_is_named_at_once() {
        let new = NewQuestion { wording: " ".into(), ..asked("one_choice", &["Three"]) };
        assert_eq!(codes(&new), [("wording".to_owned(), "missing"), ("options".to_owned(), "too-few")]);
        assert_eq!(codes(&asked("several", &["Three", " Three"])), [("options".to_owned(), "twice")]);
        assert_eq!(codes(&asked("guess", &[])), [("kind".to_owned(), "not-a-choice")]);
        assert_eq!(codes(&asked("scale", &[])), [("scale".to_owned(), "missing")]);
        for (from, to) in [(2, 5), (-1, 5), (1, 2), (0, 11), (1, i32::MIN)] {
            let scale = Some(Scale { from, to, from_words: String::new(), to_words: String::new() });
            assert_eq!(codes(&NewQuestion { scale, ..asked("scale", &[]) }), [("scale".to_owned(), "out-of-range")]);
        }
    }

    #[test]
    fn what_its_kind_does_not_have_is_left_out() {
        let new = NewQuestion { offers_other: true, offers_no_answer: true, ..asked("long_text", &["a", "b"]) };
        let (kind, stored) = checked(&new).unwrap();
        assert_eq!(kind, QuestionKind::LongText);
        assert_eq!((stored.options.len(), stored.offers_other, stored.offers_no_answer), (0, false, false));
    }

    #[test]
    fn choices_come_in_the_order_in_which_they_are_asked() {
        let id = Chance::seeded(1).id(chrono::DateTime::UNIX_EPOCH);
        let question = Question {
            id,
            consultation_id: id,
            ordinal: 0,
            block_key: None,
            kind: QuestionKind::OneChoice,
            wording: String::new(),
            help: String::new(),
            options: vec!["Three".into(), "Five".into()],
            offers_other: true,
            offers_no_answer: true,
            scale: None,
        };
        assert_eq!(question.choices(), ["1", "2", OTHER, NO_ANSWER]);
        assert_eq!((question.option("2"), question.option("3"), question.option("0")), (Some("Five"), None, None));
    }
}
