//! Gathers what the letters of one batch need, in one reading transaction.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::letter::{Content, Letter, OfMailing};
use super::mailing::{self, Mailing};
use super::outbox::{CODE, Claimed, LINK_AGAIN};
use super::preview::nearest_note;
use super::queries;
use crate::consultations::{self, Consultation, Invitation};
use crate::ids::Id;
use crate::people;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};
use crate::words::Language;

/// Reads what is needed to write these rows' letters, as things stand now. None for a row that must
/// not be sent: she has left, wants no reminders, has no address any more, or there is nothing to say.
///
/// # Errors
/// When the database fails.
pub fn letters(tx: &mut Tx, now: DateTime<Utc>, rows: Vec<Claimed>) -> Result<Vec<(Claimed, Option<Letter>)>, Refusal> {
    let members: Vec<Id> = rows.iter().map(|row| row.member_id).collect();
    let left = queries::has_left(tx, &members)?;
    let contacts: BTreeMap<Id, people::member::Contact> =
        people::member::contact_of(tx, &members)?.into_iter().map(|contact| (contact.id, contact)).collect();
    let mut desk = Desk::read(tx, &rows, &members)?;
    rows.into_iter()
        .map(|row| {
            let contact = contacts.get(&row.member_id).filter(|_| !left.contains(&row.member_id));
            let Some((contact, address)) = contact.and_then(|one| Some((one, one.email.clone()?))) else {
                return Ok((row, None));
            };
            let content = desk.content(tx, now, &row, &address)?;
            let letter = content.map(|content| Letter {
                row: row.clone(),
                address,
                name: contact.name.clone(),
                language: Language::from_code(&contact.language).unwrap_or_default(),
                content,
            });
            Ok((row, letter))
        })
        .collect()
}

/// What many letters of one batch have in common.
struct Desk {
    invitations: BTreeMap<Id, Invitation>,
    mailings: BTreeMap<Id, OnDesk>,
    teams: BTreeMap<Id, people::Team>,
    consultations: BTreeMap<Id, Arc<Consultation>>,
}

struct OnDesk {
    mailing: Arc<Mailing>,
    notes: BTreeMap<Id, String>,
    labelled: Vec<Id>,
    /// Message-IDs of invitations, by member.
    earlier: BTreeMap<Id, String>,
}

impl Desk {
    fn read(tx: &mut Tx, rows: &[Claimed], members: &[Id]) -> Result<Self, Refusal> {
        let ids: Vec<Id> = rows.iter().filter_map(|row| row.invitation_id).collect();
        let invitations = queries::invitations_by_id(tx, &ids)?.into_iter().map(|one| (one.id, one)).collect();
        let teams = people::team::list(tx)?.into_iter().map(|team| (team.id, team)).collect();
        let mut mailings = BTreeMap::new();
        for id in rows.iter().filter_map(|row| row.mailing_id) {
            if let Entry::Vacant(place) = mailings.entry(id) {
                let mailing = mailing::get(tx, id)?;
                let notes = mailing::notes_of(tx, id)?;
                let labelled = queries::labelled_teams(tx, mailing.consultation_id)?;
                let earlier = if mailing.kind == mailing::Kind::Invitation {
                    BTreeMap::new()
                } else {
                    queries::invitation_messages(tx, mailing.consultation_id, members)?
                };
                place.insert(OnDesk { mailing: Arc::new(mailing), notes, labelled, earlier });
            }
        }
        Ok(Self { invitations, mailings, teams, consultations: BTreeMap::new() })
    }

    fn content(
        &mut self,
        tx: &mut Tx,
        now: DateTime<Utc>,
        row: &Claimed,
        address: &str,
    ) -> Result<Option<Content>, Refusal> {
        if row.kind == LINK_AGAIN {
            let mut links = Vec::new();
            for invitation in consultations::invitations_of_address(tx, address)? {
                let of = self.consultation(tx, invitation.consultation_id)?;
                links.push((invitation, of));
            }
            return Ok((!links.is_empty()).then_some(Content::LinkAgain(links)));
        }
        let Some(invitation) = row.invitation_id.and_then(|id| self.invitations.get(&id)).cloned() else {
            return Ok(None);
        };
        let of = self.consultation(tx, invitation.consultation_id)?;
        if row.kind == CODE {
            let Some(code) = row.access_code_id else { return Ok(None) };
            let left = queries::code_expiry(tx, code)?.map_or(0, |expiry| (expiry - now).num_seconds());
            let minutes = u32::try_from(left).unwrap_or_default().div_ceil(60);
            return Ok((minutes > 0).then_some(Content::Code { code, minutes, of }));
        }
        let Some(on_desk) = row.mailing_id.and_then(|id| self.mailings.get(&id)) else { return Ok(None) };
        let kind = on_desk.mailing.kind;
        let is_over = of.state != consultations::State::Open || of.deadline.at <= now;
        if (kind.is_reminder() && invitation.no_reminders) || (kind.asks() && is_over) {
            return Ok(None);
        }
        let own = self.own_teams(tx, on_desk, &invitation)?;
        Ok(Some(Content::Mailing(Box::new(OfMailing {
            mailing: on_desk.mailing.clone(),
            team: own.iter().map(|team| team.name.as_str()).collect::<Vec<_>>().join(", "),
            note: self.note(on_desk, &own),
            follows: on_desk.earlier.get(&row.member_id).cloned(),
            of,
            invitation,
        }))))
    }

    fn consultation(&mut self, tx: &mut Tx, id: Id) -> Result<Arc<Consultation>, Refusal> {
        if let Some(known) = self.consultations.get(&id) {
            return Ok(known.clone());
        }
        let read = Arc::new(consultations::by_id(tx, id)?);
        self.consultations.insert(id, read.clone());
        Ok(read)
    }

    /// Her team; all of hers that take part, when she has not chosen yet.
    fn own_teams(&self, tx: &mut Tx, on_desk: &OnDesk, invitation: &Invitation) -> Result<Vec<&people::Team>, Fault> {
        let ids = match invitation.team_id {
            Some(team) => vec![team],
            None => queries::teams_of_members(tx, &[invitation.member_id])?
                .remove(&invitation.member_id)
                .unwrap_or_default()
                .into_iter()
                .filter(|team| on_desk.labelled.contains(team))
                .collect(),
        };
        Ok(ids.iter().filter_map(|id| self.teams.get(id)).collect())
    }

    /// The note for her team, or for the nearest team above that has one.
    fn note(&self, on_desk: &OnDesk, own: &[&people::Team]) -> String {
        let mut notes: Vec<&str> = Vec::new();
        for team in own {
            if let Some(note) = nearest_note(&self.teams, &on_desk.notes, team)
                && !notes.contains(&note)
            {
                notes.push(note);
            }
        }
        notes.join("\n\n")
    }
}
