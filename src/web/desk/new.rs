//! A consultation set up in one sitting: list, draft, letter, Friday and contact on one page.
//!
//! Nothing is stored until the whole page is in order. Where the list asks something (what a column
//! means, a team that looks misspelt) or the draft holds what cannot be kept, the page comes back
//! once and shows it; the next press stores.

mod list;
mod presets;
mod reading;
mod storing;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use self::presets::{Last, OTHER, fridays};
use self::reading::Texts;
use super::member_list::{Submitted, Understood};
use super::typed::{Sent, Typed};
use super::{draft_preview, settings, whom};
use crate::audit::Deed;
use crate::consultations::New;
use crate::drafts::{Brought, Dropped, Parsed, Prepared, version};
use crate::keys::sha256;
use crate::links;
use crate::people::{self, Team};
use crate::refusal::Refusal;
use crate::store::Fault;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::upload::Uploaded;
use crate::web::view::{DroppedRow, FridayChoice, MemberListPart, NewPage, Page};
use crate::web::visitor::{self, Visitor};
use crate::words::Language;

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let around = Around::read(&house).await?;
    let name = Visitor::colleague(&request)?.name;
    let typed = around.last.fields(&name, house.clock.now());
    let (page, token) = super::page(&request, &house);
    let view = around.view(&house, page, &typed, Shown::default());
    super::shown(&house, "desk/new.html", &view, token)
}

/// # Errors
/// When the database fails; mistakes come back beside their fields, with everything typed.
pub async fn post(request: HttpRequest, house: Data<House>, sent: Sent) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let submitted = Submitted::of(&sent);
    let read = Read::of(&house, &deed, Typed(sent.fields.0), sent.files, submitted).await?;
    let Read { mut typed, list, draft, brought, new, mut problems } = read;
    let around = Around::read(&house).await?;
    let shown = Shown::of(&list, draft.as_ref(), brought.as_ref(), &typed, &around.teams);
    let asks = (list::asks(&list) || !shown.dropped.is_empty()) && typed.get("seen_here") != shown.mark;
    if let (true, false, Some(draft)) = (problems.is_empty(), asks, draft) {
        match store(&house, &deed, list, new, &typed, draft).await {
            Ok(slug) => return Ok(super::see(&links::desk_check(&slug))),
            Err(Refusal::Invalid(found)) => problems = found,
            Err(refusal) => return Err(refusal.into()),
        }
    }
    // The file is kept while its page is mended.
    let token = match brought {
        Some(file) => {
            typed.set("draft_name", file.name.clone());
            draft_preview::keep(&house, file).await?
        }
        None => String::new(),
    };
    typed.set("draft_kept", token);
    let (page, token) = super::page(&request, &house);
    let mut page = super::mending(page, &house, &problems);
    if problems.is_empty() {
        page.notice = Some(house.words.say(Language::English, "new-asks", &[]));
    }
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    super::shown_as(status, &house, "desk/new.html", &around.view(&house, page, &typed, shown), token)
}

/// Stores it all; answers the new consultation's slug.
async fn store(
    house: &House,
    deed: &Deed,
    list: Understood,
    new: New,
    typed: &Typed,
    draft: Parsed,
) -> Result<String, Refusal> {
    let chance = house.chance.clone();
    // Slow for long texts: not on a thread that serves others.
    let ready = tokio::task::spawn_blocking(move || version::prepare(&version::Base::default(), draft, &chance));
    let mut ready: Prepared = ready.await.map_err(|_| Fault::Stopped)?;
    ready.notes.clear();
    if list.preview().is_some() {
        list.apply(house, deed).await?;
    }
    Ok(storing::consultation(house, deed, new, typed, ready).await?.slug)
}

/// The page as it was sent, read and judged; nothing of it is stored.
struct Read {
    typed: Typed,
    list: Understood,
    draft: Option<Parsed>,
    brought: Option<Brought>,
    /// Its teams are told later, when the list is stored.
    new: New,
    problems: Vec<Problem>,
}

impl Read {
    async fn of(
        house: &House,
        deed: &Deed,
        typed: Typed,
        files: Vec<Uploaded>,
        submitted: Submitted,
    ) -> Result<Self, Failure> {
        let kept = match typed.get("draft_kept") {
            "" => None,
            token => draft_preview::kept(house, token).await?,
        };
        // Slow for long texts: not on a thread that serves others.
        let taken_apart = tokio::task::spawn_blocking(move || {
            let mut typed = typed;
            let texts = Texts::read(&mut typed, &files, kept);
            (typed, texts)
        });
        let (typed, Texts { draft, brought, problems: of_texts }) = taken_apart.await.map_err(|_| Fault::Stopped)?;
        let (id, now) = (deed.new_id(), deed.now);
        let found = house.read(move |tx| {
            let is_empty = submitted.is_empty();
            let list = if is_empty { Understood::default() } else { submitted.understand(tx)? };
            let mut problems = list.problems.clone();
            let known = people::team::list(tx)?;
            if is_empty && people::member::invitable(tx, None)?.is_empty() {
                problems.push(Problem::new(list::FIELD, "missing", "Bring in the member list."));
            }
            problems.extend(list::chosen(&list, &known, &typed).err());
            problems.extend(of_texts);
            let (new, of_fields) = reading::consultation(tx, &typed, draft.as_ref(), id, now)?;
            for problem in of_fields {
                if problems.iter().all(|one| one.field != problem.field) {
                    problems.push(problem);
                }
            }
            Ok::<_, Refusal>(Self { typed, list, draft, brought, new, problems })
        });
        Ok(found.await?)
    }
}

/// What the page shows of a list and a draft that were sent.
#[derive(Default)]
struct Shown {
    list: MemberListPart,
    /// Paths of the teams to choose from.
    paths: Option<Vec<String>>,
    dropped: Vec<DroppedRow>,
    /// Marks this list and this draft.
    mark: String,
}

impl Shown {
    fn of(list: &Understood, draft: Option<&Parsed>, brought: Option<&Brought>, typed: &Typed, known: &[Team]) -> Self {
        let mut dropped = draft.map(|draft| draft.dropped.clone()).unwrap_or_default();
        if let Some(count) = draft.map(|draft| draft.comments.len()).filter(|count| *count > 0) {
            let what =
                format!("comments in the file ({count}); the draft’s own page takes them, if you bring it in there");
            dropped.push(Dropped { what, place: "whole file".to_owned() });
        }
        let file = brought.map(|file| format!("{:?}", sha256(&file.bytes))).unwrap_or_default();
        Self {
            list: list.part(),
            paths: Some(list::paths(list, known)),
            dropped: dropped.into_iter().map(|Dropped { what, place }| DroppedRow { what, place }).collect(),
            mark: reading::digest(&format!("{}\u{1}{}", list::mark(list), file + typed.get("draft"))),
        }
    }
}

/// What stands around the fields.
struct Around {
    last: Last,
    teams: Vec<Team>,
    members: usize,
}

impl Around {
    async fn read(house: &House) -> Result<Self, Failure> {
        let found = house.read(|tx| {
            let members = people::member::invitable(tx, None)?.len();
            Ok(Self { last: Last::read(tx)?, teams: people::team::list(tx)?, members })
        });
        Ok(found.await?)
    }

    fn view(&self, house: &House, page: Page, typed: &Typed, shown: Shown) -> NewPage {
        let mut fields = settings::common(typed, &self.teams);
        if let Some(paths) = &shown.paths {
            fields.teams = whom::boxes(paths.iter().map(String::as_str), typed);
        }
        let today = house.clock.now().with_timezone(&self.last.zone()).date_naive();
        let chosen = typed.get("deadline");
        NewPage {
            page,
            action_url: links::DESK_NEW.to_owned(),
            fields,
            members: self.members,
            team_count: self.teams.len(),
            draft: typed.get("draft").to_owned(),
            draft_plain: typed.get("draft_plain").to_owned(),
            draft_kept: typed.get("draft_kept").to_owned(),
            draft_name: typed.get("draft_name").to_owned(),
            dropped: shown.dropped,
            slug: typed.get("slug").to_owned(),
            address: house.links.absolute(&links::consultation("")),
            fridays: fridays(today)
                .map(|day| FridayChoice {
                    value: day.to_string(),
                    words: house.words.date_words(Language::English, day),
                    chosen: day.to_string() == chosen,
                })
                .into(),
            other: chosen == OTHER,
            deadline_day: typed.get("deadline_day").to_owned(),
            deadline_time: typed.get("deadline_time").to_owned(),
            seen_here: shown.mark,
            member_list: shown.list,
        }
    }
}
