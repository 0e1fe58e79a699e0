//! What the mail directory holds, read as a mail program reads it.

use std::fs;
use std::path::{Path, PathBuf};

use mail_parser::{HeaderValue, MessageParser};

pub struct Mailbox {
    directory: PathBuf,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub message_id: String,
    pub text: String,
    pub html: String,
    /// Everything, as it stood on the wire.
    pub raw: String,
    pub unsubscribe: String,
    pub unsubscribe_post: String,
}

impl Mailbox {
    pub fn at(directory: &Path) -> Self {
        Self { directory: directory.to_owned() }
    }

    pub fn letters(&self) -> Vec<Letter> {
        let mut letters = Vec::new();
        let Ok(entries) = fs::read_dir(&self.directory) else { return letters };
        for entry in entries {
            let path = entry.expect("the mail directory can be listed").path();
            if path.extension().is_some_and(|extension| extension == "eml") {
                letters.push(Letter::read(&fs::read(path).expect("a message can be read")));
            }
        }
        letters
    }

    pub fn letters_to(&self, address: &str) -> Vec<Letter> {
        self.letters().into_iter().filter(|letter| letter.to.eq_ignore_ascii_case(address)).collect()
    }

    /// Waits until there are `count` messages in all.
    pub async fn fills_to(&self, count: usize) -> Vec<Letter> {
        super::until(&format!("{count} messages"), async || {
            let letters = self.letters();
            (letters.len() >= count).then_some(letters)
        })
        .await
    }
}

impl Letter {
    pub(super) fn read(raw: &[u8]) -> Self {
        let message = MessageParser::default().parse(raw).expect("a well-formed message");
        let header = |name: &'static str| match message.header_raw(name) {
            Some(value) => value.split_whitespace().collect::<Vec<_>>().join(" "),
            None => String::new(),
        };
        assert!(!matches!(message.header("Date"), None | Some(HeaderValue::Empty)), "every message has a date");
        Self {
            to: message.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or("").to_owned(),
            subject: message.subject().unwrap_or("").to_owned(),
            message_id: message.message_id().unwrap_or("").to_owned(),
            text: message.body_text(0).unwrap_or_default().into_owned(),
            html: message.body_html(0).unwrap_or_default().into_owned(),
            raw: String::from_utf8_lossy(raw).into_owned(),
            unsubscribe: header("List-Unsubscribe"),
            unsubscribe_post: header("List-Unsubscribe-Post"),
        }
    }

    /// The personal link in the text part.
    pub fn link(&self) -> String {
        let found = self.text.split_whitespace().map(|word| word.trim_matches(['<', '>', '(', ')', '.', ',']));
        let link = found.into_iter().find(|word| word.contains("/go/"));
        link.unwrap_or_else(|| panic!("no personal link in:\n{}", self.text)).to_owned()
    }

    /// The secret part of the personal link.
    pub fn token(&self) -> String {
        self.link().rsplit("/go/").next().expect("after /go/").to_owned()
    }

    /// `/stop/…`, for one press in the mail program (RFC 8058).
    pub fn stop_path(&self) -> String {
        let address = self.unsubscribe.split(['<', '>']).find(|part| part.contains("/stop/"));
        let address = address.unwrap_or_else(|| panic!("no /stop/ in List-Unsubscribe: {}", self.unsubscribe));
        address[address.find("/stop/").expect("found above")..].to_owned()
    }
}
