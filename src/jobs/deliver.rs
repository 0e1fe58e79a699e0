//! Sends what the outbox holds: claim (short write), write and hand over (no transaction), settle
//! (short write).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::hands::Hands;
use crate::ids::Id;
use crate::mail::{
    self, Audience, Claimed, Letter, Mailing, MessageState, Outcome, Outgoing, Pending, Settled, Stationery,
};
use crate::refusal::Refusal;
use crate::store::{Fault, Side, Tx};

/// What became of the messages of one pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Delivered {
    pub sent: usize,
    pub not_sent: usize,
    pub broken: usize,
}

/// Sends until nothing is due. `wanted` tells the invitations that a mailing to *not finished* may
/// go to; it is asked once for each such mailing and pass, in a reading transaction.
///
/// # Errors
/// When the database fails; what was claimed is taken up again when its lease has run out.
pub async fn all_due<F>(hands: &Hands, wanted: F) -> Result<Delivered, Refusal>
where
    F: Fn(&mut Tx, &Mailing) -> Result<BTreeSet<Id>, Refusal> + Clone + Send + 'static,
{
    let mut done = Delivered::default();
    let mut chosen = BTreeMap::new();
    loop {
        let now = hands.clock.now();
        let rows = hands.store.write(Side::Members, move |tx| mail::claim(tx, now, BATCH)).await?;
        if rows.is_empty() {
            return Ok(done);
        }
        let wanted = wanted.clone();
        let (letters, kept) = hands
            .store
            .read(move |tx| {
                choose(tx, &rows, &mut chosen, wanted)?;
                Ok::<_, Refusal>((mail::letters(tx, now, rows)?, chosen))
            })
            .await?;
        chosen = kept;
        let results = send(hands, letters, &chosen, now).await?;
        done.count(&results);
        let settled_at = hands.clock.now();
        hands.store.write(Side::Members, move |tx| mail::settle(tx, &results, settled_at)).await?;
    }
}

const BATCH: i64 = 100;

/// Fewest wanted recipients under a label; below, nobody under it gets a mailing to *not finished*.
const FEWEST: usize = crate::consultations::SMALLEST;

/// The invitations that get a mailing to *not finished*, by mailing; others go to all their rows.
type Chosen = BTreeMap<Id, BTreeSet<Id>>;

impl Delivered {
    fn count(&mut self, results: &[Settled]) {
        for result in results {
            match result.outcome {
                Outcome::Sent => self.sent += 1,
                Outcome::NotSent => self.not_sent += 1,
                Outcome::Broken(_) => self.broken += 1,
            }
        }
    }
}

fn choose<F>(tx: &mut Tx, rows: &[Claimed], chosen: &mut Chosen, wanted: F) -> Result<(), Refusal>
where
    F: Fn(&mut Tx, &Mailing) -> Result<BTreeSet<Id>, Refusal>,
{
    let mailings: BTreeSet<Id> = rows.iter().filter_map(|row| row.mailing_id).collect();
    for id in mailings {
        let mailing = mail::get(tx, id)?;
        if mailing.audience == Audience::NotFinished && !chosen.contains_key(&id) {
            let wanted = wanted(tx, &mailing)?;
            chosen.insert(id, in_company(&mail::pending(tx, id)?, &wanted));
        }
    }
    Ok(())
}

/// Those wanted, under labels where enough recipients are. Whoever has her copy already counts.
fn in_company(messages: &[Pending], wanted: &BTreeSet<Id>) -> BTreeSet<Id> {
    let counts = |one: &&Pending| match one.state {
        MessageState::Sent | MessageState::Uncertain | MessageState::Failed => true,
        MessageState::NotSent | MessageState::Cancelled => false,
        _ => wanted.contains(&one.invitation_id),
    };
    let mut by_label: BTreeMap<Option<Id>, BTreeSet<Id>> = BTreeMap::new();
    for one in messages.iter().filter(counts) {
        by_label.entry(one.label_id).or_default().insert(one.invitation_id);
    }
    by_label.into_values().filter(|group| group.len() >= FEWEST).flatten().collect()
}

async fn send(
    hands: &Hands,
    letters: Vec<(Claimed, Option<Letter>)>,
    chosen: &Chosen,
    now: DateTime<Utc>,
) -> Result<Vec<Settled>, Refusal> {
    let is_chosen = |row: &Claimed| match (row.mailing_id.and_then(|id| chosen.get(&id)), row.invitation_id) {
        (Some(chosen), Some(invitation)) => chosen.contains(&invitation),
        _ => true,
    };
    let letters: Vec<_> = letters.into_iter().map(|(row, letter)| (letter.filter(|_| is_chosen(&row)), row)).collect();
    let (stationery, transport) = (hands.stationery.clone(), hands.transport.clone());
    let acted = tokio::task::spawn_blocking(move || {
        let (messages, mut results) = write(&stationery, letters, now);
        let (rows, outgoing): (Vec<_>, Vec<_>) = messages.into_iter().unzip();
        for (row, answer) in rows.iter().zip(transport.send(&outgoing)) {
            results.push(settled(row, answer.map_or_else(Outcome::Broken, |()| Outcome::Sent)));
        }
        results
    });
    acted.await.map_err(|_| Fault::Stopped.into())
}

fn write(
    stationery: &Stationery,
    letters: Vec<(Option<Letter>, Claimed)>,
    now: DateTime<Utc>,
) -> (Vec<(Claimed, Outgoing)>, Vec<Settled>) {
    let mut messages = Vec::new();
    let mut results = Vec::new();
    for (letter, row) in letters {
        let Some(letter) = letter else {
            results.push(settled(&row, Outcome::NotSent));
            continue;
        };
        match letter.write(stationery, now) {
            Ok(outgoing) => messages.push((row, outgoing)),
            Err(why) => {
                tracing::warn!(message = %row.id, %why, "a message could not be written");
                results.push(settled(&row, Outcome::Broken(why.broken())));
            }
        }
    }
    (messages, results)
}

fn settled(row: &Claimed, outcome: Outcome) -> Settled {
    Settled { id: row.id, fence: row.fence, attempts: row.attempts, outcome }
}
