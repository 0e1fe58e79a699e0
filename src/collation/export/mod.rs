//! Files of a release. Written part by part, so that size never becomes memory.

mod csv;
mod json;
mod xlsx;

use std::collections::HashMap;
use std::io::Write;

use serde::de::DeserializeOwned;

pub use self::csv::write as write_csv;
use super::answers::AnswerRow;
use super::groups;
use super::queries;
use super::release::{Audience, GROUPS, Release, Row};
use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Store, Tx};
use crate::words::Words;

crate::values! {
    /// Kinds of file that can be made now.
    Format { Csv = "csv", Json = "json", Xlsx = "xlsx" }
}

impl Format {
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Reads what was asked for.
///
/// # Errors
/// A format or an audience that does not exist (yet), with a sentence that says what does.
pub fn asked(format: &str, audience: &str) -> Result<Format, Refusal> {
    let format = Format::from_value(format).ok_or_else(|| {
        Refusal::field("format", "not-a-format", "This version exports csv, json and xlsx; choose one of them.")
    })?;
    match Audience::from_value(audience) {
        Some(Audience::Negotiator) => Ok(format),
        Some(Audience::Table) => Err(Refusal::forbidden(
            "table-not-yet",
            "Nothing can be exported for the table yet: small groups could be recognised. Export for the negotiator audience, inside the union.",
        )),
        None => Err(Refusal::field("audience", "not-an-audience", "Choose the audience negotiator.")),
    }
}

/// Writes a release in a format. Runs on the calling thread, reading one part at a time.
///
/// # Errors
/// The store failed, or `out` did.
pub fn write(
    store: &Store,
    words: &Words,
    consultation: &Consultation,
    release: &Release,
    format: Format,
    out: &mut (dyn Write + Send),
) -> Result<(), ExportFault> {
    let said = store.read_here(|tx| queries::part(tx, release.id, GROUPS, queries::GROUPS))?;
    let groups = groups::read(&said.map(|(_, lines)| lines).unwrap_or_default())?;
    match format {
        Format::Csv => {
            let beside: Vec<_> = groups.iter().map(|group| csv::Beside { consultation, release, group }).collect();
            csv::write(rows(store, release), &beside, out)
        }
        Format::Json => {
            json::write(consultation, release, rows(store, release), || answers(store, release), &groups, out)
        }
        Format::Xlsx => {
            let labels = store.read_here(|tx| labels(tx, consultation))?;
            xlsx::write(
                words,
                consultation,
                release,
                &labels,
                || answers(store, release),
                rows(store, release),
                &groups,
                out,
            )
        }
    }
}

/// The promised columns; new ones go to the end.
const COLUMNS: [&str; 23] = [
    "reference",
    "consultation",
    "document",
    "version",
    "block_key",
    "block_number",
    "block_text",
    "status_in_current_version",
    "quote",
    "position",
    "condition",
    "comment",
    "new_wording",
    "permission",
    "label",
    "themes",
    "template_group",
    "source",
    "late",
    "release",
    "cut_off",
    "name",
    "confirmed_in",
];

/// Why an export broke off.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    #[error(transparent)]
    Store(#[from] Fault),
    #[error("the file cannot be written: {0}")]
    Out(#[from] std::io::Error),
}

/// Every label in its order, with how many are invited under it.
fn labels(tx: &mut Tx, consultation: &Consultation) -> Result<Vec<(String, usize)>, Fault> {
    let mut invited: HashMap<Id, usize> = HashMap::new();
    for label in consultations::invited(tx, consultation.id)?.into_iter().filter_map(|one| one.label_id) {
        *invited.entry(label).or_default() += 1;
    }
    // Of colleagues who are not members nothing is said while they are few.
    let held =
        consultations::joining::colleagues(tx, consultation.id)?.filter(consultations::joining::Colleagues::are_held);
    let labels = consultations::of_consultation(tx, consultation.id)?.into_iter();
    let labels = labels.filter(|label| held.is_none_or(|held| held.label != label.id));
    Ok(labels.map(|label| (label.name, invited.get(&label.id).copied().unwrap_or_default())).collect())
}

fn rows<'a>(store: &'a Store, release: &'a Release) -> impl Iterator<Item = Result<Row, ExportFault>> + 'a {
    lines(store, release, queries::COMMENTS)
}

/// Questions, their counts and words.
fn answers<'a>(store: &'a Store, release: &'a Release) -> impl Iterator<Item = Result<AnswerRow, ExportFault>> + 'a {
    lines(store, release, queries::ANSWERS)
}

/// The rows of one kind, read part by part.
fn lines<'a, T: DeserializeOwned + 'a>(
    store: &'a Store,
    release: &'a Release,
    holds: &'static str,
) -> impl Iterator<Item = Result<T, ExportFault>> + 'a {
    let mut next = 0;
    let parts = std::iter::from_fn(move || {
        let part = store.read_here(|tx| queries::part(tx, release.id, next, holds)).transpose()?;
        Some(part.map(|(ordinal, lines)| {
            next = ordinal + 1;
            lines
        }))
    });
    parts.flat_map(|part: Result<String, Fault>| -> Box<dyn Iterator<Item = Result<T, ExportFault>>> {
        match part {
            Ok(lines) => {
                let rows: Vec<Result<T, ExportFault>> = lines
                    .lines()
                    .map(|line| serde_json::from_str(line).map_err(|error| Fault::Corrupt(error.to_string()).into()))
                    .collect();
                Box::new(rows.into_iter())
            }
            Err(fault) => Box::new(std::iter::once(Err(fault.into()))),
        }
    })
}
