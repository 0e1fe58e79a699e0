//! Answers as the desks see them: counts by question and label, exact for use inside the union, and
//! what was said in words.

use super::queries;
use crate::consultations::question::{self, Question};
use crate::ids::{CommentId, Id};
use crate::refusal::Refusal;
use crate::responses::voice::Kind;
use crate::responses::{Desk, DeskLabel, Permission, Source};
use crate::store::Tx;

/// How a question was answered, of what has reached the desks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerCounts {
    pub question: Question,
    /// As `Question::choices`.
    pub choices: Vec<String>,
    /// One for each label, in the order of [`Desk::labels`].
    pub labels: Vec<LabelAnswers>,
}

/// The answers under one label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelAnswers {
    /// Who answered the question; where several may be chosen, fewer than the choices add up to.
    pub answered: usize,
    /// In the order of the choices.
    pub chosen: Vec<usize>,
    /// Answers with words.
    pub words: usize,
}

impl AnswerCounts {
    /// All labels together.
    #[must_use]
    pub fn total(&self) -> LabelAnswers {
        let mut all = LabelAnswers { chosen: vec![0; self.choices.len()], ..LabelAnswers::default() };
        for label in &self.labels {
            all.answered += label.answered;
            all.words += label.words;
            all.chosen.iter_mut().zip(&label.chosen).for_each(|(sum, count)| *sum += count);
        }
        all
    }
}

/// An answer in words as negotiators see it.
#[derive(Debug, Clone)]
pub struct AnswerWords {
    /// Another name than its writer knows.
    pub id: CommentId,
    pub question: Id,
    pub chosen: Vec<String>,
    pub words: String,
    pub permission: Permission,
    pub source: Source,
    pub label: String,
    pub late: bool,
    /// Only where the member gave it.
    pub name: Option<String>,
    pub batch: Option<chrono::NaiveDate>,
}

/// Which answers in words, and from where on.
#[derive(Debug, Clone, Default)]
pub struct WordsFilter {
    /// A label's id or name.
    pub label: Option<String>,
    pub after: Option<CommentId>,
}

/// How every question of the desk's consultation was answered, in order.
///
/// # Errors
/// When the database fails.
pub fn answer_counts(tx: &mut Tx, desk: &Desk) -> Result<Vec<AnswerCounts>, Refusal> {
    let labels = desk.labels();
    let place = |label: Id| labels.iter().position(|(id, _)| *id == label);
    let mut counts: Vec<AnswerCounts> = question::list(tx, desk.consultation)?
        .into_iter()
        .map(|question| {
            let choices = question.choices();
            let none = LabelAnswers { chosen: vec![0; choices.len()], ..LabelAnswers::default() };
            AnswerCounts { question, choices, labels: vec![none; labels.len()] }
        })
        .collect();
    for (question, label, given, count) in queries::chosen(tx, desk.consultation)? {
        let Some((of, label)) = counts.iter_mut().find(|one| one.question.id == question).zip(place(label)) else {
            continue;
        };
        let AnswerCounts { choices, labels, .. } = of;
        labels[label].answered += count;
        for choice in &given {
            if let Some(at) = choices.iter().position(|known| known == choice) {
                labels[label].chosen[at] += count;
            }
        }
    }
    for (question, label, count) in queries::words_count(tx, desk.consultation)? {
        if let Some((of, label)) = counts.iter_mut().find(|one| one.question.id == question).zip(place(label)) {
            of.labels[label].words = usize::try_from(count).unwrap_or_default();
        }
    }
    Ok(counts)
}

/// At most `limit` answers in words to one question, and the last of them when more follow. Their order
/// is by chance, and stays the same.
///
/// # Errors
/// A label that is not there; a missing key when names must be shown.
pub fn answer_words(
    tx: &mut Tx,
    desk: &Desk,
    question: Id,
    filter: &WordsFilter,
    limit: usize,
) -> Result<(Vec<AnswerWords>, Option<CommentId>), Refusal> {
    let label = filter.label.as_ref().map(|wanted| label(desk.labels(), wanted)).transpose()?;
    let mut found = queries::words(tx, question, label, filter.after.map(|after| after.0), limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let is_named = |kind: &str| kind == Kind::Named.as_str();
    let voices: Vec<Id> =
        found.iter().filter(|(_, _, kind)| is_named(kind)).map(|(answer, ..)| answer.voice_id).collect();
    let names = desk.names_of(tx, &voices)?;
    let shown: Vec<AnswerWords> = found
        .into_iter()
        .map(|(answer, label, kind)| AnswerWords {
            id: CommentId(answer.key),
            question: answer.question_id,
            name: if is_named(&kind) { names.get(&answer.voice_id).cloned() } else { None },
            label: desk.labels().iter().find(|(id, _)| *id == label).map(|(_, name)| name.clone()).unwrap_or_default(),
            chosen: answer.given,
            words: answer.words,
            permission: answer.permission,
            source: answer.source,
            late: answer.is_late,
            batch: answer.batch_on,
        })
        .collect();
    let next = if more { shown.last().map(|one| one.id) } else { None };
    Ok((shown, next))
}

fn label(labels: &[DeskLabel], wanted: &str) -> Result<Id, Refusal> {
    let found = labels.iter().find(|(id, name)| name == wanted || id.to_string() == wanted);
    found.map(|(id, _)| *id).ok_or(Refusal::Unknown("label"))
}
