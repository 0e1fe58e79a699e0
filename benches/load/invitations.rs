//! From the planning of an invitation to the last of its outbox rows; nothing is sent.

use std::collections::BTreeMap;
use std::time::Instant;

use soundings::consultations;
use soundings::links::Links;
use soundings::mail::{self, New};
use soundings::refusal::Refusal;
use soundings::store::Side;

use super::Measured;
use super::stage::{SLUG, Stage};

const MEMBERS: usize = 20_000;
/// As many rows in one transaction as the worker writes (`jobs/fan_out.rs`).
const CHUNK: i64 = 500;

pub async fn measure() -> Measured {
    let stage = Stage::with_members(MEMBERS).await;
    let began = Instant::now();
    let (_, chunks) = queue(&stage, mail::Kind::Invitation).await.expect("a queued mailing");
    let took = began.elapsed();
    Measured {
        limit: "20,000 invitations queued",
        wanted: "≤ 2 s",
        figure: format!("{:.2} s", took.as_secs_f64()),
        holds: Some(took.as_secs_f64() <= 2.0),
        notes: vec![format!("invitations: {MEMBERS} outbox rows in {chunks} durable writes")],
    }
}

/// The steps of the worker, without its sending: plan, start what is due, write the rows. Returns the
/// mailing and how many writes that took.
pub async fn queue(stage: &Stage, kind: mail::Kind) -> Result<(mail::Mailing, usize), Refusal> {
    let (deed, now) = (stage.deed(), stage.now);
    let mailing = stage.store.write(Side::Members, move |tx| {
        let consultation = consultations::by_slug(tx, SLUG)?;
        mail::plan(tx, &deed, &consultation, &New::standard(kind, BTreeMap::new()))
    });
    let mailing = mailing.await?;
    stage.store.write(Side::Members, move |tx| mail::start_due(tx, now)).await?;
    let links = Links::new("https://say.example.org");
    let (mut after, mut chunks) = (None, 0);
    loop {
        let (chance, links, of) = (stage.chance.clone(), links.clone(), mailing.clone());
        let chunk = stage
            .store
            .write(Side::Members, move |tx| mail::fan_out_chunk(tx, &chance, &links, now, &of, after, CHUNK));
        after = chunk.await?;
        chunks += 1;
        if after.is_none() {
            break;
        }
    }
    let id = mailing.id;
    let counts = stage.store.read(move |tx| mail::counts(tx, id)).await?;
    let queued = counts.0.get(&mail::MessageState::Queued).copied().unwrap_or_default();
    assert_eq!(usize::try_from(queued), Ok(stage.invited().await?.len()));
    Ok((mailing, chunks))
}
