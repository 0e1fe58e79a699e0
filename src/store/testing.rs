//! Databases for tests: SQLite in a directory, and PostgreSQL where the environment names a server;
//! and a watch over what each transaction writes.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use diesel::Connection;
use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection, set_default_instrumentation};

use super::Store;
use crate::settings::DatabaseUrl;

/// One fresh store on each database; `name` tells apart tests that run at once.
pub(crate) fn stores(dir: &Path, name: &str) -> Vec<Store> {
    urls(dir, name).iter().map(|url| Store::open(&DatabaseUrl::parse(url).unwrap()).unwrap().0).collect()
}

/// The addresses of such databases.
pub(crate) fn urls(dir: &Path, name: &str) -> Vec<String> {
    let mut urls = vec![format!("sqlite://{}", dir.join(format!("{name}.db")).display())];
    if let Ok(server) = std::env::var("SOUNDINGS_TEST_POSTGRES")
        && server != "none"
    {
        urls.push(fresh_database(&server, &format!("{name}_{}", std::process::id())));
    }
    urls
}

/// The address of a database made anew; `server` may name a database or none.
fn fresh_database(server: &str, name: &str) -> String {
    let (scheme, rest) = server.split_once("://").unwrap();
    let base = format!("{scheme}://{}", rest.split('/').next().unwrap());
    let mut connection = diesel::PgConnection::establish(&format!("{base}/postgres")).unwrap();
    for statement in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
        connection.batch_execute(&statement).unwrap();
    }
    format!("{base}/{name}")
}

/// From now on notes what transactions write on connections opened to addresses that hold [`WATCHED`].
pub(crate) fn watch() {
    set_default_instrumentation(|| Some(Box::new(Watch::default()))).unwrap();
}

/// The tables that each committed transaction wrote, and forgets them.
pub(crate) fn watched() -> Vec<BTreeSet<String>> {
    std::mem::take(&mut *WRITTEN.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Tests run at once in one process; only databases with this in their names are watched.
pub(crate) const WATCHED: &str = "watched";

static WRITTEN: Mutex<Vec<BTreeSet<String>>> = Mutex::new(Vec::new());

#[derive(Default)]
struct Watch {
    is_on: bool,
    /// What the open transaction wrote so far; outside of one, every statement is its own.
    open: Option<BTreeSet<String>>,
}

impl Instrumentation for Watch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => self.is_on = url.contains(WATCHED),
            InstrumentationEvent::StartQuery { query, .. } if self.is_on => self.note(&query.to_string()),
            _ => {}
        }
    }
}

impl Watch {
    fn note(&mut self, sql: &str) {
        let mut words = sql.split(|sign: char| !sign.is_alphanumeric() && sign != '_').filter(|word| !word.is_empty());
        let (verb, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let table = match (verb.to_ascii_uppercase().as_str(), second) {
            ("BEGIN", _) => {
                self.open = Some(BTreeSet::new());
                return;
            }
            ("COMMIT", _) => {
                WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).extend(self.open.take());
                return;
            }
            ("ROLLBACK", "TO") => return,
            ("ROLLBACK", _) => {
                self.open = None;
                return;
            }
            ("UPDATE", table) => table,
            ("INSERT" | "DELETE" | "REPLACE" | "WITH", _) => {
                let mut words = sql.split_whitespace();
                words.find(|word| matches!(word.to_ascii_uppercase().as_str(), "INTO" | "FROM" | "UPDATE"));
                words.next().unwrap_or_default().trim_matches(['"', '`', '(', ';'])
            }
            _ => return,
        };
        match &mut self.open {
            Some(tables) => {
                tables.insert(table.to_owned());
            }
            None => WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).push(BTreeSet::from([table.to_owned()])),
        }
    }
}
