//! Signing in with address and password, slowed for each account, never by a network address:
//! a whole office, and everybody behind one phone mast, shares one of those.
//!
//! Unknown addresses are counted as known ones are, and take as long. A browser that was signed in
//! to an account before has a count of its own, so that nobody can lock out whose address she knows.

mod failures;
mod queries;

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::member::email_key;
use super::password::Passwords;
use super::staff::{self, Staff};
use crate::audit::{Actor, Deed};
use crate::ids::{Chance, Id};
use crate::keys::Keys;
use crate::refusal::Refusal;
use crate::store::{Side, Store, Tx};

/// What somebody typed, and which browser it was.
#[derive(Clone)]
pub struct Tried {
    pub email: String,
    pub password: String,
    /// The browser, where it was signed in here before.
    pub browser: Option<Browser>,
}

/// A browser that was signed in before: its mark, and to which accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    pub mark: [u8; 16],
    /// The latest first.
    pub accounts: Vec<Id>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Entered(Staff),
    /// Address or password; which, nobody is told.
    Wrong,
    /// Not looked at: the next try is heard after so long.
    Wait(Duration),
}

/// What a try needs.
pub struct Door<'a> {
    pub store: &'a Store,
    pub keys: &'a Keys,
    pub passwords: &'a Passwords,
    pub now: DateTime<Utc>,
    pub chance: &'a Chance,
}

impl Door<'_> {
    /// Signs in with address and password.
    ///
    /// # Errors
    /// `Busy` when too many try at once; the database's own.
    pub async fn enter(&self, tried: Tried) -> Result<Outcome, Refusal> {
        let place = self.passwords.place()?;
        let (keys, now, typed) = (self.keys.clone(), self.now, tried.clone());
        let begun = self.store.write(Side::Members, move |tx| begin(tx, &keys, now, &typed)).await?;
        let (account, hash, counted) = match begun {
            Begun::Waits(wait) => return Ok(Outcome::Wait(wait)),
            Begun::Goes { account, hash, counted } => (account, hash, counted),
        };
        if !self.passwords.fits(&place, &tried.password, hash).await? {
            return Ok(Outcome::Wrong);
        }
        let Some(account) = account else { return Ok(Outcome::Wrong) };
        let (now, chance) = (self.now, self.chance.clone());
        let entered = self
            .store
            .write(Side::Members, move |tx| {
                counted.forgive(tx)?;
                // What was changed while the hash was made counts.
                let Some(staff) = staff::by_session(tx, account.id, account.session_epoch)? else { return Ok(None) };
                let deed = Deed { actor: Actor::Staff(staff.id), now, chance: chance.clone() };
                deed.record(tx, "sign in", &staff.id.to_string(), &json!({}))?;
                Ok::<_, Refusal>(Some(staff))
            })
            .await?;
        Ok(entered.map_or(Outcome::Wrong, Outcome::Entered))
    }

    /// Whether somebody who is signed in knows her password; slowed as [`Door::enter`] is.
    ///
    /// # Errors
    /// As [`Door::enter`].
    pub async fn knows(&self, id: Id, password: &str) -> Result<Knows, Refusal> {
        let place = self.passwords.place()?;
        let (subject, now) = (self.keys.session().mac(PURPOSE, &[b"signed in", id.as_bytes()]), self.now);
        let (wait, hash) = self
            .store
            .write(Side::Members, move |tx| {
                let wait = failures::begin(tx, &subject, now)?;
                Ok::<_, Refusal>((wait, staff::password_hash(tx, id)?))
            })
            .await?;
        if let Some(wait) = wait {
            return Ok(Knows::Wait(wait));
        }
        if !self.passwords.fits(&place, password, hash).await? {
            return Ok(Knows::No);
        }
        self.store.write(Side::Members, move |tx| Ok::<_, Refusal>(failures::forgive(tx, &subject)?)).await?;
        Ok(Knows::Yes)
    }
}

/// Whether somebody knows her password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knows {
    Yes,
    No,
    Wait(Duration),
}

enum Begun {
    Waits(Duration),
    Goes { account: Option<Staff>, hash: Option<String>, counted: Counted },
}

/// Where a try was counted.
struct Counted {
    subject: [u8; 32],
    /// Among all, where the browser is not known.
    of_all: Option<[u8; 32]>,
}

impl Counted {
    fn forgive(&self, tx: &mut Tx) -> Result<(), Refusal> {
        failures::forgive(tx, &self.subject)?;
        if let Some(of_all) = &self.of_all {
            failures::forgive_one(tx, of_all)?;
        }
        Ok(())
    }
}

const PURPOSE: &str = "sign-in failures";

/// Counts the try, or says how long it waits.
fn begin(tx: &mut Tx, keys: &Keys, now: DateTime<Utc>, tried: &Tried) -> Result<Begun, Refusal> {
    let key = email_key(tried.email.trim());
    let (account, hash) = staff::for_sign_in(tx, &key)?.unzip();
    let known = tried
        .browser
        .as_ref()
        .zip(account.as_ref())
        .filter(|(browser, account): &(&Browser, &Staff)| browser.accounts.contains(&account.id));
    let session = keys.session();
    let counted = match known {
        Some((browser, account)) => {
            Counted { subject: session.mac(PURPOSE, &[b"browser", &browser.mark, account.id.as_bytes()]), of_all: None }
        }
        None => Counted {
            subject: session.mac(PURPOSE, &[b"address", key.as_bytes()]),
            of_all: Some(session.mac(PURPOSE, &[b"minute", &(now.timestamp().div_euclid(60)).to_be_bytes()])),
        },
    };
    let mut wait = None;
    if let Some(of_all) = &counted.of_all {
        wait = failures::begin_among_all(tx, of_all, now)?;
    }
    if wait.is_none() {
        wait = failures::begin(tx, &counted.subject, now)?;
        // A try that waits was not heard, so it is none of all either.
        if let (Some(_), Some(of_all)) = (wait, &counted.of_all) {
            failures::forgive_one(tx, of_all)?;
        }
    }
    Ok(wait.map_or_else(|| Begun::Goes { account, hash: hash.flatten(), counted }, Begun::Waits))
}
