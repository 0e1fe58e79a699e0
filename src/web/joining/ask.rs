//! Asking to take part. Whatever the address, the page that follows and the work are the same: whether
//! she is known is found out later, by the worker.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::consultations::joining::{self, NewRequest};
use crate::consultations::{self, Arrival, Consultation, State};
use crate::ids::Id;
use crate::links;
use crate::mail;
use crate::refusal::Refusal;
use crate::text::Problem;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::member::{Frame, contact, deadline};
use crate::web::view::{GroupTeam, JoinPage, JoinSentPage};

/// # Errors
/// No such consultation, or one that is not open.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (of, teams) = open(&request, &house, &slug).await?;
    page(&request, &house, &of, &teams, Asked::default(), &[])
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    name: String,
    email: String,
    team: String,
    says_member: String,
    membership_number: String,
}

/// # Errors
/// No such consultation, or one that is not open; too many ask at once.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    Form(asked): Form<Asked>,
) -> Result<HttpResponse, Failure> {
    let (of, teams) = open(&request, &house, &slug).await?;
    let new = NewRequest {
        name: asked.name.clone(),
        email: asked.email.clone(),
        team: asked.team.parse().ok(),
        says_member: asked.says_member.clone(),
        membership_number: asked.membership_number.clone(),
    };
    let (keys, chance, now, asking) = (house.keys.clone(), house.chance.clone(), house.clock.now(), of.clone());
    let done = house.write(move |tx| {
        if let Some(id) = joining::ask(tx, &keys, &chance, &asking, now, &new)? {
            mail::ask_join_letter(tx, &chance, now, id)?;
        }
        Ok(())
    });
    match done.await {
        Ok(()) => {
            house.wake.notify_one();
            Frame::outside(&request, &house).show(&house, StatusCode::OK, "member/join_sent.html", |page| {
                JoinSentPage {
                    page,
                    title: of.title.clone(),
                    public_url: links::consultation(&of.slug),
                    ask_url: links::join_ask(&of.slug),
                }
            })
        }
        Err(Refusal::Invalid(problems)) => page(&request, &house, &of, &teams, asked, &problems),
        Err(refusal) => Err(refusal.into()),
    }
}

async fn open(request: &HttpRequest, house: &House, slug: &str) -> Result<(Consultation, Vec<(Id, String)>), Failure> {
    let (slug, arrived) = (slug.to_owned(), Arrived::of(request, house));
    let found = house.read(move |tx| {
        let of = consultations::by_slug(tx, &slug)?;
        if of.state == State::Preparing {
            return Err(Refusal::Unknown("consultation"));
        }
        if of.judge(arrived) != Arrival::OnTime {
            return Err(Refusal::Late("Comments have closed.".to_owned()));
        }
        let teams = joining::teams_to_join(tx, of.id)?;
        Ok((of, teams))
    });
    Ok(found.await?)
}

fn page(
    request: &HttpRequest,
    house: &House,
    of: &Consultation,
    teams: &[(Id, String)],
    asked: Asked,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    let frame = Frame::outside(request, house).mending(house, problems);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let team = |(id, path): &(Id, String)| GroupTeam {
        id: id.to_string(),
        name: path.replace('/', ": "),
        level: 0,
        chosen: id.to_string() == asked.team,
    };
    let (language, teams) = (frame.language, teams.iter().map(team).collect());
    frame.show(house, status, "member/join.html", |page| JoinPage {
        page: crate::web::view::Page { contact: contact(of), ..page },
        title: of.title.clone(),
        deadline: deadline(house, language, of),
        public_url: links::consultation(&of.slug),
        lost_url: links::LOST.to_owned(),
        action_url: links::join_ask(&of.slug),
        teams,
        name: asked.name,
        email: asked.email,
        says_member: asked.says_member,
        membership_number: asked.membership_number,
        join_url: of.join_url.clone(),
    })
}
