//! Words that were typed and not sent, kept on the server while she types.
//!
//! A row is one text: the fields of one form at one place, as one page wrote them. It hangs on her
//! voice and her link's generation by the consultation's key alone, its words sealed, and goes when
//! they are sent, discarded or withdrawn, at the latest with the closing work. There is no time.
//!
//! *Nothing is overwritten unseen.* Whoever names a text's revision has read it (it is drawn anew at
//! each change), so she may write over it, and so may the page that wrote it last. Any other words
//! for the same place are put beside it, and she is shown both.
//!
//! *A further device* (a session that may only write) is shown what this browser typed and nothing
//! else; on a device that may see what was sent, all of it is shown. Texts it may not see it cannot
//! change either: its own are put beside them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::comment::too_late;
use super::queries::{self, KeptRow};
use super::voice::{Author, Kind};
use crate::consultations::{Arrival, Consultation};
use crate::ids::{Chance, CommentId};
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Tx};
use crate::text::BODY_MAX;

/// Most texts that one member may leave unsent.
pub const MOST_KEPT: usize = 100;
/// Most fields of a form, and characters of all of them.
const FIELDS_MAX: usize = 100;
const ALL_MAX: usize = 40_000;
/// Most bytes of the name that is drawn for a page.
const PAGE_MAX: usize = 40;

/// Names and values of a form in their order.
pub type Fields = Vec<(String, String)>;

/// Where she reads: what she may be shown.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// What this browser is known by; nothing that leaves it is stored.
    pub browser: Option<String>,
    /// Whether the session may see what was said.
    pub sees_all: bool,
}

/// What a page wants kept.
#[derive(Debug, Clone, Default)]
pub struct Typing {
    /// A block's key, `whole`, `change-` and a comment's id, `answers`, or `answers-` and a question's number.
    pub place: String,
    /// The text that the page showed or saved last.
    pub revision: Option<i64>,
    /// Drawn for the page.
    pub page: String,
    /// Counts what a page sends, so that what comes late is known; a form without a script has none.
    pub turn: Option<i64>,
    /// A text beside this one that she does not want any more.
    pub instead_of: Option<i64>,
    pub fields: Fields,
}

/// A kept text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub place: String,
    pub revision: i64,
    pub fields: Fields,
    /// Whether this browser wrote it last.
    pub is_from_here: bool,
}

/// What became of a page's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// What to name next time; none where nothing is typed any more.
    pub revision: Option<i64>,
    /// Other words for the same place that she may see.
    pub others: Vec<Kept>,
    /// Set when this text was put beside others just now.
    pub is_beside: bool,
}

/// Keeps what was typed; fields without words give the text up.
///
/// # Errors
/// Too late; longer than a comment may be; too many texts kept already.
pub fn keep(
    tx: &mut Tx,
    author: &Author,
    consultation: &Consultation,
    chance: &Chance,
    arrived: DateTime<Utc>,
    reader: &Reader,
    typing: &Typing,
) -> Result<Saved, Refusal> {
    check(typing)?;
    let arrival = consultation.judge(arrived);
    if arrival == Arrival::TooLate || (arrival == Arrival::Late && typing.place.starts_with(CHANGE)) {
        return Err(too_late(consultation));
    }
    let texts = all(tx, author)?;
    let count = texts.len();
    let mut here: Vec<Text> = texts.into_iter().filter(|text| text.sealed.place == typing.place).collect();
    if let Some(unwanted) = typing.instead_of.filter(|unwanted| Some(*unwanted) != typing.revision)
        && let Some(at) = here.iter().position(|text| text.revision == unwanted)
    {
        queries::drop_kept(tx, &here.swap_remove(at).key_hash)?;
    }
    let mine = here
        .iter()
        .position(|text| Some(text.revision) == typing.revision)
        .or_else(|| here.iter().position(|text| !typing.page.is_empty() && text.sealed.page == typing.page))
        .map(|at| here.swap_remove(at));
    let others: Vec<Kept> =
        here.iter().filter(|text| text.is_for(author, reader)).map(|text| text.shown(author, reader)).collect();
    let says_something = says_something(&typing.fields);
    if let Some(mine) = &mine {
        let is_late = mine.sealed.page == typing.page && typing.turn.is_some_and(|turn| Some(turn) <= mine.sealed.turn);
        if is_late {
            return Ok(Saved { revision: Some(mine.revision), others, is_beside: false });
        }
        if !says_something {
            queries::drop_kept(tx, &mine.key_hash)?;
        }
    }
    if !says_something {
        return Ok(Saved { revision: None, others, is_beside: false });
    }
    if mine.is_none() && count >= MOST_KEPT {
        return Err(Refusal::TooMany(format!(
            "There are {MOST_KEPT} texts that you have not sent. Send or discard some of them first."
        )));
    }
    let key_hash = mine.as_ref().map_or_else(|| key_hash(author, typing, chance), |mine| mine.key_hash.clone());
    let sealed = Sealed {
        place: typing.place.clone(),
        page: typing.page.clone(),
        turn: typing.turn,
        browser: reader.browser.as_deref().map(|browser| mark(author, browser)),
        fields: typing.fields.clone(),
    };
    let plain = serde_json::to_vec(&sealed).map_err(|error| Fault::Corrupt(error.to_string()))?;
    let revision = chance.key();
    let row = KeptRow {
        shelf: shelf(author),
        consultation_id: consultation.id,
        revision,
        words: author.key().seal(chance, &context(&key_hash), &plain),
        key_hash,
    };
    queries::put_kept(tx, &row, mine.is_some())?;
    Ok(Saved { revision: Some(revision), is_beside: mine.is_none() && !others.is_empty(), others })
}

/// Every text that she may be shown here. Of one place, what this browser wrote comes first.
///
/// # Errors
/// When the database fails.
pub fn kept(tx: &mut Tx, author: &Author, reader: &Reader) -> Result<Vec<Kept>, Fault> {
    let texts = all(tx, author)?;
    let mut shown: Vec<Kept> =
        texts.iter().filter(|text| text.is_for(author, reader)).map(|text| text.shown(author, reader)).collect();
    shown.sort_by(|one, other| {
        (&one.place, !one.is_from_here, one.revision).cmp(&(&other.place, !other.is_from_here, other.revision))
    });
    Ok(shown)
}

/// The places at which something is typed and not sent, as far as she may be shown here.
///
/// # Errors
/// When the database fails.
pub fn places(tx: &mut Tx, author: &Author, reader: &Reader) -> Result<BTreeSet<String>, Fault> {
    Ok(kept(tx, author, reader)?.into_iter().map(|kept| kept.place).collect())
}

/// Gives up a text that was sent, or that she does not want any more. Words for the same place that
/// stand in another text stay.
///
/// # Errors
/// When the database fails.
pub fn let_go(tx: &mut Tx, author: &Author, place: &str, revision: Option<i64>, page: &str) -> Result<(), Fault> {
    for text in all(tx, author)?.into_iter().filter(|text| text.sealed.place == place) {
        if Some(text.revision) == revision || (!page.is_empty() && text.sealed.page == page) {
            queries::drop_kept(tx, &text.key_hash)?;
        }
    }
    Ok(())
}

/// Gives up all that was typed to change a comment.
pub(super) fn forget_change(tx: &mut Tx, author: &Author, id: CommentId) -> Result<(), Fault> {
    let place = change_of(id);
    for text in all(tx, author)?.into_iter().filter(|text| text.sealed.place == place) {
        queries::drop_kept(tx, &text.key_hash)?;
    }
    Ok(())
}

/// Whether anything was said, or typed and kept, under this generation of the link: from then on a
/// further device may write and not see.
///
/// # Errors
/// When the database fails.
pub fn wrote_anything(tx: &mut Tx, author: &Author) -> Result<bool, Fault> {
    Ok(super::said_anything(tx, author)? || queries::has_kept(tx, &shelf(author))?)
}

/// The place of changing a comment.
#[must_use]
pub fn change_of(id: CommentId) -> String {
    format!("{CHANGE}{id}")
}

const CHANGE: &str = "change-";

#[derive(Serialize, Deserialize)]
struct Sealed {
    place: String,
    page: String,
    turn: Option<i64>,
    browser: Option<[u8; 16]>,
    fields: Fields,
}

struct Text {
    key_hash: Vec<u8>,
    revision: i64,
    sealed: Sealed,
}

impl Text {
    fn is_from(&self, author: &Author, reader: &Reader) -> bool {
        reader.browser.as_deref().is_some_and(|browser| self.sealed.browser == Some(mark(author, browser)))
    }

    fn is_for(&self, author: &Author, reader: &Reader) -> bool {
        reader.sees_all || self.is_from(author, reader)
    }

    fn shown(&self, author: &Author, reader: &Reader) -> Kept {
        Kept {
            place: self.sealed.place.clone(),
            revision: self.revision,
            fields: self.sealed.fields.clone(),
            is_from_here: self.is_from(author, reader),
        }
    }
}

fn all(tx: &mut Tx, author: &Author) -> Result<Vec<Text>, Fault> {
    let rows = queries::kept_on(tx, &shelf(author))?;
    let open = |row: KeptRow| {
        let plain = author.key().open(&context(&row.key_hash), &row.words);
        let sealed = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
        let sealed = sealed.ok_or_else(|| Fault::Corrupt("a kept text".to_owned()))?;
        Ok(Text { key_hash: row.key_hash, revision: row.revision, sealed })
    };
    rows.into_iter().map(open).collect()
}

/// What all her texts share: another generation of her link has another.
fn shelf(author: &Author) -> Vec<u8> {
    let generation = author.invitation.generation.to_be_bytes();
    let voice = author.voice(Kind::Confidential);
    author.key().mac("kept shelf", &[voice.as_bytes(), &generation])[..16].to_vec()
}

fn key_hash(author: &Author, typing: &Typing, chance: &Chance) -> Vec<u8> {
    let parts: [&[u8]; 4] = [&shelf(author), typing.place.as_bytes(), typing.page.as_bytes(), &chance.bytes::<8>()];
    author.key().mac("kept", &parts).to_vec()
}

fn mark(author: &Author, browser: &str) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&author.key().mac("kept browser", &[browser.as_bytes()])[..16]);
    half
}

fn context(key_hash: &[u8]) -> Vec<u8> {
    [b"kept ", key_hash].concat()
}

/// Fields that a form sends of itself, and choices that say nothing alone.
const SILENT: [&str; 4] = ["version", "nonce", "permission", "confidence"];

fn says_something(fields: &Fields) -> bool {
    let says = |(name, value): &(String, String)| {
        let is_silent = name.starts_with("quote") || name.starts_with("had-") || SILENT.contains(&name.as_str());
        !value.trim().is_empty() && !is_silent
    };
    fields.iter().any(says)
}

fn check(typing: &Typing) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    if typing.page.len() > PAGE_MAX {
        return Err(Refusal::field("page", "too-long", "The page's own name is at most 40 characters."));
    }
    let fields = &typing.fields;
    let lengths: Vec<usize> = fields.iter().map(|(name, value)| name.len() + value.chars().count()).collect();
    for ((name, _), length) in fields.iter().zip(&lengths) {
        if *length > BODY_MAX + name.len() {
            problems.note(name, "too-long", format!("Shorten this to {BODY_MAX} characters; it has {length}."));
        }
    }
    if fields.len() > FIELDS_MAX || lengths.iter().sum::<usize>() > ALL_MAX {
        problems.note("body", "too-long", format!("Shorten this; all fields together take {ALL_MAX} characters."));
    }
    problems.none()
}
