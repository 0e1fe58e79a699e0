//! How a consultation is doing, and what an organiser does about it.

use serde::Serialize;

use super::{Deadline, Page};

/// `desk/progress.html`: how the teams are doing, without saying who.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskProgress {
    pub page: Page,
    /// Meetings and piles of slips: those that count, those that wait.
    pub groups: usize,
    pub groups_waiting: usize,
    pub groups_url: String,
    pub invited: usize,
    /// None until there are ten.
    pub responded: Option<usize>,
    /// Silent first.
    pub labels: Vec<LabelProgress>,
    /// Whether any team behind the labels has a head-count.
    pub has_headcounts: bool,
    /// Where the labels go on, when they do not fit on one page.
    pub next_url: Option<String>,
    pub delivery: Reached,
    /// None until there are ten responses.
    pub chart: Option<DayChart>,
    pub days: Vec<DayCount>,
    /// What there is to do where nothing is to be seen yet.
    pub next_step: Option<NextStep>,
    pub reach_url: String,
    pub share_url: String,
    /// Present while it is open.
    pub deadline_url: Option<String>,
    pub close_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct LabelProgress {
    pub name: String,
    pub invited: usize,
    /// People in its teams, where every one has a head-count.
    pub headcount: Option<i64>,
    /// `under_25`, `25_to_49`, `50_to_74`, `75_and_over` or `too_few_invited`.
    pub band: &'static str,
    /// The length of its bar, up to 160.
    pub bar: usize,
    /// Present while reminders may be sent.
    pub write_url: Option<String>,
}

/// The one thing to do next; the words are `next-KIND` and `next-KIND-do`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NextStep {
    /// `invite`, `silent` or `prepare`.
    pub kind: &'static str,
    pub url: String,
}

/// Members counted once each, by how mail reaches them.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Reached {
    pub invited: usize,
    pub reached: usize,
    pub waiting: usize,
    pub failed: usize,
    pub no_address: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DayCount {
    pub day_words: String,
    pub responses: usize,
    /// Up to and with this day.
    pub so_far: usize,
}

/// A line from day to day, in an SVG of 360 by 190.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DayChart {
    pub line: String,
    pub dots: Vec<Dot>,
    /// Lines across, with their figures.
    pub levels: Vec<Level>,
    pub first_words: String,
    /// Empty where all came on one day.
    pub last_words: String,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Dot {
    pub x: usize,
    pub y: usize,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Level {
    pub y: usize,
    pub count: usize,
}

/// `desk/reach.html`: whom mail reaches, and by name whom it does not.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskReach {
    pub page: Page,
    pub progress_url: String,
    pub total: Reached,
    pub teams: Vec<TeamReached>,
    pub next_url: Option<String>,
    /// The first of them; the call sheet names all.
    pub unreachable: Vec<UnreachableMember>,
    /// How many more there are.
    pub further: usize,
    pub calls_url: String,
    /// Present where somebody has no address.
    pub codes_url: Option<String>,
    /// Present where no mail was sent yet.
    pub invite_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamReached {
    /// None for members of several teams who have not chosen yet.
    pub name: Option<String>,
    pub counts: Reached,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct UnreachableMember {
    pub name: String,
    pub team: Option<String>,
    pub membership_number: Option<String>,
    /// `no_address` or `failed`.
    pub why: &'static str,
    /// What the mail server said.
    pub trouble: Option<String>,
}

/// `desk/calls.html`: a sheet for each team, to print.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskCalls {
    pub page: Page,
    pub reach_url: String,
    pub codes_url: String,
    pub title: String,
    pub deadline: Deadline,
    pub teams: Vec<CallSheet>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct CallSheet {
    pub team: Option<String>,
    pub members: Vec<UnreachableMember>,
}

/// `desk/codes.html`: how many have no address, and the button that shows their codes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskCodes {
    pub page: Page,
    pub reach_url: String,
    pub count: usize,
    pub action_url: String,
}

/// `desk/slips.html`: the codes themselves, to print and cut.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskSlips {
    pub page: Page,
    pub reach_url: String,
    pub title: String,
    pub deadline: Deadline,
    /// The public page in full, as people type it.
    pub address: String,
    pub slips: Vec<Slip>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Slip {
    pub name: String,
    pub team: Option<String>,
    pub code: String,
}

/// `desk/deadline.html`: more time. Fields `deadline` (a date), `time`, `reason`, `notify`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskDeadline {
    pub page: Page,
    pub progress_url: String,
    pub action_url: String,
    pub deadline: String,
    pub time: String,
    pub reason: String,
    /// `yes`, `no` or empty.
    pub notify: String,
    /// As IANA names it.
    pub zone: String,
}

/// `desk/deadline_check.html`: what moving the deadline does. Field `step`: `do` or `change`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskDeadlineCheck {
    pub page: Page,
    pub action_url: String,
    pub from_words: String,
    pub to_words: String,
    pub moved: Vec<MovedMail>,
    /// Members who get a mail now; none where nobody is told.
    pub told: Option<usize>,
    pub deadline: String,
    pub time: String,
    pub reason: String,
    pub notify: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct MovedMail {
    /// A kind of mailing.
    pub kind: &'static str,
    pub from_words: String,
    pub to_words: String,
}

/// `desk/close.html`: what closing does. Field `reason`, asked before the deadline only.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskClose {
    pub page: Page,
    pub progress_url: String,
    pub action_url: String,
    pub invited: usize,
    pub responded: Option<usize>,
    /// Labels under a quarter, by name.
    pub silent: Vec<String>,
    pub early: bool,
    pub reason: String,
    /// Whether thanks are planned.
    pub has_thanks: bool,
    /// When they go out; empty for now.
    pub thanks_words: String,
    /// Where they are written.
    pub thanks_url: String,
    pub reachable: usize,
    pub cancelled: usize,
}
