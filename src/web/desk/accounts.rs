//! Everybody's accounts: who is there, and adding one.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};

use super::account::Done;
use crate::links;
use crate::people::{Role, Roles, Staff, staff};
use crate::refusal::Refusal;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{AccountLine, AccountsPage, Page, RoleChoice, ShownOncePage};
use crate::web::visitor;
use crate::words::Language;

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, said: Query<Done>) -> Result<HttpResponse, Failure> {
    let done = ["roles", "disabled", "enabled"].into_iter().find(|deed| said.is(deed));
    let notice = done.map(|deed| house.words.say(Language::English, &format!("accounts-done-{deed}"), &[]));
    shown(&request, &house, StatusCode::OK, &Typed::default(), |page| Page { notice, ..page }).await
}

/// # Errors
/// When the database fails.
pub async fn post(request: HttpRequest, house: Data<House>, Form(pairs): Form<Pairs>) -> Result<HttpResponse, Failure> {
    let typed = Typed::read(&pairs);
    let deed = visitor::deed(&request, &house)?;
    let (email, name, roles) = (typed.email.clone(), typed.name.clone(), typed.roles.clone());
    let added = house.write(move |tx| staff::add(tx, &deed, &email, &name, &roles).map(|(_, token)| token)).await;
    let (status, problems) = match added {
        Ok(token) => return link_shown(&request, &house, typed.name.trim(), &token),
        Err(Refusal::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Err(Refusal::Conflict { code, detail }) => (StatusCode::CONFLICT, vec![Problem::new("email", code, detail)]),
        Err(other) => return Err(other.into()),
    };
    shown(&request, &house, status, &typed, |page| super::mending(page, &house, &problems)).await
}

/// A form as it was sent: a set of roles has several fields of one name.
pub type Pairs = Vec<(String, String)>;

/// What was typed about an account or a token.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) email: String,
    pub(super) name: String,
    pub(super) roles: Roles,
}

impl Typed {
    pub(super) fn read(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        let roles = pairs.iter().filter(|(field, _)| field == "role").filter_map(|(_, value)| Role::from_value(value));
        Self {
            email: value("email").unwrap_or_default(),
            name: value("name").unwrap_or_default(),
            roles: roles.collect(),
        }
    }
}

pub(super) fn role_choices(roles: &Roles) -> Vec<RoleChoice> {
    let chosen = |role: &Role| roles.iter().any(|held| held == *role);
    Role::ALL.iter().map(|role| RoleChoice { role: role.as_str(), checked: chosen(role) }).collect()
}

/// A one-time link, on this page alone.
pub(super) fn link_shown(
    request: &HttpRequest,
    house: &House,
    name: &str,
    token: &str,
) -> Result<HttpResponse, Failure> {
    let (page, form) = super::page(request, house);
    let view = ShownOncePage {
        page,
        kind: "link",
        name: name.to_owned(),
        secret: house.links.absolute(&links::staff_link(token)),
        back_url: links::ACCOUNTS.to_owned(),
    };
    super::shown(house, "desk/shown_once.html", &view, form)
}

async fn shown(
    request: &HttpRequest,
    house: &House,
    status: StatusCode,
    typed: &Typed,
    mend: impl FnOnce(Page) -> Page,
) -> Result<HttpResponse, Failure> {
    let all = house.read(|tx| Ok::<_, Refusal>(staff::list(tx)?)).await?;
    let (page, token) = super::page(request, house);
    let view = AccountsPage {
        page: mend(page),
        accounts: all.into_iter().map(line).collect(),
        action_url: links::ACCOUNTS.to_owned(),
        tokens_url: links::TOKENS.to_owned(),
        name: typed.name.clone(),
        email: typed.email.clone(),
        roles: role_choices(&typed.roles),
    };
    super::shown_as(status, house, "desk/accounts.html", &view, token)
}

fn line(account: Staff) -> AccountLine {
    AccountLine {
        state: account.standing().as_str(),
        roles: account.roles.iter().map(Role::as_str).collect(),
        url: links::account(account.id),
        name: account.name,
        email: account.email,
    }
}
