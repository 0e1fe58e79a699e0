//! One row for each recipient, with its own Message-ID and what became of it.

mod backoff;
pub(super) mod queries;

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use serde::Serialize;

use super::mailing::{self, Mailing};
use super::transport::Broken;
use crate::consultations::{self, Invitation};
use crate::ids::{Chance, Id};
use crate::links::Links;
use crate::people;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};
use queries::NewRow;

crate::values! {
    /// What became of one message. Reasons of *not sent* are never told apart.
    MessageState {
        Queued = "queued", Claimed = "claimed", InData = "in_data", Retry = "retry", Sent = "sent",
        Failed = "failed", Uncertain = "uncertain", NotSent = "not_sent", Cancelled = "cancelled",
    }
}

/// A message that this worker holds until its lease runs out.
#[derive(Debug, Clone)]
pub struct Claimed {
    pub id: Id,
    pub mailing_id: Option<Id>,
    pub kind: String,
    pub member_id: Id,
    pub invitation_id: Option<Id>,
    pub access_code_id: Option<Id>,
    /// With its angle brackets.
    pub message_id: String,
    /// How often it was claimed, this time included.
    pub attempts: i32,
    pub fence: i32,
}

/// What a worker records of a message it held.
#[derive(Debug, Clone)]
pub struct Settled {
    pub id: Id,
    pub fence: i32,
    pub attempts: i32,
    /// When there is no use in sending it any more, where that is known.
    pub until: Option<DateTime<Utc>>,
    pub outcome: Outcome,
}

#[derive(Debug, Clone)]
pub enum Outcome {
    Sent,
    NotSent,
    Broken(Broken),
    /// Handed over without an answer; never sent again by itself.
    Uncertain(Broken),
    /// Untried; as it was before it was claimed.
    Returned,
}

/// A message of a mailing as the choice of recipients needs it.
#[derive(Debug, Clone)]
pub struct Pending {
    pub invitation_id: Id,
    pub label_id: Option<Id>,
    pub state: MessageState,
}

/// How many messages are in each state; every state is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts(pub BTreeMap<MessageState, i64>);

/// How long a claim holds, unless it is prolonged with [`hold`].
pub const LEASE: Duration = Duration::seconds(60);

/// The kind of a row that answers "I have lost my link".
pub const LINK_AGAIN: &str = "link_again";

/// The kind of a row that carries an access code.
pub const CODE: &str = "code";

/// What each message is: a mailing's kind, `link_again` or `code`.
///
/// # Errors
/// When the database fails.
pub fn kinds(tx: &mut Tx) -> Result<BTreeMap<Id, String>, Fault> {
    Ok(queries::kinds(tx)?.into_iter().collect())
}

/// Writes the rows of up to `limit` invited members after `after`; returns where to go on, until
/// everybody has one. Running it again changes nothing.
///
/// # Errors
/// When the database fails.
pub fn fan_out_chunk(
    tx: &mut Tx,
    chance: &Chance,
    links: &Links,
    now: DateTime<Utc>,
    mailing: &Mailing,
    after: Option<Id>,
    limit: i64,
) -> Result<Option<Id>, Refusal> {
    if mailing::get(tx, mailing.id)?.state == mailing::State::Cancelled {
        return Ok(None);
    }
    let chosen = mailing::teams_of(tx, mailing.id)?;
    let chosen = if chosen.is_empty() { None } else { Some(people::team::with_all_below(tx, &chosen)?) };
    let invited = queries::invited(tx, mailing.consultation_id, after, limit)?;
    let undecided: Vec<Id> = invited.iter().filter(|one| one.team_id.is_none()).map(|one| one.member_id).collect();
    let teams = if chosen.is_some() { super::queries::teams_of_members(tx, &undecided)? } else { BTreeMap::new() };
    let is_chosen = |member: Id, team: Option<Id>| match (&chosen, team) {
        (None, _) => true,
        (Some(chosen), Some(team)) => chosen.contains(&team),
        (Some(chosen), None) => teams.get(&member).is_some_and(|own| own.iter().any(|team| chosen.contains(team))),
    };
    let rows: Vec<NewRow> = invited
        .iter()
        .filter(|one| !one.has_left && one.has_address && is_chosen(one.member_id, one.team_id))
        .map(|one| {
            let skipped = one.no_reminders && mailing.kind.is_reminder();
            let state = if skipped { MessageState::NotSent } else { MessageState::Queued };
            NewRow {
                mailing_id: Some(mailing.id),
                invitation_id: Some(one.invitation_id),
                ..new_row(chance, links, now, mailing.kind.as_str(), one.member_id, state)
            }
        })
        .collect();
    queries::insert_rows(tx, &rows)?;
    let is_full = i64::try_from(invited.len()).is_ok_and(|found| found == limit);
    Ok(invited.last().filter(|_| is_full).map(|one| one.member_id))
}

/// Queues the mail with her links for whoever has this address; false when nobody in an open
/// consultation has, or when one was queued within the hour.
///
/// # Errors
/// When the database fails.
pub fn queue_link_again(
    tx: &mut Tx,
    chance: &Chance,
    links: &Links,
    now: DateTime<Utc>,
    email: &str,
) -> Result<bool, Fault> {
    let Some(one) = consultations::invitations_of_address(tx, email)?.into_iter().next() else { return Ok(false) };
    if queries::was_queued_since(tx, one.member_id, LINK_AGAIN, now - Duration::hours(1))? {
        return Ok(false);
    }
    let row = new_row(chance, links, now, LINK_AGAIN, one.member_id, MessageState::Queued);
    queries::insert_rows(tx, &[row])?;
    Ok(true)
}

/// Queues the mail with an access code, in the transaction that makes the code.
///
/// # Errors
/// When the database fails.
pub fn queue_code(
    tx: &mut Tx,
    chance: &Chance,
    links: &Links,
    now: DateTime<Utc>,
    invitation: &Invitation,
    code: Id,
) -> Result<(), Fault> {
    let row = NewRow {
        invitation_id: Some(invitation.id),
        access_code_id: Some(code),
        ..new_row(chance, links, now, CODE, invitation.member_id, MessageState::Queued)
    };
    queries::insert_rows(tx, &[row])
}

/// Takes up to `limit` messages that are due, or whose worker has let its lease run out before it
/// handed them over. Where it had begun to, nobody knows, and the message becomes *uncertain*.
///
/// # Errors
/// When the database fails.
pub fn claim(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Claimed>, Fault> {
    queries::doubt_lost(tx, now)?;
    let mut found = Vec::new();
    for state in [MessageState::Queued, MessageState::Retry, MessageState::Claimed] {
        let left = limit - i64::try_from(found.len()).unwrap_or(limit);
        if left > 0 {
            found.extend(queries::claimable(tx, state, now, left)?);
        }
    }
    queries::mark_claimed(tx, &found, now, now + LEASE)?;
    for row in &mut found {
        row.fence += 1;
        row.attempts += 1;
    }
    Ok(found)
}

/// Prolongs the claims of a worker that is alive; `rows` are row and fence. What another worker has
/// taken up meanwhile is left to it.
///
/// # Errors
/// When the database fails.
pub fn hold(tx: &mut Tx, rows: &[(Id, i32)], now: DateTime<Utc>) -> Result<(), Fault> {
    for (fence, ids) in by_fence(rows) {
        queries::hold(tx, &ids, fence, now + LEASE)?;
    }
    Ok(())
}

/// Writes down that the ends of these messages are about to go out; answers which of them are still
/// this worker's, and only those may go.
///
/// # Errors
/// When the database fails.
pub fn mark_in_data(tx: &mut Tx, rows: &[(Id, i32)], now: DateTime<Utc>) -> Result<Vec<Id>, Fault> {
    let mut ours = Vec::new();
    for (fence, ids) in by_fence(rows) {
        ours.extend(queries::mark_in_data(tx, &ids, fence, now, now + LEASE)?);
    }
    Ok(ours)
}

fn by_fence(rows: &[(Id, i32)]) -> BTreeMap<i32, Vec<Id>> {
    let mut groups: BTreeMap<i32, Vec<Id>> = BTreeMap::new();
    for (id, fence) in rows {
        groups.entry(*fence).or_default().push(*id);
    }
    groups
}

/// Records what became of messages; whatever another worker has taken up meanwhile is left to it.
///
/// # Errors
/// When the database fails.
pub fn settle(tx: &mut Tx, results: &[Settled], now: DateTime<Utc>) -> Result<(), Fault> {
    let mut ended: BTreeMap<(MessageState, i32), Vec<Id>> = BTreeMap::new();
    for result in results {
        match &result.outcome {
            Outcome::Sent => ended.entry((MessageState::Sent, result.fence)).or_default().push(result.id),
            Outcome::NotSent => ended.entry((MessageState::NotSent, result.fence)).or_default().push(result.id),
            Outcome::Returned => ended.entry((MessageState::Queued, result.fence)).or_default().push(result.id),
            Outcome::Uncertain(broken) => {
                queries::settle_broken(tx, result, broken, MessageState::Uncertain, now, now)?;
            }
            Outcome::Broken(broken) => {
                let again = if broken.permanent { None } else { backoff::next_try(result, now) };
                let (state, due_at) = again.map_or((MessageState::Failed, now), |due_at| (MessageState::Retry, due_at));
                queries::settle_broken(tx, result, broken, state, due_at, now)?;
            }
        }
    }
    for ((state, fence), ids) in ended {
        if state == MessageState::Queued {
            queries::put_back(tx, &ids, fence, now)?;
        } else {
            queries::settle_ended(tx, &ids, fence, state, now)?;
        }
    }
    Ok(())
}

/// How many messages of a mailing are in each state.
///
/// # Errors
/// When the database fails.
pub fn counts(tx: &mut Tx, mailing: Id) -> Result<Counts, Fault> {
    let mut counts: BTreeMap<MessageState, i64> = MessageState::ALL.iter().map(|state| (*state, 0)).collect();
    counts.extend(queries::counts(tx, mailing)?);
    Ok(Counts(counts))
}

/// Every message of a mailing, for the choice of recipients at the moment of sending.
///
/// # Errors
/// When the database fails.
pub fn pending(tx: &mut Tx, mailing: Id) -> Result<Vec<Pending>, Fault> {
    queries::pending(tx, mailing)
}

fn new_row(
    chance: &Chance,
    links: &Links,
    now: DateTime<Utc>,
    kind: &str,
    member_id: Id,
    state: MessageState,
) -> NewRow {
    let id = chance.id(now);
    NewRow {
        id,
        mailing_id: None,
        kind: kind.to_owned(),
        member_id,
        invitation_id: None,
        access_code_id: None,
        message_id: format!("<{id}@{}>", links.host()),
        state: state.as_str(),
        attempts: 0,
        fence: 0,
        due_at: now.into(),
        changed_at: now.into(),
    }
}
