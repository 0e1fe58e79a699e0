//! Finishing is optional: it says "I am done", or "nothing to add" on purpose.

use chrono::{DateTime, Utc};
use diesel::Queryable;

use super::comment::too_late;
use super::queries;
use super::voice::{self, Author, Kind};
use crate::consultations::{Arrival, Consultation};
use crate::ids::{Chance, CommentId};
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// What a finished member sees again.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Finished {
    pub key: i64,
    pub nothing_to_add: bool,
    pub reader_tag: Vec<u8>,
    pub receipt: String,
}

/// Finishes a response; again is the same as once.
///
/// # Errors
/// Too late.
pub fn finish(
    tx: &mut Tx,
    author: &Author,
    consultation: &Consultation,
    chance: &Chance,
    arrived: DateTime<Utc>,
    nothing_to_add: bool,
) -> Result<Finished, Refusal> {
    if consultation.judge(arrived) == Arrival::TooLate {
        return Err(too_late(consultation));
    }
    if let Some(done) = queries::finish_of(tx, author.voice(Kind::Confidential))? {
        return Ok(done);
    }
    let voice = voice::ensure(tx, author, Kind::Confidential)?;
    let key = chance.key();
    let done = Finished {
        key,
        nothing_to_add,
        reader_tag: author.reader_tag(CommentId(key)).to_vec(),
        receipt: queries::free_receipt(tx, chance)?,
    };
    queries::insert_finish(tx, consultation.id, voice, &done)?;
    Ok(done)
}

/// Whether this generation of her link finished.
///
/// # Errors
/// When the database fails.
pub fn finished(tx: &mut Tx, author: &Author) -> Result<Option<Finished>, Fault> {
    let done = queries::finish_of(tx, author.voice(Kind::Confidential))?;
    Ok(done.filter(|done| author.wrote(CommentId(done.key), &done.reader_tag)))
}
