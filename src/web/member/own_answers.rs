//! Her own answers as she sees them again.

use super::asked::choice_view;
use crate::consultations::{Consultation, Question, question};
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, Author, NewAnswer};
use crate::store::Tx;
use crate::web::view::{OwnAnswerView, OwnAnswers};

/// All she answered, for a page that shows her response; `open` while it may be changed.
///
/// # Errors
/// When the database fails.
pub fn own_answers(
    tx: &mut Tx,
    author: &Author,
    consultation: &Consultation,
    open: bool,
) -> Result<OwnAnswers, Refusal> {
    let questions = question::list(tx, consultation.id)?;
    let mine = responses::my_answers(tx, author)?;
    let items = mine.iter().filter_map(|mine| {
        let question = questions.iter().find(|question| question.id == mine.answer.question_id)?;
        let answer =
            NewAnswer { question: question.id, chosen: mine.answer.given.clone(), words: mine.answer.words.clone() };
        Some(OwnAnswerView { late: mine.answer.is_late, ..answer_view(question, &answer) })
    });
    Ok(OwnAnswers {
        items: items.collect(),
        of: questions.len(),
        reference: mine.first().map(|mine| mine.answer.receipt.clone()),
        change_url: (open && !questions.is_empty()).then(|| links::questions(&consultation.slug)),
    })
}

/// One answer as it is read.
pub fn answer_view(question: &Question, answer: &NewAnswer) -> OwnAnswerView {
    OwnAnswerView {
        id: question.id.to_string(),
        number: question.number(),
        wording: question.wording.clone(),
        choices: answer.chosen.iter().map(|choice| choice_view(question, choice, &answer.chosen)).collect(),
        words: answer.words.clone(),
        late: false,
    }
}
