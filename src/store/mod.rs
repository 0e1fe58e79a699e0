//! The store: one body of queries over SQLite (embedded) and PostgreSQL (several servers).
//!
//! Two doors, [`Store::read`] and [`Store::write`]: one unit of work per closure, no `await` inside.
//! What the rows mean, and every query, belongs to the domains' `queries.rs` pages.

pub mod backend;
mod backup;
pub mod columns;
mod connection;
mod migrate;
pub mod queue;
pub mod schema;
#[cfg(test)]
pub(crate) mod testing;
mod transaction;
mod writer;

pub use backup::{BackupFault, backup, restore};
pub use columns::text_column;
pub use connection::Tx;
pub use migrate::{applied, pending};
pub use transaction::{Fault, Side, Store};
