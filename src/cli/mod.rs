//! The command line: one file per verb. Results go to standard output, everything else to standard
//! error; exit status 0 done, 1 refused or failed with what to do, 2 wrong usage.

mod backup;
mod check;
mod demo;
mod draft;
mod export;
mod keys;
mod mail;
mod members;
mod migrate;
mod serve;
mod staff;
mod token;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app::{self, StartFault, Workshop};
use crate::audit::{Actor, Deed};
use crate::keys::KeyFault;
use crate::refusal::Refusal;
use crate::settings::{BadSetting, Settings};
use crate::store::Fault;

/// Publishes drafts, collects members' comments by team until a deadline, reminds, and collates
/// what was said for negotiators.
#[derive(Parser)]
#[command(name = "soundings", version, propagate_version = true, arg_required_else_help = true)]
struct Cli {
    /// A configuration file instead of config/local.toml
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Migrate(migrate::Migrate),
    Staff(staff::Command),
    Token(token::Command),
    Members(members::Command),
    Draft(draft::Command),
    Mail(mail::Command),
    Export(export::Export),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Keys(keys::Command),
    Check(check::Check),
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = app::block_on(dispatch(cli));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stopped) => {
            eprintln!("soundings: {stopped}");
            ExitCode::FAILURE
        }
    }
}

/// Why a verb was not carried out, in words that say what to do.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("{0}")]
    Setting(#[from] BadSetting),
    #[error("{0}")]
    Start(#[from] StartFault),
    #[error("{0}")]
    Refused(#[from] Refusal),
    #[error("{0}")]
    Fault(#[from] Fault),
    #[error("{0}")]
    Keys(#[from] KeyFault),
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("{0}")]
    Other(String),
}

async fn dispatch(cli: Cli) -> Result<(), Stopped> {
    let house = Front { config: cli.config };
    match cli.verb {
        Verb::Demo(demo) => demo.run(&house).await,
        Verb::Serve(serve) => serve.run(&house).await,
        Verb::Migrate(migrate) => migrate.run(&house),
        Verb::Staff(staff) => staff.run(&house).await,
        Verb::Token(token) => token.run(&house).await,
        Verb::Members(members) => members.run(&house).await,
        Verb::Draft(draft) => draft.run(&house).await,
        Verb::Mail(mail) => mail.run(&house).await,
        Verb::Export(export) => export.run(&house).await,
        Verb::Backup(backup) => backup.run(&house),
        Verb::Restore(restore) => restore.run(&house),
        Verb::Keys(keys) => keys.run(&house),
        Verb::Check(check) => check.run(&house).await,
    }
}

/// What every verb may ask for.
struct Front {
    config: Option<PathBuf>,
}

impl Front {
    fn settings(&self) -> Result<Settings, Stopped> {
        Ok(Settings::load(self.config.as_deref())?)
    }

    fn workshop(&self) -> Result<Workshop, Stopped> {
        Ok(Workshop::open(self.settings()?)?)
    }
}

/// A deed of whoever sits at the command line, now.
fn deed(workshop: &Workshop) -> Deed {
    Deed { actor: Actor::CommandLine, now: workshop.clock.now(), chance: workshop.chance.clone() }
}

fn read_file(path: &std::path::Path) -> Result<Vec<u8>, Stopped> {
    std::fs::read(path).map_err(|source| Stopped::File { path: path.to_owned(), source })
}

/// Starts the log, on standard error.
fn start_log(settings: &Settings) {
    let filter = tracing_subscriber::EnvFilter::new(format!("{},actix_server=warn", settings.log.filter));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_ansi(false);
    // A second start in the same process (tests) keeps the first log.
    let started = if settings.log.json { log.json().try_init() } else { log.try_init() };
    started.ok();
}

fn print_json(value: &impl serde::Serialize) -> Result<(), Stopped> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Stopped::Other(error.to_string()))?;
    println!("{text}");
    Ok(())
}
