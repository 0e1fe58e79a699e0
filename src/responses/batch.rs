//! Words reach the desks in batches: once a day when at least three voices have something new, and
//! the rest when the consultation closes; so nobody can tie a comment to a moment.

use chrono::{DateTime, NaiveDate, Timelike, Utc};

use super::{answer, queries};
use crate::consultations::{self, Consultation, State, joining};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Side, Store, Tx, backend};

/// Fewest voices with something new for a batch before closing.
pub const FEWEST_VOICES: usize = 3;

/// The batch that a consultation is due at `now`, if any: its local day.
///
/// One a day, from `hour` on; a server that was down at that hour makes up for it.
#[must_use]
pub fn due(consultation: &Consultation, now: DateTime<Utc>, hour: u32) -> Option<NaiveDate> {
    let local = now.with_timezone(&consultation.deadline.zone);
    let today = local.date_naive();
    let waits = consultation.last_batch_on.is_none_or(|last| last < today);
    (consultation.state == State::Open && waits && local.hour() >= hour).then_some(today)
}

/// Brings today's words to the desks if there are enough voices. True when something changed.
///
/// # Errors
/// When the database fails.
pub async fn daily(store: &Store, consultation: &Consultation, day: NaiveDate) -> Result<bool, Refusal> {
    let id = consultation.id;
    store
        .write(Side::Voices, move |tx| {
            let held = held(tx, id)?;
            let mut voices = queries::voices_with_news(tx, id)?;
            voices.extend(answer::voices_with_news(tx, id)?);
            let waiting = queries::held_voices(tx, held)?;
            let enough = voices.difference(&waiting).count() >= FEWEST_VOICES;
            let changed = enough && bring(tx, id, day, held)?;
            consultations::batch_done(tx, id, day, changed, None)?;
            Ok(changed)
        })
        .await
}

/// The closing work of a closed consultation: all words reach the desks, and what was kept to
/// recognise repeated submissions goes, and so do words that were typed and never sent. Doing it again does nothing.
///
/// # Errors
/// When the database fails.
pub async fn last(store: &Store, consultation: &Consultation, now: DateTime<Utc>) -> Result<(), Refusal> {
    let (id, day) = (consultation.id, consultation.day_of(now));
    store
        .write(Side::Voices, move |tx| {
            if consultations::by_id(tx, id)?.words_in_at.is_some() {
                return Ok(());
            }
            let held = held(tx, id)?;
            let changed = bring(tx, id, day, held)?;
            queries::drop_replays(tx, id)?;
            if queries::drop_all_kept(tx, id)? > 0 {
                backend::compact(tx)?;
            }
            consultations::batch_done(tx, id, day, changed, Some(now))?;
            Ok::<_, Refusal>(())
        })
        .await
}

/// The label whose confidential words wait: colleagues who are not members, as long as they are few.
fn held(tx: &mut Tx, consultation: Id) -> Result<Option<Id>, Refusal> {
    let colleagues = joining::colleagues(tx, consultation)?;
    Ok(colleagues.filter(joining::Colleagues::are_held).map(|colleagues| colleagues.label))
}

/// Everything new takes its place; what was withdrawn or changed leaves.
fn bring(tx: &mut Tx, consultation: Id, day: NaiveDate, held: Option<Id>) -> Result<bool, Refusal> {
    let left = queries::drop_replaced(tx, consultation)?
        + queries::drop_withdrawn(tx, consultation)?
        + answer::drop_replaced(tx, consultation)?
        + answer::drop_withdrawn(tx, consultation)?;
    let came = queries::stamp_batch(tx, consultation, day, held)? + answer::stamp_batch(tx, consultation, day, held)?;
    if left > 0 {
        backend::compact(tx)?;
    }
    Ok(left + came > 0)
}
