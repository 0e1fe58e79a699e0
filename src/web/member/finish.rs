//! "I have finished", or "I have nothing to add" on purpose.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::frame::{Frame, deadline, see_other};
use super::here::Here;
use super::kept;
use super::own::OwnWords;
use super::own_answers::own_answers;
use super::{preview, receipt};
use crate::consultations::{self, Arrival};
use crate::links;
use crate::refusal::Refusal;
use crate::responses;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::Level;
use crate::web::view::{FinishPage, OwnAnswers, SeenComment};

/// # Errors
/// Nobody signed in, or the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let here = Here::of(&request, &house, &slug).await?;
    if here.consultation.judge(Arrived::of(&request, &house)) == Arrival::TooLate {
        return Ok(see_other(&links::mine(&slug)));
    }
    let (author, level, shared, her) = (here.author.clone(), here.level, house.clone(), here.clone());
    let reader = kept::reader(&request, level);
    let (said, own, answers, unsent) = house
        .read(move |tx| {
            let unsent = kept::unsent(tx, &shared, &her, &reader)?;
            if level == Level::Write {
                return Ok((responses::said_anything(tx, &author)?, Vec::new(), OwnAnswers::default(), unsent));
            }
            let own = OwnWords::all(tx, &shared, &author, her.language)?;
            let answers = own_answers(tx, &author, &her.consultation, true)?;
            Ok((!own.is_empty() || !answers.items.is_empty(), own, answers, unsent))
        })
        .await?;
    let seen: Vec<SeenComment> =
        own.iter().map(|own| preview::seen_again(&here, &own.mine, own.standing.as_ref())).collect();
    let frame = Frame::of(&request, &house, &here);
    frame.show(&house, StatusCode::OK, "member/finish.html", |page| FinishPage {
        page,
        title: here.consultation.title.clone(),
        deadline: deadline(&house, here.language, &here.consultation),
        said,
        comments: seen.len(),
        answers,
        no_more: true,
        action_url: links::finish(&slug),
        back_url: links::consultation(&slug),
        points: seen.iter().any(|seen| !seen.identifying.is_empty()),
        seen,
        label: here.label.clone(),
        with_my_name: own.iter().any(|own| own.mine.with_name),
        mine_url: links::mine(&slug),
        code_url: (level == Level::Write).then(|| links::code(&slug)),
        unsent,
        apart: here.apart,
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Ticked {
    no_more: String,
}

/// # Errors
/// Nobody signed in, too late, or the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    Form(ticked): Form<Ticked>,
) -> Result<HttpResponse, Failure> {
    let arrived = Arrived::of(&request, &house);
    let mut here = Here::of(&request, &house, &slug).await?;
    let (author, id, chance) = (here.author.clone(), here.consultation.id, house.chance.clone());
    let done = house.write_voices(move |tx| {
        let consultation = consultations::by_id(tx, id)?;
        let nothing_to_add = responses::mine(tx, &author)?.is_empty() && responses::my_answers(tx, &author)?.is_empty();
        responses::finish(tx, &author, &consultation, &chance, arrived, nothing_to_add)
    });
    let finished = done.await?;
    // A write of its own: no transaction touches a voice and a row that names a member.
    if ticked.no_more == "yes" {
        let invitation = here.author.invitation.id;
        house.write(move |tx| consultations::no_more_reminders(tx, invitation, true).map_err(Refusal::from)).await?;
        here.author.invitation.no_reminders = true;
    }
    match here.level {
        Level::Full => Ok(see_other(&links::receipt(&slug))),
        Level::Write => receipt::page(&request, &house, &here, &finished),
    }
}
