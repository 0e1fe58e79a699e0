//! The organiser's pages beside a hundred thousand comments and five thousand members whose mail has
//! gone out: how long they take, and how many bytes they are.

use std::time::{Duration, Instant};

use serde_json::Value;
use soundings::links;

use super::Measured;
use super::client::{Connection, get_as};
use super::mailed::{self, Named};
use super::server::{Server, soundings};
use super::stage::{NEXT, SLUG, Stage};

/// Every page that organisers see: its name and its address; add a desk's page here.
fn pages(named: &Named) -> Vec<(&'static str, String)> {
    let Named { member, team, document, sent, planned } = named;
    let of = |page: &str| format!("/desk/{SLUG}/{page}");
    vec![
        ("desk", links::DESK.to_owned()),
        ("account", links::ACCOUNT.to_owned()),
        ("new consultation", links::DESK_NEW.to_owned()),
        ("members", links::DESK_MEMBERS.to_owned()),
        ("members, searched", format!("{}?words=ember+4999", links::DESK_MEMBERS)),
        ("members of a team", format!("{}?team={team}", links::DESK_MEMBERS)),
        ("members, far down", format!("{}?after={member}", links::DESK_MEMBERS)),
        ("import", links::DESK_MEMBERS_IMPORT.to_owned()),
        ("new member", links::DESK_MEMBER_NEW.to_owned()),
        ("one member", links::desk_member(member)),
        ("a member leaves", links::desk_member_leave(member)),
        ("teams", links::DESK_TEAMS.to_owned()),
        ("one team", links::desk_team(team)),
        ("progress", links::desk_progress(SLUG)),
        ("progress, further teams", format!("{}?from=20", links::desk_progress(SLUG))),
        ("whom mail reaches", links::desk_reach(SLUG)),
        ("whom mail reaches, further teams", format!("{}?from=40", links::desk_reach(SLUG))),
        ("printed codes", links::desk_codes(SLUG)),
        ("deadline", links::desk_deadline(SLUG)),
        ("closing", links::desk_close(SLUG)),
        ("share", links::desk_share(SLUG)),
        ("settings", of("settings")),
        ("draft", links::desk_draft(SLUG)),
        ("mailings", links::desk_mailings(SLUG)),
        ("new reminder", links::desk_new_mailing(SLUG, "reminder", &[])),
        ("reminder to a team", links::desk_new_mailing(SLUG, "reminder", &[*team])),
        ("a mailing that went out", links::desk_mailing(SLUG, sent)),
        ("its letter", links::desk_mailing_html(SLUG, sent, Some(team))),
        ("check before opening", links::desk_check(NEXT)),
        ("check before opening, one team", format!("{}?team={team}", links::desk_check(NEXT))),
        ("mailings, planned", links::desk_mailings(NEXT)),
        ("a planned mailing", links::desk_mailing(NEXT, planned)),
        ("a planned mailing, to change", links::desk_mailing_deed(NEXT, planned, "edit")),
        ("a planned mailing, to cancel", links::desk_mailing_deed(NEXT, planned, "cancel")),
        // The text itself: as long as what was written. Its size is told, not judged.
        (WHOLE_TEXT, links::desk_version(SLUG, document, 1)),
        // To print, one line for each member; the size is told, not judged.
        (CALL_SHEETS, links::desk_calls(SLUG)),
    ]
}

const WHOLE_TEXT: &str = "a version of the draft";
const CALL_SHEETS: &str = "call sheets";

/// Two people who look at once, each as often as this.
const READERS: usize = 2;
const LOOKS: usize = 100;
const LONGEST: Duration = Duration::from_millis(100);
const LARGEST: usize = 15_000;

/// A colleague with every role, signed in.
pub struct Desk<'a> {
    server: &'a Server,
    cookies: String,
}

pub async fn measure(stage: &Stage, wants_pages: bool, wants_import: bool) -> Vec<Measured> {
    let named = mailed::fill(stage).await.expect("mail that went out");
    let server = Server::of(stage.dir.path());
    let desk = Desk::enter(stage, &server, "desk@staff.example.org").await;
    let mut table = Vec::new();
    if wants_pages {
        let mut seen = Vec::new();
        for (name, path) in pages(&named) {
            seen.push(desk.look(name, &path).await);
        }
        table.push(judged(&seen));
    }
    if wants_import {
        table.extend(super::import::measure(&desk).await);
    }
    table
}

/// One page, looked at often.
struct Seen {
    name: &'static str,
    first: Duration,
    middle: Duration,
    p99: Duration,
    bytes: usize,
}

impl Seen {
    fn is_too_large(&self) -> bool {
        self.bytes > LARGEST && ![WHOLE_TEXT, CALL_SHEETS].contains(&self.name)
    }
}

fn judged(seen: &[Seen]) -> Measured {
    let slowest = seen.iter().max_by_key(|page| page.p99).expect("a page");
    let judged = seen.iter().filter(|page| ![WHOLE_TEXT, CALL_SHEETS].contains(&page.name));
    let largest = judged.max_by_key(|page| page.bytes).expect("a page");
    let line = |page: &Seen| {
        let mark = if page.p99 > LONGEST || page.is_too_large() { " OVER" } else { "" };
        format!(
            "desks, {}: p99 {:.1} ms, median {:.1} ms, first {:.0} ms, {} bytes{mark}",
            page.name,
            milliseconds(page.p99),
            milliseconds(page.middle),
            milliseconds(page.first),
            page.bytes,
        )
    };
    let mut notes = vec![format!("desks: each of {READERS} people at once looks {LOOKS} times at each page")];
    notes.extend(seen.iter().map(line));
    Measured {
        limit: "organiser's pages with 100,000 comments and 5,000 members, the slowest and the largest",
        wanted: "p99 ≤ 100 ms, ≤ 15 kB",
        figure: format!(
            "p99 {:.1} ms ({}), {:.1} kB ({})",
            milliseconds(slowest.p99),
            slowest.name,
            kilobytes(largest.bytes),
            largest.name
        ),
        holds: Some(slowest.p99 <= LONGEST && !seen.iter().any(Seen::is_too_large)),
        notes,
    }
}

impl<'a> Desk<'a> {
    pub async fn enter(stage: &Stage, server: &'a Server, email: &str) -> Self {
        Self { server, cookies: signed_in(stage, server, email).await }
    }

    pub fn cookies(&self) -> &str {
        &self.cookies
    }

    async fn look(&self, name: &'static str, path: &str) -> Seen {
        let request = get_as(path, &self.cookies);
        let address = self.server.address;
        let looks = |count: usize| {
            let request = request.clone();
            async move {
                let mut connection = Connection::open(address).await.expect("a connection");
                let (mut times, mut bytes) = (Vec::new(), 0);
                for _ in 0..count {
                    let began = Instant::now();
                    let answer = connection.ask(&request).await.expect("an answer");
                    let what = String::from_utf8_lossy(&request);
                    assert_eq!(answer.status, 200, "{what}{}", String::from_utf8_lossy(answer.body));
                    bytes = answer.body.len();
                    times.push(began.elapsed());
                }
                (times, bytes)
            }
        };
        // The first look after a batch counts anew; it is told apart.
        let (first, _) = looks(1).await;
        let readers: Vec<_> = (0..READERS).map(|_| tokio::spawn(looks(LOOKS))).collect();
        let (mut took, mut bytes) = (Vec::new(), 0);
        for reader in readers {
            let (times, size) = reader.await.expect("a reader that does not panic");
            took.extend(times);
            bytes = size;
        }
        took.sort_unstable();
        let p99 = took[(took.len() * 99).div_ceil(100) - 1];
        Seen { name, first: first[0], middle: took[took.len() / 2], p99, bytes }
    }

    /// A page's form sent with a file (its field, its name, its bytes), as a browser sends it; the
    /// page that comes back.
    pub async fn upload(&self, path: &str, typed: &[(&str, &str)], file: (&str, &str, &[u8])) -> String {
        let (field, name, bytes) = file;
        let csrf = self.token(path).await;
        let mut body = Vec::new();
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(typed) {
            let part = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = reqwest::Client::new().post(self.url(path)).header("cookie", &self.cookies);
        let request = request.header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "multipart/form-data; boundary=edge").body(body);
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        let html = answer.text().await.expect("a page");
        assert!(status.is_success(), "{status}: {html}");
        html
    }

    /// Presses a button of a page; how long until the answer was there, and where it leads.
    pub async fn press(&self, page: &str, action: &str, typed: &[(String, String)]) -> (Duration, String) {
        let mut fields = vec![("csrf".to_owned(), self.token(page).await)];
        fields.extend_from_slice(typed);
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let request = client.post(self.url(action)).header("cookie", &self.cookies).form(&fields);
        let request = request.header("sec-fetch-site", "same-origin");
        let began = Instant::now();
        let answer = request.send().await.expect("an answer");
        let took = began.elapsed();
        let status = answer.status();
        let leads = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
        assert!(status.is_redirection(), "{action}: {status}: {}", answer.text().await.unwrap_or_default());
        (took, leads)
    }

    /// What the forms of a page send with them.
    async fn token(&self, path: &str) -> String {
        let page =
            reqwest::Client::new().get(self.url(path)).header("cookie", &self.cookies).send().await.expect("a page");
        token_of(&page.text().await.expect("a page")).to_owned()
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address)
    }
}

/// The cookies of a colleague with every role, who came by a one-time link as people do.
pub async fn signed_in(stage: &Stage, server: &Server, email: &str) -> String {
    let made = soundings(stage.dir.path())
        .args(["staff", "add", "--email", email, "--name", "Jo Bell", "--json"])
        .args(["--role", "organiser", "--role", "negotiator"])
        .output()
        .expect("the program starts");
    let made: Value = serde_json::from_slice(&made.stdout).expect("JSON");
    let link = made["link"].as_str().expect("a link");
    let url = format!("http://{}{}", server.address, &link[link.find("/staff/").expect("a staff link")..]);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let page = client.get(&url).send().await.expect("the sign-in page");
    let before = cookies(&page);
    let html = page.text().await.expect("a page");
    let fields = [("csrf", token_of(&html)), ("password", "fourteen wet umbrellas")];
    let entered = client.post(&url).header("cookie", &before).form(&fields).send().await.expect("an answer");
    assert!(entered.status().is_redirection(), "{}", entered.status());
    format!("{before}; {}", cookies(&entered))
}

fn token_of(html: &str) -> &str {
    let (_, rest) = html.split_once("name=\"csrf\" value=\"").expect("a form");
    rest.split('"').next().unwrap_or_default()
}

fn cookies(answer: &reqwest::Response) -> String {
    let pairs = answer.headers().get_all("set-cookie").iter();
    let pairs = pairs.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn kilobytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e3
}
