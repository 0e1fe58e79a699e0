//! From a source text to blocks: pure, and safe with anything that is handed in.
//!
//! No word is lost: what cannot be shown (raw HTML, drawings, unsafe links) is listed as dropped.
//! Nothing that comes out of here loads anything from elsewhere. Files are told by their content
//! ([`read`]); how much they unpack to is counted, never believed.

mod archive;
mod assembly;
mod docx;
mod file;
mod html;
mod inline;
mod letter;
mod line;
mod markdown;
mod numbers;
mod odt;
mod picture;
mod plain;
#[cfg(test)]
#[path = "tests.rs"]
mod whole_files;
mod xml;

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Serialize;

use file::text_of;
pub use file::{FILE_MAX, read};
pub use letter::letter_html;
pub use picture::{Picture, PictureKind, SCHEME as PICTURE_SCHEME};

use super::block::BlockKind;
use crate::refusal::Refusal;
use crate::{text, values};

values! {
    /// How a source is written.
    Format {
        Markdown = "markdown",
        Plain = "plain",
        Html = "html",
        Docx = "docx",
        Odt = "odt",
    }
}

/// Most bytes of a source.
pub const SOURCE_MAX: usize = 2_000_000;
/// Most blocks of a version.
pub const BLOCKS_MAX: usize = 5_000;
/// Most characters of a block.
pub const BLOCK_MAX: usize = 50_000;
/// Most bytes of a block's markup.
const HTML_MAX: usize = 500_000;
/// Most dropped things that are listed one by one.
const DROPPED_MAX: usize = 1_000;

/// A source taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The one heading of level 1 at the top of a Markdown source, which is then no block.
    pub title: Option<String>,
    /// In the order of the source; at least one.
    pub blocks: Vec<ParsedBlock>,
    pub dropped: Vec<Dropped>,
    /// Comments that stood in the file, in the order of the text.
    pub comments: Vec<FileComment>,
    /// Pictures to which the markup refers as [`PICTURE_SCHEME`] and their hash; each once.
    pub pictures: Vec<Picture>,
}

/// A comment that stood in the file, without who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileComment {
    /// The block that it stands on, counted from 0.
    pub block: usize,
    /// The words it stands on; empty where the file does not say.
    pub quote: String,
    pub body: String,
}

/// A block before it has a number and a key; fields as in [`super::Block`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedBlock {
    pub kind: BlockKind,
    pub level: i32,
    pub text: String,
    pub html: String,
}

/// Something in the source that is not in the blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// In words: `HTML <div class="x">`.
    pub what: String,
    /// In words: `line 12`.
    pub place: String,
}

/// Takes a source apart. Slow for long sources: call it outside a transaction.
///
/// # Errors
/// A source that is too long, empty, too deeply nested or holds control characters, with a
/// sentence that says what to do; field `source`.
pub fn parse(format: Format, source: &str) -> Result<Parsed, Refusal> {
    if source.len() > SOURCE_MAX {
        return Err(refused("too-long", "This text is longer than 2 MB; divide it into several documents."));
    }
    let source = text::words("source", source.trim_start_matches('\u{feff}'), SOURCE_MAX)?;
    let mut draft = Draft::default();
    match format {
        Format::Markdown => markdown::parse(&source, &mut draft)?,
        Format::Plain => plain::parse(&source, &mut draft)?,
        Format::Html => draft = html::parse(&source)?,
        Format::Docx | Format::Odt => {
            return Err(refused("not-a-text", "Choose the file itself; its inside cannot be pasted."));
        }
    }
    finish(draft)
}

/// A draft as it is handed on, if there is something in it.
fn finish(draft: Draft) -> Result<Parsed, Refusal> {
    if draft.blocks.is_empty() {
        return Err(refused("missing", "There are no words in this text; write something below its title."));
    }
    let Draft { title, blocks, dropped, comments, pictures } = draft;
    Ok(Parsed { title, blocks, dropped, comments, pictures })
}

/// What the parsers fill; it holds the limits.
#[derive(Default)]
struct Draft {
    comments: Vec<FileComment>,
    pictures: Vec<Picture>,
    title: Option<String>,
    blocks: Vec<ParsedBlock>,
    dropped: Vec<Dropped>,
}

impl Draft {
    /// Adds a block; one without words is left out.
    fn push(&mut self, line: usize, kind: BlockKind, level: i32, text: &str, html: &str) -> Result<(), Refusal> {
        self.push_at(&format!("line {line}"), kind, level, text, html)
    }

    /// As [`push`](Self::push), from a place in words.
    fn push_at(&mut self, place: &str, kind: BlockKind, level: i32, text: &str, html: &str) -> Result<(), Refusal> {
        let place = || capital(place);
        let text = text::words("source", text.trim(), BLOCK_MAX).map_err(|mut problem| {
            problem.detail = format!("{}: {}", place(), problem.detail);
            problem
        })?;
        if text.is_empty() {
            return Ok(());
        }
        if self.blocks.len() == BLOCKS_MAX {
            return Err(refused(
                "too-many-blocks",
                format!("{}: a document has at most {BLOCKS_MAX} paragraphs; divide this text into several.", place()),
            ));
        }
        if html.len() > HTML_MAX {
            return Err(refused(
                "too-much-markup",
                format!("{}: there is too much markup in this paragraph.", place()),
            ));
        }
        self.blocks.push(ParsedBlock { kind, level, text, html: SAFE.clean(html.trim()).to_string() });
        Ok(())
    }

    fn drop(&mut self, line: usize, what: &str) {
        self.drop_at(&format!("line {line}"), what);
    }

    fn drop_at(&mut self, place: &str, what: &str) {
        const SHOWN: usize = 160;
        let mut shown: String = what.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect();
        if shown.chars().count() == SHOWN {
            shown.push('…');
        }
        match self.dropped.len() {
            DROPPED_MAX => "and more that is not listed".clone_into(&mut shown),
            more if more > DROPPED_MAX => return,
            _ => {}
        }
        self.dropped.push(Dropped { what: shown, place: place.to_owned() });
    }
}

/// The only markup that reaches a page, whatever the parsers do.
static SAFE: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut safe = ammonia::Builder::empty();
    safe.tags(HashSet::from([
        "em",
        "strong",
        "a",
        "del",
        "code",
        "sup",
        "sub",
        "br",
        "span",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "pre",
        "img",
    ]))
    .clean_content_tags(HashSet::from(["script", "style"]))
    .tag_attributes(
        [
            ("a", HashSet::from(["href"])),
            ("th", HashSet::from(["scope", "colspan", "rowspan"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("img", HashSet::from(["src", "alt", "width", "height"])),
        ]
        .into(),
    )
    .attribute_filter(|element, attribute, value| {
        // A picture is one of ours, and nothing else is.
        let is_ours = value.starts_with(PICTURE_SCHEME);
        let fits = match (element, attribute) {
            ("img", "src") => is_ours,
            ("a", "href") => !is_ours,
            (_, "width" | "height" | "colspan" | "rowspan") => value.bytes().all(|sign| sign.is_ascii_digit()),
            _ => true,
        };
        fits.then(|| value.into())
    })
    .url_schemes(HashSet::from(["http", "https", "mailto", "picture"]))
    .url_relative(ammonia::UrlRelative::Deny)
    .link_rel(Some("noopener noreferrer"));
    safe
});

/// `Paragraph 12`, as a sentence begins.
fn capital(place: &str) -> String {
    let mut signs = place.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

fn refused(code: &'static str, detail: impl Into<String>) -> Refusal {
    Refusal::field("source", code, detail)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn alphanumeric(text: &str) -> Vec<String> {
        text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    fn refusal_code(result: Result<Parsed, Refusal>) -> &'static str {
        match result {
            Err(Refusal::Invalid(problems)) => problems[0].code,
            other => panic!("{other:?}"),
        }
    }

    /// Every tag is one of ours with at most one attribute of ours; hence no script, no handler.
    fn is_harmless(html: &str) -> bool {
        html.split('<').skip(1).all(|piece| {
            let Some((tag, _)) = piece.split_once('>') else { return false };
            let name = tag.trim_start_matches('/');
            let known = "em strong a del code sup sub br span table thead tbody tr th td figure figcaption pre";
            let is_link =
                name.strip_prefix("a href=\"").and_then(|rest| rest.strip_suffix("\" rel=\"noopener noreferrer\""));
            let scheme = |url: &str| {
                ["http://", "https://", "mailto:"].iter().any(|one| url.to_ascii_lowercase().starts_with(one))
            };
            known.split(' ').any(|one| one == name)
                || name == "th scope=\"col\""
                || name == "a rel=\"noopener noreferrer\""
                || is_link.is_some_and(|url| !url.contains('"') && scheme(url))
        })
    }

    #[test]
    fn every_word_of_the_example_is_in_the_blocks_in_order() {
        let source = include_str!("../../demo/draft.md");
        let parsed = parse(Format::Markdown, source).unwrap();
        let title = parsed.title.clone().unwrap();
        let read: Vec<String> =
            parsed.blocks.iter().fold(alphanumeric(&title), |words, block| [words, alphanumeric(&block.text)].concat());
        assert_eq!(read, alphanumeric(source));
        assert_eq!(title, "Closer to Families: the branch's alternative to the restructure");
        assert!(parsed.dropped.is_empty());
    }

    #[test]
    fn limits_are_refused_with_their_names() {
        for format in [Format::Markdown, Format::Plain] {
            assert_eq!(refusal_code(parse(format, &"x".repeat(SOURCE_MAX + 1))), "too-long");
            assert_eq!(refusal_code(parse(format, &"x".repeat(BLOCK_MAX + 1))), "too-long");
            assert_eq!(refusal_code(parse(format, &"x\n\n".repeat(BLOCKS_MAX + 1))), "too-many-blocks");
            assert_eq!(refusal_code(parse(format, " \n\n")), "missing");
            assert_eq!(refusal_code(parse(format, "a\u{0}b")), "control-character");
            assert_eq!(parse(format, &"x\n\n".repeat(BLOCKS_MAX)).unwrap().blocks.len(), BLOCKS_MAX);
        }
        assert_eq!(refusal_code(parse(Format::Markdown, "# Only a title")), "missing");
        assert_eq!(refusal_code(parse(Format::Markdown, "a &#27; b")), "control-character");
        let markup = "<sup>".repeat(HTML_MAX / 5) + "words";
        assert_eq!(refusal_code(parse(Format::Markdown, &markup)), "too-much-markup");
        let dropped = parse(Format::Markdown, &("<b>".repeat(5_000) + "words")).unwrap().dropped;
        assert_eq!(dropped.len(), DROPPED_MAX + 1);
    }

    #[test]
    fn a_byte_order_mark_is_no_word() {
        assert_eq!(parse(Format::Markdown, "\u{feff}# T\n\nx").unwrap().title.as_deref(), Some("T"));
    }

    #[test]
    fn deep_nesting_is_refused_and_overflows_nothing() {
        for source in [
            ">".repeat(200_000) + " x",
            "- ".repeat(50_000) + "x",
            "[".repeat(50_000) + "x" + &"](http://a)".repeat(50_000),
            "*a **b ".repeat(20_000) + &"c** d*".repeat(20_000),
        ] {
            // Refused or taken; never an overflow of the stack.
            drop(parse(Format::Markdown, &source));
        }
        assert_eq!(refusal_code(parse(Format::Markdown, &(">".repeat(1_000) + " x"))), "too-deep");
    }

    proptest! {
        #[test]
        fn anything_is_taken_or_refused_and_is_harmless(source in ".{0,200}") {
            for format in [Format::Markdown, Format::Plain] {
                for block in parse(format, &source).into_iter().flat_map(|parsed| parsed.blocks) {
                    prop_assert!(is_harmless(&block.html), "{}", block.html);
                }
            }
        }

        #[test]
        fn pieces_of_attacks_are_harmless(pieces in prop::collection::vec(prop::sample::select(vec![
            "<script>", "</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](data:text/html,y)",
            "<a href='javascript:x'>", "|", "|-|", "\n", "\n\n", "<", ">", "\"", "`", "```", "*", "**", "[^1]", "[^1]: ", "> ",
            "- ", "1. ", "# ", "<svg/onload=x>", "<style>", "&lt;script&gt;", "<http://a\"onclick=x>", "<table>", "~~",
            "[a]: javascript:x", "<!--", "-->", "<sup>", "</sub>", "<br>", "[ ] ", "word", "\t", "    ",
        ]), 0..30)) {
            let source = pieces.concat();
            for format in [Format::Markdown, Format::Plain] {
                for block in parse(format, &source).into_iter().flat_map(|parsed| parsed.blocks) {
                    prop_assert!(is_harmless(&block.html), "{}", block.html);
                    prop_assert!(!block.text.trim().is_empty());
                }
            }
        }
    }
}
