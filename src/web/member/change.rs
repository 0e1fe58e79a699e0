//! Changing one of her comments, until the deadline.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{Frame, see_other};
use super::here::Here;
use super::passage::{Passage, WHOLE};
use super::preview;
use super::typed::{Look, Typed};
use crate::consultations::{self, Arrival};
use crate::ids::CommentId;
use crate::links;
use crate::refusal::{Problems, Refusal};
use crate::responses::{self, Amend, Mine, NewComment};
use crate::text::Problem;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::Level;
use crate::web::standing::{Standing, state};
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
    match typed.look() {
        Some(Look::Form) => return visit.page(request, house, typed, StatusCode::OK, &[]),
        Some(Look::Wording) => {
            let typed = typed.with_wording_of(visit.text());
            return visit.page(request, house, typed, StatusCode::OK, &[]);
        }
        Some(Look::Preview) | None => {}
    }
    let mut problems = Problems::default();
    typed.check_condition(&mut problems);
    let result = match problems.none() {
        Ok(()) if typed.look() == Some(Look::Preview) => {
            let new = visit.new_comment(&typed);
            match responses::check(&new) {
                Ok(_) => return visit.preview(request, house, &typed, &new),
                Err(refusal) => Err(refusal),
            }
        }
        Ok(()) => {
            let (author, chance) = (visit.here.author.clone(), house.chance.clone());
            let (consultation, comment, amend) =
                (visit.here.consultation.id, visit.mine.comment.id, amend(&typed, visit.text()));
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
    standing: Option<Standing>,
}

impl Visit {
    async fn load(house: &Data<House>, here: Here, id: &str) -> Result<Self, Failure> {
        let id: CommentId = id.parse().map_err(|_| Failure::NotFound)?;
        let shared = house.clone();
        let found = house.read(move |tx| {
            let mine = responses::mine_one(tx, &here.author, id)?;
            let place = mine.comment.block_key.as_deref().unwrap_or(WHOLE);
            let had = Some(mine.comment.version_number);
            let passage = match Passage::find(tx, &shared, &here.consultation, place, had) {
                Ok(passage) => Some(passage),
                Err(Refusal::Fault(fault)) => return Err(fault.into()),
                Err(_) => None,
            };
            let standing = Standing::of(tx, &shared, &mine.comment)?;
            Ok(Self { here, mine, passage, standing })
        });
        Ok(found.await?)
    }

    /// The words it was written about.
    fn text(&self) -> Option<&str> {
        self.standing.as_ref().map(|standing| standing.today.then.text.as_str())
    }

    fn new_comment(&self, typed: &Typed) -> NewComment {
        let comment = &self.mine.comment;
        let known = Some((comment.permission.to_string(), self.mine.with_name));
        let new = typed.new_comment(comment.block_key.clone(), self.text(), known);
        let position = new.position.filter(|position| !position.is_empty());
        NewComment {
            version: Some(comment.version_number),
            position: position.or_else(|| Some(comment.position.to_string())),
            ..new
        }
    }

    fn preview(
        &self,
        request: &HttpRequest,
        house: &House,
        typed: &Typed,
        new: &NewComment,
    ) -> Result<HttpResponse, Failure> {
        let passage = self.passage.as_ref().ok_or(Failure::NotFound)?;
        let action_url = links::change(&self.here.consultation.slug, self.mine.comment.id);
        preview::page(request, house, &self.here, passage, new, typed, action_url, true)
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
        let seen = preview::seen_again(&self.here, &self.mine, self.standing.as_ref());
        // What it was written about stands above; the quotation is looked for there.
        let text = self.standing.as_ref().map(|standing| standing.today.then.text.clone());
        let passage = Passage { text, ..passage };
        let page_of_typed = typed.page(house, &self.here, &passage);
        let has_other_words = self.standing.as_ref().filter(|one| state(one.today.change) != "current");
        frame.show(house, status, "member/comment.html", |page| CommentPage {
            page,
            back_url: links::mine(&slug),
            action_url: links::change(&slug, self.mine.comment.id),
            asks_choices: false,
            with_my_name: self.mine.with_name,
            changing: true,
            // Saving says that she has seen the passage as it is today.
            version: self.standing.as_ref().map_or(passage.version, |standing| standing.today.current),
            newer_version: page_of_typed.newer_version && has_other_words.is_none(),
            then: has_other_words.map(|one| one.passage(self.mine.comment.quote().as_ref(), usize::MAX)),
            seen: Some(seen).filter(|seen| !seen.identifying.is_empty()),
            ..page_of_typed
        })
    }
}

/// Her words as typed; her choices stay.
fn amend(typed: &Typed, text: Option<&str>) -> Amend {
    Amend {
        position: Some(typed.position.clone()).filter(|position| !position.is_empty()),
        condition: Some(typed.condition.clone()),
        body: Some(typed.body.clone()),
        new_wording: Some(typed.new_wording.clone()),
        quote: Some(typed.quotation(text)),
        confirmed_in: typed.version(),
        ..Amend::default()
    }
}
