//! Blocks as Markdown, to be edited and read back: [`read`] of [`markdown_of`] gives the same blocks.
//!
//! What Markdown has no words for (a picture, a table without a head) stands in the text as a
//! reference to its passage, on a line of its own: `{keep k3j9x2ab: Table}`. Whether a passage can be
//! written is not guessed: it is written, read back, and compared.

use super::block::{Block, BlockKind};
use super::import::{self, Format, Parsed, ParsedBlock};
use super::number::number;
use crate::refusal::Refusal;

/// How often the whole is read back to find a passage that only goes wrong among its neighbours.
const TRIES: usize = 40;

/// The blocks of one version as Markdown, under the document's title. Slow for long texts: call it
/// outside a transaction.
#[must_use]
pub fn markdown_of(title: &str, blocks: &[Block]) -> String {
    let alone = blocks.iter().enumerate().map(|(place, block)| Passage::of(block, place == 0));
    let mut passages: Vec<Passage> = alone.collect();
    let bare: Vec<ParsedBlock> = blocks.iter().map(parsed).collect();
    let again = number(bare);
    let numbers_are_ours = again.iter().zip(blocks).all(|(numbered, block)| numbered.number == block.number);
    let top = blocks.iter().filter(|block| block.kind == BlockKind::Heading).map(|block| block.level).min();
    // Sections with numbers of their own carry them, and words that begin with their own number once more.
    let carries: Vec<bool> = again
        .iter()
        .zip(blocks)
        .map(|(numbered, block)| {
            let is_section = block.kind == BlockKind::Heading && Some(block.level) == top;
            (is_section && !numbers_are_ours) || numbered.block != parsed(block)
        })
        .collect();
    for notes in [true, false] {
        for _ in 0..TRIES {
            let written = write(title, blocks, &passages, notes, &carries);
            match first_difference(&written, blocks) {
                None => return written,
                // Footnotes move to the end; where they were not there, they are written as they stand.
                Some(_) if notes => break,
                Some(place) => match passages[..=place.min(blocks.len() - 1)].iter().rposition(Passage::is_written) {
                    Some(wrong) => passages[wrong] = Passage::Reference,
                    None => break,
                },
            }
        }
    }
    passages.fill(Passage::Reference);
    write(title, blocks, &passages, false, &carries)
}

/// Reads a text that may refer to passages of `earlier`.
///
/// # Errors
/// As [`import::parse`]; a reference to a passage that is not there.
pub fn read(markdown: &str, earlier: &[Block]) -> Result<Parsed, Refusal> {
    let mut parsed = import::parse(Format::Markdown, markdown)?;
    for block in &mut parsed.blocks {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
            continue;
        }
        // A passage that carries its number carries it before the reference.
        let line = block.text.clone();
        let number = line.find('{').filter(|end| is_number(&line[..*end])).unwrap_or_default();
        let (written_number, text) = line.split_at(number);
        let Some(key) = reference(text) else { continue };
        let Some(kept) = earlier.iter().find(|earlier| earlier.key == key) else {
            let detail = format!("There is no passage {key} in this document. Take this line out: {line}");
            return Err(Refusal::field("source", "unknown-passage", detail));
        };
        let kept = self::parsed(kept);
        *block = ParsedBlock {
            text: format!("{written_number}{}", kept.text),
            html: format!("{written_number}{}", kept.html),
            ..kept
        };
    }
    Ok(parsed)
}

/// Whether this is `4. ` or `4.2. `.
fn is_number(text: &str) -> bool {
    let number = text.strip_suffix(". ").unwrap_or_default();
    !number.is_empty()
        && number.split('.').all(|part| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit()))
}

/// The key in `{keep k3j9x2ab: Table}`.
fn reference(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("{keep ")?.strip_suffix('}')?;
    let key = inner.split(':').next()?;
    let is_key = key.len() == 8 && key.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit());
    is_key.then_some(key)
}

fn parsed(block: &Block) -> ParsedBlock {
    ParsedBlock { kind: block.kind, level: block.level, text: block.text.clone(), html: block.html.clone() }
}

/// A passage by itself.
#[derive(Debug, Clone, PartialEq)]
enum Passage {
    /// The words, without what makes them a heading or an item.
    Written {
        mark: Option<Mark>,
        words: String,
    },
    Reference,
}

impl Passage {
    fn of(block: &Block, is_first: bool) -> Self {
        let (mark, html) = match block.kind {
            BlockKind::ListItem => Mark::of(&block.html),
            _ => (None, block.html.as_str()),
        };
        let written = ['*', '_'].into_iter().find_map(|emphasis| {
            let words = match block.kind {
                BlockKind::Table => table(html, emphasis)?,
                BlockKind::Figure => code(html)?,
                _ => inline(html, emphasis)?,
            };
            let alone = match block.kind {
                BlockKind::Heading => format!("x\n\n{} {words}", hashes(block.level)),
                _ => format!("x\n\n{words}"),
            };
            let back = read(&alone, &[]).ok()?;
            let [_, one] = back.blocks.as_slice() else { return None };
            // A note says more of its own when the whole is written.
            let same = one.html == html && (block.kind == BlockKind::ListItem || one.text == block.text);
            (same && back.dropped.is_empty() && reference(&block.text).is_none()).then_some(words)
        });
        // One heading of level 1 at the top would be taken for the title.
        let is_title = is_first && block.kind == BlockKind::Heading && block.level == 1;
        match written {
            Some(words) if !is_title => Self::Written { mark, words },
            _ => Self::Reference,
        }
    }

    fn is_written(&self) -> bool {
        matches!(self, Self::Written { .. })
    }
}

/// What stands before an item's words.
#[derive(Debug, Clone, PartialEq)]
enum Mark {
    Number(usize, char),
    Box(bool),
}

impl Mark {
    /// The mark that Markdown can write, and the rest.
    fn of(html: &str) -> (Option<Self>, &str) {
        let found = html.strip_prefix("<span>").and_then(|rest| rest.split_once("</span> "));
        let Some((sign, rest)) = found else { return (None, html) };
        let number = || {
            let end = sign.chars().last().filter(|end| matches!(end, '.' | ')'))?;
            let digits = &sign[..sign.len() - 1];
            let is_number = digits.len() <= 9 && (digits == "0" || !digits.starts_with('0'));
            digits.parse().ok().filter(|_| is_number).map(|number| Self::Number(number, end))
        };
        let mark = match sign {
            "☑" => Some(Self::Box(true)),
            "☐" => Some(Self::Box(false)),
            _ => number(),
        };
        if mark.is_some() { (mark, rest) } else { (None, html) }
    }
}

fn hashes(level: i32) -> String {
    "#".repeat(usize::try_from(level).unwrap_or(6).clamp(1, 6))
}

/// The place of the first block that does not read back as it was.
fn first_difference(written: &str, blocks: &[Block]) -> Option<usize> {
    let Ok(back) = read(written, blocks) else { return Some(0) };
    let back = number(back.blocks);
    let same =
        |(back, block): (&super::number::Numbered, &Block)| back.number == block.number && back.block == parsed(block);
    let alike = back.iter().zip(blocks).take_while(|pair| same(*pair)).count();
    (alike < blocks.len() || back.len() > blocks.len()).then_some(alike)
}

/// The whole; `carries` says which passages carry their number.
fn write(title: &str, blocks: &[Block], passages: &[Passage], notes: bool, carries: &[bool]) -> String {
    let mut out = Vec::with_capacity(blocks.len() + 1);
    let has_top = |((block, passage), carries): ((&Block, &Passage), &bool)| {
        block.kind == BlockKind::Heading && block.level == 1 && (passage.is_written() || *carries)
    };
    if !blocks.iter().zip(passages).zip(carries).any(has_top) {
        out.push(format!("# {}", escaped(title.trim())));
    }
    let last_words = blocks.iter().rposition(|block| note(&block.html).is_none()).map_or(0, |place| place + 1);
    let mut lists = Lists::default();
    let mut before: Option<i32> = None;
    for (place, ((block, passage), carries)) in blocks.iter().zip(passages).zip(carries).enumerate() {
        let number = match block.kind {
            BlockKind::Heading if *carries => format!("{}. ", block.number),
            // Not the first item of a list.
            BlockKind::Paragraph if *carries => format!("{}\\. ", block.number),
            _ => String::new(),
        };
        let Passage::Written { mark, words } = passage else {
            lists = Lists::default();
            let told: String = block.text.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
            let told: String = told.chars().filter(|sign| !"{}[]<>*_`|\\&~:".contains(*sign)).collect();
            let sign = match block.kind {
                BlockKind::Heading if *carries => format!("{} ", hashes(block.level)),
                _ => String::new(),
            };
            out.push(format!("{}{sign}{number}{{keep {}: {}}}", gap(&out, false), block.key, told.trim()));
            before = None;
            continue;
        };
        let words = if notes { with_notes(words) } else { words.clone() };
        if block.kind != BlockKind::ListItem {
            lists = Lists::default();
        }
        let mut follows = false;
        let written = match block.kind {
            BlockKind::Heading => format!("{} {number}{words}", hashes(block.level)),
            BlockKind::ListItem => {
                let (line, is_next) = lists.item(block.level, mark.as_ref(), &words);
                follows = is_next && before == Some(block.level);
                line
            }
            BlockKind::Paragraph if notes && place >= last_words => {
                // As a note of its own: `[^1]: words`.
                words.replacen("] ", "]: ", 1)
            }
            BlockKind::Paragraph => number + &words,
            _ => words,
        };
        before = (block.kind == BlockKind::ListItem).then_some(block.level);
        out.push(gap(&out, follows).to_owned() + &written);
    }
    out.concat() + "\n"
}

/// What stands before the next passage: an empty line, but between items of one list.
fn gap(before: &[String], follows: bool) -> &'static str {
    match (before.is_empty(), follows) {
        (true, _) => "",
        (false, true) => "\n",
        (false, false) => "\n\n",
    }
}

/// The number of a footnote's words: `<sup>[2]</sup> Words`.
fn note(html: &str) -> Option<&str> {
    let (number, _) = html.strip_prefix("<sup>[")?.split_once("]</sup> ")?;
    number.bytes().all(|sign| sign.is_ascii_digit()).then_some(number)
}

fn with_notes(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once("<sup>\\[") {
        out.push_str(before);
        match after.split_once("\\]</sup>") {
            Some((number, behind)) if !number.is_empty() && number.bytes().all(|sign| sign.is_ascii_digit()) => {
                out.extend(["[^", number, "]"]);
                rest = behind;
            }
            _ => {
                out.push_str("<sup>\\[");
                rest = after;
            }
        }
    }
    out + rest
}

/// The lists that are open where an item is written, outermost first.
#[derive(Default)]
struct Lists(Vec<Open>);

struct Open {
    /// Where the words of its items begin.
    column: usize,
    /// The next number and its closing sign; none of a list of dots.
    next: Option<(usize, char)>,
}

impl Lists {
    /// The item's line, and whether it goes on with the list of its depth.
    fn item(&mut self, level: i32, mark: Option<&Mark>, words: &str) -> (String, bool) {
        let depth = usize::try_from(level).unwrap_or(1).max(1);
        self.0.truncate(depth);
        let number = match mark {
            Some(Mark::Number(number, end)) => Some((*number, *end)),
            _ => None,
        };
        let mut literal = String::new();
        let mut number = number;
        let mut is_next = false;
        if self.0.len() == depth {
            let open = self.0.pop().and_then(|open| open.next);
            is_next = number == open;
            // A number that does not follow in its list stands as words, in a list of dots.
            if let (Some(wanted), Some(next)) = (number, open)
                && wanted.1 == next.1
                && wanted != next
            {
                literal = format!("<span>{}{}</span> ", wanted.0, wanted.1);
                number = None;
            }
        }
        let start = self.0.last().map_or(0, |outer| outer.column);
        let mut line = " ".repeat(start);
        while self.0.len() + 1 < depth {
            line.push_str("- ");
            self.0.push(Open { column: line.len(), next: None });
        }
        match number {
            Some((number, end)) => line.extend([number.to_string(), end.to_string(), " ".to_owned()]),
            None => line.push_str("- "),
        }
        self.0.push(Open { column: line.len(), next: number.map(|(number, end)| (number + 1, end)) });
        match mark {
            Some(Mark::Box(true)) => line.push_str("[x] "),
            Some(Mark::Box(false)) => line.push_str("[ ] "),
            _ => {}
        }
        (line + &literal + words, is_next)
    }
}

/// The inside of a heading, paragraph, item or cell; none where there is markup without words for it.
fn inline(html: &str, emphasis: char) -> Option<String> {
    let mut out = String::with_capacity(html.len() + 8);
    let mut links: Vec<String> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (words, behind) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        out.push_str(&escaped(&unescaped(words)));
        let Some(tag) = behind.strip_prefix('<') else { break };
        let (tag, after) = tag.split_once('>')?;
        rest = after;
        match tag {
            "strong" | "/strong" => out.push_str("**"),
            "em" | "/em" => out.push(emphasis),
            "del" | "/del" => out.push_str("~~"),
            "br" => out.push_str("<br>"),
            "sup" | "/sup" | "sub" | "/sub" | "span" | "/span" => out.extend(["<", tag, ">"]),
            "/a" => {
                let to = links.pop()?;
                out.extend(["](<", &to, ">)"]);
            }
            "code" => {
                let (words, after) = rest.split_once("</code>")?;
                rest = after;
                let words = unescaped(words);
                let fence = fence(&words, 1);
                let room = if words.starts_with(['`', ' ']) || words.ends_with(['`', ' ']) { " " } else { "" };
                out.extend([fence.as_str(), room, &words, room, &fence]);
            }
            _ => {
                let to = tag.strip_prefix("a href=\"")?.split('"').next()?;
                links.push(unescaped(to));
                out.push('[');
            }
        }
    }
    Some(out)
}

fn table(html: &str, emphasis: char) -> Option<String> {
    let inner = html.strip_prefix("<table><thead>")?.strip_suffix("</tbody></table>")?;
    let (head, body) = inner.split_once("</thead><tbody>")?;
    let row = |row: &str, open: &str, close: &str| -> Option<String> {
        let mut line = "|".to_owned();
        for cell in row.strip_suffix("</tr>")?.split(open).skip(1) {
            let words = inline(cell.strip_suffix(close)?, emphasis)?.replace('|', "\\|");
            line.extend([" ", &words, " |"]);
        }
        Some(line)
    };
    let head = row(head.strip_prefix("<tr>")?, "<th scope=\"col\">", "</th>")?;
    let columns = inner.split_once("</thead>")?.0.matches("<th").count();
    let mut lines = vec![head, "|".to_owned() + &" --- |".repeat(columns)];
    for one in body.split("<tr>").skip(1) {
        lines.push(row(one, "<td>", "</td>")?);
    }
    Some(lines.join("\n"))
}

fn code(html: &str) -> Option<String> {
    let words = unescaped(html.strip_prefix("<figure><pre>")?.strip_suffix("</pre></figure>")?);
    let fence = fence(&words, 3);
    Some(format!("{fence}\n{words}{}{fence}", if words.ends_with('\n') { "" } else { "\n" }))
}

/// Longer than any row of back-ticks inside.
fn fence(words: &str, least: usize) -> String {
    let longest = words.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(least.max(longest + 1))
}

fn unescaped(html: &str) -> String {
    if !html.contains('&') {
        return html.to_owned();
    }
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{a0}"), ("&#39;", "'"), ("&amp;", "&")];
    named.into_iter().fold(html.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

/// Words that mean nothing but themselves.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let signs: Vec<char> = words.chars().collect();
    for (place, sign) in signs.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| signs.get(before));
        let after = signs.get(place + 1);
        let inside =
            before.is_some_and(|sign| sign.is_alphanumeric()) && after.is_some_and(|sign| sign.is_alphanumeric());
        let starts = signs[..place].iter().all(char::is_ascii_digit);
        let special = match sign {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !inside,
            '&' => after.is_some_and(|sign| sign.is_alphanumeric() || *sign == '#'),
            '#' | '>' | '+' | '-' | '=' | '|' => place == 0,
            '.' | ')' => place > 0 && starts,
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(*sign);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::version::{Base, prepare};
    use super::*;
    use crate::ids::Chance;

    fn blocks(source: &str) -> Vec<Block> {
        let parsed = import::parse(Format::Markdown, source).unwrap();
        prepare(&Base::default(), parsed, &Chance::seeded(1)).blocks
    }

    fn back(blocks: &[Block]) -> Vec<(String, ParsedBlock)> {
        let written = markdown_of("The draft", blocks);
        let read = read(&written, blocks).unwrap();
        number(read.blocks).into_iter().map(|one| (one.number, one.block)).collect()
    }

    fn same(blocks: &[Block]) -> Vec<(String, ParsedBlock)> {
        blocks.iter().map(|block| (block.number.clone(), parsed(block))).collect()
    }

    #[test]
    fn the_example_is_written_without_a_reference_and_reads_back() {
        let blocks = blocks(include_str!("../demo/draft.md"));
        let written = markdown_of("Closer to Families", &blocks);
        assert!(!written.contains("{keep"), "{written}");
        assert!(written.starts_with("# Closer to Families\n\n"));
        assert_eq!(back(&blocks), same(&blocks));
    }

    #[test]
    fn lists_tables_notes_and_numbers_are_written_as_people_write_them() {
        let source = "# The draft\n\n## 4\\. Staffing\n\nOne[^1] *two* **three**.\n\n1. first\n2. second\n\n   - [x] inner\n\n- dot\n\n| A | B |\n| --- | --- |\n| **5** | x<br>y |\n\n```\na < b\n```\n\n## 6\\. Costs\n\nCO<sub>2</sub> [a](<https://b.example/>)\n\n[^1]: Note.\n";
        let blocks = blocks(source);
        let written = markdown_of("The draft", &blocks);
        assert_eq!(written, source.replace("\\.", "."));
        assert_eq!(back(&blocks), same(&blocks));
    }

    #[test]
    fn what_markdown_cannot_say_is_kept_by_reference() {
        let mut blocks = blocks("## A\n\nx\n\ny");
        blocks[1].kind = BlockKind::Figure;
        blocks[1].html = "<figure><img src=\"/picture/1\" alt=\"Chart\"></figure>".to_owned();
        let written = markdown_of("T", &blocks);
        assert!(written.contains(&format!("{{keep {}: x}}", blocks[1].key)), "{written}");
        assert_eq!(back(&blocks), same(&blocks));
        let unknown = read("{keep zzzzzzzz: gone}", &blocks);
        assert!(matches!(unknown, Err(Refusal::Invalid(problems)) if problems[0].code == "unknown-passage"));
    }

    const PIECES: [&str; 44] = [
        "word",
        "two words",
        " ",
        "\n",
        "\n\n",
        "\n\n",
        "# ",
        "## ",
        "### ",
        "- ",
        "  - ",
        "    - ",
        "1. ",
        "2. ",
        "7) ",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "| a | b |\n|---|---|\n| c | d |\n\n",
        "[x](http://a.example/)",
        "[^1]",
        "\n\n[^1]: note\n\n",
        "<sup>",
        "</sup>",
        "<br>",
        "&amp;",
        "&lt;b&gt;",
        "\\",
        "[",
        "]",
        "!",
        "{keep abcdefgh}",
        "> ",
        "4. ",
        "1999. It",
        "- [x] ",
        "- [ ] ",
        "http://x.example",
        "é",
        "|",
        "+ ",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn whatever_was_imported_reads_back_as_the_same(
            pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..25)
        ) {
            let Ok(parsed) = import::parse(Format::Markdown, &pieces.concat()) else { return Ok(()) };
            let blocks = prepare(&Base::default(), parsed, &Chance::seeded(1)).blocks;
            prop_assert_eq!(back(&blocks), same(&blocks), "{}", markdown_of("T", &blocks));
        }
    }
}
