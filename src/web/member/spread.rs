//! Two texts side by side, as they stand on the shelf: the proposal and the employer's text in rows.

use std::sync::Arc;

use super::frame::{bare_page, contact, member_here};
use super::leaf::Leaf;
use super::parts::{self, AROUND, Part, Unit};
use super::sheet::{STOP_GAP, Sheet, contents_view, turn};
use super::shelf::Edition;
use crate::consultations::Consultation;
use crate::drafts::pair::{self, Pair, Row};
use crate::drafts::{Block, BlockKind};
use crate::links;
use crate::render::RenderFault;
use crate::web::house::House;
use crate::web::view::{BesideBlock, BesidePage, BesideRow, BlockView, Page};
use crate::words::Language;

/// Both texts with their rows, made when first asked for.
pub struct Spread {
    pub ours: Arc<Edition>,
    pub theirs: Arc<Edition>,
    /// The employer's own title of it.
    pub theirs_title: String,
    pub pairs: Vec<Pair>,
    pub rows: Vec<Row>,
    /// The pages of a long one.
    pub parts: Vec<Part>,
    /// Whether rows in which both say the same are left out.
    pub is_differing: bool,
    pub revision: i32,
    /// By the place of a block of ours, of theirs: its row.
    our_rows: Vec<Option<usize>>,
    their_rows: Vec<Option<usize>>,
}

impl Spread {
    #[must_use]
    pub fn new(
        [ours, theirs]: [Arc<Edition>; 2],
        theirs_title: String,
        pairs: Vec<Pair>,
        is_differing: bool,
        revision: i32,
    ) -> Self {
        let mut rows = pair::rows(&ours.blocks, &theirs.blocks, &pairs);
        if is_differing {
            rows.retain(|row| differs(row, &ours.blocks, &theirs.blocks));
        }
        let top = top_level(&ours.blocks);
        let units: Vec<Unit> = rows.iter().map(|row| unit(row, &ours.blocks, &theirs.blocks, top)).collect();
        let mut our_rows = vec![None; ours.blocks.len()];
        let mut their_rows = vec![None; theirs.blocks.len()];
        for (place, row) in rows.iter().enumerate() {
            row.ours.iter().for_each(|block| our_rows[*block] = Some(place));
            row.theirs.iter().for_each(|block| their_rows[*block] = Some(place));
        }
        let parts = parts::divide(&units, parts::LONG_PAIR);
        Self { ours, theirs, theirs_title, pairs, rows, parts, is_differing, revision, our_rows, their_rows }
    }

    /// Whether a block is on a part, by its place in ours or in theirs.
    #[must_use]
    pub fn is_on(&self, part: usize, block: usize, ours: bool) -> bool {
        let row = self.row_of(block, ours);
        row.is_some_and(|row| self.parts.get(part).map_or(part == 0, |part| part.units.contains(&row)))
    }

    /// The row of a block, by its place in ours or in theirs; none where it is left out.
    #[must_use]
    pub fn row_of(&self, block: usize, ours: bool) -> Option<usize> {
        let rows = if ours { &self.our_rows } else { &self.their_rows };
        rows.get(block).copied().flatten()
    }

    /// Renders one part of it.
    ///
    /// # Errors
    /// When a template does not fit.
    pub fn render(
        &self,
        house: &House,
        language: Language,
        consultation: &Consultation,
        (leaf, part): (&Leaf, usize),
        for_members: bool,
    ) -> Result<Sheet, RenderFault> {
        let slug = &consultation.slug;
        let rows = self.parts.get(part).map_or(0..self.rows.len(), |part| part.units.clone());
        let address = |place: usize| match (place, self.is_differing) {
            (0, differing) => links::beside_where(slug, None, differing),
            (place, differing) => links::beside_where(slug, Some(&self.parts[place].name), differing),
        };
        let view = BesidePage {
            page: Page {
                contact: contact(consultation),
                member: for_members.then(|| member_here(house, slug)),
                stop_url: for_members.then(|| STOP_GAP.to_owned()),
                ..bare_page()
            },
            title: consultation.title.clone(),
            theirs_title: self.theirs_title.clone(),
            ours_version: self.ours.version.number,
            theirs_version: self.theirs.version.number,
            back_url: links::consultation(slug),
            all_url: links::beside(slug),
            differing_url: links::beside_where(slug, None, true),
            is_differing: self.is_differing,
            contents: contents_view(leaf.contents(), address),
            turn: turn(house, language, &self.parts, part, address),
            rows: self.rows[rows].iter().map(|row| self.row(row)).collect(),
        };
        let html = house.renderer.render("member/side_by_side.html", language, &view)?;
        let of = if for_members { vec![(&*self.ours, false), (&*self.theirs, true)] } else { Vec::new() };
        Sheet::of(house, language, slug, &html, &of, true)
    }

    fn row(&self, row: &Row) -> BesideRow {
        let pair = row.pair.and_then(|pair| self.pairs.get(pair));
        let figures = pair.filter(|pair| !pair.ours_figure.is_empty() || !pair.theirs_figure.is_empty());
        let side = |places: &[usize], blocks: &[Block]| -> Vec<BesideBlock> {
            let mut views: Vec<BlockView> = places.iter().map(|place| BlockView::of(&blocks[*place])).collect();
            BlockView::join_lists(&mut views);
            views
        };
        let (ours, theirs) = (side(&row.ours, &self.ours.blocks), side(&row.theirs, &self.theirs.blocks));
        let heading = |blocks: &[BesideBlock]| blocks.iter().all(|block| block.kind == "heading");
        BesideRow {
            is_heading: heading(&ours) && heading(&theirs),
            is_gone: pair.is_some() && (ours.is_empty() || theirs.is_empty()),
            ours_figure: figures.map(|pair| pair.ours_figure.clone()).unwrap_or_default(),
            theirs_figure: figures.map(|pair| pair.theirs_figure.clone()).unwrap_or_default(),
            ours,
            theirs,
        }
    }
}

/// The level of the headings that are sections.
pub fn top_level(blocks: &[Block]) -> Option<i32> {
    blocks.iter().filter(|block| block.kind == BlockKind::Heading).map(|block| block.level).min()
}

fn unit(row: &Row, ours: &[Block], theirs: &[Block], top: Option<i32>) -> Unit {
    let mut all = row.ours.iter().map(|place| &ours[*place]).chain(row.theirs.iter().map(|place| &theirs[*place]));
    let first = row.ours.first().map(|place| &ours[*place]);
    let key = all.clone().next().map(|block| block.key.clone()).unwrap_or_default();
    let opens = first.filter(|block| block.kind == BlockKind::Heading && Some(block.level) == top);
    Unit {
        weight: AROUND + all.clone().map(|block| block.html.len() + AROUND).sum::<usize>(),
        key,
        opens: opens.map(|block| (block.number.clone(), block.text.clone())),
        is_heading: all.all(|block| block.kind == BlockKind::Heading),
    }
}

/// Whether the texts say different things here: not the same words in the same order.
fn differs(row: &Row, ours: &[Block], theirs: &[Block]) -> bool {
    let words = |places: &[usize], blocks: &[Block]| -> Vec<String> {
        let texts = places.iter().map(|place| blocks[*place].text.to_lowercase());
        let words = texts
            .flat_map(|text| text.split(|sign: char| !sign.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>());
        words.filter(|word| !word.is_empty()).collect()
    };
    row.ours.is_empty() || row.theirs.is_empty() || words(&row.ours, ours) != words(&row.theirs, theirs)
}
