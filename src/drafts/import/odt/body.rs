//! The text of an ODT file, block by block.

use std::collections::{HashMap, HashSet};

use super::super::archive::Archive;
use super::super::assembly::Assembly;
use super::super::line::{Line, Look};
use super::super::numbers::{Counts, is_clause};
use super::super::xml::{Element, Node};
use super::styles::Styles;
use crate::drafts::block::BlockKind::{Heading, Paragraph};
use crate::refusal::Refusal;

/// Most characters of a numbered line that is taken for a heading.
const HEADING_MAX: usize = 100;

pub(super) struct Walk<'a, 'b> {
    pub(super) archive: &'a mut Archive<'b>,
    pub(super) styles: Styles,
    pub(super) out: Assembly,
    outline: Counts,
    lists: Vec<Counts>,
    lists_by_name: HashMap<String, usize>,
    lists_by_style: HashMap<String, usize>,
    /// Names of comments that say where their words end.
    pub(super) ranges: HashSet<String>,
    pub(super) notes: Vec<Element>,
}

/// A paragraph taken apart.
#[derive(Default)]
pub(super) struct Para {
    pub(super) line: Line,
    /// Contents of text boxes, which follow it.
    pub(super) boxes: Vec<Element>,
    /// Pictures: their bytes, or why there are none; their words.
    pub(super) pictures: Vec<(Result<Vec<u8>, &'static str>, String)>,
}

/// Where in a list the reader is.
#[derive(Clone, Copy)]
struct Within<'s> {
    list: usize,
    style: Option<&'s str>,
    /// From 0.
    depth: usize,
}

/// What stands before a list's paragraph.
pub(super) struct Mark {
    pub(super) words: Option<String>,
    pub(super) depth: usize,
    has_clauses: bool,
}

impl<'a, 'b> Walk<'a, 'b> {
    pub(super) fn new(archive: &'a mut Archive<'b>, styles: Styles, ranges: HashSet<String>) -> Self {
        Self {
            archive,
            styles,
            out: Assembly::default(),
            outline: Counts::default(),
            lists: Vec::new(),
            lists_by_name: HashMap::new(),
            lists_by_style: HashMap::new(),
            ranges,
            notes: Vec::new(),
        }
    }

    /// Styles first, then the blocks of the text.
    pub(super) fn top(&mut self, element: &Element) -> Result<(), Refusal> {
        if self.styles.take(element) { Ok(()) } else { self.block(element) }
    }

    pub(super) fn end(mut self) -> Result<Assembly, Refusal> {
        let mut next = 0;
        // A note may hold another: hence no `for`.
        while let Some(body) = self.notes.get(next).cloned() {
            next += 1;
            self.out.aside(Some(format!("note {next}")));
            let mut is_first = true;
            for child in body.elements() {
                if is_first && matches!(child.name.as_str(), "text:p" | "text:h") {
                    is_first = false;
                    let mut para = Para::default();
                    para.line.mark(&format!("[{next}]"));
                    para.line.words(" ", Look::default(), None);
                    self.inlines(child, &mut para, Look::default(), None)?;
                    self.plain(para)?;
                } else {
                    self.block(child)?;
                }
            }
        }
        self.out.aside(None);
        Ok(self.out)
    }

    pub(super) fn block(&mut self, element: &Element) -> Result<(), Refusal> {
        match element.name.as_str() {
            "text:p" => self.paragraph(element),
            "text:h" => self.heading(element, None),
            "text:list" => self.list(element, None),
            "text:numbered-paragraph"
            | "text:section"
            | "text:index-body"
            | "text:index-title"
            | "draw:a"
            | "text:bibliography"
            | "draw:text-box"
            | "office:text" => self.blocks(element),
            "table:table" => self.table(element),
            "text:table-of-content"
            | "text:alphabetical-index"
            | "text:illustration-index"
            | "text:table-index"
            | "text:object-index"
            | "text:user-index" => {
                let lines = element.child("text:index-body").map_or(0, |body| body.elements().count());
                let what = if element.name == "text:table-of-content" { "table of contents" } else { "index" };
                self.out.drop(&format!("{what} ({lines} lines)"));
                Ok(())
            }
            "text:tracked-changes" => {
                for region in element.elements() {
                    for deletion in region.elements().filter(|change| change.name == "text:deletion") {
                        let words = plain_words(deletion);
                        let words = words.trim();
                        if !words.is_empty() {
                            self.out.drop_from("tracked changes", &format!("deleted: “{words}”"));
                        }
                    }
                }
                Ok(())
            }
            "text:section-source" => {
                self.out.drop("a section that is fetched from elsewhere; what is in the file is kept");
                Ok(())
            }
            name if name.starts_with("draw:") || name.starts_with("dr3d:") => {
                let mut para = Para::default();
                self.inline(element, &mut para, Look::default(), None)?;
                self.plain(para)
            }
            "office:annotation" | "office:annotation-end" => {
                let mut para = Para::default();
                self.inline(element, &mut para, Look::default(), None)
            }
            _ => Ok(()),
        }
    }

    fn blocks(&mut self, of: &Element) -> Result<(), Refusal> {
        of.elements().try_for_each(|child| self.block(child))
    }

    fn paragraph(&mut self, element: &Element) -> Result<(), Refusal> {
        let style = element.attribute("text:style-name");
        if self.styles.breaks(style) {
            self.out.page_break();
        }
        let para = self.para(element)?;
        if self.hides(style, &para) {
            return Ok(());
        }
        if self.styles.is_title(style) && !para.line.is_empty() {
            let Para { line, boxes, pictures } = para;
            self.out.title(line)?;
            return self.plain(Para { line: Line::default(), boxes, pictures });
        }
        self.plain(para)
    }

    fn hides(&mut self, style: Option<&str>, para: &Para) -> bool {
        let hides = self.styles.is_hidden("paragraph", style) && !para.line.is_empty();
        if hides {
            self.out.drop(&format!("hidden words “{}”", para.line.text().trim()));
        }
        hides
    }

    pub(super) fn para(&mut self, element: &Element) -> Result<Para, Refusal> {
        let mut para = Para::default();
        let look = self.styles.paragraph_look(element.attribute("text:style-name"));
        self.inlines(element, &mut para, look, None)?;
        Ok(para)
    }

    fn plain(&mut self, para: Para) -> Result<(), Refusal> {
        self.out.clause(Paragraph, 0, None, para.line)?;
        self.rest(para.pictures, &para.boxes)
    }

    fn rest(
        &mut self,
        pictures: Vec<(Result<Vec<u8>, &'static str>, String)>,
        boxes: &[Element],
    ) -> Result<(), Refusal> {
        for (bytes, alternative) in pictures {
            self.out.figure(bytes.as_deref().map_err(|reason| *reason), &alternative)?;
        }
        for content in boxes {
            self.out.box_starts()?;
            self.blocks(content)?;
            self.out.box_ends();
        }
        Ok(())
    }

    fn heading(&mut self, element: &Element, mark: Option<Mark>) -> Result<(), Refusal> {
        let style = element.attribute("text:style-name");
        if self.styles.breaks(style) {
            self.out.page_break();
        }
        let mut para = Para::default();
        self.inlines(element, &mut para, Look::default(), None)?;
        if self.hides(style, &para) {
            return Ok(());
        }
        let level: usize = element.attribute("text:outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
        let is_counted = !para.line.is_empty()
            && element.attribute("text:is-list-header") != Some("true")
            && (1..=10).contains(&level);
        let own = if is_counted && mark.is_none() {
            let start = element.attribute("text:start-value").and_then(|start| start.parse().ok());
            self.outline.next(self.styles.outline(), level - 1, start)
        } else {
            None
        };
        let number = mark.and_then(|mark| mark.words).or(own);
        let level = i32::try_from(level).unwrap_or(1).clamp(1, 6);
        self.out.clause(Heading, level, number.as_deref(), para.line)?;
        self.rest(para.pictures, &para.boxes)
    }

    fn list(&mut self, element: &Element, outer: Option<Within<'_>>) -> Result<(), Refusal> {
        let named = element.attribute("text:style-name");
        let within = match outer {
            Some(outer) => Within { style: named.or(outer.style), depth: outer.depth + 1, ..outer },
            None => Within { list: self.counts_of(element, named), style: named, depth: 0 },
        };
        for item in element.elements() {
            let is_item = item.name == "text:list-item";
            if !is_item && item.name != "text:list-header" {
                continue;
            }
            let mut start = item.attribute("text:start-value").and_then(|start| start.parse().ok());
            let mut is_first = is_item;
            for child in item.elements() {
                match child.name.as_str() {
                    "text:p" | "text:h" if is_first => {
                        is_first = false;
                        self.item(child, within, start.take())?;
                    }
                    "text:list" => self.list(child, Some(within))?,
                    _ => self.block(child)?,
                }
            }
        }
        Ok(())
    }

    /// The counts with which a list goes on, or new ones.
    fn counts_of(&mut self, element: &Element, style: Option<&str>) -> usize {
        let continued = element.attribute("text:continue-list").and_then(|name| self.lists_by_name.get(name));
        let goes_on = element.attribute("text:continue-numbering") == Some("true");
        let of_style = style.filter(|_| goes_on).and_then(|style| self.lists_by_style.get(style));
        let list = continued.or(of_style).copied().unwrap_or_else(|| {
            self.lists.push(Counts::default());
            self.lists.len() - 1
        });
        if let Some(name) = element.attribute("xml:id") {
            self.lists_by_name.insert(name.to_owned(), list);
        }
        if let Some(style) = style {
            self.lists_by_style.insert(style.to_owned(), list);
        }
        list
    }

    fn item(&mut self, element: &Element, within: Within<'_>, start: Option<u32>) -> Result<(), Refusal> {
        let levels = self.styles.list(within.style);
        let counts = self.lists.get_mut(within.list);
        let words = counts.and_then(|counts| counts.next(levels, within.depth, start));
        let below = levels.get(within.depth + 1).map(|below| below.pattern.as_str()).unwrap_or_default();
        let mark = Mark { words, depth: within.depth, has_clauses: below.contains("%1") && below.contains("%2") };
        if element.name == "text:h" {
            return self.heading(element, Some(mark));
        }
        let para = self.para(element)?;
        if self.hides(element.attribute("text:style-name"), &para) {
            return Ok(());
        }
        let Para { line, boxes, pictures } = para;
        let text = line.text().trim();
        let is_short = text.chars().count() <= HEADING_MAX && !text.ends_with(['.', ';', ':', ',', '?']);
        match mark.words {
            Some(number) if mark.depth == 0 && mark.has_clauses && is_short => {
                self.out.clause(Heading, 1, Some(&number), line)?;
            }
            Some(number) if is_clause(&number) => self.out.clause(Paragraph, 0, Some(&number), line)?,
            words => self.out.item(i32::try_from(mark.depth + 1).unwrap_or(1), words.as_deref(), line)?,
        }
        self.rest(pictures, &boxes)
    }
}

/// All words inside, a line for each paragraph; nothing that only programs read.
pub(super) fn plain_words(element: &Element) -> String {
    let mut words = String::new();
    gather(element, &mut words);
    words
}

fn gather(element: &Element, words: &mut String) {
    match element.name.as_str() {
        "dc:creator"
        | "dc:date"
        | "meta:date-string"
        | "meta:creator-initials"
        | "office:change-info"
        | "text:sender-initials" => return,
        "text:s" | "text:tab" | "text:line-break" => words.push(' '),
        _ => {}
    }
    for child in &element.children {
        match child {
            Node::Text(text) => words.push_str(text),
            Node::Element(inner) => gather(inner, words),
        }
    }
    if matches!(element.name.as_str(), "text:p" | "text:h") {
        words.push('\n');
    }
}
