//! One account, for an administrator: its roles, a new link, disabling and enabling.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::account::own_id;
use super::accounts::{Pairs, Typed, link_shown, role_choices};
use super::sign_in::{Pressed, enter};
use crate::ids::Id;
use crate::links;
use crate::people::staff::Standing;
use crate::people::{Role, Roles, Staff, account, staff};
use crate::refusal::Refusal;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{AccountCheckPage, AccountOfPage, Page};
use crate::web::visitor;

/// # Errors
/// No such account.
pub async fn get(request: HttpRequest, house: Data<House>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let id = parsed(&id)?;
    let of = house.read(move |tx| account::by_id(tx, id)).await?;
    let roles = of.roles.clone();
    shown(&request, &house, StatusCode::OK, of, &roles, |page| page)
}

/// Changes the roles.
///
/// # Errors
/// No such account.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    id: Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<HttpResponse, Failure> {
    let (id, typed, deed) = (parsed(&id)?, Typed::read(&pairs), visitor::deed(&request, &house)?);
    let roles = typed.roles.clone();
    let (status, problems) = match house.write(move |tx| account::change_roles(tx, &deed, id, &roles)).await {
        // Her own session ended with the others: she keeps this browser, with her new roles.
        Ok(changed) if own_id(&request)? == id => {
            let to = if changed.roles.may(Role::Admin) { done("roles") } else { links::DESK.to_owned() };
            return Ok(enter(&request, &house, &changed, false, &to));
        }
        Ok(_) => return Ok(see_other(&done("roles"))),
        Err(Refusal::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Err(Refusal::Conflict { code, detail }) => (StatusCode::CONFLICT, vec![Problem::new("role", code, detail)]),
        Err(other) => return Err(other.into()),
    };
    let of = house.read(move |tx| account::by_id(tx, id)).await?;
    shown(&request, &house, status, of, &typed.roles, |page| super::mending(page, &house, &problems))
}

/// Makes a new one-time link and shows it, once.
///
/// # Errors
/// No such account, or a disabled one.
pub async fn new_link(
    request: HttpRequest,
    house: Data<House>,
    id: Path<String>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (id, deed) = (parsed(&id)?, visitor::deed(&request, &house)?);
    let (of, token) = house.write(move |tx| account::new_link(tx, &deed, id)).await?;
    link_shown(&request, &house, &of.name, &token)
}

/// # Errors
/// No such account.
pub async fn ask_disable(request: HttpRequest, house: Data<House>, id: Path<String>) -> Result<HttpResponse, Failure> {
    check(&request, &house, parsed(&id)?, "disable").await
}

/// # Errors
/// No such account.
pub async fn ask_enable(request: HttpRequest, house: Data<House>, id: Path<String>) -> Result<HttpResponse, Failure> {
    check(&request, &house, parsed(&id)?, "enable").await
}

/// # Errors
/// No such account.
pub async fn disable(
    request: HttpRequest,
    house: Data<House>,
    id: Path<String>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (id, deed) = (parsed(&id)?, visitor::deed(&request, &house)?);
    match house.write(move |tx| account::disable(tx, &deed, id)).await {
        Ok(()) => Ok(see_other(&done("disabled"))),
        // The page says why it cannot be done.
        Err(Refusal::Conflict { .. }) => check(&request, &house, id, "disable").await,
        Err(other) => Err(other.into()),
    }
}

/// # Errors
/// No such account.
pub async fn enable(
    request: HttpRequest,
    house: Data<House>,
    id: Path<String>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (id, deed) = (parsed(&id)?, visitor::deed(&request, &house)?);
    house.write(move |tx| account::enable(tx, &deed, id)).await?;
    Ok(see_other(&done("enabled")))
}

fn parsed(id: &str) -> Result<Id, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

fn done(deed: &str) -> String {
    format!("{}?done={deed}", links::ACCOUNTS)
}

fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

fn shown(
    request: &HttpRequest,
    house: &House,
    status: StatusCode,
    of: Staff,
    roles: &Roles,
    mend: impl FnOnce(Page) -> Page,
) -> Result<HttpResponse, Failure> {
    let (page, token) = super::page(request, house);
    let own = own_id(request)? == of.id;
    let view = AccountOfPage {
        page: mend(page),
        state: of.standing().as_str(),
        roles: role_choices(roles),
        action_url: links::account(of.id),
        link_url: (!of.is_disabled && !own).then(|| links::account_link(of.id)),
        disable_url: (!of.is_disabled && !own).then(|| links::disable_account(of.id)),
        enable_url: of.is_disabled.then(|| links::enable_account(of.id)),
        back_url: links::ACCOUNTS.to_owned(),
        name: of.name,
        email: of.email,
    };
    super::shown_as(status, house, "desk/account_of.html", &view, token)
}

/// The page that says what a press will do; with 409 and no button where it cannot be done.
async fn check(request: &HttpRequest, house: &House, id: Id, kind: &'static str) -> Result<HttpResponse, Failure> {
    let (of, last, others) = house
        .read(move |tx| {
            let of = account::by_id(tx, id)?;
            let last = account::is_last_administrator(tx, &of)?;
            let others: Vec<Staff> = staff::list(tx)?.into_iter().filter(|other| other.id != id).collect();
            Ok::<_, Refusal>((of, last, others))
        })
        .await?;
    let in_use = || others.iter().filter(|other| other.standing() == Standing::InUse);
    let hindrance = match kind {
        "disable" if own_id(request)? == id => Some("own-account"),
        "disable" if last => Some("last-admin"),
        _ => None,
    };
    let (page, token) = super::page(request, house);
    let view = AccountCheckPage {
        page,
        kind,
        name: of.name,
        others: in_use().count(),
        administrators: in_use().filter(|other| other.roles.may(Role::Admin)).count(),
        hindrance,
        action_url: if kind == "disable" { links::disable_account(id) } else { links::enable_account(id) },
        back_url: links::account(id),
    };
    let status = if hindrance.is_none() { StatusCode::OK } else { StatusCode::CONFLICT };
    super::shown_as(status, house, "desk/account_check.html", &view, token)
}
