//! Cells to checked rows, each with its line. Knows no database.

use serde::Serialize;

use super::heads::Column;
use super::table::Line;
use crate::people::team;
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

/// Reads rows whose cells mean `columns`.
pub(super) fn read_lines(columns: &[Option<Column>], lines: &[Line], reading: &mut Reading) {
    for line in lines {
        let (row, faults) = row(line.number, columns, &line.cells);
        reading.rejected.extend(faults);
        reading.rows.extend(row);
    }
}

/// The row and its faults; no row where it does not even say of whom it speaks.
fn row(line: usize, columns: &[Option<Column>], cells: &[String]) -> (Option<Row>, Vec<Rejected>) {
    let surplus = cells.get(columns.len()..).unwrap_or_default();
    if cells.len() < columns.len() || surplus.iter().any(|cell| !cell.trim().is_empty()) {
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
    let mut refuse = |column: Column, cell: &str, filled: Result<(), Problem>| {
        if let Err(problem) = filled {
            faults.push(Rejected::new(line, column.as_str(), cell, problem.detail));
        }
    };
    for (column, cell) in columns.iter().zip(cells) {
        if let Some(column) = column.filter(|column| !JOINED.contains(column)) {
            refuse(column, cell, fill(&mut row, column, &plain(cell)));
        }
    }
    let joined = |meanings: &[Column], joint: &str| {
        let mut parts = Vec::new();
        for meaning in meanings {
            let of = columns.iter().zip(cells).filter(|(column, _)| **column == Some(*meaning));
            parts.extend(of.map(|(_, cell)| plain(cell)).filter(|part| !part.is_empty()));
        }
        parts.join(joint)
    };
    let name = joined(&[Column::Name, Column::FirstName, Column::Surname], " ");
    refuse(Column::Name, &name, fill(&mut row, Column::Name, &name));
    let team = joined(&[Column::Service, Column::Team], "/");
    refuse(Column::Team, &team, fill(&mut row, Column::Team, &team));
    row.is_refused = !faults.is_empty();
    let is_of_use = !row.is_refused || row.email.is_some() || row.membership_number.is_some();
    (is_of_use.then_some(row), faults)
}

/// Meanings of which several columns make one value.
const JOINED: &[Column] = &[Column::Name, Column::FirstName, Column::Surname, Column::Team, Column::Service];

/// Without the spaces that nobody sees and that come along from web pages.
fn plain(cell: &str) -> String {
    let seen = cell.chars().filter(|sign| !matches!(sign, '\u{200b}' | '\u{feff}'));
    let text: String = seen.map(|sign| if sign == '\u{a0}' { ' ' } else { sign }).collect();
    text.trim().to_owned()
}

fn fill(row: &mut Row, column: Column, cell: &str) -> Result<(), Problem> {
    let field = column.as_str();
    let is_empty = cell.trim().is_empty();
    if FORMULA_FAULTS.contains(&cell) {
        let detail = "The sheet shows a fault of a formula here; write the value.";
        return Err(Problem::new(field, "formula-fault", detail));
    }
    match column {
        Column::Name => row.name = text::line(field, cell)?,
        Column::Team => row.team = team::path_of(field, cell)?,
        Column::Email if !is_empty => row.email = Some(text::email(field, cell)?),
        Column::MembershipNumber if !is_empty => row.membership_number = Some(text::line(field, cell)?),
        Column::Language if !is_empty => row.language = Some(language(cell)?),
        Column::Rep => row.is_rep = Some(yes_or_no(field, cell)?.unwrap_or(false)),
        Column::Left => row.has_left = yes_or_no(field, cell)?,
        // Nothing to say, or parts of a value that comes joined.
        Column::Email
        | Column::MembershipNumber
        | Column::Language
        | Column::FirstName
        | Column::Surname
        | Column::Service => {}
    }
    Ok(())
}

const FORMULA_FAULTS: &[&str] =
    &["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "Err:502", "Err:504"];

fn yes_or_no(field: &str, cell: &str) -> Result<Option<bool>, Problem> {
    match cell.trim().to_lowercase().as_str() {
        "" => Ok(None),
        "yes" | "y" | "true" | "1" | "x" => Ok(Some(true)),
        "no" | "n" | "false" | "0" => Ok(Some(false)),
        _ => Err(Problem::new(field, "yes-or-no", "Write yes or no, or leave it empty.")),
    }
}

fn language(cell: &str) -> Result<String, Problem> {
    let tag = match cell.trim().to_lowercase().as_str() {
        "english" => "en".to_owned(),
        "welsh" | "cymraeg" => "cy".to_owned(),
        typed => typed.replace('_', "-"),
    };
    let mut parts = tag.split('-');
    let is_tag = parts.next().is_some_and(|first| (2..=3).contains(&first.len()))
        && parts.all(|part| (2..=8).contains(&part.len()))
        && tag.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
        && tag.chars().take(2).all(|sign| sign.is_ascii_alphabetic());
    if is_tag {
        Ok(tag)
    } else {
        Err(Problem::new("language", "no-language", "Write a language tag such as en or cy, or leave it empty."))
    }
}
