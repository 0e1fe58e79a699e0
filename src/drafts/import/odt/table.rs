//! Tables of an ODT file.

use super::super::assembly::{Cell, Grid, Row, stacked};
use super::super::line::{Line, Look};
use super::super::xml::Element;
use super::body::{Para, Walk};
use crate::refusal::Refusal;

impl Walk<'_, '_> {
    pub(super) fn table(&mut self, table: &Element) -> Result<(), Refusal> {
        self.out.table_starts();
        let mut grid = Grid::default();
        self.rows(table, false, &mut grid)?;
        self.out.table_ends(&grid)
    }

    fn rows(&mut self, of: &Element, is_head: bool, grid: &mut Grid) -> Result<(), Refusal> {
        for child in of.elements() {
            match child.name.as_str() {
                "table:table-header-rows" => self.rows(child, true, grid)?,
                "table:table-rows" | "table:table-row-group" => self.rows(child, is_head, grid)?,
                "table:table-row" => self.row(child, is_head, grid)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &Element, is_head: bool, grid: &mut Grid) -> Result<(), Refusal> {
        for _ in 0..times(row, "table:number-rows-repeated") {
            let mut read = Row { is_head: is_head && grid.rows.iter().all(|row| row.is_head), ..Row::default() };
            let mut at = 0;
            self.out.row(grid.rows.len() + 1, 1)?;
            for cell in row.elements() {
                let repeated = times(cell, "table:number-columns-repeated");
                match cell.name.as_str() {
                    "table:covered-table-cell" => {
                        read.is_covered = true;
                        at += repeated;
                    }
                    "table:table-cell" => {
                        for _ in 0..repeated {
                            self.out.row(grid.rows.len() + 1, 1)?;
                            let columns = times(cell, "table:number-columns-spanned");
                            let rows = times(cell, "table:number-rows-spanned");
                            let words = self.cell(cell)?.finish();
                            read.cells.push(Cell { words, columns, rows, at, is_head: false });
                            at += 1;
                        }
                    }
                    _ => {}
                }
            }
            grid.rows.push(read);
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Element) -> Result<Line, Refusal> {
        let mut lines = Vec::new();
        self.lines(cell, None, &mut lines)?;
        Ok(stacked(lines))
    }

    fn lines(&mut self, of: &Element, mark: Option<&str>, lines: &mut Vec<Line>) -> Result<(), Refusal> {
        let mut mark = mark;
        for child in of.elements() {
            match child.name.as_str() {
                "text:p" | "text:h" => self.line(child, mark.take(), lines)?,
                "text:list" => {
                    for item in child.elements() {
                        self.lines(item, Some("• "), lines)?;
                    }
                }
                "text:section" | "draw:text-box" | "text:index-body" => self.lines(child, mark.take(), lines)?,
                "table:table" => {
                    self.out.drop("form of a table inside a table; its words stand in one cell");
                    let mut inner = Grid::default();
                    self.rows(child, false, &mut inner)?;
                    for row in inner.rows {
                        let mut line = Line::default();
                        for cell in row.cells {
                            if cell.words.text.trim().is_empty() {
                                continue;
                            }
                            if !line.is_empty() {
                                line.words(" / ", Look::default(), None);
                            }
                            line.append_run(&cell.words);
                        }
                        lines.push(line);
                    }
                }
                _ => {
                    let mut para = Para::default();
                    self.inline(child, &mut para, Look::default(), None)?;
                    self.take(para, lines)?;
                }
            }
        }
        Ok(())
    }

    fn line(&mut self, element: &Element, mark: Option<&str>, lines: &mut Vec<Line>) -> Result<(), Refusal> {
        let mut para = self.para(element)?;
        if let Some(mark) = mark.filter(|_| !para.line.is_empty()) {
            let words = std::mem::take(&mut para.line);
            para.line.words(mark, Look::default(), None);
            para.line.append(words);
        }
        self.take(para, lines)
    }

    fn take(&mut self, para: Para, lines: &mut Vec<Line>) -> Result<(), Refusal> {
        let Para { mut line, boxes, pictures } = para;
        for (bytes, alternative) in pictures {
            let kept = match &bytes {
                Ok(bytes) => self.out.picture(bytes, &alternative),
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
            self.lines(content, None, lines)?;
            self.out.box_ends();
        }
        Ok(())
    }
}

/// How often, or over how many; never none, and never without end.
fn times(of: &Element, name: &str) -> usize {
    of.attribute(name).and_then(|times| times.parse().ok()).unwrap_or(1).clamp(1, 200_000)
}
