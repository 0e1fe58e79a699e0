use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::ids::Id;
use crate::store::columns::At;
use crate::store::schema::{audit, staff_replay};
use crate::store::{Fault, Tx};

pub(super) fn insert(
    tx: &mut Tx,
    id: Id,
    at: DateTime<Utc>,
    actor: &str,
    action: &str,
    subject: &str,
    detail: &str,
) -> Result<(), Fault> {
    diesel::insert_into(audit::table)
        .values((
            audit::id.eq(id),
            audit::at.eq(At(at)),
            audit::actor.eq(actor),
            audit::action.eq(action),
            audit::subject.eq(subject),
            audit::detail.eq(detail),
        ))
        .execute(tx)?;
    Ok(())
}

type Answer = (Vec<u8>, Option<i32>, String);

pub(super) fn answer(tx: &mut Tx, key: &[u8]) -> Result<Option<Answer>, Fault> {
    Ok(staff_replay::table
        .find(key)
        .select((staff_replay::request_hash, staff_replay::status, staff_replay::answer))
        .first(tx)
        .optional()?)
}

pub(super) fn insert_answer(tx: &mut Tx, key: &[u8], request: &[u8], kept_until: DateTime<Utc>) -> Result<(), Fault> {
    diesel::insert_into(staff_replay::table)
        .values((
            staff_replay::key_hash.eq(key),
            staff_replay::request_hash.eq(request),
            staff_replay::answer.eq(""),
            staff_replay::kept_until.eq(At(kept_until)),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn set_answer(
    tx: &mut Tx,
    key: &[u8],
    status: i32,
    answer: &str,
    kept_until: DateTime<Utc>,
) -> Result<(), Fault> {
    diesel::update(staff_replay::table.find(key))
        .set((
            staff_replay::status.eq(Some(status)),
            staff_replay::answer.eq(answer),
            staff_replay::kept_until.eq(At(kept_until)),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn drop_answer(tx: &mut Tx, key: &[u8]) -> Result<(), Fault> {
    diesel::delete(staff_replay::table.find(key)).execute(tx)?;
    Ok(())
}

pub(super) fn drop_old_answers(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Fault> {
    diesel::delete(staff_replay::table.filter(staff_replay::kept_until.lt(At(now)))).execute(tx)?;
    Ok(())
}
