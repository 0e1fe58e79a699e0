//! What comes of it for negotiators: releases, and the files made from them.
//!
//! Every export is of a release: numbered, frozen, checksummed. Nothing here reads an unreleased
//! comment but the making of a release.

mod answers;
pub mod export;
mod groups;
mod queries;
mod release;

pub use release::{Audience, Release, Row, by_number, current, list};
