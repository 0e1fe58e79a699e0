//! Storing what the set-up page brought, once its list is in: all of it in one piece.

use crate::audit::Deed;
use crate::consultations::{self, Consultation, New};
use crate::drafts::{Kind, Prepared, document, version};
use crate::mail;
use crate::people;
use crate::refusal::Refusal;
use crate::web::desk::typed::Typed;
use crate::web::desk::whom;
use crate::web::house::House;

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
