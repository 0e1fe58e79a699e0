//! Mailings: what is planned, what went out, and writing one.

use serde::Serialize;

use super::Page;

/// `desk/mailings/list.html`: what is planned and what went out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailingsPage {
    pub page: Page,
    pub mailings: Vec<MailingLine>,
    /// Why mail does not leave at present.
    pub trouble: Option<MailTrouble>,
    /// The kinds that may be written now.
    pub kinds: Vec<KindWay>,
    /// Takes a POST; present while nothing is planned and the usual mailings would be.
    pub standard_url: Option<String>,
}

/// Why no mail leaves, through nobody's fault among the members.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailTrouble {
    /// What the mail server's answer means.
    pub words: String,
    pub since_words: String,
    pub next_words: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct MailingLine {
    pub kind: &'static str,
    pub url: String,
    pub subject: String,
    /// "Everybody invited", or names of teams.
    pub to_words: String,
    pub when: MailingWhen,
    /// `planned`, `sending`, `paused`, `held`, `sent`, `cancelled` or `left_out`.
    pub state: &'static str,
    pub counts: Vec<MessageCount>,
}

/// When a mailing goes or went out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailingWhen {
    /// `at_opening`, `at`, `before_deadline` or `after_closing`.
    pub timing: &'static str,
    /// "Tuesday 1 December, 9:30 am"; empty where no hour is known.
    pub words: String,
    /// Whole days before the deadline; 0 for none.
    pub days: i64,
    /// Whether it moves with the deadline.
    pub follows: bool,
}

/// How many messages are in one state.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MessageCount {
    /// A state of the outbox, or `joined`: waiting, handed over or left out.
    pub state: &'static str,
    pub count: i64,
    /// In place of the count, where only bands are told; else empty.
    pub band: &'static str,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct KindWay {
    pub kind: &'static str,
    pub url: String,
    pub current: bool,
}

/// `desk/mailings/one.html`: one mailing, before and after it went.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailingPage {
    pub page: Page,
    pub list_url: String,
    /// Present while messages of this mailing wait for it to end.
    pub trouble: Option<MailTrouble>,
    pub line: MailingLine,
    /// `everyone` or `not_finished`.
    pub audience: &'static str,
    pub recipients: RecipientCounts,
    /// Whom it has not reached, by name, where that may be told.
    pub missed: Vec<MissedLine>,
    /// Where further names are.
    pub missed_url: Option<String>,
    pub preview: MailingPreview,
    /// Takes a GET of `team`.
    pub preview_url: String,
    /// Take a POST; `None` where it cannot be done now.
    pub test_url: Option<String>,
    pub pause_url: Option<String>,
    pub resume_url: Option<String>,
    /// Sends the uncertain ones again.
    pub again_url: Option<String>,
    /// Pages.
    pub edit_url: Option<String>,
    pub send_url: Option<String>,
    pub cancel_url: Option<String>,
}

/// Counted before sending.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RecipientCounts {
    pub recipients: usize,
    pub no_address: usize,
    pub left: usize,
    /// Whoever wants no more reminders is left out and not counted: a number would tell who finished.
    pub at_most: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct MissedLine {
    pub name: String,
    pub team: String,
    pub state: &'static str,
    pub trouble: String,
}

/// A letter as one team will read it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailingPreview {
    /// The teams to choose from.
    pub teams: Vec<TeamOption>,
    /// The chosen team's name; empty for none in particular.
    pub team: String,
    /// Its id; empty for none.
    pub team_id: String,
    pub subject: String,
    pub text: String,
    /// The HTML part, as a page of its own.
    pub html_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamOption {
    pub id: String,
    /// Its path.
    pub name: String,
    pub chosen: bool,
}

/// `desk/mailings/compose.html`: writing a mailing, or changing one that has not begun.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ComposePage {
    pub page: Page,
    pub list_url: String,
    pub action_url: String,
    pub kind: &'static str,
    /// Empty where the mailing is there already and keeps its kind.
    pub kinds: Vec<KindWay>,
    pub subject: String,
    pub body: String,
    pub fields: Vec<&'static str>,
    /// The words around each field that nobody knows.
    pub marked: Vec<MarkedWord>,
    pub everybody: bool,
    pub teams: Vec<TeamChoiceLine>,
    pub not_finished: bool,
    pub may_ask_unfinished: bool,
    /// The times that may be chosen: `now`, `at`, `before_deadline`, `at_opening`, `after_closing`.
    pub timings: Vec<&'static str>,
    pub timing: String,
    pub date: String,
    pub time: String,
    pub days: String,
    pub at_time: String,
    pub notes: Vec<NoteField>,
    /// Teams without a note.
    pub note_teams: Vec<String>,
    pub preview: Option<MailingPreview>,
}

/// Where an unknown field stands.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MarkedWord {
    pub before: String,
    pub word: String,
    pub after: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamChoiceLine {
    pub id: String,
    pub name: String,
    /// 0 for a team at the top.
    pub depth: usize,
    pub chosen: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct NoteField {
    pub team_id: String,
    pub team: String,
    pub words: String,
}

/// `desk/mailings/check.html`: what sending or cancelling will do, in numbers, before it is done.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailingCheckPage {
    pub page: Page,
    /// `send` or `cancel`.
    pub deed: &'static str,
    pub action_url: String,
    pub back_url: String,
    pub line: MailingLine,
    pub audience: &'static str,
    pub recipients: RecipientCounts,
    /// When mail last went out; empty for never.
    pub last_words: String,
    /// Whether that was less than two days ago.
    pub is_soon: bool,
    /// Whether some of it has gone already.
    pub has_begun: bool,
}
