//! Who can see what, and what nobody can promise.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::frame::Frame;
use crate::links;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::WhoSeesPage;

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let (frame, here) = Frame::visitor(&request, &house).await?;
    frame.show(&house, StatusCode::OK, "member/who_sees.html", |page| WhoSeesPage {
        page,
        label: here.as_ref().map(|here| here.label.clone()).filter(|label| !label.is_empty()),
        back_url: here.map(|here| links::consultation(&here.consultation.slug)),
    })
}
