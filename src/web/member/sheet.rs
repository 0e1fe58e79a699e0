//! A published version as it stands on the shelf: rendered once, with gaps for what is personal or
//! passing.

use std::collections::HashMap;

use super::frame::{bare_page, contact, member_here};
use super::shelf::Edition;
use crate::consultations::Consultation;
use crate::drafts::import::letter_html;
use crate::links;
use crate::render::RenderFault;
use crate::web::changes::for_paper;
use crate::web::house::House;
use crate::web::view::{BlockView, Mark, Page, ReadPage};
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
}

impl Sheet {
    /// Renders a version for members, or for whoever is not signed in.
    ///
    /// # Errors
    /// When a template does not fit.
    pub fn render(
        house: &House,
        language: Language,
        consultation: &Consultation,
        edition: &Edition,
        for_members: bool,
    ) -> Result<Self, RenderFault> {
        let slug = &consultation.slug;
        let mut blocks: Vec<BlockView> = edition
            .blocks
            .iter()
            .map(|block| BlockView {
                key: block.key.clone(),
                number: block.number.clone(),
                kind: block.kind.as_str(),
                level: u8::try_from(block.level).unwrap_or(6).min(6),
                html: block.html.clone(),
                opens_list: false,
                closes_list: false,
            })
            .collect();
        BlockView::join_lists(&mut blocks);
        let published = edition.version.published_at.unwrap_or(edition.version.created_at);
        let paper_number = for_paper(&edition.blocks);
        let view = ReadPage {
            page: Page {
                contact: contact(consultation),
                member: for_members.then(|| member_here(house, slug)),
                stop_url: for_members.then(|| STOP_GAP.to_owned()),
                ..bare_page()
            },
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
        };
        let html = house.renderer.render("member/read.html", language, &view)?;
        Self::cut(&html, |key| {
            let Some(block) = edition.block(key).filter(|_| for_members) else { return Ok(String::new()) };
            let mark = plain_mark(slug, edition.version.number, key, &block.number);
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

/// The mark of a passage on which she has said nothing.
pub fn plain_mark(slug: &str, version: i32, key: &str, number: &str) -> Mark {
    Mark {
        number: number.to_owned(),
        comment_url: Some(format!("{}?version={version}", links::comment(slug, key))),
        own_comments: 0,
        unsent: false,
        mine_url: links::mine(slug),
        notice: None,
        notice_more: Vec::new(),
        question_url: None,
    }
}

enum Piece {
    Fixed(String),
    Top,
    End,
    Stop,
    Mark { key: String, plain: String },
}

impl Piece {
    fn length(&self) -> usize {
        match self {
            Self::Fixed(html) => html.len(),
            Self::Mark { plain, .. } => plain.len(),
            Self::Top | Self::End | Self::Stop => 0,
        }
    }
}

/// Stands where the address goes; no address looks like it.
const STOP_GAP: &str = "stop-gap-of-the-sheet";

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let html = "a<!--top-->b<!--mark k1-->c<!--mark k2-->d<!--end--><a href=\"stop-gap-of-the-sheet\">e</a>";
        Sheet::cut::<()>(html, |key| Ok(format!("({key})"))).unwrap()
    }

    #[test]
    fn every_gap_is_filled_once() {
        let marks = HashMap::from([("k2".to_owned(), "[own]".to_owned())]);
        let filling = Filling { top: "T", end: "E", stop_url: "/stop/x", open: true, marks: &marks };
        assert_eq!(sheet().fill(&filling), "aTb(k1)c[own]dE<a href=\"/stop/x\">e</a>");
    }

    #[test]
    fn a_closed_sheet_has_only_own_marks() {
        let marks = HashMap::from([("k2".to_owned(), "[own]".to_owned())]);
        let filling = Filling { top: "", end: "", stop_url: "", open: false, marks: &marks };
        assert_eq!(sheet().fill(&filling), "abc[own]d<a href=\"\">e</a>");
    }
}
