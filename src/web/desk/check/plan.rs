//! Which mails go when, and the invitation as one team will get it.

use chrono::{DateTime, Utc};

use crate::consultations::{Consultation, TeamOutlook};
use crate::ids::Id;
use crate::links;
use crate::mail::{self, Kind, Mailing, Paper, Sample, State, Timing};
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{CheckMail, CheckTeam, PlanRow};
use crate::words::Language;

/// The mailings of a consultation in preparation.
pub(super) struct Plan {
    mailings: Vec<Mailing>,
    /// Mails of the usual plan that are neither planned nor in time.
    left_out: Vec<(Kind, DateTime<Utc>)>,
    /// Invitations that leave at opening.
    pub sends: usize,
    /// The team whose invitation is shown, the mailing, and how it reads.
    sample: Option<(TeamOutlook, Id, Sample)>,
}

impl Plan {
    /// `team` is the one whose invitation is asked for, among `teams`; else the first.
    pub fn read(
        tx: &mut Tx,
        of: &Consultation,
        teams: &[TeamOutlook],
        team: Option<Id>,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let mailings: Vec<Mailing> =
            mail::list(tx, of.id)?.into_iter().filter(|one| one.state != State::Cancelled).collect();
        let mut plan = Self { mailings, left_out: Vec::new(), sends: 0, sample: None };
        let standard = mail::standard_plan(of, now);
        let is_there = |before: Option<&str>| plan.mailings.iter().any(|one| one.before_deadline.as_deref() == before);
        plan.left_out = standard
            .left_out
            .into_iter()
            .filter(|one| !is_there(one.before_deadline))
            .filter_map(|one| Some((one.kind, one.due_at?)))
            .collect();
        for one in plan.mailings.iter().filter(|one| is_invitation(one, now)) {
            let chosen = mail::teams_of(tx, one.id)?;
            plan.sends += mail::recipients(tx, of, (!chosen.is_empty()).then_some(&chosen))?.recipients;
        }
        let shown = teams.iter().find(|one| Some(one.team) == team).or_else(|| teams.first());
        if let (Some(shown), Some(invitation)) = (shown, plan.mailings.iter().find(|one| is_invitation(one, now))) {
            let notes = mail::notes_of(tx, invitation.id)?;
            let sample = mail::sample(tx, of, invitation, &notes, Some(shown.team))?;
            plan.sample = Some((shown.clone(), invitation.id, sample));
        }
        Ok(plan)
    }

    /// What goes, and what is too late.
    pub fn rows(&self, house: &House, of: &Consultation, now: DateTime<Utc>) -> (Vec<PlanRow>, Vec<PlanRow>) {
        let words = |at: DateTime<Utc>| {
            let local = at.with_timezone(&of.deadline.zone).naive_local();
            house.words.deadline_words(Language::English, local)
        };
        let row = |one: &Mailing| PlanRow {
            kind: one.kind.as_str(),
            url: Some(links::desk_mailing(&of.slug, one.id)),
            when: if one.timing == Timing::AfterClosing { "closing" } else { "opening" },
            when_words: time_of(one, now).map_or_else(String::new, words),
        };
        let (late, mut planned): (Vec<&Mailing>, Vec<&Mailing>) =
            self.mailings.iter().partition(|one| one.timing == Timing::BeforeDeadline && one.due_at <= now);
        planned.sort_by_key(|one| (one.timing == Timing::AfterClosing, time_of(one, now)));
        let mut late: Vec<(DateTime<Utc>, Kind)> = late.into_iter().map(|one| (one.due_at, one.kind)).collect();
        late.extend(self.left_out.iter().map(|(kind, at)| (*at, *kind)));
        late.sort_by_key(|(at, _)| *at);
        let late = late.into_iter().map(|(at, kind)| PlanRow {
            kind: kind.as_str(),
            url: None,
            when: "opening",
            when_words: words(at),
        });
        (planned.into_iter().map(row).collect(), late.collect())
    }

    /// Whether nobody would hear of the opening.
    pub fn invites_nobody(&self) -> bool {
        !self.mailings.iter().any(|one| one.kind == Kind::Invitation)
    }

    /// The invitation that is shown.
    pub fn mail(&self, house: &House, slug: &str, now: DateTime<Utc>) -> Result<Option<CheckMail>, Failure> {
        let Some((team, mailing, sample)) = &self.sample else { return Ok(None) };
        let paper = Paper { links: &house.links, words: &house.words, renderer: &house.renderer };
        let sheet = sample.write(paper, now)?;
        Ok(Some(CheckMail {
            team: team.name.clone(),
            subject: sheet.subject,
            text: sheet.text,
            html_url: links::desk_mailing_html(slug, mailing, Some(team.team)),
            url: links::desk_mailing(slug, mailing),
        }))
    }

    /// The teams to choose from.
    pub fn teams(&self, teams: &[TeamOutlook]) -> Vec<CheckTeam> {
        let shown = self.sample.as_ref().map(|(team, _, _)| team.team);
        let team = |one: &TeamOutlook| CheckTeam {
            id: one.team.to_string(),
            name: one.name.clone(),
            chosen: Some(one.team) == shown,
        };
        teams.iter().map(team).collect()
    }
}

/// The hour at which it goes, where one can be told.
fn time_of(mailing: &Mailing, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let is_timed = matches!(mailing.timing, Timing::At | Timing::BeforeDeadline);
    mailing.expected_at().filter(|at| is_timed && *at > now)
}

/// Whether it leaves when the consultation opens.
fn is_invitation(mailing: &Mailing, now: DateTime<Utc>) -> bool {
    mailing.kind == Kind::Invitation
        && mailing.state == State::Planned
        && mailing.expected_at().is_none_or(|expected| expected <= now)
}
