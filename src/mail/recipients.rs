//! How many a mailing would be written to, and what may be told of its messages later.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::mailing::{Audience, Mailing, State, list, teams_of};
use super::outbox::{Counts, MessageState, counts};
use super::queries;
use crate::consultations::{self, Consultation, SMALLEST};
use crate::ids::Id;
use crate::people;
use crate::store::{Fault, Tx};

/// Counted before sending; everybody once, however many chosen teams she is in.
///
/// Whoever wants no more reminders is *not* taken off here: finishing ticks that box, so a number
/// for a team would tell how many of it have finished. For reminders it is "at most".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Recipients {
    /// Chosen members with an address.
    pub recipients: usize,
    /// Chosen members without one.
    pub no_address: usize,
    /// Members who have left the union since they were invited.
    pub left: usize,
}

/// Counts the members in `teams` and under them (none: all invited); before the opening, those who
/// would be invited now.
///
/// # Errors
/// When the database fails.
pub fn recipients(tx: &mut Tx, of: &Consultation, teams: Option<&[Id]>) -> Result<Recipients, Fault> {
    let chosen = teams.map(|teams| people::team::with_all_below(tx, teams)).transpose()?;
    let is_chosen = |own: &[Id]| chosen.as_ref().is_none_or(|chosen| own.iter().any(|team| chosen.contains(team)));
    let mut counted = Recipients::default();
    if of.state == consultations::State::Preparing {
        let put_to = if of.covers_all_teams { None } else { Some(consultations::teams_of(tx, of.id)?) };
        let invitable = people::member::invitable(tx, put_to.as_deref())?;
        let members: BTreeSet<Id> = invitable.iter().filter(|(_, own)| is_chosen(own)).map(|(id, _)| *id).collect();
        let without = people::member::without_address(tx)?;
        counted.no_address = without.iter().filter(|member| members.contains(member)).count();
        counted.recipients = members.len() - counted.no_address;
        return Ok(counted);
    }
    if chosen.is_none() {
        return queries::invited_counts(tx, of.id);
    }
    let invited = queries::invited_teams(tx, of.id)?;
    let undecided: Vec<Id> = invited.iter().filter(|one| one.team_id.is_none()).map(|one| one.member_id).collect();
    let teams_of_undecided = queries::teams_of_members(tx, &undecided)?;
    for one in invited {
        let own = match one.team_id {
            Some(team) => vec![team],
            None => teams_of_undecided.get(&one.member_id).cloned().unwrap_or_default(),
        };
        if !is_chosen(&own) {
            continue;
        }
        match (one.has_left, one.has_address) {
            (true, _) => counted.left += 1,
            (false, true) => counted.recipients += 1,
            (false, false) => counted.no_address += 1,
        }
    }
    Ok(counted)
}

/// Whether a mailing to those who have not finished can reach anybody: it goes to labels with eight
/// wanted recipients or more, so one label must have as many invited.
///
/// # Errors
/// When the database fails.
pub fn may_ask_unfinished(tx: &mut Tx, of: &Consultation) -> Result<bool, Fault> {
    let mut sizes: BTreeMap<Id, usize> = BTreeMap::new();
    for label in consultations::invited(tx, of.id)?.into_iter().filter_map(|one| one.label_id) {
        *sizes.entry(label).or_default() += 1;
    }
    Ok(sizes.into_values().any(|size| size >= SMALLEST))
}

/// When mail last went out to members of a consultation, other than `besides`.
///
/// # Errors
/// When the database fails.
pub fn last_begun(tx: &mut Tx, of: &Consultation, besides: Id) -> Result<Option<DateTime<Utc>>, Fault> {
    let begun = list(tx, of.id)?.into_iter().filter(|one| one.id != besides);
    Ok(begun.filter(|one| matches!(one.state, State::Sending | State::Sent)).map(|one| one.due_at).max())
}

/// What an organiser may know of a mailing's messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub counts: Counts,
    /// Whether messages handed over, waiting and left out stand together as one number.
    pub is_joined: bool,
}

/// The counts of a mailing, as far as they tell nothing of anybody's answer.
///
/// Finishing ticks "no more reminders", so the *not sent* of a reminder are, nearly, those who have
/// finished. For everybody invited that number is no more than the trend by day shows. For a team it
/// would be finer than the bands, and two reminders, to a team and to the same team with another,
/// could be subtracted from each other. So a reminder to chosen teams, or to fewer than eight, has
/// one number for *waiting, handed over or left out*: under `queued` while it is under way (a
/// *queued* that begins below the number of recipients would tell the same), then under `sent`, or
/// under `cancelled`. Mails that failed or are uncertain stay apart; they are never named there.
///
/// # Errors
/// When the database fails.
pub fn told(tx: &mut Tx, mailing: &Mailing) -> Result<Told, Fault> {
    let mut counts = counts(tx, mailing.id)?;
    let all: i64 = counts.0.values().sum();
    let is_whole = teams_of(tx, mailing.id)?.is_empty() && usize::try_from(all).is_ok_and(|all| all >= SMALLEST);
    let is_joined = mailing.kind.is_reminder() && mailing.audience == Audience::Everyone && !is_whole;
    if is_joined {
        let place = match mailing.state {
            State::Sent => MessageState::Sent,
            State::Cancelled => MessageState::Cancelled,
            State::Planned | State::Sending | State::Paused | State::Held => MessageState::Queued,
        };
        let mut joined = 0;
        for (state, count) in &mut counts.0 {
            if !matches!(state, MessageState::Failed | MessageState::Uncertain) {
                joined += std::mem::take(count);
            }
        }
        counts.0.insert(place, joined);
    }
    Ok(Told { counts, is_joined })
}
