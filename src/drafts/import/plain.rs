//! Plain text to blocks, by four rules that can be told on the telephone.
//!
//! 1. A blank line ends a paragraph; the lines of a paragraph are joined.
//! 2. A line on its own such as `1. Staffing`, short and without a closing stop, is a heading.
//! 3. A line that starts with `-`, `*` or `•` starts a list item.
//! 4. So does one that starts with `(a)`, `a)` or `1.`, where the paragraph begins like that; it
//!    keeps its mark. `4.2 We propose` is a paragraph: its number goes where it equals ours.

use super::super::block::BlockKind;
use super::Draft;
use super::inline::Run;
use crate::refusal::Refusal;

/// Most characters of a heading.
const HEADING_MAX: usize = 100;

pub(super) fn parse(source: &str, draft: &mut Draft) -> Result<(), Refusal> {
    let mut paragraph: Vec<&str> = Vec::new();
    for (place, line) in source.lines().chain([""]).enumerate() {
        if line.trim().is_empty() {
            add(std::mem::take(&mut paragraph).as_slice(), place, draft)?;
        } else {
            paragraph.push(line.trim());
        }
    }
    Ok(())
}

/// Adds the blocks of one paragraph whose last line is number `last`.
fn add(lines: &[&str], last: usize, draft: &mut Draft) -> Result<(), Refusal> {
    let Some(first) = lines.first() else { return Ok(()) };
    let start = last + 1 - lines.len();
    if lines.len() == 1 && is_heading(first) {
        return push(draft, start, BlockKind::Heading, None, first);
    }
    let is_marked = marker(first).is_some();
    let starts_item = |line: &str| bullet(line).is_some() || (is_marked && marker(line).is_some());
    let mut from = 0;
    while from < lines.len() {
        let length = 1 + lines[from + 1..].iter().take_while(|line| !starts_item(line)).count();
        let words = lines[from..from + length].join(" ");
        let line = start + from;
        if let Some(words) = bullet(&words) {
            push(draft, line, BlockKind::ListItem, None, words)?;
        } else if let Some((mark, words)) = marker(&words).filter(|_| is_marked) {
            push(draft, line, BlockKind::ListItem, Some(mark), words)?;
        } else {
            push(draft, line, BlockKind::Paragraph, None, &words)?;
        }
        from += length;
    }
    Ok(())
}

fn push(draft: &mut Draft, line: usize, kind: BlockKind, mark: Option<&str>, words: &str) -> Result<(), Refusal> {
    let mut run = Run::default();
    if let Some(mark) = mark {
        run.element("span", |run| run.words(mark));
        run.words(" ");
    }
    run.words(words);
    draft.push(line, kind, i32::from(matches!(kind, BlockKind::Heading | BlockKind::ListItem)), &run.text, &run.html)
}

fn is_heading(line: &str) -> bool {
    let numbered = line.split_once(". ").is_some_and(|(number, words)| {
        (1..=3).contains(&number.len()) && number.bytes().all(|sign| sign.is_ascii_digit()) && !words.trim().is_empty()
    });
    numbered && line.chars().count() <= HEADING_MAX && !line.ends_with(['.', ',', ';', ':', '?', '!'])
}

/// The words behind a bullet.
fn bullet(line: &str) -> Option<&str> {
    ["- ", "* ", "• "].iter().find_map(|sign| line.strip_prefix(sign)).map(str::trim_start)
}

/// A mark of its own (`(a)`, `a)`, `12.`) and the words behind it.
fn marker(line: &str) -> Option<(&str, &str)> {
    let (mark, words) = line.split_once(' ')?;
    let sign = mark.strip_suffix(['.', ')'])?;
    let sign = if mark.ends_with(')') { sign.strip_prefix('(').unwrap_or(sign) } else { sign };
    let is_number = (1..=3).contains(&sign.len()) && sign.bytes().all(|sign| sign.is_ascii_digit());
    let is_letter = mark.ends_with(')') && sign.len() == 1 && sign.bytes().all(|sign| sign.is_ascii_lowercase());
    (is_number || is_letter).then(|| (mark, words.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, parse};
    use super::BlockKind::{self, Heading, ListItem, Paragraph};

    fn read(source: &str) -> Vec<(BlockKind, String)> {
        let parsed = parse(Format::Plain, source).unwrap();
        parsed.blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    fn owned<const N: usize>(blocks: [(BlockKind, &str); N]) -> Vec<(BlockKind, String)> {
        blocks.map(|(kind, text)| (kind, text.to_owned())).into()
    }

    #[test]
    fn paragraphs_headings_and_items_are_told_apart() {
        let source = "Dear all\nof you\n\n1. Staffing\n\n4.2 We propose\nthree.\n\n1. Nothing changes.\n\nWe ask:\n- one\n  and a half\n• two\n\n(a) first\nb) second\n3. third";
        assert_eq!(
            read(source),
            owned([
                (Paragraph, "Dear all of you"),
                (Heading, "1. Staffing"),
                (Paragraph, "4.2 We propose three."),
                (ListItem, "1. Nothing changes."),
                (Paragraph, "We ask:"),
                (ListItem, "one and a half"),
                (ListItem, "two"),
                (ListItem, "(a) first"),
                (ListItem, "b) second"),
                (ListItem, "3. third"),
            ])
        );
    }

    #[test]
    fn a_line_that_only_looks_like_an_item_stays_in_its_paragraph() {
        assert_eq!(read("They closed in\n1999. It hurt."), owned([(Paragraph, "They closed in 1999. It hurt.")]));
        assert_eq!(read("from page\n12. On it"), owned([(Paragraph, "from page 12. On it")]));
    }

    #[test]
    fn markup_is_words() {
        let parsed = parse(Format::Plain, "a <b> & \"c\"").unwrap();
        assert_eq!(parsed.blocks[0].text, "a <b> & \"c\"");
        assert_eq!(parsed.blocks[0].html, "a &lt;b&gt; &amp; \"c\"");
    }
}
