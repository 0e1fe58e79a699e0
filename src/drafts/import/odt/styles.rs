//! Styles of an ODT file: looks, levels, and how lists are numbered.

use std::collections::HashMap;

use super::super::line::Look;
use super::super::numbers::{Form, LEVELS, Level};
use super::super::xml::Element;

/// Most styles that one may be based on, one on another.
const CHAIN_MAX: usize = 30;

#[derive(Default)]
pub(super) struct Styles {
    by_name: HashMap<String, Style>,
    lists: HashMap<String, Vec<Level>>,
    outline: Vec<Level>,
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    struck: Option<bool>,
    place: Option<i8>,
    hidden: Option<bool>,
    breaks: Option<bool>,
}

impl Styles {
    /// Takes a style or list style; anything else is none.
    pub(super) fn take(&mut self, element: &Element) -> bool {
        match element.name.as_str() {
            "style:style" => {
                if let Some(name) = element.attribute("style:name") {
                    // Styles of text and of tables may have one name.
                    let key = key(element.attribute("style:family").unwrap_or_default(), name);
                    self.by_name.insert(key, style(element));
                }
            }
            "text:list-style" => {
                if let Some(name) = element.attribute("style:name") {
                    self.lists.insert(name.to_owned(), levels(element));
                }
            }
            "text:outline-style" => self.outline = levels(element),
            name => return name.starts_with("style:") || name.starts_with("number:"),
        }
        true
    }

    fn chain<'s>(&'s self, family: &'s str, name: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let first = name.and_then(|name| Some((name, self.by_name.get(&key(family, name))?)));
        std::iter::successors(first, move |(_, style)| {
            let parent = style.parent.as_deref()?;
            Some((parent, self.by_name.get(&key(family, parent))?))
        })
        .take(CHAIN_MAX)
    }

    pub(super) fn is_title(&self, name: Option<&str>) -> bool {
        name == Some("Title")
            || self
                .chain("paragraph", name)
                .any(|(name, style)| name == "Title" || style.parent.as_deref() == Some("Title"))
    }

    pub(super) fn breaks(&self, name: Option<&str>) -> bool {
        self.chain("paragraph", name).find_map(|(_, style)| style.breaks) == Some(true)
    }

    pub(super) fn is_hidden(&self, family: &str, name: Option<&str>) -> bool {
        self.chain(family, name).find_map(|(_, style)| style.hidden) == Some(true)
    }

    /// The look of words in a span of this style, inside words of another look.
    pub(super) fn look(&self, name: Option<&str>, around: Look) -> Look {
        let first = |pick: fn(&Style) -> Option<bool>| self.chain("text", name).find_map(|(_, style)| pick(style));
        let place = self.chain("text", name).find_map(|(_, style)| style.place);
        Look {
            bold: first(|style| style.bold).unwrap_or(around.bold),
            italic: first(|style| style.italic).unwrap_or(around.italic),
            struck: first(|style| style.struck).unwrap_or(around.struck),
            raised: place.map_or(around.raised, |place| place > 0),
            lowered: place.map_or(around.lowered, |place| place < 0),
            code: around.code,
        }
    }

    /// The look that a paragraph's own (unnamed) style gives all its words.
    pub(super) fn paragraph_look(&self, name: Option<&str>) -> Look {
        let own = name.and_then(|name| self.by_name.get(&key("paragraph", name)));
        let Some(own) = own.filter(|_| name.is_some_and(is_automatic)) else { return Look::default() };
        Look {
            bold: own.bold == Some(true),
            italic: own.italic == Some(true),
            struck: own.struck == Some(true),
            ..Look::default()
        }
    }

    pub(super) fn list(&self, name: Option<&str>) -> &[Level] {
        name.and_then(|name| self.lists.get(name)).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn outline(&self) -> &[Level] {
        &self.outline
    }
}

/// Whether the program named it itself: P1, T12.
fn is_automatic(name: &str) -> bool {
    name.strip_prefix('P').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|sign| sign.is_ascii_digit()))
}

fn key(family: &str, name: &str) -> String {
    format!("{family}\u{1}{name}")
}

fn style(element: &Element) -> Style {
    let mut read =
        Style { parent: element.attribute("style:parent-style-name").map(str::to_owned), ..Style::default() };
    for own in element.elements() {
        let value = |name: &str| own.attribute(name);
        match own.name.as_str() {
            "style:text-properties" => {
                read.bold =
                    value("fo:font-weight").map(|weight| matches!(weight, "bold" | "600" | "700" | "800" | "900"));
                read.italic = value("fo:font-style").map(|slant| matches!(slant, "italic" | "oblique"));
                read.struck = value("style:text-line-through-style")
                    .map(|line| line != "none")
                    .or_else(|| value("style:text-line-through-type").map(|line| line != "none"));
                read.place = value("style:text-position").map(|place| match place.split_whitespace().next() {
                    Some("super") => 1,
                    Some("sub") => -1,
                    Some(height) if height.starts_with('-') => -1,
                    Some(height) if height.ends_with('%') && height != "0%" => 1,
                    _ => 0,
                });
                read.hidden = value("text:display").map(|display| display == "none");
            }
            "style:paragraph-properties" => {
                let breaks = |name: &str| value(name).is_some_and(|kind| kind == "page");
                read.breaks = Some(breaks("fo:break-before") || breaks("fo:break-after"));
            }
            _ => {}
        }
    }
    read
}

fn levels(element: &Element) -> Vec<Level> {
    let mut levels = vec![Level { form: Form::Nothing, ..Level::default() }; LEVELS];
    let mut forms = vec![Form::Nothing; LEVELS];
    for own in element.elements() {
        let at: usize = own.attribute("text:level").and_then(|at| at.parse().ok()).unwrap_or(1);
        let Some(place) = at.checked_sub(1).filter(|place| *place < LEVELS) else { continue };
        let form = match own.name.as_str() {
            "text:list-level-style-bullet" | "text:list-level-style-image" => Form::Bullet,
            _ => match own.attribute("style:num-format").unwrap_or_default() {
                "" => Form::Nothing,
                "a" => Form::LowerLetter,
                "A" => Form::UpperLetter,
                "i" => Form::LowerRoman,
                "I" => Form::UpperRoman,
                _ => Form::Decimal,
            },
        };
        if let Some(slot) = forms.get_mut(place) {
            *slot = form;
        }
        let pattern = own
            .attribute("loext:num-list-format")
            .or_else(|| own.attribute("style:num-list-format"))
            .map_or_else(|| pattern(own, place, &forms, form), unpercented);
        if let Some(level) = levels.get_mut(place) {
            *level = Level {
                start: own.attribute("text:start-value").and_then(|start| start.parse().ok()).unwrap_or(1),
                form,
                pattern: pattern.chars().take(60).collect(),
                ..Level::default()
            };
        }
    }
    levels
}

/// `%1%.%2%` as Word writes it: `%1.%2`.
fn unpercented(written: &str) -> String {
    let mut pattern = String::new();
    let mut signs = written.chars().peekable();
    while let Some(sign) = signs.next() {
        pattern.push(sign);
        if sign == '%' {
            while let Some(digit) = signs.next_if(char::is_ascii_digit) {
                pattern.push(digit);
            }
            signs.next_if_eq(&'%');
        }
    }
    pattern
}

fn pattern(own: &Element, place: usize, forms: &[Form], form: Form) -> String {
    let shown: usize = own.attribute("text:display-levels").and_then(|count| count.parse().ok()).unwrap_or(1);
    let first = (place + 1).saturating_sub(shown.max(1));
    let mut parts: Vec<String> = Vec::new();
    for at in first..=place {
        let of = if at == place { Some(form) } else { forms.get(at).copied() };
        if of.is_some_and(|of| !matches!(of, Form::Nothing | Form::Bullet)) {
            parts.push(format!("%{}", at + 1));
        }
    }
    if parts.is_empty() {
        return String::new();
    }
    let around = |name: &str| own.attribute(name).unwrap_or_default();
    format!("{}{}{}", around("style:num-prefix"), parts.join("."), around("style:num-suffix"))
}
