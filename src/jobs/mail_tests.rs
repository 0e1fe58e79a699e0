//! Mail through a mail server that behaves or does not, down to the rows, on every database at hand.

use std::collections::BTreeSet;
use std::time::Duration;

use super::*;
use crate::ids::Id;
use crate::mail::testing::{Act, House, Sink, houses, members};
use crate::mail::{self, Kind, Mailing, Phase};
use crate::store::Side;

const CONNECTIONS: usize = 4;

fn hands(house: &House, sink: &Sink) -> Hands {
    Hands {
        store: house.store.clone(),
        clock: crate::clock::Clock::standing_at(house.deed.now),
        chance: house.deed.chance.clone(),
        stationery: house.stationery.clone(),
        transport: sink.transport(CONNECTIONS),
        batch_hour: 6,
        stop: Stop::never(),
    }
}

async fn invitation(house: &House) -> Mailing {
    house.plan(House::new_mailing(Kind::Invitation)).await.unwrap()
}

fn header(message: &str, name: &str) -> String {
    let prefix = format!("{name}: ");
    message.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap().to_owned()
}

fn each_once(messages: &[String], header_name: &str, expected: usize) {
    let named: BTreeSet<String> = messages.iter().map(|message| header(message, header_name)).collect();
    assert_eq!((messages.len(), named.len()), (expected, expected));
}

#[tokio::test]
async fn everybody_gets_one_copy_over_several_lines() {
    for house in houses("sends", &members()).await {
        let sink = Sink::new().await.listens();
        let mailing = invitation(&house).await;
        assert_eq!(pass(&hands(&house, &sink)).await.unwrap().messages.sent, 21);
        each_once(&sink.messages(), "To", 21);
        assert_eq!(house.counts(&mailing).await, [("sent", 21)]);
        assert!((1..=CONNECTIONS).contains(&sink.lines()), "{}", sink.lines());
        assert_eq!(house.store.read(mail::channel_trouble).await.unwrap(), None);
        let quits = sink.commands().iter().filter(|line| *line == "QUIT").count();
        assert_eq!(quits, sink.lines(), "every line is taken leave of");
    }
}

#[tokio::test]
async fn what_a_server_does_decides_about_persons_or_about_the_way() {
    let hang_up = Act::HangUp;
    let four = Act::Say("451 4.3.0 later\r\n");
    for (phase, act, counts, is_shut) in [
        (Phase::Recipient, Act::Say("550 5.1.1 no\r\n"), vec![("failed", 21)], false),
        (Phase::Recipient, four, vec![("retry", 21)], false),
        (Phase::End, Act::Say("554 5.7.1 spam\r\n"), vec![("failed", 21)], false),
        (Phase::End, four, vec![("retry", 21)], false),
        (Phase::Data, hang_up, vec![("retry", 21)], false),
        (Phase::End, hang_up, vec![("uncertain", 21)], false),
        (Phase::Sender, Act::Say("550 5.7.1 who are you\r\n"), vec![("queued", 21)], true),
        (Phase::Greeting, Act::Say("554 5.3.2 closed\r\n"), vec![("queued", 21)], true),
    ] {
        for house in houses("decides", &members()).await {
            let sink = Sink::new().await.at(phase, act).listens();
            let mailing = invitation(&house).await;
            pass(&hands(&house, &sink)).await.unwrap();
            assert_eq!(house.counts(&mailing).await, counts, "{act:?} at {phase}");
            let trouble = house.store.read(mail::channel_trouble).await.unwrap();
            assert_eq!(trouble.is_some(), is_shut, "{act:?} at {phase}: {trouble:?}");
            let of = house.of.id;
            let told = house.store.read(move |tx| mail::of_consultation(tx, of)).await.unwrap().unreachable;
            assert!(!format!("{told:?}").contains("home.example"), "{told:?}");
        }
    }
}

#[tokio::test]
async fn a_shut_way_blames_nobody_waits_and_opens_with_the_first_that_gets_through() {
    for house in houses("shut", &members()).await {
        let refusing = Sink::new().await.signing_in("PLAIN").at(Phase::SignIn, Act::Say("535 5.7.8 no\r\n")).listens();
        let mailing = invitation(&house).await;
        let first = hands(&house, &refusing);
        pass(&first).await.unwrap();
        assert_eq!(house.counts(&mailing).await, [("queued", 21)]);
        let trouble = house.store.read(mail::channel_trouble).await.unwrap().unwrap();
        assert!(trouble.trouble.contains("user name or password (535 5.7.8)"), "{trouble:?}");
        assert_eq!((trouble.paused_since, trouble.failures), (house.deed.now, 1));

        let lines = refusing.lines();
        assert!(lines <= CONNECTIONS);
        pass(&first).await.unwrap();
        assert_eq!(refusing.lines(), lines, "it waits");
        pass(&first.at(trouble.next_try_at)).await.unwrap();
        assert_eq!(refusing.lines(), lines + 1, "one try");
        let trouble = house.store.read(mail::channel_trouble).await.unwrap().unwrap();
        assert_eq!((trouble.paused_since, trouble.failures), (house.deed.now, 2));

        let good = Sink::new().await.listens();
        let mended = Hands { transport: good.transport(CONNECTIONS), ..first.at(trouble.next_try_at) };
        assert_eq!(pass(&mended).await.unwrap().messages.sent, 21);
        assert_eq!(house.counts(&mailing).await, [("sent", 21)]);
        assert_eq!(house.store.read(mail::channel_trouble).await.unwrap(), None);
        each_once(&good.messages(), "To", 21);
    }
}

#[tokio::test]
async fn what_is_uncertain_goes_again_when_somebody_says_so_and_under_its_own_name() {
    for house in houses("doubt", &members()).await {
        // The server takes the first three and says nothing.
        let sink = Sink::new().await.at_time(Phase::End, Act::HangUp, 0, 3).listens();
        let mailing = invitation(&house).await;
        let hands = hands(&house, &sink);
        let done = pass(&hands).await.unwrap();
        assert_eq!((done.messages.sent, done.messages.uncertain), (18, 3));
        assert_eq!(house.counts(&mailing).await, [("sent", 18), ("uncertain", 3)]);
        assert_eq!(house.state(&mailing).await, mail::State::Sent);
        assert_eq!(pass(&hands).await.unwrap(), Done::default(), "never by itself");
        each_once(&sink.messages(), "Message-ID", 21);

        let (id, deed) = (mailing.id, house.deed.clone());
        let store = house.store.clone();
        let again = async |only: Option<Vec<Id>>| {
            let deed = deed.clone();
            store.write(Side::Members, move |tx| mail::send_again(tx, &deed, id, only.as_deref())).await
        };
        assert_eq!(again(Some(vec![mailing.id])).await.unwrap().messages, 0, "none of those is");
        let sent = again(None).await.unwrap();
        assert_eq!((sent.messages, sent.mailing.state), (3, mail::State::Sending));
        assert_eq!(again(None).await.unwrap().messages, 0, "pressed twice");
        assert_eq!(pass(&hands).await.unwrap().messages.sent, 3);
        let names: BTreeSet<String> = sink.messages().iter().map(|one| header(one, "Message-ID")).collect();
        assert_eq!((sink.messages().len(), names.len()), (24, 21), "three came twice, each under one name");
    }
}

#[tokio::test]
async fn a_stop_leaves_what_was_going_uncertain_and_the_rest_as_it_was() {
    for house in houses("stop", &members()).await {
        let sink = Sink::new().await.at(Phase::End, Act::Stall).listens();
        let mailing = invitation(&house).await;
        let (stopper, stop) = Stop::new(Duration::ZERO);
        let hands = Hands { stop, ..hands(&house, &sink) };
        let stopping = async {
            while sink.messages().len() < CONNECTIONS {
                tokio::task::yield_now().await;
            }
            assert_eq!(house.counts(&mailing).await, [("claimed", 17), ("in_data", 4)]);
            stopper.stop();
        };
        let (done, ()) = tokio::join!(pass(&hands), stopping);
        assert_eq!(done.unwrap().messages.uncertain, 4);
        assert_eq!(house.counts(&mailing).await, [("queued", 17), ("uncertain", 4)]);
    }
}

#[tokio::test]
async fn a_slow_conversation_holds_up_nobody_elses_mail() {
    for house in houses("slow", &members()).await {
        let sink = Sink::new().await.at_time(Phase::End, Act::Stall, 0, 1).listens();
        let mailing = invitation(&house).await;
        let (stopper, stop) = Stop::new(Duration::ZERO);
        let hands = Hands { stop, ..hands(&house, &sink) };
        let waiting = async {
            while house.counts(&mailing).await != [("in_data", 1), ("sent", 20)] {
                tokio::task::yield_now().await;
            }
            stopper.stop();
        };
        tokio::join!(async { pass(&hands).await.unwrap() }, waiting);
        each_once(&sink.messages(), "To", 21);
    }
}
