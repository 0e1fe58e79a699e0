//! Members: who is asked. A member who leaves stays as a row, so that her words stay too.

use std::collections::BTreeMap;

use diesel::Queryable;
use serde::Serialize;
use serde_json::json;

use super::{queries, team};
use crate::audit::Deed;
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// The language of messages to a member who has not chosen one.
pub const DEFAULT_LANGUAGE: &str = "en";

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    pub id: Id,
    /// As written; none for people who are reached on paper.
    pub email: Option<String>,
    pub name: String,
    pub membership_number: Option<String>,
    /// A language tag such as `en` or `cy`.
    pub language: String,
    pub has_left: bool,
    pub teams: Vec<InTeam>,
}

/// A member's place in one team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct InTeam {
    pub team: Id,
    pub is_rep: bool,
}

/// How to reach a member.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Contact {
    pub id: Id,
    pub email: Option<String>,
    pub name: String,
    pub language: String,
}

/// At most `limit` members in the order of their ids, from the one after `after` on; with `of`,
/// only those of that team and the teams below it.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx, of: Option<Id>, after: Option<Id>, limit: i64) -> Result<Vec<Member>, Fault> {
    let teams = of.map(|id| team::with_all_below(tx, &[id])).transpose()?;
    let teams = teams.map(|ids| ids.into_iter().collect::<Vec<_>>());
    queries::members(tx, teams.as_deref(), after, limit)
}

/// # Errors
/// When there is no such member.
pub fn by_id(tx: &mut Tx, id: Id) -> Result<Member, Refusal> {
    queries::member(tx, id)?.ok_or(Refusal::Unknown("member"))
}

/// Whether a member has left; cheaper than reading all of her.
///
/// # Errors
/// When there is no such member.
pub fn has_left(tx: &mut Tx, id: Id) -> Result<bool, Refusal> {
    queries::has_left(tx, id)?.ok_or(Refusal::Unknown("member"))
}

/// Marks a member as having left. Her row and her words stay.
///
/// # Errors
/// When there is no such member.
pub fn leave(tx: &mut Tx, deed: &Deed, id: Id) -> Result<(), Refusal> {
    if by_id(tx, id)?.has_left {
        return Ok(());
    }
    queries::set_left(tx, id)?;
    deed.record(tx, "mark leaver", &id.to_string(), &json!({}))?;
    Ok(())
}

/// Everybody who has not left and is in one of `teams` (none: of all teams) or below, in the order
/// of ids, each with the ids of those teams that she is in.
///
/// # Errors
/// When the database fails.
pub fn invitable(tx: &mut Tx, teams: Option<&[Id]>) -> Result<Vec<(Id, Vec<Id>)>, Fault> {
    let wanted = teams.map(|ids| team::with_all_below(tx, ids)).transpose()?;
    let mut found: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (member, team) in queries::present_memberships(tx)? {
        if wanted.as_ref().is_none_or(|wanted| wanted.contains(&team)) {
            found.entry(member).or_default().push(team);
        }
    }
    Ok(found.into_iter().collect())
}

/// How to reach each of `members`; in no order, unknown ids left out.
///
/// # Errors
/// When the database fails.
pub fn contact_of(tx: &mut Tx, members: &[Id]) -> Result<Vec<Contact>, Fault> {
    queries::contacts(tx, members)
}

/// How addresses are compared: in any case.
#[must_use]
pub fn email_key(email: &str) -> String {
    email.to_lowercase()
}
