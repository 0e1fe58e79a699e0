//! The mail server, as `mail.smtp_url` and its neighbours name it.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// A mail server that takes our mail on. Cheap enough to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: Option<User>,
    /// Connections at once; at least one.
    pub connections: usize,
    /// Messages a second over all connections of this process; 0 for no limit.
    pub per_second: u32,
    /// Certificates (PEM) of an authority to trust beside the usual ones.
    pub ca_file: Option<PathBuf>,
}

/// How the line is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte (`smtps://`).
    Wrapped,
    /// After STARTTLS, which the server must offer (`smtp://`).
    StartTls,
    /// Not at all; loopback only.
    None,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub name: String,
    pub password: Secret,
}

/// A password. Nothing that prints shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The password itself, for the one who signs in with it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("(secret)")
    }
}

/// What is wrong with one of the keys; never quotes what was written.
pub(super) type Wrong = (&'static str, String);

pub(super) const URL: &str = "mail.smtp_url";
const PASSWORD_FILE: &str = "mail.smtp_password_file";

impl Smtp {
    /// Reads `smtp://[user[:password]@]host[:port][?tls=required|none]` or `smtps://…`.
    pub(super) fn parse(url: &str, password_file: Option<&Path>) -> Result<Self, Wrong> {
        let wrong = |why: &str| (URL, why.to_owned());
        let usage = "write smtp://USER@HOST:PORT (STARTTLS, usually port 587) or smtps://USER@HOST:PORT (usually 465)";
        let (is_wrapped, rest) = match url.split_once("://") {
            Some(("smtp", rest)) => (false, rest),
            Some(("smtps", rest)) => (true, rest),
            _ => return Err(wrong(usage)),
        };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest),
        };
        let (host, port) = host_and_port(place).ok_or_else(|| wrong(usage))?;
        let is_loopback = is_loopback(&host);
        let tls = match (query, is_wrapped) {
            ("" | "tls=required", true) => Tls::Wrapped,
            ("tls=required", false) => Tls::StartTls,
            ("", false) => {
                if is_loopback {
                    Tls::None
                } else {
                    Tls::StartTls
                }
            }
            ("tls=none", false) if is_loopback => Tls::None,
            ("tls=none", false) => {
                return Err(wrong(
                    "tls=none would send mail and password in the open: only a loopback host may have it",
                ));
            }
            ("tls=none", true) => return Err(wrong("smtps:// is TLS from the first byte: take tls=none away")),
            _ => return Err(wrong("after the ? only tls=required or tls=none may stand")),
        };
        Ok(Self {
            host,
            port: port.unwrap_or(if is_wrapped { 465 } else { 587 }),
            tls,
            user: user.map(|user| read_user(user, password_file)).transpose()?,
            connections: 1,
            per_second: 0,
            ca_file: None,
        })
    }
}

fn read_user(written: &str, password_file: Option<&Path>) -> Result<User, Wrong> {
    let undecodable = || (URL, "user and password: write %XX for signs such as @ : / and %".to_owned());
    let (name, password) = written.split_once(':').map_or((written, None), |(name, word)| (name, Some(word)));
    let name = percent_decoded(name).filter(|name| !name.is_empty()).ok_or_else(undecodable)?;
    let password = match (password, password_file) {
        (Some(_), Some(_)) => {
            let why = "the password stands in mail.smtp_url already; keep one of the two";
            return Err((PASSWORD_FILE, why.to_owned()));
        }
        (Some(password), None) => percent_decoded(password).ok_or_else(undecodable)?,
        (None, Some(file)) => {
            let text = std::fs::read_to_string(file)
                .map_err(|error| (PASSWORD_FILE, format!("{} cannot be read: {}", file.display(), error.kind())))?;
            text.trim_end_matches(['\r', '\n']).to_owned()
        }
        (None, None) => {
            return Err((PASSWORD_FILE, "name a file that holds the password of the user in mail.smtp_url".to_owned()));
        }
    };
    Ok(User { name, password: Secret(password) })
}

fn host_and_port(place: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = if let Some(rest) = place.strip_prefix('[') {
        let (host, rest) = rest.split_once(']')?;
        host.parse::<std::net::Ipv6Addr>().ok()?;
        (host, if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) })
    } else {
        place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port)))
    };
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | ':');
    if host.is_empty() || !host.chars().all(is_plain) {
        return None;
    }
    let port = port.map(|port| port.parse::<u16>().ok().filter(|port| *port > 0).ok_or(())).transpose().ok()?;
    Some((host.to_owned(), port))
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn percent_decoded(written: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let value = digit(rest.next()?)? * 16 + digit(rest.next()?)?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains(['\0', '\r', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Result<Smtp, Wrong> {
        Smtp::parse(url, None)
    }

    #[test]
    fn the_usual_ports_and_seals() {
        for (url, host, port, tls) in [
            ("smtp://mail.example.org", "mail.example.org", 587, Tls::StartTls),
            ("smtp://mail.example.org:25?tls=required", "mail.example.org", 25, Tls::StartTls),
            ("smtps://mail.example.org/", "mail.example.org", 465, Tls::Wrapped),
            ("smtp://localhost:25", "localhost", 25, Tls::None),
            ("smtp://127.0.0.1:25?tls=none", "127.0.0.1", 25, Tls::None),
            ("smtp://[::1]:2525", "::1", 2525, Tls::None),
            ("smtp://127.0.0.1?tls=required", "127.0.0.1", 587, Tls::StartTls),
        ] {
            let read = parse(url).unwrap();
            assert_eq!((read.host.as_str(), read.port, read.tls), (host, port, tls), "{url}");
            assert_eq!(read.user, None);
        }
    }

    #[test]
    fn user_and_password_are_decoded_and_never_shown() {
        let read = parse("smtps://ann%40branch.example:p%3Aw%2F%25%C3%BC@mail.example.org").unwrap();
        let user = read.user.clone().unwrap();
        assert_eq!((user.name.as_str(), user.password.reveal()), ("ann@branch.example", "p:w/%ü"));
        assert!(!format!("{read:?}").contains("p:w"), "{read:?}");
    }

    #[test]
    fn the_password_may_stand_in_a_file_of_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("password");
        std::fs::write(&file, "from the file\n").unwrap();
        let read = Smtp::parse("smtp://ann@mail.example.org", Some(&file)).unwrap();
        assert_eq!(read.user.unwrap().password.reveal(), "from the file");
        for (url, file) in [
            ("smtp://ann@mail.example.org", None),
            ("smtp://ann:word@mail.example.org", Some(file.as_path())),
            ("smtp://ann@mail.example.org", Some(Path::new("/nowhere/password"))),
        ] {
            let (key, why) = Smtp::parse(url, file).unwrap_err();
            assert_eq!(key, PASSWORD_FILE);
            assert!(!why.contains("word@"), "{why}");
        }
    }

    #[test]
    fn what_would_be_open_or_makes_no_sense_is_refused_without_quoting_it() {
        for url in [
            "",
            "mail.example.org",
            "http://mail.example.org",
            "smtp://",
            "smtp://:25",
            "smtp://mail.example.org:none",
            "smtp://mail.example.org:0",
            "smtp://mail example.org",
            "smtp://[mail]",
            "smtp://a:hunter2%zz@mail.example.org",
            "smtp://:hunter2@mail.example.org",
            "smtp://a:hunter2@mail.example.org?tls=none",
            "smtps://a:hunter2@localhost?tls=none",
            "smtp://a:hunter2@mail.example.org?tls=maybe",
            "smtp://a:hunter2%0d%0aX@mail.example.org",
        ] {
            let (key, why) = parse(url).unwrap_err();
            assert!(key == URL && !why.contains("hunter2"), "{url}: {why}");
        }
        assert!(parse("smtp://mail.example.org?tls=none").unwrap_err().1.contains("loopback"));
    }
}
