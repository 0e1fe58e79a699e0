//! Tables of a Word file.

use super::super::assembly::{Cell, Grid, Row, stacked};
use super::super::line::{Line, Look};
use super::super::xml::Element;
use super::body::{Para, Role, Walk, chosen};
use super::styles::is_on;
use crate::refusal::Refusal;

impl Walk<'_, '_> {
    pub(super) fn table(&mut self, table: &Element) -> Result<(), Refusal> {
        self.out.table_starts();
        let mut grid = Grid::default();
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        for row in rows {
            let properties = row.child("w:trPr");
            if properties.is_some_and(|own| own.child("w:del").is_some()) {
                self.deleted(row);
                continue;
            }
            let is_head = properties.and_then(|own| own.child("w:tblHeader")).is_some_and(is_on);
            let mut read = Row { is_head: is_head && grid.rows.iter().all(|row| row.is_head), ..Row::default() };
            let before = properties.and_then(|own| number(own, "w:gridBefore")).unwrap_or_default();
            let mut at = before;
            let mut cells = Vec::new();
            cells_of(row, &mut cells);
            self.out.row(grid.rows.len() + 1, cells.len().max(1))?;
            for cell in cells {
                let own = cell.child("w:tcPr");
                let columns = own.and_then(|own| number(own, "w:gridSpan")).unwrap_or(1).clamp(1, 200);
                let merged = own.and_then(|own| own.child("w:vMerge"));
                let goes_on = merged.is_some_and(|merged| merged.attribute("w:val") != Some("restart"));
                let words = self.cell(cell)?;
                if goes_on && words.is_empty() && grid.reach_down(at) {
                    read.is_covered = true;
                } else {
                    read.cells.push(Cell { words: words.finish(), columns, rows: 1, at, is_head: false });
                }
                at += columns;
            }
            grid.rows.push(read);
        }
        if is_headed(table) && grid.rows.len() > 1 && grid.rows.iter().all(|row| !row.is_head) {
            let can_head = |row: &Row| {
                row.cells.len() > 1 && row.cells.iter().all(|cell| !cell.words.text.trim().is_empty() && cell.rows == 1)
            };
            if let Some(first) = grid.rows.first_mut().filter(|row| can_head(row)) {
                first.is_head = true;
            }
        }
        self.out.table_ends(&grid)
    }

    /// Everything in a cell as lines.
    fn cell(&mut self, cell: &Element) -> Result<Line, Refusal> {
        let mut lines = Vec::new();
        self.lines(cell, &mut lines)?;
        Ok(stacked(lines))
    }

    fn lines(&mut self, of: &Element, lines: &mut Vec<Line>) -> Result<(), Refusal> {
        for child in of.elements() {
            match child.name.as_str() {
                "w:p" => self.line(child, lines)?,
                "w:tbl" => {
                    self.out.drop("form of a table inside a table; its words stand in one cell");
                    self.nested(child, lines)?;
                }
                "w:sdt" => {
                    if let Some(content) = child.child("w:sdtContent") {
                        self.lines(content, lines)?;
                    }
                }
                "w:ins" | "w:moveTo" | "w:customXml" | "w:txbxContent" => self.lines(child, lines)?,
                "w:del" | "w:moveFrom" => self.deleted(child),
                "mc:AlternateContent" => {
                    if let Some(choice) = chosen(child) {
                        self.lines(choice, lines)?;
                    }
                }
                _ => self.anchor(child),
            }
        }
        Ok(())
    }

    fn line(&mut self, paragraph: &Element, lines: &mut Vec<Line>) -> Result<(), Refusal> {
        let Para { line: words, boxes, pictures } = self.para(paragraph)?;
        let properties = paragraph.child("w:pPr");
        let style = properties.and_then(|own| own.child("w:pStyle")).and_then(|style| style.attribute("w:val"));
        let mut line = Line::default();
        if !words.is_empty() {
            let mark = match self.role(properties, style, words.text()) {
                Role::Heading(_, mark) => mark,
                Role::Item(_, mark) => Some(mark.unwrap_or_else(|| "•".to_owned())),
                Role::Clause(mark) => Some(mark),
                Role::Title | Role::Plain => None,
            };
            if let Some(mark) = mark {
                line.words(&format!("{mark} "), Look::default(), None);
            }
            line.append(words);
        }
        for (part, alternative) in pictures {
            let kept = match part.and_then(|part| self.picture_bytes(&part)) {
                Ok(bytes) => self.out.picture(&bytes, &alternative),
                Err(reason) => {
                    self.out.drop(&format!("picture “{alternative}”: {reason}"));
                    None
                }
            };
            match kept {
                Some((html, told)) => line.picture(&html, &told),
                None if alternative.is_empty() => {}
                None => line.words(&format!("[{alternative}]"), Look::default(), None),
            }
        }
        lines.push(line);
        for content in &boxes {
            self.out.box_starts()?;
            self.lines(content, lines)?;
            self.out.box_ends();
        }
        Ok(())
    }

    /// A table inside a cell: a line for each row.
    fn nested(&mut self, table: &Element, lines: &mut Vec<Line>) -> Result<(), Refusal> {
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        for (place, row) in rows.into_iter().enumerate() {
            let mut cells = Vec::new();
            cells_of(row, &mut cells);
            self.out.row(place, cells.len())?;
            let mut line = Line::default();
            for cell in cells {
                let words = self.cell(cell)?;
                if words.is_empty() {
                    continue;
                }
                if !line.is_empty() {
                    line.words(" / ", Look::default(), None);
                }
                line.append(words);
            }
            lines.push(line);
        }
        Ok(())
    }
}

/// Rows and cells may stand in content controls and tracked changes.
fn rows_of<'e>(of: &'e Element, rows: &mut Vec<&'e Element>) {
    inside(of, "w:tr", rows);
}

fn cells_of<'e>(of: &'e Element, cells: &mut Vec<&'e Element>) {
    inside(of, "w:tc", cells);
}

fn inside<'e>(of: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    for child in of.elements() {
        match child.name.as_str() {
            own if own == name => found.push(child),
            "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" | "w:moveTo" => inside(child, name, found),
            _ => {}
        }
    }
}

/// Whether the table's look sets its first row apart.
fn is_headed(table: &Element) -> bool {
    let Some(own) = table.child("w:tblPr") else { return false };
    let style = own.child("w:tblStyle").and_then(|style| style.attribute("w:val")).unwrap_or_default();
    let is_styled = !matches!(style, "" | "TableNormal" | "TableGrid");
    let look = own.child("w:tblLook");
    let first = look.is_some_and(|look| {
        look.attribute("w:firstRow") == Some("1")
            || look
                .attribute("w:val")
                .and_then(|bits| u32::from_str_radix(bits, 16).ok())
                .is_some_and(|bits| bits & 0x20 != 0)
    });
    is_styled && first
}

fn number(of: &Element, name: &str) -> Option<usize> {
    of.child(name)?.attribute("w:val")?.parse().ok()
}
