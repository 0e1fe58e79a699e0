//! The list of questions: what may be done to it, and until when.

use super::queries;
use super::{NewQuestion, QUESTIONS_MAX, Question, checked};
use crate::audit::Deed;
use crate::consultations::{Consultation, State, by_slug};
use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};

/// All questions of a consultation, in order.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx, consultation: Id) -> Result<Vec<Question>, Fault> {
    queries::list(tx, consultation)
}

/// Asks one more, at the end; while members may still answer.
///
/// # Errors
/// Fields to mend, too many questions, or a consultation that is closed.
pub fn add(tx: &mut Tx, deed: &Deed, slug: &str, new: &NewQuestion) -> Result<Question, Refusal> {
    let of = by_slug(tx, slug)?;
    if !matches!(of.state, State::Preparing | State::Open) {
        return Err(Refusal::conflict("not-open", "The consultation is closed, so nobody could answer."));
    }
    let there = list(tx, of.id)?.len();
    let question = made(deed, of.id, there, new)?;
    queries::insert(tx, &question)?;
    note(tx, deed, "add question", &of, there + 1)?;
    Ok(question)
}

/// Changes a question; only before the consultation opens.
///
/// # Errors
/// Fields to mend, no such question, or questions that are fixed.
pub fn edit(tx: &mut Tx, deed: &Deed, slug: &str, id: Id, new: &NewQuestion) -> Result<Question, Refusal> {
    let of = preparing(tx, slug)?;
    let all = list(tx, of.id)?;
    let old = all.iter().find(|one| one.id == id).ok_or(Refusal::Unknown("question"))?;
    let changed = Question { id, ordinal: old.ordinal, ..made(deed, of.id, 0, new)? };
    queries::update(tx, &changed)?;
    note(tx, deed, "change question", &of, all.len())?;
    Ok(changed)
}

/// Takes a question out; only before the consultation opens.
///
/// # Errors
/// No such question, or questions that are fixed.
pub fn remove(tx: &mut Tx, deed: &Deed, slug: &str, id: Id) -> Result<(), Refusal> {
    let of = preparing(tx, slug)?;
    let mut all = list(tx, of.id)?;
    let place = all.iter().position(|one| one.id == id).ok_or(Refusal::Unknown("question"))?;
    all.remove(place);
    queries::delete(tx, id)?;
    put_in_order(tx, &all)?;
    note(tx, deed, "remove question", &of, all.len())
}

/// Moves a question one place up or down; at the end of the list it stays.
///
/// # Errors
/// No such question, or questions that are fixed.
pub fn shift(tx: &mut Tx, deed: &Deed, slug: &str, id: Id, up: bool) -> Result<(), Refusal> {
    let of = preparing(tx, slug)?;
    let mut all = list(tx, of.id)?;
    let place = all.iter().position(|one| one.id == id).ok_or(Refusal::Unknown("question"))?;
    let other = if up { place.checked_sub(1) } else { Some(place + 1) };
    if let Some(other) = other.filter(|other| *other < all.len()) {
        all.swap(place, other);
        put_in_order(tx, &all)?;
        note(tx, deed, "order questions", &of, all.len())?;
    }
    Ok(())
}

/// Puts a whole list in the place of the one there is: those named by their id stay the same
/// question. An open consultation keeps what it asks, word for word, and may only get more.
///
/// # Errors
/// Fields to mend (`questions[0].wording`, …), an id that is not there, or questions that are fixed.
pub fn replace(tx: &mut Tx, deed: &Deed, slug: &str, new: &[(Option<Id>, NewQuestion)]) -> Result<(), Refusal> {
    let of = by_slug(tx, slug)?;
    let old = list(tx, of.id)?;
    if new.len() > QUESTIONS_MAX {
        return Err(too_many());
    }
    let mut problems = Problems::default();
    let mut asked: Vec<Question> = Vec::new();
    for (place, (id, one)) in new.iter().enumerate() {
        match made(deed, of.id, place, one) {
            Ok(question) => asked.push(Question { id: id.unwrap_or(question.id), ..question }),
            Err(Refusal::Invalid(found)) => {
                for problem in found {
                    problems.note(&format!("questions[{place}].{}", problem.field), problem.code, problem.detail);
                }
            }
            Err(refusal) => return Err(refusal),
        }
        let is_known = id.is_none_or(|id| old.iter().any(|known| known.id == id));
        let is_first = id.is_none_or(|id| new.iter().filter(|(other, _)| *other == Some(id)).count() == 1);
        if !is_known || !is_first {
            problems.note(&format!("questions[{place}].id"), "unknown", "Leave the id out for a new question.");
        }
    }
    problems.none()?;
    if asked == old {
        return Ok(());
    }
    if of.state != State::Preparing && !(of.state == State::Open && asked.starts_with(&old)) {
        return Err(fixed());
    }
    for gone in old.iter().filter(|known| asked.iter().all(|one| one.id != known.id)) {
        queries::delete(tx, gone.id)?;
    }
    for one in &asked {
        if old.iter().any(|known| known.id == one.id) { queries::update(tx, one)? } else { queries::insert(tx, one)? }
    }
    note(tx, deed, "set questions", &of, asked.len())
}

fn made(deed: &Deed, consultation: Id, place: usize, new: &NewQuestion) -> Result<Question, Refusal> {
    let (kind, new) = checked(new)?;
    let ordinal = i32::try_from(place).ok().filter(|_| place < QUESTIONS_MAX).ok_or_else(too_many)?;
    Ok(Question {
        id: deed.new_id(),
        consultation_id: consultation,
        ordinal,
        block_key: new.block_key,
        kind,
        wording: new.wording,
        help: new.help,
        options: new.options,
        offers_other: new.offers_other,
        offers_no_answer: new.offers_no_answer,
        scale: new.scale,
    })
}

fn put_in_order(tx: &mut Tx, all: &[Question]) -> Result<(), Fault> {
    for (ordinal, one) in (0..).zip(all) {
        if one.ordinal != ordinal {
            queries::update(tx, &Question { ordinal, ..one.clone() })?;
        }
    }
    Ok(())
}

fn preparing(tx: &mut Tx, slug: &str) -> Result<Consultation, Refusal> {
    let of = by_slug(tx, slug)?;
    if of.state == State::Preparing { Ok(of) } else { Err(fixed()) }
}

fn note(tx: &mut Tx, deed: &Deed, action: &str, of: &Consultation, questions: usize) -> Result<(), Refusal> {
    Ok(deed.record(tx, action, &of.slug, &serde_json::json!({ "questions": questions }))?)
}

fn fixed() -> Refusal {
    Refusal::conflict(
        "fixed-at-opening",
        "The questions are fixed since the consultation opened; while it is open, new ones can be added at the end.",
    )
}

fn too_many() -> Refusal {
    Refusal::field("questions", "too-many", format!("Ask at most {QUESTIONS_MAX} questions."))
}
