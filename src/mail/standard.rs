//! The plan most branches want: invitation at opening, reminders 7, 3 and 1 days before the deadline
//! at half past nine, thanks after closing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::due::{Before, Timing, When};
use super::mailing::{Kind, Mailing, New, State, list};
use super::planning::plan;
use crate::audit::Deed;
use crate::consultations::{self, Consultation};
use crate::refusal::Refusal;
use crate::store::Tx;

/// What of the standard plan can still go out, and what is too late for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardPlan {
    pub planned: Vec<Occasion>,
    /// Their time has passed.
    pub left_out: Vec<Occasion>,
}

/// One mailing of the standard plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    pub kind: Kind,
    pub timing: Timing,
    pub before_deadline: Option<&'static str>,
    pub at_time: Option<&'static str>,
    /// None for "at opening" while nobody knows when that is.
    pub due_at: Option<DateTime<Utc>>,
}

/// The reminders: their kind and how long before the deadline.
const REMINDERS: [(Kind, &str); 3] = [(Kind::Reminder, "P7D"), (Kind::Reminder, "P3D"), (Kind::ClosingSoon, "P1D")];
const MORNING: &str = "09:30";

/// The standard plan as it stands now. Reads nothing, so a page may show it before anything is stored.
#[must_use]
pub fn standard_plan(of: &Consultation, now: DateTime<Utc>) -> StandardPlan {
    let is_preparing = of.state == consultations::State::Preparing;
    let may_ask = is_preparing || (of.state == consultations::State::Open && now < of.deadline.at);
    let whole = |kind, timing, due_at| Occasion { kind, timing, before_deadline: None, at_time: None, due_at };
    let invitation = if is_preparing {
        whole(Kind::Invitation, Timing::AtOpening, None)
    } else {
        whole(Kind::Invitation, Timing::At, Some(now))
    };
    let reminders = REMINDERS.map(|(kind, days)| Occasion {
        kind,
        timing: Timing::BeforeDeadline,
        before_deadline: Some(days),
        at_time: Some(MORNING),
        due_at: Before::stored(days, Some(MORNING)).map(|before| before.of(&of.deadline)),
    });
    let thanks = whole(Kind::Thanks, Timing::AfterClosing, Some(of.closes_at()));
    let is_in_time = |one: &Occasion| {
        !one.kind.asks()
            || (may_ask && (one.timing != Timing::BeforeDeadline || one.due_at.is_some_and(|due| due > now)))
    };
    let (planned, left_out) =
        [invitation].into_iter().chain(reminders).chain([thanks]).partition(|one: &Occasion| is_in_time(one));
    StandardPlan { planned, left_out }
}

/// Stores what of the standard plan is not there yet, cancelled mailings included: what somebody
/// cancelled does not come back. Answers what was stored.
///
/// # Errors
/// As [`plan`].
pub fn plan_standard(tx: &mut Tx, deed: &Deed, of: &Consultation) -> Result<Vec<Mailing>, Refusal> {
    let there = list(tx, of.id)?;
    let wanted = standard_plan(of, deed.now).planned;
    let missing = wanted.into_iter().filter(|one| !there.iter().any(|mailing| one.is(mailing)));
    missing.map(|one| plan(tx, deed, of, &one.asked_for())).collect()
}

impl Occasion {
    /// Whether a mailing is this one; the organiser may have changed its hour and its words. One
    /// invitation and one thanks are enough, whenever they go.
    fn is(&self, mailing: &Mailing) -> bool {
        let whole = matches!(self.kind, Kind::Invitation | Kind::Thanks) && mailing.state != State::Cancelled;
        let same_time = mailing.timing == self.timing && mailing.before_deadline.as_deref() == self.before_deadline;
        mailing.kind == self.kind && (whole || same_time)
    }

    fn asked_for(&self) -> New {
        let when = When {
            at_opening: self.timing == Timing::AtOpening,
            after_closing: self.timing == Timing::AfterClosing,
            send_at: None,
            before_deadline: self.before_deadline.map(str::to_owned),
            at_time: self.at_time.map(str::to_owned),
        };
        New { when, ..New::standard(self.kind, BTreeMap::new()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::testing::{at, consultation};

    fn told(of: &Consultation, now: &str) -> (Vec<String>, Vec<String>) {
        let StandardPlan { planned, left_out } = standard_plan(of, at(now));
        let words = |one: Occasion| format!("{} {}", one.kind, one.before_deadline.unwrap_or(one.timing.as_str()));
        (planned.into_iter().map(words).collect(), left_out.into_iter().map(words).collect())
    }

    #[test]
    fn a_fortnight_ahead_everything_is_planned() {
        let of = Consultation { state: consultations::State::Preparing, opened_at: None, ..consultation() };
        let (planned, left_out) = told(&of, "2026-11-20T09:00:00Z");
        let expected =
            ["invitation at_opening", "reminder P7D", "reminder P3D", "closing_soon P1D", "thanks after_closing"];
        assert_eq!(planned, expected);
        assert!(left_out.is_empty());
        let plan = standard_plan(&of, at("2026-11-20T09:00:00Z")).planned;
        assert_eq!(plan[2].due_at, Some(at("2026-12-01T09:30:00Z")));
        assert_eq!((plan[0].due_at, plan[4].due_at), (None, Some(at("2026-12-04T17:15:00Z"))));
    }

    #[test]
    fn what_is_past_is_left_out_and_said() {
        let (planned, left_out) = told(&consultation(), "2026-12-01T09:30:00Z");
        assert_eq!(planned, ["invitation at", "closing_soon P1D", "thanks after_closing"]);
        assert_eq!(left_out, ["reminder P7D", "reminder P3D"]);
        let (planned, left_out) = told(&consultation(), "2026-12-04T17:00:00Z");
        assert_eq!((planned.len(), left_out.len()), (1, 4), "only thanks once the deadline has passed");
    }
}
