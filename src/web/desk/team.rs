//! One team, to add or to change.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::ids::Id;
use crate::links;
use crate::people::Team;
use crate::people::team::{self, NewTeam, TeamChange};
use crate::refusal::{Problems, Refusal};
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::TeamEditPage;
use crate::web::visitor;

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    name: String,
    /// The path of the team above; empty for none.
    parent: String,
    /// Empty where nobody knows.
    headcount: String,
}

/// # Errors
/// When the database fails.
pub async fn new(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    show(&request, &house, StatusCode::OK, None, &Typed::default(), &[]).await
}

/// # Errors
/// When the database fails.
pub async fn add(request: HttpRequest, house: Data<House>, Form(typed): Form<Typed>) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let asked = typed.clone();
    let made = house.write(move |tx| {
        let (parent, headcount) = understood(&team::list(tx)?, &asked)?;
        team::make(tx, &deed, &NewTeam { name: asked.name.clone(), parent, headcount })
    });
    answer(&request, &house, None, &typed, made.await).await
}

/// # Errors
/// No such team; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let team = house.read(move |tx| team::by_id(tx, id)).await?;
    let typed = Typed {
        parent: team.path.rsplit_once('/').map(|(above, _)| above.to_owned()).unwrap_or_default(),
        headcount: team.headcount.map(|count| count.to_string()).unwrap_or_default(),
        name: team.name,
    };
    show(&request, &house, StatusCode::OK, Some(id), &typed, &[]).await
}

/// # Errors
/// No such team; the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    id: Path<String>,
    Form(typed): Form<Typed>,
) -> Result<HttpResponse, Failure> {
    let (deed, id) = (visitor::deed(&request, &house)?, id.parse().map_err(|_| Failure::NotFound)?);
    let asked = typed.clone();
    let changed = house.write(move |tx| {
        let (parent, headcount) = understood(&team::list(tx)?, &asked)?;
        let change = TeamChange { name: Some(asked.name.clone()), parent: Some(parent), headcount: Some(headcount) };
        team::change(tx, &deed, id, &change)
    });
    answer(&request, &house, Some(id), &typed, changed.await).await
}

fn understood(teams: &[Team], typed: &Typed) -> Result<(Option<Id>, Option<i32>), Refusal> {
    let mut problems = Problems::default();
    let parent = typed.parent.trim();
    let above = teams.iter().find(|team| team.path.to_lowercase() == parent.to_lowercase()).map(|team| team.id);
    if above.is_none() && !parent.is_empty() {
        problems.note("parent", "no-such-team", "There is no such team. Choose one from the list of teams.");
    }
    let headcount = Some(typed.headcount.trim()).filter(|count| !count.is_empty()).map(str::parse);
    if matches!(headcount, Some(Err(_))) {
        problems.note("headcount", "no-number", "Write how many people work there, in digits, or leave it empty.");
    }
    problems.none()?;
    Ok((above, headcount.and_then(Result::ok)))
}

async fn answer(
    request: &HttpRequest,
    house: &House,
    id: Option<Id>,
    typed: &Typed,
    saved: Result<Team, Refusal>,
) -> Result<HttpResponse, Failure> {
    match saved {
        Ok(_) => {
            let address = format!("{}?done=saved", links::DESK_TEAMS);
            Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish())
        }
        Err(Refusal::Invalid(problems)) => {
            show(request, house, StatusCode::UNPROCESSABLE_ENTITY, id, typed, &problems).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn show(
    request: &HttpRequest,
    house: &House,
    status: StatusCode,
    id: Option<Id>,
    typed: &Typed,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    let teams = house.read(|tx| Ok::<_, Refusal>(team::list(tx)?)).await?;
    let (page, token) = super::page(request, house);
    let view = TeamEditPage {
        page: super::mending(page, house, problems),
        is_new: id.is_none(),
        name: typed.name.clone(),
        parent: typed.parent.clone(),
        headcount: typed.headcount.clone(),
        teams: teams.into_iter().map(|team| team.path).collect(),
        action_url: id.map_or_else(|| links::DESK_TEAM_NEW.to_owned(), links::desk_team),
        teams_url: links::DESK_TEAMS.to_owned(),
        members_url: id.map(|id| format!("{}?team={id}", links::DESK_MEMBERS)),
    };
    super::shown_as(status, house, "desk/team.html", &view, token)
}
