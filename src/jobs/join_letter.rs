//! Letters to people who ask to take part.

use super::hands::Hands;
use crate::consultations::joining::{self, JoinState};
use crate::mail::{self, Broken, End};
use crate::refusal::Refusal;
use crate::store::queue::Claimed;
use crate::store::{Fault, Side};

/// Tries after which nobody tries any more: some two days.
const MOST_TRIES: i32 = 70;

/// Sends the letter that a request waits for; once she is answered the request is forgotten. What broke
/// for now is tried again later, what nobody knows the fate of is not.
pub(super) async fn run(hands: &Hands, job: &Claimed) -> Result<(), Refusal> {
    let (payload, now) = (job.payload.clone(), hands.clock.now());
    let (chance, links) = (hands.chance.clone(), hands.stationery.links.clone());
    let found =
        hands.store.write(Side::Members, move |tx| mail::join_letter(tx, &chance, &links, now, &payload)).await?;
    let Some(letter) = found else { return Ok(()) };
    let (request, is_answer) = (letter.request.id, letter.request.state != JoinState::Unconfirmed);
    let (stationery, id) = (hands.stationery.clone(), job.id);
    let written = tokio::task::spawn_blocking(move || letter.write(&stationery, now, id)).await;
    let ended = match written.map_err(|_| Fault::Stopped)? {
        Ok(message) => hands.transport.send_one(message).await,
        Err(why) => End::Broken(why.broken()),
    };
    match ended {
        End::Broken(Broken { permanent: false, phase, .. }) if job.attempts < MOST_TRIES => {
            tracing::warn!(job = %job.id, %phase, "a letter to somebody who asks to take part waits");
            return Err(Fault::Busy.into());
        }
        End::Broken(broken) | End::Uncertain(broken) => {
            tracing::warn!(job = %job.id, phase = %broken.phase, "a letter to somebody who asks to take part is lost");
        }
        End::Sent | End::Returned | End::TakenOver => {}
    }
    if is_answer {
        hands.store.write(Side::Members, move |tx| joining::forget(tx, request).map_err(Refusal::from)).await?;
    }
    Ok(())
}
