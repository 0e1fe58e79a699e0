//! One mailing: how it will look, whom it goes to, what became of it.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};

use super::{Asked, called, id_of, paper, told};
use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::links;
use crate::mail::{self, Mailing, State, Timing};
use crate::people::{self, Team};
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::site::mailbox::MAIL_POLICY;
use crate::web::view::{MailingPage, MailingPreview, MissedLine, Page, TeamOption};

/// # Errors
/// No such mailing or team.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let id = id_of(&id)?;
    let team = team_asked(&asked.team)?;
    let from = asked.from;
    let read = house.read(move |tx| Read::all(tx, &slug, id, team, from)).await?;
    let Read { of, mailing, about, trouble, counted, mut missed, may_change, teams, team, sample } = read;
    let has_more = missed.len() > NAMES_AT_ONCE;
    missed.truncate(NAMES_AT_ONCE);
    let now = house.clock.now();
    let sheet = sample.write(paper(&house), now)?;
    let (page, token) = super::super::page_of(&request, &house, &of, super::super::Way::Mailings);
    let (slug, waits) = (&of.slug, is_waiting(&mailing));
    let is_sending = mailing.state == State::Sending;
    let line = told::line(&house, &of, &mailing, &about);
    let is_uncertain = line.counts.iter().any(|count| count.state == mail::MessageState::Uncertain.as_str());
    let view = MailingPage {
        page: Page { notice: told::notice(&house, &asked.done), ..page },
        list_url: links::desk_mailings(slug),
        trouble: trouble.filter(|_| is_sending).map(|found| told::trouble(&house, &of, found)),
        line,
        audience: mailing.audience.as_str(),
        recipients: told::recipients(counted, &mailing),
        missed: missed.into_iter().map(missed_line).collect(),
        missed_url: has_more.then(|| format!("{}?from={}#missed", links::desk_mailing(slug, id), from + NAMES_AT_ONCE)),
        preview: MailingPreview {
            team: team.map(|id| name_of(&teams, id)).unwrap_or_default(),
            team_id: team.map(|id| id.to_string()).unwrap_or_default(),
            html_url: links::desk_mailing_html(slug, id, team),
            teams: options(&teams, team),
            subject: sheet.subject,
            text: sheet.text,
        },
        preview_url: links::desk_mailing(slug, id),
        test_url: Some(links::desk_mailing_deed(slug, id, "test")),
        pause_url: (is_sending || mailing.state == State::Planned).then(|| links::desk_mailing_deed(slug, id, "pause")),
        resume_url: (mailing.state == State::Paused && (!may_change || waits_for_its_time(&of, &mailing, now)))
            .then(|| links::desk_mailing_deed(slug, id, "resume")),
        again_url: (is_uncertain && mail::may_send_now(&of, mailing.kind, now) && mailing.state != State::Cancelled)
            .then(|| links::desk_mailing_deed(slug, id, "again")),
        edit_url: may_change.then(|| links::desk_mailing_deed(slug, id, "edit")),
        send_url: (waits && mail::may_send_now(&of, mailing.kind, now))
            .then(|| links::desk_mailing_deed(slug, id, "send")),
        cancel_url: (waits || is_sending).then(|| links::desk_mailing_deed(slug, id, "cancel")),
    };
    super::super::shown(&house, "desk/mailings/one.html", &view, token)
}

/// The HTML part as a mail program would show it.
///
/// # Errors
/// No such mailing or team.
pub async fn html(
    house: Data<House>,
    path: Path<(String, String)>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let id = id_of(&id)?;
    let team = team_asked(&asked.team)?;
    let sample = house.read(move |tx| {
        let (of, mailing) = called(tx, &slug, id)?;
        let notes = mail::notes_of(tx, id)?;
        mail::sample(tx, &of, &mailing, &notes, team)
    });
    let sheet = sample.await?.write(paper(&house), house.clock.now())?;
    Ok(as_mail(sheet.html))
}

/// A mail's own page: its styles inline, nothing loaded, no script.
pub(super) fn as_mail(html: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("Content-Security-Policy", MAIL_POLICY))
        .body(html)
}

/// Names on one page, so that it stays small.
const NAMES_AT_ONCE: usize = 20;

struct Read {
    of: Consultation,
    mailing: Mailing,
    about: told::About,
    trouble: Option<mail::ChannelTrouble>,
    counted: mail::Recipients,
    /// One more than the page shows, where there are more.
    missed: Vec<mail::Missed>,
    may_change: bool,
    /// Those it goes to and those with a note, with all under them.
    teams: Vec<Team>,
    team: Option<Id>,
    sample: mail::Sample,
}

impl Read {
    fn all(tx: &mut Tx, slug: &str, id: Id, team: Option<Id>, from: usize) -> Result<Self, Refusal> {
        let (of, mailing) = called(tx, slug, id)?;
        let chosen = Some(mail::teams_of(tx, id)?).filter(|teams| !teams.is_empty());
        let notes = mail::notes_of(tx, id)?;
        let all = people::team::list(tx)?;
        let about = told::About::read(tx, &all, &mailing)?;
        let put_to = match (&chosen, of.covers_all_teams) {
            (Some(chosen), _) => Some(chosen.clone()),
            (None, true) => None,
            (None, false) => Some(consultations::teams_of(tx, of.id)?),
        };
        let below = put_to.map(|teams| people::team::with_all_below(tx, &teams)).transpose()?;
        let teams: Vec<Team> =
            all.into_iter().filter(|one| below.as_ref().is_none_or(|below| below.contains(&one.id))).collect();
        // A team with other words is what somebody wants to see first.
        let team = team.or_else(|| teams.iter().find(|one| notes.contains_key(&one.id)).map(|one| one.id));
        let team = team.or_else(|| teams.first().map(|one| one.id));
        Ok(Self {
            sample: mail::sample(tx, &of, &mailing, &notes, team)?,
            trouble: mail::channel_trouble(tx)?,
            counted: mail::recipients(tx, &of, chosen.as_deref())?,
            missed: mail::missed(tx, &mailing, from, NAMES_AT_ONCE + 1)?,
            may_change: mail::may_change(tx, &mailing)?,
            of,
            mailing,
            about,
            teams,
            team,
        })
    }
}

fn is_waiting(mailing: &Mailing) -> bool {
    matches!(mailing.state, State::Planned | State::Paused | State::Held)
}

/// Going on sends nothing yet: what has not begun and is due is sent by way of the check page.
fn waits_for_its_time(of: &Consultation, mailing: &Mailing, now: DateTime<Utc>) -> bool {
    match mailing.timing {
        Timing::AtOpening => of.state == consultations::State::Preparing,
        Timing::AfterClosing => of.words_in_at.is_none(),
        Timing::At | Timing::BeforeDeadline => mailing.due_at > now,
    }
}

fn missed_line(one: mail::Missed) -> MissedLine {
    MissedLine {
        name: one.name,
        team: one.team.unwrap_or_default(),
        state: one.state.as_str(),
        trouble: one.trouble.unwrap_or_default(),
    }
}

pub(super) fn options(teams: &[Team], chosen: Option<Id>) -> Vec<TeamOption> {
    let option =
        |team: &Team| TeamOption { id: team.id.to_string(), name: team.path.clone(), chosen: Some(team.id) == chosen };
    teams.iter().map(option).collect()
}

fn name_of(teams: &[Team], id: Id) -> String {
    teams.iter().find(|team| team.id == id).map(|team| team.name.clone()).unwrap_or_default()
}

fn team_asked(text: &str) -> Result<Option<Id>, Failure> {
    if text.is_empty() { Ok(None) } else { id_of(text).map(Some) }
}
