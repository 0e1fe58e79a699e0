//! The reading page of a draft of 200 pages with 20,000 comments, for a member who has spoken.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use soundings::consultations::link_token;

use super::client::{Connection, post};
use super::server::Server;
use super::stage::{SLUG, Stage};
use super::{Measured, median};

const COMMENTS: usize = 20_000;
const TIMES: usize = 200;
const LONGEST: Duration = Duration::from_millis(100);

pub async fn measure() -> Measured {
    let stage = Stage::with_long_draft(COMMENTS).await;
    let blocks = stage.blocks().await.expect("a published draft");
    let server = Server::of(stage.dir.path());
    let invited = stage.invited().await.expect("invitations");
    let link = link_token(&stage.keys, invited[0].id, invited[0].generation);
    let mut connection = Connection::open(server.address).await.expect("a connection");
    let started = connection.ask(&post("/api/v1/session", None, &json!({ "link": link }))).await.expect("an answer");
    let started: Value = serde_json::from_slice(started.body).expect("JSON");
    let session = started["session"].as_str().expect("a session").to_owned();
    let pages = [
        ("first view", format!("/c/{SLUG}")),
        ("a part", format!("/c/{SLUG}/section/31")),
        ("side by side", format!("/c/{SLUG}/side-by-side")),
        ("a part of it", format!("/c/{SLUG}/side-by-side/31")),
        ("a comment page", format!("/c/{SLUG}/comment/{}?version=1", blocks[1_500].key)),
    ];
    let mut notes =
        vec![format!("long draft: {} passages, {COMMENTS} comments, each page {TIMES} times", blocks.len())];
    let mut slowest = Duration::ZERO;
    for (name, path) in pages {
        let request = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: __Host-session={session}\r\n\r\n");
        let (first, _) = ask(&mut connection, request.as_bytes()).await;
        let mut took = Vec::new();
        let mut bytes = 0;
        for _ in 0..TIMES {
            let (one, length) = ask(&mut connection, request.as_bytes()).await;
            took.push(one);
            bytes = length;
        }
        took.sort_unstable();
        let p99 = took[TIMES * 99 / 100];
        slowest = slowest.max(p99);
        notes.push(format!(
            "long draft, {name}: p99 {:.1} ms, median {:.1} ms, first {:.0} ms, {bytes} bytes",
            milliseconds(p99),
            milliseconds(median(took)),
            milliseconds(first),
        ));
    }
    Measured {
        limit: "first byte of any page of a 200-page draft with 20,000 comments, p99 warm",
        wanted: "≤ 100 ms",
        figure: format!("{:.1} ms", milliseconds(slowest)),
        holds: Some(slowest <= LONGEST),
        notes,
    }
}

/// How long until the whole answer was there, and its length.
async fn ask(connection: &mut Connection, request: &[u8]) -> (Duration, usize) {
    let began = Instant::now();
    let answer = connection.ask(request).await.expect("an answer");
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(answer.body));
    (began.elapsed(), answer.body.len())
}

fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}
