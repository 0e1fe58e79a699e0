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
pub const NO_SLUGS: [&str; 6] = ["account", "accounts", "sign-in", "sign-out", "sign-out-everywhere", "tokens"];

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
}
