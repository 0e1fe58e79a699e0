//! Consultations: `GET/POST /consultations`, `GET/PATCH /consultations/{slug}`, and what is done
//! with one: opening, closing, moving its deadline, watching how it goes.

mod fields;
pub mod questions;
mod stages;
mod watch;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

pub use fields::ConsultationJson;
pub use stages::{close, deadline, open};
pub use watch::{printed_codes, progress};

use self::fields::{Amend, Make};
use super::asked::{self, Parameters};
use super::replay::{Answer, once};
use crate::consultations;
use crate::mail;
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::visitor::deed;

/// # Errors
/// A bad parameter, or the database.
pub async fn list(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["limit", "after"])?;
    let links = house.links.clone();
    let listed = house
        .read(move |tx| {
            let mut listed = parameters.part(consultations::list(tx)?, |one| one.slug.clone())?;
            let next = listed.next.take();
            let shown: Result<_, _> =
                listed.items.into_iter().map(|one| ConsultationJson::of(tx, &links, one)).collect();
            Ok(asked::Listed { items: shown?, next })
        })
        .await?;
    Ok(HttpResponse::Ok().json(listed))
}

/// # Errors
/// Every field that must be mended.
pub async fn make(request: HttpRequest, house: Data<House>, body: Json<Make>) -> Result<HttpResponse, Failure> {
    let (deed, doing) = (deed(&request, &house)?, house.clone());
    once(&request, &house, &body.bytes, async move {
        let mut make = body.value;
        let questions = make.questions();
        let (new, has_slug) = make.read()?;
        let (id, links) = (deed.new_id(), doing.links.clone());
        let made = doing.write_new(id, move |tx| {
            let mut new = new.clone();
            if !has_slug {
                new.slug = consultations::free_slug(tx, &new.title)?;
            }
            let made = consultations::make(tx, &deed, id, &new)?;
            questions::set(tx, &deed, &made, &questions)?;
            ConsultationJson::of(tx, &links, made)
        });
        Answer::made(&made.await?)
    })
    .await
}

/// # Errors
/// No such consultation.
pub async fn get(house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (slug, links) = (asked::slug(&slug)?, house.links.clone());
    let shown = house.read(move |tx| {
        let found = consultations::by_slug(tx, &slug)?;
        ConsultationJson::of(tx, &links, found)
    });
    Ok(HttpResponse::Ok().json(shown.await?))
}

/// # Errors
/// Every field that must be mended; what the consultation's state forbids.
pub async fn change(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<Amend>,
) -> Result<HttpResponse, Failure> {
    let (deed, slug, links) = (deed(&request, &house)?, asked::slug(&slug)?, house.links.clone());
    let mut amend = body.value;
    let questions = amend.questions();
    let change = amend.read()?;
    let changed = house.write(move |tx| {
        let changed = consultations::change(tx, &deed, &slug, &change)?;
        mail::follow_deadline(tx, &changed)?;
        if let Some(questions) = &questions {
            questions::set(tx, &deed, &changed, questions)?;
        }
        ConsultationJson::of(tx, &links, changed)
    });
    Ok(HttpResponse::Ok().json(changed.await?))
}
