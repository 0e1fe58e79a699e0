//! When a mailing goes out: now or at a set time, at opening, so long before the deadline, after closing.

use chrono::{DateTime, Duration, NaiveTime, Utc};

use super::mailing::{Kind, Mailing};
use crate::consultations::{Consultation, Deadline, State};
use crate::text::Problem;

crate::values! {
    /// What a mailing waits for.
    Timing {
        AtOpening = "at_opening", At = "at", BeforeDeadline = "before_deadline", AfterClosing = "after_closing",
    }
}

/// When a mailing is wanted, as typed; nothing given means now.
#[derive(Debug, Clone, Default)]
pub struct When {
    pub at_opening: bool,
    pub after_closing: bool,
    /// An instant, or a local time in the consultation's zone.
    pub send_at: Option<String>,
    /// ISO 8601: `P3D`, `PT12H`.
    pub before_deadline: Option<String>,
    /// With whole days before the deadline: the local time of that day, `09:30`.
    pub at_time: Option<String>,
}

impl When {
    /// Whether it means now.
    #[must_use]
    pub fn is_now(&self) -> bool {
        !self.at_opening && !self.after_closing && self.send_at.is_none() && self.before_deadline.is_none()
    }
}

/// What [`When`] came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) timing: Timing,
    /// For *after closing* the end of the grace as it stands; for *at opening* the moment of planning.
    pub(super) at: DateTime<Utc>,
    pub(super) before_deadline: Option<String>,
    pub(super) at_time: Option<String>,
}

/// Whether a mailing may begin now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Waits,
    /// Since then.
    Due(DateTime<Utc>),
    /// Its time before the deadline was over before anybody was invited.
    LeftOut,
    /// Its set time was over before the opening: somebody has to look.
    Missed,
}

impl Turn {
    /// Nothing of a preparing consultation is ever sent, and nothing after closing before the last
    /// words are in.
    pub(super) fn of(mailing: &Mailing, of: &Consultation, now: DateTime<Utc>) -> Self {
        let Some(opened) = of.opened_at.filter(|_| of.state != State::Preparing) else { return Self::Waits };
        match mailing.timing {
            Timing::AtOpening => Self::Due(opened),
            Timing::AfterClosing => match (of.closed_at, of.words_in_at) {
                (Some(closed), Some(_)) => Self::Due(closed.max(mailing.created_at)),
                _ => Self::Waits,
            },
            Timing::BeforeDeadline if mailing.due_at < opened => Self::LeftOut,
            Timing::At if mailing.due_at < opened => Self::Missed,
            Timing::At | Timing::BeforeDeadline if mailing.due_at <= now => Self::Due(mailing.due_at),
            Timing::At | Timing::BeforeDeadline => Self::Waits,
        }
    }
}

/// How far in the past a time may lie and still mean now.
const MOMENT: Duration = Duration::minutes(5);

/// A time before the deadline: whole days by the calendar there, then hours and minutes; or the
/// day alone, at a time of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Before {
    days: i64,
    time: Duration,
    at_time: Option<NaiveTime>,
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
        let time = Duration::hours(hours) + Duration::minutes(minutes);
        let before = Self { days: weeks * 7 + days, time, at_time: None };
        (before.days > 0 || before.time > Duration::zero()).then_some(before)
    }

    /// As it is stored.
    pub(super) fn stored(before_deadline: &str, at_time: Option<&str>) -> Option<Self> {
        Some(Self { at_time: at_time.and_then(parse_clock), ..Self::parse(before_deadline)? })
    }

    pub(super) fn whole_days(self) -> Option<i64> {
        (self.time == Duration::zero()).then_some(self.days)
    }

    /// The instant this long before a deadline: three days before Friday 5 pm is Tuesday 5 pm,
    /// whatever the clocks do in between.
    pub(super) fn of(self, deadline: &Deadline) -> DateTime<Utc> {
        let local = deadline.local - Duration::days(self.days);
        let local = self.at_time.map_or(local, |time| local.date().and_time(time));
        let day = Deadline::at_local(local, deadline.zone)
            // The clocks skip that time: an hour later they have not.
            .or_else(|_| Deadline::at_local(local + Duration::hours(1), deadline.zone))
            .map_or_else(|_| deadline.at - Duration::days(self.days), |found| found.at);
        day - self.time
    }
}

/// What is meant, for a mailing of this kind in this consultation.
pub(super) fn choose(when: &When, kind: Kind, of: &Consultation, now: DateTime<Utc>) -> Result<Due, Problem> {
    let given = [when.at_opening, when.after_closing, when.send_at.is_some(), when.before_deadline.is_some()];
    if given.into_iter().filter(|given| *given).count() > 1 {
        let detail = "Give one of at_opening, send_at, before_deadline and after_closing; none means now.";
        return Err(Problem::new("send_at", "two-times", detail));
    }
    if when.at_time.is_some() && when.before_deadline.is_none() {
        let detail = "at_time goes with before_deadline; write a whole local time in send_at instead.";
        return Err(Problem::new("at_time", "needs-days", detail));
    }
    let due = |timing, at| Due { timing, at, before_deadline: None, at_time: None };
    if when.at_opening {
        return match (kind, of.state) {
            (Kind::Thanks | Kind::ClosingSoon, _) => Err(not_for_this("at_opening")),
            (_, State::Preparing) => Ok(due(Timing::AtOpening, now)),
            _ => Err(Problem::new("at_opening", "opened-already", "It is open already; leave this out to send now.")),
        };
    }
    if when.after_closing {
        return if kind.asks() {
            Err(not_for_this("after_closing"))
        } else {
            Ok(due(Timing::AfterClosing, of.closes_at()))
        };
    }
    if let Some(written) = &when.before_deadline {
        return before(written, when.at_time.as_deref(), of, now);
    }
    match &when.send_at {
        None => Ok(due(Timing::At, now)),
        Some(written) => Ok(due(Timing::At, not_past("send_at", parse_time(written, &of.deadline)?, now)?)),
    }
}

fn before(written: &str, at_time: Option<&str>, of: &Consultation, now: DateTime<Utc>) -> Result<Due, Problem> {
    let mut before = Before::parse(written).ok_or_else(|| {
        Problem::new(
            "before_deadline",
            "not-a-duration",
            "Write how long before the deadline as P3D (three days) or PT12H (twelve hours).",
        )
    })?;
    if let Some(at_time) = at_time {
        let time = parse_clock(at_time)
            .ok_or_else(|| Problem::new("at_time", "not-a-time-of-day", "Write a time of day such as 09:30."))?;
        if before.time > Duration::zero() {
            let detail = "With at_time, count whole days before the deadline, such as P3D.";
            return Err(Problem::new("before_deadline", "whole-days", detail));
        }
        before.at_time = Some(time);
    }
    Ok(Due {
        timing: Timing::BeforeDeadline,
        at: not_past("before_deadline", before.of(&of.deadline), now)?,
        before_deadline: Some(written.trim().to_owned()),
        at_time: before.at_time.map(|time| time.format("%H:%M").to_string()),
    })
}

fn not_for_this(field: &str) -> Problem {
    Problem::new(field, "not-for-this-kind", "A mailing of this kind cannot go out then; choose another time.")
}

fn parse_clock(written: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(written.trim(), "%H:%M").ok()
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

    fn of() -> Consultation {
        crate::mail::testing::consultation()
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
    fn a_time_of_day_is_kept_by_the_clock_there() {
        let at_nine = Before::stored("P3D", Some("09:30")).unwrap();
        assert_eq!(at_nine.of(&deadline()), at("2026-12-01T09:30:00Z"));
        let summer = Deadline::parse("2027-03-30T17:00", "Europe/London").unwrap();
        assert_eq!(at_nine.of(&summer), at("2027-03-27T09:30:00Z"));
        assert_eq!(Before::stored("P1D", Some("09:30")).unwrap().of(&summer), at("2027-03-29T08:30:00Z"));
        let skipped = Before::stored("P2D", Some("01:30")).unwrap();
        assert_eq!(skipped.of(&summer), at("2027-03-28T01:30:00Z"), "an hour later, when the clocks skip it");
    }

    #[test]
    fn a_time_is_now_or_to_come_and_only_one() {
        let now = at("2026-11-30T12:00:00Z");
        let chosen = |when: When, kind| choose(&when, kind, &of(), now).map(|due| due.at).map_err(|found| found.code);
        let set = |send_at: Option<&str>, before: Option<&str>, at_time: Option<&str>| {
            let text = |given: Option<&str>| given.map(str::to_owned);
            let when = When {
                send_at: text(send_at),
                before_deadline: text(before),
                at_time: text(at_time),
                ..When::default()
            };
            chosen(when, Kind::Reminder)
        };
        assert_eq!(set(None, None, None), Ok(now));
        assert_eq!(set(Some("2026-11-30T11:59"), None, None), Ok(now));
        assert_eq!(set(Some("2026-12-01T09:00"), None, None), Ok(at("2026-12-01T09:00:00Z")));
        assert_eq!(set(Some("2026-11-29T09:00"), None, None), Err("past"));
        assert_eq!(set(Some("2026-12-01"), None, None), Err("not-a-time"));
        assert_eq!(set(None, Some("P30D"), None), Err("past"));
        assert_eq!(set(Some("2026-12-01T09:00"), Some("P1D"), None), Err("two-times"));
        assert_eq!(set(None, Some("P1D"), Some("9:30")), Ok(at("2026-12-03T09:30:00Z")));
        assert_eq!(set(None, Some("P1D"), Some("half nine")), Err("not-a-time-of-day"));
        assert_eq!(set(None, Some("PT12H"), Some("09:30")), Err("whole-days"));
        assert_eq!(set(None, None, Some("09:30")), Err("needs-days"));
    }

    #[test]
    fn nobody_is_thanked_at_opening_nor_asked_after_closing() {
        let now = at("2026-11-30T12:00:00Z");
        let opening = When { at_opening: true, ..When::default() };
        let closing = When { after_closing: true, ..When::default() };
        let code = |when: &When, kind| choose(when, kind, &of(), now).map(|due| due.timing).map_err(|found| found.code);
        assert_eq!(code(&opening, Kind::Thanks), Err("not-for-this-kind"));
        assert_eq!(code(&opening, Kind::Invitation), Err("opened-already"));
        assert_eq!(code(&closing, Kind::Reminder), Err("not-for-this-kind"));
        assert_eq!(code(&closing, Kind::Thanks), Ok(Timing::AfterClosing));
        let preparing = Consultation { state: State::Preparing, opened_at: None, ..of() };
        assert_eq!(choose(&opening, Kind::Invitation, &preparing, now).unwrap().timing, Timing::AtOpening);
    }
}
