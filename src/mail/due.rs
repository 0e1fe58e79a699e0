//! When a mailing goes out: now, at a set time, or so long before the deadline.

use chrono::{DateTime, Duration, Utc};

use crate::consultations::Deadline;
use crate::text::Problem;

/// How far in the past a time may lie and still mean now.
const MOMENT: Duration = Duration::minutes(5);

/// A time before the deadline: whole days by the calendar there, then hours and minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Before {
    days: i64,
    time: Duration,
}

impl Before {
    /// Reads weeks, days, hours and minutes of ISO 8601: `P3D`, `P1W`, `PT12H`, `P1DT6H30M`.
    pub(super) fn parse(written: &str) -> Option<Self> {
        let rest = written.trim().strip_prefix('P')?;
        let (dates, times) = match rest.split_once('T') {
            Some((_, "")) => return None,
            Some((dates, times)) => (dates, times),
            None => (rest, ""),
        };
        let [weeks, days] = amounts(dates, ['W', 'D'])?;
        let [hours, minutes] = amounts(times, ['H', 'M'])?;
        let before = Self { days: weeks * 7 + days, time: Duration::hours(hours) + Duration::minutes(minutes) };
        (before != Self { days: 0, time: Duration::zero() }).then_some(before)
    }

    /// The instant this long before a deadline: three days before Friday 5 pm is Tuesday 5 pm,
    /// whatever the clocks do in between.
    pub(super) fn of(self, deadline: &Deadline) -> DateTime<Utc> {
        let local = deadline.local - Duration::days(self.days);
        let day = Deadline::at_local(local, deadline.zone)
            // The clocks skip that time: an hour later they have not.
            .or_else(|_| Deadline::at_local(local + Duration::hours(1), deadline.zone))
            .map_or_else(|_| deadline.at - Duration::days(self.days), |found| found.at);
        day - self.time
    }
}

/// The instant that `send_at` and `before_deadline` mean, and the duration when it follows the deadline.
pub(super) fn choose(
    send_at: Option<&str>,
    before_deadline: Option<&str>,
    deadline: &Deadline,
    now: DateTime<Utc>,
) -> Result<(DateTime<Utc>, Option<String>), Problem> {
    match (send_at, before_deadline) {
        (Some(_), Some(_)) => {
            Err(Problem::new("send_at", "two-times", "Give send_at or before_deadline, not both; neither means now."))
        }
        (None, None) => Ok((now, None)),
        (Some(written), None) => Ok((not_past("send_at", parse_time(written, deadline)?, now)?, None)),
        (None, Some(written)) => {
            let before = Before::parse(written).ok_or_else(|| {
                Problem::new(
                    "before_deadline",
                    "not-a-duration",
                    "Write how long before the deadline as P3D (three days) or PT12H (twelve hours).",
                )
            })?;
            Ok((not_past("before_deadline", before.of(deadline), now)?, Some(written.trim().to_owned())))
        }
    }
}

fn amounts(written: &str, units: [char; 2]) -> Option<[i64; 2]> {
    let mut rest = written;
    let mut found = [0; 2];
    for (unit, place) in units.into_iter().zip(&mut found) {
        if let Some((amount, after)) = rest.split_once(unit) {
            *place = amount.parse().ok().filter(|amount| (0..=999).contains(amount))?;
            rest = after;
        }
    }
    rest.is_empty().then_some(found)
}

fn parse_time(written: &str, deadline: &Deadline) -> Result<DateTime<Utc>, Problem> {
    let refused =
        |code, detail: String| Problem::new("send_at", code, detail.replace("Write the deadline as", "Write it as"));
    if !written.contains(':') {
        return Err(refused("not-a-time", "Write a time as 2026-12-04T17:00.".to_owned()));
    }
    Deadline::parse(written, deadline.zone.name())
        .map(|time| time.at)
        .map_err(|problem| refused(problem.code, problem.detail))
}

fn not_past(field: &str, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Problem> {
    if at < now - MOMENT {
        return Err(Problem::new(field, "past", "That time has passed; choose a later one, or none to send now."));
    }
    Ok(at.max(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deadline() -> Deadline {
        Deadline::parse("2026-12-04T17:00", "Europe/London").unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn durations_are_read_and_nonsense_is_not() {
        let before = |text| Before::parse(text).map(|before| before.of(&deadline()));
        assert_eq!(before("P3D"), Some(at("2026-12-01T17:00:00Z")));
        assert_eq!(before("PT12H"), Some(at("2026-12-04T05:00:00Z")));
        assert_eq!(before("P1W"), Some(at("2026-11-27T17:00:00Z")));
        assert_eq!(before("P1DT6H30M"), Some(at("2026-12-03T10:30:00Z")));
        for nonsense in ["", "P", "3D", "PT", "P3", "P3DT", "P-3D", "PT3D", "P3H", "P0D", "P1D1W"] {
            assert_eq!(Before::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn days_go_by_the_calendar_even_when_the_clocks_change() {
        let spring = Deadline::parse("2027-03-30T17:00", "Europe/London").unwrap();
        assert_eq!(Before::parse("P3D").unwrap().of(&spring), at("2027-03-27T17:00:00Z"));
    }

    #[test]
    fn a_time_is_now_or_to_come_and_only_one() {
        let now = at("2026-11-30T12:00:00Z");
        let choose = |send_at, before| choose(send_at, before, &deadline(), now).map_err(|problem| problem.code);
        assert_eq!(choose(None, None), Ok((now, None)));
        assert_eq!(choose(Some("2026-11-30T11:59"), None), Ok((now, None)));
        assert_eq!(choose(Some("2026-12-01T09:00"), None), Ok((at("2026-12-01T09:00:00Z"), None)));
        assert_eq!(choose(Some("2026-11-29T09:00"), None), Err("past"));
        assert_eq!(choose(Some("2026-12-01"), None), Err("not-a-time"));
        assert_eq!(choose(None, Some("P30D")), Err("past"));
        assert_eq!(choose(Some("2026-12-01T09:00"), Some("P1D")), Err("two-times"));
    }
}
