//! Codes on paper, for members whom mail cannot reach because they have no address.

use std::collections::HashMap;

use super::{Consultation, invited, printed_code};
use crate::ids::Id;
use crate::keys::Keys;
use crate::people::{member, team};
use crate::refusal::Refusal;
use crate::store::Tx;

/// One member's slip. The code is a secret: it opens what her link opens.
#[derive(Debug, Clone)]
pub struct PrintedCode {
    pub invitation: Id,
    pub name: String,
    /// The team's path; none for a member of several teams who has not chosen yet.
    pub team: Option<String>,
    pub code: String,
}

/// The codes of everybody invited who has no mail address and has not left, by team and name.
/// Whoever hands them out notes it in the audit log.
///
/// # Errors
/// When the database fails.
pub fn printed_codes(tx: &mut Tx, keys: &Keys, of: &Consultation) -> Result<Vec<PrintedCode>, Refusal> {
    let teams: HashMap<_, _> = team::list(tx)?.into_iter().map(|team| (team.id, team.path)).collect();
    let mut invited: HashMap<_, _> = invited(tx, of.id)?.into_iter().map(|one| (one.member_id, one)).collect();
    let members: Vec<_> = invited.keys().copied().collect();
    let mut codes = Vec::new();
    for contact in member::contact_of(tx, &members)?.into_iter().filter(|contact| contact.email.is_none()) {
        let Some(invitation) = invited.remove(&contact.id) else { continue };
        if member::has_left(tx, contact.id)? {
            continue;
        }
        codes.push(PrintedCode {
            invitation: invitation.id,
            name: contact.name,
            team: invitation.team_id.and_then(|id| teams.get(&id).cloned()),
            code: printed_code(keys, invitation.id, invitation.generation),
        });
    }
    codes.sort_by(|one, other| {
        (&one.team, &one.name, one.invitation).cmp(&(&other.team, &other.name, other.invitation))
    });
    Ok(codes)
}
