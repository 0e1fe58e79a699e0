//! Every address of the site.

use std::fmt::{Display, Write as _};

use crate::ids::Id;

/// Where the site is, for links in mail and on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    public_url: String,
}

impl Links {
    /// `public_url` without a slash at its end.
    #[must_use]
    pub fn new(public_url: &str) -> Self {
        Self { public_url: public_url.trim_end_matches('/').to_owned() }
    }

    /// `path` as a whole address.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The site's own origin, as browsers send it.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.public_url
    }

    /// The name of the host, for Message-IDs.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest);
        rest.split(['/', ':']).next().unwrap_or(rest)
    }
}

/// A member's personal link.
#[must_use]
pub fn go(token: &str) -> String {
    format!("/go/{token}")
}

/// Where reminders are switched off without signing in; RFC 8058 posts here too.
#[must_use]
pub fn stop(token: &str) -> String {
    format!("/stop/{token}")
}

/// The public address of a consultation, and its reading page.
#[must_use]
pub fn consultation(slug: &str) -> String {
    format!("/c/{slug}")
}

/// Two published versions of the draft beside each other; `part` from 1.
#[must_use]
pub fn compare(slug: &str, from: i32, to: i32, part: usize) -> String {
    compared(&format!("/c/{slug}/compare"), from, to, part)
}

/// Takes a GET of `from` and `to`.
#[must_use]
pub fn compare_form(slug: &str) -> String {
    format!("/c/{slug}/compare")
}

/// A published version as it was; with a key, the part that holds the passage.
#[must_use]
pub fn version(slug: &str, number: i32, key: Option<&str>) -> String {
    let at = key.map(|key| format!("?at={key}#b-{key}")).unwrap_or_default();
    format!("/c/{slug}/version/{number}{at}")
}

#[must_use]
pub fn version_part(slug: &str, number: i32, part: usize) -> String {
    format!("/c/{slug}/version/{number}?part={part}")
}

/// Where a number of a version leads today: what people have on paper.
#[must_use]
pub fn number(slug: &str, number: &str, version: i32) -> String {
    format!("/c/{slug}/{number}?version={version}")
}

/// The sheet for the notice board.
#[must_use]
pub fn poster(slug: &str) -> String {
    format!("/c/{slug}/poster")
}

/// A picture of a draft, by the hash of its bytes.
#[must_use]
pub fn picture(slug: &str, hash: &str) -> String {
    format!("/c/{slug}/picture/{hash}")
}

/// What stood in the files as comments.
#[must_use]
pub fn desk_file_comments(slug: &str) -> String {
    format!("/desk/{slug}/file-comments")
}

/// Where a text is stored that was looked at.
#[must_use]
pub fn desk_draft_use(slug: &str) -> String {
    format!("/desk/{slug}/draft/use")
}

/// A passage where it is read: the page it is on today is found by who follows this.
#[must_use]
pub fn block(slug: &str, key: &str) -> String {
    format!("/c/{slug}/{key}")
}

/// A part of a long draft, by its name.
#[must_use]
pub fn section(slug: &str, part: &str) -> String {
    format!("/c/{slug}/section/{part}")
}

/// The draft and the employer's text side by side.
#[must_use]
pub fn beside(slug: &str) -> String {
    format!("/c/{slug}/side-by-side")
}

/// A part of both where they are long, by its name.
#[must_use]
pub fn beside_part(slug: &str, part: &str) -> String {
    format!("/c/{slug}/side-by-side/{part}")
}

/// As [`beside_part`] or [`beside`], perhaps only the passages in which they differ.
#[must_use]
pub fn beside_where(slug: &str, part: Option<&str>, differing: bool) -> String {
    let page = part.map_or_else(|| beside(slug), |part| beside_part(slug, part));
    if differing { format!("{page}?only=differences") } else { page }
}

/// Which passages answer each other.
#[must_use]
pub fn desk_pairs(slug: &str) -> String {
    format!("/desk/{slug}/pairs")
}

/// As [`desk_pairs`], a part of it or only what is open.
#[must_use]
pub fn desk_pairs_where(slug: &str, asked: &[(&str, &str)]) -> String {
    with_query(desk_pairs(slug), asked)
}

/// One pair, to change; `new` for one to make.
#[must_use]
pub fn desk_pair(slug: &str, id: impl Display) -> String {
    format!("/desk/{slug}/pairs/{id}")
}

/// A pair to make with a passage of one side (`ours` or `theirs`).
#[must_use]
pub fn desk_pair_with(slug: &str, side: &str, key: &str) -> String {
    with_query(desk_pair(slug, "new"), &[(side, key)])
}

/// The page to comment on one block (its key), or on the `whole`.
#[must_use]
pub fn comment(slug: &str, place: &str) -> String {
    format!("/c/{slug}/comment/{place}")
}

/// Takes a POST of what she typed at a place and has not sent.
#[must_use]
pub fn keep(slug: &str, place: &str) -> String {
    format!("/c/{slug}/keep/{place}")
}

/// A member's own response.
#[must_use]
pub fn mine(slug: &str) -> String {
    format!("/c/{slug}/mine")
}

/// One of her comments, to change.
#[must_use]
pub fn change(slug: &str, id: impl Display) -> String {
    format!("/c/{slug}/mine/{id}")
}

/// Her comments on passages that have other words now.
#[must_use]
pub fn changed(slug: &str) -> String {
    format!("/c/{slug}/mine/changed")
}

#[must_use]
pub fn withdraw(slug: &str, id: impl Display) -> String {
    format!("/c/{slug}/mine/{id}/withdraw")
}

#[must_use]
pub fn finish(slug: &str) -> String {
    format!("/c/{slug}/finish")
}

/// The two-minute route: just the questions.
#[must_use]
pub fn questions(slug: &str) -> String {
    format!("/c/{slug}/questions")
}

/// One of many questions, by its number.
#[must_use]
pub fn question_at(slug: &str, number: usize) -> String {
    format!("/c/{slug}/questions?n={number}")
}

/// One of the questions on the page of all.
#[must_use]
pub fn question(slug: &str, number: usize, id: impl Display) -> String {
    format!("/c/{slug}/questions?n={number}#q-{id}")
}

/// After answering.
#[must_use]
pub fn questions_sent(slug: &str) -> String {
    format!("/c/{slug}/questions/sent")
}

#[must_use]
pub fn receipt(slug: &str) -> String {
    format!("/c/{slug}/receipt")
}

#[must_use]
pub fn code(slug: &str) -> String {
    format!("/c/{slug}/code")
}

/// A staff member's one-time link.
#[must_use]
pub fn staff_link(token: &str) -> String {
    format!("/staff/{token}")
}

/// The staff's first page.
pub const DESK: &str = "/desk";

/// Takes a POST.
pub const SIGN_OUT: &str = "/desk/sign-out";

// Staff accounts

/// With address and password.
pub const SIGN_IN: &str = "/desk/sign-in";

/// Takes a POST.
pub const SIGN_OUT_EVERYWHERE: &str = "/desk/sign-out-everywhere";

/// One's own account.
pub const ACCOUNT: &str = "/desk/account";

/// Everybody's, for administrators.
pub const ACCOUNTS: &str = "/desk/accounts";

pub const TOKENS: &str = "/desk/tokens";

/// Words that stand where a consultation's slug could: no slug may be one of them.
pub const NO_SLUGS: [&str; 9] =
    ["account", "accounts", "members", "new", "sign-in", "sign-out", "sign-out-everywhere", "teams", "tokens"];

/// One account, for administrators.
#[must_use]
pub fn account(id: impl Display) -> String {
    format!("/desk/accounts/{id}")
}

/// Takes a POST and shows a new one-time link.
#[must_use]
pub fn account_link(id: impl Display) -> String {
    format!("/desk/accounts/{id}/link")
}

#[must_use]
pub fn disable_account(id: impl Display) -> String {
    format!("/desk/accounts/{id}/disable")
}

#[must_use]
pub fn enable_account(id: impl Display) -> String {
    format!("/desk/accounts/{id}/enable")
}

#[must_use]
pub fn revoke_token(id: impl Display) -> String {
    format!("/desk/tokens/{id}/revoke")
}

/// Whether a path is one of the staff's pages.
#[must_use]
pub fn is_desk(path: &str) -> bool {
    path == DESK || path.strip_prefix(DESK).is_some_and(|rest| rest.starts_with(['/', '?']))
}

/// Where somebody goes after signing in: the page of the desks she asked for, never anywhere else.
#[must_use]
pub fn after_sign_in(asked: &str) -> &str {
    let leads_back = asked.starts_with(SIGN_IN) || asked.starts_with(SIGN_OUT);
    let plain = asked.len() < 2000 && asked.bytes().all(|sign| sign.is_ascii_graphic()) && !asked.contains(['\\', '#']);
    if is_desk(asked) && plain && !leads_back && !asked.contains("//") && !asked.contains("..") { asked } else { DESK }
}

/// How the teams of a consultation are doing.
#[must_use]
pub fn desk_progress(slug: &str) -> String {
    format!("/desk/{slug}/progress")
}

/// Whom mail reaches, team by team, and by name whom it does not.
#[must_use]
pub fn desk_reach(slug: &str) -> String {
    format!("/desk/{slug}/reach")
}

/// The call sheets, to print.
#[must_use]
pub fn desk_calls(slug: &str) -> String {
    format!("/desk/{slug}/calls")
}

/// The codes of people without a mail address, to print.
#[must_use]
pub fn desk_codes(slug: &str) -> String {
    format!("/desk/{slug}/codes")
}

/// Where the deadline is moved.
#[must_use]
pub fn desk_deadline(slug: &str) -> String {
    format!("/desk/{slug}/deadline")
}

/// Where a consultation is closed.
#[must_use]
pub fn desk_close(slug: &str) -> String {
    format!("/desk/{slug}/close")
}

/// What may be passed on to anybody.
#[must_use]
pub fn desk_share(slug: &str) -> String {
    format!("/desk/{slug}/share")
}

/// A mailing to write: its kind, and the teams it goes to (none: to everybody invited).
#[must_use]
pub fn desk_new_mailing(slug: &str, kind: &str, teams: &[Id]) -> String {
    teams.iter().fold(format!("/desk/{slug}/mailings/new?kind={kind}"), |way, team| format!("{way}&team={team}"))
}

/// What was said.
#[must_use]
pub fn desk_comments(slug: &str) -> String {
    format!("/desk/{slug}/comments")
}

/// Comments that a filter finds, so that it can be sent to a colleague; empty values are left out.
#[must_use]
pub fn desk_comments_where(slug: &str, filter: &[(&str, &str)]) -> String {
    with_query(desk_comments(slug), filter)
}

/// As [`desk_comments_where`], from another page of the same desk: short, for tables full of them.
#[must_use]
pub fn comments_from_beside(filter: &[(&str, &str)]) -> String {
    with_query("comments".to_owned(), filter)
}

/// One comment, by the name the desks give it.
#[must_use]
pub fn desk_comment(slug: &str, key: impl Display) -> String {
    format!("/desk/{slug}/comments/{key}")
}

/// How many said what, by block, label or permission; from which row on.
#[must_use]
pub fn desk_counts(slug: &str, asked: &[(&str, &str)]) -> String {
    with_query(format!("/desk/{slug}/counts"), asked)
}

/// What members are asked.
#[must_use]
pub fn desk_questions(slug: &str) -> String {
    format!("/desk/{slug}/questions")
}

#[must_use]
pub fn desk_question_new(slug: &str) -> String {
    format!("/desk/{slug}/questions/new")
}

/// Takes a POST: three good questions to begin with.
#[must_use]
pub fn desk_questions_preset(slug: &str) -> String {
    format!("/desk/{slug}/questions/preset")
}

/// The questions as members see them.
#[must_use]
pub fn desk_questions_preview(slug: &str) -> String {
    format!("/desk/{slug}/questions/preview")
}

#[must_use]
pub fn desk_question(slug: &str, id: impl Display) -> String {
    format!("/desk/{slug}/questions/{id}")
}

/// `up`, `down` or `remove` it; takes a POST.
#[must_use]
pub fn desk_question_deed(slug: &str, id: impl Display, deed: &str) -> String {
    format!("/desk/{slug}/questions/{id}/{deed}")
}

/// How the questions were answered.
#[must_use]
pub fn desk_answers(slug: &str, asked: &[(&str, &str)]) -> String {
    with_query(format!("/desk/{slug}/answers"), asked)
}

/// What was said in words to one question.
#[must_use]
pub fn desk_answer_words(slug: &str, id: impl Display, asked: &[(&str, &str)]) -> String {
    with_query(format!("/desk/{slug}/answers/{id}"), asked)
}

/// Takes a POST and answers with a file.
#[must_use]
pub fn desk_export(slug: &str) -> String {
    format!("/desk/{slug}/export")
}

/// A new consultation, set up in one sitting.
pub const DESK_NEW: &str = "/desk/new";

/// A consultation in preparation: its numbers, its plan and its mails before anything goes out.
#[must_use]
pub fn desk_check(slug: &str) -> String {
    format!("/desk/{slug}/check")
}

/// Takes a POST: opens the consultation.
#[must_use]
pub fn desk_open(slug: &str) -> String {
    format!("/desk/{slug}/open")
}

/// Takes a POST: plans the usual mails.
#[must_use]
pub fn desk_plan(slug: &str) -> String {
    format!("/desk/{slug}/plan")
}

#[must_use]
pub fn desk_settings(slug: &str) -> String {
    format!("/desk/{slug}/settings")
}

/// The documents of a consultation and their versions.
#[must_use]
pub fn desk_draft(slug: &str) -> String {
    format!("/desk/{slug}/draft")
}

/// Where the next version of a document is written.
#[must_use]
pub fn desk_edit(slug: &str, document: impl Display) -> String {
    format!("/desk/{slug}/draft/{document}/edit")
}

/// Asks and then throws away what was written there.
#[must_use]
pub fn desk_discard(slug: &str, document: impl Display) -> String {
    format!("/desk/{slug}/draft/{document}/discard")
}

/// One version of a document, published or not.
#[must_use]
pub fn desk_version(slug: &str, document: impl Display, number: i32) -> String {
    format!("/desk/{slug}/draft/{document}/{number}")
}

/// Any two versions of a document beside each other, published or not.
#[must_use]
pub fn desk_compare(slug: &str, document: impl Display, from: i32, to: i32, part: usize) -> String {
    compared(&format!("/desk/{slug}/draft/{document}/compare"), from, to, part)
}

/// Takes a GET of `from` and `to`.
#[must_use]
pub fn desk_compare_form(slug: &str, document: impl Display) -> String {
    format!("/desk/{slug}/draft/{document}/compare")
}

/// What becomes of every passage when a version comes out: which kind, from which on.
#[must_use]
pub fn desk_fate(slug: &str, document: impl Display, number: i32, asked: &[(&str, &str)]) -> String {
    with_query(format!("/desk/{slug}/draft/{document}/{number}/fate"), asked)
}

/// Where a match is corrected by hand: `from` an earlier passage, or `to` a later one.
#[must_use]
pub fn desk_match(slug: &str, document: impl Display, number: i32, asked: &[(&str, &str)]) -> String {
    with_query(format!("/desk/{slug}/draft/{document}/{number}/match"), asked)
}

/// Takes a POST and undoes the last correction.
#[must_use]
pub fn desk_match_undo(slug: &str, document: impl Display, number: i32) -> String {
    format!("/desk/{slug}/draft/{document}/{number}/match/undo")
}

/// Asks and then publishes a version.
#[must_use]
pub fn desk_publish(slug: &str, document: impl Display, number: i32) -> String {
    format!("/desk/{slug}/draft/{document}/{number}/publish")
}

/// All members.
pub const DESK_MEMBERS: &str = "/desk/members";

/// Where a member list is brought in.
pub const DESK_MEMBERS_IMPORT: &str = "/desk/members/import";

pub const DESK_MEMBER_NEW: &str = "/desk/members/new";

#[must_use]
pub fn desk_member(id: impl Display) -> String {
    format!("/desk/members/{id}")
}

/// Before a member is marked as having left.
#[must_use]
pub fn desk_member_leave(id: impl Display) -> String {
    format!("/desk/members/{id}/leave")
}

/// Takes a POST.
#[must_use]
pub fn desk_member_back(id: impl Display) -> String {
    format!("/desk/members/{id}/back")
}

pub const DESK_TEAMS: &str = "/desk/teams";

pub const DESK_TEAM_NEW: &str = "/desk/teams/new";

#[must_use]
pub fn desk_team(id: impl Display) -> String {
    format!("/desk/teams/{id}")
}

/// What mail is planned and what went out.
#[must_use]
pub fn desk_mailings(slug: &str) -> String {
    format!("/desk/{slug}/mailings")
}

/// Takes a POST and plans the usual mailings.
#[must_use]
pub fn desk_mailings_standard(slug: &str) -> String {
    format!("/desk/{slug}/mailings/standard")
}

/// One mailing.
#[must_use]
pub fn desk_mailing(slug: &str, id: impl Display) -> String {
    format!("/desk/{slug}/mailings/{id}")
}

/// `edit`, `send`, `cancel`, `test`, `pause` or `resume` it.
#[must_use]
pub fn desk_mailing_deed(slug: &str, id: impl Display, deed: &str) -> String {
    format!("/desk/{slug}/mailings/{id}/{deed}")
}

/// Its HTML part as a page of its own, as one team reads it.
#[must_use]
pub fn desk_mailing_html(slug: &str, id: impl Display, team: Option<impl Display>) -> String {
    let team = team.map(|team| format!("?team={team}")).unwrap_or_default();
    format!("/desk/{slug}/mailings/{id}/html{team}")
}

/// The demo's mails.
pub const MAILBOX: &str = "/mailbox";

#[must_use]
pub fn mail(id: impl Display) -> String {
    format!("/mailbox/{id}")
}

#[must_use]
pub fn mail_html(id: impl Display) -> String {
    format!("/mailbox/{id}/html")
}

/// Where everybody's view of who can see what is printed.
pub const WHO_SEES: &str = "/who-sees";

pub const LOST: &str = "/lost";

pub const PRINTED: &str = "/printed";

fn compared(address: &str, from: i32, to: i32, part: usize) -> String {
    let part = if part > 1 { format!("&part={part}") } else { String::new() };
    format!("{address}?from={from}&to={to}{part}")
}

// Groups and people who ask to take part ---------------------------------------

/// A member's way to record a meeting or slips, and what she recorded.
#[must_use]
pub fn group(slug: &str) -> String {
    format!("/c/{slug}/group")
}

/// `new` (a meeting), `slips` (a pile), or a record's id.
#[must_use]
pub fn group_at(slug: &str, what: impl Display) -> String {
    format!("/c/{slug}/group/{what}")
}

/// `slip` or `withdraw`, of one record.
#[must_use]
pub fn group_deed(slug: &str, id: impl Display, deed: &str) -> String {
    format!("/c/{slug}/group/{id}/{deed}")
}

/// What meetings and slips said, beside what members said alone.
#[must_use]
pub fn desk_groups(slug: &str) -> String {
    format!("/desk/{slug}/groups")
}

/// `new` (a meeting), `slips` (a pile), or a record's id.
#[must_use]
pub fn desk_group_at(slug: &str, what: impl Display) -> String {
    format!("/desk/{slug}/groups/{what}")
}

/// `edit`, `slip`, `withdraw`, `confirm` or `decline`, of one record.
#[must_use]
pub fn desk_group_deed(slug: &str, id: impl Display, deed: &str) -> String {
    format!("/desk/{slug}/groups/{id}/{deed}")
}

/// Where somebody who is not on the list asks to take part.
#[must_use]
pub fn join_ask(slug: &str) -> String {
    format!("/c/{slug}/join")
}

/// The link in the mail that confirms an address.
#[must_use]
pub fn join_confirm(token: &str) -> String {
    format!("/join/{token}")
}

/// Requests to take part: for a rep, of her own team.
#[must_use]
pub fn joining(slug: &str) -> String {
    format!("/c/{slug}/joining")
}

/// One request of her team, to answer.
#[must_use]
pub fn joining_one(slug: &str, id: impl Display) -> String {
    format!("/c/{slug}/joining/{id}")
}

#[must_use]
pub fn desk_joining(slug: &str) -> String {
    format!("/desk/{slug}/joining")
}

#[must_use]
pub fn desk_joining_one(slug: &str, id: impl Display) -> String {
    format!("/desk/{slug}/joining/{id}")
}

/// The draft, the questions and slips, to print: for everybody, or for one team.
#[must_use]
pub fn desk_team_pack(slug: &str, asked: &[(&str, &str)]) -> String {
    with_query(format!("/desk/{slug}/team-pack"), asked)
}

fn with_query(mut address: String, pairs: &[(&str, &str)]) -> String {
    let mut mark = '?';
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(mark);
        address.push_str(name);
        address.push('=');
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
                b' ' => address.push('+'),
                other => {
                    // Writing to a String cannot fail.
                    write!(address, "%{other:02X}").ok();
                }
            }
        }
        mark = '&';
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_stands_in_the_address() {
        assert_eq!(
            desk_comments_where("x", &[("block", ""), ("q", "a&b \"é\"")]),
            "/desk/x/comments?q=a%26b+%22%C3%A9%22"
        );
        assert_eq!(comments_from_beside(&[("block", "p1"), ("late", "yes")]), "comments?block=p1&late=yes");
    }

    #[test]
    fn signing_in_leads_to_the_desks_and_nowhere_else() {
        for asked in ["/desk", "/desk/rota/comments?label=3&after=x", "/desk?done=roles"] {
            assert_eq!(after_sign_in(asked), asked);
        }
        for asked in [
            "",
            "//evil.example",
            "https://evil.example/desk",
            "/deskevil",
            "/desk//evil.example",
            "/desk/../c/rota",
            "/desk\\evil",
            "/desk/a b",
            "/desk/\r\nSet-Cookie: x=y",
            "/c/rota",
            SIGN_IN,
            SIGN_OUT,
        ] {
            assert_eq!(after_sign_in(asked), DESK, "{asked}");
        }
    }

    #[test]
    fn addresses_hang_on_the_public_url() {
        let links = Links::new("https://say.example.org/");
        assert_eq!(links.absolute(&go("x")), "https://say.example.org/go/x");
        assert_eq!(links.host(), "say.example.org");
        assert_eq!(Links::new("http://127.0.0.1:8080").host(), "127.0.0.1");
    }

    #[test]
    fn a_new_mailing_names_its_teams_one_by_one() {
        let team = Id::from_bytes([1; 16]);
        assert_eq!(
            desk_new_mailing("s", "reminder", &[team]),
            format!("/desk/s/mailings/new?kind=reminder&team={team}")
        );
    }
}
