//! Recording a meeting or paper slips: the same pages for an organiser at the desks and for a member
//! through her own link. Who may what is the domain's to say; which of the two it is, the route's.

pub mod deed;
pub mod list;
pub mod meeting;
pub mod one;
pub mod own;
mod shown;
pub mod slip;
pub mod slips;
mod typed;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::links;
use crate::responses::group_response::Pen;
use crate::text::Problem;
use crate::web::around::Arrived;
use crate::web::desk;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::member::{Frame, Here};
use crate::web::session::Level;
use crate::web::view::Page;
use crate::web::visitor::{self, Visitor};
use crate::words::Language;

pub use shown::{SaidByPlace, beside, said_in_groups};

/// Whoever records, and where.
pub struct Clerk {
    pub pen: Pen,
    pub of: Consultation,
    pub language: Language,
    /// Present for a member.
    here: Option<Here>,
}

impl Clerk {
    /// The one whom the route let in.
    ///
    /// # Errors
    /// No such consultation; a session that is over.
    pub async fn of(request: &HttpRequest, house: &House, slug: &str) -> Result<Self, Failure> {
        if matches!(Visitor::of(request), Visitor::Staff(_)) {
            let (pen, slug) = (Pen::Organiser(visitor::deed(request, house)?), slug.to_owned());
            let of = house.read(move |tx| consultations::by_slug(tx, &slug)).await?;
            return Ok(Self { pen, of, language: Language::English, here: None });
        }
        let here = Here::of(request, house, slug).await?;
        let author = Box::new(here.author.clone());
        let pen = Pen::Member(author, house.chance.clone(), Arrived::of(request, house));
        Ok(Self { pen, of: here.consultation.clone(), language: here.language, here: Some(here) })
    }

    #[must_use]
    pub fn at_desk(&self) -> bool {
        self.here.is_none()
    }

    /// Whether she needs a code first, to see what she recorded from another device.
    #[must_use]
    pub fn needs_code(&self) -> bool {
        self.here.as_ref().is_some_and(|here| here.level == Level::Write)
    }

    #[must_use]
    pub fn member(&self) -> Option<Id> {
        self.here.as_ref().map(|here| here.author.invitation.member_id)
    }

    /// Where all records are.
    #[must_use]
    pub fn home(&self) -> String {
        if self.at_desk() { links::desk_groups(&self.of.slug) } else { links::group(&self.of.slug) }
    }

    #[must_use]
    pub fn at(&self, what: &str) -> String {
        if self.at_desk() { links::desk_group_at(&self.of.slug, what) } else { links::group_at(&self.of.slug, what) }
    }

    #[must_use]
    pub fn deed(&self, id: Id, deed: &str) -> String {
        if self.at_desk() {
            links::desk_group_deed(&self.of.slug, id, deed)
        } else {
            links::group_deed(&self.of.slug, id, deed)
        }
    }

    /// Where a meeting's record is changed.
    #[must_use]
    pub fn edit(&self, id: Id) -> String {
        if self.at_desk() { self.deed(id, "edit") } else { self.at(&id.to_string()) }
    }

    /// The page, on whichever side.
    ///
    /// # Errors
    /// When template and view do not fit.
    pub fn show<V: Serialize>(
        &self,
        request: &HttpRequest,
        house: &House,
        template: &str,
        said: Said<'_>,
        view: impl FnOnce(Page) -> V,
    ) -> Result<HttpResponse, Failure> {
        let notice = said.notice.map(|id| house.words.say(self.language, id, &[]));
        if let Some(here) = &self.here {
            let frame = Frame::of(request, house, here).mending(house, said.problems).saying(notice);
            return frame.show(house, said.status, template, view);
        }
        let (page, token) = desk::page_of(request, house, &self.of, desk::Way::Groups);
        let page = desk::mending(Page { notice, ..page }, house, said.problems);
        desk::shown_as(said.status, house, template, &view(page), token)
    }
}

/// What a page says besides its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    pub status: StatusCode,
    pub problems: &'a [Problem],
    /// The id of a message.
    pub notice: Option<&'a str>,
}

impl<'a> Said<'a> {
    #[must_use]
    pub fn wrong(problems: &'a [Problem]) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, problems, notice: None }
    }

    #[must_use]
    pub fn notice(id: Option<&'a str>) -> Self {
        Self { notice: id, ..Self::default() }
    }
}

/// The name in an address.
fn named(id: &str) -> Result<Id, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

/// Sends the browser on after a deed.
fn see(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((actix_web::http::header::LOCATION, address)).finish()
}
