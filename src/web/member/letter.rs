//! Her personal link: the letter and one button. Looking changes nothing; pressing signs her in.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::frame::{Frame, deadline, see_other, session};
use crate::consultations::{self, Consultation, Invitation, State, question};
use crate::drafts::import::letter_html;
use crate::ids::Id;
use crate::links;
use crate::people;
use crate::refusal::Refusal;
use crate::responses::{self, Author};
use crate::store::Tx;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::session::{Level, MEMBER_COOKIE, MemberSession, cookie};
use crate::web::view::{LetterPage, TeamChoice};
use crate::words::Language;

/// # Errors
/// A link that is not in use.
pub async fn get(request: HttpRequest, house: Data<House>, token: Path<String>) -> Result<HttpResponse, Failure> {
    let opened = Opened::by_link(&house, &token).await?;
    opened.page(&request, &house, &token, StatusCode::OK, &[])
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    team: String,
    /// Which button: the draft's, or that of the two-minute route.
    to: String,
}

/// # Errors
/// A link that is not in use, or the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    token: Path<String>,
    Form(pressed): Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let opened = Opened::by_link(&house, &token).await?;
    if !opened.teams.is_empty() {
        let invitation = opened.invitation.clone();
        let chosen = match pressed.team.parse::<Id>() {
            Ok(team) => house.write(move |tx| consultations::answer_for(tx, &invitation, team)).await,
            Err(_) if pressed.team.is_empty() => {
                Err(Refusal::field("team", "missing", "Choose the team you answer for."))
            }
            Err(_) => Err(Refusal::field("team", "unknown", "Choose one of your teams.")),
        };
        match chosen {
            Ok(()) => {}
            Err(Refusal::Invalid(problems)) => {
                return opened.page(&request, &house, &token, StatusCode::UNPROCESSABLE_ENTITY, &problems);
            }
            Err(refusal) => return Err(refusal.into()),
        }
    }
    let slug = &opened.consultation.slug;
    let to = if pressed.to == "questions" { links::questions(slug) } else { links::consultation(slug) };
    sign_in(&request, &house, opened.invitation, &to).await
}

/// Makes the session and leads on. It may show what was said before only where nothing
/// was, or where this browser was allowed to already.
///
/// # Errors
/// When the database fails or the consultation's key is missing.
pub async fn sign_in(
    request: &HttpRequest,
    house: &House,
    invitation: Invitation,
    to: &str,
) -> Result<HttpResponse, Failure> {
    let (id, generation) = (invitation.id, invitation.generation);
    let keeps_full = session(request)
        .is_some_and(|held| held.invitation == id && held.generation == generation && held.level == Level::Full);
    let author = Author::new(&house.keys, invitation)?;
    let said = house.read(move |tx| responses::wrote_anything(tx, &author).map_err(Refusal::from)).await?;
    let level = if keeps_full || !said { Level::Full } else { Level::Write };
    Ok(signed_in(house, MemberSession::new(id, generation, level, house.clock.now()), to))
}

/// The answer that hands out a session and leads on.
pub fn signed_in(house: &House, session: MemberSession, address: &str) -> HttpResponse {
    let lasts = session.expires - house.clock.now();
    let mut answer = see_other(address);
    let sealed = cookie(MEMBER_COOKIE, session.seal(&house.keys, &house.chance), lasts);
    // Fails only for a cookie that cannot be written as a header, and base 64 always can.
    answer.add_cookie(&sealed).ok();
    answer
}

/// What a link leads to.
struct Opened {
    invitation: Invitation,
    consultation: Consultation,
    language: Language,
    label: Option<String>,
    /// Filled until a member of several teams has chosen.
    teams: Vec<(Id, String)>,
    /// How many questions there are.
    questions: usize,
}

impl Opened {
    async fn by_link(house: &House, token: &str) -> Result<Self, Failure> {
        let token = token.to_owned();
        let found = house.read(move |tx| match consultations::by_link(tx, &token)? {
            Some(invitation) => Self::load(tx, invitation),
            None => Ok(None),
        });
        found.await?.ok_or(Failure::LinkUnknown)
    }

    fn load(tx: &mut Tx, invitation: Invitation) -> Result<Option<Self>, Refusal> {
        let consultation = consultations::by_id(tx, invitation.consultation_id)?;
        let member = people::member::by_id(tx, invitation.member_id)?;
        if member.has_left || consultation.state == State::Preparing {
            return Ok(None);
        }
        let labels = consultations::of_consultation(tx, consultation.id)?;
        Ok(Some(Self {
            label: labels.into_iter().find(|label| Some(label.id) == invitation.label_id).map(|label| label.name),
            teams: consultations::choices(tx, &invitation)?,
            questions: question::list(tx, consultation.id)?.len(),
            language: Language::from_code(&member.language).unwrap_or_default(),
            invitation,
            consultation,
        }))
    }

    fn page(
        &self,
        request: &HttpRequest,
        house: &House,
        token: &str,
        status: StatusCode,
        problems: &[Problem],
    ) -> Result<HttpResponse, Failure> {
        let frame = Frame::invited(request, house, &self.invitation, &self.consultation, self.language);
        frame.mending(house, problems).show(house, status, "member/letter.html", |page| LetterPage {
            page,
            title: self.consultation.title.clone(),
            letter_html: letter_html(&self.consultation.letter),
            deadline: deadline(house, self.language, &self.consultation),
            label: self.label.clone(),
            teams: self
                .teams
                .iter()
                .map(|(id, name)| TeamChoice { id: id.to_string(), name: name.clone(), chosen: false })
                .collect(),
            action_url: links::go(token),
            questions: self.questions,
        })
    }
}
