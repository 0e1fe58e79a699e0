//! "No more reminders", with her stop link alone: asked and done by her, or at once by her mail
//! program (RFC 8058).

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{Frame, session};
use crate::consultations::{self, Consultation, Invitation};
use crate::links;
use crate::people;
use crate::refusal::Refusal;
use crate::web::csrf;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::StopPage;
use crate::words::Language;

/// # Errors
/// A link that is not in use.
pub async fn get(request: HttpRequest, house: Data<House>, token: Path<String>) -> Result<HttpResponse, Failure> {
    let found = found(&house, &token).await?;
    page(&request, &house, &token, &found, false)
}

/// Takes our own form, or the one-click body of a mail program, which has no cookie of ours.
///
/// # Errors
/// A link that is not in use, or a form of another site.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    token: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let text = String::from_utf8_lossy(&body);
    let is_form = || csrf::is_ours(&request, &house.keys, &value_of(&text, "csrf").unwrap_or_default());
    if !is_one_click(&text) && !is_form() {
        return Err(Failure::Expired { kept: None, again_url: Some(links::stop(&token)) });
    }
    let found = found(&house, &token).await?;
    let id = found.invitation.id;
    house.write(move |tx| consultations::no_more_reminders(tx, id, true).map_err(Refusal::from)).await?;
    page(&request, &house, &token, &found, true)
}

/// Whose link it is.
struct Found {
    invitation: Invitation,
    consultation: Consultation,
    language: Language,
}

async fn found(house: &House, token: &str) -> Result<Found, Failure> {
    let token = token.to_owned();
    let found = house.read(move |tx| {
        let Some(invitation) = consultations::by_stop(tx, &token)? else { return Ok(None) };
        let consultation = consultations::by_id(tx, invitation.consultation_id)?;
        let member = people::member::by_id(tx, invitation.member_id)?;
        let language = Language::from_code(&member.language).unwrap_or_default();
        Ok::<_, Refusal>(Some(Found { invitation, consultation, language }))
    });
    found.await?.ok_or(Failure::LinkUnknown)
}

fn page(request: &HttpRequest, house: &House, token: &str, found: &Found, done: bool) -> Result<HttpResponse, Failure> {
    let Found { invitation, consultation, language } = found;
    let frame = Frame::invited(request, house, invitation, consultation, *language);
    let signed_in = session(request).is_some_and(|session| session.invitation == invitation.id);
    frame.show(house, StatusCode::OK, "member/stop.html", |page| StopPage {
        page,
        title: consultation.title.clone(),
        done,
        action_url: links::stop(token),
        read_url: signed_in.then(|| links::consultation(&consultation.slug)),
    })
}

/// `List-Unsubscribe=One-Click`, as a form or as one part of a multipart body.
fn is_one_click(body: &str) -> bool {
    let in_parts = || body.contains("name=\"List-Unsubscribe\"") && body.lines().any(|line| line.trim() == ONE_CLICK);
    value_of(body, "List-Unsubscribe").as_deref() == Some(ONE_CLICK) || in_parts()
}

fn value_of(body: &str, name: &str) -> Option<String> {
    let pairs = Query::<Vec<(String, String)>>::from_query(body).ok()?.into_inner();
    pairs.into_iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

const ONE_CLICK: &str = "One-Click";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_one_click_bodies_are_known() {
        assert!(is_one_click("List-Unsubscribe=One-Click"));
        assert!(is_one_click(
            "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
        ));
        assert!(!is_one_click("csrf=One-Click"));
        assert!(!is_one_click(""));
    }
}
