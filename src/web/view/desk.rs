//! The desks of organisers and negotiators.

use serde::Serialize;

use super::{Deadline, Page};

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
