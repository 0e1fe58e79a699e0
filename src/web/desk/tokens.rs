//! What programs sign in with: tokens for the JSON API, made and revoked by administrators.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};

use super::account::Done;
use super::accounts::{Pairs, Typed, role_choices};
use super::sign_in::Pressed;
use crate::links;
use crate::people::{ApiToken, Role, token};
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{Page, ShownOncePage, TokenCheckPage, TokenLine, TokensPage};
use crate::web::visitor;
use crate::words::Language;

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, said: Query<Done>) -> Result<HttpResponse, Failure> {
    let notice = said.is("revoked").then(|| house.words.say(Language::English, "tokens-done-revoked", &[]));
    shown(&request, &house, StatusCode::OK, &Typed::default(), |page| Page { notice, ..page }).await
}

/// Makes a token and shows it, once.
///
/// # Errors
/// When the database fails.
pub async fn post(request: HttpRequest, house: Data<House>, Form(pairs): Form<Pairs>) -> Result<HttpResponse, Failure> {
    let (typed, deed) = (Typed::read(&pairs), visitor::deed(&request, &house)?);
    let (name, roles) = (typed.name.clone(), typed.roles.clone());
    match house.write(move |tx| token::make(tx, &deed, &name, &roles)).await {
        Ok(secret) => {
            let (page, form) = super::page(&request, &house);
            let (name, back_url) = (typed.name.trim().to_owned(), links::TOKENS.to_owned());
            let view = ShownOncePage { page, kind: "token", name, secret, back_url };
            super::shown(&house, "desk/shown_once.html", &view, form)
        }
        Err(Refusal::Invalid(problems)) => {
            let mend = |page| super::mending(page, &house, &problems);
            shown(&request, &house, StatusCode::UNPROCESSABLE_ENTITY, &typed, mend).await
        }
        Err(other) => Err(other.into()),
    }
}

/// # Errors
/// No such token in use.
pub async fn ask_revoke(request: HttpRequest, house: Data<House>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let wanted = id.into_inner();
    let meant = house
        .read(move |tx| {
            let mut all = token::list(tx)?.into_iter();
            all.find(|token| !token.is_revoked && token.id.to_string() == wanted).ok_or(Refusal::Unknown("token"))
        })
        .await?;
    let (page, form) = super::page(&request, &house);
    let view = TokenCheckPage {
        page,
        roles: meant.roles.iter().map(Role::as_str).collect(),
        made_words: made_words(&house, meant.created_at),
        action_url: links::revoke_token(meant.id),
        back_url: links::TOKENS.to_owned(),
        name: meant.name,
    };
    super::shown(&house, "desk/token_check.html", &view, form)
}

/// # Errors
/// No such token in use.
pub async fn revoke(
    request: HttpRequest,
    house: Data<House>,
    id: Path<String>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let id: crate::ids::Id = id.parse().map_err(|_| Failure::NotFound)?;
    house.write(move |tx| token::revoke(tx, &deed, &id.to_string())).await?;
    let to = format!("{}?done=revoked", links::TOKENS);
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish())
}

/// A day is enough to tell tokens apart, and needs no time zone of a consultation.
fn made_words(house: &House, at: DateTime<Utc>) -> String {
    house.words.date_words(Language::English, at.date_naive())
}

async fn shown(
    request: &HttpRequest,
    house: &House,
    status: StatusCode,
    typed: &Typed,
    mend: impl FnOnce(Page) -> Page,
) -> Result<HttpResponse, Failure> {
    let all = house.read(|tx| Ok::<_, Refusal>(token::list(tx)?)).await?;
    let (page, form) = super::page(request, house);
    let line = |token: ApiToken| TokenLine {
        roles: token.roles.iter().map(Role::as_str).collect(),
        made_words: made_words(house, token.created_at),
        revoke_url: (!token.is_revoked).then(|| links::revoke_token(token.id)),
        name: token.name,
    };
    let view = TokensPage {
        page: mend(page),
        tokens: all.into_iter().map(line).collect(),
        action_url: links::TOKENS.to_owned(),
        back_url: links::ACCOUNTS.to_owned(),
        name: typed.name.clone(),
        roles: role_choices(&typed.roles),
    };
    super::shown_as(status, house, "desk/tokens.html", &view, form)
}
