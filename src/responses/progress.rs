//! How a consultation is doing, for organisers: bands per label, never lists.
//!
//! Counts only what has reached the desks, so that a band never moves while somebody is seen
//! writing. People are counted in memory (her two voices are one person); nothing of it is stored.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use serde::Serialize;

use super::voice::{Kind, voice_id};
use super::{answer, queries};
use crate::consultations::{self, Consultation, Invitation};
use crate::ids::Id;
use crate::keys::Keys;
use crate::refusal::Refusal;
use crate::store::Tx;

crate::values! {
    /// The share of a label's invited members who responded.
    Band {
        Under25 = "under_25",
        From25 = "25_to_49",
        From50 = "50_to_74",
        From75 = "75_and_over",
        /// Fewer than eight were invited.
        TooFew = "too_few_invited",
    }
}

impl Band {
    /// The band of a part of `whole`.
    #[must_use]
    pub fn of(whole: usize, part: usize) -> Self {
        if whole < FEWEST_INVITED {
            return Self::TooFew;
        }
        match part * 100 / whole {
            0..25 => Self::Under25,
            25..50 => Self::From25,
            50..75 => Self::From50,
            _ => Self::From75,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LabelProgress {
    pub label: String,
    pub invited: usize,
    pub band: Band,
    /// The teams behind the label.
    #[serde(skip)]
    pub teams: Vec<Id>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub invited: usize,
    /// Silent labels first.
    pub labels: Vec<LabelProgress>,
    /// Responses by the day they reached the desks, from ten on; none before.
    pub trend: Option<Vec<(NaiveDate, usize)>>,
}

impl Progress {
    /// How many have responded, where that may be known.
    #[must_use]
    pub fn responded(&self) -> Option<usize> {
        self.trend.as_ref().map(|days| days.iter().map(|(_, count)| count).sum())
    }
}

/// What was counted last for each consultation, in memory only. Counting asks the key for every
/// voice, while what is counted changes once a day.
#[derive(Debug, Default)]
pub struct Progresses(Mutex<HashMap<Id, Counted>>);

/// Bands and trend, and what they were counted of: the edition of the desks, and how many members
/// have a label (whoever is in several teams chooses hers late, once).
#[derive(Debug, Clone)]
struct Counted {
    edition: i32,
    labelled: usize,
    progress: Arc<Progress>,
}

impl Progresses {
    /// As [`progress`], counted anew only when something has changed.
    ///
    /// # Errors
    /// As [`progress`].
    pub fn of(&self, tx: &mut Tx, keys: &Keys, consultation: &Consultation) -> Result<Arc<Progress>, Refusal> {
        let (edition, labelled) = (consultation.edition, consultations::labelled(tx, consultation.id)?);
        let known = self.kept().get(&consultation.id).cloned();
        if let Some(known) = known.filter(|known| known.edition == edition && known.labelled == labelled) {
            return Ok(known.progress);
        }
        let progress = Arc::new(progress(tx, keys, consultation)?);
        self.kept().insert(consultation.id, Counted { edition, labelled, progress: progress.clone() });
        Ok(progress)
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<Id, Counted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// # Errors
/// When the consultation's key is missing, or the database fails.
pub fn progress(tx: &mut Tx, keys: &Keys, consultation: &Consultation) -> Result<Progress, Refusal> {
    let invited = consultations::invited(tx, consultation.id)?;
    let labels = consultations::of_consultation(tx, consultation.id)?;
    let mut first_day: HashMap<Id, NaiveDate> = HashMap::new();
    let mut days = queries::batched_voices(tx, consultation.id)?;
    days.extend(answer::batched_voices(tx, consultation.id)?);
    for (voice, day) in days {
        first_day.entry(voice).and_modify(|known| *known = day.min(*known)).or_insert(day);
    }
    let key = if invited.is_empty() { None } else { Some(keys.consultation(consultation.id)?) };
    let day_of = |invitation: &Invitation| -> Option<NaiveDate> {
        let key = key.as_ref()?;
        Kind::ALL.iter().filter_map(|kind| first_day.get(&voice_id(key, *kind, invitation.id)).copied()).min()
    };
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let mut counts: HashMap<Id, (usize, usize)> = HashMap::new();
    for invitation in &invited {
        let day = day_of(invitation);
        if let Some(day) = day {
            *days.entry(day).or_default() += 1;
        }
        if let Some(label) = invitation.label_id {
            let (asked, responded) = counts.entry(label).or_default();
            *asked += 1;
            *responded += usize::from(day.is_some());
        }
    }
    let mut labels: Vec<LabelProgress> = labels
        .into_iter()
        .map(|label| {
            let (invited, responded) = counts.get(&label.id).copied().unwrap_or_default();
            LabelProgress { label: label.name, invited, band: Band::of(invited, responded), teams: label.teams }
        })
        .collect();
    labels.sort_by_key(|label| label.band);
    let responses: usize = days.values().sum();
    let trend = (responses >= TREND_FROM).then(|| days.into_iter().collect());
    Ok(Progress { invited: invited.len(), labels, trend })
}

/// The invitations a *not finished* mailing may still go to: those who have not finished, and of
/// them only labels where at least eight would get it. For the moment of sending; never stored.
///
/// # Errors
/// When the consultation's key is missing, or the database fails.
pub fn not_finished(tx: &mut Tx, keys: &Keys, consultation: Id) -> Result<BTreeSet<Id>, Refusal> {
    let done: BTreeSet<Id> = queries::finished_voices(tx, consultation)?.into_iter().collect();
    let key = keys.consultation(consultation)?;
    let mut wanted: HashMap<Option<Id>, Vec<Id>> = HashMap::new();
    for invitation in consultations::invited(tx, consultation)? {
        if !done.contains(&voice_id(&key, Kind::Confidential, invitation.id)) {
            wanted.entry(invitation.label_id).or_default().push(invitation.id);
        }
    }
    Ok(wanted.into_values().filter(|label| label.len() >= FEWEST_WANTED).flatten().collect())
}

/// Responses from which on the whole trend is shown.
const TREND_FROM: usize = 10;
/// Fewest invited members for a band.
const FEWEST_INVITED: usize = 8;
/// Fewest recipients of a *not finished* mailing in a label.
const FEWEST_WANTED: usize = 8;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bands_begin_where_they_say() {
        assert_eq!(Band::of(100, 24), Band::Under25);
        assert_eq!(Band::of(100, 25), Band::From25);
        assert_eq!(Band::of(8, 4), Band::From50);
        assert_eq!(Band::of(8, 6), Band::From75);
        assert_eq!(Band::of(7, 7), Band::TooFew);
    }

    proptest! {
        #[test]
        fn a_band_never_tells_one_person_from_the_next_at_most_sizes(invited in 8_usize..5000, responded in 0_usize..5000) {
            let responded = responded.min(invited);
            let same = (0..=invited).filter(|other| Band::of(invited, *other) == Band::of(invited, responded)).count();
            prop_assert!(same >= 2, "a band that only one count can give would be a count");
        }
    }
}
