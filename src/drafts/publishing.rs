//! Whether a consultation lets a version out, and what follows when it does.

use super::document::{self, Kind};
use super::version::{self, Version};
use crate::audit::Deed;
use crate::consultations::{self, Consultation, State};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::Tx;

/// Whether new versions may still come out.
///
/// # Errors
/// A consultation that is closed.
pub fn may_publish(of: &Consultation) -> Result<(), Refusal> {
    match of.state {
        State::Preparing | State::Open => Ok(()),
        State::Closed | State::Reported => {
            let detail = format!("The consultation is {}; its documents stay as they are.", of.state);
            Err(Refusal::conflict("closed", detail))
        }
    }
}

/// Publishes a version of one of the consultation's documents. Afterwards, in a transaction of its
/// own, [`super::pair::propose_first`] lays the two texts side by side.
///
/// # Errors
/// As [`may_publish`] and [`version::publish`].
pub fn publish(
    tx: &mut Tx,
    deed: &Deed,
    of: &Consultation,
    document_id: Id,
    number: i32,
    note: &str,
) -> Result<Version, Refusal> {
    may_publish(of)?;
    let published = version::publish(tx, deed, document_id, number, note)?;
    if of.edition > 0 {
        // What the desks say of a passage that was commented on may be another now.
        consultations::touch_desks(tx, of.id)?;
    }
    Ok(published)
}

/// Sees to it that members have a draft to read: publishes the proposal's first version where none is out.
///
/// # Errors
/// When there is no proposal, or no text of it.
pub fn publish_first(tx: &mut Tx, deed: &Deed, of: &Consultation, note: &str) -> Result<(), Refusal> {
    let proposal = document::list(tx, of.id)?.into_iter().find(|one| one.kind == Kind::Proposal);
    let Some(proposal) = proposal else { return Err(nothing_published()) };
    if version::published(tx, proposal.id)?.is_some() {
        return Ok(());
    }
    let waiting = version::list(tx, proposal.id)?.pop().ok_or_else(nothing_published)?;
    publish(tx, deed, of, proposal.id, waiting.number, note)?;
    Ok(())
}

/// Why a consultation without a draft cannot be opened.
#[must_use]
pub fn nothing_published() -> Refusal {
    Refusal::conflict(
        "nothing-published",
        "Members need a draft to read: make a document of the kind proposal, import its text and publish it, then open.",
    )
}
