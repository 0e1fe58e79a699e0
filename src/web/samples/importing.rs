//! A text before it is stored, and the comments of its file.

use super::{HOSTILE, Sample, TITLE, add, blocks, desk};
use crate::web::view::{
    DeskPassage, DraftPreviewPage, DroppedRow, FileCommentRow, FileCommentsPage, FoundCount, Quoted,
};

pub(super) fn importing(all: &mut Vec<Sample>) {
    let dropped = |what: &str, place: &str| DroppedRow { what: what.into(), place: place.into() };
    let comment = |quote: &str, body: &str| FileCommentRow {
        number: "1.1".into(),
        quote: quote.into(),
        body: body.into(),
        about: None,
        version: 1,
        state: "current",
    };
    let ordinary = DraftPreviewPage {
        page: desk("draft"),
        title: TITLE.into(),
        name: "Our proposal.docx".into(),
        found: vec![
            FoundCount { kind: "heading", count: 4 },
            FoundCount { kind: "paragraph", count: 31 },
            FoundCount { kind: "item", count: 12 },
            FoundCount { kind: "table", count: 1 },
            FoundCount { kind: "figure", count: 2 },
        ],
        dropped: vec![
            dropped("“Branch proposal, confidential until Friday”", "page header"),
            dropped("table of contents (9 lines)", "paragraph 1"),
            dropped("tracked change, deleted: “five”", "paragraph 7"),
        ],
        comments: vec![
            comment("three senior posts", "Is three enough for the county?"),
            comment("", "Ask the finance team."),
        ],
        blocks: blocks(),
        use_url: "/desk/closer/draft/use".into(),
        other_url: "/desk/closer/draft".into(),
        kept: "a-token".into(),
        document: String::new(),
    };
    add(all, "desk/draft_preview.html", "ordinary", &ordinary);
    let bare = DraftPreviewPage { name: String::new(), dropped: Vec::new(), comments: Vec::new(), ..ordinary.clone() };
    add(all, "desk/draft_preview.html", "pasted, nothing left out", &bare);
    let hostile = DraftPreviewPage {
        title: HOSTILE.into(),
        name: HOSTILE.into(),
        dropped: vec![dropped(HOSTILE, HOSTILE)],
        comments: vec![comment(HOSTILE, HOSTILE)],
        ..ordinary
    };
    add(all, "desk/draft_preview.html", "hostile", &hostile);
    let about = DeskPassage {
        quoted: Quoted {
            number: "1.1".into(),
            html: "<p>We propose three senior posts.</p>".into(),
            read_url: "/c/closer#b-x".into(),
        },
        cut: None,
    };
    let beside =
        |quote: &str, body: &str, state| FileCommentRow { about: Some(about.clone()), state, ..comment(quote, body) };
    let ordinary = FileCommentsPage {
        page: desk("comments"),
        comments: vec![
            beside("three senior posts", "Is three enough for the county?", "current"),
            beside("", "Ask the finance team.", "reworded"),
        ],
        all_url: "/desk/closer/comments".into(),
    };
    add(all, "desk/file_comments.html", "ordinary", &ordinary);
    let empty = FileCommentsPage { comments: Vec::new(), ..ordinary.clone() };
    add(all, "desk/file_comments.html", "empty", &empty);
    let hostile = FileCommentsPage { comments: vec![beside(HOSTILE, HOSTILE, "gone")], ..ordinary };
    add(all, "desk/file_comments.html", "hostile", &hostile);
}
