//! How the questions were answered: counts by choice and label, and what was said in words.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::Way;
use super::comments::batch_words;
use super::fitting::beginning;
use crate::consultations::{self, question};
use crate::ids::{CommentId, Id};
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, AnswerCounts, AnswerWords, Desk, WordsFilter};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::member::{choice_view, passages};
use crate::web::view::{
    AnsweredQuestion, AskedAbout, ChoiceRow, DeskAnswerWords, DeskAnswers, DeskWordsPage, LabelAnswersRow, LabelCell,
    Piece,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    label: String,
    after: String,
}

/// Answers in words shown with each question; the rest is one press away.
const FEW: usize = 3;
/// Most answers in words on a page of their own, and most bytes of each beside the counts.
const AT_ONCE: usize = 30;
const ROOM: usize = 400;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (wanted, reading, label) = (slug.clone(), house.clone(), asked.label.clone());
    let found = house.read(move |tx| {
        let of = consultations::by_slug(tx, &wanted)?;
        let desk = reading.desks.of(tx, &reading.keys, &of)?;
        let label = Some(label).filter(|label| desk.labels().iter().any(|(_, name)| name == label));
        let counts = responses::answer_counts(tx, &desk)?;
        let questions: Vec<_> = counts.iter().map(|one| one.question.clone()).collect();
        let about = passages(tx, &reading, &of, &questions)?;
        let mut words = Vec::new();
        for one in &questions {
            let filter = WordsFilter { label: label.clone(), after: None };
            words.push(responses::answer_words(tx, &desk, one.id, &filter, FEW)?.0);
        }
        Ok::<_, Refusal>((of, desk, counts, about, words, label))
    });
    let (of, desk, counts, about, words, label) = found.await?;
    let (page, token) = super::page_of(&request, &house, &of, Way::Answers);
    let at = label.as_ref().and_then(|label| desk.labels().iter().position(|(_, name)| name == label));
    let questions = counts.iter().zip(about).zip(words).map(|((counts, about), words)| {
        let words_url =
            links::desk_answer_words(&of.slug, counts.question.id, &[("label", label.as_deref().unwrap_or_default())]);
        answered(&desk, counts, at, about, words, words_url)
    });
    let view = DeskAnswers {
        page,
        questions: questions.collect(),
        labels: desk.labels().iter().map(|(_, name)| name.clone()).collect(),
        label: label.clone().unwrap_or_default(),
        action_url: links::desk_answers(&slug, &[]),
        all_url: links::desk_answers(&slug, &[]),
        batch_words: batch_words(&house, &of),
    };
    super::shown(&house, "desk/answers.html", &view, token)
}

/// All that was said in words to one question.
///
/// # Errors
/// No such question; the database fails.
pub async fn words(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let id: Id = id.parse().map_err(|_| Failure::NotFound)?;
    let (wanted, reading, label) = (slug.clone(), house.clone(), asked.label.clone());
    let after: Option<CommentId> = asked.after.parse().ok();
    let found = house.read(move |tx| {
        let of = consultations::by_slug(tx, &wanted)?;
        let desk = reading.desks.of(tx, &reading.keys, &of)?;
        let question = question::list(tx, of.id)?.into_iter().find(|one| one.id == id);
        let question = question.ok_or(Refusal::Unknown("question"))?;
        let label = Some(label).filter(|label| desk.labels().iter().any(|(_, name)| name == label));
        let counts = responses::answer_counts(tx, &desk)?.into_iter().find(|one| one.question.id == id);
        let filter = WordsFilter { label: label.clone(), after };
        let (words, next) = responses::answer_words(tx, &desk, id, &filter, AT_ONCE)?;
        Ok::<_, Refusal>((of, desk, question, counts, words, next, label))
    });
    let (of, desk, question, counts, words, next, label) = found.await?;
    let (page, token) = super::page_of(&request, &house, &of, Way::Answers);
    let at = label.as_ref().and_then(|label| desk.labels().iter().position(|(_, name)| name == label));
    let label = label.unwrap_or_default();
    let count = counts.map_or(0, |one| at.map_or_else(|| one.total().words, |at| one.labels[at].words));
    let view = DeskWordsPage {
        page,
        number: question.number(),
        wording: question.wording.clone(),
        labels: desk.labels().iter().map(|(_, name)| name.clone()).collect(),
        action_url: links::desk_answer_words(&slug, id, &[]),
        words: words.into_iter().map(|one| said(one, usize::MAX)).collect(),
        count,
        next_url: next
            .map(|next| links::desk_answer_words(&slug, id, &[("label", &label), ("after", &next.to_string())])),
        back_url: links::desk_answers(&slug, &[("label", &label)]),
        label,
    };
    super::shown(&house, "desk/answer_words.html", &view, token)
}

fn answered(
    desk: &Desk,
    of: &AnswerCounts,
    at: Option<usize>,
    about: Option<AskedAbout>,
    words: Vec<AnswerWords>,
    words_url: String,
) -> AnsweredQuestion {
    let total = at.map_or_else(|| of.total(), |at| of.labels[at].clone());
    let rows = of.choices.iter().zip(&total.chosen).map(|(choice, count)| ChoiceRow {
        choice: choice_view(&of.question, choice, &[]),
        count: *count,
        percent: (count * 200 + total.answered).checked_div(2 * total.answered).unwrap_or_default(),
    });
    let most = of.labels.iter().flat_map(|label| label.chosen.iter().copied()).max().unwrap_or_default();
    let labels = desk.labels().iter().zip(&of.labels).enumerate();
    let labels = labels.filter(|(place, _)| at.is_none_or(|at| at == *place));
    let labels = labels.map(|(_, ((_, label), counts))| LabelAnswersRow {
        label: label.clone(),
        answered: counts.answered,
        counts: counts.chosen.iter().map(|count| LabelCell { count: *count, step: step(*count, most) }).collect(),
    });
    AnsweredQuestion {
        number: of.question.number(),
        kind: of.question.kind.as_str(),
        wording: of.question.wording.clone(),
        about_url: about.as_ref().map(|about| about.read_url.clone()).unwrap_or_default(),
        about: about.map(|about| about.number),
        answered: total.answered,
        rows: rows.collect(),
        labels: if of.choices.is_empty() || at.is_some() { Vec::new() } else { labels.collect() },
        words_url: (total.words > words.len()).then_some(words_url),
        words_count: total.words,
        words: words.into_iter().map(|one| said(one, ROOM)).collect(),
    }
}

fn said(one: AnswerWords, room: usize) -> DeskAnswerWords {
    let shown = beginning(&one.words, room);
    let shown = if shown.len() < one.words.len() { format!("{shown} …") } else { one.words.clone() };
    DeskAnswerWords {
        words: vec![Piece { words: shown, found: false }],
        permission: one.permission.to_string(),
        label: one.label,
        name: one.name,
        late: one.late,
    }
}

/// 0 for nothing, 1 for anything, up to 5 for the most.
fn step(count: usize, most: usize) -> usize {
    if count == 0 || most == 0 { 0 } else { 1 + (count * 4 / most).min(4) }
}
