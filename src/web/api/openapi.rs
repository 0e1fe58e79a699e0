//! `GET /openapi.json`: the whole of this API in OpenAPI 3.1, written by hand.

use actix_web::HttpResponse;

/// The document; a test holds it against the table of routes.
pub const DOCUMENT: &str = include_str!("openapi.json");

#[expect(clippy::unused_async, reason = "actix calls every handler as a future")]
pub async fn get() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(DOCUMENT)
}
