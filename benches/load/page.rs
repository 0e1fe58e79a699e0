//! The reading page of a published version against bare actix-web with an equal body, in turns.

use std::time::Duration;

use super::client::{Connection, get, hammer};
use super::server::Server;
use super::stage::{SLUG, Stage};
use super::{Measured, bare, median};

const CONNECTIONS: usize = 16;
const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_secs(2);

pub async fn measure() -> Measured {
    let stage = Stage::with_members(200).await;
    let ours = Server::of(stage.dir.path());
    let reading = get(&format!("/c/{SLUG}"));
    let bytes = length(&ours, &reading).await;
    let other = bare::server(bytes);
    let plain = get("/");
    assert_eq!(length(&other, &plain).await, bytes);
    let (mut rates, mut bare_rates, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let (mut used, mut bare_used) = (0.0, 0.0);
    for round in 0..=ROUNDS {
        let (rate, cpu) = turn(&ours, &reading).await;
        let (bare_rate, bare_cpu) = turn(&other, &plain).await;
        // The first round only warms both.
        if round > 0 {
            rates.push(rate);
            bare_rates.push(bare_rate);
            ratios.push(rate / bare_rate);
            used += cpu;
            bare_used += bare_cpu;
        }
    }
    let (ratio, rounds) = (median(ratios), f64::from(u32::try_from(ROUNDS).expect("few")));
    Measured {
        limit: "reading page from memory, of bare actix-web's requests/s",
        wanted: "≥ 40 %",
        figure: format!("{:.0} %", ratio * 100.0),
        holds: Some(ratio >= 0.4),
        notes: vec![format!(
            "reading page: {:.0} requests/s against {:.0}, {bytes} bytes each, {CONNECTIONS} connections, medians of \
             {ROUNDS} rounds in turns; server CPU {:.0} µs a request against {:.0}",
            median(rates),
            median(bare_rates),
            used / rounds * 1e6,
            bare_used / rounds * 1e6,
        )],
    }
}

async fn length(server: &Server, request: &[u8]) -> usize {
    let mut connection = Connection::open(server.address).await.expect("a connection");
    let answer = connection.ask(request).await.expect("an answer");
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(answer.body));
    answer.body.len()
}

/// Requests a second, and seconds of processor time that the server used for one.
async fn turn(server: &Server, request: &[u8]) -> (f64, f64) {
    let before = server.cpu_seconds();
    let rate = hammer(server.address, request, CONNECTIONS, ROUND).await;
    let used = server.cpu_seconds() - before;
    (rate, used / (rate * ROUND.as_secs_f64()))
}
