//! Sending and cancelling: first what it means in numbers, then the deed.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;

use super::turns::turned;
use super::{Pressed, called, id_of, see_other, told};
use crate::links;
use crate::mail::{self, State};
use crate::people;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::MailingCheckPage;

/// Less than this after other mail, a colleague is asked to think again.
const SOON: Duration = Duration::days(2);

/// # Errors
/// No such mailing.
pub async fn send(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    shown(request, house, path.into_inner(), "send").await
}

/// # Errors
/// When it is over, or when the consultation cannot get such mail now.
pub async fn send_now(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let back = turned(&request, &house, path.into_inner(), |tx, deed, id| mail::send_now(tx, deed, id).map(drop));
    Ok(see_other(&format!("{}?done=sending", back.await?)))
}

/// # Errors
/// No such mailing.
pub async fn cancel(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    shown(request, house, path.into_inner(), "cancel").await
}

/// # Errors
/// When all of it is sent.
pub async fn cancel_now(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let back = turned(&request, &house, path.into_inner(), |tx, deed, id| mail::cancel(tx, deed, id).map(drop)).await?;
    Ok(see_other(&format!("{back}?done=cancelled")))
}

async fn shown(
    request: HttpRequest,
    house: Data<House>,
    (slug, id): (String, String),
    deed: &'static str,
) -> Result<HttpResponse, Failure> {
    let id = id_of(&id)?;
    let read = house.read(move |tx| {
        let (of, mailing) = called(tx, &slug, id)?;
        let all = people::team::list(tx)?;
        let chosen = Some(mail::teams_of(tx, id)?).filter(|teams| !teams.is_empty());
        let about = told::About::read(tx, &all, &mailing)?;
        let counted = mail::recipients(tx, &of, chosen.as_deref())?;
        let last = mail::last_begun(tx, &of, id)?;
        let has_begun = !mail::may_change(tx, &mailing)?;
        Ok::<_, Refusal>((of, mailing, about, counted, last, has_begun))
    });
    let (of, mailing, about, counted, last, has_begun) = read.await?;
    let back_url = links::desk_mailing(&of.slug, id);
    if matches!(mailing.state, State::Sent | State::Cancelled) || (deed == "send" && mailing.state == State::Sending) {
        return Ok(see_other(&back_url));
    }
    let (page, token) = super::super::page_of(&request, &house, &of, super::super::Way::Mailings);
    let view = MailingCheckPage {
        page,
        deed,
        action_url: links::desk_mailing_deed(&of.slug, id, deed),
        back_url,
        line: told::line(&house, &of, &mailing, &about),
        audience: mailing.audience.as_str(),
        recipients: told::recipients(counted, &mailing),
        last_words: last.map(|at| told::time_words(&house, &of, at)).unwrap_or_default(),
        is_soon: last.is_some_and(|at| house.clock.now() - at < SOON),
        has_begun,
    };
    super::super::shown(&house, "desk/mailings/check.html", &view, token)
}
