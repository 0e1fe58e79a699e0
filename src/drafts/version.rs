//! A published, immutable text of a document, and the next one while it is being made.
//!
//! A document has any number of published versions and after them at most one that is not: a new
//! import takes its place, and its number, until it is published.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::align::align;
use super::block::{Block, new_key};
use super::change::Link;
use super::enclosed::{self, FileNote};
use super::import::{Dropped, Parsed, Picture};
use super::number::number;
use super::queries;
use crate::audit::Deed;
use crate::ids::{Chance, Id};
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};
use crate::text;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    pub id: Id,
    pub document_id: Id,
    /// From 1, without gaps.
    pub number: i32,
    /// What changed since the version before; empty at most in the first, and until published.
    pub note: String,
    pub created_at: DateTime<Utc>,
    pub published_at: Option<DateTime<Utc>>,
}

/// What a new version builds on: the last published version of its document.
#[derive(Default, Debug, Clone, PartialEq, Eq)]
pub struct Base {
    version_id: Option<Id>,
    blocks: Vec<Block>,
    /// Passages of earlier versions that the last one lacks, each as it last stood.
    former: Vec<Block>,
    /// Every key that the document's published versions ever used.
    taken: HashSet<String>,
}

impl Base {
    /// What a first version with these blocks leaves to the next.
    #[must_use]
    pub fn on(version_id: Id, blocks: Vec<Block>) -> Self {
        let taken = blocks.iter().map(|block| block.key.clone()).collect();
        Self { version_id: Some(version_id), blocks, former: Vec::new(), taken }
    }
}

/// A version ready to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    base_id: Option<Id>,
    /// The title found in the source; the document's own is not changed by it.
    pub title: Option<String>,
    pub blocks: Vec<Block>,
    /// What became of the last published version's blocks; empty when there is none.
    pub links: Vec<Link>,
    pub dropped: Vec<Dropped>,
    /// Comments that stood in the file; emptied where they are not to be taken.
    pub notes: Vec<FileNote>,
    pub pictures: Vec<Picture>,
}

/// Reads what a new version of the document builds on.
///
/// # Errors
/// When the database fails.
pub fn base(tx: &mut Tx, document_id: Id) -> Result<Base, Fault> {
    let Some(last) = published(tx, document_id)? else { return Ok(Base::default()) };
    let mut base = Base::on(last.id, queries::blocks(tx, last.id)?);
    let earlier = list(tx, document_id)?.into_iter().rev().filter(|one| one.number < last.number);
    for version in earlier {
        let blocks = queries::blocks(tx, version.id)?;
        base.former.extend(blocks.into_iter().filter(|block| base.taken.insert(block.key.clone())));
    }
    Ok(base)
}

/// Numbers the blocks and gives them keys, the old one where the passage was there before.
/// Pure; call it outside a transaction.
#[must_use]
pub fn prepare(base: &Base, parsed: Parsed, chance: &Chance) -> Prepared {
    let numbered = number(parsed.blocks);
    let mut taken = base.taken.clone();
    let (keys, links) = align(&base.blocks, &base.former, &numbered, || {
        loop {
            let key = new_key(chance);
            if taken.insert(key.clone()) {
                return key;
            }
        }
    });
    let with_key = |(key, numbered): (String, super::number::Numbered)| Block {
        key,
        number: numbered.number,
        kind: numbered.block.kind,
        level: numbered.block.level,
        text: numbered.block.text,
        html: numbered.block.html,
    };
    let blocks: Vec<Block> = keys.into_iter().zip(numbered).map(with_key).collect();
    Prepared {
        base_id: base.version_id,
        title: parsed.title,
        notes: FileNote::on(&blocks, parsed.comments),
        pictures: parsed.pictures,
        blocks,
        links: if base.version_id.is_some() { links } else { Vec::new() },
        dropped: parsed.dropped,
    }
}

/// Stores an import as the document's next version, unpublished; an unpublished one is replaced.
///
/// # Errors
/// No such document; a version was published since [`base`] was read (conflict `stale-import`).
pub fn store(tx: &mut Tx, deed: &Deed, document_id: Id, prepared: &Prepared) -> Result<Version, Refusal> {
    let document = queries::document(tx, document_id)?.ok_or(Refusal::Unknown("document"))?;
    let last = published(tx, document_id)?;
    if last.as_ref().map(|last| last.id) != prepared.base_id {
        return Err(Refusal::conflict(
            "stale-import",
            "Another version of this document was published meanwhile; import the text again.",
        ));
    }
    let number = last.map_or(1, |last| last.number + 1);
    let mut shown = Vec::new();
    if let Some(replaced) = queries::version(tx, document_id, number)? {
        shown = enclosed::still_shown(tx, replaced.id, &prepared.blocks)?;
        queries::delete_version(tx, replaced.id)?;
    }
    let version = Version {
        id: deed.new_id(),
        document_id,
        number,
        note: String::new(),
        created_at: deed.now,
        published_at: None,
    };
    queries::insert_version(tx, &version)?;
    enclosed::store(tx, &document, version.id, prepared, shown)?;
    if let Some(base_id) = prepared.base_id {
        queries::insert_links(tx, base_id, version.id, &prepared.links)?;
    }
    deed.record(
        tx,
        "import version",
        &version.id.to_string(),
        &json!({ "document": document_id, "number": number, "blocks": prepared.blocks.len(),
                 "dropped": prepared.dropped.len(), "pictures": prepared.pictures.len(),
                 "comments_in_file": prepared.notes.len() }),
    )?;
    Ok(version)
}

/// Publishes a version; from then on it never changes. Whether the consultation allows it, the
/// caller has asked.
///
/// # Errors
/// No such version; published already; no note from version 2 on.
pub fn publish(tx: &mut Tx, deed: &Deed, document_id: Id, number: i32, note: &str) -> Result<Version, Refusal> {
    let mut version = by_number(tx, document_id, number)?;
    if version.published_at.is_some() {
        return Err(Refusal::conflict(
            "already-published",
            format!("Version {number} is published already; import a new text to change it."),
        ));
    }
    note.trim().clone_into(&mut version.note);
    version.note = text::words("note", &version.note, text::CONDITION_MAX)?;
    if version.note.is_empty() && number > 1 {
        return Err(Refusal::field("note", "missing", "Say in a sentence what changed since the last version."));
    }
    version.published_at = Some(deed.now);
    queries::set_published(tx, version.id, &version.note, deed.now)?;
    deed.record(
        tx,
        "publish version",
        &version.id.to_string(),
        &json!({ "document": document_id, "number": number, "note": version.note }),
    )?;
    Ok(version)
}

/// All versions of a document, oldest first.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx, document_id: Id) -> Result<Vec<Version>, Fault> {
    queries::versions(tx, document_id)
}

/// The latest published version.
///
/// # Errors
/// When the database fails.
pub fn published(tx: &mut Tx, document_id: Id) -> Result<Option<Version>, Fault> {
    queries::last_published(tx, document_id)
}

/// # Errors
/// When there is no such version.
pub fn by_number(tx: &mut Tx, document_id: Id, number: i32) -> Result<Version, Refusal> {
    queries::version(tx, document_id, number)?.ok_or(Refusal::Unknown("version"))
}

/// A version's blocks in document order.
///
/// # Errors
/// When the database fails.
pub fn blocks(tx: &mut Tx, version_id: Id) -> Result<Vec<Block>, Fault> {
    queries::blocks(tx, version_id)
}

#[cfg(test)]
mod tests {
    use super::super::change::{Change, between, statuses};
    use super::super::document::{self, Kind};
    use super::super::import::{Format, parse};
    use super::super::queries::testing::{Stage, stages};
    use super::*;
    use crate::audit::Actor;
    use crate::store::Side;

    fn deed() -> Deed {
        Deed { actor: Actor::CommandLine, now: DateTime::UNIX_EPOCH, chance: Chance::system() }
    }

    async fn import(stage: &Stage, document_id: Id, source: &str) -> (Version, Prepared) {
        let base = stage.store.read(move |tx| base(tx, document_id)).await.unwrap();
        let prepared = prepare(&base, parse(Format::Markdown, source).unwrap(), &Chance::system());
        let kept = prepared.clone();
        let work = move |tx: &mut Tx| store(tx, &deed(), document_id, &prepared);
        (stage.store.write(Side::Members, work).await.unwrap(), kept)
    }

    async fn put_out(stage: &Stage, document_id: Id, number: i32, note: &'static str) -> Result<Version, Refusal> {
        stage.store.write(Side::Members, move |tx| publish(tx, &deed(), document_id, number, note)).await
    }

    async fn proposal(stage: &Stage) -> Result<document::Document, Refusal> {
        let consultation_id = stage.consultation_id;
        let work = move |tx: &mut Tx| document::make(tx, &deed(), consultation_id, Kind::Proposal, " Ours ");
        stage.store.write(Side::Members, work).await
    }

    #[tokio::test]
    async fn versions_follow_each_other_and_keys_stay_with_passages() {
        for stage in stages(DateTime::UNIX_EPOCH).await {
            let ours = proposal(&stage).await.unwrap();
            assert!(matches!(proposal(&stage).await, Err(Refusal::Conflict { code: "second-document", .. })));
            let consultation_id = stage.consultation_id;
            let all = stage.store.read(move |tx| document::list(tx, consultation_id)).await.unwrap();
            assert_eq!(all, std::slice::from_ref(&ours));
            let id = ours.id;

            let (first, _) = import(&stage, id, "## A\n\nThrown away").await;
            let (again, one) = import(&stage, id, "## A\n\nStays\n\nGoes\n\nMoves").await;
            assert_eq!((first.number, again.number), (1, 1));
            assert!(one.links.is_empty());
            assert_eq!(stage.store.read(move |tx| published(tx, id)).await.unwrap(), None);
            let out = put_out(&stage, id, 1, "").await.unwrap();
            assert_eq!(out.published_at, Some(DateTime::UNIX_EPOCH));
            assert!(matches!(
                put_out(&stage, id, 1, "").await,
                Err(Refusal::Conflict { code: "already-published", .. })
            ));
            assert_eq!(stage.store.read(move |tx| blocks(tx, out.id)).await.unwrap(), one.blocks);

            let (second, two) = import(&stage, id, "## A\n\nMoves\n\nStays\n\nComes").await;
            assert_eq!(second.number, 2);
            assert!(matches!(put_out(&stage, id, 2, "  ").await, Err(Refusal::Invalid(_))));
            put_out(&stage, id, 2, "One paragraph less").await.unwrap();
            let (third, three) = import(&stage, id, "## A\n\nStays\n\nLast").await;
            put_out(&stage, id, 3, "Shorter").await.unwrap();
            let stored = stage.store.read(move |tx| between(tx, id, 1, 2)).await.unwrap();
            assert_eq!(stored, two.links);
            assert_eq!(stage.store.read(move |tx| blocks(tx, third.id)).await.unwrap(), three.blocks);

            let across = stage.store.read(move |tx| between(tx, id, 1, 3)).await.unwrap();
            let side = |one: fn(&Link) -> &Vec<String>| {
                let mut keys: Vec<String> = across.iter().flat_map(|link| one(link).clone()).collect();
                keys.sort();
                keys
            };
            let sorted = |blocks: &[Block]| {
                let mut keys: Vec<String> = blocks.iter().map(|block| block.key.clone()).collect();
                keys.sort();
                keys
            };
            assert_eq!(side(|link| &link.from), sorted(&one.blocks));
            assert_eq!(side(|link| &link.to), sorted(&three.blocks));
            let found = stage.store.read(move |tx| statuses(tx, id, 1)).await.unwrap();
            let became: Vec<Change> = one.blocks.iter().map(|block| found[&block.key]).collect();
            assert_eq!(became[0], Change::Unchanged);
            assert_eq!(became[2..], [Change::Gone, Change::Gone]);
            assert_eq!(one.blocks[1].key, three.blocks[1].key);
        }
    }

    #[tokio::test]
    async fn an_import_made_ready_before_another_was_published_is_refused() {
        for stage in stages(DateTime::UNIX_EPOCH).await {
            let id = proposal(&stage).await.unwrap().id;
            let early = stage.store.read(move |tx| base(tx, id)).await.unwrap();
            let late = prepare(&early, parse(Format::Plain, "Late").unwrap(), &Chance::system());
            import(&stage, id, "Early").await;
            put_out(&stage, id, 1, "").await.unwrap();
            let refused = stage.store.write(Side::Members, move |tx| store(tx, &deed(), id, &late)).await;
            assert!(matches!(refused, Err(Refusal::Conflict { code: "stale-import", .. })));
        }
    }

    #[tokio::test]
    async fn three_thousand_paragraphs_are_stored_and_read_back() {
        for stage in stages(DateTime::UNIX_EPOCH).await {
            let id = proposal(&stage).await.unwrap().id;
            let source: Vec<String> = (0..3_000).map(|n| format!("Paragraph {n}")).collect();
            import(&stage, id, &source.join("\n\n")).await;
            put_out(&stage, id, 1, "").await.unwrap();
            let (version, prepared) = import(&stage, id, &source.join("\n\n")).await;
            assert_eq!(stage.store.read(move |tx| blocks(tx, version.id)).await.unwrap(), prepared.blocks);
            let links = stage.store.read(move |tx| between(tx, id, 1, 2)).await.unwrap();
            assert!(links.len() == 3_000 && links.iter().all(|link| link.change == Change::Unchanged));
        }
    }
}
