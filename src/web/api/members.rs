//! Members: `GET /members`, `DELETE /members/{id}`, `POST /members/import`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::asked::{self, LIMIT_MAX, Listed, Parameters};
use super::replay::{Answer, once};
use crate::consultations;
use crate::ids::Id;
use crate::people::import::{self, ImportMode};
use crate::people::{member, team};
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::form::File;
use crate::web::house::House;
use crate::web::visitor::deed;

/// # Errors
/// A bad parameter, or the database.
pub async fn list(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["team", "limit", "after"])?;
    let (limit, after) = (parameters.limit(LIMIT_MAX)?, parameters.after_id()?);
    let no_team = || Refusal::field("team", "unknown", "There is no team with this id; leave it out for all.");
    let of: Option<Id> = parameters.get("team").map(|written| written.parse().map_err(|_| no_team())).transpose()?;
    let mut items = house
        .read(move |tx| {
            if let Some(of) = of {
                team::by_id(tx, of).map_err(|refusal| match refusal {
                    Refusal::Unknown(_) => no_team(),
                    other => other,
                })?;
            }
            let one_more = i64::try_from(limit + 1).unwrap_or(i64::MAX);
            Ok(member::list(tx, of, after, one_more)?)
        })
        .await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = if more { items.last().map(|member| member.id.to_string()) } else { None };
    Ok(HttpResponse::Ok().json(Listed { items, next }))
}

/// Reads a member list. Members whose address changed get new links in the same transaction.
///
/// # Errors
/// A body that is no list, or no list of members.
pub async fn import(request: HttpRequest, house: Data<House>, file: File) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["dry_run", "accept_valid"])?;
    let mode = ImportMode { dry_run: parameters.flag("dry_run")?, accept_valid: parameters.flag("accept_valid")? };
    if !LISTS.contains(&asked::content_type(&request).0.as_str()) {
        return Err(Failure::UnsupportedType { taken: "text/csv, or as an XLSX or ODS workbook with its own type" });
    }
    let (deed, doing) = (deed(&request, &house)?, house.clone());
    once(&request, &house, &file.0.clone(), async move {
        let keys = doing.keys.clone();
        let outcome = import::import_with(&doing.store, &deed, file.0.to_vec(), mode, move |tx, moved| {
            Ok(moved.iter().try_for_each(|member| consultations::renew(tx, &keys, *member))?)
        });
        Answer::done(&outcome.await?)
    })
    .await
}

/// What a member list may come as; what it then is, its bytes say.
const LISTS: &[&str] = &[
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
];

/// Marks a leaver; her row and her words stay.
///
/// # Errors
/// No such member.
pub async fn leave(request: HttpRequest, house: Data<House>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let (deed, id) = (deed(&request, &house)?, asked::name(&id, "member")?);
    house.write(move |tx| member::leave(tx, &deed, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
