//! Files of a release. Written part by part, so that size never becomes memory.

mod csv;
mod json;

use std::io::Write;

pub use self::csv::write as write_csv;
use super::queries;
use super::release::{Audience, Release, Row};
use crate::consultations::Consultation;
use crate::refusal::Refusal;
use crate::store::{Fault, Store};

crate::values! {
    /// Kinds of file that can be made now.
    Format { Csv = "csv", Json = "json" }
}

impl Format {
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// Reads what was asked for.
///
/// # Errors
/// A format or an audience that does not exist (yet), with a sentence that says what does.
pub fn asked(format: &str, audience: &str) -> Result<Format, Refusal> {
    let format = Format::from_value(format).ok_or_else(|| {
        Refusal::field("format", "not-a-format", "This version exports csv and json; choose one of them.")
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
    consultation: &Consultation,
    release: &Release,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), ExportFault> {
    match format {
        Format::Csv => csv::write(rows(store, release), out),
        Format::Json => json::write(consultation, release, rows(store, release), out),
    }
}

/// Why an export broke off.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    #[error(transparent)]
    Store(#[from] Fault),
    #[error("the file cannot be written: {0}")]
    Out(#[from] std::io::Error),
}

fn rows<'a>(store: &'a Store, release: &'a Release) -> impl Iterator<Item = Result<Row, ExportFault>> + 'a {
    let parts =
        (0..).map_while(move |ordinal| store.read_here(|tx| queries::part(tx, release.id, ordinal)).transpose());
    parts.flat_map(|part: Result<String, Fault>| -> Box<dyn Iterator<Item = Result<Row, ExportFault>>> {
        match part {
            Ok(lines) => {
                let rows: Vec<Result<Row, ExportFault>> = lines
                    .lines()
                    .map(|line| serde_json::from_str(line).map_err(|error| Fault::Corrupt(error.to_string()).into()))
                    .collect();
                Box::new(rows.into_iter())
            }
            Err(fault) => Box::new(std::iter::once(Err(fault.into()))),
        }
    })
}
