//! What each template is given. One struct per page, named for it; the handler
//! fills it in and `render.rs` sets it into the template.
//!
//! Conventions: a field that ends in `_url` is an address, one that ends in
//! `_html` is already safe html, one that ends in `_words` is already said in
//! the reader's language. Everything else is plain text and escaped on the way.
//! `position`, `permission`, `state`, `kind` and `band` hold the values of the
//! public interface (`support_if`, `word_for_word`, …); templates say them.

mod answer;
mod desk;
mod draft;
mod editor;
mod entrance;
mod groups;
mod importing;
mod joining;
mod keeping;
mod mailbox;
mod mailings;
mod outside;
mod own_words;
mod pairs;
mod people;
mod progress;
mod questions;
mod reading;
mod setup;
mod staff;
mod versions;

pub use answer::*;
pub use desk::*;
pub use draft::*;
pub use editor::*;
pub use entrance::*;
pub use groups::*;
pub use importing::*;
pub use joining::*;
pub use keeping::*;
pub use mailbox::*;
pub use mailings::*;
pub use outside::*;
pub use own_words::*;
pub use pairs::*;
pub use people::*;
pub use progress::*;
pub use questions::*;
pub use reading::*;
pub use setup::*;
pub use staff::*;
pub use versions::*;

use chrono::{Duration, NaiveDateTime};
use serde::Serialize;

use crate::words::{Language, Words};

/// From here on the deadline is shown as urgent.
const URGENT_HOURS: i64 = 48;

/// What every page has around its own part.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Page {
    pub home_url: String,
    pub who_sees_url: String,
    /// The secret that every form sends back.
    pub csrf: String,
    /// The consultation's contact, or the branch's.
    pub contact: Option<Contact>,
    /// Present when a member is signed in.
    pub member: Option<MemberHere>,
    /// Where she can say "no more reminders": on every page of a member, also
    /// on the one her link opens, before she is signed in.
    pub stop_url: Option<String>,
    /// Present when a member of staff is signed in.
    pub staff: Option<StaffHere>,
    /// Present on the staff's pages of one consultation.
    pub desk: Option<DeskHere>,
    /// Said once after a deed ("Your comment was withdrawn").
    pub notice: Option<String>,
    /// What is wrong with the form: shown on top and beside each field, and
    /// the title then begins with "Error:".
    pub errors: Vec<FieldError>,
}

/// Whom to ask, in the place where people need it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Contact {
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// The signed-in member's own addresses.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MemberHere {
    pub read_url: String,
    pub mine_url: String,
    /// Where she records a meeting or paper slips.
    pub group_url: String,
    /// The public page in full, to pass on instead of her own link.
    pub public_address: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct StaffHere {
    pub name: String,
    pub home_url: String,
    /// Her own account.
    pub account_url: String,
    /// Everybody's accounts, for administrators.
    pub accounts_url: Option<String>,
    /// Takes a POST.
    pub sign_out_url: String,
}

/// The consultation whose desk a page is on, and the ways to its other pages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskHere {
    pub title: String,
    /// `preparing`, `open`, `closed` or `reported`.
    pub state: &'static str,
    pub deadline: Deadline,
    pub ways: Vec<DeskWay>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskWay {
    /// `check`, `progress`, `mailings`, `draft`, `questions`, `settings`, `share`, `comments`, `counts` or
    /// `answers`; the words are `way-KIND`.
    pub kind: &'static str,
    pub url: String,
    pub current: bool,
}

/// One thing wrong with a form. `field` is the name of the form field, which
/// is also the id of its first control.
#[derive(Debug, Clone, Serialize)]
pub struct FieldError {
    pub field: String,
    pub words: String,
}

/// A deadline as it stands on a page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Deadline {
    /// "Comments close Friday 4 December at 5 pm" (or "closed").
    pub closes_words: String,
    /// "Friday 4 December, 5 pm".
    pub words: String,
    /// "3 days left".
    pub left_words: String,
    /// RFC 3339, for `<time datetime>`.
    pub instant: String,
    pub urgent: bool,
    pub closed: bool,
    /// 0 to 100: how much of the time between opening and deadline is gone.
    pub gone_percent: u8,
}

impl Deadline {
    /// `local` is the deadline in the consultation's own time zone, `instant`
    /// the same in RFC 3339; `whole` is the time between opening and deadline.
    #[must_use]
    pub fn new(
        words: &Words,
        language: Language,
        local: NaiveDateTime,
        instant: String,
        whole: Duration,
        remaining: Duration,
    ) -> Self {
        let closed = remaining <= Duration::zero();
        Self {
            closes_words: words.closes_words(language, local, closed),
            words: words.deadline_words(language, local),
            left_words: words.left_words(language, remaining),
            instant,
            urgent: !closed && remaining <= Duration::hours(URGENT_HOURS),
            closed,
            gone_percent: gone_percent(whole, remaining),
        }
    }
}

/// `member/problem.html`: what went wrong and what to do about it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ProblemPage {
    pub page: Page,
    pub kind: Problem,
    /// The limit in words ("64 kB"), for `TooLarge`.
    pub limit_words: String,
    /// What she typed, given back.
    pub kept: Option<String>,
    /// Back to a form that may work now.
    pub again_url: Option<String>,
    pub lost_url: String,
    /// A form that can be sent again by whoever signs in meanwhile.
    pub resend: Option<Resend>,
}

/// Why a page cannot be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// 404.
    #[default]
    NotFound,
    /// A personal link that no longer works.
    LinkUnknown,
    /// 403.
    Forbidden,
    /// The session, or the form's secret, is too old.
    Expired,
    /// As `Expired`, at the desks.
    SignedOut,
    /// 409: something has changed meanwhile.
    Conflict,
    /// 409: after the deadline.
    Late,
    /// 400.
    Unreadable,
    /// 413.
    TooLarge,
    /// 429.
    TooMany,
    /// 500.
    Broken,
    /// 503.
    Busy,
}

impl Problem {
    pub const ALL: [Self; 12] = [
        Self::NotFound,
        Self::LinkUnknown,
        Self::Forbidden,
        Self::Expired,
        Self::SignedOut,
        Self::Conflict,
        Self::Late,
        Self::Unreadable,
        Self::TooLarge,
        Self::TooMany,
        Self::Broken,
        Self::Busy,
    ];
}

fn gone_percent(whole: Duration, remaining: Duration) -> u8 {
    let whole = whole.num_seconds().max(1);
    let left = remaining.num_seconds().clamp(0, whole);
    u8::try_from((whole - left) * 100 / whole).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_gone_stays_within_its_bounds() {
        assert_eq!(gone_percent(Duration::days(10), Duration::days(3)), 70);
        assert_eq!(gone_percent(Duration::days(10), Duration::days(-3)), 100);
        assert_eq!(gone_percent(Duration::days(10), Duration::days(30)), 0);
        assert_eq!(gone_percent(Duration::zero(), Duration::zero()), 100);
    }
}
