//! Published versions, read once, rendered once and served from memory.
//!
//! What stands here may always be thrown away. Versions never change, so they are kept by their
//! name; pages are kept with a digest of all they were made of, and are made anew when it differs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};

use super::leaf::{Asked, Leaf, LeafKind, kind_of};
use super::parts::{self, AROUND, Part, Unit};
use super::sheet::Sheet;
use super::spread::{Spread, top_level};
use crate::consultations::Consultation;
use crate::drafts::{Block, BlockKind, Fates, Kind, Place, Today, Version, pair, version};
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
    /// By consultation, and whether only what differs is shown.
    spreads: RwLock<HashMap<(Id, bool), Made<Spread>>>,
    /// By consultation, name of the page, language, and whether for members.
    sheets: RwLock<HashMap<SheetKey, Made<Sheet>>>,
    wholes: RwLock<HashMap<(String, Asked, Language), Arc<Whole>>>,
    /// What became of the passages of a version in another, by document and their numbers.
    fates: RwLock<HashMap<(Id, i32, i32), Arc<Fates>>>,
}

/// A published version with its text.
pub struct Edition {
    pub version: Version,
    pub kind: Kind,
    pub blocks: Vec<Block>,
    /// The pages of a long text; none for one that fits a page.
    pub parts: Vec<Part>,
    places: HashMap<String, usize>,
}

impl Edition {
    fn new(version: Version, kind: Kind, blocks: Vec<Block>) -> Self {
        let top = top_level(&blocks);
        let units: Vec<Unit> = blocks.iter().map(|block| unit(block, top)).collect();
        let places = blocks.iter().enumerate().map(|(place, block)| (block.key.clone(), place)).collect();
        Self { version, kind, parts: parts::divide(&units, parts::LONG), blocks, places }
    }

    #[must_use]
    pub fn block(&self, key: &str) -> Option<&Block> {
        self.blocks.get(self.place(key)?)
    }

    /// Where a block stands among all.
    #[must_use]
    pub fn place(&self, key: &str) -> Option<usize> {
        self.places.get(key).copied()
    }
}

fn unit(block: &Block, top: Option<i32>) -> Unit {
    let is_heading = block.kind == BlockKind::Heading;
    Unit {
        weight: block.html.len() + AROUND,
        key: block.key.clone(),
        opens: (is_heading && Some(block.level) == top).then(|| (block.number.clone(), block.text.clone())),
        is_heading,
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
        let edition = Arc::new(Edition::new(version, kind_of(tx, document)?, blocks));
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

    /// What became of a passage of a published version since. Somebody with fifty comments asks
    /// fifty times on one page: both versions and all that happened between them are read once.
    ///
    /// # Errors
    /// No such version or block; the database fails.
    pub fn today(&self, tx: &mut Tx, document: Id, number: i32, block: &str) -> Result<Arc<Today>, Refusal> {
        let current = version::published(tx, document)?.map_or(number, |current| current.number.max(number));
        let (then, now) = (self.edition(tx, document, number)?, self.edition(tx, document, current)?);
        let fates = self.fates(tx, document, number, current)?;
        Ok(Arc::new(fates.of(&then.blocks, &now.blocks, block)?))
    }

    /// What became of all passages of a version in another.
    ///
    /// # Errors
    /// No such version; the database fails.
    pub fn fates(&self, tx: &mut Tx, document: Id, from: i32, to: i32) -> Result<Arc<Fates>, Refusal> {
        let name = (document, from, to);
        if let Some(found) = read(&self.fates).get(&name) {
            return Ok(found.clone());
        }
        let found = Arc::new(Fates::read(tx, document, from, to)?);
        if self.edition(tx, document, to)?.version.published_at.is_some() {
            keep(&self.fates, name, found.clone(), MOST_EDITIONS);
        }
        Ok(found)
    }

    /// Two texts in rows, as they are paired in this revision; made anew when either text or a
    /// pair has changed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn spread(
        &self,
        tx: &mut Tx,
        consultation: Id,
        revision: i32,
        [ours, theirs]: [&Arc<Edition>; 2],
        title: &str,
        is_differing: bool,
    ) -> Result<Arc<Spread>, Refusal> {
        let key = (consultation, is_differing);
        let digest = sha256(format!("{} {} {revision} {title}", ours.version.id, theirs.version.id).as_bytes());
        if let Some((_, spread)) = read(&self.spreads).get(&key).filter(|(made_of, _)| *made_of == digest) {
            return Ok(spread.clone());
        }
        let pairs = pair::read(tx, consultation)?.pairs;
        let both = [ours.clone(), theirs.clone()];
        let spread = Arc::new(Spread::new(both, title.to_owned(), pairs, is_differing, revision));
        keep(&self.spreads, key, (digest, spread.clone()), MOST_EDITIONS);
        Ok(spread)
    }

    /// A page rendered for members or for others; rendered the first time, and when the
    /// consultation's title, letter or contact has changed, or what the page shows.
    ///
    /// # Errors
    /// When a template does not fit.
    pub fn sheet(
        house: &House,
        language: Language,
        consultation: &Consultation,
        leaf: &Leaf,
        for_members: bool,
    ) -> Result<Arc<Sheet>, RenderFault> {
        let key = (consultation.id, leaf.name(), language, for_members);
        let Consultation { title, letter, contact, .. } = consultation;
        let digest = sha256(format!("{}{title:?}{letter:?}{contact:?}", leaf.made_of()).as_bytes());
        if let Some((_, sheet)) = read(&house.shelf.sheets).get(&key).filter(|(made_of, _)| *made_of == digest) {
            return Ok(sheet.clone());
        }
        let sheet = Arc::new(match &leaf.kind {
            LeafKind::Beside { spread, part } => {
                spread.render(house, language, consultation, (leaf, *part), for_members)?
            }
            LeafKind::Draft => Sheet::render(house, language, consultation, (leaf, 0), for_members)?,
            LeafKind::Part(part) => Sheet::render(house, language, consultation, (leaf, *part), for_members)?,
        });
        keep(&house.shelf.sheets, key, (digest, sheet.clone()), MOST_SHEETS);
        Ok(sheet)
    }

    #[must_use]
    pub fn whole(&self, slug: &str, asked: &Asked, language: Language) -> Option<Arc<Whole>> {
        read(&self.wholes).get(&(slug.to_owned(), asked.clone(), language)).cloned()
    }

    /// Keeps a page that exists.
    pub fn keep_whole(&self, slug: &str, asked: &Asked, language: Language, whole: Arc<Whole>) {
        keep(&self.wholes, (slug.to_owned(), asked.clone(), language), whole, MOST_SHEETS);
    }
}

type SheetKey = (Id, String, Language, bool);
type Made<T> = ([u8; 32], Arc<T>);

/// How long a whole page is served without asking the database.
const HOLDS: Duration = Duration::from_secs(2);
const MOST_EDITIONS: usize = 64;
/// Pages; a draft of 200 pages has about a hundred of each sort.
const MOST_SHEETS: usize = 1_000;

/// Puts something on the shelf; a full one is cleared first.
fn keep<K: std::hash::Hash + Eq, V>(kept: &RwLock<HashMap<K, V>>, key: K, value: V, most: usize) {
    let mut kept = write(kept);
    if kept.len() >= most && !kept.contains_key(&key) {
        kept.clear();
    }
    kept.insert(key, value);
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
