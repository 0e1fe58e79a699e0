//! What headings mean, and which row has them.

crate::values! {
    /// What a column of a list can mean. `first_name` and `surname` together are a name; each
    /// `service` stands above the team, in the order of the columns.
    Column {
        Email = "email",
        Name = "name",
        FirstName = "first_name",
        Surname = "surname",
        Team = "team",
        Service = "service",
        MembershipNumber = "membership_number",
        Rep = "rep",
        Language = "language",
        Left = "left",
    }
}

/// Where the headings are.
pub(super) struct Found {
    /// Among the rows that are not blank.
    pub(super) index: usize,
    /// At least two columns are known: this is a list.
    pub(super) is_sure: bool,
}

/// The row that names most columns among the first rows, or none where no row names any. One known
/// name alone may be a word in a title, so there it must stand beside others.
pub(super) fn place<'r>(rows: impl Iterator<Item = &'r [String]>) -> Option<Found> {
    let mut best: Option<(usize, usize)> = None;
    for (index, cells) in rows.take(ROWS_ABOVE).enumerate() {
        let mut known: Vec<Column> = cells.iter().filter_map(|cell| named(cell)).collect();
        known.sort_unstable();
        known.dedup();
        let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let counts = known.len() > 1 || (known.len() == 1 && filled > 1);
        if counts && best.is_none_or(|(_, most)| most < known.len()) {
            best = Some((index, known.len()));
        }
    }
    best.map(|(index, known)| Found { index, is_sure: known > 1 })
}

/// How far down headings are looked for.
const ROWS_ABOVE: usize = 20;

/// What a heading means, if it is one that means it for certain.
pub(super) fn named(heading: &str) -> Option<Column> {
    let name = plain(heading);
    Column::from_value(&name).or(match name.as_str() {
        "e_mail" | "mail" | "email_address" | "e_mail_address" | "mail_address" | "work_email" | "work_e_mail"
        | "personal_email" | "home_email" | "email_1" | "primary_email" | "preferred_email" => Some(Column::Email),
        "full_name" | "fullname" | "member_name" | "member" | "employee_name" | "names" => Some(Column::Name),
        "firstname" | "forename" | "forenames" | "first_names" | "given_name" | "given_names" | "first" => {
            Some(Column::FirstName)
        }
        "last_name" | "lastname" | "family_name" | "last" => Some(Column::Surname),
        "unit" | "team_name" | "section" | "workplace" | "work_place" | "workgroup" => Some(Column::Team),
        "service_area" | "department" | "dept" | "directorate" | "division" => Some(Column::Service),
        "membership_no" | "member_number" | "member_no" | "membership_id" | "member_id" | "mem_no" => {
            Some(Column::MembershipNumber)
        }
        "is_rep" | "representative" | "steward" | "shop_steward" | "workplace_rep" => Some(Column::Rep),
        "lang" | "preferred_language" => Some(Column::Language),
        "has_left" | "leaver" => Some(Column::Left),
        _ => None,
    })
}

/// What a heading probably means, where no other column means it for certain.
pub(super) fn hinted(heading: &str) -> Option<Column> {
    let name = plain(heading);
    let has = |word: &str| name.split('_').any(|part| part == word);
    if has("manager") || has("leader") || has("lead") {
        None
    } else if has("email") || has("mail") {
        Some(Column::Email)
    } else if [
        "payroll",
        "payroll_no",
        "payroll_number",
        "employee_no",
        "employee_number",
        "employee_id",
        "staff_no",
        "staff_number",
        "staff_id",
        "number",
    ]
    .contains(&name.as_str())
        || (has("membership") && (has("number") || has("no")))
    {
        Some(Column::MembershipNumber)
    } else if has("surname") {
        Some(Column::Surname)
    } else if has("forename") || (has("first") && has("name")) {
        Some(Column::FirstName)
    } else if has("team") {
        Some(Column::Team)
    } else if has("rep") || has("steward") {
        Some(Column::Rep)
    } else {
        None
    }
}

/// Words in lower case with `_` between them.
fn plain(heading: &str) -> String {
    let words = heading.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_lowercase()
}
