use diesel::dsl::max;
use diesel::prelude::*;

use crate::ids::Id;
use crate::store::schema::{block, block_link, file_comment, match_correction, version};
use crate::store::{Fault, Tx};

/// The number of the last correction; 0 for none.
pub(super) fn count(tx: &mut Tx, version: Id) -> Result<i32, Fault> {
    let own = match_correction::table.filter(match_correction::version_id.eq(version));
    Ok(own.select(max(match_correction::ordinal)).first::<Option<i32>>(tx)?.unwrap_or(0))
}

pub(super) fn insert(tx: &mut Tx, version: Id, ordinal: i32, before: &str) -> Result<(), Fault> {
    diesel::insert_into(match_correction::table)
        .values((
            match_correction::version_id.eq(version),
            match_correction::ordinal.eq(ordinal),
            match_correction::before.eq(before),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn last(tx: &mut Tx, version: Id) -> Result<Option<(i32, String)>, Fault> {
    let own = match_correction::table.filter(match_correction::version_id.eq(version));
    let newest = own.order(match_correction::ordinal.desc());
    Ok(newest.select((match_correction::ordinal, match_correction::before)).first(tx).optional()?)
}

/// Oldest first.
pub(super) fn all(tx: &mut Tx, version: Id) -> Result<Vec<String>, Fault> {
    let own = match_correction::table.filter(match_correction::version_id.eq(version));
    Ok(own.order(match_correction::ordinal).select(match_correction::before).load(tx)?)
}

pub(super) fn delete(tx: &mut Tx, version: Id, ordinal: i32) -> Result<(), Fault> {
    diesel::delete(match_correction::table.find((version, ordinal))).execute(tx)?;
    Ok(())
}

pub(super) fn delete_links(tx: &mut Tx, from: Id, to: Id) -> Result<(), Fault> {
    let between = block_link::from_version_id.eq(from).and(block_link::to_version_id.eq(to));
    diesel::delete(block_link::table.filter(between)).execute(tx)?;
    Ok(())
}

/// Gives blocks other keys (place, key so far, new key), and takes what stood in the file as comments
/// with them. A key may go from one of them to another, so all are laid aside first: no key has a
/// sign that is not a letter or digit.
pub(super) fn set_keys(tx: &mut Tx, version: Id, keys: &[(usize, &str, &str)]) -> Result<(), Fault> {
    for round in [true, false] {
        for (place, former, new) in keys {
            let ordinal = i32::try_from(*place).map_err(|_| Fault::Corrupt("a block's place".to_owned()))?;
            let aside = format!("-{ordinal}");
            let (from, to) = if round { (*former, aside.as_str()) } else { (aside.as_str(), *new) };
            diesel::update(block::table.find((version, ordinal))).set(block::key.eq(to)).execute(tx)?;
            let notes =
                file_comment::table.filter(file_comment::version_id.eq(version).and(file_comment::block_key.eq(from)));
            diesel::update(notes).set(file_comment::block_key.eq(to)).execute(tx)?;
        }
    }
    Ok(())
}

/// Every key that a version of the document has, published or not.
pub(super) fn keys(tx: &mut Tx, document: Id) -> Result<Vec<String>, Fault> {
    let own = version::table.filter(version::document_id.eq(document)).select(version::id);
    Ok(block::table.filter(block::version_id.eq_any(own)).select(block::key).distinct().load(tx)?)
}
