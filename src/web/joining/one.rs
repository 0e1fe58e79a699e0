//! One request: what each answer does, and the answer.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::Answerer;
use crate::consultations::joining::{self, JoinRequest, JoinState, Verdict};
use crate::consultations::of_consultation;
use crate::ids::Id;
use crate::mail;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::JoiningOne;

/// # Errors
/// No such request, or not of her team.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let answerer = Data::new(Answerer::of(&request, &house, &slug).await?);
    let id: Id = id.parse().map_err(|_| Failure::NotFound)?;
    let (shared, reading) = (house.clone(), answerer.clone());
    let found = house.read(move |tx| {
        let asked = hers(tx, &reading, id)?;
        let labels = of_consultation(tx, reading.of.id)?;
        let label = labels.into_iter().find(|label| label.teams.contains(&asked.team_id)).map(|label| label.name);
        let colleagues = joining::colleagues(tx, reading.of.id)?.map(|one| one.let_in).unwrap_or_default();
        let row = reading.rows(tx, &shared, vec![asked])?.pop().ok_or(Refusal::Unknown("request"))?;
        Ok((row, label.unwrap_or_default(), colleagues))
    });
    let (row, label, colleagues) = found.await?;
    answerer.show(&request, &house, "joining/one.html", None, |page| JoiningOne {
        page,
        row,
        label,
        colleagues,
        action_url: answerer.at(id),
        back_url: answerer.home(),
    })
}

#[derive(Deserialize)]
pub struct Answer {
    #[serde(default)]
    verdict: String,
}

/// # Errors
/// No such request, or not of her team; not open.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    Form(answer): Form<Answer>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let answerer = Data::new(Answerer::of(&request, &house, &slug).await?);
    let id: Id = id.parse().map_err(|_| Failure::NotFound)?;
    let verdict = Verdict::from_value(&answer.verdict).ok_or(Failure::Unreadable("Press one of the answers."))?;
    let (keys, deciding) = (house.keys.clone(), answerer.clone());
    house
        .write(move |tx| {
            hers(tx, &deciding, id)?;
            joining::decide(tx, &keys, &deciding.deed, &deciding.of, id, verdict)?;
            Ok(mail::ask_join_letter(tx, &deciding.deed.chance, deciding.deed.now, id)?)
        })
        .await?;
    house.wake.notify_one();
    let address = format!("{}?done={verdict}", answerer.home());
    Ok(HttpResponse::SeeOther().insert_header((actix_web::http::header::LOCATION, address)).finish())
}

fn hers(tx: &mut Tx, answerer: &Answerer, id: Id) -> Result<JoinRequest, Refusal> {
    let asked = joining::request(tx, id)?;
    let is_hers = answerer.teams.as_ref().is_none_or(|teams| teams.contains(&asked.team_id));
    let waits = asked.state == JoinState::Asked && asked.consultation_id == answerer.of.id;
    if is_hers && waits { Ok(asked) } else { Err(Refusal::Unknown("request")) }
}
