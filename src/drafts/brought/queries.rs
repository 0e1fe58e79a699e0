use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::store::columns::At;
use crate::store::schema::brought_file;
use crate::store::{Fault, Tx};

pub(super) fn insert(tx: &mut Tx, mark: &[u8], sealed: &[u8], until: DateTime<Utc>) -> Result<(), Fault> {
    diesel::insert_into(brought_file::table)
        .values((brought_file::mark.eq(mark), brought_file::sealed.eq(sealed), brought_file::expires_at.eq(At(until))))
        .execute(tx)?;
    Ok(())
}

pub(super) fn sealed(tx: &mut Tx, mark: &[u8], now: DateTime<Utc>) -> Result<Option<Vec<u8>>, Fault> {
    let own = brought_file::table.filter(brought_file::mark.eq(mark)).filter(brought_file::expires_at.gt(At(now)));
    Ok(own.select(brought_file::sealed).first(tx).optional()?)
}

pub(super) fn delete(tx: &mut Tx, mark: &[u8]) -> Result<(), Fault> {
    diesel::delete(brought_file::table.filter(brought_file::mark.eq(mark))).execute(tx)?;
    Ok(())
}

pub(super) fn delete_before(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Fault> {
    diesel::delete(brought_file::table.filter(brought_file::expires_at.le(At(now)))).execute(tx)?;
    Ok(())
}
