//! One message to some teams, and what becomes of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use super::due::{self, Before};
use super::{queries, wording};
use crate::audit::Deed;
use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::people;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx, queue};
use crate::text;

crate::values! {
    /// What a mailing is for.
    Kind {
        Invitation = "invitation", Reminder = "reminder", ClosingSoon = "closing_soon",
        Thanks = "thanks", Update = "update",
    }
}

crate::values! {
    /// Who in the chosen teams gets it.
    Audience { Everyone = "everyone", NotFinished = "not_finished" }
}

crate::values! {
    /// How far a mailing is.
    State {
        Planned = "planned", Sending = "sending", Paused = "paused", Held = "held",
        Sent = "sent", Cancelled = "cancelled",
    }
}

impl Kind {
    /// Whether "no more reminders" stops it.
    #[must_use]
    pub fn is_reminder(self) -> bool {
        matches!(self, Self::Reminder | Self::ClosingSoon)
    }

    /// Whether it asks for words, which is senseless once comments have closed.
    #[must_use]
    pub fn asks(self) -> bool {
        !matches!(self, Self::Thanks | Self::Update)
    }
}

/// A mailing as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailing {
    pub id: Id,
    pub consultation_id: Id,
    pub kind: Kind,
    /// As the organiser wrote it; empty for the kind's own words.
    pub subject: String,
    /// Markdown with named fields; empty for the kind's own words.
    pub body: String,
    pub audience: Audience,
    pub state: State,
    pub due_at: DateTime<Utc>,
    /// ISO 8601, when it follows the deadline.
    pub before_deadline: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// What is asked for when a mailing is planned; texts as typed.
#[derive(Debug, Clone)]
pub struct New {
    pub kind: Kind,
    pub subject: String,
    pub body: String,
    /// None: everybody invited. Else these teams and every team under them.
    pub teams: Option<Vec<Id>>,
    /// Other words for a team and the teams under it.
    pub team_notes: BTreeMap<Id, String>,
    pub audience: Audience,
    /// An instant, or a local time in the consultation's zone.
    pub send_at: Option<String>,
    /// ISO 8601: `P3D`, `PT12H`.
    pub before_deadline: Option<String>,
}

impl New {
    /// A mailing of this kind to everybody, now, in its own words, with other words for some teams.
    #[must_use]
    pub fn standard(kind: Kind, team_notes: BTreeMap<Id, String>) -> Self {
        Self {
            kind,
            subject: String::new(),
            body: String::new(),
            teams: None,
            team_notes,
            audience: Audience::Everyone,
            send_at: None,
            before_deadline: None,
        }
    }
}

/// The kind of the job that writes a mailing's outbox rows; the job bears the mailing's own id.
pub const FAN_OUT: &str = "fan_out";

/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx, consultation: Id) -> Result<Vec<Mailing>, Fault> {
    queries::mailings(tx, consultation)
}

/// # Errors
/// Unknown id.
pub fn get(tx: &mut Tx, id: Id) -> Result<Mailing, Refusal> {
    queries::mailing(tx, id)?.ok_or(Refusal::Unknown("mailing"))
}

/// The chosen teams, without those under them; empty for everybody.
///
/// # Errors
/// When the database fails.
pub fn teams_of(tx: &mut Tx, id: Id) -> Result<Vec<Id>, Fault> {
    Ok(queries::mailing_teams(tx, id)?.into_iter().filter(|team| team.is_recipient).map(|team| team.team_id).collect())
}

/// The notes, by team.
///
/// # Errors
/// When the database fails.
pub fn notes_of(tx: &mut Tx, id: Id) -> Result<BTreeMap<Id, String>, Fault> {
    let teams = queries::mailing_teams(tx, id)?;
    Ok(teams.into_iter().filter(|team| !team.note.is_empty()).map(|team| (team.team_id, team.note)).collect())
}

/// Plans a mailing; with no time given it is due now.
///
/// # Errors
/// Every field that must be mended; a consultation that is not open (thanks and updates may follow closing).
pub fn plan(tx: &mut Tx, deed: &Deed, of: &Consultation, new: &New) -> Result<Mailing, Refusal> {
    check_state(of, new.kind, deed.now)?;
    let mut problems = Problems::default();
    let subject = problems.check(text::optional_line("subject", &new.subject));
    let body = problems.check(text::words("body", new.body.trim(), text::LETTER_MAX));
    let notes = check_notes(&mut problems, &new.team_notes);
    for (field, words) in [("subject", &subject), ("body", &body)] {
        wording::check_fields(&mut problems, field, words.as_deref().unwrap_or_default());
    }
    check_teams(tx, &mut problems, new)?;
    if new.audience == Audience::NotFinished && matches!(new.kind, Kind::Invitation | Kind::Thanks) {
        problems.note("audience", "not-for-this-kind", "Invitations and thanks go to everyone.");
    }
    let when =
        problems.check(due::choose(new.send_at.as_deref(), new.before_deadline.as_deref(), &of.deadline, deed.now));
    problems.none()?;
    let (Some(subject), Some(body), Some((due_at, before_deadline))) = (subject, body, when) else {
        return Err(Refusal::Invalid(Vec::new()));
    };
    let mailing = Mailing {
        id: deed.new_id(),
        consultation_id: of.id,
        kind: new.kind,
        subject,
        body,
        audience: new.audience,
        state: State::Planned,
        due_at,
        before_deadline,
        created_at: deed.now,
    };
    queries::insert_mailing(tx, &mailing)?;
    queries::insert_mailing_teams(tx, mailing.id, new.teams.as_deref().unwrap_or_default(), &notes)?;
    let detail = serde_json::json!({
        "mailing": mailing.id, "kind": mailing.kind, "audience": mailing.audience, "due_at": mailing.due_at,
        "teams": new.teams.as_ref().map(Vec::len),
    });
    deed.record(tx, "plan mailing", &of.slug, &detail)?;
    Ok(mailing)
}

/// Stops for now; what a worker already holds still goes.
///
/// # Errors
/// When there is nothing to pause.
pub fn pause(tx: &mut Tx, deed: &Deed, id: Id) -> Result<Mailing, Refusal> {
    let mailing = get(tx, id)?;
    match mailing.state {
        State::Planned | State::Sending | State::Held => change(tx, deed, mailing, State::Paused, "pause mailing"),
        State::Paused => Ok(mailing),
        State::Sent | State::Cancelled => Err(over(&mailing)),
    }
}

/// Goes on after a pause, or sends what was held.
///
/// # Errors
/// When it is over.
pub fn resume(tx: &mut Tx, deed: &Deed, id: Id) -> Result<Mailing, Refusal> {
    let mailing = get(tx, id)?;
    match mailing.state {
        State::Paused | State::Held if mailing.due_at > deed.now => {
            change(tx, deed, mailing, State::Planned, "resume mailing")
        }
        State::Paused | State::Held => {
            queue_fan_out(tx, &mailing, deed.now)?;
            change(tx, deed, mailing, State::Sending, "resume mailing")
        }
        State::Planned | State::Sending => Ok(mailing),
        State::Sent | State::Cancelled => Err(over(&mailing)),
    }
}

/// Stops for good what has not been sent yet.
///
/// # Errors
/// When all of it is sent.
pub fn cancel(tx: &mut Tx, deed: &Deed, id: Id) -> Result<Mailing, Refusal> {
    let mailing = get(tx, id)?;
    match mailing.state {
        State::Cancelled => Ok(mailing),
        State::Sent => Err(over(&mailing)),
        State::Planned | State::Sending | State::Paused | State::Held => {
            queries::cancel_waiting(tx, id, deed.now)?;
            change(tx, deed, mailing, State::Cancelled, "cancel mailing")
        }
    }
}

/// Moves what goes out before the deadline along with a deadline that has moved.
///
/// # Errors
/// When the database fails.
pub fn follow_deadline(tx: &mut Tx, of: &Consultation) -> Result<(), Fault> {
    for mailing in queries::mailings(tx, of.id)? {
        let before = mailing.before_deadline.as_deref().and_then(Before::parse);
        if let Some(before) = before
            && matches!(mailing.state, State::Planned | State::Paused | State::Held)
        {
            queries::set_due(tx, mailing.id, before.of(&of.deadline))?;
        }
    }
    Ok(())
}

/// Starts every mailing that is due. What was missed by [`MISSED`] or more is held until somebody
/// looks, and what asks for words after comments have closed is cancelled.
///
/// # Errors
/// When the database fails.
pub fn start_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<usize, Refusal> {
    let due = queries::due_mailings(tx, now)?;
    for mailing in &due {
        let of = consultations::by_id(tx, mailing.consultation_id)?;
        let state = if check_state(&of, mailing.kind, now).is_err() {
            State::Cancelled
        } else if now - mailing.due_at > MISSED && mailing.kind != Kind::Thanks {
            State::Held
        } else {
            queue_fan_out(tx, mailing, now)?;
            State::Sending
        };
        queries::set_mailing_state(tx, mailing.id, state)?;
    }
    Ok(due.len())
}

/// Notes as sent every mailing whose messages have all come to an end.
///
/// # Errors
/// When the database fails.
pub fn finish_sent(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Fault> {
    queries::give_up_on_cancelled(tx, now)?;
    queries::finish_sent(tx)
}

/// A mailing that the server slept through for longer is not sent unasked.
const MISSED: Duration = Duration::hours(12);

fn check_state(of: &Consultation, kind: Kind, now: DateTime<Utc>) -> Result<(), Refusal> {
    use consultations::State::{Closed, Open, Preparing, Reported};
    match of.state {
        Preparing => Err(Refusal::conflict("not-open", "Open the consultation first; nobody is invited yet.")),
        Open if kind.asks() && of.deadline.at <= now => {
            Err(Refusal::conflict("deadline-passed", "The deadline has passed; extend it before asking again."))
        }
        Closed | Reported if kind.asks() => {
            Err(Refusal::conflict("not-open", format!("The consultation is {}; send an update or thanks.", of.state)))
        }
        Open | Closed | Reported => Ok(()),
    }
}

fn check_notes(problems: &mut Problems, typed: &BTreeMap<Id, String>) -> BTreeMap<Id, String> {
    let mut notes = BTreeMap::new();
    for (team, note) in typed {
        let field = format!("team_notes/{team}");
        if let Some(note) = problems.check(text::words(&field, note.trim(), text::CONDITION_MAX)) {
            wording::check_fields(problems, &field, &note);
            notes.insert(*team, note);
        }
    }
    notes
}

fn check_teams(tx: &mut Tx, problems: &mut Problems, new: &New) -> Result<(), Fault> {
    let known: Vec<Id> = people::team::list(tx)?.into_iter().map(|team| team.id).collect();
    if new.teams.as_ref().is_some_and(Vec::is_empty) {
        problems.note("teams", "missing", "Name at least one team, or leave teams out for everybody.");
    }
    let named = new.teams.iter().flatten().map(|team| ("teams", team));
    for (field, team) in named.chain(new.team_notes.keys().map(|team| ("team_notes", team))) {
        if !known.contains(team) {
            problems.note(field, "unknown", format!("There is no team {team}."));
        }
    }
    Ok(())
}

fn queue_fan_out(tx: &mut Tx, mailing: &Mailing, now: DateTime<Utc>) -> Result<(), Fault> {
    if queries::is_fanning_out(tx, mailing.id)? {
        return Ok(());
    }
    let payload = serde_json::json!({ "mailing": mailing.id });
    queue::add(tx, mailing.id, FAN_OUT, &payload.to_string(), now)
}

fn change(tx: &mut Tx, deed: &Deed, mailing: Mailing, state: State, action: &str) -> Result<Mailing, Refusal> {
    queries::set_mailing_state(tx, mailing.id, state)?;
    let slug = consultations::by_id(tx, mailing.consultation_id)?.slug;
    deed.record(tx, action, &slug, &serde_json::json!({ "mailing": mailing.id }))?;
    Ok(Mailing { state, ..mailing })
}

fn over(mailing: &Mailing) -> Refusal {
    match mailing.state {
        State::Cancelled => Refusal::conflict("mailing-cancelled", "This mailing is cancelled; plan another."),
        _ => Refusal::conflict("mailing-sent", "This mailing is sent; nothing is left to stop."),
    }
}
