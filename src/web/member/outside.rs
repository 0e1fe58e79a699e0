//! A consultation's page for whoever is not signed in: the draft where it is public, else what the
//! consultation is about. Kept complete, so that a hit costs no query and no rendering.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Duration, Utc};

use super::frame::{bare_page, contact, deadline, language_of};
use super::sheet::Filling;
use super::shelf::{Edition, Shelf, Whole};
use crate::consultations::{self, Consultation, State, question};
use crate::drafts::{self, import::letter_html};
use crate::keys::sha256;
use crate::links;
use crate::people;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::session::StaffSession;
use crate::web::site::robots::INDEXED;
use crate::web::view::{Page, PublicPage, ReadTop};
use crate::words::Language;

/// Answers with the kept page, made anew when it is too old or was made of something else.
///
/// # Errors
/// No such consultation, or the database fails.
pub async fn page(
    request: &HttpRequest,
    house: &actix_web::web::Data<House>,
    slug: &str,
) -> Result<HttpResponse, Failure> {
    let (language, now) = (language_of(request), house.clock.now());
    let kept = house.shelf.whole(slug, language).filter(|kept| now < kept.good_until);
    if let Some(kept) = &kept
        && !kept.wants_check()
    {
        return Ok(answer(request, kept));
    }
    let (shared, slug_read) = (house.clone(), slug.to_owned());
    let (consultation, edition, questions) = house
        .read(move |tx| {
            let consultation = consultations::by_slug(tx, &slug_read)?;
            let shown = consultation.public_draft && consultation.state != State::Preparing;
            let edition = if shown { current(tx, &shared, &consultation)? } else { None };
            let questions = question::list(tx, consultation.id)?.len();
            Ok((consultation, edition, questions))
        })
        .await?;
    if consultation.state == State::Preparing {
        return Err(Failure::NotFound);
    }
    let version = edition.as_ref().map(|edition| edition.version.id);
    let digest = sha256(format!("{consultation:?}{version:?}{questions}").as_bytes());
    if let Some(kept) = kept.filter(|kept| kept.digest == digest) {
        return Ok(answer(request, &kept));
    }
    let html = match &edition {
        Some(edition) => draft(house, language, &consultation, edition, questions)?,
        None => front(house, language, &consultation, questions)?,
    };
    let whole = Arc::new(Whole::new(html, digest, words_hold_until(&consultation, now), consultation.is_indexed()));
    house.shelf.keep_whole(slug, language, whole.clone());
    Ok(answer(request, &whole))
}

/// The draft for a colleague who is signed in at the desks, public or not; none for others.
///
/// # Errors
/// No such consultation, or the database fails.
pub async fn page_for_staff(
    request: &HttpRequest,
    house: &actix_web::web::Data<House>,
    slug: &str,
) -> Result<Option<HttpResponse>, Failure> {
    let Some(session) = StaffSession::of_request(request, &house.keys, house.clock.now()) else { return Ok(None) };
    let (shared, slug) = (house.clone(), slug.to_owned());
    let found = house.read(move |tx| {
        if people::staff::by_session(tx, session.staff, session.epoch)?.is_none() {
            return Ok(None);
        }
        let consultation = consultations::by_slug(tx, &slug)?;
        Ok(current(tx, &shared, &consultation)?.map(|edition| (consultation, edition)))
    });
    let Some((consultation, edition)) = found.await? else { return Ok(None) };
    let html = draft(house, language_of(request), &consultation, &edition, 0)?;
    Ok(Some(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html)))
}

/// The current version of the proposal, if one is published.
///
/// # Errors
/// When the database fails.
pub fn current(
    tx: &mut crate::store::Tx,
    house: &House,
    consultation: &Consultation,
) -> Result<Option<Arc<Edition>>, Refusal> {
    match drafts::place(tx, consultation.id, None, None) {
        Ok(place) => house.shelf.edition_of(tx, &place).map(Some),
        Err(Refusal::Conflict { .. }) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

fn draft(
    house: &House,
    language: Language,
    consultation: &Consultation,
    edition: &Edition,
    questions: usize,
) -> Result<String, Failure> {
    let sheet = Shelf::sheet(house, language, consultation, edition, false)?;
    let top = ReadTop {
        deadline: deadline(house, language, consultation),
        lost_url: Some(links::LOST.to_owned()),
        printed_url: Some(links::PRINTED.to_owned()),
        join_url: consultation.join_url.clone(),
        public_questions: questions,
        ..ReadTop::default()
    };
    let top_html = house.renderer.render("member/read_top.html", language, &top)?;
    let end_html = house.renderer.render("member/read_end.html", language, &top)?;
    let marks = HashMap::new();
    let filling = Filling { top: &top_html, end: &end_html, stop_url: "", open: false, marks: &marks };
    Ok(sheet.fill(&filling))
}

fn front(house: &House, language: Language, consultation: &Consultation, questions: usize) -> Result<String, Failure> {
    let view = PublicPage {
        page: Page { contact: contact(consultation), ..bare_page() },
        title: consultation.title.clone(),
        summary: consultation.summary.clone(),
        deadline: deadline(house, language, consultation),
        letter_html: letter_html(&consultation.letter),
        lost_url: links::LOST.to_owned(),
        printed_url: links::PRINTED.to_owned(),
        join_url: consultation.join_url.clone(),
        questions,
    };
    Ok(house.renderer.render("member/public.html", language, &view)?)
}

fn answer(request: &HttpRequest, whole: &Whole) -> HttpResponse {
    let same =
        request.headers().get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).is_some_and(|known| {
            known.split(',').any(|one| one.trim().trim_start_matches("W/") == whole.etag || one.trim() == "*")
        });
    let mut answer = HttpResponse::build(if same { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    answer
        .insert_header((header::ETAG, whole.etag.as_str()))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::VARY, "Cookie, Accept-Language"));
    if whole.indexed {
        answer.insert_header(INDEXED);
    }
    if same {
        return answer.finish();
    }
    answer.content_type("text/html; charset=utf-8").body(whole.bytes.clone())
}

/// "3 days left" changes with the whole minutes that are left.
fn words_hold_until(consultation: &Consultation, now: DateTime<Utc>) -> DateTime<Utc> {
    let left = consultation.deadline.at - now;
    if left <= Duration::zero() {
        return now + Duration::minutes(1);
    }
    let in_this_minute = left.num_milliseconds() % 60_000;
    now + Duration::milliseconds(if in_this_minute == 0 { 1 } else { in_this_minute })
}
