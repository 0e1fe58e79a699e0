//! Throwing away a text that was written in the browser: asked first.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::Way;
use super::editor::At;
use super::typed::Anything;
use crate::drafts::working;
use crate::links;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::EditorDiscardPage;
use crate::web::visitor;

/// # Errors
/// No such document; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let at = At::read(&request, &house, path.into_inner()).await?;
    let Some(text) = &at.working else { return Ok(super::see(&at.url())) };
    let (page, token) = super::page_of(&request, &house, &at.of, Way::Draft);
    let view = EditorDiscardPage {
        page,
        title: at.document.title.clone(),
        by_words: at.by_words(&house, text).await?,
        words: text.markdown.split_whitespace().count(),
        action_url: links::desk_discard(&at.of.slug, at.document.id),
        back_url: at.url(),
    };
    super::shown(&house, "desk/editor_discard.html", &view, token)
}

/// # Errors
/// As [`get`].
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Anything>,
) -> Result<HttpResponse, Failure> {
    let at = At::read(&request, &house, path.into_inner()).await?;
    let deed = visitor::deed(&request, &house)?;
    let document = at.document.id;
    house.write(move |tx| working::discard(tx, &deed, document).map_err(Refusal::from)).await?;
    Ok(super::see(&links::desk_draft(&at.of.slug)))
}
