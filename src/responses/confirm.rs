//! Saying that a comment still holds beside words that have changed.

use chrono::{DateTime, Utc};

use super::comment::{Comment, Mine, keep_changed, mine_one, only_before_deadline};
use super::voice::Author;
use crate::consultations::Consultation;
use crate::drafts;
use crate::ids::{Chance, CommentId};
use crate::refusal::Refusal;
use crate::store::Tx;

/// Says that one of her own comments still holds beside the wording of version `seen`; strictly
/// before the deadline. At the desks this is known from the next batch on, like any change.
///
/// # Errors
/// Not hers, too late, or no such published version.
pub fn confirm(
    tx: &mut Tx,
    author: &Author,
    consultation: &Consultation,
    chance: &Chance,
    arrived: DateTime<Utc>,
    id: CommentId,
    seen: i32,
) -> Result<Mine, Refusal> {
    let Mine { comment: mut changed, with_name } = mine_one(tx, author, id)?;
    only_before_deadline(consultation, arrived)?;
    let confirmed_in = confirmed(tx, &changed, Some(seen))?;
    if changed.confirmed_in != confirmed_in {
        changed.confirmed_in = confirmed_in;
        keep_changed(tx, chance, &mut changed)?;
    }
    Ok(Mine { comment: changed, with_name })
}

/// The newest version that she has confirmed her comment for, with `seen`.
pub(super) fn confirmed(tx: &mut Tx, comment: &Comment, seen: Option<i32>) -> Result<Option<i32>, Refusal> {
    let Some(seen) = seen.filter(|seen| *seen > comment.version_number) else { return Ok(comment.confirmed_in) };
    let version = drafts::version::by_number(tx, comment.document_id, seen)?;
    if version.published_at.is_none() {
        return Err(Refusal::Unknown("version"));
    }
    Ok(comment.confirmed_in.max(Some(seen)))
}
