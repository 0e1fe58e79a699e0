//! The two schemas are twins: same names of migrations, each can be undone,
//! and both end in the same tables and columns.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{Bool, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};

/// Table to column to its type, as one word both databases share, and whether it may be empty.
type Schema = BTreeMap<String, BTreeMap<String, Column>>;

#[derive(Debug)]
struct Column {
    kind: String,
    nullable: bool,
}

/// Diesel's own note of what has been applied.
const LEDGER: &str = "__diesel_schema_migrations";

fn folder(database: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database)
}

fn names(database: &str) -> BTreeSet<String> {
    fs::read_dir(folder(database))
        .expect("the migrations of each database have a folder")
        .map(|entry| entry.expect("it can be listed").file_name().into_string().expect("plain names"))
        .collect()
}

#[test]
fn both_databases_have_the_same_migrations() {
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty(), "there is at least one");
}

#[test]
fn every_migration_can_be_done_and_undone() {
    for database in ["sqlite", "postgres"] {
        for name in names(database) {
            for half in ["up.sql", "down.sql"] {
                let file = folder(database).join(&name).join(half);
                let sql = fs::read_to_string(&file).unwrap_or_default();
                assert!(!sql.trim().is_empty(), "{} is missing or empty", file.display());
            }
        }
    }
}

#[test]
fn sqlite_goes_up_and_down_and_up_again() {
    let mut sqlite = sqlite();
    up_down_up(&mut sqlite, "sqlite", sqlite_schema);
}

#[test]
fn postgres_goes_up_and_down_and_up_again() {
    let Some(mut postgres) = Postgres::new("up_down_up") else { return };
    up_down_up(&mut postgres.connection, "postgres", postgres_schema);
}

fn up_down_up<C: MigrationHarness<C::Backend> + diesel::Connection>(
    connection: &mut C,
    database: &str,
    schema: fn(&mut C) -> Schema,
) where
    FileBasedMigrations: diesel::migration::MigrationSource<C::Backend>,
{
    let migrations = || FileBasedMigrations::from_path(folder(database)).expect("the folder holds migrations");
    connection.run_pending_migrations(migrations()).expect("up");
    let first = schema(connection);
    assert!(!first.is_empty(), "up made tables");
    connection.revert_all_migrations(migrations()).expect("down");
    let left = schema(connection);
    assert!(left.is_empty(), "down left behind {:?}", left.keys());
    connection.run_pending_migrations(migrations()).expect("up again");
    assert_eq!(format!("{first:?}"), format!("{:?}", schema(connection)), "the second time gives the same");
}

#[test]
fn both_databases_end_in_the_same_tables_and_columns() {
    let Some(mut postgres) = Postgres::new("agree") else { return };
    let mut sqlite = sqlite();
    sqlite.run_pending_migrations(FileBasedMigrations::from_path(folder("sqlite")).expect("a folder")).expect("up");
    postgres
        .connection
        .run_pending_migrations(FileBasedMigrations::from_path(folder("postgres")).expect("a folder"))
        .expect("up");
    let here = sqlite_schema(&mut sqlite);
    let there = postgres_schema(&mut postgres.connection);

    let mut differences = Vec::new();
    for table in here.keys().chain(there.keys()).collect::<BTreeSet<_>>() {
        let (Some(left), Some(right)) = (here.get(table), there.get(table)) else {
            differences.push(format!("the table {table} is on one side only"));
            continue;
        };
        for column in left.keys().chain(right.keys()).collect::<BTreeSet<_>>() {
            match (left.get(column), right.get(column)) {
                (Some(a), Some(b)) => {
                    if !compatible(&a.kind, &b.kind) {
                        differences.push(format!("{table}.{column}: {} in SQLite, {} in PostgreSQL", a.kind, b.kind));
                    }
                    if a.nullable != b.nullable {
                        differences.push(format!("{table}.{column}: may be empty on one side only"));
                    }
                }
                _ => differences.push(format!("the column {table}.{column} is on one side only")),
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn postgres_sorts_text_as_sqlite_does() {
    let Some(mut postgres) = Postgres::new("collation") else { return };
    postgres
        .connection
        .run_pending_migrations(FileBasedMigrations::from_path(folder("postgres")).expect("a folder"))
        .expect("up");
    let otherwise: Vec<Name> = sql_query(
        "SELECT table_name || '.' || column_name AS name FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations' \
         AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C' ORDER BY 1",
    )
    .load(&mut postgres.connection)
    .expect("the catalogue can be read");
    let otherwise: Vec<String> = otherwise.into_iter().map(|row| row.name).collect();
    assert!(otherwise.is_empty(), "not COLLATE \"C\": {otherwise:?}");
}

/// What may stand for what: SQLite knows few types, `PostgreSQL` many.
fn compatible(sqlite: &str, postgres: &str) -> bool {
    let allowed: &[&str] = match sqlite {
        "INTEGER" => &["smallint", "integer", "bigint", "boolean"],
        "BOOLEAN" => &["boolean"],
        "BIGINT" => &["bigint"],
        "REAL" => &["double precision", "real"],
        "BLOB" => &["bytea", "uuid"],
        "TEXT" => {
            &["text", "character varying", "timestamp with time zone", "timestamp without time zone", "date", "jsonb"]
        }
        _ => &[],
    };
    allowed.contains(&postgres)
}

#[test]
fn a_number_is_no_stand_in_for_text() {
    assert!(compatible("TEXT", "timestamp with time zone"));
    assert!(!compatible("TEXT", "integer"));
    assert!(!compatible("NONSENSE", "text"));
}

// --- the two databases ---------------------------------------------------------

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Described {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

fn schema_of(columns: Vec<Described>) -> Schema {
    let mut schema = Schema::new();
    for column in columns.into_iter().filter(|column| column.table_name != LEDGER) {
        let described = Column { kind: column.kind, nullable: column.nullable };
        schema.entry(column.table_name).or_default().insert(column.column_name, described);
    }
    schema
}

fn sqlite() -> SqliteConnection {
    SqliteConnection::establish(":memory:").expect("SQLite opens in memory")
}

/// A primary key of one INTEGER column is SQLite's rowid, never empty
/// whatever the declaration says.
fn sqlite_schema(connection: &mut SqliteConnection) -> Schema {
    let columns = sql_query(
        "SELECT t.name AS table_name, c.name AS column_name, upper(c.type) AS kind, \
                c.\"notnull\" = 0 AND NOT (c.pk = 1 AND upper(c.type) = 'INTEGER' AND \
                    (SELECT count(*) FROM pragma_table_info(t.name) WHERE pk > 0) = 1) AS nullable \
         FROM sqlite_master t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .load(connection)
    .expect("the catalogue can be read");
    schema_of(columns)
}

fn postgres_schema(connection: &mut PgConnection) -> Schema {
    let columns = sql_query(
        "SELECT table_name::text AS table_name, column_name::text AS column_name, \
                data_type::text AS kind, is_nullable = 'YES' AS nullable \
         FROM information_schema.columns WHERE table_schema = 'public'",
    )
    .load(connection)
    .expect("the catalogue can be read");
    schema_of(columns)
}

/// A database of its own in the private cluster that `tests/run` starts.
struct Postgres {
    connection: PgConnection,
    base: String,
    name: String,
}

impl Postgres {
    /// `None` only where the caller said so, and never under CI.
    fn new(purpose: &str) -> Option<Self> {
        let base = match env::var("SOUNDINGS_TEST_POSTGRES") {
            Ok(url) if url != "none" => url,
            Ok(_) if env::var("CI").as_deref() != Ok("true") => {
                eprintln!("not run on PostgreSQL: SOUNDINGS_TEST_POSTGRES=none");
                return None;
            }
            _ => panic!("run this with `tests/run migrations`, which starts a private PostgreSQL cluster"),
        };
        let name = format!("migrations_{purpose}_{}", std::process::id());
        let mut maintenance = PgConnection::establish(&format!("{base}/postgres")).expect("the cluster answers");
        maintenance.batch_execute(&format!("CREATE DATABASE {name}")).expect("a fresh database");
        let connection = PgConnection::establish(&format!("{base}/{name}")).expect("the fresh database answers");
        Some(Self { connection, base, name })
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Ok(mut maintenance) = PgConnection::establish(&format!("{}/postgres", self.base)) {
            // FORCE, since our own connection is still open here.
            let _ = maintenance.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}
