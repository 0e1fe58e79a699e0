//! One question to write, or to change before the consultation opens.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::Way;
use super::typed::Typed;
use crate::consultations::{self, Consultation, NewQuestion, Question, QuestionKind, Scale, State, question};
use crate::drafts;
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::DeskQuestionForm;
use crate::web::visitor;

/// # Errors
/// No such consultation, or one that is closed.
pub async fn new(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (of, _, _) = read(&house, &slug, None).await?;
    if !matches!(of.state, State::Preparing | State::Open) {
        return Ok(super::see(&links::desk_questions(&slug)));
    }
    let fields = [("kind", QuestionKind::OneChoice.as_str()), ("scale_from", "1"), ("scale_to", "5")];
    let typed = Typed(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
    form(&request, &house, &of, None, &typed, &[])
}

/// # Errors
/// No such question.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let id: Id = id.parse().map_err(|_| Failure::NotFound)?;
    let (of, question, number) = read(&house, &slug, Some(id)).await?;
    let question = question.ok_or(Failure::NotFound)?;
    if of.state != State::Preparing {
        return Ok(super::see(&links::desk_questions(&slug)));
    }
    form(&request, &house, &of, Some(id), &typed_of(&question, number), &[])
}

/// # Errors
/// No such consultation; what its state forbids.
pub async fn add(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Failure> {
    save(&request, &house, &slug, None, Typed(typed)).await
}

/// # Errors
/// No such question, or questions that are fixed.
pub async fn change(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let id: Id = id.parse().map_err(|_| Failure::NotFound)?;
    save(&request, &house, &slug, Some(id), Typed(typed)).await
}

async fn save(
    request: &HttpRequest,
    house: &House,
    slug: &str,
    id: Option<Id>,
    typed: Typed,
) -> Result<HttpResponse, Failure> {
    let (deed, of, new) = (visitor::deed(request, house)?, slug.to_owned(), new_question(&typed));
    let block = typed.given("block");
    let saved = house.write(move |tx| {
        let consultation = consultations::by_slug(tx, &of)?;
        let mut new = new.clone();
        let mut problems = Vec::new();
        match block.as_deref().map(|called| tied(tx, &consultation, id, called)).transpose() {
            Ok(key) => new.block_key = key,
            Err(Refusal::Invalid(found)) => problems = found,
            Err(refusal) => return Err(refusal),
        }
        let saved = match id {
            Some(id) => question::edit(tx, &deed, &of, id, &new),
            None => question::add(tx, &deed, &of, &new),
        };
        match saved {
            // Refused as a whole, so that nothing is stored without its passage.
            Ok(_) if !problems.is_empty() => Err(Refusal::Invalid(problems)),
            Err(Refusal::Invalid(mut found)) => {
                found.append(&mut problems);
                Err(Refusal::Invalid(found))
            }
            other => other.map(|_| ()),
        }
    });
    match saved.await {
        Ok(()) => Ok(super::see(&format!("{}?{}", links::desk_questions(slug), super::SAVED))),
        Err(Refusal::Invalid(problems)) => {
            let (of, _, _) = read(house, slug, None).await?;
            form(request, house, &of, id, &typed, &problems)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// The passage of this number; the one that the question has already may have gone from the draft.
fn tied(tx: &mut Tx, of: &Consultation, id: Option<Id>, called: &str) -> Result<String, Refusal> {
    let known = question::list(tx, of.id)?.into_iter().find(|one| Some(one.id) == id);
    match known.and_then(|one| one.block_key).filter(|key| key == called) {
        Some(key) => Ok(key),
        None => drafts::tie(tx, of.id, called),
    }
}

/// The consultation, and the question with its passage's number.
async fn read(
    house: &House,
    slug: &str,
    id: Option<Id>,
) -> Result<(Consultation, Option<Question>, Option<String>), Failure> {
    let slug = slug.to_owned();
    let found = house.read(move |tx| {
        let of = consultations::by_slug(tx, &slug)?;
        let question = question::list(tx, of.id)?.into_iter().find(|one| Some(one.id) == id);
        let key = question.as_ref().and_then(|one| one.block_key.clone());
        let numbers = drafts::newest_numbers(tx, of.id)?;
        let number = key.map(|key| {
            let number = numbers.into_iter().find(|(known, _)| *known == key).map(|(_, number)| number);
            number.unwrap_or(key)
        });
        Ok((of, question, number))
    });
    Ok(found.await?)
}

fn new_question(typed: &Typed) -> NewQuestion {
    let number = |name: &str| typed.get(name).trim().parse::<i32>().ok();
    let scale = number("scale_from").zip(number("scale_to")).map(|(from, to)| Scale {
        from,
        to,
        from_words: typed.get("from_words").to_owned(),
        to_words: typed.get("to_words").to_owned(),
    });
    NewQuestion {
        kind: typed.get("kind").to_owned(),
        wording: typed.get("wording").to_owned(),
        help: typed.get("help").to_owned(),
        options: typed.get("options").lines().map(str::to_owned).collect(),
        offers_other: typed.get("other") == "yes",
        offers_no_answer: typed.get("prefer_not_to_say") == "yes",
        scale,
        block_key: None,
    }
}

fn typed_of(question: &Question, number: Option<String>) -> Typed {
    let yes = |is: bool| if is { "yes" } else { "" }.to_owned();
    let mut fields = vec![
        ("kind", question.kind.to_string()),
        ("wording", question.wording.clone()),
        ("help", question.help.clone()),
        ("options", question.options.join("\n")),
        ("other", yes(question.offers_other)),
        ("prefer_not_to_say", yes(question.offers_no_answer)),
        ("block", number.unwrap_or_default()),
    ];
    match &question.scale {
        Some(scale) => fields.extend([
            ("scale_from", scale.from.to_string()),
            ("scale_to", scale.to.to_string()),
            ("from_words", scale.from_words.clone()),
            ("to_words", scale.to_words.clone()),
        ]),
        None => fields.extend([("scale_from", "1".to_owned()), ("scale_to", "5".to_owned())]),
    }
    Typed(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn form(
    request: &HttpRequest,
    house: &House,
    of: &Consultation,
    id: Option<Id>,
    typed: &Typed,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    let (page, token) = super::page_of(request, house, of, Way::Questions);
    // The whole list has its limit; on this page it is said beside the question.
    let problems: Vec<Problem> = problems.iter().cloned().map(at_its_field).collect();
    let get = |name: &str| typed.get(name).to_owned();
    let view = DeskQuestionForm {
        page: super::mending(page, house, &problems),
        is_new: id.is_none(),
        is_final: of.state == State::Open,
        action_url: id.map_or_else(|| links::desk_question_new(&of.slug), |id| links::desk_question(&of.slug, id)),
        back_url: links::desk_questions(&of.slug),
        kind: get("kind"),
        wording: get("wording"),
        help: get("help"),
        options: get("options"),
        other: typed.get("other") == "yes",
        prefer_not_to_say: typed.get("prefer_not_to_say") == "yes",
        scale_from: get("scale_from"),
        scale_to: get("scale_to"),
        from_words: get("from_words"),
        to_words: get("to_words"),
        block: get("block"),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    super::shown_as(status, house, "desk/question.html", &view, token)
}

fn at_its_field(problem: Problem) -> Problem {
    let field = match problem.field.as_str() {
        "scale.from_words" => "from_words",
        "scale.to_words" => "to_words",
        "scale" => "scale_from",
        "questions" => "wording",
        other => other,
    };
    Problem { field: field.to_owned(), ..problem }
}
