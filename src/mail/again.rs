//! Sending again what nobody knows the fate of: only when somebody decides so.

use crate::audit::Deed;
use crate::consultations;
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::Tx;

use super::course::over;
use super::mailing::{self, Audience, Mailing, State};
use super::planning::check_state;
use super::{outbox, queries};

/// What [`send_again`] did.
#[derive(Debug, Clone)]
pub struct Again {
    pub mailing: Mailing,
    /// Messages put back into the queue.
    pub messages: usize,
}

/// Puts the uncertain messages of a mailing back into the queue: all of them, or those of `only`
/// (outbox rows) that are. Each keeps its Message-ID, so that a mail program that has the first copy
/// can drop the second. With nothing uncertain, nothing is changed.
///
/// # Errors
/// No such mailing; one that is cancelled; one that asks for words after comments have closed.
pub fn send_again(tx: &mut Tx, deed: &Deed, id: Id, only: Option<&[Id]>) -> Result<Again, Refusal> {
    let mailing = mailing::get(tx, id)?;
    if mailing.state == State::Cancelled {
        return Err(over(&mailing));
    }
    let mut rows = outbox::queries::uncertain(tx, id)?;
    rows.retain(|row| only.is_none_or(|only| only.contains(row)));
    if rows.is_empty() {
        return Ok(Again { mailing, messages: 0 });
    }
    let of = consultations::by_id(tx, mailing.consultation_id)?;
    check_state(&of, mailing.kind, deed.now)?;
    for chunk in rows.chunks(500) {
        outbox::queries::queue_again(tx, chunk, deed.now)?;
    }
    let state = if mailing.state == State::Sent { State::Sending } else { mailing.state };
    queries::set_mailing_state(tx, id, state)?;
    // Where a mailing goes to some only, even small numbers are kept out of the record.
    let messages = (mailing.audience == Audience::Everyone).then_some(rows.len());
    let told = serde_json::json!({ "mailing": id, "messages": messages });
    deed.record(tx, "send uncertain mail again", &of.slug, &told)?;
    Ok(Again { mailing: Mailing { state, ..mailing }, messages: rows.len() })
}
