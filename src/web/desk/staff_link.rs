//! A colleague's one-time link: shown on GET, used by the button alone. It sets an account up with
//! a first password; an account that has one it opens, so that a lost password can be replaced.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::sign_in::enter;
use crate::audit::{Actor, Deed};
use crate::links;
use crate::people::{Staff, account, password, staff};
use crate::refusal::Refusal;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::StaffLinkPage;

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, token: Path<String>) -> Result<HttpResponse, Failure> {
    let account = opened_by(&house, &token).await?;
    page(&request, &house, &token, account, &[])
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    /// The first password, where the account has none.
    password: String,
    /// `account` for whoever wants to choose a new password at once.
    then: String,
}

/// # Errors
/// A link that was used or ran out; too many at once.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    token: Path<String>,
    Form(pressed): Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let account = opened_by(&house, &token).await?.ok_or(Failure::LinkUnknown)?;
    // Who presses is known by the link; the deed is told again in her name.
    let deed = Deed { actor: Actor::Staff(account.id), now: house.clock.now(), chance: house.chance.clone() };
    let token = token.into_inner();
    if account.has_password {
        let opened = house.write(move |tx| account::open_by_link(tx, &deed, &token)).await?;
        let to = if pressed.then == "account" { links::ACCOUNT } else { links::DESK };
        return Ok(enter(&request, &house, &opened.ok_or(Failure::LinkUnknown)?, true, to));
    }
    if let Err(problem) = password::check("password", &pressed.password, &account.email, &account.name) {
        return page(&request, &house, &token, Some(account), &[problem]);
    }
    let place = house.passwords.place()?;
    let hash = house.passwords.hash(&place, &pressed.password, house.chance.bytes()).await?;
    let ready = house.write(move |tx| account::set_up(tx, &deed, &token, &hash)).await?;
    Ok(enter(&request, &house, &ready.ok_or(Failure::LinkUnknown)?, false, links::DESK))
}

async fn opened_by(house: &House, token: &str) -> Result<Option<Staff>, Failure> {
    let (asked, now) = (token.to_owned(), house.clock.now());
    Ok(house.read(move |tx| Ok::<_, Refusal>(staff::by_link(tx, &asked, now)?)).await?)
}

fn page(
    request: &HttpRequest,
    house: &House,
    token: &str,
    account: Option<Staff>,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    let (page, form) = super::page(request, house);
    let kind = match &account {
        None => "used",
        Some(account) if account.has_password => "press",
        Some(_) => "choose",
    };
    let (name, email) = account.map(|account| (account.name, account.email)).unwrap_or_default();
    let view = StaffLinkPage {
        page: super::mending(page, house, problems),
        name,
        email,
        action_url: links::staff_link(token),
        sign_in_url: links::SIGN_IN.to_owned(),
        kind,
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    super::shown_as(status, house, "desk/staff_link.html", &view, form)
}
