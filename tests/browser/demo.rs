//! The example as whoever tries the program sees it: its mailbox, and desks that are full.

use super::window::{Setup, Window};
use crate::support::Server;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_on_a_phone() {
    the_example(Setup::of(360).in_the_dark()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_on_a_wide_screen() {
    the_example(Setup::of(1280)).await;
}

async fn the_example(setup: Setup) {
    let server = Server::demo();
    let Some(window) = Window::open(server.url(), setup).await else { return };
    window.goes_to("/mailbox").await;
    window.looks("500-mailbox").await;
    window.follows("tbody tr:first-child th a").await;
    window.looks("501-mail").await;
    window.follows("p.alone a").await;
    window.looks("502-mail-as-html").await;
    window.goes_to("/mailbox?q=nothing+of+the+kind").await;
    window.looks("503-mailbox-nothing-found").await;

    for (who, pages) in [
        ("The organiser signs in", &["progress", "reach", "calls", "mailings", "draft", "share", "settings"][..]),
        ("The negotiator signs in", &["comments", "counts", "counts?by=label"][..]),
    ] {
        window.goes_to(&server.door(who)).await;
        window.sends().await;
        window.looks(&format!("510-home-{}", pages[0])).await;
        // The open one; another is still in preparation.
        let ways = window.links("/desk/").await;
        let way = ways.iter().find(|way| way.ends_with("/progress") || way.ends_with("/comments"));
        let way = way.unwrap_or_else(|| panic!("no consultation: {ways:?}"));
        let desk = way.rsplit_once('/').expect("a page of it").0;
        for page in pages {
            window.goes_to(&format!("{desk}/{page}")).await;
            window.looks(&format!("511-{}", page.replace("?by=", "-by-"))).await;
        }
    }
    window.close().await;
}
