//! What a meeting said, or a pile of paper slips: recorded by one for many, shown beside what
//! members say alone, and never added to it (see [`super::Span`]).
//!
//! Who recorded it is kept as an office (organiser, rep, member) and a tag that only her own link
//! makes again under the consultation's key: nothing here names a member, and nothing hangs on a
//! voice. A slip is one person's words: it stands under a label, in no order and without a time.

mod checked;
mod queries;
mod slip;
mod whose;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::json;

use super::comment::{Permission, Position, Source, too_late};
use super::span::Span;
use super::voice::Author;
use crate::audit::Deed;
use crate::consultations::{self, Arrival, Consultation, State};
use crate::ids::{Chance, Id};
use crate::people;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};

pub use checked::{FEWEST_FOR_VOTES, NewMeeting, NewPoint, POINTS_MAX};
pub use slip::{Entered, NewSlip, add_slip, begin_slips, drop_slip};
pub use whose::{Circles, SEVERAL, Whose};

crate::values! {
    /// Whether it counts.
    GroupState {
        /// By a member who is no rep: waits for an organiser.
        Recorded = "recorded",
        Confirmed = "confirmed",
        Declined = "declined",
    }
}

crate::values! {
    /// In what office somebody recorded it.
    Recorder { Organiser = "organiser", Rep = "rep", Member = "member" }
}

/// How a meeting of at least eight was divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Votes {
    pub in_favour: i32,
    pub against: i32,
    pub unsure: i32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Random.
    pub key: i64,
    /// Shared by the points of one slip; none at a meeting.
    pub slip: Option<i64>,
    pub document_id: Id,
    pub version_number: i32,
    /// None is the whole draft.
    pub block_key: Option<String>,
    pub position: Option<Position>,
    pub words: String,
    /// A meeting's: in our words; a slip's, as it was ticked.
    pub permission: Permission,
}

/// One meeting, or one pile of slips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub id: Id,
    pub consultation_id: Id,
    /// `meeting` or `paper`.
    pub source: Source,
    pub state: GroupState,
    pub whose: Whose,
    /// Empty for slips.
    pub place: String,
    pub held_on: NaiveDate,
    /// How many were there; of slips see [`Group::people`].
    pub present: i32,
    pub votes: Option<Votes>,
    pub dissent: String,
    pub told_by: String,
    pub recorded_by: Recorder,
    tag: Option<Vec<u8>>,
    pub points: Vec<Point>,
}

impl Group {
    /// Heads at a meeting, slips in a pile.
    #[must_use]
    pub fn people(&self) -> usize {
        if self.source == Source::Paper { self.slips() } else { usize::try_from(self.present).unwrap_or_default() }
    }

    #[must_use]
    pub fn slips(&self) -> usize {
        self.points.iter().filter_map(|point| point.slip).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// As it would be if an organiser confirmed it.
    #[must_use]
    pub fn confirmed(&self) -> Self {
        Self { state: GroupState::Confirmed, ..self.clone() }
    }

    #[must_use]
    pub fn counts(&self) -> bool {
        self.state == GroupState::Confirmed && self.people() > 0
    }
}

/// Who holds the pen.
#[derive(Clone)]
pub enum Pen {
    /// A colleague at the desks.
    Organiser(Deed),
    /// A member through her own link, with the chance new names are drawn from and the time she came.
    Member(Box<Author>, Chance, DateTime<Utc>),
}

impl Pen {
    fn chance(&self) -> &Chance {
        match self {
            Self::Organiser(deed) => &deed.chance,
            Self::Member(_, chance, _) => chance,
        }
    }

    fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Organiser(deed) => deed.now,
            Self::Member(_, _, now) => *now,
        }
    }

    /// A new name that says no time.
    fn new_id(&self) -> Id {
        Id::from_bytes(self.chance().bytes())
    }

    /// Open for her now: a member until the deadline, an organiser until it is closed.
    fn may_write(&self, of: &Consultation) -> Result<(), Refusal> {
        match self {
            Self::Organiser(_) => consultations::check_open(of),
            Self::Member(_, _, at) if of.judge(*at) == Arrival::OnTime => Ok(()),
            Self::Member(..) => Err(too_late(of)),
        }
    }

    /// Her office for this group, and what becomes of her record.
    fn office(&self, tx: &mut Tx, circles: &Circles, whose: Whose) -> Result<(Recorder, GroupState), Refusal> {
        let Self::Member(author, ..) = self else { return Ok((Recorder::Organiser, GroupState::Confirmed)) };
        let member = people::member::by_id(tx, author.invitation.member_id)?;
        let is_rep = member
            .teams
            .iter()
            .filter(|place| place.is_rep)
            .any(|place| circles.whose(Some(place.team)).is_ok_and(|own| own == whose));
        Ok(if is_rep { (Recorder::Rep, GroupState::Confirmed) } else { (Recorder::Member, GroupState::Recorded) })
    }

    fn tag(&self, id: Id) -> Option<Vec<u8>> {
        let Self::Member(author, ..) = self else { return None };
        let generation = author.invitation.generation.to_be_bytes();
        let parts: [&[u8]; 3] = [id.as_bytes(), author.invitation.id.as_bytes(), &generation];
        Some(author.key().mac("group recorder", &parts)[..16].to_vec())
    }

    /// An organiser's are all; a member's, what this generation of her link recorded.
    #[must_use]
    pub fn holds(&self, group: &Group) -> bool {
        match self {
            Self::Organiser(_) => true,
            Self::Member(..) => group.tag.is_some() && self.tag(group.id) == group.tag,
        }
    }

    fn record(&self, tx: &mut Tx, action: &str, of: &Consultation, group: &Group) -> Result<(), Fault> {
        match self {
            Self::Organiser(deed) => {
                let detail = json!({ "group": group.id, "source": group.source, "people": group.people() });
                deed.record(tx, action, &of.slug, &detail)
            }
            // What members do stands in no audit.
            Self::Member(..) => Ok(()),
        }
    }
}

/// Everything recorded for a consultation, whatever its state, oldest meeting first.
///
/// # Errors
/// When the database fails.
pub fn groups(tx: &mut Tx, consultation: Id) -> Result<Vec<Group>, Fault> {
    queries::groups(tx, consultation)
}

/// One record.
///
/// # Errors
/// None of this consultation.
pub fn group(tx: &mut Tx, consultation: Id, id: Id) -> Result<Group, Refusal> {
    groups(tx, consultation)?.into_iter().find(|one| one.id == id).ok_or(Refusal::Unknown("group response"))
}

/// How many people were heard, where `alone` answered by themselves: nobody can tell who of them was
/// at a meeting too.
#[must_use]
pub fn heard(alone: usize, groups: &[Group]) -> Span {
    let counted = groups.iter().filter(|group| group.counts());
    Span::of(std::iter::once(alone).chain(counted.map(Group::people)))
}

/// What a record came to.
#[derive(Debug, Clone)]
pub enum Recorded {
    Stored(Box<Group>),
    /// The same people met on the same day, by another record; nothing was stored.
    Twice(Box<Group>),
}

/// Records a meeting. Where one of the same people on the same day is there already, `another` says
/// that it is a different one.
///
/// # Errors
/// Every field to mend; too late.
pub fn record(tx: &mut Tx, pen: &Pen, of: &Consultation, new: &NewMeeting, another: bool) -> Result<Recorded, Refusal> {
    pen.may_write(of)?;
    let id = pen.new_id();
    let made = meeting(tx, pen, of, new, id)?;
    let twin = groups(tx, of.id)?.into_iter().find(|one| {
        one.source == made.source
            && one.whose == made.whose
            && one.held_on == made.held_on
            && one.state != GroupState::Declined
    });
    if let Some(twin) = twin.filter(|_| !another) {
        return Ok(Recorded::Twice(Box::new(twin)));
    }
    queries::insert(tx, &made)?;
    pen.record(tx, "record meeting", of, &made)?;
    consultations::touch_desks(tx, of.id)?;
    Ok(Recorded::Stored(Box::new(made)))
}

/// Writes a meeting anew. What a member who is no rep changes waits for an organiser again.
///
/// # Errors
/// Not hers; every field to mend; too late.
pub fn rewrite(tx: &mut Tx, pen: &Pen, of: &Consultation, id: Id, new: &NewMeeting) -> Result<Group, Refusal> {
    pen.may_write(of)?;
    let was = held(tx, pen, of, id)?;
    if was.source != Source::Meeting {
        return Err(Refusal::Unknown("meeting"));
    }
    let written = meeting(tx, pen, of, new, id)?;
    let keeps = matches!(pen, Pen::Organiser(_));
    let made = Group {
        recorded_by: if keeps { was.recorded_by } else { written.recorded_by },
        state: if keeps { was.state } else { written.state },
        tag: was.tag,
        ..written
    };
    queries::update(tx, &made)?;
    queries::drop_points(tx, id)?;
    queries::insert_points(tx, id, &made.points)?;
    pen.record(tx, "change meeting", of, &made)?;
    consultations::touch_desks(tx, of.id)?;
    Ok(made)
}

/// Takes a record away, with all its words.
///
/// # Errors
/// Not hers; too late.
pub fn remove(tx: &mut Tx, pen: &Pen, of: &Consultation, id: Id) -> Result<(), Refusal> {
    pen.may_write(of)?;
    let was = held(tx, pen, of, id)?;
    queries::delete(tx, id)?;
    pen.record(tx, "withdraw group response", of, &was)?;
    Ok(consultations::touch_desks(tx, of.id)?)
}

/// An organiser's word on what a member recorded; after closing too.
///
/// # Errors
/// No such record; what has not opened, or is reported.
pub fn judge(tx: &mut Tx, deed: &Deed, of: &Consultation, id: Id, confirm: bool) -> Result<Group, Refusal> {
    if !matches!(of.state, State::Open | State::Closed) {
        return Err(Refusal::conflict("not-open", format!("The consultation is {}.", of.state)));
    }
    let was = group(tx, of.id, id)?;
    let state = if confirm { GroupState::Confirmed } else { GroupState::Declined };
    let now = Group { state, ..was };
    queries::update(tx, &now)?;
    let action = if confirm { "confirm group response" } else { "decline group response" };
    Pen::Organiser(deed.clone()).record(tx, action, of, &now)?;
    consultations::touch_desks(tx, of.id)?;
    Ok(now)
}

fn held(tx: &mut Tx, pen: &Pen, of: &Consultation, id: Id) -> Result<Group, Refusal> {
    Some(group(tx, of.id, id)?).filter(|one| pen.holds(one)).ok_or(Refusal::Unknown("group response"))
}

fn meeting(tx: &mut Tx, pen: &Pen, of: &Consultation, new: &NewMeeting, id: Id) -> Result<Group, Refusal> {
    let circles = Circles::of(tx, of.id)?;
    let mut problems = Problems::default();
    let whose = match circles.whose(new.team) {
        Err(Refusal::Invalid(wrong)) => {
            for one in wrong {
                problems.note(&one.field, one.code, one.detail);
            }
            Whose::default()
        }
        found => found?,
    };
    let facts = checked::facts(&mut problems, new, of.day_of(pen.now()));
    let said = checked::Said { version: new.version, points: &new.points, permission: Permission::Paraphrase };
    let points = said.points(tx, &mut problems, of.id, pen.chance(), None)?;
    problems.none()?;
    let Some(facts) = facts else { return Err(Refusal::Invalid(Vec::new())) };
    let (recorded_by, state) = pen.office(tx, &circles, whose)?;
    Ok(Group {
        id,
        consultation_id: of.id,
        source: Source::Meeting,
        state,
        whose,
        place: facts.place,
        held_on: facts.held_on,
        present: facts.present,
        votes: facts.votes,
        dissent: facts.dissent,
        told_by: facts.told_by,
        recorded_by,
        tag: pen.tag(id),
        points,
    })
}
