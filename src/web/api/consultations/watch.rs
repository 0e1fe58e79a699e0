//! `GET …/progress` and `…/printed-codes`: how it goes, and who must be reached on paper.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::audit::Deed;
use crate::consultations::{self, PrintedCode, State};
use crate::ids::Id;
use crate::keys::Keys;
use crate::refusal::Refusal;
use crate::responses::LabelProgress;
use crate::store::Tx;
use crate::web::api::asked::{self, Parameters};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::visitor::deed;

#[derive(Serialize)]
struct Shown {
    state: State,
    time_zone: &'static str,
    deadline: String,
    deadline_at: DateTime<Utc>,
    invited: usize,
    labels: Vec<LabelProgress>,
    /// None until ten have responded.
    trend: Option<Vec<Day>>,
}

#[derive(Serialize)]
struct Day {
    day: NaiveDate,
    responses: usize,
}

#[derive(Serialize)]
struct Printed {
    /// The cursor: a code is a secret, and does not go into an address.
    #[serde(skip)]
    invitation: Id,
    name: String,
    team: Option<String>,
    code: String,
}

/// # Errors
/// No such consultation; its key is missing.
pub async fn progress(house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (slug, shared) = (asked::slug(&slug)?, house.clone());
    let shown = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let progress = shared.progresses.of(tx, &shared.keys, &consultation)?;
        let days = |days: Vec<(NaiveDate, usize)>| {
            days.into_iter().map(|(day, responses)| Day { day, responses }).collect::<Vec<_>>()
        };
        Ok(Shown {
            state: consultation.state,
            time_zone: consultation.deadline.zone.name(),
            deadline: consultation.deadline.local_text(),
            deadline_at: consultation.deadline.at,
            invited: progress.invited,
            labels: progress.labels.clone(),
            trend: progress.trend.clone().map(days),
        })
    });
    Ok(HttpResponse::Ok().json(shown.await?))
}

/// The codes of members without a mail address, to be handed over on paper; noted in the audit log.
///
/// # Errors
/// No such consultation, or a bad parameter.
pub async fn printed_codes(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["limit", "after"])?;
    let (deed, slug, keys) = (deed(&request, &house)?, asked::slug(&slug)?, house.keys.clone());
    let codes = house.write(move |tx| codes(tx, &keys, &deed, &slug)).await?;
    Ok(HttpResponse::Ok().json(parameters.part(codes, |one| one.invitation.to_string())?))
}

fn codes(tx: &mut Tx, keys: &Keys, deed: &Deed, slug: &str) -> Result<Vec<Printed>, Refusal> {
    let consultation = consultations::by_slug(tx, slug)?;
    let codes = consultations::printed_codes(tx, keys, &consultation)?;
    deed.record(tx, "list printed codes", slug, &serde_json::json!({ "codes": codes.len() }))?;
    let shown =
        |one: PrintedCode| Printed { invitation: one.invitation, name: one.name, team: one.team, code: one.code };
    Ok(codes.into_iter().map(shown).collect())
}
