//! What each mail template is given. It stands here and not beside the pages,
//! because mails are made by rooms that know nothing of the web.
//!
//! Conventions as for pages: `_url` is an address, `_html` is already safe
//! html, `_words` is already said in the reader's language.

use serde::Serialize;

/// `mail/shell.txt` and `mail/shell.html`: every mailing, whatever its kind.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailShell {
    /// `invitation`, `reminder`, `closing_soon`, `thanks` or `update`.
    pub kind: String,
    pub subject: String,
    pub title: String,
    pub body_text: String,
    pub body_html: String,
    /// The organiser's words for one team; empty for none.
    pub team_note: String,
    /// The personal link.
    pub link_url: String,
    /// The page that may be passed on.
    pub public_url: String,
    /// "Comments close Friday 4 December at 5 pm".
    pub closes_words: String,
    /// "3 days left".
    pub left_words: String,
    pub contact: MailContact,
    pub stop_url: String,
}

/// `mail/link_again.txt` and `.html`: the answer to "I have lost my link".
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailLinkAgain {
    pub subject: String,
    pub links: Vec<MailLink>,
    pub contact: MailContact,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct MailLink {
    pub title: String,
    pub url: String,
    /// "Comments close Friday 4 December at 5 pm".
    pub closes_words: String,
    /// "3 days left".
    pub left_words: String,
    /// The page that may be passed on.
    pub public_url: String,
}

/// `mail/code.txt` and `.html`: the short code for a further device.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailCode {
    pub subject: String,
    pub code: String,
    pub minutes: u32,
    /// The page that may be passed on.
    pub public_url: String,
    pub contact: MailContact,
}

/// `mail/joining.txt` and `.html`: to somebody who asked to take part.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailJoining {
    /// `confirm`, `member`, `colleague` or `declined`.
    pub kind: &'static str,
    pub subject: String,
    pub title: String,
    /// Where she confirms, or her personal link; empty where she is declined.
    pub link_url: String,
    /// The page that may be passed on.
    pub public_url: String,
    /// "Comments close Friday 4 December at 5 pm".
    pub closes_words: String,
    /// Her address is the employer's.
    pub at_work: bool,
    /// The branch's "join the union" page.
    pub join_url: Option<String>,
    pub contact: MailContact,
}

/// Whom to ask.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailContact {
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
}
