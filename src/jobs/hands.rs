//! What a worker works with.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

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
    pub transport: Transport,
    /// Local hour of the daily batch.
    pub batch_hour: u32,
    /// Set when the program is to end.
    pub stop: Stop,
}

/// Tells work that it is to come to an end. Cheap to clone.
#[derive(Clone)]
pub struct Stop {
    is_set: watch::Receiver<bool>,
    grace: Duration,
}

/// Ends what holds a [`Stop`] of it.
pub struct Stopper(watch::Sender<bool>);

impl Stop {
    /// `grace` is how long conversations that have begun may go on after it.
    #[must_use]
    pub fn new(grace: Duration) -> (Stopper, Self) {
        let (stopper, is_set) = watch::channel(false);
        (Stopper(stopper), Self { is_set, grace })
    }

    /// For work that ends when it is done.
    #[must_use]
    pub fn never() -> Self {
        Self::new(Duration::ZERO).1
    }

    #[must_use]
    pub fn is_set(&self) -> bool {
        *self.is_set.borrow()
    }

    /// Comes back once it is set.
    pub async fn set(&self) {
        let mut stop = self.is_set.clone();
        if stop.wait_for(|is_set| *is_set).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Comes back when it is set and its grace is over.
    pub async fn over(&self) {
        self.set().await;
        tokio::time::sleep(self.grace).await;
    }
}

impl Stopper {
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
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
