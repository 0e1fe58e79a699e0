//! A text before it is stored, and the comments that stood in its file.

use serde::Serialize;

use super::{BlockView, DeskPassage, DroppedRow, Page};

/// `desk/draft_preview.html`: a text as it would stand; nothing of it is stored.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DraftPreviewPage {
    pub page: Page,
    pub title: String,
    /// Of the file; empty for a pasted text.
    pub name: String,
    pub found: Vec<FoundCount>,
    pub dropped: Vec<DroppedRow>,
    pub comments: Vec<FileCommentRow>,
    pub blocks: Vec<BlockView>,
    /// Takes a POST of `kept`, `document` and `comments`.
    pub use_url: String,
    pub other_url: String,
    /// Names the file, which is kept for two hours.
    pub kept: String,
    pub document: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct FoundCount {
    /// `heading`, `paragraph`, `item`, `table` or `figure`.
    pub kind: &'static str,
    pub count: usize,
}

/// A comment that stood in the file, without its writer.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FileCommentRow {
    /// Of the block it stands on.
    pub number: String,
    pub quote: String,
    pub body: String,
    /// At the desks: the passage, the version it was written on, and what became of it.
    pub about: Option<DeskPassage>,
    pub version: i32,
    pub state: &'static str,
}

/// `desk/file_comments.html`: every comment that stood in a file, beside its passage.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FileCommentsPage {
    pub page: Page,
    pub comments: Vec<FileCommentRow>,
    pub all_url: String,
}
