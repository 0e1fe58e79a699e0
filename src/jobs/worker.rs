//! Does what is due: once (`mail due`), or again and again (`serve`).

use std::time::Duration;

use serde::Serialize;
use tokio::sync::Notify;

use super::deliver::{self, Delivered};
use super::hands::Hands;
use super::{fan_out, join_letter, link_again, schedule, trial};
use crate::mail::{self, Mailing};
use crate::refusal::Refusal;
use crate::responses;
use crate::store::queue::{self, Claimed};
use crate::store::{Fault, Side, Tx};

/// What one pass did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Done {
    pub mailings: usize,
    pub jobs: usize,
    #[serde(flatten)]
    pub messages: Delivered,
}

/// One pass: what the clock brings, then queued jobs, then the outbox, until nothing is due.
///
/// # Errors
/// When the database fails. A job that fails is put back for later and stops nobody else.
pub async fn pass(hands: &Hands) -> Result<Done, Refusal> {
    let (mailings, jobs) = work_off(hands).await?;
    Ok(Done { mailings, jobs, messages: send(hands).await? })
}

/// Works every second, and at once when `wake` is notified, until the hands are told to stop. Mail
/// goes its own way beside the rest: a mail server may take its time, a deadline may not.
pub async fn run(hands: &Hands, wake: &Notify) {
    let mail_wake = Notify::new();
    if let Err(error) = begin(hands).await {
        tracing::warn!(%error, "the mail channel could not be looked at");
    }
    let working = again_and_again(hands, wake, async || {
        let worked = work_off(hands).await.map(|_| ());
        mail_wake.notify_one();
        worked
    });
    let sending = again_and_again(hands, &mail_wake, async || send(hands).await.map(|_| ()));
    tokio::join!(working, sending);
}

/// Whoever has just mended the mail server's settings does not wait for the next try.
async fn begin(hands: &Hands) -> Result<(), Refusal> {
    let (now, is_channel) = (hands.clock.now(), hands.transport.is_channel());
    let looked = hands.store.write(Side::Members, move |tx| {
        if is_channel { mail::try_channel_now(tx, now) } else { mail::open_channel(tx) }
    });
    Ok(looked.await?)
}

async fn again_and_again(hands: &Hands, wake: &Notify, turn: impl AsyncFn() -> Result<(), Refusal>) {
    let mut was_well = true;
    loop {
        tokio::select! {
            () = hands.stop.set() => return,
            () = wake.notified() => {}
            () = tokio::time::sleep(BETWEEN) => {}
        }
        // A turn is not broken off: a stop waits for the end of this one.
        match turn().await {
            Ok(()) => was_well = true,
            Err(error) if was_well => {
                tracing::error!(%error, "work could not be done; it is tried again every second");
                was_well = false;
            }
            Err(_) => {}
        }
    }
}

async fn work_off(hands: &Hands) -> Result<(usize, usize), Refusal> {
    let mailings = schedule::run(hands).await?;
    let mut jobs = 0;
    while !hands.stop.is_set() {
        let now = hands.clock.now();
        let claimed = hands.store.write(Side::Members, move |tx| queue::claim(tx, now)).await?;
        let Some(job) = claimed else { break };
        work(hands, job).await?;
        jobs += 1;
    }
    Ok((mailings, jobs))
}

async fn send(hands: &Hands) -> Result<Delivered, Refusal> {
    let keys = hands.stationery.keys.clone();
    let wanted = move |tx: &mut Tx, mailing: &Mailing| responses::not_finished(tx, &keys, mailing.consultation_id);
    let messages = deliver::all_due(hands, wanted).await?;
    let now = hands.clock.now();
    hands.store.write(Side::Members, move |tx| mail::finish_sent(tx, now)).await?;
    Ok(messages)
}

const BETWEEN: Duration = Duration::from_secs(1);

async fn work(hands: &Hands, job: Claimed) -> Result<(), Refusal> {
    let worked = match job.kind.as_str() {
        mail::FAN_OUT => fan_out::run(hands, &job.payload).await,
        link_again::LINK_AGAIN => link_again::run(hands, &job.payload).await,
        mail::JOIN_LETTER => join_letter::run(hands, &job).await,
        mail::TRIAL => trial::run(hands, job.id, &job.payload).await,
        unknown => Err(Fault::Corrupt(format!("job {}: nobody knows the kind {unknown:?}", job.id)).into()),
    };
    let now = hands.clock.now();
    let recorded = hands.store.write(Side::Members, {
        let again_at = worked.as_ref().err().map(|_| now + chrono::Duration::minutes(1 + i64::from(job.attempts)));
        move |tx| match again_at {
            None => queue::done(tx, &job),
            Some(at) => queue::retry(tx, &job, at),
        }
    });
    if let Err(error) = worked {
        tracing::error!(%error, "a job failed and is tried again later");
    }
    recorded.await?;
    Ok(())
}
