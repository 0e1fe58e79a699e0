//! `POST …/documents`, `…/versions`, `…/publish`: what organisers bring.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use super::{DocumentJson, VersionJson, called};
use crate::consultations;
use crate::drafts::document::{self, Kind};
use crate::drafts::{self, Block, Dropped, FileNote, Format, Link, import as source, version as versions};
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};
use crate::text;
use crate::web::api::asked::{self, Parameters};
use crate::web::api::replay::{Answer, once};
use crate::web::error::Failure;
use crate::web::form::{File, Json};
use crate::web::house::House;
use crate::web::visitor::deed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Make {
    kind: Option<String>,
    title: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    note: Option<String>,
}

/// What an import made, and what became of the passages of the version before.
#[derive(Serialize)]
struct Imported {
    number: i32,
    title: String,
    blocks: Vec<Block>,
    changes: Vec<Link>,
    dropped: Vec<Dropped>,
    comments_in_file: Vec<FileNote>,
}

/// # Errors
/// Every field that must be mended; a second proposal.
pub async fn make(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<Make>,
) -> Result<HttpResponse, Failure> {
    let (deed, slug, doing) = (deed(&request, &house)?, asked::slug(&slug)?, house.clone());
    once(&request, &house, &body.bytes, async move {
        let mut problems = Problems::default();
        let kind = Kind::from_value(body.value.kind.as_deref().unwrap_or_default());
        if kind.is_none() {
            problems.note("kind", "not-a-choice", "Choose one of proposal, comparison and supporting.");
        }
        let title = problems.check(text::line("title", body.value.title.as_deref().unwrap_or_default()));
        problems.none()?;
        let (Some(kind), Some(title)) = (kind, title) else { return Err(Refusal::Invalid(Vec::new()).into()) };
        let made = doing.write(move |tx| {
            let consultation = consultations::by_slug(tx, &slug)?;
            document::make(tx, &deed, consultation.id, kind, &title)
        });
        let made = made.await?;
        Answer::made(&DocumentJson { id: made.id, kind: made.kind, title: made.title, versions: Vec::new() })
    })
    .await
}

/// Takes a text apart into the document's next version, unpublished.
///
/// # Errors
/// A body of another type; a text that cannot be read, with what to do.
pub async fn import(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    file: File,
) -> Result<HttpResponse, Failure> {
    let format = format(&request)?;
    let parameters = Parameters::of(&request, &["comments"])?;
    let takes_comments = match parameters.get("comments") {
        None | Some("leave") => false,
        Some("take") => true,
        Some(_) => return Err(Refusal::field("comments", "not-a-choice", "Choose take or leave.").into()),
    };
    let (slug, name) = path.into_inner();
    let (deed, slug, doing) = (deed(&request, &house)?, asked::slug(&slug)?, house.clone());
    once(&request, &house, &file.0.clone(), async move {
        let limit = if matches!(format, Format::Docx | Format::Odt) { source::FILE_MAX } else { source::SOURCE_MAX };
        if file.0.len() > limit {
            return Err(Failure::TooLarge { limit });
        }
        let (document, base) = doing
            .read(move |tx| {
                let consultation = consultations::by_slug(tx, &slug)?;
                let document = called(tx, consultation.id, &name)?;
                let base = versions::base(tx, document.id)?;
                Ok((document, base))
            })
            .await?;
        let chance = doing.chance.clone();
        // Slow for long texts: not on a thread that serves others.
        let prepared = tokio::task::spawn_blocking(move || {
            let parsed = match format {
                Format::Markdown | Format::Plain => {
                    let text = std::str::from_utf8(&file.0).map_err(|_| {
                        Refusal::field("source", "not-utf-8", "Save the text as UTF-8 and send it again.")
                    })?;
                    source::parse(format, text)?
                }
                Format::Html | Format::Docx | Format::Odt => source::read(&file.0, "", Some(format))?,
            };
            Ok::<_, Refusal>(versions::prepare(&base, parsed, &chance))
        });
        let prepared = prepared.await.unwrap_or_else(|_| Err(Fault::Stopped.into()))?;
        let (id, mut storing) = (document.id, prepared.clone());
        if !takes_comments {
            storing.notes.clear();
        }
        let (version, blocks) = doing
            .write(move |tx| {
                let version = versions::store(tx, &deed, id, &storing)?;
                // Read back, since pictures have their addresses now.
                let blocks = versions::blocks(tx, version.id)?;
                Ok((version, blocks))
            })
            .await?;
        Answer::made(&Imported {
            number: version.number,
            title: prepared.title.unwrap_or(document.title),
            blocks,
            changes: prepared.links,
            dropped: prepared.dropped,
            comments_in_file: prepared.notes,
        })
    })
    .await
}

/// Publishes a version; from then on it never changes.
///
/// # Errors
/// A consultation that is closed; published already; no note from version 2 on.
pub async fn publish(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String, String)>,
    body: Json<Publish>,
) -> Result<HttpResponse, Failure> {
    let (slug, name, number) = path.into_inner();
    let (deed, slug, doing) = (deed(&request, &house)?, asked::slug(&slug)?, house.clone());
    let number = asked::name(&number, "version")?;
    once(&request, &house, &body.bytes, async move {
        let note = body.value.note.unwrap_or_default();
        let by = deed.clone();
        let published = doing.write(move |tx: &mut Tx| {
            let consultation = consultations::by_slug(tx, &slug)?;
            let document = called(tx, consultation.id, &name)?;
            let version = drafts::publish(tx, &by, &consultation, document.id, number, &note)?;
            Ok((consultation.id, version))
        });
        let (consultation, version) = published.await?;
        drafts::pair::propose_first(&doing.store, &deed, consultation).await?;
        Answer::done(&VersionJson::from(version))
    })
    .await
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ODT: &str = "application/vnd.oasis.opendocument.text";

fn format(request: &HttpRequest) -> Result<Format, Failure> {
    let (kind, charset) = asked::content_type(request);
    if charset.is_some_and(|charset| !matches!(charset.as_str(), "utf-8" | "utf8" | "us-ascii")) {
        return Err(Failure::UnsupportedType { taken: "UTF-8 text" });
    }
    match kind.as_str() {
        "text/markdown" => Ok(Format::Markdown),
        "text/plain" => Ok(Format::Plain),
        "text/html" => Ok(Format::Html),
        DOCX => Ok(Format::Docx),
        ODT => Ok(Format::Odt),
        _ => Err(Failure::UnsupportedType { taken: "text/markdown, text/plain, text/html, DOCX or ODT" }),
    }
}
