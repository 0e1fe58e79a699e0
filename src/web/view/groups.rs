//! Meetings and paper slips: recording them, and what they said.

use serde::Serialize;

use super::{Page, QrSquare};

/// One meeting or pile, in a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupRow {
    pub url: String,
    /// `meeting` or `paper`.
    pub source: &'static str,
    /// The label's or service's name.
    pub name: String,
    pub date_words: String,
    pub place: String,
    /// Heads, or slips.
    pub people: usize,
    pub votes: Option<GroupVotes>,
    /// `recorded`, `confirmed` or `declined`.
    pub state: &'static str,
    /// `organiser`, `rep` or `member`.
    pub recorded_by: &'static str,
    pub points: usize,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct GroupVotes {
    pub in_favour: i32,
    pub against: i32,
    pub unsure: i32,
}

/// What groups add beside what members said alone: rows of their own and a range, never a sum.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupsBeside {
    /// Those that count.
    pub rows: Vec<GroupRow>,
    pub list_url: String,
    /// From ten answers on, and only where somebody was heard in a group: from, to.
    pub heard: Option<(usize, usize)>,
    /// How many answered by themselves; none while they are fewer than ten.
    pub alone: Option<usize>,
    pub colleagues: Option<ColleaguesApart>,
}

/// Colleagues who are not members; the number from eight on.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct ColleaguesApart {
    pub let_in: Option<usize>,
}

/// A point as it was made.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupPoint {
    /// As it was cited; none is the whole draft.
    pub number: Option<String>,
    /// The beginning of the passage.
    pub passage: String,
    pub read_url: String,
    pub position: String,
    pub words: String,
    /// `current`, or what became of the passage since.
    pub state: &'static str,
    pub version: i32,
    pub permission: &'static str,
    /// Which of the slips, counted from 1 in no order; 0 at a meeting.
    pub slip: usize,
}

/// A point beside the comments on its passage.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SaidInGroup {
    pub url: String,
    pub source: &'static str,
    pub name: String,
    pub people: usize,
    pub position: String,
    pub words: String,
    pub state: &'static str,
    pub version: i32,
}

/// `desk/groups.html`: everything recorded, and what waits.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskGroups {
    pub page: Page,
    pub beside: GroupsBeside,
    pub waiting: Vec<GroupRow>,
    pub declined: Vec<GroupRow>,
    /// For an organiser, while it is open.
    pub new_url: Option<String>,
    pub slips_url: Option<String>,
    pub pack_url: Option<String>,
}

/// `groups/one.html`: one record.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupPage {
    pub page: Page,
    pub row: GroupRow,
    pub back_url: String,
    pub points: Vec<GroupPoint>,
    /// Slips are for negotiators, and for whoever typed them in.
    pub words_hidden: bool,
    pub dissent: String,
    pub told_by: String,
    pub edit_url: Option<String>,
    pub slip_url: Option<String>,
    pub withdraw_url: Option<String>,
    pub confirm_url: Option<String>,
    pub decline_url: Option<String>,
}

/// `groups/deed.html`: what confirming, declining or withdrawing does, in numbers.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupDeed {
    pub page: Page,
    /// `confirm`, `decline` or `withdraw`.
    pub deed: &'static str,
    pub row: GroupRow,
    /// People heard now and then, where that may be said.
    pub now: Option<(usize, usize)>,
    pub then: Option<(usize, usize)>,
    pub action_url: String,
    pub back_url: String,
}

/// `groups/own.html`: a member's way in, and what she recorded.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwnGroups {
    pub page: Page,
    pub title: String,
    pub read_url: String,
    pub rows: Vec<GroupRow>,
    pub is_rep: bool,
    pub open: bool,
    pub deadline_words: String,
    pub new_url: String,
    pub slips_url: String,
    /// Where a code is needed first, to see and change what was recorded, and to type in slips.
    pub code_url: Option<String>,
    /// For a rep: people of her team who ask to take part.
    pub joining_url: Option<String>,
    pub joining: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupTeam {
    pub id: String,
    pub name: String,
    pub level: usize,
    pub chosen: bool,
}

/// One row of points in a form, as typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PointFields {
    pub at: usize,
    pub block: String,
    pub position: String,
    pub words: String,
}

/// `groups/meeting.html`: recording a meeting, or changing its record.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a page shows or hides its parts by them")]
pub struct MeetingForm {
    pub page: Page,
    pub action_url: String,
    pub back_url: String,
    pub changing: bool,
    /// At the desks, not through a member's link.
    pub at_desk: bool,
    /// It counts at once for these teams of hers; else it waits.
    pub is_rep: bool,
    pub teams: Vec<GroupTeam>,
    /// Nothing chosen: several teams.
    pub several: bool,
    pub place: String,
    pub date: String,
    pub present: String,
    pub in_favour: String,
    pub against: String,
    pub unsure: String,
    pub dissent: String,
    pub told_by: String,
    pub version: String,
    /// Published versions, when there is more than one.
    pub versions: Vec<String>,
    pub points: Vec<PointFields>,
    /// One of the same people on the same day is there already.
    pub twice: Option<GroupRow>,
    pub withdraw_url: Option<String>,
}

/// `groups/slips.html`: beginning a pile of slips.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SlipsForm {
    pub page: Page,
    pub action_url: String,
    pub back_url: String,
    pub at_desk: bool,
    pub is_rep: bool,
    pub teams: Vec<GroupTeam>,
    pub several: bool,
    pub date: String,
    pub told_by: String,
}

/// `groups/slip.html`: typing in one slip after another.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SlipForm {
    pub page: Page,
    pub action_url: String,
    /// The pile, when it is done.
    pub done_url: String,
    pub name: String,
    pub date_words: String,
    pub slips: usize,
    pub state: &'static str,
    pub version: String,
    pub versions: Vec<String>,
    pub points: Vec<PointFields>,
    /// `word_for_word`, `paraphrase`, `count_only`, or empty.
    pub permission: String,
    /// A slip that says the same is in already: its points.
    pub twice: Vec<GroupPoint>,
    /// What is in the pile, in no order.
    pub entered: Vec<EnteredSlip>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct EnteredSlip {
    /// To take it out again.
    pub key: String,
    pub points: Vec<GroupPoint>,
}

/// `desk/team_pack.html`: the draft, the questions and a slip to tear off, to print.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamPack {
    pub page: Page,
    pub title: String,
    /// A team's own pack; none for everybody's.
    pub team: Option<String>,
    pub teams: Vec<PackTeam>,
    pub everybody_url: String,
    pub large: bool,
    /// The same pack in the other size.
    pub other_size_url: String,
    pub back_url: String,
    pub version: i32,
    pub published_words: String,
    pub letter_html: String,
    pub blocks: Vec<super::BlockView>,
    pub questions: Vec<PackQuestion>,
    /// The public page in full.
    pub address: String,
    pub code: QrSquare,
    pub deadline: super::Deadline,
    pub contact: Option<super::Contact>,
    pub join_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct PackTeam {
    pub name: String,
    pub url: String,
}

/// A question to answer on paper.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PackQuestion {
    pub words: String,
    pub hint: String,
    /// Boxes to tick; none for words.
    pub choices: Vec<String>,
    /// Lines to write on.
    pub lines: usize,
}
