//! When mailings begin, on every database at hand.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use super::testing::{House, at, houses, members, preparing_houses};
use super::*;
use crate::audit::Deed;
use crate::consultations;
use crate::ids::Id;
use crate::people;
use crate::refusal::Refusal;
use crate::store::Side;

async fn pass(house: &House, now: DateTime<Utc>) -> usize {
    house.store.write(Side::Members, move |tx| start_due(tx, now)).await.unwrap()
}

fn before(days: &str, at_time: Option<&str>) -> When {
    When { before_deadline: Some(days.to_owned()), at_time: at_time.map(str::to_owned), ..When::default() }
}

async fn planned(house: &House, kind: Kind, when: When) -> Mailing {
    house.plan(New { when, ..House::new_mailing(kind) }).await.unwrap()
}

async fn close(house: &mut House, now: DateTime<Utc>) {
    let (id, deed) = (house.of.id, Deed { now, ..house.deed.clone() });
    let closed = house.store.write(Side::Members, move |tx| {
        let closed = consultations::close(tx, &deed, "one-voice")?;
        Ok::<_, Refusal>(closed)
    });
    house.of = closed.await.unwrap();
    assert_eq!(pass(house, now).await, 0, "the last words are not in yet");
    let day = house.of.day_of(now);
    let last = house
        .store
        .write(Side::Members, move |tx| Ok::<_, Refusal>(consultations::batch_done(tx, id, day, false, Some(now))?));
    last.await.unwrap();
}

#[tokio::test]
async fn nothing_of_a_preparing_consultation_goes_and_the_invitation_goes_at_opening() {
    for mut house in preparing_houses("at_opening", &members()).await {
        let at_opening = When { at_opening: true, ..When::default() };
        let invitation = planned(&house, Kind::Invitation, at_opening).await;
        assert_eq!(invitation.expected_at(), None);
        let now = planned_now(&house).await;
        assert!(matches!(now, Err(Refusal::Conflict { code: "not-open", .. })), "{now:?}");
        let (id, deed) = (invitation.id, house.deed.clone());
        let later = house.deed.now + Duration::hours(30);
        assert_eq!(pass(&house, later).await, 0);
        house
            .store
            .write(Side::Members, move |tx| {
                pause(tx, &deed, id)?;
                assert_eq!(resume(tx, &deed, id)?.state, State::Planned, "nobody is invited yet");
                assert!(matches!(send_now(tx, &deed, id), Err(Refusal::Conflict { code: "not-open", .. })));
                Ok::<_, Refusal>(())
            })
            .await
            .unwrap();
        house.open(later).await;
        pass(&house, later).await;
        let (state, due) = (house.state(&invitation).await, house.expected(&invitation).await);
        assert_eq!((state, due), (State::Sending, Some(later)));
    }
}

async fn planned_now(house: &House) -> Result<Mailing, Refusal> {
    house.plan(House::new_mailing(Kind::Invitation)).await
}

#[tokio::test]
async fn a_reminder_whose_time_lay_before_the_opening_is_left_out_and_a_set_time_is_held() {
    for mut house in preparing_houses("left_out", &members()).await {
        let early = planned(&house, Kind::Reminder, before("P5D", Some("09:30"))).await;
        let set = When { send_at: Some("2026-11-30T09:30".to_owned()), ..When::default() };
        let update = planned(&house, Kind::Update, set).await;
        let later = planned(&house, Kind::Reminder, before("P2D", Some("09:30"))).await;
        let opened = at("2026-11-30T10:00:00Z");
        house.open(opened).await;
        pass(&house, opened).await;
        assert_eq!(house.state(&early).await, State::Cancelled);
        assert_eq!(house.state(&update).await, State::Held, "somebody has to look");
        assert_eq!(house.state(&later).await, State::Planned);
        pass(&house, at("2026-12-02T09:30:00Z")).await;
        assert_eq!(house.state(&later).await, State::Sending);
        let (id, deed) = (update.id, Deed { now: opened, ..house.deed.clone() });
        let resumed = house.store.write(Side::Members, move |tx| resume(tx, &deed, id)).await.unwrap();
        assert_eq!(resumed.state, State::Sending);
    }
}

#[tokio::test]
async fn thanks_go_when_the_last_words_are_in_however_early_it_closes() {
    for mut house in houses("after", &members()).await {
        let after = When { after_closing: true, ..When::default() };
        let thanks = planned(&house, Kind::Thanks, after.clone()).await;
        let update = planned(&house, Kind::Update, after).await;
        assert_eq!(thanks.due_at, at("2026-12-04T17:15:00Z"));
        let early = at("2026-12-01T12:00:00Z");
        assert_eq!(pass(&house, early).await, 0);
        close(&mut house, early).await;
        pass(&house, early + Duration::seconds(1)).await;
        assert_eq!(house.state(&thanks).await, State::Sending);
        assert_eq!(house.state(&update).await, State::Sending);
    }
}

#[tokio::test]
async fn a_moved_deadline_keeps_the_hour_of_the_day() {
    for house in houses("follows", &members()).await {
        let reminder = planned(&house, Kind::Reminder, before("P3D", Some("09:30"))).await;
        let thanks = planned(&house, Kind::Thanks, When { after_closing: true, ..When::default() }).await;
        assert_eq!(reminder.due_at, at("2026-12-01T09:30:00Z"));
        let deed = house.deed.clone();
        house
            .store
            .write(Side::Members, move |tx| {
                let of = consultations::extend(tx, &deed, "one-voice", "2027-03-30T12:00", "More time")?;
                Ok::<_, Refusal>(follow_deadline(tx, &of)?)
            })
            .await
            .unwrap();
        assert_eq!(house.expected(&reminder).await, Some(at("2027-03-27T09:30:00Z")));
        assert_eq!(house.expected(&thanks).await, Some(at("2027-03-30T11:15:00Z")), "summer time has begun");
    }
}

#[tokio::test]
async fn the_standard_plan_is_stored_once() {
    for house in preparing_houses("standard", &members()).await {
        let store = || {
            let (deed, of) = (house.deed.clone(), house.of.clone());
            house.store.write(Side::Members, move |tx| plan_standard(tx, &deed, &of))
        };
        let first = store().await.unwrap();
        let kinds: Vec<_> = first.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, ["invitation", "reminder", "reminder", "closing_soon", "thanks"]);
        let (id, deed) = (first[1].id, house.deed.clone());
        house.store.write(Side::Members, move |tx| cancel(tx, &deed, id)).await.unwrap();
        assert!(store().await.unwrap().is_empty(), "neither twice nor back from the dead");
    }
}

#[tokio::test]
async fn a_mailing_is_changed_until_it_begins() {
    for house in houses("changed", &members()).await {
        let reminder = planned(&house, Kind::Reminder, before("P3D", None)).await;
        let (of, deed, id) = (house.of.clone(), house.deed.clone(), reminder.id);
        let youth = team(&house, "Youth").await;
        let with = Change {
            subject: Some("Two days".to_owned()),
            teams: Some(Some(vec![youth])),
            team_notes: Some(BTreeMap::from([(youth, "Dear {team}".to_owned())])),
            when: Some(before("P2D", Some("09:30"))),
            ..Change::default()
        };
        let changed = house
            .store
            .write(Side::Members, move |tx| {
                let changed = change(tx, &deed, &of, id, &with)?;
                assert_eq!(teams_of(tx, id)?, [youth]);
                let wrong = Change { body: Some("{nmae}".to_owned()), ..Change::default() };
                assert!(matches!(change(tx, &deed, &of, id, &wrong), Err(Refusal::Invalid(_))));
                let kept = change(tx, &deed, &of, id, &Change { body: Some("Hello".to_owned()), ..Change::default() })?;
                assert_eq!((kept.subject.as_str(), kept.due_at), ("Two days", changed.due_at));
                assert_eq!(notes_of(tx, id)?.len(), 1);
                send_now(tx, &deed, id)?;
                let begun = change(tx, &deed, &of, id, &Change::default());
                assert!(matches!(begun, Err(Refusal::Conflict { code: "mailing-begun", .. })));
                Ok::<_, Refusal>(changed)
            })
            .await
            .unwrap();
        assert_eq!(changed.due_at, at("2026-12-02T09:30:00Z"));
    }
}

#[tokio::test]
async fn a_preview_shows_the_words_and_the_note_of_the_team_and_no_link() {
    for house in preparing_houses("preview", &members()).await {
        let (care, youth) = (team(&house, "Care").await, team(&house, "Youth").await);
        let (of, stationery, now) = (house.of.clone(), house.stationery.clone(), house.deed.now);
        let sheet = house
            .store
            .read(move |tx| {
                let typed = Mailing::as_typed(&of, Kind::Reminder, "For {team}", "Dear {name}, **do** read: {link}");
                let notes = BTreeMap::from([(care, "The meeting is on Tuesday.".to_owned())]);
                Ok::<_, Refusal>(sample(tx, &of, &typed, &notes, Some(youth))?.write(stationery.paper(), now).unwrap())
            })
            .await
            .unwrap();
        assert_eq!(sheet.subject, "For Youth");
        assert!(sheet.text.contains("The meeting is on Tuesday.") && sheet.html.contains("<strong>do</strong>"));
        assert_eq!(sheet.text.matches("/go/your-personal-link-stands-here").count(), 2, "{}", sheet.text);
    }
}

#[tokio::test]
async fn recipients_are_counted_before_and_after_the_opening_without_a_word_on_reminders() {
    for mut house in preparing_houses("recipients", &members()).await {
        let (youth, early) = (team(&house, "Youth").await, team(&house, "Early Help").await);
        let counted = async |house: &House, teams: Option<Vec<Id>>| {
            let of = house.of.clone();
            house.store.read(move |tx| Ok::<_, Refusal>(recipients(tx, &of, teams.as_deref())?)).await.unwrap()
        };
        let expected = [
            (None, Recipients { recipients: 21, no_address: 1, left: 0 }),
            (Some(vec![early]), Recipients { recipients: 9, no_address: 1, left: 0 }),
            (Some(vec![youth, early]), Recipients { recipients: 21, no_address: 1, left: 0 }),
        ];
        for (teams, expected) in &expected {
            assert_eq!(counted(&house, teams.clone()).await, *expected, "preparing");
        }
        house.open(house.deed.now).await;
        let first = {
            let of = house.of.id;
            house.store.read(move |tx| consultations::invited(tx, of)).await.unwrap().remove(0)
        };
        house.store.write(Side::Members, move |tx| consultations::no_more_reminders(tx, first.id, true)).await.unwrap();
        for (teams, expected) in expected {
            assert_eq!(counted(&house, teams).await, expected, "open");
        }
    }
}

#[tokio::test]
async fn a_reminder_to_a_team_never_tells_how_many_want_no_more() {
    for house in houses("told", &members()).await {
        let of = house.of.id;
        let invited = house.store.read(move |tx| consultations::invited(tx, of)).await.unwrap();
        for one in invited.into_iter().take(12) {
            house
                .store
                .write(Side::Members, move |tx| consultations::no_more_reminders(tx, one.id, true))
                .await
                .unwrap();
        }
        let youth = team(&house, "Youth").await;
        let some = New { teams: Some(vec![youth]), ..House::new_mailing(Kind::Reminder) };
        let (some, whole) =
            (house.plan(some).await.unwrap(), house.plan(House::new_mailing(Kind::Reminder)).await.unwrap());
        for mailing in [&some, &whole] {
            let (deed, links, of) = (house.deed.clone(), house.stationery.links.clone(), mailing.clone());
            house
                .store
                .write(Side::Members, move |tx| fan_out_chunk(tx, &deed.chance, &links, deed.now, &of, None, 500))
                .await
                .unwrap();
        }
        let (to_some, to_all) = (some.clone(), whole.clone());
        let (some, whole) =
            house.store.read(move |tx| Ok::<_, Refusal>((told(tx, &to_some)?, told(tx, &to_all)?))).await.unwrap();
        assert!(some.is_joined && !whole.is_joined);
        assert_eq!((some.counts.0[&MessageState::Queued], some.counts.0[&MessageState::NotSent]), (13, 0));
        assert!(whole.counts.0[&MessageState::NotSent] > 0);
    }
}

async fn team(house: &House, name: &'static str) -> Id {
    let teams = house.store.read(people::team::list).await.unwrap();
    teams.into_iter().find(|team| team.name == name).unwrap().id
}
