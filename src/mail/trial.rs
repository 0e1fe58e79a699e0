//! A mailing as a colleague gets it who tries it out: one message to her own account's address. It
//! has no row in the outbox, so it touches no member and counts for nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::letter::{Stationery, Unwritable};
use super::mailing::{get, notes_of};
use super::message::{Outgoing, Parts};
use super::preview::{Sample, sample};
use crate::audit::{Actor, Deed};
use crate::consultations;
use crate::ids::Id;
use crate::people::{Staff, staff};
use crate::refusal::Refusal;
use crate::store::{Fault, Tx, queue};
use crate::words::Language;

/// The kind of the job that sends one.
pub const TRIAL: &str = "trial_letter";

/// What the job is told; no address.
#[derive(Serialize, Deserialize)]
struct Payload {
    mailing: Id,
    team: Option<Id>,
    staff: Id,
}

/// A trial ready to be written.
pub struct Trial {
    sample: Sample,
    to: Staff,
}

/// Queues a trial of a mailing, as `team` reads it, to whoever asks.
///
/// # Errors
/// When no colleague with an account asks; an unknown mailing.
pub fn ask_trial(tx: &mut Tx, deed: &Deed, id: Id, team: Option<Id>) -> Result<(), Refusal> {
    let Actor::Staff(staff) = deed.actor else {
        return Err(Refusal::forbidden("no-account", "Only a colleague with an account can send herself a test."));
    };
    let mailing = get(tx, id)?;
    let payload = serde_json::json!(Payload { mailing: id, team, staff });
    queue::add(tx, deed.new_id(), TRIAL, &payload.to_string(), deed.now)?;
    let slug = consultations::by_id(tx, mailing.consultation_id)?.slug;
    Ok(deed.record(tx, "send test mail", &slug, &serde_json::json!({ "mailing": id, "team": team }))?)
}

/// Reads what a queued trial needs; nothing where the account or the team is gone meanwhile.
///
/// # Errors
/// When the database fails.
pub fn trial(tx: &mut Tx, payload: &str) -> Result<Option<Trial>, Refusal> {
    let Payload { mailing, team, staff } =
        serde_json::from_str(payload).map_err(|error| Fault::Corrupt(format!("job {TRIAL}: {error}")))?;
    let Some(to) = staff::by_id(tx, staff)? else { return Ok(None) };
    let mailing = get(tx, mailing)?;
    let of = consultations::by_id(tx, mailing.consultation_id)?;
    let notes = notes_of(tx, mailing.id)?;
    match sample(tx, &of, &mailing, &notes, team) {
        Ok(sample) => Ok(Some(Trial { sample, to })),
        Err(Refusal::Unknown(_)) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

impl Trial {
    /// The message; `id` is its job's, so that trying again makes no second one.
    ///
    /// # Errors
    /// When no message can be made of it.
    pub fn write(&self, with: &Stationery, now: DateTime<Utc>, id: Id) -> Result<Outgoing, Unwritable> {
        let sheet = self.sample.write_trial(with.paper(), now)?;
        let language = Language::default();
        let subject = with.words.say(language, "mailing-test-subject", &[("subject", sheet.subject.into())]);
        let parts = Parts {
            id,
            message_id: &format!("<{id}@{}>", with.links.host()),
            from: &with.sender,
            to_name: &self.to.name,
            to_address: &self.to.email,
            subject: &subject,
            text: sheet.text,
            html: sheet.html,
            date: now,
            follows: None,
            language: language.code(),
            bulk: None,
        };
        parts.compose().map_err(|_| Unwritable::Address)
    }
}
