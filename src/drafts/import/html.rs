//! Web pages to blocks: made harmless first, then read like the other files.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::assembly::{Assembly, Cell, Grid, Row, stacked};
use super::inline::Run;
use super::line::{Line, Look, safe_link};
use super::numbers::Form;
use super::xml::{self, Element, Node};
use super::{Draft, markdown, picture, refused};
use crate::drafts::block::BlockKind;
use crate::refusal::Refusal;

/// Most tags; a page of text has a hundred times fewer.
const TAGS_MAX: usize = 200_000;
/// Most tags of looks that nobody closes: each of them is opened again in every paragraph below.
const UNCLOSED_MAX: usize = 2_000;

/// Elements that are left out or whose form is, and what they are called.
const LEFT_OUT: [(&str, &str); 18] = [
    ("script", "script"),
    ("iframe", "page inside the page"),
    ("frame", "page inside the page"),
    ("object", "embedded object"),
    ("embed", "embedded object"),
    ("applet", "embedded object"),
    ("svg", "drawing (SVG); its words are kept"),
    ("video", "film"),
    ("audio", "sound"),
    ("canvas", "drawing"),
    ("form", "form; its words are kept"),
    ("input", "field of a form"),
    ("select", "field of a form; its words are kept"),
    ("textarea", "field of a form; its words are kept"),
    ("button", "button; its words are kept"),
    ("template", "template"),
    ("noscript", "part for browsers without scripts; its words are kept"),
    ("base", "base address"),
];

static HARMLESS: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut safe = ammonia::Builder::empty();
    let tags = "h1 h2 h3 h4 h5 h6 p div section article main header footer nav aside address ul ol li dl dt dd table \
                caption thead tbody tfoot tr th td blockquote pre code kbd samp tt em i strong b s strike del ins sup sub \
                a br hr img figure figcaption span details summary";
    safe.tags(tags.split(' ').collect())
        .clean_content_tags(HashSet::from(["script", "style", "template", "title"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("img", HashSet::from(["src", "alt"])),
            ("ol", HashSet::from(["start", "type"])),
            ("li", HashSet::from(["value"])),
            ("th", HashSet::from(["colspan", "rowspan"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "data"]))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None);
    safe
});

pub(super) fn parse(source: &str) -> Result<Draft, Refusal> {
    check(source)?;
    let mut walk = Walk::default();
    walk.left_out(source);
    let tree = xml::html(&HARMLESS.clean(source).to_string())?;
    walk.flow(&tree, Look::default(), None)?;
    walk.flush()?;
    let mut draft = walk.out.finish();
    if !markdown::take_title(&mut draft) {
        draft.title = head_title(source).filter(|_| draft.blocks.iter().all(|block| block.level != 1));
    }
    Ok(draft)
}

/// What would keep the sanitiser busy without end is refused before it begins.
fn check(source: &str) -> Result<(), Refusal> {
    let opened = memchr::memchr_iter(b'<', source.as_bytes()).count();
    let lower = source.to_ascii_lowercase();
    let unclosed: usize =
        ["a", "b", "i", "em", "strong", "font", "u", "s", "strike", "big", "small", "code", "tt", "nobr"]
            .iter()
            .map(|name| {
                let open = starts(&lower, name).count();
                open.saturating_sub(lower.matches(&format!("</{name}>")).count())
            })
            .sum();
    if opened > TAGS_MAX || unclosed > UNCLOSED_MAX {
        return Err(refused("too-much-markup", "There is too much markup in this page. Copy its text and paste it."));
    }
    Ok(())
}

/// Where elements of this name begin.
fn starts<'s>(lower: &'s str, name: &'s str) -> impl Iterator<Item = usize> + 's {
    memchr::memmem::find_iter(lower.as_bytes(), b"<").filter(move |at| {
        let rest = lower.get(at + 1..).unwrap_or_default();
        rest.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-'))
    })
}

fn head_title(source: &str) -> Option<String> {
    let lower = source.to_ascii_lowercase();
    let from = starts(&lower, "title").next()?;
    let from = from + lower.get(from..)?.find('>')? + 1;
    let to = from + lower.get(from..)?.find("</title")?;
    let words = ammonia::Builder::empty().clean(source.get(from..to)?).to_string();
    let words = xml::html(&words).ok()?.words();
    let title = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty() && title.chars().count() <= crate::text::LINE_MAX).then_some(title)
}

#[derive(Default)]
struct Walk {
    out: Assembly,
    line: Line,
    /// What the words at hand are to become.
    role: Role,
    depth: i32,
}

#[derive(Default, Clone)]
enum Role {
    #[default]
    Plain,
    Heading(i32),
    Item(Option<String>),
}

impl Walk {
    fn left_out(&mut self, source: &str) {
        let lower = source.to_ascii_lowercase();
        for (name, what) in LEFT_OUT {
            let (mut counted, mut line) = (0, 1);
            for at in starts(&lower, name) {
                // From the one before: from the top each time would take minutes for a hostile page.
                line += memchr::memchr_iter(b'\n', lower.get(counted..at).unwrap_or_default().as_bytes()).count();
                counted = at;
                self.out.drop_from(&format!("line {line}"), what);
            }
        }
        if lower.contains("javascript:") {
            self.out.drop_from("whole page", "links that run a program; their words are kept");
        }
    }

    fn flush(&mut self) -> Result<(), Refusal> {
        if self.line.is_empty() {
            return Ok(());
        }
        let line = std::mem::take(&mut self.line);
        match self.role.clone() {
            Role::Plain => self.out.clause(BlockKind::Paragraph, 0, None, line),
            Role::Heading(level) => self.out.clause(BlockKind::Heading, level, None, line),
            Role::Item(mark) => {
                self.role = Role::Plain;
                self.out.item(self.depth, mark.as_deref(), line)
            }
        }
    }

    fn flow(&mut self, of: &Element, look: Look, link: Option<&str>) -> Result<(), Refusal> {
        for child in &of.children {
            match child {
                Node::Text(text) => self.line.words(&one_spaced(text), look, link),
                Node::Element(element) => self.element(element, look, link)?,
            }
        }
        Ok(())
    }

    fn element(&mut self, element: &Element, look: Look, link: Option<&str>) -> Result<(), Refusal> {
        if let Some(inner) = look_of(&element.name, look) {
            return self.flow(element, inner, link);
        }
        match element.name.as_str() {
            "span" | "ins" => self.flow(element, look, link),
            "a" => {
                let to = element.attribute("href").unwrap_or_default();
                let safe = safe_link(to);
                if safe.is_none() && !to.is_empty() && !to.starts_with('#') {
                    self.out.drop(&format!("link to {to}"));
                }
                self.flow(element, look, safe.or(link))
            }
            "br" => {
                self.line.line_break();
                Ok(())
            }
            "img" => self.image(element),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush()?;
                let level = element.name[1..].parse().unwrap_or(1);
                let before = std::mem::replace(&mut self.role, Role::Heading(level));
                self.flow(element, Look::default(), None)?;
                self.flush()?;
                self.role = before;
                Ok(())
            }
            "ul" | "ol" => self.list(element),
            "table" => {
                self.flush()?;
                self.table(element)
            }
            "pre" => {
                self.flush()?;
                let mut run = Run::default();
                run.element("figure", |run| run.element("pre", |run| run.words(&element.words())));
                self.out.push(BlockKind::Figure, 0, &run)
            }
            _ => {
                self.flush()?;
                self.flow(element, look, link)?;
                self.flush()
            }
        }
    }

    fn list(&mut self, list: &Element) -> Result<(), Refusal> {
        self.flush()?;
        let before = std::mem::take(&mut self.role);
        self.depth += 1;
        let mut number: u32 = list.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let form = match list.attribute("type") {
            Some("a") => Form::LowerLetter,
            Some("A") => Form::UpperLetter,
            Some("i") => Form::LowerRoman,
            Some("I") => Form::UpperRoman,
            _ => Form::Decimal,
        };
        for child in &list.children {
            match child {
                Node::Element(item) if item.name == "li" => {
                    number = item.attribute("value").and_then(|value| value.parse().ok()).unwrap_or(number);
                    let mark = (list.name == "ol").then(|| format!("{}.", form.write(number)));
                    number = number.saturating_add(1);
                    self.role = Role::Item(mark);
                    self.flow(item, Look::default(), None)?;
                    self.flush()?;
                    self.role = Role::Plain;
                }
                Node::Element(other) => self.element(other, Look::default(), None)?,
                Node::Text(text) => self.line.words(&one_spaced(text), Look::default(), None),
            }
        }
        self.flush()?;
        self.depth -= 1;
        self.role = before;
        Ok(())
    }

    fn image(&mut self, element: &Element) -> Result<(), Refusal> {
        self.flush()?;
        let alternative = element.attribute("alt").unwrap_or_default();
        match data(element) {
            Ok(bytes) => self.out.figure(Ok(&bytes), alternative),
            Err(reason) => self.out.figure(Err(&reason), alternative),
        }
    }

    fn table(&mut self, table: &Element) -> Result<(), Refusal> {
        if let Some(caption) = table.child("caption") {
            self.flow(caption, Look::default(), None)?;
            self.flush()?;
        }
        self.out.table_starts();
        let mut grid = Grid::default();
        self.rows(table, false, &mut grid)?;
        self.out.table_ends(&grid)
    }

    fn rows(&mut self, of: &Element, is_head: bool, grid: &mut Grid) -> Result<(), Refusal> {
        for child in of.elements() {
            match child.name.as_str() {
                "thead" => self.rows(child, true, grid)?,
                "tbody" | "tfoot" => self.rows(child, false, grid)?,
                "tr" => {
                    let cells: Vec<&Element> =
                        child.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th")).collect();
                    self.out.row(grid.rows.len() + 1, cells.len().max(1))?;
                    let all_heads = !cells.is_empty() && cells.iter().all(|cell| cell.name == "th");
                    let is_first = grid.rows.iter().all(|row| row.is_head);
                    let mut row = Row { is_head: (is_head || all_heads) && is_first, ..Row::default() };
                    for cell in cells {
                        let mut lines = vec![Line::default()];
                        self.lines(cell, Look::default(), None, &mut lines)?;
                        let span = |name: &str| {
                            cell.attribute(name)
                                .and_then(|span| span.parse::<usize>().ok())
                                .unwrap_or(1)
                                .clamp(1, 1_000)
                        };
                        row.cells.push(Cell {
                            words: stacked(lines).finish(),
                            columns: span("colspan"),
                            rows: span("rowspan"),
                            at: 0,
                            is_head: cell.name == "th",
                        });
                    }
                    grid.rows.push(row);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Everything in a cell as lines; the last one is being written.
    fn lines(&mut self, of: &Element, look: Look, link: Option<&str>, lines: &mut Vec<Line>) -> Result<(), Refusal> {
        for child in &of.children {
            let element = match child {
                Node::Text(text) => {
                    if let Some(line) = lines.last_mut() {
                        line.words(&one_spaced(text), look, link);
                    }
                    continue;
                }
                Node::Element(element) => element,
            };
            match element.name.as_str() {
                "br" => lines.push(Line::default()),
                "span" | "ins" => self.lines(element, look, link, lines)?,
                "a" => self.lines(element, look, element.attribute("href").and_then(safe_link).or(link), lines)?,
                "img" => {
                    let alternative = element.attribute("alt").unwrap_or_default();
                    let kept = match data(element) {
                        Ok(bytes) => self.out.picture(&bytes, alternative),
                        Err(reason) => {
                            self.out.drop(&format!("picture “{alternative}”: {reason}"));
                            None
                        }
                    };
                    if let Some(line) = lines.last_mut() {
                        match kept {
                            Some((html, told)) => line.picture(&html, &told),
                            None if alternative.is_empty() => {}
                            None => line.words(&format!("[{alternative}]"), Look::default(), None),
                        }
                    }
                }
                "table" => {
                    self.out.drop("form of a table inside a table; its words stand in one cell");
                    lines.push(Line::default());
                    self.lines(element, look, link, lines)?;
                }
                name => match look_of(name, look) {
                    Some(inner) => self.lines(element, inner, link, lines)?,
                    None if matches!(name, "td" | "th" | "tbody" | "thead" | "tfoot") => {
                        self.lines(element, look, link, lines)?;
                        if let Some(line) = lines.last_mut().filter(|line| !line.is_empty()) {
                            line.words(" ", look, link);
                        }
                    }
                    None => {
                        lines.push(Line::default());
                        if name == "li"
                            && let Some(line) = lines.last_mut()
                        {
                            line.words("• ", Look::default(), None);
                        }
                        self.lines(element, look, link, lines)?;
                        lines.push(Line::default());
                    }
                },
            }
        }
        Ok(())
    }
}

fn look_of(name: &str, look: Look) -> Option<Look> {
    Some(match name {
        "em" | "i" => Look { italic: true, ..look },
        "strong" | "b" => Look { bold: true, ..look },
        "s" | "strike" | "del" => Look { struck: true, ..look },
        "sup" => Look { raised: true, ..look },
        "sub" => Look { lowered: true, ..look },
        "code" | "kbd" | "samp" | "tt" => Look { code: true, ..look },
        _ => return None,
    })
}

/// The bytes of a picture that stands in the page itself; nothing is fetched from elsewhere.
fn data(image: &Element) -> Result<Vec<u8>, String> {
    let from = image.attribute("src").unwrap_or_default();
    let Some(rest) = from.strip_prefix("data:") else {
        return Err(format!("it is not in the file but elsewhere ({from})"));
    };
    let written = rest.split_once(";base64,").map(|(_, written)| written);
    written.and_then(picture::from_base64).ok_or_else(|| "it is damaged".to_owned())
}

/// Breaks and runs of spaces in the source are one space.
fn one_spaced(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for sign in text.chars() {
        if !matches!(sign, ' ' | '\t' | '\n' | '\r') {
            words.push(sign);
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::{Format, parse};
    use super::BlockKind;

    #[test]
    fn a_web_page_keeps_its_form() {
        let page = "<!doctype html><title>T</title><h1>Our draft</h1><p>We &amp; <b>all</b> of <i>us</i>\n  say<br>so.</p>\
            <h2>Staffing</h2><ol start=3><li>one<ul><li>two</ul><li>three</ol>\
            <table><thead><tr><th>Now<th>Then</thead><tr><th>Posts<td colspan=2>5<p>six</table>loose <script>alert(1)</script>end\
            <a href='https://b.example/'>link</a> <a href='javascript:x'>bad</a> <a href=../x>rel</a><img src=https://evil.example/x.png alt='A map'>";
        let parsed = parse(Format::Html, page).unwrap();
        assert_eq!(parsed.title.as_deref(), Some("Our draft"));
        let read: Vec<(BlockKind, &str)> =
            parsed.blocks.iter().map(|block| (block.kind, block.html.as_str())).collect();
        assert_eq!(
            read,
            [
                (BlockKind::Paragraph, "We &amp; <strong>all</strong> of <em>us</em> say<br>so."),
                (BlockKind::Heading, "Staffing"),
                (BlockKind::ListItem, "<span>3.</span> one"),
                (BlockKind::ListItem, "two"),
                (BlockKind::ListItem, "<span>4.</span> three"),
                (
                    BlockKind::Table,
                    "<table><thead><tr><th scope=\"col\">Now</th><th scope=\"col\">Then</th></tr></thead><tbody><tr>\
                     <th scope=\"row\">Posts</th><td colspan=\"2\">5<br>six</td></tr></tbody></table>"
                ),
                (
                    BlockKind::Paragraph,
                    "loose end<a href=\"https://b.example/\" rel=\"noopener noreferrer\">link</a> bad rel"
                ),
                (BlockKind::Figure, "<figure><figcaption>A map</figcaption></figure>"),
            ]
        );
        assert_eq!(parsed.blocks[3].level, 2);
        let what: Vec<&str> = parsed.dropped.iter().map(|dropped| dropped.what.as_str()).collect();
        assert_eq!(what.len(), 4, "{what:?}");
        assert!(what[0] == "script" && what[2] == "link to ../x" && what[3].contains("evil.example"), "{what:?}");
    }
}
