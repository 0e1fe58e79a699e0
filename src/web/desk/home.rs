//! What a colleague may go on to.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::consultations::{self, State};
use crate::links;
use crate::people::Role;
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{DeskConsultation, DeskHome};
use crate::web::visitor::Visitor;

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let roles = Visitor::colleague(&request)?.roles;
    let all = house.read(|tx| Ok::<_, Refusal>(consultations::list(tx)?)).await?;
    let (page, token) = super::page(&request, &house);
    let consultations = all
        .iter()
        .map(|one| {
            let begun = one.state != State::Preparing;
            DeskConsultation {
                title: one.title.clone(),
                state: one.state.as_str(),
                deadline: super::deadline(&house, one),
                progress_url: (begun && roles.may(Role::Organiser)).then(|| links::desk_progress(&one.slug)),
                comments_url: (begun && roles.may(Role::Negotiator)).then(|| links::desk_comments(&one.slug)),
            }
        })
        .collect();
    let for_organisers = |url: &str| roles.may(Role::Organiser).then(|| url.to_owned());
    let (members_url, teams_url) = (for_organisers(links::DESK_MEMBERS), for_organisers(links::DESK_TEAMS));
    super::shown(&house, "desk/home.html", &DeskHome { page, consultations, members_url, teams_url }, token)
}
