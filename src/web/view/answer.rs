//! Answering: a comment, her response, finishing, the receipt.

use serde::Serialize;

use super::{Deadline, Keep, OwnAnswers, Page, PassageThen, QuoteField, Quoted, SeenComment, Unsent};
use crate::drafts::compare::Stretch;

/// `member/comment.html`: writing a comment, or changing one. The form fields
/// have the names of the fields below; `permission` and `confidence` are sent
/// only where `asks_choices` is set.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a page shows or hides its parts by them")]
pub struct CommentPage {
    pub page: Page,
    /// `None` is the whole draft.
    pub about: Option<Quoted>,
    pub deadline: Deadline,
    pub back_url: String,
    pub action_url: String,
    pub version: i32,
    /// Makes a second press of the button harmless.
    pub nonce: String,
    /// `support`, `support_if`, `oppose`, `neutral`, or empty.
    pub position: String,
    pub condition: String,
    pub body: String,
    pub quote: QuoteField,
    pub new_wording: String,
    /// The name that will stand beside the words.
    pub label: String,
    /// Asked once per response, with the first comment.
    pub asks_choices: bool,
    /// `word_for_word`, `paraphrase`, `count_only`, or empty.
    pub permission: String,
    /// Form field `confidence`: `in_confidence` or `with_my_name`.
    pub with_my_name: bool,
    /// Set when she changes what she sent.
    pub changing: bool,
    /// Set when the passage changed since she opened the page.
    pub newer_version: bool,
    /// Of a comment she changes: the words it was written about, where they are others now.
    pub then: Option<PassageThen>,
    /// Of a comment she changes: what could point to her in it.
    pub seen: Option<SeenComment>,
    /// Whether the passage's words can be taken as the beginning of a new wording.
    pub has_wording: bool,
    /// The first question about this passage.
    pub question_url: Option<String>,
    /// Keeps her words while she types.
    pub keep: Option<Keep>,
    /// `held` or `shown` for a colleague who is not a member.
    pub apart: Option<&'static str>,
}

/// One of the member's own comments.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwnComment {
    pub receipt: String,
    /// Of the block; `None` is the whole draft.
    pub number: Option<String>,
    /// The passage, shortened.
    pub passage: String,
    /// Back to the block; `None` where it is gone.
    pub read_url: Option<String>,
    pub position: String,
    pub condition: String,
    pub body: String,
    pub new_wording: String,
    /// `current`, `moved`, `reworded`, `split`, `merged` or `gone`: what became of the passage since.
    pub state: &'static str,
    /// The version it was written about.
    pub version: i32,
    pub late: bool,
    /// Absent once comments are closed.
    pub change_url: Option<String>,
    pub withdraw_url: Option<String>,
    /// The words it was written about, and what became of them; none for the whole draft.
    pub then: Option<PassageThen>,
    pub quote: String,
    /// The passage's words and her new wording as one.
    pub wording_change: Vec<Stretch>,
}

/// `member/mine.html`: "Your response".
#[derive(Debug, Clone, Default, Serialize)]
pub struct MinePage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    pub read_url: String,
    pub comments: Vec<OwnComment>,
    /// Present where the device may write but not see what was said elsewhere.
    pub code_url: Option<String>,
    pub label: String,
    /// Takes a POST of `permission` and `confidence` for all comments.
    pub choices_url: String,
    /// Where she is asked about comments whose passage has other words now; how many.
    pub changed_url: Option<String>,
    pub changed: usize,
    pub permission: String,
    pub with_my_name: bool,
    pub finish_url: String,
    pub finished: bool,
    /// Of a finished response.
    pub reference: Option<String>,
    pub answers: OwnAnswers,
    pub unsent: Vec<Unsent>,
}

/// `member/withdraw.html`: are you sure.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WithdrawPage {
    pub page: Page,
    pub comment: OwnComment,
    pub action_url: String,
    pub back_url: String,
}

/// `member/finish.html`: "I have finished", or "I have nothing to add". The
/// form field of the tick is `no_more` (`yes`).
#[derive(Debug, Clone, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a page shows or hides its parts by them")]
pub struct FinishPage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    /// Whether she said anything; then she has finished, else she has nothing to add.
    pub said: bool,
    /// How many comments this device may know of.
    pub comments: usize,
    /// The answers it may know of.
    pub answers: OwnAnswers,
    pub no_more: bool,
    pub action_url: String,
    pub back_url: String,
    /// What this device may show of her comments, as negotiators see them.
    pub seen: Vec<SeenComment>,
    pub label: String,
    /// Whether any of them carries her name.
    pub with_my_name: bool,
    /// Whether anything in them could point to her.
    pub points: bool,
    pub mine_url: String,
    /// Present where the device may write but not see what was said.
    pub code_url: Option<String>,
    pub unsent: Vec<Unsent>,
    /// `held` or `shown` for a colleague who is not a member.
    pub apart: Option<&'static str>,
}

/// `member/receipt.html`: after a comment or after finishing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReceiptPage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    /// `comment`, `changed`, `finished` or `nothing`.
    pub kind: &'static str,
    pub reference: String,
    /// Received in the grace time.
    pub late: bool,
    /// Whether "no more reminders" was taken with it.
    pub no_more: bool,
    pub read_url: String,
    pub mine_url: String,
    pub finish_url: String,
    pub join_url: Option<String>,
}

/// `member/code.html`: first "mail me a code", then, when `sent`, "type it".
/// The form field is `code`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CodePage {
    pub page: Page,
    pub sent: bool,
    /// False for a member without a mail address.
    pub can_ask: bool,
    pub ask_url: String,
    pub enter_url: String,
    pub minutes: u32,
    pub back_url: String,
}
