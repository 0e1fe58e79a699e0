//! What is told of a mailing, wherever it is listed.

use chrono::{DateTime, Utc};

use super::say;
use crate::consultations::Consultation;
use crate::mail::{self, Audience, ChannelTrouble, Mailing, MessageState, State, Timing};
use crate::people::Team;
use crate::refusal::Refusal;
use crate::responses::Band;
use crate::store::Tx;
use crate::web::house::House;
use crate::web::view::{MailTrouble, MailingLine, MailingWhen, MessageCount, RecipientCounts};
use crate::words::{Language, Value};

/// What a mailing's line needs beside the mailing.
pub(super) struct About {
    /// Paths of the chosen teams; empty for everybody.
    pub(super) teams: Vec<String>,
    pub(super) told: mail::Told,
}

impl About {
    pub(super) fn read(tx: &mut Tx, teams: &[Team], mailing: &Mailing) -> Result<Self, Refusal> {
        let chosen = mail::teams_of(tx, mailing.id)?;
        let teams = teams.iter().filter(|team| chosen.contains(&team.id)).map(|team| team.path.clone()).collect();
        Ok(Self { teams, told: mail::told(tx, mailing)? })
    }
}

pub(super) fn line(house: &House, of: &Consultation, mailing: &Mailing, about: &About) -> MailingLine {
    MailingLine {
        kind: mailing.kind.as_str(),
        url: crate::links::desk_mailing(&of.slug, mailing.id),
        subject: subject_words(house, of, mailing),
        to_words: to_words(house, &about.teams),
        when: when(house, of, mailing),
        state: if is_left_out(of, mailing) { "left_out" } else { mailing.state.as_str() },
        counts: counts(mailing, &about.told),
    }
}

/// Its time lay before the opening, so the schedule cancelled it.
fn is_left_out(of: &Consultation, mailing: &Mailing) -> bool {
    mailing.state == State::Cancelled
        && mailing.timing == Timing::BeforeDeadline
        && of.opened_at.is_some_and(|opened| mailing.due_at < opened)
}

/// The subject with the fields filled that are the same for everybody.
fn subject_words(house: &House, of: &Consultation, mailing: &Mailing) -> String {
    let deadline = house.words.deadline_words(Language::English, of.deadline.local);
    let subject = mailing.subject_words(&house.words, Language::English);
    subject.replace("{title}", &of.title).replace("{deadline}", &deadline)
}

fn to_words(house: &House, teams: &[String]) -> String {
    const SHOWN: usize = 3;
    match teams.len() {
        0 => say(house, "mailing-to-everybody"),
        few if few <= SHOWN => teams.join(", "),
        many => {
            let values: [(&str, Value<'_>); 2] =
                [("teams", teams[..SHOWN].join(", ").into()), ("more", (many - SHOWN).into())];
            house.words.say(Language::English, "mailing-to-more", &values)
        }
    }
}

pub(super) fn when(house: &House, of: &Consultation, mailing: &Mailing) -> MailingWhen {
    let is_early = mailing.timing == Timing::AfterClosing && mailing.state == State::Planned;
    MailingWhen {
        timing: mailing.timing.as_str(),
        words: mailing.expected_at().filter(|_| !is_early).map(|at| time_words(house, of, at)).unwrap_or_default(),
        days: mailing.days_before().unwrap_or(0),
        follows: mailing.timing == Timing::BeforeDeadline && mailing.state != State::Sent,
    }
}

/// An instant as people there say it.
pub(super) fn time_words(house: &House, of: &Consultation, at: DateTime<Utc>) -> String {
    house.words.deadline_words(Language::English, at.with_timezone(&of.deadline.zone).naive_local())
}

fn counts(mailing: &Mailing, told: &mail::Told) -> Vec<MessageCount> {
    let whole = told.counts.0.values().copied().map(size).sum();
    let kept = told.counts.0.iter().filter(|(_, count)| **count > 0);
    kept.map(|(state, count)| {
        let is_named = matches!(state, MessageState::Failed | MessageState::Uncertain);
        let band = match mailing.audience {
            Audience::Everyone => "",
            Audience::NotFinished => Band::of(whole, size(*count)).as_str(),
        };
        MessageCount {
            state: if told.is_joined && !is_named { "joined" } else { state.as_str() },
            count: if band.is_empty() { *count } else { 0 },
            band,
        }
    })
    .collect()
}

fn size(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}

pub(super) fn recipients(counted: mail::Recipients, mailing: &Mailing) -> RecipientCounts {
    RecipientCounts {
        recipients: counted.recipients,
        no_address: counted.no_address,
        left: counted.left,
        at_most: mailing.kind.is_reminder() || mailing.audience == Audience::NotFinished,
    }
}

/// The words for what was just done.
pub(super) fn notice(house: &House, done: &str) -> Option<String> {
    const DEEDS: [&str; 8] = ["saved", "standard", "test", "sending", "paused", "resumed", "cancelled", "again"];
    DEEDS.contains(&done).then(|| say(house, &format!("mailing-done-{done}")))
}

/// Why no mail leaves, with its times where the consultation lives.
pub(super) fn trouble(house: &House, of: &Consultation, found: ChannelTrouble) -> MailTrouble {
    let words = |at: DateTime<Utc>| {
        house.words.deadline_words(Language::English, at.with_timezone(&of.deadline.zone).naive_local())
    };
    MailTrouble { since_words: words(found.paused_since), next_words: words(found.next_try_at), words: found.trouble }
}
