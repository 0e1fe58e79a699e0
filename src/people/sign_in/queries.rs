use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::failures::Count;
use crate::store::backend::each;
use crate::store::columns::At;
use crate::store::schema::sign_in_failure;
use crate::store::{Fault, Tx};

pub(super) fn count(tx: &mut Tx, subject: &[u8; 32]) -> Result<Option<Count>, Fault> {
    let found = sign_in_failure::table
        .find(&subject[..])
        .select((sign_in_failure::failures, sign_in_failure::last_at))
        .first::<(i32, At)>(tx)
        .optional()?;
    Ok(found.map(|(failures, At(last_at))| Count { failures, last_at }))
}

pub(super) fn set_count(tx: &mut Tx, subject: &[u8; 32], count: Count) -> Result<(), Fault> {
    let values = (sign_in_failure::failures.eq(count.failures), sign_in_failure::last_at.eq(At(count.last_at)));
    each!(tx, |connection| diesel::insert_into(sign_in_failure::table)
        .values((sign_in_failure::subject.eq(&subject[..]), values))
        .on_conflict(sign_in_failure::subject)
        .do_update()
        .set(values)
        .execute(connection))?;
    Ok(())
}

pub(super) fn forget(tx: &mut Tx, subject: &[u8; 32]) -> Result<(), Fault> {
    diesel::delete(sign_in_failure::table.find(&subject[..])).execute(tx)?;
    Ok(())
}

pub(super) fn forget_before(tx: &mut Tx, at: DateTime<Utc>) -> Result<(), Fault> {
    diesel::delete(sign_in_failure::table.filter(sign_in_failure::last_at.lt(At(at)))).execute(tx)?;
    Ok(())
}
