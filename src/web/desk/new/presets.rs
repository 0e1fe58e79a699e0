//! What the set-up page offers before anything is typed: good enough to be left as it is.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

use crate::consultations::{self, Consultation};
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::desk::typed::Typed;
use crate::web::desk::whom;

/// The value of the deadline's last choice.
pub(super) const OTHER: &str = "other";

const ZONE: Tz = chrono_tz::Europe::London;
/// Fewest days from today that the preset Friday leaves for reading.
const SENSIBLE: u64 = 7;

/// What the consultation before this one had, where there was one.
#[derive(Debug, Clone)]
pub(super) struct Last(Option<Consultation>);

impl Last {
    pub fn read(tx: &mut Tx) -> Result<Self, Refusal> {
        Ok(Self(consultations::list(tx)?.into_iter().max_by_key(|one| (one.created_at, one.id))))
    }

    pub fn zone(&self) -> Tz {
        self.0.as_ref().map_or(ZONE, |last| last.deadline.zone)
    }

    /// The fields before anything is typed; `name` is the colleague's.
    pub fn fields(&self, name: &str, now: DateTime<Utc>) -> Typed {
        let today = now.with_timezone(&self.zone()).date_naive();
        let contact = self.0.as_ref().and_then(|last| last.contact.clone());
        let (name, phone, email) = contact
            .map_or((name.to_owned(), String::new(), String::new()), |known| (known.name, known.phone, known.email));
        let join_url = self.0.as_ref().and_then(|last| last.join_url.clone()).unwrap_or_default();
        let fields = [
            ("whom", whom::ALL.to_owned()),
            ("deadline", friday(today).to_string()),
            ("time_zone", self.zone().name().to_owned()),
            ("contact_name", name),
            ("contact_phone", phone),
            ("contact_email", email),
            ("join_url", join_url),
        ];
        Typed(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// The next four Fridays, today not among them.
pub(super) fn fridays(today: NaiveDate) -> [NaiveDate; 4] {
    let first = first_friday(today + Days::new(1));
    [0, 7, 14, 21].map(|days| first + Days::new(days))
}

/// The first Friday that leaves time to read and to remind.
fn friday(today: NaiveDate) -> NaiveDate {
    first_friday(today + Days::new(SENSIBLE))
}

fn first_friday(from: NaiveDate) -> NaiveDate {
    let ahead = 7 + Weekday::Fri.num_days_from_monday() - from.weekday().num_days_from_monday();
    from + Days::new(u64::from(ahead % 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn four_fridays_are_offered_and_a_sensible_one_is_chosen() {
        // A Sunday evening.
        let offered = fridays(day("2026-11-22"));
        assert_eq!(offered, ["2026-11-27", "2026-12-04", "2026-12-11", "2026-12-18"].map(day));
        assert_eq!(friday(day("2026-11-22")), day("2026-12-04"));
        // On a Friday the next one is a week ahead.
        assert_eq!(fridays(day("2026-11-27"))[0], day("2026-12-04"));
        assert_eq!(friday(day("2026-11-27")), day("2026-12-04"));
        for day in (0..30).map(|days| day("2026-11-01") + Days::new(days)) {
            assert!(fridays(day).contains(&friday(day)), "{day}");
        }
    }
}
