//! When words still count. A deadline is a local time in a named zone, and the instant it means.

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::text::Problem;

/// A local time, its IANA zone and the instant both mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub local: NaiveDateTime,
    pub zone: Tz,
    pub at: DateTime<Utc>,
}

/// How a submission stands to the deadline; its instant is the arrival of its request head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Strictly before the deadline.
    OnTime,
    /// Within the grace: new comments only, stored and labelled late.
    Late,
    /// Refused, with the text shown back.
    TooLate,
}

impl Deadline {
    /// Reads `2026-12-04T17:00`, `2026-12-04 17:00:00`, an RFC 3339 instant, or a date alone,
    /// which means the end of that day (23:59:59).
    ///
    /// # Errors
    /// A zone nobody knows, a text that is no time, or a local time that does not exist. A local
    /// time that exists twice means the later.
    pub fn parse(written: &str, zone: &str) -> Result<Self, Problem> {
        let zone = parse_zone(zone)?;
        let written = written.trim();
        if let Ok(instant) = DateTime::parse_from_rfc3339(written) {
            let local = instant.with_timezone(&zone).naive_local();
            return Ok(Self { local, zone, at: instant.to_utc() });
        }
        let local = parse_local(written).ok_or_else(|| {
            Problem::new(
                "deadline",
                "not-a-time",
                "Write the deadline as 2026-12-04T17:00, or a date alone for the end of that day.",
            )
        })?;
        Self::at_local(local, zone)
    }

    /// The instant of a local time in a zone.
    ///
    /// # Errors
    /// When the clocks skip that time.
    pub fn at_local(local: NaiveDateTime, zone: Tz) -> Result<Self, Problem> {
        let at = match zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(_, at) => at.to_utc(),
            LocalResult::None => {
                return Err(Problem::new(
                    "deadline",
                    "no-such-time",
                    format!("The clocks in {zone} skip {}; choose another time.", local.format("%H:%M on %-d %B %Y")),
                ));
            }
        };
        Ok(Self { local, zone, at })
    }

    /// Judges a submission that arrived at `arrived`.
    #[must_use]
    pub fn judge(&self, arrived: DateTime<Utc>, grace_minutes: i32) -> Arrival {
        if arrived < self.at {
            Arrival::OnTime
        } else if arrived < self.at + Duration::minutes(grace_minutes.into()) {
            Arrival::Late
        } else {
            Arrival::TooLate
        }
    }

    /// As it is stored and shown in JSON: `2026-12-04T17:00:00`.
    #[must_use]
    pub fn local_text(&self) -> String {
        self.local.format(LOCAL).to_string()
    }
}

const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";

fn parse_zone(zone: &str) -> Result<Tz, Problem> {
    zone.trim()
        .parse()
        .map_err(|_| Problem::new("time_zone", "not-a-zone", "Write an IANA time zone such as Europe/London."))
}

fn parse_local(written: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(written, format).ok())
        .or_else(|| {
            let day = NaiveDate::parse_from_str(written, "%Y-%m-%d").ok()?;
            Some(day.and_time(NaiveTime::from_hms_opt(23, 59, 59)?))
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn by_friday_means_until_the_end_of_friday() {
        let deadline = Deadline::parse("2026-12-04", "Europe/London").unwrap();
        assert_eq!(deadline.local_text(), "2026-12-04T23:59:59");
    }

    #[test]
    fn a_time_the_clocks_skip_is_refused() {
        let problem = Deadline::parse("2027-03-28T01:30", "Europe/London").unwrap_err();
        assert_eq!(problem.code, "no-such-time");
        assert!(problem.detail.contains("01:30"));
    }

    #[test]
    fn a_time_that_exists_twice_means_the_later() {
        let deadline = Deadline::parse("2026-10-25T01:30", "Europe/London").unwrap();
        assert_eq!(deadline.at, at("2026-10-25T01:30:00Z"));
    }

    #[test]
    fn an_instant_is_taken_as_it_is() {
        let deadline = Deadline::parse("2026-07-01T12:00:00Z", "Europe/London").unwrap();
        assert_eq!((deadline.local_text().as_str(), deadline.at), ("2026-07-01T13:00:00", at("2026-07-01T12:00:00Z")));
    }

    #[test]
    fn nonsense_is_refused_with_what_to_write() {
        assert_eq!(Deadline::parse("Friday", "Europe/London").unwrap_err().code, "not-a-time");
        assert_eq!(Deadline::parse("2026-12-04", "Europe/Nowhere").unwrap_err().field, "time_zone");
    }

    proptest! {
        #[test]
        fn lateness_is_strict_at_both_edges(offset in -3_000_000_i64..3_000_000_000, grace in 0_i32..600) {
            let deadline = Deadline::parse("2026-12-04T17:00", "Europe/Berlin").unwrap();
            let arrived = deadline.at + Duration::microseconds(offset);
            let expected = if offset < 0 { Arrival::OnTime }
                else if offset < i64::from(grace) * 60_000_000 { Arrival::Late }
                else { Arrival::TooLate };
            prop_assert_eq!(deadline.judge(arrived, grace), expected);
        }

        #[test]
        fn every_local_time_that_exists_reads_back(minutes in 0_i64..525_600) {
            let local = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap() + Duration::minutes(minutes);
            if let Ok(deadline) = Deadline::at_local(local, chrono_tz::America::New_York) {
                prop_assert_eq!(deadline.at.with_timezone(&deadline.zone).naive_local(), local);
            }
        }
    }
}
