use chrono::NaiveDate;
use diesel::prelude::*;

use super::whose::Whose;
use super::{Group, GroupState, Point, Recorder, Votes};
use crate::ids::Id;
use crate::responses::comment::{Permission, Position, Source};
use crate::store::schema::{group_point, group_response};
use crate::store::{Fault, Tx};

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = group_response, treat_none_as_null = true)]
struct Row {
    id: Id,
    consultation_id: Id,
    source: String,
    state: String,
    label_id: Option<Id>,
    team_id: Option<Id>,
    place: String,
    held_on: NaiveDate,
    present: i32,
    in_favour: Option<i32>,
    against: Option<i32>,
    unsure: Option<i32>,
    dissent: String,
    told_by: String,
    recorded_by: String,
    recorder_tag: Option<Vec<u8>>,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = group_point, treat_none_as_default_value = false)]
struct PointRow {
    key: i64,
    group_response_id: Id,
    slip: Option<i64>,
    document_id: Id,
    version_number: i32,
    block_key: Option<String>,
    position: Option<String>,
    words: String,
    permission: String,
}

fn row(one: &Group) -> Row {
    Row {
        id: one.id,
        consultation_id: one.consultation_id,
        source: one.source.as_str().to_owned(),
        state: one.state.as_str().to_owned(),
        label_id: one.whose.label,
        team_id: one.whose.team,
        place: one.place.clone(),
        held_on: one.held_on,
        present: one.present,
        in_favour: one.votes.map(|votes| votes.in_favour),
        against: one.votes.map(|votes| votes.against),
        unsure: one.votes.map(|votes| votes.unsure),
        dissent: one.dissent.clone(),
        told_by: one.told_by.clone(),
        recorded_by: one.recorded_by.as_str().to_owned(),
        recorder_tag: one.tag.clone(),
    }
}

fn corrupt() -> Fault {
    Fault::Corrupt("a group response's source, state, recorder, position or permission".to_owned())
}

fn point(row: PointRow) -> Result<Point, Fault> {
    let position = match &row.position {
        Some(position) => Some(Position::from_value(position).ok_or_else(corrupt)?),
        None => None,
    };
    Ok(Point {
        key: row.key,
        slip: row.slip,
        document_id: row.document_id,
        version_number: row.version_number,
        block_key: row.block_key,
        position,
        words: row.words,
        permission: Permission::from_value(&row.permission).ok_or_else(corrupt)?,
    })
}

/// Every group response of a consultation with its points, whatever its state, oldest first.
pub(super) fn groups(tx: &mut Tx, consultation: Id) -> Result<Vec<Group>, Fault> {
    let rows: Vec<Row> = group_response::table
        .filter(group_response::consultation_id.eq(consultation))
        .order((group_response::held_on, group_response::id))
        .load(tx)?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let mut points: std::collections::HashMap<Id, Vec<Point>> = std::collections::HashMap::new();
    for chunk in ids.chunks(500) {
        let found: Vec<PointRow> =
            group_point::table.filter(group_point::group_response_id.eq_any(chunk)).order(group_point::key).load(tx)?;
        for one in found {
            points.entry(one.group_response_id).or_default().push(point(one)?);
        }
    }
    let group = |row: Row| {
        let votes = match (row.in_favour, row.against, row.unsure) {
            (Some(in_favour), Some(against), Some(unsure)) => Some(Votes { in_favour, against, unsure }),
            _ => None,
        };
        Ok(Group {
            source: Source::from_value(&row.source).ok_or_else(corrupt)?,
            state: GroupState::from_value(&row.state).ok_or_else(corrupt)?,
            recorded_by: Recorder::from_value(&row.recorded_by).ok_or_else(corrupt)?,
            points: points.remove(&row.id).unwrap_or_default(),
            id: row.id,
            consultation_id: row.consultation_id,
            whose: Whose { label: row.label_id, team: row.team_id },
            place: row.place,
            held_on: row.held_on,
            present: row.present,
            votes,
            dissent: row.dissent,
            told_by: row.told_by,
            tag: row.recorder_tag,
        })
    };
    rows.into_iter().map(group).collect()
}

pub(super) fn insert(tx: &mut Tx, one: &Group) -> Result<(), Fault> {
    diesel::insert_into(group_response::table).values(row(one)).execute(tx)?;
    insert_points(tx, one.id, &one.points)
}

pub(super) fn insert_points(tx: &mut Tx, of: Id, points: &[Point]) -> Result<(), Fault> {
    for one in points {
        diesel::insert_into(group_point::table)
            .values(PointRow {
                key: one.key,
                group_response_id: of,
                slip: one.slip,
                document_id: one.document_id,
                version_number: one.version_number,
                block_key: one.block_key.clone(),
                position: one.position.map(|position| position.as_str().to_owned()),
                words: one.words.clone(),
                permission: one.permission.as_str().to_owned(),
            })
            .execute(tx)?;
    }
    Ok(())
}

pub(super) fn update(tx: &mut Tx, one: &Group) -> Result<(), Fault> {
    diesel::update(group_response::table.find(one.id)).set(row(one)).execute(tx)?;
    Ok(())
}

pub(super) fn drop_points(tx: &mut Tx, of: Id) -> Result<(), Fault> {
    diesel::delete(group_point::table.filter(group_point::group_response_id.eq(of))).execute(tx)?;
    Ok(())
}

pub(super) fn drop_slip(tx: &mut Tx, of: Id, slip: i64) -> Result<(), Fault> {
    let own = group_point::table.filter(group_point::group_response_id.eq(of).and(group_point::slip.eq(slip)));
    diesel::delete(own).execute(tx)?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx, id: Id) -> Result<(), Fault> {
    drop_points(tx, id)?;
    diesel::delete(group_response::table.find(id)).execute(tx)?;
    Ok(())
}
