//! Migrations in pairs, inside the binary.

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::sqlite::Sqlite;
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
    match &mut open(url, Purpose::Write)? {
        Tx::Sqlite(connection) => waiting(connection, SQLITE),
        Tx::Postgres(connection) => waiting(connection, POSTGRES),
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
    match connection {
        Tx::Sqlite(connection) => run(connection, SQLITE),
        Tx::Postgres(connection) => {
            // Servers that start together take turns.
            connection.batch_execute("SELECT pg_advisory_lock(736174)")?;
            let applied = run(connection, POSTGRES);
            connection.batch_execute("SELECT pg_advisory_unlock(736174)")?;
            applied
        }
    }
}

/// Whether an embedded database has been through a migration that this program does not know.
pub(super) fn is_newer(connection: &mut diesel::SqliteConnection) -> Result<bool, Fault> {
    let known = MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(failed)?;
    let applied = connection.applied_migrations().map_err(failed)?;
    Ok(!applied.iter().all(|version| known.iter().any(|one| one.name().version() == *version)))
}

fn run<DB: Backend>(connection: &mut impl MigrationHarness<DB>, all: EmbeddedMigrations) -> Result<Vec<String>, Fault> {
    let list = connection.pending_migrations(all).map_err(failed)?;
    connection.run_migrations(&list).map_err(failed)?;
    Ok(list.iter().map(|migration| migration.name().to_string()).collect())
}

fn waiting<DB: Backend>(
    connection: &mut impl MigrationHarness<DB>,
    all: EmbeddedMigrations,
) -> Result<Vec<String>, Fault> {
    let list = connection.pending_migrations(all).map_err(failed)?;
    Ok(list.iter().map(|migration| migration.name().to_string()).collect())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` hands it over in")]
fn failed(source: Box<dyn std::error::Error + Send + Sync>) -> Fault {
    Fault::Unreachable(format!("migrations: {source}"))
}
