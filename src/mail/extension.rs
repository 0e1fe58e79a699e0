//! More time: the deadline moves, what goes out before it moves along, and members are told if
//! somebody wants it. Foreseen first, so that a check page can say all of it in numbers.

use chrono::{DateTime, Utc};

use super::mailing::{Kind, New};
use super::planning::plan;
use super::{course, queries, wording};
use crate::audit::Deed;
use crate::consultations::{self, Consultation, Deadline};
use crate::refusal::{Problems, Refusal};
use crate::store::Tx;
use crate::words::{Language, Value, Words};

/// What moving a deadline would do.
#[derive(Debug, Clone)]
pub struct Extension {
    pub from: Deadline,
    pub to: Deadline,
    pub reason: String,
    /// Mailings that move along.
    pub moved: Vec<MovedMailing>,
    /// Members who get a mail now; none where nobody is told.
    pub told: Option<usize>,
}

/// A mailing that follows the deadline: when it was due, and when it will be.
#[derive(Debug, Clone, Copy)]
pub struct MovedMailing {
    pub kind: Kind,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

/// What [`extend`] would do now; nothing is changed.
///
/// # Errors
/// As [`extend`].
pub fn foresee_extension(
    tx: &mut Tx,
    words: &Words,
    of: &Consultation,
    now: DateTime<Utc>,
    written: &str,
    reason: &str,
    notify: bool,
) -> Result<Extension, Refusal> {
    let (to, reason) = consultations::later(of, now, written, reason)?;
    if notify {
        let mut problems = Problems::default();
        wording::check_fields(&mut problems, "reason", &letter(words, &of.title, &to, &reason).body);
        problems.none()?;
    }
    let then = Consultation { deadline: to, ..of.clone() };
    let moved = course::following(tx, &then)?
        .into_iter()
        .filter(|(mailing, due_at)| mailing.due_at != *due_at)
        .map(|(mailing, due_at)| MovedMailing { kind: mailing.kind, from: mailing.due_at, to: due_at })
        .collect();
    let told = if notify { Some(queries::reachable(tx, of.id)?) } else { None };
    Ok(Extension { from: of.deadline, to, reason, moved, told })
}

/// Moves the deadline of an open consultation to a later time, mailings along with it, and tells
/// everybody invited when `notify` is set.
///
/// # Errors
/// As `consultations::extend`; a reason that cannot stand in a mail.
pub fn extend(
    tx: &mut Tx,
    deed: &Deed,
    words: &Words,
    slug: &str,
    written: &str,
    reason: &str,
    notify: bool,
) -> Result<Consultation, Refusal> {
    let moved = consultations::extend(tx, deed, slug, written, reason)?;
    course::follow_deadline(tx, &moved)?;
    if notify {
        let new = letter(words, &moved.title, &moved.deadline, reason.trim());
        plan(tx, deed, &moved, &new).map_err(about_the_reason)?;
    }
    Ok(moved)
}

/// An update with the new deadline and the reason.
fn letter(words: &Words, title: &str, deadline: &Deadline, reason: &str) -> New {
    let language = Language::default();
    let until = words.deadline_words(language, deadline.local);
    let values: [(&str, Value<'_>); 3] =
        [("title", title.into()), ("deadline", until.into()), ("reason", reason.into())];
    New {
        subject: words.say(language, "mail-extended-subject", &values),
        body: words.say(language, "mail-extended-body", &values),
        ..New::standard(Kind::Update, std::collections::BTreeMap::new())
    }
}

/// What is wrong with the mail came from the reason: the rest is ours.
fn about_the_reason(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid(mut problems) => {
            for problem in &mut problems {
                "reason".clone_into(&mut problem.field);
            }
            Refusal::Invalid(problems)
        }
        other => other,
    }
}
