//! Passwords of staff: what may be one, and argon2id hashes of them, a few at a time.

mod common;

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;

use crate::store::Fault;
use crate::text::Problem;

/// Fewest and most characters of a password.
pub const LENGTH: std::ops::RangeInclusive<usize> = 12..=200;

/// Checks what somebody wants as the password of the account of `name` at `email`. Any characters
/// will do; none is demanded.
///
/// # Errors
/// Nothing typed, too short or long, her own name or address in it, or one that everybody tries.
/// `field` is the name of the form field.
pub fn check(field: &str, typed: &str, email: &str, name: &str) -> Result<(), Problem> {
    let refused = |code, detail: &str| Err(Problem::new(field, code, detail));
    let length = normal(typed).chars().count();
    if length == 0 {
        return refused("missing", "Choose a password.");
    }
    if length < *LENGTH.start() {
        return refused("too-short", "Use at least 12 characters; three or four words will do.");
    }
    if length > *LENGTH.end() {
        return refused("too-long", "Use at most 200 characters.");
    }
    let low = normal(typed).to_lowercase();
    if about_her(email, name).iter().any(|word| low.contains(word)) {
        return refused("about-you", "Leave out your name, your address and the name of this program.");
    }
    if common::is_common(&low) {
        return refused(
            "common",
            "Choose one that is harder to guess: three or four words that do not belong together.",
        );
    }
    Ok(())
}

/// What whoever guesses knows of her, in small letters. Names of three letters stand in many words.
fn about_her(email: &str, name: &str) -> Vec<String> {
    let (email, name) = (email.to_lowercase(), normal(name).to_lowercase());
    let local = email.split('@').next().unwrap_or_default().to_owned();
    let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
    words.extend(local.split(['.', '-', '_', '+']).map(str::to_owned));
    words.extend([name.split_whitespace().collect::<String>(), name, local, email, "soundings".to_owned()]);
    words.retain(|word| word.chars().count() >= SHORTEST_NAME);
    words
}

const SHORTEST_NAME: usize = 4;

/// The same characters in the same bytes, whichever keyboard typed them.
fn normal(typed: &str) -> String {
    typed.nfc().collect()
}

/// OWASP's parameters: 19 MiB, two passes, one lane.
const PARAMS: Params = match Params::new(19 * 1024, 2, 1, None) {
    Ok(params) => params,
    Err(_) => Params::DEFAULT,
};

/// The hash of nobody's password, so that an unknown address takes as long as a known one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGF0IGFsbCE$3dp0MLyeXUoGU+SWm4V1yfpRv5oUyVzZ1YoZ9bbmn0s";

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, PARAMS)
}

/// The few hands that hash, shared by all requests: each hash takes 19 MiB and a core, so that a
/// flood of sign-ins must not run as many as it likes.
#[derive(Clone)]
pub struct Passwords {
    line: Arc<Semaphore>,
    hands: Arc<Semaphore>,
}

/// A place in the line; given back when dropped.
pub struct Place(#[expect(dead_code, reason = "held, never read")] OwnedSemaphorePermit);

const HANDS: usize = 2;
const LINE: usize = 32;

impl Default for Passwords {
    fn default() -> Self {
        Self { line: Arc::new(Semaphore::new(LINE)), hands: Arc::new(Semaphore::new(HANDS)) }
    }
}

impl Passwords {
    /// A place in the line, before anything is counted or written.
    ///
    /// # Errors
    /// `Busy` when the line is full.
    pub fn place(&self) -> Result<Place, Fault> {
        self.line.clone().try_acquire_owned().map(Place).map_err(|_| Fault::Busy)
    }

    /// The PHC string of a password that was checked; `salt` is random.
    ///
    /// # Errors
    /// When the machine cannot hash.
    pub async fn hash(&self, _: &Place, typed: &str, salt: [u8; 16]) -> Result<String, Fault> {
        let typed = normal(typed);
        self.by_hand(move || {
            let hashed: Result<PasswordHash, _> = hasher().hash_password_with_salt(typed.as_bytes(), &salt);
            hashed.map(|hash| hash.to_string()).map_err(|fault| Fault::Corrupt(format!("a password: {fault}")))
        })
        .await?
    }

    /// Whether a password fits a hash. Without one it takes as long, and does not.
    ///
    /// # Errors
    /// When the hash is none.
    pub async fn fits(&self, _: &Place, typed: &str, hash: Option<String>) -> Result<bool, Fault> {
        let typed = normal(typed);
        self.by_hand(move || {
            let stored = PasswordHash::new(hash.as_deref().unwrap_or(NOBODY));
            let stored = stored.map_err(|fault| Fault::Corrupt(format!("a password's hash: {fault}")))?;
            Ok(hasher().verify_password(typed.as_bytes(), &stored).is_ok() && hash.is_some())
        })
        .await?
    }

    /// Runs `work` off the async threads. The hand is free when the work is done, not when whoever
    /// asked goes away.
    async fn by_hand<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let hand = self.hands.clone().acquire_owned().await.map_err(|_| Fault::Stopped)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(hand);
            done
        });
        done.await.map_err(|_| Fault::Stopped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(typed: &str) -> Option<&'static str> {
        check("password", typed, "jo.bell-archer@example.org", "Joséphine Bell").err().map(|problem| problem.code)
    }

    #[test]
    fn long_enough_and_not_about_herself_is_all_that_is_asked() {
        assert_eq!(code(""), Some("missing"));
        assert_eq!(code("short words"), Some("too-short"));
        assert_eq!(code(&"ab c".repeat(51)), Some("too-long"));
        assert_eq!(code("many hedgehogs"), None);
        assert_eq!(code("виноградная улитка"), None);
        assert_eq!(code("a\ttab 'n \u{1f994}\u{1f994} \u{1f994}!"), None);
        assert_eq!(code("I am JOSE\u{301}PHINE today"), Some("about-you"));
        assert_eq!(code("the archers at seven"), Some("about-you"));
        assert_eq!(code("jo.bell-archer@example.org"), Some("about-you"));
        assert_eq!(code("soundings of the deep"), Some("about-you"));
        assert_eq!(code("password1234"), Some("common"));
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_to_the_last_byte() {
        let passwords = Passwords::default();
        let place = passwords.place().unwrap();
        let long = "many hedgehogs ".repeat(13);
        let hash = passwords.hash(&place, &long, [7; 16]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.fits(&place, &long, Some(hash.clone())).await.unwrap());
        let other = format!("{}x", &long[..long.len() - 1]);
        assert!(!passwords.fits(&place, &other, Some(hash.clone())).await.unwrap());
        // However the accent was typed.
        let hash = passwords.hash(&place, "caf\u{e9} au lait", [7; 16]).await.unwrap();
        assert!(passwords.fits(&place, "cafe\u{301} au lait", Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobodys_hash_takes_the_same_work_and_fits_nothing() {
        let stored = PasswordHash::new(NOBODY).unwrap();
        let made: PasswordHash = hasher().hash_password_with_salt(b"many hedgehogs", &[7; 16]).unwrap();
        assert_eq!(stored.params, made.params);
        assert_eq!((stored.algorithm, stored.version), (made.algorithm, made.version));
        let passwords = Passwords::default();
        let place = passwords.place().unwrap();
        assert!(!passwords.fits(&place, "many hedgehogs", None).await.unwrap());
    }

    #[tokio::test]
    async fn a_full_line_is_told_that_it_is_busy() {
        let passwords = Passwords::default();
        let places: Vec<Place> = (0..LINE).map(|_| passwords.place().unwrap()).collect();
        assert!(matches!(passwords.place(), Err(Fault::Busy)));
        drop(places);
        assert!(passwords.place().is_ok());
    }
}
