//! What meetings and slips said, frozen into a release beside its comments.
//!
//! Not rows of comments: their points have no voice, and perhaps no position. In JSON they stand in a
//! section of their own, in a workbook on a sheet of their own, in CSV after all comments with the
//! source `meeting` or `paper`; no count of comments holds them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::release::Copied;
use crate::consultations::Consultation;
use crate::drafts;
use crate::refusal::Refusal;
use crate::responses::group_response::{self, Circles, Group};
use crate::responses::{Permission, Position, Source};
use crate::store::{Fault, Tx};

/// One meeting, or one pile of slips.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    pub source: Source,
    /// A label's name, or a service's.
    pub label: String,
    pub date: NaiveDate,
    pub place: String,
    /// Heads at a meeting, slips in a pile: never to be added to comments.
    pub people: usize,
    #[serde(rename = "for")]
    pub in_favour: Option<i32>,
    pub against: Option<i32>,
    pub unsure: Option<i32>,
    pub dissent: String,
    pub points: Vec<PointRow>,
}

/// One point of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointRow {
    /// Drawn anew for every release.
    pub reference: String,
    pub document: String,
    pub version: i32,
    pub block_key: Option<String>,
    pub block_number: Option<String>,
    pub block_text: Option<String>,
    pub status_in_current_version: String,
    pub position: Option<Position>,
    pub words: String,
    pub permission: Permission,
}

/// Those that count now, as one line of JSON for each.
///
/// # Errors
/// When the database fails.
pub(super) fn lines(
    tx: &mut Tx,
    of: &Consultation,
    copied: &Copied<'_>,
    reference: impl Fn() -> String,
) -> Result<String, Refusal> {
    let groups = group_response::groups(tx, of.id)?;
    let (circles, statuses) = (Circles::of(tx, of.id)?, drafts::statuses(tx, of.id)?);
    let order = drafts::order_of_blocks(tx, of.id)?;
    let row = |group: &Group| {
        let mut points: Vec<_> = group.points.iter().collect();
        points.sort_by_cached_key(|one| (order.of(one.document_id, one.block_key.as_deref()), one.key));
        let point = |one: &group_response::Point| {
            let key = one.block_key.clone();
            let block =
                key.as_ref().and_then(|key| copied.blocks.get(&(one.document_id, one.version_number, key.clone())));
            let status = statuses.of(one.document_id, one.version_number, key.as_deref());
            PointRow {
                reference: reference(),
                document: copied.documents.get(&one.document_id).cloned().unwrap_or_default(),
                version: one.version_number,
                block_number: block.map(|(number, _)| number.clone()),
                block_text: block.map(|(_, text)| text.clone()),
                block_key: key,
                status_in_current_version: status.to_string(),
                position: one.position,
                words: one.words.clone(),
                permission: one.permission,
            }
        };
        GroupRow {
            source: group.source,
            label: circles.name(group.whose),
            date: group.held_on,
            place: group.place.clone(),
            people: group.people(),
            in_favour: group.votes.map(|votes| votes.in_favour),
            against: group.votes.map(|votes| votes.against),
            unsure: group.votes.map(|votes| votes.unsure),
            dissent: group.dissent.clone(),
            points: points.into_iter().map(point).collect(),
        }
    };
    let mut lines = String::new();
    for group in groups.iter().filter(|group| group.counts()) {
        lines.push_str(&serde_json::to_string(&row(group)).map_err(|error| Fault::Corrupt(error.to_string()))?);
        lines.push('\n');
    }
    Ok(lines)
}

/// The groups of a release, read back.
///
/// # Errors
/// When the database fails.
pub(super) fn read(lines: &str) -> Result<Vec<GroupRow>, Fault> {
    let row = |line: &str| serde_json::from_str(line).map_err(|error| Fault::Corrupt(error.to_string()));
    lines.lines().map(row).collect()
}

/// What a release's rows share, by document and version.
pub(super) type Blocks = BTreeMap<(crate::ids::Id, i32, String), (String, String)>;
