//! What every handler is handed.

use std::sync::Arc;

use tokio::sync::Notify;

use super::member::Shelf;
use crate::assets::Assets;
use crate::clock::Clock;
use crate::ids::{Chance, Id};
use crate::keys::Keys;
use crate::links::Links;
use crate::people::Passwords;
use crate::refusal::Refusal;
use crate::render::Renderer;
use crate::responses::Desks;
use crate::responses::Progresses;
use crate::settings::Settings;
use crate::store::{Side, Store, Tx};
use crate::words::Words;

/// The running service, as handlers see it. One for all workers.
pub struct House {
    pub store: Store,
    pub keys: Keys,
    pub clock: Clock,
    pub chance: Chance,
    pub settings: Settings,
    pub links: Links,
    pub words: Arc<Words>,
    pub assets: Arc<Assets>,
    pub renderer: Renderer,
    /// The few hands that hash passwords.
    pub passwords: Passwords,
    /// Published versions, rendered once.
    pub shelf: Shelf,
    /// What negotiators read last.
    pub desks: Desks,
    /// How consultations are doing, as counted last.
    pub progresses: Progresses,
    /// Wakes the worker when something was queued.
    pub wake: Arc<Notify>,
    /// Whether the demo's mailbox is shown.
    pub shows_mailbox: bool,
}

impl House {
    /// # Errors
    /// As `Store::read`.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.store.read(work).await
    }

    /// Writes rows that name members or staff, or neither.
    ///
    /// # Errors
    /// As `Store::write`.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.store.write(Side::Members, work).await
    }

    /// As [`House::write`], for the work that makes the consultation `id`: its key is there before, and
    /// goes again when the work is refused.
    ///
    /// # Errors
    /// As `Store::write`.
    pub async fn write_new<T: Send + 'static>(
        &self,
        id: Id,
        work: impl Fn(&mut Tx) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.keys.make_consultation(id)?;
        let made = self.write(work).await;
        if made.as_ref().is_err_and(|refusal| !matches!(refusal, Refusal::Fault(_))) {
            // Refused, so never there. After a fault the row may be there all the same: its key stays.
            self.keys.destroy_consultation(id)?;
        }
        made
    }

    /// Writes rows that hang on a voice.
    ///
    /// # Errors
    /// As `Store::write`.
    pub async fn write_voices<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.store.write(Side::Voices, work).await
    }
}
