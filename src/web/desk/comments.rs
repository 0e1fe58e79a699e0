//! What was said, in the order of the document, and the files made of it.

use std::collections::HashMap;

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::collation::export::{self, Format};
use crate::collation::{self, Audience};
use crate::consultations::{self, Consultation};
use crate::drafts::{self, Block, BlockKind, Change};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, Filter};
use crate::web::download;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{DeskComment, DeskComments, DeskSection, Quoted};
use crate::web::visitor;

#[derive(Deserialize)]
pub struct Asked {
    after: Option<String>,
}

/// # Errors
/// No such consultation; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let after = match asked.after.as_deref() {
        Some(after) => Some(after.parse().map_err(|_| Failure::NotFound)?),
        None => None,
    };
    let keys = house.keys.clone();
    let (consultation, found, texts) = house
        .read(move |tx| {
            let consultation = consultations::by_slug(tx, &slug)?;
            let places = responses::places(tx, consultation.id)?;
            let total = places.counted.iter().map(|(_, count)| usize::try_from(*count).unwrap_or_default()).sum();
            let shown = responses::comments(tx, &keys, consultation.id, &Filter::default(), after, AT_ONCE)?;
            let mut texts = Texts { total, statuses: drafts::statuses(tx, consultation.id)?, ..Texts::default() };
            for document in drafts::document::list(tx, consultation.id)? {
                for version in drafts::version::list(tx, document.id)? {
                    texts.version = texts.version.max(version.number);
                    for block in drafts::version::blocks(tx, version.id)? {
                        texts.blocks.insert((document.id, version.number, block.key.clone()), block);
                    }
                }
            }
            Ok::<_, Refusal>((consultation, shown, texts))
        })
        .await?;
    let (page, token) = super::page_of(&request, &house, &consultation, super::Way::Comments);
    let next_url =
        found.next.as_ref().map(|after| format!("{}?after={after}", links::desk_comments(&consultation.slug)));
    let view = DeskComments {
        page,
        version: texts.version,
        total: texts.total,
        sections: sections(&consultation, found.comments, &texts),
        export_url: links::desk_export(&consultation.slug),
        next_url,
    };
    super::shown(&house, "desk/comments.html", &view, token)
}

#[derive(Deserialize)]
pub struct ExportForm {
    format: String,
}

/// Makes or re-uses the current release and hands over the file.
///
/// # Errors
/// Nothing at the desks yet; the database fails.
pub async fn export(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    form: Form<ExportForm>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let format: Format = export::asked(&form.0.format, Audience::Negotiator.as_str())?;
    let asked = slug.clone();
    let consultation = house.read(move |tx| consultations::by_slug(tx, &asked)).await?;
    let release = collation::current(&house.store, &house.keys, &deed, &slug).await?;
    download::release(&house, &deed, consultation, release, format, Audience::Negotiator).await
}

/// Comments on one page.
const AT_ONCE: usize = 200;

/// What comments are shown beside.
#[derive(Default)]
struct Texts {
    total: usize,
    version: i32,
    statuses: drafts::Statuses,
    blocks: HashMap<(Id, i32, String), Block>,
}

fn sections(consultation: &Consultation, comments: Vec<responses::DeskComment>, texts: &Texts) -> Vec<DeskSection> {
    let mut sections: Vec<((Id, Option<String>), DeskSection)> = Vec::new();
    for one in comments {
        let comment = one.comment;
        let place = (comment.document_id, comment.block_key.clone());
        if sections.last().is_none_or(|(last, _)| *last != place) {
            let about = comment.block_key.as_ref().map(|key| {
                let block = texts.blocks.get(&(comment.document_id, comment.version_number, key.clone()));
                quoted(&consultation.slug, key, block)
            });
            sections.push((place, DeskSection { about, comments: Vec::new() }));
        }
        let status = texts.statuses.of(comment.document_id, comment.version_number, comment.block_key.as_deref());
        if let Some((_, section)) = sections.last_mut() {
            section.comments.push(DeskComment {
                position: comment.position.to_string(),
                condition: comment.condition,
                body: comment.body,
                quote: comment
                    .quote
                    .and_then(|quote| serde_json::from_str::<responses::Quote>(&quote).ok())
                    .map(|quote| quote.exact)
                    .unwrap_or_default(),
                new_wording: comment.new_wording,
                label: one.label,
                permission: comment.permission.to_string(),
                name: one.name,
                late: comment.is_late,
                state: if status == Change::Unchanged { "current" } else { status.as_str() },
                version: comment.version_number,
            });
        }
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

fn quoted(slug: &str, key: &str, block: Option<&Block>) -> Quoted {
    let html = block.map_or_else(String::new, |block| match block.kind {
        BlockKind::Table | BlockKind::Figure => block.html.clone(),
        BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem => format!("<p>{}</p>", block.html),
    });
    Quoted {
        number: block.map(|block| block.number.clone()).unwrap_or_default(),
        html,
        read_url: links::block(slug, key),
    }
}
