//! One question put to some teams until one deadline.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::deadline::{Arrival, Deadline};
use super::queries;
use crate::audit::Deed;
use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};
use crate::text;

crate::values! {
    /// What can be done with a consultation now.
    State { Preparing = "preparing", Open = "open", Closed = "closed", Reported = "reported" }
}
crate::text_column!(State);

/// Whom members ask, by name, telephone or a mail address that is not the employer's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}

/// Which teams a consultation is put to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Teams {
    All,
    /// These and every team under them.
    Some(Vec<Id>),
}

/// A consultation as it is stored.
#[derive(Debug, Clone)]
pub struct Consultation {
    pub id: Id,
    pub slug: String,
    pub title: String,
    pub summary: String,
    /// Markdown.
    pub letter: String,
    pub contact: Option<Contact>,
    pub join_url: Option<String>,
    pub deadline: Deadline,
    pub grace_minutes: i32,
    pub state: State,
    pub covers_all_teams: bool,
    pub public_draft: bool,
    pub mail_replies: bool,
    pub created_at: DateTime<Utc>,
    pub opened_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub last_batch_on: Option<NaiveDate>,
    pub words_in_at: Option<DateTime<Utc>>,
    /// Rises whenever what the desks see changes.
    pub edition: i32,
}

impl Consultation {
    /// How a submission that arrived at `arrived` stands to the deadline; a consultation that was
    /// closed early is too late from then on.
    #[must_use]
    pub fn judge(&self, arrived: DateTime<Utc>) -> Arrival {
        match self.state {
            State::Open => self.deadline.judge(arrived, self.grace_minutes),
            State::Preparing | State::Closed | State::Reported => Arrival::TooLate,
        }
    }

    /// When the grace ends and closing work may begin.
    #[must_use]
    pub fn closes_at(&self) -> DateTime<Utc> {
        self.deadline.at + Duration::minutes(self.grace_minutes.into())
    }

    /// The calendar day of an instant where this consultation lives.
    #[must_use]
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.deadline.zone).date_naive()
    }
}

/// What is asked for when a consultation is made; texts as typed.
#[derive(Debug, Clone)]
pub struct New {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub letter: String,
    pub contact: Option<Contact>,
    pub join_url: Option<String>,
    pub time_zone: String,
    pub deadline: String,
    pub grace_minutes: i32,
    pub teams: Teams,
    pub public_draft: bool,
    pub mail_replies: bool,
}

/// What may be changed; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub letter: Option<String>,
    pub contact: Option<Option<Contact>>,
    pub join_url: Option<Option<String>>,
    pub time_zone: Option<String>,
    pub deadline: Option<String>,
    pub grace_minutes: Option<i32>,
    pub teams: Option<Teams>,
    pub public_draft: Option<bool>,
    pub mail_replies: Option<bool>,
}

/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx) -> Result<Vec<Consultation>, Fault> {
    queries::list(tx)
}

/// # Errors
/// Unknown slug.
pub fn by_slug(tx: &mut Tx, slug: &str) -> Result<Consultation, Refusal> {
    queries::by_slug(tx, slug)?.ok_or(Refusal::Unknown("consultation"))
}

/// # Errors
/// Unknown id.
pub fn by_id(tx: &mut Tx, id: Id) -> Result<Consultation, Refusal> {
    queries::by_id(tx, id)?.ok_or(Refusal::Unknown("consultation"))
}

/// The teams it is put to, without the teams under them; empty when it is put to all.
///
/// # Errors
/// When the database fails.
pub fn teams_of(tx: &mut Tx, id: Id) -> Result<Vec<Id>, Fault> {
    queries::teams(tx, id)
}

/// Makes a consultation in preparation. Its key must be in `keys.dir` before (`Keys::make_consultation`).
///
/// # Errors
/// Every field that must be mended; a slug that is taken.
pub fn make(tx: &mut Tx, deed: &Deed, id: Id, new: &New) -> Result<Consultation, Refusal> {
    let mut problems = Problems::default();
    if !is_slug(&new.slug) {
        problems.note("slug", "not-a-slug", "Use 1 to 60 small letters, digits and hyphens.");
    }
    if RESERVED.contains(&new.slug.as_str()) {
        problems.note("slug", "reserved", "This word is an address of the desks; choose another.");
    }
    let title = problems.check(text::line("title", &new.title));
    let summary = problems.check(text::words("summary", &new.summary, text::LETTER_MAX));
    let letter = problems.check(text::words("letter", &new.letter, text::LETTER_MAX));
    let contact = new.contact.as_ref().and_then(|contact| check_contact(&mut problems, contact));
    let join_url = check_join_url(&mut problems, new.join_url.as_deref());
    let deadline = problems.check(Deadline::parse(&new.deadline, &new.time_zone));
    check_grace(&mut problems, new.grace_minutes);
    check_teams(tx, &mut problems, &new.teams)?;
    if queries::by_slug(tx, &new.slug)?.is_some() {
        problems.note("slug", "taken", "Another consultation has this slug; choose another.");
    }
    problems.none()?;
    let (Some(title), Some(summary), Some(letter), Some(deadline)) = (title, summary, letter, deadline) else {
        return Err(Refusal::Invalid(Vec::new()));
    };
    let made = Consultation {
        id,
        slug: new.slug.clone(),
        title,
        summary,
        letter,
        contact,
        join_url,
        deadline,
        grace_minutes: new.grace_minutes,
        state: State::Preparing,
        covers_all_teams: new.teams == Teams::All,
        public_draft: new.public_draft,
        mail_replies: new.mail_replies,
        created_at: deed.now,
        opened_at: None,
        closed_at: None,
        last_batch_on: None,
        words_in_at: None,
        edition: 0,
    };
    queries::insert(tx, &made)?;
    if let Teams::Some(teams) = &new.teams {
        queries::set_teams(tx, id, teams)?;
    }
    deed.record(tx, "make consultation", &made.slug, &serde_json::json!({ "deadline": made.deadline.at }))?;
    Ok(made)
}

/// Changes what is given. Deadline, grace and teams change here only before opening; later the
/// deadline moves by [`extend`], and teams not at all.
///
/// # Errors
/// Every field that must be mended; what its state forbids.
pub fn change(tx: &mut Tx, deed: &Deed, slug: &str, change: &Change) -> Result<Consultation, Refusal> {
    let mut now = by_slug(tx, slug)?;
    if now.state != State::Preparing
        && (change.deadline.is_some()
            || change.time_zone.is_some()
            || change.grace_minutes.is_some()
            || change.teams.is_some())
    {
        return Err(Refusal::conflict(
            "fixed-at-opening",
            "Teams, zone and grace are fixed since the consultation opened; move the deadline with /deadline and a reason.",
        ));
    }
    let mut problems = Problems::default();
    if let Some(title) = &change.title
        && let Some(title) = problems.check(text::line("title", title))
    {
        now.title = title;
    }
    for (field, typed, place) in
        [("summary", &change.summary, &mut now.summary), ("letter", &change.letter, &mut now.letter)]
    {
        if let Some(typed) = typed
            && let Some(words) = problems.check(text::words(field, typed, text::LETTER_MAX))
        {
            *place = words;
        }
    }
    match &change.contact {
        Some(Some(contact)) => now.contact = check_contact(&mut problems, contact),
        Some(None) if now.state == State::Preparing => now.contact = None,
        Some(None) => problems.note("contact", "missing", "An open consultation needs a contact."),
        None => {}
    }
    if let Some(join_url) = &change.join_url {
        now.join_url = check_join_url(&mut problems, join_url.as_deref());
    }
    if change.deadline.is_some() || change.time_zone.is_some() {
        let written = change.deadline.clone().unwrap_or_else(|| now.deadline.local_text());
        let zone = change.time_zone.clone().unwrap_or_else(|| now.deadline.zone.name().to_owned());
        if let Some(deadline) = problems.check(Deadline::parse(&written, &zone)) {
            now.deadline = deadline;
        }
    }
    if let Some(minutes) = change.grace_minutes {
        check_grace(&mut problems, minutes);
        now.grace_minutes = minutes;
    }
    if let Some(teams) = &change.teams {
        check_teams(tx, &mut problems, teams)?;
    }
    problems.none()?;
    if let Some(teams) = &change.teams {
        now.covers_all_teams = *teams == Teams::All;
        queries::set_teams(tx, now.id, if let Teams::Some(teams) = teams { teams } else { &[] })?;
    }
    now.public_draft = change.public_draft.unwrap_or(now.public_draft);
    now.mail_replies = change.mail_replies.unwrap_or(now.mail_replies);
    queries::update(tx, &now)?;
    deed.record(tx, "change consultation", slug, &serde_json::json!({}))?;
    Ok(now)
}

/// Moves the deadline of an open consultation to a later time, with a reason members will read.
///
/// # Errors
/// No reason, a time that is not later, or a consultation that is not open.
pub fn extend(tx: &mut Tx, deed: &Deed, slug: &str, written: &str, reason: &str) -> Result<Consultation, Refusal> {
    let mut now = by_slug(tx, slug)?;
    if now.state != State::Open {
        return Err(not_open(&now));
    }
    let mut problems = Problems::default();
    let reason = problems.check(text::words("reason", reason.trim(), text::LETTER_MAX));
    if reason.as_deref() == Some("") {
        problems.note("reason", "missing", "Give the reason; members read it.");
    }
    let deadline = problems.check(Deadline::parse(written, now.deadline.zone.name()));
    if let Some(deadline) = deadline {
        if deadline.at <= deed.now {
            problems.note("deadline", "past", "Choose a time that is still to come.");
        } else if deadline.at <= now.deadline.at {
            problems.note("deadline", "not-later", "An open deadline can only be moved later; members rely on it.");
        }
    }
    problems.none()?;
    if let Some(deadline) = deadline {
        now.deadline = deadline;
    }
    queries::update(tx, &now)?;
    deed.record(tx, "extend deadline", slug, &serde_json::json!({ "deadline": now.deadline.at, "reason": reason }))?;
    Ok(now)
}

/// Closes an open consultation now. The last batch follows as work of its own.
///
/// # Errors
/// When it is not open.
pub fn close(tx: &mut Tx, deed: &Deed, slug: &str) -> Result<Consultation, Refusal> {
    let mut now = by_slug(tx, slug)?;
    if now.state != State::Open {
        return Err(not_open(&now));
    }
    now.state = State::Closed;
    now.closed_at = Some(deed.now);
    queries::update(tx, &now)?;
    deed.record(tx, "close consultation", slug, &serde_json::json!({}))?;
    Ok(now)
}

/// Closes every open consultation whose grace is over; returns those whose closing work is still to do.
///
/// # Errors
/// When the database fails.
pub fn close_due(tx: &mut Tx, deed: &Deed) -> Result<Vec<Consultation>, Refusal> {
    for due in queries::list(tx)? {
        if due.state == State::Open && due.closes_at() <= deed.now {
            close(tx, deed, &due.slug)?;
        }
    }
    Ok(queries::list(tx)?.into_iter().filter(|one| one.state == State::Closed && one.words_in_at.is_none()).collect())
}

/// Notes that words reached the desks on `day`; `last` when no more can follow.
///
/// # Errors
/// When the database fails.
pub fn batch_done(
    tx: &mut Tx,
    id: Id,
    day: NaiveDate,
    changed: bool,
    last: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    queries::batch_done(tx, id, day, changed, last)
}

/// Notes that what the desks see has changed, other than by a batch.
///
/// # Errors
/// When the database fails.
pub fn touch_desks(tx: &mut Tx, id: Id) -> Result<(), Fault> {
    queries::touch_desks(tx, id)
}

fn not_open(consultation: &Consultation) -> Refusal {
    Refusal::conflict("not-open", format!("The consultation is {}, not open.", consultation.state))
}

/// First parts of addresses under `/desk` that are no consultation's.
const RESERVED: &[&str] = &["members", "teams"];

fn is_slug(slug: &str) -> bool {
    (1..=60).contains(&slug.len())
        && slug.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-')
}

fn check_contact(problems: &mut Problems, contact: &Contact) -> Option<Contact> {
    let name = problems.check(text::line("contact.name", &contact.name));
    let phone = problems.check(text::optional_line("contact.phone", &contact.phone));
    let email = if contact.email.trim().is_empty() {
        Some(String::new())
    } else {
        problems.check(text::email("contact.email", &contact.email))
    };
    Some(Contact { name: name?, phone: phone?, email: email? })
}

fn check_join_url(problems: &mut Problems, url: Option<&str>) -> Option<String> {
    let url = url.map(str::trim).filter(|url| !url.is_empty())?;
    problems.check(text::web_address("join_url", url))
}

fn check_grace(problems: &mut Problems, minutes: i32) {
    if !(0..=1440).contains(&minutes) {
        problems.note("grace_minutes", "out-of-range", "Choose 0 to 1440 minutes.");
    }
}

fn check_teams(tx: &mut Tx, problems: &mut Problems, teams: &Teams) -> Result<(), Fault> {
    if let Teams::Some(teams) = teams {
        if teams.is_empty() {
            problems.note("teams", "missing", "Name at least one team, or \"all\".");
        }
        for team in teams {
            if !queries::team_exists(tx, *team)? {
                problems.note("teams", "unknown", format!("There is no team {team}."));
            }
        }
    }
    Ok(())
}
