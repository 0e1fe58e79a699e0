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

crate::values! {
    /// Who finds the page that everybody may see.
    PublicPage {
        /// Whoever has its address; it stands in no list.
        ByLink = "by_link",
        /// On the front page too.
        Listed = "listed",
        /// Search engines may list it as well.
        Indexed = "indexed",
    }
}

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
    pub public_page: PublicPage,
    /// Names that could point to a writer, one on a line.
    pub identifying_words: String,
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

    /// Whether it stands on the front page.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.state == State::Open && self.public_page != PublicPage::ByLink
    }

    /// Whether search engines may list its public page.
    #[must_use]
    pub fn is_indexed(&self) -> bool {
        self.state != State::Preparing && self.public_page == PublicPage::Indexed
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
    pub public_page: PublicPage,
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
    let made = checked(tx, id, new, deed.now)?;
    queries::insert(tx, &made)?;
    if let Teams::Some(teams) = &new.teams {
        queries::set_teams(tx, id, teams)?;
    }
    deed.record(tx, "make consultation", &made.slug, &serde_json::json!({ "deadline": made.deadline.at }))?;
    Ok(made)
}

/// The consultation that [`make`] would store.
///
/// # Errors
/// As [`make`].
pub fn checked(tx: &mut Tx, id: Id, new: &New, now: DateTime<Utc>) -> Result<Consultation, Refusal> {
    let mut problems = Problems::default();
    if !is_slug(&new.slug) {
        problems.note("slug", "not-a-slug", "Use 1 to 60 small letters, digits and hyphens.");
    }
    if crate::links::NO_SLUGS.contains(&new.slug.as_str()) {
        problems.note("slug", "taken", "This word stands for another page; choose another slug.");
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
    Ok(Consultation {
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
        created_at: now,
        opened_at: None,
        closed_at: None,
        last_batch_on: None,
        words_in_at: None,
        edition: 0,
        public_page: new.public_page,
        identifying_words: String::new(),
    })
}

/// Moves the deadline of an open consultation to a later time, with a reason members will read.
///
/// # Errors
/// No reason, a time that is not later, or a consultation that is not open.
pub fn extend(tx: &mut Tx, deed: &Deed, slug: &str, written: &str, reason: &str) -> Result<Consultation, Refusal> {
    let mut now = by_slug(tx, slug)?;
    let (deadline, reason) = later(&now, deed.now, written, reason)?;
    now.deadline = deadline;
    queries::update(tx, &now)?;
    deed.record(tx, "extend deadline", slug, &serde_json::json!({ "deadline": now.deadline.at, "reason": reason }))?;
    Ok(now)
}

/// The later deadline that [`extend`] would set, and the reason as it would be told.
///
/// # Errors
/// As [`extend`].
pub fn later(of: &Consultation, at: DateTime<Utc>, written: &str, reason: &str) -> Result<(Deadline, String), Refusal> {
    check_open(of)?;
    let mut problems = Problems::default();
    let deadline = problems.check(Deadline::parse(written, of.deadline.zone.name()));
    if let Some(deadline) = deadline {
        if deadline.at <= at {
            problems.note("deadline", "past", "Choose a time that is still to come.");
        } else if deadline.at <= of.deadline.at {
            problems.note("deadline", "not-later", "An open deadline can only be moved later; members rely on it.");
        }
    }
    let reason = problems.check(text::words("reason", reason.trim(), text::LETTER_MAX));
    if reason.as_deref() == Some("") {
        problems.note("reason", "missing", "Give the reason; members read it.");
    }
    problems.none()?;
    deadline.zip(reason).ok_or_else(|| Refusal::Invalid(Vec::new()))
}

/// Closes an open consultation now. The last batch follows as work of its own.
///
/// # Errors
/// When it is not open.
pub fn close(tx: &mut Tx, deed: &Deed, slug: &str) -> Result<Consultation, Refusal> {
    close_because(tx, deed, slug, "")
}

/// As [`close`], noting why somebody did it by hand.
///
/// # Errors
/// When it is not open, or the reason is too long.
pub fn close_because(tx: &mut Tx, deed: &Deed, slug: &str, reason: &str) -> Result<Consultation, Refusal> {
    let mut now = by_slug(tx, slug)?;
    check_open(&now)?;
    let reason = text::words("reason", reason.trim(), text::CONDITION_MAX)?;
    now.state = State::Closed;
    now.closed_at = Some(deed.now);
    queries::update(tx, &now)?;
    let detail = if reason.is_empty() { serde_json::json!({}) } else { serde_json::json!({ "reason": reason }) };
    deed.record(tx, "close consultation", slug, &detail)?;
    Ok(now)
}

/// # Errors
/// When it is not open.
pub fn check_open(of: &Consultation) -> Result<(), Refusal> {
    if of.state == State::Open { Ok(()) } else { Err(not_open(of)) }
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

fn is_slug(slug: &str) -> bool {
    (1..=60).contains(&slug.len())
        && slug.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-')
}

pub(super) fn check_contact(problems: &mut Problems, contact: &Contact) -> Option<Contact> {
    let name = problems.check(text::line("contact.name", &contact.name));
    let phone = problems.check(text::optional_line("contact.phone", &contact.phone));
    let email = if contact.email.trim().is_empty() {
        Some(String::new())
    } else {
        problems.check(text::email("contact.email", &contact.email))
    };
    Some(Contact { name: name?, phone: phone?, email: email? })
}

pub(super) fn check_join_url(problems: &mut Problems, url: Option<&str>) -> Option<String> {
    let url = url.map(str::trim).filter(|url| !url.is_empty())?;
    problems.check(text::web_address("join_url", url))
}

pub(super) fn check_grace(problems: &mut Problems, minutes: i32) {
    if !(0..=1440).contains(&minutes) {
        problems.note("grace_minutes", "out-of-range", "Choose 0 to 1440 minutes.");
    }
}

pub(super) fn check_teams(tx: &mut Tx, problems: &mut Problems, teams: &Teams) -> Result<(), Fault> {
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
