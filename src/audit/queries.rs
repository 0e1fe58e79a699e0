use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::ids::Id;
use crate::store::columns::At;
use crate::store::schema::audit;
use crate::store::{Fault, Tx};

pub(super) fn insert(
    tx: &mut Tx,
    id: Id,
    at: DateTime<Utc>,
    actor: &str,
    action: &str,
    subject: &str,
    detail: &str,
) -> Result<(), Fault> {
    diesel::insert_into(audit::table)
        .values((
            audit::id.eq(id),
            audit::at.eq(At(at)),
            audit::actor.eq(actor),
            audit::action.eq(action),
            audit::subject.eq(subject),
            audit::detail.eq(detail),
        ))
        .execute(tx)?;
    Ok(())
}
