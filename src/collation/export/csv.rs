//! Comma-separated values (RFC 4180), UTF-8 with a byte-order mark so that spreadsheets read it right.
//!
//! Formula-safe and lossless: a cell that a spreadsheet could take for a formula, and a cell that
//! begins with an apostrophe, gets one apostrophe in front. Taking one leading apostrophe off again
//! gives the text back, letter for letter.

use std::io::Write;

use super::{COLUMNS, ExportFault};
use crate::collation::groups::GroupRow;
use crate::collation::release::{Release, Row};
use crate::consultations::Consultation;
use crate::responses::Position;

/// What a group said, as the last rows of a file.
pub struct Beside<'a> {
    pub consultation: &'a Consultation,
    pub release: &'a Release,
    pub group: &'a GroupRow,
}

/// Writes rows as a file: comments, and after them the points that groups made. Those have the source
/// `meeting` or `paper`, and a position only where one was given; they are no comments to be counted.
///
/// # Errors
/// Those of the rows; `out` failed.
pub fn write(
    rows: impl Iterator<Item = Result<Row, ExportFault>>,
    groups: &[Beside<'_>],
    out: &mut dyn Write,
) -> Result<(), ExportFault> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    file.write_record(COLUMNS).map_err(out_fault)?;
    for row in rows {
        let row = row?;
        let cells: [&str; COLUMNS.len()] = [
            &row.reference,
            &row.consultation,
            &row.document,
            &row.version.to_string(),
            row.block_key.as_deref().unwrap_or_default(),
            row.block_number.as_deref().unwrap_or_default(),
            row.block_text.as_deref().unwrap_or_default(),
            &row.status_in_current_version,
            row.quote.as_ref().map(|quote| quote.exact.as_str()).unwrap_or_default(),
            row.position.as_str(),
            &row.condition,
            &row.comment,
            &row.new_wording,
            row.permission.as_str(),
            &row.label,
            &row.themes.join("; "),
            row.template_group.as_deref().unwrap_or_default(),
            row.source.as_str(),
            if row.late { "true" } else { "false" },
            &row.release.to_string(),
            &row.cut_off.to_string(),
            row.name.as_deref().unwrap_or_default(),
            &row.confirmed_in.map(|version| version.to_string()).unwrap_or_default(),
        ];
        file.write_record(cells.map(safe).iter().map(AsRef::as_ref)).map_err(out_fault)?;
    }
    let points = groups.iter().flat_map(|one| one.group.points.iter().map(move |point| (one, point)));
    for (Beside { consultation, release, group }, point) in points {
        let cells: [&str; COLUMNS.len()] = [
            &point.reference,
            &consultation.slug,
            &point.document,
            &point.version.to_string(),
            point.block_key.as_deref().unwrap_or_default(),
            point.block_number.as_deref().unwrap_or_default(),
            point.block_text.as_deref().unwrap_or_default(),
            &point.status_in_current_version,
            "",
            point.position.map(Position::as_str).unwrap_or_default(),
            "",
            &point.words,
            "",
            point.permission.as_str(),
            &group.label,
            "",
            "",
            group.source.as_str(),
            "false",
            &release.number.to_string(),
            &release.cut_off.to_string(),
            "",
            "",
        ];
        file.write_record(cells.map(safe).iter().map(AsRef::as_ref)).map_err(out_fault)?;
    }
    file.flush()?;
    Ok(())
}

fn safe(cell: &str) -> std::borrow::Cow<'_, str> {
    // Spreadsheets look past white space and invisible signs, and take the full-width signs too.
    let first = cell
        .trim_start_matches(|sign: char| sign.is_whitespace() || sign.is_control() || is_invisible(sign))
        .chars()
        .next();
    let dangerous = cell.starts_with(['\t', '\r', '\n'])
        || matches!(first, Some('=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠'));
    if dangerous || cell.starts_with('\'') { format!("'{cell}").into() } else { cell.into() }
}

fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn out_fault(error: csv::Error) -> ExportFault {
    ExportFault::Out(std::io::Error::other(error))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_guarded_cell_gives_its_text_back_and_is_no_formula(cell in "(?s)[=+@'\t\r\n -]?.{0,20}") {
            let guarded = safe(&cell);
            prop_assert_eq!(guarded.strip_prefix('\'').unwrap_or(&guarded), cell.as_str());
            prop_assert!(!guarded.trim_start().starts_with(['=', '+', '-', '@']));
        }
    }
}
