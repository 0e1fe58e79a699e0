//! Who is asking, and whether the table of routes lets them.

use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest};

use super::error::Failure;
use super::house::House;
use super::session::{MemberSession, StaffSession};
use crate::audit::{Actor, Deed};
use crate::people::{self, Role, Roles};
use crate::refusal::Refusal;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    Anyone,
    /// A member's session.
    Member,
    /// A member's session, or staff of any role.
    MemberOrStaff,
    /// A member's session, or an organiser.
    MemberOrOrganiser,
    /// Staff of any role.
    Staff,
    Organiser,
    Negotiator,
    Admin,
}

/// Who asks, as far as the request shows.
#[derive(Debug, Clone)]
pub enum Visitor {
    Nobody,
    Member(MemberSession),
    Staff(Colleague),
}

/// A member of staff, or a program with a token.
#[derive(Debug, Clone)]
pub struct Colleague {
    pub actor: Actor,
    pub name: String,
    pub roles: Roles,
}

impl Visitor {
    /// Finds out, checks against `who`, and keeps the answer for the handler.
    ///
    /// # Errors
    /// Nobody where somebody is needed, or the wrong role.
    pub async fn admit(request: &HttpRequest, house: &House, who: Who, is_api: bool) -> Result<(), Failure> {
        let visitor = if is_api {
            Self::of_bearer(request, house).await?
        } else if matches!(who, Who::Staff | Who::Organiser | Who::Negotiator | Who::Admin) {
            Self::of_desk(request, house).await?
        } else {
            MemberSession::of_request(request, &house.keys, house.clock.now()).map_or(Self::Nobody, Self::Member)
        };
        match (&visitor, who) {
            (_, Who::Anyone)
            | (Self::Member(_), Who::Member | Who::MemberOrStaff | Who::MemberOrOrganiser)
            | (Self::Staff(_), Who::Staff | Who::MemberOrStaff) => {}
            (Self::Staff(colleague), Who::Organiser | Who::MemberOrOrganiser)
                if colleague.roles.may(Role::Organiser) => {}
            (Self::Staff(colleague), Who::Negotiator) if colleague.roles.may(Role::Negotiator) => {}
            (Self::Staff(colleague), Who::Admin) if colleague.roles.may(Role::Admin) => {}
            (Self::Nobody, _) => return Err(Failure::expired()),
            _ => return Err(Failure::Forbidden),
        }
        request.extensions_mut().insert(visitor);
        Ok(())
    }

    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        request.extensions().get::<Self>().cloned().unwrap_or(Self::Nobody)
    }

    /// The member's session, where the route let nobody else in.
    ///
    /// # Errors
    /// When there is none.
    pub fn member(request: &HttpRequest) -> Result<MemberSession, Failure> {
        match Self::of(request) {
            Self::Member(session) => Ok(session),
            _ => Err(Failure::expired()),
        }
    }

    /// The colleague, where the route let only staff in.
    ///
    /// # Errors
    /// When there is none.
    pub fn colleague(request: &HttpRequest) -> Result<Colleague, Failure> {
        match Self::of(request) {
            Self::Staff(colleague) => Ok(colleague),
            _ => Err(Failure::expired()),
        }
    }

    async fn of_bearer(request: &HttpRequest, house: &House) -> Result<Self, Failure> {
        let token = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer ").map(|token| token.trim().to_owned()));
        let Some(token) = token else { return Ok(Self::Nobody) };
        if let Some(session) = MemberSession::open(&house.keys, &token, house.clock.now()) {
            return Ok(Self::Member(session));
        }
        let found = house.read(move |tx| people::token::find(tx, &token).map_err(Refusal::from)).await?;
        Ok(found.map_or(Self::Nobody, |token| {
            Self::Staff(Colleague { actor: Actor::Token(token.id), name: token.name, roles: token.roles })
        }))
    }

    async fn of_desk(request: &HttpRequest, house: &House) -> Result<Self, Failure> {
        let Some(session) = StaffSession::of_request(request, &house.keys, house.clock.now()) else {
            return Ok(Self::Nobody);
        };
        let found = house
            .read(move |tx| Ok::<_, Refusal>(people::staff::by_session(tx, session.staff, session.epoch)?))
            .await?;
        Ok(found.map_or(Self::Nobody, |staff| {
            Self::Staff(Colleague { actor: Actor::Staff(staff.id), name: staff.name, roles: staff.roles })
        }))
    }
}

/// The hands of the colleague who asks, now.
///
/// # Errors
/// When nobody of the staff asks.
pub fn deed(request: &HttpRequest, house: &House) -> Result<Deed, Failure> {
    let colleague = Visitor::colleague(request)?;
    Ok(Deed { actor: colleague.actor, now: house.clock.now(), chance: house.chance.clone() })
}
