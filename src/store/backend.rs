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
