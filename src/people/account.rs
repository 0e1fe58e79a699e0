//! What is done to a staff account after it was made, by its holder or by an administrator.
//!
//! Whatever takes something away also ends the account's sessions, by raising its epoch.

use serde_json::{Value, json};

use super::queries;
use super::role::{Role, Roles};
use super::staff::{self, Staff, Standing};
use crate::audit::{Actor, Deed};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::Tx;

/// An account, disabled or not.
///
/// # Errors
/// No such account.
pub fn by_id(tx: &mut Tx, id: Id) -> Result<Staff, Refusal> {
    queries::staff_by_id(tx, id)?.ok_or(Refusal::Unknown("account"))
}

/// Sets up an account through its one-time link: the link is used up, the account has a password.
/// None when the link is not (any more) in use, or the account has a password already.
///
/// # Errors
/// When the database fails.
pub fn set_up(tx: &mut Tx, deed: &Deed, token: &str, hash: &str) -> Result<Option<Staff>, Refusal> {
    if staff::by_link(tx, token, deed.now)?.is_none_or(|staff| staff.has_password) {
        return Ok(None);
    }
    let Some(staff) = staff::use_link(tx, token, deed.now)? else { return Ok(None) };
    let hers = Deed { actor: Actor::Staff(staff.id), ..deed.clone() };
    choose_password(tx, &hers, staff.id, hash).map(Some)
}

/// Opens an account that has a password through a new one-time link; the link is used up. None as
/// for [`set_up`].
///
/// # Errors
/// When the database fails.
pub fn open_by_link(tx: &mut Tx, deed: &Deed, token: &str) -> Result<Option<Staff>, Refusal> {
    if staff::by_link(tx, token, deed.now)?.is_none_or(|staff| !staff.has_password) {
        return Ok(None);
    }
    let Some(staff) = staff::use_link(tx, token, deed.now)? else { return Ok(None) };
    let hers = Deed { actor: Actor::Staff(staff.id), ..deed.clone() };
    hers.record(tx, "sign in by link", &staff.id.to_string(), &json!({}))?;
    Ok(Some(staff))
}

/// Gives an account a (further) password, by its hash. Its sessions end, and a link that is still
/// on its way works no more.
///
/// # Errors
/// No such account.
pub fn choose_password(tx: &mut Tx, deed: &Deed, id: Id, hash: &str) -> Result<Staff, Refusal> {
    queries::set_staff_password(tx, id, Some(hash))?;
    queries::set_staff_link(tx, id, None)?;
    let staff = by_id(tx, id)?;
    let changed = end_sessions(tx, staff)?;
    record(tx, deed, "set password", id, &json!({}))?;
    Ok(changed)
}

/// Ends all sessions of an account.
///
/// # Errors
/// No such account.
pub fn sign_out_everywhere(tx: &mut Tx, deed: &Deed, id: Id) -> Result<(), Refusal> {
    let staff = by_id(tx, id)?;
    end_sessions(tx, staff)?;
    record(tx, deed, "sign out everywhere", id, &json!({}))
}

/// A new one-time link's token, told this once; the former link stops working.
///
/// # Errors
/// No such account, or a disabled one.
pub fn new_link(tx: &mut Tx, deed: &Deed, id: Id) -> Result<(Staff, String), Refusal> {
    let staff = by_id(tx, id)?;
    let token = staff::link_for(tx, deed, &staff)?;
    Ok((staff, token))
}

/// Gives an account another set of roles; its sessions end.
///
/// # Errors
/// No such account, no role, or nobody would be left to administer.
pub fn change_roles(tx: &mut Tx, deed: &Deed, id: Id, roles: &Roles) -> Result<Staff, Refusal> {
    let staff = by_id(tx, id)?;
    if roles.is_empty() {
        return Err(Refusal::field("role", "no-role", "Choose at least one of organiser, negotiator and admin."));
    }
    if staff.roles == *roles {
        return Ok(staff);
    }
    if !roles.may(Role::Admin) {
        keep_an_administrator(tx, deed, &staff)?;
    }
    let detail = json!({ "from": staff.roles, "to": roles });
    let changed = end_sessions(tx, Staff { roles: roles.clone(), ..staff })?;
    record(tx, deed, "change roles", id, &detail)?;
    Ok(changed)
}

/// Shuts an account: no link, no password, no session works from now on.
///
/// # Errors
/// No such account, one's own, or nobody would be left to administer.
pub fn disable(tx: &mut Tx, deed: &Deed, id: Id) -> Result<(), Refusal> {
    let staff = by_id(tx, id)?;
    if staff.is_disabled {
        return Ok(());
    }
    if deed.actor == Actor::Staff(id) {
        return Err(Refusal::conflict("own-account", "This is your own account; ask another administrator."));
    }
    keep_an_administrator(tx, deed, &staff)?;
    queries::set_staff_link(tx, id, None)?;
    end_sessions(tx, Staff { is_disabled: true, ..staff })?;
    record(tx, deed, "disable account", id, &json!({}))
}

/// Brings a disabled account back, with its password.
///
/// # Errors
/// No such account.
pub fn enable(tx: &mut Tx, deed: &Deed, id: Id) -> Result<(), Refusal> {
    let staff = by_id(tx, id)?;
    if !staff.is_disabled {
        return Ok(());
    }
    end_sessions(tx, Staff { is_disabled: false, ..staff })?;
    record(tx, deed, "enable account", id, &json!({}))
}

/// Whether this account is the only one in use that administers.
///
/// # Errors
/// When the database fails.
pub fn is_last_administrator(tx: &mut Tx, staff: &Staff) -> Result<bool, Refusal> {
    let administers = |one: &Staff| one.standing() == Standing::InUse && one.roles.may(Role::Admin);
    Ok(administers(staff) && !staff::list(tx)?.iter().any(|other| other.id != staff.id && administers(other)))
}

/// Whoever holds the command line can always make another administrator; on the pages one must stay.
fn keep_an_administrator(tx: &mut Tx, deed: &Deed, staff: &Staff) -> Result<(), Refusal> {
    if deed.actor != Actor::CommandLine && is_last_administrator(tx, staff)? {
        let detail = "Nobody else administers. Give another account in use the role admin first.";
        return Err(Refusal::conflict("last-admin", detail));
    }
    Ok(())
}

fn end_sessions(tx: &mut Tx, staff: Staff) -> Result<Staff, Refusal> {
    let changed = Staff { session_epoch: staff.session_epoch.wrapping_add(1), ..staff };
    queries::update_staff(tx, &changed)?;
    Ok(changed)
}

fn record(tx: &mut Tx, deed: &Deed, action: &str, id: Id, detail: &Value) -> Result<(), Refusal> {
    Ok(deed.record(tx, action, &id.to_string(), detail)?)
}
