//! "I have lost my link": the same answer and the same work for known and unknown addresses.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::json;

use super::frame::Frame;
use crate::links;
use crate::refusal::Refusal;
use crate::store::queue;
use crate::text;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{LostPage, LostSentPage};

/// # Errors
/// When the page cannot be rendered.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let frame = Frame::outside(&request, &house);
    frame.show(&house, StatusCode::OK, "member/lost.html", |page| LostPage {
        page,
        action_url: links::LOST.to_owned(),
        email: String::new(),
    })
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Lost {
    email: String,
}

/// Queues the mail; whether there is anybody to write to is found out later, by the worker.
///
/// # Errors
/// When the database fails.
pub async fn post(request: HttpRequest, house: Data<House>, Form(typed): Form<Lost>) -> Result<HttpResponse, Failure> {
    let frame = Frame::outside(&request, &house);
    let email = match text::email("email", &typed.email) {
        Ok(email) => email,
        Err(problem) => {
            let frame = frame.mending(&house, &[problem]);
            return frame.show(&house, StatusCode::UNPROCESSABLE_ENTITY, "member/lost.html", |page| LostPage {
                page,
                action_url: links::LOST.to_owned(),
                email: typed.email,
            });
        }
    };
    let (now, payload) = (house.clock.now(), json!({ "email": email }).to_string());
    let id = house.chance.id(now);
    house.write(move |tx| queue::add(tx, id, LINK_AGAIN, &payload, now).map_err(Refusal::from)).await?;
    house.wake.notify_one();
    frame.show(&house, StatusCode::OK, "member/lost_sent.html", |page| LostSentPage {
        page,
        lost_url: links::LOST.to_owned(),
        printed_url: links::PRINTED.to_owned(),
    })
}

/// The worker's name for this job.
const LINK_AGAIN: &str = "link_again";
