//! Soundings: publishes drafts, collects members' comments by team and deadline, reminds, and
//! collates what was said for negotiators.
//!
//! The rooms, from the roof to the cellar; a room uses lower floors only, rooms in braces do not
//! know each other, and `tests/architecture.rs` fails on a climb:
//!
//! ```text
//! main > cli > app > {web | jobs | demo} > collation > responses > {drafts | mail}
//!      > consultations > people > audit > refusal > {store | render} > {settings | links}
//!      > keys > {ids | text | clock | words | assets}
//! ```
//!
//! What the plan did not name, and why it stands where it does: `refusal` is the one way every
//! domain says no, so it lies under all of them; `words` (message files) and `assets` (hashed files)
//! lie in the cellar because mails, pages and the renderer all need them; `settings` parses the
//! database's URL, so that `store` can be opened without knowing a configuration file. A domain's
//! SQL is in its `queries.rs`; where that grew past 400 lines (`mail`), the next change splits it.
//!
//! What a comment is called differs on purpose: its writer knows `comment.id`, the desks know
//! `comment.key`, an export draws a `reference` anew; none leads to another without the database.

pub mod app;
pub mod assets;
pub mod audit;
pub mod cli;
pub mod clock;
pub mod collation;
pub mod consultations;
pub mod demo;
pub mod drafts;
pub mod ids;
pub mod jobs;
pub mod keys;
pub mod links;
pub mod mail;
pub mod people;
pub mod refusal;
pub mod render;
pub mod responses;
pub mod settings;
pub mod store;
pub mod text;
pub mod web;
pub mod words;
