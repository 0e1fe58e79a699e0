//! The documents of a consultation and their versions, and the way in for the next.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::Way;
use super::draft_preview;
use super::typed::{Sent, Typed};
use crate::consultations::{self, Consultation};
use crate::drafts::{self, Brought, Document, Format, Kind, Version, document, version as versions};
use crate::links;
use crate::refusal::Refusal;
use crate::store::Fault;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{DocumentRow, DraftPage, Page, VersionRow};
use crate::words::Language;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (consultation, documents) = read(&house, &slug).await?;
    let (page, token) = super::page_of(&request, &house, &consultation, Way::Draft);
    let page = super::saying_saved(page, &request, &house);
    let asked = match request.query_string() {
        "document=comparison" => Typed(vec![("document".to_owned(), Kind::Comparison.to_string())]),
        _ => Typed::default(),
    };
    let view = view(&house, page, &consultation, documents, &asked);
    super::shown(&house, "desk/draft.html", &view, token)
}

/// Takes a text apart and shows it as it would stand; nothing is stored yet.
///
/// # Errors
/// A consultation that is closed; mistakes come back beside their fields.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Failure> {
    let typed = Typed(sent.fields.0);
    let (consultation, documents) = read(&house, &slug).await?;
    drafts::may_publish(&consultation)?;
    let chosen = documents.iter().map(|(document, _)| document).find(|one| one.id.to_string() == typed.get("document"));
    let brought = match sent.files.iter().find(|file| file.field == "draft_file") {
        Some(file) => Brought { name: file.file_name.clone(), said: None, bytes: file.bytes.to_vec() },
        None => {
            Brought { name: String::new(), said: Some(Format::Markdown), bytes: typed.get("draft").as_bytes().to_vec() }
        }
    };
    // A mistake stands beside the field it came from.
    let field = if brought.name.is_empty() { "draft" } else { "draft_file" };
    match draft_preview::look(&house, chosen.map(|document| document.id), brought).await {
        Ok(look) => {
            draft_preview::show(&request, &house, &consultation, (chosen, new_kind(&typed, &documents)), look).await
        }
        Err(Refusal::Invalid(problems)) => {
            let problems: Vec<Problem> =
                problems.into_iter().map(|one| Problem { field: field.to_owned(), ..one }).collect();
            mend(&request, &house, &consultation, documents, &problems, &typed)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// What a text becomes that is no version of a document yet: the employer's where that is chosen.
fn new_kind(typed: &Typed, documents: &Documents) -> Kind {
    let is_theirs = typed.get("document") == Kind::Comparison.as_str() && !documents.is_empty();
    if is_theirs { Kind::Comparison } else { Kind::Proposal }
}

/// The page again, with what must be mended and everything typed.
pub(super) fn mend(
    request: &HttpRequest,
    house: &House,
    of: &Consultation,
    documents: Documents,
    problems: &[Problem],
    typed: &Typed,
) -> Result<HttpResponse, Failure> {
    let (page, token) = super::page_of(request, house, of, Way::Draft);
    let page = super::mending(page, house, problems);
    let view = view(house, page, of, documents, typed);
    super::shown_as(StatusCode::UNPROCESSABLE_ENTITY, house, "desk/draft.html", &view, token)
}

pub(super) type Documents = Vec<(Document, Vec<Version>)>;

pub(super) async fn read(house: &House, slug: &str) -> Result<(Consultation, Documents), Failure> {
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
    let has_comparison = rows.iter().any(|row| row.kind == Kind::Comparison.as_str());
    let offers_comparison = may && !rows.is_empty() && !has_comparison;
    DraftPage {
        page,
        documents: rows,
        add_url: offers_comparison.then(|| format!("{}?document=comparison#bring", links::desk_draft(&of.slug))),
        pairs_url: has_comparison.then(|| links::desk_pairs(&of.slug)),
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
        compare_url: (version.number > 1)
            .then(|| links::desk_compare(&of.slug, version.document_id, version.number - 1, version.number, 1)),
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
