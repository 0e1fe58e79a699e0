//! Any two versions of a document beside each other: only what changed, with what surrounds it, in
//! parts that stay small however long the document is.

use std::ops::Range;
use std::sync::Arc;

use super::changes::{Sides, block_views, opening};
use super::house::House;
use super::member::Edition;
use super::view::{
    ChangeCount, ChangeRow, ComparePage, CompareRow, LeftRow, NumberLink, Page, SameRow, SectionRow, VersionNote,
};
use crate::consultations::Consultation;
use crate::drafts::comparison::{Row, rows, sections};
use crate::drafts::{Change, Link, Version, change};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::words::Language;

/// Most changes in one part, and most letters of their words.
const CHANGES: usize = 30;
const LETTERS: usize = 24_000;
/// Most letters of unchanged passages that are folded into a part; for others there is a link.
const FOLDED: usize = 12_000;

/// Two versions with what became of every passage.
pub struct Comparison {
    pub before: Arc<Edition>,
    pub after: Arc<Edition>,
    pub links: Vec<Link>,
}

/// Where things are, for whoever reads: members and the public, or the desks.
pub struct Ways<'a> {
    /// A passage of a version, by its key.
    pub passage: &'a dyn Fn(i32, &str) -> String,
    /// A part of this comparison, from 1.
    pub part: &'a dyn Fn(usize) -> String,
}

impl Comparison {
    /// # Errors
    /// No such version; the database fails.
    pub fn read(tx: &mut Tx, house: &House, document: Id, from: i32, to: i32) -> Result<Self, Refusal> {
        let (before, after) = (house.shelf.edition(tx, document, from)?, house.shelf.edition(tx, document, to)?);
        let links = change::between(tx, document, from, to)?;
        Ok(Self { before, after, links })
    }

    /// Part `part` (from 1; one that is not there is the nearest) as a page.
    #[must_use]
    pub fn page(&self, page: Page, part: usize, ways: &Ways) -> ComparePage {
        let rows = self.rows();
        let parts = parts(&rows);
        let part = part.clamp(1, parts.len().max(1));
        let shown = parts.get(part - 1).cloned().unwrap_or(0..0);
        let drawn = Drawn { of: self, rows: &rows, parts: &parts, part, ways };
        let changes = rows.iter().filter(|line| line.row.is_change()).count();
        let in_part = rows[shown.clone()].iter().filter(|line| line.row.is_change()).count();
        let before = rows[..shown.start].iter().filter(|line| line.row.is_change()).count();
        ComparePage {
            page,
            from: self.before.version.number,
            to: self.after.version.number,
            counts: counts(&self.links),
            changes,
            first: if in_part == 0 { 0 } else { before + 1 },
            last: before + in_part,
            rows: drawn.rows(shown),
            previous_url: (part > 1).then(|| (ways.part)(part - 1)),
            next_url: (part < parts.len()).then(|| (ways.part)(part + 1)),
            ..ComparePage::default()
        }
    }

    fn rows(&self) -> Vec<Line> {
        let of_after = sections(&self.after.blocks);
        let mut place = 0;
        let mut under = None;
        let line = |row: Row| {
            match &row {
                Row::Same(run) => under = run.end.checked_sub(1).and_then(|last| of_after[last]),
                Row::Changed { to, .. } => under = to.first().map_or(under, |first| of_after[*first]),
                Row::Left { .. } => {}
            }
            place += usize::from(row.is_change());
            Line { place, section: under, letters: self.letters(&row), row }
        };
        rows(&self.before.blocks, &self.after.blocks, &self.links).into_iter().map(line).collect()
    }

    fn letters(&self, row: &Row) -> usize {
        let sum = |blocks: &[crate::drafts::Block], places: &[usize]| -> usize {
            places.iter().map(|place| blocks[*place].text.len()).sum()
        };
        match row {
            Row::Changed { from, to, .. } => sum(&self.before.blocks, from) + sum(&self.after.blocks, to),
            Row::Same(_) | Row::Left { .. } => 0,
        }
    }
}

/// A row with its place among the changes and the heading it stands under.
struct Line {
    row: Row,
    place: usize,
    section: Option<usize>,
    letters: usize,
}

/// The parts of a comparison; each has a change, but for a comparison without any.
fn parts(rows: &[Line]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut changes, mut letters) = (0, 0, 0);
    for (place, line) in rows.iter().enumerate() {
        let full = changes >= CHANGES || (changes > 0 && letters + line.letters > LETTERS);
        if line.row.is_change() && full {
            parts.push(start..place);
            (start, changes, letters) = (place, 0, 0);
        }
        changes += usize::from(line.row.is_change());
        letters += line.letters;
    }
    if start < rows.len() {
        parts.push(start..rows.len());
    }
    parts
}

struct Drawn<'a> {
    of: &'a Comparison,
    rows: &'a [Line],
    parts: &'a [Range<usize>],
    part: usize,
    ways: &'a Ways<'a>,
}

impl Drawn<'_> {
    fn rows(&self, shown: Range<usize>) -> Vec<CompareRow> {
        let (before, after) = (&self.of.before, &self.of.after);
        let before_url = |key: &str| (self.ways.passage)(before.version.number, key);
        let after_url = |key: &str| (self.ways.passage)(after.version.number, key);
        let sides =
            Sides { before: &before.blocks, after: &after.blocks, before_url: &before_url, after_url: &after_url };
        let changes = self.rows.iter().filter(|line| line.row.is_change()).count();
        let mut room = FOLDED;
        let mut under: Option<Option<usize>> = None;
        let mut drawn = Vec::new();
        for line in &self.rows[shown] {
            if !matches!(line.row, Row::Same(_)) && under != Some(line.section) {
                under = Some(line.section);
                drawn.push(CompareRow { section: Some(self.section(line.section)), ..CompareRow::default() });
            }
            drawn.push(match &line.row {
                Row::Same(run) => {
                    CompareRow { same: Some(self.same(run, &mut room, &after_url)), ..CompareRow::default() }
                }
                Row::Left { from, to } => CompareRow { left: Some(self.left(*from, *to)), ..CompareRow::default() },
                Row::Changed { change, from, to } => {
                    let row = ChangeRow {
                        what: sides.change(line.place, *change, from, to),
                        left_url: from.first().filter(|_| *change == Change::Moved).map(|from| {
                            let there = |line: &Line| matches!(line.row, Row::Left { from: left, .. } if left == *from);
                            self.way_to(there, &format!("l-{from}"))
                        }),
                        previous_url: (line.place > 1).then(|| self.way_to_change(line.place - 1)),
                        next_url: (line.place < changes).then(|| self.way_to_change(line.place + 1)),
                    };
                    CompareRow { change: Some(row), ..CompareRow::default() }
                }
            });
        }
        drawn
    }

    fn section(&self, heading: Option<usize>) -> SectionRow {
        heading.map_or_else(SectionRow::default, |place| {
            let block = &self.of.after.blocks[place];
            SectionRow { number: block.number.clone(), text: opening(&block.text) }
        })
    }

    fn same(&self, run: &Range<usize>, room: &mut usize, url: &dyn Fn(&str) -> String) -> SameRow {
        let blocks = &self.of.after.blocks[run.clone()];
        let letters: usize = blocks.iter().map(|block| block.html.len() + 120).sum();
        let fits = letters <= *room;
        if fits {
            *room -= letters;
        }
        SameRow {
            count: blocks.len(),
            blocks: if fits { block_views(blocks) } else { Vec::new() },
            url: blocks.first().map(|block| url(&block.key)).unwrap_or_default(),
        }
    }

    fn left(&self, from: usize, to: usize) -> LeftRow {
        let there =
            |line: &Line| matches!(&line.row, Row::Changed { change: Change::Moved, to: now, .. } if now.contains(&to));
        let place = self.rows.iter().find(|line| there(line)).map_or(0, |line| line.place);
        let (left, moved) = (&self.of.before.blocks[from], &self.of.after.blocks[to]);
        LeftRow {
            anchor: format!("l-{from}"),
            from: left.number.clone(),
            to: NumberLink { number: moved.number.clone(), url: self.way_to(there, &format!("c-{place}")) },
            opening: opening(&left.text),
        }
    }

    fn way_to_change(&self, place: usize) -> String {
        self.way_to(|line| line.row.is_change() && line.place == place, &format!("c-{place}"))
    }

    /// On this page, or on the page of another part.
    fn way_to(&self, is_there: impl Fn(&Line) -> bool, anchor: &str) -> String {
        let there = self.rows.iter().position(is_there).unwrap_or_default();
        let part = self.parts.iter().position(|part| part.contains(&there)).map_or(1, |part| part + 1);
        if part == self.part { format!("#{anchor}") } else { format!("{}#{anchor}", (self.ways.part)(part)) }
    }
}

/// How many passages met each fate.
#[must_use]
pub fn counts(links: &[Link]) -> Vec<ChangeCount> {
    let count = |change: &Change| ChangeCount {
        change: change.as_str(),
        count: links.iter().filter(|link| link.change == *change).count(),
    };
    Change::ALL.iter().map(count).filter(|one| one.count > 0).collect()
}

/// A version by its number, with what its organiser said of it.
#[must_use]
pub fn version_note(
    house: &House,
    language: Language,
    of: &Consultation,
    version: &Version,
    read_url: String,
    current: i32,
) -> VersionNote {
    VersionNote {
        number: version.number,
        note: version.note.clone(),
        published_words: version.published_at.map(|at| house.words.date_words(language, of.day_of(at))),
        read_url,
        current: version.number == current,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(row: Row, letters: usize) -> Line {
        Line { row, place: 0, section: None, letters }
    }

    #[test]
    fn every_row_is_in_one_part_and_each_part_has_a_change() {
        let changed = || Row::Changed { change: Change::Added, from: Vec::new(), to: vec![0] };
        for letters in [10, 1_000, 30_000] {
            let rows: Vec<Line> = (0..200)
                .map(
                    |place| {
                        if place % 2 == 0 { line(Row::Same(place..place + 1), 0) } else { line(changed(), letters) }
                    },
                )
                .collect();
            let parts = parts(&rows);
            assert!(parts.len() >= 4, "{}", parts.len());
            let covered: Vec<usize> = parts.iter().flat_map(Clone::clone).collect();
            assert_eq!(covered, (0..200).collect::<Vec<_>>());
            for part in &parts {
                let changes = rows[part.clone()].iter().filter(|line| line.row.is_change()).count();
                assert!((1..=CHANGES).contains(&changes) && (changes == 1 || changes * letters <= LETTERS));
            }
        }
        assert!(parts(&[]).is_empty());
        assert_eq!(parts(&[line(Row::Same(0..9), 0)]).len(), 1);
    }
}
