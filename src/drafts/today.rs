//! Where a passage stands today that somebody knows from an earlier version, or from paper.

use std::collections::HashMap;

use super::block::Block;
use super::change::{self, Change, Link};
use super::{queries, version};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::Tx;

/// What became of one passage in its document's current version.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    pub document_id: Id,
    /// The version asked about.
    pub version: i32,
    /// The latest published one; the version asked about when that is it, or is not out yet.
    pub current: i32,
    /// The passage as it stood in the version asked about.
    pub then: Block,
    pub change: Change,
    /// 0 to 1: how alike; 0 when gone.
    pub score: f64,
    /// The passage as it stands in the current version, in its order: one when unchanged, moved,
    /// reworded or merged, several when split, none when gone.
    pub now: Vec<Block>,
    /// Other passages of the version asked about that were merged into the same place.
    pub with: Vec<Block>,
    /// For a passage that is gone: the last one before it that still stands, as it is called today
    /// ("stood after 4.1"); none when it stood before all that is left.
    pub stood_after: Option<Block>,
    /// For a passage that is gone: the first one after it that still stands, as it is called today.
    pub stood_before: Option<Block>,
}

/// Follows the block called `called` (its key, or the number people cite) from `version` to today.
///
/// # Errors
/// No such document or version; field `block`, `unknown`: no such block in that version.
pub fn today(tx: &mut Tx, document_id: Id, version: i32, called: &str) -> Result<Today, Refusal> {
    let asked = version::by_number(tx, document_id, version)?;
    let current = match version::published(tx, document_id)? {
        Some(latest) if latest.number > version => latest,
        _ => asked.clone(),
    };
    let then = queries::blocks(tx, asked.id)?;
    let fates = Fates::read(tx, document_id, version, current.number)?;
    if current.id == asked.id {
        return fates.of(&then, &then, called);
    }
    fates.of(&then, &queries::blocks(tx, current.id)?, called)
}

/// What became of all passages of a version in another: read once, then asked for each.
#[derive(Debug)]
pub struct Fates {
    document_id: Id,
    from: i32,
    to: i32,
    links: Vec<Link>,
    /// By key in the earlier version.
    places: HashMap<String, usize>,
}

impl Fates {
    /// # Errors
    /// As [`change::between`].
    pub fn read(tx: &mut Tx, document_id: Id, from: i32, to: i32) -> Result<Self, Refusal> {
        Ok(Self::new((document_id, from, to), change::between(tx, document_id, from, to)?))
    }

    fn new((document_id, from, to): (Id, i32, i32), links: Vec<Link>) -> Self {
        let places = links.iter().enumerate();
        let places = places.flat_map(|(place, link)| link.from.iter().map(move |key| (key.clone(), place))).collect();
        Self { document_id, from, to, links, places }
    }

    /// What the passage with this key of the earlier version became; none where it has no such passage.
    #[must_use]
    pub fn link(&self, key: &str) -> Option<&Link> {
        self.links.get(*self.places.get(key)?)
    }

    /// As [`today`], with the blocks of both versions.
    ///
    /// # Errors
    /// Field `block`, `unknown`.
    pub fn of(&self, then: &[Block], now: &[Block], called: &str) -> Result<Today, Refusal> {
        let named = |is: fn(&Block) -> &String| then.iter().position(|block| is(block) == called);
        let place = named(|block| &block.key).or_else(|| named(|block| &block.number)).ok_or_else(unknown)?;
        let asked = &then[place];
        let link = self.link(&asked.key);
        let stands = |block: &Block| -> Vec<&Block> {
            let Some(Link { to, .. }) = self.link(&block.key) else { return Vec::new() };
            if to.is_empty() { Vec::new() } else { now.iter().filter(|one| to.contains(&one.key)).collect() }
        };
        let found: Vec<Block> = stands(asked).into_iter().cloned().collect();
        let is_gone = found.is_empty();
        let left = |block: &&Block| self.link(&block.key).is_some_and(keeps_place);
        let after = then[..place].iter().rev().filter(|_| is_gone).find(left);
        let before = then[place + 1..].iter().filter(|_| is_gone).find(left);
        let with = |block: &&Block| block.key != asked.key && link.is_some_and(|link| link.from.contains(&block.key));
        Ok(Today {
            document_id: self.document_id,
            version: self.from,
            current: self.to,
            then: asked.clone(),
            change: link.map_or(Change::Gone, |link| link.change),
            score: link.map_or(0.0, |link| link.score),
            with: then.iter().filter(with).cloned().collect(),
            stood_after: after.and_then(|block| stands(block).last().copied().cloned()),
            stood_before: before.and_then(|block| stands(block).first().copied().cloned()),
            now: found,
        })
    }
}

/// A neighbour that went elsewhere says nothing about where this one stood.
fn keeps_place(link: &Link) -> bool {
    !matches!(link.change, Change::Gone | Change::Moved | Change::Added)
}

fn unknown() -> Refusal {
    Refusal::field("block", "unknown", "There is no such block in this version; read the draft again and choose one.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::block::BlockKind;

    fn blocks(all: &[(&str, &str)]) -> Vec<Block> {
        let block = |(place, (key, text)): (usize, &(&str, &str))| Block {
            key: (*key).to_owned(),
            number: (place + 1).to_string(),
            kind: BlockKind::Paragraph,
            level: 0,
            text: (*text).to_owned(),
            html: String::new(),
        };
        all.iter().enumerate().map(block).collect()
    }

    fn link(change: Change, from: &[&str], to: &[&str]) -> Link {
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        Link { change, from: keys(from), to: keys(to), score: 0.9 }
    }

    #[test]
    fn a_number_on_paper_leads_to_the_passage_or_says_where_it_stood() {
        let then = blocks(&[("a", "stays"), ("b", "goes"), ("c", "parts"), ("d", "joins"), ("e", "joins too")]);
        let now = blocks(&[("n", "new"), ("a", "stays"), ("c", "par"), ("x", "ts"), ("e", "joins, both")]);
        let links = [
            link(Change::Added, &[], &["n"]),
            link(Change::Unchanged, &["a"], &["a"]),
            link(Change::Split, &["c"], &["c", "x"]),
            link(Change::Merged, &["d", "e"], &["e"]),
            link(Change::Gone, &["b"], &[]),
        ];
        let fates = Fates::new((Id::from_bytes([1; 16]), 1, 2), links.to_vec());
        let numbers = |blocks: &[Block]| blocks.iter().map(|block| block.number.clone()).collect::<Vec<_>>();
        let of = |place: usize| fates.of(&then, &now, &then[place].key).unwrap();
        assert_eq!((of(0).change, numbers(&of(0).now)), (Change::Unchanged, vec!["2".to_owned()]));
        let gone = of(1);
        assert_eq!((gone.change, gone.now.len(), gone.score), (Change::Gone, 0, 0.9));
        assert_eq!(gone.stood_after.unwrap().number, "2");
        assert_eq!(gone.stood_before.unwrap().number, "3");
        assert_eq!((of(2).change, numbers(&of(2).now)), (Change::Split, vec!["3".to_owned(), "4".to_owned()]));
        let joined = of(3);
        assert_eq!(
            (joined.change, numbers(&joined.now), numbers(&joined.with)),
            (Change::Merged, vec!["5".to_owned()], vec!["5".to_owned()])
        );
        assert!(joined.stood_after.is_none());
    }
}
