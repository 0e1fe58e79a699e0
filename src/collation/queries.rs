use chrono::NaiveDate;
use diesel::prelude::*;

use super::release::Release;
use crate::ids::Id;
use crate::store::schema::{release, release_part};
use crate::store::{Fault, Tx};

pub(super) fn releases(tx: &mut Tx, consultation: Id) -> Result<Vec<Release>, Fault> {
    type Columns = (Id, i32, i32, NaiveDate, i32, String, i32);
    let rows: Vec<Columns> = release::table
        .filter(release::consultation_id.eq(consultation))
        .order(release::number)
        .select((
            release::id,
            release::number,
            release::edition,
            release::cut_off,
            release::comments,
            release::sha256,
            release::answers,
        ))
        .load(tx)?;
    Ok(rows
        .into_iter()
        .map(|(id, number, edition, cut_off, comments, sha256, answers)| Release {
            id,
            number,
            cut_off,
            comments,
            answers,
            sha256,
            edition,
        })
        .collect())
}

/// What a part holds.
pub(super) const COMMENTS: &str = "comments";
pub(super) const ANSWERS: &str = "answers";
pub(super) const GROUPS: &str = "groups";

pub(super) fn insert_release(tx: &mut Tx, consultation: Id, one: &Release) -> Result<(), Fault> {
    diesel::insert_into(release::table)
        .values((
            release::id.eq(one.id),
            release::consultation_id.eq(consultation),
            release::number.eq(one.number),
            release::edition.eq(one.edition),
            release::cut_off.eq(one.cut_off),
            release::comments.eq(one.comments),
            release::sha256.eq(&one.sha256),
            release::answers.eq(one.answers),
        ))
        .execute(tx)?;
    Ok(())
}

/// `holds` is [`COMMENTS`], [`ANSWERS`] or [`GROUPS`].
pub(super) fn insert_part(tx: &mut Tx, of: Id, ordinal: i32, holds: &str, lines: &str) -> Result<(), Fault> {
    diesel::insert_into(release_part::table)
        .values((
            release_part::release_id.eq(of),
            release_part::ordinal.eq(ordinal),
            release_part::lines.eq(lines),
            release_part::holds.eq(holds),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn drop_parts(tx: &mut Tx, of: Id) -> Result<(), Fault> {
    diesel::delete(release_part::table.filter(release_part::release_id.eq(of))).execute(tx)?;
    Ok(())
}

/// The part with the lowest ordinal from `ordinal` on that holds this, with its ordinal.
pub(super) fn part(tx: &mut Tx, of: Id, ordinal: i32, holds: &str) -> Result<Option<(i32, String)>, Fault> {
    Ok(release_part::table
        .filter(release_part::release_id.eq(of).and(release_part::ordinal.ge(ordinal)))
        .filter(release_part::holds.eq(holds))
        .order(release_part::ordinal)
        .select((release_part::ordinal, release_part::lines))
        .first(tx)
        .optional()?)
}
