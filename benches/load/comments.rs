//! What one accepted comment costs the server, through the API, with sessions as members have them.

use std::net::SocketAddr;
use std::time::Instant;

use serde_json::{Value, json};
use soundings::consultations::link_token;

use super::client::{Connection, post};
use super::server::Server;
use super::stage::{SLUG, Stage, words};
use super::{Measured, rate};

const CONNECTIONS: usize = 32;
const MEMBERS: usize = 1_000;
const COMMENTS: usize = 6_000;

pub async fn measure() -> Measured {
    let stage = Stage::with_members(MEMBERS).await;
    let server = Server::of(stage.dir.path());
    let links: Vec<String> = stage
        .invited()
        .await
        .expect("invitations")
        .iter()
        .map(|invitation| link_token(&stage.keys, invitation.id, invitation.generation))
        .collect();
    let sessions = start_sessions(server.address, &links).await;
    let blocks: Vec<String> =
        stage.blocks().await.expect("a published draft").into_iter().map(|block| block.key).collect();
    let requests: Vec<Vec<u8>> = words()
        .take(COMMENTS)
        .enumerate()
        .map(|(n, said)| {
            let comment = json!({
                "block": blocks[n % blocks.len()], "version": 1, "position": said.position,
                "condition": said.condition, "body": said.body, "new_wording": said.new_wording,
                "permission": said.permission, "with_name": false,
            });
            post(&format!("/api/v1/consultations/{SLUG}/comments"), Some(&sessions[n % sessions.len()]), &comment)
        })
        .collect();
    let (before, began) = (server.cpu_seconds(), Instant::now());
    let mut sending = Vec::new();
    for share in shares(requests) {
        sending.push(tokio::spawn(send(server.address, share)));
    }
    let mut accepted = 0;
    for one in sending {
        accepted += one.await.expect("a client that does not panic");
    }
    let (took, used) = (began.elapsed(), server.cpu_seconds() - before);
    let each = used * 1e3 / f64::from(accepted);
    Measured {
        limit: "server CPU for each comment accepted through the API",
        wanted: "≤ 0.5 ms",
        figure: format!("{each:.2} ms"),
        holds: Some(each <= 0.5),
        notes: vec![format!(
            "comments: {accepted} accepted over {CONNECTIONS} connections, {:.0} a second, each on disk before its answer",
            rate(accepted, took)
        )],
    }
}

/// Every connection's part of the requests.
fn shares(requests: Vec<Vec<u8>>) -> Vec<Vec<Vec<u8>>> {
    let mut shares = vec![Vec::new(); CONNECTIONS];
    for (n, request) in requests.into_iter().enumerate() {
        shares[n % CONNECTIONS].push(request);
    }
    shares
}

async fn send(address: SocketAddr, requests: Vec<Vec<u8>>) -> u32 {
    let mut connection = Connection::open(address).await.expect("a connection");
    let mut accepted = 0;
    for request in requests {
        let answer = connection.ask(&request).await.expect("an answer");
        assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(answer.body));
        accepted += 1;
    }
    accepted
}

async fn start_sessions(address: SocketAddr, links: &[String]) -> Vec<String> {
    let mut connection = Connection::open(address).await.expect("a connection");
    let mut sessions = Vec::new();
    for link in links {
        let request = post("/api/v1/session", None, &json!({ "link": link }));
        let answer = connection.ask(&request).await.expect("an answer");
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(answer.body));
        let answer: Value = serde_json::from_slice(answer.body).expect("JSON");
        sessions.push(answer["session"].as_str().expect("a session").to_owned());
    }
    sessions
}
