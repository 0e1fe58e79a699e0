//! Published versions, read once, rendered once and served from memory.
//!
//! What stands here may always be thrown away. Versions never change, so they are kept by their
//! name; pages are kept with a digest of all they were made of, and are made anew when it differs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};

use super::sheet::Sheet;
use crate::consultations::Consultation;
use crate::drafts::{Block, Place, Today, Version, today, version};
use crate::ids::Id;
use crate::keys::sha256;
use crate::refusal::Refusal;
use crate::render::RenderFault;
use crate::store::Tx;
use crate::web::house::House;
use crate::words::Language;

#[derive(Default)]
pub struct Shelf {
    editions: RwLock<HashMap<(Id, i32), Arc<Edition>>>,
    sheets: RwLock<HashMap<(Id, Language, bool), Made<Sheet>>>,
    wholes: RwLock<HashMap<(String, Language), Arc<Whole>>>,
    /// What became of passages: by document, their version, the current one, and key.
    todays: RwLock<HashMap<Followed, Arc<Today>>>,
}

/// A published version with its text.
pub struct Edition {
    pub version: Version,
    pub blocks: Vec<Block>,
}

impl Edition {
    #[must_use]
    pub fn block(&self, key: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.key == key)
    }
}

/// A page for whoever is not signed in, complete.
pub struct Whole {
    pub bytes: Bytes,
    pub etag: String,
    /// What it was made of.
    pub digest: [u8; 32],
    /// Until when its words about time are true.
    pub good_until: DateTime<Utc>,
    /// Whether search engines may list it.
    pub indexed: bool,
    checked: Mutex<Instant>,
}

impl Whole {
    #[must_use]
    pub fn new(html: String, digest: [u8; 32], good_until: DateTime<Utc>, indexed: bool) -> Self {
        let sum = sha256(html.as_bytes());
        let etag = sum.iter().take(12).fold("\"".to_owned(), |etag, byte| format!("{etag}{byte:02x}")) + "\"";
        Self { bytes: Bytes::from(html), etag, digest, good_until, indexed, checked: Mutex::new(Instant::now()) }
    }

    /// Whether it is time to ask the database. Whoever hears *yes* asks; the others go on serving.
    #[must_use]
    pub fn wants_check(&self) -> bool {
        let mut checked = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        let wants = checked.elapsed() >= HOLDS;
        if wants {
            *checked = Instant::now();
        }
        wants
    }
}

impl Shelf {
    /// A published version; read from the database the first time.
    ///
    /// # Errors
    /// When there is no such version, or the database fails.
    pub fn edition(&self, tx: &mut Tx, document: Id, number: i32) -> Result<Arc<Edition>, Refusal> {
        if let Some(found) = read(&self.editions).get(&(document, number)) {
            return Ok(found.clone());
        }
        let version = version::by_number(tx, document, number)?;
        let blocks = version::blocks(tx, version.id)?;
        let edition = Arc::new(Edition { version, blocks });
        if edition.version.published_at.is_some() {
            let mut editions = write(&self.editions);
            if editions.len() >= MOST_EDITIONS {
                editions.clear();
            }
            editions.insert((document, number), edition.clone());
        }
        Ok(edition)
    }

    /// The version in which a place was found.
    ///
    /// # Errors
    /// As [`Shelf::edition`].
    pub fn edition_of(&self, tx: &mut Tx, place: &Place) -> Result<Arc<Edition>, Refusal> {
        self.edition(tx, place.document_id, place.version_number)
    }

    /// What became of a passage of a published version since; published versions never change, so
    /// each is followed once.
    ///
    /// # Errors
    /// No such version or block; the database fails.
    pub fn today(&self, tx: &mut Tx, document: Id, number: i32, block: &str) -> Result<Arc<Today>, Refusal> {
        let current = version::published(tx, document)?.map_or(number, |current| current.number);
        let name = (document, number, current, block.to_owned());
        if let Some(found) = read(&self.todays).get(&name) {
            return Ok(found.clone());
        }
        let found = Arc::new(today(tx, document, number, block)?);
        if number <= current {
            let mut todays = write(&self.todays);
            if todays.len() >= MOST_TODAYS {
                todays.clear();
            }
            todays.insert(name, found.clone());
        }
        Ok(found)
    }

    /// A version rendered for members or for others; rendered the first time, and when the
    /// consultation's title, letter or contact has changed.
    ///
    /// # Errors
    /// When a template does not fit.
    pub fn sheet(
        house: &House,
        language: Language,
        consultation: &Consultation,
        edition: &Edition,
        for_members: bool,
    ) -> Result<Arc<Sheet>, RenderFault> {
        let key = (consultation.id, language, for_members);
        let Consultation { title, letter, contact, .. } = consultation;
        let digest = sha256(format!("{}{title:?}{letter:?}{contact:?}", edition.version.id).as_bytes());
        if let Some((_, sheet)) = read(&house.shelf.sheets).get(&key).filter(|(made_of, _)| *made_of == digest) {
            return Ok(sheet.clone());
        }
        let sheet = Arc::new(Sheet::render(house, language, consultation, edition, for_members)?);
        write(&house.shelf.sheets).insert(key, (digest, sheet.clone()));
        Ok(sheet)
    }

    #[must_use]
    pub fn whole(&self, slug: &str, language: Language) -> Option<Arc<Whole>> {
        read(&self.wholes).get(&(slug.to_owned(), language)).cloned()
    }

    /// Keeps a page of a consultation that exists.
    pub fn keep_whole(&self, slug: &str, language: Language, whole: Arc<Whole>) {
        write(&self.wholes).insert((slug.to_owned(), language), whole);
    }
}

/// A passage by document, its version, the current one, and key.
type Followed = (Id, i32, i32, String);
type Made<T> = ([u8; 32], Arc<T>);

/// How long a whole page is served without asking the database.
const HOLDS: Duration = Duration::from_secs(2);
const MOST_EDITIONS: usize = 64;
const MOST_TODAYS: usize = 4096;

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
