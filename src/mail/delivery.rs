//! What organisers may know by name: whom mail does not reach.
//!
//! Only mailings that go to everybody whatever she did are looked at, and neither opting out of
//! reminders nor *not sent* is shown: both are ticked by finishing, so they would tell who has.

mod queries;

use std::collections::BTreeMap;

use serde::Serialize;

use super::mailing::{Audience, Mailing};
use super::outbox::MessageState;
use crate::ids::Id;
use crate::store::{Fault, Tx};

/// How mail of a consultation has fared.
#[derive(Debug, Clone, Serialize)]
pub struct Delivery {
    pub teams: Vec<TeamDelivery>,
    pub unreachable: Vec<Unreachable>,
}

/// The invited members of one team; everyone is counted once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TeamDelivery {
    /// The team's path; none for members of several teams who have not chosen yet.
    pub team: Option<String>,
    pub invited: usize,
    pub reached: usize,
    pub waiting: usize,
    pub failed: usize,
    pub no_address: usize,
}

crate::values! {
    /// Why mail does not reach a member.
    Why { NoAddress = "no_address", Failed = "failed" }
}

/// A member whom mail does not reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreachable {
    pub name: String,
    /// For the call sheet alone.
    #[serde(skip)]
    pub membership_number: Option<String>,
    pub team: Option<String>,
    pub why: Why,
    pub trouble: Option<String>,
}

/// How mail has fared, with the name of everybody whom it does not reach.
///
/// # Errors
/// When the database fails.
pub fn of_consultation(tx: &mut Tx, consultation: Id) -> Result<Delivery, Fault> {
    Ok(Delivery { teams: delivered(tx, consultation)?, unreachable: unreachable(tx, consultation, None)? })
}

/// How mail has fared by team, in the order of their paths; members of several teams who have not
/// chosen yet come first. Counted by the database: no member is read.
///
/// # Errors
/// When the database fails.
pub fn delivered(tx: &mut Tx, consultation: Id) -> Result<Vec<TeamDelivery>, Fault> {
    let told = queries::plain_mailings(tx, consultation)?;
    let reached = counted(queries::reached_by_team(tx, consultation, &told)?);
    let failed = counted(queries::failed_by_team(tx, &told)?);
    let no_address = counted(queries::without_mail_by_team(tx, consultation)?);
    let paths = queries::paths(tx)?;
    let invited = queries::invited_by_team(tx, consultation)?.into_iter();
    let teams = invited.map(|(team, invited)| {
        let of_team = |counts: &BTreeMap<Option<Id>, usize>| counts.get(&team).copied().unwrap_or_default();
        let (reached, failed, no_address) = (of_team(&reached), of_team(&failed), of_team(&no_address));
        let invited = size(invited);
        // To the others nothing was written yet, or it is under way.
        let waiting = invited.saturating_sub(reached + failed + no_address);
        let team = team.and_then(|id| paths.get(&id).cloned());
        TeamDelivery { team, invited, reached, waiting, failed, no_address }
    });
    let mut teams: Vec<_> = teams.collect();
    teams.sort_by(|one, other| one.team.cmp(&other.team));
    Ok(teams)
}

/// Whom mail does not reach, by team and name: the first so many, or all.
///
/// # Errors
/// When the database fails.
pub fn unreachable(tx: &mut Tx, consultation: Id, most: Option<usize>) -> Result<Vec<Unreachable>, Fault> {
    let limit = most.map_or(i64::MAX, |most| i64::try_from(most).unwrap_or(i64::MAX));
    let told = queries::plain_mailings(tx, consultation)?;
    let without = queries::without_mail(tx, consultation, limit)?.into_iter().map(|one| (one, Why::NoAddress));
    let failed = queries::failed(tx, &told, limit)?.into_iter().map(|one| (one, Why::Failed));
    let mut found: Vec<_> = without.chain(failed).collect();
    found.sort_by(|(one, _), (other, _)| {
        (&one.team, &one.name, one.member_id).cmp(&(&other.team, &other.name, other.member_id))
    });
    found.truncate(most.unwrap_or(found.len()));
    let named = found.into_iter().map(|(one, why)| Unreachable {
        name: one.name,
        membership_number: one.membership_number,
        team: one.team,
        why,
        trouble: one.trouble,
    });
    Ok(named.collect())
}

fn counted(rows: Vec<(Option<Id>, i64)>) -> BTreeMap<Option<Id>, usize> {
    rows.into_iter().map(|(team, count)| (team, size(count))).collect()
}

fn size(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}

/// A member whom one mailing has not reached, or perhaps not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    pub name: String,
    /// The team's path.
    pub team: Option<String>,
    /// *Failed* or *uncertain*.
    pub state: MessageState,
    pub trouble: Option<String>,
}

/// Whom a mailing has not reached, by team and name: so many of them, beginning
/// with the one that `from` others come before. Empty for reminders and for mailings to *not
/// finished*: to be on such a list would mean not to have finished.
///
/// # Errors
/// When the database fails.
pub fn missed(tx: &mut Tx, mailing: &Mailing, from: usize, most: usize) -> Result<Vec<Missed>, Fault> {
    if mailing.kind.is_reminder() || mailing.audience != Audience::Everyone {
        return Ok(Vec::new());
    }
    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    queries::missed(tx, mailing.id, whole(from), whole(most))
}
