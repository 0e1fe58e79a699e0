//! Which passage something is tied to that is prepared before the draft is out: a question.

use super::{place, queries};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// The blocks of the proposal's newest version, published or not: key and number in order.
///
/// # Errors
/// When the database fails.
pub fn newest_numbers(tx: &mut Tx, consultation: Id) -> Result<Vec<(String, String)>, Fault> {
    let Some(proposal) = place::proposal(tx, consultation)? else { return Ok(Vec::new()) };
    match queries::versions(tx, proposal.id)?.pop() {
        Some(newest) => queries::keys_in_order(tx, newest.id),
        None => Ok(Vec::new()),
    }
}

/// The key of the block called so (its key, or its number) in the proposal's newest version.
///
/// # Errors
/// No such block.
pub fn tie(tx: &mut Tx, consultation: Id, called: &str) -> Result<String, Refusal> {
    let blocks = newest_numbers(tx, consultation)?;
    let found = blocks.into_iter().find(|(key, number)| key == called || number == called);
    found.map(|(key, _)| key).ok_or_else(|| {
        Refusal::field("block", "unknown", "There is no passage of this number in the draft; choose one that is there.")
    })
}
