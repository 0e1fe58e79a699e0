//! Databases for tests: SQLite in a directory, and PostgreSQL where the environment names a server.

use std::path::Path;

use diesel::Connection;
use diesel::connection::SimpleConnection;

use super::Store;
use crate::settings::DatabaseUrl;

/// One fresh store on each database; `name` tells apart tests that run at once.
pub(crate) fn stores(dir: &Path, name: &str) -> Vec<Store> {
    let mut urls = vec![format!("sqlite://{}", dir.join("test.db").display())];
    if let Ok(server) = std::env::var("SOUNDINGS_TEST_POSTGRES")
        && server != "none"
    {
        urls.push(fresh_database(&server, &format!("{name}_{}", std::process::id())));
    }
    urls.iter().map(|url| Store::open(&DatabaseUrl::parse(url).unwrap()).unwrap().0).collect()
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
