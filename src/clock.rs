//! The only "now". Everything that depends on time is handed a [`Clock`].

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};

/// Tells the time, in UTC, cut to microseconds (what both databases can hold).
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's clock.
    ///
    /// In builds with debug assertions `SOUNDINGS_TEST_CLOCK` may name a file holding an
    /// RFC 3339 instant, so that tests can hand the time in from outside the process.
    #[must_use]
    pub fn system() -> Self {
        #[cfg(debug_assertions)]
        if let Some(path) = std::env::var_os("SOUNDINGS_TEST_CLOCK") {
            return Self(Arc::new(move || {
                std::fs::read_to_string(&path)
                    .ok()
                    .and_then(|text| DateTime::parse_from_rfc3339(text.trim()).ok())
                    .map_or_else(machine_time, |at| at.to_utc())
            }));
        }
        Self(Arc::new(machine_time))
    }

    /// A clock that stands still.
    #[must_use]
    pub fn standing_at(at: DateTime<Utc>) -> Self {
        Self(Arc::new(move || at))
    }

    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)().trunc_subsecs(6)
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
fn machine_time() -> DateTime<Utc> {
    Utc::now()
}
