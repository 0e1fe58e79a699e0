use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::dsl::{count, exists};
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable};

use super::comment::{Comment, Permission, Position, Source};
use super::finish::Finished;
use super::voice::Kind;
use crate::ids::{Chance, CommentId, Id};
use crate::store::schema::{comment, finish, voice, voice_kept, voice_replay};
use crate::store::{Fault, Tx};

pub(super) fn voice_exists(tx: &mut Tx, id: Id) -> Result<bool, Fault> {
    Ok(diesel::select(exists(voice::table.find(id))).get_result(tx)?)
}

pub(super) fn insert_voice(tx: &mut Tx, id: Id, consultation: Id, label: Id, kind: Kind) -> Result<(), Fault> {
    diesel::insert_into(voice::table)
        .values((
            voice::id.eq(id),
            voice::consultation_id.eq(consultation),
            voice::label_id.eq(label),
            voice::kind.eq(kind.as_str()),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn named_voices(tx: &mut Tx, consultation: Id) -> Result<Vec<Id>, Fault> {
    Ok(voice::table
        .filter(voice::consultation_id.eq(consultation).and(voice::kind.eq(Kind::Named.as_str())))
        .select(voice::id)
        .load(tx)?)
}

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = comment, treat_none_as_null = true, primary_key(key))]
struct Row {
    key: i64,
    id: i64,
    consultation_id: Id,
    voice_id: Id,
    document_id: Id,
    version_number: i32,
    block_key: Option<String>,
    position: String,
    condition: String,
    body: String,
    quote: Option<String>,
    new_wording: String,
    permission: String,
    source: String,
    is_late: bool,
    reader_tag: Vec<u8>,
    receipt: String,
    batch_on: Option<NaiveDate>,
    is_withdrawn: bool,
    confirmed_in: Option<i32>,
}

impl From<&Comment> for Row {
    fn from(one: &Comment) -> Self {
        Self {
            key: one.key,
            id: one.id.0,
            consultation_id: one.consultation_id,
            voice_id: one.voice_id,
            document_id: one.document_id,
            version_number: one.version_number,
            block_key: one.block_key.clone(),
            position: one.position.as_str().to_owned(),
            condition: one.condition.clone(),
            body: one.body.clone(),
            quote: one.quote.clone(),
            new_wording: one.new_wording.clone(),
            permission: one.permission.as_str().to_owned(),
            source: one.source.as_str().to_owned(),
            is_late: one.is_late,
            reader_tag: one.reader_tag.clone(),
            receipt: one.receipt.clone(),
            batch_on: one.batch_on,
            is_withdrawn: one.is_withdrawn,
            confirmed_in: one.confirmed_in,
        }
    }
}

impl Row {
    fn into_comment(self) -> Result<Comment, Fault> {
        let corrupt = || Fault::Corrupt("a comment's position, permission or source".to_owned());
        Ok(Comment {
            key: self.key,
            id: CommentId(self.id),
            consultation_id: self.consultation_id,
            voice_id: self.voice_id,
            document_id: self.document_id,
            version_number: self.version_number,
            block_key: self.block_key,
            position: Position::from_value(&self.position).ok_or_else(corrupt)?,
            condition: self.condition,
            body: self.body,
            quote: self.quote,
            new_wording: self.new_wording,
            permission: Permission::from_value(&self.permission).ok_or_else(corrupt)?,
            source: Source::from_value(&self.source).ok_or_else(corrupt)?,
            is_late: self.is_late,
            reader_tag: self.reader_tag,
            receipt: self.receipt,
            batch_on: self.batch_on,
            is_withdrawn: self.is_withdrawn,
            confirmed_in: self.confirmed_in,
        })
    }
}

pub(super) fn insert_comment(tx: &mut Tx, one: &Comment) -> Result<(), Fault> {
    diesel::insert_into(comment::table).values(Row::from(one)).execute(tx)?;
    Ok(())
}

pub(super) fn update_comment(tx: &mut Tx, one: &Comment) -> Result<(), Fault> {
    diesel::update(comment::table.find(one.key)).set(Row::from(one)).execute(tx)?;
    Ok(())
}

/// Drops words that wait for a batch; marks those at the desks.
pub(super) fn withdraw(tx: &mut Tx, id: CommentId) -> Result<(), Fault> {
    diesel::delete(comment::table.filter(comment::id.eq(id.0).and(comment::batch_on.is_null()))).execute(tx)?;
    diesel::update(comment::table.filter(comment::id.eq(id.0))).set(comment::is_withdrawn.eq(true)).execute(tx)?;
    Ok(())
}

pub(super) fn comments_of_voices(tx: &mut Tx, voices: &[Id]) -> Result<Vec<Comment>, Fault> {
    let rows: Vec<Row> = comment::table.filter(comment::voice_id.eq_any(voices)).order(comment::key).load(tx)?;
    rows.into_iter().map(Row::into_comment).collect()
}

/// A receipt that no comment and no answer has.
pub(super) fn free_receipt(tx: &mut Tx, chance: &Chance) -> Result<String, Fault> {
    loop {
        let receipt = chance.receipt();
        let taken: bool =
            diesel::select(exists(comment::table.filter(comment::receipt.eq(&receipt)))).get_result(tx)?;
        if !taken && !super::answer::receipt_is_taken(tx, &receipt)? {
            return Ok(receipt);
        }
    }
}

pub(super) fn finish_of(tx: &mut Tx, voice: Id) -> Result<Option<Finished>, Fault> {
    Ok(finish::table
        .filter(finish::voice_id.eq(voice))
        .select((finish::key, finish::nothing_to_add, finish::reader_tag, finish::receipt))
        .first(tx)
        .optional()?)
}

pub(super) fn insert_finish(tx: &mut Tx, consultation: Id, voice: Id, done: &Finished) -> Result<(), Fault> {
    diesel::insert_into(finish::table)
        .values((
            finish::key.eq(done.key),
            finish::consultation_id.eq(consultation),
            finish::voice_id.eq(voice),
            finish::nothing_to_add.eq(done.nothing_to_add),
            finish::reader_tag.eq(&done.reader_tag),
            finish::receipt.eq(&done.receipt),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn finished_voices(tx: &mut Tx, consultation: Id) -> Result<Vec<Id>, Fault> {
    Ok(finish::table.filter(finish::consultation_id.eq(consultation)).select(finish::voice_id).load(tx)?)
}

pub(super) fn replay(tx: &mut Tx, hash: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    Ok(voice_replay::table.find(hash).select(voice_replay::answer).first(tx).optional()?)
}

pub(super) fn insert_replay(tx: &mut Tx, hash: &[u8], consultation: Id, answer: &[u8]) -> Result<(), Fault> {
    diesel::insert_into(voice_replay::table)
        .values((
            voice_replay::key_hash.eq(hash),
            voice_replay::consultation_id.eq(consultation),
            voice_replay::answer.eq(answer),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn drop_replays(tx: &mut Tx, consultation: Id) -> Result<(), Fault> {
    diesel::delete(voice_replay::table.filter(voice_replay::consultation_id.eq(consultation))).execute(tx)?;
    Ok(())
}

/// The voices that have words, a withdrawal or a finish that the desks do not know yet.
pub(super) fn voices_with_news(tx: &mut Tx, consultation: Id) -> Result<BTreeSet<Id>, Fault> {
    let mut voices: BTreeSet<Id> = comment::table
        .filter(comment::consultation_id.eq(consultation))
        .filter(comment::batch_on.is_null().or(comment::is_withdrawn.eq(true)))
        .select(comment::voice_id)
        .distinct()
        .load(tx)?
        .into_iter()
        .collect();
    let finished: Vec<Id> = finish::table
        .filter(finish::consultation_id.eq(consultation).and(finish::batch_on.is_null()))
        .select(finish::voice_id)
        .load(tx)?;
    voices.extend(finished);
    Ok(voices)
}

/// Drops words at the desks that newer words replace.
pub(super) fn drop_replaced(tx: &mut Tx, consultation: Id) -> Result<usize, Fault> {
    let newer: Vec<i64> = comment::table
        .filter(comment::consultation_id.eq(consultation).and(comment::batch_on.is_null()))
        .select(comment::id)
        .load(tx)?;
    let mut dropped = 0;
    for chunk in newer.chunks(500) {
        let replaced = comment::table.filter(comment::id.eq_any(chunk).and(comment::batch_on.is_not_null()));
        dropped += diesel::delete(replaced).execute(tx)?;
    }
    Ok(dropped)
}

pub(super) fn drop_withdrawn(tx: &mut Tx, consultation: Id) -> Result<usize, Fault> {
    let withdrawn =
        comment::table.filter(comment::consultation_id.eq(consultation).and(comment::is_withdrawn.eq(true)));
    Ok(diesel::delete(withdrawn).execute(tx)?)
}

/// The voices of a label that speak in confidence.
pub(super) fn held_voices(tx: &mut Tx, label: Option<Id>) -> Result<BTreeSet<Id>, Fault> {
    let Some(label) = label else { return Ok(BTreeSet::new()) };
    let held = voice::label_id.eq(label).and(voice::kind.eq(Kind::Confidential.as_str()));
    Ok(voice::table.filter(held).select(voice::id).load(tx)?.into_iter().collect())
}

/// Everything new is at the desks from `day` on, but what is said in confidence under the label `held`.
pub(super) fn stamp_batch(tx: &mut Tx, consultation: Id, day: NaiveDate, held: Option<Id>) -> Result<usize, Fault> {
    // Fewer than eight people: few enough for one statement.
    let held: Vec<Id> = held_voices(tx, held)?.into_iter().collect();
    let comments = comment::table
        .filter(comment::consultation_id.eq(consultation).and(comment::batch_on.is_null()))
        .filter(comment::voice_id.ne_all(held.clone()));
    let finishes = finish::table
        .filter(finish::consultation_id.eq(consultation).and(finish::batch_on.is_null()))
        .filter(finish::voice_id.ne_all(held));
    Ok(diesel::update(comments).set(comment::batch_on.eq(Some(day))).execute(tx)?
        + diesel::update(finishes).set(finish::batch_on.eq(Some(day))).execute(tx)?)
}

/// Voices that have responded, as far as the desks know, each with a day: the first of its words,
/// and once more that of its finish.
pub(super) fn batched_voices(tx: &mut Tx, consultation: Id) -> Result<Vec<(Id, NaiveDate)>, Fault> {
    // Each voice is looked up in an index that holds the day: no comment is read.
    let first = diesel::dsl::sql::<Nullable<Date>>(
        "(SELECT min(comment.batch_on) FROM comment WHERE comment.voice_id = voice.id)",
    );
    let mut found: Vec<(Id, Option<NaiveDate>)> =
        voice::table.filter(voice::consultation_id.eq(consultation)).select((voice::id, first)).load(tx)?;
    let finished: Vec<(Id, Option<NaiveDate>)> = finish::table
        .filter(finish::consultation_id.eq(consultation).and(finish::batch_on.is_not_null()))
        .select((finish::voice_id, finish::batch_on))
        .load(tx)?;
    found.extend(finished);
    Ok(found.into_iter().filter_map(|(voice, day)| Some((voice, day?))).collect())
}

/// A comment at the desks without its words.
#[derive(Queryable)]
pub(super) struct EntryRow {
    pub key: i64,
    pub voice: Id,
    pub document: Id,
    pub version: i32,
    pub block: Option<String>,
    pub position: String,
    pub permission: String,
    pub is_late: bool,
}

pub(super) fn entries(tx: &mut Tx, consultation: Id) -> Result<Vec<EntryRow>, Fault> {
    Ok(comment::table
        .filter(comment::consultation_id.eq(consultation).and(comment::batch_on.is_not_null()))
        .select((
            comment::key,
            comment::voice_id,
            comment::document_id,
            comment::version_number,
            comment::block_key,
            comment::position,
            comment::permission,
            comment::is_late,
        ))
        .load(tx)?)
}

/// Every voice of a consultation with its label and kind.
pub(super) fn voices(tx: &mut Tx, consultation: Id) -> Result<Vec<(Id, Id, String)>, Fault> {
    Ok(voice::table
        .filter(voice::consultation_id.eq(consultation))
        .select((voice::id, voice::label_id, voice::kind))
        .load(tx)?)
}

/// Comments of one version on one passage (none: on the whole), and how many.
type VersionCount = (i32, Option<String>, i64);

/// What has reached the desks on one document, sorted by version.
pub(super) fn counts_by_version(tx: &mut Tx, consultation: Id, document: Id) -> Result<Vec<VersionCount>, Fault> {
    Ok(comment::table
        .filter(comment::consultation_id.eq(consultation).and(comment::document_id.eq(document)))
        .filter(comment::batch_on.is_not_null())
        .group_by((comment::version_number, comment::block_key))
        .order(comment::version_number)
        .select((comment::version_number, comment::block_key, count(comment::key)))
        .load(tx)?)
}

/// A comment's key with what was typed: body, condition, new wording.
pub(super) type Typed = (i64, String, String, String);

/// The words of comments by their keys: of no more than one statement takes.
pub(super) fn words(tx: &mut Tx, keys: &[i64]) -> Result<Vec<Typed>, Fault> {
    Ok(comment::table
        .filter(comment::key.eq_any(keys))
        .select((comment::key, comment::body, comment::condition, comment::new_wording))
        .load(tx)?)
}

/// Comments at the desks by their keys, in no order.
pub(super) fn batched(tx: &mut Tx, keys: &[i64]) -> Result<Vec<Comment>, Fault> {
    let mut found = Vec::with_capacity(keys.len());
    for chunk in keys.chunks(500) {
        let rows: Vec<Row> =
            comment::table.filter(comment::key.eq_any(chunk).and(comment::batch_on.is_not_null())).load(tx)?;
        for row in rows {
            found.push(row.into_comment()?);
        }
    }
    Ok(found)
}

/// Words that were typed and not sent.
#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = voice_kept, primary_key(key_hash))]
pub(super) struct KeptRow {
    pub key_hash: Vec<u8>,
    pub shelf: Vec<u8>,
    pub consultation_id: Id,
    pub revision: i64,
    pub words: Vec<u8>,
}

pub(super) fn kept_on(tx: &mut Tx, shelf: &[u8]) -> Result<Vec<KeptRow>, Fault> {
    Ok(voice_kept::table.filter(voice_kept::shelf.eq(shelf)).order(voice_kept::key_hash).load(tx)?)
}

pub(super) fn has_kept(tx: &mut Tx, shelf: &[u8]) -> Result<bool, Fault> {
    Ok(diesel::select(exists(voice_kept::table.filter(voice_kept::shelf.eq(shelf)))).get_result(tx)?)
}

pub(super) fn put_kept(tx: &mut Tx, row: &KeptRow, is_there: bool) -> Result<(), Fault> {
    if is_there {
        diesel::update(voice_kept::table.find(&row.key_hash)).set(row).execute(tx)?;
    } else {
        diesel::insert_into(voice_kept::table).values(row).execute(tx)?;
    }
    Ok(())
}

pub(super) fn drop_kept(tx: &mut Tx, key_hash: &[u8]) -> Result<(), Fault> {
    diesel::delete(voice_kept::table.find(key_hash)).execute(tx)?;
    Ok(())
}

pub(super) fn drop_all_kept(tx: &mut Tx, consultation: Id) -> Result<usize, Fault> {
    Ok(diesel::delete(voice_kept::table.filter(voice_kept::consultation_id.eq(consultation))).execute(tx)?)
}
