//! What is typed about a meeting or a slip, checked at the door.

use chrono::{Days, NaiveDate};

use super::{Point, Votes};
use crate::drafts;
use crate::ids::{Chance, Id};
use crate::refusal::{Problems, Refusal};
use crate::responses::comment::{Permission, Position};
use crate::store::Tx;
use crate::text;

/// Fewest people from which on it is kept how many were for and against.
pub const FEWEST_FOR_VOTES: i32 = 8;
/// Most people at one meeting.
pub const PRESENT_MAX: i32 = 100_000;
/// Most points of one meeting, or on one slip.
pub const POINTS_MAX: usize = 40;

/// A meeting as it is typed.
#[derive(Debug, Clone, Default)]
pub struct NewMeeting {
    /// None: several teams together.
    pub team: Option<Id>,
    pub place: String,
    /// `2026-11-30`.
    pub held_on: String,
    pub present: Option<i32>,
    pub in_favour: Option<i32>,
    pub against: Option<i32>,
    pub unsure: Option<i32>,
    pub dissent: String,
    /// Whom to ask about it, where somebody gives her name.
    pub told_by: String,
    /// The version on the paper; none is the current one.
    pub version: Option<i32>,
    pub points: Vec<NewPoint>,
}

/// One point as it is typed; empty ones are left out.
#[derive(Debug, Clone, Default)]
pub struct NewPoint {
    /// A number as people cite it, or a key; empty is the whole draft.
    pub block: String,
    pub position: String,
    pub words: String,
}

impl NewPoint {
    fn is_empty(&self) -> bool {
        [&self.block, &self.position, &self.words].iter().all(|typed| typed.trim().is_empty())
    }
}

/// A meeting whose facts are in order.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub place: String,
    pub held_on: NaiveDate,
    pub present: i32,
    pub votes: Option<Votes>,
    pub dissent: String,
    pub told_by: String,
}

/// Place, day, heads and votes; `today` is the day where the consultation lives.
pub(super) fn facts(problems: &mut Problems, new: &NewMeeting, today: NaiveDate) -> Option<Facts> {
    let place = problems.check(text::line("place", &new.place));
    let held_on = day(problems, &new.held_on, today);
    let present = match new.present {
        Some(present) if (1..=PRESENT_MAX).contains(&present) => Some(present),
        Some(_) => {
            problems.note("present", "out-of-range", "Write how many were there, 1 or more.");
            None
        }
        None => {
            problems.note("present", "missing", "Write how many were there.");
            None
        }
    };
    let votes = votes(problems, new, present);
    let dissent = problems.check(text::words("dissent", new.dissent.trim(), text::BODY_MAX));
    let told_by = problems.check(text::optional_line("told_by", &new.told_by));
    Some(Facts {
        place: place?,
        held_on: held_on?,
        present: present?,
        votes: votes?,
        dissent: dissent?,
        told_by: told_by?,
    })
}

/// The day of a meeting or of slips: not to come, and of the last year.
pub(super) fn day(problems: &mut Problems, typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let Ok(day) = typed.trim().parse::<NaiveDate>() else {
        problems.note("date", "missing", "Write the day as 2026-11-30.");
        return None;
    };
    let oldest = today.checked_sub_days(Days::new(366)).unwrap_or(NaiveDate::MIN);
    if (oldest..=today).contains(&day) {
        return Some(day);
    }
    problems.note("date", "not-a-day-past", "Choose a day of the last twelve months, not one to come.");
    None
}

/// None when something is wrong; `Some(None)` when nobody counted.
#[expect(clippy::option_option, reason = "wrong, not counted and counted are three things")]
fn votes(problems: &mut Problems, new: &NewMeeting, present: Option<i32>) -> Option<Option<Votes>> {
    let given = [new.in_favour, new.against, new.unsure];
    if given.iter().all(Option::is_none) {
        return Some(None);
    }
    let [in_favour, against, unsure] = given.map(Option::unwrap_or_default);
    if [in_favour, against, unsure].iter().any(|count| *count < 0) {
        problems.note("in_favour", "out-of-range", "Write numbers from 0 on.");
        return None;
    }
    let present = present?;
    if present < FEWEST_FOR_VOTES {
        problems.note(
            "in_favour",
            "too-few-to-vote",
            "Fewer than eight were there: leave these three empty, or they would show who voted how.",
        );
        return None;
    }
    let sum = i64::from(in_favour) + i64::from(against) + i64::from(unsure);
    if sum > i64::from(present) {
        problems.note("in_favour", "more-votes-than-heads", "For, against and unsure are more than were there.");
        return None;
    }
    Some(Some(Votes { in_favour, against, unsure }))
}

/// What is said, with the version whose numbers it cites.
pub(super) struct Said<'a> {
    pub version: Option<i32>,
    pub points: &'a [NewPoint],
    pub permission: Permission,
}

impl Said<'_> {
    /// Points with their places found; fields are called `point_0_block`, `point_0_words` …
    pub(super) fn points(
        &self,
        tx: &mut Tx,
        problems: &mut Problems,
        consultation: Id,
        chance: &Chance,
        slip: Option<i64>,
    ) -> Result<Vec<Point>, Refusal> {
        let mut found = Vec::new();
        let given: Vec<(usize, &NewPoint)> =
            self.points.iter().enumerate().filter(|(_, one)| !one.is_empty()).collect();
        if given.len() > POINTS_MAX {
            problems.note("point_0_block", "too-many-points", format!("Write at most {POINTS_MAX} points."));
            return Ok(found);
        }
        for (at, one) in given {
            let called = Some(one.block.trim().trim_end_matches('.')).filter(|called| !called.is_empty());
            let words = problems.check(text::words(&format!("point_{at}_words"), one.words.trim(), text::BODY_MAX));
            let position = match one.position.as_str() {
                "" => None,
                typed => {
                    let position = Position::from_value(typed);
                    if position.is_none() {
                        problems.note(&format!("point_{at}_position"), "not-a-choice", "Choose one of the positions.");
                    }
                    position
                }
            };
            if words.as_deref() == Some("") && one.position.is_empty() {
                problems.note(
                    &format!("point_{at}_words"),
                    "point-missing",
                    "Write what was said, or choose a position.",
                );
            }
            let place = match drafts::place(tx, consultation, called, self.version) {
                Ok(place) => place,
                Err(Refusal::Invalid(_)) => {
                    let field = format!("point_{at}_block");
                    problems.note(&field, "no-such-number", "There is no such number in this version of the draft.");
                    continue;
                }
                Err(refusal) => return Err(refusal),
            };
            found.push(Point {
                key: chance.key(),
                slip,
                document_id: place.document_id,
                version_number: place.version_number,
                block_key: place.block_key,
                position,
                words: words.unwrap_or_default(),
                permission: self.permission,
            });
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
    }

    fn meeting(present: i32, votes: [Option<i32>; 3]) -> NewMeeting {
        let [in_favour, against, unsure] = votes;
        NewMeeting {
            place: "Small hall".to_owned(),
            held_on: "2026-11-27".to_owned(),
            present: Some(present),
            in_favour,
            against,
            unsure,
            ..NewMeeting::default()
        }
    }

    fn told(new: &NewMeeting) -> Vec<(String, &'static str)> {
        let mut problems = Problems::default();
        facts(&mut problems, new, today());
        match problems.none() {
            Err(Refusal::Invalid(problems)) => problems.into_iter().map(|one| (one.field, one.code)).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn votes_are_taken_from_eight_on_and_never_more_than_heads() {
        assert!(told(&meeting(8, [Some(5), Some(2), Some(1)])).is_empty());
        assert!(told(&meeting(7, [None, None, None])).is_empty());
        assert_eq!(told(&meeting(7, [Some(7), None, None]))[0].1, "too-few-to-vote");
        assert_eq!(told(&meeting(12, [Some(9), Some(3), Some(1)]))[0].1, "more-votes-than-heads");
        assert_eq!(told(&meeting(0, [None, None, None]))[0].1, "out-of-range");
        assert_eq!(told(&meeting(9, [Some(-1), None, None]))[0].1, "out-of-range");
    }

    #[test]
    fn a_meeting_that_is_still_to_come_has_said_nothing() {
        let later = NewMeeting { held_on: "2026-12-01".to_owned(), ..meeting(9, [None, None, None]) };
        assert_eq!(told(&later), [("date".to_owned(), "not-a-day-past")]);
        let never = NewMeeting { held_on: "Friday".to_owned(), ..later };
        assert_eq!(told(&never), [("date".to_owned(), "missing")]);
    }
}
