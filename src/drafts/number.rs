//! Numbers as people cite them.
//!
//! Headings of the shallowest level are sections: 1, 2, 3. What is inside a section counts in one
//! sequence: 4.1, 4.2. A deeper heading takes its place in it (4.3) and what is under it gets
//! 4.3.1. What stands before the first section is 0.1, 0.2; without any heading it is 1, 2, 3.
//! Sections that all carry numbers of their own, rising, keep those. A number that is written and
//! equals ours is taken out of words and markup, since the margin shows it.

use super::block::BlockKind;
use super::import::ParsedBlock;

/// A block with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) number: String,
    pub(super) block: ParsedBlock,
}

/// Numbers the blocks of one version.
pub(super) fn number(blocks: Vec<ParsedBlock>) -> Vec<Numbered> {
    let top = blocks.iter().filter(|block| block.kind == BlockKind::Heading).map(|heading| heading.level).min();
    let written = top.and_then(|top| written_sections(&blocks, top));
    let mut written = written.into_iter().flatten();
    let mut places = Places::new(top);
    let number_one = |mut block: ParsedBlock| {
        let number = match (block.kind == BlockKind::Heading, Some(block.level) == top) {
            (true, true) => places.section(written.next()),
            (true, false) => places.heading(block.level),
            (false, _) => places.block(),
        };
        strip(&mut block, &number);
        Numbered { number, block }
    };
    blocks.into_iter().map(number_one).collect()
}

/// Where the count stands: the open headings, outermost first.
struct Places {
    open: Vec<Open>,
    section: u32,
}

struct Open {
    level: i32,
    number: String,
    count: u32,
}

impl Places {
    fn new(top: Option<i32>) -> Self {
        let number = if top.is_some() { "0" } else { "" };
        Self { open: vec![Open { level: top.unwrap_or(0), number: number.to_owned(), count: 0 }], section: 0 }
    }

    fn section(&mut self, written: Option<u32>) -> String {
        self.section = written.unwrap_or(self.section + 1);
        let number = self.section.to_string();
        let level = self.open.first().map_or(0, |section| section.level);
        self.open = vec![Open { level, number: number.clone(), count: 0 }];
        number
    }

    fn heading(&mut self, level: i32) -> String {
        while self.open.len() > 1 && self.open.last().is_some_and(|inner| inner.level >= level) {
            self.open.pop();
        }
        let number = self.block();
        self.open.push(Open { level, number: number.clone(), count: 0 });
        number
    }

    fn block(&mut self) -> String {
        let Some(inner) = self.open.last_mut() else { return String::new() };
        inner.count += 1;
        if inner.number.is_empty() { inner.count.to_string() } else { format!("{}.{}", inner.number, inner.count) }
    }
}

/// The sections' own numbers, where every section has one and they rise.
fn written_sections(blocks: &[ParsedBlock], top: i32) -> Option<Vec<u32>> {
    let sections = blocks.iter().filter(|block| block.kind == BlockKind::Heading && block.level == top);
    let numbers: Vec<u32> =
        sections.map(|section| Written::read(&section.text)?.number.parse().ok()).collect::<Option<_>>()?;
    // Above 99 it is a year, not a section.
    let rising = numbers.is_sorted_by(|one, next| one < next);
    (rising && numbers.iter().all(|number| (1..=99).contains(number))).then_some(numbers)
}

/// A number written at the start of a text: `4.`, `4.2`, `4)`.
pub(super) struct Written<'t> {
    /// Without its closing sign: `4.2`.
    number: &'t str,
    /// As written: `4.2.`.
    token: &'t str,
    pub(super) rest: &'t str,
}

impl<'t> Written<'t> {
    /// None for a quantity ("3 posts", "4.5 million"): then small letters follow and no sign closes it.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let (token, rest) = text.split_once(char::is_whitespace)?;
        let number = token.strip_suffix(['.', ')']).unwrap_or(token);
        let is_number =
            number.split('.').all(|part| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit()));
        let rest = rest.trim_start();
        let is_closed = number.len() < token.len() || rest.starts_with(char::is_uppercase);
        (is_number && is_closed && !rest.is_empty()).then_some(Self { number, token, rest })
    }

    /// Whether a sign says that this is a number of a passage: `4.` and not `2.5`.
    pub(super) fn is_closed(&self) -> bool {
        self.number.len() < self.token.len()
    }

    /// Whether this is the next number after another: `4.3` or `5` after `4.2`, `4.2.1` below it.
    pub(super) fn follows(&self, before: &Written) -> bool {
        let (now, then) = (self.number.split('.').collect::<Vec<_>>(), before.number.split('.').collect::<Vec<_>>());
        let is_next = |at: usize| match (now[at].parse::<u32>(), then[at].parse::<u32>()) {
            (Ok(now), Ok(then)) => then.checked_add(1) == Some(now),
            _ => false,
        };
        match now.len().checked_sub(1) {
            Some(last) if now.len() <= then.len() => now[..last] == then[..last] && is_next(last),
            Some(last) => now[..last] == then[..] && now[last] == "1",
            None => false,
        }
    }
}

fn strip(block: &mut ParsedBlock, number: &str) {
    if !matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph) {
        return;
    }
    let stripped = Written::read(&block.text)
        .filter(|written| written.number == number)
        .and_then(|written| Some((written.rest.to_owned(), strip_markup(&block.html, written.token)?)));
    if let Some((text, html)) = stripped {
        block.text = text;
        block.html = html;
    }
}

/// The markup without `token` at its start, which one emphasis may hold alone or with more words.
fn strip_markup(html: &str, token: &str) -> Option<String> {
    let opening = ["<strong>", "<em>"].into_iter().find(|tag| html.starts_with(tag)).unwrap_or_default();
    let mut rest = html.strip_prefix(opening)?.strip_prefix(token)?;
    let mut kept = opening;
    if !opening.is_empty()
        && let Some(after) = rest.strip_prefix(&opening.replace('<', "</"))
    {
        (rest, kept) = (after, "");
    }
    while let Some(after) = rest
        .strip_prefix("&nbsp;")
        .or_else(|| rest.strip_prefix("<br>"))
        .or_else(|| rest.strip_prefix(char::is_whitespace))
    {
        rest = after;
    }
    Some(format!("{kept}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::super::import::{Format, parse};
    use super::*;

    fn numbered(source: &str) -> Vec<(String, String)> {
        let blocks = parse(Format::Markdown, source).unwrap().blocks;
        number(blocks).into_iter().map(|numbered| (numbered.number, numbered.block.text)).collect()
    }

    fn numbers(source: &str) -> Vec<String> {
        numbered(source).into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn a_deeper_heading_takes_its_place_in_the_section() {
        let source =
            "intro\n\n## A\n\none\n\n- two\n\n### B\n\nthree\n\n#### C\n\nfour\n\n### D\n\nfive\n\n## E\n\nsix";
        assert_eq!(
            numbers(source),
            ["0.1", "1", "1.1", "1.2", "1.3", "1.3.1", "1.3.2", "1.3.2.1", "1.4", "1.4.1", "2", "2.1"]
        );
    }

    #[test]
    fn without_headings_the_blocks_are_counted_through() {
        assert_eq!(numbers("a\n\nb\n\nc"), ["1", "2", "3"]);
    }

    #[test]
    fn a_deeper_heading_before_the_first_section_stands_before_it() {
        assert_eq!(numbers("### a\n\nb\n\n## c"), ["0.1", "0.1.1", "1"]);
    }

    #[test]
    fn a_written_number_goes_where_it_equals_ours() {
        let read = numbered("## 1. Staffing\n\n1.1 We propose\n\n1.5 They propose\n\n1.3 million pounds");
        let expected =
            [("1", "Staffing"), ("1.1", "We propose"), ("1.2", "1.5 They propose"), ("1.3", "1.3 million pounds")];
        assert_eq!(read, expected.map(|(number, text)| (number.to_owned(), text.to_owned())));
    }

    #[test]
    fn sections_that_start_elsewhere_keep_their_numbers() {
        let read = numbered("## 4. Staffing\n\n4.1 We\n\n## 6. Costs\n\n6.1 They");
        let expected = [("4", "Staffing"), ("4.1", "We"), ("6", "Costs"), ("6.1", "They")];
        assert_eq!(read, expected.map(|(number, text)| (number.to_owned(), text.to_owned())));
    }

    #[test]
    fn quantities_and_years_are_no_section_numbers() {
        let read = numbered("## 3 posts not 5\n\n## 2027 Plans");
        assert_eq!(read[0], ("1".to_owned(), "3 posts not 5".to_owned()));
        assert_eq!(read[1], ("2".to_owned(), "2027 Plans".to_owned()));
    }

    #[test]
    fn the_markup_loses_the_number_too() {
        for (html, stripped) in [
            ("<strong>4.2</strong> We", Some("We")),
            ("<strong>4.2 We</strong> go", Some("<strong>We</strong> go")),
            ("4.2&nbsp;We", Some("We")),
            ("<code>4.2</code> We", None),
        ] {
            assert_eq!(strip_markup(html, "4.2").as_deref(), stripped);
        }
    }
}
