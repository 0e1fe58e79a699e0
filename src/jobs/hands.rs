//! What a worker works with.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::audit::{Actor, Deed};
use crate::clock::Clock;
use crate::ids::Chance;
use crate::mail::{Stationery, Transport};
use crate::store::Store;

/// Everything that work needs. Cheap to clone.
#[derive(Clone)]
pub struct Hands {
    pub store: Store,
    pub clock: Clock,
    pub chance: Chance,
    /// Keys, addresses of the site, sender, words and templates.
    pub stationery: Stationery,
    pub transport: Arc<dyn Transport>,
    /// Local hour of the daily batch.
    pub batch_hour: u32,
}

impl Hands {
    /// The same hands at a given time, for `mail due --now`.
    #[must_use]
    pub fn at(&self, now: DateTime<Utc>) -> Self {
        Self { clock: Clock::standing_at(now), ..self.clone() }
    }

    /// A deed of the schedule's own, now.
    #[must_use]
    pub fn deed(&self) -> Deed {
        Deed { actor: Actor::Schedule, now: self.clock.now(), chance: self.chance.clone() }
    }
}
