//! What the desks see: words that have arrived in a batch, in the order of the document.

use std::collections::{BTreeMap, HashMap};

use super::comment::{Comment, Position};
use super::queries;
use super::voice::{Kind, voice_id};
use crate::consultations;
use crate::drafts::{self, BlockOrder};
use crate::ids::{CommentId, Id};
use crate::keys::Keys;
use crate::people;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// What a reader of the desks looks for; everything when empty.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Key or number of a block; `whole` for comments on the whole draft.
    pub block: Option<String>,
    /// A label's id or name.
    pub label: Option<String>,
    pub position: Option<Position>,
    /// Words that occur in comment, condition or new wording, in any case.
    pub text: Option<String>,
}

/// A comment as negotiators see it.
#[derive(Debug, Clone)]
pub struct DeskComment {
    pub comment: Comment,
    pub label: String,
    /// Only where the member gave it.
    pub name: Option<String>,
}

/// One page of comments and where the next begins.
pub struct Page {
    pub comments: Vec<DeskComment>,
    pub next: Option<String>,
}

/// The places comments stand at, in document order, each with how many.
pub struct Places {
    pub order: BlockOrder,
    pub counted: Vec<((Id, Option<String>), i64)>,
}

/// # Errors
/// When the database fails.
pub fn places(tx: &mut Tx, consultation: Id) -> Result<Places, Fault> {
    let order = drafts::order_of_blocks(tx, consultation)?;
    let mut counted = queries::counts_by_place(tx, consultation)?;
    counted.sort_by_key(|((document, block), _)| order.of(*document, block.as_deref()));
    Ok(Places { order, counted })
}

/// Comments that match, at most `limit` after the cursor `after` (a comment's id).
///
/// # Errors
/// A cursor that is no comment of this consultation; a missing key when names must be shown.
pub fn comments(
    tx: &mut Tx,
    keys: &Keys,
    consultation: Id,
    filter: &Filter,
    after: Option<CommentId>,
    limit: usize,
) -> Result<Page, Refusal> {
    let places = places(tx, consultation)?;
    let labels: HashMap<Id, String> =
        consultations::of_consultation(tx, consultation)?.into_iter().map(|label| (label.id, label.name)).collect();
    let label = match &filter.label {
        Some(wanted) => Some(
            labels
                .iter()
                .find(|(id, name)| *name == wanted || id.to_string() == *wanted)
                .map(|(id, _)| *id)
                .ok_or(Refusal::Unknown("label"))?,
        ),
        None => None,
    };
    let start = match after {
        Some(id) => {
            let last = queries::batched(tx, consultation, id)?.ok_or(Refusal::Unknown("comment to go on after"))?;
            Some((places.order.of(last.document_id, last.block_key.as_deref()), last.key))
        }
        None => None,
    };
    let mut found: Vec<(Comment, Id)> = Vec::new();
    for ((document, block), _) in &places.counted {
        let rank = places.order.of(*document, block.as_deref());
        let from = match &start {
            Some((first, _)) if rank < *first => continue,
            Some((first, key)) if rank == *first => Some(*key),
            _ => None,
        };
        if let Some(wanted) = &filter.block
            && !places.order.is_called(*document, block.as_deref(), wanted)
        {
            continue;
        }
        let room = limit + 1 - found.len();
        found.extend(queries::batched_at(tx, consultation, *document, block.as_deref(), from, label, filter, room)?);
        if found.len() > limit {
            break;
        }
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let next = if more { found.last().map(|(comment, _)| comment.id.to_string()) } else { None };
    let names = names_of_voices(
        tx,
        keys,
        consultation,
        &found.iter().map(|(comment, _)| comment.voice_id).collect::<Vec<_>>(),
    )?;
    let comments = found
        .into_iter()
        .map(|(comment, label)| DeskComment {
            label: labels.get(&label).cloned().unwrap_or_default(),
            name: names.get(&comment.voice_id).cloned(),
            comment,
        })
        .collect();
    Ok(Page { comments, next })
}

/// The names behind those of `voices` that gave theirs: joined in memory, through the key.
///
/// # Errors
/// When the key is missing, or the database fails.
pub fn names_of_voices(
    tx: &mut Tx,
    keys: &Keys,
    consultation: Id,
    voices: &[Id],
) -> Result<BTreeMap<Id, String>, Refusal> {
    let named = queries::named_among(tx, voices)?;
    if named.is_empty() {
        return Ok(BTreeMap::new());
    }
    let key = keys.consultation(consultation)?;
    let behind: BTreeMap<Id, Id> = consultations::invited(tx, consultation)?
        .into_iter()
        .map(|invitation| (voice_id(&key, Kind::Named, invitation.id), invitation.member_id))
        .filter(|(voice, _)| named.contains(voice))
        .collect();
    let contacts = people::member::contact_of(tx, &behind.values().copied().collect::<Vec<_>>())?;
    let names: HashMap<Id, String> = contacts.into_iter().map(|contact| (contact.id, contact.name)).collect();
    Ok(behind.into_iter().filter_map(|(voice, member)| Some((voice, names.get(&member)?.clone()))).collect())
}
