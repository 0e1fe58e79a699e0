//! A member list as cells, however it came: pasted text, CSV, XLSX or ODS. What it is, its bytes say.

use super::{text_list, workbook};
use crate::refusal::Refusal;

/// Most rows of a list, the ones above its headings among them.
pub const ROWS_MAX: usize = 100_000;
/// Most columns.
pub const COLUMNS_MAX: usize = 200;

/// Cells under their headings, not yet understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows that are not blank.
    pub lines: Vec<Line>,
    /// The same as text that [`read`] reads back with the same numbers: what was pasted, or a sheet
    /// with tabs between its cells. It travels in a form, so that nothing need be kept here.
    pub text: String,
    /// Sentences about the list as a whole.
    pub notes: Vec<String>,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The line of the text where it begins, or the row of the sheet as the person sees it, from 1.
    pub number: usize,
    pub cells: Vec<String>,
}

impl Table {
    /// How many columns the widest row has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.lines.iter().map(|line| line.cells.len()).max().unwrap_or_default()
    }
}

/// Reads a list from text (divided by tabs, `;` or `,`; UTF-8, UTF-16 or, said in a note,
/// Windows-1252), from an XLSX or from an ODS; of a workbook `sheet`, or else the first visible
/// sheet that looks like a list, or else the first that is not empty.
///
/// # Errors
/// Field `file`: nothing in it, another kind of file, a password, damage, no such sheet, or more
/// than [`ROWS_MAX`] rows, [`COLUMNS_MAX`] columns or what may be unpacked.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Table, Refusal> {
    let table = if bytes.starts_with(b"PK") { workbook::read(bytes, sheet)? } else { text_list::read(bytes)? };
    if table.lines.is_empty() {
        return Err(refused("empty", "The list is empty; its first line must name the columns."));
    }
    if table.width() > COLUMNS_MAX {
        return Err(too_wide());
    }
    if table.lines.len() > ROWS_MAX {
        return Err(too_long());
    }
    Ok(table)
}

pub(super) fn refused(code: &'static str, detail: impl Into<String>) -> Refusal {
    Refusal::field("file", code, detail)
}

pub(super) fn too_wide() -> Refusal {
    refused(
        "too-wide",
        format!("The list has more than {COLUMNS_MAX} columns. Keep only those with name, address and team."),
    )
}

pub(super) fn too_long() -> Refusal {
    refused(
        "too-long-list",
        format!("The list has more than {ROWS_MAX} rows. Delete what is below the last member, or divide it."),
    )
}
