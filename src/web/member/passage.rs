//! What a comment page is about: a passage, or the whole draft.

use crate::consultations::Consultation;
use crate::drafts;
use crate::links;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::house::House;
use crate::web::view::Quoted;

/// The passage as it is shown.
pub struct Passage {
    /// The key of the block, or `whole`.
    pub place: String,
    pub about: Option<Quoted>,
    /// The passage's plain words as shown; none for the whole draft.
    pub text: Option<String>,
    /// As they were in the version she had before her.
    pub text_then: Option<String>,
    /// Of the text that is shown.
    pub version: i32,
    /// Whether it reads otherwise than in the version she had before her.
    pub is_newer: bool,
}

/// The place that is the whole draft.
pub const WHOLE: &str = "whole";

impl Passage {
    /// Finds a place by its key or number; `had` is the version she had before her. A newer text is
    /// shown where there is one.
    ///
    /// # Errors
    /// No such place in any version.
    pub fn find(
        tx: &mut Tx,
        house: &House,
        consultation: &Consultation,
        place: &str,
        had: Option<i32>,
    ) -> Result<Self, Refusal> {
        let id = consultation.id;
        if place == WHOLE {
            let version = drafts::place(tx, id, None, None)?.version_number;
            let is_newer = had.is_some_and(|had| had < version);
            return Ok(Self { place: WHOLE.to_owned(), about: None, text: None, text_then: None, version, is_newer });
        }
        let then = match drafts::place(tx, id, Some(place), had) {
            // An address put together by hand, or a passage that came later: as it is now.
            Err(Refusal::Invalid(_)) if had.is_some() => drafts::place(tx, id, Some(place), None)?,
            found => found?,
        };
        let key = then.block_key.clone().ok_or(Refusal::Unknown("passage"))?;
        let now = drafts::place(tx, id, Some(&key), None)?;
        let edition = house.shelf.edition_of(tx, &now)?;
        let block = edition.block(&key).ok_or(Refusal::Unknown("passage"))?;
        let text_then = if now == then {
            Some(block.text.clone())
        } else {
            house.shelf.edition_of(tx, &then)?.block(&key).map(|before| before.text.clone())
        };
        let is_newer = text_then.as_ref().is_none_or(|before| *before != block.text);
        let about = Quoted {
            number: block.number.clone(),
            html: block.html.clone(),
            read_url: links::block(&consultation.slug, &key),
        };
        let text = Some(block.text.clone());
        Ok(Self { place: key, about: Some(about), text, text_then, version: now.version_number, is_newer })
    }

    /// What people cite; none for the whole draft.
    #[must_use]
    pub fn number(&self) -> Option<String> {
        self.about.as_ref().map(|about| about.number.clone())
    }
}
