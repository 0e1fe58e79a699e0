use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::ChannelTrouble;
use crate::store::columns::At;
use crate::store::schema::mail_channel;
use crate::store::{Fault, Tx, backend::each};

pub(super) fn get(tx: &mut Tx, name: &str) -> Result<Option<ChannelTrouble>, Fault> {
    let row: Option<(At, At, String, i32)> = mail_channel::table
        .find(name)
        .select((mail_channel::paused_since, mail_channel::next_try_at, mail_channel::trouble, mail_channel::failures))
        .first(tx)
        .optional()?;
    Ok(row.map(|(paused_since, next_try_at, trouble, failures)| ChannelTrouble {
        paused_since: paused_since.0,
        next_try_at: next_try_at.0,
        trouble,
        failures,
    }))
}

/// Leaves it alone where another worker was first.
pub(super) fn insert(tx: &mut Tx, name: &str, one: &ChannelTrouble) -> Result<(), Fault> {
    each!(tx, |connection| diesel::insert_into(mail_channel::table)
        .values((
            mail_channel::name.eq(name),
            mail_channel::paused_since.eq(At(one.paused_since)),
            mail_channel::next_try_at.eq(At(one.next_try_at)),
            mail_channel::trouble.eq(&one.trouble),
            mail_channel::failures.eq(one.failures),
        ))
        .on_conflict_do_nothing()
        .execute(connection))?;
    Ok(())
}

pub(super) fn say(tx: &mut Tx, name: &str, trouble: &str) -> Result<(), Fault> {
    diesel::update(mail_channel::table.find(name)).set(mail_channel::trouble.eq(trouble)).execute(tx)?;
    Ok(())
}

pub(super) fn put_off(tx: &mut Tx, name: &str, until: DateTime<Utc>, failures: i32) -> Result<(), Fault> {
    diesel::update(mail_channel::table.find(name))
        .set((mail_channel::next_try_at.eq(At(until)), mail_channel::failures.eq(failures)))
        .execute(tx)?;
    Ok(())
}

pub(super) fn remove(tx: &mut Tx, name: &str) -> Result<(), Fault> {
    diesel::delete(mail_channel::table.find(name)).execute(tx)?;
    Ok(())
}
