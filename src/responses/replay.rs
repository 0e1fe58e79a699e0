//! The same submission sent twice counts once. The record hangs on the voice, sealed under the
//! consultation key, and goes when the consultation closes.

use serde::{Deserialize, Serialize};

use super::queries;
use super::voice::{Author, Kind};
use crate::ids::Chance;
use crate::keys::sha256;
use crate::refusal::Refusal;
use crate::store::Tx;

/// What makes two submissions the same, and a digest of what was asked.
#[derive(Debug, Clone)]
pub struct ReplayKey {
    key: String,
    request: [u8; 32],
}

impl ReplayKey {
    /// `key` as the client sent it; `request` the words it stands for.
    #[must_use]
    pub fn new(key: &str, request: &[u8]) -> Self {
        Self { key: key.to_owned(), request: sha256(request) }
    }
}

/// The answer given before, or nothing when this is the first time.
///
/// # Errors
/// The key was used for other words.
pub(super) fn earlier<T: for<'a> Deserialize<'a>>(
    tx: &mut Tx,
    author: &Author,
    replay: &ReplayKey,
) -> Result<Option<T>, Refusal> {
    let Some(sealed) = queries::replay(tx, &hash(author, replay))? else { return Ok(None) };
    let kept: Option<Kept<T>> =
        author.key().open(CONTEXT, &sealed).and_then(|plain| serde_json::from_slice(&plain).ok());
    match kept {
        Some(kept) if kept.request == replay.request => Ok(Some(kept.answer)),
        _ => Err(Refusal::conflict(
            "idempotency-key-reused",
            "This Idempotency-Key was used for other words; send a new key with new words.",
        )),
    }
}

pub(super) fn keep<T: Serialize>(
    tx: &mut Tx,
    author: &Author,
    chance: &Chance,
    replay: &ReplayKey,
    answer: &T,
) -> Result<(), Refusal> {
    let plain = serde_json::to_vec(&Kept { request: replay.request, answer })
        .map_err(|error| crate::store::Fault::Corrupt(error.to_string()))?;
    let sealed = author.key().seal(chance, CONTEXT, &plain);
    Ok(queries::insert_replay(tx, &hash(author, replay), author.invitation.consultation_id, &sealed)?)
}

const CONTEXT: &[u8] = b"replay";

#[derive(Serialize, Deserialize)]
struct Kept<T> {
    request: [u8; 32],
    answer: T,
}

fn hash(author: &Author, replay: &ReplayKey) -> [u8; 32] {
    author.key().mac("replay", &[author.voice(Kind::Confidential).as_bytes(), replay.key.as_bytes()])
}
