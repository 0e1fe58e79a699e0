//! Two texts side by side: which passages of the proposal and of the employer's text answer each other.
//!
//! Pairs are proposed from the likeness of words and corrected by the organiser. They name blocks
//! by their keys, so they hold when either text gets a new version; a passage that is gone then is
//! named and not found, and whoever shows the pair says so.

mod bags;
mod likeness;
mod queries;
mod rows;

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::json;

use super::block::Block;
use super::document::{self, Kind};
use super::version::{self, Version};
use crate::audit::Deed;
use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Side, Store, Tx, text_column};
use crate::text::{self, Problem};
use crate::values;

pub use likeness::{Likely, Likeness};
pub use rows::{Row, rows};

values! {
    /// Whether somebody has looked at a pair.
    #[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
    #[diesel(sql_type = diesel::sql_types::Text)]
    State { Proposed = "proposed", Confirmed = "confirmed" }
}

text_column!(State);

/// Passages that answer each other. A block stands in one pair at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    pub id: Id,
    /// Keys of the proposal's blocks, at least one.
    pub ours: Vec<String>,
    /// Keys of the comparison's blocks, at least one.
    pub theirs: Vec<String>,
    pub state: State,
    /// What stands out ("3 senior posts"); empty for none.
    pub ours_figure: String,
    pub theirs_figure: String,
    /// How alike they were when proposed, per mille; 0 for a pair made by hand.
    pub score: i32,
}

/// A pair as somebody asks for it: blocks by their keys or by the numbers of the current versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub ours: Vec<String>,
    pub theirs: Vec<String>,
    pub ours_figure: String,
    pub theirs_figure: String,
}

/// A consultation's pairs. `revision` is 0 until the first were proposed, and rises with each change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    pub revision: i32,
    pub pairs: Vec<Pair>,
}

/// A published text.
#[derive(Debug, Clone)]
pub struct Published {
    pub version: Version,
    pub title: String,
    pub blocks: Vec<Block>,
}

/// # Errors
/// When the database fails.
pub fn read(tx: &mut Tx, consultation: Id) -> Result<Pairs, Fault> {
    Ok(Pairs { revision: revision(tx, consultation)?, pairs: queries::pairs(tx, consultation)? })
}

/// # Errors
/// When the database fails.
pub fn revision(tx: &mut Tx, consultation: Id) -> Result<i32, Fault> {
    queries::revision(tx, consultation)
}

/// The current versions of the proposal and of the comparison; none until both are published.
///
/// # Errors
/// When the database fails.
pub fn versions(tx: &mut Tx, consultation: Id) -> Result<Option<[(Version, String); 2]>, Fault> {
    let documents = document::list(tx, consultation)?;
    let mut of = |kind: Kind| {
        let Some(one) = documents.iter().find(|one| one.kind == kind) else { return Ok(None) };
        Ok::<_, Fault>(version::published(tx, one.id)?.map(|version| (version, one.title.clone())))
    };
    Ok(match (of(Kind::Proposal)?, of(Kind::Comparison)?) {
        (Some(ours), Some(theirs)) => Some([ours, theirs]),
        _ => None,
    })
}

/// Both texts with their blocks.
///
/// # Errors
/// Conflict `no-comparison` until both are published.
pub fn texts(tx: &mut Tx, consultation: Id) -> Result<[Published; 2], Refusal> {
    let [ours, theirs] = versions(tx, consultation)?.ok_or_else(|| {
        Refusal::conflict("no-comparison", "Publish the draft and the employer's text; then they can be paired.")
    })?;
    let mut read = |(version, title): (Version, String)| {
        let blocks = version::blocks(tx, version.id)?;
        Ok::<_, Refusal>(Published { version, title, blocks })
    };
    Ok([read(ours)?, read(theirs)?])
}

/// Proposes pairs for passages that stand in none; how many. Long texts take a second to compare,
/// so that is done before anything is written: nobody who writes waits for it.
///
/// # Errors
/// As [`texts`]; conflict `stale-pairs` when one of the texts changed meanwhile.
pub async fn propose(store: &Store, deed: &Deed, consultation: Id) -> Result<usize, Refusal> {
    let likely = store.read(move |tx| likely(tx, consultation)).await?;
    let deed = deed.clone();
    store.write(Side::Members, move |tx| put(tx, &deed, consultation, &likely)).await
}

/// Proposes pairs when both texts are published for the first time; later the organiser asks for it.
///
/// # Errors
/// When the database fails.
pub async fn propose_first(store: &Store, deed: &Deed, consultation: Id) -> Result<(), Refusal> {
    let first =
        move |tx: &mut Tx| Ok::<_, Refusal>(revision(tx, consultation)? == 0 && versions(tx, consultation)?.is_some());
    if store.read(first).await? {
        propose(store, deed, consultation).await?;
    }
    Ok(())
}

/// Pairs worth proposing, with the versions they were found in.
struct Proposal {
    versions: [Id; 2],
    /// Our key, theirs, how alike per mille.
    found: Vec<(String, String, i32)>,
}

fn likely(tx: &mut Tx, consultation: Id) -> Result<Proposal, Refusal> {
    let [ours, theirs] = texts(tx, consultation)?;
    let known = queries::pairs(tx, consultation)?;
    let taken = taken(&known);
    let found = Likeness::of(&ours.blocks, &theirs.blocks).pairs(|key| taken.contains(key));
    let named = |likely: &Likely| {
        let [ours, theirs] = [&ours.blocks[likely.ours], &theirs.blocks[likely.theirs]];
        (ours.key.clone(), theirs.key.clone(), likely.per_mille())
    };
    Ok(Proposal { versions: [ours.version.id, theirs.version.id], found: found.iter().map(named).collect() })
}

/// Stores what is still free; somebody may have paired passages meanwhile.
fn put(tx: &mut Tx, deed: &Deed, consultation: Id, proposal: &Proposal) -> Result<usize, Refusal> {
    let current = versions(tx, consultation)?.map(|texts| texts.map(|(version, _)| version.id));
    if current != Some(proposal.versions) {
        return Err(stale());
    }
    let known = queries::pairs(tx, consultation)?;
    let taken = taken(&known);
    let free = proposal
        .found
        .iter()
        .filter(|(ours, theirs, _)| !taken.contains(ours.as_str()) && !taken.contains(theirs.as_str()));
    let pair = |(ours, theirs, score): &(String, String, i32)| Pair {
        id: deed.new_id(),
        ours: vec![ours.clone()],
        theirs: vec![theirs.clone()],
        state: State::Proposed,
        ours_figure: String::new(),
        theirs_figure: String::new(),
        score: *score,
    };
    let found: Vec<Pair> = free.map(pair).collect();
    queries::insert(tx, consultation, &found)?;
    changed(tx, deed, consultation, "propose pairs", &json!({ "proposed": found.len() }))?;
    Ok(found.len())
}

fn taken(known: &[Pair]) -> HashSet<&str> {
    known.iter().flat_map(|pair| pair.ours.iter().chain(&pair.theirs)).map(String::as_str).collect()
}

/// Makes a pair (`id` none) or changes one; it then counts as confirmed. Blocks that stood in
/// another pair leave it, and a pair that loses a whole side is dissolved.
///
/// # Errors
/// No such pair; a side without blocks, a name that no block has, figures longer than a line.
pub fn keep(tx: &mut Tx, deed: &Deed, consultation: Id, id: Option<Id>, wanted: &Wanted) -> Result<Pair, Refusal> {
    let [ours, theirs] = texts(tx, consultation)?;
    let known = queries::pairs(tx, consultation)?;
    let before = match id {
        Some(id) => Some(known.iter().find(|pair| pair.id == id).ok_or(Refusal::Unknown("pair"))?),
        None => None,
    };
    let mut problems = Problems::default();
    // Keys that the pair has already may name passages that are gone.
    let [was_ours, was_theirs] = before.map_or([&[][..], &[][..]], |pair| [&pair.ours[..], &pair.theirs[..]]);
    let ours = keys(&mut problems, "ours", &wanted.ours, &ours.blocks, was_ours);
    let theirs = keys(&mut problems, "theirs", &wanted.theirs, &theirs.blocks, was_theirs);
    let ours_figure = problems.check(figure("ours_figure", &wanted.ours_figure));
    let theirs_figure = problems.check(figure("theirs_figure", &wanted.theirs_figure));
    problems.none()?;
    let pair = Pair {
        id: before.map_or_else(|| deed.new_id(), |pair| pair.id),
        ours,
        theirs,
        state: State::Confirmed,
        ours_figure: ours_figure.unwrap_or_default(),
        theirs_figure: theirs_figure.unwrap_or_default(),
        score: before.map_or(0, |pair| pair.score),
    };
    for mut other in known.iter().filter(|other| other.id != pair.id).cloned() {
        let had = (other.ours.len(), other.theirs.len());
        other.ours.retain(|key| !pair.ours.contains(key));
        other.theirs.retain(|key| !pair.theirs.contains(key));
        if other.ours.is_empty() || other.theirs.is_empty() {
            queries::delete(tx, other.id)?;
        } else if had != (other.ours.len(), other.theirs.len()) {
            queries::update(tx, &other)?;
        }
    }
    match before {
        Some(_) => queries::update(tx, &pair)?,
        None => queries::insert(tx, consultation, std::slice::from_ref(&pair))?,
    }
    let blocks = json!({ "pair": pair.id, "ours": pair.ours, "theirs": pair.theirs });
    changed(tx, deed, consultation, "pair passages", &blocks)?;
    Ok(pair)
}

/// Takes a pair apart; its passages stand alone again.
///
/// # Errors
/// No such pair.
pub fn part(tx: &mut Tx, deed: &Deed, consultation: Id, id: Id) -> Result<(), Refusal> {
    let known = queries::pairs(tx, consultation)?;
    let pair = known.into_iter().find(|pair| pair.id == id).ok_or(Refusal::Unknown("pair"))?;
    queries::delete(tx, id)?;
    let blocks = json!({ "pair": id, "ours": pair.ours, "theirs": pair.theirs });
    changed(tx, deed, consultation, "unpair passages", &blocks)
}

/// Confirms a proposed pair, or all of them (`id` none); how many were.
///
/// # Errors
/// No such pair.
pub fn confirm(tx: &mut Tx, deed: &Deed, consultation: Id, id: Option<Id>) -> Result<usize, Refusal> {
    let count = match id {
        None => queries::confirm_all(tx, consultation)?,
        Some(id) => {
            let known = queries::pairs(tx, consultation)?;
            let pair = known.into_iter().find(|pair| pair.id == id).ok_or(Refusal::Unknown("pair"))?;
            queries::update(tx, &Pair { state: State::Confirmed, ..pair })?;
            1
        }
    };
    if count > 0 {
        changed(tx, deed, consultation, "confirm pairs", &json!({ "pair": id, "confirmed": count }))?;
    }
    Ok(count)
}

/// Puts these pairs in the place of all there are; they count as confirmed. `revision` is what
/// the list was made from, where that is known.
///
/// # Errors
/// Conflict `stale-pairs` when somebody changed the pairs meanwhile; every pair that must be mended.
pub fn replace(
    tx: &mut Tx,
    deed: &Deed,
    consultation: Id,
    wanted: &[Wanted],
    made_from: Option<i32>,
) -> Result<Pairs, Refusal> {
    if made_from.is_some_and(|made_from| revision(tx, consultation).is_ok_and(|now| now != made_from)) {
        return Err(stale());
    }
    let [ours, theirs] = texts(tx, consultation)?;
    let mut problems = Problems::default();
    let mut seen: HashSet<String> = HashSet::new();
    let mut pairs = Vec::new();
    for (place, one) in wanted.iter().enumerate() {
        let field = |name: &str| format!("pairs.{place}.{name}");
        let our_keys = keys(&mut problems, &field("ours"), &one.ours, &ours.blocks, &[]);
        let their_keys = keys(&mut problems, &field("theirs"), &one.theirs, &theirs.blocks, &[]);
        for (name, key) in our_keys.iter().map(|key| ("ours", key)).chain(their_keys.iter().map(|key| ("theirs", key)))
        {
            if !seen.insert(key.clone()) {
                problems.note(&field(name), "twice", format!("The block {key} stands in two pairs; name it once."));
            }
        }
        pairs.push(Pair {
            id: deed.new_id(),
            ours: our_keys,
            theirs: their_keys,
            state: State::Confirmed,
            ours_figure: problems.check(figure(&field("ours_figure"), &one.ours_figure)).unwrap_or_default(),
            theirs_figure: problems.check(figure(&field("theirs_figure"), &one.theirs_figure)).unwrap_or_default(),
            score: 0,
        });
    }
    problems.none()?;
    queries::delete_all(tx, consultation)?;
    queries::insert(tx, consultation, &pairs)?;
    changed(tx, deed, consultation, "replace pairs", &json!({ "pairs": pairs.len() }))?;
    Ok(read(tx, consultation)?)
}

/// Somebody else was faster.
#[must_use]
pub fn stale() -> Refusal {
    Refusal::conflict("stale-pairs", "Somebody changed the pairs meanwhile; read them again and repeat your change.")
}

fn changed(
    tx: &mut Tx,
    deed: &Deed,
    consultation: Id,
    action: &str,
    detail: &serde_json::Value,
) -> Result<(), Refusal> {
    let revision = queries::revision(tx, consultation)?;
    queries::set_revision(tx, consultation, revision + 1)?;
    deed.record(tx, action, &consultation.to_string(), detail)?;
    Ok(())
}

fn figure(field: &str, typed: &str) -> Result<String, Problem> {
    let line = text::optional_line(field, typed)?;
    let length = line.chars().count();
    if length > FIGURE_MAX {
        let detail = format!("Shorten this to {FIGURE_MAX} characters; it has {length}.");
        return Err(Problem::new(field, "too-long", detail));
    }
    Ok(line)
}

/// A few words that stand out.
pub const FIGURE_MAX: usize = 60;

/// The keys of the named blocks in document order; `had` are keys that may be gone from the text.
fn keys(problems: &mut Problems, field: &str, names: &[String], blocks: &[Block], had: &[String]) -> Vec<String> {
    let known: HashMap<&str, usize> = blocks
        .iter()
        .enumerate()
        .flat_map(|(place, block)| [(block.number.as_str(), place), (block.key.as_str(), place)])
        .collect();
    let mut found: Vec<(usize, String)> = Vec::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let one = match known.get(name) {
            Some(place) => (*place, blocks[*place].key.clone()),
            None if had.iter().any(|key| key == name) => (usize::MAX, name.to_owned()),
            None => {
                let shown: String = name.chars().take(20).collect();
                problems.note(field, "unknown-block", format!("There is no passage {shown} in this text."));
                continue;
            }
        };
        if !found.contains(&one) {
            found.push(one);
        }
    }
    if found.is_empty() && names.iter().all(|name| name.trim().is_empty()) {
        problems.note(field, "no-passage", "Name at least one passage.");
    }
    found.sort();
    found.into_iter().map(|(_, key)| key).collect()
}
