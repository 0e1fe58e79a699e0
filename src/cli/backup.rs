use std::path::PathBuf;

use super::{Front, Stopped};
use crate::store;

/// Writes a consistent copy of the data while the server runs; never with keys
///
/// Example: soundings backup /mnt/copies/soundings-friday.db
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Backup {
    /// A new file
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(&self, front: &Front) -> Result<(), Stopped> {
        store::backup(&front.settings()?.database, &self.file).map_err(|fault| Stopped::Other(fault.to_string()))?;
        println!("Copied to {}. Keys are not in it: keep a copy of them elsewhere (keys export).", self.file.display());
        Ok(())
    }
}

/// Puts a copy back, after looking through all of it; stop the server first
///
/// Example: soundings restore /mnt/copies/soundings-friday.db
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Restore {
    /// A file that backup wrote
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(&self, front: &Front) -> Result<(), Stopped> {
        let database = front.settings()?.database;
        let before = store::restore(&database, &self.file).map_err(|fault| Stopped::Other(fault.to_string()))?;
        println!("The data are those of {} now.", self.file.display());
        if let Some(before) = before {
            println!("What was there before is in {}; delete it when all is well.", before.display());
        }
        Ok(())
    }
}
