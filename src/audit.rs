//! What staff did: one row for each deed, written in the deed's own transaction.
//!
//! Numbers and names of things, never the words of a comment, never a member's deed.

use chrono::{DateTime, Utc};

use crate::ids::{Chance, Id};
use crate::store::{Fault, Tx};

mod queries;
pub mod replay;

/// Who does something to the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Staff(Id),
    Token(Id),
    CommandLine,
    /// A rep of the team concerned, in her office; which one is not kept.
    Rep,
    /// The program itself, at a time that was set.
    Schedule,
}

impl std::fmt::Display for Actor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Staff(id) => write!(out, "staff:{id}"),
            Self::Token(id) => write!(out, "token:{id}"),
            Self::Rep => out.write_str("rep"),
            Self::CommandLine => out.write_str("command line"),
            Self::Schedule => out.write_str("schedule"),
        }
    }
}

/// The hands of a staff deed: who, when, and the chance new names are drawn from.
#[derive(Clone)]
pub struct Deed {
    pub actor: Actor,
    pub now: DateTime<Utc>,
    pub chance: Chance,
}

impl Deed {
    #[must_use]
    pub fn new_id(&self) -> Id {
        self.chance.id(self.now)
    }

    /// Writes the audit row. `action` is a verb and a noun (`open consultation`), `subject` its name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn record(&self, tx: &mut Tx, action: &str, subject: &str, detail: &serde_json::Value) -> Result<(), Fault> {
        queries::insert(tx, self.new_id(), self.now, &self.actor.to_string(), action, subject, &detail.to_string())
    }
}
