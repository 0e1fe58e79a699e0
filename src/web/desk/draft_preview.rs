//! A text before it is stored: as it would stand, with everything that was left out.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::Way;
use super::draft;
use crate::consultations::Consultation;
use crate::drafts::import::{PICTURE_SCHEME, Picture};
use crate::drafts::{
    self, BlockKind, Brought, Document, Dropped, FileNote, Kind, Prepared, brought, document, version as versions,
};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::store::{Fault, Side};
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{BlockView, DraftPreviewPage, DroppedRow, FileCommentRow, FoundCount};
use crate::web::visitor;
use crate::words::Language;

/// Most bytes of the pictures that a preview shows.
const SHOWN_BYTES_MAX: usize = 1_500_000;
/// Most bytes of one of them.
const SHOWN_BYTES_EACH: usize = 400_000;

/// A text made ready, and the file it came from.
pub(super) struct Look {
    pub brought: Brought,
    pub prepared: Prepared,
}

/// Takes a file apart against the document's last version; nothing is stored.
///
/// # Errors
/// What cannot be read, with what to do.
pub(super) async fn look(house: &House, document: Option<Id>, brought: Brought) -> Result<Look, Refusal> {
    let base = match document {
        Some(id) => house.read(move |tx| Ok(versions::base(tx, id)?)).await?,
        None => versions::Base::default(),
    };
    let chance = house.chance.clone();
    // Slow for long texts: not on a thread that serves others.
    let ready = tokio::task::spawn_blocking(move || {
        let parsed = brought.read()?;
        Ok::<_, Refusal>(Look { prepared: versions::prepare(&base, parsed, &chance), brought })
    });
    ready.await.unwrap_or_else(|_| Err(Fault::Stopped.into()))
}

/// Keeps the file, sealed, until it is used or two hours are over; answers its token.
///
/// # Errors
/// When the database fails.
pub(super) async fn keep(house: &House, brought: Brought) -> Result<String, Refusal> {
    let (keys, chance, now) = (house.keys.clone(), house.chance.clone(), house.clock.now());
    let sealed = tokio::task::spawn_blocking(move || brought::seal(keys.session(), &chance, &brought));
    let sealed = sealed.await.map_err(|_| Fault::Stopped)?;
    let token = sealed.token.clone();
    house.store.write(Side::Members, move |tx| Ok::<_, Refusal>(brought::keep(tx, &sealed, now)?)).await?;
    Ok(token)
}

/// The file of a token; none when its time is over.
///
/// # Errors
/// When the database fails.
pub(super) async fn kept(house: &House, token: &str) -> Result<Option<Brought>, Refusal> {
    let (keys, token, now) = (house.keys.clone(), token.to_owned(), house.clock.now());
    house.read(move |tx| Ok(brought::kept(tx, keys.session(), &token, now)?)).await
}

/// # Errors
/// When the page cannot be made.
pub(super) async fn show(
    request: &HttpRequest,
    house: &House,
    of: &Consultation,
    (document, kind): (Option<&Document>, Kind),
    look: Look,
) -> Result<HttpResponse, Failure> {
    let Look { brought, prepared } = look;
    let name = brought.name.clone();
    let kept = keep(house, brought).await?;
    let (page, token) = super::page_of(request, house, of, Way::Draft);
    let mut view = DraftPreviewPage {
        page,
        title: prepared.title.clone().or_else(|| document.map(|one| one.title.clone())).unwrap_or(of.title.clone()),
        name,
        found: found(&prepared),
        dropped: dropped(&prepared.dropped),
        comments: comments(&prepared),
        blocks: blocks(&prepared),
        use_url: links::desk_draft_use(&of.slug),
        other_url: links::desk_draft(&of.slug),
        kept,
        document: document.map_or_else(|| kind.to_string(), |one| one.id.to_string()),
    };
    BlockView::join_lists(&mut view.blocks);
    super::shown(house, "desk/draft_preview.html", &view, token)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Use {
    kept: String,
    document: String,
    comments: String,
}

/// Stores the text that was looked at as the document's next version, unpublished.
///
/// # Errors
/// A consultation that is closed; a version published meanwhile.
pub async fn store(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    form: Form<Use>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let (consultation, documents) = draft::read(&house, &slug).await?;
    drafts::may_publish(&consultation)?;
    let Some(brought) = kept(&house, &form.0.kept).await? else {
        let words = "This preview is older than two hours, or was used already. Choose the file again.";
        let gone = Problem::new("draft_file", "gone", words);
        return draft::mend(&request, &house, &consultation, documents, &[gone], &super::typed::Typed::default());
    };
    let known = documents.iter().map(|(document, _)| document.id).find(|id| id.to_string() == form.0.document);
    let Look { mut prepared, .. } = look(&house, known, brought).await?;
    if form.0.comments != "yes" {
        prepared.notes.clear();
    }
    let kind = if form.0.document == Kind::Comparison.as_str() { Kind::Comparison } else { Kind::Proposal };
    let title = match kind {
        Kind::Comparison => house.words.say(Language::English, "pairing-draft-default", &[]),
        Kind::Proposal | Kind::Supporting => consultation.title,
    };
    let (id, keys, kept) = (consultation.id, house.keys.clone(), form.0.kept);
    let (document, number) = house
        .write(move |tx| {
            let document = match known {
                Some(document) => document,
                None => document::make(tx, &deed, id, kind, prepared.title.as_deref().unwrap_or(&title))?.id,
            };
            let version = versions::store(tx, &deed, document, &prepared)?;
            brought::forget(tx, keys.session(), &kept)?;
            Ok((document, version.number))
        })
        .await?;
    Ok(super::see(&links::desk_version(&slug, document, number)))
}

fn found(prepared: &Prepared) -> Vec<FoundCount> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for block in &prepared.blocks {
        let kind = match block.kind {
            BlockKind::Heading => "1-heading",
            BlockKind::Paragraph => "2-paragraph",
            BlockKind::ListItem => "3-item",
            BlockKind::Table => "4-table",
            BlockKind::Figure => "5-figure",
        };
        *counts.entry(kind).or_default() += 1;
    }
    let counts = counts.into_iter().map(|(kind, count)| FoundCount { kind: kind.get(2..).unwrap_or_default(), count });
    counts.collect()
}

/// What the source held and the blocks do not, as rows.
pub(super) fn dropped(all: &[Dropped]) -> Vec<DroppedRow> {
    let row = |one: &Dropped| DroppedRow { what: one.what.clone(), place: one.place.clone() };
    all.iter().map(row).collect()
}

fn comments(prepared: &Prepared) -> Vec<FileCommentRow> {
    let row = |note: &FileNote| {
        let block = prepared.blocks.iter().find(|block| block.key == note.block);
        FileCommentRow {
            number: block.map(|block| block.number.clone()).unwrap_or_default(),
            quote: note.quote.clone(),
            body: note.body.clone(),
            ..FileCommentRow::default()
        }
    };
    prepared.notes.iter().map(row).collect()
}

/// The blocks with their pictures in them, as far as a light page may hold them.
fn blocks(prepared: &Prepared) -> Vec<BlockView> {
    let mut left = SHOWN_BYTES_MAX;
    let mut shown: BTreeMap<&str, String> = BTreeMap::new();
    for picture in &prepared.pictures {
        let size = picture.bytes.len();
        if size <= SHOWN_BYTES_EACH && size <= left {
            left -= size;
            shown.insert(&picture.hash, data_url(picture));
        }
    }
    let view = |block: &drafts::Block| BlockView {
        key: block.key.clone(),
        number: block.number.clone(),
        kind: block.kind.as_str(),
        level: u8::try_from(block.level).unwrap_or_default(),
        html: with_pictures(&block.html, &shown),
        ..BlockView::default()
    };
    prepared.blocks.iter().map(view).collect()
}

fn data_url(picture: &Picture) -> String {
    format!("data:{};base64,{}", picture.kind.as_str(), STANDARD.encode(&picture.bytes))
}

fn with_pictures(html: &str, shown: &BTreeMap<&str, String>) -> String {
    let mark = format!("src=\"{PICTURE_SCHEME}");
    let mut parts = html.split(mark.as_str());
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hash, rest) = part.split_once('"').unwrap_or((part, ""));
        // A picture that is too heavy for the preview shows its words.
        let to = shown.get(hash).map_or("data:,", String::as_str);
        whole.extend(["src=\"", to, "\"", rest]);
    }
    whole
}
