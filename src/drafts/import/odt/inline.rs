//! The inside of an ODT paragraph.

use super::super::line::{Look, safe_link};
use super::super::xml::{Element, Node};
use super::body::{Para, Walk, plain_words};
use crate::refusal::Refusal;

impl Walk<'_, '_> {
    pub(super) fn inlines(
        &mut self,
        of: &Element,
        para: &mut Para,
        look: Look,
        link: Option<&str>,
    ) -> Result<(), Refusal> {
        for child in &of.children {
            match child {
                Node::Text(text) => self.say(text, look, link, para),
                Node::Element(element) => self.inline(element, para, look, link)?,
            }
        }
        Ok(())
    }

    fn say(&mut self, text: &str, look: Look, link: Option<&str>, para: &mut Para) {
        // Line breaks and runs of spaces in the file are one space, as its programs read it.
        let mut words = String::with_capacity(text.len());
        for sign in text.chars() {
            let is_space = matches!(sign, ' ' | '\t' | '\n' | '\r');
            if !is_space {
                words.push(sign);
            } else if !words.ends_with(' ') {
                words.push(' ');
            }
        }
        self.out.quoted(&words);
        para.line.words(&words, look, link);
    }

    pub(super) fn inline(
        &mut self,
        element: &Element,
        para: &mut Para,
        look: Look,
        link: Option<&str>,
    ) -> Result<(), Refusal> {
        match element.name.as_str() {
            "text:span" => {
                let style = element.attribute("text:style-name");
                if self.styles.is_hidden("text", style) {
                    let words = plain_words(element);
                    if !words.trim().is_empty() {
                        self.out.drop(&format!("hidden words “{}”", words.trim()));
                    }
                    return Ok(());
                }
                let look = self.styles.look(style, look);
                self.inlines(element, para, look, link)
            }
            "text:a" => {
                let to = element.attribute("xlink:href").unwrap_or_default();
                let safe = safe_link(to);
                if safe.is_none() && !to.starts_with('#') {
                    self.out.drop(&format!("link to {to}"));
                }
                self.inlines(element, para, look, safe.or(link))
            }
            "text:s" => {
                let count: usize = element.attribute("text:c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.say(&" ".repeat(count.min(1)), look, link, para);
                Ok(())
            }
            "text:tab" => {
                self.say(" ", look, link, para);
                Ok(())
            }
            "text:line-break" => {
                para.line.line_break();
                Ok(())
            }
            "text:note" => {
                let body = element.child("text:note-body");
                if let Some(words) = body.filter(|_| self.out.is_aside()).map(plain_words) {
                    self.say(&format!(" ({}) ", words.trim()), look, link, para);
                } else if let Some(body) = body {
                    self.notes.push(body.clone());
                    para.line.mark(&format!("[{}]", self.notes.len()));
                }
                Ok(())
            }
            "office:annotation" => {
                let name = element.attribute("office:name").unwrap_or_default().to_owned();
                self.out.comment_starts(&name, &plain_words(element));
                if !self.ranges.contains(&name) {
                    self.out.comment_ends(&name);
                }
                Ok(())
            }
            "office:annotation-end" => {
                self.out.comment_ends(element.attribute("office:name").unwrap_or_default());
                Ok(())
            }
            "draw:frame" => {
                self.frame(element, para);
                Ok(())
            }
            "text:ruby" => {
                if let Some(base) = element.child("text:ruby-base") {
                    self.inlines(base, para, look, link)?;
                }
                let above = element.child("text:ruby-text").map(plain_words).unwrap_or_default();
                if !above.trim().is_empty() {
                    self.say(&format!(" ({})", above.trim()), look, link, para);
                }
                Ok(())
            }
            "draw:control" => {
                self.out.drop("a field of a form");
                Ok(())
            }
            "text:script"
            | "office:event-listeners"
            | "svg:title"
            | "svg:desc"
            | "draw:glue-point"
            | "draw:enhanced-geometry" => Ok(()),
            "text:p" | "text:h" | "text:list" | "table:table" => {
                // A shape holds its paragraphs directly.
                let mut content = Element::default();
                content.children.push(Node::Element(element.clone()));
                para.boxes.push(content);
                Ok(())
            }
            _ => self.inlines_of_unknown(element, para, look, link),
        }
    }

    /// Fields are their words; shapes are what stands in them.
    fn inlines_of_unknown(
        &mut self,
        element: &Element,
        para: &mut Para,
        look: Look,
        link: Option<&str>,
    ) -> Result<(), Refusal> {
        let is_shape = element.name.starts_with("draw:");
        for child in &element.children {
            match child {
                Node::Text(text) if !is_shape => self.say(text, look, link, para),
                Node::Text(_) => {}
                Node::Element(inner) => self.inline(inner, para, look, link)?,
            }
        }
        Ok(())
    }

    fn frame(&mut self, frame: &Element, para: &mut Para) {
        let told = |name: &str| frame.child(name).map(Element::words).filter(|words| !words.trim().is_empty());
        let alternative = told("svg:desc").or_else(|| told("svg:title")).unwrap_or_default();
        if let Some(content) = frame.child("draw:text-box") {
            para.boxes.push(content.clone());
            return;
        }
        let object = frame.child("draw:object").or_else(|| frame.child("draw:object-ole"));
        if let Some(object) = object {
            // A formula stands in the object itself; its signs are in the annotation.
            let words = object.find("math:annotation").map(Element::words).unwrap_or_default();
            self.out.drop("an object of another program; at most its picture is kept");
            if !words.trim().is_empty() {
                self.say(words.trim(), Look::default(), None, para);
            }
        }
        // The same picture may be offered in several forms: the first that can be kept.
        let mut last = None;
        for image in frame.elements().filter(|child| child.name == "draw:image") {
            let read = self.image(image);
            let is_good = read.as_ref().is_ok_and(|bytes| super::super::picture::is_kept(bytes));
            last = Some(read);
            if is_good {
                break;
            }
        }
        if let Some(read) = last {
            para.pictures.push((read, alternative));
        } else if object.is_some() {
            para.pictures.push((Err("an object without a picture"), alternative));
        }
    }

    fn image(&mut self, image: &Element) -> Result<Vec<u8>, &'static str> {
        if let Some(data) = image.child("office:binary-data") {
            return super::super::picture::from_base64(&data.words()).ok_or("it is damaged");
        }
        let to = image.attribute("xlink:href").unwrap_or_default().trim_start_matches("./");
        if to.is_empty() || to.contains(':') || to.starts_with(['/', '#']) || to.starts_with("..") {
            return Err("it is not in the file but elsewhere");
        }
        self.archive.part(to).ok().flatten().ok_or("it is missing from the file or too large")
    }
}
