//! `POST /session` and `POST /session/code`: from a member's link to a session.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::{Deserialize, Serialize};

use crate::consultations::{self, Invitation, State};
use crate::ids::Id;
use crate::keys::Keys;
use crate::mail;
use crate::people;
use crate::refusal::Refusal;
use crate::responses::{self, Author};
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::session::{Level, MemberSession};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    link: Option<String>,
    /// The code of somebody without mail.
    code_on_paper: Option<String>,
    /// The code that was mailed.
    code: Option<String>,
    /// Which team a member of several answers for.
    team: Option<Id>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    link: Option<String>,
}

#[derive(Serialize)]
struct Started {
    session: String,
    level: Level,
}

/// # Errors
/// A link that is not in use, a wrong code, a team that must be chosen first.
pub async fn start(house: Data<House>, body: Json<Start>) -> Result<HttpResponse, Failure> {
    let Start { link, code_on_paper, code, team } = body.value;
    let by = By::of(link, code_on_paper)?;
    let (now, keys) = (house.clock.now(), house.keys.clone());
    let asked = house.read(move |tx| Found::by(tx, &keys, &by)).await?;
    let Found { invitation, choices, said_anything } = asked.ok_or(Failure::LinkUnknown)?;
    match team {
        None if !choices.is_empty() => return Err(Failure::ChooseTeam(choices)),
        Some(team) if invitation.team_id.is_some_and(|chosen| chosen != team) => {
            let detail = "You answer for another team already; a team is chosen once.";
            return Err(Refusal::conflict("team-chosen", detail).into());
        }
        Some(team) if invitation.team_id.is_none() => {
            let invitation = invitation.clone();
            house.write(move |tx| consultations::answer_for(tx, &invitation, team)).await?;
        }
        _ => {}
    }
    let level = match code {
        None if said_anything => Level::Write,
        None => Level::Full,
        Some(code) => {
            let (keys, id) = (house.keys.clone(), invitation.id);
            if !house.write(move |tx| Ok(consultations::check_code(tx, &keys, id, &code, now)?)).await? {
                let detail =
                    "This is not the newest code, or it ran out. Ask for another with POST /api/v1/session/code.";
                return Err(Refusal::field("code", "wrong-code", detail).into());
            }
            Level::Full
        }
    };
    let session = MemberSession::new(invitation.id, invitation.generation, level, now);
    Ok(HttpResponse::Ok().json(Started { session: session.seal(&house.keys, &house.chance), level }))
}

/// Mails a code to whoever the link belongs to. Says the same whether the link is in use or not.
///
/// # Errors
/// No link, or three codes within the hour.
pub async fn code(house: Data<House>, body: Json<Code>) -> Result<HttpResponse, Failure> {
    let by = By::of(body.value.link, None)?;
    let (now, keys) = (house.clock.now(), house.keys.clone());
    let (chance, links) = (house.chance.clone(), house.links.clone());
    let queued = house.write(move |tx| {
        let Some(Found { invitation, .. }) = Found::by(tx, &keys, &by)? else { return Ok(()) };
        let code = consultations::new_code(tx, &chance, invitation.id, now)?;
        Ok(mail::queue_code(tx, &chance, &links, now, &invitation, code)?)
    });
    queued.await?;
    house.wake.notify_one();
    let detail = "If the link is in use, a code is on its way to the address it was mailed to.";
    Ok(HttpResponse::Accepted().json(serde_json::json!({ "detail": detail })))
}

/// What somebody shows to be let in.
enum By {
    Link(String),
    Paper(String),
}

impl By {
    fn of(link: Option<String>, paper: Option<String>) -> Result<Self, Refusal> {
        match (link, paper) {
            (Some(link), None) => Ok(Self::Link(token_of(&link).to_owned())),
            (None, Some(code)) => Ok(Self::Paper(code)),
            (Some(_), Some(_)) => Err(Refusal::field("code_on_paper", "both", "Send the link or the code on paper.")),
            (None, None) => Err(Refusal::field("link", "missing", "Send the personal link, or its last part.")),
        }
    }
}

struct Found {
    invitation: Invitation,
    choices: Vec<(Id, String)>,
    said_anything: bool,
}

impl Found {
    fn by(tx: &mut Tx, keys: &Keys, by: &By) -> Result<Option<Self>, Refusal> {
        let invitation = match by {
            By::Link(token) => consultations::by_link(tx, token)?,
            By::Paper(code) => consultations::by_printed_code(tx, code)?,
        };
        let Some(invitation) = invitation else { return Ok(None) };
        if consultations::by_id(tx, invitation.consultation_id)?.state == State::Preparing
            || people::member::by_id(tx, invitation.member_id)?.has_left
        {
            return Ok(None);
        }
        let choices = consultations::choices(tx, &invitation)?;
        let said_anything = responses::wrote_anything(tx, &Author::new(keys, invitation.clone())?)?;
        Ok(Some(Self { invitation, choices, said_anything }))
    }
}

/// The token in a whole address, or the token itself.
fn token_of(link: &str) -> &str {
    let last = link.trim().rsplit_once("/go/").map_or(link.trim(), |(_, token)| token);
    last.split(['?', '#', '/']).next().unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::token_of;

    #[test]
    fn a_link_may_be_whole_or_its_token() {
        for link in ["abc-_1", " https://say.example/go/abc-_1 ", "http://h:1/x/go/abc-_1?utm=2#top", "/go/abc-_1/"] {
            assert_eq!(token_of(link), "abc-_1", "{link}");
        }
    }
}
