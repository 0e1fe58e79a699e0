//! Work that follows a deed, queued in the deed's own transaction.
//!
//! A worker claims (short write), acts (no transaction) and records (short write). A claim holds
//! for a lease; when it runs out another worker takes the job up, and the higher fencing number
//! keeps the first from recording anything.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::columns::At;
use super::schema::job;
use super::{Fault, Tx};
use crate::ids::Id;

/// How long a claim holds.
pub const LEASE: Duration = Duration::seconds(60);

/// A job that this worker holds until its lease runs out.
#[derive(Debug, Clone, Queryable)]
pub struct Claimed {
    pub id: Id,
    pub kind: String,
    /// JSON, as it was queued.
    pub payload: String,
    /// How often it was claimed before.
    pub attempts: i32,
    pub fence: i32,
}

/// Queues a job for `due_at`.
///
/// # Errors
/// When the database fails.
pub fn add(tx: &mut Tx, id: Id, kind: &str, payload: &str, due_at: DateTime<Utc>) -> Result<(), Fault> {
    diesel::insert_into(job::table)
        .values((
            job::id.eq(id),
            job::kind.eq(kind),
            job::payload.eq(payload),
            job::due_at.eq(At(due_at)),
            job::attempts.eq(0),
            job::fence.eq(0),
        ))
        .execute(tx)?;
    Ok(())
}

/// Takes the oldest due job that nobody holds.
///
/// # Errors
/// When the database fails.
pub fn claim(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<Claimed>, Fault> {
    let found = job::table
        .filter(job::due_at.le(At(now)))
        .filter(job::lease_until.is_null().or(job::lease_until.lt(At(now))))
        .order((job::due_at, job::id))
        .select((job::id, job::kind, job::payload, job::attempts, job::fence))
        .first::<Claimed>(tx)
        .optional()?;
    let Some(mut claimed) = found else { return Ok(None) };
    claimed.fence += 1;
    diesel::update(job::table.find(claimed.id))
        .set((
            job::lease_until.eq(Some(At(now + LEASE))),
            job::fence.eq(claimed.fence),
            job::attempts.eq(claimed.attempts + 1),
        ))
        .execute(tx)?;
    Ok(Some(claimed))
}

/// Ends a job. False when the claim was lost meanwhile: then nothing is recorded.
///
/// # Errors
/// When the database fails.
pub fn done(tx: &mut Tx, claimed: &Claimed) -> Result<bool, Fault> {
    let held = job::table.find(claimed.id).filter(job::fence.eq(claimed.fence));
    Ok(diesel::delete(held).execute(tx)? == 1)
}

/// Puts a job back for later.
///
/// # Errors
/// When the database fails.
pub fn retry(tx: &mut Tx, claimed: &Claimed, due_at: DateTime<Utc>) -> Result<bool, Fault> {
    let held = job::table.find(claimed.id).filter(job::fence.eq(claimed.fence));
    let changed =
        diesel::update(held).set((job::due_at.eq(At(due_at)), job::lease_until.eq(None::<At>))).execute(tx)?;
    Ok(changed == 1)
}
