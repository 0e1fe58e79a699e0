//! Lists as text: CSV, and what is copied out of a spreadsheet.

use super::table::{Line, Table, refused, too_long};
use crate::refusal::Refusal;

/// Reads text with quoted cells, which may hold line breaks.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Refusal> {
    if let Some(sentence) = foreign(bytes) {
        return Err(refused("not-a-list", sentence));
    }
    let mut table = Table::default();
    let text = decoded(bytes, &mut table.notes);
    table.lines = lines(&text)?;
    table.text = text;
    Ok(table)
}

/// What to do with a file that is certainly no text.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..1024).unwrap_or(bytes).to_ascii_lowercase();
    let head = head.trim_ascii_start();
    let has = |words: &[u8]| head.windows(words.len()).any(|part| part == words);
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(
            "This is an old Excel file (.xls), or one with a password. Save it as .xlsx without a password and \
             choose it again.",
        );
    }
    if head.starts_with(b"%pdf") {
        return Some("This is a PDF. Choose the spreadsheet it was made from, or copy the table and paste it.");
    }
    if head.starts_with(b"<") && (has(b"<html") || has(b"<table") || has(b"<?xml")) {
        return Some("This is a web page, whatever its name. Open it in a spreadsheet and save it as .xlsx or CSV.");
    }
    let is_wide = encoding_rs::Encoding::for_bom(bytes).is_some();
    (!is_wide && bytes.get(..4096).unwrap_or(bytes).contains(&0))
        .then_some("This is no list that can be read here. Choose an .xlsx, .ods or CSV file, or paste the cells.")
}

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

/// All records that are not blank, each with the line it begins on.
fn lines(text: &str) -> Result<Vec<Line>, Refusal> {
    let (delimiter, told) = delimiter(text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut counted = Counted { text, upto: 0, line: 1 };
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| refused("not-csv", "Save the file as CSV and try again."))?;
        let start = record.position().map_or(0, csv::Position::byte);
        let number = counted.at(usize::try_from(start).unwrap_or(usize::MAX));
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            found.push(Line { number, cells: record.iter().map(str::to_owned).collect() });
        }
        if found.len() > super::table::ROWS_MAX + 1 {
            return Err(too_long());
        }
    }
    if told && !found.is_empty() {
        found.remove(0);
    }
    Ok(found)
}

/// What divides the cells, and whether the first line does nothing but say so (`sep=;`). A sign
/// counts where it stands as often in a line as in most lines, so that a title above the list and
/// commas in names do not mislead.
fn delimiter(text: &str) -> (u8, bool) {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if let Some(&[told]) = first.strip_prefix("sep=").map(str::as_bytes)
        && (told.is_ascii_punctuation() || told == b'\t')
        && told != b'"'
    {
        return (told, true);
    }
    let outside: String = text.split('"').step_by(2).flat_map(str::chars).take(LOOKED_AT).collect();
    let lines: Vec<&str> =
        outside.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(LINES_LOOKED_AT).collect();
    let regular = |delimiter: u8| {
        let counts: Vec<usize> =
            lines.iter().map(|line| line.bytes().filter(|byte| *byte == delimiter).count()).collect();
        let alike = |count: &usize| counts.iter().filter(|other| *other == count).count();
        let usual = counts.iter().filter(|count| **count > 0).max_by_key(|count| (alike(count), **count));
        usual.map_or((false, 0), |usual| {
            let lines_with_it = alike(usual);
            // Nobody types tabs in a name: they win wherever half of the lines have them.
            (delimiter == b'\t' && 2 * lines_with_it >= lines.len(), usual * lines_with_it)
        })
    };
    // The last of equals wins, so the comma stands last.
    (*b"\t;,".iter().max_by_key(|delimiter| regular(**delimiter)).unwrap_or(&b','), false)
}

/// Characters and lines looked at to learn what divides the cells.
const LOOKED_AT: usize = 64 * 1024;
const LINES_LOOKED_AT: usize = 50;

/// Counts line ends (LF, CRLF, CR) up to ever later places.
struct Counted<'t> {
    text: &'t str,
    upto: usize,
    line: usize,
}

impl Counted<'_> {
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
