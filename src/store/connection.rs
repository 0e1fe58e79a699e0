//! Opening a database by its URL; the scheme decides, nothing is tried.

use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::Fault;

/// One connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Tx {
    Sqlite(diesel::SqliteConnection),
    Postgres(diesel::PgConnection),
}

/// Where the data are: `sqlite://PATH` or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    Postgres(String),
}

/// A database URL that cannot be used, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadUrl {
    #[error("write the database URL as sqlite://PATH or postgres://USER@HOST/NAME")]
    Scheme,
    #[error("sqlite:// must be followed by the path of a file")]
    NoPath,
    #[error(
        "this build has no TLS to PostgreSQL: use a Unix socket, a private network or a tunnel, or build with `--features postgres-tls`"
    )]
    NoTls,
}

impl DatabaseUrl {
    /// # Errors
    /// Another scheme, no path, or TLS asked of a build without it.
    pub fn parse(url: &str) -> Result<Self, BadUrl> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            let path = path.split('?').next().unwrap_or_default();
            return if path.is_empty() { Err(BadUrl::NoPath) } else { Ok(Self::Sqlite(path.into())) };
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let asks_for_tls =
                ["require", "verify-ca", "verify-full"].iter().any(|mode| url.contains(&format!("sslmode={mode}")));
            return if asks_for_tls && !cfg!(feature = "postgres-tls") {
                Err(BadUrl::NoTls)
            } else {
                Ok(Self::Postgres(url.to_owned()))
            };
        }
        Err(BadUrl::Scheme)
    }

    /// The file of an embedded database.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }

    pub(super) fn open(&self, purpose: Purpose) -> Result<Tx, Fault> {
        match self {
            Self::Sqlite(path) => open_sqlite(path, purpose).map(Tx::Sqlite),
            Self::Postgres(url) => open_postgres(url, purpose).map(Tx::Postgres),
        }
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
        self.url.open(self.purpose)
    }

    fn is_valid(&self, connection: &mut Tx) -> Result<(), Fault> {
        Ok(connection.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, _: &mut Tx) -> bool {
        std::thread::panicking()
    }
}

fn open_sqlite(path: &Path, purpose: Purpose) -> Result<SqliteConnection, Fault> {
    if purpose == Purpose::Write
        && let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty())
    {
        std::fs::create_dir_all(dir).map_err(|source| Fault::Unreachable(format!("{}: {source}", dir.display())))?;
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

fn open_postgres(url: &str, purpose: Purpose) -> Result<PgConnection, Fault> {
    // libpq's message may repeat the URL with its password: it is not passed on.
    let mut connection = PgConnection::establish(url).map_err(|_| {
        Fault::Unreachable("PostgreSQL does not answer, or refuses, at the address in database.url".to_owned())
    })?;
    connection.batch_execute(match purpose {
        Purpose::Read => {
            "SET default_transaction_read_only = on; SET default_transaction_isolation = 'repeatable read';"
        }
        Purpose::Write => "SET default_transaction_isolation = 'serializable';",
    })?;
    connection.batch_execute("SET lock_timeout = '5s'; SET statement_timeout = '60s';")?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_alone_chooses_the_database() {
        assert!(
            DatabaseUrl::parse("sqlite://data/x.db").ok().is_some_and(|url| url.file() == Some(Path::new("data/x.db")))
        );
        assert!(matches!(DatabaseUrl::parse("postgres://u@h/db"), Ok(DatabaseUrl::Postgres(_))));
        for (mistyped, why) in
            [("host=x dbname=y", BadUrl::Scheme), ("sqlite:x.db", BadUrl::Scheme), ("sqlite://", BadUrl::NoPath)]
        {
            assert_eq!(DatabaseUrl::parse(mistyped).err(), Some(why));
        }
    }

    #[cfg(not(feature = "postgres-tls"))]
    #[test]
    fn asking_for_tls_in_a_build_without_it_is_refused() {
        assert_eq!(DatabaseUrl::parse("postgres://h/d?sslmode=require").err(), Some(BadUrl::NoTls));
    }
}
