//! The front door: what is open, and how to get in.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{Frame, deadline};
use crate::consultations::{self, State};
use crate::links;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{FrontConsultation, FrontPage};

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let (frame, _) = Frame::visitor(&request, &house).await?;
    let all = house.read(|tx| consultations::list(tx).map_err(Refusal::from)).await?;
    let open = all
        .iter()
        .filter(|one| one.state == State::Open)
        .map(|one| FrontConsultation {
            title: one.title.clone(),
            url: links::consultation(&one.slug),
            deadline: deadline(&house, frame.language, one),
        })
        .collect();
    frame.show(&house, StatusCode::OK, "member/front.html", |page| FrontPage {
        page,
        consultations: open,
        lost_url: links::LOST.to_owned(),
        printed_url: links::PRINTED.to_owned(),
    })
}
