//! What negotiators read: comments, one comment, counts.

use serde::Serialize;

use super::{Page, PassageThen, Quoted};
use crate::drafts::compare::Stretch;

/// `desk/comments.html`: what was said, in the order of the document.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskComments {
    pub page: Page,
    pub version: i32,
    /// Comments at the desks, and those that the filters found.
    pub total: usize,
    pub found: usize,
    /// The first and last shown, counted from 1; 0 when none is.
    pub first: usize,
    pub last: usize,
    pub filters: CommentFilters,
    /// The filters in force, each with the way to drop it.
    pub in_force: Vec<FilterInForce>,
    pub all_url: String,
    pub sections: Vec<DeskSection>,
    /// How many comments stood in the files, and where they are read.
    pub file_comments: usize,
    pub file_comments_url: String,
    /// Takes a POST of `format`.
    pub export_url: String,
    pub counts_url: String,
    /// How many meetings and piles of slips stand beside, and where.
    pub groups: usize,
    pub groups_url: String,
    pub previous_url: Option<String>,
    pub next_url: Option<String>,
    /// When the next batch comes ("Tuesday 24 November, 6 am"); none when no further one does.
    pub batch_words: Option<String>,
}

/// The form of filters; what is chosen is kept as typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CommentFilters {
    pub action_url: String,
    pub q: String,
    pub block: String,
    /// Empty when there are too many to choose from: then a number is typed.
    pub blocks: Vec<BlockChoice>,
    pub label: String,
    /// As `blocks`.
    pub labels: Vec<String>,
    pub position: String,
    pub permission: String,
    pub state: String,
    pub late: bool,
    pub named: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct BlockChoice {
    /// The block's key, or `whole`.
    pub value: String,
    /// Empty for the whole draft.
    pub number: String,
    pub count: usize,
}

/// `kind` is the name of the filter (`block`, `label`, …, `q`), `value` what it looks for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FilterInForce {
    pub kind: &'static str,
    pub value: String,
    pub drop_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskSection {
    /// The number as a heading: with its version, where the passage is in an earlier one alone.
    pub heading: String,
    /// `None` is the whole draft.
    pub about: Option<DeskPassage>,
    /// What stood in the file on this passage.
    pub from_file: Vec<super::FileCommentRow>,
    pub comments: Vec<DeskComment>,
    /// What meetings and slips said about it.
    pub groups: Vec<super::SaidInGroup>,
}

/// A passage beside comments, cut when it is long.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskPassage {
    pub quoted: Quoted,
    /// The beginning of a long passage, instead of its html.
    pub cut: Option<String>,
}

/// Words in pieces; those that were looked for are marked.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Piece {
    pub words: String,
    pub found: bool,
    /// Why words are marked, where it is not for a search: `quoted`, or what could point to their
    /// writer (`mail`, `phone`, …); said before them by `answering-mark-KIND`.
    pub kind: Option<&'static str>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskComment {
    /// Its own address.
    pub url: String,
    pub position: String,
    pub condition: Vec<Piece>,
    pub body: Vec<Piece>,
    pub quote: String,
    pub new_wording: Vec<Piece>,
    /// The passage's words and hers as one; empty where `new_wording` is shown instead.
    pub wording_change: Vec<Stretch>,
    /// The quotation with the words around it; empty where it was not found.
    pub quote_marked: Vec<Piece>,
    /// Where the passage has other words now.
    pub passage: Option<PassageThen>,
    pub label: String,
    pub permission: String,
    /// Only where the member gave it.
    pub name: Option<String>,
    pub late: bool,
    /// `current`, or what became of its passage.
    pub state: &'static str,
    pub version: i32,
    /// Whether more was said than is shown.
    pub cut: bool,
}

/// `desk/one_comment.html`: a comment's own address.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskOneComment {
    pub page: Page,
    /// `None` is the whole draft.
    pub about: Option<DeskPassage>,
    /// What stood in the file on this passage.
    pub from_file: Vec<super::FileCommentRow>,
    pub comment: DeskComment,
    /// All comments on the same passage, and how many they are.
    pub place_url: String,
    pub place_count: usize,
    pub all_url: String,
    pub before_url: Option<String>,
    pub after_url: Option<String>,
}

/// `desk/counts.html`: how many said what.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskCounts {
    pub page: Page,
    pub total: usize,
    /// `block`, `label` or `permission`.
    pub by: &'static str,
    pub ways: Vec<CountsWay>,
    pub rows: Vec<CountsRow>,
    pub sum: CountsRow,
    /// The first and last row shown, counted from 1, and how many there are.
    pub first: usize,
    pub last: usize,
    pub of: usize,
    pub previous_url: Option<String>,
    pub next_url: Option<String>,
    pub comments_url: String,
    /// Rows of their own, never added.
    pub beside: super::GroupsBeside,
    pub batch_words: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct CountsWay {
    pub by: &'static str,
    pub url: String,
    pub current: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct CountsRow {
    /// A block's number, a label's name or a permission; empty for the whole draft.
    pub name: String,
    /// The beginning of the passage.
    pub text: String,
    /// By position: support, support if, oppose, neutral.
    pub cells: Vec<CountsCell>,
    pub total: CountsCell,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct CountsCell {
    pub count: usize,
    /// Empty where there is nothing to read.
    pub url: String,
    /// 0 to 5: how dark the cell is.
    pub step: usize,
}
