//! What a mailing says to one reader: the same words for a real letter, a preview and a test.

use chrono::{DateTime, Utc};

use super::mailing::Mailing;
use super::view::{MailContact, MailShell};
use super::wording;
use crate::consultations::{self, Consultation, Contact};
use crate::links::{self, Links};
use crate::render::{RenderFault, Renderer};
use crate::words::{Language, Words};

/// A message's words, before they are addressed to anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub subject: String,
    pub text: String,
    /// A whole page that loads nothing.
    pub html: String,
}

/// What words are set with: no keys, no sender.
#[derive(Clone, Copy)]
pub struct Paper<'a> {
    pub links: &'a Links,
    pub words: &'a Words,
    pub renderer: &'a Renderer,
}

/// Whom a sheet speaks to.
pub(super) struct Reader<'a> {
    pub(super) name: &'a str,
    /// Her team's name, or those of her teams.
    pub(super) team: &'a str,
    /// The organiser's words for her team; empty for none.
    pub(super) note: &'a str,
    pub(super) link_url: String,
    pub(super) stop_url: String,
    pub(super) language: Language,
}

/// # Errors
/// When a template cannot be rendered.
pub(super) fn write(
    with: Paper<'_>,
    now: DateTime<Utc>,
    mailing: &Mailing,
    of: &Consultation,
    to: Reader<'_>,
) -> Result<Sheet, RenderFault> {
    let Reader { name, team, note, link_url, stop_url, language } = to;
    let deadline = with.words.deadline_words(language, of.deadline.local);
    let filling = wording::Filling([name, team, &of.title, &deadline, &link_url]);
    let body = mailing.body_words(of, with.words, language);
    let subject = filling.plain(&mailing.subject_words(with.words, language));
    let view = MailShell {
        kind: mailing.kind.as_str().to_owned(),
        subject: subject.clone(),
        title: of.title.clone(),
        body_text: filling.plain(&body),
        body_html: filling.html(&body),
        team_note: filling.plain(note),
        link_url,
        public_url: with.links.absolute(&links::consultation(&of.slug)),
        closes_words: closes_words(with, language, of, now),
        left_words: with.words.left_words(language, of.deadline.at - now),
        contact: contact(of),
        stop_url,
    };
    let text = with.renderer.render("mail/shell.txt", language, &view)?;
    Ok(Sheet { subject, text, html: with.renderer.render("mail/shell.html", language, &view)? })
}

pub(super) fn closes_words(with: Paper<'_>, language: Language, of: &Consultation, now: DateTime<Utc>) -> String {
    let ended = matches!(of.state, consultations::State::Closed | consultations::State::Reported);
    with.words.closes_words(language, of.deadline.local, ended || of.deadline.at <= now)
}

pub(super) fn contact(of: &Consultation) -> MailContact {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    of.contact.as_ref().map_or_else(MailContact::default, |Contact { name, phone, email }| MailContact {
        name: name.clone(),
        phone: given(phone),
        email: given(email),
    })
}
