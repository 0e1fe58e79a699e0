//! Publishing a version: what it does, in numbers, and then the deed.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::Way;
use super::version::{Seen, counts, named};
use crate::consultations::State;
use crate::drafts;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, Fate};
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{CommentFate, PublishPage};
use crate::web::visitor;

#[derive(Deserialize)]
pub struct Publish {
    #[serde(default)]
    note: String,
}

/// # Errors
/// No such version, or one that is published already.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    show(&request, &house, path.into_inner(), "", &[]).await
}

/// # Errors
/// A consultation that is closed; published already. A note that is missing comes back.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String, String)>,
    form: Form<Publish>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let address = path.into_inner();
    let (document, number) = named(&address.1, &address.2)?;
    let (slug, note) = (address.0.clone(), form.0.note.clone());
    let by = deed.clone();
    let published = house.write(move |tx| {
        let seen = Seen::read(tx, &slug, document, number)?;
        drafts::publish(tx, &by, &seen.of, document, number, &note)?;
        Ok(seen.of.id)
    });
    match published.await {
        Ok(consultation) => {
            drafts::pair::propose_first(&house.store, &deed, consultation).await?;
            Ok(super::see(&format!("{}?{}", links::desk_draft(&address.0), super::SAVED)))
        }
        Err(Refusal::Invalid(problems)) => show(&request, &house, address, &form.0.note, &problems).await,
        // Pressed twice, or by two: it is out.
        Err(Refusal::Conflict { code: "already-published", .. }) => Ok(super::see(&links::desk_draft(&address.0))),
        Err(refusal) => Err(refusal.into()),
    }
}

async fn show(
    request: &HttpRequest,
    house: &House,
    (slug, document, number): (String, String, String),
    note: &str,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    let (document, number) = named(&document, &number)?;
    let (seen, fate) = house
        .read(move |tx| {
            let seen = Seen::read(tx, &slug, document, number)?;
            drafts::may_publish(&seen.of)?;
            let fate = responses::fate(tx, seen.of.id, document, number)?;
            Ok((seen, fate))
        })
        .await?;
    let slug = &seen.of.slug;
    if seen.version.published_at.is_some() {
        return Ok(super::see(&links::desk_draft(slug)));
    }
    let (page, token) = super::page_of(request, house, &seen.of, Way::Draft);
    let view = PublishPage {
        page: super::mending(page, house, problems),
        action_url: links::desk_publish(slug, document, number),
        back_url: links::desk_version(slug, document, number),
        title: seen.document.title.clone(),
        number,
        fate_url: (number > 1).then(|| links::desk_fate(slug, document, number, &[])),
        counts: counts(&seen.links),
        comments: told(fate),
        open: seen.of.state == State::Open,
        asks_note: number > 1,
        note: note.to_owned(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    super::shown_as(status, house, "desk/publish.html", &view, token)
}

/// The numbers, from as many comments on that none of them points at anybody.
fn told(fate: Fate) -> Option<CommentFate> {
    (fate.total() >= responses::FEWEST_TOLD).then_some(CommentFate {
        stays: fate.stays,
        moved: fate.moved,
        reworded: fate.reworded,
        gone: fate.gone,
    })
}
