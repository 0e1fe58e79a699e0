//! "Your response": all she said, and her choices for it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::frame::{Frame, asked, deadline, see_other};
use super::here::Here;
use super::own::OwnWords;
use super::own_answers::own_answers;
use super::typed::WITH_MY_NAME;
use crate::consultations::{self, Arrival};
use crate::links;
use crate::refusal::{Problems, Refusal};
use crate::responses::{self, Amend, Finished, Permission};
use crate::text::Problem;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::Level;
use crate::web::view::{MinePage, OwnAnswers};

/// # Errors
/// Nobody signed in, or the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let here = Here::of(&request, &house, &slug).await?;
    let open = here.consultation.judge(Arrived::of(&request, &house)) == Arrival::OnTime;
    Response::load(&house, here, open).await?.page(&request, &house, None, StatusCode::OK, &[])
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Choices {
    permission: String,
    confidence: String,
}

/// One choice for all her comments.
///
/// # Errors
/// Nobody signed in, too late, or the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    Form(chosen): Form<Choices>,
) -> Result<HttpResponse, Failure> {
    let arrived = Arrived::of(&request, &house);
    let here = Here::of(&request, &house, &slug).await?;
    if here.level != Level::Full {
        return Ok(see_other(&links::code(&slug)));
    }
    if let Err(Refusal::Invalid(problems)) = check(&chosen) {
        let response = Response::load(&house, here, true).await?;
        return response.page(&request, &house, Some(&chosen), StatusCode::UNPROCESSABLE_ENTITY, &problems);
    }
    let with_name = chosen.confidence == WITH_MY_NAME;
    let permission = Permission::from_value(&chosen.permission).unwrap_or(Permission::CountOnly);
    let amend = Amend {
        permission: Some(chosen.permission),
        with_name: Some(chosen.confidence == WITH_MY_NAME),
        ..Amend::default()
    };
    let (author, id, chance) = (here.author, here.consultation.id, house.chance.clone());
    let saved = house.write_voices(move |tx| {
        let consultation = consultations::by_id(tx, id)?;
        for mine in responses::mine(tx, &author)? {
            responses::change(tx, &author, &consultation, &chance, arrived, mine.comment.id, &amend)?;
        }
        responses::choose_for_answers(tx, &author, &consultation, &chance, arrived, permission, with_name)
    });
    saved.await?;
    Ok(see_other(&format!("{}?done=choices", links::mine(&slug))))
}

fn check(chosen: &Choices) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    match chosen.permission.as_str() {
        "" => problems.note("permission", "missing", "Choose how your words may leave the union."),
        chosen if Permission::from_value(chosen).is_none() => {
            problems.note("permission", "not-a-choice", "Choose one of the values that are offered.");
        }
        _ => {}
    }
    match chosen.confidence.as_str() {
        "" => problems.note("confidence", "missing", "Choose if you want to give your name."),
        "in_confidence" | WITH_MY_NAME => {}
        _ => problems.note("confidence", "not-a-choice", "Choose one of the values that are offered."),
    }
    problems.none()
}

/// What this device may know of her response.
struct Response {
    here: Here,
    comments: Vec<OwnWords>,
    finished: Option<Finished>,
    answers: OwnAnswers,
    /// Permission and name as chosen before.
    known: Option<(Permission, bool)>,
}

impl Response {
    async fn load(house: &Data<House>, here: Here, open: bool) -> Result<Self, Failure> {
        let shared = house.clone();
        let found = house.read(move |tx| {
            if here.level == Level::Write {
                return Ok(Self {
                    here,
                    comments: Vec::new(),
                    finished: None,
                    answers: OwnAnswers::default(),
                    known: None,
                });
            }
            let comments = OwnWords::all(tx, &shared, &here.author)?;
            let finished = responses::finished(tx, &here.author)?;
            let answers = own_answers(tx, &here.author, &here.consultation, open)?;
            let known = responses::choices_of(tx, &here.author)?;
            Ok(Self { here, comments, finished, answers, known })
        });
        Ok(found.await?)
    }

    fn page(
        &self,
        request: &HttpRequest,
        house: &House,
        chosen: Option<&Choices>,
        status: StatusCode,
        problems: &[Problem],
    ) -> Result<HttpResponse, Failure> {
        let Here { consultation, language, label, level, .. } = &self.here;
        let slug = &consultation.slug;
        let open = consultation.judge(Arrived::of(request, house)) == Arrival::OnTime;
        let known = self.known.map(|(permission, with_name)| (permission.to_string(), with_name));
        let (permission, with_my_name) = match chosen {
            Some(chosen) => (chosen.permission.clone(), chosen.confidence == WITH_MY_NAME),
            None => known.unwrap_or_default(),
        };
        let frame = Frame::of(request, house, &self.here).mending(house, problems).saying(self.notice(request, house));
        frame.show(house, status, "member/mine.html", |page| MinePage {
            page,
            title: consultation.title.clone(),
            deadline: deadline(house, *language, consultation),
            read_url: links::consultation(slug),
            comments: self.comments.iter().map(|own| own.view(consultation, open)).collect(),
            code_url: (*level == Level::Write).then(|| links::code(slug)),
            label: label.clone(),
            choices_url: links::mine(slug),
            permission,
            with_my_name,
            finish_url: links::finish(slug),
            finished: self.finished.is_some(),
            reference: self.finished.as_ref().map(|finished| finished.receipt.clone()),
            answers: self.answers.clone(),
        })
    }

    fn notice(&self, request: &HttpRequest, house: &House) -> Option<String> {
        let language = self.here.language;
        match asked(request, "done")?.as_str() {
            "withdrawn" => Some(house.words.say(language, "notice-withdrawn", &[])),
            "choices" => Some(house.words.say(language, "notice-choices", &[])),
            "saved" => Some(house.words.say(language, "notice-saved", &[])),
            _ => None,
        }
    }
}
