//! Mailings, their rows and their fates, on every database at hand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};

use super::testing::{House, at, houses, members};
use super::*;
use crate::consultations;
use crate::ids::Id;
use crate::people;
use crate::refusal::Refusal;
use crate::store::Side;

async fn fan_out(house: &House, mailing: &Mailing, limit: i64) -> usize {
    let mut after = None;
    let mut chunks = 0;
    loop {
        let (deed, links, of) = (house.deed.clone(), house.stationery.links.clone(), mailing.clone());
        let written = house
            .store
            .write(Side::Members, move |tx| fan_out_chunk(tx, &deed.chance, &links, deed.now, &of, after, limit));
        after = written.await.unwrap();
        chunks += 1;
        if after.is_none() {
            return chunks;
        }
    }
}

async fn start(house: &House, now: DateTime<Utc>) {
    house.store.write(Side::Members, move |tx| start_due(tx, now)).await.unwrap();
}

async fn claimed(house: &House, now: DateTime<Utc>, limit: i64) -> Vec<Claimed> {
    house.store.write(Side::Members, move |tx| claim(tx, now, limit)).await.unwrap()
}

async fn settled(house: &House, rows: &[Claimed], outcome: fn() -> Outcome, now: DateTime<Utc>) {
    let rows = rows.to_vec();
    let results = move || -> Vec<Settled> {
        rows.iter()
            .map(|row| Settled {
                id: row.id,
                fence: row.fence,
                attempts: row.attempts,
                until: None,
                outcome: outcome(),
            })
            .collect()
    };
    house.store.write(Side::Members, move |tx| settle(tx, &results(), now)).await.unwrap();
}

async fn team(house: &House, name: &'static str) -> Id {
    let teams = house.store.read(people::team::list).await.unwrap();
    teams.into_iter().find(|team| team.name == name).unwrap().id
}

fn before(days: &str, at_time: Option<&str>) -> When {
    When { before_deadline: Some(days.to_owned()), at_time: at_time.map(str::to_owned), ..When::default() }
}

fn code(refusal: Refusal) -> String {
    match refusal {
        Refusal::Invalid(problems) => {
            problems.iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect::<Vec<_>>().join(", ")
        }
        Refusal::Conflict { code, .. } => code.to_owned(),
        other => other.to_string(),
    }
}

#[tokio::test]
async fn a_mailing_is_checked_when_it_is_saved() {
    for house in houses("checked", &members()).await {
        let stranger = house.deed.new_id();
        let refused = house
            .plan(New {
                subject: "two\nlines".to_owned(),
                body: "Dear {nmae}".to_owned(),
                teams: Some(vec![stranger]),
                team_notes: BTreeMap::from([(team(&house, "Youth").await, "{nobody}".to_owned())]),
                audience: Audience::NotFinished,
                when: When { send_at: Some("2026-11-20T09:00".to_owned()), ..When::default() },
                ..House::new_mailing(Kind::Invitation)
            })
            .await;
        let told = code(refused.unwrap_err());
        for part in
            ["subject one-line", "body unknown-field", "teams unknown", "audience not-for-this-kind", "send_at past"]
        {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(told.matches("unknown-field").count() == 2, "{told}");
        let empty = New { teams: Some(vec![]), ..House::new_mailing(Kind::Update) };
        assert_eq!(code(house.plan(empty).await.unwrap_err()), "teams missing");
    }
}

#[tokio::test]
async fn after_closing_only_updates_and_thanks_go_out() {
    for mut house in houses("closed", &members()).await {
        let late = house.plan(New { when: before("PT1H", None), ..House::new_mailing(Kind::ClosingSoon) });
        let late = late.await.unwrap();
        let deed = house.deed.clone();
        house.of =
            house.store.write(Side::Members, move |tx| consultations::close(tx, &deed, "one-voice")).await.unwrap();
        for kind in [Kind::Invitation, Kind::Reminder, Kind::ClosingSoon] {
            assert_eq!(code(house.plan(House::new_mailing(kind)).await.unwrap_err()), "not-open");
        }
        for kind in [Kind::Update, Kind::Thanks] {
            assert_eq!(house.plan(House::new_mailing(kind)).await.unwrap().state, State::Planned);
        }
        start(&house, late.due_at).await;
        assert_eq!(house.state(&late).await, State::Cancelled, "nobody is asked after closing");
    }
}

#[tokio::test]
async fn a_deadline_that_moves_takes_its_mailings_along() {
    for house in houses("moves", &members()).await {
        let new = New { when: before("P3D", None), ..House::new_mailing(Kind::Reminder) };
        let mailing = house.plan(new).await.unwrap();
        assert_eq!(mailing.due_at, at("2026-12-01T17:00:00Z"));
        let deed = house.deed.clone();
        let moved = house.store.write(Side::Members, move |tx| {
            let of = consultations::extend(tx, &deed, "one-voice", "2026-12-11T17:00", "More time")?;
            follow_deadline(tx, &of)?;
            get(tx, mailing.id)
        });
        assert_eq!(moved.await.unwrap().due_at, at("2026-12-08T17:00:00Z"));
    }
}

#[tokio::test]
async fn everybody_with_an_address_gets_one_row_however_often_it_runs() {
    for house in houses("fan_out", &members()).await {
        let mailing = house.plan(House::new_mailing(Kind::Invitation)).await.unwrap();
        assert_eq!(fan_out(&house, &mailing, 5).await, 5, "22 members in chunks of 5");
        assert_eq!(fan_out(&house, &mailing, 500).await, 1);
        assert_eq!(house.counts(&mailing).await, [("queued", 21)]);
        let id = mailing.id;
        let counts = house.store.read(move |tx| counts(tx, id)).await.unwrap();
        assert_eq!(counts.0.len(), 9, "zeros are there too");
        assert!(serde_json::to_string(&counts).unwrap().contains("\"in_data\":0"));
    }
}

#[tokio::test]
async fn a_team_and_the_teams_above_it_choose_its_members() {
    for house in houses("teams", &members()).await {
        for (name, expected) in [("Care", 21), ("Youth", 13), ("Early Help", 9)] {
            let new = New { teams: Some(vec![team(&house, name).await]), ..House::new_mailing(Kind::Update) };
            let mailing = house.plan(new).await.unwrap();
            fan_out(&house, &mailing, 500).await;
            assert_eq!(house.counts(&mailing).await, [("queued", expected)], "{name}");
        }
    }
}

#[tokio::test]
async fn reminders_pass_over_whoever_wants_none() {
    for house in houses("no_more", &members()).await {
        let of = house.of.id;
        let first = house.store.read(move |tx| consultations::invited(tx, of)).await.unwrap().remove(0);
        house.store.write(Side::Members, move |tx| consultations::no_more_reminders(tx, first.id, true)).await.unwrap();
        for (kind, expected) in [(Kind::Reminder, 1), (Kind::ClosingSoon, 1), (Kind::Update, 0), (Kind::Thanks, 0)] {
            let mailing = house.plan(House::new_mailing(kind)).await.unwrap();
            fan_out(&house, &mailing, 500).await;
            let not_sent = house.counts(&mailing).await.into_iter().find(|(state, _)| *state == "not_sent");
            assert_eq!(not_sent.map_or(0, |(_, count)| count), expected, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_claim_holds_until_its_lease_runs_out_and_then_counts_for_nothing() {
    for house in houses("fence", &members()).await {
        let mailing = house.plan(House::new_mailing(Kind::Invitation)).await.unwrap();
        let now = house.deed.now;
        start(&house, now).await;
        fan_out(&house, &mailing, 500).await;
        let first = claimed(&house, now, 10).await;
        let second = claimed(&house, now, 100).await;
        let ids = |rows: &[Claimed]| rows.iter().map(|row| row.id).collect::<BTreeSet<_>>();
        assert_eq!((first.len(), second.len()), (10, 11));
        assert!(ids(&first).is_disjoint(&ids(&second)));
        assert!(claimed(&house, now + Duration::seconds(59), 100).await.is_empty());
        settled(&house, &second, || Outcome::Sent, now).await;

        let later = now + Duration::seconds(61);
        let third = claimed(&house, later, 100).await;
        assert_eq!(ids(&third), ids(&first), "the dead worker's rows, and no other");
        settled(&house, &first, || Outcome::NotSent, later).await;
        assert_eq!(house.counts(&mailing).await, [("claimed", 10), ("sent", 11)], "the first came too late");
        settled(&house, &third, || Outcome::Sent, later).await;
        assert_eq!(house.counts(&mailing).await, [("sent", 21)]);
    }
}

#[tokio::test]
async fn a_worker_that_is_alive_keeps_its_messages_and_a_dead_one_leaves_them_in_doubt() {
    for house in houses("alive", &members()).await {
        let mailing = house.plan(House::new_mailing(Kind::Invitation)).await.unwrap();
        let mut now = house.deed.now;
        start(&house, now).await;
        fan_out(&house, &mailing, 500).await;
        let rows = claimed(&house, now, 4).await;
        let fences: Vec<(Id, i32)> = rows.iter().map(|row| (row.id, row.fence)).collect();
        let going = fences[..2].to_vec();
        let marked = house.store.write(Side::Members, move |tx| mark_in_data(tx, &going, now)).await.unwrap();
        assert_eq!(marked.len(), 2);
        for _ in 0..3 {
            now += Duration::seconds(50);
            let fences = fences.clone();
            house.store.write(Side::Members, move |tx| hold(tx, &fences, now)).await.unwrap();
        }
        let others = claimed(&house, now, 100).await;
        assert_eq!(others.len(), 17, "what it holds is nobody else's");
        settled(&house, &others, || Outcome::Sent, now).await;

        now += Duration::seconds(61);
        let taken = claimed(&house, now, 100).await;
        assert_eq!(
            taken.iter().map(|row| row.id).collect::<BTreeSet<_>>(),
            rows[2..].iter().map(|row| row.id).collect()
        );
        assert_eq!(house.counts(&mailing).await, [("claimed", 2), ("sent", 17), ("uncertain", 2)]);

        // It was not dead but slow: what it had not begun is another's, what it had it may still tell.
        let late = fences.clone();
        let may = house.store.write(Side::Members, move |tx| mark_in_data(tx, &late, now)).await.unwrap();
        assert!(may.is_empty(), "it must not send any of them now");
        settled(&house, &rows, || Outcome::Sent, now).await;
        assert_eq!(house.counts(&mailing).await, [("claimed", 2), ("sent", 19)]);
        settled(&house, &taken, || Outcome::Returned, now).await;
        assert_eq!(house.counts(&mailing).await, [("queued", 2), ("sent", 19)]);
        let again = claimed(&house, now, 100).await;
        assert!(again.iter().all(|row| row.attempts == 2), "what was put back does not count");
    }
}

#[tokio::test]
async fn what_breaks_is_tried_again_more_and_more_slowly_and_then_no_more() {
    let broken = |permanent| Broken { phase: Phase::Body, permanent, trouble: "full".to_owned() };
    for house in houses("retry", "email,name,team\na@home.example,Ann,Care\n").await {
        let mailing = house.plan(House::new_mailing(Kind::Invitation)).await.unwrap();
        let mut now = house.deed.now;
        start(&house, now).await;
        fan_out(&house, &mailing, 500).await;
        let mut pauses = Vec::new();
        loop {
            let rows = claimed(&house, now, 1).await;
            assert_eq!(rows.len(), 1);
            let results = move || Settled {
                id: rows[0].id,
                fence: rows[0].fence,
                attempts: rows[0].attempts,
                until: None,
                outcome: Outcome::Broken(broken(false)),
            };
            house.store.write(Side::Members, move |tx| settle(tx, &[results()], now)).await.unwrap();
            if house.counts(&mailing).await == [("failed", 1)] {
                break;
            }
            let before = now;
            while claimed_none(&house, now).await {
                now += Duration::minutes(1);
            }
            pauses.push((now - before).num_minutes());
        }
        assert!(pauses.len() == 14 && pauses[0] <= 2 && pauses[13] > 300, "fifteen tries: {pauses:?}");
        let of = house.of.id;
        let delivery = house.store.read(move |tx| of_consultation(tx, of)).await.unwrap();
        assert_eq!(delivery.unreachable[0].trouble.as_deref(), Some("full"));
        assert_eq!((delivery.teams[0].invited, delivery.teams[0].failed), (1, 1));
    }
}

/// Whether nothing is due; looks without taking.
async fn claimed_none(house: &House, now: DateTime<Utc>) -> bool {
    house.store.read(move |tx| outbox::queries::claimable(tx, MessageState::Retry, now, 1)).await.unwrap().is_empty()
}

#[tokio::test]
async fn pause_resume_and_cancel() {
    for house in houses("pause", &members()).await {
        let mailing = house.plan(House::new_mailing(Kind::Invitation)).await.unwrap();
        let (id, now, deed) = (mailing.id, house.deed.now, house.deed.clone());
        start(&house, now).await;
        fan_out(&house, &mailing, 500).await;
        let done = deed.clone();
        house.store.write(Side::Members, move |tx| pause(tx, &done, id)).await.unwrap();
        assert!(claimed(&house, now, 100).await.is_empty());
        let done = deed.clone();
        let resumed = house.store.write(Side::Members, move |tx| resume(tx, &done, id)).await.unwrap();
        assert_eq!(resumed.state, State::Sending);
        let held = claimed(&house, now, 5).await;
        let done = deed.clone();
        house.store.write(Side::Members, move |tx| cancel(tx, &done, id)).await.unwrap();
        assert_eq!(house.counts(&mailing).await, [("claimed", 5), ("cancelled", 16)]);
        settled(&house, &held[..2], || Outcome::Sent, now).await;
        let later = now + Duration::minutes(2);
        house.store.write(Side::Members, move |tx| finish_sent(tx, later)).await.unwrap();
        assert_eq!(house.counts(&mailing).await, [("sent", 2), ("uncertain", 3), ("cancelled", 16)]);
        let refused = house.store.write(Side::Members, move |tx| resume(tx, &deed, id)).await;
        assert_eq!(code(refused.unwrap_err()), "mailing-cancelled");
    }
}

#[tokio::test]
async fn a_mailing_that_was_slept_through_is_held_until_somebody_looks() {
    for house in houses("held", &members()).await {
        let mailing = house.plan(House::new_mailing(Kind::Invitation)).await.unwrap();
        let late = mailing.due_at + Duration::hours(13);
        start(&house, late).await;
        assert_eq!(house.state(&mailing).await, State::Held);
        let (id, deed) = (mailing.id, crate::audit::Deed { now: late, ..house.deed.clone() });
        house.store.write(Side::Members, move |tx| resume(tx, &deed, id)).await.unwrap();
        assert_eq!(house.state(&mailing).await, State::Sending);
    }
}

#[tokio::test]
async fn delivery_names_whom_mail_does_not_reach() {
    for house in houses("delivery", &members()).await {
        let of = house.of.id;
        let delivery = house.store.read(move |tx| of_consultation(tx, of)).await.unwrap();
        let named: Vec<_> = delivery.unreachable.iter().map(|one| (one.name.as_str(), one.why)).collect();
        assert_eq!(named, [("Zed", Why::NoAddress)]);
        assert_eq!(delivery.teams.iter().map(|team| team.invited).sum::<usize>(), 22);
    }
}

/// A mailing of this kind goes out to everybody; it breaks for the members named.
async fn goes_out(house: &House, kind: Kind, breaks_for: &[&str], now: DateTime<Utc>) {
    let deed = crate::audit::Deed { now, ..house.deed.clone() };
    let (of, new) = (house.of.clone(), House::new_mailing(kind));
    let mailing = house.store.write(Side::Members, move |tx| plan(tx, &deed, &of, &new)).await.unwrap();
    start(house, now).await;
    fan_out(house, &mailing, 500).await;
    let held = claimed(house, now, 100).await;
    let people = house.store.read(|tx| people::member::list(tx, None, None, 100)).await.unwrap();
    let breaks = |row: &Claimed| {
        let name = &people.iter().find(|one| one.id == row.member_id).unwrap().name;
        breaks_for.contains(&name.as_str())
    };
    let (broken, sent): (Vec<_>, Vec<_>) = held.into_iter().partition(breaks);
    assert_eq!(broken.len(), breaks_for.len());
    settled(house, &sent, || Outcome::Sent, now).await;
    let full = || Outcome::Broken(Broken { phase: Phase::Body, permanent: true, trouble: "full".to_owned() });
    settled(house, &broken, full, now).await;
}

async fn delivery_of(house: &House) -> Delivery {
    let of = house.of.id;
    house.store.read(move |tx| of_consultation(tx, of)).await.unwrap()
}

fn unreached(delivery: &Delivery) -> Vec<(&str, &str, Option<&str>)> {
    let lines = delivery.unreachable.iter();
    lines.map(|one| (one.team.as_deref().unwrap_or(""), one.name.as_str(), one.trouble.as_deref())).collect()
}

#[tokio::test]
async fn whoever_was_reached_once_can_be_reached_else_the_latest_message_tells() {
    for house in houses("fates", &members()).await {
        let later = house.deed.now + Duration::hours(1);
        goes_out(&house, Kind::Invitation, &["Early 1", "Youth 1", "Bo Th", "Youth 2"], house.deed.now).await;
        let delivery = delivery_of(&house).await;
        let full = Some("full");
        let named = [
            ("", "Bo Th", full),
            ("Care/Early Help", "Early 1", full),
            ("Care/Early Help", "Zed", None),
            ("Care/Youth", "Youth 1", full),
            ("Care/Youth", "Youth 2", full),
        ];
        assert_eq!(unreached(&delivery), named);
        let of_team = |delivery: &Delivery, place: usize| {
            let TeamDelivery { team, invited, reached, waiting, failed, no_address } = delivery.teams[place].clone();
            (team.unwrap_or_default(), [invited, reached, waiting, failed, no_address])
        };
        assert_eq!(of_team(&delivery, 0), (String::new(), [1, 0, 0, 1, 0]));
        assert_eq!(of_team(&delivery, 1), ("Care/Early Help".to_owned(), [9, 7, 0, 1, 1]));
        assert_eq!(of_team(&delivery, 2), ("Care/Youth".to_owned(), [12, 10, 0, 2, 0]));

        // Youth 1 gets the update; Early 2 was reached before; Bo's breaks again.
        goes_out(&house, Kind::Update, &["Bo Th", "Early 2"], later).await;
        let of = house.of.id;
        let first = house.store.read(move |tx| unreachable(tx, of, Some(1))).await.unwrap();
        let delivery = delivery_of(&house).await;
        assert_eq!(unreached(&delivery), [("", "Bo Th", full), ("Care/Early Help", "Zed", None)]);
        assert_eq!(of_team(&delivery, 2), ("Care/Youth".to_owned(), [12, 12, 0, 0, 0]));
        assert_eq!(first.len(), 1);
        assert_eq!(first[0].name, "Bo Th");
    }
}

#[tokio::test]
async fn a_reminder_changes_nothing_of_what_delivery_tells() {
    for house in houses("told", &members()).await {
        goes_out(&house, Kind::Invitation, &["Early 1"], house.deed.now).await;
        let before = delivery_of(&house).await;
        goes_out(&house, Kind::Reminder, &["Early 2", "Youth 1"], house.deed.now + Duration::hours(1)).await;
        let after = delivery_of(&house).await;
        assert_eq!((before.teams.clone(), unreached(&before)), (after.teams.clone(), unreached(&after)));
    }
}
