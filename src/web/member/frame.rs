//! What surrounds each of the member's pages: the part all views have, and the answer they become.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use actix_web::http::{StatusCode, header};
use actix_web::web::Query;
use serde::Serialize;

use super::here::Here;
use crate::consultations::{Consultation, Invitation, State, stop_token};
use crate::links;
use crate::text::Problem;
use crate::web::csrf::FormToken;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::session::MemberSession;
use crate::web::view::{Contact, Deadline, FieldError, MemberHere, Page};
use crate::web::visitor::Visitor;
use crate::words::Language;

/// The part that every page has, for one request.
pub struct Frame {
    pub language: Language,
    page: Page,
    cookie: Option<Cookie<'static>>,
}

impl Frame {
    /// For whoever asks, signed in or not.
    pub fn outside(request: &HttpRequest, house: &House) -> Self {
        let FormToken { token, cookie } = FormToken::for_page(request, &house.keys, &house.chance);
        Self { language: language_of(request), page: Page { csrf: token, ..bare_page() }, cookie }
    }

    /// For a member who is signed in.
    pub fn of(request: &HttpRequest, house: &House, here: &Here) -> Self {
        let mut frame = Self::invited(request, house, &here.author.invitation, &here.consultation, here.language);
        frame.page.member = Some(member_here(house, &here.consultation.slug));
        frame
    }

    /// For whoever holds something that was made for this invitation, in the member's language.
    pub fn invited(
        request: &HttpRequest,
        house: &House,
        invitation: &Invitation,
        consultation: &Consultation,
        language: Language,
    ) -> Self {
        let mut frame = Self { language, ..Self::outside(request, house) };
        frame.page.contact = contact(consultation);
        frame.page.stop_url = Some(stop_url(house, invitation));
        frame
    }

    /// For whoever asks, with her own addresses if she is a member in good standing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn visitor(request: &HttpRequest, house: &House) -> Result<(Self, Option<Here>), Failure> {
        let Some(session) = session(request) else { return Ok((Self::outside(request, house), None)) };
        let keys = house.keys.clone();
        let here = house.read(move |tx| Here::load(tx, &keys, session, None)).await?;
        let frame = here.as_ref().map_or_else(|| Self::outside(request, house), |here| Self::of(request, house, here));
        Ok((frame, here))
    }

    /// Says something once, after a deed.
    #[must_use]
    pub fn saying(mut self, notice: Option<String>) -> Self {
        self.page.notice = notice;
        self
    }

    /// Names what must be mended, in the reader's words.
    #[must_use]
    pub fn mending(mut self, house: &House, problems: &[Problem]) -> Self {
        self.page.errors = problems
            .iter()
            .map(|problem| {
                let field = problem.field.split('.').next().unwrap_or("body");
                let words = house.words.problem_words(self.language, field, problem.code, &problem.detail);
                FieldError { field: field.to_owned(), words }
            })
            .collect();
        self
    }

    /// The page itself.
    ///
    /// # Errors
    /// When template and view do not fit.
    pub fn show<V: Serialize>(
        self,
        house: &House,
        status: StatusCode,
        template: &str,
        view: impl FnOnce(Page) -> V,
    ) -> Result<HttpResponse, Failure> {
        let body = house.renderer.render(template, self.language, &view(self.page))?;
        let mut answer = HttpResponse::build(status);
        if let Some(cookie) = self.cookie {
            answer.cookie(cookie);
        }
        Ok(answer.content_type("text/html; charset=utf-8").body(body))
    }
}

/// A page's common part before anything is known of the reader.
pub fn bare_page() -> Page {
    Page { home_url: "/".to_owned(), who_sees_url: links::WHO_SEES.to_owned(), ..Page::default() }
}

/// A page for a reader of unknown language.
pub fn language_of(request: &HttpRequest) -> Language {
    request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|asked| asked.to_str().ok()?.split([',', ';']).next().and_then(Language::from_code))
        .unwrap_or_default()
}

/// The session of a member, if the request has one.
pub fn session(request: &HttpRequest) -> Option<MemberSession> {
    match Visitor::of(request) {
        Visitor::Member(session) => Some(session),
        _ => None,
    }
}

/// The first value of a name in the address; an address that cannot be read has none.
pub fn asked(request: &HttpRequest, name: &str) -> Option<String> {
    let pairs = Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?.into_inner();
    pairs.into_iter().find(|(asked, _)| asked == name).map(|(_, value)| value)
}

pub fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}

pub fn member_here(house: &House, slug: &str) -> MemberHere {
    let read_url = links::consultation(slug);
    MemberHere {
        public_address: house.links.absolute(&read_url),
        read_url,
        mine_url: links::mine(slug),
        group_url: links::group(slug),
    }
}

pub fn contact(consultation: &Consultation) -> Option<Contact> {
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    consultation.contact.as_ref().map(|contact| Contact {
        name: contact.name.clone(),
        phone: given(&contact.phone),
        email: given(&contact.email),
    })
}

pub fn stop_url(house: &House, invitation: &Invitation) -> String {
    links::stop(&stop_token(&house.keys, invitation.id, invitation.generation))
}

/// The deadline as it stands now; of a consultation that was closed early, the moment of closing.
pub fn deadline(house: &House, language: Language, consultation: &Consultation) -> Deadline {
    let early = match consultation.state {
        State::Closed | State::Reported => consultation.closed_at.filter(|closed| *closed < consultation.deadline.at),
        State::Preparing | State::Open => None,
    };
    let at = early.unwrap_or(consultation.deadline.at);
    let local = early
        .map_or(consultation.deadline.local, |closed| closed.with_timezone(&consultation.deadline.zone).naive_local());
    let opened = consultation.opened_at.unwrap_or(consultation.created_at);
    Deadline::new(&house.words, language, local, at.to_rfc3339(), at - opened, at - house.clock.now())
}
