//! `POST` and `GET /consultations/{slug}/group-responses`: meetings and paper slips, beside comments.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::asked;
use crate::consultations::{self, Consultation};
use crate::drafts::{self, version};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::responses::group_response::{
    self, Circles, Entered, Group, GroupState, NewMeeting, NewPoint, NewSlip, Pen, Recorded, Recorder, heard,
};
use crate::responses::{Permission, Position, Source, Span};
use crate::store::Tx;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::member::Here;
use crate::web::visitor::{self, Visitor};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    /// `meeting` (the default) or `paper`.
    source: Option<String>,
    /// None: several teams together.
    team: Option<Id>,
    place: Option<String>,
    date: Option<String>,
    present: Option<i32>,
    #[serde(rename = "for")]
    in_favour: Option<i32>,
    against: Option<i32>,
    unsure: Option<i32>,
    #[serde(default)]
    points: Vec<NewPointOf>,
    dissent: Option<String>,
    told_by: Option<String>,
    version: Option<i32>,
    /// It is another one than what is there already.
    #[serde(default)]
    another: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPointOf {
    block: Option<String>,
    position: Option<String>,
    words: Option<String>,
    /// Of paper: points with the same number are on one slip; without, each is a slip.
    slip: Option<u32>,
    permission: Option<String>,
}

impl NewPointOf {
    fn point(&self) -> NewPoint {
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        NewPoint { block: given(&self.block), position: given(&self.position), words: given(&self.words) }
    }
}

#[derive(Serialize)]
struct Stored {
    id: Id,
    state: GroupState,
    people: usize,
}

/// # Errors
/// Fields to mend; not open; the same meeting or slip is there already.
pub async fn record(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<New>,
) -> Result<HttpResponse, Failure> {
    let slug = asked::slug(&slug)?;
    let pen = if matches!(Visitor::of(&request), Visitor::Staff(_)) {
        Pen::Organiser(visitor::deed(&request, &house)?)
    } else {
        let here = Here::of(&request, &house, &slug).await?;
        Pen::Member(Box::new(here.author), house.chance.clone(), Arrived::of(&request, &house))
    };
    let new = body.value;
    let source = new.source.as_deref().map_or(Some(Source::Meeting), Source::from_value);
    let stored = match source {
        Some(Source::Meeting) => {
            house
                .write(move |tx| {
                    let of = consultations::by_slug(tx, &slug)?;
                    match group_response::record(tx, &pen, &of, &meeting(&new), new.another)? {
                        Recorded::Stored(group) => Ok(*group),
                        Recorded::Twice(_) => Err(twice("These people have a record of this day already.")),
                    }
                })
                .await?
        }
        Some(Source::Paper) => house.write(move |tx| slips(tx, &pen, &slug, &new)).await?,
        _ => return Err(Refusal::field("source", "not-a-choice", "Choose meeting or paper.").into()),
    };
    let stored = Stored { id: stored.id, state: stored.state, people: stored.people() };
    Ok(HttpResponse::Created().json(stored))
}

fn twice(what: &str) -> Refusal {
    Refusal::conflict("recorded-already", format!("{what} If it is another one, send \"another\": true."))
}

fn meeting(new: &New) -> NewMeeting {
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    NewMeeting {
        team: new.team,
        place: given(&new.place),
        held_on: given(&new.date),
        present: new.present,
        in_favour: new.in_favour,
        against: new.against,
        unsure: new.unsure,
        dissent: given(&new.dissent),
        told_by: given(&new.told_by),
        version: new.version,
        points: new.points.iter().map(NewPointOf::point).collect(),
    }
}

/// A whole pile at once.
fn slips(tx: &mut Tx, pen: &Pen, slug: &str, new: &New) -> Result<Group, Refusal> {
    let of = consultations::by_slug(tx, slug)?;
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut pile = group_response::begin_slips(tx, pen, &of, new.team, &given(&new.date), &given(&new.told_by))?;
    let mut by_slip: BTreeMap<(u32, usize), Vec<&NewPointOf>> = BTreeMap::new();
    for (at, point) in new.points.iter().enumerate() {
        by_slip.entry(point.slip.map_or((u32::MAX, at), |slip| (slip, 0))).or_default().push(point);
    }
    for points in by_slip.into_values() {
        let slip = NewSlip {
            version: new.version,
            permission: points.iter().find_map(|point| point.permission.clone()).unwrap_or_default(),
            points: points.into_iter().map(NewPointOf::point).collect(),
            another: new.another,
        };
        match group_response::add_slip(tx, pen, &of, pile.id, &slip)? {
            Entered::Stored(now) => pile = now,
            Entered::Twice(_) => return Err(twice("A slip of these people with the same words is in already.")),
        }
    }
    Ok(pile)
}

#[derive(Serialize)]
struct Listed {
    /// People heard, from ten answers on: a range, for nobody knows who did both.
    heard: Option<Span>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: Id,
    source: Source,
    label: String,
    place: String,
    date: NaiveDate,
    people: usize,
    #[serde(rename = "for")]
    in_favour: Option<i32>,
    against: Option<i32>,
    unsure: Option<i32>,
    dissent: String,
    told_by: String,
    recorded_by: Recorder,
    points: Vec<ItemPoint>,
}

#[derive(Serialize)]
struct ItemPoint {
    block: Option<String>,
    block_number: Option<String>,
    version: i32,
    state: &'static str,
    position: Option<Position>,
    words: String,
    permission: Permission,
    /// Points of one slip share a number; it says nothing about order.
    slip: Option<usize>,
}

/// Those that count.
///
/// # Errors
/// No such consultation; the database fails.
pub async fn list(house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (slug, shared) = (asked::slug(&slug)?, house.clone());
    let listed = house.read(move |tx| {
        let of = consultations::by_slug(tx, &slug)?;
        let groups = group_response::groups(tx, of.id)?;
        let alone = shared.progresses.of(tx, &shared.keys, &of)?.responded();
        Ok(Listed { heard: alone.map(|alone| heard(alone, &groups)), items: items(tx, &of, &groups)? })
    });
    Ok(HttpResponse::Ok().json(listed.await?))
}

fn items(tx: &mut Tx, of: &Consultation, groups: &[Group]) -> Result<Vec<Item>, Refusal> {
    let (circles, statuses) = (Circles::of(tx, of.id)?, drafts::statuses(tx, of.id)?);
    let order = drafts::order_of_blocks(tx, of.id)?;
    let mut numbers: BTreeMap<(Id, i32, String), String> = BTreeMap::new();
    for document in drafts::document::list(tx, of.id)? {
        for one in version::list(tx, document.id)?.into_iter().filter(|one| one.published_at.is_some()) {
            let blocks = version::blocks(tx, one.id)?.into_iter();
            numbers.extend(blocks.map(|block| ((document.id, one.number, block.key), block.number)));
        }
    }
    let item = |group: &Group| {
        let mut points: Vec<_> = group.points.iter().collect();
        points.sort_by_cached_key(|one| (order.of(one.document_id, one.block_key.as_deref()), one.key));
        let mut slips: Vec<i64> = Vec::new();
        let mut slip_number = |slip: Option<i64>| {
            let slip = slip?;
            let at = slips.iter().position(|known| *known == slip).unwrap_or_else(|| {
                slips.push(slip);
                slips.len() - 1
            });
            Some(at + 1)
        };
        let point = |one: &group_response::Point| ItemPoint {
            block_number: one
                .block_key
                .as_ref()
                .and_then(|key| numbers.get(&(one.document_id, one.version_number, key.clone())).cloned()),
            state: statuses.of(one.document_id, one.version_number, one.block_key.as_deref()).as_str(),
            block: one.block_key.clone(),
            version: one.version_number,
            position: one.position,
            words: one.words.clone(),
            permission: one.permission,
            slip: slip_number(one.slip),
        };
        Item {
            id: group.id,
            source: group.source,
            label: circles.name(group.whose),
            place: group.place.clone(),
            date: group.held_on,
            people: group.people(),
            in_favour: group.votes.map(|votes| votes.in_favour),
            against: group.votes.map(|votes| votes.against),
            unsure: group.votes.map(|votes| votes.unsure),
            dissent: group.dissent.clone(),
            told_by: group.told_by.clone(),
            recorded_by: group.recorded_by,
            points: points.into_iter().map(point).collect(),
        }
    };
    Ok(groups.iter().filter(|group| group.counts()).map(item).collect())
}
