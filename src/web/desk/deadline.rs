//! More time: a form, a page that says what it does in words and numbers, and the deed.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::consultations::{self, Consultation};
use crate::links;
use crate::mail::{self, Extension};
use crate::refusal::Refusal;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{DeskDeadline, DeskDeadlineCheck, MovedMail};
use crate::web::visitor::deed;
use crate::words::Language;

/// # Errors
/// No such consultation, or one that is not open.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let of = open(&house, &slug).await?;
    let typed = Typed { time: of.deadline.local.format("%H:%M").to_string(), ..Typed::default() };
    form(&request, &house, &of, typed, &[])
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// A date.
    deadline: String,
    /// A time; empty for the end of the day.
    time: String,
    reason: String,
    /// `yes` or `no`.
    notify: String,
    /// `do`, `change`, or empty: show what it does.
    step: String,
}

/// # Errors
/// No such consultation, one that is not open, or the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    Form(typed): Form<Typed>,
) -> Result<HttpResponse, Failure> {
    let of = open(&house, &slug).await?;
    if typed.step == "change" {
        return form(&request, &house, &of, typed, &[]);
    }
    let foreseen = match (typed.step.as_str(), typed.told()) {
        ("do", Ok(notify)) => carry_out(&request, &house, &of, &typed, notify).await.map(|()| None),
        (_, notify) => foresee(&house, &of, &typed, notify).await.map(Some),
    };
    match foreseen {
        Ok(None) => {
            let address = format!("{}?done=moved", links::desk_progress(&of.slug));
            Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish())
        }
        Ok(Some(extension)) => check(&request, &house, &of, typed, &extension),
        Err(Failure::Refused(Refusal::Invalid(mut problems))) => {
            if typed.deadline.trim().is_empty() {
                // What the domain calls no time at all is a day that was not chosen.
                problems.iter_mut().filter(|one| one.field == "deadline").for_each(|one| one.code = "missing");
            }
            form(&request, &house, &of, typed, &problems)
        }
        Err(failure) => Err(failure),
    }
}

impl Typed {
    fn written(&self) -> String {
        let (date, time) = (self.deadline.trim(), self.time.trim());
        if time.is_empty() { date.to_owned() } else { format!("{date}T{time}") }
    }

    fn told(&self) -> Result<bool, Problem> {
        match self.notify.as_str() {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(Problem::new("notify", "missing", "Choose whether members get a mail now.")),
        }
    }
}

async fn open(house: &House, slug: &str) -> Result<Consultation, Failure> {
    let slug = slug.to_owned();
    let found = house.read(move |tx| {
        let of = consultations::by_slug(tx, &slug)?;
        consultations::check_open(&of)?;
        Ok(of)
    });
    Ok(found.await?)
}

async fn carry_out(
    request: &HttpRequest,
    house: &House,
    of: &Consultation,
    typed: &Typed,
    notify: bool,
) -> Result<(), Failure> {
    let (deed, words, slug) = (deed(request, house)?, house.words.clone(), of.slug.clone());
    let (written, reason) = (typed.written(), typed.reason.clone());
    house.write(move |tx| mail::extend(tx, &deed, &words, &slug, &written, &reason, notify)).await?;
    house.wake.notify_one();
    Ok(())
}

/// What it would do; every mistake at once.
async fn foresee(
    house: &House,
    of: &Consultation,
    typed: &Typed,
    notify: Result<bool, Problem>,
) -> Result<Extension, Failure> {
    let (of, words, now) = (of.clone(), house.words.clone(), house.clock.now());
    let (written, reason) = (typed.written(), typed.reason.clone());
    let told = *notify.as_ref().unwrap_or(&false);
    let foreseen = house.read(move |tx| mail::foresee_extension(tx, &words, &of, now, &written, &reason, told)).await;
    match (foreseen, notify) {
        (Ok(extension), Ok(_)) => Ok(extension),
        (Ok(_), Err(problem)) => Err(Refusal::from(problem).into()),
        (Err(Refusal::Invalid(mut problems)), notify) => {
            problems.extend(notify.err());
            Err(Refusal::Invalid(problems).into())
        }
        (Err(refusal), _) => Err(refusal.into()),
    }
}

fn form(
    request: &HttpRequest,
    house: &House,
    of: &Consultation,
    typed: Typed,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    let (page, token) = super::page_of(request, house, of, super::Way::Progress);
    let view = DeskDeadline {
        page: super::mending(page, house, problems),
        progress_url: links::desk_progress(&of.slug),
        action_url: links::desk_deadline(&of.slug),
        deadline: typed.deadline,
        time: typed.time,
        reason: typed.reason,
        notify: typed.notify,
        zone: of.deadline.zone.name().to_owned(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    super::shown_as(status, house, "desk/deadline.html", &view, token)
}

fn check(
    request: &HttpRequest,
    house: &House,
    of: &Consultation,
    typed: Typed,
    extension: &Extension,
) -> Result<HttpResponse, Failure> {
    let (page, token) = super::page_of(request, house, of, super::Way::Progress);
    let local = |at: DateTime<Utc>| {
        house.words.deadline_words(Language::English, at.with_timezone(&of.deadline.zone).naive_local())
    };
    let view = DeskDeadlineCheck {
        page,
        action_url: links::desk_deadline(&of.slug),
        from_words: house.words.deadline_words(Language::English, extension.from.local),
        to_words: house.words.deadline_words(Language::English, extension.to.local),
        moved: extension
            .moved
            .iter()
            .map(|one| MovedMail { kind: one.kind.as_str(), from_words: local(one.from), to_words: local(one.to) })
            .collect(),
        told: extension.told,
        deadline: typed.deadline,
        time: typed.time,
        reason: extension.reason.clone(),
        notify: typed.notify,
    };
    super::shown(house, "desk/deadline_check.html", &view, token)
}
