//! "I have lost my link": work for known and unknown addresses alike, so that timing tells nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::hands::Hands;
use crate::ids::Chance;
use crate::mail;
use crate::refusal::Refusal;
use crate::store::{Fault, Side, Tx, queue};

/// The kind of this job.
pub const LINK_AGAIN: &str = "link_again";

#[derive(Serialize, Deserialize)]
struct Payload {
    email: String,
}

/// Queues the work. What was typed is dropped with the job, once it is done.
///
/// # Errors
/// When the database fails.
pub fn ask(tx: &mut Tx, chance: &Chance, now: DateTime<Utc>, email: &str) -> Result<(), Fault> {
    let payload = serde_json::json!({ "email": email });
    queue::add(tx, chance.id(now), LINK_AGAIN, &payload.to_string(), now)
}

pub(super) async fn run(hands: &Hands, payload: &str) -> Result<(), Refusal> {
    // The error would quote what was typed.
    let Payload { email } =
        serde_json::from_str(payload).map_err(|_| Fault::Corrupt(format!("job {LINK_AGAIN}: payload")))?;
    let (chance, links, now) = (hands.chance.clone(), hands.stationery.links.clone(), hands.clock.now());
    let queued = hands.store.write(Side::Members, move |tx| mail::queue_link_again(tx, &chance, &links, now, &email));
    queued.await?;
    Ok(())
}
