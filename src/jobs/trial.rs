//! Sends a colleague the mailing she tries out.

use super::hands::Hands;
use crate::ids::Id;
use crate::mail::{self, End};
use crate::refusal::Refusal;
use crate::store::Fault;

/// One attempt. What breaks is logged and not tried again: she sees that nothing came, and presses once more.
pub(super) async fn run(hands: &Hands, id: Id, payload: &str) -> Result<(), Refusal> {
    let asked = payload.to_owned();
    let Some(trial) = hands.store.read(move |tx| mail::trial(tx, &asked)).await? else { return Ok(()) };
    let (stationery, now) = (hands.stationery.clone(), hands.clock.now());
    let written = tokio::task::spawn_blocking(move || trial.write(&stationery, now, id)).await;
    let ended = match written.map_err(|_| Fault::Stopped)? {
        Ok(message) => hands.transport.send_one(message).await,
        Err(why) => End::Broken(why.broken()),
    };
    if let End::Broken(broken) | End::Uncertain(broken) = ended {
        tracing::warn!(job = %id, phase = %broken.phase, trouble = broken.trouble, "a test mail could not be sent");
    }
    Ok(())
}
