//! Writing the next version of a document in the browser.

use serde::Serialize;

use super::{BlockView, DroppedRow, Page};
use crate::drafts::working::Pair;

/// `desk/editor.html`: the text, and beside it the passages as they will be.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EditorPage {
    pub page: Page,
    pub title: String,
    /// Of the version that it becomes.
    pub number: i32,
    pub back_url: String,
    /// Takes a POST of `markdown`, `revision` and `do`: `save`, `preview`, `version` or `here`.
    pub action_url: String,
    /// Present where there is something to throw away.
    pub discard_url: Option<String>,
    pub markdown: String,
    /// Of the text that was saved last; empty for none.
    pub revision: String,
    /// "Saved by Ana Reyes, 2.02 pm."
    pub saved_words: String,
    /// Who else has it open; empty for nobody.
    pub others_words: String,
    pub preview: EditorPreview,
}

/// `parts/editor_preview.html`, in the page and alone.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EditorPreview {
    pub blocks: Vec<BlockView>,
    pub dropped: Vec<DroppedRow>,
    /// Why the text cannot be read.
    pub problem_words: Option<String>,
}

/// The preview alone.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EditorPart {
    pub preview: EditorPreview,
}

/// `desk/editor_newer.html`: somebody saved another text since; both beside each other.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EditorNewerPage {
    pub page: Page,
    pub title: String,
    /// "Ana Reyes, 2.02 pm".
    pub by_words: String,
    /// Paragraph by paragraph.
    pub pairs: Vec<Pair>,
    /// How many of them are the same and not shown.
    pub same: usize,
    /// Back to the editor with the other's text.
    pub theirs_url: String,
    pub action_url: String,
    /// Of the other's text: whoever saves now has seen it.
    pub revision: String,
    pub markdown: String,
}

/// `desk/editor_discard.html`: before a text is thrown away.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EditorDiscardPage {
    pub page: Page,
    pub title: String,
    pub by_words: String,
    /// Of the text.
    pub words: usize,
    pub action_url: String,
    pub back_url: String,
}
