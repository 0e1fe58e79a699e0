//! What search engines may look at: nothing, but for consultations that their branch opened to them.

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::consultations::{self, Consultation};
use crate::links;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::house::House;

/// The header that lets a page into search engines; every page without it stays out.
pub const INDEXED: (&str, &str) = ("x-robots-tag", "all");

/// # Errors
/// When the database fails.
pub async fn get(house: Data<House>) -> Result<HttpResponse, Failure> {
    let all = house.read(|tx| consultations::list(tx).map_err(Refusal::from)).await?;
    let text = rules(all.iter().filter(|one| one.is_indexed()));
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}

/// The longest rule that fits wins, so what is allowed stands out from what is not.
fn rules<'a>(indexed: impl Iterator<Item = &'a Consultation>) -> String {
    let pages: Vec<String> = indexed.map(|one| format!("Allow: {}$\n", links::consultation(&one.slug))).collect();
    let ways = if pages.is_empty() { "" } else { "Allow: /$\nAllow: /assets/\n" };
    format!("User-agent: *\n{ways}{}Disallow: /\n", pages.concat())
}
