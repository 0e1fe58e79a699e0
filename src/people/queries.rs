use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::member::{Contact, Counts, InTeam, Member};
use super::role::Roles;
use super::staff::Staff;
use super::team::Team;
use super::token::ApiToken;
use crate::ids::Id;
use crate::store::columns::At;
use crate::store::schema::{api_token, member, membership, staff, team};
use crate::store::{Fault, Tx};

/// Most ids bound in one query.
const IDS_AT_ONCE: usize = 500;

// Teams

pub(super) fn teams(tx: &mut Tx) -> Result<Vec<Team>, Fault> {
    Ok(team::table.load(tx)?)
}

pub(super) fn team(tx: &mut Tx, id: Id) -> Result<Option<Team>, Fault> {
    Ok(team::table.find(id).first(tx).optional()?)
}

pub(super) fn insert_team(tx: &mut Tx, new: &Team) -> Result<(), Fault> {
    diesel::insert_into(team::table)
        .values((
            team::id.eq(new.id),
            team::parent_id.eq(new.parent_id),
            team::name.eq(&new.name),
            team::path.eq(&new.path),
            team::headcount.eq(new.headcount),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn update_team(tx: &mut Tx, changed: &Team) -> Result<(), Fault> {
    diesel::update(team::table.find(changed.id))
        .set((
            team::parent_id.eq(changed.parent_id),
            team::name.eq(&changed.name),
            team::path.eq(&changed.path),
            team::headcount.eq(changed.headcount),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn set_team_path(tx: &mut Tx, id: Id, path: &str) -> Result<(), Fault> {
    diesel::update(team::table.find(id)).set(team::path.eq(path)).execute(tx)?;
    Ok(())
}

// Members

type MemberRow = (Id, Option<String>, String, Option<String>, String, bool);
type MemberColumns =
    (member::id, member::email, member::name, member::membership_number, member::language, member::has_left);
const MEMBER: MemberColumns =
    (member::id, member::email, member::name, member::membership_number, member::language, member::has_left);
type PlaceColumns = (membership::member_id, membership::team_id, membership::is_rep);
const PLACE: PlaceColumns = (membership::member_id, membership::team_id, membership::is_rep);

/// Whoever is in no team was let into one consultation as a colleague, and is no member.
#[diesel::dsl::auto_type(no_type_alias)]
fn is_in_a_team() -> _ {
    member::id.eq_any(membership::table.select(membership::member_id))
}

pub(super) fn members(tx: &mut Tx, teams: Option<&[Id]>, after: Option<Id>, limit: i64) -> Result<Vec<Member>, Fault> {
    let mut query = member::table.filter(is_in_a_team()).select(MEMBER).order(member::id).limit(limit).into_boxed();
    if let Some(after) = after {
        query = query.filter(member::id.gt(after));
    }
    if let Some(teams) = teams {
        let inside = membership::table.filter(membership::team_id.eq_any(teams)).select(membership::member_id);
        query = query.filter(member::id.eq_any(inside));
    }
    let rows = query.load::<MemberRow>(tx)?;
    with_teams(tx, rows)
}

pub(super) fn member(tx: &mut Tx, id: Id) -> Result<Option<Member>, Fault> {
    let row = member::table.find(id).select(MEMBER).first::<MemberRow>(tx).optional()?;
    // Not as for many: a query with a list in it is prepared anew each time, and every page asks this.
    let places = membership::table.filter(membership::member_id.eq(id)).order(membership::team_id).select(PLACE);
    Ok(joined(row.into_iter().collect(), places.load::<(Id, Id, bool)>(tx)?).pop())
}

pub(super) fn has_left(tx: &mut Tx, id: Id) -> Result<Option<bool>, Fault> {
    Ok(member::table.find(id).select(member::has_left).first(tx).optional()?)
}

/// Everybody, in no order.
pub(super) fn all_members(tx: &mut Tx) -> Result<Vec<Member>, Fault> {
    let rows: Vec<MemberRow> = member::table.select(MEMBER).load(tx)?;
    let places = membership::table.select(PLACE).load::<(Id, Id, bool)>(tx)?;
    Ok(joined(rows, places))
}

/// By name, then by id; `words` are a part of the name or of the address, `after` the last one seen.
pub(super) fn search_members(
    tx: &mut Tx,
    words: &str,
    teams: Option<&[Id]>,
    after: Option<(String, Id)>,
    limit: i64,
) -> Result<Vec<Member>, Fault> {
    let everybody = member::table.filter(is_in_a_team()).select(MEMBER);
    let mut query = everybody.order((member::name, member::id)).limit(limit).into_boxed();
    if let Some((name, id)) = after {
        query = query.filter(member::name.gt(name.clone()).or(member::name.eq(name).and(member::id.gt(id))));
    }
    if let Some(teams) = teams {
        let inside = membership::table.filter(membership::team_id.eq_any(teams)).select(membership::member_id);
        query = query.filter(member::id.eq_any(inside));
    }
    if !words.is_empty() {
        // SQLite lowers ASCII letters only, so a name is also looked for as it was typed.
        let plain = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let (typed, lowered) = (format!("%{plain}%"), format!("%{}%", plain.to_lowercase()));
        let named = lower(member::name).like(lowered.clone()).escape('\\');
        let as_typed = member::name.like(typed).escape('\\');
        let addressed = member::email_key.like(lowered).escape('\\').assume_not_null();
        let has_address = member::email_key.is_not_null();
        query = query.filter(named.or(as_typed).or(has_address.and(addressed)));
    }
    let rows = query.load::<MemberRow>(tx)?;
    with_teams(tx, rows)
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

pub(super) fn member_counts(tx: &mut Tx) -> Result<Counts, Fault> {
    let here = || member::table.filter(member::has_left.eq(false)).filter(is_in_a_team());
    Ok(Counts {
        present: here().count().get_result(tx)?,
        no_address: here().filter(member::email.is_null()).count().get_result(tx)?,
        left: member::table.filter(member::has_left.eq(true)).count().get_result(tx)?,
    })
}

pub(super) fn member_by_email(tx: &mut Tx, email_key: &str) -> Result<Option<Id>, Fault> {
    Ok(member::table.filter(member::email_key.eq(email_key)).select(member::id).first(tx).optional()?)
}

pub(super) fn member_by_number(tx: &mut Tx, number: &str) -> Result<Option<Id>, Fault> {
    Ok(member::table.filter(member::membership_number.eq(number)).select(member::id).first(tx).optional()?)
}

pub(super) fn insert_member(tx: &mut Tx, new: &Member) -> Result<(), Fault> {
    diesel::insert_into(member::table)
        .values((
            member::id.eq(new.id),
            member::email.eq(new.email.as_deref()),
            member::email_key.eq(new.email.as_deref().map(super::member::email_key)),
            member::name.eq(&new.name),
            member::membership_number.eq(new.membership_number.as_deref()),
            member::language.eq(&new.language),
            member::has_left.eq(new.has_left),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn update_member(tx: &mut Tx, changed: &Member) -> Result<(), Fault> {
    diesel::update(member::table.find(changed.id))
        .set((
            member::email.eq(changed.email.as_deref()),
            member::email_key.eq(changed.email.as_deref().map(super::member::email_key)),
            member::name.eq(&changed.name),
            member::membership_number.eq(changed.membership_number.as_deref()),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn set_places(tx: &mut Tx, of: Id, places: &[InTeam]) -> Result<(), Fault> {
    diesel::delete(membership::table.filter(membership::member_id.eq(of))).execute(tx)?;
    for place in places {
        let row =
            (membership::member_id.eq(of), membership::team_id.eq(place.team), membership::is_rep.eq(place.is_rep));
        diesel::insert_into(membership::table).values(row).execute(tx)?;
    }
    Ok(())
}

pub(super) fn set_left(tx: &mut Tx, id: Id, has_left: bool) -> Result<(), Fault> {
    diesel::update(member::table.find(id)).set(member::has_left.eq(has_left)).execute(tx)?;
    Ok(())
}

/// Member and team of everybody who has not left.
pub(super) fn present_memberships(tx: &mut Tx) -> Result<Vec<(Id, Id)>, Fault> {
    Ok(membership::table
        .inner_join(member::table)
        .filter(member::has_left.eq(false))
        .order((membership::member_id, membership::team_id))
        .select((membership::member_id, membership::team_id))
        .load(tx)?)
}

pub(super) fn without_address(tx: &mut Tx) -> Result<BTreeSet<Id>, Fault> {
    let ids: Vec<Id> = member::table.filter(member::email.is_null()).select(member::id).load(tx)?;
    Ok(ids.into_iter().collect())
}

pub(super) fn contacts(tx: &mut Tx, ids: &[Id]) -> Result<Vec<Contact>, Fault> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_AT_ONCE) {
        found.extend(
            member::table
                .filter(member::id.eq_any(some))
                .select((member::id, member::email, member::name, member::language))
                .load::<Contact>(tx)?,
        );
    }
    Ok(found)
}

fn with_teams(tx: &mut Tx, rows: Vec<MemberRow>) -> Result<Vec<Member>, Fault> {
    let ids: Vec<Id> = rows.iter().map(|row| row.0).collect();
    let mut places = Vec::new();
    for some in ids.chunks(IDS_AT_ONCE) {
        places.extend(
            membership::table
                .filter(membership::member_id.eq_any(some))
                .order(membership::team_id)
                .select(PLACE)
                .load::<(Id, Id, bool)>(tx)?,
        );
    }
    Ok(joined(rows, places))
}

fn joined(rows: Vec<MemberRow>, places: Vec<(Id, Id, bool)>) -> Vec<Member> {
    let mut teams: HashMap<Id, Vec<InTeam>> = HashMap::new();
    for (member, team, is_rep) in places {
        teams.entry(member).or_default().push(InTeam { team, is_rep });
    }
    rows.into_iter()
        .map(|(id, email, name, membership_number, language, has_left)| Member {
            id,
            email,
            name,
            membership_number,
            language,
            has_left,
            teams: teams.remove(&id).unwrap_or_default(),
        })
        .collect()
}

// Staff

type StaffRow = (Id, String, String, String, bool, Option<String>, i32);
type StaffColumns = (
    staff::id,
    staff::email,
    staff::name,
    staff::roles,
    staff::is_disabled,
    staff::password_hash,
    staff::session_epoch,
);
const STAFF: StaffColumns = (
    staff::id,
    staff::email,
    staff::name,
    staff::roles,
    staff::is_disabled,
    staff::password_hash,
    staff::session_epoch,
);

pub(super) fn all_staff(tx: &mut Tx) -> Result<Vec<Staff>, Fault> {
    staff::table.order(staff::email_key).select(STAFF).load::<StaffRow>(tx)?.into_iter().map(staff_of).collect()
}

pub(super) fn staff_by_id(tx: &mut Tx, id: Id) -> Result<Option<Staff>, Fault> {
    staff::table.find(id).select(STAFF).first::<StaffRow>(tx).optional()?.map(staff_of).transpose()
}

pub(super) fn staff_by_email(tx: &mut Tx, email_key: &str) -> Result<Option<Staff>, Fault> {
    Ok(staff_with_password(tx, email_key)?.map(|(staff, _)| staff))
}

/// The account at an address, and the hash of its password.
pub(super) fn staff_with_password(tx: &mut Tx, email_key: &str) -> Result<Option<(Staff, Option<String>)>, Fault> {
    let found = staff::table.filter(staff::email_key.eq(email_key)).select(STAFF).first::<StaffRow>(tx).optional()?;
    let Some(row) = found else { return Ok(None) };
    let hash = row.5.clone();
    Ok(Some((staff_of(row)?, hash)))
}

pub(super) fn staff_by_link(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<(Staff, DateTime<Utc>)>, Fault> {
    let found = staff::table
        .filter(staff::link_hash.eq(&hash[..]))
        .select((STAFF, staff::link_expires_at))
        .first::<(StaffRow, Option<At>)>(tx)
        .optional()?;
    let Some((row, Some(At(expires_at)))) = found else { return Ok(None) };
    Ok(Some((staff_of(row)?, expires_at)))
}

pub(super) fn insert_staff(tx: &mut Tx, new: &Staff) -> Result<(), Fault> {
    diesel::insert_into(staff::table)
        .values((
            staff::id.eq(new.id),
            staff::email.eq(&new.email),
            staff::email_key.eq(super::member::email_key(&new.email)),
            staff::name.eq(&new.name),
            staff::roles.eq(new.roles.to_string()),
            staff::is_disabled.eq(new.is_disabled),
            staff::session_epoch.eq(new.session_epoch),
        ))
        .execute(tx)?;
    Ok(())
}

/// All but the password and the link.
pub(super) fn update_staff(tx: &mut Tx, changed: &Staff) -> Result<(), Fault> {
    diesel::update(staff::table.find(changed.id))
        .set((
            staff::email.eq(&changed.email),
            staff::name.eq(&changed.name),
            staff::roles.eq(changed.roles.to_string()),
            staff::is_disabled.eq(changed.is_disabled),
            staff::session_epoch.eq(changed.session_epoch),
        ))
        .execute(tx)?;
    Ok(())
}

/// Sets or takes away the one-time link: its hash, and until when it works.
pub(super) fn set_staff_link(tx: &mut Tx, id: Id, link: Option<(&[u8; 32], DateTime<Utc>)>) -> Result<(), Fault> {
    diesel::update(staff::table.find(id))
        .set((
            staff::link_hash.eq(link.map(|(hash, _)| &hash[..])),
            staff::link_expires_at.eq(link.map(|(_, expires_at)| At(expires_at))),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn staff_password(tx: &mut Tx, id: Id) -> Result<Option<String>, Fault> {
    Ok(staff::table.find(id).select(staff::password_hash).first::<Option<String>>(tx).optional()?.flatten())
}

pub(super) fn set_staff_password(tx: &mut Tx, id: Id, hash: Option<&str>) -> Result<(), Fault> {
    diesel::update(staff::table.find(id)).set(staff::password_hash.eq(hash)).execute(tx)?;
    Ok(())
}

fn staff_of((id, email, name, roles, is_disabled, hash, session_epoch): StaffRow) -> Result<Staff, Fault> {
    Ok(Staff { id, email, name, roles: roles_of(&roles)?, is_disabled, has_password: hash.is_some(), session_epoch })
}

fn roles_of(stored: &str) -> Result<Roles, Fault> {
    Roles::parse(stored).map_err(|_| Fault::Corrupt(format!("roles {stored:?}")))
}

// API tokens

type TokenRow = (Id, String, String, At, bool);
const TOKEN: (api_token::id, api_token::name, api_token::roles, api_token::created_at, api_token::is_revoked) =
    (api_token::id, api_token::name, api_token::roles, api_token::created_at, api_token::is_revoked);

pub(super) fn tokens(tx: &mut Tx) -> Result<Vec<ApiToken>, Fault> {
    let rows = api_token::table.order((api_token::created_at, api_token::id)).select(TOKEN).load::<TokenRow>(tx)?;
    rows.into_iter().map(token_of).collect()
}

pub(super) fn token_by_hash(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<ApiToken>, Fault> {
    let found = api_token::table.filter(api_token::hash.eq(&hash[..])).select(TOKEN).first::<TokenRow>(tx);
    found.optional()?.map(token_of).transpose()
}

pub(super) fn insert_token(tx: &mut Tx, new: &ApiToken, hash: &[u8; 32]) -> Result<(), Fault> {
    diesel::insert_into(api_token::table)
        .values((
            api_token::id.eq(new.id),
            api_token::name.eq(&new.name),
            api_token::roles.eq(new.roles.to_string()),
            api_token::hash.eq(&hash[..]),
            api_token::created_at.eq(At(new.created_at)),
            api_token::is_revoked.eq(new.is_revoked),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn revoke_token(tx: &mut Tx, id: Id) -> Result<(), Fault> {
    diesel::update(api_token::table.find(id)).set(api_token::is_revoked.eq(true)).execute(tx)?;
    Ok(())
}

fn token_of((id, name, roles, At(created_at), is_revoked): TokenRow) -> Result<ApiToken, Fault> {
    Ok(ApiToken { id, name, roles: roles_of(&roles)?, created_at, is_revoked })
}
