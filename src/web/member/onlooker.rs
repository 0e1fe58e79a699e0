//! Whoever looks at the texts of a consultation: a member of it, a colleague from the desks, or
//! anybody where the draft is public.

use actix_web::HttpRequest;

use super::frame::{Frame, session};
use super::here::Here;
use crate::consultations::{self, Consultation, State};
use crate::drafts::{self, Version, version};
use crate::people;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::session::StaffSession;
use crate::words::Language;

pub struct Onlooker {
    pub consultation: Consultation,
    pub here: Option<Here>,
    /// The published versions of the draft, oldest first.
    pub versions: Vec<Version>,
}

/// What was found, or that the texts are not for everybody.
pub enum Look<T> {
    Seen(Box<Onlooker>, T),
    ForMembers,
}

impl Onlooker {
    /// Reads with `read` what this visitor may see of the consultation.
    ///
    /// # Errors
    /// No such consultation, or one in preparation; what `read` refuses.
    pub async fn looks<T: Send + 'static>(
        request: &HttpRequest,
        house: &House,
        slug: &str,
        read: impl Fn(&mut Tx, &Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<Look<T>, Failure> {
        let (member, staff) = (session(request), StaffSession::of_request(request, &house.keys, house.clock.now()));
        let (keys, slug) = (house.keys.clone(), slug.to_owned());
        let found = house.read(move |tx| {
            let consultation = consultations::by_slug(tx, &slug)?;
            let here = match member {
                Some(session) => Here::load(tx, &keys, session, Some(&slug))?,
                None => None,
            };
            let is_staff = match staff {
                Some(session) => people::staff::by_session(tx, session.staff, session.epoch)?.is_some(),
                None => false,
            };
            if consultation.state == State::Preparing && !is_staff {
                return Err(Refusal::Unknown("consultation"));
            }
            if here.is_none() && !is_staff && !consultation.public_draft {
                return Ok(Look::ForMembers);
            }
            let proposal = drafts::proposal(tx, consultation.id)?.ok_or(Refusal::Unknown("document"))?;
            let mut versions = version::list(tx, proposal.id)?;
            versions.retain(|one| one.published_at.is_some());
            let onlooker = Self { consultation, here, versions };
            let seen = read(tx, &onlooker)?;
            Ok(Look::Seen(Box::new(onlooker), seen))
        });
        Ok(found.await?)
    }

    /// The number of the version that members read now.
    ///
    /// # Errors
    /// When nothing is published.
    pub fn current(&self) -> Result<&Version, Refusal> {
        self.versions.last().ok_or(Refusal::Unknown("version"))
    }

    #[must_use]
    pub fn frame(&self, request: &HttpRequest, house: &House) -> Frame {
        self.here.as_ref().map_or_else(|| Frame::outside(request, house), |here| Frame::of(request, house, here))
    }

    #[must_use]
    pub fn language(&self, request: &HttpRequest) -> Language {
        self.here.as_ref().map_or_else(|| super::language_of(request), |here| here.language)
    }
}
