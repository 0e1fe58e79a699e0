use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{Front, Stopped};
use crate::ids::Chance;
use crate::keys::Keys;

/// The secret keys, apart from the data
///
/// Example: soundings keys export keys.sealed
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Writes all keys to a file, sealed under a passphrase (`SOUNDINGS_PASSPHRASE`, or asked for)
    ///
    /// Example: soundings keys export keys.sealed
    #[command(verbatim_doc_comment)]
    Export {
        /// The file to write; it must not be there yet
        file: PathBuf,
    },
    /// Puts exported keys into keys.dir; a key that is there already must be the same
    ///
    /// Example: soundings keys import keys.sealed
    #[command(verbatim_doc_comment)]
    Import {
        /// The file that `keys export` wrote
        file: PathBuf,
    },
}

impl Command {
    pub(super) fn run(&self, front: &Front) -> Result<(), Stopped> {
        let dir = front.settings()?.keys_dir;
        match &self.verb {
            Verb::Export { file } => {
                let sealed = Keys::open(&dir, &Chance::system())?.export(&passphrase()?)?;
                write_private(file, &sealed).map_err(|source| Stopped::File { path: file.clone(), source })?;
                eprintln!("Keep {} and its passphrase apart from the backups of the data.", file.display());
            }
            Verb::Import { file } => {
                let added = Keys::import(&dir, file, &passphrase()?)?;
                println!("{added} keys added");
            }
        }
        Ok(())
    }
}

const SHORTEST: usize = 12;

fn passphrase() -> Result<String, Stopped> {
    let typed = if let Ok(given) = std::env::var("SOUNDINGS_PASSPHRASE") {
        given
    } else {
        eprint!("Passphrase: ");
        std::io::stderr().flush().ok();
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(|error| Stopped::Other(error.to_string()))?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    if typed.chars().count() < SHORTEST {
        return Err(Stopped::Other(format!(
            "Choose a passphrase of at least {SHORTEST} characters; four random words are good."
        )));
    }
    Ok(typed)
}

fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut out = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    out.write_all(bytes)?;
    out.sync_all()
}
