//! What belongs to no visitor: health, assets, pages of failure, the demo's mailbox.

pub mod mailbox;

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::error::Failure;
use super::house::House;
use super::routes;
use crate::refusal::Refusal;

/// The process lives.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n")
}

/// The database answers, so its migrations (applied at the start) are in order.
pub async fn readyz(house: Data<House>) -> HttpResponse {
    match house.read(|tx| Ok::<_, Refusal>(crate::people::team::list(tx).map(|_| ())?)).await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
        Err(_) => HttpResponse::ServiceUnavailable()
            .content_type("text/plain; charset=utf-8")
            .body("the database does not answer\n"),
    }
}

/// A file whose name holds its hash: kept by browsers for a year.
///
/// # Errors
/// No such file.
pub async fn asset(house: Data<House>, name: Path<String>) -> Result<HttpResponse, Failure> {
    let found = house.assets.find(&name).ok_or(Failure::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(found.mime)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::ETAG, found.etag.clone()))
        .body(found.bytes.clone().into_owned()))
}

/// A failure as a page, with what was typed given back.
#[must_use]
pub fn problem_page(_request: &HttpRequest, _house: &House, failure: &Failure) -> String {
    let _ = routes::ROUTES;
    failure.to_string()
}
