//! Stories told to the real program: the binary is started, people use it by
//! mail, pages and calls, and every story runs on both databases.
//!
//! `tests/run suite` brings what they need.

mod stories;
mod support;

#[path = "../browser/mod.rs"]
mod browser;
