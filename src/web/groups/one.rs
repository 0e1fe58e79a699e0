//! One record at the desks.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::shown::Records;
use super::{Clerk, Said, named};
use crate::consultations::State;
use crate::people::Role;
use crate::refusal::Refusal;
use crate::responses::Source;
use crate::responses::group_response::{GroupState, Recorder};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::GroupPage;
use crate::web::visitor::Visitor;

/// # Errors
/// No such record; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let (clerk, id) = (Clerk::of(&request, &house, &slug).await?, named(&id)?);
    let roles = Visitor::colleague(&request)?.roles;
    let organises = roles.may(Role::Organiser);
    let (shared, of) = (house.clone(), clerk.of.clone());
    let records = house.read(move |tx| Records::of(tx, &shared, &of)).await?;
    // What nobody has confirmed is not for negotiators.
    let group = records.groups.iter().find(|one| one.id == id && (organises || one.state == GroupState::Confirmed));
    let group = group.ok_or(Failure::Refused(Refusal::Unknown("group response")))?;
    let (open, judges) = (organises && clerk.of.state == State::Open, organises && clerk.of.state != State::Reported);
    // A slip is one person's words: for whoever reads comments.
    let words_hidden = group.source == Source::Paper && !roles.may(Role::Negotiator);
    let deed = |allowed: bool, deed: &str| allowed.then(|| clerk.deed(id, deed));
    let notice = match request.query_string() {
        "done=recorded" => Some("groups-recorded"),
        "done=changed" => Some("notice-saved"),
        "done=confirmed" => Some("groups-confirmed"),
        "done=declined" => Some("groups-declined"),
        _ => None,
    };
    clerk.show(&request, &house, "groups/one.html", Said::notice(notice), |page| GroupPage {
        page,
        row: records.row(&house, group, String::new()),
        back_url: clerk.home(),
        points: if words_hidden { Vec::new() } else { records.points(&slug, &group.points) },
        words_hidden,
        dissent: group.dissent.clone(),
        told_by: group.told_by.clone(),
        edit_url: deed(open && group.source == Source::Meeting, "edit"),
        slip_url: deed(open && group.source == Source::Paper && group.recorded_by == Recorder::Organiser, "slip"),
        withdraw_url: deed(open, "withdraw"),
        confirm_url: deed(judges && group.state != GroupState::Confirmed, "confirm"),
        decline_url: deed(judges && group.state == GroupState::Recorded, "decline"),
    })
}
