//! How the teams are doing: bands, whom mail reaches, and the trend; never who responded.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{chart, reach};
use crate::consultations::{self, Consultation, State};
use crate::ids::Id;
use crate::links;
use crate::mail;
use crate::people::{Team, team};
use crate::refusal::Refusal;
use crate::responses::{self, Band, Group, GroupState, Progress};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{DayCount, DeskProgress, LabelProgress, NextStep, Page};
use crate::words::Language;

#[derive(Deserialize)]
pub struct Asked {
    /// How many labels come before the first shown.
    #[serde(default)]
    from: usize,
    /// What was just done.
    #[serde(default)]
    done: String,
}

/// # Errors
/// No such consultation; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let shared = house.clone();
    let seen = house
        .read(move |tx| {
            let of = consultations::by_slug(tx, &slug)?;
            let progress = shared.progresses.of(tx, &shared.keys, &of)?;
            let delivery = mail::delivered(tx, of.id)?;
            let groups = responses::group_response::groups(tx, of.id)?;
            Ok::<_, Refusal>(Seen { progress, delivery, teams: team::list(tx)?, of, groups })
        })
        .await?;
    let (page, token) = super::page_of(&request, &house, &seen.of, super::Way::Progress);
    let notice = match asked.done.as_str() {
        "moved" => Some(house.words.say(Language::English, "progress-moved", &[])),
        "closed" => Some(house.words.say(Language::English, "progress-closed", &[])),
        _ => None,
    };
    let view = seen.view(&house, Page { notice, ..page }, asked.from);
    super::shown(&house, "desk/progress.html", &view, token)
}

/// Labels on one page.
const AT_ONCE: usize = 20;
/// The longest bar.
const LONGEST: usize = 160;

struct Seen {
    of: Consultation,
    progress: Arc<Progress>,
    delivery: Vec<mail::TeamDelivery>,
    teams: Vec<Team>,
    groups: Vec<Group>,
}

impl Seen {
    fn view(&self, house: &House, page: Page, from: usize) -> DeskProgress {
        let (slug, progress) = (&self.of.slug, &self.progress);
        let open = self.of.state == State::Open;
        let asks = open && self.of.deadline.at > house.clock.now();
        let labels = self.labels(from, asks);
        let delivery = reach::total(&self.delivery);
        let mut so_far = 0;
        let running: Vec<_> = progress
            .trend
            .iter()
            .flatten()
            .map(|(day, responses)| {
                so_far += responses;
                (*day, *responses, so_far)
            })
            .collect();
        let line: Vec<_> = running.iter().map(|(day, _, so_far)| (*day, *so_far)).collect();
        DeskProgress {
            page,
            groups: self.groups.iter().filter(|one| one.counts()).count(),
            groups_waiting: self.groups.iter().filter(|one| one.state == GroupState::Recorded).count(),
            groups_url: links::desk_groups(slug),
            invited: progress.invited,
            responded: progress.responded(),
            has_headcounts: labels.iter().any(|label| label.headcount.is_some()),
            labels,
            next_url: (from + AT_ONCE < progress.labels.len())
                .then(|| format!("{}?from={}", links::desk_progress(slug), from + AT_ONCE)),
            next_step: self.next_step(asks, delivery.reached + delivery.failed),
            delivery,
            chart: chart::line(&house.words, &line),
            days: running
                .into_iter()
                .map(|(day, responses, so_far)| DayCount {
                    day_words: house.words.date_words(Language::English, day),
                    responses,
                    so_far,
                })
                .collect(),
            reach_url: links::desk_reach(slug),
            share_url: links::desk_share(slug),
            deadline_url: open.then(|| links::desk_deadline(slug)),
            close_url: open.then(|| links::desk_close(slug)),
        }
    }

    fn labels(&self, from: usize, asks: bool) -> Vec<LabelProgress> {
        let teams: HashMap<Id, &Team> = self.teams.iter().map(|team| (team.id, team)).collect();
        let headcount = |label: &responses::LabelProgress| -> Option<i64> {
            label.teams.iter().map(|id| teams.get(id).and_then(|team| team.headcount).map(i64::from)).sum()
        };
        let size = |label: &responses::LabelProgress| {
            let people = headcount(label).and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
            people.max(label.invited)
        };
        let largest = self.progress.labels.iter().map(size).max().unwrap_or_default().max(1);
        self.progress
            .labels
            .iter()
            .skip(from)
            .take(AT_ONCE)
            .map(|label| LabelProgress {
                name: label.label.clone(),
                invited: label.invited,
                headcount: headcount(label),
                band: label.band.as_str(),
                bar: (LONGEST * size(label) / largest).max(8),
                write_url: asks
                    .then(|| links::desk_new_mailing(&self.of.slug, mail::Kind::Reminder.as_str(), &label.teams)),
            })
            .collect()
    }

    /// What an organiser does next where there is little to see.
    fn next_step(&self, asks: bool, mailed: usize) -> Option<NextStep> {
        let slug = &self.of.slug;
        match self.of.state {
            State::Preparing => Some(NextStep { kind: "prepare", url: links::DESK.to_owned() }),
            State::Open if asks && mailed == 0 => Some(NextStep { kind: "invite", url: links::desk_mailings(slug) }),
            State::Open if asks && self.progress.labels.iter().all(|label| label.band <= Band::Under25) => {
                Some(NextStep { kind: "silent", url: links::desk_share(slug) })
            }
            State::Open | State::Closed | State::Reported => None,
        }
    }
}
