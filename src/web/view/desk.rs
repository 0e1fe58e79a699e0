//! The desks of organisers and negotiators.

use serde::Serialize;

use super::{Deadline, Page, Quoted};

/// `desk/sign_in.html`: a one-time link for staff, before the button is pressed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SignInPage {
    pub page: Page,
    pub name: String,
    pub action_url: String,
    /// False for a link that was used or is too old.
    pub valid: bool,
}

/// `desk/home.html`: the consultations a member of staff may see.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskHome {
    pub page: Page,
    pub consultations: Vec<DeskConsultation>,
    /// For organisers.
    pub new_url: Option<String>,
    pub members_url: Option<String>,
    pub teams_url: Option<String>,
}

/// The one thing to do next with a consultation.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NextThing {
    /// `setup`, `progress` or `comments`.
    pub kind: &'static str,
    pub url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskConsultation {
    pub title: String,
    /// `preparing`, `open`, `closed` or `reported`.
    pub state: &'static str,
    pub deadline: Deadline,
    pub next: Option<NextThing>,
}

/// `desk/progress.html`: how the teams are doing, without saying who.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskProgress {
    pub page: Page,
    /// Silent first.
    pub labels: Vec<LabelProgress>,
    pub delivery: Vec<DeliveryCount>,
    /// Empty until there are ten responses.
    pub days: Vec<DayCount>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct LabelProgress {
    pub name: String,
    pub invited: usize,
    /// `under_25`, `25_to_49`, `50_to_74`, `75_and_over` or `too_few_invited`.
    pub band: &'static str,
}

/// How many mails are in one state of the outbox (`sent`, `retry`, …), or how
/// many members are `no_address` or `opted_out`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeliveryCount {
    pub state: &'static str,
    pub count: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DayCount {
    pub day_words: String,
    pub responses: usize,
}

/// `desk/comments.html`: what was said, in the order of the document.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskComments {
    pub page: Page,
    pub version: i32,
    pub total: usize,
    pub sections: Vec<DeskSection>,
    /// Takes a POST of `format`.
    pub export_url: String,
    /// Where the comments go on, when they do not fit on one page.
    pub next_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskSection {
    /// `None` is the whole draft.
    pub about: Option<Quoted>,
    pub comments: Vec<DeskComment>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskComment {
    pub position: String,
    pub condition: String,
    pub body: String,
    pub quote: String,
    pub new_wording: String,
    pub label: String,
    pub permission: String,
    /// Only where the member gave it.
    pub name: Option<String>,
    pub late: bool,
    /// As in `OwnComment`.
    pub state: &'static str,
    pub version: i32,
}
