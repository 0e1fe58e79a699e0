//! The places where the two databases differ and that belong to no domain.

/// Runs the same diesel expression on the concrete connection, for what `MultiConnection` cannot
/// express (upserts, batch inserts).
#[macro_export]
macro_rules! each {
    ($connection:expr, |$concrete:ident| $work:expr) => {
        match $connection {
            $crate::store::Tx::Sqlite($concrete) => $work,
            $crate::store::Tx::Postgres($concrete) => $work,
        }
    };
}
pub use each;

use diesel::connection::SimpleConnection;
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::{Fault, Tx};

/// Opens a transaction in which writes may follow reads without a lost update.
pub(super) fn begin_write(connection: &mut Tx) -> Result<(), Fault> {
    match connection {
        Tx::Sqlite(connection) => connection.batch_execute("BEGIN IMMEDIATE")?,
        Tx::Postgres(connection) => connection.batch_execute("BEGIN ISOLATION LEVEL SERIALIZABLE")?,
    }
    Ok(())
}

/// Gives back to the file system what deletion freed, so that withdrawn words leave the file.
///
/// # Errors
/// When the database does not answer. PostgreSQL's autovacuum does this by itself.
pub fn compact(connection: &mut Tx) -> Result<(), Fault> {
    if let Tx::Sqlite(connection) = connection {
        connection.batch_execute("PRAGMA incremental_vacuum")?;
    }
    Ok(())
}

/// Trouble of the database itself, told from mistakes of ours. Diesel passes on no error codes, so
/// the databases' own words have to do; PostgreSQL's must be English (`lc_messages`), or else the
/// answer is the one for mistakes.
pub(super) fn trouble(error: &DieselError) -> Option<Fault> {
    let DieselError::DatabaseError(kind, info) = error else { return None };
    let says = |words: &[&str]| words.iter().any(|words| info.message().contains(words));
    if says(&BUSY) {
        return Some(Fault::Busy);
    }
    let gone = matches!(
        kind,
        DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::ReadOnlyTransaction
    );
    (gone || says(&GONE)).then(|| Fault::Unreachable(info.message().trim().to_owned()))
}

const BUSY: [&str; 4] =
    ["database is locked", "database table is locked", "due to lock timeout", "due to statement timeout"];

const GONE: [&str; 10] = [
    // SQLite
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "unable to open database file",
    // PostgreSQL
    "terminating connection",
    "server closed the connection",
    "no connection to the server",
    "the database system is",
    "could not extend file",
    "No space left on device",
];
