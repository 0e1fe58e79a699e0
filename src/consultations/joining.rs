//! People who are not on the list and ask to take part.
//!
//! Whoever asks is answered alike, known or not, and must confirm her address by mail; an organiser or
//! the rep of her team then lets her in, or not. Nothing happens by itself. What she asked with is kept
//! until she is answered, no longer.
//!
//! A colleague who is not a member stands under a label of her own kind, whatever her team: members'
//! labels, bands and denominators stay what they were at opening. Until [`SMALLEST`] such colleagues
//! are let in, what they say in confidence waits, and is never shown if they stay fewer.

pub(super) mod queries;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::consultation::{Consultation, check_open};
use super::deadline::Arrival;
use super::invitation::{Invitation, Tokens, by_member};
use super::label::{self, Label, SMALLEST};
use crate::audit::Deed;
use crate::ids::{Chance, Id};
use crate::keys::{Keys, sha256};
use crate::people::{member, team};
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};
use crate::text;

crate::values! {
    /// How far a request has come.
    JoinState {
        /// Her address is not confirmed yet.
        Unconfirmed = "unconfirmed",
        /// Waits for an organiser or rep.
        Asked = "asked",
        /// Let in; her link is on its way.
        Accepted = "accepted",
        Declined = "declined",
    }
}

crate::values! {
    /// What is answered to her.
    Verdict {
        /// She is a member of the union: joins her team and its label.
        Member = "member",
        /// She is not: stands under the label of colleagues.
        Colleague = "colleague",
        Declined = "declined",
    }
}

/// One request as it is stored.
#[derive(Debug, Clone)]
pub struct JoinRequest {
    pub id: Id,
    pub consultation_id: Id,
    pub name: String,
    pub email: String,
    pub team_id: Id,
    /// What she says of herself.
    pub says_member: bool,
    pub membership_number: String,
    pub state: JoinState,
    pub asked_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Once she is let in.
    pub invitation_id: Option<Id>,
}

/// A request as it is typed.
#[derive(Debug, Clone, Default)]
pub struct NewRequest {
    pub name: String,
    pub email: String,
    /// One of [`teams_to_join`].
    pub team: Option<Id>,
    /// `yes` or `no`.
    pub says_member: String,
    pub membership_number: String,
}

/// The label of colleagues who are not members.
pub const COLLEAGUES: &str = "Colleagues who are not members";

/// How long an address may be confirmed.
const HOLDS: Duration = Duration::days(3);
/// Most requests with one address in a day; more are dropped without a word.
const MOST_OF_ADDRESS: i64 = 3;
/// Most requests to one consultation in an hour.
const MOST_IN_HOUR: i64 = 60;

/// The teams one may say she is in: those with a label, with their paths.
///
/// # Errors
/// When the database fails.
pub fn teams_to_join(tx: &mut Tx, consultation: Id) -> Result<Vec<(Id, String)>, Fault> {
    let labels = label::of_consultation(tx, consultation)?;
    let asked = |id: Id| labels.iter().any(|label| label.teams.contains(&id));
    Ok(team::list(tx)?.into_iter().filter(|team| asked(team.id)).map(|team| (team.id, team.path)).collect())
}

/// Stores a request; its id where a letter is to be sent. Takes the same way for every address.
///
/// # Errors
/// Fields to mend; not open; too many at once.
pub fn ask(
    tx: &mut Tx,
    keys: &Keys,
    chance: &Chance,
    of: &Consultation,
    now: DateTime<Utc>,
    new: &NewRequest,
) -> Result<Option<Id>, Refusal> {
    check_open(of)?;
    if of.judge(now) != Arrival::OnTime {
        return Err(Refusal::Late("Comments have closed.".to_owned()));
    }
    let mut problems = Problems::default();
    let name = problems.check(text::line("name", &new.name));
    let email = problems.check(text::email("email", &new.email));
    let known = teams_to_join(tx, of.id)?;
    let team = new.team.filter(|team| known.iter().any(|(id, _)| id == team));
    if team.is_none() {
        problems.note("team", "no-team-chosen", "Choose your team.");
    }
    if !matches!(new.says_member.as_str(), "yes" | "no") {
        problems.note("says_member", "says-member-missing", "Say if you are a member of the union.");
    }
    let membership_number = problems.check(text::optional_line("membership_number", &new.membership_number));
    problems.none()?;
    let (Some(name), Some(email), Some(team_id), Some(membership_number)) = (name, email, team, membership_number)
    else {
        return Err(Refusal::Invalid(Vec::new()));
    };
    queries::drop_unconfirmed(tx, now)?;
    if queries::asked_since(tx, of.id, now - Duration::hours(1), None)? >= MOST_IN_HOUR {
        return Err(Refusal::TooMany("Many people ask just now; try again in an hour.".to_owned()));
    }
    let email_key = member::email_key(&email);
    if queries::asked_since(tx, of.id, now - Duration::days(1), Some(&email_key))? >= MOST_OF_ADDRESS {
        return Ok(None);
    }
    let id = chance.id(now);
    let request = JoinRequest {
        id,
        consultation_id: of.id,
        name,
        email,
        team_id,
        says_member: new.says_member == "yes",
        membership_number,
        state: JoinState::Unconfirmed,
        asked_at: now,
        expires_at: (now + HOLDS).min(of.deadline.at),
        invitation_id: None,
    };
    queries::insert(tx, &request, &sha256(token(keys, id).as_bytes()))?;
    Ok(Some(id))
}

/// The secret in the mail that confirms an address.
#[must_use]
pub fn token(keys: &Keys, request: Id) -> String {
    URL_SAFE_NO_PAD.encode(&keys.link().mac("join", &[request.as_bytes()])[..16])
}

/// The request behind a mailed secret that still holds, and its consultation's id.
///
/// # Errors
/// None, or one that is over.
pub fn by_token(tx: &mut Tx, token: &str, now: DateTime<Utc>) -> Result<JoinRequest, Refusal> {
    queries::by_token(tx, &sha256(token.as_bytes()))?
        .filter(|one| one.state != JoinState::Unconfirmed || one.expires_at > now)
        .ok_or(Refusal::Unknown("request"))
}

/// Confirms her address: from now on her request is shown to those who decide. Older ones with the
/// same address go.
///
/// # Errors
/// As [`by_token`]; the consultation is not open any more.
pub fn confirm(tx: &mut Tx, token: &str, now: DateTime<Utc>) -> Result<JoinRequest, Refusal> {
    let request = by_token(tx, token, now)?;
    let of = super::by_id(tx, request.consultation_id)?;
    if of.judge(now) != Arrival::OnTime {
        return Err(Refusal::Late("Comments have closed.".to_owned()));
    }
    if request.state == JoinState::Unconfirmed {
        queries::drop_others(tx, &request)?;
        queries::set_state(tx, request.id, JoinState::Asked, None)?;
    }
    Ok(request)
}

/// Confirmed requests that wait for an answer, oldest first; with `teams`, of those alone.
///
/// # Errors
/// When the database fails.
pub fn waiting(tx: &mut Tx, consultation: Id, teams: Option<&[Id]>) -> Result<Vec<JoinRequest>, Fault> {
    let mut all = queries::in_state(tx, consultation, JoinState::Asked)?;
    all.retain(|one| teams.is_none_or(|teams| teams.contains(&one.team_id)));
    Ok(all)
}

/// # Errors
/// No such request of this consultation.
pub fn request(tx: &mut Tx, id: Id) -> Result<JoinRequest, Refusal> {
    queries::by_id(tx, id)?.ok_or(Refusal::Unknown("request"))
}

/// Forgets a request: she has been answered.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut Tx, id: Id) -> Result<(), Fault> {
    queries::delete(tx, id)
}

/// Drops requests whose address was never confirmed in time: whoever typed it may be somebody else.
///
/// # Errors
/// When the database fails.
pub fn forget_unconfirmed(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Fault> {
    queries::drop_unconfirmed(tx, now)
}

/// Answers a confirmed request. Her letter is for the caller to queue.
///
/// # Errors
/// No such request; not open; an address that somebody has who left, or who is a member already.
pub fn decide(
    tx: &mut Tx,
    keys: &Keys,
    deed: &Deed,
    of: &Consultation,
    id: Id,
    verdict: Verdict,
) -> Result<JoinRequest, Refusal> {
    let asked = request(tx, id)?;
    if asked.consultation_id != of.id || asked.state != JoinState::Asked {
        return Err(Refusal::Unknown("request"));
    }
    if verdict != Verdict::Declined && of.judge(deed.now) != Arrival::OnTime {
        return Err(Refusal::conflict("not-open", "Comments have closed; nobody can be let in any more."));
    }
    let invitation = match verdict {
        Verdict::Declined => None,
        Verdict::Member => Some(let_in(tx, keys, deed, of, &asked, true)?),
        Verdict::Colleague => Some(let_in(tx, keys, deed, of, &asked, false)?),
    };
    let state = if invitation.is_some() { JoinState::Accepted } else { JoinState::Declined };
    queries::set_state(tx, id, state, invitation)?;
    let detail = json!({ "request": id, "verdict": verdict, "team": asked.team_id });
    deed.record(tx, "answer join request", &of.slug, &detail)?;
    Ok(JoinRequest { state, invitation_id: invitation, ..asked })
}

/// Her invitation, made where she has none.
fn let_in(
    tx: &mut Tx,
    keys: &Keys,
    deed: &Deed,
    of: &Consultation,
    asked: &JoinRequest,
    as_member: bool,
) -> Result<Id, Refusal> {
    let known = member::by_address(tx, &asked.email)?;
    if let Some(known) = &known {
        if known.has_left {
            let detail = "Somebody who left has this address. Take back on her page that she has left, then answer.";
            return Err(Refusal::conflict("has-left", detail));
        }
        if let Some(invitation) = by_member(tx, of.id, known.id)? {
            return Ok(invitation.id);
        }
        if !as_member && !known.teams.is_empty() {
            return Err(Refusal::conflict("is-member", "A member has this address: let her in as a member."));
        }
    }
    let member_id = match (known, as_member) {
        (Some(known), false) => known.id,
        (Some(known), true) if !known.teams.is_empty() => known.id,
        (known, true) => join_team(tx, deed, asked, known.map(|known| known.id))?,
        (None, false) => member::add_colleague(tx, deed, &asked.name, &asked.email)?,
    };
    let label = if as_member {
        let labels = label::of_consultation(tx, of.id)?;
        let own = labels.into_iter().find(|label| label.teams.contains(&asked.team_id));
        own.ok_or(Refusal::Unknown("team"))?.id
    } else {
        colleagues_label(tx, deed, of.id)?
    };
    let id = deed.new_id();
    let tokens = Tokens::of(keys, id, 1);
    let invitation = Invitation {
        id,
        consultation_id: of.id,
        member_id,
        team_id: Some(asked.team_id),
        label_id: Some(label),
        generation: 1,
        no_reminders: false,
    };
    super::queries::insert_invitations(tx, &[(invitation, [tokens.link_hash, tokens.printed_hash, tokens.stop_hash])])?;
    Ok(id)
}

/// A new member of her team, or a colleague who has become one. A number that somebody else has is
/// left out: it can be mended on her page.
fn join_team(tx: &mut Tx, deed: &Deed, asked: &JoinRequest, known: Option<Id>) -> Result<Id, Refusal> {
    let path = team::by_id(tx, asked.team_id)?.path;
    let typed = |number: &str| member::Typed {
        name: asked.name.clone(),
        email: asked.email.clone(),
        membership_number: number.to_owned(),
        teams: vec![(path.clone(), false)],
    };
    let join = |tx: &mut Tx, typed: &member::Typed| match known {
        Some(id) => member::change(tx, deed, id, typed).map(|_| id),
        None => member::add(tx, deed, typed),
    };
    match join(tx, &typed(&asked.membership_number)) {
        Err(Refusal::Invalid(problems)) if problems.iter().all(|one| one.field == "membership_number") => {
            join(tx, &typed(""))
        }
        done => done,
    }
}

/// The label of colleagues: the only one without teams. Made when the first is let in.
fn colleagues_label(tx: &mut Tx, deed: &Deed, consultation: Id) -> Result<Id, Fault> {
    let labels = label::of_consultation(tx, consultation)?;
    if let Some(there) = labels.iter().find(|label| label.is_of_colleagues()) {
        return Ok(there.id);
    }
    let made = Label { id: deed.new_id(), name: COLLEAGUES.to_owned(), teams: Vec::new() };
    queries::add_label(tx, consultation, &made, i32::try_from(labels.len()).unwrap_or(i32::MAX))?;
    Ok(made.id)
}

/// Colleagues who are not members, as far as they may be spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colleagues {
    pub label: Id,
    pub let_in: usize,
}

impl Colleagues {
    /// Whether what they say in confidence waits.
    #[must_use]
    pub fn are_held(&self) -> bool {
        self.let_in < SMALLEST
    }
}

/// None where nobody was let in as such.
///
/// # Errors
/// When the database fails.
pub fn colleagues(tx: &mut Tx, consultation: Id) -> Result<Option<Colleagues>, Fault> {
    let labels = label::of_consultation(tx, consultation)?;
    let Some(own) = labels.into_iter().find(Label::is_of_colleagues) else { return Ok(None) };
    Ok(Some(Colleagues { label: own.id, let_in: queries::invited_under(tx, own.id)? }))
}

/// The employer's mail domains, in small letters.
///
/// # Errors
/// When the database fails.
pub fn employer_domains(tx: &mut Tx, consultation: Id) -> Result<Vec<String>, Fault> {
    Ok(queries::domains(tx, consultation)?.lines().map(str::to_owned).collect())
}

/// Sets them, as typed: divided by spaces, commas or lines, with or without an @.
///
/// # Errors
/// Field `employer_domains`: what is no domain.
pub fn set_employer_domains(tx: &mut Tx, deed: &Deed, of: &Consultation, typed: &str) -> Result<(), Refusal> {
    let domains = parse_domains(typed)?;
    if domains == employer_domains(tx, of.id)? {
        return Ok(());
    }
    queries::set_domains(tx, of.id, &domains.join("\n"))?;
    Ok(deed.record(tx, "set employer domains", &of.slug, &json!({ "count": domains.len() }))?)
}

/// # Errors
/// Field `employer_domains`: what is no domain.
pub fn parse_domains(typed: &str) -> Result<Vec<String>, Refusal> {
    let mut domains = Vec::new();
    for written in typed.split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';')) {
        let domain = written.rsplit('@').next().unwrap_or_default().trim_matches('.').to_lowercase();
        if domain.is_empty() {
            continue;
        }
        if text::email("employer_domains", &format!("x@{domain}")).is_err() {
            let detail = "Write domains such as county.example, one on each line.";
            return Err(Refusal::field("employer_domains", "not-a-domain", detail));
        }
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    Ok(domains)
}

/// Whether an address is at one of these domains or below it.
#[must_use]
pub fn is_at(domains: &[String], email: &str) -> bool {
    let at = email.rsplit('@').next().unwrap_or_default().to_lowercase();
    domains
        .iter()
        .any(|domain| at == *domain || at.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_employers_addresses_are_known_however_they_are_written() {
        let domains = parse_domains("@County.example, schools.example\n county.example").unwrap();
        assert_eq!(domains, ["county.example", "schools.example"]);
        assert!(is_at(&domains, "ann@county.example") && is_at(&domains, "Ann@Mail.COUNTY.example"));
        assert!(!is_at(&domains, "ann@notcounty.example") && !is_at(&domains, "county.example@home.example"));
        assert!(parse_domains("not a domain").is_err() && parse_domains("").unwrap().is_empty());
    }
}
