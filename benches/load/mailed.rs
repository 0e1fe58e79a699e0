//! A consultation whose mail has gone out, and another whose plan waits: what organisers' pages tell of.

use soundings::consultations::{self, Consultation};
use soundings::drafts;
use soundings::ids::Id;
use soundings::mail::{self, Broken, Kind, Outcome, Phase, Settled};
use soundings::people::member::{self, Typed};
use soundings::people::team;
use soundings::refusal::Refusal;
use soundings::store::Side;

use super::invitations::queue;
use super::stage::{NEXT, SLUG, Stage};

/// Every fiftieth message fails, and as many members have no address.
const EVERY: usize = 50;

/// What the addresses of the organiser's pages name.
pub struct Named {
    pub member: Id,
    pub team: Id,
    pub document: Id,
    /// An invitation that went out, and one that waits for the opening of [`NEXT`].
    pub sent: Id,
    pub planned: Id,
}

/// Sends, as far as the database is concerned, an invitation, an update and a reminder to everybody;
/// plans the usual mails for a second consultation.
pub async fn fill(stage: &Stage) -> Result<Named, Refusal> {
    let mut sent = None;
    for kind in [Kind::Invitation, Kind::Update, Kind::Reminder] {
        let (mailing, _) = queue(stage, kind).await?;
        settle(stage).await?;
        sent = sent.or(Some(mailing.id));
    }
    take_addresses(stage).await?;
    stage.prepare(NEXT, false).await?;
    let (deed, now) = (stage.deed(), stage.now);
    let planned = stage.store.write(Side::Members, move |tx| {
        mail::finish_sent(tx, now)?;
        let next = consultations::by_slug(tx, NEXT)?;
        mail::plan_standard(tx, &deed, &next)
    });
    let planned = planned.await?.first().map(|mailing| mailing.id).ok_or(Refusal::Unknown("mailing"))?;
    let sent = sent.ok_or(Refusal::Unknown("mailing"))?;
    stage
        .store
        .read(move |tx| {
            let Consultation { id, .. } = consultations::by_slug(tx, SLUG)?;
            let member = member::list(tx, None, None, 1)?.remove(0).id;
            let team = team::list(tx)?.pop().ok_or(Refusal::Unknown("team"))?.id;
            let document = drafts::proposal(tx, id)?.ok_or(Refusal::Unknown("document"))?.id;
            Ok(Named { member, team, document, sent, planned })
        })
        .await
}

/// The worker's part between claiming and recording, without any mail.
async fn settle(stage: &Stage) -> Result<(), Refusal> {
    let now = stage.now;
    loop {
        let settled = stage.store.write(Side::Members, move |tx| {
            let claimed = mail::claim(tx, now, 500)?;
            let results = claimed.iter().enumerate().map(|(n, one)| Settled {
                id: one.id,
                fence: one.fence,
                attempts: one.attempts,
                until: None,
                outcome: if n % EVERY == 0 { Outcome::Broken(unknown_address()) } else { Outcome::Sent },
            });
            mail::settle(tx, &results.collect::<Vec<_>>(), now)?;
            Ok::<_, Refusal>(claimed.len())
        });
        if settled.await? == 0 {
            return Ok(());
        }
    }
}

fn unknown_address() -> Broken {
    let trouble = "The mail server does not know this address.".to_owned();
    Broken { phase: Phase::Recipient, permanent: true, trouble }
}

async fn take_addresses(stage: &Stage) -> Result<(), Refusal> {
    let deed = stage.deed();
    stage
        .store
        .write(Side::Members, move |tx| {
            let teams = team::list(tx)?;
            for one in member::list(tx, None, None, i64::MAX)?.into_iter().step_by(EVERY) {
                let of_hers = one.teams.iter().filter_map(|place| {
                    let path = teams.iter().find(|team| team.id == place.team)?.path.clone();
                    Some((path, place.is_rep))
                });
                let typed = Typed { name: one.name.clone(), teams: of_hers.collect(), ..Typed::default() };
                member::change(tx, &deed, one.id, &typed)?;
            }
            Ok(())
        })
        .await
}
