use diesel::prelude::*;

use super::plan::Change;
use crate::ids::Id;
use crate::people::member::email_key;
use crate::store::backend::each;
use crate::store::schema::{member, membership};
use crate::store::{Fault, Tx};

#[derive(Insertable)]
#[diesel(table_name = member, treat_none_as_default_value = false)]
pub(super) struct NewMember {
    id: Id,
    email: Option<String>,
    email_key: Option<String>,
    name: String,
    membership_number: Option<String>,
    language: String,
    has_left: bool,
}

impl NewMember {
    pub(super) fn new(id: Id, change: &Change) -> Self {
        Self {
            id,
            email: change.email.clone(),
            email_key: change.email.as_deref().map(email_key),
            name: change.name.clone(),
            membership_number: change.membership_number.clone(),
            language: change.language.clone(),
            has_left: change.has_left,
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = membership, treat_none_as_default_value = false)]
pub(super) struct NewMembership {
    pub(super) member_id: Id,
    pub(super) team_id: Id,
    pub(super) is_rep: bool,
}

pub(super) fn insert_members(tx: &mut Tx, new: &[NewMember]) -> Result<(), Fault> {
    if !new.is_empty() {
        each!(tx, |tx| diesel::insert_into(member::table).values(new).execute(tx))?;
    }
    Ok(())
}

pub(super) fn update_member(tx: &mut Tx, id: Id, change: &Change) -> Result<(), Fault> {
    diesel::update(member::table.find(id))
        .set((
            member::email.eq(change.email.as_deref()),
            member::email_key.eq(change.email.as_deref().map(email_key)),
            member::name.eq(&change.name),
            member::membership_number.eq(change.membership_number.as_deref()),
            member::language.eq(&change.language),
            member::has_left.eq(change.has_left),
        ))
        .execute(tx)?;
    Ok(())
}

/// Takes all teams of these members away; at most a chunk of them.
pub(super) fn delete_memberships(tx: &mut Tx, of: &[Id]) -> Result<(), Fault> {
    if !of.is_empty() {
        diesel::delete(membership::table.filter(membership::member_id.eq_any(of))).execute(tx)?;
    }
    Ok(())
}

pub(super) fn insert_memberships(tx: &mut Tx, new: &[NewMembership]) -> Result<(), Fault> {
    for some in new.chunks(1000) {
        each!(tx, |tx| diesel::insert_into(membership::table).values(some).execute(tx))?;
    }
    Ok(())
}
