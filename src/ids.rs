//! Names for things, and the chance they are drawn from.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name of a row that may say when it was made (UUID version 7), or a derived 128-bit name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(pub Uuid);

impl Id {
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(out)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Id {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// The public name of a comment: 63 random bits, written as 13 letters and digits.
///
/// It says nothing about author, order or time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CommentId(pub i64);

impl fmt::Display for CommentId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0_u8; 13];
        let mut rest = self.0.cast_unsigned();
        for place in text.iter_mut().rev() {
            *place = CROCKFORD[(rest & 31) as usize].to_ascii_lowercase();
            rest >>= 5;
        }
        text.iter().try_for_each(|letter| write!(out, "{}", char::from(*letter)))
    }
}

/// A text that is no comment id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a comment id")]
pub struct NotACommentId;

impl FromStr for CommentId {
    type Err = NotACommentId;

    fn from_str(text: &str) -> Result<Self, NotACommentId> {
        if text.len() != 13 {
            return Err(NotACommentId);
        }
        let mut value: u64 = 0;
        for letter in text.bytes() {
            let digit =
                CROCKFORD.iter().position(|known| *known == letter.to_ascii_uppercase()).ok_or(NotACommentId)?;
            value = value.checked_mul(32).ok_or(NotACommentId)? | digit as u64;
        }
        i64::try_from(value).map(Self).map_err(|_| NotACommentId)
    }
}

impl Serialize for CommentId {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

/// Where randomness comes from; handed in so that tests and the demo can repeat themselves.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<StdRng>>);

impl Chance {
    /// Cryptographically strong, seeded by the operating system.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system")]
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(rand::make_rng())))
    }

    /// The same sequence for the same seed: for tests and the demo's content, never for secrets.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    pub fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }

    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A new row name that sorts by the time it was made.
    #[must_use]
    pub fn id(&self, now: DateTime<Utc>) -> Id {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        Id(uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid())
    }

    /// 63 random bits, never negative.
    #[must_use]
    pub fn key(&self) -> i64 {
        i64::from_be_bytes(self.bytes()) & i64::MAX
    }

    /// A receipt that can be read aloud: two groups of four, no letter or digit that is mistaken for another.
    #[must_use]
    pub fn receipt(&self) -> String {
        let bytes: [u8; 8] = self.bytes();
        let letters = bytes.map(|byte| char::from(READ_ALOUD[usize::from(byte) % READ_ALOUD.len()]));
        let (first, second) = letters.split_at(4);
        format!("{}-{}", first.iter().collect::<String>(), second.iter().collect::<String>())
    }
}

/// Douglas Crockford's base 32: no I, L, O, U.
pub const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 16 signs that cannot be confused when spoken or written by hand, so that a byte maps to them evenly.
const READ_ALOUD: &[u8; 16] = b"ACEFHJKMRTWXY347";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_id_reads_back() {
        let chance = Chance::seeded(7);
        for key in (0..1000).map(|_| chance.key()).chain([0, i64::MAX]) {
            let id = CommentId(key);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert!("zzzzzzzzzzzzz".parse::<CommentId>().is_err());
        assert!("ü23456789012".parse::<CommentId>().is_err());
    }
}
