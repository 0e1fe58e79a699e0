//! The text of a Word file, block by block.

use std::collections::HashMap;

use super::super::assembly::Assembly;
use super::super::line::Line;
use super::super::numbers::is_clause;
use super::super::xml::{Element, Node};
use super::Parts;
use super::lists::{Lists, Mark};
use super::runs::Field;
use crate::drafts::block::BlockKind::{Heading, Paragraph};
use crate::refusal::Refusal;

/// Most characters of a numbered line that is taken for a heading.
const HEADING_MAX: usize = 100;

/// Where the reader stands.
pub(super) struct Walk<'p, 'b> {
    pub(super) parts: &'p mut Parts<'b>,
    pub(super) out: Assembly,
    lists: Lists,
    pub(super) fields: Vec<Field>,
    pub(super) keeps_contents: bool,
    /// Lines of the contents that were left out.
    pub(super) contents: usize,
    /// Marks of notes by kind and id, in the order in which they are met.
    pub(super) marks: HashMap<(bool, String), usize>,
    pub(super) notes: Vec<(bool, String)>,
    /// Begins the next paragraph: the break between the two was deleted.
    pending: Option<Line>,
    headers: Vec<String>,
}

/// A paragraph taken apart.
#[derive(Default)]
pub(super) struct Para {
    pub(super) line: Line,
    /// Contents of text boxes, which follow it.
    pub(super) boxes: Vec<Element>,
    /// Pictures: the part, or why there is none; their words.
    pub(super) pictures: Vec<(Result<String, &'static str>, String)>,
}

pub(super) enum Role {
    Title,
    Heading(i32, Option<String>),
    Item(usize, Option<String>),
    Clause(String),
    Plain,
}

impl<'p, 'b> Walk<'p, 'b> {
    pub(super) fn new(parts: &'p mut Parts<'b>, lists: Lists, keeps_contents: bool) -> Self {
        Self {
            parts,
            out: Assembly::default(),
            lists,
            fields: Vec::new(),
            keeps_contents,
            contents: 0,
            marks: HashMap::new(),
            notes: Vec::new(),
            pending: None,
            headers: Vec::new(),
        }
    }

    /// The notes, and what was read; none where the contents never ended.
    pub(super) fn end(mut self) -> Result<Option<(Assembly, Vec<String>)>, Refusal> {
        if self.in_contents() {
            return Ok(None);
        }
        if let Some(line) = self.pending.take() {
            self.out.clause(Paragraph, 0, None, line)?;
        }
        self.contents_end();
        self.notes()?;
        Ok(Some((self.out, self.headers)))
    }

    pub(super) fn block(&mut self, element: &Element) -> Result<(), Refusal> {
        match element.name.as_str() {
            "w:p" => self.paragraph(element),
            "w:tbl" => {
                self.contents_end();
                self.table(element)
            }
            "w:sdt" if is_contents(element) && !self.keeps_contents => {
                self.contents += element.find("w:sdtContent").map_or(0, |content| content.elements().count());
                self.contents_end();
                Ok(())
            }
            "w:sdt" => element.child("w:sdtContent").map_or(Ok(()), |content| self.blocks(content)),
            "w:ins" | "w:moveTo" | "w:customXml" | "w:smartTag" | "w:txbxContent" => self.blocks(element),
            "w:del" | "w:moveFrom" => {
                self.deleted(element);
                Ok(())
            }
            "mc:AlternateContent" => chosen(element).map_or(Ok(()), |choice| self.blocks(choice)),
            "w:sectPr" => {
                self.section(element);
                Ok(())
            }
            "w:altChunk" | "w:subDoc" => {
                self.out.drop("another document inside this one");
                Ok(())
            }
            "m:oMathPara" | "m:oMath" => {
                let mut para = Para::default();
                self.inline(element, &mut para, None)?;
                self.out.clause(Paragraph, 0, None, para.line)
            }
            _ => {
                self.anchor(element);
                Ok(())
            }
        }
    }

    fn blocks(&mut self, of: &Element) -> Result<(), Refusal> {
        of.elements().try_for_each(|child| self.block(child))
    }

    fn paragraph(&mut self, element: &Element) -> Result<(), Refusal> {
        let properties = element.child("w:pPr");
        let style = properties.and_then(|own| own.child("w:pStyle")).and_then(|style| style.attribute("w:val"));
        if properties.is_some_and(|own| own.child("w:pageBreakBefore").is_some_and(super::styles::is_on)) {
            self.out.page_break();
        }
        let was_in_contents = self.in_contents();
        let meaning = self.parts.styles.meaning(style);
        let mut para = self.para(element)?;
        if let Some(section) = properties.and_then(|own| own.child("w:sectPr")) {
            self.section(section);
        }
        let is_contents = (was_in_contents || is_contents_style(&meaning.name)) && !self.keeps_contents;
        if is_contents {
            self.contents += usize::from(was_in_contents || !para.line.is_empty());
            if para.line.is_empty() || is_contents_style(&meaning.name) {
                return Ok(());
            }
        }
        self.contents_end();
        let joins_next = properties
            .and_then(|own| own.child("w:rPr"))
            .is_some_and(|mark| mark.child("w:del").is_some() || mark.child("w:moveFrom").is_some());
        if let Some(mut line) = self.pending.take() {
            line.append(std::mem::take(&mut para.line));
            para.line = line;
        }
        if joins_next && para.pictures.is_empty() && para.boxes.is_empty() {
            self.pending = Some(para.line);
            return Ok(());
        }
        if self.parts.styles.is_hidden(style) && !para.line.is_empty() {
            self.out.drop(&format!("hidden words “{}”", para.line.text()));
            return Ok(());
        }
        // Word counts on for an empty paragraph of a list too, but shows nothing that could be cited.
        let role = if para.line.is_empty() { Role::Plain } else { self.role(properties, style, para.line.text()) };
        self.add(role, para)
    }

    fn add(&mut self, role: Role, para: Para) -> Result<(), Refusal> {
        let Para { line, boxes, pictures } = para;
        match role {
            Role::Title => self.out.title(line)?,
            Role::Heading(level, number) => self.out.clause(Heading, level, number.as_deref(), line)?,
            Role::Item(depth, mark) => {
                self.out.item(i32::try_from(depth + 1).unwrap_or(1), mark.as_deref(), line)?;
            }
            Role::Clause(number) => self.out.clause(Paragraph, 0, Some(&number), line)?,
            Role::Plain => self.out.clause(Paragraph, 0, None, line)?,
        }
        for (part, alternative) in pictures {
            match part.and_then(|part| self.picture_bytes(&part)) {
                Ok(bytes) => self.out.figure(Ok(&bytes), &alternative)?,
                Err(reason) => self.out.figure(Err(reason), &alternative)?,
            }
        }
        for content in &boxes {
            self.out.box_starts()?;
            self.blocks(content)?;
            self.out.box_ends();
        }
        Ok(())
    }

    /// What a paragraph is, by its own properties and its style's.
    pub(super) fn role(&mut self, properties: Option<&Element>, style: Option<&str>, words: &str) -> Role {
        let meaning = self.parts.styles.meaning(style);
        let own = |path: &str| properties.and_then(|own| own.child(path));
        let level = own("w:outlineLvl").and_then(|level| level.attribute("w:val")?.parse().ok()).or(meaning.level);
        let mark = self.mark(own("w:numPr"), style, &meaning);
        if let Some(level) = level.filter(|level| (0..9).contains(level)) {
            return Role::Heading((level + 1).min(6), mark.and_then(|mark| mark.words));
        }
        if meaning.name == "title" && mark.is_none() {
            return Role::Title;
        }
        let Some(mark) = mark else { return Role::Plain };
        let is_short = words.chars().count() <= HEADING_MAX && !words.trim_end().ends_with(['.', ';', ':', ',', '?']);
        match mark.words {
            // Many contracts number their headings as clauses and style none.
            Some(number) if mark.level == 0 && mark.has_clauses && is_short => Role::Heading(1, Some(number)),
            Some(number) if is_clause(&number) => Role::Clause(number),
            words => Role::Item(mark.level, words),
        }
    }

    fn mark(&mut self, own: Option<&Element>, style: Option<&str>, meaning: &super::styles::Meaning) -> Option<Mark> {
        let value = |name: &str| own.and_then(|own| own.child(name)).and_then(|child| child.attribute("w:val"));
        let list = value("w:numId").map(str::to_owned).or_else(|| meaning.list.clone())?;
        if list == "0" {
            return None;
        }
        let level = value("w:ilvl").and_then(|level| level.parse().ok());
        let level = level.or(meaning.list_level).or_else(|| self.lists.level_of(&list, style)).unwrap_or_default();
        self.lists.next(&list, level.min(8))
    }

    /// Remembers the headers and footers of a section.
    fn section(&mut self, section: &Element) {
        for reference in section.elements() {
            if matches!(reference.name.as_str(), "w:headerReference" | "w:footerReference")
                && let Some(id) = reference.attribute("r:id")
                && self.headers.len() < 100
            {
                self.headers.push(id.to_owned());
            }
        }
    }

    pub(super) fn contents_end(&mut self) {
        if self.contents > 0 && !self.in_contents() {
            let lines = std::mem::take(&mut self.contents);
            self.out.drop(&format!("table of contents ({lines} lines)"));
        }
    }

    /// Words that were deleted or moved away with tracked changes.
    pub(super) fn deleted(&mut self, element: &Element) {
        let words = plain_words(element);
        let words = words.trim();
        if !words.is_empty() {
            let what = if element.name == "w:moveFrom" { "moved away" } else { "deleted" };
            self.out.drop(&format!("tracked change, {what}: “{words}”"));
        }
    }

    fn notes(&mut self) -> Result<(), Refusal> {
        let mut next = 0;
        // A note may refer to another: hence no `for`.
        while let Some((is_end, id)) = self.notes.get(next).cloned() {
            next += 1;
            let Some(note) = self.parts.notes.remove(&(is_end, id)) else { continue };
            self.out.aside(Some(format!("note {next}")));
            let mut is_first = true;
            for child in note.elements() {
                if child.name == "w:p" && is_first {
                    is_first = false;
                    let mut para = Para::default();
                    para.line.mark(&format!("[{next}]"));
                    para.line.words(" ", super::super::line::Look::default(), None);
                    self.inlines(child, &mut para, None)?;
                    self.add(Role::Plain, para)?;
                } else {
                    self.block(child)?;
                }
            }
        }
        self.out.aside(None);
        Ok(())
    }

    /// The mark of a note, which is read after the text.
    pub(super) fn note(&mut self, is_end: bool, id: &str) -> Option<String> {
        let key = (is_end, id.to_owned());
        if !self.marks.contains_key(&key) && !self.parts.notes.contains_key(&key) {
            return None;
        }
        let next = self.marks.len() + 1;
        let mark = *self.marks.entry(key.clone()).or_insert(next);
        if mark == next {
            self.notes.push(key);
        }
        Some(format!("[{mark}]"))
    }

    /// Where comments begin and end.
    pub(super) fn anchor(&mut self, element: &Element) {
        let Some(id) = element.attribute("w:id") else { return };
        match element.name.as_str() {
            "w:commentRangeStart" => {
                let body = self.parts.comments.remove(id).unwrap_or_default();
                self.out.comment_starts(id, &body);
            }
            "w:commentRangeEnd" => self.out.comment_ends(id),
            // A comment without a range stands where it is referred to.
            "w:commentReference" => {
                if let Some(body) = self.parts.comments.remove(id) {
                    self.out.comment_starts(id, &body);
                    self.out.comment_ends(id);
                }
            }
            _ => {}
        }
    }

    pub(super) fn picture_bytes(&mut self, part: &str) -> Result<Vec<u8>, &'static str> {
        if let Some(known) = self.parts.pictures.get(part) {
            return Ok(known.clone());
        }
        let bytes = self.parts.archive.part(part).ok().flatten().ok_or("it is missing from the file or too large")?;
        self.parts.pictures.insert(part.to_owned(), bytes.clone());
        Ok(bytes)
    }
}

/// Where Word offers the same twice, the newer; the older where there is nothing else.
pub(super) fn chosen(element: &Element) -> Option<&Element> {
    element.child("mc:Choice").or_else(|| element.child("mc:Fallback"))
}

fn is_contents(sdt: &Element) -> bool {
    let gallery = sdt.child("w:sdtPr").and_then(|own| own.find("w:docPartGallery"));
    gallery.and_then(|gallery| gallery.attribute("w:val")) == Some("Table of Contents")
}

fn is_contents_style(name: &str) -> bool {
    name == "toc heading" || name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok())
}

/// All words inside, a line for each paragraph; nothing that only programs read.
pub(super) fn plain_words(element: &Element) -> String {
    let mut words = String::new();
    gather(element, &mut words);
    words
}

fn gather(element: &Element, words: &mut String) {
    match element.name.as_str() {
        "w:t" | "w:delText" | "m:t" => {
            for child in &element.children {
                if let Node::Text(text) = child {
                    words.push_str(text);
                }
            }
        }
        "w:tab" | "w:br" | "w:cr" => words.push(' '),
        "w:noBreakHyphen" => words.push('\u{2011}'),
        "mc:AlternateContent" => {
            if let Some(choice) = chosen(element) {
                gather(choice, words);
            }
        }
        _ => element.elements().for_each(|child| gather(child, words)),
    }
    if element.name == "w:p" {
        words.push('\n');
    }
}
