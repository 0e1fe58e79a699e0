//! Closing: what it does, in numbers, and the button.

use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::consultations::{self, Consultation};
use crate::links;
use crate::mail::{self, Closing};
use crate::refusal::Refusal;
use crate::responses::{self, Band, Progress};
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::DeskClose;
use crate::web::visitor::deed;
use crate::words::Language;

/// # Errors
/// No such consultation, or one that is not open.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    Foreseen::of(&house, &slug).await?.page(&request, &house, String::new(), &[])
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    reason: String,
}

/// Closes it. Before the deadline that members were told a reason must be given; it goes into the
/// audit log.
///
/// # Errors
/// No such consultation, one that is not open, or the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    Form(typed): Form<Typed>,
) -> Result<HttpResponse, Failure> {
    let foreseen = Foreseen::of(&house, &slug).await?;
    let closed = if foreseen.closing.early && typed.reason.trim().is_empty() {
        Err(Refusal::field("reason", "missing", "Say why it closes before the deadline."))
    } else {
        responses::close(&house.store, &deed(&request, &house)?, &slug, &typed.reason).await
    };
    match closed {
        Ok(closed) => {
            house.wake.notify_one();
            let address = format!("{}?done=closed", links::desk_progress(&closed.slug));
            Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish())
        }
        Err(Refusal::Invalid(problems)) => foreseen.page(&request, &house, typed.reason, &problems),
        Err(refusal) => Err(refusal.into()),
    }
}

struct Foreseen {
    of: Consultation,
    closing: Closing,
    progress: Arc<Progress>,
}

impl Foreseen {
    async fn of(house: &Data<House>, slug: &str) -> Result<Self, Failure> {
        let (shared, slug, now) = (house.clone(), slug.to_owned(), house.clock.now());
        let found = house.read(move |tx| {
            let of = consultations::by_slug(tx, &slug)?;
            let closing = mail::foresee_closing(tx, &of, now)?;
            let progress = shared.progresses.of(tx, &shared.keys, &of)?;
            Ok(Self { of, closing, progress })
        });
        Ok(found.await?)
    }

    fn page(
        &self,
        request: &HttpRequest,
        house: &House,
        reason: String,
        problems: &[Problem],
    ) -> Result<HttpResponse, Failure> {
        let (page, token) = super::page_of(request, house, &self.of, super::Way::Progress);
        let silent = self.progress.labels.iter().filter(|label| label.band == Band::Under25);
        let zone = self.of.deadline.zone;
        let thanks_later = self.closing.thanks_at.filter(|at| *at > house.clock.now());
        let said =
            |at: DateTime<Utc>| house.words.deadline_words(Language::English, at.with_timezone(&zone).naive_local());
        let view = DeskClose {
            page: super::mending(page, house, problems),
            progress_url: links::desk_progress(&self.of.slug),
            action_url: links::desk_close(&self.of.slug),
            invited: self.progress.invited,
            responded: self.progress.responded(),
            silent: silent.map(|label| label.label.clone()).collect(),
            early: self.closing.early,
            reason,
            has_thanks: self.closing.thanks_at.is_some(),
            thanks_words: thanks_later.map(said).unwrap_or_default(),
            thanks_url: links::desk_new_mailing(&self.of.slug, mail::Kind::Thanks.as_str(), &[]),
            reachable: self.closing.reachable,
            cancelled: self.closing.cancelled,
        };
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        super::shown_as(status, house, "desk/close.html", &view, token)
    }
}
