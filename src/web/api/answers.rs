//! Answers to questions: members send theirs; negotiators read counts, exact at the grain of labels,
//! and what was said in words.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::asked::{self, LIMIT_MAX, Listed, Parameters};
use super::replay;
use crate::consultations::{self, QuestionKind, question};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::responses::{
    self, AnswerCounts, AnswerWords, Desk, MyAnswer, NewAnswer, NewAnswers, Permission, ReplayKey, Source, WordsFilter,
};
use crate::text::Problem;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::member::Here;
use crate::web::session::Level;
use crate::web::visitor::Visitor;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    answers: Vec<One>,
    permission: Option<String>,
    with_name: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct One {
    question: Id,
    #[serde(default)]
    chosen: Vec<String>,
    #[serde(default)]
    words: String,
}

/// One of her answers as she sees it.
#[derive(Serialize)]
pub struct OwnAnswer {
    id: String,
    receipt: String,
    question: Id,
    chosen: Vec<String>,
    words: String,
    permission: Permission,
    with_name: bool,
    late: bool,
}

impl From<MyAnswer> for OwnAnswer {
    fn from(MyAnswer { answer, with_name }: MyAnswer) -> Self {
        Self {
            id: answer.id.to_string(),
            receipt: answer.receipt,
            question: answer.question_id,
            chosen: answer.given,
            words: answer.words,
            permission: answer.permission,
            with_name,
            late: answer.is_late,
        }
    }
}

/// Stores her answers: all or nothing.
///
/// # Errors
/// Every field that must be mended; too late.
pub async fn submit(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<New>,
) -> Result<HttpResponse, Failure> {
    let (session, arrived) = (Visitor::member(&request)?, Arrived::of(&request, &house));
    let (slug, keys, chance) = (asked::slug(&slug)?, house.keys.clone(), house.chance.clone());
    let replay = replay::key(&request)?.map(|key| ReplayKey::new(key, &body.bytes));
    let New { answers, permission, with_name } = body.value;
    let order: Vec<Id> = answers.iter().map(|one| one.question).collect();
    let answers =
        answers.into_iter().map(|one| NewAnswer { question: one.question, chosen: one.chosen, words: one.words });
    let typed = NewAnswers { answers: answers.collect(), permission, with_name: with_name.unwrap_or(false) };
    let stored = house.write_voices(move |tx| {
        let Some((author, consultation)) = Here::writer(tx, &keys, session)? else { return Ok(None) };
        if consultation.slug != slug {
            return Err(Refusal::Unknown("consultation"));
        }
        let questions = question::list(tx, consultation.id)?;
        let checked = responses::check_answers(&questions, &typed)?;
        let may_change = session.level == Level::Full;
        responses::answer(tx, &author, &consultation, &chance, arrived, &checked, may_change, replay.as_ref()).map(Some)
    });
    let answered = stored.await.map_err(|refusal| by_place(refusal, &order))?;
    Ok(HttpResponse::Created().json(answered.ok_or_else(Failure::expired)?))
}

/// Problems of a question named by its place in what was sent.
fn by_place(refusal: Refusal, order: &[Id]) -> Refusal {
    let Refusal::Invalid(problems) = refusal else { return refusal };
    let named = problems.into_iter().map(|problem| {
        let id: Option<Id> = problem.field.strip_prefix("q-").and_then(|id| id.parse().ok());
        match id.and_then(|id| order.iter().position(|one| *one == id)) {
            Some(place) => Problem { field: format!("answers[{place}]"), ..problem },
            None => problem,
        }
    });
    Refusal::Invalid(named.collect())
}

#[derive(Serialize)]
struct Counted {
    id: Id,
    /// From 1, as members see it.
    number: i32,
    kind: QuestionKind,
    wording: String,
    block: Option<String>,
    /// Who answered this question.
    answered: usize,
    /// How many of the answers have words.
    with_words: usize,
    counts: Vec<ChoiceCount>,
    labels: Vec<LabelCount>,
}

#[derive(Serialize)]
struct ChoiceCount {
    choice: String,
    /// Of an option.
    words: Option<String>,
    count: usize,
}

#[derive(Serialize)]
struct LabelCount {
    label: String,
    answered: usize,
    /// In the order of `counts`.
    counts: Vec<usize>,
}

/// # Errors
/// No such consultation.
pub async fn counts(house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (slug, reading) = (asked::slug(&slug)?, house.clone());
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let desk = reading.desks.of(tx, &reading.keys, &consultation)?;
        let counts = responses::answer_counts(tx, &desk)?;
        Ok(counts.into_iter().map(|one| counted(one, &desk)).collect::<Vec<_>>())
    });
    Ok(HttpResponse::Ok().json(Listed { items: found.await?, next: None }))
}

fn counted(one: AnswerCounts, desk: &Desk) -> Counted {
    let total = one.total();
    let counts = one.choices.iter().zip(&total.chosen).map(|(choice, count)| ChoiceCount {
        choice: choice.clone(),
        words: one.question.option(choice).map(str::to_owned),
        count: *count,
    });
    let labels = desk.labels().iter().zip(&one.labels).map(|((_, label), counts)| LabelCount {
        label: label.clone(),
        answered: counts.answered,
        counts: counts.chosen.clone(),
    });
    Counted {
        counts: counts.collect(),
        labels: labels.collect(),
        id: one.question.id,
        number: one.question.ordinal + 1,
        kind: one.question.kind,
        wording: one.question.wording,
        block: one.question.block_key,
        answered: total.answered,
        with_words: total.words,
    }
}

#[derive(Serialize)]
struct WordsJson {
    id: String,
    question: Id,
    chosen: Vec<String>,
    words: String,
    permission: Permission,
    label: String,
    source: Source,
    late: bool,
    /// The day it reached the desks.
    batch: Option<NaiveDate>,
    name: Option<String>,
}

/// Answers in words, in the order of the questions; within one by chance.
///
/// # Errors
/// A bad parameter, or no such consultation.
pub async fn words(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["question", "team", "limit", "after"])?;
    let (limit, slug, reading) = (parameters.limit(LIMIT_MAX)?, asked::slug(&slug)?, house.clone());
    let unknown = || Refusal::field("question", "unknown", "Give the id of one of the questions.");
    let only: Option<Id> = parameters.get("question").map(|id| id.parse().map_err(|_| unknown())).transpose()?;
    let label = parameters.get("team").map(str::to_owned);
    let after = parameters.get("after").map(cursor).transpose()?;
    let listed = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let desk = reading.desks.of(tx, &reading.keys, &consultation)?;
        let all = question::list(tx, consultation.id)?;
        if only.is_some_and(|only| all.iter().all(|one| one.id != only)) {
            return Err(unknown());
        }
        let questions: Vec<Id> =
            all.into_iter().map(|one| one.id).filter(|id| only.is_none_or(|only| only == *id)).collect();
        let first = match after {
            Some((question, _)) => questions.iter().position(|id| *id == question).ok_or_else(asked::bad_cursor)?,
            None => 0,
        };
        let mut items: Vec<AnswerWords> = Vec::new();
        let mut next = None;
        for question in &questions[first..] {
            let from = after.filter(|(of, _)| of == question).map(|(_, key)| key);
            let filter = WordsFilter { label: label.clone(), after: from };
            let room = limit - items.len();
            if room == 0 {
                // Full: whether more follow, so that no page is empty.
                let (more, _) = responses::answer_words(tx, &desk, *question, &filter, 1).map_err(label_unknown)?;
                if let (false, Some(last)) = (more.is_empty(), items.last()) {
                    next = Some(format!("{}.{}", last.question, last.id));
                    break;
                }
                continue;
            }
            let (found, more) = responses::answer_words(tx, &desk, *question, &filter, room).map_err(label_unknown)?;
            items.extend(found);
            if let Some(last) = more {
                next = Some(format!("{question}.{last}"));
                break;
            }
        }
        Ok(Listed { items: items.into_iter().map(Into::into).collect::<Vec<WordsJson>>(), next })
    });
    Ok(HttpResponse::Ok().json(listed.await?))
}

fn cursor(after: &str) -> Result<(Id, crate::ids::CommentId), Refusal> {
    let read = after.split_once('.').and_then(|(question, key)| Some((question.parse().ok()?, key.parse().ok()?)));
    read.ok_or_else(asked::bad_cursor)
}

fn label_unknown(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Unknown("label") => {
            Refusal::field("team", "unknown", "Give the name of a label as it stands beside the answers.")
        }
        other => other,
    }
}

impl From<AnswerWords> for WordsJson {
    fn from(one: AnswerWords) -> Self {
        Self {
            id: one.id.to_string(),
            question: one.question,
            chosen: one.chosen,
            words: one.words,
            permission: one.permission,
            label: one.label,
            source: one.source,
            late: one.late,
            batch: one.batch,
            name: one.name,
        }
    }
}
