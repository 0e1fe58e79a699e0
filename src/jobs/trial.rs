//! Sends a colleague the mailing she tries out.

use super::hands::Hands;
use crate::ids::Id;
use crate::mail;
use crate::refusal::Refusal;
use crate::store::Fault;

/// One attempt. What breaks is logged and not tried again: she sees that nothing came, and presses once more.
pub(super) async fn run(hands: &Hands, id: Id, payload: &str) -> Result<(), Refusal> {
    let asked = payload.to_owned();
    let Some(trial) = hands.store.read(move |tx| mail::trial(tx, &asked)).await? else { return Ok(()) };
    let (stationery, transport, now) = (hands.stationery.clone(), hands.transport.clone(), hands.clock.now());
    let sent = tokio::task::spawn_blocking(move || match trial.write(&stationery, now, id) {
        Ok(message) => transport.send(&[message]).pop().unwrap_or(Ok(())),
        Err(why) => Err(why.broken()),
    });
    if let Err(broken) = sent.await.map_err(|_| Fault::Stopped)? {
        tracing::warn!(job = %id, phase = %broken.phase, trouble = broken.trouble, "a test mail could not be sent");
    }
    Ok(())
}
