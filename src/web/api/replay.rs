//! Requests of staff that make something: done once, to their end, and answered again when repeated.

use std::future::Future;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::audit::replay::{self, Given, Repeatable};
use crate::refusal::Refusal;
use crate::store::Fault;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::visitor::Visitor;

/// What a staff request answers.
pub struct Answer(Given);

impl Answer {
    /// 201 with what was made.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn made(value: &impl Serialize) -> Result<Self, Failure> {
        Self::of(StatusCode::CREATED, value)
    }

    /// 200 with what is now.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn done(value: &impl Serialize) -> Result<Self, Failure> {
        Self::of(StatusCode::OK, value)
    }

    fn of(status: StatusCode, value: &impl Serialize) -> Result<Self, Failure> {
        let answer = serde_json::to_string(value).map_err(|error| Fault::Corrupt(error.to_string()))?;
        Ok(Self(Given { status: status.as_u16(), answer }))
    }

    fn into_response(self) -> HttpResponse {
        let Given { status, answer } = self.0;
        HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::OK))
            .content_type("application/json")
            .body(answer)
    }
}

/// Runs `work` to its end even if the client goes away; with an `Idempotency-Key`, once only.
///
/// # Errors
/// Those of `work`; a key that is at work or stands for another request.
pub async fn once(
    request: &HttpRequest,
    house: &Data<House>,
    body: &[u8],
    work: impl Future<Output = Result<Answer, Failure>> + 'static,
) -> Result<HttpResponse, Failure> {
    let Some(one) = repeatable(request, body)? else {
        return Ok(to_the_end(work).await?.into_response());
    };
    let now = house.clock.now();
    if let Some(given) = house.write(move |tx| replay::begin(tx, one, now)).await? {
        return Ok(Answer(given).into_response());
    }
    let house = house.clone();
    let answer = to_the_end(async move {
        let answered = work.await;
        let given = answered.as_ref().ok().map(|answer| answer.0.clone());
        let kept = house
            .write(move |tx| match &given {
                Some(given) => Ok::<_, Refusal>(replay::finish(tx, one, given, now)?),
                None => Ok(replay::forget(tx, one)?),
            })
            .await;
        if let Err(fault) = kept {
            // The deed is done and its answer stands; only a repetition would not find it.
            tracing::error!(%fault, "an answer could not be kept for repetition");
        }
        answered
    });
    Ok(answer.await?.into_response())
}

async fn to_the_end(work: impl Future<Output = Result<Answer, Failure>> + 'static) -> Result<Answer, Failure> {
    actix_web::rt::spawn(work).await.unwrap_or_else(|_| Err(Fault::Stopped.into()))
}

/// The key a client sent, if it sent one.
///
/// # Errors
/// A key that is empty, longer than 255 characters, or not printable ASCII.
pub fn key(request: &HttpRequest) -> Result<Option<&str>, Failure> {
    let Some(sent) = request.headers().get("idempotency-key") else { return Ok(None) };
    let key = sent.to_str().map(str::trim).unwrap_or_default();
    if (1..=255).contains(&key.len()) {
        Ok(Some(key))
    } else {
        Err(Failure::unreadable("Send an Idempotency-Key of 1 to 255 printable characters."))
    }
}

fn repeatable(request: &HttpRequest, body: &[u8]) -> Result<Option<Repeatable>, Failure> {
    let Some(key) = key(request)? else { return Ok(None) };
    let actor = Visitor::colleague(request)?.actor;
    let place = format!("{} {}", request.method(), request.path());
    let said = [request.query_string().as_bytes(), b"\n", body].concat();
    Ok(Some(Repeatable::new(&actor, &place, key, &said)))
}
