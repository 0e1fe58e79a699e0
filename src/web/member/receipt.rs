//! After finishing: the reference in large type, and what happens next.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{Frame, deadline, see_other};
use super::here::Here;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, Finished};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::session::Level;
use crate::web::view::ReceiptPage;

/// # Errors
/// Nobody signed in, or the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let here = Here::of(&request, &house, &slug).await?;
    let author = here.author.clone();
    let finished = match here.level {
        Level::Full => house.read(move |tx| responses::finished(tx, &author).map_err(Refusal::from)).await?,
        Level::Write => None,
    };
    match finished {
        Some(finished) => page(&request, &house, &here, &finished),
        None => Ok(see_other(&links::mine(&slug))),
    }
}

/// The page itself.
///
/// # Errors
/// When it cannot be rendered.
pub fn page(request: &HttpRequest, house: &House, here: &Here, finished: &Finished) -> Result<HttpResponse, Failure> {
    let consultation = &here.consultation;
    let slug = &consultation.slug;
    Frame::of(request, house, here).show(house, StatusCode::OK, "member/receipt.html", |page| ReceiptPage {
        page,
        title: consultation.title.clone(),
        deadline: deadline(house, here.language, consultation),
        kind: if finished.nothing_to_add { "nothing" } else { "finished" },
        reference: finished.receipt.clone(),
        late: false,
        no_more: here.author.invitation.no_reminders,
        read_url: links::consultation(slug),
        mine_url: links::mine(slug),
        finish_url: links::finish(slug),
        join_url: consultation.join_url.clone(),
    })
}
