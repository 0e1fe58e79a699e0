//! A member's way in: what recording is for, what becomes of it, and what she recorded.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::shown::Records;
use super::{Clerk, Said};
use crate::consultations::{Arrival, joining};
use crate::ids::Id;
use crate::links;
use crate::people;
use crate::responses::group_response::Group;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::OwnGroups;

/// # Errors
/// Nobody signed in, or the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let clerk = Clerk::of(&request, &house, &slug).await?;
    let (shared, of, member) = (house.clone(), clerk.of.clone(), clerk.member());
    let (records, rep_of, asking) = house
        .read(move |tx| {
            let places = match member {
                Some(member) => people::member::by_id(tx, member)?.teams,
                None => Vec::new(),
            };
            let rep_of: Vec<Id> = places.iter().filter(|place| place.is_rep).map(|place| place.team).collect();
            let asking = joining::waiting(tx, of.id, Some(&rep_of))?.len();
            Ok((Records::of(tx, &shared, &of)?, rep_of, asking))
        })
        .await?;
    let own = records.groups.iter().filter(|one: &&Group| !clerk.needs_code() && clerk.pen.holds(one));
    let rows = own.map(|one| records.row(&house, one, clerk.edit(one.id))).collect();
    let notice = match request.query_string() {
        "done=recorded" => Some("groups-recorded-own"),
        "done=changed" => Some("notice-saved"),
        "done=withdrawn" => Some("groups-withdrawn"),
        _ => None,
    };
    clerk.show(&request, &house, "groups/own.html", Said::notice(notice), |page| OwnGroups {
        page,
        title: clerk.of.title.clone(),
        read_url: links::consultation(&slug),
        rows,
        is_rep: !rep_of.is_empty(),
        open: clerk.of.judge(Arrived::of(&request, &house)) == Arrival::OnTime,
        deadline_words: house.words.deadline_words(clerk.language, clerk.of.deadline.local),
        new_url: clerk.at("new"),
        slips_url: clerk.at("slips"),
        code_url: clerk.needs_code().then(|| links::code(&slug)),
        joining_url: (!rep_of.is_empty()).then(|| links::joining(&slug)),
        joining: asking,
    })
}
