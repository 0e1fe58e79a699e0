//! Passes of the worker, with kills at every point, on every database at hand.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Duration, Utc};
use mail_parser::{Address, Message, MessageParser};

use super::*;
use crate::consultations;
use crate::ids::Id;
use crate::mail::testing::{House, at, houses, members};
use crate::mail::{self, Audience, Directory, Kind, Letter, New, Outgoing, State, Transport};
use crate::refusal::Refusal;
use crate::store::{Side, queue};

fn hands(house: &House) -> Hands {
    Hands {
        store: house.store.clone(),
        clock: crate::clock::Clock::standing_at(house.deed.now),
        chance: house.deed.chance.clone(),
        stationery: house.stationery.clone(),
        transport: Transport::Directory(directory(house)),
        batch_hour: 6,
        stop: Stop::never(),
    }
}

fn directory(house: &House) -> Directory {
    Directory::new(&house.dir.path().join("mail"))
}

fn mailbox(house: &House) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(house.dir.path().join("mail")) else { return Vec::new() };
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    assert!(paths.iter().all(|path| path.extension() == Some("eml".as_ref())), "{paths:?}");
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn parsed(raw: &str) -> Message<'_> {
    MessageParser::default().parse(raw.as_bytes()).unwrap()
}

fn recipient(raw: &str) -> String {
    parsed(raw).to().and_then(Address::first).and_then(|to| to.address()).unwrap().to_owned()
}

async fn killed_after_claim(hands: &Hands) -> Vec<(mail::Claimed, Option<Letter>)> {
    let now = hands.clock.now();
    let rows = hands.store.write(Side::Members, move |tx| mail::claim(tx, now, 7)).await.unwrap();
    hands.store.read(move |tx| mail::letters(tx, now, rows)).await.unwrap()
}

fn later(now: &mut DateTime<Utc>) -> DateTime<Utc> {
    *now += Duration::seconds(61);
    *now
}

#[tokio::test]
async fn every_recipient_has_one_message_after_kills_at_every_point() {
    for house in houses("kills", &members()).await {
        let (first, mut now) = (hands(&house), house.deed.now);
        let mailing = house.plan(House::new_mailing(Kind::Invitation)).await.unwrap();

        // Killed while the job was being fanned out: some rows are there, the job is held.
        schedule::run(&first).await.unwrap();
        let job = first.store.write(Side::Members, move |tx| queue::claim(tx, now)).await.unwrap().unwrap();
        let (of, links, chance) = (mailing.clone(), house.stationery.links.clone(), house.deed.chance.clone());
        let chunk =
            first.store.write(Side::Members, move |tx| mail::fan_out_chunk(tx, &chance, &links, now, &of, None, 5));
        chunk.await.unwrap();

        // Killed after a claim; and after handing over, before settling.
        killed_after_claim(&first).await;
        let second = first.at(later(&mut now));
        let letters = killed_after_claim(&second).await;
        let outgoing: Vec<Outgoing> = letters
            .iter()
            .map(|(_, letter)| letter.as_ref().unwrap().write(&second.stationery, now).unwrap())
            .collect();
        assert!(outgoing.len() >= 4, "some are sent by the killed worker");
        assert!(directory(&house).write_each(&outgoing).iter().all(Result::is_ok));
        // Killed while a file was half written.
        std::fs::write(house.dir.path().join(format!("mail/{}.eml.tmp", outgoing[0].id)), "half").unwrap();

        let third = second.at(later(&mut now));
        let done = pass(&third).await.unwrap();
        assert_eq!((done.jobs, done.messages.sent), (1, 21));
        assert!(!first.store.write(Side::Members, move |tx| queue::done(tx, &job)).await.unwrap(), "held by nobody");
        let mail = mailbox(&house);
        let recipients: BTreeSet<_> = mail.iter().map(|raw| recipient(raw)).collect();
        assert_eq!((mail.len(), recipients.len()), (21, 21));
        assert_eq!((house.counts(&mailing).await, house.state(&mailing).await), (vec![("sent", 21)], State::Sent));
        assert_eq!(pass(&third).await.unwrap(), Done::default(), "nothing is left");
    }
}

#[tokio::test]
async fn an_invitation_has_all_that_a_member_needs_and_nothing_remote() {
    for house in houses("invitation", &members()).await {
        let youth = house.store.read(crate::people::team::list).await.unwrap();
        let youth = youth.into_iter().find(|team| team.name == "Youth").unwrap().id;
        house
            .plan(New {
                subject: "{title}: {name}, by {deadline}".to_owned(),
                body: "Dear **{name}** of {team},\n\n- [read]({link})\n\n<script>x</script>![p](https://spy.example/p)"
                    .to_owned(),
                team_notes: [(youth, "Meeting in room 4, {name}.".to_owned())].into(),
                ..House::new_mailing(Kind::Invitation)
            })
            .await
            .unwrap();
        pass(&hands(&house)).await.unwrap();
        let mail = mailbox(&house);
        let raw = mail.iter().find(|raw| recipient(raw) == "y3@home.example").unwrap();
        let message = parsed(raw);
        assert_eq!(message.subject(), Some("One voice: Youth 3, by Friday 4 December, 5 pm"));
        let (text, html) = (message.body_text(0).unwrap(), message.body_html(0).unwrap());
        for part in [&text, &html] {
            for needed in ["https://say.example.org/go/", "https://say.example.org/c/one-voice", "/stop/", "Ros"] {
                assert!(part.contains(needed), "{needed}: {part}");
            }
            assert!(
                part.contains("Meeting in room 4, Youth 3.") && part.contains("Friday 4 December at 5 pm"),
                "{part}"
            );
        }
        assert!(
            html.contains("<strong>Youth 3</strong>") && html.contains("<li><a href=\"https://say.example.org/go/")
        );
        assert!(!html.contains("<img") && !html.contains("<script"), "{html}");
        let stop = message.header_raw("List-Unsubscribe").unwrap().trim();
        assert!(stop.starts_with("<https://say.example.org/stop/") && stop.ends_with('>'), "{stop}");
        assert_eq!(message.header_raw("List-Unsubscribe-Post").unwrap().trim(), "List-Unsubscribe=One-Click");
        let other = mail.iter().find(|raw| recipient(raw) == "e3@home.example").unwrap();
        assert!(!parsed(other).body_text(0).unwrap().contains("room 4"), "a note is for its team alone");
    }
}

#[tokio::test]
async fn links_in_mail_open_the_invitation_and_a_reminder_follows_it() {
    for house in houses("follows", &members()).await {
        let hands = hands(&house);
        for kind in [Kind::Invitation, Kind::Reminder] {
            house.plan(House::new_mailing(kind)).await.unwrap();
            pass(&hands).await.unwrap();
        }
        let mail = mailbox(&house);
        let hers: Vec<_> =
            mail.iter().filter(|raw| recipient(raw) == "both@home.example").map(|raw| parsed(raw)).collect();
        assert_eq!(hers.len(), 2);
        let (reminder, invitation): (Vec<_>, Vec<_>) =
            hers.into_iter().partition(|message| message.in_reply_to().as_text().is_some());
        let (reminder, invitation) = (&reminder[0], &invitation[0]);
        assert_eq!(reminder.in_reply_to().as_text(), invitation.message_id());
        assert_ne!(reminder.message_id(), invitation.message_id());
        let text = reminder.body_text(0).unwrap();
        for (before, expected) in [("/go/", true), ("/stop/", false)] {
            let token: String =
                text.split(before).nth(1).unwrap().chars().take_while(|sign| !sign.is_whitespace()).collect();
            let found = house.store.read(move |tx| {
                if expected { consultations::by_link(tx, &token) } else { consultations::by_stop(tx, &token) }
            });
            assert!(found.await.unwrap().is_some(), "{before}");
        }
    }
}

#[tokio::test]
async fn what_was_queued_before_she_pressed_no_more_is_not_sent() {
    for house in houses("pressed", &members()).await {
        let hands = hands(&house);
        let mailing = house.plan(House::new_mailing(Kind::Reminder)).await.unwrap();
        schedule::run(&hands).await.unwrap();
        let (of, links, chance, now) =
            (mailing.clone(), house.stationery.links.clone(), hands.chance.clone(), house.deed.now);
        let written =
            hands.store.write(Side::Members, move |tx| mail::fan_out_chunk(tx, &chance, &links, now, &of, None, 500));
        written.await.unwrap();
        let id = house.of.id;
        let pressed = hands.store.write(Side::Members, move |tx| {
            let first = consultations::invited(tx, id)?.remove(0);
            consultations::no_more_reminders(tx, first.id, true)
        });
        pressed.await.unwrap();
        pass(&hands).await.unwrap();
        let sent = mailbox(&house).len();
        assert_eq!(house.counts(&mailing).await, [("sent", i64::try_from(sent).unwrap()), ("not_sent", 1)]);
    }
}

#[tokio::test]
async fn not_finished_reaches_nobody_in_a_label_where_fewer_than_eight_are_wanted() {
    for house in houses("not_finished", &members()).await {
        let hands = hands(&house);
        let new = New { audience: Audience::NotFinished, ..House::new_mailing(Kind::Reminder) };
        let mailing = house.plan(new).await.unwrap();
        schedule::run(&hands).await.unwrap();
        let job = hands.store.write(Side::Members, {
            let now = house.deed.now;
            move |tx| queue::claim(tx, now)
        });
        fan_out::run(&hands, &job.await.unwrap().unwrap().payload).await.unwrap();
        // Two of each label have finished: ten are left in Youth, too few in Early Help; one has no team yet.
        let wanted = |tx: &mut crate::store::Tx, mailing: &mail::Mailing| -> Result<BTreeSet<Id>, Refusal> {
            let labels = consultations::of_consultation(tx, mailing.consultation_id)?;
            let mut wanted = BTreeSet::new();
            for label in labels {
                let invited = consultations::invited(tx, mailing.consultation_id)?;
                let under: Vec<_> = invited.into_iter().filter(|one| one.label_id == Some(label.id)).collect();
                wanted.extend(under.into_iter().skip(2).map(|one| one.id));
            }
            Ok(wanted)
        };
        let done = all_due(&hands, wanted).await.unwrap();
        assert_eq!(done, Delivered { sent: 10, not_sent: 11, ..Delivered::default() });
        assert!(mailbox(&house).iter().all(|raw| recipient(raw).starts_with('y')));
        assert_eq!(house.counts(&mailing).await, [("sent", 10), ("not_sent", 11)]);
    }
}

#[tokio::test]
async fn a_lost_link_comes_again_once_an_hour_and_only_to_those_who_are_known() {
    for house in houses("again", &members()).await {
        let hands = hands(&house);
        for email in ["Y1@Home.example", "stranger@home.example", "y1@home.example"] {
            let (chance, now) = (hands.chance.clone(), house.deed.now);
            let asked = hands.store.write(Side::Members, move |tx| link_again::ask(tx, &chance, now, email));
            asked.await.unwrap();
        }
        let done = pass(&hands).await.unwrap();
        assert_eq!((done.jobs, done.messages.sent), (3, 1));
        let mail = mailbox(&house);
        assert_eq!(recipient(&mail[0]), "y1@home.example");
        let message = parsed(&mail[0]);
        assert!(message.body_text(0).unwrap().contains("https://say.example.org/go/"));
        assert!(message.header_raw("List-Unsubscribe").is_none());
        assert!(
            hands
                .store
                .write(Side::Members, |tx| queue::claim(tx, at("2030-01-01T00:00:00Z")))
                .await
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test]
async fn a_code_is_mailed_while_it_holds() {
    for house in houses("code", &members()).await {
        let hands = hands(&house);
        let (chance, links, now, of) =
            (hands.chance.clone(), house.stationery.links.clone(), house.deed.now, house.of.id);
        let asked = hands.store.write(Side::Members, move |tx| {
            let invitation = consultations::invited(tx, of)?.remove(0);
            let code = consultations::new_code(tx, &chance, invitation.id, now)?;
            mail::queue_code(tx, &chance, &links, now, &invitation, code)?;
            Ok::<_, Refusal>(code)
        });
        let code = asked.await.unwrap();
        assert_eq!(pass(&hands).await.unwrap().messages.sent, 1);
        let mail = mailbox(&house);
        let digits = consultations::code_digits(&house.stationery.keys, code);
        assert!(parsed(&mail[0]).body_text(0).unwrap().contains(&digits));
        assert!(!parsed(&mail[0]).subject().unwrap().contains(&digits));
    }
}

#[test]
fn no_mail_template_loads_anything() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/mail");
    for file in std::fs::read_dir(dir).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap().to_lowercase();
        for loads in
            ["<img", "<link", "<script", "<iframe", "<form", "@import", "@font-face", "url(", "src=", "background="]
        {
            assert!(!text.contains(loads), "{} has {loads}", path.display());
        }
    }
}
