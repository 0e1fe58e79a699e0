//! Opening a database by its URL; the scheme decides, nothing is tried.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::R2D2Connection;

use super::Fault;
use crate::settings::DatabaseUrl;

/// One connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Tx {
    Sqlite(diesel::SqliteConnection),
    Postgres(diesel::PgConnection),
}

impl Tx {
    /// Whether the line to the database is cut for good. A file has no line.
    pub(super) fn is_cut(&mut self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(connection) => connection.is_broken(),
        }
    }
}

pub(super) fn open(url: &DatabaseUrl, purpose: Purpose) -> Result<Tx, Fault> {
    match url {
        DatabaseUrl::Sqlite(path) => open_sqlite(path, purpose).map(Tx::Sqlite),
        DatabaseUrl::Postgres(url) => open_postgres(url, purpose).map(Tx::Postgres),
    }
}

/// What a connection may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Read,
    Write,
}

/// `r2d2`'s view of a database: how to open one more connection, and whether one still lives.
pub(super) struct Opener {
    pub(super) url: DatabaseUrl,
    pub(super) purpose: Purpose,
}

impl diesel::r2d2::ManageConnection for Opener {
    type Connection = Tx;
    type Error = Fault;

    fn connect(&self) -> Result<Tx, Fault> {
        open(&self.url, self.purpose)
    }

    fn is_valid(&self, connection: &mut Tx) -> Result<(), Fault> {
        Ok(connection.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, connection: &mut Tx) -> bool {
        std::thread::panicking() || connection.is_cut()
    }
}

fn open_sqlite(path: &Path, purpose: Purpose) -> Result<SqliteConnection, Fault> {
    if purpose == Purpose::Write
        && let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty())
    {
        make_private(dir, path).map_err(|source| Fault::Unreachable(format!("{}: {source}", path.display())))?;
    }
    let mut connection = SqliteConnection::establish(&path.to_string_lossy())
        .map_err(|source| Fault::Unreachable(format!("{}: {source}", path.display())))?;
    connection.batch_execute("PRAGMA busy_timeout = 5000;")?;
    match purpose {
        // auto_vacuum must be chosen before the first table; secure_delete overwrites withdrawn words.
        Purpose::Write => connection.batch_execute(
            "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
             PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000;",
        )?,
        Purpose::Read => connection.batch_execute("PRAGMA query_only = ON; PRAGMA cache_size = -8000;")?,
    }
    Ok(connection)
}

/// Only the program's own user may read what members said; SQLite's side files take after the file.
fn make_private(dir: &Path, file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Err(source) if source.kind() != std::io::ErrorKind::AlreadyExists => Err(source),
        _ => Ok(()),
    }
}

fn open_postgres(url: &str, purpose: Purpose) -> Result<PgConnection, Fault> {
    // libpq's message may repeat the URL with its password: it is not passed on.
    let mut connection = PgConnection::establish(url).map_err(|_| {
        Fault::Unreachable("PostgreSQL does not answer, or refuses, at the address in database.url".to_owned())
    })?;
    connection.batch_execute(match purpose {
        Purpose::Read => {
            "SET default_transaction_read_only = on; SET default_transaction_isolation = 'repeatable read';"
        }
        // A sequential scan would lock a whole small table against every writer (SSI predicate locks).
        Purpose::Write => "SET default_transaction_isolation = 'serializable'; SET enable_seqscan = off;",
    })?;
    connection.batch_execute("SET lock_timeout = '5s'; SET statement_timeout = '60s';")?;
    Ok(connection)
}
