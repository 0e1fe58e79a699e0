//! Long drafts page by page, and two texts side by side: for readers, and for the organiser who pairs them.

use serde::Serialize;

use super::{BlockView, Page};
use crate::drafts::Block;

/// `member/section.html`: a further part of a long draft. Kept as `ReadPage` is, with the same gaps.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SectionPage {
    pub page: Page,
    /// Of the consultation.
    pub title: String,
    /// Of the part: "4 Caseload limits".
    pub name: String,
    pub contents_url: String,
    pub beside_url: Option<String>,
    pub blocks: Vec<BlockView>,
    pub turn: Option<Turn>,
}

/// A line of the contents of a long draft. Beside it the page leaves `<!--spoken PLACE-->`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ContentsLine {
    pub place: usize,
    pub url: String,
    /// Empty for what stands before the first section.
    pub number: String,
    pub words: String,
    /// 1 where the section begins, then which part of it this is.
    pub part: usize,
}

/// `parts/spoken.html`: her own comments in a section, set in for `<!--spoken PLACE-->`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Spoken {
    pub count: usize,
}

/// The ways on from one part of a long text.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Turn {
    /// Counted from 1.
    pub here: usize,
    pub count: usize,
    pub previous: Option<TurnTo>,
    pub next: Option<TurnTo>,
    pub contents_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct TurnTo {
    pub url: String,
    pub words: String,
}

/// `member/side_by_side.html`: the draft and the employer's text. Kept as `ReadPage` is, with the same gaps.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BesidePage {
    pub page: Page,
    pub title: String,
    /// What the employer calls the text.
    pub theirs_title: String,
    pub ours_version: i32,
    pub theirs_version: i32,
    pub back_url: String,
    pub all_url: String,
    pub differing_url: String,
    pub is_differing: bool,
    pub contents: Vec<ContentsLine>,
    pub turn: Option<Turn>,
    pub rows: Vec<BesideRow>,
}

/// Passages that answer each other; a side is empty where nothing answers.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BesideRow {
    /// Whether both sides are headings alone.
    pub is_heading: bool,
    /// Whether the passages of the empty side stood in an earlier version.
    pub is_gone: bool,
    pub ours: Vec<BesideBlock>,
    pub theirs: Vec<BesideBlock>,
    pub ours_figure: String,
    pub theirs_figure: String,
}

/// A block as it stands in a row.
pub type BesideBlock = BlockView;

impl BlockView {
    /// A block of a published version, not yet joined with its neighbours to a list.
    #[must_use]
    pub fn of(block: &Block) -> Self {
        Self {
            key: block.key.clone(),
            number: block.number.clone(),
            kind: block.kind.as_str(),
            level: u8::try_from(block.level).unwrap_or(6).min(6),
            html: block.html.clone(),
            opens_list: false,
            closes_list: false,
        }
    }
}

/// `desk/pairs.html`: which passages answer each other, and what has no answer.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PairsPage {
    pub page: Page,
    /// Where the employer's text is brought in; given while there is nothing to pair.
    pub bring_url: Option<String>,
    pub has_comparison: bool,
    pub draft_url: String,
    /// What members see of it.
    pub read_url: String,
    /// Takes a POST of `deed`.
    pub action_url: String,
    pub revision: i32,
    pub counts: PairCounts,
    /// `all` or `open`.
    pub show: &'static str,
    pub all_url: String,
    pub open_url: String,
    pub rows: Vec<PairRow>,
    /// Pairs whose passages are all gone.
    pub lost: Vec<LostPair>,
    pub first: usize,
    pub last: usize,
    pub of: usize,
    pub previous_url: Option<String>,
    pub next_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct PairCounts {
    pub confirmed: usize,
    pub proposed: usize,
    pub ours_alone: usize,
    pub theirs_alone: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct PairRow {
    /// Of the pair; empty for a passage that stands alone.
    pub id: String,
    /// `proposed`, `confirmed`, `alone` or `gone` (one side is in the texts no more).
    pub state: &'static str,
    /// In hundredths; 0 for a pair made by hand.
    pub likeness: i32,
    pub ours: Vec<PairText>,
    pub theirs: Vec<PairText>,
    pub ours_figure: String,
    pub theirs_figure: String,
    /// Where it is changed, or a partner chosen.
    pub change_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct PairText {
    pub number: String,
    /// Its beginning.
    pub text: String,
    pub is_heading: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct LostPair {
    pub id: String,
    pub ours_figure: String,
    pub theirs_figure: String,
}

/// `desk/pair.html`: one pair, to make or to change.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PairPage {
    pub page: Page,
    pub back_url: String,
    pub action_url: String,
    pub is_new: bool,
    pub revision: i32,
    /// As typed: numbers with blanks between.
    pub ours: String,
    pub theirs: String,
    pub ours_figure: String,
    pub theirs_figure: String,
    pub our_texts: Vec<PairText>,
    pub their_texts: Vec<PairText>,
    /// Passages of the other text that come nearest, best first.
    pub nearest: Vec<NearText>,
    /// Whether the nearest are the employer's.
    pub nearest_is_theirs: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct NearText {
    pub text: PairText,
    /// Whether it stands in another pair already.
    pub is_paired: bool,
    pub chosen: bool,
}
