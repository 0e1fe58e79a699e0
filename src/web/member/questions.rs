//! The two-minute route: just the questions, then the draft for whoever wants it. Each answer counts
//! at once; every question can be skipped.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};

use super::asked::{TypedAnswers, asked_view, choice_words, passages};
use super::frame::{Frame, asked, deadline, see_other};
use super::here::Here;
use super::kept::{self, KeptHere};
use super::own_answers::answer_view;
use super::typed::WITH_MY_NAME;
use crate::consultations::{self, Arrival, Question, question};
use crate::links;
use crate::refusal::Refusal;
use crate::responses::kept::Kept;
use crate::responses::{self, Answered, CheckedAnswers, MyAnswer, NewAnswers};
use crate::text::Problem;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::Level;
use crate::web::view::{AnsweredPage, AnswersLatePage, AskedAbout, KeptAnswer, OtherWords, QuestionsPage};

/// Most questions on one page; more come one by one.
pub const AT_ONCE: usize = 5;

/// # Errors
/// Nobody signed in, or the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let here = Here::of(&request, &house, &slug).await?;
    if here.consultation.judge(Arrived::of(&request, &house)) == Arrival::TooLate {
        return Ok(see_other(&links::mine(&slug)));
    }
    let visit = Visit::load(&request, &house, here).await?;
    if visit.shown.is_empty() {
        return Ok(see_other(&links::consultation(&slug)));
    }
    let begun = visit.kept.fields().map(TypedAnswers);
    visit.page(&request, &house, begun.as_ref(), &[])
}

/// # Errors
/// What the form has no place for; her words are given back with every failure.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Failure> {
    let (typed, arrived) = (TypedAnswers(typed), Arrived::of(&request, &house));
    let here = Here::of(&request, &house, &slug).await?;
    let visit = Visit::load(&request, &house, here).await?;
    let kept = typed.words(&visit.shown);
    let saved = visit.save(&request, &house, &typed, arrived).await;
    saved.map_err(|failure| failure.giving_back(Some(kept).filter(|kept| !kept.is_empty())))
}

/// Her answers are with us: what she gets for them, and what she can do next.
///
/// # Errors
/// Nobody signed in, or the database fails.
pub async fn sent(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let here = Here::of(&request, &house, &slug).await?;
    if here.level != Level::Full {
        return Ok(see_other(&links::mine(&slug)));
    }
    let author = here.author.clone();
    let mine = house.read(move |tx| Ok(responses::my_answers(tx, &author)?)).await?;
    if mine.is_empty() {
        return Ok(see_other(&links::consultation(&slug)));
    }
    let answered = Answered {
        receipt: mine.first().map(|mine| mine.answer.receipt.clone()),
        late: mine.iter().any(|mine| mine.answer.is_late),
        answers: Vec::new(),
        kept: Vec::new(),
    };
    thanks(&request, &house, &here, &answered, Vec::new())
}

/// A member before the questions, or before one of them.
struct Visit {
    here: Here,
    of: usize,
    /// The only one that is shown, from 1; none: all are.
    at: Option<usize>,
    shown: Vec<Question>,
    about: Vec<Option<AskedAbout>>,
    /// What this device may know of.
    mine: Vec<MyAnswer>,
    /// Permission and name as chosen before.
    known: Option<(String, bool)>,
    /// What she typed here before and has not sent.
    kept: KeptHere,
}

impl Visit {
    async fn load(request: &HttpRequest, house: &Data<House>, here: Here) -> Result<Self, Failure> {
        let (shared, at, reader) = (house.clone(), asked(request, "n"), kept::reader(request, here.level));
        let found = house.read(move |tx| {
            let all = question::list(tx, here.consultation.id)?;
            let of = all.len();
            let at = (of > AT_ONCE).then(|| at.and_then(|at| at.parse().ok()).unwrap_or(1).clamp(1, of));
            let shown: Vec<Question> = match at {
                Some(at) => all.into_iter().skip(at - 1).take(1).collect(),
                None => all,
            };
            let about = passages(tx, &shared, &here.consultation, &shown)?;
            let (mine, known) = match here.level {
                Level::Full => (responses::my_answers(tx, &here.author)?, responses::choices_of(tx, &here.author)?),
                Level::Write => (Vec::new(), None),
            };
            let known = known.map(|(permission, with_name)| (permission.to_string(), with_name));
            let kept = KeptHere::load(tx, &here.author, &reader, &kept::answers_at(at))?;
            Ok(Self { here, of, at, shown, about, mine, known, kept })
        });
        Ok(found.await?)
    }

    async fn save(
        &self,
        request: &HttpRequest,
        house: &Data<House>,
        typed: &TypedAnswers,
        arrived: DateTime<Utc>,
    ) -> Result<HttpResponse, Failure> {
        let checked = match self.check(typed) {
            Ok(checked) => checked,
            Err(Refusal::Invalid(problems)) => return self.page(request, house, Some(typed), &problems),
            Err(refusal) => return Err(refusal.into()),
        };
        let (author, chance, id) = (self.here.author.clone(), house.chance.clone(), self.here.consultation.id);
        let (place, sent) = (kept::answers_at(self.at), typed.clone());
        let Some(checked) = checked else {
            house.write_voices(move |tx| Ok(sent.let_go(tx, &author, &place)?)).await?;
            return Ok(see_other(&self.onward(&links::questions_sent(self.slug()))));
        };
        let may_change = self.here.level == Level::Full;
        let stored = house.write_voices(move |tx| {
            let consultation = consultations::by_id(tx, id)?;
            sent.let_go(tx, &author, &place)?;
            responses::answer(tx, &author, &consultation, &chance, arrived, &checked, may_change, None)
        });
        match stored.await {
            Ok(answered) if may_change || (self.at.is_some_and(|at| at < self.of) && answered.kept.is_empty()) => {
                Ok(see_other(&self.onward(&links::questions_sent(self.slug()))))
            }
            // A device that may not see her answers shows the reference at once, since it could not later.
            Ok(answered) => {
                let kept = self.shown.iter().filter(|one| answered.kept.contains(&one.id)).map(|one| KeptAnswer {
                    number: one.number(),
                    wording: one.wording.clone(),
                    words: typed.answer(one).words,
                });
                thanks(request, house, &self.here, &answered, kept.collect())
            }
            Err(Refusal::Late(_)) => self.late(request, house, typed, arrived),
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// What is to be stored, if anything; everything to mend at once.
    fn check(&self, typed: &TypedAnswers) -> Result<Option<CheckedAnswers>, Refusal> {
        let answers = typed.changed(&self.shown);
        let unanswered = self.shown.iter().all(|one| {
            let now = typed.answer(one);
            now.chosen.is_empty() && now.words.is_empty()
        });
        if answers.is_empty() {
            let first = self.shown.first().filter(|_| self.at.is_none() && unanswered);
            return match first {
                Some(first) => Err(Refusal::field(
                    &super::asked::field(first.id),
                    "nothing-answered",
                    "Answer at least one question, or go on to the draft.",
                )),
                None => Ok(None),
            };
        }
        let (permission, with_name) = match &self.known {
            Some((permission, with_name)) => (permission.clone(), *with_name),
            None => (typed.get("permission").to_owned(), typed.get("confidence") == WITH_MY_NAME),
        };
        let missing = permission.is_empty();
        let new = NewAnswers { answers, permission: Some(permission), with_name };
        let checked = responses::check_answers(&self.shown, &new)?;
        if missing && checked.has_words() {
            let detail = "Choose how your words may leave the union.";
            return Err(Refusal::field("permission", "missing", detail));
        }
        Ok(Some(checked))
    }

    /// The next question, or where the last one leads.
    fn onward(&self, end: &str) -> String {
        match self.at.filter(|at| *at < self.of) {
            Some(at) => links::question_at(self.slug(), at + 1),
            None => end.to_owned(),
        }
    }

    fn slug(&self) -> &str {
        &self.here.consultation.slug
    }

    fn page(
        &self,
        request: &HttpRequest,
        house: &House,
        typed: Option<&TypedAnswers>,
        problems: &[Problem],
    ) -> Result<HttpResponse, Failure> {
        let Here { consultation, language, label, level, .. } = &self.here;
        let questions = self.shown.iter().zip(&self.about).map(|(question, about)| {
            let said = self.mine.iter().find(|mine| mine.answer.question_id == question.id);
            asked_view(question, said, typed, about.clone())
        });
        let asks_choices = self.known.is_none() && self.shown.iter().any(Question::takes_words);
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let notice = kept::notice(request, house, &self.here);
        let frame = Frame::of(request, house, &self.here).mending(house, problems).saying(notice);
        let sent = typed.map(|typed| typed.get("revision")).filter(|_| status != StatusCode::OK);
        let other = |kept: &Kept| OtherWords { body: self.in_words(house, kept), ..OtherWords::default() };
        let place = kept::answers_at(self.at);
        let keep = self.kept.keep(house, &consultation.slug, &place, sent, other);
        frame.show(house, status, "member/questions.html", |page| QuestionsPage {
            page,
            title: consultation.title.clone(),
            deadline: deadline(house, *language, consultation),
            back_url: links::consultation(&consultation.slug),
            action_url: match self.at {
                Some(at) => links::question_at(&consultation.slug, at),
                None => links::questions(&consultation.slug),
            },
            questions: questions.collect(),
            at: self.at,
            of: self.of,
            skip_url: self.onward(&links::consultation(&consultation.slug)),
            previous_url: self.at.filter(|at| *at > 1).map(|at| links::question_at(&consultation.slug, at - 1)),
            label: label.clone(),
            asks_choices,
            permission: typed.map(|typed| typed.get("permission").to_owned()).unwrap_or_default(),
            with_my_name: typed.is_some_and(|typed| typed.get("confidence") == WITH_MY_NAME),
            code_url: (*level == Level::Write).then(|| links::code(&consultation.slug)),
            preview: false,
            apart: self.here.apart,
            keep: Some(keep),
        })
    }

    /// What was typed elsewhere, as lines to read.
    fn in_words(&self, house: &House, kept: &Kept) -> String {
        let typed = TypedAnswers(kept.fields.clone());
        let said = self.shown.iter().filter_map(|question| {
            let answer = typed.answer(question);
            let chosen = answer.chosen.iter().map(|choice| choice_words(house, self.here.language, question, choice));
            let said: Vec<String> =
                chosen.chain(Some(answer.words.clone()).filter(|words| !words.is_empty())).collect();
            (!said.is_empty()).then(|| format!("{}. {}", question.number(), said.join(", ")))
        });
        said.collect::<Vec<_>>().join("\n")
    }

    /// Too late: the true reason, and her answers to keep.
    fn late(
        &self,
        request: &HttpRequest,
        house: &House,
        typed: &TypedAnswers,
        arrived: DateTime<Utc>,
    ) -> Result<HttpResponse, Failure> {
        let Here { consultation, language, .. } = &self.here;
        let local = arrived.with_timezone(&consultation.deadline.zone).naive_local();
        let answers = self.shown.iter().map(|one| answer_view(one, &typed.answer(one)));
        let frame = Frame::of(request, house, &self.here);
        frame.show(house, StatusCode::CONFLICT, "member/answers_late.html", |page| AnswersLatePage {
            page,
            deadline: deadline(house, *language, consultation),
            arrived_words: house.words.deadline_words(*language, local),
            answers: answers.filter(|one| !one.choices.is_empty() || !one.words.is_empty()).collect(),
            read_url: links::consultation(&consultation.slug),
        })
    }
}

fn thanks(
    request: &HttpRequest,
    house: &House,
    here: &Here,
    answered: &Answered,
    kept: Vec<KeptAnswer>,
) -> Result<HttpResponse, Failure> {
    let consultation = &here.consultation;
    let slug = &consultation.slug;
    let open = consultation.judge(Arrived::of(request, house)) == Arrival::OnTime;
    Frame::of(request, house, here).show(house, StatusCode::OK, "member/answered.html", |page| AnsweredPage {
        page,
        title: consultation.title.clone(),
        deadline: deadline(house, here.language, consultation),
        reference: answered.receipt.clone(),
        late: answered.late,
        kept,
        code_url: links::code(slug),
        read_url: links::consultation(slug),
        finish_url: if open { links::finish(slug) } else { links::mine(slug) },
        change_url: (open && here.level == Level::Full).then(|| links::questions(slug)),
        join_url: consultation.join_url.clone(),
    })
}
