//! A look at the database itself, past the server.

use std::collections::{BTreeMap, BTreeSet};

use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

use super::Server;

/// Every table with its columns, from the database's own catalogue.
pub struct Tables(pub BTreeMap<String, Vec<String>>);

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

#[derive(QueryableByName)]
struct Rows {
    #[diesel(sql_type = Text)]
    rows: String,
}

#[derive(QueryableByName)]
struct Writer {
    #[diesel(sql_type = Text)]
    transaction: String,
}

impl Tables {
    pub fn of(server: &Server) -> Self {
        let url = server.database_url();
        let columns: Vec<Column> = if let Some(file) = url.strip_prefix("sqlite://") {
            let mut sqlite = SqliteConnection::establish(file).expect("the file is there");
            sql_query(
                "SELECT t.name AS table_name, c.name AS column_name \
                     FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c WHERE t.type IN ('table', 'view')",
            )
            .load(&mut sqlite)
        } else {
            let mut postgres = PgConnection::establish(&url).expect("the database answers");
            sql_query(
                "SELECT table_name::text AS table_name, column_name::text AS column_name \
                     FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')",
            )
            .load(&mut postgres)
        }
        .expect("the catalogue can be read");
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for column in columns {
            tables.entry(column.table_name).or_default().push(column.column_name);
        }
        Self(tables)
    }

    /// Every table's rows as text, in a fixed order.
    pub fn contents(server: &Server) -> BTreeMap<String, String> {
        let url = server.database_url();
        let tables = Self::of(server).0;
        let mut contents = BTreeMap::new();
        if let Some(file) = url.strip_prefix("sqlite://") {
            let mut sqlite = SqliteConnection::establish(file).expect("the file is there");
            for (table, columns) in tables {
                let row: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
                let query = format!(
                    "SELECT coalesce(group_concat(line, char(10)), '') AS rows FROM \
                     (SELECT {} AS line FROM \"{table}\" ORDER BY line)",
                    row.join(" || '|' || ")
                );
                let rows: Rows = sql_query(query).get_result(&mut sqlite).expect("the table can be read");
                contents.insert(table, rows.rows);
            }
        } else {
            let mut postgres = PgConnection::establish(&url).expect("the database answers");
            for table in tables.into_keys() {
                let query = format!(
                    "SELECT coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '') AS rows FROM \"{table}\" t"
                );
                let rows: Rows = sql_query(query).get_result(&mut postgres).expect("the table can be read");
                contents.insert(table, rows.rows);
            }
        }
        contents
    }

    /// The transactions that wrote the rows now in a table. `PostgreSQL` keeps
    /// them beside each row, for anyone with a dump of the files to compare.
    pub fn writers_of(server: &Server, table: &str) -> BTreeSet<String> {
        let mut postgres = PgConnection::establish(&server.database_url()).expect("the database answers");
        let writers: Vec<Writer> = sql_query(format!("SELECT DISTINCT xmin::text AS transaction FROM \"{table}\""))
            .load(&mut postgres)
            .expect("the table can be read");
        writers.into_iter().map(|writer| writer.transaction).collect()
    }
}
