//! A frozen, numbered set of everything the desks knew at a cut-off.
//!
//! Its rows are kept as they were, in parts, so that the same release gives the same bytes for ever;
//! its checksum is the SHA-256 of those parts.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::groups::{self, Blocks};
use super::{answers, queries};
use crate::audit::Deed;
use crate::consultations::{self, Consultation};
use crate::drafts;
use crate::ids::{CommentId, Id};
use crate::keys::Keys;
use crate::refusal::Refusal;
use crate::responses::{Cursor, Desk, DeskComment, Filter, Found, Page, Permission, Position, Quote, Source};
use crate::store::{Fault, Side, Store, Tx};

crate::values! {
    /// Who will hold the file.
    Audience {
        /// Inside the union: every comment under its label.
        Negotiator = "negotiator",
        /// The other side of the table: protected figures and approved quotes only, never rows.
        Table = "table",
    }
}

/// A release as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Release {
    #[serde(skip)]
    pub id: Id,
    pub number: i32,
    /// The day of the last batch in it.
    pub cut_off: NaiveDate,
    pub comments: i32,
    /// How often a question was answered.
    pub answers: i32,
    /// Over the release's rows, hexadecimal.
    pub sha256: String,
    #[serde(skip)]
    pub edition: i32,
}

/// One comment in a release: what every export row has, in the promised order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Drawn anew for every release, so that two releases cannot be joined by it.
    pub reference: String,
    pub consultation: String,
    pub document: String,
    pub version: i32,
    pub block_key: Option<String>,
    pub block_number: Option<String>,
    pub block_text: Option<String>,
    pub status_in_current_version: String,
    pub quote: Option<Quote>,
    pub position: Position,
    pub condition: String,
    pub comment: String,
    pub new_wording: String,
    pub permission: Permission,
    pub label: String,
    pub themes: Vec<String>,
    pub template_group: Option<String>,
    pub source: Source,
    pub late: bool,
    pub release: i32,
    pub cut_off: NaiveDate,
    /// Only where the member gave it.
    pub name: Option<String>,
    /// The version for which its writer said that it still holds.
    #[serde(default)]
    pub confirmed_in: Option<i32>,
}

/// The newest release if nothing has changed since, else a new one.
///
/// # Errors
/// Nothing has reached the desks yet; the database fails.
pub async fn current(store: &Store, keys: &Keys, deed: &Deed, slug: &str) -> Result<Release, Refusal> {
    let slug = slug.to_owned();
    for _ in 0..TRIES {
        let asked = slug.clone();
        let (consultation, newest) = store
            .read(move |tx| {
                let consultation = consultations::by_slug(tx, &asked)?;
                let newest = queries::releases(tx, consultation.id)?.pop();
                Ok::<_, Refusal>((consultation, newest))
            })
            .await?;
        let Some(cut_off) = consultation.last_batch_on.filter(|_| consultation.edition > 0) else {
            return Err(Refusal::conflict(
                "nothing-at-the-desks",
                "No words have reached the desks yet: the first batch comes once three members have written, the rest at closing.",
            ));
        };
        match newest {
            Some(newest) if newest.edition == consultation.edition => return Ok(newest),
            newest => {
                let number = newest.map_or(1, |newest| newest.number + 1);
                if let Some(made) = make(store, keys, deed, consultation, number, cut_off).await? {
                    return Ok(made);
                }
            }
        }
    }
    Err(Fault::Busy.into())
}

/// All releases of a consultation, oldest first.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx, consultation: Id) -> Result<Vec<Release>, Fault> {
    queries::releases(tx, consultation)
}

/// # Errors
/// No such release.
pub fn by_number(tx: &mut Tx, consultation: Id, number: i32) -> Result<Release, Refusal> {
    queries::releases(tx, consultation)?
        .into_iter()
        .find(|release| release.number == number)
        .ok_or(Refusal::Unknown("release"))
}

/// The part of a release that holds what groups said; those of comments are counted from 0.
pub(super) const GROUPS: i32 = -1;

const TRIES: u32 = 5;
/// Comments in one part: small enough to hold up nobody.
const PART: usize = 500;

/// Copies part by part, each a short read and a short write; gives up (None) when a batch or another
/// maker came between, for the caller to begin again.
async fn make(
    store: &Store,
    keys: &Keys,
    deed: &Deed,
    consultation: Consultation,
    number: i32,
    cut_off: NaiveDate,
) -> Result<Option<Release>, Refusal> {
    let id = deed.new_id();
    let mut digest = Sha256::new();
    let mut count = 0_usize;
    let mut after: Option<CommentId> = None;
    let copier = store.read({
        let (keys, consultation) = (keys.clone(), consultation.clone());
        move |tx| Copier::of(tx, &keys, &consultation, number, cut_off)
    });
    let copier = Arc::new(copier.await?);
    let said = {
        let (copier, of, chance) = (copier.clone(), consultation.clone(), deed.chance.clone());
        store.read(move |tx| groups::lines(tx, &of, &copier.copied(), || reference(&chance))).await?
    };
    digest.update(said.as_bytes());
    if !said.is_empty() {
        write_part(store, id, queries::GROUPS, Some((GROUPS, said))).await?;
    }
    let mut unwritten = None;
    for ordinal in 0.. {
        // The part before is written while this one is read.
        let reading = read_part(store, deed, &consultation, &copier, after);
        let (part, written) = tokio::join!(reading, write_part(store, id, queries::COMMENTS, unwritten.take()));
        written?;
        let Some(Part { lines, comments, next }) = part? else {
            store.write(Side::Voices, move |tx| Ok::<_, Refusal>(queries::drop_parts(tx, id)?)).await?;
            return Ok(None);
        };
        digest.update(lines.as_bytes());
        count += comments;
        after = next;
        unwritten = (comments > 0).then_some((ordinal, lines));
        if after.is_none() {
            break;
        }
    }
    let mut ordinal = unwritten.as_ref().map_or(0, |(last, _)| last + 1);
    write_part(store, id, queries::COMMENTS, unwritten).await?;
    let Some(answers) = answers::freeze(store, deed, &consultation, &copier, id, &mut ordinal, &mut digest).await?
    else {
        store.write(Side::Voices, move |tx| Ok::<_, Refusal>(queries::drop_parts(tx, id)?)).await?;
        return Ok(None);
    };
    let release = Release {
        id,
        number,
        cut_off,
        comments: i32::try_from(count).unwrap_or(i32::MAX),
        answers: i32::try_from(answers).unwrap_or(i32::MAX),
        sha256: hexadecimal(&digest.finalize()),
        edition: consultation.edition,
    };
    let (made, deed) = (release.clone(), deed.clone());
    store
        .write(Side::Voices, move |tx| {
            let newest = queries::releases(tx, consultation.id)?.pop().map_or(0, |newest| newest.number);
            if newest + 1 != made.number {
                queries::drop_parts(tx, made.id)?;
                return Ok(None);
            }
            queries::insert_release(tx, consultation.id, &made)?;
            let detail = serde_json::json!({ "number": made.number, "comments": made.comments, "answers": made.answers, "sha256": made.sha256 });
            deed.record(tx, "make release", &consultation.slug, &detail)?;
            Ok(Some(made.clone()))
        })
        .await
}

/// The rows after `after`; none when the desks have changed meanwhile.
async fn read_part(
    store: &Store,
    deed: &Deed,
    consultation: &Consultation,
    copier: &Arc<Copier>,
    after: Option<CommentId>,
) -> Result<Option<Part>, Refusal> {
    let (chance, copier) = (deed.chance.clone(), copier.clone());
    let (of, edition) = (consultation.id, consultation.edition);
    store
        .read(move |tx| {
            if consultations::by_id(tx, of)?.edition != edition {
                return Ok(None);
            }
            let page = copier.desk.page(tx, &copier.all, after.map_or(Cursor::Start, Cursor::After), PART)?;
            copier.part(page, &chance).map(Some)
        })
        .await
}

async fn write_part(store: &Store, of: Id, holds: &'static str, part: Option<(i32, String)>) -> Result<(), Refusal> {
    let Some((ordinal, lines)) = part else { return Ok(()) };
    store.write(Side::Voices, move |tx| Ok::<_, Refusal>(queries::insert_part(tx, of, ordinal, holds, &lines)?)).await
}

/// What all rows of one release share, read once.
pub(super) struct Copier {
    pub(super) desk: Desk,
    all: Found,
    consultation: String,
    number: i32,
    cut_off: NaiveDate,
    documents: HashMap<Id, String>,
    /// Blocks of every published version that comments may stand on.
    blocks: Blocks,
}

struct Part {
    lines: String,
    comments: usize,
    next: Option<CommentId>,
}

/// What rows of a release name, by what they hang on.
pub(super) struct Copied<'a> {
    pub documents: &'a HashMap<Id, String>,
    pub blocks: &'a Blocks,
}

impl Copier {
    fn copied(&self) -> Copied<'_> {
        Copied { documents: &self.documents, blocks: &self.blocks }
    }

    fn of(
        tx: &mut Tx,
        keys: &Keys,
        consultation: &Consultation,
        number: i32,
        cut_off: NaiveDate,
    ) -> Result<Self, Refusal> {
        let desk = Desk::open(tx, keys, consultation)?.with_all_names(tx)?;
        let all = desk.find(tx, &Filter::default())?;
        let mut documents = HashMap::new();
        let mut blocks = BTreeMap::new();
        for document in drafts::document::list(tx, consultation.id)? {
            for version in drafts::version::list(tx, document.id)?.into_iter().filter(|one| one.published_at.is_some())
            {
                for block in drafts::version::blocks(tx, version.id)? {
                    blocks.insert((document.id, version.number, block.key), (block.number, block.text));
                }
            }
            documents.insert(document.id, document.title);
        }
        Ok(Self { desk, all, consultation: consultation.slug.clone(), number, cut_off, documents, blocks })
    }

    fn part(&self, page: Page, chance: &crate::ids::Chance) -> Result<Part, Refusal> {
        let next = page.next.as_deref().and_then(|next| next.parse().ok());
        let comments = page.comments.len();
        let mut lines = String::new();
        for comment in page.comments {
            let row = self.row(comment, reference(chance));
            lines.push_str(&serde_json::to_string(&row).map_err(|error| Fault::Corrupt(error.to_string()))?);
            lines.push('\n');
        }
        Ok(Part { lines, comments, next })
    }

    /// The number of a passage in the newest version that has it.
    pub(super) fn number_of(&self, key: &str) -> Option<String> {
        let found =
            self.blocks.iter().filter(|((_, _, known), _)| known == key).max_by_key(|((_, version, _), _)| *version);
        found.map(|(_, (number, _))| number.clone())
    }

    fn row(&self, desk: DeskComment, reference: String) -> Row {
        let DeskComment { comment, label, name, status, .. } = desk;
        let block = comment
            .block_key
            .as_ref()
            .and_then(|key| self.blocks.get(&(comment.document_id, comment.version_number, key.clone())));
        Row {
            reference,
            consultation: self.consultation.clone(),
            document: self.documents.get(&comment.document_id).cloned().unwrap_or_default(),
            version: comment.version_number,
            block_number: block.map(|(number, _)| number.clone()),
            block_text: block.map(|(_, text)| text.clone()),
            block_key: comment.block_key,
            status_in_current_version: status.to_string(),
            quote: comment.quote.as_deref().and_then(|quote| serde_json::from_str(quote).ok()),
            position: comment.position,
            condition: comment.condition,
            comment: comment.body,
            new_wording: comment.new_wording,
            permission: comment.permission,
            label,
            themes: Vec::new(),
            template_group: None,
            source: comment.source,
            late: comment.is_late,
            release: self.number,
            cut_off: self.cut_off,
            name,
            confirmed_in: comment.confirmed_in,
        }
    }
}

/// Ten signs, random: 50 bits, enough that two rows of a release never share one.
pub(super) fn reference(chance: &crate::ids::Chance) -> String {
    let bytes: [u8; 10] = chance.bytes();
    bytes.iter().map(|byte| char::from(crate::ids::CROCKFORD[usize::from(byte & 31)])).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}
