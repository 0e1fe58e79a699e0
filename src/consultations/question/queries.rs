use diesel::prelude::*;

use super::{Question, QuestionKind};
use crate::ids::Id;
use crate::store::schema::question;
use crate::store::{Fault, Tx};

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = question, treat_none_as_null = true)]
struct Row {
    id: Id,
    consultation_id: Id,
    ordinal: i32,
    block_key: Option<String>,
    kind: String,
    wording: String,
    help: String,
    options: String,
    offers_other: bool,
    offers_no_answer: bool,
    scale: Option<String>,
}

impl Row {
    fn of(one: &Question) -> Result<Self, Fault> {
        let corrupt = |error: serde_json::Error| Fault::Corrupt(error.to_string());
        Ok(Self {
            id: one.id,
            consultation_id: one.consultation_id,
            ordinal: one.ordinal,
            block_key: one.block_key.clone(),
            kind: one.kind.as_str().to_owned(),
            wording: one.wording.clone(),
            help: one.help.clone(),
            options: serde_json::to_string(&one.options).map_err(corrupt)?,
            offers_other: one.offers_other,
            offers_no_answer: one.offers_no_answer,
            scale: one.scale.as_ref().map(serde_json::to_string).transpose().map_err(corrupt)?,
        })
    }

    fn into_question(self) -> Result<Question, Fault> {
        let corrupt = || Fault::Corrupt("a question's kind, options or scale".to_owned());
        Ok(Question {
            id: self.id,
            consultation_id: self.consultation_id,
            ordinal: self.ordinal,
            block_key: self.block_key,
            kind: QuestionKind::from_value(&self.kind).ok_or_else(corrupt)?,
            wording: self.wording,
            help: self.help,
            options: serde_json::from_str(&self.options).map_err(|_| corrupt())?,
            offers_other: self.offers_other,
            offers_no_answer: self.offers_no_answer,
            scale: self.scale.as_deref().map(serde_json::from_str).transpose().map_err(|_| corrupt())?,
        })
    }
}

pub(super) fn list(tx: &mut Tx, consultation: Id) -> Result<Vec<Question>, Fault> {
    let rows: Vec<Row> = question::table
        .filter(question::consultation_id.eq(consultation))
        .order((question::ordinal, question::id))
        .load(tx)?;
    rows.into_iter().map(Row::into_question).collect()
}

pub(super) fn insert(tx: &mut Tx, one: &Question) -> Result<(), Fault> {
    diesel::insert_into(question::table).values(Row::of(one)?).execute(tx)?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx, one: &Question) -> Result<(), Fault> {
    diesel::update(question::table.find(one.id)).set(Row::of(one)?).execute(tx)?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx, id: Id) -> Result<(), Fault> {
    diesel::delete(question::table.find(id)).execute(tx)?;
    Ok(())
}
