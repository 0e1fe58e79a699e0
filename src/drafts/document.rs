//! A text in a consultation.

use serde::Serialize;
use serde_json::json;

use super::queries;
use crate::audit::Deed;
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx, text_column};
use crate::{text, values};

values! {
    /// What a document is in its consultation.
    #[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
    #[diesel(sql_type = diesel::sql_types::Text)]
    Kind {
        /// The draft that members comment on; one at most.
        Proposal = "proposal",
        /// What the employer proposes; one at most.
        Comparison = "comparison",
        Supporting = "supporting",
    }
}

text_column!(Kind);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, diesel::Queryable)]
pub struct Document {
    pub id: Id,
    pub consultation_id: Id,
    pub kind: Kind,
    pub title: String,
    /// Its place among the consultation's documents, from 1.
    pub ordinal: i32,
}

/// Makes a document without a version. The consultation must exist.
///
/// # Errors
/// A title that is missing or longer than a line; a second proposal or comparison.
pub fn make(tx: &mut Tx, deed: &Deed, consultation_id: Id, kind: Kind, title: &str) -> Result<Document, Refusal> {
    let title = text::line("title", title)?;
    let others = queries::documents(tx, consultation_id)?;
    if kind != Kind::Supporting && others.iter().any(|other| other.kind == kind) {
        return Err(Refusal::conflict(
            "second-document",
            format!("This consultation has a {kind} already; import a new version of it instead."),
        ));
    }
    let ordinal = others.last().map_or(1, |last| last.ordinal + 1);
    let document = Document { id: deed.new_id(), consultation_id, kind, title, ordinal };
    queries::insert_document(tx, &document)?;
    deed.record(
        tx,
        "make document",
        &document.id.to_string(),
        &json!({ "consultation": consultation_id, "kind": kind, "title": document.title }),
    )?;
    Ok(document)
}

/// The consultation's documents in their order.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx, consultation_id: Id) -> Result<Vec<Document>, Fault> {
    queries::documents(tx, consultation_id)
}

/// # Errors
/// When there is no such document.
pub fn by_id(tx: &mut Tx, id: Id) -> Result<Document, Refusal> {
    queries::document(tx, id)?.ok_or(Refusal::Unknown("document"))
}
