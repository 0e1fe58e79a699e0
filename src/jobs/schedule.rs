//! What comes due by the clock alone.

use super::hands::Hands;
use crate::consultations::joining;
use crate::drafts::brought;
use crate::refusal::Refusal;
use crate::responses::batch;
use crate::store::Side;
use crate::{consultations, mail};

/// Forgets what was kept for a while only, starts due mailings, closes consultations whose grace is over, and brings words to the desks.
/// Returns how many mailings were due.
pub(super) async fn run(hands: &Hands) -> Result<usize, Refusal> {
    let now = hands.clock.now();
    let deed = hands.deed();
    let closing = hands.store.write(Side::Members, move |tx| {
        brought::forget_old(tx, now)?;
        joining::forget_unconfirmed(tx, now)?;
        consultations::close_due(tx, &deed)
    });
    let closing = closing.await?;
    for consultation in closing {
        batch::last(&hands.store, &consultation, now).await?;
    }
    for consultation in hands.store.read(consultations::list).await? {
        if let Some(day) = batch::due(&consultation, now, hands.batch_hour) {
            batch::daily(&hands.store, &consultation, day).await?;
        }
    }
    hands.store.write(Side::Members, move |tx| mail::start_due(tx, now)).await
}
