//! The draft, and what stands beside its passages.

use serde::Serialize;

use super::{ContentsLine, Deadline, Page, QuestionsOffer, Turn};

/// How much of a passage is shown where it is only named.
const SHORTENED_CHARS: usize = 140;

/// `member/read.html`: the draft. Rendered once per version and kept, so it
/// holds nothing personal; it leaves `<!--top-->`, `<!--mark KEY-->` after each
/// block, and `<!--end-->` for `ReadTop`, `Mark` and `ReadTop` again.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReadPage {
    pub page: Page,
    pub title: String,
    pub version: i32,
    /// The change note of the version; empty for none.
    pub note: String,
    pub published_words: String,
    /// What changed since version `version - 1`; absent in the first.
    pub compare_url: Option<String>,
    /// For paper: the whole address of one passage in this version, and its number.
    pub paper_url: String,
    pub paper_number: String,
    pub letter_html: String,
    pub blocks: Vec<BlockView>,
    /// Present when there is a second text to read beside it.
    pub beside_url: Option<String>,
    /// Of a long draft, of which `blocks` are the first part.
    pub contents: Vec<ContentsLine>,
    pub turn: Option<Turn>,
}

/// One block of the draft. `html` is what stands inside the paragraph, list
/// item or heading; for a table or a figure it is the whole element.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BlockView {
    pub key: String,
    pub number: String,
    /// `heading`, `paragraph`, `list_item`, `table` or `figure`.
    pub kind: &'static str,
    /// Of a heading: 1 to 6. The page's own title is the only `h1`.
    pub level: u8,
    pub html: String,
    pub opens_list: bool,
    pub closes_list: bool,
}

impl BlockView {
    /// Marks where runs of list items begin and end.
    pub fn join_lists(blocks: &mut [Self]) {
        let is_item: Vec<bool> = blocks.iter().map(|b| b.kind == "list_item").collect();
        for (place, block) in blocks.iter_mut().enumerate() {
            let item_before = place > 0 && is_item.get(place - 1) == Some(&true);
            let item_after = is_item.get(place + 1) == Some(&true);
            block.opens_list = is_item.get(place) == Some(&true) && !item_before;
            block.closes_list = is_item.get(place) == Some(&true) && !item_after;
        }
    }
}

/// `member/read_top.html` and `member/read_end.html`: what is personal or
/// passing on the reading page, set in for `<!--top-->` and `<!--end-->`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReadTop {
    pub deadline: Deadline,
    pub notice: Option<String>,
    /// What stands behind the notice.
    pub notice_more: Vec<NoticeMore>,
    /// Present when comments of hers stand on passages that have other words now.
    pub changed: Option<ChangedLine>,
    /// Present when she has said something.
    pub own: Option<OwnStatus>,
    /// How many comments are typed and not sent.
    pub unsent: usize,
    pub unsent_url: String,
    /// Present while she may comment.
    pub ways: Option<WaysToAnswer>,
    /// Present when nobody is signed in (a public draft).
    pub lost_url: Option<String>,
    pub printed_url: Option<String>,
    pub join_url: Option<String>,
    /// Where somebody who is not on the list asks to take part.
    pub ask_url: Option<String>,
    /// Where a meeting or paper slips are recorded.
    pub group_url: Option<String>,
    /// For a colleague who is not a member: `held` while they are few and wait, else `shown`.
    pub apart: Option<&'static str>,
    /// Present where the device may write but not see what was said elsewhere.
    pub code_url: Option<String>,
    /// The two-minute route, while she may answer.
    pub questions: Option<QuestionsOffer>,
    /// How many questions there are, for whoever is not signed in.
    pub public_questions: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct OwnStatus {
    pub comments: usize,
    pub answers: usize,
    pub finished: bool,
    pub mine_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct WaysToAnswer {
    pub comment_whole_url: String,
    /// "I have nothing to add", or "I have finished" once she commented.
    pub finish_url: String,
}

/// `parts/mark.html`: the control after a block, set in for `<!--mark KEY-->`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Mark {
    pub number: String,
    /// Absent once comments are closed.
    pub comment_url: Option<String>,
    pub own_comments: usize,
    /// Something is typed here and not sent.
    pub unsent: bool,
    /// Where her comments on this block are shown.
    pub mine_url: String,
    /// Said once, after a comment on this block.
    pub notice: Option<String>,
    pub notice_more: Vec<NoticeMore>,
    /// The first question about this block, while it may be answered.
    pub question_url: Option<String>,
}

/// A gentle word behind a notice, with a way to look.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NoticeMore {
    pub words: String,
    pub url: String,
    pub link_words: String,
}

/// "2 of your comments stand on passages that were reworded or taken out."
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangedLine {
    pub count: usize,
    pub url: String,
}

/// A passage shown above a comment, or above what was said about it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Quoted {
    pub number: String,
    pub html: String,
    pub read_url: String,
}

/// A passage short enough to name a comment by, cut between words.
#[must_use]
pub fn shortened(text: &str) -> String {
    if text.chars().count() <= SHORTENED_CHARS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SHORTENED_CHARS).collect();
    let whole_words = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(kept, _)| kept);
    format!("{}…", whole_words.trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_passage_is_cut_between_words() {
        let cut = shortened(&"one two, ".repeat(40));
        assert!(cut.chars().count() <= SHORTENED_CHARS + 1);
        assert!(cut.ends_with('…') && !cut.contains(",…"));
        assert_eq!(shortened("short"), "short");
    }

    #[test]
    fn runs_of_list_items_are_found() {
        let of = |kind| BlockView { kind, ..BlockView::default() };
        let mut blocks = [of("list_item"), of("list_item"), of("paragraph"), of("list_item")];
        BlockView::join_lists(&mut blocks);
        let opens: Vec<_> = blocks.iter().map(|b| b.opens_list).collect();
        let closes: Vec<_> = blocks.iter().map(|b| b.closes_list).collect();
        assert_eq!(opens, [true, false, false, true]);
        assert_eq!(closes, [false, true, false, true]);
    }
}
