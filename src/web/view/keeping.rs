//! Words that are kept while they are typed.

use serde::Serialize;

/// `parts/kept.html` and `parts/keep.html`: above and inside a form whose words are kept.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Keep {
    /// Takes a POST of the form's fields.
    pub keep_url: String,
    /// Of the text in the form; empty when nothing is kept yet.
    pub revision: String,
    /// Drawn for this page.
    pub page: String,
    pub lost_url: String,
    /// She began this earlier and has not sent it.
    pub began: bool,
    /// Other words for the same place.
    pub others: Vec<OtherWords>,
}

/// What another device or window kept for the same place.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OtherWords {
    pub revision: String,
    pub position: String,
    pub condition: String,
    pub body: String,
    pub new_wording: String,
}

/// `parts/unsent.html`: something that was typed and not sent.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Unsent {
    /// Of the passage; `None` is the whole draft.
    pub number: Option<String>,
    /// Set for answers to the questions; then there is no passage.
    pub questions: bool,
    /// Set where she was changing a comment that she sent.
    pub changing: bool,
    /// Where she can go on.
    pub url: String,
    /// How it begins.
    pub words: String,
}

/// A form that came while its writer was signed out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Resend {
    pub action_url: String,
    /// Names and values as they were sent.
    pub fields: Vec<(String, String)>,
}
