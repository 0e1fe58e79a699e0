//! A workbook for spreadsheet programs: comments, passages, labels, answers, and how to read them.
//!
//! What people wrote is always text, never a formula or a link. Comments are written row by row, so
//! that their number never becomes memory; until the file is complete they lie in a nameless
//! temporary file. The same release gives the same bytes.

mod asked;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::{COLUMNS, ExportFault};
use crate::collation::answers::AnswerRow;
use crate::collation::groups::GroupRow;
use crate::collation::release::{Release, Row};
use crate::consultations::{Consultation, SMALLEST};
use crate::responses::{Counts, Position};
use crate::words::{Language, Value, Words};

/// Widths of the promised columns, in characters.
const WIDTHS: [u32; COLUMNS.len()] =
    [13, 16, 24, 8, 10, 9, 50, 14, 30, 12, 30, 60, 40, 15, 26, 16, 16, 9, 8, 9, 12, 24, 12];

/// UTF-16 units that a cell can hold.
const CELL_MAX: usize = 32_767;

/// Writes rows as a workbook; `labels` with how many are invited under each.
///
/// # Errors
/// Those of the rows; `out` failed.
#[expect(clippy::too_many_arguments, reason = "each is another thing that a workbook is made of")]
pub(super) fn write<A: Iterator<Item = Result<AnswerRow, ExportFault>>>(
    words: &Words,
    consultation: &Consultation,
    release: &Release,
    labels: &[(String, usize)],
    answers: impl Fn() -> A,
    rows: impl Iterator<Item = Result<Row, ExportFault>>,
    groups: &[GroupRow],
    out: &mut (dyn Write + Send),
) -> Result<(), ExportFault> {
    let mut book = Book::new(words);
    let made = date(release.cut_off)?;
    book.workbook.set_properties(
        &DocProperties::new()
            .set_title(plain(&consultation.title, "").as_ref())
            .set_subject(book.say("xlsx-subject", &[("number", release.number.into())]))
            .set_author(book.say("product", &[]))
            .set_creation_datetime(&made),
    );
    let mut tally = Tally::default();
    book.comments(rows, &mut tally)?;
    book.blocks(&tally)?;
    book.labels(labels, &tally)?;
    if release.answers > 0 {
        asked::counts(&mut book, answers())?;
        asked::words(&mut book, answers())?;
    }
    if !groups.is_empty() {
        book.groups(groups)?;
    }
    book.method(consultation, release)?;
    book.workbook.save_to_writer(out).map_err(out_fault)
}

/// What the rows add up to, in the order in which they came.
#[derive(Default)]
struct Tally {
    places: HashMap<(String, Option<String>), usize>,
    blocks: Vec<(Row, Counts)>,
    labels: HashMap<String, Counts>,
}

impl Tally {
    fn add(&mut self, row: &Row) {
        let place = (row.document.clone(), row.block_key.clone());
        let at = *self.places.entry(place).or_insert_with(|| {
            self.blocks.push((row.clone(), Counts::default()));
            self.blocks.len() - 1
        });
        if let Some((printed, counts)) = self.blocks.get_mut(at) {
            counts.add(row.position);
            // A passage is printed as it was last.
            if row.version > printed.version {
                *printed = row.clone();
            }
        }
        self.labels.entry(row.label.clone()).or_default().add(row.position);
    }
}

struct Book<'a> {
    words: &'a Words,
    workbook: Workbook,
    head: Format,
    text: Format,
    day: Format,
    cut: String,
}

impl<'a> Book<'a> {
    fn new(words: &'a Words) -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            words,
            workbook: Workbook::new(),
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            text: top.clone().set_text_wrap(),
            day: top.set_num_format("yyyy-mm-dd"),
            cut: words.say(Language::English, "xlsx-cut", &[]),
        }
    }

    fn say(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        self.words.say(Language::English, id, values)
    }

    fn comments(
        &mut self,
        rows: impl Iterator<Item = Result<Row, ExportFault>>,
        tally: &mut Tally,
    ) -> Result<(), ExportFault> {
        let name = self.say("xlsx-comments", &[]);
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        prepare(sheet, name, &WIDTHS)?;
        let mut sheet = Sheet { page: sheet, text: &self.text, day: &self.day, cut: &self.cut, row: 0 };
        sheet.page.set_freeze_panes(1, 0)?;
        for (column, name) in (0..).zip(COLUMNS) {
            sheet.page.write_string_with_format(0, column, name, &self.head)?;
        }
        for row in rows {
            let row = row?;
            tally.add(&row);
            sheet.row += 1;
            sheet.comment(&row)?;
        }
        let last = sheet.row;
        sheet.page.autofilter(0, 0, last, u16::try_from(COLUMNS.len() - 1).unwrap_or(u16::MAX))?;
        Ok(())
    }

    fn blocks(&mut self, tally: &Tally) -> Result<(), ExportFault> {
        let heads = ["xlsx-document", "xlsx-number", "xlsx-text", "xlsx-version"];
        let rows = tally.blocks.iter().map(|(row, counts)| {
            let cells = vec![
                Cell::Text(&row.document),
                Cell::Text(row.block_number.as_deref().unwrap_or_default()),
                Cell::Text(row.block_text.as_deref().unwrap_or_default()),
                Cell::Number(f64::from(row.version)),
            ];
            (cells, *counts)
        });
        self.table("xlsx-blocks", &heads, &[24, 10, 70, 9], rows)
    }

    fn labels(&mut self, labels: &[(String, usize)], tally: &Tally) -> Result<(), ExportFault> {
        let rows = labels.iter().map(|(name, invited)| {
            let counts = tally.labels.get(name).copied().unwrap_or_default();
            (vec![Cell::Text(name), Cell::Number(figure(*invited))], counts)
        });
        self.table("xlsx-labels", &["xlsx-label", "xlsx-invited"], &[40, 10], rows)
    }

    /// A sheet of names with their counts by position.
    fn table<'b>(
        &mut self,
        name: &str,
        heads: &[&str],
        widths: &[u32],
        rows: impl Iterator<Item = (Vec<Cell<'b>>, Counts)>,
    ) -> Result<(), ExportFault> {
        let mut heads: Vec<String> = heads.iter().map(|id| self.say(id, &[])).collect();
        heads.extend(Position::ALL.iter().map(|position| self.say(&format!("counts-position-{position}"), &[])));
        heads.push(self.say("counts-total", &[]));
        let name = self.say(name, &[]);
        let sheet = self.workbook.add_worksheet();
        let mut widths = widths.to_vec();
        widths.resize(heads.len(), 11);
        prepare(sheet, name, &widths)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, head) in (0..).zip(&heads) {
            sheet.write_string_with_format(0, column, head, &self.head)?;
        }
        let mut sheet = Sheet { page: sheet, text: &self.text, day: &self.day, cut: &self.cut, row: 0 };
        for (mut cells, counts) in rows {
            sheet.row += 1;
            cells.extend(Position::ALL.iter().map(|position| Cell::Number(figure(counts.of(*position)))));
            cells.push(Cell::Number(figure(counts.total())));
            for (column, cell) in (0..).zip(cells) {
                sheet.write(column, cell)?;
            }
        }
        let (last, columns) = (sheet.row, u16::try_from(heads.len()).unwrap_or(u16::MAX));
        sheet.page.autofilter(0, 0, last, columns - 1)?;
        Ok(())
    }

    /// Meetings and slips, a line for each point; their heads are in no count of comments.
    fn groups(&mut self, groups: &[GroupRow]) -> Result<(), ExportFault> {
        let heads: Vec<String> = GROUP_HEADS.iter().map(|head| self.say(&format!("xlsx-group-{head}"), &[])).collect();
        let name = self.say("xlsx-groups", &[]);
        let sheet = self.workbook.add_worksheet();
        prepare(sheet, name, &GROUP_WIDTHS)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, head) in (0..).zip(&heads) {
            sheet.write_string_with_format(0, column, head, &self.head)?;
        }
        let mut sheet = Sheet { page: sheet, text: &self.text, day: &self.day, cut: &self.cut, row: 0 };
        for group in groups {
            let votes = [group.in_favour, group.against, group.unsure]
                .map(|count| count.map_or(Cell::Text(""), |count| Cell::Number(f64::from(count))));
            let [in_favour, against, unsure] = votes;
            // One without points has a line all the same.
            let points = group.points.iter().map(Some).chain(group.points.is_empty().then_some(None));
            for point in points {
                sheet.row += 1;
                let text = |text: Option<&'_ str>| text.unwrap_or_default().to_owned();
                let number = text(point.and_then(|point| point.block_number.as_deref()));
                let passage = text(point.and_then(|point| point.block_text.as_deref()));
                let position = point.and_then(|point| point.position);
                let cells: [Cell<'_>; 15] = [
                    Cell::Text(&group.label),
                    Cell::Text(group.source.as_str()),
                    Cell::Day(group.date),
                    Cell::Text(&group.place),
                    Cell::Number(figure(group.people)),
                    in_favour,
                    against,
                    unsure,
                    Cell::Text(&number),
                    Cell::Text(&passage),
                    point.map_or(Cell::Text(""), |point| Cell::Number(f64::from(point.version))),
                    Cell::Text(position.map(Position::as_str).unwrap_or_default()),
                    Cell::Text(point.map_or("", |point| &point.words)),
                    Cell::Text(point.map_or("", |point| point.permission.as_str())),
                    Cell::Text(&group.dissent),
                ];
                for (column, cell) in (0..).zip(cells) {
                    sheet.write(column, cell)?;
                }
            }
        }
        Ok(())
    }

    fn method(&mut self, consultation: &Consultation, release: &Release) -> Result<(), ExportFault> {
        let title: Value<'_> = (&consultation.title).into();
        let cut_off = self.words.date_words(Language::English, release.cut_off);
        let values = [
            ("title", title),
            ("slug", (&consultation.slug).into()),
            ("number", release.number.into()),
            ("comments", release.comments.into()),
            ("cut_off", cut_off.into()),
            ("sha256", (&release.sha256).into()),
            ("smallest", SMALLEST.into()),
        ];
        let lines: Vec<(String, String)> = METHOD
            .iter()
            .map(|id| (self.say(&format!("xlsx-head-{id}"), &[]), self.say(&format!("xlsx-method-{id}"), &values)))
            .collect();
        let name = self.say("xlsx-method", &[]);
        let sheet = self.workbook.add_worksheet();
        prepare(sheet, name, &[24, 90])?;
        let mut sheet = Sheet { page: sheet, text: &self.text, day: &self.day, cut: &self.cut, row: 0 };
        for (head, line) in &lines {
            sheet.page.write_string_with_format(sheet.row, 0, head, &self.head)?;
            sheet.write(1, Cell::Text(line))?;
            sheet.row += 1;
        }
        Ok(())
    }
}

/// Columns of the sheet of meetings and slips, and their widths.
const GROUP_HEADS: [&str; 15] = [
    "who",
    "source",
    "date",
    "place",
    "people",
    "for",
    "against",
    "unsure",
    "number",
    "passage",
    "version",
    "position",
    "words",
    "permission",
    "dissent",
];
const GROUP_WIDTHS: [u32; 15] = [26, 10, 12, 24, 9, 9, 9, 9, 9, 50, 9, 12, 60, 15, 40];

/// What the sheet Method tells, in its order.
const METHOD: [&str; 16] = [
    "what",
    "use",
    "consultation",
    "release",
    "cut-off",
    "batches",
    "checksum",
    "permission",
    "label",
    "status",
    "late",
    "name",
    "confirmed",
    "questions",
    "answers",
    "meetings",
];

#[derive(Clone, Copy)]
enum Cell<'a> {
    Text(&'a str),
    Number(f64),
    Yes(bool),
    Day(NaiveDate),
}

/// A sheet while it is written, row after row.
struct Sheet<'a> {
    page: &'a mut Worksheet,
    text: &'a Format,
    day: &'a Format,
    cut: &'a str,
    row: u32,
}

impl Sheet<'_> {
    /// The promised columns.
    fn comment(&mut self, row: &Row) -> Result<(), XlsxError> {
        let (themes, optional) = (row.themes.join("; "), |text: &'_ Option<String>| text.clone().unwrap_or_default());
        let (key, number, passage) = (optional(&row.block_key), optional(&row.block_number), optional(&row.block_text));
        let (group, name) = (optional(&row.template_group), optional(&row.name));
        let cells: [Cell<'_>; COLUMNS.len()] = [
            Cell::Text(&row.reference),
            Cell::Text(&row.consultation),
            Cell::Text(&row.document),
            Cell::Number(f64::from(row.version)),
            Cell::Text(&key),
            Cell::Text(&number),
            Cell::Text(&passage),
            Cell::Text(&row.status_in_current_version),
            Cell::Text(row.quote.as_ref().map(|quote| quote.exact.as_str()).unwrap_or_default()),
            Cell::Text(row.position.as_str()),
            Cell::Text(&row.condition),
            Cell::Text(&row.comment),
            Cell::Text(&row.new_wording),
            Cell::Text(row.permission.as_str()),
            Cell::Text(&row.label),
            Cell::Text(&themes),
            Cell::Text(&group),
            Cell::Text(row.source.as_str()),
            Cell::Yes(row.late),
            Cell::Number(f64::from(row.release)),
            Cell::Day(row.cut_off),
            Cell::Text(&name),
            row.confirmed_in.map_or(Cell::Text(""), |version| Cell::Number(f64::from(version))),
        ];
        for (column, cell) in (0..).zip(cells) {
            self.write(column, cell)?;
        }
        Ok(())
    }

    fn write(&mut self, column: u16, cell: Cell<'_>) -> Result<(), XlsxError> {
        let row = self.row;
        match cell {
            Cell::Text("") => return Ok(()),
            Cell::Text(text) => self.page.write_string_with_format(row, column, plain(text, self.cut), self.text)?,
            Cell::Number(number) => self.page.write_number_with_format(row, column, number, self.text)?,
            Cell::Yes(yes) => self.page.write_boolean_with_format(row, column, yes, self.text)?,
            Cell::Day(day) => self.page.write_datetime_with_format(row, column, date(day)?, self.day)?,
        };
        Ok(())
    }
}

fn prepare(sheet: &mut Worksheet, name: String, widths: &[u32]) -> Result<(), ExportFault> {
    sheet.set_name(name)?;
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    Ok(())
}

/// What a cell can hold: no sign that XML cannot carry, and not more than fits; what is cut says so.
fn plain<'t>(text: &'t str, cut: &str) -> Cow<'t, str> {
    let is_refused =
        |sign: char| (sign < ' ' && !matches!(sign, '\t' | '\n')) || matches!(sign, '\u{fffe}' | '\u{ffff}');
    let text: Cow<'t, str> =
        if text.contains(is_refused) { text.replace(is_refused, "\u{fffd}").into() } else { text.into() };
    // No text has more UTF-16 units than bytes.
    if text.len() <= CELL_MAX || text.encode_utf16().count() <= CELL_MAX {
        return text;
    }
    let mut room = CELL_MAX - cut.encode_utf16().count();
    let kept = text.chars().take_while(|sign| {
        let fits = sign.len_utf16() <= room;
        room = room.saturating_sub(sign.len_utf16());
        fits
    });
    let mut kept: String = kept.collect();
    kept.push_str(cut);
    kept.into()
}

fn date(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), part(day.month()), part(day.day()))
}

fn figure(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

fn out_fault(error: XlsxError) -> ExportFault {
    ExportFault::Out(std::io::Error::other(error))
}

impl From<XlsxError> for ExportFault {
    fn from(error: XlsxError) -> Self {
        out_fault(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_too_long_for_a_cell_is_cut_and_says_so() {
        let long = "😀".repeat(20_000);
        let cut = plain(&long, " [cut]");
        assert!(cut.ends_with(" [cut]") && cut.encode_utf16().count() <= CELL_MAX);
        assert!(cut.encode_utf16().count() > CELL_MAX - 3);
        assert_eq!(plain("as it is", " [cut]"), "as it is");
        assert_eq!(plain("a\u{0}b\u{ffff}\tc", ""), "a\u{fffd}b\u{fffd}\tc");
    }
}
