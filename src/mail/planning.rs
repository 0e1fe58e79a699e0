//! Planning a mailing, and changing one that has not begun.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::due::{self, Due, When};
use super::mailing::{Audience, Change, Kind, Mailing, New, State, get, notes_of, teams_of};
use super::{queries, wording};
use crate::audit::Deed;
use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::people;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};
use crate::text;

/// Plans a mailing; with no time given it is due now. Before the opening it waits for that at least.
///
/// # Errors
/// Every field that must be mended; what the consultation's state forbids: nothing goes out now
/// while it is preparing, and only thanks and updates follow closing.
pub fn plan(tx: &mut Tx, deed: &Deed, of: &Consultation, new: &New) -> Result<Mailing, Refusal> {
    let Checked { subject, body, notes, due } = check(tx, of, new, Some(&new.when), deed.now)?;
    let due = due.ok_or_else(|| Refusal::Invalid(Vec::new()))?;
    let mailing = Mailing {
        id: deed.new_id(),
        consultation_id: of.id,
        kind: new.kind,
        subject,
        body,
        audience: new.audience,
        state: State::Planned,
        timing: due.timing,
        due_at: due.at,
        before_deadline: due.before_deadline,
        at_time: due.at_time,
        created_at: deed.now,
    };
    queries::insert_mailing(tx, &mailing)?;
    queries::set_mailing_teams(tx, mailing.id, new.teams.as_deref().unwrap_or_default(), &notes)?;
    let detail = serde_json::json!({
        "mailing": mailing.id, "kind": mailing.kind, "audience": mailing.audience, "timing": mailing.timing,
        "due_at": mailing.due_at, "teams": new.teams.as_ref().map(Vec::len),
    });
    deed.record(tx, "plan mailing", &of.slug, &detail)?;
    Ok(mailing)
}

/// Changes what is given of a mailing that has not begun. A new time takes it off hold.
///
/// # Errors
/// As [`plan`]; once any of it is on its way.
pub fn change(tx: &mut Tx, deed: &Deed, of: &Consultation, id: Id, change: &Change) -> Result<Mailing, Refusal> {
    let was = get(tx, id)?;
    if !may_change(tx, &was)? {
        let detail = "This mailing has begun or is over, so it can no longer be changed; plan another.";
        return Err(Refusal::conflict("mailing-begun", detail));
    }
    let given = change.clone();
    let teams = match given.teams {
        Some(teams) => teams,
        None => Some(teams_of(tx, id)?).filter(|teams| !teams.is_empty()),
    };
    let team_notes = match given.team_notes {
        Some(notes) => notes,
        None => notes_of(tx, id)?,
    };
    let new = New {
        kind: was.kind,
        subject: given.subject.unwrap_or_else(|| was.subject.clone()),
        body: given.body.unwrap_or_else(|| was.body.clone()),
        teams,
        team_notes,
        audience: given.audience.unwrap_or(was.audience),
        when: When::default(),
    };
    let Checked { subject, body, notes, due } = check(tx, of, &new, change.when.as_ref(), deed.now)?;
    let mut now = Mailing { subject, body, audience: new.audience, ..was };
    if let Some(due) = due {
        now.timing = due.timing;
        now.due_at = due.at;
        now.before_deadline = due.before_deadline;
        now.at_time = due.at_time;
        if now.state == State::Held {
            now.state = State::Planned;
        }
    }
    queries::update_mailing(tx, &now)?;
    queries::set_mailing_teams(tx, id, new.teams.as_deref().unwrap_or_default(), &notes)?;
    let detail = serde_json::json!({ "mailing": id, "timing": now.timing, "due_at": now.due_at });
    deed.record(tx, "change mailing", &of.slug, &detail)?;
    Ok(now)
}

/// Whether a mailing has not begun, so that it may still be changed.
///
/// # Errors
/// When the database fails.
pub fn may_change(tx: &mut Tx, mailing: &Mailing) -> Result<bool, Fault> {
    let is_waiting = matches!(mailing.state, State::Planned | State::Paused | State::Held);
    Ok(is_waiting && !queries::has_begun(tx, mailing.id)?)
}

/// Whether mail of a kind may go out at this moment.
#[must_use]
pub fn may_send_now(of: &Consultation, kind: Kind, now: DateTime<Utc>) -> bool {
    of.state != consultations::State::Preparing && check_state(of, kind, now).is_ok()
}

/// Whether a consultation in its state may get mail of a kind.
pub(super) fn check_state(of: &Consultation, kind: Kind, now: DateTime<Utc>) -> Result<(), Refusal> {
    use consultations::State::{Closed, Open, Preparing, Reported};
    match of.state {
        Open if kind.asks() && of.deadline.at <= now => {
            Err(Refusal::conflict("deadline-passed", "The deadline has passed; extend it before asking again."))
        }
        Closed | Reported if kind.asks() => {
            Err(Refusal::conflict("not-open", format!("The consultation is {}; send an update or thanks.", of.state)))
        }
        Preparing | Open | Closed | Reported => Ok(()),
    }
}

struct Checked {
    subject: String,
    body: String,
    notes: BTreeMap<Id, String>,
    /// None where no time is asked for.
    due: Option<Due>,
}

fn check(
    tx: &mut Tx,
    of: &Consultation,
    new: &New,
    when: Option<&When>,
    now: DateTime<Utc>,
) -> Result<Checked, Refusal> {
    check_state(of, new.kind, now)?;
    if of.state == consultations::State::Preparing && when.is_some_and(When::is_now) {
        let detail = "Nobody is invited yet: open the consultation first, or let this go out at opening or later.";
        return Err(Refusal::conflict("not-open", detail));
    }
    let mut problems = Problems::default();
    let subject = problems.check(text::optional_line("subject", &new.subject));
    let body = problems.check(text::words("body", new.body.trim(), text::LETTER_MAX));
    let notes = check_notes(&mut problems, &new.team_notes);
    for (field, words) in [("subject", &subject), ("body", &body)] {
        wording::check_fields(&mut problems, field, words.as_deref().unwrap_or_default());
    }
    check_teams(tx, &mut problems, new)?;
    if new.audience == Audience::NotFinished && matches!(new.kind, Kind::Invitation | Kind::Thanks) {
        problems.note("audience", "not-for-this-kind", "Invitations and thanks go to everyone.");
    }
    let due = when.and_then(|when| problems.check(due::choose(when, new.kind, of, now)));
    problems.none()?;
    let (Some(subject), Some(body)) = (subject, body) else { return Err(Refusal::Invalid(Vec::new())) };
    Ok(Checked { subject, body, notes, due })
}

fn check_notes(problems: &mut Problems, typed: &BTreeMap<Id, String>) -> BTreeMap<Id, String> {
    let mut notes = BTreeMap::new();
    for (team, note) in typed {
        let field = format!("team_notes/{team}");
        if let Some(note) = problems.check(text::words(&field, note.trim(), text::CONDITION_MAX)) {
            wording::check_fields(problems, &field, &note);
            if !note.is_empty() {
                notes.insert(*team, note);
            }
        }
    }
    notes
}

fn check_teams(tx: &mut Tx, problems: &mut Problems, new: &New) -> Result<(), Fault> {
    let known: Vec<Id> = people::team::list(tx)?.into_iter().map(|team| team.id).collect();
    if new.teams.as_ref().is_some_and(Vec::is_empty) {
        problems.note("teams", "missing", "Name at least one team, or leave teams out for everybody.");
    }
    let named = new.teams.iter().flatten().map(|team| ("teams", team));
    for (field, team) in named.chain(new.team_notes.keys().map(|team| ("team_notes", team))) {
        if !known.contains(team) {
            problems.note(field, "unknown", format!("There is no team {team}."));
        }
    }
    Ok(())
}
