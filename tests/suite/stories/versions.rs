//! A second version: what becomes of every passage before it is out, what members read of the
//! change, and where the numbers on their paper lead.

use std::fmt::Write as _;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{
    Branch, DRAFT, Database, Organiser, Page, SLUG, START, Server, TEAMS, Tables, Visitor, both, items, until,
};

both!(
    the_organiser_sees_what_becomes_of_every_passage_and_how_many_comments_each_carries,
    a_match_corrected_by_hand_takes_the_comments_with_it,
    mistakes_in_a_correction_come_back_beside_their_fields,
    a_published_version_cannot_be_changed_in_any_way,
    what_changed_is_read_word_by_word,
    numbers_on_paper_lead_to_the_passage_today,
    old_versions_stay_readable_and_say_that_they_are_old,
    texts_that_are_not_public_are_for_members_and_colleagues,
    a_long_draft_is_compared_in_parts,
);

/// Reworded: the first paragraph. Divided: none. Moved: supervision. Gone: commissioning's paragraph.
const SECOND: &str = "# Three posts, not five\n\n\
    The employer proposes five senior posts. We propose three, and one deputy for each.\n\n\
    ## Safeguarding\n\n\
    There should be one voice for safeguarding.\n\n\
    - Casework stays with the teams.\n\n\
    ## Commissioning\n\n\
    A kettle belongs in each of the five area offices, beside the window that opens.\n\n\
    ## Working hours\n\n\
    - Supervision happens every two weeks.\n";

/// The text as the document's next version, not yet out; its number.
async fn brings(organiser: &Organiser, document: &str, markdown: &str) -> i64 {
    let path = format!("/consultations/{SLUG}/documents/{document}/versions");
    organiser.api.post_text(&path, "text/markdown", markdown).await.ok()["number"].as_i64().expect("a number")
}

async fn publishes(organiser: &Organiser, document: &str, number: i64, note: &str) {
    let path = format!("/consultations/{SLUG}/documents/{document}/versions/{number}/publish");
    organiser.api.post(&path, &json!({ "note": note })).await.ok();
}

fn of_version(branch: &Branch, number: i64, page: &str) -> String {
    format!("/desk/{SLUG}/draft/{}/{number}{page}", branch.draft.document)
}

/// Twelve comments at the desks: seven on the first paragraph, four on commissioning, one on the whole.
async fn talked_about(branch: &Branch) {
    for number in 0..6 {
        for (team, words) in TEAMS.iter().zip(["five senior posts", "Commissioning is"]) {
            let mut comment = branch.comment(words, "oppose", "Think again.");
            if number == 5 {
                comment = branch.comment("five senior posts", "support", "Good.");
            }
            if number == 4 && *team == TEAMS[1] {
                comment["block"] = Value::Null;
            }
            branch.member(team, number).await.says(SLUG, &comment).await;
        }
    }
    branch.server.clock_says("2026-11-24T10:00:00Z");
    branch.server.mail_is_due();
    until("the batch", async || (branch.negotiator.comments(SLUG).await.len() == 12).then_some(())).await;
}

/// The section of a page that begins with these words.
#[track_caller]
fn section(page: &Page, begins: &str) -> String {
    let found = page.html.split("<section").skip(1).find(|part| {
        let words = crate::support::pieces(part).join(" ");
        words.split_whitespace().collect::<Vec<_>>().join(" ").contains(begins)
    });
    found.unwrap_or_else(|| panic!("nothing begins with {begins:?}: {}", page.text())).to_owned()
}

async fn the_organiser_sees_what_becomes_of_every_passage_and_how_many_comments_each_carries(database: Database) {
    let branch = Branch::consulting(database).await;
    talked_about(&branch).await;
    let number = brings(&branch.organiser, &branch.draft.document, SECOND).await;
    let mut ros = Visitor::at_the_desk(&branch.server, "organiser").await;
    let version = ros.get(&of_version(&branch, number, "")).await.shown();
    version.says("What becomes of every passage of version 1");
    let page = ros.get(&of_version(&branch, number, "/fate")).await.shown();
    assert!(page.html.len() <= 15_000, "{}", page.html.len());
    page.says("The desks have 12 comments on this text. 1 is about the whole");
    let reworded = section(&page, "0.1 is reworded");
    assert!(reworded.contains("<ins>") && reworded.contains("7 comments"), "{reworded}");
    let gone = section(&page, "is gone");
    assert!(gone.contains("Commissioning is joined up") && gone.contains("4 comments"), "{gone}");
    assert!(!gone.contains("/comments?"), "who only organises reads no comments");
    page.says("A kettle belongs");
    page.says("passages unchanged");
    page.does_not_say("one voice for safeguarding");
    // One kind at a time, and those with comments.
    let only = ros.get(&of_version(&branch, number, "/fate?show=gone")).await.shown();
    only.says("is gone");
    only.does_not_say("is reworded");
    let commented = ros.get(&of_version(&branch, number, "/fate?show=commented")).await.shown();
    commented.says("is reworded");
    commented.does_not_say("A kettle belongs");
    ros.get(&of_version(&branch, number, "/fate?show=unchanged")).await.shown().says("one voice for safeguarding");
    // Nothing is out: members compare and read version 1 alone.
    let mut anybody = Visitor::new(branch.server.url());
    assert_eq!(anybody.get(&format!("/c/{SLUG}/compare?from=1&to=2")).await.status, 404);
    assert_eq!(anybody.get(&format!("/c/{SLUG}/version/2")).await.status, 404);
}

async fn a_match_corrected_by_hand_takes_the_comments_with_it(database: Database) {
    let branch = Branch::consulting(database).await;
    let writer = branch.member("Fostering", 0).await;
    writer.says(SLUG, &branch.comment("Commissioning is", "support", "Yes, joined up.")).await;
    let number = brings(&branch.organiser, &branch.draft.document, SECOND).await;
    let mut ros = Visitor::at_the_desk(&branch.server, "organiser").await;
    let page = ros.get(&of_version(&branch, number, "/fate?show=gone")).await.shown();
    page.says("How many each passage carries is shown from 10 comments on");
    page.does_not_say("1 comment");
    let old = branch.draft.block("Commissioning is");
    let way = of_version(&branch, number, &format!("/match?from={old}"));
    assert_eq!(page.links(&way).len(), 1, "{}", page.html);
    let asked = ros.get(&way).await.shown();
    asked.says("Commissioning is joined up across services.");
    asked.says("A kettle belongs in each of the five area offices");
    let corrected =
        ros.press(asked.form().with("what", "is").with("numbers", &number_of(&asked, "A kettle"))).await.shown();
    corrected.says("The match is corrected.");
    corrected.says("corrected one match by hand");
    corrected.does_not_say("is gone");
    section(&corrected, "is reworded");
    // Undone and done again; then the text is brought in anew, and the correction with the old one is gone.
    let undone = ros.press(corrected.form()).await.shown();
    undone.says("is gone");
    undone.does_not_say("by hand.");
    let asked = ros.get(&way).await.shown();
    ros.press(asked.form().with("what", "is").with("numbers", &number_of(&asked, "A kettle"))).await.shown();
    assert_eq!(brings(&branch.organiser, &branch.draft.document, SECOND).await, number);
    ros.get(&of_version(&branch, number, "/fate?show=gone")).await.shown().says("is gone");
    let late = ros.press(asked.form().with("what", "none")).await;
    assert_eq!(late.status, 409, "that text is another's: {}", late.text());
    // Corrected and published, her comment stands on the passage that was matched by hand.
    let asked = ros.get(&way).await.shown();
    ros.press(asked.form().with("what", "is").with("numbers", &number_of(&asked, "A kettle"))).await.shown();
    publishes(&branch.organiser, &branch.draft.document, number, "A kettle.").await;
    let said = writer.has_said(SLUG).await;
    assert_eq!(said[0]["state"], "reworded", "{said:?}");
    let path = format!("/consultations/{SLUG}/documents/{}/versions/{number}", branch.draft.document);
    let text = branch.organiser.api.get(&path).await.ok();
    let kettle = text["blocks"].as_array().expect("blocks").iter().find(|one| one["key"] == old.as_str());
    assert!(kettle.is_some_and(|one| one["text"].as_str().is_some_and(|text| text.starts_with("A kettle"))), "{text}");
    let out = ros.get(&of_version(&branch, number, "/fate")).await.shown();
    out.says("It is published, so it stays as it is.");
    out.does_not_say("Correct the match");
}

/// The number of a choice, by how its passage begins.
fn number_of(page: &Page, begins: &str) -> String {
    let text = page.text();
    let before = &text[..text.find(begins).expect("it is offered")];
    before.split_whitespace().next_back().expect("a number").to_owned()
}

async fn mistakes_in_a_correction_come_back_beside_their_fields(database: Database) {
    let branch = Branch::consulting(database).await;
    let number = brings(&branch.organiser, &branch.draft.document, SECOND).await;
    let mut ros = Visitor::at_the_desk(&branch.server, "organiser").await;
    let old = branch.draft.block("Commissioning is");
    let asked = ros.get(&of_version(&branch, number, &format!("/match?from={old}"))).await.shown();
    let nothing = ros.press(asked.form()).await;
    assert_eq!(nothing.status, 422);
    nothing.says("Say what became of it.");
    let none = ros.press(asked.form().with("what", "is")).await;
    assert_eq!(none.status, 422);
    none.says("Tick a passage, or type its number.");
    let unknown = ros.press(asked.form().with("what", "is").with("numbers", "77.7")).await;
    assert_eq!(unknown.status, 422);
    unknown.says("There is no passage with that number. Check it.");
    assert_eq!(unknown.form().value("numbers"), Some("77.7"), "what was typed is kept");
    let lost = ros.get(&of_version(&branch, number, "/match?from=nosuchkey")).await;
    assert_eq!(lost.status, 404);
}

/// The rows of the texts, in both databases.
fn texts(server: &Server) -> BTreeMap<String, String> {
    let mut tables = Tables::contents(server);
    tables.retain(|table, _| ["version", "block", "block_link", "match_correction"].contains(&table.as_str()));
    assert_eq!(tables.len(), 4);
    tables
}

async fn a_published_version_cannot_be_changed_in_any_way(database: Database) {
    let branch = Branch::consulting(database).await;
    let document = branch.draft.document.clone();
    let number = brings(&branch.organiser, &document, SECOND).await;
    publishes(&branch.organiser, &document, number, "Kettles.").await;
    let mut ros = Visitor::at_the_desk(&branch.server, "organiser").await;
    let version_id = {
        // The id that the page of corrections sends, as somebody keeps it who looked before it was out.
        let third = brings(&branch.organiser, &document, DRAFT).await;
        let page = ros.get(&of_version(&branch, third, "/fate?show=added")).await.shown();
        let way = page.links(&of_version(&branch, third, "/match"))[0].clone();
        let form = ros.get(&way).await.shown().form();
        publishes(&branch.organiser, &document, third, "As before.").await;
        let before = texts(&branch.server);
        assert_eq!(ros.press(form.clone().with("what", "none")).await.status, 409);
        assert_eq!(ros.press(form.clone().with("what", "is").with("numbers", "1")).await.status, 409);
        assert_eq!(texts(&branch.server), before);
        form.value("version").expect("the version").to_owned()
    };
    let before = texts(&branch.server);
    let api = &branch.organiser.api;
    let path = format!("/consultations/{SLUG}/documents/{document}/versions");
    for number in 1..=3 {
        let again = api.post(&format!("{path}/{number}/publish"), &json!({ "note": "Another note." })).await;
        assert_eq!(again.status, 409, "{}", again.text());
        let one = format!("{path}/{number}");
        for answer in [
            api.patch(&one, &json!({ "note": "x", "blocks": [] })).await,
            api.delete(&one).await,
            api.post(&one, &json!({ "blocks": [] })).await,
            api.post_text(&one, "text/markdown", "Other words").await,
        ] {
            assert_eq!(answer.status, 405, "{}", answer.text());
        }
        for page in ["", "/fate", "/match"] {
            let form = ros.get("/desk/account").await.shown().form();
            let csrf = form.value("csrf").expect("a token").to_owned();
            let client =
                reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
            let sent = client
                .post(branch.server.at(&of_version(&branch, number, page)))
                .header(reqwest::header::COOKIE, ros.cookies())
                .header(reqwest::header::ORIGIN, branch.server.url())
                .form(&[("csrf", csrf.as_str()), ("version", &version_id), ("from", "x"), ("what", "none")]);
            let status = sent.send().await.expect("an answer").status().as_u16();
            assert!((400..500).contains(&status), "{number}{page}: {status}");
        }
    }
    assert_eq!(texts(&branch.server), before, "not a letter is different");
    // A further text is a further version, and replaces only itself.
    assert_eq!(brings(&branch.organiser, &document, SECOND).await, 4);
    assert_eq!(brings(&branch.organiser, &document, DRAFT).await, 4);
    let published = |tables: &BTreeMap<String, String>| {
        let mut lines: Vec<String> = before["block"].lines().map(str::to_owned).collect();
        lines.retain(|line| !tables["block"].contains(line.as_str()));
        lines
    };
    assert!(published(&texts(&branch.server)).is_empty());
}

async fn what_changed_is_read_word_by_word(database: Database) {
    let branch = Branch::consulting(database).await;
    let number = brings(&branch.organiser, &branch.draft.document, SECOND).await;
    publishes(&branch.organiser, &branch.draft.document, number, "A deputy for each post.").await;
    let mut anybody = Visitor::new(branch.server.url());
    let draft = anybody.get(&format!("/c/{SLUG}")).await.shown();
    draft.says("A deputy for each post.");
    let way = draft.links(&format!("/c/{SLUG}/compare"));
    assert_eq!(way.len(), 1, "the reading page leads there");
    let page = anybody.get(&way[0]).await.shown();
    page.says("What changed from version 1 to version 2");
    page.says("Version 2: A deputy for each post.");
    let reworded = section(&page, "0.1 is reworded");
    assert!(
        reworded.contains("<ins><span class=\"hidden\">(put in:) </span>, and one deputy for each</ins>"),
        "{reworded}"
    );
    assert!(page.html.contains("<details class=\"same\">"), "unchanged passages are folded");
    // A moved passage is at both places, and each leads to the other.
    let moved = section(&page, "Moved: was");
    let (there, back) = (page.links("#c-"), page.links("#l-"));
    assert_eq!(back.len(), 1);
    assert!(page.html.contains(&format!("id=\"{}\"", &back[0][1..])), "{back:?}");
    assert!(moved.contains(&back[0]));
    for anchor in there.iter().chain(&back) {
        assert!(page.html.contains(&format!("id=\"{}\"", &anchor[1..])), "{anchor}");
    }
    // Both ways round are the same comparison; of itself there is none.
    let round = anybody.get(&format!("/c/{SLUG}/compare?from=2&to=1")).await.shown();
    round.says("What changed from version 1 to version 2");
    assert_eq!(anybody.get(&format!("/c/{SLUG}/compare?from=2&to=2")).await.status, 404);
    assert_eq!(anybody.get(&format!("/c/{SLUG}/compare?from=1&to=9")).await.status, 404);
    // The desks compare what is not out yet, too.
    brings(&branch.organiser, &branch.draft.document, DRAFT).await;
    let mut nadia = Visitor::at_the_desk(&branch.server, "negotiator").await;
    let desk = format!("/desk/{SLUG}/draft/{}/compare?from=1&to=3", branch.draft.document);
    nadia.get(&desk).await.shown().says("Nothing changed.");
    nadia.get(&desk.replace("from=1", "from=2")).await.shown().says("is reworded");
}

async fn numbers_on_paper_lead_to_the_passage_today(database: Database) {
    let branch = Branch::consulting(database).await;
    let numbers: BTreeMap<&str, String> = ["five senior", "one voice", "Supervision", "Commissioning is", "Casework"]
        .into_iter()
        .map(|words| {
            let block =
                branch.draft.blocks.iter().find(|one| one["text"].as_str().is_some_and(|text| text.contains(words)));
            (words, block.expect("a block")["number"].as_str().expect("a number").to_owned())
        })
        .collect();
    let number = brings(&branch.organiser, &branch.draft.document, SECOND).await;
    publishes(&branch.organiser, &branch.draft.document, number, "Kettles.").await;
    let mut anybody = Visitor::new(branch.server.url());
    let mut looks_up =
        async |words: &str, version: &str| anybody.get(&format!("/c/{SLUG}/{}{version}", numbers[words])).await;
    let stands = looks_up("one voice", "?version=1").await.shown();
    assert!(
        stands.path.starts_with(&format!("/c/{SLUG}")) && stands.html.contains("class=\"draft\""),
        "{}",
        stands.path
    );
    let reworded = looks_up("five senior", "?version=1").await.shown();
    reworded.says("It has other words now, in version 2.");
    assert!(reworded.html.contains("<ins>"));
    let moved = looks_up("Supervision", "?version=1").await.shown();
    moved.says("Its words are the same.");
    let gone = looks_up("Commissioning is", "?version=1").await.shown();
    gone.says("It is gone");
    gone.says("Commissioning is joined up across services.");
    gone.says("It stood after what is now");
    assert!(gone.links(&format!("/c/{SLUG}/comment")).is_empty(), "who is not signed in cannot comment");
    // Without a version, the current one's numbers count, then those of older ones.
    assert!(looks_up("one voice", "").await.shown().html.contains("class=\"draft\""));
    assert!(looks_up("one voice", "?version=2").await.shown().html.contains("class=\"draft\""));
    let older = looks_up("Supervision", "").await.shown();
    older.says("Version 2 has no");
    older.says("Its words are the same.");
    let mut anybody = Visitor::new(branch.server.url());
    let never = anybody.get(&format!("/c/{SLUG}/99.9?version=1")).await;
    assert_eq!(never.status, 404);
    never.says("There is no 99.9");
    let near = never.links(&format!("/c/{SLUG}/"));
    assert!(near.iter().all(|link| link.contains("version=1")) && near.len() == 6, "{near:?}");
    // A member is told how to comment on it.
    let (mut member, _) = crate::support::Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    let gone = member.get(&format!("/c/{SLUG}/{}?version=1", numbers["Commissioning is"])).await.shown();
    let ways = gone.links(&format!("/c/{SLUG}/comment/"));
    assert!(ways.iter().any(|way| way.ends_with("/whole")) && ways.len() == 2, "{ways:?}");
    let reworded = member.get(&format!("/c/{SLUG}/{}?version=1", numbers["five senior"])).await.shown();
    let way = reworded.links(&format!("/c/{SLUG}/comment/"));
    member.get(&way[0]).await.shown().says("one deputy for each");
}

async fn old_versions_stay_readable_and_say_that_they_are_old(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut anybody = Visitor::new(branch.server.url());
    let current = anybody.get(&format!("/c/{SLUG}/version/1")).await.shown();
    assert_eq!(current.path, format!("/c/{SLUG}"), "the current one is the draft itself");
    assert!(current.html.contains(&format!("{}?version=1</span>", "/c/restructure/0.1")), "paper leads home");
    let number = brings(&branch.organiser, &branch.draft.document, SECOND).await;
    publishes(&branch.organiser, &branch.draft.document, number, "Kettles.").await;
    let old = anybody.get(&format!("/c/{SLUG}/version/1")).await.shown();
    old.says("This is version 1.");
    old.says("Members now read version 2.");
    old.says("Commissioning is joined up across services.");
    old.does_not_say("kettle");
    assert!(old.links(&format!("/c/{SLUG}/comment")).is_empty(), "it is read-only");
    let (_, draft) = crate::support::Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    assert!(draft.html.contains("?version=2</span>"), "paper carries the version's number");
    for nowhere in ["version/3", "version/0", "version/x"] {
        assert_eq!(anybody.get(&format!("/c/{SLUG}/{nowhere}")).await.status, 404, "{nowhere}");
    }
}

async fn texts_that_are_not_public_are_for_members_and_colleagues(database: Database) {
    let branch = Branch::consulting_with(database, &json!({ "public_draft": false })).await;
    let number = brings(&branch.organiser, &branch.draft.document, SECOND).await;
    publishes(&branch.organiser, &branch.draft.document, number, "Kettles.").await;
    let pages = ["compare?from=1&to=2", "version/1", "0.1?version=1", "99.9"];
    let mut anybody = Visitor::new(branch.server.url());
    for page in pages {
        let led = anybody.get(&format!("/c/{SLUG}/{page}")).await.shown();
        assert_eq!(led.path, format!("/c/{SLUG}"), "{page}");
        led.does_not_say("five senior posts");
    }
    let (mut member, _) = crate::support::Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    let mut nadia = Visitor::at_the_desk(&branch.server, "negotiator").await;
    for page in &pages[..3] {
        for reader in [&mut member, &mut nadia] {
            reader.get(&format!("/c/{SLUG}/{page}")).await.shown().says("five senior posts");
        }
    }
}

async fn a_long_draft_is_compared_in_parts(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let changes = json!({});
    organiser.prepares(SLUG, "2026-12-04T17:00:00", &changes).await.ok();
    let text = |edited: bool| {
        let mut text = String::new();
        for section in 0..60 {
            writeln!(text, "## Section {section}\n").expect("memory");
            for passage in 0..49 {
                let odd = edited && passage % 7 == 0;
                let end = if odd { "as the second version has it" } else { "as the first version has it" };
                writeln!(
                    text,
                    "Passage {passage} of section {section} says what it says, number {}, {end}.\n",
                    section * 49 + passage
                )
                .expect("memory");
            }
        }
        text
    };
    let draft = organiser.publishes(SLUG, &text(false)).await;
    assert_eq!(draft.blocks.len(), 3_000);
    assert_eq!(brings(&organiser, &draft.document, &text(true)).await, 2);
    let mut ros = Visitor::at_the_desk(&server, "organiser").await;
    let fate = ros.get(&format!("/desk/{SLUG}/draft/{}/2/fate", draft.document)).await.shown();
    assert!(fate.html.len() <= 15_000, "{}", fate.html.len());
    fate.says("of 420.");
    let mut way = format!("/desk/{SLUG}/draft/{}/compare?from=1&to=2", draft.document);
    let mut seen = 0;
    for _ in 0..40 {
        let page = ros.get(&way).await.shown();
        assert!(page.html.len() <= 60_000, "{way}: {}", page.html.len());
        page.says("420 changes.");
        seen += page.html.matches("<section class=\"changed").count();
        let prefix = format!("/desk/{SLUG}/draft/{}/compare", draft.document);
        let next = page.links(&prefix).into_iter().find(|link| {
            let part = |link: &str| {
                link.split("part=").nth(1).and_then(|part| part.split('#').next()?.parse().ok()).unwrap_or(1)
            };
            part(link) == part(&way) + 1 && !link.contains('#')
        });
        match next {
            Some(next) => way = next,
            None => break,
        }
    }
    assert_eq!(seen, 420, "every change stands in one part");
    assert_eq!(START, server.now());
    assert!(!items(&organiser.api.get(&format!("/consultations/{SLUG}/documents")).await.ok()).is_empty());
}
