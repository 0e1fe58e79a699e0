//! Staff accounts. A one-time link, of which only the hash is stored, sets an account up and opens
//! it again when its password is lost; day by day it is entered with address and password.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use serde::Serialize;
use serde_json::json;

use super::member::email_key;
use super::queries;
use super::role::Roles;
use crate::audit::Deed;
use crate::ids::Id;
use crate::keys::sha256;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};
use crate::text;

/// How long a one-time link can be used.
pub const LINK_LIFE: Duration = Duration::hours(72);

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Staff {
    pub id: Id,
    pub email: String,
    pub name: String,
    pub roles: Roles,
    pub is_disabled: bool,
    pub has_password: bool,
    /// Sessions made in an earlier epoch have ended.
    #[serde(skip)]
    pub session_epoch: i32,
}

crate::values! {
    /// Whether an account can be signed in to.
    Standing {
        Waiting = "waiting",
        InUse = "in_use",
        Disabled = "disabled",
    }
}

impl Staff {
    #[must_use]
    pub fn standing(&self) -> Standing {
        match (self.is_disabled, self.has_password) {
            (true, _) => Standing::Disabled,
            (false, true) => Standing::InUse,
            (false, false) => Standing::Waiting,
        }
    }
}

/// Makes an account, or brings a disabled one back with this name, these roles and no password.
/// Returns its one-time link's token: 22 letters, told this once.
///
/// # Errors
/// An address, name or set of roles that cannot be; an account in use at this address.
pub fn add(tx: &mut Tx, deed: &Deed, email: &str, name: &str, roles: &Roles) -> Result<(Id, String), Refusal> {
    let mut problems = Problems::default();
    let name = problems.check(text::line("name", name)).unwrap_or_default();
    let email = problems.check(text::email("email", email)).unwrap_or_default();
    if roles.is_empty() {
        problems.note("role", "no-role", "Choose at least one of organiser, negotiator and admin.");
    }
    problems.none()?;
    let former = queries::staff_by_email(tx, &email_key(&email))?;
    let staff = Staff {
        id: former.as_ref().map_or_else(|| deed.new_id(), |former| former.id),
        email,
        name,
        roles: roles.clone(),
        is_disabled: false,
        has_password: false,
        session_epoch: former.as_ref().map_or(0, |former| former.session_epoch + 1),
    };
    match former {
        None => queries::insert_staff(tx, &staff)?,
        Some(former) if former.is_disabled => {
            queries::update_staff(tx, &staff)?;
            queries::set_staff_password(tx, staff.id, None)?;
        }
        Some(_) => {
            let detail = format!("There is an account for {} already; make a new link for it instead.", staff.email);
            return Err(Refusal::conflict("account-exists", detail));
        }
    }
    deed.record(tx, "add account", &staff.id.to_string(), &json!({ "roles": roles }))?;
    Ok((staff.id, set_link(tx, deed, staff.id)?))
}

/// A new one-time link for the account at an address; the former one stops working.
///
/// # Errors
/// No account in use at this address.
pub fn new_link(tx: &mut Tx, deed: &Deed, email: &str) -> Result<String, Refusal> {
    let staff = by_email(tx, email)?;
    link_for(tx, deed, &staff)
}

/// As [`new_link`].
///
/// # Errors
/// An account that is disabled.
pub(super) fn link_for(tx: &mut Tx, deed: &Deed, staff: &Staff) -> Result<String, Refusal> {
    if staff.is_disabled {
        let detail = format!("The account of {} is disabled; add it again to bring it back.", staff.email);
        return Err(Refusal::conflict("account-disabled", detail));
    }
    deed.record(tx, "make sign-in link", &staff.id.to_string(), &json!({}))?;
    Ok(set_link(tx, deed, staff.id)?)
}

/// All accounts by address, disabled ones too.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx) -> Result<Vec<Staff>, Fault> {
    queries::all_staff(tx)
}

/// Shuts the account at an address: no link, no password, no session works from now on.
///
/// # Errors
/// No account at this address.
pub fn disable(tx: &mut Tx, deed: &Deed, email: &str) -> Result<(), Refusal> {
    let staff = by_email(tx, email)?;
    super::account::disable(tx, deed, staff.id)
}

/// The account that a one-time link opens; the link is used up. None when it was used, is too
/// old, was replaced, or the account is disabled.
///
/// # Errors
/// When the database fails.
pub fn use_link(tx: &mut Tx, token: &str, now: DateTime<Utc>) -> Result<Option<Staff>, Fault> {
    let Some(staff) = by_link(tx, token, now)? else { return Ok(None) };
    queries::set_staff_link(tx, staff.id, None)?;
    Ok(Some(staff))
}

/// As [`use_link`], without using it up.
///
/// # Errors
/// When the database fails.
pub fn by_link(tx: &mut Tx, token: &str, now: DateTime<Utc>) -> Result<Option<Staff>, Fault> {
    let found = queries::staff_by_link(tx, &sha256(token.as_bytes()))?;
    Ok(found.filter(|(staff, expires_at)| !staff.is_disabled && *expires_at > now).map(|(staff, _)| staff))
}

/// An account that is not disabled.
///
/// # Errors
/// When the database fails.
pub fn by_id(tx: &mut Tx, id: Id) -> Result<Option<Staff>, Fault> {
    Ok(queries::staff_by_id(tx, id)?.filter(|staff| !staff.is_disabled))
}

/// The account of a session, unless it is disabled or the session has ended.
///
/// # Errors
/// When the database fails.
pub fn by_session(tx: &mut Tx, id: Id, epoch: i32) -> Result<Option<Staff>, Fault> {
    Ok(by_id(tx, id)?.filter(|staff| staff.session_epoch == epoch))
}

/// The account at an address, disabled or not.
///
/// # Errors
/// No account at this address.
pub fn by_email(tx: &mut Tx, email: &str) -> Result<Staff, Refusal> {
    queries::staff_by_email(tx, &email_key(email.trim()))?.ok_or(Refusal::Unknown("account"))
}

/// The account that is not disabled at an address (as `email_key` has it), and the hash of its password.
pub(super) fn for_sign_in(tx: &mut Tx, email_key: &str) -> Result<Option<(Staff, Option<String>)>, Fault> {
    Ok(queries::staff_with_password(tx, email_key)?.filter(|(staff, _)| !staff.is_disabled))
}

pub(super) fn password_hash(tx: &mut Tx, id: Id) -> Result<Option<String>, Fault> {
    queries::staff_password(tx, id)
}

fn set_link(tx: &mut Tx, deed: &Deed, id: Id) -> Result<String, Fault> {
    let token = URL_SAFE_NO_PAD.encode(deed.chance.bytes::<16>());
    queries::set_staff_link(tx, id, Some((&sha256(token.as_bytes()), deed.now + LINK_LIFE)))?;
    Ok(token)
}
