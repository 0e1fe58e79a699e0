//! Which cell of a row means what, from the names in the file's first line.

use crate::refusal::Refusal;

crate::values! {
    /// A column that the import knows.
    Column {
        Email = "email",
        Name = "name",
        Team = "team",
        MembershipNumber = "membership_number",
        Rep = "rep",
        Language = "language",
        Left = "left",
    }
}

/// What each cell of a row means; none for a column that is not used, which a note says.
///
/// # Errors
/// A needed column is missing, or one is there twice.
pub(super) fn of(header: &[String], notes: &mut Vec<String>) -> Result<Vec<Option<Column>>, Refusal> {
    let columns: Vec<Option<Column>> = header.iter().map(|name| named(name)).collect();
    let found = header.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
    for column in Column::ALL {
        let times = columns.iter().filter(|there| **there == Some(*column)).count();
        if times > 1 {
            let detail = format!("Name the column {column} once; the first line has: {found}.");
            return Err(Refusal::field("file", "column-twice", detail));
        }
        if times == 0 && matches!(column, Column::Email | Column::Name | Column::Team) {
            let detail = format!("There is no column {column}. Name it in the first line, which has: {found}.");
            return Err(Refusal::field("file", "no-column", detail));
        }
    }
    for (name, _) in header.iter().zip(&columns).filter(|(name, column)| column.is_none() && !name.trim().is_empty()) {
        notes.push(format!("The column “{}” is not used.", name.trim()));
    }
    Ok(columns)
}

fn named(header: &str) -> Option<Column> {
    let name: String = header
        .trim()
        .to_lowercase()
        .chars()
        .map(|sign| if matches!(sign, ' ' | '-' | '.') { '_' } else { sign })
        .collect();
    Column::from_value(&name).or(match name.as_str() {
        "e_mail" | "mail" | "email_address" | "e_mail_address" => Some(Column::Email),
        "full_name" => Some(Column::Name),
        "unit" => Some(Column::Team),
        "membership_no" | "member_number" | "member_no" => Some(Column::MembershipNumber),
        "is_rep" => Some(Column::Rep),
        "lang" => Some(Column::Language),
        "has_left" => Some(Column::Left),
        _ => None,
    })
}
