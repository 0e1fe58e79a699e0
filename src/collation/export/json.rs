//! The same rows as JSON: one object with the release, its comments, how questions were answered, and
//! beside them what groups said.

use std::io::Write;

use serde::Serialize;

use super::ExportFault;
use crate::collation::answers::{AnswerRow, AskedRow, CountRow};
use crate::collation::groups::GroupRow;
use crate::collation::release::{Release, Row};
use crate::consultations::Consultation;

pub(super) fn write<A: Iterator<Item = Result<AnswerRow, ExportFault>>>(
    consultation: &Consultation,
    release: &Release,
    rows: impl Iterator<Item = Result<Row, ExportFault>>,
    answers: impl Fn() -> A,
    groups: &[GroupRow],
    out: &mut dyn Write,
) -> Result<(), ExportFault> {
    let head = serde_json::json!({
        "slug": consultation.slug,
        "title": consultation.title,
        "deadline": consultation.deadline.local_text(),
        "time_zone": consultation.deadline.zone.name(),
    });
    let release = serde_json::to_string(release).map_err(std::io::Error::other)?;
    write!(out, "{{\"consultation\":{head},\"release\":{release},\"comments\":[")?;
    for (n, row) in rows.enumerate() {
        let row = serde_json::to_string(&row?).map_err(std::io::Error::other)?;
        write!(out, "{}\n{row}", if n == 0 { "" } else { "," })?;
    }
    out.write_all(b"\n],\"questions\":[")?;
    let mut asked: Option<AskedJson> = None;
    let mut first = true;
    for row in answers() {
        match row? {
            AnswerRow::Question(question) => {
                put(out, asked.replace(AskedJson { question, counts: Vec::new() }), &mut first)?;
            }
            AnswerRow::Count(count) => asked.iter_mut().for_each(|asked| asked.counts.push(count.clone())),
            AnswerRow::Words(_) => {}
        }
    }
    put(out, asked, &mut first)?;
    out.write_all(b"\n],\"answers\":[")?;
    first = true;
    // Read once more, so that what was said never becomes memory.
    for row in answers() {
        if let AnswerRow::Words(said) = row? {
            put(out, Some(said), &mut first)?;
        }
    }
    out.write_all(b"\n],\"group_responses\":[")?;
    for (n, group) in groups.iter().enumerate() {
        let group = serde_json::to_string(group).map_err(std::io::Error::other)?;
        write!(out, "{}\n{group}", if n == 0 { "" } else { "," })?;
    }
    out.write_all(b"\n]}\n")?;
    Ok(())
}

/// A question with its counts by choice and label.
#[derive(Serialize)]
struct AskedJson {
    #[serde(flatten)]
    question: AskedRow,
    counts: Vec<CountRow>,
}

fn put(out: &mut dyn Write, item: Option<impl Serialize>, first: &mut bool) -> Result<(), ExportFault> {
    let Some(item) = item else { return Ok(()) };
    let item = serde_json::to_string(&item).map_err(std::io::Error::other)?;
    write!(out, "{}\n{item}", if *first { "" } else { "," })?;
    *first = false;
    Ok(())
}
