//! Two published versions of the draft beside each other: for members, and for anybody where the
//! draft is public.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{asked, see_other};
use super::onlooker::{Look, Onlooker};
use crate::links;
use crate::refusal::Refusal;
use crate::web::comparing::{Comparison, Ways, version_note};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::ComparePage;

/// # Errors
/// No such consultation or version; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let number = |name: &str| asked(&request, name).and_then(|written| written.parse::<i32>().ok());
    let (from, to, part) = (number("from"), number("to"), number("part"));
    let shared = house.clone();
    let look = Onlooker::looks(&request, &house, &slug, move |tx, onlooker| {
        let current = onlooker.current()?;
        let to = to.unwrap_or(current.number);
        let from = from.unwrap_or(to.saturating_sub(1));
        // Either way round is the same comparison, told forwards.
        let (from, to) = (from.min(to), from.max(to));
        let known = |number: i32| onlooker.versions.iter().any(|one| one.number == number);
        if from == to || !known(from) || !known(to) {
            return Err(Refusal::Unknown("version"));
        }
        Comparison::read(tx, &shared, current.document_id, from, to)
    });
    let (onlooker, comparison) = match look.await {
        Ok(Look::Seen(onlooker, comparison)) => (onlooker, comparison),
        Ok(Look::ForMembers) => return Ok(see_other(&links::consultation(&slug))),
        Err(failure) => return Err(failure),
    };
    let current = onlooker.current()?.number;
    let language = onlooker.language(&request);
    let slug = onlooker.consultation.slug.clone();
    let passage = |number: i32, key: &str| {
        if number == current { links::block(&slug, key) } else { links::version(&slug, number, Some(key)) }
    };
    let version =
        |number: i32| if number == current { links::consultation(&slug) } else { links::version(&slug, number, None) };
    let (from, to) = (comparison.before.version.number, comparison.after.version.number);
    let address = |part: usize| links::compare(&slug, from, to, part);
    let ways = Ways { passage: &passage, part: &address };
    let note = |one| version_note(&house, language, &onlooker.consultation, one, version(one.number), current);
    let frame = onlooker.frame(&request, &house);
    frame.show(&house, StatusCode::OK, "member/compare.html", |page| {
        let part = part.and_then(|part| usize::try_from(part).ok()).unwrap_or(1);
        ComparePage {
            title: onlooker.consultation.title.clone(),
            back_url: links::consultation(&slug),
            versions: onlooker.versions.iter().map(|one| one.number).collect(),
            action_url: links::compare_form(&slug),
            notes: onlooker.versions.iter().filter(|one| (from + 1..=to).contains(&one.number)).map(note).collect(),
            ..comparison.page(page, part, &ways)
        }
    })
}
