//! Changing one of her comments, until the deadline.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{Frame, see_other};
use super::here::Here;
use super::kept::{self, KeptHere};
use super::passage::{Passage, WHOLE};
use super::preview;
use super::typed::{Look, Typed};
use crate::consultations::{self, Arrival};
use crate::ids::CommentId;
use crate::keys::sha256;
use crate::links;
use crate::refusal::{Problems, Refusal};
use crate::responses::{self, Amend, Comment, Mine, NewComment};
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
    let visit = Visit::load(&request, &house, here, &id).await?;
    let typed = visit.kept.typed().unwrap_or_else(|| Typed::from_comment(&visit.mine.comment));
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
        return keep_until_code(request, house, &here, id, &typed).await;
    }
    let visit = Visit::load(request, house, here, id).await?;
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
            let sent = typed.clone();
            let saved = house.write_voices(move |tx| {
                let consultation = consultations::by_id(tx, consultation)?;
                sent.not_over(&responses::mine_one(tx, &author, comment)?.comment)?;
                sent.sent(tx, &author, &responses::kept::change_of(comment))?;
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
        Err(Refusal::Conflict { code: CHANGED_MEANWHILE, detail }) => {
            // Read again: pressed once more, it takes the place of what stands there now.
            let here = Here::of(request, house, slug).await?;
            let visit = Visit::load(request, house, here, id).await?;
            let typed = Typed { nonce: String::new(), ..typed };
            visit.page(request, house, typed, StatusCode::CONFLICT, &[Problem::new("body", CHANGED_MEANWHILE, detail)])
        }
        Err(refusal) => Err(refusal.into()),
    }
}

const CHANGED_MEANWHILE: &str = "changed-meanwhile";

impl Typed {
    /// Whether the comment still says what the form began from, or says already what was typed: of
    /// two devices neither overwrites the other unseen.
    fn not_over(&self, comment: &Comment) -> Result<(), Refusal> {
        let now = mark(&comment.position.to_string(), &comment.condition, &comment.body, &comment.new_wording);
        let typed = mark(&self.position, &self.condition, &self.body, &self.new_wording);
        if self.nonce.is_empty() || self.nonce == now || typed == now {
            return Ok(());
        }
        Err(Refusal::conflict(CHANGED_MEANWHILE, "The comment was changed on another device meanwhile."))
    }
}

/// What a comment says, as the form carries it.
fn mark(position: &str, condition: &str, body: &str, new_wording: &str) -> String {
    let words = [position, condition, body, new_wording].map(|words| words.replace("\r\n", "\n").trim().to_owned());
    let sum = sha256(words.join("\0").as_bytes());
    sum.iter().take(12).fold("was ".to_owned(), |mark, byte| format!("{mark}{byte:02x}"))
}

/// On a device that may not see what was sent, her words are kept; with a code she goes on.
async fn keep_until_code(
    request: &HttpRequest,
    house: &Data<House>,
    here: &Here,
    id: &str,
    typed: &Typed,
) -> Result<HttpResponse, Failure> {
    let Ok(comment) = id.parse::<CommentId>() else { return Err(Failure::Forbidden) };
    let (typing, reader) = (typed.typing(responses::kept::change_of(comment)), kept::reader(request, here.level));
    if typed.words().is_empty() {
        return Err(Failure::Forbidden);
    }
    let (author, chance, consultation) = (here.author.clone(), house.chance.clone(), here.consultation.id);
    let arrived = Arrived::of(request, house);
    let stored = house.write_voices(move |tx| {
        let consultation = consultations::by_id(tx, consultation)?;
        responses::kept::keep(tx, &author, &consultation, &chance, arrived, &reader, &typing).map(|_| ())
    });
    stored.await?;
    Ok(see_other(&links::code(&here.consultation.slug)))
}

/// A member at one of her comments.
struct Visit {
    here: Here,
    mine: Mine,
    /// None where the passage is in no version any more.
    passage: Option<Passage>,
    standing: Option<Standing>,
    kept: KeptHere,
}

impl Visit {
    async fn load(request: &HttpRequest, house: &Data<House>, here: Here, id: &str) -> Result<Self, Failure> {
        let id: CommentId = id.parse().map_err(|_| Failure::NotFound)?;
        let (shared, reader) = (house.clone(), kept::reader(request, here.level));
        let found = house.read(move |tx| {
            let mine = responses::mine_one(tx, &here.author, id)?;
            let place = mine.comment.block_key.as_deref().unwrap_or(WHOLE);
            let had = Some(mine.comment.version_number);
            let passage = match Passage::find(tx, &shared, &here.consultation, here.language, place, had) {
                Ok(passage) => Some(passage),
                Err(Refusal::Fault(fault)) => return Err(fault.into()),
                Err(_) => None,
            };
            let standing = Standing::of(tx, &shared, &mine.comment)?;
            let kept = KeptHere::load(tx, &here.author, &reader, &responses::kept::change_of(id))?;
            Ok(Self { here, mine, passage, standing, kept })
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
        let place = responses::kept::change_of(self.mine.comment.id);
        let keep = Some(self.kept.view(house, &slug, &place, &typed));
        let notice = kept::notice(request, house, &self.here);
        let frame = Frame::of(request, house, &self.here).mending(house, problems).saying(notice);
        let seen = preview::seen_again(&self.here, &self.mine, self.standing.as_ref());
        // What it was written about stands above; the quotation is looked for there.
        let text = self.standing.as_ref().map(|standing| standing.today.then.text.clone());
        let passage = Passage { text, ..passage };
        let page_of_typed = typed.page(house, &self.here, &passage);
        let has_other_words = self.standing.as_ref().filter(|one| state(one.today.change) != "current");
        let nonce = Some(page_of_typed.nonce.clone()).filter(|nonce| !nonce.is_empty()).unwrap_or_else(|| {
            let Comment { position, condition, body, new_wording, .. } = &self.mine.comment;
            mark(&position.to_string(), condition, body, new_wording)
        });
        frame.show(house, status, "member/comment.html", |page| CommentPage {
            page,
            nonce,
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
            keep,
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
