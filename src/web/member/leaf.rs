//! The pages that a consultation's texts are read on: the draft, one part of a long draft, and two
//! texts side by side.

use std::sync::Arc;

use super::outside::current;
use super::parts::{self, Part};
use super::shelf::Edition;
use super::spread::Spread;
use crate::consultations::Consultation;
use crate::drafts::{self, Block, Kind, pair};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::house::House;
use crate::words::Language;

/// A page as an address asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Asked {
    Draft,
    /// A part of a long draft by its name, or by the number of a section.
    Section(String),
    Beside {
        part: Option<String>,
        /// Only the passages in which the texts differ.
        differing: bool,
    },
}

/// What the address leads to.
pub enum Found {
    Leaf(Leaf),
    /// The page has another address.
    Elsewhere(String),
    /// There is no draft to read yet.
    Nothing,
}

/// A page with its texts.
pub struct Leaf {
    /// The draft.
    pub edition: Arc<Edition>,
    pub kind: LeafKind,
    /// Whether there is a second text to read beside it.
    pub is_paired: bool,
}

pub enum LeafKind {
    /// All of a draft that fits one page; of a long one its contents and the first part.
    Draft,
    /// A further part of a long draft, from 1.
    Part(usize),
    Beside {
        spread: Arc<Spread>,
        /// Which part of it; 0 also where it is not divided.
        part: usize,
    },
}

impl Leaf {
    /// Finds the page that is asked for.
    ///
    /// # Errors
    /// No such page; the database fails.
    pub fn find(tx: &mut Tx, house: &House, of: &Consultation, asked: &Asked) -> Result<Found, Refusal> {
        let Some(edition) = current(tx, house, of)? else {
            return if *asked == Asked::Draft { Ok(Found::Nothing) } else { Err(Refusal::Unknown("page")) };
        };
        let revision = pair::revision(tx, of.id)?;
        let versions = if revision > 0 { pair::versions(tx, of.id)? } else { None };
        let is_paired = versions.is_some();
        let kind = match (asked, versions) {
            (Asked::Draft, _) => LeafKind::Draft,
            (Asked::Section(name), _) => match parts::called(&edition.parts, name) {
                Some(0) => return Ok(Found::Elsewhere(links::consultation(&of.slug))),
                Some(part) => LeafKind::Part(part),
                None => return edition.section_of_short(&of.slug, name),
            },
            (Asked::Beside { part, differing }, Some([_, (theirs, title)])) => {
                let theirs = house.shelf.edition(tx, theirs.document_id, theirs.number)?;
                let spread = house.shelf.spread(tx, of.id, revision, [&edition, &theirs], &title, *differing)?;
                let part = match part {
                    None => 0,
                    Some(name) => parts::called(&spread.parts, name).ok_or(Refusal::Unknown("page"))?,
                };
                LeafKind::Beside { spread, part }
            }
            (Asked::Beside { .. }, None) => return Err(Refusal::Unknown("page")),
        };
        Ok(Found::Leaf(Self { edition, kind, is_paired }))
    }

    /// A name of its own among the pages of a consultation.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.kind {
            LeafKind::Draft => "draft".to_owned(),
            LeafKind::Part(part) => format!("part {part}"),
            LeafKind::Beside { spread, part } => format!("beside {part} {}", spread.is_differing),
        }
    }

    /// What a kept page of it was made of.
    #[must_use]
    pub fn made_of(&self) -> String {
        let own = self.edition.version.id;
        match &self.kind {
            LeafKind::Draft | LeafKind::Part(_) => format!("{own} {}", self.is_paired),
            LeafKind::Beside { spread, .. } => format!("{own} {} {}", spread.theirs.version.id, spread.revision),
        }
    }

    /// The block, where it stands on this page; whether it is the employer's.
    #[must_use]
    pub fn shows(&self, document: Id, key: &str) -> Option<(&Edition, &Block, bool)> {
        let (edition, place, ours) = self.find_block(document, key)?;
        let is_here = match &self.kind {
            LeafKind::Draft => edition.parts.first().is_none_or(|part| part.units.contains(&place)),
            LeafKind::Part(part) => edition.parts.get(*part).is_some_and(|part| part.units.contains(&place)),
            LeafKind::Beside { spread, part } => spread.is_on(*part, place, ours),
        };
        is_here.then(|| (edition, &edition.blocks[place], !ours))
    }

    /// The block, on this page or another of the same texts.
    #[must_use]
    pub fn knows(&self, document: Id, key: &str) -> Option<(&Edition, &Block)> {
        let (edition, place, _) = self.find_block(document, key)?;
        Some((edition, &edition.blocks[place]))
    }

    /// The employer's document, where it stands on this page.
    #[must_use]
    pub fn theirs(&self) -> Option<Id> {
        match &self.kind {
            LeafKind::Beside { spread, .. } => Some(spread.theirs.version.document_id),
            LeafKind::Draft | LeafKind::Part(_) => None,
        }
    }

    /// Whether a block is among these units of the contents.
    #[must_use]
    pub fn is_in(&self, units: &std::ops::Range<usize>, document: Id, key: &str) -> bool {
        let Some((_, place, ours)) = self.find_block(document, key) else { return false };
        match &self.kind {
            LeafKind::Draft | LeafKind::Part(_) => units.contains(&place),
            LeafKind::Beside { spread, .. } => spread.row_of(place, ours).is_some_and(|row| units.contains(&row)),
        }
    }

    fn find_block(&self, document: Id, key: &str) -> Option<(&Edition, usize, bool)> {
        let ours = self.edition.version.document_id == document;
        let edition = match &self.kind {
            LeafKind::Beside { spread, .. } if !ours && spread.theirs.version.document_id == document => &spread.theirs,
            _ if ours => &self.edition,
            _ => return None,
        };
        Some((edition, edition.place(key)?, ours))
    }

    /// The parts that the contents list, where this page has one.
    #[must_use]
    pub fn contents(&self) -> &[Part] {
        match &self.kind {
            LeafKind::Draft => &self.edition.parts,
            LeafKind::Beside { spread, part: 0 } => &spread.parts,
            LeafKind::Part(_) | LeafKind::Beside { .. } => &[],
        }
    }

    /// Whether the two texts stand beside each other here.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        matches!(self.kind, LeafKind::Beside { .. })
    }
}

impl Edition {
    /// Where a section of a draft stands that is not divided.
    fn section_of_short(&self, slug: &str, number: &str) -> Result<Found, Refusal> {
        let block = self.blocks.iter().find(|block| block.number == number);
        let block = block.filter(|_| self.parts.is_empty()).ok_or(Refusal::Unknown("page"))?;
        Ok(Found::Elsewhere(self.address(slug, &block.key)))
    }

    /// The page and place of one of its blocks on the reading page; of a passage that is in it no
    /// more, the page alone.
    #[must_use]
    pub fn address(&self, slug: &str, key: &str) -> String {
        let Some(place) = self.place(key) else { return links::consultation(slug) };
        let part = self.parts.iter().position(|part| part.units.contains(&place));
        let page = match part {
            None | Some(0) => links::consultation(slug),
            Some(part) => links::section(slug, &self.parts[part].name),
        };
        format!("{page}#b-{key}")
    }
}

/// The page on which a passage is read today; of the employer's text, side by side with ours.
///
/// # Errors
/// When the database fails.
pub fn address(tx: &mut Tx, house: &House, of: &Consultation, edition: &Edition, key: &str) -> Result<String, Refusal> {
    if edition.kind != Kind::Comparison {
        return Ok(edition.address(&of.slug, key));
    }
    beside_address(tx, house, of, edition.version.document_id, key)
}

/// The place of a passage of either text where both stand side by side; the beginning, if it stands nowhere there.
///
/// # Errors
/// When the database fails.
pub fn beside_address(
    tx: &mut Tx,
    house: &House,
    of: &Consultation,
    document: Id,
    key: &str,
) -> Result<String, Refusal> {
    let asked = Asked::Beside { part: None, differing: false };
    let leaf = match Leaf::find(tx, house, of, &asked) {
        Ok(Found::Leaf(leaf)) => leaf,
        Err(Refusal::Fault(fault)) => return Err(fault.into()),
        _ => return Ok(links::consultation(&of.slug)),
    };
    let LeafKind::Beside { spread, .. } = &leaf.kind else { return Ok(links::beside(&of.slug)) };
    let ours = leaf.edition.version.document_id == document;
    let edition = if ours { &leaf.edition } else { &spread.theirs };
    let part =
        edition.place(key).and_then(|place| (0..spread.parts.len()).find(|part| spread.is_on(*part, place, ours)));
    Ok(match part {
        None | Some(0) => format!("{}#b-{key}", links::beside(&of.slug)),
        Some(part) => format!("{}#b-{key}", links::beside_part(&of.slug, &spread.parts[part].name)),
    })
}

/// A number as it is said where both texts may be meant: the employer's are named as such.
#[must_use]
pub fn cited(house: &House, language: Language, kind: Kind, number: &str) -> String {
    match kind {
        Kind::Comparison => house.words.say(language, "pairs-theirs-number", &[("number", number.into())]),
        Kind::Proposal | Kind::Supporting => number.to_owned(),
    }
}

/// The kind of the document that an edition is of.
///
/// # Errors
/// When the database fails.
pub fn kind_of(tx: &mut Tx, document: Id) -> Result<Kind, Refusal> {
    Ok(drafts::document::by_id(tx, document)?.kind)
}
