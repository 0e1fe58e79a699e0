//! What each template is given. One struct per page, named for it; the handler
//! fills it in and `render.rs` sets it into the template.
//!
//! Conventions: a field that ends in `_url` is an address, one that ends in
//! `_html` is already safe html, one that ends in `_words` is already said in
//! the reader's language. Everything else is plain text and escaped on the way.
//! `position`, `permission`, `state`, `kind` and `band` hold the values of the
//! public interface (`support_if`, `word_for_word`, …); templates say them.

use chrono::{Duration, NaiveDateTime};
use serde::Serialize;

use crate::words::{Language, Words};

/// From here on the deadline is shown as urgent.
const URGENT_HOURS: i64 = 48;

/// How much of a passage is shown where it is only named.
const SHORTENED_CHARS: usize = 140;

/// What every page has around its own part.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Page {
    pub home_url: String,
    pub who_sees_url: String,
    /// The secret that every form sends back.
    pub csrf: String,
    /// The consultation's contact, or the branch's.
    pub contact: Option<Contact>,
    /// Present when a member is signed in.
    pub member: Option<MemberHere>,
    /// Where she can say "no more reminders": on every page of a member, also
    /// on the one her link opens, before she is signed in.
    pub stop_url: Option<String>,
    /// Present when a member of staff is signed in.
    pub staff: Option<StaffHere>,
    /// Said once after a deed ("Your comment was withdrawn").
    pub notice: Option<String>,
    /// What is wrong with the form: shown on top and beside each field, and
    /// the title then begins with "Error:".
    pub errors: Vec<FieldError>,
}

/// Whom to ask, in the place where people need it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Contact {
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// The signed-in member's own addresses.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MemberHere {
    pub read_url: String,
    pub mine_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct StaffHere {
    pub name: String,
    pub home_url: String,
    /// Takes a POST.
    pub sign_out_url: String,
}

/// One thing wrong with a form. `field` is the name of the form field, which
/// is also the id of its first control.
#[derive(Debug, Clone, Serialize)]
pub struct FieldError {
    pub field: String,
    pub words: String,
}

/// A deadline as it stands on a page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Deadline {
    /// "Comments close Friday 4 December at 5 pm" (or "closed").
    pub closes_words: String,
    /// "Friday 4 December, 5 pm".
    pub words: String,
    /// "3 days left".
    pub left_words: String,
    /// RFC 3339, for `<time datetime>`.
    pub instant: String,
    pub urgent: bool,
    pub closed: bool,
    /// 0 to 100: how much of the time between opening and deadline is gone.
    pub gone_percent: u8,
}

impl Deadline {
    /// `local` is the deadline in the consultation's own time zone, `instant`
    /// the same in RFC 3339; `whole` is the time between opening and deadline.
    #[must_use]
    pub fn new(
        words: &Words,
        language: Language,
        local: NaiveDateTime,
        instant: String,
        whole: Duration,
        remaining: Duration,
    ) -> Self {
        let closed = remaining <= Duration::zero();
        Self {
            closes_words: words.closes_words(language, local, closed),
            words: words.deadline_words(language, local),
            left_words: words.left_words(language, remaining),
            instant,
            urgent: !closed && remaining <= Duration::hours(URGENT_HOURS),
            closed,
            gone_percent: gone_percent(whole, remaining),
        }
    }
}

/// `member/front.html`: the site's front door.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FrontPage {
    pub page: Page,
    pub consultations: Vec<FrontConsultation>,
    pub lost_url: String,
    pub printed_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct FrontConsultation {
    pub title: String,
    pub url: String,
    pub deadline: Deadline,
}

/// `member/public.html`: a consultation's page for anybody, without the draft.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PublicPage {
    pub page: Page,
    pub title: String,
    pub summary: String,
    pub deadline: Deadline,
    /// Present where the branch made the draft public.
    pub read_url: Option<String>,
    pub lost_url: String,
    pub printed_url: String,
    pub join_url: Option<String>,
}

/// `member/letter.html`: what a personal link shows before the button is pressed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LetterPage {
    pub page: Page,
    pub title: String,
    pub letter_html: String,
    pub deadline: Deadline,
    /// The name that stands beside her comments; `None` until a team is chosen.
    pub label: Option<String>,
    /// Filled only for a member in several teams; the form field is `team`.
    pub teams: Vec<TeamChoice>,
    /// Takes the POST that makes the session.
    pub action_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct TeamChoice {
    pub id: String,
    pub name: String,
    pub chosen: bool,
}

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
    pub letter_html: String,
    pub blocks: Vec<BlockView>,
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
    /// Present when she has said something.
    pub own: Option<OwnStatus>,
    /// Present while she may comment.
    pub ways: Option<WaysToAnswer>,
    /// Present when nobody is signed in (a public draft).
    pub lost_url: Option<String>,
    /// Present where the device may write but not see what was said elsewhere.
    pub code_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct OwnStatus {
    pub comments: usize,
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
    /// Where her comments on this block are shown.
    pub mine_url: String,
    /// Said once, after a comment on this block.
    pub notice: Option<String>,
}

/// A passage shown above a comment, or above what was said about it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Quoted {
    pub number: String,
    pub html: String,
    pub read_url: String,
}

/// `member/comment.html`: writing a comment, or changing one. The form fields
/// have the names of the fields below; `permission` and `confidence` are sent
/// only where `asks_choices` is set.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a page shows or hides its parts by them")]
pub struct CommentPage {
    pub page: Page,
    /// `None` is the whole draft.
    pub about: Option<Quoted>,
    pub deadline: Deadline,
    pub back_url: String,
    pub action_url: String,
    pub version: i32,
    /// Makes a second press of the button harmless.
    pub nonce: String,
    /// `support`, `support_if`, `oppose`, `neutral`, or empty.
    pub position: String,
    pub condition: String,
    pub body: String,
    pub quote: String,
    pub new_wording: String,
    /// The name that will stand beside the words.
    pub label: String,
    /// Asked once per response, with the first comment.
    pub asks_choices: bool,
    /// `word_for_word`, `paraphrase`, `count_only`, or empty.
    pub permission: String,
    /// Form field `confidence`: `in_confidence` or `with_my_name`.
    pub with_my_name: bool,
    /// Set when she changes what she sent.
    pub changing: bool,
    /// Set when the passage changed since she opened the page.
    pub newer_version: bool,
}

/// One of the member's own comments.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwnComment {
    pub receipt: String,
    /// Of the block; `None` is the whole draft.
    pub number: Option<String>,
    /// The passage, shortened.
    pub passage: String,
    /// Back to the block; `None` where it is gone.
    pub read_url: Option<String>,
    pub position: String,
    pub condition: String,
    pub body: String,
    pub new_wording: String,
    /// `current`, `moved`, `reworded`, `split`, `merged` or `gone`: what became of the passage since.
    pub state: &'static str,
    /// The version it was written about.
    pub version: i32,
    pub late: bool,
    /// Absent once comments are closed.
    pub change_url: Option<String>,
    pub withdraw_url: Option<String>,
}

/// `member/mine.html`: "Your response".
#[derive(Debug, Clone, Default, Serialize)]
pub struct MinePage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    pub read_url: String,
    pub comments: Vec<OwnComment>,
    /// Present where the device may write but not see what was said elsewhere.
    pub code_url: Option<String>,
    pub label: String,
    /// Takes a POST of `permission` and `confidence` for all comments.
    pub choices_url: String,
    pub permission: String,
    pub with_my_name: bool,
    pub finish_url: String,
    pub finished: bool,
    /// Of a finished response.
    pub reference: Option<String>,
}

/// `member/withdraw.html`: are you sure.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WithdrawPage {
    pub page: Page,
    pub comment: OwnComment,
    pub action_url: String,
    pub back_url: String,
}

/// `member/finish.html`: "I have finished", or "I have nothing to add". The
/// form field of the tick is `no_more` (`yes`).
#[derive(Debug, Clone, Default, Serialize)]
pub struct FinishPage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    /// Whether she said anything; then she has finished, else she has nothing to add.
    pub said: bool,
    /// How many comments this device may know of.
    pub comments: usize,
    pub no_more: bool,
    pub action_url: String,
    pub back_url: String,
}

/// `member/receipt.html`: after a comment or after finishing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReceiptPage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    /// `comment`, `changed`, `finished` or `nothing`.
    pub kind: &'static str,
    pub reference: String,
    /// Received in the grace time.
    pub late: bool,
    /// Whether "no more reminders" was taken with it.
    pub no_more: bool,
    pub read_url: String,
    pub mine_url: String,
    pub finish_url: String,
    pub join_url: Option<String>,
}

/// `member/code.html`: first "mail me a code", then, when `sent`, "type it".
/// The form field is `code`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CodePage {
    pub page: Page,
    pub sent: bool,
    /// False for a member without a mail address.
    pub can_ask: bool,
    pub ask_url: String,
    pub enter_url: String,
    pub minutes: u32,
    pub back_url: String,
}

/// `member/lost.html`: "I have lost my link". The form field is `email`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LostPage {
    pub page: Page,
    pub action_url: String,
    pub email: String,
}

/// `member/lost_sent.html`: the same answer for a known and an unknown address.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LostSentPage {
    pub page: Page,
    pub lost_url: String,
    pub printed_url: String,
}

/// `member/printed.html`: "I have a printed code". The form field is `code`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PrintedPage {
    pub page: Page,
    pub action_url: String,
    pub code: String,
}

/// `member/late.html`: a comment that came too late, shown back to its writer.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LatePage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    /// "Friday 4 December, 5.16 pm": when it reached the server.
    pub arrived_words: String,
    pub number: Option<String>,
    pub position: String,
    pub condition: String,
    pub body: String,
    pub new_wording: String,
    pub read_url: String,
}

/// `member/stop.html`: "no more reminders", asked and then done.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StopPage {
    pub page: Page,
    pub title: String,
    pub done: bool,
    pub action_url: String,
    pub read_url: Option<String>,
}

/// `member/who_sees.html`: who can see what, and what we cannot promise.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WhoSeesPage {
    pub page: Page,
    pub label: Option<String>,
    pub back_url: Option<String>,
}

/// `member/problem.html`: what went wrong and what to do about it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ProblemPage {
    pub page: Page,
    pub kind: Problem,
    /// The limit in words ("64 kB"), for `TooLarge`.
    pub limit_words: String,
    /// What she typed, given back.
    pub kept: Option<String>,
    /// Back to a form that may work now.
    pub again_url: Option<String>,
    pub lost_url: String,
}

/// Why a page cannot be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// 404.
    #[default]
    NotFound,
    /// A personal link that no longer works.
    LinkUnknown,
    /// 403.
    Forbidden,
    /// The session, or the form's secret, is too old.
    Expired,
    /// 409: something has changed meanwhile.
    Conflict,
    /// 409: after the deadline.
    Late,
    /// 400.
    Unreadable,
    /// 413.
    TooLarge,
    /// 429.
    TooMany,
    /// 500.
    Broken,
    /// 503.
    Busy,
}

impl Problem {
    pub const ALL: [Self; 11] = [
        Self::NotFound,
        Self::LinkUnknown,
        Self::Forbidden,
        Self::Expired,
        Self::Conflict,
        Self::Late,
        Self::Unreadable,
        Self::TooLarge,
        Self::TooMany,
        Self::Broken,
        Self::Busy,
    ];
}

/// `desk/sign_in.html`: a one-time link for staff, before the button is pressed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SignInPage {
    pub page: Page,
    pub name: String,
    pub action_url: String,
    /// False for a link that was used or is too old.
    pub valid: bool,
}

/// `desk/home.html`: the consultations a member of staff may see.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskHome {
    pub page: Page,
    pub consultations: Vec<DeskConsultation>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskConsultation {
    pub title: String,
    /// `preparing`, `open`, `closed` or `reported`.
    pub state: &'static str,
    pub deadline: Deadline,
    pub progress_url: Option<String>,
    pub comments_url: Option<String>,
}

/// `desk/progress.html`: how the teams are doing, without saying who.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskProgress {
    pub page: Page,
    pub title: String,
    pub state: &'static str,
    pub deadline: Deadline,
    /// Silent first.
    pub labels: Vec<LabelProgress>,
    pub delivery: Vec<DeliveryCount>,
    /// Empty until there are ten responses.
    pub days: Vec<DayCount>,
    /// Present for whoever may also read comments.
    pub comments_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct LabelProgress {
    pub name: String,
    pub invited: usize,
    /// `under_25`, `25_to_49`, `50_to_74`, `75_and_over` or `too_few_invited`.
    pub band: &'static str,
}

/// How many mails are in one state of the outbox (`sent`, `retry`, …), or how
/// many members are `no_address` or `opted_out`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeliveryCount {
    pub state: &'static str,
    pub count: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DayCount {
    pub day_words: String,
    pub responses: usize,
}

/// `desk/comments.html`: what was said, in the order of the document.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskComments {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    pub version: i32,
    pub total: usize,
    pub sections: Vec<DeskSection>,
    /// Takes a POST of `format`.
    pub export_url: String,
    /// Where the comments go on, when they do not fit on one page.
    pub next_url: Option<String>,
    pub progress_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskSection {
    /// `None` is the whole draft.
    pub about: Option<Quoted>,
    pub comments: Vec<DeskComment>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskComment {
    pub position: String,
    pub condition: String,
    pub body: String,
    pub quote: String,
    pub new_wording: String,
    pub label: String,
    pub permission: String,
    /// Only where the member gave it.
    pub name: Option<String>,
    pub late: bool,
    /// As in `OwnComment`.
    pub state: &'static str,
    pub version: i32,
}

/// `demo/mailbox.html`: the mails the demonstration kept, newest first. The
/// search is a GET of `q`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailboxPage {
    pub page: Page,
    pub action_url: String,
    pub search: String,
    pub mails: Vec<MailLine>,
    /// How many there are in all, found or not.
    pub total: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct MailLine {
    pub url: String,
    pub to: String,
    pub subject: String,
    /// `invitation`, `reminder`, …, `link_again`, `code`.
    pub kind: String,
    pub when_words: String,
}

/// `demo/mail.html`: one of them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MailPage {
    pub page: Page,
    pub subject: String,
    pub headers: Vec<MailHeader>,
    pub text: Vec<TextPart>,
    /// The HTML part, at its own address.
    pub html_url: Option<String>,
    pub mailbox_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct MailHeader {
    pub name: String,
    pub value: String,
}

/// A stretch of plain text: words, or an address to follow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TextPart {
    pub words: String,
    pub link: bool,
}

impl TextPart {
    /// Takes a plain text apart so that its web addresses can be links.
    #[must_use]
    pub fn of(text: &str) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut words = String::new();
        for piece in text.split_inclusive(char::is_whitespace) {
            let token = piece.trim_end();
            if token.starts_with("https://") || token.starts_with("http://") {
                let address = token.trim_end_matches(['.', ',', ';', ')', '>']);
                if !words.is_empty() {
                    parts.push(Self { words: std::mem::take(&mut words), link: false });
                }
                parts.push(Self { words: address.to_owned(), link: true });
                words.push_str(piece.get(address.len()..).unwrap_or_default());
            } else {
                words.push_str(piece);
            }
        }
        if !words.is_empty() {
            parts.push(Self { words, link: false });
        }
        parts
    }
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

fn gone_percent(whole: Duration, remaining: Duration) -> u8 {
    let whole = whole.num_seconds().max(1);
    let left = remaining.num_seconds().clamp(0, whole);
    u8::try_from((whole - left) * 100 / whole).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_text_become_links_and_nothing_is_lost() {
        let text = "Read it:\nhttp://a.test/go/x.\nThen (https://b.test/c) go.";
        let parts = TextPart::of(text);
        let links: Vec<_> = parts.iter().filter(|p| p.link).map(|p| p.words.as_str()).collect();
        assert_eq!(links, ["http://a.test/go/x"]);
        let whole: String = parts.iter().map(|p| p.words.as_str()).collect();
        assert_eq!(whole, text);
    }

    #[test]
    fn time_gone_stays_within_its_bounds() {
        assert_eq!(gone_percent(Duration::days(10), Duration::days(3)), 70);
        assert_eq!(gone_percent(Duration::days(10), Duration::days(-3)), 100);
        assert_eq!(gone_percent(Duration::days(10), Duration::days(30)), 0);
        assert_eq!(gone_percent(Duration::zero(), Duration::zero()), 100);
    }

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
