//! A file between its preview and its storing: sealed, for two hours, under a token that only the
//! page that shows the preview knows.

mod queries;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};

use super::import::{self, Format, Parsed};
use crate::ids::Chance;
use crate::keys::SecretKey;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};

/// How long a file is kept for whoever looks at its preview.
const KEPT: Duration = Duration::hours(2);
const PURPOSE: &str = "brought file";

/// A file or a pasted text, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// As its sender called it; empty for a pasted text.
    pub name: String,
    /// What its sender says that it is, where that counts more than its name.
    pub said: Option<Format>,
    pub bytes: Vec<u8>,
}

impl Brought {
    /// Takes it apart. Slow: not on a thread that serves others.
    ///
    /// # Errors
    /// As [`import::read`].
    pub fn read(&self) -> Result<Parsed, Refusal> {
        match self.said {
            Some(format @ (Format::Markdown | Format::Plain)) => match std::str::from_utf8(&self.bytes) {
                Ok(text) if self.name.is_empty() => import::parse(format, text),
                _ => import::read(&self.bytes, &self.name, self.said),
            },
            _ => import::read(&self.bytes, &self.name, self.said),
        }
    }

    fn packed(&self) -> Vec<u8> {
        let said = self.said.map(Format::as_str).unwrap_or_default();
        [said.as_bytes(), b"\n", self.name.replace('\n', " ").as_bytes(), b"\n", &self.bytes].concat()
    }

    fn unpacked(packed: &[u8]) -> Option<Self> {
        let mut parts = packed.splitn(3, |byte| *byte == b'\n');
        let mut word = || Some(String::from_utf8_lossy(parts.next()?).into_owned());
        let (said, name) = (word()?, word()?);
        Some(Self { name, said: Format::from_value(&said), bytes: parts.next()?.to_vec() })
    }
}

/// A file made ready to be kept; sealing takes a while and needs no database.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// What the form sends back.
    pub token: String,
    mark: Vec<u8>,
    content: Vec<u8>,
}

/// Seals a file under a fresh token.
#[must_use]
pub fn seal(key: &SecretKey, chance: &Chance, brought: &Brought) -> Sealed {
    let token = URL_SAFE_NO_PAD.encode(chance.bytes::<18>());
    let mark = mark(key, &token);
    let content = key.seal(chance, &mark, &brought.packed());
    Sealed { token, mark, content }
}

/// Keeps it; files whose time is over go.
///
/// # Errors
/// When the database fails.
pub fn keep(tx: &mut Tx, sealed: &Sealed, now: DateTime<Utc>) -> Result<(), Fault> {
    queries::delete_before(tx, now)?;
    queries::insert(tx, &sealed.mark, &sealed.content, now + KEPT)
}

/// The file of a token, if its time is not over.
///
/// # Errors
/// When the database fails.
pub fn kept(tx: &mut Tx, key: &SecretKey, token: &str, now: DateTime<Utc>) -> Result<Option<Brought>, Fault> {
    let mark = mark(key, token);
    let sealed = queries::sealed(tx, &mark, now)?;
    Ok(sealed.and_then(|sealed| Brought::unpacked(&key.open(&mark, &sealed)?)))
}

/// Forgets the file of a token.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut Tx, key: &SecretKey, token: &str) -> Result<(), Fault> {
    queries::delete(tx, &mark(key, token))
}

/// Forgets all files whose time is over.
///
/// # Errors
/// When the database fails.
pub fn forget_old(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Fault> {
    queries::delete_before(tx, now)
}

fn mark(key: &SecretKey, token: &str) -> Vec<u8> {
    key.mac(PURPOSE, &[token.as_bytes()]).to_vec()
}
