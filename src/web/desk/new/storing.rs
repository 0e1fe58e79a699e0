//! Storing what the set-up page brought: the list, then everything else in one piece.

use crate::audit::Deed;
use crate::consultations::{self, Consultation, New};
use crate::drafts::{Kind, Prepared, document, version};
use crate::mail;
use crate::people;
use crate::people::import::{self, ImportMode, Mapping, Table};
use crate::refusal::Refusal;
use crate::web::desk::typed::Typed;
use crate::web::desk::whom;
use crate::web::house::House;

/// Imports the good rows of a list; a member with a new address gets new links.
///
/// # Errors
/// Somebody else changed the same members meanwhile; the database fails.
pub(super) async fn members(house: &House, deed: &Deed, table: Table, mapping: Mapping) -> Result<(), Refusal> {
    let keys = house.keys.clone();
    let mode = ImportMode { dry_run: false, accept_valid: true };
    import::apply(&house.store, deed, table, mapping, mode, move |tx, members| {
        members.iter().try_for_each(|member| Ok(consultations::renew(tx, &keys, *member)?))
    })
    .await?;
    Ok(())
}

/// Makes the consultation, its draft (unpublished) and the usual mails, or nothing of it.
///
/// # Errors
/// What has changed meanwhile: a name that is taken, a team that is gone.
pub(super) async fn consultation(
    house: &House,
    deed: &Deed,
    new: New,
    typed: &Typed,
    draft: Prepared,
) -> Result<Consultation, Refusal> {
    let (id, deed, typed) = (deed.new_id(), deed.clone(), typed.clone());
    house
        .write_new(id, move |tx| {
            let teams = whom::chosen(&people::team::list(tx)?, &typed)?;
            let made = consultations::make(tx, &deed, id, &New { teams, ..new.clone() })?;
            let title = draft.title.as_deref().unwrap_or(&made.title);
            let proposal = document::make(tx, &deed, id, Kind::Proposal, title)?;
            version::store(tx, &deed, proposal.id, &draft)?;
            mail::plan_standard(tx, &deed, &made)?;
            Ok(made)
        })
        .await
}
