//! The fields of a meeting and of a slip, as typed.

use crate::ids::Id;
use crate::refusal::Problems;
use crate::responses::group_response::{NewMeeting, NewPoint, POINTS_MAX};
use crate::web::desk::Typed;
use crate::web::view::{GroupTeam, MeetingForm, PointFields};

/// Rows that an empty form has.
const ROWS: usize = 3;
/// Rows that one press adds.
const MORE: usize = 3;

/// The points, in their rows.
pub fn points(fields: &Typed) -> Vec<NewPoint> {
    let row = |at: usize| NewPoint {
        block: fields.get(&format!("point_{at}_block")).to_owned(),
        position: fields.get(&format!("point_{at}_position")).to_owned(),
        words: fields.get(&format!("point_{at}_words")).to_owned(),
    };
    (0..=POINTS_MAX).map(row).collect()
}

/// The rows of a form: those that were sent, at least a few, and more where more were asked for.
pub fn rows(fields: &Typed) -> Vec<PointFields> {
    let is_there = |at: &usize| fields.0.iter().any(|(name, _)| *name == format!("point_{at}_words"));
    let sent = (0..POINTS_MAX).filter(is_there).map(|at| at + 1).max().unwrap_or_default();
    let wanted = if fields.get("step") == "more" { sent + MORE } else { sent.max(ROWS) };
    let typed = points(fields);
    let row =
        |(at, one): (usize, NewPoint)| PointFields { at, block: one.block, position: one.position, words: one.words };
    typed.into_iter().take(wanted.min(POINTS_MAX)).enumerate().map(row).collect()
}

/// A meeting as typed; what is no number is noted.
pub fn meeting(problems: &mut Problems, fields: &Typed) -> NewMeeting {
    let mut number = |name: &str| {
        let typed = fields.get(name).trim();
        let parsed = typed.parse::<i32>().ok();
        if parsed.is_none() && !typed.is_empty() {
            problems.note(name, "no-number", "Write a whole number.");
        }
        parsed
    };
    NewMeeting {
        present: number("present"),
        in_favour: number("in_favour"),
        against: number("against"),
        unsure: number("unsure"),
        version: number("version"),
        team: team(fields),
        place: fields.get("place").to_owned(),
        held_on: fields.get("date").to_owned(),
        dissent: fields.get("dissent").to_owned(),
        told_by: fields.get("told_by").to_owned(),
        points: points(fields),
    }
}

/// The team that was chosen; `several` is none, and what is no name is a team that is not asked.
pub fn team(fields: &Typed) -> Option<Id> {
    match fields.get("team") {
        SEVERAL => None,
        typed => Some(typed.parse().unwrap_or(Id::from_bytes([0; 16]))),
    }
}

/// The value for several teams together.
pub const SEVERAL: &str = "several";

/// A meeting's fields as they are typed, into the form.
pub fn fill(form: MeetingForm, fields: &Typed) -> MeetingForm {
    let typed = |name: &str| fields.get(name).to_owned();
    MeetingForm {
        place: typed("place"),
        date: typed("date"),
        present: typed("present"),
        in_favour: typed("in_favour"),
        against: typed("against"),
        unsure: typed("unsure"),
        dissent: typed("dissent"),
        told_by: typed("told_by"),
        version: typed("version"),
        points: rows(fields),
        several: fields.get("team") == SEVERAL,
        ..form
    }
}

/// Marks the team that was chosen.
pub fn choose(mut teams: Vec<GroupTeam>, fields: &Typed) -> Vec<GroupTeam> {
    for one in &mut teams {
        one.chosen = one.id == fields.get("team");
    }
    teams
}
