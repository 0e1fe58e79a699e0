//! Members and teams, and the list they come in.

use serde::Serialize;

use super::Page;

/// `parts/member_list.html`, under the name `member_list`: a list of members to paste or choose, and,
/// once there is one, what its columns mean, doubtful team names, and what would come of it.
///
/// Its fields: file `list_file`, text `list` and `sheet`; hidden `columns_of` and `seen`; for each
/// column N a choice `column_N`; for each doubtful team N a choice `team_N` (`same` or `own`) with
/// hidden `team_N_typed` and `team_N_meant`. `desk::member_list` reads them back.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MemberListPart {
    /// The list as text.
    pub list: String,
    /// The sheet that was asked for, where it is not the first.
    pub sheet: String,
    /// Empty: there is no list yet.
    pub columns: Vec<ListColumn>,
    /// The headings that `columns` belong to.
    pub columns_of: String,
    /// What a column can mean; the words are `list-means-…`, and `list-means-` for leaving it out.
    pub meanings: Vec<&'static str>,
    pub teams: Vec<ListTeam>,
    /// Absent as long as the columns do not fit.
    pub preview: Option<ListPreview>,
    /// What the person was shown; it must come back unchanged before anything is written.
    pub seen: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ListColumn {
    pub heading: String,
    /// The first values below it.
    pub examples: String,
    /// One of `meanings`, or empty to leave it out.
    pub meaning: &'static str,
}

/// A team name that looks like a slip of another.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListTeam {
    pub typed: String,
    pub rows: usize,
    pub meant: String,
    pub meant_rows: usize,
    /// The team that is meant is there already.
    pub is_known: bool,
    /// `same`, `own`, or empty where nothing is decided.
    pub decided: &'static str,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ListPreview {
    pub taken: usize,
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub left_out: usize,
    pub rejected: Vec<ListRejected>,
    /// How many more there are.
    pub rejected_more: usize,
    pub teams_created: Vec<String>,
    pub teams_created_count: usize,
    pub notes: Vec<String>,
    pub first: Vec<ListRow>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ListRejected {
    pub line: usize,
    /// A meaning, or empty for a whole row.
    pub column: String,
    pub value: String,
    /// Empty for a doubtful team, about which the part asks.
    pub reason: String,
}

/// A row as it is understood.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListRow {
    pub line: usize,
    pub name: String,
    pub email: String,
    pub team: String,
}

/// `desk/members_import.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MembersImportPage {
    pub page: Page,
    pub member_list: MemberListPart,
    pub action_url: String,
    pub members_url: String,
}

/// `desk/members.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MembersPage {
    pub page: Page,
    pub present: i64,
    pub no_address: i64,
    pub left: i64,
    /// What was looked for.
    pub words: String,
    /// The team that is shown, and its id.
    pub team: Option<String>,
    pub team_id: String,
    pub rows: Vec<MemberRow>,
    pub members_url: String,
    pub import_url: String,
    pub new_url: String,
    pub teams_url: String,
    pub next_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct MemberRow {
    pub name: String,
    pub url: String,
    pub teams: Vec<String>,
    pub email: Option<String>,
    pub is_rep: bool,
    pub has_left: bool,
}

/// `desk/member.html`: one member, to add or to correct. Fields `name`, `email`,
/// `membership_number`, and for each of her places N `team_N` and `rep_N`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MemberEditPage {
    pub page: Page,
    pub is_new: bool,
    pub name: String,
    pub email: String,
    pub membership_number: String,
    pub places: Vec<MemberPlace>,
    /// Paths of all teams, to choose from while typing.
    pub teams: Vec<String>,
    pub has_left: bool,
    pub action_url: String,
    pub members_url: String,
    /// To the check page.
    pub leave_url: String,
    /// Takes a POST.
    pub back_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct MemberPlace {
    pub path: String,
    pub is_rep: bool,
}

/// `desk/member_leave.html`: before a member is marked as having left.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MemberLeavePage {
    pub page: Page,
    pub name: String,
    pub action_url: String,
    pub member_url: String,
}

/// `desk/teams.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamsPage {
    pub page: Page,
    pub rows: Vec<TeamRow>,
    pub new_url: String,
    pub members_url: String,
    pub import_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamRow {
    pub name: String,
    /// 1 at the root.
    pub level: usize,
    pub url: String,
    pub headcount: Option<i32>,
    /// In it and below it, without those who have left.
    pub members: usize,
}

/// `desk/team.html`: a team to add or to change. Fields `name`, `parent` (a path), `headcount`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamEditPage {
    pub page: Page,
    pub is_new: bool,
    pub name: String,
    pub parent: String,
    pub headcount: String,
    /// Paths of all teams, to choose from while typing.
    pub teams: Vec<String>,
    pub action_url: String,
    pub teams_url: String,
    /// Its members.
    pub members_url: Option<String>,
}
