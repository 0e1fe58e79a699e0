//! Repeated requests of staff: under the same key the first answer is given again, for a day.
//!
//! A request that fails is forgotten, so that it can be sent again; so is one whose server was
//! killed, after a few minutes.

use chrono::{DateTime, Duration, Utc};

use super::{Actor, queries};
use crate::keys::sha256;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// What makes two requests the same, as digests.
#[derive(Debug, Clone, Copy)]
pub struct Repeatable {
    key: [u8; 32],
    request: [u8; 32],
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub status: u16,
    /// JSON.
    pub answer: String,
}

impl Repeatable {
    /// `key` as the client sent it; `place` the method and address it was sent to; `request` its words.
    #[must_use]
    pub fn new(actor: &Actor, place: &str, key: &str, request: &[u8]) -> Self {
        Self { key: sha256(format!("{actor}\n{place}\n{key}").as_bytes()), request: sha256(request) }
    }
}

/// Begins a request; returns the first answer when this is not the first time.
///
/// # Errors
/// The first is still at work, or the key was used for something else.
pub fn begin(tx: &mut Tx, one: Repeatable, now: DateTime<Utc>) -> Result<Option<Given>, Refusal> {
    queries::drop_old_answers(tx, now)?;
    match queries::answer(tx, &one.key)? {
        Some((request, ..)) if request != one.request => Err(Refusal::conflict(
            "idempotency-key-reused",
            "This Idempotency-Key was used for another request; send a new key with a new request.",
        )),
        Some((_, None, _)) => Err(at_work()),
        Some((_, Some(status), answer)) => Ok(Some(Given { status: u16::try_from(status).unwrap_or(200), answer })),
        None => match queries::insert_answer(tx, &one.key, &one.request, now + AT_WORK) {
            Err(fault) if fault.is_duplicate() => Err(at_work()),
            done => Ok(done.map(|()| None)?),
        },
    }
}

/// Keeps the answer.
///
/// # Errors
/// When the database fails.
pub fn finish(tx: &mut Tx, one: Repeatable, given: &Given, now: DateTime<Utc>) -> Result<(), Fault> {
    queries::set_answer(tx, &one.key, i32::from(given.status), &given.answer, now + KEPT)
}

/// Forgets a request that failed.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut Tx, one: Repeatable) -> Result<(), Fault> {
    queries::drop_answer(tx, &one.key)
}

const KEPT: Duration = Duration::hours(24);
/// Longer than any request takes.
const AT_WORK: Duration = Duration::minutes(5);

fn at_work() -> Refusal {
    Refusal::conflict(
        "in-progress",
        "The first request with this Idempotency-Key is still at work; ask again in a moment.",
    )
}
