use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{FileNote, FileNoteOf};
use crate::drafts::import::{Picture, PictureKind};
use crate::ids::Id;
use crate::store::backend::each;
use crate::store::schema::{document, file_comment, picture, version, version_picture};
use crate::store::{Fault, Tx};

/// Rows in one statement.
const CHUNK: usize = 500;

pub(super) fn insert_pictures(tx: &mut Tx, of: Id, pictures: &[Picture]) -> Result<(), Fault> {
    for one in pictures {
        let known: i64 = picture::table.filter(picture::hash.eq(&one.hash)).count().get_result(tx)?;
        if known == 0 {
            let row = (picture::hash.eq(&one.hash), picture::kind.eq(one.kind), picture::bytes.eq(&one.bytes));
            diesel::insert_into(picture::table).values(row).execute(tx)?;
        }
        diesel::insert_into(version_picture::table)
            .values((version_picture::version_id.eq(of), version_picture::hash.eq(&one.hash)))
            .execute(tx)?;
    }
    Ok(())
}

pub(super) fn pictures_of(tx: &mut Tx, version: Id) -> Result<Vec<Picture>, Fault> {
    let rows: Vec<(String, PictureKind, Vec<u8>)> = picture::table
        .inner_join(version_picture::table)
        .filter(version_picture::version_id.eq(version))
        .select((picture::hash, picture::kind, picture::bytes))
        .load(tx)?;
    Ok(rows.into_iter().map(|(hash, kind, bytes)| Picture { hash, kind, bytes, size: None }).collect())
}

pub(super) fn insert_notes(tx: &mut Tx, of: Id, notes: &[FileNote]) -> Result<(), Fault> {
    let rows: Vec<_> = (0_i32..)
        .zip(notes)
        .map(|(ordinal, note)| {
            (
                file_comment::version_id.eq(of),
                file_comment::ordinal.eq(ordinal),
                file_comment::block_key.eq(&note.block),
                file_comment::quote.eq(&note.quote),
                file_comment::body.eq(&note.body),
            )
        })
        .collect();
    for chunk in rows.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        each!(tx, |connection| diesel::insert_into(file_comment::table).values(chunk).execute(connection))?;
    }
    Ok(())
}

pub(super) fn delete(tx: &mut Tx, of: Id) -> Result<(), Fault> {
    diesel::delete(file_comment::table.filter(file_comment::version_id.eq(of))).execute(tx)?;
    let own = version_picture::table.filter(version_picture::version_id.eq(of));
    let hashes: Vec<String> = own.select(version_picture::hash).load(tx)?;
    diesel::delete(own).execute(tx)?;
    let others = version_picture::table.filter(version_picture::hash.eq_any(&hashes));
    let kept: BTreeSet<String> = others.select(version_picture::hash).load(tx)?.into_iter().collect();
    let gone: Vec<String> = hashes.into_iter().filter(|hash| !kept.contains(hash)).collect();
    diesel::delete(picture::table.filter(picture::hash.eq_any(gone))).execute(tx)?;
    Ok(())
}

pub(super) fn picture(
    tx: &mut Tx,
    consultation: Id,
    hash: &str,
    unpublished: bool,
) -> Result<Option<(PictureKind, Vec<u8>)>, Fault> {
    let mut found = picture::table
        .inner_join(version_picture::table.inner_join(version::table.inner_join(document::table)))
        .filter(document::consultation_id.eq(consultation).and(picture::hash.eq(hash)))
        .select((picture::kind, picture::bytes))
        .into_boxed();
    if !unpublished {
        found = found.filter(version::published_at.is_not_null());
    }
    Ok(found.first(tx).optional()?)
}

pub(super) fn notes(tx: &mut Tx, consultation: Id) -> Result<Vec<FileNoteOf>, Fault> {
    type Row = (Id, i32, String, String, String);
    let rows: Vec<Row> = file_comment::table
        .inner_join(version::table.inner_join(document::table))
        .filter(document::consultation_id.eq(consultation).and(version::published_at.is_not_null()))
        .order((document::ordinal, version::number.desc(), file_comment::ordinal))
        .select((document::id, version::number, file_comment::block_key, file_comment::quote, file_comment::body))
        .load(tx)?;
    let note = |(document_id, version_number, block, quote, body): Row| FileNoteOf {
        document_id,
        version_number,
        note: FileNote { block, quote, body },
    };
    Ok(rows.into_iter().map(note).collect())
}
