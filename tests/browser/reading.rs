//! A negotiator reads what was said, finds her way in it, and takes it with her.

use std::fs;

use crate::support::PASSWORD;

use super::desks::{House, NADIA, SLUG};

pub async fn before_anybody_has_spoken(house: &House) {
    let nadia = &house.nadia;
    nadia.goes_to("/desk").await;
    nadia.looks("400-home-of-a-negotiator").await;
    for (state, page) in [("401-comments-none", "comments"), ("402-counts-none", "counts")] {
        nadia.goes_to(&format!("/desk/{SLUG}/{page}")).await;
        nadia.looks(state).await;
    }
    for (state, page) in [("403-comments-before-opening", "comments"), ("404-counts-before-opening", "counts")] {
        nadia.goes_to(&format!("/desk/bare/{page}")).await;
        nadia.looks(state).await;
    }
    // What she may not do, and what is not there.
    nadia.goes_to(&format!("/desk/{SLUG}/progress")).await;
    nadia.looks("405-not-for-her").await;
    nadia.goes_to(&format!("/desk/{SLUG}/comments/0000000000000")).await;
    nadia.looks("406-no-such-comment").await;
    // She was away, and comes back to where she was.
    nadia.goes_to("/desk").await;
    nadia.follows("header form button").await;
    nadia.goes_to(&format!("/desk/{SLUG}/comments")).await;
    nadia.writes("email", NADIA).await;
    nadia.writes("password", "rain on the roof").await;
    nadia.sends().await;
    nadia.looks("407-sign-in-with-a-mistake").await;
    nadia.writes("password", PASSWORD).await;
    nadia.sends().await;
    assert_eq!(nadia.path().await, format!("/desk/{SLUG}/comments"));
}

pub async fn everything(house: &House) {
    let nadia = &house.nadia;
    let comments = format!("/desk/{SLUG}/comments");
    house.comes_to(nadia, &comments).await;
    nadia.says("17 comments.").await;
    nadia.looks("410-comments").await;

    // Searched, filtered, and too narrowly.
    nadia.writes("q", "\"two deputies\"").await;
    nadia.follows("form.filters .sought button").await;
    nadia.says("3 comments of 17 found.").await;
    nadia.looks("411-comments-found").await;
    if !nadia.has("form.filters details[open]").await {
        nadia.opens("form.filters summary").await;
    }
    nadia.picks("position", "support").await;
    nadia.chooses("named", "yes").await;
    nadia.follows("form.filters details .do button").await;
    nadia.says("position: Support").await;
    nadia.looks("412-comments-filtered").await;
    nadia.writes("q", "quetzal").await;
    nadia.follows("form.filters .sought button").await;
    nadia.says("Nothing fits all of these filters.").await;
    nadia.looks("413-comments-nothing-found").await;
    nadia.goes_to(&format!("{comments}?position=maybe")).await;
    nadia.looks("414-comments-with-a-mistake").await;

    // One comment, by the address that she sends to a colleague.
    nadia.goes_to(&comments).await;
    nadia.follows("li.desk-comment a[href*='/comments/']").await;
    let address = nadia.path().await;
    nadia.looks("420-one-comment").await;
    nadia.follows("a[rel=next]").await;
    nadia.goes_to(&address).await;
    nadia.goes_to(&format!("{comments}?label=Early+Help")).await;
    nadia.says("team: Early Help").await;

    // Counted by each way, and from a number to what it counts.
    for (by, state) in
        [("block", "430-counts"), ("label", "431-counts-by-team"), ("permission", "432-counts-by-permission")]
    {
        nadia.goes_to(&format!("/desk/{SLUG}/counts?by={by}")).await;
        nadia.looks(state).await;
    }
    nadia.follows("tfoot tr td:last-child a").await;
    nadia.says("17 comments.").await;

    // Taken along, in each kind of file.
    let folder = house.server.dir().join("taken");
    fs::create_dir_all(&folder).expect("a folder for files");
    for format in ["xlsx", "csv", "json"] {
        let file = nadia.downloads(&format!("button[name=format][value={format}]"), &folder, format).await;
        let bytes = fs::read(&file).expect("the file is there");
        let words = String::from_utf8_lossy(&bytes);
        match format {
            "xlsx" => assert!(bytes.starts_with(b"PK\x03\x04") && words.contains("xl/worksheets/sheet1.xml")),
            "csv" => {
                assert!(words.trim_start_matches('\u{feff}').starts_with("reference,consultation,"), "{words}");
                let mut rows = csv::ReaderBuilder::new().from_reader(&bytes[..]);
                let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>().expect("well-formed CSV");
                assert_eq!(rows.len(), 17);
            }
            _ => {
                let rows: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
                assert_eq!(crate::support::items(&rows).len(), 17);
            }
        }
    }
}
