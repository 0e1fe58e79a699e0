//! Releases: `GET/POST /consultations/{slug}/releases`, `GET …/releases/{n}/export`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::asked::{self, Parameters};
use super::replay::{Answer, once};
use crate::collation::{self, Audience, export};
use crate::consultations;
use crate::web::download;
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::visitor::deed;

/// A body that says nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// # Errors
/// No such consultation, or a bad parameter.
pub async fn list(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["limit", "after"])?;
    let slug = asked::slug(&slug)?;
    let all = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        Ok(collation::list(tx, consultation.id)?)
    });
    Ok(HttpResponse::Ok().json(parameters.part(all.await?, |one| one.number.to_string())?))
}

/// Makes a release, or gives the newest again when nothing has changed since.
///
/// # Errors
/// Nothing has reached the desks yet.
pub async fn make(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<Nothing>,
) -> Result<HttpResponse, Failure> {
    let (deed, slug, doing) = (deed(&request, &house)?, asked::slug(&slug)?, house.clone());
    once(&request, &house, &body.bytes, async move {
        Answer::made(&collation::current(&doing.store, &doing.keys, &deed, &slug).await?)
    })
    .await
}

/// A file of a release, written while it is read, so that its size never becomes memory.
///
/// # Errors
/// No such release; a format or an audience that does not exist yet.
pub async fn export(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["format", "audience"])?;
    let asked_for = |name| parameters.get(name).unwrap_or_default();
    let format = export::asked(asked_for("format"), asked_for("audience"))?;
    let (slug, number) = path.into_inner();
    let (deed, slug, number) = (deed(&request, &house)?, asked::slug(&slug)?, asked::name(&number, "release")?);
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let release = collation::by_number(tx, consultation.id, number)?;
        Ok((consultation, release))
    });
    let (consultation, release) = found.await?;
    download::release(&house, &deed, consultation, release, format, Audience::Negotiator).await
}
