//! What the letter of a mailing will look like to one team, before anything is sent.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::due::{Before, Timing};
use super::mailing::{Kind, Mailing, State};
use super::sheet::{self, Paper, Reader, Sheet};
use crate::consultations::Consultation;
use crate::ids::Id;
use crate::links;
use crate::people;
use crate::refusal::Refusal;
use crate::render::RenderFault;
use crate::store::Tx;
use crate::words::Language;

/// Stands in a preview where a member's own token would.
const NO_TOKEN: &str = "your-personal-link-stands-here";

/// A mailing and one team that gets it, ready to be written for a made-up member.
#[derive(Debug, Clone)]
pub struct Sample {
    mailing: Mailing,
    of: Consultation,
    /// Empty for nobody's team in particular.
    team: String,
    note: String,
}

/// What `mailing` says to `team`, with the note for it or for the nearest team above that has one.
///
/// # Errors
/// Unknown team.
pub fn sample(
    tx: &mut Tx,
    of: &Consultation,
    mailing: &Mailing,
    notes: &BTreeMap<Id, String>,
    team: Option<Id>,
) -> Result<Sample, Refusal> {
    Sample::new(&people::team::list(tx)?, of, mailing, notes, team)
}

impl Sample {
    /// As [`sample`], with the teams at hand.
    ///
    /// # Errors
    /// A team that is not among them.
    pub fn new(
        teams: &[people::Team],
        of: &Consultation,
        mailing: &Mailing,
        notes: &BTreeMap<Id, String>,
        team: Option<Id>,
    ) -> Result<Self, Refusal> {
        let mut sample = Self { mailing: mailing.clone(), of: of.clone(), team: String::new(), note: String::new() };
        let Some(team) = team else { return Ok(sample) };
        let teams: BTreeMap<Id, people::Team> = teams.iter().map(|one| (one.id, one.clone())).collect();
        let team = teams.get(&team).ok_or(Refusal::Unknown("team"))?;
        sample.team.clone_from(&team.name);
        nearest_note(&teams, notes, team).unwrap_or_default().clone_into(&mut sample.note);
        Ok(sample)
    }

    /// As it will look, addressed to a made-up member; its links lead nowhere.
    ///
    /// # Errors
    /// When a template cannot be rendered.
    pub fn write(&self, with: Paper<'_>, now: DateTime<Utc>) -> Result<Sheet, RenderFault> {
        let link_url = with.links.absolute(&links::go(NO_TOKEN));
        self.write_with(with, now, link_url, with.links.absolute(&links::stop(NO_TOKEN)))
    }

    /// As a colleague tries it out: its links lead to the public page, for she has no link of her own.
    pub(super) fn write_trial(&self, with: Paper<'_>, now: DateTime<Utc>) -> Result<Sheet, RenderFault> {
        let public_url = with.links.absolute(&links::consultation(&self.of.slug));
        self.write_with(with, now, public_url.clone(), public_url)
    }

    fn write_with(
        &self,
        with: Paper<'_>,
        now: DateTime<Utc>,
        link_url: String,
        stop_url: String,
    ) -> Result<Sheet, RenderFault> {
        let language = Language::default();
        let name = with.words.say(language, "mailing-made-up-name", &[]);
        let reader = Reader { name: &name, team: &self.team, note: &self.note, link_url, stop_url, language };
        sheet::write(with, now, &self.mailing, &self.of, reader)
    }
}

impl Mailing {
    /// How many whole days before the deadline it goes, where it does.
    #[must_use]
    pub fn days_before(&self) -> Option<i64> {
        self.before_deadline.as_deref().and_then(Before::parse).and_then(Before::whole_days)
    }

    /// A mailing as typed and not stored, for a preview. Its words need not be right.
    #[must_use]
    pub fn as_typed(of: &Consultation, kind: Kind, subject: &str, body: &str) -> Self {
        Self {
            id: of.id,
            consultation_id: of.id,
            kind,
            subject: subject.trim().to_owned(),
            body: body.trim().to_owned(),
            audience: super::Audience::Everyone,
            state: State::Planned,
            timing: Timing::At,
            due_at: of.created_at,
            before_deadline: None,
            at_time: None,
            created_at: of.created_at,
        }
    }
}

/// The note for a team, or for the nearest team above that has one.
pub(super) fn nearest_note<'a>(
    teams: &BTreeMap<Id, people::Team>,
    notes: &'a BTreeMap<Id, String>,
    team: &people::Team,
) -> Option<&'a str> {
    let mut above = std::iter::successors(Some(team), |team| teams.get(&team.parent_id?));
    above.find_map(|team| notes.get(&team.id)).map(String::as_str)
}
