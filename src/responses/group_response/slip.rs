//! Paper slips, typed in one after another.

use std::collections::BTreeMap;

use super::checked::{self, NewPoint, Said};
use super::{Circles, Group, GroupState, Pen, Point, Whose, held, queries};
use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::responses::comment::{Permission, Source};
use crate::store::Tx;
use crate::text;

/// One slip as it is typed.
#[derive(Debug, Clone, Default)]
pub struct NewSlip {
    /// The version printed on it; none is the current one.
    pub version: Option<i32>,
    pub points: Vec<NewPoint>,
    /// As it was ticked; empty is `count_only`.
    pub permission: String,
    /// Known to be another one than a slip that says the same.
    pub another: bool,
}

/// What became of a slip.
#[derive(Debug, Clone)]
pub enum Entered {
    Stored(Group),
    /// A slip of the same people says the same already; nothing was stored.
    Twice(Vec<Point>),
}

/// Begins a pile of slips of one team, collected on a day.
///
/// # Errors
/// A team that is not asked, a day that cannot be; too late.
pub fn begin_slips(
    tx: &mut Tx,
    pen: &Pen,
    of: &Consultation,
    team: Option<Id>,
    day: &str,
    told_by: &str,
) -> Result<Group, Refusal> {
    pen.may_write(of)?;
    let circles = Circles::of(tx, of.id)?;
    let mut problems = Problems::default();
    let whose = match circles.whose(team) {
        Err(Refusal::Invalid(wrong)) => {
            for one in wrong {
                problems.note(&one.field, one.code, one.detail);
            }
            Whose::default()
        }
        found => found?,
    };
    let day = checked::day(&mut problems, day, of.day_of(pen.now()));
    let told_by = problems.check(text::optional_line("told_by", told_by));
    problems.none()?;
    let (Some(held_on), Some(told_by)) = (day, told_by) else { return Err(Refusal::Invalid(Vec::new())) };
    let (recorded_by, state) = pen.office(tx, &circles, whose)?;
    let id = pen.new_id();
    let made = Group {
        id,
        consultation_id: of.id,
        source: Source::Paper,
        state,
        whose,
        place: String::new(),
        held_on,
        present: 0,
        votes: None,
        dissent: String::new(),
        told_by,
        recorded_by,
        tag: pen.tag(id),
        points: Vec::new(),
    };
    queries::insert(tx, &made)?;
    pen.record(tx, "begin paper slips", of, &made)?;
    Ok(made)
}

/// Adds one slip to a pile. A slip of the same people with the same words is shown instead, unless it
/// is said to be another one.
///
/// # Errors
/// Not her pile; nothing on the slip; fields to mend; too late.
pub fn add_slip(tx: &mut Tx, pen: &Pen, of: &Consultation, id: Id, new: &NewSlip) -> Result<Entered, Refusal> {
    pen.may_write(of)?;
    let pile = held(tx, pen, of, id)?;
    if pile.source != Source::Paper {
        return Err(Refusal::Unknown("pile of slips"));
    }
    let mut problems = Problems::default();
    let permission = match new.permission.as_str() {
        "" => Permission::CountOnly,
        typed => Permission::from_value(typed).unwrap_or_else(|| {
            problems.note("permission", "not-a-choice", "Choose one of the values that are offered.");
            Permission::CountOnly
        }),
    };
    let slip = pen.chance().key();
    let said = Said { version: new.version, points: &new.points, permission };
    let points = said.points(tx, &mut problems, of.id, pen.chance(), Some(slip))?;
    problems.none()?;
    if points.is_empty() {
        return Err(Refusal::field("point_0_block", "slip-empty", "Type in what the slip says."));
    }
    if !new.another
        && let Some(twin) = twin(tx, of.id, pile.whose, &points)?
    {
        return Ok(Entered::Twice(twin));
    }
    queries::insert_points(tx, id, &points)?;
    consultations::touch_desks(tx, of.id)?;
    let mut pile = pile;
    pile.points.extend(points);
    pen.record(tx, "enter paper slip", of, &pile)?;
    Ok(Entered::Stored(pile))
}

/// Takes one slip out of a pile again.
///
/// # Errors
/// Not her pile; too late.
pub fn drop_slip(tx: &mut Tx, pen: &Pen, of: &Consultation, id: Id, slip: i64) -> Result<(), Refusal> {
    pen.may_write(of)?;
    let pile = held(tx, pen, of, id)?;
    if !pile.points.iter().any(|point| point.slip == Some(slip)) {
        return Err(Refusal::Unknown("slip"));
    }
    queries::drop_slip(tx, id, slip)?;
    pen.record(tx, "take out paper slip", of, &pile)?;
    Ok(consultations::touch_desks(tx, of.id)?)
}

/// A slip of the same people that says the same; ticks alone are no likeness, many tick alike.
fn twin(tx: &mut Tx, consultation: Id, whose: Whose, points: &[Point]) -> Result<Option<Vec<Point>>, Refusal> {
    let wanted = likeness(points);
    if wanted.is_empty() {
        return Ok(None);
    }
    for pile in super::groups(tx, consultation)? {
        if pile.source != Source::Paper || pile.whose != whose || pile.state == GroupState::Declined {
            continue;
        }
        let mut slips: BTreeMap<i64, Vec<Point>> = BTreeMap::new();
        for point in pile.points {
            slips.entry(point.slip.unwrap_or_default()).or_default().push(point);
        }
        if let Some(twin) = slips.into_values().find(|slip| likeness(slip) == wanted) {
            return Ok(Some(twin));
        }
    }
    Ok(None)
}

/// The words of a slip as two people would type them alike: letters and digits alone, in small.
fn likeness(points: &[Point]) -> Vec<String> {
    let bare = |words: &str| {
        words.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let mut all: Vec<String> = points.iter().map(|point| bare(&point.words)).filter(|bare| !bare.is_empty()).collect();
    all.sort();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(words: &str) -> Point {
        Point {
            key: 1,
            slip: Some(1),
            document_id: Id::from_bytes([1; 16]),
            version_number: 1,
            block_key: None,
            position: None,
            words: words.to_owned(),
            permission: Permission::CountOnly,
        }
    }

    #[test]
    fn two_people_who_type_the_same_slip_are_noticed() {
        let one = likeness(&[point("Three posts – not five!"), point("Keep the hubs.")]);
        assert_eq!(one, likeness(&[point("keep the hubs"), point("three posts, not five")]));
        assert_ne!(one, likeness(&[point("Three posts, not four"), point("Keep the hubs")]));
        assert!(likeness(&[point(""), point(" … ")]).is_empty(), "ticks alone are no likeness");
    }
}
