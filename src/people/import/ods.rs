//! Sheets of `OpenDocument`'s kind, as a stream. Cells say themselves how often they are repeated, so
//! a reader that spreads them out first can be made to fill any memory; this one counts as it goes.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::workbook::{Choice, Grid, damaged, protected};
use crate::refusal::Refusal;

/// Offers the sheets of a workbook whose unpacked size is known to be fair.
pub(super) fn read(archive: &mut ZipArchive<Cursor<&[u8]>>, choice: &mut Choice<'_>) -> Result<(), Refusal> {
    let mut manifest = Vec::new();
    if let Ok(mut part) = archive.by_name("META-INF/manifest.xml") {
        part.read_to_end(&mut manifest).map_err(|_| damaged())?;
    }
    let mark = b"encryption-data";
    if manifest.windows(mark.len()).any(|part| part == mark) {
        return Err(protected());
    }
    let content = archive.by_name("content.xml").map_err(|_| damaged())?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    reader.config_mut().check_end_names = false;
    sheets(&mut reader, choice)
}

/// What is being read.
#[derive(Default)]
struct Here {
    /// The style that is being described, and those that hide a sheet.
    style: String,
    hidden: HashSet<String>,
    /// The sheet, where it is one to read.
    grid: Option<Grid>,
    row: usize,
    row_times: usize,
    column: usize,
    cell: Option<CellHere>,
    /// How deep inside a remark on a cell.
    remark: usize,
}

#[derive(Default)]
struct CellHere {
    times: usize,
    /// `office:value` and its like, for what is no text.
    value: Option<String>,
    is_number: bool,
    shown: String,
    paragraphs: usize,
}

fn sheets<R: BufRead>(reader: &mut Reader<R>, choice: &mut Choice<'_>) -> Result<(), Refusal> {
    let mut here = Here::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) => here.open(&start, choice)?,
            Event::Empty(start) => {
                here.open(&start, choice)?;
                here.close(start.name().as_ref(), choice)?;
            }
            Event::End(end) => here.close(end.name().as_ref(), choice)?,
            Event::Text(text) => here.append(&text.xml10_content()),
            Event::CData(text) => here.append(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(sign)) => here.append(sign.encode_utf8(&mut [0; 4])),
                _ => here.append(match &*reference.xml10_content() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "",
                }),
            },
            Event::Eof if here.grid.is_some() || here.cell.is_some() => return Err(damaged()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

impl Here {
    fn open(&mut self, start: &BytesStart<'_>, choice: &mut Choice<'_>) -> Result<(), Refusal> {
        match start.name().as_ref() {
            "style:style" => self.style = attribute(start, "style:name")?.unwrap_or_default(),
            "style:table-properties" if attribute(start, "table:display")?.as_deref() == Some("false") => {
                self.hidden.insert(std::mem::take(&mut self.style));
            }
            // A table inside a cell is none of ours.
            "table:table" if self.grid.is_none() => {
                let name = attribute(start, "table:name")?.unwrap_or_default();
                let style = attribute(start, "table:style-name")?.unwrap_or_default();
                self.row = 0;
                self.grid = choice.wants(&name, self.hidden.contains(&style)).then(|| Grid::new(&name));
            }
            "table:table-row" if self.grid.is_some() => {
                self.row_times = times(start, "table:number-rows-repeated")?;
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" if self.grid.is_some() => {
                self.cell = Some(cell(start)?);
                self.remark = 0;
            }
            "office:annotation" => self.remark += 1,
            "text:p" => {
                if let Some(cell) = self.cell.as_mut().filter(|_| self.remark == 0) {
                    cell.paragraphs += 1;
                    if cell.paragraphs > 1 {
                        cell.shown.push(' ');
                    }
                }
            }
            "text:s" | "text:tab" | "text:line-break" => self.append(" "),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str, choice: &mut Choice<'_>) -> Result<(), Refusal> {
        match name {
            "office:annotation" => self.remark = self.remark.saturating_sub(1),
            "table:table-cell" | "table:covered-table-cell" => {
                let (Some(cell), Some(grid)) = (self.cell.take(), self.grid.as_mut()) else { return Ok(()) };
                let (times, said) = (cell.times, cell.said());
                if !said.trim().is_empty() {
                    for column in self.column..self.column.saturating_add(times) {
                        grid.put(self.row, column, &said)?;
                    }
                }
                self.column = self.column.saturating_add(times);
            }
            "table:table-row" => {
                if let Some(grid) = self.grid.as_mut() {
                    grid.repeat(self.row, self.row_times.saturating_sub(1))?;
                    self.row = self.row.saturating_add(self.row_times);
                }
            }
            "table:table" if self.cell.is_none() => {
                if let Some(grid) = self.grid.take() {
                    choice.offer(grid);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn append(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| self.remark == 0 && cell.paragraphs > 0) {
            cell.shown.push_str(text);
        }
    }
}

impl CellHere {
    /// What the person sees, but a number without the signs that group its digits.
    fn said(self) -> String {
        let shows_digits = !self.shown.is_empty() && self.shown.chars().all(|sign| sign.is_ascii_digit());
        match self.value {
            Some(value) if self.is_number && !shows_digits => {
                value.parse::<f64>().map_or(value, |number| number.to_string())
            }
            Some(value) if self.shown.is_empty() || !self.is_number => value,
            _ => self.shown,
        }
    }
}

fn cell(start: &BytesStart<'_>) -> Result<CellHere, Refusal> {
    let kind = attribute(start, "office:value-type")?.unwrap_or_default();
    let value = match kind.as_str() {
        "float" | "currency" | "percentage" => attribute(start, "office:value")?,
        "date" => attribute(start, "office:date-value")?,
        "boolean" => attribute(start, "office:boolean-value")?,
        "string" => attribute(start, "office:string-value")?,
        _ => None,
    };
    let is_number = matches!(kind.as_str(), "float" | "currency" | "percentage");
    let times = times(start, "table:number-columns-repeated")?;
    Ok(CellHere { times, value, is_number, ..CellHere::default() })
}

/// How often; what nobody can mean is damage.
fn times(start: &BytesStart<'_>, name: &str) -> Result<usize, Refusal> {
    attribute(start, name)?.map_or(Ok(1), |times| times.parse().map_err(|_| damaged()))
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, Refusal> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| damaged())?;
        if attribute.key.as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| damaged())?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}
