//! Answers to the consultation's questions. They hang on the voice exactly as comments do, count at
//! once, and reach the desks with the next batch; a change of what is there already is a second row
//! with the same id. A voice has one answer to each question.

mod check;
mod desk;
mod queries;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use self::check::{CheckedAnswers, NewAnswer, NewAnswers, check};
pub use self::desk::{AnswerCounts, AnswerWords, LabelAnswers, WordsFilter, answer_counts, answer_words};
pub(super) use self::queries::{
    batched_voices, drop_replaced, drop_withdrawn, receipt_is_taken, stamp_batch, voices_with_news,
};
use super::comment::{self, Permission, Source, only_before_deadline, too_late};
use super::replay::{self, ReplayKey};
use super::voice::{self, Author, Kind};
use crate::consultations::{Arrival, Consultation, question};
use crate::ids::{Chance, CommentId, Id};
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// An answer as it is stored.
#[derive(Debug, Clone)]
pub struct Answer {
    pub key: i64,
    pub id: CommentId,
    pub consultation_id: Id,
    pub voice_id: Id,
    pub question_id: Id,
    /// What was chosen, of `Question::choices`.
    pub given: Vec<String>,
    /// A text answer, or the words beside "other".
    pub words: String,
    pub permission: Permission,
    pub source: Source,
    pub is_late: bool,
    pub reader_tag: Vec<u8>,
    pub receipt: String,
    pub batch_on: Option<NaiveDate>,
    pub is_withdrawn: bool,
}

/// One of her own answers, as its writer sees it.
#[derive(Debug, Clone)]
pub struct MyAnswer {
    pub answer: Answer,
    pub with_name: bool,
}

/// What a member gets for her answers: known to her alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// One for all that was sent together; none when nothing of hers stands.
    pub receipt: Option<String>,
    pub late: bool,
    /// What stands now, of the questions that were sent.
    pub answers: Vec<StandingAnswer>,
    /// Questions that were answered from another device: their answers stay until a code shows them.
    pub kept: Vec<Id>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingAnswer {
    pub id: String,
    pub question: Id,
}

/// Stores answers that arrived at `arrived`: new ones, changed ones where the device `may_change` what
/// was said (strictly before the deadline), and takes back those that were sent empty. All or nothing.
///
/// # Errors
/// Too late; a replay key used for other words.
#[expect(clippy::too_many_arguments, reason = "who, where, when and what of one deed; each is another thing")]
pub fn answer(
    tx: &mut Tx,
    author: &Author,
    consultation: &Consultation,
    chance: &Chance,
    arrived: DateTime<Utc>,
    checked: &CheckedAnswers,
    may_change: bool,
    replay: Option<&ReplayKey>,
) -> Result<Answered, Refusal> {
    if let Some(replay) = replay
        && let Some(answered) = replay::earlier(tx, author, replay)?
    {
        return Ok(answered);
    }
    let late = match consultation.judge(arrived) {
        Arrival::OnTime => false,
        Arrival::Late => true,
        Arrival::TooLate => return Err(too_late(consultation)),
    };
    let known = my_answers(tx, author)?;
    let mut receipt = known.first().filter(|_| may_change).map(|mine| mine.answer.receipt.clone());
    let mut answered = Answered { receipt: None, late, answers: Vec::new(), kept: Vec::new() };
    for one in &checked.answers {
        let earlier = known.iter().find(|mine| mine.answer.question_id == one.question);
        match earlier {
            None if one.is_empty() => {}
            Some(_) if one.is_empty() && !may_change => {}
            None => {
                let receipt = match &receipt {
                    Some(receipt) => receipt.clone(),
                    None => receipt.insert(super::queries::free_receipt(tx, chance)?).clone(),
                };
                let new = fresh(author, consultation, chance, one, checked, late, receipt);
                // Said under an older link of hers, which this one cannot read: a voice answers once.
                queries::withdraw_of_question(tx, &author.voices(), one.question)?;
                voice::ensure(tx, author, checked.kind)?;
                queries::insert(tx, &new)?;
                stands(&mut answered, &new);
            }
            // Before anything else: whether it is the same would tell what was answered.
            Some(_) if !may_change => answered.kept.push(one.question),
            Some(mine) if is_same(mine, one, checked) => stands(&mut answered, &mine.answer),
            Some(mine) => {
                only_before_deadline(consultation, arrived)?;
                if one.is_empty() {
                    queries::withdraw(tx, mine.answer.id)?;
                } else {
                    let voice_id = voice::ensure(tx, author, checked.kind)?;
                    let changed = Answer {
                        voice_id,
                        given: one.given.clone(),
                        words: one.words.clone(),
                        permission: checked.permission,
                        ..mine.answer.clone()
                    };
                    stands(&mut answered, &store_changed(tx, chance, changed)?);
                }
            }
        }
    }
    if let Some(replay) = replay {
        replay::keep(tx, author, chance, replay, &answered)?;
    }
    Ok(answered)
}

/// Her answers under this generation of her link, in the order of the questions.
///
/// # Errors
/// When the database fails.
pub fn my_answers(tx: &mut Tx, author: &Author) -> Result<Vec<MyAnswer>, Fault> {
    let named = author.voice(Kind::Named);
    let mut current: Vec<MyAnswer> = Vec::new();
    for answer in queries::of_voices(tx, &author.voices())? {
        if answer.is_withdrawn || !author.wrote(answer.id, &answer.reader_tag) {
            continue;
        }
        let with_name = answer.voice_id == named;
        match current.iter_mut().find(|known| known.answer.id == answer.id) {
            // What is not yet at the desks is newer.
            Some(known) if answer.batch_on.is_none() => *known = MyAnswer { answer, with_name },
            Some(_) => {}
            None => current.push(MyAnswer { answer, with_name }),
        }
    }
    let order: Vec<Id> =
        question::list(tx, author.invitation.consultation_id)?.into_iter().map(|question| question.id).collect();
    current.sort_by_key(|mine| order.iter().position(|id| *id == mine.answer.question_id));
    Ok(current)
}

/// Permission and name as she chose them with what this link said before, comments first: asked once
/// for all she says. A choice that was made without words of hers was not asked.
///
/// # Errors
/// When the database fails.
pub fn choices_of(tx: &mut Tx, author: &Author) -> Result<Option<(Permission, bool)>, Fault> {
    if let Some(mine) = comment::mine(tx, author)?.last() {
        return Ok(Some((mine.comment.permission, mine.with_name)));
    }
    let answers = my_answers(tx, author)?;
    let asked = answers.iter().rev().find(|mine| mine.with_name || !mine.answer.words.is_empty());
    Ok(asked.map(|mine| (mine.answer.permission, mine.with_name)))
}

/// Sets permission and name of all her answers; strictly before the deadline.
///
/// # Errors
/// Too late, or the database fails.
pub fn choose_for_answers(
    tx: &mut Tx,
    author: &Author,
    consultation: &Consultation,
    chance: &Chance,
    arrived: DateTime<Utc>,
    permission: Permission,
    with_name: bool,
) -> Result<(), Refusal> {
    let kind = if with_name { Kind::Named } else { Kind::Confidential };
    for mine in my_answers(tx, author)? {
        only_before_deadline(consultation, arrived)?;
        if (mine.answer.permission, mine.with_name) != (permission, with_name) {
            let voice_id = voice::ensure(tx, author, kind)?;
            store_changed(tx, chance, Answer { voice_id, permission, ..mine.answer })?;
        }
    }
    Ok(())
}

/// Whether this generation of her link ever answered a question, taken back or not.
pub(super) fn answered_any(tx: &mut Tx, author: &Author) -> Result<bool, Fault> {
    let answers = queries::of_voices(tx, &author.voices())?;
    Ok(answers.iter().any(|answer| author.wrote(answer.id, &answer.reader_tag)))
}

fn fresh(
    author: &Author,
    consultation: &Consultation,
    chance: &Chance,
    one: &check::CheckedAnswer,
    checked: &CheckedAnswers,
    is_late: bool,
    receipt: String,
) -> Answer {
    let id = CommentId(chance.key());
    Answer {
        key: chance.key(),
        id,
        consultation_id: consultation.id,
        voice_id: author.voice(checked.kind),
        question_id: one.question,
        given: one.given.clone(),
        words: one.words.clone(),
        permission: checked.permission,
        source: Source::Web,
        is_late,
        reader_tag: author.reader_tag(id).to_vec(),
        receipt,
        batch_on: None,
        is_withdrawn: false,
    }
}

fn store_changed(tx: &mut Tx, chance: &Chance, mut changed: Answer) -> Result<Answer, Fault> {
    if changed.batch_on.is_some() {
        changed.key = chance.key();
        changed.batch_on = None;
        queries::insert(tx, &changed)?;
    } else {
        queries::update(tx, &changed)?;
    }
    Ok(changed)
}

fn is_same(mine: &MyAnswer, one: &check::CheckedAnswer, checked: &CheckedAnswers) -> bool {
    let of_her = (mine.answer.permission, mine.with_name);
    mine.answer.given == one.given
        && mine.answer.words == one.words
        && of_her == (checked.permission, checked.kind == Kind::Named)
}

fn stands(answered: &mut Answered, answer: &Answer) {
    answered.receipt.get_or_insert_with(|| answer.receipt.clone());
    answered.answers.push(StandingAnswer { id: answer.id.to_string(), question: answer.question_id });
}
