//! What meetings and slips said, for the desks: those that count, those that wait, and the range.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::shown::Records;
use super::{Clerk, Said};
use crate::consultations::State;
use crate::links;
use crate::people::Role;
use crate::responses::group_response::{Group, GroupState};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::DeskGroups;
use crate::web::visitor::Visitor;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let clerk = Clerk::of(&request, &house, &slug).await?;
    let organises = Visitor::colleague(&request)?.roles.may(Role::Organiser);
    let (shared, of) = (house.clone(), clerk.of.clone());
    let records = house.read(move |tx| Records::of(tx, &shared, &of)).await?;
    let rows = |state: GroupState| {
        let of_state = records.groups.iter().filter(move |one: &&Group| one.state == state);
        of_state.map(|one| records.row(&house, one, clerk.at(&one.id.to_string()))).collect()
    };
    let open = organises && clerk.of.state == State::Open;
    let notice = match request.query_string() {
        "done=withdrawn" => Some("groups-withdrawn"),
        _ => None,
    };
    clerk.show(&request, &house, "desk/groups.html", Said::notice(notice), |page| DeskGroups {
        page,
        beside: records.beside(&house, &slug),
        waiting: if organises { rows(GroupState::Recorded) } else { Vec::new() },
        declined: if organises { rows(GroupState::Declined) } else { Vec::new() },
        new_url: open.then(|| clerk.at("new")),
        slips_url: open.then(|| clerk.at("slips")),
        pack_url: organises.then(|| links::desk_team_pack(&slug, &[])),
    })
}
