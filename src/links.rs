//! Every address of the site.

use std::fmt::Display;

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

/// A passage on the reading page.
#[must_use]
pub fn block(slug: &str, key: &str) -> String {
    format!("/c/{slug}#b-{key}")
}

/// The page to comment on one block (its key), or on the `whole`.
#[must_use]
pub fn comment(slug: &str, place: &str) -> String {
    format!("/c/{slug}/comment/{place}")
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

#[must_use]
pub fn withdraw(slug: &str, id: impl Display) -> String {
    format!("/c/{slug}/mine/{id}/withdraw")
}

#[must_use]
pub fn finish(slug: &str) -> String {
    format!("/c/{slug}/finish")
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

/// How the teams of a consultation are doing.
#[must_use]
pub fn desk_progress(slug: &str) -> String {
    format!("/desk/{slug}/progress")
}

/// What was said.
#[must_use]
pub fn desk_comments(slug: &str) -> String {
    format!("/desk/{slug}/comments")
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

/// One version of a document, published or not.
#[must_use]
pub fn desk_version(slug: &str, document: impl Display, number: i32) -> String {
    format!("/desk/{slug}/draft/{document}/{number}")
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

/// Writing a mailing of a kind; `&team=ID` chooses a team.
#[must_use]
pub fn desk_new_mailing(slug: &str, kind: &str) -> String {
    format!("/desk/{slug}/mailings/new?kind={kind}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hang_on_the_public_url() {
        let links = Links::new("https://say.example.org/");
        assert_eq!(links.absolute(&go("x")), "https://say.example.org/go/x");
        assert_eq!(links.host(), "say.example.org");
        assert_eq!(Links::new("http://127.0.0.1:8080").host(), "127.0.0.1");
    }
}
