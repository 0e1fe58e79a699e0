//! What the desks see: words that have arrived in a batch, in the order of the document.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::comment::{Comment, Permission, Position};
use super::entry::{self, DeskLabel, DeskPlace, Entry};
use super::folded::Folded;
use super::queries;
use super::search::Search;
use super::voice::{Kind, voice_id};
use crate::consultations::{self, Consultation};
use crate::drafts::{self, BlockOrder, Change};
use crate::ids::{CommentId, Id};
use crate::keys::Keys;
use crate::people;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// What a reader of the desks looks for; everything when empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Key or number of a block; `whole` for comments on the whole draft, `employer` for all on the
    /// employer's text.
    pub block: Option<String>,
    /// A label's id or name.
    pub label: Option<String>,
    pub position: Option<Position>,
    pub permission: Option<Permission>,
    /// What became of the passage in the current version.
    pub state: Option<Change>,
    /// Only what came after the deadline.
    pub late: bool,
    /// Only what was said with a name.
    pub named: bool,
    /// Words that occur in comment, condition or new wording: see [`Search`].
    pub text: Option<String>,
}

/// What a [`Filter`] calls all passages of the employer's text.
pub const THEIRS: &str = "employer";

/// A comment as negotiators see it.
#[derive(Debug, Clone)]
pub struct DeskComment {
    /// Another name than its writer knows, so that her browser's history leads nobody to her words.
    pub id: CommentId,
    pub comment: Comment,
    pub label: String,
    /// What became of its passage in the current version.
    pub status: Change,
    /// Only where the member gave it.
    pub name: Option<String>,
}

/// From where on a page of comments is shown; the comment named is not on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cursor {
    #[default]
    Start,
    After(CommentId),
    /// The page that ends there.
    Before(CommentId),
}

/// Comments that a filter found, by their place among all; read page by page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found(Vec<u32>);

impl Found {
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One page of comments and where it stands.
pub struct Page {
    pub comments: Vec<DeskComment>,
    /// How many of those found come before it.
    pub before: usize,
    /// The last comment, when more follow.
    pub next: Option<String>,
}

/// All comments at a consultation's desks, their words left in the database. It is true as long as
/// the consultation's edition stays the same.
pub struct Desk {
    pub consultation: Id,
    pub edition: i32,
    keys: Keys,
    order: BlockOrder,
    pub(super) places: Vec<DeskPlace>,
    pub(super) labels: Vec<DeskLabel>,
    /// In document order, within a place by key.
    pub(super) entries: Vec<Entry>,
    /// Keys in their order, with their places in `entries`.
    pub(super) by_key: Vec<(i64, u32)>,
    /// Folded for searching; read when somebody searches.
    words: OnceLock<Folded>,
    /// Members behind the voices that gave their names; read when one must be shown.
    named: OnceLock<BTreeMap<Id, Id>>,
    /// Every name that was given; none: found for each page anew.
    names: Option<BTreeMap<Id, String>>,
}

impl Desk {
    /// # Errors
    /// When the database fails.
    pub fn open(tx: &mut Tx, keys: &Keys, consultation: &Consultation) -> Result<Self, Refusal> {
        let id = consultation.id;
        let labels: Vec<DeskLabel> =
            consultations::of_consultation(tx, id)?.into_iter().map(|label| (label.id, label.name)).collect();
        let order = drafts::order_of_blocks(tx, id)?;
        let rows = queries::entries(tx, id)?;
        let places = entry::places(tx, id, &order, &rows)?;
        let entries = entry::read(tx, id, &rows, &places, &labels)?;
        let mut by_key: Vec<(i64, u32)> = (0..).zip(&entries).map(|(place, entry)| (entry.key, place)).collect();
        by_key.sort_unstable();
        Ok(Self {
            consultation: id,
            edition: consultation.edition,
            keys: keys.clone(),
            order,
            places,
            labels,
            entries,
            by_key,
            words: OnceLock::new(),
            named: OnceLock::new(),
            names: None,
        })
    }

    /// Finds every name now: for whoever will read all pages.
    ///
    /// # Errors
    /// When a key is missing, or the database fails.
    pub fn with_all_names(mut self, tx: &mut Tx) -> Result<Self, Refusal> {
        let named: Vec<Id> = self.named(tx)?.keys().copied().collect();
        self.names = Some(self.names_of(tx, &named)?);
        Ok(self)
    }

    /// Where comments stand, in document order.
    #[must_use]
    pub fn places(&self) -> &[DeskPlace] {
        &self.places
    }

    /// All labels of the consultation, in their order.
    #[must_use]
    pub fn labels(&self) -> &[DeskLabel] {
        &self.labels
    }

    /// The comments that match, in document order.
    ///
    /// # Errors
    /// A label that is not there; the database fails.
    pub fn find(&self, tx: &mut Tx, filter: &Filter) -> Result<Found, Refusal> {
        let label = filter.label.as_ref().map(|wanted| self.label(wanted)).transpose()?;
        let places: Option<Vec<bool>> = filter.block.as_ref().map(|wanted| {
            let called = |place: &DeskPlace| {
                (wanted == THEIRS && place.kind == drafts::Kind::Comparison)
                    || self.order.is_called(place.document, place.block.as_deref(), wanted)
            };
            self.places.iter().map(called).collect()
        });
        let fits = |entry: &Entry| {
            places.as_ref().is_none_or(|places| places[entry.place as usize])
                && label.is_none_or(|label| usize::from(entry.label) == label)
                && filter.position.is_none_or(|position| entry.position == position)
                && filter.permission.is_none_or(|permission| entry.permission == permission)
                && filter.state.is_none_or(|state| entry.status == state)
                && (!filter.late || entry.is_late)
                && (!filter.named || entry.is_named)
        };
        let mut found: Vec<u32> =
            (0..).zip(&self.entries).filter(|(_, entry)| fits(entry)).map(|(place, _)| place).collect();
        let search = Search::parse(filter.text.as_deref().unwrap_or_default());
        if !search.is_empty() && !found.is_empty() {
            self.keep_those_that_say(tx, &search, &mut found)?;
        }
        Ok(Found(found))
    }

    /// At most `limit` of those found.
    ///
    /// # Errors
    /// A cursor that is no comment of this consultation; a missing key when names must be shown.
    pub fn page(&self, tx: &mut Tx, found: &Found, from: Cursor, limit: usize) -> Result<Page, Refusal> {
        let (start, end) = match from {
            Cursor::Start => (0, limit.min(found.len())),
            Cursor::After(id) => {
                let last = self.place_of(id).ok_or(Refusal::Unknown("comment to go on after"))?;
                let start = found.0.partition_point(|place| *place <= last);
                (start, (start + limit).min(found.len()))
            }
            Cursor::Before(id) => {
                let first = self.place_of(id).ok_or(Refusal::Unknown("comment to go back from"))?;
                let end = found.0.partition_point(|place| *place < first);
                (end.saturating_sub(limit), end)
            }
        };
        let comments = self.read(tx, &found.0[start..end])?;
        let next = if end < found.len() { comments.last().map(|one| one.id.to_string()) } else { None };
        Ok(Page { comments, before: start, next })
    }

    /// One comment, with those before and after it in document order.
    ///
    /// # Errors
    /// When no such comment is at the desks.
    pub fn one(&self, tx: &mut Tx, id: CommentId) -> Result<(DeskComment, [Option<CommentId>; 2]), Refusal> {
        let place = self.place_of(id).ok_or(Refusal::Unknown("comment"))?;
        let one = self.read(tx, &[place])?.pop().ok_or(Refusal::Unknown("comment"))?;
        let key = |place: Option<u32>| Some(CommentId(self.entries.get(place? as usize)?.key));
        Ok((one, [key(place.checked_sub(1)), key(place.checked_add(1))]))
    }

    fn place_of(&self, id: CommentId) -> Option<u32> {
        let at = self.by_key.binary_search_by_key(&id.0, |(key, _)| *key).ok()?;
        Some(self.by_key[at].1)
    }

    fn read(&self, tx: &mut Tx, places: &[u32]) -> Result<Vec<DeskComment>, Refusal> {
        let entries: Vec<&Entry> = places.iter().map(|place| &self.entries[*place as usize]).collect();
        let keys: Vec<i64> = entries.iter().map(|entry| entry.key).collect();
        let mut comments: HashMap<i64, Comment> =
            queries::batched(tx, &keys)?.into_iter().map(|comment| (comment.key, comment)).collect();
        let voices = entries.iter().filter(|entry| entry.is_named);
        let voices: Vec<Id> = voices.filter_map(|entry| Some(comments.get(&entry.key)?.voice_id)).collect();
        let of_page;
        let names = if let Some(all) = &self.names {
            all
        } else {
            of_page = self.names_of(tx, &voices)?;
            &of_page
        };
        let missing = || Fault::Corrupt("a comment left the desks between two batches".to_owned());
        let shown = entries.into_iter().map(|entry| {
            let comment = comments.remove(&entry.key).ok_or_else(missing)?;
            Ok(DeskComment {
                id: CommentId(entry.key),
                label: self.labels.get(usize::from(entry.label)).map(|(_, name)| name.clone()).unwrap_or_default(),
                status: entry.status,
                name: if entry.is_named { names.get(&comment.voice_id).cloned() } else { None },
                comment,
            })
        });
        shown.collect()
    }

    /// A label by its name or its id.
    fn label(&self, wanted: &str) -> Result<usize, Refusal> {
        let found = self.labels.iter().position(|(id, name)| *name == wanted || id.to_string() == wanted);
        found.ok_or(Refusal::Unknown("label"))
    }

    fn keep_those_that_say(&self, tx: &mut Tx, search: &Search, found: &mut Vec<u32>) -> Result<(), Refusal> {
        if self.words.get().is_none() {
            // Of two who read at the same time, either's words are right.
            self.words.set(Folded::read(tx, &self.by_key)?).ok();
        }
        self.words.get_or_init(Folded::default).keep(tx, &self.by_key, &search.needles(), found)?;
        Ok(())
    }

    /// The members behind voices that gave their names: joined in memory, through the key.
    fn named(&self, tx: &mut Tx) -> Result<&BTreeMap<Id, Id>, Refusal> {
        if self.named.get().is_none() {
            let named: BTreeSet<Id> = queries::named_voices(tx, self.consultation)?.into_iter().collect();
            self.named.set(members_behind(tx, &self.keys, self.consultation, &named)?).ok();
        }
        Ok(self.named.get_or_init(BTreeMap::new))
    }

    pub(super) fn names_of(&self, tx: &mut Tx, voices: &[Id]) -> Result<BTreeMap<Id, String>, Refusal> {
        if voices.is_empty() {
            return Ok(BTreeMap::new());
        }
        let behind = self.named(tx)?;
        let behind: BTreeMap<Id, Id> = voices.iter().filter_map(|voice| Some((*voice, *behind.get(voice)?))).collect();
        let contacts = people::member::contact_of(tx, &behind.values().copied().collect::<Vec<_>>())?;
        let names: HashMap<Id, String> = contacts.into_iter().map(|contact| (contact.id, contact.name)).collect();
        Ok(behind.into_iter().filter_map(|(voice, member)| Some((voice, names.get(&member)?.clone()))).collect())
    }
}

fn members_behind(
    tx: &mut Tx,
    keys: &Keys,
    consultation: Id,
    named: &BTreeSet<Id>,
) -> Result<BTreeMap<Id, Id>, Refusal> {
    if named.is_empty() {
        return Ok(BTreeMap::new());
    }
    let key = keys.consultation(consultation)?;
    Ok(consultations::invited(tx, consultation)?
        .into_iter()
        .map(|invitation| (voice_id(&key, Kind::Named, invitation.id), invitation.member_id))
        .filter(|(voice, _)| named.contains(voice))
        .collect())
}
