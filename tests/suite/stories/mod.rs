//! One file per story; each is told on both databases.

mod deadline;
mod export;
mod groups;
mod idempotency;
mod joining;
mod kills;
mod mailings;
mod member_list;
mod members_import;
mod openapi;
mod problems;
mod progress;
mod public;
mod reading;
mod routes;
mod setup;
mod smtp;
mod staff;
mod trouble;
mod voices;
#[path = "loop.rs"]
mod whole_loop;
mod words;
