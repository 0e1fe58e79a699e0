//! What organisers may know by name: whom mail does not reach.
//!
//! Only mailings that go to everybody whatever she did are looked at, and neither opting out of
//! reminders nor *not sent* is shown: both are ticked by finishing, so they would tell who has.

use std::collections::BTreeMap;

use serde::Serialize;

use super::mailing::{Audience, Mailing};
use super::outbox::MessageState;
use super::queries;
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

/// # Errors
/// When the database fails.
pub fn of_consultation(tx: &mut Tx, consultation: Id) -> Result<Delivery, Fault> {
    let mut fates: BTreeMap<Id, (MessageState, Option<String>)> = BTreeMap::new();
    for (member, state, trouble) in queries::plain_deliveries(tx, consultation)? {
        // Whoever was reached once can be reached; else the latest message tells.
        if fates.get(&member).is_none_or(|(known, _)| *known != MessageState::Sent) {
            fates.insert(member, (state, trouble));
        }
    }
    let mut teams: Vec<TeamDelivery> = Vec::new();
    let mut unreachable = Vec::new();
    for one in queries::reach(tx, consultation)? {
        if teams.last().is_none_or(|team| team.team != one.team) {
            let team = one.team.clone();
            teams.push(TeamDelivery { team, invited: 0, reached: 0, waiting: 0, failed: 0, no_address: 0 });
        }
        let Some(team) = teams.last_mut() else { continue };
        team.invited += 1;
        let mut tell = |why, trouble| {
            unreachable.push(Unreachable {
                name: one.name.clone(),
                membership_number: one.membership_number.clone(),
                team: one.team.clone(),
                why,
                trouble,
            });
        };
        match fates.remove(&one.member_id) {
            _ if !one.has_address => {
                team.no_address += 1;
                tell(Why::NoAddress, None);
            }
            Some((MessageState::Sent, _)) => team.reached += 1,
            Some((MessageState::Failed, trouble)) => {
                team.failed += 1;
                tell(Why::Failed, trouble);
            }
            _ => team.waiting += 1,
        }
    }
    Ok(Delivery { teams, unreachable })
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

/// Whom a mailing has not reached, by team and name. Empty for reminders and for mailings to *not
/// finished*: to be on such a list would mean not to have finished.
///
/// # Errors
/// When the database fails.
pub fn missed(tx: &mut Tx, mailing: &Mailing) -> Result<Vec<Missed>, Fault> {
    if mailing.kind.is_reminder() || mailing.audience != Audience::Everyone {
        return Ok(Vec::new());
    }
    queries::missed(tx, mailing.id)
}
