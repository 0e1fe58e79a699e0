//! One file per story; each is told on both databases.

mod deadline;
mod export;
mod idempotency;
mod kills;
mod members_import;
mod openapi;
mod problems;
mod routes;
mod smtp;
mod trouble;
mod voices;
#[path = "loop.rs"]
mod whole_loop;
mod words;
