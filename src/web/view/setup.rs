//! Setting a consultation up, checking it before it opens, and its own pages for later changes.

use serde::Serialize;

use super::{BlockView, MemberListPart, Page};

/// Fields that setting up and changing later have in common, as typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SetupFields {
    pub title: String,
    /// Markdown.
    pub letter: String,
    pub contact_name: String,
    pub contact_phone: String,
    pub contact_email: String,
    pub join_url: String,
    pub time_zone: String,
    /// `all` or `some`.
    pub whom: String,
    pub teams: Vec<TeamBox>,
}

/// One team to tick.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamBox {
    /// Its path, which is also the value of the box.
    pub path: String,
    pub name: String,
    /// 0 at the root.
    pub level: usize,
    pub chosen: bool,
}

/// `desk/settings.html`: a consultation's own page for later changes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SettingsPage {
    pub page: Page,
    pub action_url: String,
    pub fields: SetupFields,
    pub summary: String,
    /// Names that could point to a writer, one on a line.
    pub identifying_words: String,
    pub public_draft: bool,
    /// `by_link`, `listed` or `indexed`.
    pub public_page: String,
    /// One on each line.
    pub employer_domains: String,
    /// The whole public address.
    pub address: String,
    /// While preparing also deadline, zone, grace and teams.
    pub preparing: bool,
    /// `2026-12-04`, as typed.
    pub deadline: String,
    /// `17:00`, as typed; empty is the end of the day.
    pub deadline_time: String,
    pub grace_minutes: String,
    /// "Friday 4 December, 5 pm".
    pub deadline_words: String,
    pub progress_url: String,
}

/// `desk/draft.html`: the documents of a consultation, and a form for the next version.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DraftPage {
    pub page: Page,
    pub documents: Vec<DocumentRow>,
    /// Where the employer's text can be brought in, while there is none.
    pub add_url: Option<String>,
    /// Where the passages of both are paired.
    pub pairs_url: Option<String>,
    /// None when no more versions can come.
    pub bring_url: Option<String>,
    /// The chosen document's id; `proposal` for one that is still to be made.
    pub document: String,
    pub draft: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DocumentRow {
    pub id: String,
    pub title: String,
    /// `proposal`, `comparison` or `supporting`.
    pub kind: &'static str,
    /// Newest first.
    pub versions: Vec<VersionRow>,
    /// Where the next is written in the browser.
    pub edit_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct VersionRow {
    pub number: i32,
    pub note: String,
    /// None while it is not published.
    pub published_words: Option<String>,
    /// Against the version before; absent for a first version.
    pub compare_url: Option<String>,
    pub read_url: String,
    pub publish_url: Option<String>,
}

/// `desk/version.html`: one version as members would read it, and what became of each passage.
#[derive(Debug, Clone, Default, Serialize)]
pub struct VersionPage {
    pub page: Page,
    pub title: String,
    pub number: i32,
    pub published_words: Option<String>,
    pub note: String,
    /// The version it is compared with.
    pub against: Option<i32>,
    pub counts: Vec<ChangeCount>,
    pub blocks: Vec<BlockView>,
    /// What became of the passage, by the block's key; unchanged ones are not there.
    pub marks: std::collections::BTreeMap<String, &'static str>,
    pub gone: Vec<GoneBlock>,
    /// What the source held and the blocks do not.
    pub dropped: Vec<DroppedRow>,
    pub letter_html: String,
    /// What became of every passage, and both versions beside each other; absent for a first version.
    pub fate_url: Option<String>,
    pub compare_url: Option<String>,
    pub publish_url: Option<String>,
    pub back_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangeCount {
    /// `unchanged`, `moved`, `reworded`, `split`, `merged`, `added` or `gone`.
    pub change: &'static str,
    pub count: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct GoneBlock {
    pub number: String,
    pub text: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DroppedRow {
    pub what: String,
    pub place: String,
}

/// `desk/publish.html`: what publishing a version does, before it is done.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PublishPage {
    pub page: Page,
    pub action_url: String,
    pub back_url: String,
    pub title: String,
    pub number: i32,
    /// What becomes of every passage; absent for a first version.
    pub fate_url: Option<String>,
    pub counts: Vec<ChangeCount>,
    /// None while there are too few comments to tell.
    pub comments: Option<CommentFate>,
    /// Whether members can comment already.
    pub open: bool,
    pub asks_note: bool,
    pub note: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct CommentFate {
    pub stays: usize,
    pub moved: usize,
    pub reworded: usize,
    pub gone: usize,
}

/// `desk/check.html`: everything that opening fixes and sends, before it does.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckPage {
    pub page: Page,
    /// How many questions members are asked, and where they are prepared.
    pub questions: usize,
    pub questions_url: String,
    pub invited: usize,
    pub with_address: usize,
    pub without_address: usize,
    /// Members of several teams, who choose one.
    pub in_several: usize,
    pub team_count: usize,
    /// Passages of the draft; none while there is no text.
    pub blocks: Option<usize>,
    pub draft_url: String,
    pub settings_url: String,
    pub labels: Vec<LabelRow>,
    pub plan: Vec<PlanRow>,
    /// Mails whose time has passed.
    pub left_out: Vec<PlanRow>,
    /// Where the usual mails are planned; none while an invitation is.
    pub plan_url: Option<String>,
    pub teams: Vec<CheckTeam>,
    pub mail: Option<CheckMail>,
    pub missing: Vec<Missing>,
    /// Where to go on; none while something is missing.
    pub open_url: Option<String>,
    /// The numbers shown, to be sent back with the button.
    pub shown: String,
    /// Mails that leave at once.
    pub sends: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct LabelRow {
    pub name: String,
    pub invited: usize,
    /// Names of the teams behind it, joined.
    pub teams_words: String,
    pub joined: bool,
}

/// One mail of the plan.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PlanRow {
    /// `invitation`, `reminder`, `closing_soon`, `thanks` or `update`.
    pub kind: &'static str,
    /// The mailing; none for one that is not there.
    pub url: Option<String>,
    /// `opening` or `closing`, where no time is told.
    pub when: &'static str,
    /// "Friday 27 November, 9.30 am"; empty at opening and after closing.
    pub when_words: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckTeam {
    pub id: String,
    pub name: String,
    pub chosen: bool,
}

/// An invitation as it will arrive.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckMail {
    pub team: String,
    pub subject: String,
    pub text: String,
    /// The HTML part, as a page of its own.
    pub html_url: String,
    /// The mailing.
    pub url: String,
}

/// Something to see to before opening.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Missing {
    /// `contact`, `deadline`, `members` or `draft`.
    pub kind: &'static str,
    pub url: String,
}

/// `desk/new.html`: a consultation set up in one sitting.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NewPage {
    pub page: Page,
    pub action_url: String,
    pub fields: SetupFields,
    pub member_list: MemberListPart,
    /// Members there are before this page is sent.
    pub members: usize,
    pub team_count: usize,
    pub draft: String,
    /// Marks a draft that is no Markdown.
    pub draft_plain: String,
    /// Names the file that is kept while the page is mended; empty for none.
    pub draft_kept: String,
    pub draft_name: String,
    /// What the draft's source held and its passages do not.
    pub dropped: Vec<DroppedRow>,
    pub slug: String,
    /// What stands before the slug in its address.
    pub address: String,
    pub fridays: Vec<FridayChoice>,
    /// Whether another day is chosen.
    pub other: bool,
    pub deadline_day: String,
    pub deadline_time: String,
    /// Marks the list and the draft that were shown with questions.
    pub seen_here: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct FridayChoice {
    /// `2026-12-04`.
    pub value: String,
    /// "Friday 4 December".
    pub words: String,
    pub chosen: bool,
}
