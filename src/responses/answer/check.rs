//! Answers as typed, and whether they fit what was asked; pure, before anything is stored.

use serde::{Deserialize, Serialize};

use crate::consultations::question::{NO_ANSWER, OTHER};
use crate::consultations::{Question, QuestionKind};
use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::responses::Permission;
use crate::responses::voice::Kind;
use crate::text;

/// One answer as typed; empty takes back what was answered before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAnswer {
    pub question: Id,
    /// Of `Question::choices`.
    pub chosen: Vec<String>,
    /// A text answer, or the words beside "other".
    pub words: String,
}

/// Answers sent together.
#[derive(Debug, Clone, Default)]
pub struct NewAnswers {
    pub answers: Vec<NewAnswer>,
    /// None is *count only*.
    pub permission: Option<String>,
    pub with_name: bool,
}

/// Answers that fit their questions.
#[derive(Debug, Clone)]
pub struct CheckedAnswers {
    pub(super) answers: Vec<CheckedAnswer>,
    pub(super) permission: Permission,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) struct CheckedAnswer {
    pub(super) question: Id,
    pub(super) given: Vec<String>,
    pub(super) words: String,
}

impl CheckedAnswer {
    pub(super) fn is_empty(&self) -> bool {
        self.given.is_empty() && self.words.is_empty()
    }
}

impl CheckedAnswers {
    /// Whether anything is said in words of hers.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.answers.iter().any(|one| !one.words.is_empty())
    }

    /// Whether nothing is answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.iter().all(CheckedAnswer::is_empty)
    }
}

/// Most characters of a long text.
pub const LONG_MAX: usize = 4_000;

/// Checks answers against their questions. A problem's field is `q-` and the question's id.
///
/// # Errors
/// Every field that must be mended; a question that is not asked.
pub fn check(questions: &[Question], new: &NewAnswers) -> Result<CheckedAnswers, Refusal> {
    let mut problems = Problems::default();
    let mut answers: Vec<CheckedAnswer> = Vec::new();
    for one in &new.answers {
        let question =
            questions.iter().find(|question| question.id == one.question).ok_or(Refusal::Unknown("question"))?;
        let field = format!("q-{}", question.id);
        if answers.iter().any(|earlier| earlier.question == one.question) {
            problems.note(&field, "twice", "Answer each question once.");
        }
        answers.extend(check_one(&mut problems, &field, question, one));
    }
    let permission = match new.permission.as_deref().filter(|typed| !typed.is_empty()) {
        None => Some(Permission::CountOnly),
        Some(typed) => Permission::from_value(typed),
    };
    if permission.is_none() {
        problems.note("permission", "not-a-choice", "Choose one of the values that are offered.");
    }
    problems.none()?;
    Ok(CheckedAnswers {
        answers,
        permission: permission.unwrap_or(Permission::CountOnly),
        kind: if new.with_name { Kind::Named } else { Kind::Confidential },
    })
}

fn check_one(problems: &mut Problems, field: &str, question: &Question, new: &NewAnswer) -> Option<CheckedAnswer> {
    let typed = new.words.trim();
    let words = match question.kind {
        QuestionKind::LongText => text::words(field, typed, LONG_MAX),
        _ => text::optional_line(field, typed),
    };
    let words = problems.check(words)?;
    let offered = question.choices();
    if new.chosen.iter().any(|choice| !offered.contains(choice)) {
        problems.note(field, "not-a-choice", "Choose one of the values that are offered.");
        return None;
    }
    // In the order in which they are offered, each once.
    let mut given: Vec<String> = offered.into_iter().filter(|choice| new.chosen.contains(choice)).collect();
    if !words.is_empty() && !question.takes_words() {
        problems.note(field, "no-words", "This question is answered by a choice alone; say more in a comment.");
    } else if !words.is_empty() && !question.kind.is_text() && !given.iter().any(|choice| choice == OTHER) {
        // Words of one's own are "other", ticked or not; beside another single choice they would be lost.
        if question.kind == QuestionKind::Several || given.is_empty() {
            given.push(OTHER.to_owned());
        } else {
            problems.note(field, "other-not-chosen", "Choose \"other\", or take the words beside it out.");
        }
    }
    if question.kind != QuestionKind::Several && given.len() > 1 {
        problems.note(field, "one-choice", "Choose one answer only.");
    } else if given.len() > 1 && given.iter().any(|choice| choice == NO_ANSWER) {
        problems.note(field, "answer-or-not", "Choose answers, or that you prefer not to say.");
    }
    Some(CheckedAnswer { question: question.id, given, words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Chance;

    fn question(kind: QuestionKind) -> Question {
        let id = Chance::seeded(3).id(chrono::DateTime::UNIX_EPOCH);
        let text = kind.is_text();
        Question {
            id,
            consultation_id: id,
            ordinal: 0,
            block_key: None,
            kind,
            wording: "Three or five?".into(),
            help: String::new(),
            options: if text { Vec::new() } else { vec!["Three".into(), "Five".into()] },
            offers_other: !text,
            offers_no_answer: !text,
            scale: None,
        }
    }

    fn answered(kind: QuestionKind, chosen: &[&str], words: &str) -> Result<(Vec<String>, String), &'static str> {
        let question = question(kind);
        let chosen = chosen.iter().map(|&choice| choice.to_owned()).collect();
        let answers = vec![NewAnswer { question: question.id, chosen, words: words.to_owned() }];
        match check(&[question], &NewAnswers { answers, ..NewAnswers::default() }) {
            Ok(mut checked) => checked.answers.pop().map(|one| (one.given, one.words)).ok_or("nothing"),
            Err(Refusal::Invalid(problems)) => Err(problems[0].code),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn words_beside_a_choice_are_other_and_never_lost() {
        let own = |chosen: &[&str]| (chosen.iter().map(|&one| one.to_owned()).collect(), "Four".to_owned());
        assert_eq!(answered(QuestionKind::OneChoice, &[], " Four "), Ok(own(&["other"])));
        assert_eq!(answered(QuestionKind::OneChoice, &["1"], "Four"), Err("other-not-chosen"));
        assert_eq!(answered(QuestionKind::Several, &["1"], "Four"), Ok(own(&["1", "other"])));
        assert_eq!(answered(QuestionKind::LongText, &[], "Four"), Ok(own(&[])));
    }

    #[test]
    fn what_was_not_offered_is_no_answer() {
        assert_eq!(answered(QuestionKind::OneChoice, &["3"], ""), Err("not-a-choice"));
        assert_eq!(answered(QuestionKind::OneChoice, &["1", "2"], ""), Err("one-choice"));
        assert_eq!(answered(QuestionKind::Several, &["1", "no_answer"], ""), Err("answer-or-not"));
        assert_eq!(answered(QuestionKind::ShortText, &["no_answer"], ""), Err("not-a-choice"));
        assert_eq!(answered(QuestionKind::ShortText, &[], "two\nlines"), Err("one-line"));
        assert_eq!(answered(QuestionKind::LongText, &[], &"x".repeat(LONG_MAX + 1)), Err("too-long"));
        assert_eq!(answered(QuestionKind::Several, &["2", "1"], ""), Ok((vec!["1".into(), "2".into()], String::new())));
    }
}
