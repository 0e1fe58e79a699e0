//! People who are not on the list: they ask on a public page, an organiser or a rep answers.

pub mod ask;
pub mod confirm;
pub mod list;
pub mod one;

use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::audit::{Actor, Deed};
use crate::consultations::joining::{self, JoinRequest};
use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::links;
use crate::people::{self, team};
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::desk;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::member::{Frame, Here};
use crate::web::view::{JoinRow, Page};
use crate::web::visitor::{self, Visitor};
use crate::words::Language;

/// Whoever answers: an organiser, or the rep of some teams.
pub struct Answerer {
    pub of: Consultation,
    pub deed: Deed,
    here: Option<Here>,
    /// None: all teams.
    pub teams: Option<Vec<Id>>,
}

impl Answerer {
    /// The one whom the route let in.
    ///
    /// # Errors
    /// No such consultation; a member who is no rep.
    pub async fn of(request: &HttpRequest, house: &House, slug: &str) -> Result<Self, Failure> {
        if matches!(Visitor::of(request), Visitor::Staff(_)) {
            let (deed, slug) = (visitor::deed(request, house)?, slug.to_owned());
            let of = house.read(move |tx| consultations::by_slug(tx, &slug)).await?;
            return Ok(Self { of, deed, here: None, teams: None });
        }
        let here = Here::of(request, house, slug).await?;
        let member = here.author.invitation.member_id;
        let places = house.read(move |tx| Ok(people::member::by_id(tx, member)?.teams)).await?;
        let teams: Vec<Id> = places.iter().filter(|place| place.is_rep).map(|place| place.team).collect();
        if teams.is_empty() {
            return Err(Failure::NotFound);
        }
        let deed = Deed { actor: Actor::Rep, now: house.clock.now(), chance: house.chance.clone() };
        Ok(Self { of: here.consultation.clone(), deed, here: Some(here), teams: Some(teams) })
    }

    #[must_use]
    pub fn at_desk(&self) -> bool {
        self.here.is_none()
    }

    #[must_use]
    pub fn home(&self) -> String {
        if self.at_desk() { links::desk_joining(&self.of.slug) } else { links::joining(&self.of.slug) }
    }

    #[must_use]
    pub fn at(&self, id: Id) -> String {
        if self.at_desk() { links::desk_joining_one(&self.of.slug, id) } else { links::joining_one(&self.of.slug, id) }
    }

    /// # Errors
    /// When template and view do not fit.
    pub fn show<V: Serialize>(
        &self,
        request: &HttpRequest,
        house: &House,
        template: &str,
        notice: Option<&str>,
        view: impl FnOnce(Page) -> V,
    ) -> Result<HttpResponse, Failure> {
        let status = actix_web::http::StatusCode::OK;
        let notice = notice.map(|id| house.words.say(Language::English, id, &[]));
        if let Some(here) = &self.here {
            return Frame::of(request, house, here).saying(notice).show(house, status, template, view);
        }
        let (page, token) = desk::page_of(request, house, &self.of, desk::Way::Share);
        desk::shown_as(status, house, template, &view(Page { notice, ..page }), token)
    }

    /// Requests as they are shown to her: a rep sees no addresses.
    fn rows(&self, tx: &mut Tx, house: &House, requests: Vec<JoinRequest>) -> Result<Vec<JoinRow>, Refusal> {
        let domains = joining::employer_domains(tx, self.of.id)?;
        let teams = team::list(tx)?;
        let row = |one: JoinRequest| JoinRow {
            url: self.at(one.id),
            name: one.name,
            at_work: joining::is_at(&domains, &one.email),
            email: self.at_desk().then_some(one.email),
            team: teams.iter().find(|team| team.id == one.team_id).map(|team| team.name.clone()).unwrap_or_default(),
            says_member: one.says_member,
            membership_number: one.membership_number,
            date_words: house.words.date_words(Language::English, self.of.day_of(one.asked_at)),
        };
        Ok(requests.into_iter().map(row).collect())
    }
}
