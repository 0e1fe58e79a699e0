//! A picture of a draft, for whoever may read the draft.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::session;
use super::here::Here;
use crate::consultations::{self, State};
use crate::drafts;
use crate::people;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::session::StaffSession;

/// # Errors
/// No such picture for this visitor; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, hash) = path.into_inner();
    if hash.len() != 64 || !hash.bytes().all(|sign| sign.is_ascii_hexdigit()) {
        return Err(Failure::NotFound);
    }
    let tag = format!("\"{hash}\"");
    let staff = StaffSession::of_request(&request, &house.keys, house.clock.now());
    let (keys, member) = (house.keys.clone(), session(&request));
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let is_public = consultation.public_draft && consultation.state != State::Preparing;
        let is_staff = match staff {
            Some(session) => people::staff::by_session(tx, session.staff, session.epoch)?.is_some(),
            None => false,
        };
        if !is_staff {
            let is_hers = match member {
                Some(session) if !is_public => Here::load(tx, &keys, session, Some(&slug))?.is_some(),
                _ => false,
            };
            if consultation.state == State::Preparing || !(is_public || is_hers) {
                return Ok(None);
            }
        }
        Ok(drafts::picture(tx, consultation.id, &hash, is_staff)?.map(|picture| (picture, is_public)))
    });
    let ((kind, bytes), is_public) = found.await?.ok_or(Failure::NotFound)?;
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::ETAG, tag.as_str()))
        // Its address is its content. Of a draft that is not public, who may see it is asked each time.
        .insert_header((
            header::CACHE_CONTROL,
            if is_public { "private, max-age=31536000, immutable" } else { "private, no-cache" },
        ))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CONTENT_DISPOSITION, "inline"));
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    if known.is_some_and(|known| known.contains(&tag)) {
        return Ok(answer.status(actix_web::http::StatusCode::NOT_MODIFIED).finish());
    }
    Ok(answer.content_type(kind.as_str()).body(bytes))
}
