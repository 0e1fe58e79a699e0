use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::consultation::{Consultation, PublicPage, State};
use super::deadline::Deadline;
use super::invitation::{AccessCode, Invitation, Tokens};
use super::label::Label;
use crate::ids::Id;
use crate::store::columns::At;
use crate::store::schema::{
    access_code, consultation, consultation_team, invitation, label, label_team, member, membership, outbox, team,
};
use crate::store::{Fault, Tx, backend::each};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = consultation, treat_none_as_null = true)]
struct Row {
    id: Id,
    slug: String,
    title: String,
    summary: String,
    letter: String,
    contact: Option<String>,
    join_url: Option<String>,
    time_zone: String,
    deadline_local: String,
    deadline_at: At,
    grace_minutes: i32,
    state: String,
    covers_all_teams: bool,
    public_draft: bool,
    mail_replies: bool,
    created_at: At,
    opened_at: Option<At>,
    closed_at: Option<At>,
    last_batch_on: Option<NaiveDate>,
    words_in_at: Option<At>,
    edition: i32,
    public_page: String,
    identifying_words: String,
}

impl Row {
    fn of(one: &Consultation) -> Result<Self, Fault> {
        let contact = one.contact.as_ref().map(serde_json::to_string).transpose();
        Ok(Self {
            id: one.id,
            slug: one.slug.clone(),
            title: one.title.clone(),
            summary: one.summary.clone(),
            letter: one.letter.clone(),
            contact: contact.map_err(|error| Fault::Corrupt(error.to_string()))?,
            join_url: one.join_url.clone(),
            time_zone: one.deadline.zone.name().to_owned(),
            deadline_local: one.deadline.local_text(),
            deadline_at: At(one.deadline.at),
            grace_minutes: one.grace_minutes,
            state: one.state.as_str().to_owned(),
            covers_all_teams: one.covers_all_teams,
            public_draft: one.public_draft,
            mail_replies: one.mail_replies,
            created_at: At(one.created_at),
            opened_at: one.opened_at.map(At),
            closed_at: one.closed_at.map(At),
            last_batch_on: one.last_batch_on,
            words_in_at: one.words_in_at.map(At),
            edition: one.edition,
            public_page: one.public_page.as_str().to_owned(),
            identifying_words: one.identifying_words.clone(),
        })
    }

    fn into_consultation(self) -> Result<Consultation, Fault> {
        let corrupt = |what: &str| Fault::Corrupt(format!("consultation {}: {what}", self.slug));
        let local = NaiveDateTime::parse_from_str(&self.deadline_local, "%Y-%m-%dT%H:%M:%S")
            .map_err(|_| corrupt("deadline"))?;
        let zone = self.time_zone.parse().map_err(|_| corrupt("time zone"))?;
        let contact = self.contact.as_deref().map(serde_json::from_str).transpose().map_err(|_| corrupt("contact"))?;
        let state = State::from_value(&self.state).ok_or_else(|| corrupt("state"))?;
        let public_page = PublicPage::from_value(&self.public_page).ok_or_else(|| corrupt("public page"))?;
        Ok(Consultation {
            id: self.id,
            slug: self.slug,
            title: self.title,
            summary: self.summary,
            letter: self.letter,
            contact,
            join_url: self.join_url,
            deadline: Deadline { local, zone, at: self.deadline_at.0 },
            grace_minutes: self.grace_minutes,
            state,
            covers_all_teams: self.covers_all_teams,
            public_draft: self.public_draft,
            mail_replies: self.mail_replies,
            created_at: self.created_at.0,
            opened_at: self.opened_at.map(|at| at.0),
            closed_at: self.closed_at.map(|at| at.0),
            last_batch_on: self.last_batch_on,
            words_in_at: self.words_in_at.map(|at| at.0),
            edition: self.edition,
            public_page,
            identifying_words: self.identifying_words,
        })
    }
}

pub(super) fn list(tx: &mut Tx) -> Result<Vec<Consultation>, Fault> {
    let rows: Vec<Row> = consultation::table.order((consultation::deadline_at.desc(), consultation::slug)).load(tx)?;
    rows.into_iter().map(Row::into_consultation).collect()
}

pub(super) fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Consultation>, Fault> {
    let row: Option<Row> = consultation::table.filter(consultation::slug.eq(slug)).first(tx).optional()?;
    row.map(Row::into_consultation).transpose()
}

pub(super) fn by_id(tx: &mut Tx, id: Id) -> Result<Option<Consultation>, Fault> {
    let row: Option<Row> = consultation::table.find(id).first(tx).optional()?;
    row.map(Row::into_consultation).transpose()
}

pub(super) fn insert(tx: &mut Tx, one: &Consultation) -> Result<(), Fault> {
    diesel::insert_into(consultation::table).values(Row::of(one)?).execute(tx)?;
    Ok(())
}

/// Writes everything but the columns that batches own.
pub(super) fn update(tx: &mut Tx, one: &Consultation) -> Result<(), Fault> {
    diesel::update(consultation::table.find(one.id)).set(Row::of(one)?).execute(tx)?;
    Ok(())
}

pub(super) fn batch_done(
    tx: &mut Tx,
    id: Id,
    day: NaiveDate,
    changed: bool,
    last: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    diesel::update(consultation::table.find(id))
        .set((
            consultation::last_batch_on.eq(Some(day)),
            consultation::edition.eq(consultation::edition + i32::from(changed)),
            last.map(|at| consultation::words_in_at.eq(Some(At(at)))),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn touch_desks(tx: &mut Tx, id: Id) -> Result<(), Fault> {
    diesel::update(consultation::table.find(id))
        .set(consultation::edition.eq(consultation::edition + 1))
        .execute(tx)?;
    Ok(())
}

pub(super) fn teams(tx: &mut Tx, id: Id) -> Result<Vec<Id>, Fault> {
    Ok(consultation_team::table
        .filter(consultation_team::consultation_id.eq(id))
        .order(consultation_team::team_id)
        .select(consultation_team::team_id)
        .load(tx)?)
}

pub(super) fn set_teams(tx: &mut Tx, id: Id, teams: &[Id]) -> Result<(), Fault> {
    diesel::delete(consultation_team::table.filter(consultation_team::consultation_id.eq(id))).execute(tx)?;
    let mut seen = std::collections::BTreeSet::new();
    for team in teams.iter().filter(|team| seen.insert(**team)) {
        diesel::insert_into(consultation_team::table)
            .values((consultation_team::consultation_id.eq(id), consultation_team::team_id.eq(team)))
            .execute(tx)?;
    }
    Ok(())
}

pub(super) fn team_exists(tx: &mut Tx, id: Id) -> Result<bool, Fault> {
    Ok(diesel::select(diesel::dsl::exists(team::table.find(id))).get_result(tx)?)
}

/// Clears what an opening that broke off left behind, and writes the labels.
pub(super) fn begin_opening(tx: &mut Tx, id: Id, labels: &[Label]) -> Result<(), Fault> {
    diesel::delete(invitation::table.filter(invitation::consultation_id.eq(id))).execute(tx)?;
    let old = label::table.filter(label::consultation_id.eq(id)).select(label::id);
    diesel::delete(label_team::table.filter(label_team::label_id.eq_any(old))).execute(tx)?;
    diesel::delete(label::table.filter(label::consultation_id.eq(id))).execute(tx)?;
    for (ordinal, one) in (0_i32..).zip(labels) {
        diesel::insert_into(label::table)
            .values((
                label::id.eq(one.id),
                label::consultation_id.eq(id),
                label::name.eq(&one.name),
                label::ordinal.eq(ordinal),
            ))
            .execute(tx)?;
        for team in &one.teams {
            diesel::insert_into(label_team::table)
                .values((label_team::label_id.eq(one.id), label_team::team_id.eq(team)))
                .execute(tx)?;
        }
    }
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = invitation, treat_none_as_default_value = false)]
struct NewInvitation<'a> {
    id: Id,
    consultation_id: Id,
    member_id: Id,
    team_id: Option<Id>,
    label_id: Option<Id>,
    generation: i32,
    link_hash: &'a [u8],
    printed_hash: &'a [u8],
    stop_hash: &'a [u8],
    no_reminders: bool,
}

pub(super) fn insert_invitations(tx: &mut Tx, invitations: &[(Invitation, [[u8; 32]; 3])]) -> Result<(), Fault> {
    let rows: Vec<NewInvitation> = invitations
        .iter()
        .map(|(one, [link, printed, stop])| NewInvitation {
            id: one.id,
            consultation_id: one.consultation_id,
            member_id: one.member_id,
            team_id: one.team_id,
            label_id: one.label_id,
            generation: one.generation,
            link_hash: link,
            printed_hash: printed,
            stop_hash: stop,
            no_reminders: one.no_reminders,
        })
        .collect();
    each!(tx, |connection| diesel::insert_into(invitation::table).values(&rows).execute(connection))?;
    Ok(())
}

pub(super) fn labels(tx: &mut Tx, consultation: Id) -> Result<Vec<Label>, Fault> {
    let rows: Vec<(Id, String)> = label::table
        .filter(label::consultation_id.eq(consultation))
        .order(label::ordinal)
        .select((label::id, label::name))
        .load(tx)?;
    let teams: Vec<(Id, Id)> = label_team::table
        .inner_join(label::table)
        .filter(label::consultation_id.eq(consultation))
        .order(label_team::team_id)
        .select((label_team::label_id, label_team::team_id))
        .load(tx)?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| Label {
            id,
            name,
            teams: teams.iter().filter(|(label, _)| *label == id).map(|(_, team)| *team).collect(),
        })
        .collect())
}

type InvitationColumns = (
    invitation::id,
    invitation::consultation_id,
    invitation::member_id,
    invitation::team_id,
    invitation::label_id,
    invitation::generation,
    invitation::no_reminders,
);

const INVITATION: InvitationColumns = (
    invitation::id,
    invitation::consultation_id,
    invitation::member_id,
    invitation::team_id,
    invitation::label_id,
    invitation::generation,
    invitation::no_reminders,
);

pub(super) fn invitation(tx: &mut Tx, id: Id) -> Result<Option<Invitation>, Fault> {
    Ok(invitation::table.find(id).select(INVITATION).first(tx).optional()?)
}

pub(super) fn invitation_by_link(tx: &mut Tx, hash: &[u8]) -> Result<Option<Invitation>, Fault> {
    Ok(invitation::table.filter(invitation::link_hash.eq(hash)).select(INVITATION).first(tx).optional()?)
}

pub(super) fn invitation_by_printed(tx: &mut Tx, hash: &[u8]) -> Result<Option<Invitation>, Fault> {
    Ok(invitation::table.filter(invitation::printed_hash.eq(hash)).select(INVITATION).first(tx).optional()?)
}

pub(super) fn invitation_by_stop(tx: &mut Tx, hash: &[u8]) -> Result<Option<Invitation>, Fault> {
    Ok(invitation::table.filter(invitation::stop_hash.eq(hash)).select(INVITATION).first(tx).optional()?)
}

pub(super) fn invitation_by_member(tx: &mut Tx, consultation: Id, member: Id) -> Result<Option<Invitation>, Fault> {
    Ok(invitation::table
        .filter(invitation::consultation_id.eq(consultation).and(invitation::member_id.eq(member)))
        .select(INVITATION)
        .first(tx)
        .optional()?)
}

pub(super) fn invitations(tx: &mut Tx, consultation: Id) -> Result<Vec<Invitation>, Fault> {
    Ok(invitation::table
        .filter(invitation::consultation_id.eq(consultation))
        .order(invitation::id)
        .select(INVITATION)
        .load(tx)?)
}

pub(super) fn labelled(tx: &mut Tx, consultation: Id) -> Result<usize, Fault> {
    let count: i64 = invitation::table
        .filter(invitation::consultation_id.eq(consultation).and(invitation::label_id.is_not_null()))
        .count()
        .get_result(tx)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

pub(super) fn invitations_of_member(tx: &mut Tx, member: Id) -> Result<Vec<Invitation>, Fault> {
    Ok(invitation::table.filter(invitation::member_id.eq(member)).select(INVITATION).load(tx)?)
}

pub(super) fn invitations_of_address(tx: &mut Tx, email_key: &str) -> Result<Vec<Invitation>, Fault> {
    Ok(invitation::table
        .inner_join(member::table)
        .inner_join(consultation::table)
        .filter(member::email_key.eq(email_key).and(member::has_left.eq(false)))
        .filter(consultation::state.eq(State::Open.as_str()))
        .order(consultation::deadline_at)
        .select(INVITATION)
        .load(tx)?)
}

pub(super) fn labelled_teams_of(tx: &mut Tx, of: &Invitation) -> Result<Vec<(Id, String)>, Fault> {
    let labelled = label_team::table
        .inner_join(label::table)
        .filter(label::consultation_id.eq(of.consultation_id))
        .select(label_team::team_id);
    Ok(membership::table
        .inner_join(team::table)
        .filter(membership::member_id.eq(of.member_id))
        .filter(membership::team_id.eq_any(labelled))
        .order(team::path)
        .select((team::id, team::path))
        .load(tx)?)
}

pub(super) fn label_of_team(tx: &mut Tx, consultation: Id, team: Id) -> Result<Option<Id>, Fault> {
    Ok(label_team::table
        .inner_join(label::table)
        .filter(label::consultation_id.eq(consultation).and(label_team::team_id.eq(team)))
        .select(label::id)
        .first(tx)
        .optional()?)
}

pub(super) fn set_team(tx: &mut Tx, id: Id, team: Id, label: Id) -> Result<(), Fault> {
    diesel::update(invitation::table.find(id).filter(invitation::team_id.is_null()))
        .set((invitation::team_id.eq(Some(team)), invitation::label_id.eq(Some(label))))
        .execute(tx)?;
    Ok(())
}

pub(super) fn set_no_reminders(tx: &mut Tx, id: Id, stop: bool) -> Result<(), Fault> {
    diesel::update(invitation::table.find(id)).set(invitation::no_reminders.eq(stop)).execute(tx)?;
    Ok(())
}

pub(super) fn set_generation(tx: &mut Tx, id: Id, generation: i32, tokens: &Tokens) -> Result<(), Fault> {
    diesel::update(invitation::table.find(id))
        .set((
            invitation::generation.eq(generation),
            invitation::link_hash.eq(&tokens.link_hash[..]),
            invitation::printed_hash.eq(&tokens.printed_hash[..]),
            invitation::stop_hash.eq(&tokens.stop_hash[..]),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn codes(tx: &mut Tx, of: Id) -> Result<Vec<AccessCode>, Fault> {
    Ok(access_code::table.filter(access_code::invitation_id.eq(of)).load(tx)?)
}

/// Drops codes that ran out before `before`; their mails keep no tie to them.
pub(super) fn drop_old_codes(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), Fault> {
    let old = access_code::table.filter(access_code::expires_at.lt(At(before))).select(access_code::id);
    diesel::update(outbox::table.filter(outbox::access_code_id.eq_any(old.nullable())))
        .set(outbox::access_code_id.eq(None::<Id>))
        .execute(tx)?;
    diesel::delete(access_code::table.filter(access_code::expires_at.lt(At(before)))).execute(tx)?;
    Ok(())
}

pub(super) fn insert_code(tx: &mut Tx, id: Id, of: Id, expires_at: DateTime<Utc>) -> Result<(), Fault> {
    diesel::insert_into(access_code::table)
        .values((
            access_code::id.eq(id),
            access_code::invitation_id.eq(of),
            access_code::expires_at.eq(At(expires_at)),
            access_code::tries_left.eq(5),
            access_code::is_used.eq(false),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn use_code(tx: &mut Tx, id: Id, right: bool) -> Result<(), Fault> {
    diesel::update(access_code::table.find(id))
        .set((access_code::is_used.eq(right), access_code::tries_left.eq(access_code::tries_left - 1)))
        .execute(tx)?;
    Ok(())
}
