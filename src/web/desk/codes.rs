//! Printed codes of members without a mail address. A code opens what her link opens, so none is
//! shown before a button is pressed, and each showing is noted in the audit log.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::json;

use crate::consultations;
use crate::links;
use crate::mail;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{DeskCodes, DeskSlips, Slip};
use crate::web::visitor::deed;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (of, teams) = house
        .read(move |tx| {
            let of = consultations::by_slug(tx, &slug)?;
            let teams = mail::delivered(tx, of.id)?;
            Ok::<_, Refusal>((of, teams))
        })
        .await?;
    let (page, token) = super::page_of(&request, &house, &of, super::Way::Progress);
    let view = DeskCodes {
        page,
        reach_url: links::desk_reach(&of.slug),
        count: teams.iter().map(|team| team.no_address).sum(),
        action_url: links::desk_codes(&of.slug),
    };
    super::shown(&house, "desk/codes.html", &view, token)
}

#[derive(Deserialize)]
pub struct Pressed {}

/// The slips, to print and cut.
///
/// # Errors
/// No such consultation; the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (deed, keys) = (deed(&request, &house)?, house.keys.clone());
    let (of, codes) = house
        .write(move |tx| {
            let of = consultations::by_slug(tx, &slug)?;
            let codes = consultations::printed_codes(tx, &keys, &of)?;
            deed.record(tx, "list printed codes", &of.slug, &json!({ "codes": codes.len() }))?;
            Ok((of, codes))
        })
        .await?;
    let (page, token) = super::page_of(&request, &house, &of, super::Way::Progress);
    let view = DeskSlips {
        page,
        reach_url: links::desk_reach(&of.slug),
        title: of.title.clone(),
        deadline: super::deadline(&house, &of),
        address: house.links.absolute(&links::consultation(&of.slug)),
        slips: codes.into_iter().map(|one| Slip { name: one.name, team: one.team, code: one.code }).collect(),
    };
    super::shown(&house, "desk/slips.html", &view, token)
}
