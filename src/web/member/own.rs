//! Her own comments as she sees them again.

use super::leaf::cited;
use crate::consultations::Consultation;
use crate::drafts::{self, Change, Kind};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, Author, Mine};
use crate::store::Tx;
use crate::web::house::House;
use crate::web::view::{OwnComment, shortened};
use crate::words::Language;

/// One of her comments, and what became of the passage it is about.
pub struct OwnWords {
    pub mine: Mine,
    change: Change,
    number: Option<String>,
    passage: String,
    /// Whether the passage stands on the reading page.
    is_shown: bool,
}

impl OwnWords {
    /// All that she may see, in document order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn all(tx: &mut Tx, house: &House, author: &Author, language: Language) -> Result<Vec<Self>, Refusal> {
        let consultation = author.invitation.consultation_id;
        let comments = responses::mine(tx, author)?;
        let statuses = drafts::statuses(tx, consultation)?;
        // Supporting texts stand on no page of hers.
        let read: Vec<Id> = drafts::document::list(tx, consultation)?
            .into_iter()
            .filter(|document| document.kind != Kind::Supporting)
            .map(|document| document.id)
            .collect();
        comments
            .into_iter()
            .map(|mine| {
                let one = &mine.comment;
                let change = statuses.of(one.document_id, one.version_number, one.block_key.as_deref());
                let mut found = Self { change, number: None, passage: String::new(), is_shown: false, mine };
                found.is_shown = read.contains(&found.mine.comment.document_id) && change != Change::Gone;
                found.name_passage(tx, house, language)?;
                Ok(found)
            })
            .collect()
    }

    /// The comment as a page shows it; `open` while it may be changed.
    #[must_use]
    pub fn view(&self, consultation: &Consultation, open: bool) -> OwnComment {
        let (one, slug) = (&self.mine.comment, &consultation.slug);
        OwnComment {
            receipt: one.receipt.clone(),
            number: self.number.clone(),
            passage: self.passage.clone(),
            read_url: self.is_shown.then(|| match &one.block_key {
                Some(key) => links::block(slug, key),
                None => links::consultation(slug),
            }),
            position: one.position.to_string(),
            condition: one.condition.clone(),
            body: one.body.clone(),
            new_wording: one.new_wording.clone(),
            state: match self.change {
                Change::Unchanged | Change::Added => "current",
                changed => changed.as_str(),
            },
            version: one.version_number,
            late: one.is_late,
            change_url: open.then(|| links::change(slug, one.id)),
            withdraw_url: open.then(|| links::withdraw(slug, one.id)),
        }
    }

    /// Its number where it is now, and its words as she read them.
    fn name_passage(&mut self, tx: &mut Tx, house: &House, language: Language) -> Result<(), Refusal> {
        let one = &self.mine.comment;
        let Some(key) = &one.block_key else { return Ok(()) };
        let written = house.shelf.edition(tx, one.document_id, one.version_number)?;
        let Some(block) = written.block(key) else { return Ok(()) };
        self.passage = shortened(&block.text);
        self.number = Some(cited(house, language, written.kind, &block.number));
        if self.is_shown
            && let Ok(now) = drafts::place(tx, one.consultation_id, Some(key), None)
            && let Some(block) = house.shelf.edition_of(tx, &now)?.block(key)
        {
            self.number = Some(cited(house, language, written.kind, &block.number));
        }
        Ok(())
    }
}
