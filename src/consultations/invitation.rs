//! One member's right to respond to one consultation, and the secrets that carry it.
//!
//! Every secret is derived from the link key; the database holds only hashes.

use chrono::{DateTime, Duration, Utc};
use diesel::Queryable;

use super::queries;
use crate::ids::{CROCKFORD, Chance, Id};
use crate::keys::{Keys, sha256};
use crate::refusal::Refusal;
use crate::store::columns::At;
use crate::store::{Fault, Tx};

/// An invitation as it is stored.
#[derive(Debug, Clone, Queryable)]
pub struct Invitation {
    pub id: Id,
    pub consultation_id: Id,
    pub member_id: Id,
    /// None until a member of several teams has chosen.
    pub team_id: Option<Id>,
    pub label_id: Option<Id>,
    /// Rises when her address changes; what was said under an older one stays out of reach.
    pub generation: i32,
    pub no_reminders: bool,
}

/// The hashes stored for one invitation and generation.
pub struct Tokens {
    pub link_hash: [u8; 32],
    pub printed_hash: [u8; 32],
    pub stop_hash: [u8; 32],
}

impl Tokens {
    #[must_use]
    pub fn of(keys: &Keys, invitation: Id, generation: i32) -> Self {
        Self {
            link_hash: sha256(link_token(keys, invitation, generation).as_bytes()),
            printed_hash: sha256(bare_code(&printed_code(keys, invitation, generation)).as_bytes()),
            stop_hash: sha256(stop_token(keys, invitation, generation).as_bytes()),
        }
    }
}

/// The token of a member's link: 128 bits, base 64 for addresses.
#[must_use]
pub fn link_token(keys: &Keys, invitation: Id, generation: i32) -> String {
    address_token(keys, "link", invitation, generation)
}

/// The token that only switches reminders off.
#[must_use]
pub fn stop_token(keys: &Keys, invitation: Id, generation: i32) -> String {
    address_token(keys, "stop", invitation, generation)
}

/// The code for people without mail, to be handed over on paper: 60 bits in three groups of four signs.
#[must_use]
pub fn printed_code(keys: &Keys, invitation: Id, generation: i32) -> String {
    let mac = mac(keys, "printed", invitation, generation);
    let letters: Vec<char> = mac[..12].iter().map(|byte| char::from(CROCKFORD[usize::from(byte & 31)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The invitation behind a link's token.
///
/// # Errors
/// When the database fails.
pub fn by_link(tx: &mut Tx, token: &str) -> Result<Option<Invitation>, Fault> {
    queries::invitation_by_link(tx, &sha256(token.as_bytes()))
}

/// The invitation behind a printed code, however it was typed.
///
/// # Errors
/// When the database fails.
pub fn by_printed_code(tx: &mut Tx, typed: &str) -> Result<Option<Invitation>, Fault> {
    queries::invitation_by_printed(tx, &sha256(bare_code(typed).as_bytes()))
}

/// # Errors
/// When the database fails.
pub fn by_stop(tx: &mut Tx, token: &str) -> Result<Option<Invitation>, Fault> {
    queries::invitation_by_stop(tx, &sha256(token.as_bytes()))
}

/// # Errors
/// When the database fails.
pub fn get(tx: &mut Tx, id: Id) -> Result<Option<Invitation>, Fault> {
    queries::invitation(tx, id)
}

/// # Errors
/// When the database fails.
pub fn by_member(tx: &mut Tx, consultation: Id, member: Id) -> Result<Option<Invitation>, Fault> {
    queries::invitation_by_member(tx, consultation, member)
}

/// Everybody invited to a consultation.
///
/// # Errors
/// When the database fails.
pub fn invited(tx: &mut Tx, consultation: Id) -> Result<Vec<Invitation>, Fault> {
    queries::invitations(tx, consultation)
}

/// How many of those invited have a label already.
///
/// # Errors
/// When the database fails.
pub fn labelled(tx: &mut Tx, consultation: Id) -> Result<usize, Fault> {
    queries::labelled(tx, consultation)
}

/// Invitations to open consultations of whoever has this address.
///
/// # Errors
/// When the database fails.
pub fn invitations_of_address(tx: &mut Tx, email: &str) -> Result<Vec<Invitation>, Fault> {
    queries::invitations_of_address(tx, &email.trim().to_lowercase())
}

/// The invited teams a member of several may answer for; empty once she has one.
///
/// # Errors
/// When the database fails.
pub fn choices(tx: &mut Tx, invitation: &Invitation) -> Result<Vec<(Id, String)>, Fault> {
    if invitation.team_id.is_some() { Ok(Vec::new()) } else { queries::labelled_teams_of(tx, invitation) }
}

/// Fixes the team a member of several answers for; once.
///
/// # Errors
/// A team she is not in.
pub fn answer_for(tx: &mut Tx, invitation: &Invitation, team: Id) -> Result<(), Refusal> {
    if invitation.team_id.is_some() {
        return Ok(());
    }
    if !choices(tx, invitation)?.iter().any(|(id, _)| *id == team) {
        return Err(Refusal::field("team", "unknown", "Choose one of your teams."));
    }
    let label = queries::label_of_team(tx, invitation.consultation_id, team)?.ok_or(Refusal::Unknown("team"))?;
    Ok(queries::set_team(tx, invitation.id, team, label)?)
}

/// Switches reminders off (or on again).
///
/// # Errors
/// When the database fails.
pub fn no_more_reminders(tx: &mut Tx, invitation: Id, stop: bool) -> Result<(), Fault> {
    queries::set_no_reminders(tx, invitation, stop)
}

/// New links for a member whose address has changed; the old ones stop working.
///
/// # Errors
/// When the database fails.
pub fn renew(tx: &mut Tx, keys: &Keys, member: Id) -> Result<(), Fault> {
    for invitation in queries::invitations_of_member(tx, member)? {
        let generation = invitation.generation + 1;
        queries::set_generation(tx, invitation.id, generation, &Tokens::of(keys, invitation.id, generation))?;
    }
    Ok(())
}

/// A short code mailed to show that who reads on a further device also reads her mail.
#[derive(Debug, Clone, Queryable)]
pub struct AccessCode {
    pub id: Id,
    pub invitation_id: Id,
    pub expires_at: At,
    pub tries_left: i32,
    pub is_used: bool,
}

/// Makes a code that holds ten minutes and five tries; at most three an hour.
///
/// # Errors
/// When three were made in the last hour.
pub fn new_code(tx: &mut Tx, chance: &Chance, invitation: Id, now: DateTime<Utc>) -> Result<Id, Refusal> {
    queries::drop_old_codes(tx, now - Duration::hours(1))?;
    if queries::codes(tx, invitation)?.len() >= 3 {
        return Err(Refusal::TooMany(
            "Three codes were sent in the last hour. Use the newest, or try again later.".to_owned(),
        ));
    }
    let id = chance.id(now);
    queries::insert_code(tx, id, invitation, now + CODE_HOLDS)?;
    Ok(id)
}

/// The six digits of a code; derived, so that nothing stored can be typed in.
#[must_use]
pub fn code_digits(keys: &Keys, code: Id) -> String {
    let mac = keys.link().mac("access code", &[code.as_bytes()]);
    let number = u32::from_be_bytes([mac[0], mac[1], mac[2], mac[3]]) % 1_000_000;
    format!("{number:06}")
}

/// Whether `typed` is the invitation's newest code. A right one is used up, a wrong one costs a try.
///
/// # Errors
/// When the database fails.
pub fn check_code(tx: &mut Tx, keys: &Keys, invitation: Id, typed: &str, now: DateTime<Utc>) -> Result<bool, Fault> {
    let Some(code) = queries::codes(tx, invitation)?.into_iter().max_by_key(|code| code.id) else { return Ok(false) };
    if code.is_used || code.tries_left == 0 || code.expires_at.0 <= now {
        return Ok(false);
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let right = digits == code_digits(keys, code.id);
    queries::use_code(tx, code.id, right)?;
    Ok(right)
}

const CODE_HOLDS: Duration = Duration::minutes(10);

fn address_token(keys: &Keys, purpose: &str, invitation: Id, generation: i32) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&mac(keys, purpose, invitation, generation)[..16])
}

fn mac(keys: &Keys, purpose: &str, invitation: Id, generation: i32) -> [u8; 32] {
    keys.link().mac(purpose, &[invitation.as_bytes(), &generation.to_be_bytes()])
}

/// What remains when people write small letters, spaces, or the signs that look alike.
fn bare_code(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|sign| match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_code_may_be_typed_carelessly() {
        let dir = tempfile::tempdir().unwrap();
        let chance = Chance::seeded(3);
        let keys = Keys::open(dir.path(), &chance).unwrap();
        let id = chance.id(DateTime::UNIX_EPOCH);
        let code = printed_code(&keys, id, 1);
        assert_eq!(code.len(), 14);
        let careless = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(bare_code(&careless), bare_code(&code));
        assert_ne!(printed_code(&keys, id, 2), code, "a new generation has a new code");
        assert_ne!(link_token(&keys, id, 1), stop_token(&keys, id, 1));
    }
}
