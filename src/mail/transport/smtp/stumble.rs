//! What went wrong in a conversation with a mail server, what follows from it, and in which words.

use lettre::transport::smtp::Error as SmtpError;
use tokio_rustls::rustls::{CertificateError, Error as TlsError};

use super::super::{Broken, End, Phase};
use crate::settings;
use crate::words::{Language, Words};

/// Where and why a conversation broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stumble {
    pub(super) phase: Phase,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    NoSuchName,
    ClosedDoor,
    Unreachable,
    TooSlow,
    HungUp,
    Nonsense,
    NoTls,
    Certificate(&'static str),
    TlsBroken,
    NoSignIn,
    Refused(Reply),
    /// An address or a body that this server cannot take.
    CannotTake,
    /// Another worker holds the row now.
    TakenOver,
}

/// A refusal by its numbers. The text may repeat an address and is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    /// Such as `5.1.1`.
    pub(super) enhanced: Option<String>,
}

/// What follows for a message, and whether the whole way is shut.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) end: End,
    pub(super) shut: Option<String>,
}

impl Reply {
    pub(super) fn new(code: u16, text: &str) -> Self {
        let first = text.split_whitespace().next().unwrap_or_default();
        let parts: Vec<&str> = first.split('.').collect();
        let is_number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|sign| sign.is_ascii_digit());
        let is_enhanced = parts.len() == 3 && parts.iter().all(is_number);
        Self { code, enhanced: is_enhanced.then(|| first.to_owned()) }
    }

    fn is_permanent(&self) -> bool {
        self.code >= 500
    }

    /// The second number of the enhanced code: 1 address, 2 mailbox, 7 policy.
    fn subject(&self) -> Option<&str> {
        self.enhanced.as_deref().and_then(|enhanced| enhanced.split('.').nth(1))
    }

    fn wants_sign_in(&self) -> bool {
        matches!(self.code, 530 | 534 | 535 | 538)
    }

    fn words(&self) -> String {
        match &self.enhanced {
            Some(enhanced) => format!("{} {enhanced}", self.code),
            None => self.code.to_string(),
        }
    }
}

impl What {
    pub(super) fn of_smtp(error: &SmtpError) -> Self {
        let text = || std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        if let Some(code) = error.status() {
            Self::Refused(Reply::new(code.into(), &text()))
        } else if error.is_response() && !text().contains("incomplete") {
            Self::Nonsense
        } else if error.is_client() {
            Self::CannotTake
        } else {
            Self::HungUp
        }
    }

    pub(super) fn of_tls(error: &std::io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>()) {
            Some(TlsError::InvalidCertificate(why)) => Self::Certificate(match why {
                CertificateError::UnknownIssuer => "smtp-certificate-unknown",
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                    "smtp-certificate-name"
                }
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. } => "smtp-certificate-date",
                _ => "smtp-certificate-bad",
            }),
            Some(_) => Self::TlsBroken,
            None => Self::HungUp,
        }
    }

    pub(super) fn of_connecting(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::ConnectionRefused => Self::ClosedDoor,
            std::io::ErrorKind::TimedOut => Self::TooSlow,
            _ => Self::Unreachable,
        }
    }
}

impl Stumble {
    pub(super) fn new(phase: Phase, what: What) -> Self {
        Self { phase, what }
    }

    /// Whether the server took leave: the line is of no use any more, its message may be.
    pub(super) fn is_farewell(&self) -> bool {
        matches!(&self.what, What::HungUp | What::Refused(Reply { code: 421, .. }))
    }

    /// Whether the conversation can go on with another message after RSET.
    pub(super) fn leaves_line(&self) -> bool {
        match &self.what {
            What::Refused(reply) => reply.code != 421 && self.phase >= Phase::Sender,
            What::CannotTake => true,
            _ => false,
        }
    }

    /// Before the sender address is taken, trouble is the way's own. A refusal there will not pass by
    /// itself, so nobody's attempt is counted; what may pass counts as an attempt of the message at
    /// hand, and the others wait.
    pub(super) fn verdict(&self, to: &settings::Smtp, words: &Words) -> Verdict {
        let trouble = self.words(to, words);
        let is_opening = self.phase < Phase::Sender;
        let broken = |permanent| Broken { phase: self.phase, permanent, trouble: trouble.clone() };
        let end = match &self.what {
            What::TakenOver => End::TakenOver,
            What::NoTls | What::Certificate(_) | What::TlsBroken | What::NoSignIn => End::Returned,
            What::CannotTake if is_opening => End::Returned,
            What::CannotTake => End::Broken(broken(true)),
            What::Refused(reply) if reply.is_permanent() => {
                let is_ours = self.phase <= Phase::Sender || (self.phase == Phase::Recipient && reply.wants_sign_in());
                if is_ours { End::Returned } else { End::Broken(broken(true)) }
            }
            What::Refused(_) => End::Broken(broken(false)),
            _ if self.phase == Phase::End => End::Uncertain(broken(false)),
            _ => End::Broken(broken(false)),
        };
        let is_shut = is_opening || end == End::Returned;
        Verdict { end, shut: is_shut.then_some(trouble) }
    }

    pub(super) fn words(&self, to: &settings::Smtp, words: &Words) -> String {
        let english = Language::default();
        let phase = words.say(english, &format!("smtp-phase-{}", self.phase), &[]);
        let reply = match &self.what {
            What::Refused(reply) => reply.words(),
            _ => String::new(),
        };
        let values = [
            ("host", (&to.host).into()),
            ("port", to.port.to_string().into()),
            ("phase", phase.into()),
            ("reply", reply.into()),
        ];
        words.say(english, self.id(), &values)
    }

    /// The sentence that tells it.
    pub(super) fn id(&self) -> &'static str {
        match &self.what {
            What::NoSuchName => "smtp-no-such-name",
            What::ClosedDoor => "smtp-closed-door",
            What::Unreachable => "smtp-unreachable",
            What::NoTls => "smtp-no-tls",
            What::Certificate(id) => id,
            What::TlsBroken => "smtp-tls-broken",
            What::NoSignIn => "smtp-no-sign-in",
            What::CannotTake => "smtp-address-signs",
            What::Refused(reply) => self.refusal_id(reply),
            What::TooSlow | What::HungUp | What::Nonsense if self.phase == Phase::End => "smtp-no-word",
            What::TooSlow => "smtp-too-slow",
            What::Nonsense => "smtp-nonsense",
            What::HungUp | What::TakenOver => "smtp-hung-up",
        }
    }

    fn refusal_id(&self, reply: &Reply) -> &'static str {
        if !reply.is_permanent() {
            return "smtp-not-now";
        }
        match (self.phase, reply.subject()) {
            (Phase::Sender | Phase::Recipient, _) if reply.wants_sign_in() => "smtp-sign-in-needed",
            (Phase::SignIn, _) => "smtp-sign-in-refused",
            (Phase::Sender, _) => "smtp-refuses-sender",
            (Phase::Recipient, Some("1")) => "smtp-no-such-mailbox",
            (Phase::Recipient, Some("2")) => "smtp-mailbox-shut",
            (Phase::Recipient, Some("7")) => "smtp-recipient-policy",
            (Phase::Recipient, _) => "smtp-recipient-refused",
            (Phase::Data | Phase::Body | Phase::End, Some("7")) => "smtp-message-policy",
            (Phase::Data | Phase::Body | Phase::End, _) => "smtp-message-refused",
            _ => "smtp-refuses-us",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Tls;

    fn to() -> settings::Smtp {
        settings::Smtp {
            host: "mail.example.org".to_owned(),
            port: 587,
            tls: Tls::StartTls,
            user: None,
            connections: 1,
            per_second: 0,
            ca_file: None,
        }
    }

    #[test]
    fn every_sentence_is_there_and_none_repeats_what_the_server_wrote() {
        let words = Words::load().unwrap();
        let replies =
            ["421 4.3.2 x", "550 5.1.1 <ann@home.example> x", "552 5.2.2 x", "550 5.7.1 x", "500 x", "530 5.7.0"];
        let replies = replies.map(|line| {
            let (code, text) = line.split_at(4);
            What::Refused(Reply::new(code.trim().parse().unwrap(), text))
        });
        let others = [
            What::NoSuchName,
            What::ClosedDoor,
            What::Unreachable,
            What::TooSlow,
            What::HungUp,
            What::Nonsense,
            What::NoTls,
            What::TlsBroken,
            What::NoSignIn,
            What::CannotTake,
            What::Certificate("smtp-certificate-unknown"),
            What::Certificate("smtp-certificate-name"),
            What::Certificate("smtp-certificate-date"),
            What::Certificate("smtp-certificate-bad"),
        ];
        for phase in Phase::ALL {
            for what in replies.iter().chain(&others) {
                let stumble = Stumble::new(*phase, what.clone());
                assert!(words.has(stumble.id()), "{stumble:?}: {}", stumble.id());
                let said = stumble.words(&to(), &words);
                assert!(
                    !said.contains('⟦') && !said.contains('@') && said.ends_with(['.', '?']),
                    "{stumble:?}: {said}"
                );
            }
        }
    }

    #[test]
    fn a_reply_keeps_its_numbers_only() {
        assert_eq!(Reply::new(550, "5.1.1 <ann@home.example> unknown").words(), "550 5.1.1");
        for text in ["", "5.1", "a.b.c", "5.1.1234", "<ann@home.example>", "5..1"] {
            assert_eq!(Reply::new(550, text).words(), "550", "{text}");
        }
    }
}
