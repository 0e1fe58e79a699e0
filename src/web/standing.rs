//! Where a comment stands: the words it was written about, and what became of them since.

use std::sync::Arc;

use super::house::House;
use super::quoting;
use super::view::{PassageNow, PassageThen};
use crate::drafts::{Change, Today, compare};
use crate::refusal::Refusal;
use crate::responses::{Comment, Quote};
use crate::store::Tx;

/// A comment's passage, then and now.
#[derive(Clone)]
pub struct Standing {
    pub today: Arc<Today>,
    /// Whether its writer is to be asked if it still holds.
    pub asks: bool,
    /// The version she confirmed it for, while that covers the current one.
    pub confirmed_in: Option<i32>,
}

impl Standing {
    /// None for the whole draft.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut Tx, house: &House, comment: &Comment) -> Result<Option<Self>, Refusal> {
        let Some(key) = comment.block_key.as_deref() else { return Ok(None) };
        let (document, version) = (comment.document_id, comment.version_number);
        let today = match house.shelf.today(tx, document, version, key) {
            Ok(today) => today,
            // No block of that version: nothing to show beside the comment.
            Err(Refusal::Invalid(_)) => return Ok(None),
            Err(refusal) => return Err(refusal),
        };
        let has_changed = matches!(today.change, Change::Reworded | Change::Split | Change::Merged | Change::Gone);
        let confirmed_in = comment.confirmed_in.filter(|_| has_changed);
        let holds = match confirmed_in {
            Some(seen) => same_since(tx, house, comment, key, seen, &today)?,
            None => false,
        };
        Ok(Some(Self { today, asks: has_changed && !holds, confirmed_in: confirmed_in.filter(|_| holds) }))
    }

    /// The passage for a page; at most `room` bytes of each wording.
    #[must_use]
    pub fn passage(&self, quote: Option<&Quote>, room: usize) -> PassageThen {
        let today = &self.today;
        let (was, cut) = quoting::marked(&today.then.text, quote, room);
        let now = today.now.iter();
        let now = now.map(|block| PassageNow { number: block.number.clone(), words: cut_words(&block.text, room) });
        let change = match today.now.as_slice() {
            [one] if today.change == Change::Reworded => {
                compare::words(&cut_words(&today.then.text, room), &cut_words(&one.text, room))
            }
            _ => Vec::new(),
        };
        PassageThen {
            number: today.then.number.clone(),
            version: today.version,
            renumbered: today.now.first().is_none_or(|now| now.number != today.then.number),
            was,
            cut,
            state: state(today.change),
            now: now.collect(),
            change,
            stood_after: today.stood_after.as_ref().map(|block| block.number.clone()),
            confirmed_in: self.confirmed_in,
            quote_now: self.quote_now(quote),
        }
    }

    /// Whether the words she quoted still stand; nothing where that goes without saying.
    fn quote_now(&self, quote: Option<&Quote>) -> &'static str {
        let Some(quote) = quote.filter(|_| self.has_other_words()) else { return "" };
        if quoting::find(&self.today.then.text, quote, false).at.is_empty() {
            return "";
        }
        // Where the words stood then says nothing of where they stand now; their surroundings do.
        let quote = Quote { start: None, end: None, ..quote.clone() };
        let found: Vec<_> = self.today.now.iter().map(|block| quoting::find(&block.text, &quote, true)).collect();
        let places = found.iter().filter(|places| !places.at.is_empty()).count();
        match (places, found.iter().any(|places| places.tied)) {
            (0, _) => "lost",
            (1, false) if found.iter().any(|places| places.is_same) => "stands",
            (1, false) => "reworded",
            _ => "tied",
        }
    }

    fn has_other_words(&self) -> bool {
        !matches!(self.today.change, Change::Unchanged | Change::Moved | Change::Added)
    }
}

/// What pages call it.
#[must_use]
pub fn state(change: Change) -> &'static str {
    match change {
        Change::Unchanged | Change::Added => "current",
        changed => changed.as_str(),
    }
}

/// Whether nothing of the passage was changed after version `seen`.
fn same_since(
    tx: &mut Tx,
    house: &House,
    comment: &Comment,
    key: &str,
    seen: i32,
    today: &Today,
) -> Result<bool, Refusal> {
    let document = comment.document_id;
    if seen >= today.current {
        return Ok(true);
    }
    let fates = house.shelf.fates(tx, document, comment.version_number, seen)?;
    let then: Vec<String> = fates.link(key).map(|link| link.to.clone()).unwrap_or_default();
    if then.is_empty() {
        // It was gone when she said so: that holds as long as it has not come back.
        return Ok(today.now.is_empty());
    }
    for key in then {
        if !matches!(house.shelf.today(tx, document, seen, &key)?.change, Change::Unchanged | Change::Moved) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn cut_words(text: &str, room: usize) -> String {
    if text.len() <= room {
        return text.to_owned();
    }
    let mut end = room;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let end = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{} …", text[..end].trim_end())
}
