//! Call sheets to print: for each team, whom mail does not reach. Nothing on them tells who has
//! responded.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::reach::named;
use crate::consultations;
use crate::links;
use crate::mail;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{CallSheet, DeskCalls};
use crate::web::visitor::deed;

/// Noted in the audit log, since the sheets are a list of names that leaves the house.
///
/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let deed = deed(&request, &house)?;
    let (of, unreachable) = house
        .write(move |tx| {
            let of = consultations::by_slug(tx, &slug)?;
            let unreachable = mail::unreachable(tx, of.id, None)?;
            deed.record(tx, "show call sheets", &of.slug, &json!({ "members": unreachable.len() }))?;
            Ok((of, unreachable))
        })
        .await?;
    let mut teams: Vec<CallSheet> = Vec::new();
    // They come in the order of their teams.
    for one in unreachable.into_iter().map(named) {
        match teams.last_mut().filter(|sheet| sheet.team == one.team) {
            Some(sheet) => sheet.members.push(one),
            None => teams.push(CallSheet { team: one.team.clone(), members: vec![one] }),
        }
    }
    let (page, token) = super::page_of(&request, &house, &of, super::Way::Progress);
    let view = DeskCalls {
        page,
        reach_url: links::desk_reach(&of.slug),
        codes_url: links::desk_codes(&of.slug),
        title: of.title.clone(),
        deadline: super::deadline(&house, &of),
        teams,
    };
    super::shown(&house, "desk/calls.html", &view, token)
}
