//! The member who is signed in, with her invitation and its consultation, as one state of the data.

use actix_web::HttpRequest;

use crate::consultations::{self, Consultation, State, joining};
use crate::keys::Keys;
use crate::people;
use crate::refusal::Refusal;
use crate::responses::Author;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::session::{Level, MemberSession};
use crate::web::visitor::Visitor;
use crate::words::Language;

#[derive(Clone)]
pub struct Here {
    pub author: Author,
    pub consultation: Consultation,
    pub level: Level,
    pub language: Language,
    /// The name that stands beside her confidential comments.
    pub label: String,
    /// Set for a colleague who is not a member: `held` while her words in confidence wait, else `shown`.
    pub apart: Option<&'static str>,
    /// Her own, for the note about words that could point to her; stored nowhere with them.
    pub name: String,
}

impl Here {
    /// Loads the member of a session that the route let in.
    ///
    /// # Errors
    /// No session, one whose link was replaced, or a consultation that is not hers.
    pub async fn of(request: &HttpRequest, house: &House, slug: &str) -> Result<Self, Failure> {
        let session = Visitor::member(request)?;
        let (keys, slug) = (house.keys.clone(), slug.to_owned());
        house.read(move |tx| Self::load(tx, &keys, session, Some(&slug))).await?.ok_or_else(Failure::expired)
    }

    /// The member of a session, or nothing when her link was replaced, she left, or `slug` is
    /// another consultation's.
    ///
    /// # Errors
    /// When the database fails or a key is missing.
    pub fn load(tx: &mut Tx, keys: &Keys, session: MemberSession, slug: Option<&str>) -> Result<Option<Self>, Refusal> {
        let Some((author, consultation)) = Self::writer(tx, keys, session)? else { return Ok(None) };
        if slug.is_some_and(|slug| slug != consultation.slug) {
            return Ok(None);
        }
        let member = people::member::by_id(tx, author.invitation.member_id)?;
        let label = consultations::of_consultation(tx, consultation.id)?
            .into_iter()
            .find(|label| Some(label.id) == author.invitation.label_id);
        let apart = match &label {
            Some(label) if label.is_of_colleagues() => joining::colleagues(tx, consultation.id)?,
            _ => None,
        };
        Ok(Some(Self {
            author,
            consultation,
            level: session.level,
            language: Language::from_code(&member.language).unwrap_or_default(),
            label: label.map(|label| label.name).unwrap_or_default(),
            apart: apart.map(|colleagues| if colleagues.are_held() { "held" } else { "shown" }),
            name: member.name,
        }))
    }

    /// As [`Here::load`] without what only pages show: all that storing her words needs.
    ///
    /// # Errors
    /// As [`Here::load`].
    pub fn writer(tx: &mut Tx, keys: &Keys, session: MemberSession) -> Result<Option<(Author, Consultation)>, Refusal> {
        let Some(invitation) = consultations::get(tx, session.invitation)? else { return Ok(None) };
        if invitation.generation != session.generation {
            return Ok(None);
        }
        let consultation = consultations::by_id(tx, invitation.consultation_id)?;
        if consultation.state == State::Preparing || people::member::has_left(tx, invitation.member_id)? {
            return Ok(None);
        }
        Ok(Some((Author::new(keys, invitation)?, consultation)))
    }
}
