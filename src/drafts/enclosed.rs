//! What came with a text: its pictures, and the comments that stood in the file.

mod queries;

use serde::Serialize;

use super::block::Block;
use super::document::Document;
use super::import::{FileComment, PICTURE_SCHEME, Picture, PictureKind};
use super::version::Prepared;
use crate::consultations;
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// A comment that stood in the file of a version, without who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileNote {
    /// The key of the block that it stands on.
    pub block: String,
    /// The words it stands on; empty where the file did not say.
    pub quote: String,
    pub body: String,
}

/// A [`FileNote`] with the published version it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNoteOf {
    pub document_id: Id,
    pub version_number: i32,
    pub note: FileNote,
}

impl FileNote {
    /// The comments by the keys of their blocks.
    pub(super) fn on(blocks: &[Block], comments: Vec<FileComment>) -> Vec<Self> {
        let keyed = comments.into_iter().filter_map(|comment| {
            let block = blocks.get(comment.block)?.key.clone();
            Some(Self { block, quote: comment.quote, body: comment.body })
        });
        keyed.collect()
    }
}

/// Pictures of a version that these blocks show by their addresses, as passages do that are kept from it.
pub(super) fn still_shown(tx: &mut Tx, version: Id, blocks: &[Block]) -> Result<Vec<Picture>, Fault> {
    let mut pictures = queries::pictures_of(tx, version)?;
    pictures.retain(|one| blocks.iter().any(|block| block.html.contains(&one.hash)));
    Ok(pictures)
}

/// Stores blocks, pictures and comments of a version; pictures get their addresses. `shown` are those
/// that have theirs.
pub(super) fn store(
    tx: &mut Tx,
    document: &Document,
    version: Id,
    prepared: &Prepared,
    mut shown: Vec<Picture>,
) -> Result<(), Refusal> {
    shown.retain(|one| prepared.pictures.iter().all(|new| new.hash != one.hash));
    if prepared.pictures.is_empty() {
        super::queries::insert_blocks(tx, version, &prepared.blocks)?;
    } else {
        let slug = consultations::by_id(tx, document.consultation_id)?.slug;
        let place = format!("src=\"{}", links::picture(&slug, ""));
        let placed = |block: &Block| Block {
            html: block.html.replace(&format!("src=\"{PICTURE_SCHEME}"), &place),
            ..block.clone()
        };
        let blocks: Vec<Block> = prepared.blocks.iter().map(placed).collect();
        super::queries::insert_blocks(tx, version, &blocks)?;
        queries::insert_pictures(tx, version, &prepared.pictures)?;
    }
    queries::insert_pictures(tx, version, &shown)?;
    Ok(queries::insert_notes(tx, version, &prepared.notes)?)
}

/// Removes what came with a version that was never published; pictures go with their last version.
pub(super) fn delete(tx: &mut Tx, version: Id) -> Result<(), Fault> {
    queries::delete(tx, version)
}

/// A picture of a consultation's drafts; of its published ones alone unless `unpublished` too.
///
/// # Errors
/// When the database fails.
pub fn picture(
    tx: &mut Tx,
    consultation: Id,
    hash: &str,
    unpublished: bool,
) -> Result<Option<(PictureKind, Vec<u8>)>, Fault> {
    queries::picture(tx, consultation, hash, unpublished)
}

/// The comments that stood in the files of a consultation's published versions, newest version
/// first, then in the order of the text.
///
/// # Errors
/// When the database fails.
pub fn file_notes(tx: &mut Tx, consultation: Id) -> Result<Vec<FileNoteOf>, Fault> {
    queries::notes(tx, consultation)
}
