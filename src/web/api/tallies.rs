//! `GET /consultations/{slug}/tallies?by=`: exact counts at the grain of labels, inside the union.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::asked::{self, Parameters};
use crate::consultations;
use crate::refusal::Refusal;
use crate::responses::{By, Counts, Permission};
use crate::web::error::Failure;
use crate::web::house::House;

#[derive(Serialize)]
struct Tallies {
    by: By,
    /// Comments at the desks.
    total: usize,
    counts: Counts,
    items: Vec<Tally>,
}

#[derive(Serialize)]
struct Tally {
    /// Key of a block (none: the whole draft), id of a label, or a permission.
    id: Option<String>,
    /// Number of the block, name of the label, or the permission again.
    name: String,
    total: usize,
    counts: Counts,
}

/// # Errors
/// No such consultation, or a bad parameter.
pub async fn list(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["by"])?;
    let by = parameters.get("by").unwrap_or(By::Block.as_str());
    let by = By::from_value(by)
        .ok_or_else(|| Refusal::field("by", "not-a-choice", "Choose one of block, label and permission."))?;
    let (slug, reading) = (asked::slug(&slug)?, house.clone());
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        reading.desks.of(tx, &reading.keys, &consultation)
    });
    let desk = found.await?;
    let names: Vec<(Option<String>, String)> = match by {
        By::Block => desk.places().iter().map(|place| (place.block.clone(), place.number.clone())).collect(),
        By::Label => desk.labels().iter().map(|(id, name)| (Some(id.to_string()), name.clone())).collect(),
        By::Permission => Permission::ALL.iter().map(|one| (Some(one.to_string()), one.to_string())).collect(),
    };
    let tally =
        |((id, name), counts): ((Option<String>, String), Counts)| Tally { id, name, total: counts.total(), counts };
    let items = names.into_iter().zip(desk.tally(by)).map(tally).collect();
    let counts = desk.total();
    Ok(HttpResponse::Ok().json(Tallies { by, total: counts.total(), counts, items }))
}
