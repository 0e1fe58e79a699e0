//! Migrations in pairs, inside the binary.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::Purpose;
use super::connection::open;
use super::{Fault, Tx};
use crate::settings::DatabaseUrl;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Names of migrations that are not applied yet, oldest first.
///
/// # Errors
/// When the database cannot be reached or read.
pub fn pending(url: &DatabaseUrl) -> Result<Vec<String>, Fault> {
    let named = |list: Vec<Box<dyn diesel::migration::Migration<_>>>| {
        list.iter().map(|migration| migration.name().to_string()).collect()
    };
    let named_pg = |list: Vec<Box<dyn diesel::migration::Migration<diesel::pg::Pg>>>| {
        list.iter().map(|migration| migration.name().to_string()).collect()
    };
    match &mut open(url, Purpose::Write)? {
        Tx::Sqlite(connection) => connection.pending_migrations(SQLITE).map(named).map_err(failed),
        Tx::Postgres(connection) => connection.pending_migrations(POSTGRES).map(named_pg).map_err(failed),
    }
}

/// Applies what is pending and says which.
///
/// # Errors
/// When the database cannot be reached or a migration fails.
pub fn applied(url: &DatabaseUrl) -> Result<Vec<String>, Fault> {
    apply(&mut open(url, Purpose::Write)?)
}

pub(super) fn apply(connection: &mut Tx) -> Result<Vec<String>, Fault> {
    let names =
        |versions: Vec<diesel::migration::MigrationVersion<'_>>| versions.iter().map(ToString::to_string).collect();
    match connection {
        Tx::Sqlite(connection) => connection.run_pending_migrations(SQLITE).map(names).map_err(failed),
        Tx::Postgres(connection) => {
            // Servers that start together take turns.
            use diesel::connection::SimpleConnection;
            connection.batch_execute("SELECT pg_advisory_lock(736174)")?;
            let applied = connection.run_pending_migrations(POSTGRES).map(names).map_err(failed);
            connection.batch_execute("SELECT pg_advisory_unlock(736174)")?;
            applied
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` hands it over in")]
fn failed(source: Box<dyn std::error::Error + Send + Sync>) -> Fault {
    Fault::Unreachable(format!("migrations: {source}"))
}
