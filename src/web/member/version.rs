//! A version of the draft that is no longer the current one, as it was published: comments and
//! paper refer to it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{asked, see_other};
use super::onlooker::{Look, Onlooker};
use crate::drafts::{Block, Version};
use crate::links;
use crate::refusal::Refusal;
use crate::web::changes::{block_views, for_paper};
use crate::web::comparing::version_note;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{OldVersionPage, VersionNote};

/// Most letters of markup in one part of a long text.
const LETTERS: usize = 60_000;

/// # Errors
/// No such consultation or published version; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, number) = path.into_inner();
    let number: i32 = number.parse().map_err(|_| Failure::NotFound)?;
    let shared = house.clone();
    let look = Onlooker::looks(&request, &house, &slug, move |tx, onlooker| {
        let version = onlooker.versions.iter().find(|one| one.number == number).ok_or(Refusal::Unknown("version"))?;
        shared.shelf.edition(tx, version.document_id, number)
    });
    let (onlooker, edition) = match look.await {
        Ok(Look::Seen(onlooker, edition)) => (onlooker, edition),
        Ok(Look::ForMembers) => return Ok(see_other(&links::consultation(&slug))),
        Err(failure) => return Err(failure),
    };
    let current = onlooker.current()?.number;
    if number == current {
        return Ok(see_other(&links::consultation(&slug)));
    }
    let language = onlooker.language(&request);
    let parts = parts(&edition.blocks);
    let at = asked(&request, "at");
    let place = at.and_then(|key| edition.blocks.iter().position(|block| block.key == key));
    let wanted = match place {
        Some(place) => parts.iter().position(|part| part.contains(&place)).unwrap_or_default(),
        None => asked(&request, "part").and_then(|part| part.parse::<usize>().ok()).unwrap_or(1).saturating_sub(1),
    };
    let part = wanted.min(parts.len().saturating_sub(1));
    let shown = parts.get(part).cloned().unwrap_or(0..0);
    let note = |one: &Version| {
        let is_current = one.number == current;
        let url = if is_current { links::consultation(&slug) } else { links::version(&slug, one.number, None) };
        version_note(&house, language, &onlooker.consultation, one, url, current)
    };
    let paper_number = for_paper(&edition.blocks);
    let own: VersionNote = note(&edition.version);
    onlooker.frame(&request, &house).show(&house, StatusCode::OK, "member/version.html", |page| OldVersionPage {
        page,
        title: onlooker.consultation.title.clone(),
        number,
        note: own.note,
        published_words: own.published_words.unwrap_or_default(),
        current,
        current_url: links::consultation(&slug),
        compare_url: links::compare(&slug, number, current, 1),
        versions: onlooker.versions.iter().map(note).collect(),
        blocks: block_views(&edition.blocks[shown]),
        part: part + 1,
        parts: parts.len(),
        previous_url: (part > 0).then(|| links::version_part(&slug, number, part)),
        next_url: (part + 1 < parts.len()).then(|| links::version_part(&slug, number, part + 2)),
        paper_url: house.links.absolute(&links::number(&slug, &paper_number, number)),
        paper_number: paper_number.clone(),
    })
}

/// The text in parts of about the same length.
fn parts(blocks: &[Block]) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut letters) = (0, 0);
    for (place, block) in blocks.iter().enumerate() {
        // What stands around each passage counts too.
        let own = block.html.len() + 120;
        if letters > 0 && letters + own > LETTERS {
            parts.push(start..place);
            (start, letters) = (place, 0);
        }
        letters += own;
    }
    if start < blocks.len() {
        parts.push(start..blocks.len());
    }
    parts
}
