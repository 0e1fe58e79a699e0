//! A comment as it stands on the negotiators' pages, and as its writer is shown that.

use super::fitting::beginning;
use crate::drafts::{Block, BlockKind, Change, Kind, compare};
use crate::links;
use crate::responses::identifying::{self, Names};
use crate::responses::{self, Comment, Quote, Search};
use crate::web::house::House;
use crate::web::member::cited;
use crate::web::quoting;
use crate::web::standing::{Standing, state};
use crate::web::view::{DeskComment, DeskPassage, Piece, Quoted};
use crate::words::Language;

/// How much of each text is shown: in a list, or on a page of its own.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    body: usize,
    condition: usize,
    new_wording: usize,
    quote: usize,
    pub passage: usize,
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

/// What is marked in a comment's words.
#[derive(Clone, Copy)]
pub enum Marking<'a> {
    /// What was looked for.
    Search(&'a Search),
    /// What could point to its writer.
    Identifying(&'a Names),
    Nothing,
}

impl Marking<'_> {
    fn pieces(self, text: &str) -> Vec<Piece> {
        match self {
            Self::Search(search) => {
                let marked = search.marked(text).into_iter();
                marked.map(|(words, found)| Piece { words: words.to_owned(), found, kind: None }).collect()
            }
            Self::Identifying(names) => {
                let found = identifying::find(text, names);
                let marked = identifying::marked(text, &found).into_iter();
                let piece = |(words, kind): (&str, Option<identifying::Kind>)| Piece {
                    words: words.to_owned(),
                    found: kind.is_some(),
                    kind: kind.map(identifying::Kind::as_str),
                };
                marked.map(piece).collect()
            }
            Self::Nothing if text.is_empty() => Vec::new(),
            Self::Nothing => vec![Piece { words: text.to_owned(), ..Piece::default() }],
        }
    }
}

/// A comment's words, stored or not.
pub struct Said<'a> {
    pub position: &'a str,
    pub condition: &'a str,
    pub body: &'a str,
    pub quote: Option<Quote>,
    pub new_wording: &'a str,
    pub permission: &'a str,
    pub label: String,
    pub name: Option<String>,
    pub late: bool,
    pub version: i32,
    pub change: Change,
}

impl<'a> Said<'a> {
    #[must_use]
    pub fn of(comment: &'a Comment, label: String, name: Option<String>, change: Change) -> Self {
        Self {
            position: comment.position.as_str(),
            condition: &comment.condition,
            body: &comment.body,
            quote: comment.quote(),
            new_wording: &comment.new_wording,
            permission: comment.permission.as_str(),
            label,
            name,
            late: comment.is_late,
            version: comment.version_number,
            change,
        }
    }

    /// The comment for a page. `passage` are the words it was written about.
    #[must_use]
    pub fn shown(self, passage: Option<&str>, marking: Marking<'_>, room: Room) -> DeskComment {
        let quote = self.quote.as_ref().map(|quote| quote.exact.as_str()).unwrap_or_default();
        let shown_quote = beginning(quote, room.quote);
        let (body, body_cut) = excerpt(marking, self.body, room.body);
        let (condition, condition_cut) = excerpt(marking, self.condition, room.condition);
        let (new_wording, wording_cut) = excerpt(marking, self.new_wording, room.new_wording);
        let quote_cut = shown_quote.len() < quote.len();
        let is_marked = new_wording.iter().any(|piece| piece.found);
        let fits =
            self.new_wording.len().saturating_add(passage.map_or(0, str::len)) <= room.new_wording.saturating_mul(2);
        let wording_change = match passage.filter(|_| !self.new_wording.is_empty() && !is_marked && fits) {
            Some(passage) => compare::words(passage, self.new_wording),
            None => Vec::new(),
        };
        let around = room.quote.min(ROOM_AROUND).max(shown_quote.len() + ROOM_AROUND);
        let quote_marked = match (&self.quote, passage) {
            (Some(quote), Some(passage)) if !quote_cut && !quoting::find(passage, quote, false).at.is_empty() => {
                quoting::marked(passage, Some(quote), around).0
            }
            _ => Vec::new(),
        };
        DeskComment {
            position: self.position.to_owned(),
            condition,
            body,
            quote: if quote_cut { format!("{shown_quote} …") } else { quote.to_owned() },
            quote_marked,
            new_wording,
            wording_change,
            label: self.label,
            permission: self.permission.to_owned(),
            name: self.name,
            late: self.late,
            state: state(self.change),
            version: self.version,
            cut: body_cut || condition_cut || wording_cut || quote_cut,
            ..DeskComment::default()
        }
    }
}

/// A comment at the desks with what was looked for marked.
#[must_use]
pub fn said(
    slug: &str,
    one: responses::DeskComment,
    standing: Option<&Standing>,
    search: &Search,
    room: Room,
) -> DeskComment {
    let url = links::desk_comment(slug, one.id);
    let said = Said::of(&one.comment, one.label, one.name, one.status);
    let quote = said.quote.clone();
    let marking = if search.is_empty() { Marking::Nothing } else { Marking::Search(search) };
    let shown = said.shown(standing.map(|standing| standing.today.then.text.as_str()), marking, room);
    let is_other = standing.filter(|standing| standing.today.change != Change::Unchanged);
    DeskComment { url, passage: is_other.map(|standing| standing.passage(quote.as_ref(), room.passage)), ..shown }
}

/// Bytes of a passage shown around a quotation.
const ROOM_AROUND: usize = 240;

/// The passage a comment stands on, as it was in the version she read.
#[must_use]
pub fn passage(house: &House, slug: &str, key: &str, found: Option<(Kind, &Block)>, room: Room) -> DeskPassage {
    let read_url = links::block(slug, key);
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
fn excerpt(marking: Marking<'_>, text: &str, room: usize) -> (Vec<Piece>, bool) {
    if beginning(text, room).len() == text.len() {
        return (marking.pieces(text), false);
    }
    let mut start = 0;
    let mut at = 0;
    for Piece { words: piece, found, .. } in marking.pieces(text) {
        if found {
            if at + piece.len() > room / 2 {
                start = text[..at].char_indices().rev().nth(LEAD).map_or(0, |(place, _)| place);
                start += text[start..at].find(char::is_whitespace).unwrap_or_default();
            }
            break;
        }
        at += piece.len();
    }
    let shown = beginning(text[start..].trim_start(), room);
    let mut found = marking.pieces(shown);
    let gap = |words: &str| Piece { words: words.to_owned(), ..Piece::default() };
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(typed: &str, text: &str, room: usize) -> (String, bool) {
        let (pieces, cut) = excerpt(Marking::Search(&Search::parse(typed)), text, room);
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
