//! Her own comments as she sees them again.

use super::leaf::cited;
use crate::consultations::Consultation;
use crate::drafts::{self, Kind, compare};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, Author, Mine};
use crate::store::Tx;
use crate::web::house::House;
use crate::web::standing::{Standing, state};
use crate::web::view::{OwnComment, shortened};
use crate::words::Language;

/// One of her comments, and what became of the passage it is about.
pub struct OwnWords {
    pub mine: Mine,
    /// None for the whole draft.
    pub standing: Option<Standing>,
    /// Of the passage today; the employer's is named as such.
    number: Option<String>,
    /// Whether the passage stands on a page that she reads.
    is_shown: bool,
}

impl OwnWords {
    /// All that she may see, in document order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn all(tx: &mut Tx, house: &House, author: &Author, language: Language) -> Result<Vec<Self>, Refusal> {
        let comments = responses::mine(tx, author)?;
        // Supporting texts stand on no page of hers.
        let read: Vec<(Id, Kind)> = drafts::document::list(tx, author.invitation.consultation_id)?
            .into_iter()
            .filter(|document| document.kind != Kind::Supporting)
            .map(|document| (document.id, document.kind))
            .collect();
        comments
            .into_iter()
            .map(|mine| {
                let standing = Standing::of(tx, house, &mine.comment)?;
                let kind = read.iter().find(|(id, _)| *id == mine.comment.document_id).map(|(_, kind)| *kind);
                let is_gone = standing.as_ref().is_some_and(|standing| standing.today.now.is_empty());
                let is_shown = kind.is_some() && !is_gone;
                let number = standing.as_ref().map(|standing| {
                    let today = &standing.today;
                    let number = &today.now.first().unwrap_or(&today.then).number;
                    cited(house, language, kind.unwrap_or(Kind::Proposal), number)
                });
                Ok(Self { mine, standing, number, is_shown })
            })
            .collect()
    }

    /// Whether she is to be asked if it still holds.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.standing.as_ref().is_some_and(|standing| standing.asks)
    }

    /// The comment as a page shows it; `open` while it may be changed.
    #[must_use]
    pub fn view(&self, consultation: &Consultation, open: bool) -> OwnComment {
        let (one, slug) = (&self.mine.comment, &consultation.slug);
        let quote = one.quote();
        let today = self.standing.as_ref().map(|standing| &standing.today);
        let now = today.and_then(|today| today.now.first());
        let wording = today.filter(|_| !one.new_wording.is_empty());
        OwnComment {
            receipt: one.receipt.clone(),
            number: self.number.clone(),
            passage: today.map(|today| shortened(&today.then.text)).unwrap_or_default(),
            read_url: self.is_shown.then(|| match (&one.block_key, now) {
                (Some(_), Some(block)) => links::block(slug, &block.key),
                _ => links::consultation(slug),
            }),
            position: one.position.to_string(),
            condition: one.condition.clone(),
            body: one.body.clone(),
            new_wording: one.new_wording.clone(),
            state: today.map_or("current", |today| state(today.change)),
            version: one.version_number,
            late: one.is_late,
            change_url: open.then(|| links::change(slug, one.id)),
            withdraw_url: open.then(|| links::withdraw(slug, one.id)),
            then: self.standing.as_ref().map(|standing| standing.passage(quote.as_ref(), ROOM)),
            quote: quote.map(|quote| quote.exact).unwrap_or_default(),
            wording_change: wording.map(|today| compare::words(&today.then.text, &one.new_wording)).unwrap_or_default(),
        }
    }

    /// The version she is shown and confirms for.
    #[must_use]
    pub fn current(&self) -> i32 {
        self.standing.as_ref().map_or(self.mine.comment.version_number, |standing| standing.today.current)
    }
}

/// Bytes of a passage shown with each comment.
const ROOM: usize = 1_200;
