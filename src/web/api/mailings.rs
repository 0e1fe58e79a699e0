//! Mailings: `/consultations/{slug}/mailings…`, and `GET …/delivery`.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::asked::{self, Parameters};
use super::given::Teams;
use super::replay::{Answer, once};
use crate::audit::Deed;
use crate::consultations;
use crate::ids::Id;
use crate::mail::{self, Audience, Change, Kind, Mailing, MessageState, New, State, Timing, When};
use crate::refusal::{Problems, Refusal};
use crate::responses::Band;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::visitor::deed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Make {
    kind: Option<String>,
    subject: Option<String>,
    body: Option<String>,
    teams: Option<Teams>,
    team_notes: Option<BTreeMap<Id, String>>,
    audience: Option<String>,
    at_opening: Option<bool>,
    after_closing: Option<bool>,
    send_at: Option<String>,
    before_deadline: Option<String>,
    at_time: Option<String>,
}

/// What of a mailing to change; absent stays as it is. Any time given takes the place of the old.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    subject: Option<String>,
    body: Option<String>,
    teams: Option<Teams>,
    team_notes: Option<BTreeMap<Id, String>>,
    audience: Option<String>,
    at_opening: Option<bool>,
    after_closing: Option<bool>,
    send_at: Option<String>,
    before_deadline: Option<String>,
    at_time: Option<String>,
}
/// A body that says nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

#[derive(Serialize)]
struct MailingJson {
    id: Id,
    kind: Kind,
    subject: String,
    body: String,
    teams: Teams,
    team_notes: BTreeMap<Id, String>,
    audience: Audience,
    state: State,
    timing: Timing,
    at_opening: bool,
    after_closing: bool,
    /// None while it waits for the opening.
    due_at: Option<DateTime<Utc>>,
    before_deadline: Option<String>,
    at_time: Option<String>,
    created_at: DateTime<Utc>,
    /// Whether `counts` has one number for waiting, handed over and left out.
    counts_joined: bool,
    #[serde(flatten)]
    messages: Messages,
}

/// Counts tell nothing about anybody where a mailing goes to everyone; else only bands are shown.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Messages {
    Counts(mail::Counts),
    Bands(BTreeMap<MessageState, Band>),
}

/// # Errors
/// No such consultation, or a bad parameter.
pub async fn list(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["limit", "after"])?;
    let slug = asked::slug(&slug)?;
    let listed = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let part = parameters.part(mail::list(tx, consultation.id)?, |one| one.id.to_string())?;
        let items: Result<Vec<_>, _> = part.items.into_iter().map(|one| MailingJson::of(tx, one)).collect();
        Ok(asked::Listed { items: items?, next: part.next })
    });
    Ok(HttpResponse::Ok().json(listed.await?))
}

/// # Errors
/// Every field that must be mended; a consultation that is not open.
pub async fn plan(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<Make>,
) -> Result<HttpResponse, Failure> {
    let (deed, slug, doing) = (deed(&request, &house)?, asked::slug(&slug)?, house.clone());
    once(&request, &house, &body.bytes, async move {
        let new = body.value.read()?;
        let planned = doing.write(move |tx| {
            let consultation = consultations::by_slug(tx, &slug)?;
            let planned = mail::plan(tx, &deed, &consultation, &new)?;
            MailingJson::of(tx, planned)
        });
        let planned = planned.await?;
        doing.wake.notify_one();
        Answer::made(&planned)
    })
    .await
}

/// # Errors
/// No such mailing.
pub async fn get(house: Data<House>, path: Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let (slug, id) = (asked::slug(&slug)?, asked::name(&id, "mailing")?);
    let shown = house.read(move |tx| {
        let found = called(tx, &slug, id)?;
        MailingJson::of(tx, found)
    });
    Ok(HttpResponse::Ok().json(shown.await?))
}

/// # Errors
/// Every field that must be mended; a mailing that has begun.
pub async fn change(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    body: Json<Amend>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let (slug, id) = (asked::slug(&slug)?, asked::name(&id, "mailing")?);
    let deed = deed(&request, &house)?;
    let change = body.value.read()?;
    let changed = house.write(move |tx| {
        called(tx, &slug, id)?;
        let consultation = consultations::by_slug(tx, &slug)?;
        let changed = mail::change(tx, &deed, &consultation, id, &change)?;
        MailingJson::of(tx, changed)
    });
    let changed = changed.await?;
    house.wake.notify_one();
    Ok(HttpResponse::Ok().json(changed))
}

/// # Errors
/// When there is nothing to pause.
pub async fn pause(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    body: Json<Nothing>,
) -> Result<HttpResponse, Failure> {
    turn(&request, &house, path.into_inner(), body, mail::pause).await
}

/// # Errors
/// When it is over.
pub async fn resume(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    body: Json<Nothing>,
) -> Result<HttpResponse, Failure> {
    turn(&request, &house, path.into_inner(), body, mail::resume).await
}

/// # Errors
/// When all of it is sent.
pub async fn cancel(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    body: Json<Nothing>,
) -> Result<HttpResponse, Failure> {
    turn(&request, &house, path.into_inner(), body, mail::cancel).await
}

/// Sends again what nobody knows the fate of.
///
/// # Errors
/// When it is cancelled, or asks for words after comments have closed.
pub async fn send_uncertain(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    body: Json<Nothing>,
) -> Result<HttpResponse, Failure> {
    let again: Turn = |tx, deed, id| mail::send_again(tx, deed, id, None).map(|again| again.mailing);
    turn(&request, &house, path.into_inner(), body, again).await
}

/// How mail has fared, and whom it does not reach.
///
/// # Errors
/// No such consultation.
pub async fn delivery(house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let slug = asked::slug(&slug)?;
    let delivery = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        Ok(mail::of_consultation(tx, consultation.id)?)
    });
    Ok(HttpResponse::Ok().json(delivery.await?))
}

type Turn = fn(&mut Tx, &Deed, Id) -> Result<Mailing, Refusal>;

async fn turn(
    request: &HttpRequest,
    house: &Data<House>,
    (slug, id): (String, String),
    body: Json<Nothing>,
    turn: Turn,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = (asked::slug(&slug)?, asked::name(&id, "mailing")?);
    let (deed, doing) = (deed(request, house)?, house.clone());
    once(request, house, &body.bytes, async move {
        let turned = doing.write(move |tx| {
            called(tx, &slug, id)?;
            let turned = turn(tx, &deed, id)?;
            MailingJson::of(tx, turned)
        });
        let turned = turned.await?;
        doing.wake.notify_one();
        Answer::done(&turned)
    })
    .await
}

fn called(tx: &mut Tx, slug: &str, id: Id) -> Result<Mailing, Refusal> {
    let consultation = consultations::by_slug(tx, slug)?;
    let found = mail::get(tx, id)?;
    if found.consultation_id == consultation.id { Ok(found) } else { Err(Refusal::Unknown("mailing")) }
}

impl Make {
    fn read(self) -> Result<New, Refusal> {
        let mut problems = Problems::default();
        let kind = Kind::from_value(self.kind.as_deref().unwrap_or_default());
        if kind.is_none() {
            let detail = "Choose one of invitation, reminder, closing_soon, thanks and update.";
            problems.note("kind", "not-a-choice", detail);
        }
        let audience =
            self.audience.as_deref().map_or(Some(Audience::Everyone), |typed| audience(&mut problems, typed));
        problems.none()?;
        let (Some(kind), Some(audience)) = (kind, audience) else { return Err(Refusal::Invalid(Vec::new())) };
        Ok(New {
            kind,
            subject: self.subject.unwrap_or_default(),
            body: self.body.unwrap_or_default(),
            teams: match self.teams {
                None | Some(Teams::All) => None,
                Some(Teams::Some(teams)) => Some(teams),
            },
            team_notes: self.team_notes.unwrap_or_default(),
            audience,
            when: When {
                at_opening: self.at_opening == Some(true),
                after_closing: self.after_closing == Some(true),
                send_at: self.send_at,
                before_deadline: self.before_deadline,
                at_time: self.at_time,
            },
        })
    }
}

impl Amend {
    fn read(self) -> Result<Change, Refusal> {
        let mut problems = Problems::default();
        let audience = self.audience.as_deref().map(|typed| audience(&mut problems, typed));
        problems.none()?;
        let when = When {
            at_opening: self.at_opening == Some(true),
            after_closing: self.after_closing == Some(true),
            send_at: self.send_at,
            before_deadline: self.before_deadline,
            at_time: self.at_time,
        };
        Ok(Change {
            subject: self.subject,
            body: self.body,
            teams: self.teams.map(|teams| match teams {
                Teams::All => None,
                Teams::Some(teams) => Some(teams),
            }),
            team_notes: self.team_notes,
            audience: audience.flatten(),
            when: (!when.is_now() || when.at_time.is_some()).then_some(when),
        })
    }
}

fn audience(problems: &mut Problems, typed: &str) -> Option<Audience> {
    let audience = Audience::from_value(typed);
    if audience.is_none() {
        problems.note("audience", "not-a-choice", "Choose everyone or not_finished.");
    }
    audience
}

impl MailingJson {
    fn of(tx: &mut Tx, one: Mailing) -> Result<Self, Refusal> {
        let teams = mail::teams_of(tx, one.id)?;
        let mail::Told { counts, is_joined } = mail::told(tx, &one)?;
        Ok(Self {
            timing: one.timing,
            at_opening: one.timing == Timing::AtOpening,
            after_closing: one.timing == Timing::AfterClosing,
            due_at: one.expected_at(),
            at_time: one.at_time,
            counts_joined: is_joined,
            teams: if teams.is_empty() { Teams::All } else { Teams::Some(teams) },
            team_notes: mail::notes_of(tx, one.id)?,
            messages: match one.audience {
                Audience::Everyone => Messages::Counts(counts),
                Audience::NotFinished => Messages::Bands(bands(&counts)),
            },
            id: one.id,
            kind: one.kind,
            subject: one.subject,
            body: one.body,
            audience: one.audience,
            state: one.state,
            before_deadline: one.before_deadline,
            created_at: one.created_at,
        })
    }
}

fn bands(counts: &mail::Counts) -> BTreeMap<MessageState, Band> {
    let size = |count: i64| usize::try_from(count).unwrap_or_default();
    let whole = counts.0.values().copied().map(size).sum();
    counts.0.iter().map(|(state, count)| (*state, Band::of(whole, size(*count)))).collect()
}
