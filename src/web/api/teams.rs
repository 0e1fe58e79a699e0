//! Teams: `GET/POST /teams`, `PATCH /teams/{id}`.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::asked::{self, Parameters};
use super::given::{given, nullable};
use super::replay::{Answer, once};
use crate::ids::Id;
use crate::people::team::{self, NewTeam, TeamChange};
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::visitor::deed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Make {
    name: Option<String>,
    parent: Option<Id>,
    headcount: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    #[serde(default, deserialize_with = "given")]
    name: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    parent: Option<Option<Id>>,
    #[serde(default, deserialize_with = "nullable")]
    headcount: Option<Option<i32>>,
}

/// # Errors
/// A bad parameter, or the database.
pub async fn list(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["limit", "after"])?;
    let teams = house.read(|tx| Ok::<_, Refusal>(team::list(tx)?)).await?;
    Ok(HttpResponse::Ok().json(parameters.part(teams, |team| team.id.to_string())?))
}

/// # Errors
/// As `team::make`.
pub async fn make(request: HttpRequest, house: Data<House>, body: Json<Make>) -> Result<HttpResponse, Failure> {
    let (deed, doing) = (deed(&request, &house)?, house.clone());
    once(&request, &house, &body.bytes, async move {
        let Make { name, parent, headcount } = body.value;
        let new = NewTeam { name: name.unwrap_or_default(), parent, headcount };
        Answer::made(&doing.write(move |tx| team::make(tx, &deed, &new)).await?)
    })
    .await
}

/// # Errors
/// As `team::change`.
pub async fn change(
    request: HttpRequest,
    house: Data<House>,
    id: Path<String>,
    body: Json<Amend>,
) -> Result<HttpResponse, Failure> {
    let (deed, id) = (deed(&request, &house)?, asked::name(&id, "team")?);
    let Amend { name, parent, headcount } = body.value;
    let change = TeamChange { name, parent, headcount };
    let team = house.write(move |tx| team::change(tx, &deed, id, &change)).await?;
    Ok(HttpResponse::Ok().json(team))
}
