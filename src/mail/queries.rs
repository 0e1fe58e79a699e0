use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::due::Timing;
use super::mailing::{Audience, Kind, Mailing, State};
use super::outbox::MessageState;
use super::recipients::Recipients;
use crate::ids::Id;
use crate::store::columns::At;
use crate::store::schema::{
    access_code, invitation, job, label_team, mailing, mailing_team, member, membership, outbox,
};
use crate::store::{Fault, Tx};

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = mailing, treat_none_as_default_value = false, treat_none_as_null = true)]
struct MailingRow {
    id: Id,
    consultation_id: Id,
    kind: String,
    subject: String,
    body: String,
    audience: String,
    state: String,
    due_at: At,
    before_deadline: Option<String>,
    created_at: At,
    timing: String,
    at_time: Option<String>,
}

impl MailingRow {
    fn of(one: &Mailing) -> Self {
        Self {
            id: one.id,
            consultation_id: one.consultation_id,
            kind: one.kind.as_str().to_owned(),
            subject: one.subject.clone(),
            body: one.body.clone(),
            audience: one.audience.as_str().to_owned(),
            state: one.state.as_str().to_owned(),
            due_at: At(one.due_at),
            before_deadline: one.before_deadline.clone(),
            created_at: At(one.created_at),
            timing: one.timing.as_str().to_owned(),
            at_time: one.at_time.clone(),
        }
    }

    fn into_mailing(self) -> Result<Mailing, Fault> {
        let corrupt = |what: &str| Fault::Corrupt(format!("mailing {}: {what}", self.id));
        Ok(Mailing {
            id: self.id,
            consultation_id: self.consultation_id,
            kind: Kind::from_value(&self.kind).ok_or_else(|| corrupt("kind"))?,
            audience: Audience::from_value(&self.audience).ok_or_else(|| corrupt("audience"))?,
            state: State::from_value(&self.state).ok_or_else(|| corrupt("state"))?,
            timing: Timing::from_value(&self.timing).ok_or_else(|| corrupt("timing"))?,
            subject: self.subject,
            body: self.body,
            due_at: self.due_at.0,
            before_deadline: self.before_deadline,
            created_at: self.created_at.0,
            at_time: self.at_time,
        })
    }
}

pub(super) fn mailings(tx: &mut Tx, of: Id) -> Result<Vec<Mailing>, Fault> {
    let rows: Vec<MailingRow> =
        mailing::table.filter(mailing::consultation_id.eq(of)).order((mailing::created_at, mailing::id)).load(tx)?;
    rows.into_iter().map(MailingRow::into_mailing).collect()
}

pub(super) fn mailing(tx: &mut Tx, id: Id) -> Result<Option<Mailing>, Fault> {
    let row: Option<MailingRow> = mailing::table.find(id).first(tx).optional()?;
    row.map(MailingRow::into_mailing).transpose()
}

/// Those whose time may have come; closing may come before its hour.
pub(super) fn due_mailings(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Mailing>, Fault> {
    let may_be_due = mailing::due_at.le(At(now)).or(mailing::timing.eq(Timing::AfterClosing.as_str()));
    let rows: Vec<MailingRow> = mailing::table
        .filter(mailing::state.eq(State::Planned.as_str()))
        .filter(may_be_due)
        .order((mailing::due_at, mailing::id))
        .load(tx)?;
    rows.into_iter().map(MailingRow::into_mailing).collect()
}

pub(super) fn insert_mailing(tx: &mut Tx, one: &Mailing) -> Result<(), Fault> {
    diesel::insert_into(mailing::table).values(MailingRow::of(one)).execute(tx)?;
    Ok(())
}

pub(super) fn update_mailing(tx: &mut Tx, one: &Mailing) -> Result<(), Fault> {
    diesel::update(mailing::table.find(one.id)).set(MailingRow::of(one)).execute(tx)?;
    Ok(())
}

/// Whether any of its messages is written or about to be.
pub(super) fn has_begun(tx: &mut Tx, id: Id) -> Result<bool, Fault> {
    let rows = outbox::table.filter(outbox::mailing_id.eq(id));
    Ok(is_fanning_out(tx, id)? || diesel::select(diesel::dsl::exists(rows)).get_result(tx)?)
}

pub(super) fn set_mailing_state(tx: &mut Tx, id: Id, state: State) -> Result<(), Fault> {
    diesel::update(mailing::table.find(id)).set(mailing::state.eq(state.as_str())).execute(tx)?;
    Ok(())
}

/// It goes now and follows nothing.
pub(super) fn set_timing_now(tx: &mut Tx, id: Id, now: DateTime<Utc>) -> Result<(), Fault> {
    diesel::update(mailing::table.find(id))
        .set((
            mailing::timing.eq(Timing::At.as_str()),
            mailing::due_at.eq(At(now)),
            mailing::before_deadline.eq(None::<String>),
            mailing::at_time.eq(None::<String>),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn set_due(tx: &mut Tx, id: Id, due_at: DateTime<Utc>) -> Result<(), Fault> {
    diesel::update(mailing::table.find(id)).set(mailing::due_at.eq(At(due_at))).execute(tx)?;
    Ok(())
}

#[derive(Queryable)]
pub(super) struct MailingTeam {
    pub(super) team_id: Id,
    pub(super) note: String,
    pub(super) is_recipient: bool,
}

pub(super) fn mailing_teams(tx: &mut Tx, id: Id) -> Result<Vec<MailingTeam>, Fault> {
    Ok(mailing_team::table
        .filter(mailing_team::mailing_id.eq(id))
        .order(mailing_team::team_id)
        .select((mailing_team::team_id, mailing_team::note, mailing_team::is_recipient))
        .load(tx)?)
}

/// In place of those that were there.
pub(super) fn set_mailing_teams(
    tx: &mut Tx,
    id: Id,
    recipients: &[Id],
    notes: &BTreeMap<Id, String>,
) -> Result<(), Fault> {
    diesel::delete(mailing_team::table.filter(mailing_team::mailing_id.eq(id))).execute(tx)?;
    let teams: std::collections::BTreeSet<&Id> = recipients.iter().chain(notes.keys()).collect();
    for team in teams {
        diesel::insert_into(mailing_team::table)
            .values((
                mailing_team::mailing_id.eq(id),
                mailing_team::team_id.eq(team),
                mailing_team::note.eq(notes.get(team).map_or("", String::as_str)),
                mailing_team::is_recipient.eq(recipients.contains(team)),
            ))
            .execute(tx)?;
    }
    Ok(())
}

pub(super) fn is_fanning_out(tx: &mut Tx, mailing: Id) -> Result<bool, Fault> {
    Ok(diesel::select(diesel::dsl::exists(job::table.find(mailing))).get_result(tx)?)
}

pub(super) fn cancel_waiting(tx: &mut Tx, mailing: Id, now: DateTime<Utc>) -> Result<(), Fault> {
    let waiting = outbox::table
        .filter(outbox::mailing_id.eq(mailing))
        .filter(outbox::state.eq(MessageState::Queued.as_str()).or(outbox::state.eq(MessageState::Retry.as_str())));
    diesel::update(waiting)
        .set((outbox::state.eq(MessageState::Cancelled.as_str()), outbox::changed_at.eq(At(now))))
        .execute(tx)?;
    Ok(())
}

/// A worker died over these after the mailing was cancelled: nobody knows whether they went.
pub(super) fn give_up_on_cancelled(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Fault> {
    let cancelled = mailing::table.filter(mailing::state.eq(State::Cancelled.as_str())).select(mailing::id);
    let lost = outbox::table
        .filter(outbox::state.eq(MessageState::Claimed.as_str()).or(outbox::state.eq(MessageState::InData.as_str())))
        .filter(outbox::lease_until.lt(At(now)))
        .filter(outbox::mailing_id.eq_any(cancelled.nullable()));
    diesel::update(lost)
        .set((
            outbox::state.eq(MessageState::Uncertain.as_str()),
            outbox::fence.eq(outbox::fence + 1),
            outbox::changed_at.eq(At(now)),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn finish_sent(tx: &mut Tx) -> Result<(), Fault> {
    let sending: Vec<Id> =
        mailing::table.filter(mailing::state.eq(State::Sending.as_str())).select(mailing::id).load(tx)?;
    for id in sending {
        let under_way = outbox::table
            .filter(outbox::mailing_id.eq(id))
            .filter(outbox::state.eq_any(UNDER_WAY.map(MessageState::as_str)));
        let is_under_way: bool = diesel::select(diesel::dsl::exists(under_way)).get_result(tx)?;
        if !is_under_way && !is_fanning_out(tx, id)? {
            set_mailing_state(tx, id, State::Sent)?;
        }
    }
    Ok(())
}

const UNDER_WAY: [MessageState; 4] =
    [MessageState::Queued, MessageState::Claimed, MessageState::InData, MessageState::Retry];

/// The teams of members, for those who are in several.
pub(super) fn teams_of_members(tx: &mut Tx, members: &[Id]) -> Result<BTreeMap<Id, Vec<Id>>, Fault> {
    let mut found: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    let rows: Vec<(Id, Id)> = membership::table
        .filter(membership::member_id.eq_any(members))
        .order((membership::member_id, membership::team_id))
        .select((membership::member_id, membership::team_id))
        .load(tx)?;
    for (member, team) in rows {
        found.entry(member).or_default().push(team);
    }
    Ok(found)
}

/// The first invitation's Message-ID for each of `members`, for later mail to hang on.
pub(super) fn invitation_messages(tx: &mut Tx, of: Id, members: &[Id]) -> Result<BTreeMap<Id, String>, Fault> {
    let invitations: Vec<Id> = mailing::table
        .filter(mailing::consultation_id.eq(of).and(mailing::kind.eq(Kind::Invitation.as_str())))
        .select(mailing::id)
        .load(tx)?;
    let rows: Vec<(Id, String)> = outbox::table
        .filter(outbox::mailing_id.eq_any(invitations))
        .filter(outbox::member_id.eq_any(members))
        .filter(outbox::state.eq(MessageState::Sent.as_str()))
        .order(outbox::id.desc())
        .select((outbox::member_id, outbox::message_id))
        .load(tx)?;
    Ok(rows.into_iter().collect())
}

pub(super) fn code_expiry(tx: &mut Tx, code: Id) -> Result<Option<DateTime<Utc>>, Fault> {
    let found: Option<At> = access_code::table.find(code).select(access_code::expires_at).first(tx).optional()?;
    Ok(found.map(|at| at.0))
}

pub(super) fn has_left(tx: &mut Tx, members: &[Id]) -> Result<Vec<Id>, Fault> {
    Ok(member::table.filter(member::id.eq_any(members).and(member::has_left.eq(true))).select(member::id).load(tx)?)
}

pub(super) fn invitations_by_id(tx: &mut Tx, ids: &[Id]) -> Result<Vec<crate::consultations::Invitation>, Fault> {
    Ok(invitation::table
        .filter(invitation::id.eq_any(ids))
        .select((
            invitation::id,
            invitation::consultation_id,
            invitation::member_id,
            invitation::team_id,
            invitation::label_id,
            invitation::generation,
            invitation::no_reminders,
        ))
        .load(tx)?)
}

/// Teams with members invited to a consultation.
pub(super) fn labelled_teams(tx: &mut Tx, of: Id) -> Result<Vec<Id>, Fault> {
    use crate::store::schema::label;
    Ok(label_team::table
        .inner_join(label::table)
        .filter(label::consultation_id.eq(of))
        .select(label_team::team_id)
        .load(tx)?)
}

/// One invited member as counting needs her.
#[derive(Queryable)]
pub(super) struct Invited {
    pub(super) member_id: Id,
    pub(super) team_id: Option<Id>,
    pub(super) has_left: bool,
    pub(super) has_address: bool,
}

pub(super) fn invited_teams(tx: &mut Tx, of: Id) -> Result<Vec<Invited>, Fault> {
    Ok(invitation::table
        .inner_join(member::table)
        .filter(invitation::consultation_id.eq(of))
        .select((invitation::member_id, invitation::team_id, member::has_left, member::email.is_not_null()))
        .load(tx)?)
}

/// What a mailing to everybody invited comes to. Those who have left or have no address are few: they
/// are looked up, and nobody else.
pub(super) fn invited_counts(tx: &mut Tx, of: Id) -> Result<Recipients, Fault> {
    let invited = || invitation::table.filter(invitation::consultation_id.eq(of));
    let left = member::table.filter(member::has_left.eq(true)).select(member::id);
    let without = member::table.filter(member::has_left.eq(false).and(member::email.is_null())).select(member::id);
    let all: i64 = invited().count().get_result(tx)?;
    let left: i64 = invited().filter(invitation::member_id.eq_any(left)).count().get_result(tx)?;
    let no_address: i64 = invited().filter(invitation::member_id.eq_any(without)).count().get_result(tx)?;
    let size = |count: i64| usize::try_from(count).unwrap_or_default();
    Ok(Recipients { recipients: size(all - left - no_address), no_address: size(no_address), left: size(left) })
}

/// How many invited members a mail to everybody goes to now.
pub(super) fn reachable(tx: &mut Tx, of: Id) -> Result<usize, Fault> {
    Ok(invited_counts(tx, of)?.recipients)
}

pub(super) fn message_state(text: &str) -> Result<MessageState, Fault> {
    MessageState::from_value(text).ok_or_else(|| Fault::Corrupt(format!("outbox state {text:?}")))
}
