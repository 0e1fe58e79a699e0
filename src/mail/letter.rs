//! What one row of the outbox says to one member, written at the moment it is sent.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::mailing::{self, Mailing};
use super::message::{Bulk, Outgoing, Parts, Sender};
use super::outbox::{CODE, Claimed, LINK_AGAIN};
use super::transport::{Broken, Phase};
use super::view::{MailCode, MailContact, MailLink, MailLinkAgain, MailShell};
use super::{queries, wording};
use crate::consultations::{self, Consultation, Contact, Invitation};
use crate::ids::Id;
use crate::keys::Keys;
use crate::links::{self, Links};
use crate::people;
use crate::refusal::Refusal;
use crate::render::{RenderFault, Renderer};
use crate::store::{Fault, Tx};
use crate::words::{Language, Words};

/// What every letter is written with. Cheap to clone.
#[derive(Clone)]
pub struct Stationery {
    pub sender: Sender,
    pub links: Links,
    pub keys: Keys,
    pub words: Arc<Words>,
    pub renderer: Arc<Renderer>,
}

/// One message that is still to be written.
pub struct Letter {
    row: Claimed,
    address: String,
    name: String,
    language: Language,
    content: Content,
}

enum Content {
    Mailing(Box<OfMailing>),
    LinkAgain(Vec<(Invitation, Arc<Consultation>)>),
    Code { code: Id, minutes: u32, of: Arc<Consultation> },
}

struct OfMailing {
    mailing: Arc<Mailing>,
    of: Arc<Consultation>,
    invitation: Invitation,
    team: String,
    note: String,
    follows: Option<String>,
}

/// Why a letter could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    #[error("the mail address cannot be used")]
    Address,
    #[error(transparent)]
    Render(#[from] RenderFault),
}

impl Unwritable {
    /// As an attempt that broke before it began.
    #[must_use]
    pub fn broken(&self) -> Broken {
        match self {
            Self::Address => Broken {
                phase: Phase::Recipient,
                permanent: true,
                trouble: "The mail address cannot be used.".to_owned(),
            },
            Self::Render(_) => Broken {
                phase: Phase::Body,
                permanent: false,
                trouble: "The message could not be written; the log says why.".to_owned(),
            },
        }
    }
}

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

impl Letter {
    /// # Errors
    /// When no message can be made of it.
    pub fn write(&self, with: &Stationery, now: DateTime<Utc>) -> Result<Outgoing, Unwritable> {
        let (subject, template, view) = match &self.content {
            Content::Mailing(content) => return self.write_mailing(with, now, content),
            Content::LinkAgain(links) => {
                let subject = with.words.say(self.language, "mail-link_again-subject", &[]);
                let view = self.link_again(with, now, &subject, links);
                let text = with.renderer.render("mail/link_again.txt", self.language, &view)?;
                (subject, text, with.renderer.render("mail/link_again.html", self.language, &view)?)
            }
            Content::Code { code, minutes, of } => {
                let subject = with.words.say(self.language, "mail-code-subject", &[]);
                let view = MailCode {
                    subject: subject.clone(),
                    code: consultations::code_digits(&with.keys, *code),
                    minutes: *minutes,
                    contact: contact(of),
                };
                let text = with.renderer.render("mail/code.txt", self.language, &view)?;
                (subject, text, with.renderer.render("mail/code.html", self.language, &view)?)
            }
        };
        self.compose(with, now, &subject, (template, view), None, None)
    }

    fn write_mailing(
        &self,
        with: &Stationery,
        now: DateTime<Utc>,
        content: &OfMailing,
    ) -> Result<Outgoing, Unwritable> {
        let OfMailing { mailing, of, invitation, team, note, follows } = content;
        let token = consultations::link_token(&with.keys, invitation.id, invitation.generation);
        let link_url = with.links.absolute(&links::go(&token));
        let stop = consultations::stop_token(&with.keys, invitation.id, invitation.generation);
        let stop_url = with.links.absolute(&links::stop(&stop));
        let deadline = with.words.deadline_words(self.language, of.deadline.local);
        let filling = wording::Filling([&self.name, team, &of.title, &deadline, &link_url]);
        let body = mailing.body_words(&with.words, self.language);
        let subject = filling.plain(&mailing.subject_words(&with.words, self.language));
        let view = MailShell {
            kind: mailing.kind.as_str().to_owned(),
            subject: subject.clone(),
            title: of.title.clone(),
            body_text: filling.plain(&body),
            body_html: filling.html(&body),
            team_note: filling.plain(note),
            link_url,
            public_url: with.links.absolute(&links::consultation(&of.slug)),
            closes_words: closes_words(with, self.language, of, now),
            left_words: with.words.left_words(self.language, of.deadline.at - now),
            contact: contact(of),
            stop_url: stop_url.clone(),
        };
        let text = with.renderer.render("mail/shell.txt", self.language, &view)?;
        let html = with.renderer.render("mail/shell.html", self.language, &view)?;
        let bulk = Bulk { list: format!("{}.{}", of.slug, with.links.host()), stop_url: &stop_url };
        self.compose(with, now, &subject, (text, html), follows.as_deref(), Some(bulk))
    }

    fn link_again(
        &self,
        with: &Stationery,
        now: DateTime<Utc>,
        subject: &str,
        links: &[(Invitation, Arc<Consultation>)],
    ) -> MailLinkAgain {
        let one_link = |(invitation, of): &(Invitation, Arc<Consultation>)| MailLink {
            title: of.title.clone(),
            url: with.links.absolute(&links::go(&consultations::link_token(
                &with.keys,
                invitation.id,
                invitation.generation,
            ))),
            closes_words: closes_words(with, self.language, of, now),
            left_words: with.words.left_words(self.language, of.deadline.at - now),
        };
        MailLinkAgain {
            subject: subject.to_owned(),
            links: links.iter().map(one_link).collect(),
            contact: links.first().map(|(_, of)| contact(of)).unwrap_or_default(),
        }
    }

    fn compose(
        &self,
        with: &Stationery,
        now: DateTime<Utc>,
        subject: &str,
        (text, html): (String, String),
        follows: Option<&str>,
        bulk: Option<Bulk<'_>>,
    ) -> Result<Outgoing, Unwritable> {
        let parts = Parts {
            id: self.row.id,
            message_id: &self.row.message_id,
            from: &with.sender,
            to_name: &self.name,
            to_address: &self.address,
            subject,
            text,
            html,
            date: now,
            follows,
            language: self.language.code(),
            bulk,
        };
        parts.compose().map_err(|_| Unwritable::Address)
    }
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
            if let std::collections::btree_map::Entry::Vacant(place) = mailings.entry(id) {
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
            let above = std::iter::successors(Some(*team), |team| self.teams.get(&team.parent_id?));
            if let Some(note) = above.filter_map(|team| on_desk.notes.get(&team.id)).next()
                && !notes.contains(&note.as_str())
            {
                notes.push(note);
            }
        }
        notes.join("\n\n")
    }
}

fn closes_words(with: &Stationery, language: Language, of: &Consultation, now: DateTime<Utc>) -> String {
    let is_closed = of.state != consultations::State::Open || of.deadline.at <= now;
    with.words.closes_words(language, of.deadline.local, is_closed)
}

fn contact(of: &Consultation) -> MailContact {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    of.contact.as_ref().map_or_else(MailContact::default, |Contact { name, phone, email }| MailContact {
        name: name.clone(),
        phone: given(phone),
        email: given(email),
    })
}
