//! What anybody may see of a consultation, and what may be passed on.

use serde::Serialize;

use super::{Contact, Deadline, Page};

/// `member/public.html`: a consultation's page for anybody, without the draft.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PublicPage {
    pub page: Page,
    pub title: String,
    pub summary: String,
    pub deadline: Deadline,
    /// Empty where there is none.
    pub letter_html: String,
    pub lost_url: String,
    pub printed_url: String,
    /// Where somebody who is not on the list asks; while it is open.
    pub ask_url: Option<String>,
    pub join_url: Option<String>,
    /// How many questions there are.
    pub questions: usize,
}

/// `member/poster.html`: a sheet for the notice board; nothing on it is personal.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PosterPage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    /// The public page in full, as people type it.
    pub address: String,
    pub code: QrSquare,
    pub contact: Option<Contact>,
    pub join_url: Option<String>,
    pub public_url: String,
}

/// A QR code, drawn in unit squares.
#[derive(Debug, Clone, Default, Serialize)]
pub struct QrSquare {
    /// How many squares wide and high, with the quiet edge.
    pub side: usize,
    /// The dark ones, as the path of an SVG.
    pub path: String,
}

/// `desk/share.html`: what may be passed on to anybody.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskShare {
    pub page: Page,
    /// The public page in full.
    pub address: String,
    pub public_url: String,
    pub poster_url: String,
    /// The draft with slips, to print.
    pub pack_url: String,
    /// Where people ask to take part, in full, and who asks; while it is open.
    pub ask_address: Option<String>,
    pub joining_url: String,
    pub joining: usize,
    /// To be copied; several lines.
    pub message: String,
    /// `by_link`, `listed` or `indexed`.
    pub found_by: &'static str,
}
