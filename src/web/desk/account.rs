//! One's own account: a new password, and signing out in every browser.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::sign_in::{Pressed, door, enter, waiting, with_retry_after};
use crate::audit::Actor;
use crate::ids::Id;
use crate::links;
use crate::people::sign_in::Knows;
use crate::people::{Staff, account, password};
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::{STAFF_COOKIE, StaffSession, gone};
use crate::web::view::{AccountPage, Page};
use crate::web::visitor::{self, Visitor};
use crate::words::Language;

/// What was just done, to be said once.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

impl Done {
    pub(super) fn is(&self, deed: &str) -> bool {
        self.done == deed
    }
}

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, said: Query<Done>) -> Result<HttpResponse, Failure> {
    let hers = own(&request, &house).await?;
    let notice = said.is("password").then(|| house.words.say(Language::English, "account-done-password", &[]));
    shown(&request, &house, StatusCode::OK, hers, |page| Page { notice, ..page })
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct NewPassword {
    old_password: String,
    password: String,
}

/// # Errors
/// Too many at once; the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    Form(typed): Form<NewPassword>,
) -> Result<HttpResponse, Failure> {
    let hers = own(&request, &house).await?;
    let mut problems: Vec<Problem> =
        password::check("password", &typed.password, &hers.email, &hers.name).err().into_iter().collect();
    if !by_link(&request, &house) {
        if typed.old_password.is_empty() {
            problems.insert(0, Problem::new("old_password", "missing", "Type the password that you have now."));
        } else if problems.is_empty() {
            match door(&house).knows(hers.id, &typed.old_password).await? {
                Knows::Yes => {}
                Knows::No => problems.push(Problem::new("old_password", "wrong", "This is not your password.")),
                Knows::Wait(wait) => {
                    let status = StatusCode::TOO_MANY_REQUESTS;
                    let mend = |page| waiting(page, &house, "old_password", wait);
                    return Ok(with_retry_after(shown(&request, &house, status, hers, mend)?, wait));
                }
            }
        }
    }
    if !problems.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return shown(&request, &house, status, hers, |page| super::mending(page, &house, &problems));
    }
    let place = house.passwords.place()?;
    let hash = house.passwords.hash(&place, &typed.password, house.chance.bytes()).await?;
    let deed = visitor::deed(&request, &house)?;
    let changed = house.write(move |tx| account::choose_password(tx, &deed, hers.id, &hash)).await?;
    // Her other sessions have ended; this browser gets a new one, that asks for the password.
    Ok(enter(&request, &house, &changed, false, &format!("{}?done=password", links::ACCOUNT)))
}

/// # Errors
/// When the database fails.
pub async fn sign_out_everywhere(
    request: HttpRequest,
    house: Data<House>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (deed, id) = (visitor::deed(&request, &house)?, own_id(&request)?);
    house.write(move |tx| account::sign_out_everywhere(tx, &deed, id)).await?;
    Ok(HttpResponse::SeeOther().cookie(gone(STAFF_COOKIE)).insert_header((header::LOCATION, links::SIGN_IN)).finish())
}

/// The account of whoever asks.
pub(super) fn own_id(request: &HttpRequest) -> Result<Id, Failure> {
    match Visitor::colleague(request)?.actor {
        Actor::Staff(id) => Ok(id),
        Actor::Token(_) | Actor::CommandLine | Actor::Rep | Actor::Schedule => Err(Failure::expired()),
    }
}

async fn own(request: &HttpRequest, house: &House) -> Result<Staff, Failure> {
    let id = own_id(request)?;
    Ok(house.read(move |tx| account::by_id(tx, id)).await?)
}

fn by_link(request: &HttpRequest, house: &House) -> bool {
    StaffSession::of_request(request, &house.keys, house.clock.now()).is_some_and(|session| session.by_link)
}

fn shown(
    request: &HttpRequest,
    house: &House,
    status: StatusCode,
    hers: Staff,
    mend: impl FnOnce(Page) -> Page,
) -> Result<HttpResponse, Failure> {
    let (page, token) = super::page(request, house);
    let view = AccountPage {
        page: mend(page),
        roles: hers.roles.iter().map(crate::people::Role::as_str).collect(),
        name: hers.name,
        email: hers.email,
        asks_old: !by_link(request, house),
        action_url: links::ACCOUNT.to_owned(),
        everywhere_url: links::SIGN_OUT_EVERYWHERE.to_owned(),
    };
    super::shown_as(status, house, "desk/account.html", &view, token)
}
