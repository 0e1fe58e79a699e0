//! What a negotiator waits for with 100,000 comments: every kind of page, by every filter.

use std::time::{Duration, Instant};

use soundings::consultations;
use soundings::refusal::Refusal;
use soundings::responses::{Cursor, Desk, Filter};

use super::Measured;
use super::client::Connection;
use super::desks::signed_in;
use super::export::COMMENTS;
use super::server::Server;
use super::stage::{SLUG, Stage};

const TIMES: usize = 200;

pub async fn measure(stage: &Stage) -> Measured {
    let (deep, label) = deep_and_label(stage).await.expect("comments");
    let block = stage.blocks().await.expect("blocks")[7].key.clone();
    let pages = [
        ("first page", String::new()),
        ("deep page", format!("?after={deep}")),
        ("deep page, backwards", format!("?before={deep}")),
        ("passage", format!("?block={block}")),
        ("label", format!("?label={}", label.replace(' ', "+"))),
        ("position", "?position=oppose".to_owned()),
        ("permission", "?permission=paraphrase".to_owned()),
        ("what became of it", "?state=unchanged".to_owned()),
        ("late", "?late=yes".to_owned()),
        ("with a name", "?named=yes".to_owned()),
        ("a common word", "?q=the".to_owned()),
        ("a common word, deep", format!("?q=the&after={deep}")),
        ("a word nobody wrote", "?q=zanzibarquokka".to_owned()),
        ("words in quotation marks", "?q=%22of+the%22".to_owned()),
        ("everything at once", format!("?q=the&position=support&permission=word_for_word&block={block}")),
    ];
    let comments = format!("/desk/{SLUG}/comments");
    let mut asked: Vec<(&str, String)> =
        pages.into_iter().map(|(name, query)| (name, format!("{comments}{query}"))).collect();
    asked.push(("one comment", format!("{comments}/{deep}")));
    asked.push(("counts by passage", format!("/desk/{SLUG}/counts")));
    asked.push(("counts by label", format!("/desk/{SLUG}/counts?by=label")));

    let server = Server::of(stage.dir.path());
    let cookie = signed_in(stage, &server, "n@staff.example.org").await;
    let mut connection = Connection::open(server.address).await.expect("a connection");
    let mut notes = Vec::new();
    let (mut slowest, mut largest) = (("", Duration::ZERO), ("", 0));
    for (name, path) in &asked {
        let request = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookie}\r\n\r\n").into_bytes();
        let (first, _) = ask(&mut connection, &request).await;
        let (mut took, mut bytes) = (Vec::new(), 0);
        for _ in 0..TIMES {
            let (one, length) = ask(&mut connection, &request).await;
            took.push(one);
            bytes = length;
        }
        took.sort_unstable();
        let (middle, p99) = (took[TIMES / 2], took[TIMES * 99 / 100 - 1]);
        if p99 > slowest.1 {
            slowest = (name, p99);
        }
        if bytes > largest.1 {
            largest = (name, bytes);
        }
        notes.push(format!(
            "reading, {name}: p99 {:.1} ms, median {:.1} ms, first {:.0} ms, {bytes} bytes",
            milliseconds(p99),
            milliseconds(middle),
            milliseconds(first),
        ));
    }
    let p99 = milliseconds(slowest.1);
    Measured {
        limit: "negotiator's pages with 100,000 comments, the slowest and the largest",
        wanted: "p99 ≤ 100 ms, ≤ 15 kB",
        figure: format!("p99 {p99:.1} ms ({}), {:.1} kB ({})", slowest.0, kilobytes(largest.1), largest.0),
        holds: Some(p99 <= 100.0 && largest.1 <= 15_000),
        notes,
    }
}

async fn ask(connection: &mut Connection, request: &[u8]) -> (Duration, usize) {
    let began = Instant::now();
    let answer = connection.ask(request).await.expect("an answer");
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(answer.body));
    (began.elapsed(), answer.body.len())
}

/// A comment in the middle of all, and the name of a label.
async fn deep_and_label(stage: &Stage) -> Result<(String, String), Refusal> {
    let keys = stage.keys.clone();
    stage
        .store
        .read(move |tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            let desk = Desk::open(tx, &keys, &consultation)?;
            let found = desk.find(tx, &Filter::default())?;
            let mut cursor = Cursor::Start;
            let mut deep = String::new();
            for _ in 0..5 {
                let page = desk.page(tx, &found, cursor, COMMENTS / 10)?;
                let last = page.comments.last().map(|one| one.id).ok_or(Refusal::Unknown("comment"))?;
                cursor = Cursor::After(last);
                deep = last.to_string();
            }
            Ok((deep, desk.labels()[0].1.clone()))
        })
        .await
}

fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

fn kilobytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1000.0
}
