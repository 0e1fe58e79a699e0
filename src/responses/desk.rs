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
    /// Another name than its writer knows, so that her browser's history leads nobody to her words.
    pub id: CommentId,
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
    Desk::open(tx, keys, consultation)?.page(tx, filter, after, limit)
}

/// What every page of a consultation's comments needs, read once. It is true as long as the
/// consultation's edition stays the same.
pub struct Desk {
    consultation: Id,
    keys: Keys,
    places: Places,
    labels: HashMap<Id, String>,
    /// Every name that was given; none: found for each page anew.
    names: Option<BTreeMap<Id, String>>,
}

impl Desk {
    /// # Errors
    /// When the database fails.
    pub fn open(tx: &mut Tx, keys: &Keys, consultation: Id) -> Result<Self, Fault> {
        let places = places(tx, consultation)?;
        let labels = consultations::of_consultation(tx, consultation)?;
        let labels = labels.into_iter().map(|label| (label.id, label.name)).collect();
        Ok(Self { consultation, keys: keys.clone(), places, labels, names: None })
    }

    /// Finds every name now: for whoever will read all pages.
    ///
    /// # Errors
    /// When a key is missing, or the database fails.
    pub fn with_all_names(mut self, tx: &mut Tx) -> Result<Self, Refusal> {
        let named = queries::named_voices(tx, self.consultation)?;
        self.names = Some(names_of_voices(tx, &self.keys, self.consultation, &named)?);
        Ok(self)
    }

    /// As [`comments`].
    ///
    /// # Errors
    /// As [`comments`].
    pub fn page(&self, tx: &mut Tx, filter: &Filter, after: Option<CommentId>, limit: usize) -> Result<Page, Refusal> {
        let mut found = self.find(tx, filter, after, limit)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = if more { found.last().map(|(comment, _)| CommentId(comment.key).to_string()) } else { None };
        let of_page;
        let names = if let Some(all) = &self.names {
            all
        } else {
            let voices: Vec<Id> = found.iter().map(|(comment, _)| comment.voice_id).collect();
            of_page = names_of_voices(tx, &self.keys, self.consultation, &voices)?;
            &of_page
        };
        let comments = found
            .into_iter()
            .map(|(comment, label)| DeskComment {
                label: self.labels.get(&label).cloned().unwrap_or_default(),
                name: names.get(&comment.voice_id).cloned(),
                id: CommentId(comment.key),
                comment,
            })
            .collect();
        Ok(Page { comments, next })
    }

    /// The comments of a page with their labels, and one more where another page follows.
    fn find(
        &self,
        tx: &mut Tx,
        filter: &Filter,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Vec<(Comment, Id)>, Refusal> {
        let Places { order, counted } = &self.places;
        let label = filter.label.as_ref().map(|wanted| self.label(wanted)).transpose()?;
        let start = match after {
            Some(id) => {
                let last = queries::batched(tx, self.consultation, id)?;
                let last = last.ok_or(Refusal::Unknown("comment to go on after"))?;
                Some((order.of(last.document_id, last.block_key.as_deref()), last.key))
            }
            None => None,
        };
        let mut found: Vec<(Comment, Id)> = Vec::new();
        for ((document, block), _) in counted {
            let (document, block) = (*document, block.as_deref());
            let rank = order.of(document, block);
            let from = match &start {
                Some((first, _)) if rank < *first => continue,
                Some((first, key)) if rank == *first => Some(*key),
                _ => None,
            };
            if let Some(wanted) = &filter.block
                && !order.is_called(document, block, wanted)
            {
                continue;
            }
            let room = limit + 1 - found.len();
            found.extend(queries::batched_at(tx, self.consultation, document, block, from, label, filter, room)?);
            if found.len() > limit {
                break;
            }
        }
        Ok(found)
    }

    /// A label by its name or its id.
    fn label(&self, wanted: &str) -> Result<Id, Refusal> {
        let found = self.labels.iter().find(|(id, name)| *name == wanted || id.to_string() == wanted);
        found.map(|(id, _)| *id).ok_or(Refusal::Unknown("label"))
    }
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
