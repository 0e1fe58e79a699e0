//! A member list inside a form: what was submitted, how it is understood, and the part of a page that
//! shows both. Nothing is kept between two requests: a workbook comes back as text in the form, with
//! the rows in their places, so that it can be corrected there.
//!
//! A page that has the list in it: reads the form as an [`Upload`], makes a [`Submitted`] of it, lets
//! it be understood in a read of the store, and shows [`Understood::part`] with
//! `{% include "parts/member_list.html" %}`. It writes with [`Understood::apply`], and only what
//! [`Understood::is_as_seen`].

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::audit::Deed;
use crate::consultations;
use crate::people::import::{self, COLUMNS_MAX, Column, ImportMode, Mapping, Outcome, Preview, Table};
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::text::Problem;
use crate::web::house::House;
use crate::web::upload::{Fields, Upload};
use crate::web::view::{ListColumn, ListPreview, ListRejected, ListRow, ListTeam, MemberListPart};

/// The list as it was sent, with what the person decided about it.
#[derive(Debug, Clone, Default)]
pub struct Submitted {
    text: String,
    file: Option<Vec<u8>>,
    sheet: String,
    /// Which headings `columns` were chosen for.
    columns_of: String,
    columns: Vec<Option<Column>>,
    team_names: Vec<(String, String)>,
    seen: String,
}

/// The list as it is understood.
#[derive(Debug, Default)]
pub struct Understood {
    list: String,
    sheet: String,
    read: Option<(Table, Mapping)>,
    preview: Option<Preview>,
    /// What must be mended; the fields are those of the part.
    pub problems: Vec<Problem>,
    seen: String,
}

impl Submitted {
    /// What the fields of the part say. A file goes before the text.
    #[must_use]
    pub fn of<T>(form: &Upload<T>) -> Self {
        let said = |name: &str| form.fields.get(name).unwrap_or_default().to_owned();
        let file = form.file("list_file").map(|file| file.bytes.to_vec());
        let chosen = |place: usize| form.fields.get(&format!("column_{place}"));
        Self {
            text: said("list"),
            file,
            sheet: said("sheet").trim().to_owned(),
            columns_of: said("columns_of"),
            columns: (0..COLUMNS_MAX).map_while(chosen).map(Column::from_value).collect(),
            team_names: team_names(&form.fields),
            seen: said("seen"),
        }
    }

    /// Whether neither text nor a file came.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.file.is_none() && self.text.trim().is_empty()
    }

    /// Reads the list and says what would come of it now. Takes as long as the list is large: up to
    /// seconds, so it belongs into a read of the store.
    ///
    /// # Errors
    /// When the database fails; what is wrong with the list is among the problems.
    pub fn understand(self, tx: &mut Tx) -> Result<Understood, Refusal> {
        let mut found = Understood { list: self.text, sheet: self.sheet, seen: self.seen, ..Understood::default() };
        let bytes = self.file.as_deref().unwrap_or(found.list.as_bytes());
        let table = match import::read(bytes, Some(&found.sheet)) {
            Ok(table) => table,
            Err(Refusal::Invalid(problems)) => {
                let field = if self.file.is_some() { "list_file" } else { "list" };
                found.problems =
                    problems.into_iter().map(|problem| Problem { field: field.to_owned(), ..problem }).collect();
                return Ok(found);
            }
            Err(other) => return Err(other),
        };
        found.list.clone_from(&table.text);
        let mut mapping = import::guess(&table);
        if self.file.is_none() {
            // Chosen for these very headings; decisions about teams stand by their names.
            if self.columns_of == columns_of(&mapping) && self.columns.len() == mapping.columns.len() {
                mapping.columns = self.columns;
            }
            mapping.team_names = self.team_names;
        }
        found.problems = unfit(&mapping);
        if found.problems.is_empty() {
            found.preview = Some(import::preview(tx, &table, &mapping)?);
        }
        found.read = Some((table, mapping));
        Ok(found)
    }
}

impl Understood {
    /// The part of the page.
    #[must_use]
    pub fn part(&self) -> MemberListPart {
        let mut part =
            MemberListPart { list: self.list.clone(), sheet: self.sheet.clone(), ..MemberListPart::default() };
        let Some((table, mapping)) = &self.read else { return part };
        part.meanings = Column::ALL.iter().map(|column| column.as_str()).collect();
        part.columns_of = columns_of(mapping);
        part.columns = mapping
            .headings
            .iter()
            .zip(&mapping.columns)
            .enumerate()
            .map(|(place, (heading, column))| ListColumn {
                heading: heading.clone(),
                examples: mapping.examples(table, place, 3).join(", ").chars().take(80).collect(),
                meaning: column.map_or("", Column::as_str),
            })
            .collect();
        if let Some(preview) = &self.preview {
            part.teams = preview.suspicions.iter().take(SHOWN).map(team).collect();
            part.preview = Some(shown(preview));
            part.seen = self.fingerprint();
        }
        part
    }

    /// Whether the person has seen these very numbers for this very list.
    #[must_use]
    pub fn is_as_seen(&self) -> bool {
        self.preview.is_some() && self.seen == self.fingerprint()
    }

    /// The preview, once the columns fit.
    #[must_use]
    pub fn preview(&self) -> Option<&Preview> {
        self.preview.as_ref()
    }

    /// Writes what is in order, in chunks; members with another address get new links.
    ///
    /// # Errors
    /// When there is no list that fits; as `import::apply`.
    pub async fn apply(self, house: &House, deed: &Deed) -> Result<Outcome, Refusal> {
        let Some((table, mapping)) = self.read else { return Err(Refusal::Invalid(self.problems)) };
        let keys = house.keys.clone();
        let mode = ImportMode { dry_run: false, accept_valid: true };
        import::apply(&house.store, deed, table, mapping, mode, move |tx, moved| {
            Ok(moved.iter().try_for_each(|member| consultations::renew(tx, &keys, *member))?)
        })
        .await
    }

    fn fingerprint(&self) -> String {
        let Some(((_, mapping), preview)) = self.read.as_ref().zip(self.preview.as_ref()) else { return String::new() };
        let mut digest = Sha256::new();
        // A browser sends line breaks in its own way.
        for line in self.list.lines() {
            digest.update(line.trim_end_matches('\r'));
            digest.update("\n");
        }
        let outcome = &preview.outcome;
        let counts =
            [outcome.created, outcome.updated, outcome.unchanged, outcome.rejected.len(), outcome.teams_created.len()];
        digest.update(format!("{:?} {:?} {counts:?}", mapping.columns, mapping.team_names));
        URL_SAFE_NO_PAD.encode(digest.finalize().get(..15).unwrap_or_default())
    }
}

/// Rows of each table at most.
const SHOWN: usize = 50;

/// What was decided about doubtful teams.
fn team_names(fields: &Fields) -> Vec<(String, String)> {
    let mut decided = Vec::new();
    for place in 0..SHOWN {
        let named = |part: &str| fields.get(&format!("team_{place}{part}"));
        if let (Some(typed), Some(meant)) = (named("_typed"), named("_meant")) {
            match named("") {
                Some("same") => decided.push((typed.to_owned(), meant.to_owned())),
                Some("own") => decided.push((typed.to_owned(), typed.to_owned())),
                _ => {}
            }
        }
    }
    decided
}

fn columns_of(mapping: &Mapping) -> String {
    let digest = Sha256::digest(mapping.headings.join("\n"));
    URL_SAFE_NO_PAD.encode(digest.get(..9).unwrap_or_default())
}

fn unfit(mapping: &Mapping) -> Vec<Problem> {
    let mut problems = Vec::new();
    for column in mapping.twice() {
        let second = mapping.columns.iter().enumerate().filter(|(_, there)| **there == Some(column)).nth(1);
        let field = format!("column_{}", second.map_or(0, |(place, _)| place));
        problems.push(Problem::new(
            field,
            "meant-twice",
            "Two columns mean the same. Choose one of them, and leave the other out.",
        ));
    }
    for column in mapping.missing() {
        let code = match column {
            Column::Email => "no-email-column",
            Column::Name => "no-name-column",
            _ => "no-team-column",
        };
        problems.push(Problem::new("column_0", code, format!("Choose which column is the {column}.")));
    }
    problems
}

fn team(suspicion: &import::Suspicion) -> ListTeam {
    let decided = match &suspicion.decided {
        None => "",
        Some(decided) if *decided == suspicion.typed => "own",
        Some(_) => "same",
    };
    ListTeam {
        typed: suspicion.typed.clone(),
        rows: suspicion.rows,
        meant: suspicion.meant.clone(),
        meant_rows: suspicion.meant_rows,
        is_known: suspicion.is_known,
        decided,
    }
}

fn shown(preview: &Preview) -> ListPreview {
    let outcome = &preview.outcome;
    let is_doubtful = |fault: &import::Rejected| {
        let is_it =
            |doubt: &import::Suspicion| doubt.decided.is_none() && doubt.typed.eq_ignore_ascii_case(&fault.value);
        fault.column == Column::Team.as_str() && preview.suspicions.iter().take(SHOWN).any(is_it)
    };
    let rejected = outcome.rejected.iter().take(SHOWN).map(|fault| ListRejected {
        line: fault.line,
        column: fault.column.clone(),
        value: fault.value.chars().take(80).collect(),
        reason: if is_doubtful(fault) { String::new() } else { fault.reason.clone() },
    });
    let first = preview.first.iter().map(|row| ListRow {
        line: row.line,
        name: row.name.clone(),
        email: row.email.clone().unwrap_or_default(),
        team: row.team.clone(),
    });
    ListPreview {
        taken: preview.taken(),
        created: outcome.created,
        updated: outcome.updated,
        unchanged: outcome.unchanged,
        left_out: preview.left_out(),
        rejected: rejected.collect(),
        rejected_more: outcome.rejected.len().saturating_sub(SHOWN),
        teams_created: outcome.teams_created.iter().take(SHOWN).cloned().collect(),
        teams_created_count: outcome.teams_created.len(),
        notes: outcome.notes.clone(),
        first: first.collect(),
    }
}
