//! Commenting on a passage or on the whole: position and words on one page. It counts at once.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};

use super::frame::{Frame, asked, deadline, see_other};
use super::here::Here;
use super::passage::{Passage, WHOLE};
use super::preview;
use super::typed::{Look, Typed, is_mendable};
use crate::consultations::{self, Arrival};
use crate::keys::sha256;
use crate::links;
use crate::refusal::{Problems, Refusal};
use crate::responses::{self, NewComment, ReplayKey, Source, Submitted};
use crate::text::Problem;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::Level;
use crate::web::view::{CommentPage, ReceiptPage};

/// # Errors
/// Nobody signed in, or no such passage.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, place) = path.into_inner();
    let here = Here::of(&request, &house, &slug).await?;
    if here.consultation.judge(Arrived::of(&request, &house)) == Arrival::TooLate {
        return Ok(see_other(&links::consultation(&slug)));
    }
    let version = asked(&request, "version").and_then(|version| version.parse().ok());
    let visit = Visit::load(&house, here, &place, version).await?;
    visit.page(&request, &house, quoted(&request), StatusCode::OK, &[])
}

/// # Errors
/// What the form has no place for; her words are given back with every failure.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<HttpResponse, Failure> {
    let (slug, place) = path.into_inner();
    match submit(&request, &house, &slug, &place, typed.clone()).await {
        Ok(answer) => Ok(answer),
        Err(failure) => Err(typed.kept(failure)),
    }
}

/// The form with the words that were selected on the reading page, as its script puts them into the
/// address; too many of them are left out.
fn quoted(request: &HttpRequest) -> Typed {
    let part = |name: &str| asked(request, name).filter(|part| part.chars().count() <= QUOTE_MAX).unwrap_or_default();
    Typed {
        quote: part("exact"),
        quote_prefix: part("prefix"),
        quote_suffix: part("suffix"),
        quote_start: part("start"),
        ..Typed::default()
    }
}

const QUOTE_MAX: usize = 1_000;

async fn submit(
    request: &HttpRequest,
    house: &Data<House>,
    slug: &str,
    place: &str,
    typed: Typed,
) -> Result<HttpResponse, Failure> {
    let arrived = Arrived::of(request, house);
    let here = Here::of(request, house, slug).await?;
    let visit = Visit::load(house, here, place, typed.version()).await?;
    match typed.look() {
        Some(Look::Form) => return visit.page(request, house, typed, StatusCode::OK, &[]),
        Some(Look::Wording) => {
            let typed = typed.with_wording_of(visit.passage.text.as_deref());
            return visit.page(request, house, typed, StatusCode::OK, &[]);
        }
        Some(Look::Preview) | None => {}
    }
    let new = typed.new_comment(visit.block(), visit.passage.text_then.as_deref(), visit.known.clone());
    let checked = check(&typed, &new, visit.known.is_none());
    let result = match checked {
        Ok(_) if typed.look() == Some(Look::Preview) => return visit.preview(request, house, &typed, &new),
        Ok(checked) => {
            let (author, chance) = (visit.here.author.clone(), house.chance.clone());
            let (id, replay) = (visit.here.consultation.id, replay_key(&typed.nonce, &new));
            let stored = house.write_voices(move |tx| {
                let consultation = consultations::by_id(tx, id)?;
                responses::submit(tx, &author, &consultation, &chance, arrived, &checked, Source::Web, replay.as_ref())
            });
            stored.await
        }
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(submitted) => visit.received(request, house, &submitted, arrived),
        Err(Refusal::Late(_)) => typed.late(request, house, &visit.here, visit.passage.number(), arrived),
        Err(Refusal::Invalid(problems)) if is_mendable(&problems) => {
            visit.page(request, house, typed, StatusCode::UNPROCESSABLE_ENTITY, &problems)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Everything there is to mend, at once.
fn check(typed: &Typed, new: &NewComment, asks: bool) -> Result<responses::Checked, Refusal> {
    let mut problems = Problems::default();
    typed.check_condition(&mut problems);
    if asks && typed.permission.is_empty() {
        problems.note("permission", "missing", "Choose how your words may leave the union.");
    }
    if asks && !matches!(typed.confidence.as_str(), "" | "in_confidence" | "with_my_name") {
        problems.note("confidence", "not-a-choice", "Choose one of the values that are offered.");
    }
    match (responses::check(new), problems.none()) {
        (Ok(checked), Ok(())) => Ok(checked),
        (Err(Refusal::Invalid(mut words)), Err(Refusal::Invalid(choices))) => {
            words.extend(choices);
            Err(Refusal::Invalid(words))
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal),
    }
}

/// A second press of the button sends the same page and words; other words are another comment.
fn replay_key(nonce: &str, new: &NewComment) -> Option<ReplayKey> {
    let request = serde_json::to_vec(new).ok()?;
    let words = URL_SAFE_NO_PAD.encode(sha256(&request));
    Some(ReplayKey::new(&format!("form {nonce} {words}"), &request))
}

/// A member at the comment page of one place.
struct Visit {
    here: Here,
    passage: Passage,
    /// Permission and name as she chose with an earlier comment that this device may see.
    known: Option<(String, bool)>,
}

impl Visit {
    async fn load(house: &Data<House>, here: Here, place: &str, had: Option<i32>) -> Result<Self, Failure> {
        let (shared, place) = (house.clone(), place.to_owned());
        let found = house.read(move |tx| {
            let passage = Passage::find(tx, &shared, &here.consultation, &place, had)?;
            let earlier = if here.level == Level::Full { responses::mine(tx, &here.author)? } else { Vec::new() };
            let known = earlier.last().map(|mine| (mine.comment.permission.to_string(), mine.with_name));
            Ok(Self { here, passage, known })
        });
        found.await.map_err(|refusal| match refusal {
            Refusal::Invalid(_) => Failure::Refused(Refusal::Unknown("passage")),
            other => other.into(),
        })
    }

    /// For the store: none is the whole draft.
    fn block(&self) -> Option<String> {
        Some(self.passage.place.clone()).filter(|place| place != WHOLE)
    }

    fn page(
        self,
        request: &HttpRequest,
        house: &House,
        mut typed: Typed,
        status: StatusCode,
        problems: &[Problem],
    ) -> Result<HttpResponse, Failure> {
        let slug = self.here.consultation.slug.clone();
        if typed.nonce.is_empty() {
            typed.nonce = URL_SAFE_NO_PAD.encode(house.chance.bytes::<12>());
        }
        let frame = Frame::of(request, house, &self.here).mending(house, problems);
        let with_my_name = self.known.as_ref().is_some_and(|(_, with_my_name)| *with_my_name);
        let page_of_typed = typed.page(house, &self.here, &self.passage);
        frame.show(house, status, "member/comment.html", |page| CommentPage {
            page,
            back_url: self.back_url(),
            action_url: links::comment(&slug, &self.passage.place),
            asks_choices: self.known.is_none(),
            with_my_name: with_my_name || page_of_typed.with_my_name,
            ..page_of_typed
        })
    }

    fn preview(
        &self,
        request: &HttpRequest,
        house: &House,
        typed: &Typed,
        new: &NewComment,
    ) -> Result<HttpResponse, Failure> {
        let slug = &self.here.consultation.slug;
        preview::page(
            request,
            house,
            &self.here,
            &self.passage,
            new,
            typed,
            links::comment(slug, &self.passage.place),
            false,
        )
    }

    /// Back to the draft at her place, where it says what was received. A device that may not see
    /// her comments shows the receipt at once, since it could not show it later.
    fn received(
        &self,
        request: &HttpRequest,
        house: &House,
        submitted: &Submitted,
        arrived: DateTime<Utc>,
    ) -> Result<HttpResponse, Failure> {
        let consultation = &self.here.consultation;
        let slug = &consultation.slug;
        if self.here.level == Level::Full {
            return Ok(see_other(&format!("{}?said={}#said", links::consultation(slug), submitted.id)));
        }
        let can_finish = consultation.judge(arrived) == Arrival::OnTime;
        let frame = Frame::of(request, house, &self.here);
        frame.show(house, StatusCode::OK, "member/receipt.html", |page| ReceiptPage {
            page,
            title: consultation.title.clone(),
            deadline: deadline(house, self.here.language, consultation),
            kind: "comment",
            reference: submitted.receipt.clone(),
            late: submitted.late,
            no_more: false,
            read_url: self.back_url(),
            mine_url: links::mine(slug),
            finish_url: if can_finish { links::finish(slug) } else { links::mine(slug) },
            join_url: consultation.join_url.clone(),
        })
    }

    fn back_url(&self) -> String {
        let slug = &self.here.consultation.slug;
        self.block().map_or_else(|| links::consultation(slug), |key| links::block(slug, &key))
    }
}
