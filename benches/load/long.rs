//! A draft of 200 pages with 20,000 comments, for a member who has spoken fifty times; then its
//! second version, brought as a Word file, looked over, published and read beside the first.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use soundings::consultations::link_token;
use soundings::refusal::Refusal;
use soundings::{consultations, drafts, links};

use super::client::{Connection, post};
use super::desks::Desk;
use super::looked::{Looked, milliseconds};
use super::server::Server;
use super::stage::{SLUG, Stage, second_long};
use super::{Measured, median, word};

const COMMENTS: usize = 20_000;
const TIMES: usize = 200;
/// Pages that take longer, or are many.
const FEW: usize = 20;
const LONGEST: Duration = Duration::from_millis(100);
const LARGEST: usize = 60_000;

pub async fn measure() -> Vec<Measured> {
    let stage = Stage::with_long_draft(COMMENTS).await;
    let blocks = stage.blocks().await.expect("a published draft");
    let server = Server::of(stage.dir.path());
    let member = session(&stage, &server, 0).await;
    let mut connection = Connection::open(server.address).await.expect("a connection");
    let mut read = Vec::new();
    for (name, path) in [
        ("first view", links::consultation(SLUG)),
        ("a part", links::section(SLUG, "31")),
        ("side by side", links::beside(SLUG)),
        ("a part of it", links::beside_part(SLUG, "31")),
        ("a comment page", format!("{}?version=1", links::comment(SLUG, &blocks[1_500].key))),
        ("her own response", links::mine(SLUG)),
    ] {
        read.push(Looked::at(&mut connection, &member, name, &path, TIMES).await);
    }
    let mut table = vec![pages(
        "any page of a 200-page draft with 20,000 comments, p99 warm; the largest",
        "≤ 100 ms, ≤ 60 kB",
        &read,
        format!("long draft: {} passages, {COMMENTS} comments, each page {TIMES} times", blocks.len()),
    )];

    let desk = Desk::enter(&stage, &server, "long@staff.example.org").await;
    let document = stage.proposal().await.expect("a proposal");
    let file = word::file(&second_long());
    let (preview, fields) = preview(&desk, &document, &file).await;
    table.push(preview);
    let (stored, _) = desk.press(&links::desk_draft(SLUG), &links::desk_draft_use(SLUG), &fields).await;
    let mut before = Vec::new();
    for (name, path) in [
        ("what becomes of passages", links::desk_fate(SLUG, &document, 2, &[])),
        ("what becomes of passages, further down", links::desk_fate(SLUG, &document, 2, &[("from", "400")])),
        ("what becomes of commented ones", links::desk_fate(SLUG, &document, 2, &[("show", "commented")])),
        ("before publishing", links::desk_publish(SLUG, &document, 2)),
        ("pairs", links::desk_pairs(SLUG)),
        ("the draft's versions", links::desk_draft(SLUG)),
        ("the editor", links::desk_edit(SLUG, &document)),
    ] {
        before.push(Looked::at(&mut connection, desk.cookies(), name, &path, FEW).await);
    }
    let publish = links::desk_publish(SLUG, &document, 2);
    let note = [("note".to_owned(), "Everything was said more plainly.".to_owned())];
    let (published, _) = desk.press(&publish, &publish, &note).await;
    let propose = [("deed", "propose"), ("revision", "1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let pairs = links::desk_pairs(SLUG);
    let (proposed, _) = desk.press(&pairs, &pairs, &propose).await;
    let told = format!(
        "second version: storing the file {:.0} ms (read and aligned again), publishing {:.0} ms, proposing pairs {:.0} ms",
        milliseconds(stored),
        milliseconds(published),
        milliseconds(proposed)
    );
    table.push(one_second(
        "organiser's pages of a second version of 3,000 passages, slowest first look",
        &before,
        told,
    ));

    let compared = comparison(&mut connection, &member).await;
    table.push(one_second(
        "comparison of two versions of 3,000 passages, slowest part, first look",
        &compared,
        String::new(),
    ));
    let mut after = Vec::new();
    for (name, path) in [
        ("first view after the second version", links::consultation(SLUG)),
        ("her own response after it", links::mine(SLUG)),
        ("the first version", links::version(SLUG, 1, None)),
        ("a number on paper", links::number(SLUG, &gone(&stage).await, 1)),
    ] {
        after.push(Looked::at(&mut connection, &member, name, &path, FEW).await);
    }
    let another = session(&stage, &server, 7).await;
    after.push(Looked::at(&mut connection, &another, "another member's response", &links::mine(SLUG), FEW).await);
    for (name, query) in [
        ("comments", String::new()),
        ("comments on reworded passages", "?state=reworded".to_owned()),
        ("comments on gone passages", "?state=gone".to_owned()),
        ("comments, a common word", "?q=the".to_owned()),
    ] {
        let path = format!("{}{query}", links::desk_comments(SLUG));
        after.push(Looked::at(&mut connection, desk.cookies(), name, &path, FEW).await);
    }
    after.push(Looked::at(&mut connection, desk.cookies(), "counts", &links::desk_counts(SLUG, &[]), FEW).await);
    table.push(pages(
        "pages with 20,000 comments on the version before, p99 warm; the largest",
        "≤ 100 ms, ≤ 60 kB",
        &after,
        format!("second version: each page {FEW} times"),
    ));
    table
}

fn pages(limit: &'static str, wanted: &'static str, seen: &[Looked], note: String) -> Measured {
    let slowest = seen.iter().map(|page| page.p99).max().unwrap_or_default();
    let largest = seen.iter().map(|page| page.bytes).max().unwrap_or_default();
    let mut notes = vec![note];
    notes.extend(seen.iter().map(|page| page.note("long draft")));
    Measured {
        limit,
        wanted,
        figure: format!("{:.1} ms, {} kB", milliseconds(slowest), largest.div_ceil(1_000)),
        holds: Some(slowest <= LONGEST && largest <= LARGEST),
        notes,
    }
}

fn one_second(limit: &'static str, seen: &[Looked], note: String) -> Measured {
    let slowest = seen.iter().map(|page| page.first.max(page.p99)).max().unwrap_or_default();
    let mut notes: Vec<String> = seen.iter().map(|page| page.note("long draft")).collect();
    notes.extend(Some(note).filter(|note| !note.is_empty()));
    Measured {
        limit,
        wanted: "≤ 1 s",
        figure: format!("{:.2} s", slowest.as_secs_f64()),
        holds: Some(slowest <= Duration::from_secs(1)),
        notes,
    }
}

/// The cookie of a member who came by her link.
async fn session(stage: &Stage, server: &Server, place: usize) -> String {
    let invited = stage.invited().await.expect("invitations");
    let link = link_token(&stage.keys, invited[place].id, invited[place].generation);
    let mut connection = Connection::open(server.address).await.expect("a connection");
    let started = connection.ask(&post("/api/v1/session", None, &json!({ "link": link }))).await.expect("an answer");
    let started: Value = serde_json::from_slice(started.body).expect("JSON");
    format!("__Host-session={}", started["session"].as_str().expect("a session"))
}

/// What the page that shows a file asks to be sent back.
type Fields = Vec<(String, String)>;

async fn preview(desk: &Desk<'_>, document: &str, file: &[u8]) -> (Measured, Fields) {
    let mut took = Vec::new();
    let mut fields = Vec::new();
    let mut bytes = 0;
    for _ in 0..5 {
        let typed = [("document", document)];
        let began = Instant::now();
        let page = desk.upload(&links::desk_draft(SLUG), &typed, ("draft_file", "draft.docx", file)).await;
        took.push(began.elapsed().as_secs_f64());
        bytes = page.len();
        fields = ["kept", "document"].map(|name| (name.to_owned(), hidden(&page, name))).to_vec();
    }
    let slowest = took.iter().copied().fold(0.0, f64::max);
    let middle = median(took);
    let measured = Measured {
        limit: "import preview of a Word file of 3,000 blocks against a version as long, through the page",
        wanted: "≤ 3 s",
        figure: format!("{middle:.2} s"),
        holds: Some(middle <= 3.0),
        notes: vec![format!(
            "import preview: {} kB of Word, slowest of 5 {slowest:.2} s, the answer {bytes} bytes",
            file.len() / 1_000
        )],
    };
    (measured, fields)
}

fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a hidden field");
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// Every part of the comparison, in turn.
async fn comparison(connection: &mut Connection, cookies: &str) -> Vec<Looked> {
    let parts = {
        let request = super::client::get_as(&links::compare(SLUG, 1, 2, 1), cookies);
        let answer = connection.ask(&request).await.expect("an answer");
        let page = String::from_utf8_lossy(answer.body).into_owned();
        let numbers = page
            .split("part=")
            .skip(1)
            .filter_map(|rest| rest.split(|sign: char| !sign.is_ascii_digit()).next()?.parse::<usize>().ok());
        numbers.max().unwrap_or(1)
    };
    let mut seen = Vec::new();
    for part in 1..=parts {
        let name = format!("comparison, part {part} of {parts}");
        seen.push(Looked::at(connection, cookies, &name, &links::compare(SLUG, 1, 2, part), 5).await);
    }
    seen
}

/// The number of a passage that the second version lacks.
async fn gone(stage: &Stage) -> String {
    let read = stage.store.read(|tx| {
        let consultation = consultations::by_slug(tx, SLUG)?;
        let proposal = drafts::proposal(tx, consultation.id)?.ok_or(Refusal::Unknown("document"))?;
        let fates = drafts::Fates::read(tx, proposal.id, 1, 2)?;
        let first = drafts::version::by_number(tx, proposal.id, 1)?;
        let blocks = drafts::version::blocks(tx, first.id)?;
        let is_gone = |block: &&drafts::Block| fates.link(&block.key).is_some_and(|link| link.to.is_empty());
        Ok::<_, Refusal>(blocks.iter().skip(1_000).find(is_gone).map(|block| block.number.clone()))
    });
    read.await.expect("two versions").expect("a passage that is gone")
}
