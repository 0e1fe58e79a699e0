//! A comment's own address, to be cited among negotiators.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::comments::count_at;
use super::file_comments::FileComments;
use super::said::{Room, passage, said};
use crate::consultations;
use crate::ids::CommentId;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::Search;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::standing::Standing;
use crate::web::view::DeskOneComment;

/// # Errors
/// No such comment at the desks (any more); the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, key) = path.into_inner();
    let id: CommentId = key.parse().map_err(|_| Failure::NotFound)?;
    let reading = house.clone();
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let desk = reading.desks.of(tx, &reading.keys, &consultation)?;
        let (one, around) = desk.one(tx, id)?;
        let standing = Standing::of(tx, &reading, &one.comment)?;
        let about = match one.comment.block_key.as_deref() {
            None => None,
            Some(key) => {
                let edition = reading.shelf.edition(tx, one.comment.document_id, one.comment.version_number)?;
                Some(passage(&reading, &slug, key, edition.block(key).map(|block| (edition.kind, block)), Room::WHOLE))
            }
        };
        let from_file = FileComments::read(tx, &consultation)?;
        let from_file = from_file.on(one.comment.document_id, one.comment.block_key.as_deref());
        Ok::<_, Refusal>((consultation, desk, one, around, about, standing, from_file))
    });
    let (consultation, desk, one, [before, after], about, standing, from_file) = found.await?;
    let (page, token) = super::page_of(&request, &house, &consultation, super::Way::Comments);
    let slug = &consultation.slug;
    let block = one.comment.block_key.clone();
    let view = DeskOneComment {
        page,
        about,
        from_file,
        place_url: links::desk_comments_where(slug, &[("block", block.as_deref().unwrap_or("whole"))]),
        place_count: count_at(&desk, one.comment.document_id, block.as_deref()),
        all_url: links::desk_comments(slug),
        before_url: before.map(|id| links::desk_comment(slug, id)),
        after_url: after.map(|id| links::desk_comment(slug, id)),
        comment: said(slug, one, standing.as_ref(), &Search::default(), Room::WHOLE),
    };
    super::shown(&house, "desk/one_comment.html", &view, token)
}
