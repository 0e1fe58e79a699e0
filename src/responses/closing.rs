//! Closing by hand: comments end, and all words reach the desks at once.

use super::batch;
use crate::audit::Deed;
use crate::consultations::Consultation;
use crate::mail;
use crate::refusal::Refusal;
use crate::store::{Side, Store};

/// Closes an open consultation now; the reason goes into the audit log, and may be empty. Should it
/// break off in between, the schedule does the rest.
///
/// # Errors
/// When the consultation is not open, or the database fails.
pub async fn close(store: &Store, deed: &Deed, slug: &str, reason: &str) -> Result<Consultation, Refusal> {
    let (of, slug, reason) = (deed.clone(), slug.to_owned(), reason.to_owned());
    let closed = store.write(Side::Members, move |tx| mail::close(tx, &of, &slug, &reason)).await?;
    batch::last(store, &closed, deed.now).await?;
    Ok(closed)
}
