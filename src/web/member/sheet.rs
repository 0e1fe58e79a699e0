//! A published version as it stands on the shelf: rendered once, with gaps for what is personal or
//! passing.

use std::collections::HashMap;

use super::frame::{bare_page, contact, member_here};
use super::leaf::{Leaf, cited};
use super::parts::Part;
use super::shelf::Edition;
use crate::consultations::Consultation;
use crate::drafts::import::letter_html;
use crate::links;
use crate::render::RenderFault;
use crate::web::changes::for_paper;
use crate::web::house::House;
use crate::web::view::{BlockView, ContentsLine, Mark, Page, ReadPage, SectionPage, Spoken, Turn, TurnTo};
use crate::words::Language;

pub struct Sheet(Vec<Piece>);

/// What goes into the gaps for one reader.
pub struct Filling<'a> {
    pub top: &'a str,
    pub end: &'a str,
    /// The address of her "no more reminders".
    pub stop_url: &'a str,
    /// Whether comments may be made: then each passage has its plain mark.
    pub open: bool,
    /// Marks that differ from the plain ones, by the key of the passage.
    pub marks: &'a HashMap<String, String>,
    /// What stands beside a line of the contents, by its place in them.
    pub spoken: &'a HashMap<usize, String>,
}

impl Sheet {
    /// Renders a page of the draft for members, or for whoever is not signed in: all of it, or one
    /// part; the first part comes with the contents.
    ///
    /// # Errors
    /// When a template does not fit.
    pub fn render(
        house: &House,
        language: Language,
        consultation: &Consultation,
        (leaf, part): (&Leaf, usize),
        for_members: bool,
    ) -> Result<Self, RenderFault> {
        let (slug, edition) = (&consultation.slug, &leaf.edition);
        let shown = edition.parts.get(part).map_or(0..edition.blocks.len(), |part| part.units.clone());
        let mut blocks: Vec<BlockView> = edition.blocks[shown].iter().map(BlockView::of).collect();
        BlockView::join_lists(&mut blocks);
        let published = edition.version.published_at.unwrap_or(edition.version.created_at);
        let page = Page {
            contact: contact(consultation),
            member: for_members.then(|| member_here(house, slug)),
            stop_url: for_members.then(|| STOP_GAP.to_owned()),
            ..bare_page()
        };
        let address = |place: usize| match place {
            0 => links::consultation(slug),
            place => links::section(slug, &edition.parts[place].name),
        };
        let turn = turn(house, language, &edition.parts, part, address);
        let beside_url = leaf.is_paired.then(|| links::beside(slug));
        let html = if part == 0 {
            let paper_number = for_paper(&edition.blocks);
            let view = ReadPage {
                page,
                title: consultation.title.clone(),
                version: edition.version.number,
                note: edition.version.note.clone(),
                published_words: house.words.date_words(language, consultation.day_of(published)),
                compare_url: (edition.version.number > 1)
                    .then(|| links::compare(slug, edition.version.number - 1, edition.version.number, 1)),
                paper_url: house.links.absolute(&links::number(slug, &paper_number, edition.version.number)),
                paper_number,
                letter_html: letter_html(&consultation.letter),
                blocks,
                beside_url,
                contents: contents_view(leaf.contents(), address),
                turn,
            };
            house.renderer.render("member/read.html", language, &view)?
        } else {
            let view = SectionPage {
                page,
                title: consultation.title.clone(),
                name: part_words(house, language, &edition.parts[part]),
                contents_url: format!("{}#contents", links::consultation(slug)),
                beside_url,
                blocks,
                turn,
            };
            house.renderer.render("member/section.html", language, &view)?
        };
        let of = if for_members { vec![(&**edition, false)] } else { Vec::new() };
        Self::of(house, language, slug, &html, &of, false)
    }

    /// Takes a rendered page apart; the plain marks are those of blocks in `of`, each with whether
    /// it is the employer's.
    ///
    /// # Errors
    /// When a template does not fit.
    pub fn of(
        house: &House,
        language: Language,
        slug: &str,
        html: &str,
        of: &[(&Edition, bool)],
        beside: bool,
    ) -> Result<Self, RenderFault> {
        Self::cut(html, |key| {
            let found = of.iter().find_map(|(edition, _)| Some((*edition, edition.block(key)?)));
            let Some((edition, block)) = found else { return Ok(String::new()) };
            let number = cited(house, language, edition.kind, &block.number);
            let mark = plain_mark(slug, edition.version.number, key, &number, beside);
            house.renderer.render("parts/mark.html", language, &mark)
        })
    }

    /// The whole page for one reader.
    #[must_use]
    pub fn fill(&self, filling: &Filling) -> String {
        let own: usize = filling.marks.values().map(String::len).sum();
        let fixed: usize = self.0.iter().map(Piece::length).sum();
        let mut page = String::with_capacity(fixed + own + filling.top.len() + filling.end.len() + 64);
        for piece in &self.0 {
            page.push_str(match piece {
                Piece::Fixed(html) => html,
                Piece::Top => filling.top,
                Piece::End => filling.end,
                Piece::Stop => filling.stop_url,
                Piece::Mark { key, plain } => match filling.marks.get(key) {
                    Some(own) => own,
                    None if filling.open => plain,
                    None => "",
                },
                Piece::Spoken(place) => filling.spoken.get(place).map_or("", String::as_str),
            });
        }
        page
    }

    /// Takes a rendered page apart at its gaps. Drafts and letters hold no html comments, so every
    /// one there is comes from the template.
    fn cut<E>(html: &str, mut plain: impl FnMut(&str) -> Result<String, E>) -> Result<Self, E> {
        let mut pieces = Vec::new();
        let mut rest = html;
        while let Some((before, after)) = rest.split_once("<!--") {
            let Some((gap, after)) = after.split_once("-->") else { break };
            pieces.push(Piece::Fixed(before.to_owned()));
            match gap.split_once(' ') {
                Some(("mark", key)) => pieces.push(Piece::Mark { key: key.to_owned(), plain: plain(key)? }),
                Some(("spoken", place)) => pieces.extend(place.parse().ok().map(Piece::Spoken)),
                _ if gap == "top" => pieces.push(Piece::Top),
                _ if gap == "end" => pieces.push(Piece::End),
                _ => {}
            }
            rest = after;
        }
        // The one gap in an attribute stands in the footer: the last there is.
        match rest.rsplit_once(STOP_GAP) {
            Some((before, after)) => {
                pieces.extend([Piece::Fixed(before.to_owned()), Piece::Stop, Piece::Fixed(after.to_owned())]);
            }
            None => pieces.push(Piece::Fixed(rest.to_owned())),
        }
        Ok(Self(pieces))
    }
}

/// The mark of a passage on which she has said nothing. From where two texts stand beside each
/// other, she comes back there.
pub fn plain_mark(slug: &str, version: i32, key: &str, number: &str, beside: bool) -> Mark {
    let from = if beside { BESIDE_QUERY } else { "" };
    Mark {
        number: number.to_owned(),
        comment_url: Some(format!("{}?version={version}{from}", links::comment(slug, key))),
        own_comments: 0,
        unsent: false,
        mine_url: links::mine(slug),
        notice: None,
        notice_more: Vec::new(),
        question_url: None,
    }
}

/// What a comment page is told of where she came from: see [`BESIDE`].
const BESIDE_QUERY: &str = "&from=beside";
/// The name of the page with two texts, where an address says where she came from.
pub const BESIDE: &str = "beside";

/// A line of the contents for each section, and for each further part of a long one. `address` is
/// given the place of a part.
pub fn contents_view(parts: &[Part], address: impl Fn(usize) -> String) -> Vec<ContentsLine> {
    let lines = parts.iter().enumerate().flat_map(|(place, part)| {
        let url = address(place);
        part.entries.iter().map(move |entry| (url.clone(), entry))
    });
    let line = |(place, (url, entry)): (usize, (String, &super::parts::Entry))| ContentsLine {
        place,
        url: format!("{url}#b-{}", entry.key),
        number: entry.number.clone(),
        words: entry.words.clone(),
        part: entry.part,
    };
    lines.enumerate().map(line).collect()
}

/// The ways to the parts before and after; none for a text that is not divided.
pub fn turn(
    house: &House,
    language: Language,
    parts: &[Part],
    here: usize,
    address: impl Fn(usize) -> String,
) -> Option<Turn> {
    let to = |place: usize| {
        let part = parts.get(place)?;
        Some(TurnTo { url: address(place), words: part_words(house, language, part) })
    };
    (parts.len() > 1).then(|| Turn {
        here: here + 1,
        count: parts.len(),
        previous: here.checked_sub(1).and_then(to),
        next: to(here + 1),
        contents_url: format!("{}#contents", address(0)),
    })
}

/// What a part is called: "4 Caseload limits", "4 to 6", "4 Caseload limits, part 2".
fn part_words(house: &House, language: Language, part: &Part) -> String {
    let (Some(first), Some(last)) = (part.entries.first(), part.entries.last()) else { return String::new() };
    let named = if first.number.is_empty() {
        house.words.say(language, "long-before-first", &[])
    } else if first.number == last.number {
        format!("{} {}", first.number, first.words)
    } else {
        let values = [("first", first.number.as_str().into()), ("last", last.number.as_str().into())];
        house.words.say(language, "long-sections", &values)
    };
    if first.part == 1 {
        return named;
    }
    house.words.say(language, "long-part", &[("of", named.into()), ("part", first.part.into())])
}

/// Her own comments beside a line of the contents.
///
/// # Errors
/// When a template does not fit.
pub fn spoken(house: &House, language: Language, count: usize) -> Result<String, RenderFault> {
    house.renderer.render("parts/spoken.html", language, &Spoken { count })
}

enum Piece {
    Fixed(String),
    Top,
    End,
    Stop,
    Mark { key: String, plain: String },
    Spoken(usize),
}

impl Piece {
    fn length(&self) -> usize {
        match self {
            Self::Fixed(html) => html.len(),
            Self::Mark { plain, .. } => plain.len(),
            Self::Top | Self::End | Self::Stop | Self::Spoken(_) => 0,
        }
    }
}

/// Stands where the address goes; no address looks like it.
pub const STOP_GAP: &str = "stop-gap-of-the-sheet";

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let html = "a<!--top--><!--spoken 3-->b<!--mark k1-->c<!--mark k2-->d<!--end--><a href=\"stop-gap-of-the-sheet\">e</a>";
        Sheet::cut::<()>(html, |key| Ok(format!("({key})"))).unwrap()
    }

    #[test]
    fn every_gap_is_filled_once() {
        let marks = HashMap::from([("k2".to_owned(), "[own]".to_owned())]);
        let spoken = HashMap::from([(3, "*".to_owned())]);
        let filling = Filling { top: "T", end: "E", stop_url: "/stop/x", open: true, marks: &marks, spoken: &spoken };
        assert_eq!(sheet().fill(&filling), "aT*b(k1)c[own]dE<a href=\"/stop/x\">e</a>");
    }

    #[test]
    fn a_closed_sheet_has_only_own_marks() {
        let marks = HashMap::from([("k2".to_owned(), "[own]".to_owned())]);
        let filling = Filling { top: "", end: "", stop_url: "", open: false, marks: &marks, spoken: &HashMap::new() };
        assert_eq!(sheet().fill(&filling), "abc[own]d<a href=\"\">e</a>");
    }
}
