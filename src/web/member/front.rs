//! The front door: what is open and listed, and how to get in.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{Frame, deadline};
use crate::consultations::{self, Consultation};
use crate::links;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::site::robots::INDEXED;
use crate::web::view::{FrontConsultation, FrontPage};

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let (frame, _) = Frame::visitor(&request, &house).await?;
    let all = house.read(|tx| consultations::list(tx).map_err(Refusal::from)).await?;
    let open = all
        .iter()
        .filter(|one| one.is_listed())
        .map(|one| FrontConsultation {
            title: one.title.clone(),
            url: links::consultation(&one.slug),
            deadline: deadline(&house, frame.language, one),
        })
        .collect();
    let mut answer = frame.show(&house, StatusCode::OK, "member/front.html", |page| FrontPage {
        page,
        consultations: open,
        lost_url: links::LOST.to_owned(),
        printed_url: links::PRINTED.to_owned(),
    })?;
    if all.iter().any(Consultation::is_indexed) {
        let (name, value) = INDEXED;
        answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    Ok(answer)
}
