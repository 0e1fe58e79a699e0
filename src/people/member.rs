//! Members: who is asked. A member who leaves stays as a row, so that her words stay too.

use std::collections::{BTreeMap, BTreeSet};

use diesel::Queryable;
use serde::Serialize;
use serde_json::json;

use super::{queries, team};
use crate::audit::Deed;
use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};
use crate::text;

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

impl Member {
    fn nobody(id: Id) -> Self {
        Self {
            id,
            email: None,
            name: String::new(),
            membership_number: None,
            language: DEFAULT_LANGUAGE.to_owned(),
            has_left: false,
            teams: Vec::new(),
        }
    }
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

/// Whom to look for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// A part of the name or of the address, in any case; empty for everybody.
    pub words: String,
    /// Of this team and those below it.
    pub team: Option<Id>,
    /// From the one after this member on.
    pub after: Option<Id>,
}

/// At most `limit` members who are found, by name.
///
/// # Errors
/// When the database fails.
pub fn search(tx: &mut Tx, wanted: &Search, limit: i64) -> Result<Vec<Member>, Fault> {
    let teams = wanted.team.map(|id| team::with_all_below(tx, &[id])).transpose()?;
    let teams = teams.map(|ids| ids.into_iter().collect::<Vec<_>>());
    let after = wanted.after.map(|id| queries::member(tx, id)).transpose()?.flatten();
    let after = after.map(|member| (member.name, member.id));
    queries::search_members(tx, wanted.words.trim(), teams.as_deref(), after, limit)
}

/// How many members there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Who have not left.
    pub present: i64,
    /// Of those, who have no mail address.
    pub no_address: i64,
    pub left: i64,
}

/// # Errors
/// When the database fails.
pub fn counts(tx: &mut Tx) -> Result<Counts, Fault> {
    queries::member_counts(tx)
}

/// A member as she is typed in by hand. Her language and whether she has left stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub name: String,
    /// Empty for somebody who is reached on paper.
    pub email: String,
    pub membership_number: String,
    /// Paths of her teams (`Service/Team`, in any case), and whether she is their rep; empty paths are
    /// left out.
    pub teams: Vec<(String, bool)>,
}

/// Adds one member.
///
/// # Errors
/// Fields `name`, `email`, `membership_number`, `team_0`, `team_1` …: what cannot be, or belongs to
/// another member; a team that is not there.
pub fn add(tx: &mut Tx, deed: &Deed, typed: &Typed) -> Result<Id, Refusal> {
    let id = deed.new_id();
    let member = checked(tx, typed, Member::nobody(id))?;
    queries::insert_member(tx, &member)?;
    queries::set_places(tx, id, &member.teams)?;
    deed.record(tx, "add member", &id.to_string(), &json!({ "teams": member.teams.len() }))?;
    Ok(id)
}

/// Adds somebody who is not a member, and so in no team: she stands in no list of members and is
/// invited to nothing by herself.
///
/// # Errors
/// Fields `name` and `email`; an address that another has.
pub fn add_colleague(tx: &mut Tx, deed: &Deed, name: &str, email: &str) -> Result<Id, Refusal> {
    let id = deed.new_id();
    let mut problems = Problems::default();
    let (name, email) = (problems.check(text::line("name", name)), problems.check(text::email("email", email)));
    problems.none()?;
    let member = Member { name: name.unwrap_or_default(), email, ..Member::nobody(id) };
    queries::insert_member(tx, &member)?;
    deed.record(tx, "add colleague", &id.to_string(), &json!({}))?;
    Ok(id)
}

/// Whoever has this address, a member or a colleague who is none.
///
/// # Errors
/// When the database fails.
pub fn by_address(tx: &mut Tx, email: &str) -> Result<Option<Member>, Refusal> {
    match queries::member_by_email(tx, &email_key(email))? {
        Some(id) => by_id(tx, id).map(Some),
        None => Ok(None),
    }
}

/// Corrects one member; whether her address is another now (or a first one), so that her links must
/// be made anew in the same transaction.
///
/// # Errors
/// As [`add`]; no such member.
pub fn change(tx: &mut Tx, deed: &Deed, id: Id, typed: &Typed) -> Result<bool, Refusal> {
    let before = by_id(tx, id)?;
    let after = checked(tx, typed, before.clone())?;
    if after == before {
        return Ok(false);
    }
    queries::update_member(tx, &after)?;
    queries::set_places(tx, id, &after.teams)?;
    let key = |member: &Member| member.email.as_deref().map(email_key);
    let has_new_address = key(&before) != key(&after);
    let detail =
        json!({ "address": has_new_address, "teams": before.teams != after.teams, "name": before.name != after.name });
    deed.record(tx, "change member", &id.to_string(), &detail)?;
    Ok(has_new_address)
}

/// `was` with what is typed.
fn checked(tx: &mut Tx, typed: &Typed, was: Member) -> Result<Member, Refusal> {
    let mut problems = Problems::default();
    let name = problems.check(text::line("name", &typed.name)).unwrap_or_default();
    let given = |text: &str| !text.trim().is_empty();
    let email = given(&typed.email).then(|| problems.check(text::email("email", &typed.email))).flatten();
    if let Some(email) = &email
        && queries::member_by_email(tx, &email_key(email))?.is_some_and(|other| other != was.id)
    {
        problems.note("email", "address-taken", "Another member has this address.");
    }
    let number = problems.check(text::optional_line("membership_number", &typed.membership_number));
    let membership_number = number.filter(|number| !number.is_empty());
    if let Some(number) = &membership_number
        && queries::member_by_number(tx, number)?.is_some_and(|other| other != was.id)
    {
        problems.note("membership_number", "number-taken", "Another member has this membership number.");
    }
    let known: BTreeMap<String, Id> =
        queries::teams(tx)?.into_iter().map(|team| (team::fold(&team.path), team.id)).collect();
    let mut places: BTreeMap<Id, bool> = BTreeMap::new();
    for (index, (path, is_rep)) in typed.teams.iter().enumerate().filter(|(_, (path, _))| given(path)) {
        let path = path.split('/').map(str::trim).collect::<Vec<_>>().join("/");
        match known.get(&team::fold(&path)) {
            Some(team) => *places.entry(*team).or_default() |= is_rep,
            None => problems.note(
                &format!("team_{index}"),
                "no-such-team",
                "There is no such team. Choose one from the list of teams.",
            ),
        }
    }
    if !typed.teams.iter().any(|(path, _)| given(path)) {
        problems.note("team_0", "team-needed", "Choose her team.");
    }
    problems.none()?;
    let teams = places.into_iter().map(|(team, is_rep)| InTeam { team, is_rep }).collect();
    Ok(Member { email, name, membership_number, teams, ..was })
}

/// Takes back that a member has left.
///
/// # Errors
/// When there is no such member.
pub fn come_back(tx: &mut Tx, deed: &Deed, id: Id) -> Result<(), Refusal> {
    if by_id(tx, id)?.has_left {
        queries::set_left(tx, id, false)?;
        deed.record(tx, "unmark leaver", &id.to_string(), &json!({}))?;
    }
    Ok(())
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
    queries::set_left(tx, id, true)?;
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

/// Everybody whom no mail can reach, in no order.
///
/// # Errors
/// When the database fails.
pub fn without_address(tx: &mut Tx) -> Result<BTreeSet<Id>, Fault> {
    queries::without_address(tx)
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
