//! The inside of a Word paragraph.

use super::super::line::{Look, safe_link};
use super::super::xml::Element;
use super::body::{Para, Walk, chosen, plain_words};
use crate::refusal::Refusal;

/// A field that is open: its order, then what the order gave.
pub(super) struct Field {
    order: String,
    is_result: bool,
}

/// Fields open at once; more are none that Word wrote.
const FIELDS_MAX: usize = 50;

impl Walk<'_, '_> {
    pub(super) fn in_contents(&self) -> bool {
        !self.keeps_contents && self.fields.iter().any(|field| field.order.trim_start().starts_with("TOC"))
    }

    /// Takes a paragraph apart.
    pub(super) fn para(&mut self, element: &Element) -> Result<Para, Refusal> {
        let mut para = Para::default();
        self.inlines(element, &mut para, None)?;
        Ok(para)
    }

    pub(super) fn inlines(&mut self, of: &Element, para: &mut Para, link: Option<&str>) -> Result<(), Refusal> {
        of.elements().try_for_each(|child| self.inline(child, para, link))
    }

    pub(super) fn inline(&mut self, element: &Element, para: &mut Para, link: Option<&str>) -> Result<(), Refusal> {
        match element.name.as_str() {
            "w:r" => self.run(element, para, link),
            "w:hyperlink" => {
                let to = element.attribute("r:id").and_then(|id| self.parts.targets.0.get(id));
                let to = to.filter(|target| target.is_outside).map(|target| target.to.clone());
                let safe = to.as_deref().and_then(safe_link).map(str::to_owned);
                if let (Some(to), None) = (&to, &safe) {
                    self.out.drop(&format!("link to {to}"));
                }
                self.inlines(element, para, safe.as_deref().or(link))
            }
            "w:ins" | "w:moveTo" | "w:smartTag" | "w:customXml" | "w:sdtContent" | "w:dir" | "w:bdo" | "w:rubyBase" => {
                self.inlines(element, para, link)
            }
            "w:fldSimple" => {
                let order = element.attribute("w:instr").unwrap_or_default();
                let to = order_link(order);
                self.inlines(element, para, to.as_deref().or(link))
            }
            "w:sdt" => element.child("w:sdtContent").map_or(Ok(()), |content| self.inlines(content, para, link)),
            "w:del" | "w:moveFrom" => {
                self.deleted(element);
                Ok(())
            }
            "mc:AlternateContent" => chosen(element).map_or(Ok(()), |choice| self.inlines(choice, para, link)),
            "m:oMath" | "m:oMathPara" => {
                let words = plain_words(element);
                let words = words.trim();
                if !words.is_empty() {
                    self.out.drop(&format!("form of the equation “{words}”; its signs are kept"));
                    self.say(words, Look { italic: true, ..Look::default() }, link, para);
                }
                Ok(())
            }
            _ => {
                self.anchor(element);
                Ok(())
            }
        }
    }

    fn run(&mut self, run: &Element, para: &mut Para, link: Option<&str>) -> Result<(), Refusal> {
        let looks = self.parts.styles.looks(run.child("w:rPr"));
        if looks.hidden == Some(true) {
            let words = plain_words(run);
            if !words.trim().is_empty() && !self.in_contents() {
                self.out.drop(&format!("hidden words “{}”", words.trim()));
            }
            return self.fields_of(run);
        }
        let mut look = looks.look();
        // Raised and lowered at once, or a heading's looks, are no matter of the words.
        look.lowered &= !look.raised;
        run.elements().try_for_each(|child| self.piece(child, look, link, para))
    }

    /// Fields begin and end in hidden words too.
    fn fields_of(&mut self, run: &Element) -> Result<(), Refusal> {
        run.elements().filter(|child| matches!(child.name.as_str(), "w:fldChar" | "w:instrText")).try_for_each(
            |child| {
                self.field(child);
                Ok(())
            },
        )
    }

    fn piece(&mut self, piece: &Element, look: Look, link: Option<&str>, para: &mut Para) -> Result<(), Refusal> {
        match piece.name.as_str() {
            "w:t" => self.say(&piece.words(), look, link, para),
            "w:tab" | "w:ptab" => self.say(" ", look, link, para),
            "w:br" | "w:cr" => match piece.attribute("w:type") {
                Some("page" | "column") => {
                    self.out.page_break();
                    if !para.line.is_empty() {
                        para.line.words(" ", look, link);
                    }
                }
                _ => para.line.line_break(),
            },
            "w:noBreakHyphen" => self.say("\u{2011}", look, link, para),
            "w:sym" => self.symbol(piece, look, link, para),
            "w:footnoteReference" | "w:endnoteReference" => {
                let is_end = piece.name == "w:endnoteReference";
                if let Some(mark) = piece.attribute("w:id").and_then(|id| self.note(is_end, id)) {
                    para.line.mark(&mark);
                }
            }
            "w:fldChar" | "w:instrText" => self.field(piece),
            "w:drawing" => self.drawing(piece, para),
            "w:pict" | "w:object" => self.old_drawing(piece, para),
            "mc:AlternateContent" => {
                if let Some(choice) = chosen(piece) {
                    choice.elements().try_for_each(|child| self.piece(child, look, link, para))?;
                }
            }
            "w:ruby" => {
                if let Some(base) = piece.child("w:rubyBase") {
                    self.inlines(base, para, link)?;
                }
                let above = piece.child("w:rt").map(plain_words).unwrap_or_default();
                if !above.trim().is_empty() {
                    self.say(&format!(" ({})", above.trim()), look, link, para);
                }
            }
            _ => self.anchor(piece),
        }
        Ok(())
    }

    fn say(&mut self, words: &str, look: Look, link: Option<&str>, para: &mut Para) {
        // What a field inside another's order gave is part of the order.
        let orders = self.fields.iter().filter(|field| !field.is_result).count();
        if self.in_contents() || (orders > 0 && self.fields.len() > 1) {
            return;
        }
        let to = self.fields.iter().rev().find_map(|field| order_link(&field.order));
        self.out.quoted(words);
        para.line.words(words, look, link.or(to.as_deref()));
    }

    fn field(&mut self, piece: &Element) {
        if piece.name == "w:instrText" {
            if let Some(field) = self.fields.last_mut().filter(|field| !field.is_result && field.order.len() < 2_000) {
                field.order.push_str(&piece.words());
            }
            return;
        }
        match piece.attribute("w:fldCharType") {
            Some("begin") if self.fields.len() < FIELDS_MAX => {
                self.fields.push(Field { order: String::new(), is_result: false });
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.is_result = true;
                }
            }
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    fn symbol(&mut self, piece: &Element, look: Look, link: Option<&str>, para: &mut Para) {
        let font = piece.attribute("w:font").unwrap_or_default();
        let code = piece.attribute("w:char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or_default();
        if let Some(sign) = symbol(font, code) {
            self.say(sign.encode_utf8(&mut [0; 4]), look, link, para);
        } else {
            self.out.drop(&format!("symbol {code:04X} of the font {font}"));
            self.say("□", look, link, para);
        }
    }

    fn drawing(&mut self, drawing: &Element, para: &mut Para) {
        let told = drawing.find("wp:docPr");
        let told = |name: &str| told.and_then(|own| own.attribute(name)).map(str::trim).filter(|own| !own.is_empty());
        let alternative = told("descr").or_else(|| told("title")).unwrap_or_default().to_owned();
        let mut blips = Vec::new();
        all(drawing, "a:blip", &mut blips);
        for blip in &blips {
            let part = match (blip.attribute("r:embed"), blip.attribute("r:link")) {
                (Some(id), _) => self.part_of(id),
                (None, Some(_)) => Err("it is not in the file but elsewhere"),
                (None, None) => Err("it is not in the file"),
            };
            para.pictures.push((part, alternative.clone()));
        }
        let mut boxes = Vec::new();
        all(drawing, "w:txbxContent", &mut boxes);
        let (has_boxes, is_chart) = (!boxes.is_empty(), drawing.find("c:chart").is_some());
        para.boxes.extend(boxes.into_iter().cloned());
        if blips.is_empty() && (is_chart || drawing.find("dgm:relIds").is_some()) {
            para.pictures.push((
                Err(if is_chart {
                    "a chart of Word; paste it as a picture"
                } else {
                    "a diagram of Word; paste it as a picture"
                }),
                alternative,
            ));
        } else if blips.is_empty() && !has_boxes && !alternative.is_empty() {
            para.pictures.push((Err("a drawing of Word; paste it as a picture"), alternative));
        }
    }

    /// Drawings as Word wrote them before 2007, and objects of other programs.
    fn old_drawing(&mut self, drawing: &Element, para: &mut Para) {
        let is_object = drawing.find("o:OLEObject").is_some();
        let mut pictures = Vec::new();
        all(drawing, "v:imagedata", &mut pictures);
        let alternative = drawing.find("v:shape").and_then(|shape| shape.attribute("alt")).unwrap_or_default();
        for picture in pictures {
            let part = match picture.attribute("r:id") {
                Some(id) => self.part_of(id),
                None => Err("it is not in the file"),
            };
            para.pictures.push((part, alternative.to_owned()));
        }
        if is_object {
            self.out.drop("an object of another program; at most its picture is kept");
        }
        let mut boxes = Vec::new();
        all(drawing, "w:txbxContent", &mut boxes);
        para.boxes.extend(boxes.into_iter().cloned());
    }

    fn part_of(&self, id: &str) -> Result<String, &'static str> {
        match self.parts.targets.0.get(id) {
            Some(target) if target.is_outside => Err("it is not in the file but elsewhere"),
            Some(target) => Ok(target.to.clone()),
            None => Err("it is not in the file"),
        }
    }
}

/// All elements of this name, not those inside one of them; of what is offered twice, one.
fn all<'e>(element: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    for child in element.elements() {
        if child.name == name {
            found.push(child);
        } else if child.name == "mc:AlternateContent" {
            if let Some(choice) = chosen(child) {
                all(choice, name, found);
            }
        } else if child.name != "w:txbxContent" {
            all(child, name, found);
        }
    }
}

/// Where `HYPERLINK "…"` leads.
fn order_link(order: &str) -> Option<String> {
    let rest = order.trim_start().strip_prefix("HYPERLINK")?;
    let (_, rest) = rest.split_once('"')?;
    let (to, _) = rest.split_once('"')?;
    safe_link(to).map(str::to_owned)
}

/// The sign that a font of signs shows for a code.
fn symbol(font: &str, code: u32) -> Option<char> {
    let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let found = match font.to_ascii_lowercase().as_str() {
        "wingdings" => match code {
            0x6c | 0x9f => '●',
            0x6e | 0xa7 => '▪',
            0x6f | 0xa8 => '☐',
            0x71 => '❑',
            0x76 => '❖',
            0xd8 => '➢',
            0xe0 => '→',
            0xe8 => '➔',
            0xfb => '✗',
            0xfc => '✓',
            0xfd => '☒',
            0xfe => '☑',
            0x4a => '☺',
            _ => return None,
        },
        "symbol" => match code {
            0x20..=0x22 | 0x23 | 0x25 | 0x26 | 0x28..=0x2c | 0x2e..=0x3f | 0x5b | 0x5d | 0x7b..=0x7d => {
                char::from_u32(code)?
            }
            0x2d => '−',
            0x41..=0x5a => nth("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", code - 0x41)?,
            0x61..=0x7a => nth("αβχδεφγηιϕκλμνοπθρστυϖωξψζ", code - 0x61)?,
            0xa3 => '≤',
            0xb0 => '°',
            0xb1 => '±',
            0xb3 => '≥',
            0xb4 => '×',
            0xb7 => '•',
            0xb8 => '÷',
            0xb9 => '≠',
            0xbb => '≈',
            0xae => '→',
            0xd3 => '©',
            0xd2 => '®',
            0xd4 => '™',
            _ => return None,
        },
        _ => char::from_u32(code).filter(|sign| code >= 0x20 && !('\u{e000}'..='\u{f8ff}').contains(sign))?,
    };
    Some(found)
}

fn nth(signs: &str, place: u32) -> Option<char> {
    signs.chars().nth(usize::try_from(place).ok()?)
}
