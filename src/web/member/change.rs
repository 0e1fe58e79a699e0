//! Changing one of her comments, until the deadline.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{Frame, see_other};
use super::here::Here;
use super::passage::{Passage, WHOLE};
use super::typed::Typed;
use crate::consultations::{self, Arrival};
use crate::ids::CommentId;
use crate::links;
use crate::refusal::{Problems, Refusal};
use crate::responses::{self, Amend, Mine};
use crate::text::Problem;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::Level;
use crate::web::view::CommentPage;

/// # Errors
/// Nobody signed in, or not a comment of hers.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let here = Here::of(&request, &house, &slug).await?;
    if here.level != Level::Full {
        return Ok(see_other(&links::code(&slug)));
    }
    if here.consultation.judge(Arrived::of(&request, &house)) != Arrival::OnTime {
        return Ok(see_other(&links::mine(&slug)));
    }
    let visit = Visit::load(&house, here, &id).await?;
    let typed = Typed::from_comment(&visit.mine.comment);
    visit.page(&request, &house, typed, StatusCode::OK, &[])
}

/// # Errors
/// What the form has no place for; her words are given back with every failure.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    match save(&request, &house, &slug, &id, typed.clone()).await {
        Ok(answer) => Ok(answer),
        Err(failure) => Err(typed.kept(failure)),
    }
}

async fn save(
    request: &HttpRequest,
    house: &Data<House>,
    slug: &str,
    id: &str,
    typed: Typed,
) -> Result<HttpResponse, Failure> {
    let arrived = Arrived::of(request, house);
    let here = Here::of(request, house, slug).await?;
    if here.level != Level::Full {
        return Err(Failure::Forbidden);
    }
    let visit = Visit::load(house, here, id).await?;
    let mut problems = Problems::default();
    typed.check_condition(&mut problems);
    let result = match problems.none() {
        Ok(()) => {
            let (author, chance) = (visit.here.author.clone(), house.chance.clone());
            let (consultation, comment, amend) = (visit.here.consultation.id, visit.mine.comment.id, amend(&typed));
            let saved = house.write_voices(move |tx| {
                let consultation = consultations::by_id(tx, consultation)?;
                responses::change(tx, &author, &consultation, &chance, arrived, comment, &amend)
            });
            saved.await
        }
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(_) => Ok(see_other(&format!("{}?done=saved", links::mine(slug)))),
        Err(Refusal::Late(_)) => {
            let number = visit.passage.as_ref().and_then(Passage::number);
            typed.late(request, house, &visit.here, number, arrived)
        }
        Err(Refusal::Invalid(problems)) => {
            visit.page(request, house, typed, StatusCode::UNPROCESSABLE_ENTITY, &problems)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// A member at one of her comments.
struct Visit {
    here: Here,
    mine: Mine,
    /// None where the passage is in no version any more.
    passage: Option<Passage>,
}

impl Visit {
    async fn load(house: &Data<House>, here: Here, id: &str) -> Result<Self, Failure> {
        let id: CommentId = id.parse().map_err(|_| Failure::NotFound)?;
        let shared = house.clone();
        let found = house.read(move |tx| {
            let mine = responses::mine_one(tx, &here.author, id)?;
            let place = mine.comment.block_key.as_deref().unwrap_or(WHOLE);
            let had = Some(mine.comment.version_number);
            let passage = match Passage::find(tx, &shared, &here.consultation, here.language, place, had) {
                Ok(passage) => Some(passage),
                Err(Refusal::Fault(fault)) => return Err(fault.into()),
                Err(_) => None,
            };
            Ok(Self { here, mine, passage })
        });
        Ok(found.await?)
    }

    fn page(
        self,
        request: &HttpRequest,
        house: &House,
        typed: Typed,
        status: StatusCode,
        problems: &[Problem],
    ) -> Result<HttpResponse, Failure> {
        let slug = self.here.consultation.slug.clone();
        let passage = self.passage.ok_or(Failure::NotFound)?;
        let frame = Frame::of(request, house, &self.here).mending(house, problems);
        let page_of_typed = typed.page(house, &self.here, &passage);
        frame.show(house, status, "member/comment.html", |page| CommentPage {
            page,
            back_url: links::mine(&slug),
            action_url: links::change(&slug, self.mine.comment.id),
            asks_choices: false,
            with_my_name: self.mine.with_name,
            changing: true,
            ..page_of_typed
        })
    }
}

/// Her words as typed; her choices and her quotation stay.
fn amend(typed: &Typed) -> Amend {
    Amend {
        position: Some(typed.position.clone()).filter(|position| !position.is_empty()),
        condition: Some(typed.condition.clone()),
        body: Some(typed.body.clone()),
        new_wording: Some(typed.new_wording.clone()),
        ..Amend::default()
    }
}
