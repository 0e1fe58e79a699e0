//! When a message that broke is tried again.

use chrono::{DateTime, Duration, Utc};

use super::Settled;

/// Minutes between tries; two days in all, as mail servers do it among themselves.
const PAUSES: [i64; 14] = [1, 5, 15, 60, 180, 240, 240, 240, 300, 300, 300, 300, 300, 360];

/// The next try after the one that `settled` tells of; none when it was the last. Towards the end of
/// a message's use the tries come closer together, and the last one is a minute before.
pub(super) fn next_try(settled: &Settled, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let tries = usize::try_from(settled.attempts.max(1)).ok()?;
    let pause = Duration::minutes(*PAUSES.get(tries - 1)?);
    let pause = pause + pause * jitter(settled) / 1000;
    let Some(until) = settled.until.filter(|until| *until - now <= pause) else { return Some(now + pause) };
    let half = (until - now) / 2;
    (half >= Duration::minutes(1)).then(|| now + half)
}

/// From -100 to 100 thousandths: so that what broke together does not come back together. Drawn from
/// the row's name, which is chance enough and the same for every try to write it down.
fn jitter(settled: &Settled) -> i32 {
    let drawn = settled
        .id
        .as_bytes()
        .iter()
        .fold(settled.attempts.unsigned_abs(), |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    i32::try_from(drawn % 201).unwrap_or_default() - 100
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Chance;
    use crate::mail::outbox::Outcome;
    use crate::mail::testing::at;

    #[test]
    fn tries_come_more_and_more_slowly_for_two_days_and_never_all_at_once() {
        let (chance, start) = (Chance::seeded(1), at("2026-11-27T09:00:00Z"));
        let mut first = std::collections::BTreeSet::new();
        for _ in 0..50 {
            let mut one =
                Settled { id: chance.id(start), fence: 1, attempts: 1, until: None, outcome: Outcome::Returned };
            let mut now = start;
            while let Some(next) = next_try(&one, now) {
                assert!(next > now);
                if one.attempts == 1 {
                    first.insert(next);
                }
                now = next;
                one.attempts += 1;
            }
            let hours = (now - start).num_hours();
            assert!((42..=53).contains(&hours), "{hours}");
            assert_eq!(one.attempts, 15);
        }
        assert!(first.len() > 10, "spread: {}", first.len());
    }

    #[test]
    fn the_last_tries_come_before_the_deadline() {
        let (start, until) = (at("2026-12-04T15:00:00Z"), at("2026-12-04T17:00:00Z"));
        let id = Chance::seeded(1).id(start);
        let mut one = Settled { id, fence: 1, attempts: 6, until: Some(until), outcome: Outcome::Returned };
        let (mut now, mut tries) = (start, 0);
        while let Some(next) = next_try(&one, now) {
            (now, tries, one.attempts) = (next, tries + 1, one.attempts + 1);
        }
        assert!(now < until && until - now < Duration::minutes(2), "{now}");
        assert!(tries >= 5, "{tries}");
    }
}
