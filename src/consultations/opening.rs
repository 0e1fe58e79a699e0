//! Opening: teams, labels and invitations are fixed. Many small writes, the state last, so that
//! twenty thousand invitations never hold up a comment; an opening that broke off is begun again.
//! Of two that run at the same time the one that began first gives way.

use std::collections::{BTreeMap, BTreeSet};

use super::consultation::{Consultation, State, by_id, by_slug};
use super::invitation::{Invitation, Tokens};
use super::label::{Label, Unit, draw};
use super::queries;
use crate::audit::Deed;
use crate::ids::Id;
use crate::keys::Keys;
use crate::people;
use crate::refusal::{Problems, Refusal};
use crate::store::{Fault, Side, Store, Tx};

/// Opens a consultation that is in order: contact given, deadline ahead, somebody to invite.
/// That there is a published draft is for the caller to see to.
///
/// # Errors
/// Everything that must be mended first; a state other than *preparing*.
pub async fn open(store: &Store, keys: &Keys, deed: &Deed, slug: &str) -> Result<Consultation, Refusal> {
    let (slug, now) = (slug.to_owned(), deed.now);
    let (keys, deed_of_plan) = (keys.clone(), deed.clone());
    let asked = slug.clone();
    let plan = store.read(move |tx| {
        let consultation = by_slug(tx, &asked)?;
        check(&consultation, now)?;
        plan(tx, &keys, &deed_of_plan, consultation)
    });
    let Plan { consultation, labels, invitations } = plan.await?;
    let id = consultation.id;
    let mark = labels.first().map(|label| label.id);
    store
        .write(Side::Members, move |tx| {
            check(&by_id(tx, id)?, now)?;
            Ok::<_, Refusal>(queries::begin_opening(tx, id, &labels)?)
        })
        .await?;
    for chunk in invitations.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        store
            .write(Side::Members, move |tx| {
                still_ours(tx, id, mark)?;
                Ok::<_, Refusal>(queries::insert_invitations(tx, &chunk)?)
            })
            .await?;
    }
    let (deed, count) = (deed.clone(), invitations.len());
    store
        .write(Side::Members, move |tx| {
            let mut consultation = by_slug(tx, &slug)?;
            check(&consultation, now)?;
            still_ours(tx, id, mark)?;
            consultation.state = State::Open;
            consultation.opened_at = Some(now);
            queries::update(tx, &consultation)?;
            deed.record(tx, "open consultation", &slug, &serde_json::json!({ "invited": count }))?;
            Ok(consultation)
        })
        .await
}

const CHUNK: usize = 500;

struct Plan {
    consultation: Consultation,
    labels: Vec<Label>,
    invitations: Vec<(Invitation, [[u8; 32]; 3])>,
}

/// Whether the labels are still those that this opening wrote: another one writes its own.
fn still_ours(tx: &mut Tx, id: Id, mark: Option<Id>) -> Result<(), Refusal> {
    let there = queries::labels(tx, id)?;
    if there.first().map(|label| label.id) == mark {
        return Ok(());
    }
    Err(Refusal::conflict("opening-elsewhere", "The consultation is being opened by another press of the button."))
}

/// What stands in the way of opening.
///
/// # Errors
/// Each thing to mend; a state other than *preparing*.
pub(super) fn check(consultation: &Consultation, now: chrono::DateTime<chrono::Utc>) -> Result<(), Refusal> {
    if consultation.state != State::Preparing {
        return Err(Refusal::conflict("not-preparing", format!("The consultation is {} already.", consultation.state)));
    }
    let mut problems = Problems::default();
    if consultation.contact.is_none() {
        problems.note("contact", "missing", "Name a contact before opening: members need somebody to ask.");
    }
    if consultation.deadline.at <= now {
        problems.note("deadline", "past", "The deadline has passed; choose one that is still to come.");
    }
    problems.none()
}

/// Who would be invited now, and the groups they would stand in.
pub(super) struct Drawn {
    pub teams: Vec<people::Team>,
    /// Each with those of the teams that she is in.
    pub members: Vec<(Id, Vec<Id>)>,
    /// Each group's name and teams.
    pub groups: Vec<(String, Vec<Id>)>,
}

/// # Errors
/// When the database fails.
pub(super) fn drawn(tx: &mut Tx, consultation: &Consultation) -> Result<Drawn, Fault> {
    let chosen = if consultation.covers_all_teams { None } else { Some(queries::teams(tx, consultation.id)?) };
    let teams = people::team::list(tx)?;
    let members = people::member::invitable(tx, chosen.as_deref())?;
    let mut alone: BTreeMap<Id, usize> = BTreeMap::new();
    let mut several: BTreeSet<Id> = BTreeSet::new();
    for (_, teams) in &members {
        match teams.as_slice() {
            [team] => *alone.entry(*team).or_default() += 1,
            teams => several.extend(teams),
        }
    }
    let units: Vec<Unit> = teams
        .iter()
        .map(|team| {
            let invited = alone.get(&team.id).copied().unwrap_or_default();
            let present = invited > 0 || several.contains(&team.id);
            Unit { team: team.id, parent: team.parent_id, name: team.name.clone(), invited, present }
        })
        .collect();
    let groups = draw(&units);
    Ok(Drawn { teams, members, groups })
}

fn plan(tx: &mut Tx, keys: &Keys, deed: &Deed, consultation: Consultation) -> Result<Plan, Refusal> {
    let Drawn { members, groups, .. } = drawn(tx, &consultation)?;
    if members.is_empty() {
        return Err(Refusal::conflict("nobody-to-invite", "Nobody is in these teams yet; import the members first."));
    }
    let labels: Vec<Label> = groups.into_iter().map(|(name, teams)| Label { id: deed.new_id(), name, teams }).collect();
    let label_of: BTreeMap<Id, Id> =
        labels.iter().flat_map(|label| label.teams.iter().map(|team| (*team, label.id))).collect();
    let invitations = members
        .into_iter()
        .map(|(member_id, teams)| {
            let team_id = if let [team] = teams.as_slice() { Some(*team) } else { None };
            let id = deed.new_id();
            let tokens = Tokens::of(keys, id, 1);
            let invitation = Invitation {
                id,
                consultation_id: consultation.id,
                member_id,
                team_id,
                label_id: team_id.and_then(|team| label_of.get(&team).copied()),
                generation: 1,
                no_reminders: false,
            };
            (invitation, [tokens.link_hash, tokens.printed_hash, tokens.stop_hash])
        })
        .collect();
    Ok(Plan { consultation, labels, invitations })
}
