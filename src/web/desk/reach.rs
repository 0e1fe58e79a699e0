//! Whom mail reaches, team by team, and by name whom it does not; nothing here depends on what
//! anybody has said.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::consultations;
use crate::links;
use crate::mail::{self, TeamDelivery, Unreachable, Why};
use crate::refusal::Refusal;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{DeskReach, Reached, TeamReached, UnreachableMember};

#[derive(Deserialize)]
pub struct Asked {
    /// How many teams come before the first shown.
    #[serde(default)]
    from: usize,
}

/// # Errors
/// No such consultation; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (of, teams, unreachable) = house
        .read(move |tx| {
            let of = consultations::by_slug(tx, &slug)?;
            let teams = mail::delivered(tx, of.id)?;
            let unreachable = mail::unreachable(tx, of.id, Some(NAMES_AT_ONCE))?;
            Ok::<_, Refusal>((of, teams, unreachable))
        })
        .await?;
    let (page, token) = super::page_of(&request, &house, &of, super::Way::Progress);
    let (slug, from, total) = (&of.slug, asked.from, total(&teams));
    let next = from + TEAMS_AT_ONCE;
    let mailings = || links::desk_mailings(slug);
    let view = DeskReach {
        page,
        progress_url: links::desk_progress(slug),
        total,
        teams: teams
            .iter()
            .skip(from)
            .take(TEAMS_AT_ONCE)
            .map(|team| TeamReached { name: team.team.clone(), counts: counts(team) })
            .collect(),
        next_url: (next < teams.len()).then(|| format!("{}?from={next}", links::desk_reach(slug))),
        further: (total.no_address + total.failed).saturating_sub(unreachable.len()),
        unreachable: unreachable.into_iter().map(named).collect(),
        calls_url: links::desk_calls(slug),
        codes_url: (total.no_address > 0).then(|| links::desk_codes(slug)),
        invite_url: (of.state == consultations::State::Open && total.reached + total.failed == 0).then(mailings),
    };
    super::shown(&house, "desk/reach.html", &view, token)
}

const TEAMS_AT_ONCE: usize = 40;
const NAMES_AT_ONCE: usize = 20;

/// Everybody once.
pub fn total(teams: &[TeamDelivery]) -> Reached {
    let sum = |of: fn(&TeamDelivery) -> usize| teams.iter().map(of).sum();
    Reached {
        invited: sum(|team| team.invited),
        reached: sum(|team| team.reached),
        waiting: sum(|team| team.waiting),
        failed: sum(|team| team.failed),
        no_address: sum(|team| team.no_address),
    }
}

/// One of those whom mail does not reach.
pub fn named(one: Unreachable) -> UnreachableMember {
    UnreachableMember {
        name: one.name,
        team: one.team,
        membership_number: one.membership_number,
        why: one.why.as_str(),
        trouble: one.trouble.filter(|_| one.why == Why::Failed),
    }
}

fn counts(team: &TeamDelivery) -> Reached {
    let TeamDelivery { invited, reached, waiting, failed, no_address, .. } = *team;
    Reached { invited, reached, waiting, failed, no_address }
}
