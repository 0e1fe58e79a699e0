//! Texts of `OpenDocument`'s kind (`.odt`): the parts of the archive, put together.

mod body;
mod inline;
mod styles;
mod table;

use std::collections::HashSet;

use self::body::Walk;
use self::styles::Styles;
use super::archive::{Archive, protected};
use super::xml::{self, Element, damaged};
use super::{Draft, markdown};
use crate::refusal::Refusal;

/// Reads an ODT file into a draft.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, Refusal> {
    let mut archive = Archive::open(bytes)?;
    if archive.xml("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(protected());
    }
    let content = archive.xml("content.xml")?.ok_or_else(damaged)?;
    let mut styles = Styles::default();
    let mut beside: Vec<(&str, String)> = Vec::new();
    if let Some(xml) = archive.xml("styles.xml")? {
        let is_container = |name: &str| {
            matches!(
                name,
                "office:document-styles"
                    | "office:styles"
                    | "office:automatic-styles"
                    | "office:master-styles"
                    | "style:master-page"
            )
        };
        xml::each(&xml, &is_container, &mut |element| {
            match element.name.as_str() {
                "style:header" | "style:header-left" | "style:header-first" => {
                    beside.push(("page header", words(&element)));
                }
                "style:footer" | "style:footer-left" | "style:footer-first" => {
                    beside.push(("page footer", words(&element)));
                }
                _ => drop(styles.take(&element)),
            }
            Ok(())
        })?;
    }
    let ranges = ranges(&content);
    let has_macros = archive.names().any(|name| name.starts_with("Basic/") || name.starts_with("Scripts/"));
    let mut walk = Walk::new(&mut archive, styles, ranges);
    let is_container = |name: &str| {
        matches!(
            name,
            "office:document-content" | "office:automatic-styles" | "office:body" | "office:text" | "text:section"
        )
    };
    xml::each(&content, &is_container, &mut |element| walk.top(&element))?;
    let mut out = walk.end()?;
    let mut said: Vec<(&str, String)> = Vec::new();
    for (place, words) in beside {
        if !words.is_empty() && !said.contains(&(place, words.clone())) {
            out.drop_from(place, &format!("“{words}”"));
            said.push((place, words));
        }
    }
    if has_macros {
        out.drop_from("whole file", "macros; nothing of them was run or kept");
    }
    let mut draft = out.finish();
    if draft.title.is_none() && markdown::take_title(&mut draft) {
        for comment in &mut draft.comments {
            comment.block = comment.block.saturating_sub(1);
        }
    }
    Ok(draft)
}

/// Names of the comments that say where their words end.
fn ranges(content: &str) -> HashSet<String> {
    let named = content.split("annotation-end").skip(1).filter_map(|rest| {
        let rest = rest.split('>').next()?;
        rest.split("office:name=").nth(1)?.trim_start_matches(['"', '\'']).split(['"', '\'']).next()
    });
    named.map(str::to_owned).collect()
}

fn words(element: &Element) -> String {
    body::plain_words(element).split_whitespace().collect::<Vec<_>>().join(" ")
}
