//! Sends what the outbox holds. A feeder claims messages (short write), writes their letters and
//! queues them; the transport hands them over; a [`Counter`] writes down what becomes of each. They
//! work side by side, so that one slow conversation holds up nobody else's mail.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use tokio::sync::mpsc::{self, Sender};

use super::counter::Counter;
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
    pub uncertain: usize,
}

/// Sends until nothing is due. `wanted` tells the invitations that a mailing to *not finished* may
/// go to; it is asked once for each such mailing and pass, in a reading transaction. Once the hands
/// are told to stop, what is being handed over has a few seconds to come to its end.
///
/// # Errors
/// When the database fails; what was claimed is taken up again when its lease has run out.
pub async fn all_due<F>(hands: &Hands, wanted: F) -> Result<Delivered, Refusal>
where
    F: Fn(&mut Tx, &Mailing) -> Result<BTreeSet<Id>, Refusal> + Clone + Send + 'static,
{
    let counter = Counter::new(hands);
    let shut = AtomicBool::new(false);
    let (queue, messages) = mpsc::channel(hands.transport.appetite());
    let (tell, notes) = mpsc::channel(NOTES);
    let feeding = feed(hands, &counter, queue, &shut, wanted);
    let working = async {
        let sending = hands.transport.send(messages, tell, &shut);
        let (fed, (), counted) = tokio::join!(feeding, sending, counter.keep(notes));
        fed.and(counted)
    };
    let is_done = tokio::select! {
        worked = working => Some(worked),
        () = hands.stop.over() => None,
    };
    // What is left was never tried, or it is too late to hear what became of it.
    let left = counter.give_up().await;
    hands.transport.rest().await;
    is_done.unwrap_or(Ok(())).and(left)?;
    Ok(counter.delivered())
}

/// How long the feeder waits for news before it looks for new mail, while old mail is on its way.
const LOOK: Duration = Duration::from_secs(1);

/// Notes that may wait to be written down together.
const NOTES: usize = 256;

const BATCH: i64 = 100;

/// Fewest wanted recipients under a label; below, nobody under it gets a mailing to *not finished*.
const FEWEST: usize = crate::consultations::SMALLEST;

/// The invitations that get a mailing to *not finished*, by mailing; others go to all their rows.
type Chosen = BTreeMap<Id, BTreeSet<Id>>;

impl Delivered {
    pub(super) fn count(&mut self, result: &Settled) {
        match result.outcome {
            Outcome::Sent => self.sent += 1,
            Outcome::NotSent => self.not_sent += 1,
            Outcome::Broken(_) => self.broken += 1,
            Outcome::Uncertain(_) => self.uncertain += 1,
            Outcome::Returned => {}
        }
    }
}

/// Claims and queues until nothing is due and nothing on its way.
async fn feed<F>(
    hands: &Hands,
    counter: &Counter<'_>,
    queue: Sender<Outgoing>,
    shut: &AtomicBool,
    wanted: F,
) -> Result<(), Refusal>
where
    F: Fn(&mut Tx, &Mailing) -> Result<BTreeSet<Id>, Refusal> + Clone + Send + 'static,
{
    let mut chosen = BTreeMap::new();
    while !hands.stop.is_set() {
        // Asked before the claim: what comes to its end meanwhile may open the way for more.
        let was_idle = counter.is_idle();
        let is_unheard = shut.load(Ordering::Acquire) && !counter.is_paused();
        let rows = if is_unheard { Vec::new() } else { claim(hands).await? };
        if rows.is_empty() {
            if !is_unheard && was_idle {
                break;
            }
            tokio::select! {
                () = counter.news() => {}
                () = tokio::time::sleep(LOOK) => {}
                () = hands.stop.set() => {}
            }
            continue;
        }
        shut.store(false, Ordering::Release);
        counter.goes_on();
        counter.takes(&rows);
        let (now, wanted) = (hands.clock.now(), wanted.clone());
        let (letters, kept) = hands
            .store
            .read(move |tx| {
                choose(tx, &rows, &mut chosen, wanted)?;
                Ok::<_, Refusal>((mail::letters(tx, now, rows)?, chosen))
            })
            .await?;
        chosen = kept;
        for message in write_all(hands, counter, letters, &chosen, now).await? {
            if hands.stop.is_set() || shut.load(Ordering::Acquire) {
                counter.returns(message.id);
            } else if queue.send(message).await.is_err() {
                return Err(Fault::Stopped.into());
            }
        }
        counter.write_down().await?;
    }
    Ok(())
}

async fn claim(hands: &Hands) -> Result<Vec<Claimed>, Refusal> {
    let (now, is_channel) = (hands.clock.now(), hands.transport.is_channel());
    let claimed = hands.store.write(Side::Members, move |tx| {
        let room = if is_channel { mail::room(tx, now, BATCH)? } else { BATCH };
        mail::claim(tx, now, room)
    });
    Ok(claimed.await?)
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

/// The messages of these letters; what must not or cannot be sent is settled.
async fn write_all(
    hands: &Hands,
    counter: &Counter<'_>,
    letters: Vec<(Claimed, Option<Letter>)>,
    chosen: &Chosen,
    now: DateTime<Utc>,
) -> Result<Vec<Outgoing>, Refusal> {
    let is_chosen = |row: &Claimed| match (row.mailing_id.and_then(|id| chosen.get(&id)), row.invitation_id) {
        (Some(chosen), Some(invitation)) => chosen.contains(&invitation),
        _ => true,
    };
    let mut wanted = Vec::new();
    for (row, letter) in letters {
        match letter.filter(|_| is_chosen(&row)) {
            None => counter.settles(row.id, Outcome::NotSent),
            Some(letter) => {
                counter.is_of_use_until(row.id, letter.until(now));
                wanted.push((row.id, letter));
            }
        }
    }
    let stationery = hands.stationery.clone();
    let written = tokio::task::spawn_blocking(move || write(&stationery, &wanted, now));
    let mut messages = Vec::new();
    for (id, written) in written.await.map_err(|_| Fault::Stopped)? {
        match written {
            Ok(message) => messages.push(message),
            Err(why) => {
                tracing::warn!(message = %id, %why, "a message could not be written");
                counter.settles(id, Outcome::Broken(why.broken()));
            }
        }
    }
    Ok(messages)
}

type Written = Result<Outgoing, mail::Unwritable>;

fn write(stationery: &Stationery, letters: &[(Id, Letter)], now: DateTime<Utc>) -> Vec<(Id, Written)> {
    letters.iter().map(|(id, letter)| (*id, letter.write(stationery, now))).collect()
}
