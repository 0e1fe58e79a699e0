//! Every address of the site.

use std::fmt::{Display, Write as _};

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
    fn addresses_hang_on_the_public_url() {
        let links = Links::new("https://say.example.org/");
        assert_eq!(links.absolute(&go("x")), "https://say.example.org/go/x");
        assert_eq!(links.host(), "say.example.org");
        assert_eq!(Links::new("http://127.0.0.1:8080").host(), "127.0.0.1");
    }
}
