//! The unnamed respondent: a name that only the consultation's key can tie to an invitation.

use super::queries;
use crate::consultations::Invitation;
use crate::ids::{CommentId, Id};
use crate::keys::{Keys, SecretKey};
use crate::refusal::Refusal;
use crate::store::Tx;

crate::values! {
    /// Two kinds, so that words given with a name do not unmask the others.
    Kind { Confidential = "confidential", Named = "named" }
}
crate::text_column!(Kind);

/// Who is writing: an invitation, with the key that turns it into voices. Held in memory only.
#[derive(Clone)]
pub struct Author {
    pub invitation: Invitation,
    key: SecretKey,
}

impl Author {
    /// # Errors
    /// When the consultation's key is missing.
    pub fn new(keys: &Keys, invitation: Invitation) -> Result<Self, Refusal> {
        let key = keys.consultation(invitation.consultation_id)?;
        Ok(Self { invitation, key })
    }

    #[must_use]
    pub fn voice(&self, kind: Kind) -> Id {
        voice_id(&self.key, kind, self.invitation.id)
    }

    /// Both voices she may have.
    #[must_use]
    pub fn voices(&self) -> [Id; 2] {
        [self.voice(Kind::Confidential), self.voice(Kind::Named)]
    }

    /// Marks what this generation of her link wrote: `HMAC(consultation key, comment id, invitation,
    /// generation)`, 128 bits. A session may read and change only what carries it.
    #[must_use]
    pub fn reader_tag(&self, id: CommentId) -> [u8; 16] {
        let generation = self.invitation.generation.to_be_bytes();
        let parts: [&[u8]; 3] = [&id.0.to_be_bytes(), self.invitation.id.as_bytes(), &generation];
        first_half(&self.key.mac("reader tag", &parts))
    }

    #[must_use]
    pub fn wrote(&self, id: CommentId, tag: &[u8]) -> bool {
        self.reader_tag(id) == tag
    }

    pub(super) fn key(&self) -> &SecretKey {
        &self.key
    }
}

/// `HMAC(consultation key, kind, invitation)`, 128 bits.
#[must_use]
pub fn voice_id(key: &SecretKey, kind: Kind, invitation: Id) -> Id {
    Id::from_bytes(first_half(&key.mac("voice", &[kind.as_str().as_bytes(), invitation.as_bytes()])))
}

fn first_half(mac: &[u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&mac[..16]);
    half
}

/// The author's voice of this kind, made with its label at the first write and never changed.
pub(super) fn ensure(tx: &mut Tx, author: &Author, kind: Kind) -> Result<Id, Refusal> {
    let id = author.voice(kind);
    if !queries::voice_exists(tx, id)? {
        let label = author.invitation.label_id.ok_or_else(|| {
            Refusal::conflict("team-not-chosen", "Open your link again and choose the team you answer for.")
        })?;
        queries::insert_voice(tx, id, author.invitation.consultation_id, label, kind)?;
    }
    Ok(id)
}
