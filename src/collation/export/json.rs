//! The same rows as JSON: one object with the release, its comments, and beside them what groups said.

use std::io::Write;

use super::ExportFault;
use crate::collation::groups::GroupRow;
use crate::collation::release::{Release, Row};
use crate::consultations::Consultation;

pub(super) fn write(
    consultation: &Consultation,
    release: &Release,
    rows: impl Iterator<Item = Result<Row, ExportFault>>,
    groups: &[GroupRow],
    out: &mut dyn Write,
) -> Result<(), ExportFault> {
    let head = serde_json::json!({
        "slug": consultation.slug,
        "title": consultation.title,
        "deadline": consultation.deadline.local_text(),
        "time_zone": consultation.deadline.zone.name(),
    });
    let release = serde_json::to_string(release).map_err(std::io::Error::other)?;
    write!(out, "{{\"consultation\":{head},\"release\":{release},\"comments\":[")?;
    for (n, row) in rows.enumerate() {
        let row = serde_json::to_string(&row?).map_err(std::io::Error::other)?;
        write!(out, "{}\n{row}", if n == 0 { "" } else { "," })?;
    }
    out.write_all(b"\n],\"group_responses\":[")?;
    for (n, group) in groups.iter().enumerate() {
        let group = serde_json::to_string(group).map_err(std::io::Error::other)?;
        write!(out, "{}\n{group}", if n == 0 { "" } else { "," })?;
    }
    out.write_all(b"\n]}\n")?;
    Ok(())
}
