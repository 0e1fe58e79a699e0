//! A comment as it stands on the negotiators' pages.

use super::fitting::beginning;
use crate::drafts::{BlockKind, Change};
use crate::links;
use crate::responses::{self, Quote, Search};
use crate::web::house::House;
use crate::web::member::{Edition, cited};
use crate::web::view::{DeskComment, DeskPassage, Piece, Quoted};
use crate::words::Language;

/// How much of each text is shown: in a list, or on a page of its own.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    body: usize,
    condition: usize,
    new_wording: usize,
    quote: usize,
    passage: usize,
}

impl Room {
    pub const LIST: Self = Self { body: 700, condition: 250, new_wording: 350, quote: 250, passage: 700 };
    pub const WHOLE: Self = Self {
        body: usize::MAX,
        condition: usize::MAX,
        new_wording: usize::MAX,
        quote: usize::MAX,
        passage: usize::MAX,
    };
}

/// A comment with what was looked for marked.
#[must_use]
pub fn said(slug: &str, one: responses::DeskComment, search: &Search, room: Room) -> DeskComment {
    let comment = one.comment;
    let quote = comment.quote.and_then(|quote| serde_json::from_str::<Quote>(&quote).ok());
    let quote = quote.map(|quote| quote.exact).unwrap_or_default();
    let shown_quote = beginning(&quote, room.quote);
    let (body, body_cut) = excerpt(search, &comment.body, room.body);
    let (condition, condition_cut) = excerpt(search, &comment.condition, room.condition);
    let (new_wording, wording_cut) = excerpt(search, &comment.new_wording, room.new_wording);
    let quote_cut = shown_quote.len() < quote.len();
    DeskComment {
        url: links::desk_comment(slug, one.id),
        position: comment.position.to_string(),
        condition,
        body,
        quote: if quote_cut { format!("{shown_quote} …") } else { quote },
        new_wording,
        label: one.label,
        permission: comment.permission.to_string(),
        name: one.name,
        late: comment.is_late,
        state: if one.status == Change::Unchanged { "current" } else { one.status.as_str() },
        version: comment.version_number,
        cut: body_cut || condition_cut || wording_cut || quote_cut,
    }
}

/// The passage a comment stands on, as it was in the version she read.
#[must_use]
pub fn passage(house: &House, slug: &str, key: &str, edition: Option<&Edition>, room: Room) -> DeskPassage {
    let read_url = links::block(slug, key);
    let found = edition.and_then(|edition| Some((edition.kind, edition.block(key)?)));
    let Some((kind, block)) = found else {
        return DeskPassage { quoted: Quoted { read_url, ..Quoted::default() }, cut: None };
    };
    let html = match block.kind {
        BlockKind::Table | BlockKind::Figure => block.html.clone(),
        BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem => format!("<p>{}</p>", block.html),
    };
    let cut = (html.len() > room.passage).then(|| format!("{} …", beginning(&block.text, room.passage * 4 / 5)));
    let html = if cut.is_some() { String::new() } else { html };
    DeskPassage { quoted: Quoted { number: cited(house, Language::English, kind, &block.number), html, read_url }, cut }
}

/// As much of a text as there is room for, with what was looked for in it; whether something is left out.
fn excerpt(search: &Search, text: &str, room: usize) -> (Vec<Piece>, bool) {
    if beginning(text, room).len() == text.len() {
        return (pieces(search, text), false);
    }
    let mut start = 0;
    let mut at = 0;
    for (piece, is_marked) in search.marked(text) {
        if is_marked {
            if at + piece.len() > room / 2 {
                start = text[..at].char_indices().rev().nth(LEAD).map_or(0, |(place, _)| place);
                start += text[start..at].find(char::is_whitespace).unwrap_or_default();
            }
            break;
        }
        at += piece.len();
    }
    let shown = beginning(text[start..].trim_start(), room);
    let mut found = pieces(search, shown);
    let gap = |words: &str| Piece { words: words.to_owned(), found: false };
    if start > 0 {
        found.insert(0, gap("… "));
    }
    if !text.trim_end().ends_with(shown) {
        found.push(gap(" …"));
    }
    (found, true)
}

/// Characters shown before the first word found.
const LEAD: usize = 60;

fn pieces(search: &Search, text: &str) -> Vec<Piece> {
    let marked = search.marked(text).into_iter();
    marked.map(|(words, found)| Piece { words: words.to_owned(), found }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(typed: &str, text: &str, room: usize) -> (String, bool) {
        let (pieces, cut) = excerpt(&Search::parse(typed), text, room);
        let words =
            pieces.iter().map(|piece| if piece.found { format!("[{}]", piece.words) } else { piece.words.clone() });
        (words.collect(), cut)
    }

    #[test]
    fn a_long_comment_is_shown_around_what_was_found() {
        let text = format!("{} deputies {}", "word ".repeat(200), "end ".repeat(200));
        let (found, cut) = shown("deput", &text, 200);
        assert!(cut && found.starts_with("… ") && found.contains("[deputies]") && found.ends_with('…'), "{found}");
        assert_eq!(shown("", "short", 200), ("short".to_owned(), false));
    }

    proptest! {
        #[test]
        fn nothing_breaks_a_cut(typed in "\\PC{0,6}", text in "(?s).{0,300}", room in 4_usize..80) {
            let (found, cut) = shown(&typed, &text, room);
            prop_assert!(cut || found.replace(['[', ']'], "") == text.replace(['[', ']'], ""));
        }
    }
}
