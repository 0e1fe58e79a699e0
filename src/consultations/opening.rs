//! Opening: teams, labels and invitations are fixed. Many small writes, the state last, so that
//! twenty thousand invitations never hold up a comment; an opening that broke off is begun again.

use std::collections::{BTreeMap, BTreeSet};

use super::consultation::{Consultation, State, by_slug};
use super::invitation::{Invitation, Tokens};
use super::label::{Label, Unit, draw};
use super::queries;
use crate::audit::Deed;
use crate::ids::Id;
use crate::keys::Keys;
use crate::people;
use crate::refusal::{Problems, Refusal};
use crate::store::{Side, Store, Tx};

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
    store.write(Side::Members, move |tx| Ok::<_, Refusal>(queries::begin_opening(tx, id, &labels)?)).await?;
    for chunk in invitations.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        store.write(Side::Members, move |tx| Ok::<_, Refusal>(queries::insert_invitations(tx, &chunk)?)).await?;
    }
    let (deed, count) = (deed.clone(), invitations.len());
    store
        .write(Side::Members, move |tx| {
            let mut consultation = by_slug(tx, &slug)?;
            check(&consultation, now)?;
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

fn check(consultation: &Consultation, now: chrono::DateTime<chrono::Utc>) -> Result<(), Refusal> {
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

fn plan(tx: &mut Tx, keys: &Keys, deed: &Deed, consultation: Consultation) -> Result<Plan, Refusal> {
    let chosen = if consultation.covers_all_teams { None } else { Some(queries::teams(tx, consultation.id)?) };
    let teams = people::team::list(tx)?;
    let members = people::member::invitable(tx, chosen.as_deref())?;
    if members.is_empty() {
        return Err(Refusal::conflict("nobody-to-invite", "Nobody is in these teams yet; import the members first."));
    }
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
    let labels: Vec<Label> =
        draw(&units).into_iter().map(|(name, teams)| Label { id: deed.new_id(), name, teams }).collect();
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
