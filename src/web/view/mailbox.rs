//! The demo's mailbox.

use serde::Serialize;

use super::Page;

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
}
