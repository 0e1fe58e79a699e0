//! The documents of a consultation and their versions, and the way in for the next.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::Way;
use super::source::{Source, source};
use super::typed::{Sent, Typed, file_of};
use crate::consultations::{self, Consultation};
use crate::drafts::{self, Document, Dropped, Kind, Version, document, import, version as versions};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::store::Fault;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{DocumentRow, DraftPage, Page, VersionRow};
use crate::web::visitor;
use crate::words::Language;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (consultation, documents) = read(&house, &slug).await?;
    let (page, token) = super::page_of(&request, &house, &consultation, Way::Draft);
    let page = super::saying_saved(page, &request, &house);
    let view = view(&house, page, &consultation, documents, &Typed::default());
    super::shown(&house, "desk/draft.html", &view, token)
}

/// Takes a text apart into a document's next version, unpublished, and shows what became of each passage.
///
/// # Errors
/// A consultation that is closed; mistakes come back beside their fields.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Failure> {
    let mut typed = Typed(sent.fields.0);
    let (consultation, documents) = read(&house, &slug).await?;
    drafts::may_publish(&consultation)?;
    let chosen = documents.iter().map(|(document, _)| document).find(|one| one.id.to_string() == typed.get("document"));
    let brought = match source("draft", typed.get("draft"), file_of(&sent.files, "draft_file")) {
        Ok(source) => {
            typed.set("draft", source.text.clone());
            bring(&request, &house, &consultation, chosen, source).await
        }
        Err(problem) => Err(problem.into()),
    };
    match brought {
        Ok((document, number, dropped)) if dropped.is_empty() => {
            Ok(super::see(&links::desk_version(&slug, document, number)))
        }
        // What was left out is not stored: it is told now or never.
        Ok((document, number, dropped)) => {
            super::version::show(&request, &house, &slug, document, number, dropped).await
        }
        Err(Refusal::Invalid(problems)) => {
            let problems: Vec<Problem> =
                problems.into_iter().map(|one| Problem { field: "draft".to_owned(), ..one }).collect();
            let (page, token) = super::page_of(&request, &house, &consultation, Way::Draft);
            let page = super::mending(page, &house, &problems);
            let view = view(&house, page, &consultation, documents, &typed);
            super::shown_as(StatusCode::UNPROCESSABLE_ENTITY, &house, "desk/draft.html", &view, token)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Stores the text as the document's next version; the proposal is made with it where there is none.
async fn bring(
    request: &HttpRequest,
    house: &House,
    of: &Consultation,
    document: Option<&Document>,
    source: Source,
) -> Result<(Id, i32, Vec<Dropped>), Refusal> {
    let deed = visitor::deed(request, house).map_err(|_| Refusal::Unknown("colleague"))?;
    let known = document.map(|document| document.id);
    let base = match known {
        Some(id) => house.read(move |tx| Ok(versions::base(tx, id)?)).await?,
        None => versions::Base::default(),
    };
    let chance = house.chance.clone();
    let ready = tokio::task::spawn_blocking(move || {
        Ok::<_, Refusal>(versions::prepare(&base, import::parse(source.format, &source.text)?, &chance))
    });
    let ready = ready.await.unwrap_or_else(|_| Err(Fault::Stopped.into()))?;
    let (id, title, storing) = (of.id, of.title.clone(), ready.clone());
    let (document, number) = house
        .write(move |tx| {
            let document = match known {
                Some(document) => document,
                None => document::make(tx, &deed, id, Kind::Proposal, storing.title.as_deref().unwrap_or(&title))?.id,
            };
            Ok((document, versions::store(tx, &deed, document, &storing)?.number))
        })
        .await?;
    Ok((document, number, ready.dropped))
}

type Documents = Vec<(Document, Vec<Version>)>;

async fn read(house: &House, slug: &str) -> Result<(Consultation, Documents), Failure> {
    let slug = slug.to_owned();
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let documents = document::list(tx, consultation.id)?;
        let with_versions = documents.into_iter().map(|one| Ok((one.clone(), versions::list(tx, one.id)?)));
        Ok::<_, Refusal>((consultation, with_versions.collect::<Result<Documents, Fault>>()?))
    });
    Ok(found.await?)
}

fn view(house: &House, page: Page, of: &Consultation, documents: Documents, typed: &Typed) -> DraftPage {
    let may = drafts::may_publish(of).is_ok();
    let rows: Vec<DocumentRow> = documents
        .into_iter()
        .map(|(document, versions)| DocumentRow {
            id: document.id.to_string(),
            edit_url: may.then(|| links::desk_edit(&of.slug, document.id)),
            title: document.title,
            kind: document.kind.as_str(),
            versions: versions.into_iter().rev().map(|version| row(house, of, &version, may)).collect(),
        })
        .collect();
    let first = rows.first().map(|row| row.id.clone()).unwrap_or_default();
    DraftPage {
        page,
        documents: rows,
        bring_url: may.then(|| links::desk_draft(&of.slug)),
        document: typed.given("document").unwrap_or(first),
        draft: typed.get("draft").to_owned(),
    }
}

fn row(house: &House, of: &Consultation, version: &Version, may: bool) -> VersionRow {
    let day = version.published_at.map(|at| house.words.date_words(Language::English, of.day_of(at)));
    VersionRow {
        number: version.number,
        note: version.note.clone(),
        read_url: links::desk_version(&of.slug, version.document_id, version.number),
        publish_url: (may && day.is_none()).then(|| links::desk_publish(&of.slug, version.document_id, version.number)),
        published_words: day,
    }
}

/// How many passages met each fate, in the order of the list of fates.
pub(super) fn counted(links: &[drafts::Link]) -> Vec<(drafts::Change, usize)> {
    let mut counts: BTreeMap<drafts::Change, usize> = BTreeMap::new();
    for link in links {
        *counts.entry(link.change).or_default() += 1;
    }
    counts.into_iter().collect()
}
