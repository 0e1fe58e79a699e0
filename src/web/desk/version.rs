//! One version of a document, published or not: as members would read it, and against the one before.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::Way;
use crate::consultations::{self, Consultation};
use crate::drafts::import::letter_html;
use crate::drafts::{
    self, Block, Change, Document, Dropped, Kind, Link, Version, change, document, version as versions,
};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{BlockView, ChangeCount, DroppedRow, GoneBlock, VersionPage};
use crate::words::Language;

/// # Errors
/// No such consultation, document or version; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, document, number) = path.into_inner();
    let (document, number) = named(&document, &number)?;
    show(&request, &house, &slug, document, number, Vec::new()).await
}

/// The page of one version, telling what its source held and the blocks do not.
///
/// # Errors
/// As [`get`].
pub(super) async fn show(
    request: &HttpRequest,
    house: &House,
    slug: &str,
    document: Id,
    number: i32,
    dropped: Vec<Dropped>,
) -> Result<HttpResponse, Failure> {
    let slug = slug.to_owned();
    let seen = house.read(move |tx| Seen::read(tx, &slug, document, number)).await?;
    let (page, token) = super::page_of(request, house, &seen.of, Way::Draft);
    let slug = seen.of.slug.clone();
    let may = drafts::may_publish(&seen.of).is_ok() && seen.version.published_at.is_none();
    let published = seen.version.published_at.map(|at| house.words.date_words(Language::English, seen.of.day_of(at)));
    let mut view = VersionPage {
        page,
        title: seen.document.title.clone(),
        number,
        published_words: published,
        note: seen.version.note.clone(),
        against: seen.before.as_ref().map(|(number, _)| *number),
        counts: counts(&seen.links),
        blocks: seen.blocks.iter().map(block_view).collect(),
        marks: seen.marks(),
        gone: seen.gone(),
        dropped: dropped.into_iter().map(|Dropped { what, place }| DroppedRow { what, place }).collect(),
        letter_html: if seen.document.kind == Kind::Proposal { letter_html(&seen.of.letter) } else { String::new() },
        fate_url: (number > 1).then(|| links::desk_fate(&slug, document, number, &[])),
        compare_url: (number > 1).then(|| links::desk_compare(&slug, document, number - 1, number, 1)),
        publish_url: may.then(|| links::desk_publish(&slug, document, number)),
        back_url: links::desk_draft(&slug),
    };
    BlockView::join_lists(&mut view.blocks);
    super::shown(house, "desk/version.html", &view, token)
}

/// A document and a version as an address names them.
///
/// # Errors
/// What cannot be read is not there.
pub(super) fn named(document: &str, number: &str) -> Result<(Id, i32), Failure> {
    Ok((document.parse().map_err(|_| Failure::NotFound)?, number.parse().map_err(|_| Failure::NotFound)?))
}

pub(super) fn counts(links: &[Link]) -> Vec<ChangeCount> {
    let counted = super::draft::counted(links);
    counted.into_iter().map(|(change, count)| ChangeCount { change: change.as_str(), count }).collect()
}

/// A version with what it changes.
pub(super) struct Seen {
    pub of: Consultation,
    pub document: Document,
    pub version: Version,
    pub blocks: Vec<Block>,
    /// Number and blocks of the version it is compared with.
    before: Option<(i32, Vec<Block>)>,
    /// Empty for a first version.
    pub links: Vec<Link>,
}

impl Seen {
    /// # Errors
    /// No such consultation, document or version.
    pub fn read(tx: &mut Tx, slug: &str, document_id: Id, number: i32) -> Result<Self, Refusal> {
        let of = consultations::by_slug(tx, slug)?;
        let document = document::by_id(tx, document_id)?;
        if document.consultation_id != of.id {
            return Err(Refusal::Unknown("document"));
        }
        let version = versions::by_number(tx, document_id, number)?;
        let blocks = versions::blocks(tx, version.id)?;
        let (mut before, mut links) = (None, Vec::new());
        if number > 1 {
            let earlier = versions::by_number(tx, document_id, number - 1)?;
            before = Some((earlier.number, versions::blocks(tx, earlier.id)?));
            links = change::between(tx, document_id, earlier.number, number)?;
        }
        Ok(Self { of, document, version, blocks, before, links })
    }

    fn marks(&self) -> BTreeMap<String, &'static str> {
        let changed = self.links.iter().filter(|link| link.change != Change::Unchanged);
        changed.flat_map(|link| link.to.iter().map(|key| (key.clone(), link.change.as_str()))).collect()
    }

    fn gone(&self) -> Vec<GoneBlock> {
        let Some((_, before)) = &self.before else { return Vec::new() };
        let gone: Vec<&String> =
            self.links.iter().filter(|link| link.change == Change::Gone).flat_map(|link| &link.from).collect();
        let shown = before.iter().filter(|block| gone.contains(&&block.key));
        shown.map(|block| GoneBlock { number: block.number.clone(), text: block.text.clone() }).collect()
    }
}

fn block_view(block: &Block) -> BlockView {
    BlockView {
        key: block.key.clone(),
        number: block.number.clone(),
        kind: block.kind.as_str(),
        level: u8::try_from(block.level).unwrap_or(6).min(6),
        html: block.html.clone(),
        opens_list: false,
        closes_list: false,
    }
}
