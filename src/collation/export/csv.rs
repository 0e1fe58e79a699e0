//! Comma-separated values (RFC 4180), UTF-8 with a byte-order mark so that spreadsheets read it right.
//!
//! Formula-safe and lossless: a cell that a spreadsheet could take for a formula, and a cell that
//! begins with an apostrophe, gets one apostrophe in front. Taking one leading apostrophe off again
//! gives the text back, letter for letter.

use std::io::Write;

use super::{COLUMNS, ExportFault};
use crate::collation::release::Row;

/// Writes rows as a file.
///
/// # Errors
/// Those of the rows; `out` failed.
pub fn write(rows: impl Iterator<Item = Result<Row, ExportFault>>, out: &mut dyn Write) -> Result<(), ExportFault> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    file.write_record(COLUMNS).map_err(out_fault)?;
    for row in rows {
        let row = row?;
        let cells: [&str; 23] = [
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
