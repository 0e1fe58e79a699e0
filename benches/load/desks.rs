//! The organiser's and the negotiator's pages beside a hundred thousand comments: how long they
//! take, and how many bytes they are.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::Value;
use soundings::consultations;
use soundings::mail;
use soundings::store::Side;

use super::Measured;
use super::client::Connection;
use super::invitations::queue;
use super::server::{Server, soundings};
use super::stage::{SLUG, Stage};

/// The pages, each with its limits; add a desk's page here. `{slug}` stands for the consultation.
const PAGES: &[(&str, &str)] = &[
    ("/desk/{slug}/progress", "progress page beside 100,000 comments"),
    ("/desk/{slug}/progress?from=20", "progress page, further teams"),
    ("/desk/{slug}/reach", "whom mail reaches, 5,000 members"),
    ("/desk/{slug}/close", "check page of closing"),
];

/// Two people who look at once, each as often as this.
const READERS: usize = 2;
const LOOKS: usize = 150;
const LONGEST: Duration = Duration::from_millis(100);
const LARGEST: usize = 15_000;

pub async fn measure(stage: &Stage) -> Vec<Measured> {
    invite(stage).await;
    let server = Server::of(stage.dir.path());
    let cookie = signed_in(stage, &server).await;
    let mut table = Vec::new();
    for (pattern, limit) in PAGES {
        table.push(one(server.address, &cookie, &pattern.replace("{slug}", SLUG), limit).await);
    }
    table
}

async fn one(address: SocketAddr, cookie: &str, path: &str, limit: &'static str) -> Measured {
    let request = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookie}\r\n\r\n").into_bytes();
    // The first look after a batch counts anew; it is told apart.
    let (first, _) = looks(address, &request, 1).await;
    let readers: Vec<_> = (0..READERS)
        .map(|_| {
            let request = request.clone();
            tokio::spawn(async move { looks(address, &request, LOOKS).await })
        })
        .collect();
    let (mut took, mut bytes) = (Vec::new(), 0);
    for reader in readers {
        let (times, size) = reader.await.expect("a reader that does not panic");
        took.extend(times);
        bytes = size;
    }
    took.sort();
    let p99 = took[(took.len() * 99).div_ceil(100) - 1];
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    Measured {
        limit,
        wanted: "p99 ≤ 100 ms, ≤ 15 kB",
        figure: format!("{:.0} ms, {:.1} kB", millis(p99), kilobytes(bytes)),
        holds: Some(p99 <= LONGEST && bytes <= LARGEST),
        notes: vec![format!(
            "{path}: median {:.1} ms of {} looks by {READERS} readers at once, the first {:.0} ms",
            millis(took[took.len() / 2]),
            took.len(),
            millis(first[0])
        )],
    }
}

fn kilobytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e3
}

/// How long each look took, and how long the page was.
async fn looks(address: SocketAddr, request: &[u8], count: usize) -> (Vec<Duration>, usize) {
    let mut connection = Connection::open(address).await.expect("a connection");
    let (mut times, mut bytes) = (Vec::new(), 0);
    for _ in 0..count {
        let began = Instant::now();
        let answer = connection.ask(request).await.expect("an answer");
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(answer.body));
        bytes = answer.body.len();
        times.push(began.elapsed());
    }
    (times, bytes)
}

/// An invitation with a row in the outbox for each member, none of them sent: mail is measured elsewhere.
async fn invite(stage: &Stage) {
    queue(stage).await.expect("a queued mailing");
    let deed = stage.deed();
    let held = stage.store.write(Side::Members, move |tx| {
        let of = consultations::by_slug(tx, SLUG)?;
        mail::list(tx, of.id)?
            .into_iter()
            .map(|mailing| mail::pause(tx, &deed, mailing.id))
            .collect::<Result<Vec<_>, _>>()
    });
    held.await.expect("a mailing that waits");
}

/// The cookie of a colleague with every role, who came by a one-time link as people do.
async fn signed_in(stage: &Stage, server: &Server) -> String {
    let made = soundings(stage.dir.path())
        .args(["staff", "add", "--email", "desk@staff.example.org", "--name", "Jo Bell", "--json"])
        .args(["--role", "organiser", "--role", "negotiator"])
        .output()
        .expect("the program starts");
    let made: Value = serde_json::from_slice(&made.stdout).expect("JSON");
    let link = made["link"].as_str().expect("a link");
    let url = format!("http://{}{}", server.address, &link[link.find("/staff/").expect("a staff link")..]);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let page = client.get(&url).send().await.expect("the sign-in page");
    let form_cookie = cookies(&page);
    let html = page.text().await.expect("a page");
    let (_, rest) = html.split_once("name=\"csrf\" value=\"").expect("a form");
    let csrf = rest.split('"').next().unwrap_or_default();
    let fields = [("csrf", csrf), ("password", "fourteen wet umbrellas")];
    let entered = client.post(&url).header("Cookie", form_cookie).form(&fields).send().await.expect("an answer");
    assert!(entered.status().is_redirection(), "{}", entered.status());
    cookies(&entered)
}

fn cookies(answer: &reqwest::Response) -> String {
    let pairs = answer.headers().get_all("set-cookie").iter();
    let pairs = pairs.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}
