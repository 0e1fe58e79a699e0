//! The questions of a consultation: their list, their order, three to begin with, and how members
//! see them.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::Way;
use crate::consultations::question::{self, QUESTIONS_MAX};
use crate::consultations::{self, Consultation, NewQuestion, Question, QuestionKind, State};
use crate::drafts;
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::member::{asked_view, passages};
use crate::web::view::{DeskQuestion, DeskQuestions, QuestionsPage};
use crate::web::visitor;
use crate::words::Language;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (asked, found) = (slug.clone(), house.clone());
    let found = found.read(move |tx| {
        let of = consultations::by_slug(tx, &asked)?;
        let questions = question::list(tx, of.id)?;
        let numbers = drafts::newest_numbers(tx, of.id)?;
        Ok((of, questions, numbers))
    });
    let (of, questions, numbers) = found.await?;
    let (page, token) = super::page_of(&request, &house, &of, Way::Questions);
    let preparing = of.state == State::Preparing;
    let may_add = matches!(of.state, State::Preparing | State::Open) && questions.len() < QUESTIONS_MAX;
    let count = questions.len();
    let view = DeskQuestions {
        page: super::saying_saved(page, &request, &house),
        preparing,
        add_url: may_add.then(|| links::desk_question_new(&slug)),
        preview_url: (count > 0).then(|| links::desk_questions_preview(&slug)),
        preset_url: (preparing && count == 0).then(|| links::desk_questions_preset(&slug)),
        check_url: preparing.then(|| links::desk_check(&slug)),
        questions: questions.iter().map(|one| line(&house, &of, one, count, &numbers)).collect(),
    };
    super::shown(&house, "desk/questions.html", &view, token)
}

fn line(house: &House, of: &Consultation, one: &Question, count: usize, numbers: &[(String, String)]) -> DeskQuestion {
    let number = |key: &String| numbers.iter().find(|(known, _)| known == key).map(|(_, number)| number.clone());
    let deed = |deed: &str, can: bool| {
        (can && of.state == State::Preparing).then(|| links::desk_question_deed(&of.slug, one.id, deed))
    };
    let scale = one.scale.as_ref().map(|scale| {
        let end = |point: i32, words: &str| {
            if words.is_empty() { point.to_string() } else { format!("{point} ({words})") }
        };
        let (from, to) = (end(scale.from, &scale.from_words), end(scale.to, &scale.to_words));
        house.words.say(Language::English, "question-scale-words", &[("from", from.into()), ("to", to.into())])
    });
    DeskQuestion {
        number: one.number(),
        kind: one.kind.as_str(),
        wording: one.wording.clone(),
        help: one.help.clone(),
        options: one.options.clone(),
        scale_words: scale.unwrap_or_default(),
        offers_other: one.offers_other,
        offers_no_answer: one.offers_no_answer,
        about: one.block_key.as_ref().map(|key| number(key).unwrap_or_default()),
        edit_url: (of.state == State::Preparing).then(|| links::desk_question(&of.slug, one.id)),
        up_url: deed("up", one.number() > 1),
        down_url: deed("down", one.number() < count),
        remove_url: deed("remove", true),
    }
}

/// The button alone says it all.
#[derive(Deserialize)]
pub struct Pressed {}

/// # Errors
/// No such question, or questions that are fixed.
pub async fn up(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    shift(&request, &house, path.into_inner(), true).await
}

/// # Errors
/// No such question, or questions that are fixed.
pub async fn down(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    shift(&request, &house, path.into_inner(), false).await
}

async fn shift(
    request: &HttpRequest,
    house: &House,
    (slug, id): (String, String),
    up: bool,
) -> Result<HttpResponse, Failure> {
    let (deed, id) = (visitor::deed(request, house)?, id.parse::<Id>().map_err(|_| Failure::NotFound)?);
    let address = links::desk_questions(&slug);
    house.write(move |tx| question::shift(tx, &deed, &slug, id, up)).await?;
    Ok(super::see(&address))
}

/// Takes a question out, with nothing to lose: nobody could answer it yet.
///
/// # Errors
/// No such question, or questions that are fixed.
pub async fn remove(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let (deed, id) = (visitor::deed(&request, &house)?, id.parse::<Id>().map_err(|_| Failure::NotFound)?);
    let address = links::desk_questions(&slug);
    house.write(move |tx| question::remove(tx, &deed, &slug, id)).await?;
    Ok(super::see(&address))
}

/// Three questions that work for most drafts, where there are none.
///
/// # Errors
/// No such consultation, or questions that are fixed.
pub async fn preset(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (deed, slug) = (visitor::deed(&request, &house)?, slug.into_inner());
    let address = links::desk_questions(&slug);
    let questions: Vec<(Option<Id>, NewQuestion)> = good_questions(&house).into_iter().map(|one| (None, one)).collect();
    let added = house.write(move |tx| {
        let of = consultations::by_slug(tx, &slug)?;
        // Pressed twice: they are there.
        if !question::list(tx, of.id)?.is_empty() {
            return Ok(());
        }
        question::replace(tx, &deed, &slug, &questions)
    });
    added.await?;
    Ok(super::see(&address))
}

fn good_questions(house: &House) -> Vec<NewQuestion> {
    let say = |id: &str| house.words.say(Language::English, &format!("question-preset-{id}"), &[]);
    let options = |of: &str, all: &[&str]| all.iter().map(|one| say(&format!("{of}-{one}"))).collect();
    vec![
        NewQuestion {
            kind: QuestionKind::OneChoice.to_string(),
            wording: say("support"),
            options: options("support", &["yes", "mostly", "no", "unsure"]),
            offers_no_answer: true,
            ..NewQuestion::default()
        },
        NewQuestion {
            kind: QuestionKind::Several.to_string(),
            wording: say("matters"),
            options: options("matters", &["jobs", "workload", "managers", "place", "pay"]),
            offers_other: true,
            ..NewQuestion::default()
        },
        NewQuestion {
            kind: QuestionKind::LongText.to_string(),
            wording: say("missed"),
            help: say("missed-help"),
            ..NewQuestion::default()
        },
    ]
}

/// The questions as members see them; nothing can be sent.
///
/// # Errors
/// No such consultation; the database fails.
pub async fn preview(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (asked, reading) = (slug.clone(), house.clone());
    let found = house.read(move |tx| {
        let of = consultations::by_slug(tx, &asked)?;
        let questions = question::list(tx, of.id)?;
        let about = passages(tx, &reading, &of, &questions)?;
        Ok::<_, Refusal>((of, questions, about))
    });
    let (of, questions, about) = found.await?;
    let (page, token) = super::page_of(&request, &house, &of, Way::Questions);
    let view = QuestionsPage {
        page,
        title: of.title.clone(),
        deadline: super::deadline(&house, &of),
        back_url: links::desk_questions(&slug),
        action_url: links::desk_questions_preview(&slug),
        of: questions.len(),
        questions: questions.iter().zip(about).map(|(one, about)| asked_view(one, None, None, about)).collect(),
        preview: true,
        ..QuestionsPage::default()
    };
    super::shown(&house, "member/questions.html", &view, token)
}
