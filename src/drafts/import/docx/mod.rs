//! Word files (`.docx`): the parts of the archive, put together.

mod body;
mod lists;
mod runs;
mod styles;
mod table;

use std::collections::HashMap;

use self::body::Walk;
use self::lists::Lists;
use self::styles::Styles;
use super::archive::Archive;
use super::assembly::Assembly;
use super::xml::{self, Element, damaged};
use super::{Draft, markdown};
use crate::refusal::Refusal;

/// Where a part's references lead.
#[derive(Default)]
struct Targets(HashMap<String, Target>);

struct Target {
    to: String,
    is_outside: bool,
    kind: String,
}

/// All that the text refers to.
struct Parts<'b> {
    archive: Archive<'b>,
    styles: Styles,
    targets: Targets,
    notes: HashMap<(bool, String), Element>,
    /// What the comments say, without who said it.
    comments: HashMap<String, String>,
    /// Pictures by their part, so that one that is shown often is unpacked once.
    pictures: HashMap<String, Vec<u8>>,
}

/// Reads a Word file into a draft.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let main = main_part(&mut archive)?;
    let text = archive.xml(&main)?.ok_or_else(damaged)?;
    let targets = targets(&mut archive, &main)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut part = |kind: &str, usual: &str| {
        let named = targets.0.values().find(|target| target.kind == kind && !target.is_outside);
        let name = named.map_or_else(|| joined(&folder, usual), |target| target.to.clone());
        archive.xml(&name)
    };
    let styles = Styles::read(part("styles", "styles.xml")?.as_deref())?;
    let numbering = part("numbering", "numbering.xml")?;
    let mut notes = HashMap::new();
    for (is_end, kind, usual) in [(false, "footnotes", "footnotes.xml"), (true, "endnotes", "endnotes.xml")] {
        let Some(xml) = part(kind, usual)? else { continue };
        xml::each(&xml, &|name| matches!(name, "w:footnotes" | "w:endnotes"), &mut |note| {
            if matches!(note.attribute("w:type"), None | Some("normal"))
                && let Some(id) = note.attribute("w:id")
            {
                notes.insert((is_end, id.to_owned()), note);
            }
            Ok(())
        })?;
    }
    let mut comments = HashMap::new();
    if let Some(xml) = part("comments", "comments.xml")? {
        xml::each(&xml, &|name| name == "w:comments", &mut |comment| {
            if let Some(id) = comment.attribute("w:id") {
                comments.insert(id.to_owned(), body::plain_words(&comment));
            }
            Ok(())
        })?;
    }
    let mut parts = Parts { archive, styles, targets, notes, comments, pictures: HashMap::new() };
    // Where the contents never end, nothing of them is left out rather than everything after them.
    let read = walk(&mut parts, &text, numbering.as_deref(), false)?;
    let (mut out, headers) = match read {
        Some(read) => read,
        None => walk(&mut parts, &text, numbering.as_deref(), true)?.ok_or_else(damaged)?,
    };
    leave_out(&mut parts, &mut out, headers)?;
    let mut draft = out.finish();
    if draft.title.is_none() && markdown::take_title(&mut draft) {
        for comment in &mut draft.comments {
            comment.block = comment.block.saturating_sub(1);
        }
    }
    Ok(draft)
}

type Walked = (Assembly, Vec<String>);

fn walk(
    parts: &mut Parts<'_>,
    text: &str,
    numbering: Option<&str>,
    keeps_contents: bool,
) -> Result<Option<Walked>, Refusal> {
    let lists = Lists::read(numbering, &parts.styles)?;
    let mut walk = Walk::new(parts, lists, keeps_contents);
    let is_container = |name: &str| matches!(name, "w:document" | "w:body");
    xml::each(text, &is_container, &mut |element| walk.block(&element))?;
    walk.end()
}

/// Lists what stands beside the text: headers and footers, macros, templates elsewhere.
fn leave_out(parts: &mut Parts<'_>, out: &mut Assembly, headers: Vec<String>) -> Result<(), Refusal> {
    let mut said: Vec<String> = Vec::new();
    for id in headers {
        let Some(target) = parts.targets.0.get(&id).filter(|target| !target.is_outside) else { continue };
        let (place, name) = match target.kind.as_str() {
            "header" => ("page header", target.to.clone()),
            _ => ("page footer", target.to.clone()),
        };
        let Some(xml) = parts.archive.xml(&name)? else { continue };
        let words = body::plain_words(&xml::whole(&xml)?);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = format!("{place}{words}");
        if !words.is_empty() && !said.contains(&line) {
            out.drop_from(place, &format!("“{words}”"));
            said.push(line);
        }
    }
    if parts.archive.names().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        out.drop_from("whole file", "macros; nothing of them was run or kept");
    }
    if let Some(settings) = parts.archive.xml("word/_rels/settings.xml.rels")?
        && settings.contains("attachedTemplate")
    {
        out.drop_from("whole file", "link to a template elsewhere; it was not followed");
    }
    Ok(())
}

fn main_part(archive: &mut Archive<'_>) -> Result<String, Refusal> {
    let roots = targets(archive, "")?;
    let named = roots.0.into_values().find(|target| target.kind == "officeDocument" && !target.is_outside);
    Ok(named.map_or_else(|| "word/document.xml".to_owned(), |target| target.to))
}

fn targets(archive: &mut Archive<'_>, of: &str) -> Result<Targets, Refusal> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let file = joined(folder, &format!("_rels/{name}.rels"));
    let mut found = Targets::default();
    let Some(xml) = archive.xml(&file)? else { return Ok(found) };
    xml::each(&xml, &|name| name == "Relationships", &mut |one| {
        let (Some(id), Some(to)) = (one.attribute("Id"), one.attribute("Target")) else { return Ok(()) };
        let is_outside = one.attribute("TargetMode") == Some("External");
        let kind = one.attribute("Type").unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
        let to = if is_outside { to.to_owned() } else { joined(folder, to) };
        found.0.insert(id.to_owned(), Target { to, is_outside, kind });
        Ok(())
    })?;
    Ok(found)
}

/// A part's name in the archive, from a folder of it.
fn joined(folder: &str, to: &str) -> String {
    let whole = if to.starts_with('/') { to.to_owned() } else { format!("{folder}/{to}") };
    let mut path: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}
