//! Ten times SIGKILL under fifty submissions a second: nothing acknowledged
//! is lost, nothing is doubled, nothing is half-written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::{Mutex, RwLock};
use tokio::time::{MissedTickBehavior, interval};

use crate::support::{Answer, Api, Branch, Database, Negotiator, Organiser, SLUG, both};

both!(ten_kills_lose_nothing_double_nothing_and_halve_nothing);

const KILLS: usize = 10;
const PER_SECOND: u64 = 50;
/// Each life lasts until this many more comments were acknowledged.
const ACKNOWLEDGED_PER_LIFE: usize = 40;

/// One comment a sender wants to get through, and goes on trying with.
struct Submission {
    key: String,
    session: usize,
    comment: Value,
}

struct Ledger {
    /// Where the server is at this moment; a kill moves it.
    url: RwLock<String>,
    sessions: Vec<String>,
    acknowledged: Mutex<BTreeMap<String, Value>>,
    count: AtomicUsize,
    enough: AtomicBool,
}

async fn ten_kills_lose_nothing_double_nothing_and_halve_nothing(database: Database) {
    let mut branch = Branch::consulting(database).await;
    let mut sessions = Vec::new();
    for letter in &branch.letters {
        let answer = branch.server.api(None).post("/session", &json!({ "link": letter.link() })).await.ok();
        sessions.push(answer["session"].as_str().expect("a session").to_owned());
    }
    let ledger = Arc::new(Ledger {
        url: RwLock::new(branch.server.url().to_owned()),
        sessions,
        acknowledged: Mutex::new(BTreeMap::new()),
        count: AtomicUsize::new(0),
        enough: AtomicBool::new(false),
    });
    let load = tokio::spawn(submit(Arc::clone(&ledger), branch.draft.clone()));

    for life in 1..=KILLS {
        // Killed in mid-flow, at a different point of the second each time.
        let target = life * ACKNOWLEDGED_PER_LIFE + life % 7;
        let reached = tokio::time::timeout(Duration::from_mins(1), async {
            while ledger.count.load(Ordering::Acquire) < target {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        assert!(reached.await.is_ok(), "life {life}: no comments were taken for a minute\n{}", branch.server.log());
        branch.server.kill();
        branch.server.start();
        branch.server.url().clone_into(&mut *ledger.url.write().await);
    }
    ledger.enough.store(true, Ordering::Release);
    let submitted = load.await.expect("the senders end");

    let acknowledged = ledger.acknowledged.lock().await;
    assert_eq!(acknowledged.len(), submitted.len(), "every sender got through in the end");
    let receipts: BTreeSet<&str> = acknowledged.values().filter_map(|answer| answer["receipt"].as_str()).collect();
    assert_eq!(receipts.len(), acknowledged.len(), "a receipt belongs to one comment");

    let organiser = Organiser::at(&branch.server);
    organiser.closes(SLUG).await;
    branch.server.mail_is_due();
    let rows = Negotiator::at(&branch.server).exports_json(SLUG).await;
    let mut stored: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for row in &rows {
        stored.entry(row["comment"].as_str().expect("words")).or_default().push(row);
    }
    for submission in &submitted {
        let words = submission.comment["body"].as_str().expect("words");
        let found = stored.remove(words).unwrap_or_default();
        assert_eq!(found.len(), 1, "acknowledged {} is there {} times", submission.key, found.len());
        for (sent, kept) in [("block", "block_key"), ("position", "position"), ("condition", "condition")] {
            assert_eq!(found[0][kept], submission.comment[sent], "half-written: {}", found[0]);
        }
        assert_eq!(found[0]["new_wording"], submission.comment["new_wording"], "half-written: {}", found[0]);
    }
    assert!(stored.is_empty(), "nobody sent these: {:?}", stored.keys());
    println!("{} comments through {KILLS} kills on {database:?}", submitted.len());
}

/// Fifty new submissions a second until told to stop; all that were begun get through.
async fn submit(ledger: Arc<Ledger>, draft: crate::support::Draft) -> Vec<Submission> {
    let mut pace = interval(Duration::from_millis(1000 / PER_SECOND));
    // After a pause the rate goes on as it was, it does not catch up.
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut senders = Vec::new();
    let positions = ["support", "support_if", "oppose", "neutral"];
    while !ledger.enough.load(Ordering::Acquire) {
        pace.tick().await;
        let number = senders.len();
        let block = &draft.blocks[number % draft.blocks.len()]["key"];
        let submission = Submission {
            key: format!("submission-{number}"),
            session: number % ledger.sessions.len(),
            comment: json!({
                "block": block, "version": draft.version, "position": positions[number % 4],
                "condition": format!("condition {number}"), "body": format!("{}: the words of number {number}.", "é".repeat(number % 900)),
                "new_wording": format!("wording {number}"), "permission": "paraphrase", "with_name": number % 5 == 0,
            }),
        };
        senders.push(tokio::spawn(get_through(Arc::clone(&ledger), submission)));
    }
    let mut submitted = Vec::new();
    for sender in senders {
        submitted.push(sender.await.expect("a sender ends"));
    }
    submitted
}

/// Sends under one key until there is an answer, as a careful client does.
async fn get_through(ledger: Arc<Ledger>, submission: Submission) -> Submission {
    let path = format!("/consultations/{SLUG}/comments");
    for _ in 0..600 {
        let url = ledger.url.read().await.clone();
        let api = Api::new(&url, Some(&ledger.sessions[submission.session]));
        let request = api.request(reqwest::Method::POST, &path).header("Idempotency-Key", &submission.key);
        let request = request.timeout(Duration::from_secs(5)).json(&submission.comment);
        match Answer::try_to(request).await {
            Ok(answer) if answer.status == 201 => {
                ledger.acknowledged.lock().await.insert(submission.key.clone(), answer.json());
                ledger.count.fetch_add(1, Ordering::Release);
                return submission;
            }
            // "Come back in a moment" and "your first try is still at work".
            Ok(answer) => {
                assert!(matches!(answer.status, 409 | 425 | 429 | 503), "{}: {}", answer.status, answer.text());
            }
            Err(_) => {} // killed before, during or after; the key makes it safe to ask again
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{} did not get through in a minute", submission.key);
}
