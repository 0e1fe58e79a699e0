//! All members: by name, to search, of one team.

use std::collections::HashMap;

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::ids::Id;
use crate::links;
use crate::people::member::{self, Search};
use crate::people::{Member, Team, team};
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::form;
use crate::web::house::House;
use crate::web::view::{MemberRow, MembersPage};
use crate::words::Language;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    words: String,
    team: String,
    after: String,
    /// Said once after an import.
    created: String,
    updated: String,
    left_out: String,
    done: String,
}

/// # Errors
/// No such team or member to go on from; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    let id = |written: &str| -> Result<Option<Id>, Failure> {
        if written.is_empty() { Ok(None) } else { written.parse().map(Some).map_err(|_| Failure::NotFound) }
    };
    let wanted = Search { words: asked.words.clone(), team: id(&asked.team)?, after: id(&asked.after)? };
    let (team, counts, mut members, teams) = house
        .read(move |tx| {
            let team = wanted.team.map(|id| team::by_id(tx, id)).transpose()?;
            let members = member::search(tx, &wanted, i64::try_from(AT_ONCE + 1).unwrap_or(i64::MAX))?;
            Ok::<_, Refusal>((team, member::counts(tx)?, members, team::list(tx)?))
        })
        .await?;
    let more = members.len() > AT_ONCE;
    members.truncate(AT_ONCE);
    let next_url = members.last().filter(|_| more).map(|last| {
        let mut url = format!("{}?after={}&team={}&words=", links::DESK_MEMBERS, last.id, asked.team);
        form::escape(&mut url, &asked.words);
        url
    });
    let (mut page, token) = super::page(&request, &house);
    page.notice = notice(&house, &asked);
    let view = MembersPage {
        page,
        present: counts.present,
        no_address: counts.no_address,
        left: counts.left,
        words: asked.words,
        team: team.map(|team| team.path),
        team_id: asked.team,
        rows: rows(members, &teams),
        members_url: links::DESK_MEMBERS.to_owned(),
        import_url: links::DESK_MEMBERS_IMPORT.to_owned(),
        new_url: links::DESK_MEMBER_NEW.to_owned(),
        teams_url: links::DESK_TEAMS.to_owned(),
        next_url,
    };
    super::shown(&house, "desk/members.html", &view, token)
}

/// Members on one page, so that it stays small.
const AT_ONCE: usize = 40;

fn rows(members: Vec<Member>, teams: &[Team]) -> Vec<MemberRow> {
    let paths: HashMap<Id, &str> = teams.iter().map(|team| (team.id, team.path.as_str())).collect();
    members
        .into_iter()
        .map(|member| MemberRow {
            url: links::desk_member(member.id),
            name: member.name,
            teams: member
                .teams
                .iter()
                .filter_map(|place| paths.get(&place.team))
                .map(|path| (*path).to_owned())
                .collect(),
            email: member.email,
            is_rep: member.teams.iter().any(|place| place.is_rep),
            has_left: member.has_left,
        })
        .collect()
}

fn notice(house: &House, asked: &Asked) -> Option<String> {
    let say = |id: &str| house.words.say(Language::English, id, &[]);
    match (asked.created.parse::<usize>(), asked.updated.parse::<usize>(), asked.left_out.parse::<usize>()) {
        (Ok(created), Ok(updated), Ok(left_out)) => {
            let values = [("created", created.into()), ("updated", updated.into()), ("left", left_out.into())];
            Some(house.words.say(Language::English, "members-imported", &values))
        }
        _ => match asked.done.as_str() {
            "saved" => Some(say("notice-saved")),
            "renewed" => Some(say("members-renewed")),
            "left" => Some(say("members-marked-left")),
            "back" => Some(say("members-marked-back")),
            _ => None,
        },
    }
}
