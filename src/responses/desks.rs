//! The desks that were read last, kept in memory: nothing in them is true but what the database says.

use std::sync::{Arc, Mutex, PoisonError};

use super::desk::Desk;
use crate::consultations::Consultation;
use crate::keys::Keys;
use crate::refusal::Refusal;
use crate::store::Tx;

/// Shared by all who read. A desk is used as long as its consultation's edition stays the same.
#[derive(Default)]
pub struct Desks(Mutex<Vec<Arc<Desk>>>);

/// Consultations read at the same time; more are read anew in turn.
const MOST: usize = 4;

impl Desks {
    /// The desk of a consultation as it is in this transaction.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(&self, tx: &mut Tx, keys: &Keys, consultation: &Consultation) -> Result<Arc<Desk>, Refusal> {
        // Held while one reads: whoever comes meanwhile would read the same.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|desk| desk.consultation == consultation.id);
        if let Some(place) = known {
            let desk = kept.remove(place);
            let edition = desk.edition;
            kept.insert(0, desk.clone());
            if edition == consultation.edition {
                return Ok(desk);
            }
            if edition > consultation.edition {
                // This transaction began before the last batch: its own view is not worth keeping.
                drop(kept);
                return Ok(Arc::new(Desk::open(tx, keys, consultation)?));
            }
        }
        let desk = Arc::new(Desk::open(tx, keys, consultation)?);
        kept.retain(|other| other.consultation != consultation.id);
        kept.insert(0, desk.clone());
        kept.truncate(MOST);
        Ok(desk)
    }
}
