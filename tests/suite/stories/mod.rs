//! One file per story; each is told on both databases.

mod answering;
mod deadline;
mod editing;
mod export;
mod groups;
mod idempotency;
mod importing;
mod joining;
mod keeping;
mod kills;
mod mailings;
mod member_list;
mod members_import;
mod openapi;
mod pairs;
mod problems;
mod progress;
mod public;
mod questions;
mod reading;
mod regressions;
mod routes;
mod setup;
mod smtp;
mod staff;
mod trouble;
mod versions;
mod voices;
#[path = "loop.rs"]
mod whole_loop;
mod words;
