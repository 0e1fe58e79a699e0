//! Letters to somebody who is not on the list: please confirm, here is your link, or a polite no.
//!
//! They have no row in the outbox: whoever asks is no member yet, and perhaps never will be.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::letter::{Stationery, Unwritable};
use super::message::{Outgoing, Parts};
use super::outbox::queue_link_again;
use super::sheet::{closes_words, contact};
use super::view::MailJoining;
use crate::consultations::joining::{self, JoinRequest, JoinState};
use crate::consultations::{self, Consultation, Invitation};
use crate::ids::{Chance, Id};
use crate::links::{self, Links};
use crate::refusal::Refusal;
use crate::store::{Fault, Tx, queue};
use crate::words::Language;

/// The kind of the job that sends one.
pub const JOIN_LETTER: &str = "join_letter";

/// What the job is told; no address.
#[derive(Serialize, Deserialize)]
struct Payload {
    request: Id,
}

/// Queues the letter that a request waits for, in the transaction that made or answered it.
///
/// # Errors
/// When the database fails.
pub fn ask_join_letter(tx: &mut Tx, chance: &Chance, now: DateTime<Utc>, request: Id) -> Result<(), Fault> {
    queue::add(tx, chance.id(now), JOIN_LETTER, &serde_json::json!(Payload { request }).to_string(), now)
}

/// A letter ready to be written.
pub struct JoinLetter {
    pub request: JoinRequest,
    of: Consultation,
    invitation: Option<Invitation>,
    is_colleague: bool,
    at_work: bool,
}

/// What a queued letter needs. Nothing where there is none to write: the request is gone, or confirmed;
/// or whoever has the address is invited already, and gets her link again the usual way.
///
/// # Errors
/// When the database fails.
pub fn join_letter(
    tx: &mut Tx,
    chance: &Chance,
    links: &Links,
    now: DateTime<Utc>,
    payload: &str,
) -> Result<Option<JoinLetter>, Refusal> {
    let Payload { request } =
        serde_json::from_str(payload).map_err(|error| Fault::Corrupt(format!("job {JOIN_LETTER}: {error}")))?;
    let request = match joining::request(tx, request) {
        Ok(request) => request,
        Err(Refusal::Unknown(_)) => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    let of = consultations::by_id(tx, request.consultation_id)?;
    let at_work = joining::is_at(&joining::employer_domains(tx, of.id)?, &request.email);
    let invitation = match (request.state, request.invitation_id) {
        (JoinState::Asked, _) => return Ok(None),
        (JoinState::Unconfirmed, _) => {
            let known = consultations::invitations_of_address(tx, &request.email)?;
            if known.iter().any(|one| one.consultation_id == of.id) {
                queue_link_again(tx, chance, links, now, &request.email)?;
                return Ok(None);
            }
            None
        }
        (JoinState::Accepted, Some(id)) => consultations::get(tx, id)?,
        (JoinState::Accepted | JoinState::Declined, _) => None,
    };
    let apart = joining::colleagues(tx, of.id)?.map(|colleagues| colleagues.label);
    let is_colleague = apart.is_some() && invitation.as_ref().is_some_and(|one| one.label_id == apart);
    Ok(Some(JoinLetter { request, of, invitation, is_colleague, at_work }))
}

impl JoinLetter {
    /// The message; `id` is its job's, so that trying again makes no second one.
    ///
    /// # Errors
    /// When no message can be made of it.
    pub fn write(&self, with: &Stationery, now: DateTime<Utc>, id: Id) -> Result<Outgoing, Unwritable> {
        let language = Language::default();
        let (kind, path) = match (self.request.state, &self.invitation) {
            (JoinState::Unconfirmed | JoinState::Asked, _) => {
                ("confirm", Some(links::join_confirm(&joining::token(&with.keys, self.request.id))))
            }
            (_, Some(one)) => {
                let token = consultations::link_token(&with.keys, one.id, one.generation);
                (if self.is_colleague { "colleague" } else { "member" }, Some(links::go(&token)))
            }
            (_, None) => ("declined", None),
        };
        let subject = with.words.say(language, &format!("mail-joining-{kind}-subject"), &[]);
        let view = MailJoining {
            kind,
            subject: subject.clone(),
            title: self.of.title.clone(),
            link_url: path.map(|path| with.links.absolute(&path)).unwrap_or_default(),
            public_url: with.links.absolute(&links::consultation(&self.of.slug)),
            closes_words: closes_words(with.paper(), language, &self.of, now),
            at_work: self.at_work,
            join_url: self.of.join_url.clone(),
            contact: contact(&self.of),
        };
        let parts = Parts {
            id,
            message_id: &format!("<{id}@{}>", with.links.host()),
            from: &with.sender,
            to_name: &self.request.name,
            to_address: &self.request.email,
            subject: &subject,
            text: with.renderer.render("mail/joining.txt", language, &view)?,
            html: with.renderer.render("mail/joining.html", language, &view)?,
            date: now,
            follows: None,
            language: language.code(),
            bulk: None,
        };
        parts.compose().map_err(|_| Unwritable::Address)
    }
}
