//! One message to some teams, and what becomes of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::due::{Timing, When};
use super::queries;
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

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
    pub timing: Timing,
    /// As [`Mailing::expected_at`] tells better.
    pub due_at: DateTime<Utc>,
    /// ISO 8601, when it follows the deadline.
    pub before_deadline: Option<String>,
    /// The local time of the day that `before_deadline` counts to, `09:30`.
    pub at_time: Option<String>,
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
    pub when: When,
}

/// What may be changed of a mailing that has not begun; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub subject: Option<String>,
    pub body: Option<String>,
    /// As in [`New`].
    pub teams: Option<Option<Vec<Id>>>,
    pub team_notes: Option<BTreeMap<Id, String>>,
    pub audience: Option<Audience>,
    pub when: Option<When>,
}

impl Mailing {
    /// When it is due, as far as that is known: no hour is set while it waits for the opening.
    #[must_use]
    pub fn expected_at(&self) -> Option<DateTime<Utc>> {
        let is_begun = matches!(self.state, State::Sending | State::Sent | State::Held);
        (self.timing != Timing::AtOpening || is_begun).then_some(self.due_at)
    }
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
            when: When::default(),
        }
    }
}

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
