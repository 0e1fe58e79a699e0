//! The desks of organisers and negotiators.

use serde::Serialize;

use super::{Deadline, Page, Quoted};

/// `desk/home.html`: the consultations a member of staff may see.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskHome {
    pub page: Page,
    pub consultations: Vec<DeskConsultation>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskConsultation {
    pub title: String,
    /// `preparing`, `open`, `closed` or `reported`.
    pub state: &'static str,
    pub deadline: Deadline,
    pub progress_url: Option<String>,
    pub comments_url: Option<String>,
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
