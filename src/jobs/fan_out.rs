//! Writes a mailing's outbox rows, in chunks that never hold up a comment.

use serde::Deserialize;

use super::hands::Hands;
use crate::ids::Id;
use crate::mail;
use crate::refusal::Refusal;
use crate::store::{Fault, Side};

#[derive(Deserialize)]
struct Payload {
    mailing: Id,
}

pub(super) async fn run(hands: &Hands, payload: &str) -> Result<(), Refusal> {
    let Payload { mailing } =
        serde_json::from_str(payload).map_err(|error| Fault::Corrupt(format!("job {}: {error}", mail::FAN_OUT)))?;
    let mailing = hands.store.read(move |tx| mail::get(tx, mailing)).await?;
    let mut after = None;
    loop {
        let (chance, links, now) = (hands.chance.clone(), hands.stationery.links.clone(), hands.clock.now());
        let of = mailing.clone();
        let chunk = hands
            .store
            .write(Side::Members, move |tx| mail::fan_out_chunk(tx, &chance, &links, now, &of, after, CHUNK));
        after = chunk.await?;
        if after.is_none() {
            return Ok(());
        }
    }
}

const CHUNK: i64 = 500;
