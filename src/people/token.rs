//! API tokens: programs act with the roles of theirs. Only the hash is stored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::queries;
use super::role::Roles;
use crate::audit::Deed;
use crate::ids::Id;
use crate::keys::sha256;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};
use crate::text;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiToken {
    pub id: Id,
    pub name: String,
    pub roles: Roles,
    pub created_at: DateTime<Utc>,
    pub is_revoked: bool,
}

/// Makes a token and returns its text, told this once: `sdg_` and 43 letters (256 random bits).
///
/// # Errors
/// A name that cannot be; no role.
pub fn make(tx: &mut Tx, deed: &Deed, name: &str, roles: &Roles) -> Result<String, Refusal> {
    let mut problems = Problems::default();
    let name = problems.check(text::line("name", name)).unwrap_or_default();
    if roles.is_empty() {
        problems.note("role", "no-role", "Choose at least one of organiser, negotiator and admin.");
    }
    problems.none()?;
    let text = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(deed.chance.bytes::<32>()));
    let token = ApiToken { id: deed.new_id(), name, roles: roles.clone(), created_at: deed.now, is_revoked: false };
    queries::insert_token(tx, &token, &sha256(text.as_bytes()))?;
    deed.record(tx, "make token", &token.id.to_string(), &json!({ "name": token.name, "roles": roles }))?;
    Ok(text)
}

/// All tokens, the oldest first, revoked ones too.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx) -> Result<Vec<ApiToken>, Fault> {
    queries::tokens(tx)
}

/// Ends the token with this name or id.
///
/// # Errors
/// No such token in use, or several with this name.
pub fn revoke(tx: &mut Tx, deed: &Deed, name_or_id: &str) -> Result<(), Refusal> {
    let id = name_or_id.parse::<Id>().ok();
    let mut meant = list(tx)?
        .into_iter()
        .filter(|token| !token.is_revoked && (Some(token.id) == id || token.name == name_or_id.trim()));
    let token = meant.next().ok_or(Refusal::Unknown("token in use"))?;
    if meant.next().is_some() {
        let detail = "Several tokens have this name; give the id of the one you mean (see token list).";
        return Err(Refusal::conflict("several-tokens", detail));
    }
    queries::revoke_token(tx, token.id)?;
    deed.record(tx, "revoke token", &token.id.to_string(), &json!({ "name": token.name }))?;
    Ok(())
}

/// The token with this text, unless it was revoked.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx, text: &str) -> Result<Option<ApiToken>, Fault> {
    if !text.starts_with(PREFIX) {
        return Ok(None);
    }
    Ok(queries::token_by_hash(tx, &sha256(text.as_bytes()))?.filter(|token| !token.is_revoked))
}

const PREFIX: &str = "sdg_";
