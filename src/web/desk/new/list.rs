//! The member list on the set-up page: read, understood, and what would come of it.

use crate::consultations::Teams;
use crate::ids::Id;
use crate::people::Team;
use crate::people::import::{self, Mapping, Preview, Table};
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::text::Problem;
use crate::web::desk::typed::{Typed, file_of};
use crate::web::desk::whom;
use crate::web::upload::Uploaded;
use crate::web::view::{ListPart, RefusedRow, Slip};

/// The textarea of the list, in which a file's cells come back as text.
pub(super) const FIELD: &str = "list";

/// A list that may be empty, and what is known of it.
#[derive(Debug, Clone, Default)]
pub(super) struct List {
    pub part: ListPart,
    found: Option<(Table, Mapping)>,
    preview: Preview,
    problems: Vec<Problem>,
}

impl List {
    /// Reads the chosen file, or else what was pasted.
    pub fn read(typed: &mut Typed, files: &[Uploaded]) -> Self {
        let bytes = match file_of(files, "list_file") {
            Some((_, bytes)) => bytes.to_vec(),
            None => typed.get(FIELD).as_bytes().to_vec(),
        };
        let mut list = Self::default();
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return list;
        }
        match import::read(&bytes, None) {
            Ok(table) => {
                typed.set(FIELD, table.text.clone());
                let mut mapping = import::guess(&table);
                let slips = typed.all("slip");
                let decided =
                    (0..).zip(&slips).map(|(n, slip)| (slip.clone(), typed.get(&format!("slip-{n}")).to_owned()));
                mapping.team_names = decided.filter(|(_, meant)| !meant.is_empty()).collect();
                list.found = Some((table, mapping));
            }
            Err(refusal) => list.problems = problems_of(refusal),
        }
        list.part.text = typed.get(FIELD).to_owned();
        list
    }

    /// Compares it with the members that are there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn look(&mut self, tx: &mut Tx) -> Result<Vec<Problem>, Refusal> {
        if let Some((table, mapping)) = &mut self.found {
            let mut previewed = import::preview(tx, table, mapping);
            if let Ok(preview) = &previewed {
                // Asked for the first time, a slip is offered as the team it resembles.
                let undecided: Vec<(String, String)> = preview
                    .suspicions
                    .iter()
                    .filter(|one| one.decided.is_none())
                    .map(|one| (one.typed.clone(), one.meant.clone()))
                    .collect();
                if !undecided.is_empty() {
                    mapping.team_names.extend(undecided);
                    previewed = import::preview(tx, table, mapping);
                }
            }
            match previewed {
                Ok(preview) => self.preview = preview,
                Err(Refusal::Fault(fault)) => return Err(fault.into()),
                Err(refusal) => self.problems = problems_of(refusal),
            }
        }
        self.part.taken = self.preview.taken() + self.preview.outcome.unchanged;
        self.part.left_out = self.preview.left_out();
        let rejected = self.preview.outcome.rejected.iter().take(SHOWN);
        self.part.refused = rejected
            .map(|one| RefusedRow { line: one.line, value: one.value.clone(), reason: one.reason.clone() })
            .collect();
        self.part.slips = self
            .preview
            .suspicions
            .iter()
            .map(|one| Slip {
                typed: one.typed.clone(),
                rows: one.rows,
                meant: one.meant.clone(),
                own: one.decided.as_deref() == Some(one.typed.as_str()),
            })
            .collect();
        Ok(self.problems.clone())
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_none() && self.problems.is_empty()
    }

    /// Whether somebody should look at it before it is stored.
    pub fn asks(&self) -> bool {
        self.part.left_out > 0 || !self.part.slips.is_empty()
    }

    /// The list as it is understood.
    pub fn table(self) -> Option<(Table, Mapping)> {
        self.found
    }

    /// Paths of all teams that there are or will be, in the order of the tree.
    pub fn paths(&self, known: &[Team]) -> Vec<String> {
        let mut paths: Vec<String> = known.iter().map(|team| team.path.clone()).collect();
        paths.extend(self.preview.outcome.teams_created.iter().cloned());
        paths.sort_by_cached_key(|path| path.to_lowercase().split('/').map(str::to_owned).collect::<Vec<_>>());
        paths
    }

    /// Whether the ticked teams are there, or will be.
    ///
    /// # Errors
    /// As [`whom::chosen`].
    pub fn chosen(&self, known: &[Team], typed: &Typed) -> Result<Teams, Problem> {
        let to_come = self.preview.outcome.teams_created.iter().map(|path| Team {
            id: Id::from_bytes([0; 16]),
            parent_id: None,
            name: path.clone(),
            path: path.clone(),
            headcount: None,
        });
        let all: Vec<Team> = known.iter().cloned().chain(to_come).collect();
        whom::chosen(&all, typed)
    }
}

/// Refused rows told one by one.
const SHOWN: usize = 20;

fn problems_of(refusal: Refusal) -> Vec<Problem> {
    match refusal {
        Refusal::Invalid(problems) => {
            problems.into_iter().map(|one| Problem { field: FIELD.to_owned(), ..one }).collect()
        }
        refusal => vec![Problem::new(FIELD, "refused", refusal.to_string())],
    }
}
