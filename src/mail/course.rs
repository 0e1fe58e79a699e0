//! The course of a mailing: started when due, paused, resumed, cancelled, sent.

use chrono::{DateTime, Duration, Utc};

use super::due::{Before, Timing, Turn};
use super::mailing::{Kind, Mailing, State, get};
use super::planning::{check_state, may_change};
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
        State::Paused | State::Held => {
            let of = consultations::by_id(tx, mailing.consultation_id)?;
            let is_missed = mailing.state == State::Held;
            let state = match Turn::of(&mailing, &of, deed.now) {
                Turn::Due(_) => State::Sending,
                Turn::Missed if is_missed => State::Sending,
                // The schedule decides when its time comes; a missed one is held until somebody looks.
                Turn::Waits | Turn::Missed | Turn::LeftOut => State::Planned,
            };
            if state == State::Sending {
                queue_fan_out(tx, &mailing, deed.now)?;
            }
            change(tx, deed, mailing, state, "resume mailing")
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

/// Sends now what is planned, paused or held, whenever it was to go.
///
/// # Errors
/// When it is over; when the consultation cannot get such mail now, or is not open yet.
pub fn send_now(tx: &mut Tx, deed: &Deed, id: Id) -> Result<Mailing, Refusal> {
    let mailing = get(tx, id)?;
    let of = consultations::by_id(tx, mailing.consultation_id)?;
    match mailing.state {
        State::Sending => return Ok(mailing),
        State::Sent | State::Cancelled => return Err(over(&mailing)),
        State::Planned | State::Paused | State::Held => check_state(&of, mailing.kind, deed.now)?,
    }
    if of.state == consultations::State::Preparing {
        return Err(Refusal::conflict("not-open", "Nobody is invited yet: open the consultation first."));
    }
    queries::set_timing_now(tx, id, deed.now)?;
    queue_fan_out(tx, &mailing, deed.now)?;
    let now = Mailing { timing: Timing::At, due_at: deed.now, before_deadline: None, at_time: None, ..mailing };
    change(tx, deed, now, State::Sending, "send mailing now")
}

/// Moves what goes out before the deadline or after closing along with a deadline that has moved,
/// as far as it has not begun.
///
/// # Errors
/// When the database fails.
pub fn follow_deadline(tx: &mut Tx, of: &Consultation) -> Result<(), Fault> {
    for (mailing, due_at) in following(tx, of)? {
        queries::set_due(tx, mailing.id, due_at)?;
    }
    Ok(())
}

/// The mailings that still follow the deadline of a consultation, each with when it is due by it.
pub(super) fn following(tx: &mut Tx, of: &Consultation) -> Result<Vec<(Mailing, DateTime<Utc>)>, Fault> {
    let mut found = Vec::new();
    for mailing in queries::mailings(tx, of.id)? {
        let at_time = mailing.at_time.as_deref();
        let before = mailing.before_deadline.as_deref().and_then(|written| Before::stored(written, at_time));
        let due_at = match mailing.timing {
            Timing::BeforeDeadline => before.map(|before| before.of(&of.deadline)),
            Timing::AfterClosing => Some(of.closes_at()),
            Timing::AtOpening | Timing::At => None,
        };
        if let Some(due_at) = due_at
            && may_change(tx, &mailing)?
        {
            found.push((mailing, due_at));
        }
    }
    Ok(found)
}

/// Starts every mailing that is due, and answers how many were. What was missed by [`MISSED`] or
/// more is held until somebody looks. Cancelled is what asks for words after comments have closed,
/// and what was to go so long before the deadline that nobody was invited yet.
///
/// # Errors
/// When the database fails.
pub fn start_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<usize, Refusal> {
    let mut due = 0;
    for mailing in queries::due_mailings(tx, now)? {
        let of = consultations::by_id(tx, mailing.consultation_id)?;
        let state = match Turn::of(&mailing, &of, now) {
            Turn::Waits => continue,
            _ if check_state(&of, mailing.kind, now).is_err() => State::Cancelled,
            Turn::LeftOut => State::Cancelled,
            Turn::Missed => State::Held,
            Turn::Due(since) if now - since > MISSED && mailing.kind != Kind::Thanks => State::Held,
            Turn::Due(since) => {
                if mailing.timing == Timing::AtOpening {
                    queries::set_due(tx, mailing.id, since)?;
                }
                queue_fan_out(tx, &mailing, now)?;
                State::Sending
            }
        };
        queries::set_mailing_state(tx, mailing.id, state)?;
        due += 1;
    }
    Ok(due)
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
