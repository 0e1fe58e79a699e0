//! Styles of a Word file: what a name in the text means, through all it is based on.

use std::collections::HashMap;

use super::super::line::Look;
use super::super::xml::{self, Element};
use crate::refusal::Refusal;

/// Most styles that one may be based on, one on another.
const CHAIN_MAX: usize = 30;

#[derive(Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The paragraph style of what names none.
    default: Option<String>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    level: Option<i32>,
    list: Option<String>,
    list_level: Option<usize>,
    look: Looks,
    is_hidden: Option<bool>,
}

/// Looks that are switched on or off; none where nothing is said.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Looks {
    bold: Option<bool>,
    italic: Option<bool>,
    struck: Option<bool>,
    place: Option<i8>,
    pub(super) hidden: Option<bool>,
}

/// What a paragraph's style says.
#[derive(Default)]
pub(super) struct Meaning {
    /// In lower case, as Word calls it in every language.
    pub(super) name: String,
    /// From 0; 9 is body text.
    pub(super) level: Option<i32>,
    pub(super) list: Option<String>,
    pub(super) list_level: Option<usize>,
}

impl Looks {
    pub(super) fn of(properties: Option<&Element>) -> Self {
        let Some(properties) = properties else { return Self::default() };
        let switch = |name: &str| properties.child(name).map(is_on);
        let place = properties.child("w:vertAlign").and_then(|align| align.attribute("w:val")).map(|at| match at {
            "superscript" => 1,
            "subscript" => -1,
            _ => 0,
        });
        Self {
            bold: switch("w:b"),
            italic: switch("w:i"),
            struck: switch("w:strike").or_else(|| switch("w:dstrike")),
            place,
            hidden: switch("w:vanish"),
        }
    }

    /// These, and where they say nothing the others.
    fn over(self, under: Self) -> Self {
        Self {
            bold: self.bold.or(under.bold),
            italic: self.italic.or(under.italic),
            struck: self.struck.or(under.struck),
            place: self.place.or(under.place),
            hidden: self.hidden.or(under.hidden),
        }
    }

    pub(super) fn look(self) -> Look {
        Look {
            bold: self.bold == Some(true),
            italic: self.italic == Some(true),
            struck: self.struck == Some(true),
            raised: self.place == Some(1),
            lowered: self.place == Some(-1),
            code: false,
        }
    }
}

/// Whether a property that is there is switched on.
pub(super) fn is_on(property: &Element) -> bool {
    !matches!(property.attribute("w:val"), Some("0" | "false" | "off" | "none"))
}

impl Styles {
    pub(super) fn read(xml: Option<&str>) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let Some(xml) = xml else { return Ok(styles) };
        xml::each(xml, &|name| name == "w:styles", &mut |element| {
            if element.name == "w:style"
                && let Some(id) = element.attribute("w:styleId")
            {
                let is_default = matches!(element.attribute("w:default"), Some("1" | "true" | "on"));
                if element.attribute("w:type") == Some("paragraph") && is_default {
                    styles.default = Some(id.to_owned());
                }
                styles.by_id.insert(id.to_owned(), style(&element));
            }
            Ok(())
        })?;
        Ok(styles)
    }

    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = id.and_then(|id| self.by_id.get(id));
        std::iter::successors(first, |style| self.by_id.get(style.based_on.as_deref()?)).take(CHAIN_MAX)
    }

    pub(super) fn meaning(&self, id: Option<&str>) -> Meaning {
        let id = id.filter(|id| self.by_id.contains_key(*id)).or(self.default.as_deref());
        let first = |pick: fn(&Style) -> Option<i32>| self.chain(id).find_map(pick);
        Meaning {
            name: self.chain(id).next().map(|style| style.name.clone()).unwrap_or_default(),
            level: first(|style| style.level.or_else(|| heading(&style.name))),
            list: self.chain(id).find_map(|style| style.list.clone()),
            list_level: self.chain(id).find_map(|style| style.list_level),
        }
    }

    /// The looks of words with these properties.
    pub(super) fn looks(&self, properties: Option<&Element>) -> Looks {
        let own = Looks::of(properties);
        let id = properties.and_then(|own| own.child("w:rStyle")).and_then(|style| style.attribute("w:val"));
        self.chain(id).fold(own, |looks, style| looks.over(style.look))
    }

    /// Whether a paragraph of this style is not to be seen.
    pub(super) fn is_hidden(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|style| style.is_hidden) == Some(true)
    }
}

fn heading(name: &str) -> Option<i32> {
    let level: i32 = name.strip_prefix("heading ")?.parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

fn style(element: &Element) -> Style {
    let value = |name: &str| element.child(name).and_then(|child| child.attribute("w:val"));
    let paragraph = element.child("w:pPr");
    let of_paragraph = |name: &str| paragraph.and_then(|own| own.find(name)).and_then(|child| child.attribute("w:val"));
    let look = Looks::of(element.child("w:rPr"));
    Style {
        name: value("w:name").unwrap_or_default().to_lowercase(),
        based_on: value("w:basedOn").map(str::to_owned),
        level: of_paragraph("w:outlineLvl").and_then(|level| level.parse().ok()),
        list: of_paragraph("w:numId").map(str::to_owned),
        list_level: of_paragraph("w:ilvl").and_then(|level| level.parse().ok()),
        is_hidden: look.hidden,
        look,
    }
}
