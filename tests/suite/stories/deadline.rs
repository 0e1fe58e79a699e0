//! On time, a little late, too late; and hours that do not exist.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{Branch, Database, Member, Organiser, SLUG, Server, Visitor, both};

both!(
    a_comment_is_on_time_until_the_deadline_and_late_within_the_grace,
    after_the_grace_a_comment_is_refused_and_its_words_come_back,
    a_deadline_in_the_hour_that_the_clocks_skip_is_refused,
    a_deadline_in_the_hour_that_comes_twice_means_the_later,
    by_friday_means_until_the_end_of_friday,
    a_later_deadline_lets_people_speak_again,
    a_form_that_set_out_in_time_and_arrives_slowly_is_on_time,
);

async fn a_comment_is_on_time_until_the_deadline_and_late_within_the_grace(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.server.clock_says("2026-12-04T16:00:00Z");
    let member = branch.member("Fostering", 0).await;
    branch.server.clock_says("2026-12-04T16:59:59.999999Z");
    let early = member.says(SLUG, &branch.comment("Casework", "support", "Just in time.")).await;
    branch.server.clock_says("2026-12-04T17:00:00Z");
    member.says(SLUG, &branch.comment("Supervision", "support", "On the stroke.")).await;
    branch.server.clock_says("2026-12-04T17:14:59Z");
    member.says(SLUG, &branch.comment("Commissioning is", "support", "Nearly too late.")).await;

    // Within the grace only new comments, no second thoughts.
    let second = branch.comment("Casework", "oppose", "On second thoughts.");
    let refused = member.changes(SLUG, &early["id"], &second).await;
    assert!((400..500).contains(&refused.status), "{}", refused.text());
    let refused = member.withdraws(SLUG, &early["id"]).await;
    assert!((400..500).contains(&refused.status), "{}", refused.text());

    branch.server.clock_says("2026-12-04T17:15:01Z");
    let refused = member.tries_to_say(SLUG, &second).await;
    assert!((400..500).contains(&refused.status), "{}", refused.text());
    assert!(refused.header("content-type").starts_with("application/problem+json"));
    branch.server.mail_is_due();

    let rows = branch.negotiator.exports_json(SLUG).await;
    let late = |words: &str| {
        let row = rows.iter().find(|row| row["comment"] == words);
        row.unwrap_or_else(|| panic!("{words} is not in {rows:?}"))["late"].clone()
    };
    assert_eq!(late("Just in time."), json!(false));
    assert_eq!(late("On the stroke."), json!(true));
    assert_eq!(late("Nearly too late."), json!(true));
    assert_eq!(rows.len(), 3);
}

async fn after_the_grace_a_comment_is_refused_and_its_words_come_back(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.server.clock_says("2026-12-04T16:30:00Z");
    let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Early Help", 1)).await;
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
    let form = visitor.get(&way).await.shown().form();
    branch.server.clock_says("2026-12-04T17:16:00Z");
    let page = visitor
        .press(
            form.with("position", "oppose")
                .with("body", "I wrote this on the bus & lost the <signal>.")
                .with("permission", "word_for_word")
                .in_confidence(),
        )
        .await;
    page.says("I wrote this on the bus & lost the <signal>.");
    assert!((400..500).contains(&page.status), "{}", page.status);
    // The true reason, not an error.
    page.says("closed");

    branch.server.mail_is_due();
    assert!(branch.negotiator.comments(SLUG).await.is_empty());
}

/// Every instant in an answer, wherever it stands.
fn instants(value: &Value) -> Vec<DateTime<Utc>> {
    match value {
        Value::String(text) => DateTime::parse_from_rfc3339(text).map(|at| at.to_utc()).into_iter().collect(),
        Value::Array(rows) => rows.iter().flat_map(instants).collect(),
        Value::Object(fields) => fields.values().flat_map(instants).collect(),
        _ => Vec::new(),
    }
}

fn at(instant: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(instant).expect("an instant").to_utc()
}

async fn a_deadline_in_the_hour_that_the_clocks_skip_is_refused(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    organiser.imports("email,name,team\nana@example.org,Ana,Fostering\n").await;
    let refused = organiser.prepares("spring", "2027-03-28T01:30:00", &json!({})).await;
    assert!((400..500).contains(&refused.status), "{}", refused.text());
    let problem = refused.json();
    assert!(problem["errors"].to_string().contains("/deadline"), "it names the field: {problem}");
    organiser.api.get("/consultations/spring").await.refused(404);
}

async fn a_deadline_in_the_hour_that_comes_twice_means_the_later(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    organiser.imports("email,name,team\nana@example.org,Ana,Fostering\n").await;
    organiser.prepares("autumn", "2027-10-31T01:30:00", &json!({})).await.ok();
    let told = organiser.api.get("/consultations/autumn").await.ok();
    assert!(instants(&told).contains(&at("2027-10-31T01:30:00Z")), "{told}");
    assert!(!instants(&told).contains(&at("2027-10-31T00:30:00Z")), "{told}");
}

async fn by_friday_means_until_the_end_of_friday(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    organiser.imports("email,name,team\nana@example.org,Ana,Fostering\n").await;
    organiser.prepares("friday", "2027-06-04", &json!({ "time_zone": "Europe/Berlin" })).await.ok();
    let told = organiser.api.get("/consultations/friday").await.ok();
    assert!(instants(&told).contains(&at("2027-06-04T21:59:59Z")), "{told}");
}

async fn a_later_deadline_lets_people_speak_again(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.server.clock_says("2026-12-04T12:00:00Z");
    let path = format!("/consultations/{SLUG}/deadline");
    let later = json!({ "deadline": "2026-12-11T17:00:00", "reason": "The hall was shut.", "notify": false });
    branch.organiser.api.post(&path, &later).await.ok();
    branch.server.clock_says("2026-12-05T12:00:00Z");
    let member = branch.member("Fostering", 5).await;
    member.says(SLUG, &branch.comment("Casework", "support", "Glad of the week.")).await;
    let mut visitor = Visitor::new(branch.server.url());
    let letter = visitor.get(&format!("/go/{}", branch.letter("Fostering", 5).token())).await.shown();
    letter.says("11 December");
}

async fn a_form_that_set_out_in_time_and_arrives_slowly_is_on_time(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.server.clock_says("2026-12-04T16:59:00Z");
    let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Early Help", 1)).await;
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
    let form = visitor.get(&way).await.shown().form();
    let body = form
        .with("position", "support")
        .with("body", "Sent from a train in a tunnel.")
        .with("permission", "paraphrase")
        .in_confidence()
        .encoded();

    branch.server.clock_says("2026-12-04T16:59:59Z");
    let address = branch.server.url().trim_start_matches("http://").to_owned();
    let mut line = TcpStream::connect(&address).await.expect("the server listens");
    // The server's "100 Continue" says that it has the head, so that nobody need wait by guess.
    let head = format!(
        "POST {way} HTTP/1.1\r\nHost: {address}\r\nCookie: {}\r\nConnection: close\r\nExpect: 100-continue\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        visitor.cookies(),
        body.len()
    );
    line.write_all(head.as_bytes()).await.expect("the head is taken");
    let mut told = [0; 64];
    let length = line.read(&mut told).await.expect("the server answers the head");
    assert!(told[..length].starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&told));
    branch.server.clock_says("2026-12-04T17:05:00Z");
    line.write_all(body.as_bytes()).await.expect("the body is taken");
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.expect("the server answers");
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    // The clock had indeed moved: the next one is late.
    let member = branch.member("Fostering", 2).await;
    member.says(SLUG, &branch.comment("Casework", "oppose", "Sent after it.")).await;

    branch.server.clock_says("2026-12-04T17:15:01Z");
    branch.server.mail_is_due();
    let rows = branch.negotiator.exports_json(SLUG).await;
    let late: Vec<_> = rows.iter().map(|row| (row["comment"].as_str(), row["late"].as_bool())).collect();
    assert_eq!(late.len(), 2, "{late:?}");
    assert!(late.contains(&(Some("Sent from a train in a tunnel."), Some(false))), "{late:?}");
    assert!(late.contains(&(Some("Sent after it."), Some(true))), "{late:?}");
}
