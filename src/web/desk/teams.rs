//! The tree of teams with their head-counts.

use std::collections::HashMap;

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::ids::Id;
use crate::links;
use crate::people::{Team, team};
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{TeamRow, TeamsPage};
use crate::words::Language;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// # Errors
/// When the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    let (teams, counts) = house.read(|tx| Ok::<_, Refusal>((team::list(tx)?, team::member_counts(tx)?))).await?;
    let (mut page, token) = super::page(&request, &house);
    page.notice = (asked.done == "saved").then(|| house.words.say(Language::English, "notice-saved", &[]));
    let view = TeamsPage {
        page,
        rows: rows(&teams, &counts),
        new_url: links::DESK_TEAM_NEW.to_owned(),
        members_url: links::DESK_MEMBERS.to_owned(),
        import_url: links::DESK_MEMBERS_IMPORT.to_owned(),
    };
    super::shown(&house, "desk/teams.html", &view, token)
}

/// Each team with the members in it and below it; a parent stands before its children.
fn rows(teams: &[Team], counts: &HashMap<Id, usize>) -> Vec<TeamRow> {
    let mut members = counts.clone();
    for team in teams.iter().rev() {
        let own = members.get(&team.id).copied().unwrap_or_default();
        if let Some(parent) = team.parent_id {
            *members.entry(parent).or_default() += own;
        }
    }
    teams
        .iter()
        .map(|team| TeamRow {
            name: team.name.clone(),
            level: team.path.split('/').count(),
            url: links::desk_team(team.id),
            headcount: team.headcount,
            members: members.get(&team.id).copied().unwrap_or_default(),
        })
        .collect()
}
