use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{JoinRequest, JoinState};
use crate::consultations::label::Label;
use crate::ids::Id;
use crate::store::columns::At;
use crate::store::schema::{invitation, join_request, joining, label};
use crate::store::{Fault, Tx, backend::each};

type Columns = (
    join_request::id,
    join_request::consultation_id,
    join_request::name,
    join_request::email,
    join_request::team_id,
    join_request::says_member,
    join_request::membership_number,
    join_request::state,
    join_request::asked_at,
    join_request::expires_at,
    join_request::invitation_id,
);

const COLUMNS: Columns = (
    join_request::id,
    join_request::consultation_id,
    join_request::name,
    join_request::email,
    join_request::team_id,
    join_request::says_member,
    join_request::membership_number,
    join_request::state,
    join_request::asked_at,
    join_request::expires_at,
    join_request::invitation_id,
);

type Row = (Id, Id, String, String, Id, String, String, String, At, At, Option<Id>);

fn request(row: Row) -> Result<JoinRequest, Fault> {
    let (
        id,
        consultation_id,
        name,
        email,
        team_id,
        says,
        membership_number,
        state,
        asked_at,
        expires_at,
        invitation_id,
    ) = row;
    let state =
        JoinState::from_value(&state).ok_or_else(|| Fault::Corrupt(format!("join request {id}: state {state:?}")))?;
    Ok(JoinRequest {
        id,
        consultation_id,
        name,
        email,
        team_id,
        says_member: says == "yes",
        membership_number,
        state,
        asked_at: asked_at.0,
        expires_at: expires_at.0,
        invitation_id,
    })
}

pub(super) fn insert(tx: &mut Tx, new: &JoinRequest, token_hash: &[u8]) -> Result<(), Fault> {
    diesel::insert_into(join_request::table)
        .values((
            join_request::id.eq(new.id),
            join_request::consultation_id.eq(new.consultation_id),
            join_request::name.eq(&new.name),
            join_request::email.eq(&new.email),
            join_request::email_key.eq(crate::people::member::email_key(&new.email)),
            join_request::team_id.eq(new.team_id),
            join_request::says_member.eq(if new.says_member { "yes" } else { "no" }),
            join_request::membership_number.eq(&new.membership_number),
            join_request::state.eq(new.state.as_str()),
            join_request::token_hash.eq(token_hash),
            join_request::asked_at.eq(At(new.asked_at)),
            join_request::expires_at.eq(At(new.expires_at)),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn by_id(tx: &mut Tx, id: Id) -> Result<Option<JoinRequest>, Fault> {
    join_request::table.find(id).select(COLUMNS).first::<Row>(tx).optional()?.map(request).transpose()
}

pub(super) fn by_token(tx: &mut Tx, hash: &[u8]) -> Result<Option<JoinRequest>, Fault> {
    let one = join_request::table.filter(join_request::token_hash.eq(hash)).select(COLUMNS);
    one.first::<Row>(tx).optional()?.map(request).transpose()
}

pub(super) fn in_state(tx: &mut Tx, consultation: Id, state: JoinState) -> Result<Vec<JoinRequest>, Fault> {
    let rows: Vec<Row> = join_request::table
        .filter(join_request::consultation_id.eq(consultation).and(join_request::state.eq(state.as_str())))
        .order((join_request::asked_at, join_request::id))
        .select(COLUMNS)
        .load(tx)?;
    rows.into_iter().map(request).collect()
}

/// How many asked since; of one address, or of all.
pub(super) fn asked_since(
    tx: &mut Tx,
    consultation: Id,
    since: DateTime<Utc>,
    email_key: Option<&str>,
) -> Result<i64, Fault> {
    let mut query = join_request::table
        .filter(join_request::consultation_id.eq(consultation).and(join_request::asked_at.gt(At(since))))
        .into_boxed();
    if let Some(key) = email_key {
        query = query.filter(join_request::email_key.eq(key));
    }
    Ok(query.count().get_result(tx)?)
}

pub(super) fn set_state(tx: &mut Tx, id: Id, state: JoinState, invitation: Option<Id>) -> Result<(), Fault> {
    diesel::update(join_request::table.find(id))
        .set((join_request::state.eq(state.as_str()), join_request::invitation_id.eq(invitation)))
        .execute(tx)?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx, id: Id) -> Result<(), Fault> {
    diesel::delete(join_request::table.find(id)).execute(tx)?;
    Ok(())
}

/// Drops what was never confirmed in time.
pub(super) fn drop_unconfirmed(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Fault> {
    let over = join_request::state.eq(JoinState::Unconfirmed.as_str()).and(join_request::expires_at.lt(At(now)));
    diesel::delete(join_request::table.filter(over)).execute(tx)?;
    Ok(())
}

/// Drops other unanswered requests with the address of this one.
pub(super) fn drop_others(tx: &mut Tx, of: &JoinRequest) -> Result<(), Fault> {
    let waiting = [JoinState::Unconfirmed.as_str(), JoinState::Asked.as_str()];
    let others = join_request::table
        .filter(join_request::consultation_id.eq(of.consultation_id).and(join_request::id.ne(of.id)))
        .filter(join_request::email_key.eq(crate::people::member::email_key(&of.email)))
        .filter(join_request::state.eq_any(waiting));
    diesel::delete(others).execute(tx)?;
    Ok(())
}

pub(super) fn add_label(tx: &mut Tx, consultation: Id, new: &Label, ordinal: i32) -> Result<(), Fault> {
    diesel::insert_into(label::table)
        .values((
            label::id.eq(new.id),
            label::consultation_id.eq(consultation),
            label::name.eq(&new.name),
            label::ordinal.eq(ordinal),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn invited_under(tx: &mut Tx, label: Id) -> Result<usize, Fault> {
    let count: i64 = invitation::table.filter(invitation::label_id.eq(label)).count().get_result(tx)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

pub(super) fn domains(tx: &mut Tx, consultation: Id) -> Result<String, Fault> {
    let found = joining::table.find(consultation).select(joining::employer_domains).first(tx).optional()?;
    Ok(found.unwrap_or_default())
}

pub(super) fn set_domains(tx: &mut Tx, consultation: Id, domains: &str) -> Result<(), Fault> {
    let row = (joining::consultation_id.eq(consultation), joining::employer_domains.eq(domains));
    each!(tx, |connection| diesel::insert_into(joining::table)
        .values(row)
        .on_conflict(joining::consultation_id)
        .do_update()
        .set(joining::employer_domains.eq(domains))
        .execute(connection))?;
    Ok(())
}
