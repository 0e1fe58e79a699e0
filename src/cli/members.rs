use std::path::PathBuf;

use clap::Subcommand;

use super::{Front, Stopped, deed, print_json, read_file};
use crate::consultations;
use crate::ids::Id;
use crate::people::import::{self, ImportMode, Outcome};
use crate::store::Tx;

/// Teams and members
///
/// Example: soundings members import members.csv --dry-run
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Reads teams and members from a .csv, .xlsx or .ods file; the same file again changes nothing
    ///
    /// Columns, in any order: `email,name,team,membership_number,rep,language,left`. The first three are
    /// needed; a team may be a path such as "Education/Early Years". First name and surname may be apart,
    /// and a department or service may stand above the team. The headings may have other usual names
    /// ("E-mail address", "Payroll no"), and a title above them. Of a workbook, the first sheet is read
    /// that looks like a list.
    ///
    /// Example: soundings members import members.csv --dry-run
    #[command(verbatim_doc_comment)]
    Import {
        /// The list: .csv, .xlsx or .ods
        file: PathBuf,
        /// Say what would happen, and change nothing
        #[arg(long)]
        dry_run: bool,
        /// Import the rows that are in order even if others are refused
        #[arg(long)]
        accept_valid: bool,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    pub(super) async fn run(self, front: &Front) -> Result<(), Stopped> {
        let Verb::Import { file, dry_run, accept_valid, json } = self.verb;
        let workshop = front.workshop()?;
        let bytes = read_file(&file)?;
        let keys = workshop.keys.clone();
        let renew = move |tx: &mut Tx, members: &[Id]| {
            members.iter().try_for_each(|member| consultations::renew(tx, &keys, *member).map_err(Into::into))
        };
        let mode = ImportMode { dry_run, accept_valid };
        let outcome = import::import_with(&workshop.store, &deed(&workshop), bytes, mode, renew).await?;
        if json {
            print_json(&outcome)?;
        } else {
            tell(&outcome, dry_run);
        }
        if outcome.rejected.is_empty() || accept_valid || dry_run {
            Ok(())
        } else {
            Err(Stopped::Other(
                "Nothing was changed, since rows were refused. Mend them, or import the others with --accept-valid."
                    .to_owned(),
            ))
        }
    }
}

fn tell(outcome: &Outcome, dry_run: bool) {
    for note in &outcome.notes {
        eprintln!("{note}");
    }
    for row in &outcome.rejected {
        eprintln!("line {}, {}: {:?}: {}", row.line, row.column, row.value, row.reason);
    }
    for team in &outcome.teams_created {
        eprintln!("new team {team}");
    }
    let would = if dry_run || !outcome.applied { "would be " } else { "" };
    println!(
        "{} {would}created, {} {would}updated, {} unchanged, {} refused",
        outcome.created,
        outcome.updated,
        outcome.unchanged,
        outcome.rejected.len()
    );
}
