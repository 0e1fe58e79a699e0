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
pub mod brought;
pub mod change;
pub mod compare;
pub mod comparison;
pub mod correct;
pub mod document;
mod enclosed;
mod follow;
pub mod import;
pub mod markdown_of;
mod number;
pub mod pair;
pub mod paper;
mod place;
mod publishing;
mod queries;
mod tie;
mod today;
pub mod version;
pub mod working;

pub use block::{Block, BlockKind};
pub use brought::Brought;
pub use change::{Change, Link};
pub use document::{Document, Kind};
pub use enclosed::{FileNote, FileNoteOf, file_notes, picture};
pub use import::{Dropped, Format, Parsed, ParsedBlock};
pub use place::{BlockOrder, Place, Rank, Statuses, order_of_blocks, place, proposal, statuses};
pub use publishing::{may_publish, nothing_published, publish, publish_first};
pub use tie::{newest_numbers, tie};
pub use today::{Fates, Today, today};
pub use version::{Base, Prepared, Version};
