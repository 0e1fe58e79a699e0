//! The next version of a document while it is written in the browser: one text that several people
//! may have open, saved as they type, never overwritten unseen.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::block::Block;
use super::compare::{self, Stretch};
use super::import::{Dropped, Parsed, SOURCE_MAX};
use super::markdown_of;
use super::number::number;
use super::{queries, version};
use crate::audit::Deed;
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};
use crate::text;

/// For how long somebody counts as having it open after the page was heard of.
const OPEN_MINUTES: i64 = 3;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    pub document_id: Id,
    pub base_version_id: Id,
    pub markdown: String,
    /// Drawn anew at each change.
    pub revision: i64,
    /// Who saved it last, and when.
    pub staff_id: Id,
    pub saved_at: DateTime<Utc>,
}

/// What became of a text that somebody wants to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    Done(Working),
    /// Somebody saved another since; nothing was changed.
    Newer(Working),
}

/// # Errors
/// When the database fails.
pub fn of(tx: &mut Tx, document_id: Id) -> Result<Option<Working>, Fault> {
    queries::working(tx, document_id)
}

/// Saves the text over `revision` (none: over nothing). Not recorded: nothing is decided by it.
///
/// # Errors
/// A text that is too long or holds control characters; field `markdown`.
pub fn save(
    tx: &mut Tx,
    deed: &Deed,
    staff_id: Id,
    document_id: Id,
    revision: Option<i64>,
    base_version_id: Id,
    markdown: &str,
) -> Result<Saved, Refusal> {
    let markdown = text::words("markdown", markdown, SOURCE_MAX)?;
    let there = queries::working(tx, document_id)?;
    match there {
        Some(there) if there.markdown == markdown => return Ok(Saved::Done(there)),
        Some(there) if Some(there.revision) != revision => return Ok(Saved::Newer(there)),
        _ => {}
    }
    let base_version_id = there.as_ref().map_or(base_version_id, |there| there.base_version_id);
    let revision = deed.chance.key();
    let working = Working { document_id, base_version_id, markdown, revision, staff_id, saved_at: deed.now };
    queries::put_working(tx, &working, there.is_some())?;
    Ok(Saved::Done(working))
}

/// Throws the text away.
///
/// # Errors
/// When the database fails.
pub fn discard(tx: &mut Tx, deed: &Deed, document_id: Id) -> Result<(), Fault> {
    if let Some(working) = queries::working(tx, document_id)? {
        queries::drop_working(tx, document_id)?;
        let detail = json!({ "document": document_id, "characters": working.markdown.chars().count() });
        deed.record(tx, "discard working text", &document_id.to_string(), &detail)?;
    }
    Ok(())
}

/// The text became a version, so it is done with.
///
/// # Errors
/// When the database fails.
pub fn became_version(tx: &mut Tx, document_id: Id) -> Result<(), Fault> {
    queries::drop_working(tx, document_id)
}

/// Notes that somebody has the text open, and says who else does, with the moment they were last heard of.
///
/// # Errors
/// When the database fails.
pub fn open(tx: &mut Tx, staff_id: Id, document_id: Id, now: DateTime<Utc>) -> Result<Vec<(Id, DateTime<Utc>)>, Fault> {
    queries::put_open(tx, document_id, staff_id, now)?;
    others(tx, staff_id, document_id, now)
}

/// Who else has the text open.
///
/// # Errors
/// When the database fails.
pub fn others(
    tx: &mut Tx,
    staff_id: Id,
    document_id: Id,
    now: DateTime<Utc>,
) -> Result<Vec<(Id, DateTime<Utc>)>, Fault> {
    let all = queries::open_by(tx, document_id)?;
    let recent = |(who, seen): &(Id, DateTime<Utc>)| *who != staff_id && now - *seen < Duration::minutes(OPEN_MINUTES);
    Ok(all.into_iter().filter(recent).collect())
}

/// The passages that a working text may refer to: those of its base, and of the newest versions.
///
/// # Errors
/// When the database fails.
pub fn referred(tx: &mut Tx, document_id: Id, base_version_id: Option<Id>) -> Result<Vec<Block>, Fault> {
    let mut versions: Vec<Id> = base_version_id.into_iter().collect();
    versions.extend(version::list(tx, document_id)?.iter().rev().take(2).map(|version| version.id));
    let mut blocks = Vec::new();
    for version in versions {
        blocks.extend(queries::blocks(tx, version)?);
    }
    Ok(blocks)
}

/// A text as it would be: its blocks with their numbers (no keys yet), and what is left out.
///
/// # Errors
/// As [`markdown_of::read`].
pub fn preview(markdown: &str, referred: &[Block]) -> Result<(Vec<Block>, Vec<Dropped>), Refusal> {
    let Parsed { blocks, dropped, .. } = markdown_of::read(markdown, referred)?;
    let block = |one: super::number::Numbered| Block {
        key: String::new(),
        number: one.number,
        kind: one.block.kind,
        level: one.block.level,
        text: one.block.text,
        html: one.block.html,
    };
    Ok((number(blocks).into_iter().map(block).collect(), dropped))
}

/// A paragraph of two texts beside each other; one side is empty where it stands in one alone.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Pair {
    pub theirs: Vec<Stretch>,
    pub mine: Vec<Stretch>,
    pub is_same: bool,
}

/// Two texts paragraph by paragraph, with the words in which they differ marked on either side.
#[must_use]
pub fn beside(theirs: &str, mine: &str) -> Vec<Pair> {
    let (old, new) = (paragraphs(theirs), paragraphs(mine));
    let mut pairs = Vec::new();
    for change in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (old, new) = (&old[change.old_range()], &new[change.new_range()]);
        for place in 0..old.len().max(new.len()) {
            let (was, is) = (old.get(place).copied().unwrap_or(""), new.get(place).copied().unwrap_or(""));
            let marks = compare::words(was, is);
            let side = |left_out| marks.iter().filter(|one| one.mark != left_out).cloned().collect();
            pairs.push(Pair {
                theirs: side(compare::Mark::PutIn),
                mine: side(compare::Mark::TakenOut),
                is_same: matches!(change, DiffOp::Equal { .. }),
            });
        }
    }
    pairs
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_texts_stand_beside_each_other_paragraph_by_paragraph() {
        let pairs = beside("# T\n\nThree posts.\n\nEnd", "# T\n\nFive posts.\n\nMore.\n\nEnd");
        let shown = |side: &[Stretch]| side.iter().map(|one| one.text.as_str()).collect::<String>();
        let read: Vec<_> = pairs.iter().map(|pair| (shown(&pair.theirs), shown(&pair.mine), pair.is_same)).collect();
        let expected =
            [("# T", "# T", true), ("Three posts.", "Five posts.", false), ("", "More.", false), ("End", "End", true)];
        assert_eq!(read, expected.map(|(theirs, mine, same)| (theirs.to_owned(), mine.to_owned(), same)));
    }

    #[test]
    fn a_preview_shows_the_numbers_as_they_will_be() {
        let (blocks, dropped) = preview("# T\n\n## A\n\nx <b>y</b>", &[]).unwrap();
        let numbers: Vec<&str> = blocks.iter().map(|block| block.number.as_str()).collect();
        assert_eq!((numbers, dropped.len()), (vec!["1", "1.1"], 2));
    }
}
