//! The course of a mailing: started when due, paused, resumed, cancelled, sent.

use chrono::{DateTime, Duration, Utc};

use super::due::Before;
use super::mailing::{Kind, Mailing, State, check_state, get};
use super::queries;
use crate::audit::Deed;
use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx, queue};

/// The kind of the job that writes a mailing's outbox rows; the job bears the mailing's own id.
pub const FAN_OUT: &str = "fan_out";

/// Stops for now; what a worker already holds still goes.
///
/// # Errors
/// When there is nothing to pause.
pub fn pause(tx: &mut Tx, deed: &Deed, id: Id) -> Result<Mailing, Refusal> {
    let mailing = get(tx, id)?;
    match mailing.state {
        State::Planned | State::Sending | State::Held => change(tx, deed, mailing, State::Paused, "pause mailing"),
        State::Paused => Ok(mailing),
        State::Sent | State::Cancelled => Err(over(&mailing)),
    }
}

/// Goes on after a pause, or sends what was held.
///
/// # Errors
/// When it is over.
pub fn resume(tx: &mut Tx, deed: &Deed, id: Id) -> Result<Mailing, Refusal> {
    let mailing = get(tx, id)?;
    match mailing.state {
        State::Paused | State::Held if mailing.due_at > deed.now => {
            change(tx, deed, mailing, State::Planned, "resume mailing")
        }
        State::Paused | State::Held => {
            queue_fan_out(tx, &mailing, deed.now)?;
            change(tx, deed, mailing, State::Sending, "resume mailing")
        }
        State::Planned | State::Sending => Ok(mailing),
        State::Sent | State::Cancelled => Err(over(&mailing)),
    }
}

/// Stops for good what has not been sent yet.
///
/// # Errors
/// When all of it is sent.
pub fn cancel(tx: &mut Tx, deed: &Deed, id: Id) -> Result<Mailing, Refusal> {
    let mailing = get(tx, id)?;
    match mailing.state {
        State::Cancelled => Ok(mailing),
        State::Sent => Err(over(&mailing)),
        State::Planned | State::Sending | State::Paused | State::Held => {
            queries::cancel_waiting(tx, id, deed.now)?;
            change(tx, deed, mailing, State::Cancelled, "cancel mailing")
        }
    }
}

/// Moves what goes out before the deadline along with a deadline that has moved.
///
/// # Errors
/// When the database fails.
pub fn follow_deadline(tx: &mut Tx, of: &Consultation) -> Result<(), Fault> {
    for mailing in queries::mailings(tx, of.id)? {
        let before = mailing.before_deadline.as_deref().and_then(Before::parse);
        if let Some(before) = before
            && matches!(mailing.state, State::Planned | State::Paused | State::Held)
        {
            queries::set_due(tx, mailing.id, before.of(&of.deadline))?;
        }
    }
    Ok(())
}

/// Starts every mailing that is due. What was missed by [`MISSED`] or more is held until somebody
/// looks, and what asks for words after comments have closed is cancelled.
///
/// # Errors
/// When the database fails.
pub fn start_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<usize, Refusal> {
    let due = queries::due_mailings(tx, now)?;
    for mailing in &due {
        let of = consultations::by_id(tx, mailing.consultation_id)?;
        let state = if check_state(&of, mailing.kind, now).is_err() {
            State::Cancelled
        } else if now - mailing.due_at > MISSED && mailing.kind != Kind::Thanks {
            State::Held
        } else {
            queue_fan_out(tx, mailing, now)?;
            State::Sending
        };
        queries::set_mailing_state(tx, mailing.id, state)?;
    }
    Ok(due.len())
}

/// Notes as sent every mailing whose messages have all come to an end.
///
/// # Errors
/// When the database fails.
pub fn finish_sent(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Fault> {
    queries::give_up_on_cancelled(tx, now)?;
    queries::finish_sent(tx)
}

/// A mailing that the server slept through for longer is not sent unasked.
const MISSED: Duration = Duration::hours(12);

fn queue_fan_out(tx: &mut Tx, mailing: &Mailing, now: DateTime<Utc>) -> Result<(), Fault> {
    if queries::is_fanning_out(tx, mailing.id)? {
        return Ok(());
    }
    let payload = serde_json::json!({ "mailing": mailing.id });
    queue::add(tx, mailing.id, FAN_OUT, &payload.to_string(), now)
}

fn change(tx: &mut Tx, deed: &Deed, mailing: Mailing, state: State, action: &str) -> Result<Mailing, Refusal> {
    queries::set_mailing_state(tx, mailing.id, state)?;
    let slug = consultations::by_id(tx, mailing.consultation_id)?.slug;
    deed.record(tx, action, &slug, &serde_json::json!({ "mailing": mailing.id }))?;
    Ok(Mailing { state, ..mailing })
}

pub(super) fn over(mailing: &Mailing) -> Refusal {
    match mailing.state {
        State::Cancelled => Refusal::conflict("mailing-cancelled", "This mailing is cancelled; plan another."),
        _ => Refusal::conflict("mailing-sent", "This mailing is sent; nothing is left to stop."),
    }
}
