//! A member list as it comes: bytes to checked rows, each with its line. Knows no database.

use serde::Serialize;

use super::columns::{self, Column};
use crate::people::team;
use crate::refusal::Refusal;
use crate::text::{self, Problem};

/// What a file says, before it is compared with what is known.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Reading {
    pub rows: Vec<Row>,
    pub rejected: Vec<Rejected>,
    /// Sentences about the file as a whole.
    pub notes: Vec<String>,
}

/// One person in one team.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Row {
    /// The real line of the file where the row begins, from 1.
    pub line: usize,
    pub email: Option<String>,
    pub name: String,
    /// Names from the root, joined by `/`.
    pub team: String,
    pub membership_number: Option<String>,
    /// None where the file has no such column.
    pub is_rep: Option<bool>,
    pub language: Option<String>,
    pub has_left: Option<bool>,
    /// A cell was refused: the row only says that this person is in the file.
    pub is_refused: bool,
}

/// A cell (or, where `column` is empty, a row) that cannot be used, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    pub line: usize,
    pub column: String,
    /// The cell as it was, at most 200 characters of it.
    pub value: String,
    /// A sentence that says what to do.
    pub reason: String,
}

impl Rejected {
    pub(super) fn new(line: usize, column: &str, value: &str, reason: impl Into<String>) -> Self {
        let value = value.chars().take(text::LINE_MAX).collect();
        Self { line, column: column.to_owned(), value, reason: reason.into() }
    }
}

/// Reads a CSV file: UTF-8 or UTF-16 with or without a byte order mark, else Windows-1252 (said in
/// a note); divided by `,`, `;` or tabs; quoted cells may hold line breaks.
///
/// # Errors
/// A file without rows, or whose first line lacks a needed column or names one twice.
pub fn read(bytes: &[u8]) -> Result<Reading, Refusal> {
    let mut reading = Reading::default();
    let text = decoded(bytes, &mut reading.notes);
    let mut records = records(&text)?.into_iter();
    let Some((_, header)) = records.next() else {
        return Err(Refusal::field("file", "empty", "The file is empty; its first line must name the columns."));
    };
    let columns = columns::of(&header, &mut reading.notes)?;
    for (line, cells) in records {
        let (row, faults) = row(line, &columns, &cells);
        reading.rejected.extend(faults);
        reading.rows.extend(row);
    }
    Ok(reading)
}

type Cells = Vec<String>;

/// A byte order mark decides; without one, UTF-8 if it can be, else what spreadsheets on Windows write.
fn decoded(bytes: &[u8], notes: &mut Vec<String>) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    notes.push(
        "The file is not UTF-8; it was read as Latin-1 (Windows-1252). Look at a few names with accents, \
         and save the file as UTF-8 if they are wrong."
            .to_owned(),
    );
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// All records that are not blank, the header first, each with the line it begins on.
fn records(text: &str) -> Result<Vec<(usize, Cells)>, Refusal> {
    let (delimiter, told) = delimiter(text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut lines = Lines { text, upto: 0, line: 1 };
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| Refusal::field("file", "not-csv", "Save the file as CSV and try again."))?;
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.at(usize::try_from(start).unwrap_or(usize::MAX));
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            found.push((line, record.iter().map(str::to_owned).collect()));
        }
    }
    if told && !found.is_empty() {
        found.remove(0);
    }
    Ok(found)
}

/// What divides the cells of the first line, and whether that line does nothing but say so (`sep=;`).
fn delimiter(text: &str) -> (u8, bool) {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if let Some(&[told]) = first.strip_prefix("sep=").map(str::as_bytes)
        && (told.is_ascii_punctuation() || told == b'\t')
        && told != b'"'
    {
        return (told, true);
    }
    let outside: String = first.split('"').step_by(2).collect();
    let count = |delimiter: u8| outside.bytes().filter(|byte| *byte == delimiter).count();
    // The last of equals wins, so the comma stands last.
    (*b"\t;,".iter().max_by_key(|delimiter| count(**delimiter)).unwrap_or(&b','), false)
}

/// Counts line ends (LF, CRLF, CR) up to ever later places.
struct Lines<'t> {
    text: &'t str,
    upto: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the first sign at or after `place` that is no line end.
    fn at(&mut self, place: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.upto) {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(self.upto + 1) != Some(&b'\n'),
                _ => false,
            };
            if self.upto >= place && !matches!(byte, b'\n' | b'\r') {
                break;
            }
            self.line += usize::from(ends);
            self.upto += 1;
        }
        self.line
    }
}

/// The row and its faults; no row where it does not even say of whom it speaks.
fn row(line: usize, columns: &[Option<Column>], cells: &[String]) -> (Option<Row>, Vec<Rejected>) {
    if cells.len() != columns.len() {
        let unclosed = if cells.iter().any(|cell| cell.contains('\n')) {
            " Look for a quotation mark that is not closed."
        } else {
            ""
        };
        let reason =
            format!("This row has {} cells, but the first line names {}.{unclosed}", cells.len(), columns.len());
        return (None, vec![Rejected::new(line, "", &cells.join(","), reason)]);
    }
    let mut row = Row { line, ..Row::default() };
    let mut faults = Vec::new();
    for (column, cell) in columns.iter().zip(cells) {
        let Some(column) = column else { continue };
        if let Err(problem) = fill(&mut row, *column, cell) {
            faults.push(Rejected::new(line, column.as_str(), cell, problem.detail));
        }
    }
    row.is_refused = !faults.is_empty();
    let is_of_use = !row.is_refused || row.email.is_some() || row.membership_number.is_some();
    (is_of_use.then_some(row), faults)
}

fn fill(row: &mut Row, column: Column, cell: &str) -> Result<(), Problem> {
    let field = column.as_str();
    let is_empty = cell.trim().is_empty();
    match column {
        Column::Name => row.name = text::line(field, cell)?,
        Column::Team => row.team = team::path_of(field, cell)?,
        Column::Email if !is_empty => row.email = Some(text::email(field, cell)?),
        Column::MembershipNumber if !is_empty => row.membership_number = Some(text::line(field, cell)?),
        Column::Language if !is_empty => row.language = Some(language(cell)?),
        Column::Rep => row.is_rep = Some(yes_or_no(field, cell)?.unwrap_or(false)),
        Column::Left => row.has_left = yes_or_no(field, cell)?,
        Column::Email | Column::MembershipNumber | Column::Language => {}
    }
    Ok(())
}

fn yes_or_no(field: &str, cell: &str) -> Result<Option<bool>, Problem> {
    match cell.trim().to_lowercase().as_str() {
        "" => Ok(None),
        "yes" | "y" | "true" | "1" | "x" => Ok(Some(true)),
        "no" | "n" | "false" | "0" => Ok(Some(false)),
        _ => Err(Problem::new(field, "yes-or-no", "Write yes or no, or leave it empty.")),
    }
}

fn language(cell: &str) -> Result<String, Problem> {
    let tag = cell.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let is_tag = parts.next().is_some_and(|first| (2..=3).contains(&first.len()))
        && parts.all(|part| (2..=8).contains(&part.len()))
        && tag.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
        && tag.chars().take(2).all(|sign| sign.is_ascii_alphabetic());
    if is_tag {
        Ok(tag.to_ascii_lowercase())
    } else {
        Err(Problem::new("language", "no-language", "Write a language tag such as en or cy, or leave it empty."))
    }
}
