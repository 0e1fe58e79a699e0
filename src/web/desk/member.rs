//! One member, to add or to correct by hand.

use std::collections::HashMap;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::consultations;
use crate::ids::Id;
use crate::links;
use crate::people::member::{self, Typed};
use crate::people::{Member, team};
use crate::refusal::Refusal;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::upload::{Fields, Upload};
use crate::web::view::{MemberEditPage, MemberPlace};
use crate::web::visitor;

/// The form; its teams are numbered, so they are read from the fields themselves.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Form {
    name: String,
    email: String,
    membership_number: String,
}

/// # Errors
/// When the database fails.
pub async fn new(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    show(&request, &house, StatusCode::OK, None, &Typed::default(), &[]).await
}

/// # Errors
/// When the database fails.
pub async fn add(request: HttpRequest, house: Data<House>, form: Upload<Form>) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let typed = typed(form);
    let made = typed.clone();
    match house.write(move |tx| member::add(tx, &deed, &made)).await {
        Ok(_) => Ok(done("saved")),
        Err(Refusal::Invalid(problems)) => {
            show(&request, &house, StatusCode::UNPROCESSABLE_ENTITY, None, &typed, &problems).await
        }
        Err(other) => Err(other.into()),
    }
}

/// # Errors
/// No such member; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let (member, paths) = known(&house, id).await?;
    let teams = member.teams.iter().filter_map(|place| Some((paths.get(&place.team)?.clone(), place.is_rep))).collect();
    let typed = Typed {
        name: member.name.clone(),
        email: member.email.clone().unwrap_or_default(),
        membership_number: member.membership_number.clone().unwrap_or_default(),
        teams,
    };
    show(&request, &house, StatusCode::OK, Some(&member), &typed, &[]).await
}

/// # Errors
/// No such member; the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    id: Path<String>,
    form: Upload<Form>,
) -> Result<HttpResponse, Failure> {
    let id: Id = id.parse().map_err(|_| Failure::NotFound)?;
    let deed = visitor::deed(&request, &house)?;
    let typed = typed(form);
    let (changed, keys) = (typed.clone(), house.keys.clone());
    let saved = house.write(move |tx| {
        let has_new_address = member::change(tx, &deed, id, &changed)?;
        if has_new_address {
            consultations::renew(tx, &keys, id)?;
        }
        Ok(has_new_address)
    });
    match saved.await {
        Ok(has_new_address) => Ok(done(if has_new_address { "renewed" } else { "saved" })),
        Err(Refusal::Invalid(problems)) => {
            let (member, _) = known(&house, id).await?;
            show(&request, &house, StatusCode::UNPROCESSABLE_ENTITY, Some(&member), &typed, &problems).await
        }
        Err(other) => Err(other.into()),
    }
}

fn done(what: &str) -> HttpResponse {
    let address = format!("{}?done={what}", links::DESK_MEMBERS);
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}

/// Most teams of one member in the form.
const PLACES_MAX: usize = 20;

fn typed(form: Upload<Form>) -> Typed {
    let place = |fields: &Fields, at: usize| {
        let path = fields.get(&format!("team_{at}"))?;
        Some((path.to_owned(), fields.get(&format!("rep_{at}")).is_some()))
    };
    let teams = (0..PLACES_MAX).map_while(|at| place(&form.fields, at)).collect();
    let Form { name, email, membership_number } = form.value;
    Typed { name, email, membership_number, teams }
}

async fn known(house: &House, id: Id) -> Result<(Member, HashMap<Id, String>), Failure> {
    let found = house.read(move |tx| {
        let paths = team::list(tx)?.into_iter().map(|team| (team.id, team.path)).collect();
        Ok::<_, Refusal>((member::by_id(tx, id)?, paths))
    });
    Ok(found.await?)
}

async fn show(
    request: &HttpRequest,
    house: &House,
    status: StatusCode,
    of: Option<&Member>,
    typed: &Typed,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    let teams = house.read(|tx| Ok::<_, Refusal>(team::list(tx)?)).await?;
    let (page, token) = super::page(request, house);
    let mut places: Vec<MemberPlace> =
        typed.teams.iter().map(|(path, is_rep)| MemberPlace { path: path.clone(), is_rep: *is_rep }).collect();
    // One more to fill in.
    if places.last().is_none_or(|place| !place.path.trim().is_empty()) {
        places.push(MemberPlace::default());
    }
    let url = |of_member: fn(Id) -> String| of.map(|member| of_member(member.id)).unwrap_or_default();
    let view = MemberEditPage {
        page: super::mending(page, house, problems),
        is_new: of.is_none(),
        name: typed.name.clone(),
        email: typed.email.clone(),
        membership_number: typed.membership_number.clone(),
        places,
        teams: teams.into_iter().map(|team| team.path).collect(),
        has_left: of.is_some_and(|member| member.has_left),
        action_url: of.map_or_else(|| links::DESK_MEMBER_NEW.to_owned(), |member| links::desk_member(member.id)),
        members_url: links::DESK_MEMBERS.to_owned(),
        leave_url: url(links::desk_member_leave),
        back_url: url(links::desk_member_back),
    };
    super::shown_as(status, house, "desk/member.html", &view, token)
}
