//! Where the staff begin: each consultation with the one thing to do next.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::consultations::{self, Consultation, State};
use crate::links;
use crate::people::{Role, Roles};
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{DeskConsultation, DeskHome, NextThing};
use crate::web::visitor::Visitor;

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let roles = Visitor::colleague(&request)?.roles;
    let all = house.read(|tx| Ok::<_, Refusal>(consultations::list(tx)?)).await?;
    let (page, token) = super::page(&request, &house);
    let organises = roles.may(Role::Organiser);
    let consultations = all
        .iter()
        .map(|one| DeskConsultation {
            title: one.title.clone(),
            state: one.state.as_str(),
            deadline: super::deadline(&house, one),
            next: next(one, &roles),
        })
        .collect();
    let view = DeskHome {
        page,
        consultations,
        new_url: organises.then(|| links::DESK_NEW.to_owned()),
        members_url: organises.then(|| links::DESK_MEMBERS.to_owned()),
        teams_url: organises.then(|| links::DESK_TEAMS.to_owned()),
    };
    super::shown(&house, "desk/home.html", &view, token)
}

/// The one thing to do next, for whoever holds these roles.
fn next(of: &Consultation, roles: &Roles) -> Option<NextThing> {
    let (organises, reads) = (roles.may(Role::Organiser), roles.may(Role::Negotiator));
    let (kind, url) = match of.state {
        State::Preparing if organises => ("setup", links::desk_check(&of.slug)),
        State::Open if organises => ("progress", links::desk_progress(&of.slug)),
        State::Open | State::Closed | State::Reported if reads => ("comments", links::desk_comments(&of.slug)),
        State::Closed | State::Reported if organises => ("progress", links::desk_progress(&of.slug)),
        State::Preparing | State::Open | State::Closed | State::Reported => return None,
    };
    Some(NextThing { kind, url })
}
