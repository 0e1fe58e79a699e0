//! One addressable unit of a version.

use serde::Serialize;

use crate::ids::{CROCKFORD, Chance};
use crate::store::text_column;
use crate::values;

values! {
    /// What a block is.
    #[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
    #[diesel(sql_type = diesel::sql_types::Text)]
    BlockKind {
        Heading = "heading",
        Paragraph = "paragraph",
        ListItem = "list_item",
        Table = "table",
        Figure = "figure",
    }
}

text_column!(BlockKind);

/// A block as it stands in one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, diesel::Queryable)]
pub struct Block {
    /// Stays with the passage across versions: 8 letters and digits, unique in the document.
    pub key: String,
    /// What people cite: `4.2`. Unique in the version.
    pub number: String,
    pub kind: BlockKind,
    /// 1–6 of a heading; depth from 1 of a list item; else 0.
    pub level: i32,
    /// The plain words; a table's rows on lines, its cells between ` | `.
    pub text: String,
    /// Safe markup: inner markup (no `p`, `li`, `h2` around it) of a heading, paragraph or list
    /// item; the complete element of a table or figure.
    pub html: String,
}

/// A new block key: 8 signs of lower-case base 32.
pub(super) fn new_key(chance: &Chance) -> String {
    chance.bytes::<8>().map(|byte| char::from(CROCKFORD[usize::from(byte & 31)].to_ascii_lowercase())).iter().collect()
}
