//! A whole branch behind one network address: a works' canteen, a mobile carrier, a proxy.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use soundings::consultations::link_token;

use super::Measured;
use super::client::{Connection, get, get_as, press};
use super::server::Server;
use super::stage::{SLUG, Stage};

const MEMBERS: usize = 2_000;
const CONNECTIONS: usize = 64;
const WITHIN: Duration = Duration::from_mins(1);

/// Every member opens her letter, presses the button and sees the draft, each in a browser of her own.
pub async fn measure() -> Measured {
    let stage = Stage::with_members(MEMBERS).await;
    let server = Server::of(stage.dir.path());
    let links: Vec<String> = stage
        .invited()
        .await
        .expect("invitations")
        .iter()
        .map(|invitation| format!("/go/{}", link_token(&stage.keys, invitation.id, invitation.generation)))
        .collect();
    let began = Instant::now();
    let share = links.len().div_ceil(CONNECTIONS);
    let coming: Vec<_> = links.chunks(share).map(|some| tokio::spawn(come(server.address, some.to_vec()))).collect();
    let mut refused = 0;
    for one in coming {
        refused += one.await.expect("a client that does not panic");
    }
    let took = began.elapsed();
    Measured {
        limit: "2,000 members through one address: letter, button, draft",
        wanted: "≤ 60 s, none refused",
        figure: format!("{:.1} s, {refused} refused", took.as_secs_f64()),
        holds: Some(refused == 0 && took <= WITHIN),
        notes: Vec::new(),
    }
}

/// How many were not let in.
async fn come(address: SocketAddr, links: Vec<String>) -> u32 {
    let mut connection = Connection::open(address).await.expect("a connection");
    let mut refused = 0;
    for link in links {
        let letter = connection.ask(&get(&link)).await.expect("an answer");
        let (Some(cookie), Some(token)) = (letter.cookie("__Host-form"), letter.form_token()) else {
            refused += 1;
            continue;
        };
        let pressed = connection.ask(&press(&link, &cookie, &token)).await.expect("an answer");
        let Some(session) = pressed.cookie("__Host-session") else {
            refused += 1;
            continue;
        };
        let draft = connection.ask(&get_as(&format!("/c/{SLUG}"), &session)).await.expect("an answer");
        refused += u32::from(draft.status != 200);
    }
    refused
}
