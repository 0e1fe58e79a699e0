//! One message as bytes: the headers that machines and people go by, text and html.

use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart, SinglePart};
use lettre::{Address, Message};

use crate::ids::Id;

/// Who all mail is from.
#[derive(Debug, Clone)]
pub struct Sender(Mailbox);

/// `mail.from` is no address.
#[derive(Debug, Clone, thiserror::Error)]
#[error("mail.from: write an address, or Name <address>")]
pub struct BadSender;

impl Sender {
    /// # Errors
    /// Anything but an address, or a name with an address in angle brackets.
    pub fn parse(written: &str) -> Result<Self, BadSender> {
        written.parse().map(Self).map_err(|_| BadSender)
    }
}

/// A message ready to be handed over.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The outbox row; the same on every attempt.
    pub id: Id,
    /// The envelope.
    pub from: String,
    pub to: String,
    pub bytes: Vec<u8>,
}

/// What a message is made of; every text may be hostile.
pub(super) struct Parts<'a> {
    pub(super) id: Id,
    pub(super) message_id: &'a str,
    pub(super) from: &'a Sender,
    pub(super) to_name: &'a str,
    pub(super) to_address: &'a str,
    pub(super) subject: &'a str,
    pub(super) text: String,
    pub(super) html: String,
    pub(super) date: DateTime<Utc>,
    /// The Message-ID of what this follows.
    pub(super) follows: Option<&'a str>,
    pub(super) language: &'a str,
    /// Set for a mailing, not for a single letter somebody asked for.
    pub(super) bulk: Option<Bulk<'a>>,
}

pub(super) struct Bulk<'a> {
    /// `SLUG.HOST`.
    pub(super) list: String,
    pub(super) stop_url: &'a str,
}

/// Her address is one that no message can be sent to.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the mail address cannot be used")]
pub(super) struct Unusable;

impl Parts<'_> {
    pub(super) fn compose(self) -> Result<Outgoing, Unusable> {
        let address: Address = self.to_address.parse().map_err(|_| Unusable)?;
        let to = address.to_string();
        let name = Some(one_line(self.to_name)).filter(|name| !name.is_empty());
        let mut builder = Message::builder()
            .from(self.from.0.clone())
            .to(Mailbox::new(name, address))
            .subject(one_line(self.subject))
            .date(self.date.into())
            .message_id(Some(self.message_id.to_owned()));
        if let Some(earlier) = self.follows {
            builder = builder.in_reply_to(earlier.to_owned()).references(earlier.to_owned());
        }
        builder = with(builder, "Auto-Submitted", "auto-generated");
        builder = with(builder, "X-Auto-Response-Suppress", "All");
        builder = with(builder, "Content-Language", self.language);
        if let Some(bulk) = &self.bulk {
            builder = with(builder, "Precedence", "bulk");
            builder = with(builder, "List-Id", &format!("<{}>", bulk.list));
            builder = with(builder, "List-Unsubscribe", &format!("<{}>", bulk.stop_url));
            builder = with(builder, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        // From the row's name, so that a second attempt is the same message.
        let parts = MultiPart::alternative()
            .boundary(format!("part-{}", self.id.0.simple()))
            .singlepart(SinglePart::plain(self.text))
            .singlepart(SinglePart::html(self.html));
        let message = builder.multipart(parts).map_err(|_| Unusable)?;
        Ok(Outgoing { id: self.id, from: self.from.0.email.to_string(), to, bytes: message.formatted() })
    }
}

fn with(builder: MessageBuilder, name: &'static str, value: &str) -> MessageBuilder {
    // Our own addresses and constants only; a sign that could end a header never gets this far.
    let value = one_line(value);
    builder.raw_header(HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str(name),
        value.clone(),
        value.chars().filter(char::is_ascii_graphic).collect(),
    ))
}

fn one_line(text: &str) -> String {
    text.replace(|sign: char| sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}'), " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use mail_parser::{Address as Parsed, MessageParser};

    use super::*;

    fn compose(to_name: &str, subject: &str, bulk: bool) -> String {
        let sender = Sender::parse("Łódź branch <mail@branch.example>").unwrap();
        let parts = Parts {
            id: Id::from_bytes([7; 16]),
            message_id: "<07070707-0707-0707-0707-070707070707@say.example.org>",
            from: &sender,
            to_name,
            to_address: "ann@home.example",
            subject,
            text: "Grüße\n\nhttps://say.example.org/go/abc\n".to_owned(),
            html: "<p>Grüße</p>".to_owned(),
            date: DateTime::parse_from_rfc3339("2026-11-30T12:00:00Z").unwrap().to_utc(),
            follows: Some("<earlier@say.example.org>"),
            language: "en",
            bulk: bulk.then_some(Bulk {
                list: "a-very-long-slug-for-a-consultation-about-everything-there-is.say.example.org".to_owned(),
                stop_url: "https://a-rather-long-name.of-a-server.say.example.org/stop/AbCdEfGhIjKlMnOpQrStUv",
            }),
        };
        String::from_utf8(parts.compose().unwrap().bytes).unwrap()
    }

    fn header_lines(message: &str) -> Vec<&str> {
        message.split("\r\n\r\n").next().unwrap().split("\r\n").collect()
    }

    #[test]
    fn every_header_is_there_once() {
        let message = compose("Ann", "Your view", true);
        let lines = header_lines(&message);
        for (name, value) in [
            ("From", ""),
            ("To", "Ann <ann@home.example>"),
            ("Subject", "Your view"),
            ("Date", "Mon, 30 Nov 2026 12:00:00 +0000"),
            ("Message-ID", "<07070707-0707-0707-0707-070707070707@say.example.org>"),
            ("In-Reply-To", "<earlier@say.example.org>"),
            ("References", "<earlier@say.example.org>"),
            ("Auto-Submitted", "auto-generated"),
            ("X-Auto-Response-Suppress", "All"),
            ("Content-Language", "en"),
            ("Precedence", "bulk"),
            ("List-Id", "<a-very-long-slug-for-a-consultation-about-everything-there-is.say.example.org>"),
            (
                "List-Unsubscribe",
                "<https://a-rather-long-name.of-a-server.say.example.org/stop/AbCdEfGhIjKlMnOpQrStUv>",
            ),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("MIME-Version", "1.0"),
        ] {
            let found: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix(&format!("{name}: "))).collect();
            assert_eq!(found.len(), 1, "{name} in {lines:#?}");
            assert!(value.is_empty() || found[0] == value, "{name}: {found:?}");
        }
        assert!(message.lines().all(|line| line.len() <= 998) && message.is_ascii());
        assert_eq!(message, compose("Ann", "Your view", true), "a second attempt is the same message");
        let single = compose("Ann", "Your code", false);
        assert!(!single.contains("List-") && !single.contains("Precedence"));
    }

    #[test]
    fn text_comes_before_html_and_both_are_utf_8() {
        let message = compose("Zoë 🐟", "Jürgen: Grüße", true);
        let parsed = MessageParser::default().parse(message.as_bytes()).unwrap();
        assert_eq!(parsed.subject(), Some("Jürgen: Grüße"));
        assert_eq!(parsed.from().and_then(Parsed::first).and_then(|from| from.name()), Some("Łódź branch"));
        assert_eq!(parsed.to().and_then(Parsed::first).and_then(|to| to.name()), Some("Zoë 🐟"));
        assert!(parsed.body_text(0).unwrap().starts_with("Grüße\r\n\r\nhttps://say.example.org/go/abc"));
        assert!(parsed.body_html(0).unwrap().contains("<p>Grüße</p>"));
        assert!(message.find("text/plain").unwrap() < message.find("text/html").unwrap());
    }

    #[test]
    fn no_name_and_no_subject_makes_a_header() {
        for hostile in
            ["x\r\nBcc: eve@evil.example", "x\nBcc: e@e.example\n\nbody", "\u{2028}Bcc: e", "a\" <e@e.example>, \"b"]
        {
            let message = compose(hostile, hostile, true);
            let parsed = MessageParser::default().parse(message.as_bytes()).unwrap();
            assert!(parsed.bcc().is_none(), "{hostile:?}: {message}");
            assert_eq!(parsed.to().unwrap().clone().into_list().len(), 1, "{hostile:?}: {message}");
            assert_eq!(parsed.to().and_then(Parsed::first).and_then(|to| to.address()), Some("ann@home.example"));
            assert!(!header_lines(&message).iter().any(|line| line.starts_with("Bcc")));
        }
    }

    #[test]
    fn an_address_that_cannot_be_used_is_told() {
        let sender = Sender::parse("mail@branch.example").unwrap();
        let parts = |to_address| Parts {
            id: Id::from_bytes([7; 16]),
            message_id: "<x@y>",
            from: &sender,
            to_name: "",
            to_address,
            subject: "s",
            text: String::new(),
            html: String::new(),
            date: DateTime::UNIX_EPOCH,
            follows: None,
            language: "en",
            bulk: None,
        };
        assert!(parts("no address").compose().is_err());
        assert!(parts("x@y.example\r\nBcc: z@y.example").compose().is_err());
        assert!(Sender::parse("nobody").is_err());
    }
}
