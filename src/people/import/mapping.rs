//! What each column of a list means, guessed and corrected, and which team names mean another team.

use std::collections::{BTreeMap, HashSet};

use super::heads::{self, Column};
use super::reading::{Reading, read_lines};
use super::table::{Line, Table, refused};
use crate::people::team::fold;
use crate::refusal::Refusal;

/// How a [`Table`] is understood. [`guess`] makes one; what a person corrects is put into `columns`
/// and `team_names`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The headings as they are, or `Column A`, `Column B` … where a column (or the list) has none.
    pub headings: Vec<String>,
    /// What each column means; none to leave it out. As long as `headings`.
    pub columns: Vec<Option<Column>>,
    /// How many rows of the table stand above the first member.
    pub above: usize,
    /// Decisions about team names: the name as it is in the list (in any case), and the team that is
    /// meant; the same name twice says that it is a team of its own.
    pub team_names: Vec<(String, String)>,
}

impl Mapping {
    /// The rows of members.
    #[must_use]
    pub fn lines<'t>(&self, table: &'t Table) -> &'t [Line] {
        table.lines.get(self.above..).unwrap_or_default()
    }

    /// The first values of a column that are not blank, at most `most`.
    #[must_use]
    pub fn examples<'t>(&self, table: &'t Table, column: usize, most: usize) -> Vec<&'t str> {
        let cells = self.lines(table).iter().filter_map(|line| line.cells.get(column));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).take(most).collect()
    }

    /// The meanings that a list needs and this one has not: address, name, team.
    #[must_use]
    pub fn missing(&self) -> Vec<Column> {
        let has = |any: &[Column]| self.columns.iter().flatten().any(|column| any.contains(column));
        [
            (Column::Email, &[Column::Email][..]),
            (Column::Name, &[Column::Name, Column::FirstName, Column::Surname]),
            (Column::Team, &[Column::Team, Column::Service]),
        ]
        .into_iter()
        .filter(|(_, any)| !has(any))
        .map(|(column, _)| column)
        .collect()
    }

    /// The meanings that two columns have; only services may be several.
    #[must_use]
    pub fn twice(&self) -> Vec<Column> {
        let times = |column: Column| self.columns.iter().filter(|there| **there == Some(column)).count();
        Column::ALL.iter().copied().filter(|column| *column != Column::Service && times(*column) > 1).collect()
    }

    /// # Errors
    /// Field `file`: a needed column is missing, or one is there twice; the sentence lists the headings.
    pub fn check(&self) -> Result<(), Refusal> {
        let found = self.headings.join(", ");
        if let Some(column) = self.twice().first() {
            return Err(refused(
                "column-twice",
                format!("Name the column {column} once; the first line has: {found}."),
            ));
        }
        if let Some(column) = self.missing().first() {
            let detail = format!("There is no column {column}. Name it in the first line, which has: {found}.");
            return Err(refused("no-column", detail));
        }
        Ok(())
    }

    /// Understands the rows.
    #[must_use]
    pub fn reading(&self, table: &Table) -> Reading {
        let mut reading = Reading { notes: table.notes.clone(), ..Reading::default() };
        for (heading, _) in self.headings.iter().zip(&self.columns).filter(|(_, column)| column.is_none()) {
            reading.notes.push(format!("The column “{heading}” is not used."));
        }
        read_lines(&self.columns, self.lines(table), &mut reading);
        reading
    }

    /// The team that a person decided for this name, if she did.
    pub(super) fn decided(&self) -> BTreeMap<String, &str> {
        self.team_names.iter().map(|(typed, meant)| (fold(typed.trim()), meant.trim())).collect()
    }
}

/// Guesses what the columns mean from the headings (wherever above the members they stand) and,
/// where these say nothing, from what is below them: a column full of @ is the address. Of a list
/// without headings, the column whose values recur most is the team.
#[must_use]
pub fn guess(table: &Table) -> Mapping {
    let place = heads::place(table.lines.iter().map(|line| line.cells.as_slice()));
    let at = |line: Option<&Line>| line.is_some_and(|line| line.cells.iter().any(|cell| is_address(cell)));
    // Headings that nobody knows are still headings; a first row with an address is a member.
    let header = place.map(|found| found.index).or_else(|| (!at(table.lines.first())).then_some(0));
    let heading_cells = header.and_then(|index| table.lines.get(index)).map(|line| line.cells.as_slice());
    let above = header.map_or(0, |index| index + 1);
    let below = table.lines.get(above..).unwrap_or_default();
    let width = heading_cells.map_or_else(|| below.first().map_or(0, |line| line.cells.len()), <[String]>::len);
    let named: Vec<&str> = (0..width)
        .map(|column| heading_cells.and_then(|cells| cells.get(column)).map_or("", |cell| cell.trim()))
        .collect();
    let mut columns: Vec<Option<Column>> = named.iter().map(|name| heads::named(name)).collect();
    for (place, name) in named.iter().enumerate() {
        let is_free = columns.get(place) == Some(&None);
        if let Some(hint) = heads::hinted(name).filter(|hint| is_free && !means(&columns, *hint))
            && (hint != Column::Email || is_mostly_addresses(below, place))
        {
            set(&mut columns, place, hint);
        }
    }
    if !means(&columns, Column::Email)
        && let Some(place) =
            (0..width).find(|place| columns.get(*place) == Some(&None) && is_mostly_addresses(below, *place))
    {
        set(&mut columns, place, Column::Email);
    }
    if header.is_none() {
        guess_without_headings(&mut columns, below);
    }
    let columns = widened(columns, below, heading_cells.is_none());
    let headings = (0..columns.len()).map(|place| match named.get(place) {
        Some(name) if !name.is_empty() => (*name).to_owned(),
        _ => format!("Column {}", letters(place)),
    });
    Mapping { headings: headings.collect(), columns, above, team_names: Vec::new() }
}

/// Without headings, the widest row says how many columns there are.
fn widened(mut columns: Vec<Option<Column>>, below: &[Line], widen: bool) -> Vec<Option<Column>> {
    if widen {
        let widest = below.iter().map(|line| line.cells.len()).max().unwrap_or_default();
        columns.resize(widest.max(columns.len()), None);
    }
    columns
}

fn guess_without_headings(columns: &mut [Option<Column>], below: &[Line]) {
    let values = |place: usize| {
        below.iter().take(LOOKED_AT).filter_map(move |line| line.cells.get(place)).map(|cell| cell.trim())
    };
    let mut words: Vec<(usize, usize)> = (0..columns.len())
        .filter(|place| columns.get(*place) == Some(&None))
        .filter(|place| values(*place).any(|value| value.chars().filter(|sign| sign.is_alphabetic()).count() > 1))
        .map(|place| (place, values(place).map(fold).collect::<HashSet<_>>().len()))
        .collect();
    words.sort_by_key(|(place, different)| (*different, usize::MAX - place));
    if let [(team, _), rest @ ..] = words.as_slice() {
        set(columns, *team, Column::Team);
        if let Some((name, _)) = rest.iter().min_by_key(|(place, _)| *place) {
            set(columns, *name, Column::Name);
        }
    }
}

fn set(columns: &mut [Option<Column>], place: usize, meaning: Column) {
    if let Some(column) = columns.get_mut(place) {
        *column = Some(meaning);
    }
}

fn means(columns: &[Option<Column>], meaning: Column) -> bool {
    columns.contains(&Some(meaning))
}

/// Rows looked at to learn what a column is.
const LOOKED_AT: usize = 200;

fn is_address(cell: &str) -> bool {
    crate::text::email("email", cell).is_ok()
}

fn is_mostly_addresses(below: &[Line], place: usize) -> bool {
    let mut filled = 0;
    let mut addresses = 0;
    for cell in below.iter().take(LOOKED_AT).filter_map(|line| line.cells.get(place)) {
        filled += usize::from(!cell.trim().is_empty());
        addresses += usize::from(is_address(cell));
    }
    addresses > 0 && 2 * addresses > filled
}

/// A, B, … Z, AA, as spreadsheets name columns.
fn letters(place: usize) -> String {
    let mut name = String::new();
    let mut left = place + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        name.insert(0, char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    name
}
