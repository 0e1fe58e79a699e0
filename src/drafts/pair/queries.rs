use diesel::prelude::*;

use super::{Pair, State};
use crate::ids::Id;
use crate::store::backend::each;
use crate::store::schema::{clause_pair, pairing};
use crate::store::{Fault, Tx};

const CHUNK: usize = 500;

type PairRow = (Id, String, String, State, String, String, i32);

/// By name, which is the order in which they were made.
pub(super) fn pairs(tx: &mut Tx, consultation: Id) -> Result<Vec<Pair>, Fault> {
    let rows: Vec<PairRow> = clause_pair::table
        .filter(clause_pair::consultation_id.eq(consultation))
        .order(clause_pair::id)
        .select((
            clause_pair::id,
            clause_pair::ours,
            clause_pair::theirs,
            clause_pair::state,
            clause_pair::ours_figure,
            clause_pair::theirs_figure,
            clause_pair::score,
        ))
        .load(tx)?;
    let keys = |joined: &str| joined.split(' ').filter(|key| !key.is_empty()).map(str::to_owned).collect();
    let pair = |(id, ours, theirs, state, ours_figure, theirs_figure, score): PairRow| Pair {
        id,
        ours: keys(&ours),
        theirs: keys(&theirs),
        state,
        ours_figure,
        theirs_figure,
        score,
    };
    Ok(rows.into_iter().map(pair).collect())
}

pub(super) fn insert(tx: &mut Tx, consultation: Id, pairs: &[Pair]) -> Result<(), Fault> {
    let rows: Vec<_> = pairs
        .iter()
        .map(|pair| {
            (
                clause_pair::id.eq(pair.id),
                clause_pair::consultation_id.eq(consultation),
                clause_pair::ours.eq(pair.ours.join(" ")),
                clause_pair::theirs.eq(pair.theirs.join(" ")),
                clause_pair::state.eq(pair.state),
                clause_pair::ours_figure.eq(&pair.ours_figure),
                clause_pair::theirs_figure.eq(&pair.theirs_figure),
                clause_pair::score.eq(pair.score),
            )
        })
        .collect();
    for chunk in rows.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        each!(tx, |connection| diesel::insert_into(clause_pair::table).values(chunk).execute(connection))?;
    }
    Ok(())
}

pub(super) fn update(tx: &mut Tx, pair: &Pair) -> Result<(), Fault> {
    diesel::update(clause_pair::table.find(pair.id))
        .set((
            clause_pair::ours.eq(pair.ours.join(" ")),
            clause_pair::theirs.eq(pair.theirs.join(" ")),
            clause_pair::state.eq(pair.state),
            clause_pair::ours_figure.eq(&pair.ours_figure),
            clause_pair::theirs_figure.eq(&pair.theirs_figure),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx, id: Id) -> Result<(), Fault> {
    diesel::delete(clause_pair::table.find(id)).execute(tx)?;
    Ok(())
}

pub(super) fn delete_all(tx: &mut Tx, consultation: Id) -> Result<(), Fault> {
    diesel::delete(clause_pair::table.filter(clause_pair::consultation_id.eq(consultation))).execute(tx)?;
    Ok(())
}

pub(super) fn confirm_all(tx: &mut Tx, consultation: Id) -> Result<usize, Fault> {
    let proposed = clause_pair::table
        .filter(clause_pair::consultation_id.eq(consultation))
        .filter(clause_pair::state.eq(State::Proposed));
    Ok(diesel::update(proposed).set(clause_pair::state.eq(State::Confirmed)).execute(tx)?)
}

pub(super) fn revision(tx: &mut Tx, consultation: Id) -> Result<i32, Fault> {
    let found = pairing::table.find(consultation).select(pairing::revision).first(tx).optional()?;
    Ok(found.unwrap_or(0))
}

pub(super) fn set_revision(tx: &mut Tx, consultation: Id, revision: i32) -> Result<(), Fault> {
    let changed = diesel::update(pairing::table.find(consultation)).set(pairing::revision.eq(revision)).execute(tx)?;
    if changed == 0 {
        diesel::insert_into(pairing::table)
            .values((pairing::consultation_id.eq(consultation), pairing::revision.eq(revision)))
            .execute(tx)?;
    }
    Ok(())
}
