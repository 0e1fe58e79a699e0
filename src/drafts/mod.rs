//! The drafts: documents of a consultation, their versions, and the numbered blocks people cite.
//!
//! A text comes in through [`import`] (pure: source to blocks), is made ready against the version
//! before it by [`version::prepare`] (pure: numbers, keys, what became of each block), and is
//! written by [`version::store`] and [`version::publish`]. A published version never changes.
//!
//! Left to others: what was said about a block (`responses`), and how a page shows it (`web`).

mod align;
pub mod anchor;
pub mod block;
pub mod change;
pub mod compare;
pub mod document;
mod follow;
pub mod import;
mod number;
mod place;
mod publishing;
mod queries;
mod today;
pub mod version;

pub use block::{Block, BlockKind};
pub use change::{Change, Link};
pub use document::{Document, Kind};
pub use import::{Dropped, Format, Parsed, ParsedBlock};
pub use place::{BlockOrder, Place, Rank, Statuses, order_of_blocks, place, proposal, statuses};
pub use publishing::{may_publish, nothing_published, publish, publish_first};
pub use today::{Today, today};
pub use version::{Base, Prepared, Version};
