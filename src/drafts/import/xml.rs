//! XML of office files: read as a stream, handed over one small tree at a time.
//!
//! No document type, no entity of its own, no reference to anything outside is ever followed.

use std::collections::HashMap;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::refused;
use crate::refusal::Refusal;

/// Deepest nesting of elements.
const DEPTH_MAX: usize = 150;
/// Most elements and texts of one tree: a paragraph, or a table with all its cells.
const TREE_MAX: usize = 600_000;
/// Most elements and texts of one part.
const PART_MAX: usize = 4_000_000;

/// An element with everything inside it; names as office programs write them (`w:p`, `text:p`).
#[derive(Debug, Default, Clone)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

#[derive(Debug, Clone)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|child| child.name == name)
    }

    /// The first element of this name anywhere inside.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// All text inside, as it stands.
    pub(super) fn words(&self) -> String {
        let mut words = String::new();
        self.gather(&mut words);
        words
    }

    fn gather(&self, words: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => words.push_str(text),
                Node::Element(element) => element.gather(words),
            }
        }
    }
}

/// Elements of `HTML` that have no end.
const VOID: [&str; 4] = ["br", "hr", "img", "col"];

/// Calls `with` for every element that stands directly inside containers; `is_container` says which
/// elements are gone through without being built.
///
/// # Errors
/// Broken XML, a document type, too deep or too large; whatever `with` refuses.
pub(super) fn each(
    xml: &str,
    is_container: &dyn Fn(&str) -> bool,
    with: &mut dyn FnMut(Element) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    read(reader, false, is_container, with)
}

/// As [`each`] for sanitised HTML, in which all elements stand in one container.
pub(super) fn html(html: &str) -> Result<Element, Refusal> {
    let mut root = Element::default();
    let mut reader = Reader::from_str(html);
    reader.config_mut().check_end_names = false;
    let whole = |_: &str| false;
    let mut walk = Walk { prefixes: HashMap::new(), open: Vec::new(), is_html: true, tree: 0, part: 0 };
    walk.open.push(Element::default());
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Eof => break,
            event => drop(walk.event(event, &whole)?),
        }
    }
    while walk.open.len() > 1 {
        walk.close();
    }
    root.children.extend(walk.open.pop().map(|whole| whole.children).unwrap_or_default());
    Ok(root)
}

/// The whole of a small part as one tree.
///
/// # Errors
/// As [`each`].
pub(super) fn whole(xml: &str) -> Result<Element, Refusal> {
    let mut found = Element::default();
    each(xml, &|_| false, &mut |element| {
        found = element;
        Ok(())
    })?;
    Ok(found)
}

fn read(
    mut reader: Reader<&[u8]>,
    is_html: bool,
    is_container: &dyn Fn(&str) -> bool,
    with: &mut dyn FnMut(Element) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut walk = Walk { prefixes: HashMap::new(), open: Vec::new(), is_html, tree: 0, part: 0 };
    let mut containers = 0_usize;
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(start) if walk.open.is_empty() => {
                walk.note_prefixes(&start)?;
                let name = walk.name(start.name().as_ref());
                if is_container(&name) {
                    containers += 1;
                } else if let Some(done) = walk.event(Event::Start(start), is_container)? {
                    with(done)?;
                }
            }
            Event::End(_) if walk.open.is_empty() => containers = containers.saturating_sub(1),
            Event::Eof if walk.open.is_empty() && containers == 0 => return Ok(()),
            Event::Eof => return Err(damaged()),
            event => {
                if let Some(done) = walk.event(event, is_container)? {
                    with(done)?;
                }
            }
        }
    }
}

struct Walk {
    /// Prefixes of this file that mean one that we know by another.
    prefixes: HashMap<String, &'static str>,
    open: Vec<Element>,
    is_html: bool,
    tree: usize,
    part: usize,
}

impl Walk {
    /// The tree that this event completes.
    fn event(&mut self, event: Event<'_>, _: &dyn Fn(&str) -> bool) -> Result<Option<Element>, Refusal> {
        match event {
            Event::Start(start) => {
                self.count()?;
                self.note_prefixes(&start)?;
                let element = self.element(&start)?;
                let is_void = self.is_html && VOID.contains(&element.name.as_str());
                if self.open.len() >= DEPTH_MAX {
                    return Err(refused("too-deep", "Tables, lists or boxes are nested too deeply in this file."));
                }
                self.open.push(element);
                Ok(if is_void { self.close() } else { None })
            }
            Event::Empty(start) => {
                self.count()?;
                self.note_prefixes(&start)?;
                let element = self.element(&start)?;
                self.open.push(element);
                Ok(self.close())
            }
            Event::End(end) => {
                if self.is_html {
                    let name = self.name(end.name().as_ref());
                    if self.open.len() <= 1 || self.open.last().is_none_or(|open| open.name != name) {
                        return Ok(None);
                    }
                }
                Ok(self.close())
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = resolved(&reference);
                self.text(&text)
            }
            Event::DocType(_) => Err(refused(
                "document-type",
                "This file holds definitions that no office program writes; it is not opened. Save it again in Word \
                 or LibreOffice.",
            )),
            _ => Ok(None),
        }
    }

    fn count(&mut self) -> Result<(), Refusal> {
        self.tree = if self.open.is_empty() { 0 } else { self.tree + 1 };
        self.part += 1;
        if self.tree > TREE_MAX || self.part > PART_MAX {
            return Err(too_much());
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<Option<Element>, Refusal> {
        if self.open.is_empty() || text.is_empty() {
            return Ok(None);
        }
        if let Some(open) = self.open.last_mut()
            && let Some(Node::Text(before)) = open.children.last_mut()
        {
            before.push_str(text);
            return Ok(None);
        }
        self.count()?;
        if let Some(open) = self.open.last_mut() {
            open.children.push(Node::Text(text.to_owned()));
        }
        Ok(None)
    }

    fn close(&mut self) -> Option<Element> {
        let done = self.open.pop()?;
        match self.open.last_mut() {
            Some(outer) => {
                outer.children.push(Node::Element(done));
                None
            }
            None => Some(done),
        }
    }

    fn element(&self, start: &BytesStart<'_>) -> Result<Element, Refusal> {
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| damaged())?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            // HTML writes entities that XML does not know; what is left of them is of no use to us.
            let value = if self.is_html { value.unwrap_or_default() } else { value.map_err(|_| damaged())? };
            attributes.push((self.name(attribute.key.as_ref()), value.into_owned()));
        }
        Ok(Element { name: self.name(start.name().as_ref()), attributes, children: Vec::new() })
    }

    fn name(&self, written: &str) -> String {
        match written.split_once(':') {
            Some((prefix, local)) => match self.prefixes.get(prefix) {
                Some(known) => format!("{known}:{local}"),
                None => written.to_owned(),
            },
            None => match self.prefixes.get("") {
                Some(known) => format!("{known}:{written}"),
                None => written.to_owned(),
            },
        }
    }

    fn note_prefixes(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        if self.is_html || !start.attributes_raw().contains("xmlns") {
            return Ok(());
        }
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| damaged())?;
            let key: &str = attribute.key.as_ref();
            let prefix = match key.strip_prefix("xmlns:") {
                Some(prefix) => prefix,
                None if key == "xmlns" => "",
                None => continue,
            };
            let space = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| damaged())?;
            if let Some((_, known)) = SPACES.iter().find(|(uri, _)| *uri == space)
                && *known != prefix
            {
                self.prefixes.insert(prefix.to_owned(), known);
            }
        }
        Ok(())
    }
}

/// Namespaces that other producers write under other prefixes.
const SPACES: &[(&str, &str)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("http://www.w3.org/1999/xlink", "xlink"),
];

fn resolved(reference: &BytesRef<'_>) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(sign)) => sign.to_string(),
        _ => match &*reference.xml10_content() {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            "nbsp" => "\u{a0}",
            _ => "",
        }
        .to_owned(),
    }
}

pub(super) fn damaged() -> Refusal {
    refused(
        "damaged",
        "This file is damaged or not complete. Open it in Word or LibreOffice, save it again and choose it again.",
    )
}

pub(super) fn too_much() -> Refusal {
    refused(
        "too-much",
        "There is far more in this file than in any draft. Copy the text into a new document, or divide it.",
    )
}
