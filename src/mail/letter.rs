//! What one row of the outbox says to one member, written at the moment it is sent.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::mailing::Mailing;
use super::message::{Bulk, Outgoing, Parts, Sender};
use super::outbox::Claimed;
use super::sheet::{self, Paper, Reader, Sheet, closes_words, contact};
use super::transport::{Broken, Phase};
use super::view::{MailCode, MailLink, MailLinkAgain};
use crate::consultations::{self, Consultation, Invitation};
use crate::ids::Id;
use crate::keys::Keys;
use crate::links::{self, Links};
use crate::render::{RenderFault, Renderer};
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

impl Stationery {
    #[must_use]
    pub fn paper(&self) -> Paper<'_> {
        Paper { links: &self.links, words: &self.words, renderer: &self.renderer }
    }
}

/// One message that is still to be written.
pub struct Letter {
    pub(super) row: Claimed,
    pub(super) address: String,
    pub(super) name: String,
    pub(super) language: Language,
    pub(super) content: Content,
}

pub(super) enum Content {
    Mailing(Box<OfMailing>),
    LinkAgain(Vec<(Invitation, Arc<Consultation>)>),
    Code { code: Id, minutes: u32, of: Arc<Consultation> },
}

pub(super) struct OfMailing {
    pub(super) mailing: Arc<Mailing>,
    pub(super) of: Arc<Consultation>,
    pub(super) invitation: Invitation,
    /// Her team's name, or those of her teams.
    pub(super) team: String,
    /// The organiser's words for her team; empty for none.
    pub(super) note: String,
    /// The Message-ID of her invitation.
    pub(super) follows: Option<String>,
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

impl Letter {
    /// When there is no use in sending it any more: the deadline of what it asks for, the end of its
    /// code.
    #[must_use]
    pub fn until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match &self.content {
            Content::Mailing(content) if content.mailing.kind.asks() => Some(content.of.deadline.at),
            Content::Code { minutes, .. } => Some(now + chrono::Duration::minutes(i64::from(*minutes))),
            Content::Mailing(_) | Content::LinkAgain(_) => None,
        }
    }

    /// # Errors
    /// When no message can be made of it.
    pub fn write(&self, with: &Stationery, now: DateTime<Utc>) -> Result<Outgoing, Unwritable> {
        let (subject, text, html) = match &self.content {
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
                    public_url: with.links.absolute(&links::consultation(&of.slug)),
                    contact: contact(of),
                };
                let text = with.renderer.render("mail/code.txt", self.language, &view)?;
                (subject, text, with.renderer.render("mail/code.html", self.language, &view)?)
            }
        };
        self.compose(with, now, &subject, (text, html), None, None)
    }

    fn write_mailing(
        &self,
        with: &Stationery,
        now: DateTime<Utc>,
        content: &OfMailing,
    ) -> Result<Outgoing, Unwritable> {
        let OfMailing { mailing, of, invitation, team, note, follows } = content;
        let token = consultations::link_token(&with.keys, invitation.id, invitation.generation);
        let stop = consultations::stop_token(&with.keys, invitation.id, invitation.generation);
        let stop_url = with.links.absolute(&links::stop(&stop));
        let reader = Reader {
            name: &self.name,
            team,
            note,
            link_url: with.links.absolute(&links::go(&token)),
            stop_url: stop_url.clone(),
            language: self.language,
        };
        let Sheet { subject, text, html } = sheet::write(with.paper(), now, mailing, of, reader)?;
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
            closes_words: closes_words(with.paper(), self.language, of, now),
            left_words: with.words.left_words(self.language, of.deadline.at - now),
            public_url: with.links.absolute(&links::consultation(&of.slug)),
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
