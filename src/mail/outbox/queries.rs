use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{Claimed, MessageState, Pending, Settled};
use crate::ids::Id;
use crate::mail::mailing::State;
use crate::mail::queries::message_state;
use crate::mail::transport::{Broken, Phase};
use crate::store::columns::At;
use crate::store::schema::{invitation, mailing, member, outbox};
use crate::store::{Fault, Tx, backend::each};

/// One invited member as the fan-out needs her.
#[derive(Queryable)]
pub(super) struct Invited {
    pub(super) invitation_id: Id,
    pub(super) member_id: Id,
    pub(super) team_id: Option<Id>,
    pub(super) no_reminders: bool,
    pub(super) has_left: bool,
    pub(super) has_address: bool,
}

pub(super) fn invited(tx: &mut Tx, of: Id, after: Option<Id>, limit: i64) -> Result<Vec<Invited>, Fault> {
    Ok(invitation::table
        .inner_join(member::table)
        .filter(invitation::consultation_id.eq(of))
        .filter(invitation::member_id.gt(after.unwrap_or(Id::from_bytes([0; 16]))))
        .order(invitation::member_id)
        .limit(limit)
        .select((
            invitation::id,
            invitation::member_id,
            invitation::team_id,
            invitation::no_reminders,
            member::has_left,
            member::email.is_not_null(),
        ))
        .load(tx)?)
}

#[derive(Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub(super) struct NewRow {
    pub(super) id: Id,
    pub(super) mailing_id: Option<Id>,
    pub(super) kind: String,
    pub(super) member_id: Id,
    pub(super) invitation_id: Option<Id>,
    pub(super) access_code_id: Option<Id>,
    pub(super) message_id: String,
    pub(super) state: &'static str,
    pub(super) attempts: i32,
    pub(super) fence: i32,
    pub(super) due_at: At,
    pub(super) changed_at: At,
}

/// Leaves alone whoever has her copy already.
pub(super) fn insert_rows(tx: &mut Tx, rows: &[NewRow]) -> Result<(), Fault> {
    if !rows.is_empty() {
        each!(tx, |connection| diesel::insert_into(outbox::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(connection))?;
    }
    Ok(())
}

pub(super) fn was_queued_since(tx: &mut Tx, member: Id, kind: &str, since: DateTime<Utc>) -> Result<bool, Fault> {
    let found = outbox::table
        .filter(outbox::mailing_id.is_null().and(outbox::member_id.eq(member)))
        .filter(outbox::kind.eq(kind).and(outbox::changed_at.gt(At(since))));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(tx)?)
}

#[derive(Queryable)]
struct ClaimedRow {
    id: Id,
    mailing_id: Option<Id>,
    kind: String,
    member_id: Id,
    invitation_id: Option<Id>,
    access_code_id: Option<Id>,
    message_id: String,
    attempts: i32,
    fence: i32,
}

pub(in crate::mail) fn claimable(
    tx: &mut Tx,
    state: MessageState,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Claimed>, Fault> {
    let columns = (
        outbox::id,
        outbox::mailing_id,
        outbox::kind,
        outbox::member_id,
        outbox::invitation_id,
        outbox::access_code_id,
        outbox::message_id,
        outbox::attempts,
        outbox::fence,
    );
    let goes_out = outbox::mailing_id.is_null().or(mailing::state.nullable().eq(State::Sending.as_str()));
    let of_state = outbox::table
        .left_join(mailing::table)
        .filter(outbox::state.eq(state.as_str()))
        .filter(outbox::due_at.le(At(now)))
        .filter(goes_out)
        .order(outbox::due_at)
        .limit(limit)
        .select(columns);
    let rows: Vec<ClaimedRow> = match state {
        MessageState::Claimed => of_state.filter(outbox::lease_until.lt(At(now))).load(tx)?,
        _ => of_state.load(tx)?,
    };
    Ok(rows
        .into_iter()
        .map(|row| Claimed {
            id: row.id,
            mailing_id: row.mailing_id,
            kind: row.kind,
            member_id: row.member_id,
            invitation_id: row.invitation_id,
            access_code_id: row.access_code_id,
            message_id: row.message_id,
            attempts: row.attempts,
            fence: row.fence,
        })
        .collect())
}

pub(super) fn mark_claimed(
    tx: &mut Tx,
    rows: &[Claimed],
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<(), Fault> {
    if rows.is_empty() {
        return Ok(());
    }
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    diesel::update(outbox::table.filter(outbox::id.eq_any(ids)))
        .set((
            outbox::state.eq(MessageState::Claimed.as_str()),
            outbox::fence.eq(outbox::fence + 1),
            outbox::attempts.eq(outbox::attempts + 1),
            outbox::lease_until.eq(Some(At(lease_until))),
            outbox::changed_at.eq(At(now)),
        ))
        .execute(tx)?;
    Ok(())
}

/// Whoever was handing these over is gone: nobody knows whether they arrived. The fence stays, so
/// that one who was only slow may still say what became of them.
pub(super) fn doubt_lost(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Fault> {
    diesel::update(
        outbox::table.filter(outbox::state.eq(MessageState::InData.as_str())).filter(outbox::lease_until.lt(At(now))),
    )
    .set((
        outbox::state.eq(MessageState::Uncertain.as_str()),
        outbox::lease_until.eq(None::<At>),
        outbox::phase.eq(Some(Phase::End.as_str())),
        outbox::changed_at.eq(At(now)),
    ))
    .execute(tx)?;
    Ok(())
}

pub(super) fn hold(tx: &mut Tx, ids: &[Id], fence: i32, lease_until: DateTime<Utc>) -> Result<(), Fault> {
    let held = outbox::state.eq_any([MessageState::Claimed.as_str(), MessageState::InData.as_str()]);
    diesel::update(outbox::table.filter(outbox::id.eq_any(ids)).filter(outbox::fence.eq(fence)).filter(held))
        .set(outbox::lease_until.eq(Some(At(lease_until))))
        .execute(tx)?;
    Ok(())
}

pub(super) fn mark_in_data(
    tx: &mut Tx,
    ids: &[Id],
    fence: i32,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<Vec<Id>, Fault> {
    let of_worker = outbox::id.eq_any(ids).and(outbox::fence.eq(fence));
    diesel::update(outbox::table.filter(of_worker).filter(outbox::state.eq(MessageState::Claimed.as_str())))
        .set((
            outbox::state.eq(MessageState::InData.as_str()),
            outbox::lease_until.eq(Some(At(lease_until))),
            outbox::changed_at.eq(At(now)),
        ))
        .execute(tx)?;
    Ok(outbox::table
        .filter(outbox::id.eq_any(ids).and(outbox::fence.eq(fence)))
        .filter(outbox::state.eq(MessageState::InData.as_str()))
        .select(outbox::id)
        .load(tx)?)
}

/// As if they had never been claimed.
pub(super) fn put_back(tx: &mut Tx, ids: &[Id], fence: i32, now: DateTime<Utc>) -> Result<(), Fault> {
    let held = outbox::state.eq_any([MessageState::Claimed.as_str(), MessageState::InData.as_str()]);
    diesel::update(outbox::table.filter(outbox::id.eq_any(ids)).filter(outbox::fence.eq(fence)).filter(held))
        .set((
            outbox::state.eq(MessageState::Queued.as_str()),
            outbox::attempts.eq(outbox::attempts - 1),
            outbox::lease_until.eq(None::<At>),
            outbox::changed_at.eq(At(now)),
        ))
        .execute(tx)?;
    Ok(())
}

pub(in crate::mail) fn uncertain(tx: &mut Tx, mailing: Id) -> Result<Vec<Id>, Fault> {
    Ok(outbox::table
        .filter(outbox::mailing_id.eq(mailing))
        .filter(outbox::state.eq(MessageState::Uncertain.as_str()))
        .order(outbox::id)
        .select(outbox::id)
        .load(tx)?)
}

/// Back into the queue under the same Message-ID, with every try before it.
pub(in crate::mail) fn queue_again(tx: &mut Tx, ids: &[Id], now: DateTime<Utc>) -> Result<(), Fault> {
    let uncertain = outbox::state.eq(MessageState::Uncertain.as_str());
    diesel::update(outbox::table.filter(outbox::id.eq_any(ids)).filter(uncertain))
        .set((
            outbox::state.eq(MessageState::Queued.as_str()),
            outbox::attempts.eq(0),
            outbox::due_at.eq(At(now)),
            outbox::phase.eq(None::<&str>),
            outbox::trouble.eq(None::<&str>),
            outbox::changed_at.eq(At(now)),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn settle_ended(
    tx: &mut Tx,
    ids: &[Id],
    fence: i32,
    state: MessageState,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    diesel::update(outbox::table.filter(outbox::id.eq_any(ids)).filter(outbox::fence.eq(fence)))
        .set((
            outbox::state.eq(state.as_str()),
            outbox::lease_until.eq(None::<At>),
            outbox::phase.eq(None::<&str>),
            outbox::trouble.eq(None::<&str>),
            outbox::changed_at.eq(At(now)),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn settle_broken(
    tx: &mut Tx,
    settled: &Settled,
    broken: &Broken,
    state: MessageState,
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let change = (
        outbox::state.eq(state.as_str()),
        outbox::lease_until.eq(None::<At>),
        outbox::due_at.eq(At(due_at)),
        outbox::phase.eq(Some(broken.phase.as_str())),
        outbox::trouble.eq(Some(&broken.trouble)),
        outbox::changed_at.eq(At(now)),
    );
    let ours = outbox::id.eq(settled.id).and(outbox::fence.eq(settled.fence));
    if state == MessageState::Uncertain {
        // Whoever gives up must not doubt what has been settled already.
        let in_data = outbox::state.eq(MessageState::InData.as_str());
        diesel::update(outbox::table.filter(ours.and(in_data))).set(change).execute(tx)?;
    } else {
        diesel::update(outbox::table.filter(ours)).set(change).execute(tx)?;
    }
    Ok(())
}

pub(super) fn counts(tx: &mut Tx, mailing: Id) -> Result<Vec<(MessageState, i64)>, Fault> {
    let rows: Vec<(String, i64)> = outbox::table
        .filter(outbox::mailing_id.eq(mailing))
        .group_by(outbox::state)
        .select((outbox::state, diesel::dsl::count_star()))
        .load(tx)?;
    rows.into_iter().map(|(state, count)| Ok((message_state(&state)?, count))).collect()
}

pub(super) fn pending(tx: &mut Tx, mailing: Id) -> Result<Vec<Pending>, Fault> {
    let rows: Vec<(Id, Option<Id>, String)> = outbox::table
        .inner_join(invitation::table)
        .filter(outbox::mailing_id.eq(mailing))
        .select((invitation::id, invitation::label_id, outbox::state))
        .load(tx)?;
    rows.into_iter()
        .map(|(invitation_id, label_id, state)| Ok(Pending { invitation_id, label_id, state: message_state(&state)? }))
        .collect()
}

/// What each message is, for the demo's mailbox.
pub(super) fn kinds(tx: &mut Tx) -> Result<Vec<(Id, String)>, Fault> {
    Ok(outbox::table.select((outbox::id, outbox::kind)).load(tx)?)
}
