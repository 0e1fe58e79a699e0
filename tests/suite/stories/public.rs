//! What anybody may see: the list, a consultation's page, its poster; and what search engines may.

use reqwest::Client;
use serde_json::json;

use crate::support::{Answer, Branch, Database, Organiser, SLUG, Server, Visitor, both};

both!(
    a_page_by_link_stands_in_no_list,
    a_listed_page_stands_on_the_front_page_alone,
    an_indexed_page_may_be_found,
    the_page_says_how_to_take_part,
    a_camera_finds_the_public_page_from_the_poster,
    nothing_public_shows_before_the_opening,
    no_personal_link_is_on_any_public_page,
    what_is_shared_is_the_public_address,
);

async fn look(server: &Server, path: &str) -> Answer {
    Answer::to(Client::new().get(server.at(path))).await
}

fn page() -> String {
    format!("/c/{SLUG}")
}

async fn a_page_by_link_stands_in_no_list(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut visitor = Visitor::new(branch.server.url());
    let front = visitor.get("/").await.shown();
    front.does_not_say("Our answer to the restructure");
    front.says("I have lost my link");
    front.says("I have a printed code");
    for path in ["/".to_owned(), page(), format!("{}/poster", page())] {
        assert_eq!(look(&branch.server, &path).await.header("x-robots-tag"), "noindex, nofollow", "{path}");
    }
    assert_eq!(look(&branch.server, "/robots.txt").await.text(), "User-agent: *\nDisallow: /\n");
}

async fn a_listed_page_stands_on_the_front_page_alone(database: Database) {
    let branch = Branch::consulting_with(database, &json!({ "public_page": "listed" })).await;
    let mut visitor = Visitor::new(branch.server.url());
    let front = visitor.get("/").await.shown();
    front.says("Our answer to the restructure Comments close Friday 4 December at 5 pm: 11 days left");
    assert_eq!(front.links("/c/"), [page()]);
    assert_eq!(look(&branch.server, &page()).await.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!(look(&branch.server, "/robots.txt").await.text(), "User-agent: *\nDisallow: /\n");
    branch.closes().await;
    visitor.get("/").await.shown().does_not_say("Our answer to the restructure");
}

async fn an_indexed_page_may_be_found(database: Database) {
    let branch = Branch::consulting_with(database, &json!({ "public_page": "indexed" })).await;
    for (path, robots) in [
        ("/".to_owned(), "all"),
        (page(), "all"),
        (format!("{}/poster", page()), "noindex, nofollow"),
        ("/lost".to_owned(), "noindex, nofollow"),
    ] {
        assert_eq!(look(&branch.server, &path).await.header("x-robots-tag"), robots, "{path}");
    }
    let robots = look(&branch.server, "/robots.txt").await;
    assert!(robots.header("content-type").starts_with("text/plain"));
    let expected = format!("User-agent: *\nAllow: /$\nAllow: /assets/\nAllow: /c/{SLUG}$\nDisallow: /\n");
    assert_eq!(robots.text(), expected);
    // A member's own view of it is nobody's to find.
    let (visitor, _) = crate::support::Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    let own = Client::new().get(branch.server.at(&page())).header("Cookie", visitor.cookies());
    assert_eq!(Answer::to(own).await.header("x-robots-tag"), "noindex, nofollow");
}

async fn the_page_says_how_to_take_part(database: Database) {
    for public_draft in [true, false] {
        let branch = Branch::consulting_with(database, &json!({ "public_draft": public_draft })).await;
        let mut visitor = Visitor::new(branch.server.url());
        let shown = visitor.get(&page()).await.shown();
        shown.says("Comments close Friday 4 December at 5 pm");
        shown.says("please read our draft and say what you think.");
        shown.says("Finish by Friday 4 December, 5 pm.");
        shown.says("Asha Verma");
        shown.says("01632 960123");
        shown.says("Join the union");
        assert!(shown.links("/lost").len() + shown.links("/printed").len() >= 2, "{}", shown.text());
        assert_eq!(
            shown.text().contains("There should be one voice"),
            public_draft,
            "the draft only where it is public"
        );
    }
}

async fn a_camera_finds_the_public_page_from_the_poster(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut visitor = Visitor::new(branch.server.url());
    let poster = visitor.get(&format!("{}/poster", page())).await.shown();
    poster.says("Our answer to the restructure");
    poster.says("Comments close Friday 4 December at 5 pm");
    poster.says("Asha Verma");
    poster.says("https://example.org/join");
    assert_eq!(photographed(&poster.html), branch.server.at(&page()));
}

async fn nothing_public_shows_before_the_opening(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let changes = json!({ "public_page": "indexed" });
    organiser.prepares(SLUG, "2026-12-04T17:00:00", &changes).await.ok();
    for path in [page(), format!("{}/poster", page())] {
        assert_eq!(look(&server, &path).await.status, 404, "{path}");
    }
    assert!(!look(&server, "/robots.txt").await.text().contains(SLUG));
    let mut visitor = Visitor::new(server.url());
    visitor.get("/").await.shown().does_not_say("Our answer to the restructure");
    let mut desk = Visitor::at_the_desk(&server, "organiser").await;
    desk.get(&format!("{}/poster", page())).await.shown().says("Our answer to the restructure");
}

async fn no_personal_link_is_on_any_public_page(database: Database) {
    let branch = Branch::consulting_with(database, &json!({ "public_page": "listed" })).await;
    let (member, _) = crate::support::Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    for cookies in [String::new(), member.cookies()] {
        for path in ["/".to_owned(), format!("{}/poster", page()), "/robots.txt".to_owned()] {
            let request = Client::new().get(branch.server.at(&path)).header("Cookie", &cookies);
            let text = Answer::to(request).await.text();
            assert!(!text.contains("/go/"), "{path}");
            for letter in &branch.letters {
                assert!(!text.contains(&letter.token()), "{path}");
            }
        }
    }
}

async fn what_is_shared_is_the_public_address(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let shared = organiser.get(&format!("/desk/{SLUG}/share")).await.shown();
    shared.says(&format!("Ask for it again here: {}", branch.server.at(&page())));
    shared.says("Only people who have the address find it.");
    shared.says("Join here: https://example.org/join");
    assert_eq!(shared.links(&format!("{}/poster", page())).len(), 1);
    assert!(!shared.html.contains("/go/"), "no personal link");
}

/// Draws the poster's code as a camera sees it, and reads it.
fn photographed(html: &str) -> String {
    const SCALE: usize = 5;
    let (_, svg) = html.split_once("<svg class=\"qr\" viewBox=\"0 0 ").expect("a code");
    let (side, rest) = svg.split_once(' ').expect("a width");
    let side: usize = side.parse().expect("a number");
    let (_, path) = rest.split_once("<path d=\"").expect("its dark squares");
    let (path, _) = path.split_once('"').expect("the end of the path");
    let mut dark = vec![vec![false; side]; side];
    for run in path.split('M').skip(1) {
        let numbers = run.split(|sign: char| !sign.is_ascii_digit()).filter_map(|number| number.parse().ok());
        let [x, y, length, ..] = numbers.collect::<Vec<usize>>()[..] else { panic!("{run}") };
        dark[y][x..x + length].fill(true);
    }
    let luma = |x: usize, y: usize| if dark[y / SCALE][x / SCALE] { 20 } else { 235 };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, luma);
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().expect("a clean code").1
}
