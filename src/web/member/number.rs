//! Numbers that people have on paper: `/c/SLUG/4.2?version=1` leads to the passage today, or says
//! what became of it.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{asked, see_other};
use super::leaf;
use super::onlooker::{Look, Onlooker};
use crate::consultations::{Arrival, Consultation};
use crate::drafts::paper::{self, Cited};
use crate::drafts::{self, Block, Change, Today};
use crate::links;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::around::Arrived;
use crate::web::changes::{Sides, opening};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{NearRow, NumberBecame, NumberPage};

/// Longer than any number of a passage.
const LONGEST: usize = 40;

/// # Errors
/// No such consultation, or nothing that could be a number; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, number) = path.into_inner();
    if number.len() > LONGEST || !number.starts_with(|sign: char| sign.is_alphanumeric()) {
        return Err(Failure::NotFound);
    }
    let version = asked(&request, "version").and_then(|version| version.parse::<i32>().ok());
    let wanted = number.trim_end_matches('.').to_owned();
    let shared = house.clone();
    let look = Onlooker::looks(&request, &house, &slug, move |tx, onlooker| {
        onlooker.current()?;
        leads(tx, &shared, &onlooker.consultation, &wanted, version)
    });
    let (onlooker, cited) = match look.await {
        Ok(Look::Seen(_, Leads::To(address))) => {
            return Ok(HttpResponse::Found().insert_header((header::LOCATION, address)).finish());
        }
        Ok(Look::Seen(onlooker, Leads::Became(cited))) => (onlooker, cited),
        Ok(Look::ForMembers) => return Ok(see_other(&links::consultation(&slug))),
        Err(failure) => return Err(failure),
    };
    let current = onlooker.current()?.number;
    let is_open = onlooker.consultation.judge(Arrived::of(&request, &house)) == Arrival::OnTime;
    let may_comment = onlooker.here.is_some() && is_open;
    let ways = Ways { slug: &slug, current, may_comment };
    let status = if matches!(cited, Cited::Nowhere { .. }) { StatusCode::NOT_FOUND } else { StatusCode::OK };
    onlooker.frame(&request, &house).show(&house, status, "member/number.html", |page| {
        let title = onlooker.consultation.title.clone();
        let read_url = links::consultation(&slug);
        let view = NumberPage { page, title, number, current, read_url, ..NumberPage::default() };
        match cited {
            Cited::Became { today, is_older } => NumberPage { became: Some(ways.became(&today, is_older)), ..view },
            Cited::Nowhere { version, near } => {
                let near = near.iter().map(|block| ways.near(block, version)).collect();
                NumberPage { version, near, ..view }
            }
            Cited::Stands { .. } => view,
        }
    })
}

/// Where an address leads.
enum Leads {
    To(String),
    Became(Cited),
}

/// A passage by its key, of whichever text, is looked for where it is read today; all else is a
/// number of the draft.
fn leads(tx: &mut Tx, house: &House, of: &Consultation, wanted: &str, version: Option<i32>) -> Result<Leads, Refusal> {
    let by_key = match drafts::place(tx, of.id, Some(wanted), None) {
        Ok(place) if place.block_key.as_deref() == Some(wanted) => Some(place),
        Ok(_) | Err(Refusal::Invalid(_)) => None,
        Err(refusal) => return Err(refusal),
    };
    let (document, number, key) = match by_key {
        Some(place) => (place.document_id, place.version_number, wanted.to_owned()),
        None => match paper::cited(tx, of.id, wanted, version)? {
            Cited::Stands { key } => {
                let place = drafts::place(tx, of.id, Some(&key), None)?;
                (place.document_id, place.version_number, key)
            }
            cited => return Ok(Leads::Became(cited)),
        },
    };
    let current = drafts::version::published(tx, document)?.map_or(number, |current| current.number);
    let edition = house.shelf.edition(tx, document, current)?;
    if edition.block(&key).is_none() {
        let today = house.shelf.today(tx, document, number, &key)?;
        return Ok(Leads::Became(Cited::Became { today: Box::new((*today).clone()), is_older: true }));
    }
    Ok(Leads::To(leaf::address(tx, house, of, &edition, &key)?))
}

struct Ways<'a> {
    slug: &'a str,
    current: i32,
    may_comment: bool,
}

impl Ways<'_> {
    fn became(&self, today: &Today, is_older: bool) -> NumberBecame {
        let slug = self.slug;
        let before: Vec<Block> = std::iter::once(&today.then).chain(&today.with).cloned().collect();
        let before_url = |key: &str| links::version(slug, today.version, Some(key));
        let after_url = |key: &str| links::block(slug, key);
        let sides = Sides { before: &before, after: &today.now, before_url: &before_url, after_url: &after_url };
        // Its own words against what it is now: those it was joined with are named, not shown.
        let to: Vec<usize> = (0..today.now.len()).collect();
        let change = if today.change == Change::Merged { Change::Reworded } else { today.change };
        let mut what = sides.change(1, change, &[0], &to);
        what.change = today.change.as_str();
        NumberBecame {
            then: today.version,
            is_older,
            what,
            today: today.now.iter().map(|block| self.near(block, self.current)).collect(),
            with: today.with.iter().map(|block| block.number.clone()).collect(),
            after: today.stood_after.as_ref().map(|block| self.near(block, self.current)),
            comment_whole_url: self.may_comment.then(|| links::comment(slug, "whole")),
            compare_url: links::compare(slug, today.version, self.current, 1),
        }
    }

    fn near(&self, block: &Block, version: i32) -> NearRow {
        let is_current = version == self.current;
        NearRow {
            number: block.number.clone(),
            text: opening(&block.text),
            url: if is_current {
                links::block(self.slug, &block.key)
            } else {
                links::number(self.slug, &block.number, version)
            },
            comment_url: (self.may_comment && is_current)
                .then(|| format!("{}?version={version}", links::comment(self.slug, &block.key))),
        }
    }
}
