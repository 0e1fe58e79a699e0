//! Closing by hand, as far as mail goes: what still asks for words is cancelled, and thanks that
//! were planned for later go out now.

use chrono::{DateTime, Utc};

use super::due::Timing;
use super::mailing::{Kind, Mailing, State};
use super::queries;
use crate::audit::Deed;
use crate::consultations::{self, Consultation};
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// What closing now would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Before the deadline that members were told.
    pub early: bool,
    /// Mailings that ask for words and are cancelled.
    pub cancelled: usize,
    /// When the thanks go out; none where no thanks are planned.
    pub thanks_at: Option<DateTime<Utc>>,
    /// Members whom a mail to everybody reaches.
    pub reachable: usize,
}

/// What [`close`] would do now; nothing is changed.
///
/// # Errors
/// When the consultation is not open, or the database fails.
pub fn foresee_closing(tx: &mut Tx, of: &Consultation, now: DateTime<Utc>) -> Result<Closing, Refusal> {
    consultations::check_open(of)?;
    let early = now < of.deadline.at;
    let mailings = queries::mailings(tx, of.id)?;
    Ok(Closing {
        early,
        cancelled: mailings.iter().filter(|one| asks_in_vain(one)).count(),
        thanks_at: mailings.iter().filter(|one| waits_to_thank(one)).map(|one| thanks_at(one, early, now)).min(),
        reachable: queries::reachable(tx, of.id)?,
    })
}

/// Closes an open consultation now, for a reason that is noted. The last batch follows as work of
/// its own.
///
/// # Errors
/// As `consultations::close_because`.
pub fn close(tx: &mut Tx, deed: &Deed, slug: &str, reason: &str) -> Result<Consultation, Refusal> {
    let before = consultations::by_slug(tx, slug)?;
    let early = deed.now < before.deadline.at;
    let closed = consultations::close_because(tx, deed, slug, reason)?;
    for mailing in queries::mailings(tx, closed.id)? {
        if asks_in_vain(&mailing) {
            stop(tx, &mailing, deed.now)?;
        } else if waits_to_thank(&mailing) {
            queries::set_due(tx, mailing.id, thanks_at(&mailing, early, deed.now))?;
        }
    }
    Ok(closed)
}

fn asks_in_vain(mailing: &Mailing) -> bool {
    mailing.kind.asks() && matches!(mailing.state, State::Planned | State::Paused | State::Held)
}

fn waits_to_thank(mailing: &Mailing) -> bool {
    mailing.kind == Kind::Thanks && mailing.state == State::Planned
}

/// Thanks that wait for closing go then; those planned for an hour after the deadline would come
/// days late when it closes early.
fn thanks_at(mailing: &Mailing, early: bool, now: DateTime<Utc>) -> DateTime<Utc> {
    if early || mailing.timing == Timing::AfterClosing { now } else { mailing.due_at }
}

fn stop(tx: &mut Tx, mailing: &Mailing, now: DateTime<Utc>) -> Result<(), Fault> {
    queries::cancel_waiting(tx, mailing.id, now)?;
    queries::set_mailing_state(tx, mailing.id, State::Cancelled)
}
