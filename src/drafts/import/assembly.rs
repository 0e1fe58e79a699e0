//! What the readers of files fill: blocks with their places in words, pictures, notes and comments.

use std::collections::HashMap;

use super::super::block::BlockKind;
use super::inline::{Run, escape};
use super::line::Line;
use super::picture::{self, Picture};
use super::{BLOCK_MAX, Draft, FileComment, HTML_MAX, refused};
use crate::refusal::Refusal;

/// Most characters of the words that a comment quotes, and of what it says.
const QUOTE_MAX: usize = 600;
const COMMENT_MAX: usize = 10_000;
/// Most comments of a file.
const COMMENTS_MAX: usize = 2_000;
/// Most bytes of all pictures together, and how many.
const PICTURES_BYTES_MAX: usize = 24 * 1024 * 1024;
const PICTURES_MAX: usize = 400;
/// Most rows of one table, and cells of all tables together.
const ROWS_MAX: usize = 5_000;
const CELLS_MAX: usize = 100_000;

#[derive(Default)]
pub(super) struct Assembly {
    pub(super) draft: Draft,
    paragraphs: usize,
    tables: usize,
    in_table: bool,
    /// Said instead of the count: `footnote 3`.
    aside: Option<String>,
    page_breaks: Vec<String>,
    open_comments: HashMap<String, usize>,
    pictures: usize,
    picture_bytes: usize,
    cells: usize,
    boxes: usize,
}

/// Text boxes inside text boxes; no program makes more.
const BOXES_MAX: usize = 3;

impl Assembly {
    /// Where the reader is, in words.
    pub(super) fn place(&self) -> String {
        match &self.aside {
            Some(aside) => aside.clone(),
            None if self.in_table => format!("table {}", self.tables),
            None => format!("paragraph {}", self.paragraphs + 1),
        }
    }

    /// From here on everything is said to be there.
    pub(super) fn aside(&mut self, place: Option<String>) {
        self.aside = place;
    }

    /// Whether the reader is in a note.
    pub(super) fn is_aside(&self) -> bool {
        self.aside.is_some()
    }

    /// A text box begins; each holds a copy of everything inside it.
    pub(super) fn box_starts(&mut self) -> Result<(), Refusal> {
        self.boxes += 1;
        if self.boxes > BOXES_MAX {
            return Err(refused("too-deep", "Tables, lists or boxes are nested too deeply in this file."));
        }
        Ok(())
    }

    pub(super) fn box_ends(&mut self) {
        self.boxes = self.boxes.saturating_sub(1);
    }

    pub(super) fn drop(&mut self, what: &str) {
        let place = self.place();
        self.draft.drop_at(&place, what);
    }

    pub(super) fn drop_from(&mut self, place: &str, what: &str) {
        self.draft.drop_at(place, what);
    }

    pub(super) fn page_break(&mut self) {
        let place = self.place();
        self.page_breaks.push(place);
    }

    /// Adds a block; nothing where there are no words.
    pub(super) fn push(&mut self, kind: BlockKind, level: i32, run: &Run) -> Result<(), Refusal> {
        if run.text.trim().is_empty() {
            return Ok(());
        }
        let place = self.place();
        self.draft.push_at(&place, kind, level, &run.text, &run.html)?;
        if self.aside.is_none() {
            self.paragraphs += 1;
        }
        Ok(())
    }

    /// A list item with what stands before its words.
    pub(super) fn item(&mut self, depth: i32, marker: Option<&str>, line: Line) -> Result<(), Refusal> {
        if line.is_empty() {
            return Ok(());
        }
        let words = line.finish();
        let mut run = Run::default();
        if let Some(marker) = marker {
            run.element("span", |run| run.words(marker));
            run.words(" ");
        }
        run.text.push_str(words.text.trim_start());
        run.html.push_str(words.html.trim_start());
        self.push(BlockKind::ListItem, depth.clamp(1, 9), &run)
    }

    /// A heading or paragraph, its number before its words.
    pub(super) fn clause(
        &mut self,
        kind: BlockKind,
        level: i32,
        number: Option<&str>,
        line: Line,
    ) -> Result<(), Refusal> {
        if line.is_empty() {
            return Ok(());
        }
        let words = line.finish();
        let mut run = Run::default();
        if let Some(number) = number {
            run.words(number);
            run.words(" ");
        }
        run.text.push_str(words.text.trim_start());
        run.html.push_str(words.html.trim_start());
        self.push(kind, level, &run)
    }

    /// The title of the document: the first takes it, others stay paragraphs.
    pub(super) fn title(&mut self, line: Line) -> Result<(), Refusal> {
        if self.draft.title.is_some() || line.is_empty() {
            return self.clause(BlockKind::Paragraph, 0, None, line);
        }
        let title = line.finish().text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A title is one line of a name's length; a longer one is a paragraph in large type.
        if title.chars().count() > crate::text::LINE_MAX {
            let mut run = Run::default();
            run.words(&title);
            return self.push(BlockKind::Paragraph, 0, &run);
        }
        self.draft.title = Some(title);
        Ok(())
    }

    // --- comments

    /// A comment of the file begins here; `body` is what it says.
    pub(super) fn comment_starts(&mut self, id: &str, body: &str) {
        let body: String = body.trim().chars().filter(|sign| !sign.is_control() || *sign == '\n').collect();
        if body.is_empty() || self.open_comments.contains_key(id) {
            return;
        }
        if self.draft.comments.len() >= COMMENTS_MAX {
            self.drop("a comment: there are more than can be taken");
            return;
        }
        let body = body.chars().take(COMMENT_MAX).collect();
        self.open_comments.insert(id.to_owned(), self.draft.comments.len());
        self.draft.comments.push(FileComment { block: self.draft.blocks.len(), quote: String::new(), body });
    }

    pub(super) fn comment_ends(&mut self, id: &str) {
        self.open_comments.remove(id);
    }

    /// Words of the text, which the open comments quote.
    pub(super) fn quoted(&mut self, words: &str) {
        for place in self.open_comments.values() {
            if let Some(comment) = self.draft.comments.get_mut(*place) {
                let room = QUOTE_MAX.saturating_sub(comment.quote.chars().count());
                comment.quote.extend(words.chars().filter(|sign| !sign.is_control()).take(room));
            }
        }
    }

    // --- pictures

    /// The markup of a picture and its words; none where it is left out, which is listed.
    pub(super) fn picture(&mut self, bytes: &[u8], alternative: &str) -> Option<(String, String)> {
        self.pictures += 1;
        let alternative: String = alternative.split_whitespace().collect::<Vec<_>>().join(" ");
        let alternative: String = alternative.chars().filter(|sign| !sign.is_control()).take(1_000).collect();
        let told = if alternative.is_empty() { format!("Picture {}", self.pictures) } else { alternative };
        let picture = match picture::read(bytes) {
            Ok(picture) => picture,
            Err(reason) => {
                self.drop(&format!("picture “{told}”: {reason}"));
                return None;
            }
        };
        let is_known = self.draft.pictures.iter().any(|known| known.hash == picture.hash);
        if !is_known {
            self.picture_bytes += picture.bytes.len();
            if self.draft.pictures.len() >= PICTURES_MAX || self.picture_bytes > PICTURES_BYTES_MAX {
                self.drop(&format!("picture “{told}”: there are more than can be kept"));
                return None;
            }
        }
        let html = image(&picture, &told);
        if !is_known {
            self.draft.pictures.push(picture);
        }
        Some((html, told))
    }

    /// A figure of a picture that is kept, or of the words of one that is not.
    pub(super) fn figure(&mut self, bytes: Result<&[u8], &str>, alternative: &str) -> Result<(), Refusal> {
        let kept = match bytes {
            Ok(bytes) => self.picture(bytes, alternative),
            Err(reason) => {
                self.pictures += 1;
                self.drop(&format!("picture “{}”: {reason}", alternative.trim()));
                None
            }
        };
        let mut run = Run::default();
        run.html.push_str("<figure>");
        match kept {
            Some((html, told)) => {
                run.text.push_str(&told);
                run.html.push_str(&html);
            }
            None => run.element("figcaption", |run| run.words(alternative.trim())),
        }
        run.html.push_str("</figure>");
        self.push(BlockKind::Figure, 0, &run)
    }

    // --- tables

    pub(super) fn table_starts(&mut self) {
        self.tables += 1;
        self.in_table = true;
    }

    /// Checks that a table does not grow without end.
    pub(super) fn row(&mut self, rows: usize, cells: usize) -> Result<(), Refusal> {
        self.cells += cells;
        if rows > ROWS_MAX || self.cells > CELLS_MAX {
            return Err(refused(
                "too-many-rows",
                format!(
                    "Table {}: a table has at most {ROWS_MAX} rows, and all tables together {CELLS_MAX} cells. Leave \
                     long lists out of the draft, or divide them.",
                    self.tables
                ),
            ));
        }
        Ok(())
    }

    /// Adds the rows as one block, or as several where they are too long for one.
    pub(super) fn table_ends(&mut self, grid: &Grid) -> Result<(), Refusal> {
        let heads = grid.rows.iter().take_while(|row| row.is_head).count();
        let head = Self::rows(&grid.rows[..heads]);
        let mut body = Run::default();
        for row in &grid.rows[heads..] {
            let next = Self::rows(std::slice::from_ref(row));
            let text = head.text.chars().count() + body.text.chars().count() + next.text.chars().count();
            let html = head.html.len() + body.html.len() + next.html.len();
            // A cell that reaches over rows must not be cut off from them.
            if !body.text.is_empty() && (text > BLOCK_MAX - 10 || html > HTML_MAX - 200) && !row.is_covered {
                self.table_block(&head, &std::mem::take(&mut body))?;
            }
            body.text.push_str(&next.text);
            body.html.push_str(&next.html);
        }
        self.table_block(&head, &body)?;
        self.in_table = false;
        Ok(())
    }

    fn table_block(&mut self, head: &Run, body: &Run) -> Result<(), Refusal> {
        let mut run = Run::default();
        run.html.push_str("<table>");
        for (name, part) in [("thead", head), ("tbody", body)] {
            if !part.html.is_empty() {
                run.text.push_str(&part.text);
                run.element(name, |run| run.html.push_str(&part.html));
            }
        }
        run.html.push_str("</table>");
        if run.text.chars().all(|sign| sign.is_whitespace() || sign == '|') {
            return Ok(());
        }
        let place = self.place();
        self.draft.push_at(&place, BlockKind::Table, 0, &run.text, &run.html)
    }

    fn rows(rows: &[Row]) -> Run {
        let mut run = Run::default();
        for row in rows {
            run.html.push_str("<tr>");
            for (place, cell) in row.cells.iter().enumerate() {
                run.text.push_str(if place == 0 { "" } else { " | " });
                run.text.push_str(cell.words.text.trim());
                let name = if row.is_head || cell.is_head { "th" } else { "td" };
                run.html.extend(["<", name]);
                if row.is_head {
                    run.html.push_str(" scope=\"col\"");
                } else if cell.is_head {
                    run.html.push_str(" scope=\"row\"");
                }
                for (attribute, number) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
                    if number > 1 {
                        run.html.extend([" ", attribute, "=\"", &number.min(1_000).to_string(), "\""]);
                    }
                }
                run.html.extend([">", cell.words.html.trim(), "</", name, ">"]);
            }
            run.html.push_str("</tr>");
            run.text.push('\n');
        }
        run
    }

    /// Everything that was read.
    pub(super) fn finish(mut self) -> Draft {
        if let Some(first) = self.page_breaks.first().cloned() {
            let count = self.page_breaks.len();
            let what = if count == 1 { "page break".to_owned() } else { format!("{count} page breaks") };
            let place = if count == 1 { first } else { format!("{first} and later") };
            self.draft.drop_at(&place, &what);
        }
        let last = self.draft.blocks.len().saturating_sub(1);
        for comment in &mut self.draft.comments {
            comment.block = comment.block.min(last);
            comment.quote = comment.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        self.draft
    }
}

fn image(picture: &Picture, alternative: &str) -> String {
    let mut html = format!("<img src=\"{}{}\" alt=\"", picture::SCHEME, picture.hash);
    escape(alternative, &mut html);
    html.push('"');
    if let Some((width, height)) = picture.size {
        html.extend([" width=\"", &width.to_string(), "\" height=\"", &height.to_string(), "\""]);
    }
    html.push('>');
    html
}

/// The rows of a table.
#[derive(Default)]
pub(super) struct Grid {
    pub(super) rows: Vec<Row>,
}

#[derive(Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) is_head: bool,
    /// A cell of a row above reaches into it.
    pub(super) is_covered: bool,
}

#[derive(Default)]
pub(super) struct Cell {
    pub(super) words: Run,
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// Its first column, from 0.
    pub(super) at: usize,
    pub(super) is_head: bool,
}

impl Grid {
    /// The cell that the one below it, in this column, belongs to grows by a row.
    pub(super) fn reach_down(&mut self, column: usize) -> bool {
        let above = self.rows.iter_mut().rev().find_map(|row| row.cells.iter_mut().find(|cell| cell.at == column));
        match above {
            Some(cell) => {
                cell.rows += 1;
                true
            }
            None => false,
        }
    }
}

/// Joins the lines of a cell.
pub(super) fn stacked(lines: Vec<Line>) -> Line {
    let mut whole = Line::default();
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        if !whole.is_empty() {
            whole.line_break();
        }
        whole.append(line);
    }
    whole
}
