//! How many tries failed, and how long the next one waits. A try counts when it begins and is
//! forgiven when it succeeds, so that many at once cannot slip through together.

use chrono::{DateTime, Duration, Utc};

use super::queries;
use crate::store::{Fault, Tx};

/// Tries that need not wait.
const FREE: i32 = 5;
const FIRST_WAIT: Duration = Duration::seconds(30);
const LONGEST_WAIT: Duration = Duration::minutes(15);
/// After so long without a failure all is forgotten.
const MEMORY: Duration = Duration::days(1);
/// Failures of everybody together, in one minute, on browsers that are not known.
const OF_ALL_IN_A_MINUTE: i32 = 30;

/// Failures of one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) failures: i32,
    pub(super) last_at: DateTime<Utc>,
}

impl Count {
    /// From when on the next try is heard.
    fn free_at(self) -> DateTime<Utc> {
        if self.failures < FREE {
            return self.last_at;
        }
        let doubled = 1_i32 << (self.failures - FREE).min(10);
        self.last_at + (FIRST_WAIT * doubled).min(LONGEST_WAIT)
    }
}

/// Counts a try that begins. The answer is how long it has to wait instead; then it is not counted.
pub(super) fn begin(tx: &mut Tx, subject: &[u8; 32], now: DateTime<Utc>) -> Result<Option<Duration>, Fault> {
    let count = queries::count(tx, subject)?.filter(|count| count.last_at + MEMORY > now);
    let count = count.unwrap_or(Count { failures: 0, last_at: now });
    if count.free_at() > now {
        return Ok(Some(count.free_at() - now));
    }
    queries::forget_before(tx, now - MEMORY)?;
    queries::set_count(tx, subject, Count { failures: count.failures.saturating_add(1), last_at: now })?;
    Ok(None)
}

/// As [`begin`], for what all share in the minute of `now`.
pub(super) fn begin_among_all(tx: &mut Tx, subject: &[u8; 32], now: DateTime<Utc>) -> Result<Option<Duration>, Fault> {
    let failures = queries::count(tx, subject)?.map_or(0, |count| count.failures);
    if failures >= OF_ALL_IN_A_MINUTE {
        return Ok(Some(Duration::seconds(60 - now.timestamp().rem_euclid(60))));
    }
    queries::set_count(tx, subject, Count { failures: failures + 1, last_at: now })?;
    Ok(None)
}

/// Takes back one try, of those that all share.
pub(super) fn forgive_one(tx: &mut Tx, subject: &[u8; 32]) -> Result<(), Fault> {
    let Some(count) = queries::count(tx, subject)? else { return Ok(()) };
    queries::set_count(tx, subject, Count { failures: (count.failures - 1).max(0), ..count })
}

/// Forgets all tries of a subject that succeeded.
pub(super) fn forgive(tx: &mut Tx, subject: &[u8; 32]) -> Result<(), Fault> {
    queries::forget(tx, subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_from_half_a_minute_to_a_quarter_of_an_hour() {
        let wait = |failures| {
            let count = Count { failures, last_at: DateTime::UNIX_EPOCH };
            (count.free_at() - count.last_at).num_seconds()
        };
        assert_eq!([0, 4, 5, 6, 7, 8, 9, 10, 11, i32::MAX].map(wait), [0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
    }
}
