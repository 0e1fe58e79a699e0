//! Workbooks: what is in the archive, how much it unpacks to, which sheet is meant.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::table::{COLUMNS_MAX, Line, ROWS_MAX, Table, refused, too_long, too_wide};
use super::{heads, ods, xlsx};
use crate::refusal::Refusal;

/// Most bytes that all parts of a workbook unpack to, counted by unpacking them.
const UNPACKED_MAX: u64 = 128 * 1024 * 1024;
/// Most parts (sheets, pictures, …) of a workbook.
const PARTS_MAX: usize = 2000;
/// Most cells, the blank ones between the first and the last column among them.
const CELLS_MAX: usize = 2_000_000;
/// Most bytes in all cells of a sheet together.
const TEXT_MAX: usize = 12 * 1024 * 1024;
/// Most characters of one cell that are read; no name and no address is as long.
const CELL_MAX: usize = 1000;

/// Reads the sheet that is meant.
pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Table, Refusal> {
    // The archive is opened only when its directory is of a size that a workbook can have.
    let entries = bytes.windows(4).filter(|start| *start == b"PK\x01\x02").count();
    if entries > PARTS_MAX {
        return Err(too_much());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    check_size(&mut archive)?;
    let mut choice = Choice { wanted: wanted.map(str::trim).filter(|name| !name.is_empty()), ..Choice::default() };
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("content.xml") && has("mimetype") {
        ods::read(&mut archive, &mut choice)?;
    } else if has("xl/workbook.xml") || (has("_rels/.rels") && has("[Content_Types].xml") && !has("word/document.xml"))
    {
        xlsx::read(bytes, &mut choice)?;
    } else {
        return Err(refused(
            "not-a-list",
            "This is no spreadsheet that can be read here. Save the list as .xlsx, .ods or CSV, or paste the cells.",
        ));
    }
    choice.into_table()
}

/// Unpacks every part once without keeping it: what the archive says of sizes may be a lie.
fn check_size(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Refusal> {
    let mut left = UNPACKED_MAX;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::InvalidPassword => protected(),
            _ => damaged(),
        })?;
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| damaged())?;
        left = left.checked_sub(unpacked).ok_or_else(too_much)?;
    }
    Ok(())
}

pub(super) fn damaged() -> Refusal {
    refused("damaged", "This file is damaged or not complete. Save it again in your spreadsheet and choose it again.")
}

pub(super) fn protected() -> Refusal {
    refused("protected", "This file has a password. Save it without one, or copy the cells and paste them.")
}

pub(super) fn too_much() -> Refusal {
    refused("too-much", "This file unpacks to far more than a list of members. Copy the list into a new spreadsheet.")
}

/// Cells of one sheet, row by row.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) name: String,
    /// Number of the row from 1, its cells.
    rows: Vec<(usize, Vec<String>)>,
    width: usize,
    cells: usize,
    bytes: usize,
}

impl Grid {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Puts a cell, both places from 0; a blank one leaves nothing. Rows come in their order.
    pub(super) fn put(&mut self, row: usize, column: usize, text: &str) -> Result<(), Refusal> {
        let text = one_line(text);
        if text.is_empty() {
            return Ok(());
        }
        if row >= ROWS_MAX {
            return Err(too_long());
        }
        if column >= COLUMNS_MAX {
            return Err(too_wide());
        }
        let number = row + 1;
        if self.rows.last().is_none_or(|(last, _)| *last < number) {
            self.rows.push((number, Vec::new()));
        }
        let Some((last, cells)) = self.rows.last_mut() else { return Ok(()) };
        if *last != number {
            return Err(damaged());
        }
        let was = cells.len();
        if was <= column {
            cells.resize(column + 1, String::new());
        }
        self.cells += cells.len() - was;
        self.bytes += text.len();
        self.width = self.width.max(column + 1);
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
        if self.cells > CELLS_MAX || self.bytes > TEXT_MAX {
            return Err(too_much());
        }
        Ok(())
    }

    /// Puts a copy of a row `times` more, below it.
    pub(super) fn repeat(&mut self, row: usize, times: usize) -> Result<(), Refusal> {
        let Some((last, cells)) = self.rows.last().cloned() else { return Ok(()) };
        if last != row + 1 {
            return Ok(());
        }
        for below in 1..=times {
            for (column, text) in cells.iter().enumerate() {
                self.put(row + below, column, text)?;
            }
        }
        Ok(())
    }
}

/// Spreadsheets hold line breaks, tabs, no-break and zero-width spaces where nobody sees them.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for sign in text.trim().chars().take(CELL_MAX) {
        match sign {
            '\u{200b}' | '\u{feff}' => {}
            sign if sign.is_whitespace() => line.push(' '),
            sign => line.push(sign),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Which sheet is meant.
#[derive(Debug, Default)]
pub(super) struct Choice<'n> {
    wanted: Option<&'n str>,
    names: Vec<String>,
    taken: Option<Grid>,
    is_sure: bool,
}

impl Choice<'_> {
    /// Notes that there is a sheet; whether to read it.
    pub(super) fn wants(&mut self, name: &str, is_hidden: bool) -> bool {
        if !is_hidden {
            self.names.push(name.to_owned());
        }
        match self.wanted {
            Some(wanted) => self.taken.is_none() && wanted.eq_ignore_ascii_case(name.trim()),
            None => !is_hidden && !self.is_sure,
        }
    }

    /// Takes a sheet that [`wants`](Self::wants) asked for, if it is better than what there is.
    pub(super) fn offer(&mut self, grid: Grid) {
        let is_list =
            heads::place(grid.rows.iter().map(|(_, cells)| cells.as_slice())).is_some_and(|found| found.is_sure);
        self.is_sure |= is_list;
        if is_list || (self.taken.is_none() && (self.wanted.is_some() || !grid.rows.is_empty())) {
            self.taken = Some(grid);
        }
    }

    fn into_table(self) -> Result<Table, Refusal> {
        let all = || self.names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
        let Some(grid) = self.taken else {
            return Err(match self.wanted {
                Some(wanted) => refused("no-sheet", format!("There is no sheet “{wanted}”. The file has: {}.", all())),
                None => refused("empty", "There is nothing in the sheets of this file."),
            });
        };
        let mut table = Table::default();
        if self.names.len() > 1 {
            table.notes.push(format!("Read from the sheet “{}”. The file has the sheets {}.", grid.name, all()));
        }
        if grid.rows.len().saturating_mul(grid.width) > CELLS_MAX {
            return Err(too_much());
        }
        let mut text = String::new();
        let mut row = 1;
        for (number, mut cells) in grid.rows {
            text.extend(std::iter::repeat_n('\n', number - row));
            row = number;
            cells.resize(grid.width, String::new());
            for (column, cell) in cells.iter().enumerate() {
                if column > 0 {
                    text.push('\t');
                }
                if cell.contains('"') {
                    text.extend(["\"", &cell.replace('"', "\"\""), "\""]);
                } else {
                    text.push_str(cell);
                }
            }
            table.lines.push(Line { number, cells });
        }
        text.push('\n');
        table.text = text;
        Ok(table)
    }
}
