//! The desks of organisers and negotiators.

use serde::Serialize;

use super::{Deadline, Page};

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
