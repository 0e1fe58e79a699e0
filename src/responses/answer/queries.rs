use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::dsl::{count, exists};
use diesel::prelude::*;

use super::Answer;
use crate::ids::{CommentId, Id};
use crate::responses::{Permission, Source};
use crate::store::schema::{answer, voice};
use crate::store::{Fault, Tx};

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = answer, treat_none_as_null = true, primary_key(key))]
struct Row {
    key: i64,
    id: i64,
    consultation_id: Id,
    voice_id: Id,
    question_id: Id,
    given: String,
    words: String,
    permission: String,
    source: String,
    is_late: bool,
    reader_tag: Vec<u8>,
    receipt: String,
    batch_on: Option<NaiveDate>,
    is_withdrawn: bool,
}

impl From<&Answer> for Row {
    fn from(one: &Answer) -> Self {
        Self {
            key: one.key,
            id: one.id.0,
            consultation_id: one.consultation_id,
            voice_id: one.voice_id,
            question_id: one.question_id,
            given: one.given.join(","),
            words: one.words.clone(),
            permission: one.permission.as_str().to_owned(),
            source: one.source.as_str().to_owned(),
            is_late: one.is_late,
            reader_tag: one.reader_tag.clone(),
            receipt: one.receipt.clone(),
            batch_on: one.batch_on,
            is_withdrawn: one.is_withdrawn,
        }
    }
}

impl Row {
    fn into_answer(self) -> Result<Answer, Fault> {
        let corrupt = || Fault::Corrupt("an answer's permission or source".to_owned());
        Ok(Answer {
            key: self.key,
            id: CommentId(self.id),
            consultation_id: self.consultation_id,
            voice_id: self.voice_id,
            question_id: self.question_id,
            given: choices(&self.given),
            words: self.words,
            permission: Permission::from_value(&self.permission).ok_or_else(corrupt)?,
            source: Source::from_value(&self.source).ok_or_else(corrupt)?,
            is_late: self.is_late,
            reader_tag: self.reader_tag,
            receipt: self.receipt,
            batch_on: self.batch_on,
            is_withdrawn: self.is_withdrawn,
        })
    }
}

fn choices(given: &str) -> Vec<String> {
    given.split(',').filter(|choice| !choice.is_empty()).map(str::to_owned).collect()
}

pub(super) fn insert(tx: &mut Tx, one: &Answer) -> Result<(), Fault> {
    diesel::insert_into(answer::table).values(Row::from(one)).execute(tx)?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx, one: &Answer) -> Result<(), Fault> {
    diesel::update(answer::table.find(one.key)).set(Row::from(one)).execute(tx)?;
    Ok(())
}

/// Drops what waits for a batch; marks what is at the desks.
pub(super) fn withdraw(tx: &mut Tx, id: CommentId) -> Result<(), Fault> {
    diesel::delete(answer::table.filter(answer::id.eq(id.0).and(answer::batch_on.is_null()))).execute(tx)?;
    diesel::update(answer::table.filter(answer::id.eq(id.0))).set(answer::is_withdrawn.eq(true)).execute(tx)?;
    Ok(())
}

/// As [`withdraw`], for whatever these voices answered to one question.
pub(super) fn withdraw_of_question(tx: &mut Tx, voices: &[Id], question: Id) -> Result<(), Fault> {
    let said = answer::table.filter(answer::voice_id.eq_any(voices).and(answer::question_id.eq(question)));
    let ids: Vec<i64> = said.select(answer::id).load(tx)?;
    for id in ids {
        withdraw(tx, CommentId(id))?;
    }
    Ok(())
}

pub(super) fn of_voices(tx: &mut Tx, voices: &[Id]) -> Result<Vec<Answer>, Fault> {
    let rows: Vec<Row> = answer::table.filter(answer::voice_id.eq_any(voices)).order(answer::key).load(tx)?;
    rows.into_iter().map(Row::into_answer).collect()
}

pub(in crate::responses) fn receipt_is_taken(tx: &mut Tx, receipt: &str) -> Result<bool, Fault> {
    Ok(diesel::select(exists(answer::table.filter(answer::receipt.eq(receipt)))).get_result(tx)?)
}

/// The voices with an answer, or one taken back, that the desks do not know yet.
pub(in crate::responses) fn voices_with_news(tx: &mut Tx, consultation: Id) -> Result<BTreeSet<Id>, Fault> {
    let voices: Vec<Id> = answer::table
        .filter(answer::consultation_id.eq(consultation))
        .filter(answer::batch_on.is_null().or(answer::is_withdrawn.eq(true)))
        .select(answer::voice_id)
        .distinct()
        .load(tx)?;
    Ok(voices.into_iter().collect())
}

/// Drops answers at the desks that newer ones replace.
pub(in crate::responses) fn drop_replaced(tx: &mut Tx, consultation: Id) -> Result<usize, Fault> {
    let newer: Vec<i64> = answer::table
        .filter(answer::consultation_id.eq(consultation).and(answer::batch_on.is_null()))
        .select(answer::id)
        .load(tx)?;
    let mut dropped = 0;
    for chunk in newer.chunks(500) {
        let replaced = answer::table.filter(answer::id.eq_any(chunk).and(answer::batch_on.is_not_null()));
        dropped += diesel::delete(replaced).execute(tx)?;
    }
    Ok(dropped)
}

pub(in crate::responses) fn drop_withdrawn(tx: &mut Tx, consultation: Id) -> Result<usize, Fault> {
    let withdrawn = answer::table.filter(answer::consultation_id.eq(consultation).and(answer::is_withdrawn.eq(true)));
    Ok(diesel::delete(withdrawn).execute(tx)?)
}

pub(in crate::responses) fn stamp_batch(
    tx: &mut Tx,
    consultation: Id,
    day: NaiveDate,
    held: Option<Id>,
) -> Result<usize, Fault> {
    let held: Vec<Id> = crate::responses::queries::held_voices(tx, held)?.into_iter().collect();
    let new = answer::table.filter(answer::consultation_id.eq(consultation).and(answer::batch_on.is_null()));
    let new = new.filter(answer::voice_id.ne_all(held));
    Ok(diesel::update(new).set(answer::batch_on.eq(Some(day))).execute(tx)?)
}

/// Voices with answers at the desks, each with the days on which these came.
pub(in crate::responses) fn batched_voices(tx: &mut Tx, consultation: Id) -> Result<Vec<(Id, NaiveDate)>, Fault> {
    let found: Vec<(Id, Option<NaiveDate>)> = answer::table
        .filter(answer::consultation_id.eq(consultation).and(answer::batch_on.is_not_null()))
        .select((answer::voice_id, answer::batch_on))
        .distinct()
        .load(tx)?;
    Ok(found.into_iter().filter_map(|(voice, day)| Some((voice, day?))).collect())
}

/// Question, label, what was chosen, and how many chose just that.
pub(super) type Chosen = (Id, Id, Vec<String>, usize);

pub(super) fn chosen(tx: &mut Tx, consultation: Id) -> Result<Vec<Chosen>, Fault> {
    let rows: Vec<(Id, Id, String, i64)> = answer::table
        .inner_join(voice::table)
        .filter(answer::consultation_id.eq(consultation).and(answer::batch_on.is_not_null()))
        .group_by((answer::question_id, voice::label_id, answer::given))
        .select((answer::question_id, voice::label_id, answer::given, count(answer::key)))
        .load(tx)?;
    let read = |(question, label, given, count): (Id, Id, String, i64)| {
        (question, label, choices(&given), usize::try_from(count).unwrap_or_default())
    };
    Ok(rows.into_iter().map(read).collect())
}

/// How many answers in words each question has, under each label.
pub(super) fn words_count(tx: &mut Tx, consultation: Id) -> Result<Vec<(Id, Id, i64)>, Fault> {
    Ok(answer::table
        .inner_join(voice::table)
        .filter(answer::consultation_id.eq(consultation).and(answer::batch_on.is_not_null()))
        .filter(answer::words.ne(""))
        .group_by((answer::question_id, voice::label_id))
        .select((answer::question_id, voice::label_id, count(answer::key)))
        .load(tx)?)
}

/// Answers in words to one question, by key, after `after`: with the label and kind of their voice.
pub(super) fn words(
    tx: &mut Tx,
    question: Id,
    label: Option<Id>,
    after: Option<i64>,
    limit: usize,
) -> Result<Vec<(Answer, Id, String)>, Fault> {
    let mut query = answer::table
        .inner_join(voice::table)
        .filter(answer::question_id.eq(question).and(answer::batch_on.is_not_null()))
        .filter(answer::words.ne(""))
        .into_boxed();
    if let Some(label) = label {
        query = query.filter(voice::label_id.eq(label));
    }
    if let Some(after) = after {
        query = query.filter(answer::key.gt(after));
    }
    let rows: Vec<(Row, Id, String)> = query
        .order(answer::key)
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select((answer::all_columns, voice::label_id, voice::kind))
        .load(tx)?;
    rows.into_iter().map(|(row, label, kind)| Ok((row.into_answer()?, label, kind))).collect()
}
