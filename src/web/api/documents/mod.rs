//! Documents and their versions: `/consultations/{slug}/documents…`.

mod paired;
mod reading;
mod writing;

use serde::Serialize;

pub use paired::{pairs, replace as replace_pairs};
pub use reading::{changes, list, version};
pub use writing::{import, make, publish};

use crate::drafts::document::{self, Document, Kind};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::Tx;

/// The document that a path names by its id, or by its kind where there is one of it.
fn called(tx: &mut Tx, consultation: Id, name: &str) -> Result<Document, Refusal> {
    let all = document::list(tx, consultation)?;
    let (id, kind) = (name.parse::<Id>().ok(), Kind::from_value(name));
    let mut found = all.into_iter().filter(|one| Some(one.id) == id || Some(one.kind) == kind);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(Refusal::Unknown("document")),
    }
}

/// A document as it is shown.
#[derive(Serialize)]
struct DocumentJson {
    id: Id,
    kind: Kind,
    title: String,
    versions: Vec<VersionJson>,
}

/// A version without its blocks.
#[derive(Serialize)]
struct VersionJson {
    number: i32,
    note: String,
    published_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl From<crate::drafts::Version> for VersionJson {
    fn from(one: crate::drafts::Version) -> Self {
        Self { number: one.number, note: one.note, published_at: one.published_at }
    }
}
