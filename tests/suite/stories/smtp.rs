//! Mail through a real mail server's sink: everybody has her copy, whatever is killed, and a server
//! that refuses, stalls or hangs up blames nobody who is not to blame.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Database, Organiser, SLUG, Server, Sink, both, until};

both!(
    two_thousand_members_have_one_copy_each_through_kills,
    a_server_that_refuses_or_hangs_up_gives_the_states_promised,
    a_server_that_refuses_us_pauses_the_way_until_it_takes_us,
    a_server_that_stalls_is_left_within_ten_seconds_and_its_messages_are_in_doubt,
    check_says_whether_the_mail_server_answers,
);

const MEMBERS: usize = 2000;
const CONNECTIONS: usize = 4;
const DRAFT: &str = "# Three posts, not five\n\nThe employer proposes five senior posts. We propose three.\n";
const DEADLINE: &str = "2026-12-04T17:00:00";

/// A server that sends through the sink, and its organiser.
async fn branch(database: Database, sink: &Sink, members: usize) -> (Server, Organiser) {
    let server = Server::spawn_with(
        database,
        &[
            ("SOUNDINGS__MAIL__TRANSPORT", "smtp"),
            ("SOUNDINGS__MAIL__SMTP_URL", &sink.url()),
            ("SOUNDINGS__MAIL__CONNECTIONS", &CONNECTIONS.to_string()),
        ],
    );
    let organiser = Organiser::at(&server);
    let mut file = "email,name,team
"
    .to_owned();
    for number in 0..members {
        let (address, team) = (format!("m{number}@members.example.org"), number % 20);
        file.extend([
            &address,
            ",Member,",
            &format!("Team {team}"),
            "
",
        ]);
    }
    let imported = organiser.imports(file).await;
    assert_eq!(imported["rejected"], json!([]), "{imported}");
    organiser.prepares(SLUG, DEADLINE, &json!({})).await.ok();
    organiser.publishes(SLUG, DRAFT).await;
    organiser.opens(SLUG).await;
    (server, organiser)
}

async fn invites(organiser: &Organiser) -> String {
    organiser.mails(SLUG, "invitation", "Please read our draft", "Our draft is ready for you.").await
}

fn count(delivery: &Value, state: &str) -> usize {
    delivery["counts"][state].as_u64().and_then(|count| count.try_into().ok()).expect("every state is counted")
}

/// Waits until none of its messages can change any more by itself, or all are in `state`.
async fn settles(organiser: &Organiser, mailing: &str, state: &str, members: usize) -> Value {
    let settled = tokio::time::timeout(Duration::from_mins(3), async {
        loop {
            let delivery = organiser.delivery(SLUG, mailing).await;
            let ends = ["sent", "failed", "uncertain", state];
            let there: usize = ends.iter().collect::<BTreeSet<_>>().into_iter().map(|end| count(&delivery, end)).sum();
            if there == members {
                return delivery;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let Ok(delivery) = settled.await else {
        panic!("never settled: {}", organiser.delivery(SLUG, mailing).await["counts"]);
    };
    delivery
}

async fn two_thousand_members_have_one_copy_each_through_kills(database: Database) {
    let sink = Sink::taking();
    let (mut server, organiser) = branch(database, &sink, MEMBERS).await;
    let mailing = invites(&organiser).await;
    let kills = [(400, "2026-11-23T09:02:00Z"), (900, "2026-11-23T09:04:00Z"), (1500, "2026-11-23T09:06:00Z")];
    for (arrived, later) in kills {
        let reached = tokio::time::timeout(Duration::from_mins(2), async {
            while sink.count() < arrived {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        assert!(reached.await.is_ok(), "only {} of {arrived} came\n{}", sink.count(), server.log());
        server.kill();
        // The dead one's claims run out.
        server.clock_says(later);
        server.start();
    }
    let organiser = Organiser::at(&server);
    let delivery = settles(&organiser, &mailing, "sent", MEMBERS).await;
    let uncertain = count(&delivery, "uncertain");
    assert_eq!(count(&delivery, "sent") + uncertain, MEMBERS, "{}", delivery["counts"]);
    assert!(uncertain <= kills.len() * CONNECTIONS, "at most one for each line and kill: {uncertain}");
    let arrived = sink.arrived();
    assert!(arrived.values().all(|copies| copies.len() == 1), "nobody has two copies");
    assert!(MEMBERS - arrived.len() <= uncertain, "{} have none, {uncertain} are in doubt", MEMBERS - arrived.len());
    until("the mailing to be over", async || {
        (organiser.delivery(SLUG, &mailing).await["state"] == "sent").then_some(())
    })
    .await;

    let again = format!("/consultations/{SLUG}/mailings/{mailing}/send-uncertain");
    organiser.api.post(&again, &json!({})).await.ok();
    let delivery = settles(&organiser, &mailing, "sent", MEMBERS).await;
    assert_eq!(count(&delivery, "sent"), MEMBERS, "{}", delivery["counts"]);
    let arrived = sink.arrived();
    assert_eq!(arrived.len(), MEMBERS, "now everybody has hers");
    assert!(arrived.values().map(Vec::len).sum::<usize>() <= MEMBERS + uncertain);
    for copies in arrived.values() {
        assert!(copies.iter().all(|copy| *copy == copies[0]), "a second copy bears the same Message-ID: {copies:?}");
    }
    println!("{MEMBERS} members through {} kills on {database:?}: {uncertain} were in doubt", kills.len());
}

async fn a_server_that_refuses_or_hangs_up_gives_the_states_promised(database: Database) {
    let mut sink = Sink::taking();
    let (server, organiser) = branch(database, &sink, 12).await;
    let mut sent = 0;
    for (switches, state) in [
        (["-f", "RCPT"], "failed"),
        (["-r", "RCPT"], "retry"),
        (["-f", "."], "failed"),
        (["-r", "."], "retry"),
        (["-q", "DATA"], "retry"),
        (["-Q", "RCPT"], "retry"),
        (["-q", "."], "uncertain"),
    ] {
        sink.becomes(&switches);
        let mailing = invites(&organiser).await;
        let delivery = settles(&organiser, &mailing, state, 12).await;
        assert_eq!(count(&delivery, state), 12, "{switches:?}: {}\n{}", delivery["counts"], server.log());
        sent += 1;
        // Out of the way of the next.
        if state == "retry" {
            organiser.api.post(&format!("/consultations/{SLUG}/mailings/{mailing}/cancel"), &json!({})).await.ok();
        }
    }
    assert_eq!(sent, 7);
    let log = server.log();
    assert!(!log.contains("members.example.org"), "the log names nobody: {log}");
}

async fn a_server_that_refuses_us_pauses_the_way_until_it_takes_us(database: Database) {
    let mut sink = Sink::with(&["-f", "MAIL"]);
    let (server, organiser) = branch(database, &sink, 12).await;
    let mailing = invites(&organiser).await;
    until("the refusal", async || server.log().contains("refuses our sender address").then_some(())).await;
    let delivery = settles(&organiser, &mailing, "queued", 12).await;
    assert_eq!(count(&delivery, "queued"), 12, "nobody is blamed");
    sink.becomes(&[]);
    server.clock_says("2026-11-23T09:01:30Z");
    let delivery = settles(&organiser, &mailing, "sent", 12).await;
    assert_eq!(count(&delivery, "sent"), 12);
    assert_eq!(sink.arrived().len(), 12);
}

async fn a_server_that_stalls_is_left_within_ten_seconds_and_its_messages_are_in_doubt(database: Database) {
    let mut sink = Sink::with(&["-W", ".:600"]);
    let (mut server, organiser) = branch(database, &sink, 12).await;
    let mailing = invites(&organiser).await;
    until("the lines to stall", async || {
        (count(&organiser.delivery(SLUG, &mailing).await, "in_data") == CONNECTIONS).then_some(())
    })
    .await;
    assert!(server.stop().success());
    sink.becomes(&[]);
    server.start();
    let organiser = Organiser::at(&server);
    let delivery = settles(&organiser, &mailing, "sent", 12).await;
    assert_eq!((count(&delivery, "uncertain"), count(&delivery, "sent")), (CONNECTIONS, 12 - CONNECTIONS));
}

async fn check_says_whether_the_mail_server_answers(database: Database) {
    let mut sink = Sink::taking();
    let (server, _) = branch(database, &sink, 8).await;
    let part = |name: &str| {
        let output = server.command(&["check", "--json"]);
        let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let items = told["items"].as_array().expect("items").clone();
        let item = items.into_iter().find(|item| item["part"] == name).expect("it is looked at");
        (item["in_order"] == true, item["detail"].as_str().expect("words").to_owned())
    };
    let (in_order, detail) = part("mail");
    assert!(in_order && detail.contains("nothing was sent"), "{detail}");
    assert!(!part("mail sender").0 && !part("public address").0, "neither can be reached from outside");
    assert!(part("database").0 && part("keys").0);
    assert!(sink.arrived().is_empty());
    for (switches, words) in [
        (Some(["-f", "CONNECT"]), "does not want to talk to us"),
        (Some(["-q", "EHLO"]), "broke off the connection (after we said hello)"),
        (None, "Nothing answers at 127.0.0.1"),
    ] {
        match switches {
            Some(switches) => sink.becomes(&switches),
            None => sink.stop(),
        }
        let (in_order, detail) = part("mail");
        assert!(!in_order && detail.contains(words), "{detail}");
    }
}
