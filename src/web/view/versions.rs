//! Versions beside each other: what became of passages, corrections, comparisons, numbers on paper.

use serde::Serialize;

use super::{BlockView, ChangeCount, Page};
use crate::drafts::compare::Stretch;

/// A passage by its number, and the way to it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NumberLink {
    pub number: String,
    pub url: String,
}

/// Two wordings of a passage, or the only one there is.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Wordings {
    /// Both as one; empty where they stand apart or there is only one.
    pub marked: Vec<Stretch>,
    /// The earlier words, where they stand alone or apart.
    pub before: String,
    /// The later words, likewise.
    pub now: String,
    /// A table's rows of cells, instead of the words in a row.
    pub table: Vec<Vec<Vec<Stretch>>>,
    /// Its number, to name it by.
    pub table_number: String,
}

/// What became of a passage.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangeView {
    /// Its place among all changes, from 1.
    pub place: usize,
    /// `unchanged`, `moved`, `reworded`, `split`, `merged`, `added` or `gone`.
    pub change: &'static str,
    pub from: Vec<NumberLink>,
    pub to: Vec<NumberLink>,
    /// Their numbers in a row: "3.1, 3.2".
    pub from_words: String,
    pub to_words: String,
    /// Whether it has another number now.
    pub renumbered: bool,
    pub words: Wordings,
}

/// `member/compare.html`: two versions of a document, for members, the public and the desks.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ComparePage {
    pub page: Page,
    pub title: String,
    pub back_url: String,
    pub from: i32,
    pub to: i32,
    /// Every version that can be chosen, oldest first.
    pub versions: Vec<i32>,
    /// Takes a GET of `from` and `to`.
    pub action_url: String,
    /// The change notes of the versions after `from`, up to `to`.
    pub notes: Vec<VersionNote>,
    pub counts: Vec<ChangeCount>,
    /// Changes in all; the first and last shown, from 1.
    pub changes: usize,
    pub first: usize,
    pub last: usize,
    pub rows: Vec<CompareRow>,
    pub previous_url: Option<String>,
    pub next_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct VersionNote {
    pub number: i32,
    pub note: String,
    pub published_words: Option<String>,
    pub read_url: String,
    pub current: bool,
}

/// One of its fields is there.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CompareRow {
    pub section: Option<SectionRow>,
    pub same: Option<SameRow>,
    pub left: Option<LeftRow>,
    pub change: Option<ChangeRow>,
}

/// The heading that the following rows stand under.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SectionRow {
    pub number: String,
    /// Empty before the first heading.
    pub text: String,
}

/// Passages that are as they were.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SameRow {
    pub count: usize,
    /// Empty where they would make the page too long: then there is a way to them.
    pub blocks: Vec<BlockView>,
    pub url: String,
}

/// Where a passage stood that is elsewhere now.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LeftRow {
    /// Its id on the page.
    pub anchor: String,
    pub from: String,
    pub to: NumberLink,
    pub opening: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangeRow {
    pub what: ChangeView,
    /// Of a moved passage: the place where it stood.
    pub left_url: Option<String>,
    pub previous_url: Option<String>,
    pub next_url: Option<String>,
}

/// `member/version.html`: a version as it was published.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OldVersionPage {
    pub page: Page,
    pub title: String,
    pub number: i32,
    pub note: String,
    pub published_words: String,
    pub current: i32,
    pub current_url: String,
    pub compare_url: String,
    pub versions: Vec<VersionNote>,
    pub blocks: Vec<BlockView>,
    /// The part shown, from 1, and how many there are.
    pub part: usize,
    pub parts: usize,
    pub previous_url: Option<String>,
    pub next_url: Option<String>,
    /// For paper: the whole address of one passage in this version, and its number.
    pub paper_url: String,
    pub paper_number: String,
}

/// `member/number.html`: where a number on paper leads.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NumberPage {
    pub page: Page,
    pub title: String,
    pub number: String,
    pub current: i32,
    pub read_url: String,
    /// Absent where no version has such a number.
    pub became: Option<NumberBecame>,
    /// Else: numbers near it, in this version.
    pub version: i32,
    pub near: Vec<NearRow>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct NumberBecame {
    pub then: i32,
    /// Whether only an older version had it, and none was named.
    pub is_older: bool,
    pub what: ChangeView,
    /// Its words today, each passage with the way to comment on it.
    pub today: Vec<NearRow>,
    /// Numbers of then that were joined with it.
    pub with: Vec<String>,
    /// Of a passage that is gone: after what it stood.
    pub after: Option<NearRow>,
    /// The way to comment on the whole draft; absent once comments are closed, or for others.
    pub comment_whole_url: Option<String>,
    pub compare_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct NearRow {
    pub number: String,
    pub text: String,
    pub url: String,
    pub comment_url: Option<String>,
}

/// `desk/fate.html`: what becomes of every passage of the last published version.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FatePage {
    pub page: Page,
    pub title: String,
    pub number: i32,
    pub against: i32,
    pub published: bool,
    pub version_url: String,
    pub compare_url: String,
    pub publish_url: Option<String>,
    /// Comments that stay on what they are about, and so on; absent where there are few.
    pub comments: Option<FateComments>,
    pub filters: Vec<FateFilter>,
    /// `changed` or the kind shown.
    pub show: String,
    pub rows: Vec<FateRow>,
    pub first: usize,
    pub last: usize,
    pub of: usize,
    pub unchanged: usize,
    pub unchanged_url: String,
    pub previous_url: Option<String>,
    pub next_url: Option<String>,
    /// Corrections by hand so far, and where the last is undone (a POST).
    pub corrections: usize,
    pub undo_url: Option<String>,
    /// The version's id, sent back so that nothing is done to another text.
    pub version: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct FateComments {
    pub total: usize,
    pub whole: usize,
    /// On passages that were gone before.
    pub gone_before: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct FateFilter {
    pub kind: &'static str,
    pub count: usize,
    pub url: String,
    pub current: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct FateRow {
    pub what: ChangeView,
    pub by_hand: bool,
    /// At the desks; absent where they are too few to be told.
    pub comments: Option<usize>,
    /// For negotiators, where there are any.
    pub comments_url: Option<String>,
    pub correct_url: Option<String>,
}

/// `desk/match.html`: saying by hand what became of a passage, or what it was.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MatchPage {
    pub page: Page,
    pub action_url: String,
    pub back_url: String,
    pub number: i32,
    pub against: i32,
    /// Whether it is asked what an earlier passage became; else what a later one was.
    pub forward: bool,
    pub key: String,
    pub version: String,
    pub passage_number: String,
    pub passage_text: String,
    /// What is known now.
    pub change: &'static str,
    pub by_hand: bool,
    pub comments: Option<usize>,
    /// `is`, `none` or nothing chosen.
    pub what: String,
    pub choices: Vec<MatchChoice>,
    /// Numbers as typed.
    pub numbers: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct MatchChoice {
    pub key: String,
    pub number: String,
    pub text: String,
    /// Numbers it is matched with now; empty for none.
    pub matched: String,
    pub chosen: bool,
}
