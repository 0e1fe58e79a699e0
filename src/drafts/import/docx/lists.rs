//! Numbering of a Word file (`numbering.xml`): which mark stands before a paragraph.

use std::collections::{HashMap, HashSet};

use super::super::numbers::{Counts, Form, Level};
use super::super::xml::{self, Element};
use super::styles::Styles;
use crate::refusal::Refusal;

#[derive(Default)]
pub(super) struct Lists {
    kinds: HashMap<String, Kind>,
    by_id: HashMap<String, List>,
    counts: HashMap<String, Counts>,
    begun: HashSet<(String, usize)>,
}

#[derive(Default)]
struct Kind {
    levels: Vec<Level>,
    /// Styles that stand for a level.
    styles: Vec<Option<String>>,
    /// The list style that says how, instead of this.
    told_by: Option<String>,
}

#[derive(Default)]
struct List {
    kind: String,
    levels: HashMap<usize, Level>,
    starts: HashMap<usize, u32>,
}

/// What stands before a paragraph.
pub(super) struct Mark {
    /// From 0.
    pub(super) level: usize,
    /// None for a bullet.
    pub(super) words: Option<String>,
    /// The list numbers clauses below this level as `4.2`.
    pub(super) has_clauses: bool,
}

impl Lists {
    pub(super) fn read(xml: Option<&str>, styles: &Styles) -> Result<Self, Refusal> {
        let mut lists = Self::default();
        let Some(xml) = xml else { return Ok(lists) };
        xml::each(xml, &|name| name == "w:numbering", &mut |element| {
            match element.name.as_str() {
                "w:abstractNum" => {
                    if let Some(id) = element.attribute("w:abstractNumId") {
                        lists.kinds.insert(id.to_owned(), kind(&element));
                    }
                }
                "w:num" => {
                    if let Some(id) = element.attribute("w:numId") {
                        lists.by_id.insert(id.to_owned(), list(&element));
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        lists.follow(styles);
        Ok(lists)
    }

    /// Kinds that are told by a list style become what that style's list is.
    fn follow(&mut self, styles: &Styles) {
        let told: Vec<(String, String)> = self
            .kinds
            .iter()
            .filter_map(|(id, kind)| {
                let list = styles.meaning(Some(kind.told_by.as_deref()?)).list?;
                Some((id.clone(), self.by_id.get(&list)?.kind.clone()))
            })
            .collect();
        for list in self.by_id.values_mut() {
            if let Some((_, real)) = told.iter().find(|(from, _)| *from == list.kind) {
                list.kind.clone_from(real);
            }
        }
    }

    /// The level for which a style stands in a list.
    pub(super) fn level_of(&self, list: &str, style: Option<&str>) -> Option<usize> {
        let kind = self.kinds.get(&self.by_id.get(list)?.kind)?;
        kind.styles.iter().position(|own| own.is_some() && own.as_deref() == style)
    }

    /// Counts on; none where there is no such list.
    pub(super) fn next(&mut self, id: &str, level: usize) -> Option<Mark> {
        let list = self.by_id.get(id)?;
        let kind = self.kinds.get(&list.kind)?;
        let mut levels = kind.levels.clone();
        for (place, own) in &list.levels {
            if let Some(level) = levels.get_mut(*place) {
                level.clone_from(own);
            }
        }
        // A list that says where it starts does so the first time, though its kind was counted before.
        let is_first = self.begun.insert((id.to_owned(), level));
        let start = list.starts.get(&level).copied().filter(|_| is_first);
        let counts = self.counts.entry(list.kind.clone()).or_default();
        let words = counts.next(&levels, level, start);
        let below = levels.get(level + 1).map(|below| below.pattern.as_str()).unwrap_or_default();
        Some(Mark { level, words, has_clauses: below.contains("%1") && below.contains("%2") })
    }
}

fn kind(element: &Element) -> Kind {
    let told_by = element.child("w:numStyleLink").and_then(|link| link.attribute("w:val")).map(str::to_owned);
    let mut kind = Kind { told_by, ..Kind::default() };
    for own in element.elements().filter(|child| child.name == "w:lvl") {
        let at: usize = own.attribute("w:ilvl").and_then(|at| at.parse().ok()).unwrap_or_default();
        while kind.levels.len() <= at.min(8) {
            kind.levels.push(Level::default());
            kind.styles.push(None);
        }
        if let (Some(place), Some(style)) = (kind.levels.get_mut(at), kind.styles.get_mut(at)) {
            *place = level(own);
            *style = own.child("w:pStyle").and_then(|style| style.attribute("w:val")).map(str::to_owned);
        }
    }
    kind
}

fn list(element: &Element) -> List {
    let mut list = List::default();
    for child in element.elements() {
        match child.name.as_str() {
            "w:abstractNumId" => child.attribute("w:val").unwrap_or_default().clone_into(&mut list.kind),
            "w:lvlOverride" => {
                let at: usize = child.attribute("w:ilvl").and_then(|at| at.parse().ok()).unwrap_or_default();
                if let Some(own) = child.child("w:lvl") {
                    list.levels.insert(at, level(own));
                }
                if let Some(start) = number(child, "w:startOverride") {
                    list.starts.insert(at, start);
                }
            }
            _ => {}
        }
    }
    list
}

fn number(of: &Element, name: &str) -> Option<u32> {
    of.child(name)?.attribute("w:val")?.parse().ok()
}

fn level(own: &Element) -> Level {
    let value = |name: &str| own.child(name).and_then(|child| child.attribute("w:val"));
    let form = match value("w:numFmt").unwrap_or("decimal") {
        "bullet" => Form::Bullet,
        "none" => Form::Nothing,
        "decimalZero" => Form::Padded,
        "ordinal" => Form::Ordinal,
        "lowerLetter" => Form::LowerLetter,
        "upperLetter" => Form::UpperLetter,
        "lowerRoman" => Form::LowerRoman,
        "upperRoman" => Form::UpperRoman,
        _ => Form::Decimal,
    };
    Level {
        start: number(own, "w:start").unwrap_or(1),
        form,
        pattern: value("w:lvlText").unwrap_or_default().chars().take(60).collect(),
        is_legal: own.child("w:isLgl").is_some_and(super::styles::is_on),
        goes_on: value("w:lvlRestart") == Some("0"),
    }
}
