//! Mailings of one consultation: what is planned and what went out, and the pages to write, try out,
//! send, pause and cancel one.

pub mod check;
pub mod compose;
mod form;
pub mod one;
mod told;
pub mod turns;

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::links;
use crate::mail::{self, Kind, Mailing};
use crate::people;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{KindWay, MailingsPage};
use crate::web::visitor;
use crate::words::Language;

/// What was just done, to be said once.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
    /// Whose letter to show.
    #[serde(default)]
    team: String,
    /// How many of those it has not reached come before the first shown.
    #[serde(default)]
    from: usize,
}

/// A form whose button alone says it all.
#[derive(Deserialize)]
pub struct Pressed {}

/// # Errors
/// No such consultation; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let now = house.clock.now();
    let read = house.read(move |tx| {
        let of = consultations::by_slug(tx, &slug)?;
        let teams = people::team::list(tx)?;
        let mut listed = Vec::new();
        for mailing in mail::list(tx, of.id)? {
            let about = told::About::read(tx, &teams, &mailing)?;
            listed.push((mailing, about));
        }
        // What is still to come first and soonest first; then what is over, the latest first.
        listed.sort_by_key(|(mailing, _)| {
            let is_over = matches!(mailing.state, mail::State::Sent | mail::State::Cancelled);
            let at = mailing.expected_at().map_or(0, |at| at.timestamp());
            (is_over, if is_over { -at } else { at })
        });
        Ok::<_, Refusal>((of, listed, mail::channel_trouble(tx)?))
    });
    let (of, listed, trouble) = read.await?;
    let (page, token) = super::page_of(&request, &house, &of, super::Way::Mailings);
    let page = crate::web::view::Page { notice: told::notice(&house, &asked.done), ..page };
    let has_plan = !listed.is_empty() || mail::standard_plan(&of, now).planned.is_empty();
    let view = MailingsPage {
        page,
        mailings: listed.iter().map(|(mailing, about)| told::line(&house, &of, mailing, about)).collect(),
        trouble: trouble.map(|found| told::trouble(&house, &of, found)),
        kinds: kinds(&of, now, None),
        standard_url: (!has_plan).then(|| links::desk_mailings_standard(&of.slug)),
    };
    super::shown(&house, "desk/mailings/list.html", &view, token)
}

/// Plans the usual mailings.
///
/// # Errors
/// No such consultation; the database fails.
pub async fn standard(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let back = links::desk_mailings(&slug);
    let of_slug = slug.clone();
    let planned = house.write(move |tx| {
        let of = consultations::by_slug(tx, &slug)?;
        let planned = mail::plan_standard(tx, &deed, &of)?;
        // An invitation that is to go at once waits for the check page.
        let at_once = planned.into_iter().find(|one| one.due_at <= deed.now && one.timing == mail::Timing::At);
        at_once.map(|one| mail::pause(tx, &deed, one.id)).transpose()
    });
    Ok(match planned.await? {
        Some(one) => see_other(&links::desk_mailing_deed(&of_slug, one.id, "send")),
        None => see_other(&format!("{back}?done=standard")),
    })
}

/// The kinds that may be written in a consultation's state, in the order of their use.
fn kinds(of: &Consultation, now: chrono::DateTime<chrono::Utc>, current: Option<Kind>) -> Vec<KindWay> {
    let may_ask = match of.state {
        consultations::State::Preparing => true,
        consultations::State::Open => now < of.deadline.at,
        consultations::State::Closed | consultations::State::Reported => false,
    };
    [Kind::Reminder, Kind::Update, Kind::ClosingSoon, Kind::Invitation, Kind::Thanks]
        .into_iter()
        .filter(|kind| may_ask || !kind.asks())
        .map(|kind| KindWay {
            kind: kind.as_str(),
            url: links::desk_new_mailing(&of.slug, kind.as_str(), &[]),
            current: Some(kind) == current,
        })
        .collect()
}

/// A mailing of the consultation with this slug.
fn called(tx: &mut Tx, slug: &str, id: Id) -> Result<(Consultation, Mailing), Refusal> {
    let of = consultations::by_slug(tx, slug)?;
    let mailing = mail::get(tx, id)?;
    if mailing.consultation_id == of.id { Ok((of, mailing)) } else { Err(Refusal::Unknown("mailing")) }
}

fn id_of(text: &str) -> Result<Id, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

fn paper(house: &House) -> mail::Paper<'_> {
    mail::Paper { links: &house.links, words: &house.words, renderer: &house.renderer }
}

fn say(house: &House, id: &str) -> String {
    house.words.say(Language::English, id, &[])
}

fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((actix_web::http::header::LOCATION, address)).finish()
}
