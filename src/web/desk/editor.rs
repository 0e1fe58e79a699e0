//! Writing the next version in the browser: saved as it is typed, previewed by the server, and never
//! over what a colleague saved meanwhile.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::Way;
use super::typed::{Sent, Typed};
use crate::audit::Actor;
use crate::consultations::{self, Consultation};
use crate::drafts::working::{self, Saved, Working};
use crate::drafts::{self, Document, Dropped, document, markdown_of, version as versions};
use crate::ids::Id;
use crate::links;
use crate::people;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{BlockView, DroppedRow, EditorNewerPage, EditorPage, EditorPart, EditorPreview};
use crate::web::visitor::{self, Visitor};
use crate::words::Language;

/// # Errors
/// No such document; a consultation that is closed; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let at = At::read(&request, &house, path.into_inner()).await?;
    let (title, blocks) = (at.document.title.clone(), at.start.clone());
    let markdown = match &at.working {
        Some(working) => working.markdown.clone(),
        None => away(move || Ok(markdown_of::markdown_of(&title, &blocks))).await?,
    };
    let revision = at.working.as_ref().map(|working| working.revision);
    at.page(&request, &house, markdown, revision, StatusCode::OK, None).await
}

/// # Errors
/// As [`get`]; a text that cannot be read comes back with the reason beside it.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Failure> {
    let typed = Typed(sent.fields.0);
    let by_script = request.headers().get(header::ACCEPT).is_some_and(|kinds| kinds.as_bytes() == b"application/json");
    let at = At::read(&request, &house, path.into_inner()).await?;
    let (markdown, revision) = (typed.get("markdown").to_owned(), typed.get("revision").parse().ok());
    let (staff, document, now) = (at.staff, at.document.id, house.clock.now());
    // A walk through the pages without a text changes nothing.
    if !typed.0.iter().any(|(name, _)| name == "markdown") {
        return Ok(super::see(&at.url()));
    }
    let at = At { others: house.write(move |tx| Ok(working::open(tx, staff, document, now)?)).await?, ..at };
    match (typed.get("do"), by_script) {
        ("here", true) => Ok(HttpResponse::Ok().json(json!({ "others": at.others_words(&house).await? }))),
        ("preview", true) => {
            let preview = at.preview(&house, markdown).await?;
            let html =
                house.renderer.render("parts/editor_preview.html", Language::English, &EditorPart { preview })?;
            Ok(HttpResponse::Ok().json(json!({ "html": html, "others": at.others_words(&house).await? })))
        }
        ("preview", false) => at.page(&request, &house, markdown, revision, StatusCode::OK, None).await,
        ("version", _) => at.make_version(&request, &house, markdown, revision).await,
        _ => at.save(&request, &house, markdown, revision, by_script).await,
    }
}

/// A colleague before the text of one document.
pub(super) struct At {
    pub of: Consultation,
    pub document: Document,
    pub staff: Id,
    pub working: Option<Working>,
    /// Of the version that the text becomes.
    next: i32,
    /// The version that a new text starts from, and its blocks.
    base: Id,
    start: Vec<drafts::Block>,
    others: Vec<(Id, chrono::DateTime<chrono::Utc>)>,
}

impl At {
    pub(super) async fn read(
        request: &HttpRequest,
        house: &House,
        (slug, document): (String, String),
    ) -> Result<Self, Failure> {
        let document: Id = document.parse().map_err(|_| Failure::NotFound)?;
        let Actor::Staff(staff) = Visitor::colleague(request)?.actor else { return Err(Failure::Forbidden) };
        let now = house.clock.now();
        let found = house.read(move |tx| {
            let of = consultations::by_slug(tx, &slug)?;
            drafts::may_publish(&of)?;
            let document = document::by_id(tx, document)?;
            if document.consultation_id != of.id {
                return Err(Refusal::Unknown("document"));
            }
            let published = versions::published(tx, document.id)?.map_or(0, |version| version.number);
            let newest = versions::list(tx, document.id)?.pop();
            let start = match &newest {
                Some(newest) => versions::blocks(tx, newest.id)?,
                None => Vec::new(),
            };
            Ok(Self {
                working: working::of(tx, document.id)?,
                next: published + 1,
                base: newest.map_or(document.id, |newest| newest.id),
                others: working::others(tx, staff, document.id, now)?,
                of,
                document,
                staff,
                start,
            })
        });
        Ok(found.await?)
    }

    pub(super) fn url(&self) -> String {
        links::desk_edit(&self.of.slug, self.document.id)
    }

    async fn page(
        &self,
        request: &HttpRequest,
        house: &House,
        markdown: String,
        revision: Option<i64>,
        status: StatusCode,
        refusal: Option<Refusal>,
    ) -> Result<HttpResponse, Failure> {
        let preview = self.preview(house, markdown.clone()).await?;
        let (page, token) = super::page_of(request, house, &self.of, Way::Draft);
        let page = super::saying_saved(page, request, house);
        let page = match refusal {
            Some(Refusal::Invalid(problems)) => {
                let named = problems.into_iter().map(|one| crate::text::Problem { field: "markdown".into(), ..one });
                super::mending(page, house, &named.collect::<Vec<_>>())
            }
            Some(refusal) => return Err(refusal.into()),
            None => page,
        };
        let view = EditorPage {
            page,
            title: self.document.title.clone(),
            number: self.next,
            back_url: links::desk_draft(&self.of.slug),
            action_url: self.url(),
            discard_url: self.working.as_ref().map(|_| links::desk_discard(&self.of.slug, self.document.id)),
            markdown,
            revision: revision.map(|revision| revision.to_string()).unwrap_or_default(),
            saved_words: match &self.working {
                Some(working) => self.by_words(house, working).await?,
                None => String::new(),
            },
            others_words: self.others_words(house).await?,
            preview,
        };
        super::shown_as(status, house, "desk/editor.html", &view, token)
    }

    async fn preview(&self, house: &House, markdown: String) -> Result<EditorPreview, Failure> {
        let (document, base) = (self.document.id, self.working.as_ref().map(|working| working.base_version_id));
        let referred = house.read(move |tx| Ok(working::referred(tx, document, base)?)).await?;
        match away(move || working::preview(&markdown, &referred)).await {
            Ok((blocks, dropped)) => {
                let mut blocks: Vec<BlockView> = blocks.iter().map(block_view).collect();
                BlockView::join_lists(&mut blocks);
                Ok(EditorPreview { blocks, dropped: rows(dropped), problem_words: None })
            }
            Err(Refusal::Invalid(problems)) => {
                let words = problems.iter().map(|problem| {
                    house.words.problem_words(Language::English, "draft", problem.code, &problem.detail)
                });
                Ok(EditorPreview {
                    problem_words: Some(words.collect::<Vec<_>>().join(" ")),
                    ..EditorPreview::default()
                })
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    async fn save(
        &self,
        request: &HttpRequest,
        house: &House,
        markdown: String,
        revision: Option<i64>,
        by_script: bool,
    ) -> Result<HttpResponse, Failure> {
        match (self.store(request, house, markdown.clone(), revision).await, by_script) {
            (Ok(Saved::Done(working)), true) => Ok(HttpResponse::Ok().json(json!({
                "revision": working.revision.to_string(),
                "words": self.by_words(house, &working).await?,
                "others": self.others_words(house).await?,
            }))),
            (Ok(Saved::Done(_)), false) => Ok(super::see(&format!("{}?{}", self.url(), super::SAVED))),
            (Ok(Saved::Newer(theirs)), true) => {
                let by = self.by_words(house, &theirs).await?;
                Ok(HttpResponse::Conflict().json(json!({ "words": by })))
            }
            (Ok(Saved::Newer(theirs)), false) => self.both(request, house, theirs, markdown).await,
            (Err(Refusal::Invalid(_)), true) => Ok(HttpResponse::UnprocessableEntity().json(json!({}))),
            (Err(refusal @ Refusal::Invalid(_)), false) => {
                self.page(request, house, markdown, revision, StatusCode::UNPROCESSABLE_ENTITY, Some(refusal)).await
            }
            (Err(refusal), _) => Err(refusal.into()),
        }
    }

    async fn store(
        &self,
        request: &HttpRequest,
        house: &House,
        markdown: String,
        revision: Option<i64>,
    ) -> Result<Saved, Refusal> {
        let deed = visitor::deed(request, house).map_err(|_| Refusal::Unknown("colleague"))?;
        let (staff, document, base) = (self.staff, self.document.id, self.base);
        house.write(move |tx| working::save(tx, &deed, staff, document, revision, base, &markdown)).await
    }

    /// The next version, unpublished, from the text as it is; then its page, as after an import.
    async fn make_version(
        &self,
        request: &HttpRequest,
        house: &House,
        markdown: String,
        revision: Option<i64>,
    ) -> Result<HttpResponse, Failure> {
        let saved = match self.store(request, house, markdown.clone(), revision).await {
            Ok(Saved::Done(saved)) => saved,
            Ok(Saved::Newer(theirs)) => return self.both(request, house, theirs, markdown).await,
            Err(refusal) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return self.page(request, house, markdown, revision, status, Some(refusal)).await;
            }
        };
        let deed = visitor::deed(request, house)?;
        let (document, chance, text) = (self.document.id, house.chance.clone(), saved.markdown.clone());
        let (base, referred) = house
            .read(move |tx| {
                let referred = working::referred(tx, document, Some(saved.base_version_id))?;
                Ok((versions::base(tx, document)?, referred))
            })
            .await?;
        let ready = away(move || Ok(versions::prepare(&base, markdown_of::read(&text, &referred)?, &chance))).await;
        let ready = match ready {
            Ok(ready) => ready,
            Err(refusal) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return self.page(request, house, markdown, Some(saved.revision), status, Some(refusal)).await;
            }
        };
        let storing = ready.clone();
        let number = house
            .write(move |tx| {
                let number = versions::store(tx, &deed, document, &storing)?.number;
                working::became_version(tx, document)?;
                Ok(number)
            })
            .await?;
        if ready.dropped.is_empty() {
            return Ok(super::see(&links::desk_version(&self.of.slug, document, number)));
        }
        super::version::show(request, house, &self.of.slug, document, number, ready.dropped).await
    }

    /// Both texts beside each other; whoever saves from there has seen the other.
    async fn both(
        &self,
        request: &HttpRequest,
        house: &House,
        theirs: Working,
        markdown: String,
    ) -> Result<HttpResponse, Failure> {
        let (page, token) = super::page_of(request, house, &self.of, Way::Draft);
        let by_words = self.by_words(house, &theirs).await?;
        let (their_text, mine) = (theirs.markdown.clone(), markdown.replace("\r\n", "\n"));
        let mut pairs = away(move || Ok(working::beside(&their_text, &mine))).await?;
        let all = pairs.len();
        pairs.retain(|pair| !pair.is_same);
        let view = EditorNewerPage {
            page,
            title: self.document.title.clone(),
            by_words,
            same: all - pairs.len(),
            pairs,
            theirs_url: self.url(),
            action_url: self.url(),
            revision: theirs.revision.to_string(),
            markdown,
        };
        super::shown_as(StatusCode::CONFLICT, house, "desk/editor_newer.html", &view, token)
    }

    /// "Ana Reyes, 2.02 pm".
    pub(super) async fn by_words(&self, house: &House, working: &Working) -> Result<String, Failure> {
        let who = working.staff_id;
        let name = house.read(move |tx| named(tx, who)).await?;
        let local = working.saved_at.with_timezone(&self.of.deadline.zone).naive_local();
        let today = self.of.day_of(house.clock.now()) == local.date();
        let time = if today {
            house.words.time_words(Language::English, local.time())
        } else {
            house.words.deadline_words(Language::English, local)
        };
        Ok(house.words.say(Language::English, "editor-by", &[("name", name.into()), ("time", time.into())]))
    }

    async fn others_words(&self, house: &House) -> Result<String, Failure> {
        let ids: Vec<Id> = self.others.iter().map(|(who, _)| *who).collect();
        let names = house.read(move |tx| ids.into_iter().map(|who| named(tx, who)).collect::<Result<Vec<_>, _>>());
        let names = names.await?;
        if names.is_empty() {
            return Ok(String::new());
        }
        let count = names.len();
        let values = [("names", names.join(", ").into()), ("count", count.into())];
        Ok(house.words.say(Language::English, "editor-others", &values))
    }
}

fn named(tx: &mut Tx, who: Id) -> Result<String, Refusal> {
    Ok(people::staff::by_id(tx, who)?.map(|staff| staff.name).unwrap_or_default())
}

/// Work that takes long, apart from what answers requests.
async fn away<T: Send + 'static>(work: impl FnOnce() -> Result<T, Refusal> + Send + 'static) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Fault::Stopped.into()))
}

fn rows(dropped: Vec<Dropped>) -> Vec<DroppedRow> {
    dropped.into_iter().map(|Dropped { what, place }| DroppedRow { what, place }).collect()
}

fn block_view(block: &drafts::Block) -> BlockView {
    BlockView {
        key: block.number.clone(),
        number: block.number.clone(),
        kind: block.kind.as_str(),
        level: u8::try_from(block.level).unwrap_or(6).min(6),
        html: block.html.clone(),
        opens_list: false,
        closes_list: false,
    }
}
