//! How people come in: the front door, the letter, lost links, and what everybody may read.

use serde::Serialize;

use super::{Deadline, Page};

/// `member/front.html`: the site's front door.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FrontPage {
    pub page: Page,
    pub consultations: Vec<FrontConsultation>,
    pub lost_url: String,
    pub printed_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct FrontConsultation {
    pub title: String,
    pub url: String,
    pub deadline: Deadline,
}

/// `member/letter.html`: what a personal link shows before the button is pressed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LetterPage {
    pub page: Page,
    pub title: String,
    pub letter_html: String,
    pub deadline: Deadline,
    /// The name that stands beside her comments; `None` until a team is chosen.
    pub label: Option<String>,
    /// Filled only for a member in several teams; the form field is `team`.
    pub teams: Vec<TeamChoice>,
    /// Takes the POST that makes the session; `to` is `questions` for the two-minute route.
    pub action_url: String,
    /// How many questions there are.
    pub questions: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamChoice {
    pub id: String,
    pub name: String,
    pub chosen: bool,
}

/// `member/lost.html`: "I have lost my link". The form field is `email`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LostPage {
    pub page: Page,
    pub action_url: String,
    pub email: String,
}

/// `member/lost_sent.html`: the same answer for a known and an unknown address.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LostSentPage {
    pub page: Page,
    pub lost_url: String,
    pub printed_url: String,
}

/// `member/printed.html`: "I have a printed code". The form field is `code`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PrintedPage {
    pub page: Page,
    pub action_url: String,
    pub code: String,
}

/// `member/late.html`: a comment that came too late, shown back to its writer.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LatePage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    /// "Friday 4 December, 5.16 pm": when it reached the server.
    pub arrived_words: String,
    pub number: Option<String>,
    pub position: String,
    pub condition: String,
    pub body: String,
    pub new_wording: String,
    pub read_url: String,
}

/// `member/stop.html`: "no more reminders", asked and then done.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StopPage {
    pub page: Page,
    pub title: String,
    pub done: bool,
    pub action_url: String,
    pub read_url: Option<String>,
}

/// `member/who_sees.html`: who can see what, and what we cannot promise.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WhoSeesPage {
    pub page: Page,
    pub label: Option<String>,
    pub back_url: Option<String>,
}
