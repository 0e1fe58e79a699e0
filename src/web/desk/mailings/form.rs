//! What the form of a mailing holds, as typed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::mail::{Audience, Kind, Mailing, New, Timing, When};
use crate::web::house::House;
use crate::words::Language;

/// The hour that is offered.
const MORNING: &str = "09:30";

#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) kind: Kind,
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) everybody: bool,
    pub(super) teams: BTreeSet<Id>,
    pub(super) not_finished: bool,
    /// `now`, or a [`Timing`].
    pub(super) timing: String,
    pub(super) date: String,
    pub(super) time: String,
    /// A number, or an ISO 8601 duration.
    pub(super) days: String,
    pub(super) at_time: String,
    /// In the order of the form; an empty one is no note.
    pub(super) notes: Vec<(Id, String)>,
    /// The team whose note is to be added, and whose letter is to be shown.
    pub(super) note_team: String,
    pub(super) preview_team: Option<Id>,
    /// Which button was pressed.
    pub(super) pressed: String,
}

impl Typed {
    /// A new mailing in the kind's own words.
    pub(super) fn fresh(house: &House, of: &Consultation, kind: Kind, teams: &[Id]) -> Self {
        let (subject, body) = own_words(house, of, kind);
        Self {
            kind,
            subject,
            body,
            everybody: teams.is_empty(),
            teams: teams.iter().copied().collect(),
            not_finished: false,
            timing: usual_timing(of, kind, house.clock.now()).to_owned(),
            date: String::new(),
            time: MORNING.to_owned(),
            days: "3".to_owned(),
            at_time: MORNING.to_owned(),
            notes: Vec::new(),
            note_team: String::new(),
            preview_team: None,
            pressed: String::new(),
        }
    }

    /// A mailing as it is stored.
    pub(super) fn of_mailing(
        house: &House,
        of: &Consultation,
        mailing: &Mailing,
        teams: &[Id],
        notes: &BTreeMap<Id, String>,
    ) -> Self {
        let local = mailing.due_at.with_timezone(&of.deadline.zone).naive_local();
        let days = mailing.days_before().map(|days| days.to_string());
        let is_before = mailing.timing == Timing::BeforeDeadline;
        Self {
            subject: mailing.subject_words(&house.words, Language::English),
            body: mailing.body_words(of, &house.words, Language::English),
            everybody: teams.is_empty(),
            teams: teams.iter().copied().collect(),
            not_finished: mailing.audience == Audience::NotFinished,
            // A set time that is over can only mean now.
            timing: if mailing.timing == Timing::At && mailing.due_at <= house.clock.now() {
                "now".to_owned()
            } else {
                mailing.timing.as_str().to_owned()
            },
            date: if mailing.timing == Timing::At { local.format("%Y-%m-%d").to_string() } else { String::new() },
            time: if mailing.timing == Timing::At { local.format("%H:%M").to_string() } else { MORNING.to_owned() },
            days: days.or_else(|| mailing.before_deadline.clone()).unwrap_or_else(|| "3".to_owned()),
            at_time: if is_before { mailing.at_time.clone().unwrap_or_default() } else { MORNING.to_owned() },
            notes: notes.iter().map(|(team, note)| (*team, note.clone())).collect(),
            ..Self::fresh(house, of, mailing.kind, &[])
        }
    }

    /// As a browser sent it; ids that are none are left out.
    pub(super) fn of_pairs(kind: Kind, pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            pairs.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let ids = |name: &str| -> Vec<Id> {
            pairs.iter().filter(|(field, _)| field == name).filter_map(|(_, text)| text.parse().ok()).collect()
        };
        let note = |team: Id| (team, value(&format!("team_notes_{team}")));
        Self {
            kind,
            subject: value("subject"),
            body: value("body"),
            everybody: value("teams") != "some",
            teams: ids("team").into_iter().collect(),
            not_finished: value("audience") == Audience::NotFinished.as_str(),
            timing: value("timing"),
            date: value("date"),
            time: value("time"),
            days: value("days"),
            at_time: value("at_time"),
            notes: ids("noted").into_iter().map(note).collect(),
            note_team: value("note_team"),
            preview_team: ids("preview_team").first().copied(),
            pressed: value("do"),
        }
    }

    /// What to plan, or to change a mailing to. Words that are the kind's own are not stored, so
    /// that each reader has them in her language.
    pub(super) fn asked_for(&self, house: &House, of: &Consultation) -> New {
        let (own_subject, own_body) = own_words(house, of, self.kind);
        let unless_own = |typed: &str, own: &str| {
            let typed = typed.replace("\r\n", "\n");
            if typed.trim() == own.trim() { String::new() } else { typed }
        };
        New {
            kind: self.kind,
            subject: unless_own(&self.subject, &own_subject),
            body: unless_own(&self.body, &own_body),
            teams: (!self.everybody).then(|| self.teams.iter().copied().collect()),
            team_notes: self.notes(),
            audience: if self.not_finished { Audience::NotFinished } else { Audience::Everyone },
            when: self.when(),
        }
    }

    /// The notes that say something.
    pub(super) fn notes(&self) -> BTreeMap<Id, String> {
        self.notes.iter().filter(|(_, words)| !words.trim().is_empty()).cloned().collect()
    }

    fn when(&self) -> When {
        let timing = Timing::from_value(&self.timing);
        let days = self.days.trim();
        let is_number = !days.is_empty() && days.bytes().all(|sign| sign.is_ascii_digit());
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        match timing {
            None => When::default(),
            Some(Timing::AtOpening) => When { at_opening: true, ..When::default() },
            Some(Timing::AfterClosing) => When { after_closing: true, ..When::default() },
            Some(Timing::At) => {
                When { send_at: Some(format!("{}T{}", self.date.trim(), self.time.trim())), ..When::default() }
            }
            Some(Timing::BeforeDeadline) => When {
                before_deadline: Some(if is_number { format!("P{days}D") } else { days.to_owned() }),
                at_time: given(&self.at_time),
                ..When::default()
            },
        }
    }
}

/// The times a mailing of this kind may have in the consultation's state, `now` among them.
pub(super) fn timings(of: &Consultation, kind: Kind, now: DateTime<Utc>) -> Vec<&'static str> {
    let is_preparing = of.state == consultations::State::Preparing;
    let is_ahead = is_preparing || (of.state == consultations::State::Open && now < of.deadline.at);
    let offered = [
        ("now", !is_preparing),
        (Timing::AtOpening.as_str(), is_preparing && !matches!(kind, Kind::Thanks | Kind::ClosingSoon)),
        (Timing::At.as_str(), true),
        (Timing::BeforeDeadline.as_str(), is_ahead && kind != Kind::Thanks),
        (Timing::AfterClosing.as_str(), !kind.asks() && is_ahead),
    ];
    offered.into_iter().filter(|(_, is_offered)| *is_offered).map(|(timing, _)| timing).collect()
}

fn usual_timing(of: &Consultation, kind: Kind, now: DateTime<Utc>) -> &'static str {
    let offered = timings(of, kind, now);
    let wanted = match kind {
        Kind::Thanks => Timing::AfterClosing.as_str(),
        Kind::ClosingSoon => Timing::BeforeDeadline.as_str(),
        Kind::Reminder if of.state == consultations::State::Preparing => Timing::BeforeDeadline.as_str(),
        Kind::Invitation | Kind::Reminder | Kind::Update => "now",
    };
    offered.iter().copied().find(|timing| *timing == wanted).or_else(|| offered.first().copied()).unwrap_or("now")
}

fn own_words(house: &House, of: &Consultation, kind: Kind) -> (String, String) {
    let own = Mailing::as_typed(of, kind, "", "");
    (own.subject_words(&house.words, Language::English), own.body_words(of, &house.words, Language::English))
}
