//! A comment beside the words it was written about, and what a member is asked about hers.

use serde::Serialize;

use super::{Deadline, DeskComment, OwnComment, Page, Piece};
use crate::drafts::compare::Stretch;

/// The passage a comment is about, as it was when she wrote and as it is now.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PassageThen {
    pub number: String,
    pub version: i32,
    /// The words she read; those she quoted are marked.
    pub was: Vec<Piece>,
    /// Whether more was written there than is shown.
    pub cut: bool,
    /// Whether it had another number then than the one it is called by now.
    pub renumbered: bool,
    /// `current`, `moved`, `reworded`, `split`, `merged` or `gone`.
    pub state: &'static str,
    /// Where it stands now; several when it was split.
    pub now: Vec<PassageNow>,
    /// Old and new wording as one, of a passage that was reworded.
    pub change: Vec<Stretch>,
    /// Of a passage that is gone: what it stood after, as that is called today.
    pub stood_after: Option<String>,
    /// The version its writer confirmed it for, while that still covers the current one.
    pub confirmed_in: Option<i32>,
    /// What became of the words she quoted: `stands`, `reworded`, `lost` or `tied`; empty where nothing is to be said.
    pub quote_now: &'static str,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct PassageNow {
    pub number: String,
    pub words: String,
}

/// `member/changed.html`: her comments on passages that have other words now. Takes a POST of
/// `comment`, `seen` (the version) and `deed`: `confirm` or `withdraw`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangedPage {
    pub page: Page,
    pub deadline: Deadline,
    pub comments: Vec<ChangedComment>,
    /// Just withdrawn, to be put back with a press.
    pub withdrawn: Option<WithdrawnComment>,
    pub action_url: String,
    pub mine_url: String,
    pub read_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangedComment {
    pub id: String,
    /// The version she is shown and confirms for.
    pub seen: i32,
    pub own: OwnComment,
}

/// What a POST of `deed` `back` needs to say it again.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WithdrawnComment {
    pub own: OwnComment,
    pub fields: Vec<HiddenField>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct HiddenField {
    pub name: &'static str,
    pub value: String,
}

/// `member/preview.html`: how a comment will look at the desks, before it is sent. Both buttons
/// send the same fields; `look` says which was pressed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PreviewPage {
    pub page: Page,
    pub deadline: Deadline,
    pub comment: SeenComment,
    pub with_my_name: bool,
    pub label: String,
    /// Whether a choice is still to be made before it can be sent.
    pub changing: bool,
    pub action_url: String,
    pub fields: Vec<HiddenField>,
}

/// A comment as a negotiator sees it, with what could point to its writer marked.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SeenComment {
    /// Of the passage; empty for the whole draft.
    pub number: String,
    pub passage: Option<PassageThen>,
    pub said: DeskComment,
    /// What was found, each once: the kinds of [`crate::responses::identifying`].
    pub identifying: Vec<&'static str>,
    pub change_url: Option<String>,
    /// For hidden words of the links.
    pub receipt: String,
}

/// A quotation as the comment form has it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct QuoteField {
    /// The words, as found in the passage or as typed.
    pub exact: String,
    pub prefix: String,
    pub suffix: String,
    pub start: String,
    /// `found`, `tied` or `lost`; empty when nothing is quoted.
    pub state: &'static str,
    /// Of words that stand in several places: each with its surroundings.
    pub places: Vec<QuotePlace>,
    /// Set when she ticked that the quotation shall be left out.
    pub dropped: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct QuotePlace {
    pub start: u32,
    pub before: String,
    pub after: String,
    pub chosen: bool,
}
