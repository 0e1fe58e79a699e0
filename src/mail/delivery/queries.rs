use std::collections::BTreeMap;

use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;

use super::Missed;
use crate::ids::Id;
use crate::mail::mailing::{Audience, Kind};
use crate::mail::outbox::MessageState;
use crate::mail::queries::message_state;
use crate::store::schema::{invitation, mailing, member, outbox, team};
use crate::store::{Fault, Tx};

// The same table once more, for "no other message of hers".
diesel::alias!(outbox as other: Other);

/// Mailings to everybody whatever she did: nothing of them depends on a response.
pub(super) fn plain_mailings(tx: &mut Tx, of: Id) -> Result<Vec<Id>, Fault> {
    Ok(mailing::table
        .filter(mailing::consultation_id.eq(of).and(mailing::audience.eq(Audience::Everyone.as_str())))
        .filter(mailing::kind.ne(Kind::Reminder.as_str()).and(mailing::kind.ne(Kind::ClosingSoon.as_str())))
        .select(mailing::id)
        .load(tx)?)
}

/// So many members of a team.
type OfTeam = (Option<Id>, i64);

// Members who have left, or have no address, are few: to leave them out one by one costs less than to
// look up everybody who is invited.

/// How many of each team are invited.
pub(super) fn invited_by_team(tx: &mut Tx, of: Id) -> Result<Vec<OfTeam>, Fault> {
    let left = member::table.filter(member::has_left.eq(true)).select(member::id);
    Ok(invitation::table
        .filter(invitation::consultation_id.eq(of).and(not(invitation::member_id.eq_any(left))))
        .group_by(invitation::team_id)
        .select((invitation::team_id, count_star()))
        .load(tx)?)
}

/// How many of each team have no address.
pub(super) fn without_mail_by_team(tx: &mut Tx, of: Id) -> Result<Vec<OfTeam>, Fault> {
    let without = member::table.filter(member::has_left.eq(false).and(member::email.is_null())).select(member::id);
    Ok(invitation::table
        .filter(invitation::consultation_id.eq(of).and(invitation::member_id.eq_any(without)))
        .group_by(invitation::team_id)
        .select((invitation::team_id, count_star()))
        .load(tx)?)
}

/// How many of each team got one of these mailings.
pub(super) fn reached_by_team(tx: &mut Tx, of: Id, told: &[Id]) -> Result<Vec<OfTeam>, Fault> {
    let off = member::table.filter(member::has_left.eq(true).or(member::email.is_null())).select(member::id);
    let got_one = outbox::table
        .filter(outbox::mailing_id.eq_any(told))
        .filter(outbox::state.eq(MessageState::Sent.as_str()))
        .filter(outbox::member_id.eq(invitation::member_id));
    Ok(invitation::table
        .filter(invitation::consultation_id.eq(of).and(not(invitation::member_id.eq_any(off))))
        .filter(exists(got_one))
        .group_by(invitation::team_id)
        .select((invitation::team_id, count_star()))
        .load(tx)?)
}

/// The path of each team.
pub(super) fn paths(tx: &mut Tx) -> Result<BTreeMap<Id, String>, Fault> {
    let rows: Vec<(Id, String)> = team::table.select((team::id, team::path)).load(tx)?;
    Ok(rows.into_iter().collect())
}

/// Members whose latest message of these mailings failed, and who got none of them.
macro_rules! failed {
    ($told:ident) => {{
        // Whoever was reached once can be reached; else the latest message tells.
        let later = other
            .field(outbox::changed_at)
            .gt(outbox::changed_at)
            .or(other.field(outbox::changed_at).eq(outbox::changed_at).and(other.field(outbox::id).gt(outbox::id)));
        let tells_more = other
            .filter(other.field(outbox::mailing_id).eq_any($told))
            .filter(other.field(outbox::member_id).eq(outbox::member_id))
            .filter(other.field(outbox::state).eq(MessageState::Sent.as_str()).or(later));
        outbox::table
            .inner_join(member::table)
            .inner_join(invitation::table.left_join(team::table))
            .filter(outbox::mailing_id.eq_any($told))
            .filter(outbox::state.eq(MessageState::Failed.as_str()))
            .filter(member::has_left.eq(false).and(member::email.is_not_null()))
            .filter(not(exists(tells_more)))
    }};
}

/// How many of each team these mailings did not reach.
pub(super) fn failed_by_team(tx: &mut Tx, told: &[Id]) -> Result<Vec<OfTeam>, Fault> {
    let rows = failed!(told).group_by(invitation::team_id).select((invitation::team_id, count_star()));
    Ok(rows.load(tx)?)
}

/// A member whom mail does not reach.
#[derive(Queryable)]
pub(super) struct Named {
    pub(super) member_id: Id,
    pub(super) name: String,
    pub(super) membership_number: Option<String>,
    /// The team's path.
    pub(super) team: Option<String>,
    pub(super) trouble: Option<String>,
}

/// Whom these mailings did not reach, by team and name.
pub(super) fn failed(tx: &mut Tx, told: &[Id], limit: i64) -> Result<Vec<Named>, Fault> {
    Ok(failed!(told)
        .order((invitation::team_id.is_not_null(), team::path, member::name, member::id))
        .limit(limit)
        .select((member::id, member::name, member::membership_number, team::path.nullable(), outbox::trouble))
        .load(tx)?)
}

/// Invited members without an address, by team and name.
pub(super) fn without_mail(tx: &mut Tx, of: Id, limit: i64) -> Result<Vec<Named>, Fault> {
    Ok(invitation::table
        .inner_join(member::table)
        .left_join(team::table)
        .filter(invitation::consultation_id.eq(of).and(member::has_left.eq(false)).and(member::email.is_null()))
        .order((invitation::team_id.is_not_null(), team::path, member::name, member::id))
        .limit(limit)
        .select((
            member::id,
            member::name,
            member::membership_number,
            team::path.nullable(),
            None::<String>.into_sql::<diesel::sql_types::Nullable<diesel::sql_types::Text>>(),
        ))
        .load(tx)?)
}

/// Whom one mailing has not reached, or perhaps not, by team and name.
pub(super) fn missed(tx: &mut Tx, mailing: Id, from: i64, limit: i64) -> Result<Vec<Missed>, Fault> {
    let rows: Vec<(String, Option<String>, String, Option<String>)> = outbox::table
        .inner_join(member::table)
        .left_join(invitation::table.left_join(team::table))
        .filter(outbox::mailing_id.eq(mailing))
        .filter(outbox::state.eq_any([MessageState::Failed, MessageState::Uncertain].map(MessageState::as_str)))
        .order((team::path, member::name, member::id))
        .offset(from)
        .limit(limit)
        .select((member::name, team::path.nullable(), outbox::state, outbox::trouble))
        .load(tx)?;
    rows.into_iter()
        .map(|(name, team, state, trouble)| Ok(Missed { name, team, state: message_state(&state)?, trouble }))
        .collect()
}
