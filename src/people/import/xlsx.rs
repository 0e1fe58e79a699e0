//! Sheets of Excel's kind, cell by cell: never as the rectangle that a far cell would span.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};

use super::workbook::{Choice, Grid, damaged, protected};
use crate::refusal::Refusal;

/// Offers the sheets of a workbook whose unpacked size is known to be fair.
pub(super) fn read(bytes: &[u8], choice: &mut Choice<'_>) -> Result<(), Refusal> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    for (name, is_hidden) in sheets {
        if !choice.wants(&name, is_hidden) {
            continue;
        }
        let mut grid = Grid::new(&name);
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A sheet with nothing but a diagram.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(refused(&error)),
        };
        while let Some(cell) = cells.next_cell().map_err(|error| refused(&error))? {
            let (row, column) = cell.get_position();
            let place = |from_0: u32| usize::try_from(from_0).unwrap_or(usize::MAX);
            grid.put(place(row), place(column), &said(cell.get_value()))?;
        }
        choice.offer(grid);
    }
    Ok(())
}

fn refused(error: &XlsxError) -> Refusal {
    if matches!(error, XlsxError::Password) { protected() } else { damaged() }
}

/// A value as a person would write it: whole numbers without `.0`, days as 2026-11-22.
fn said(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(moment) if moment.is_duration() => moment.as_f64().to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute) == (0, 0) { date } else { format!("{date} {hour:02}:{minute:02}") }
        }
        DataRef::Error(error) => error.to_string(),
    }
}
