//! A negotiator reads what was said: filters, search, counts, one comment's address.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Branch, Colleague, Database, Page, SLUG, TEAMS, Visitor, both, items};

both!(
    every_filter_finds_as_many_as_the_counts_say,
    words_are_found_whatever_their_case_and_accents,
    what_is_looked_for_stands_on_the_page_and_can_be_dropped,
    a_comment_has_an_address_until_it_changes,
    a_name_stands_only_where_it_was_given,
    long_comments_leave_the_page_small,
    who_only_organises_reads_nothing,
    comments_are_found_by_what_became_of_their_passage,
);

const BLOCKS: [&str; 4] = ["five senior posts", "one voice", "Casework", "Commissioning is"];
const POSITIONS: [&str; 4] = ["support", "support_if", "oppose", "neutral"];
const PERMISSIONS: [&str; 3] = ["word_for_word", "paraphrase", "count_only"];

/// A branch in which many have said many things, by a fixed chance.
async fn talkative(database: Database) -> Branch {
    let branch = Branch::consulting(database).await;
    let mut chance = 7_u32;
    let mut draw = |most: usize| {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (chance >> 16) as usize % most
    };
    for number in 0..12 {
        let member = branch.member(TEAMS[draw(2)], draw(9)).await;
        for _ in 0..=draw(3) {
            let mut comment = branch.comment(BLOCKS[draw(4)], POSITIONS[draw(4)], &format!("Words {number}."));
            comment["permission"] = PERMISSIONS[draw(3)].into();
            comment["with_name"] = (draw(4) == 0).into();
            if draw(6) == 0 {
                comment["block"] = Value::Null;
            }
            member.says(SLUG, &comment).await;
        }
    }
    branch.closes().await;
    branch
}

async fn every_filter_finds_as_many_as_the_counts_say(database: Database) {
    let branch = talkative(database).await;
    let rows = branch.negotiator.comments(SLUG).await;
    assert!(rows.len() > 12, "{}", rows.len());
    let mut reader = reader(&branch, "negotiator").await;
    for (by, column, filter) in
        [("block", "block", "block"), ("label", "label", "team"), ("permission", "permission", "permission")]
    {
        let tallies = tallies(&branch, by).await;
        assert_eq!(tallies["total"], rows.len(), "{by}");
        let items = items(&tallies);
        for item in &items {
            let name = if by == "label" { &item["name"] } else { &item["id"] };
            for position in POSITIONS {
                let expected = rows.iter().filter(|row| row[column] == *name && row["position"] == position).count();
                assert_eq!(item["counts"][position], expected, "{by} {name} {position}");
                let name = name.as_str().unwrap_or("whole").replace(' ', "+");
                let found = found(&branch, &format!("{filter}={name}&position={position}")).await;
                assert_eq!(found.len(), expected, "{filter}={name} {position}");
                if expected > 0 {
                    let page_filter = if filter == "team" { "label" } else { filter };
                    let page = look(&mut reader, &format!("{page_filter}={name}&position={position}")).await;
                    page.says(&format!("{expected} comment"));
                }
            }
        }
        for position in POSITIONS {
            let sum: u64 = items.iter().filter_map(|item| item["counts"][position].as_u64()).sum();
            assert_eq!(tallies["counts"][position], sum, "{by}: the rows add up");
        }
    }
    let named = rows.iter().filter(|row| !row["name"].is_null()).count();
    assert!(named > 0 && named < rows.len());
    assert_eq!(found(&branch, "named=true").await.len(), named);
    assert_eq!(found(&branch, "late=true").await.len(), 0);
    assert_eq!(found(&branch, "state=unchanged").await.len(), rows.len());

    // The page of counts says the same, and each of its numbers leads to as many comments.
    for by in ["block", "label", "permission"] {
        let page = reader.get(&format!("/desk/{SLUG}/counts?by={by}")).await.shown();
        assert!(page.html.len() <= 15_000, "{}", page.html.len());
        let mut sum = 0;
        for link in page.links("comments?").into_iter().filter(|link| link.contains("position=")) {
            let count = number_of_link(&page, &link);
            sum += count;
            let there = reader.get(&format!("/desk/{SLUG}/{link}")).await.shown();
            there.says(&format!("{count} comment"));
        }
        // Once in the rows, and once more in the sums below them.
        assert_eq!(sum, 2 * rows.len(), "{by}");
    }
}

async fn words_are_found_whatever_their_case_and_accents(database: Database) {
    let branch = Branch::consulting(database).await;
    let said = [
        "The café in Łódź stays open; two deputies by summer.",
        "Deputies? Two of them are too many.",
        "Straße and childhood.",
        "100% of us; it's <b>bold</b> & \"quoted\".",
        "組合会員の声",
    ];
    for (number, words) in said.iter().enumerate() {
        branch.member(TEAMS[number % 2], number).await.says(SLUG, &branch.comment("Casework", "neutral", words)).await;
    }
    branch.closes().await;
    let finds = async |typed: &str| {
        let found = branch.negotiator.api.get(&format!("/consultations/{SLUG}/comments?q={}", encoded(typed))).await;
        let mut places: Vec<usize> = items(&found.ok())
            .iter()
            .map(|item| said.iter().position(|words| item["body"] == *words).expect("one of these"))
            .collect();
        places.sort_unstable();
        places
    };
    for (typed, expected) in [
        ("CAFE", vec![0]),
        ("lodz", vec![0]),
        ("strasse", vec![2]),
        ("deput", vec![0, 1]),
        ("\"two deputies\"", vec![0]),
        ("\"two deputie\"", vec![]),
        ("two deputies", vec![0, 1]),
        ("hood", vec![]),
        ("child", vec![2]),
        ("会員", vec![4]),
        ("100%", vec![3]),
        // Nothing that is typed breaks anything.
        ("\"", vec![0, 1, 2, 3, 4]),
        ("* OR (", vec![]),
        ("café NEAR", vec![]),
        ("body:cafe", vec![]),
        ("') UNION SELECT 1 --", vec![]),
        ("caf* \"", vec![0]),
        ("%_\\", vec![0, 1, 2, 3, 4]),
    ] {
        assert_eq!(finds(typed).await, expected, "{typed}");
    }
    let mut reader = reader(&branch, "negotiator").await;
    let page = look(&mut reader, "q=bold").await;
    assert!(page.html.contains("&lt;b&gt;<mark>bold</mark>&lt;/b&gt;"), "{}", page.html);
    look(&mut reader, &format!("q={}", encoded("\"two deputies\""))).await.says("words: \"two deputies\"");
}

/// Withdrawn and changed words are found by nobody and lie nowhere, once the next batch has come.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn withdrawn_words_are_gone_from_the_search_and_from_the_disk() {
    let mut branch = Branch::consulting(Database::Sqlite).await;
    let [stays, changes, goes] = ["Quetzalmarmalade", "Umbrellaharpsichord", "Zanzibarquokka"];
    let mut said = Vec::new();
    for (number, words) in [stays, changes, goes].iter().enumerate() {
        let member = branch.member("Fostering", number).await;
        let comment = branch.comment("Casework", "support", &format!("{words} and more."));
        said.push((member.says(SLUG, &comment).await, member));
    }
    branch.server.clock_says("2026-11-24T10:00:00Z");
    branch.server.mail_is_due();
    for words in [stays, changes, goes] {
        crate::support::until("the batch", async || {
            let found = found(&branch, &format!("q={words}")).await;
            (found.len() == 1).then_some(())
        })
        .await;
    }
    said[1].1.changes(SLUG, &said[1].0["id"], &branch.comment("Casework", "oppose", "Something else.")).await.ok();
    assert_eq!(said[2].1.withdraws(SLUG, &said[2].0["id"]).await.status, 204);
    branch.closes().await;
    crate::support::until("the last batch", async || found(&branch, "q=something").await.len().eq(&1).then_some(()))
        .await;
    assert_eq!(found(&branch, &format!("q={stays}")).await.len(), 1);
    assert_eq!(found(&branch, &format!("q={changes}")).await.len(), 0);
    assert_eq!(found(&branch, &format!("q={goes}")).await.len(), 0);
    branch.server.stop();
    let url = branch.server.database_url();
    let file = url.strip_prefix("sqlite://").expect("a file");
    checkpoint(file);
    let bytes = std::fs::read(file).expect("the database");
    let holds = |words: &str| bytes.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words.as_bytes()));
    assert!(holds(stays), "what stays is in the file, in plain letters");
    assert!(!holds(changes), "what was changed is nowhere in the file");
    assert!(!holds(goes), "what was withdrawn is nowhere in the file");
}

async fn what_is_looked_for_stands_on_the_page_and_can_be_dropped(database: Database) {
    let branch = Branch::consulting(database).await;
    for number in 0..3 {
        let comment = branch.comment(BLOCKS[number], POSITIONS[number], &format!("Number {number}."));
        branch.member("Fostering", number).await.says(SLUG, &comment).await;
    }
    let mut reader = reader(&branch, "negotiator").await;
    let empty = look(&mut reader, "").await;
    empty.says("No comments have arrived yet.");
    empty.says("New words come once a day, next on");
    branch.closes().await;
    let page = look(&mut reader, "q=number&position=oppose&label=Fostering").await;
    page.says("1 comment of 3 found.");
    for words in ["words: number", "position: Oppose", "team: Fostering", "Number 2."] {
        page.says(words);
    }
    page.does_not_say("Number 1.");
    // Each filter has a link that drops it and keeps the others.
    let drops: Vec<String> =
        page.links(&format!("/desk/{SLUG}/comments?")).into_iter().filter(|link| link.contains("q=number")).collect();
    assert!(drops.contains(&format!("/desk/{SLUG}/comments?q=number&position=oppose")), "{drops:?}");
    assert!(drops.contains(&format!("/desk/{SLUG}/comments?q=number&label=Fostering")), "{drops:?}");
    let nothing = look(&mut reader, "position=neutral").await;
    nothing.says("Drop one of them");
    for wrong in ["position=maybe", "label=Nobody", "state=lost", "late=perhaps"] {
        let page = reader.get(&format!("/desk/{SLUG}/comments?{wrong}")).await;
        assert_eq!(page.status, 422, "{wrong}");
        page.says("Choose one");
        page.does_not_say("Number 1.");
    }
    // From page to page and back.
    let first = look(&mut reader, "").await;
    let ids: Vec<String> = branch.negotiator.comments(SLUG).await.iter().map(|row| text(&row["id"])).collect();
    assert_eq!(first.links(&format!("/desk/{SLUG}/comments/")).len(), 3);
    let after = look(&mut reader, &format!("after={}", ids[0])).await;
    after.does_not_say("Number 0.");
    assert_eq!(after.links(&format!("/desk/{SLUG}/comments?before=")).len(), 1);
    let before = look(&mut reader, &format!("before={}", ids[2])).await;
    before.says("Number 0.");
    before.does_not_say("Number 2.");
}

async fn a_comment_has_an_address_until_it_changes(database: Database) {
    let branch = Branch::consulting(database).await;
    for (number, words) in ["one voice", "one voice", "Casework"].iter().enumerate() {
        let comment = branch.comment(words, "oppose", &format!("Number {number}."));
        branch.member("Fostering", number).await.says(SLUG, &comment).await;
    }
    branch.closes().await;
    let rows = branch.negotiator.comments(SLUG).await;
    let mut reader = reader(&branch, "negotiator").await;
    for (place, row) in rows.iter().enumerate() {
        let page = reader.get(&format!("/desk/{SLUG}/comments/{}", text(&row["id"]))).await.shown();
        page.says(row["body"].as_str().expect("words"));
        page.says(row["block_text"].as_str().expect("a passage"));
        let around = page.links(&format!("/desk/{SLUG}/comments/"));
        let neighbours: Vec<String> = [place.checked_sub(1), Some(place + 1)]
            .into_iter()
            .filter_map(|place| Some(format!("/desk/{SLUG}/comments/{}", text(&rows.get(place?)?["id"]))))
            .collect();
        assert_eq!(around, neighbours);
    }
    for nothing in ["0000000000000", "x", "%3Cscript%3E"] {
        let page = reader.get(&format!("/desk/{SLUG}/comments/{nothing}")).await;
        assert_eq!(page.status, 404, "{nothing}");
    }
}

async fn a_name_stands_only_where_it_was_given(database: Database) {
    let branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 4).await;
    member.says(SLUG, &branch.comment("Casework", "support", "In confidence.")).await;
    let mut named = branch.comment("Casework", "oppose", "With my name.");
    named["with_name"] = true.into();
    member.says(SLUG, &named).await;
    branch.closes().await;
    let mut reader = reader(&branch, "negotiator").await;
    look(&mut reader, "position=oppose").await.says("Member 4 of Fostering");
    look(&mut reader, "position=support").await.does_not_say("Member 4");
    look(&mut reader, "named=yes").await.says("1 comment of 2 found.");
    let by_name = look(&mut reader, "q=Member").await;
    by_name.says("Drop one of them");
}

async fn long_comments_leave_the_page_small(database: Database) {
    let branch = Branch::consulting(database).await;
    for number in 0..9 {
        let words = ["<&\" ", "word ", "😀 ", "été "][number % 4];
        let long: String = words.chars().cycle().take(9_000).chain("needle at the end".chars()).collect();
        let mut comment = branch.comment(BLOCKS[number % 4], "support_if", &long);
        comment["condition"] = long.chars().take(4_000).collect::<String>().into();
        comment["new_wording"] = long.chars().take(4_000).collect::<String>().into();
        branch.member("Fostering", number).await.says(SLUG, &comment).await;
    }
    branch.closes().await;
    let mut reader = reader(&branch, "negotiator").await;
    let (mut seen, mut next) = (BTreeMap::new(), format!("/desk/{SLUG}/comments"));
    let mut last = next.clone();
    for page in 0.. {
        let here = reader.get(&next).await.shown();
        assert!(here.html.len() <= 15_000, "{} bytes", here.html.len());
        here.says("Read the whole comment");
        for link in here.links(&format!("/desk/{SLUG}/comments/")) {
            *seen.entry(link).or_insert(0) += 1;
        }
        match here.links(&format!("/desk/{SLUG}/comments?after=")).pop() {
            Some(more) => last = std::mem::replace(&mut next, more),
            None => break,
        }
        assert!(page < 9, "it ends");
    }
    assert_eq!(seen.len(), 9, "every comment is on a page");
    assert!(seen.values().all(|count| *count == 1), "and on one alone: {seen:?}");
    assert_ne!(last, next, "there was more than one page");
    // Back again, every page as small.
    while let Some(back) = reader.get(&next).await.shown().links(&format!("/desk/{SLUG}/comments?before=")).pop() {
        let here = reader.get(&back).await.shown();
        assert!(here.html.len() <= 15_000, "{} bytes", here.html.len());
        next = back;
    }
    // What was looked for is seen, however late it comes.
    let found = look(&mut reader, "q=needle").await;
    assert!(found.html.contains("<mark>needle</mark>"), "{}", found.text());
    assert!(found.html.len() <= 15_000);
    let whole = reader.get(seen.keys().next().expect("a comment")).await.shown();
    whole.says("needle at the end");
}

async fn who_only_organises_reads_nothing(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.member("Fostering", 0).await.says(SLUG, &branch.comment("Casework", "support", "Secret.")).await;
    branch.closes().await;
    let id = text(&branch.negotiator.comments(SLUG).await[0]["id"]);
    for role in ["organiser", "admin"] {
        let mut other = reader(&branch, role).await;
        for path in ["comments", "counts", &format!("comments/{id}")] {
            let page = other.get(&format!("/desk/{SLUG}/{path}")).await;
            assert_eq!(page.status, 403, "{role} {path}");
            page.does_not_say("Secret");
        }
    }
    let answer = branch.organiser.api.get(&format!("/consultations/{SLUG}/tallies")).await;
    answer.refused(403);
}

async fn comments_are_found_by_what_became_of_their_passage(database: Database) {
    let branch = Branch::consulting(database).await;
    for (number, words) in ["five senior posts", "Casework", "Commissioning is"].iter().enumerate() {
        branch.member("Fostering", number).await.says(SLUG, &branch.comment(words, "oppose", words)).await;
    }
    branch.server.clock_says("2026-11-24T10:00:00Z");
    branch.server.mail_is_due();
    crate::support::until("the batch", async || (branch.negotiator.comments(SLUG).await.len() == 3).then_some(()))
        .await;
    let next = crate::support::DRAFT.replace("Commissioning is joined up across services.\n", "");
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &next).await;
    let states: BTreeMap<String, String> =
        branch.negotiator.comments(SLUG).await.iter().map(|row| (text(&row["body"]), text(&row["state"]))).collect();
    assert_eq!(states["five senior posts"], "unchanged");
    assert_eq!(states["Casework"], "unchanged");
    assert_eq!(states["Commissioning is"], "gone");
    let mut reader = reader(&branch, "negotiator").await;
    for (words, state) in &states {
        let page = look(&mut reader, &format!("state={state}")).await;
        page.says(words);
        let expected = states.values().filter(|other| *other == state).count();
        assert_eq!(found(&branch, &format!("state={state}")).await.len(), expected, "{states:?}");
    }
}

/// Somebody of this role, signed in.
async fn reader(branch: &Branch, role: &str) -> Visitor {
    Colleague::signed_in(&branch.server, &format!("{role}@staff.example.org"), "Jo Bell", &[role]).await
}

async fn look(reader: &mut Visitor, filter: &str) -> Page {
    reader.get(&format!("/desk/{SLUG}/comments?{filter}")).await.shown()
}

async fn found(branch: &Branch, filter: &str) -> Vec<Value> {
    branch.negotiator.api.all(&format!("/consultations/{SLUG}/comments?{filter}")).await
}

async fn tallies(branch: &Branch, by: &str) -> Value {
    branch.negotiator.api.get(&format!("/consultations/{SLUG}/tallies?by={by}")).await.ok()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn encoded(typed: &str) -> String {
    typed.bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"))
}

/// The number that a link on the page of counts stands on.
fn number_of_link(page: &Page, link: &str) -> usize {
    let mark = format!("<a href=\"{}\">", link.replace('&', "&amp;"));
    let from = page.html.find(&mark).unwrap_or_else(|| panic!("no {mark}")) + mark.len();
    let end = page.html[from..].find('<').expect("an end");
    page.html[from..from + end].parse().expect("a number")
}

/// Brings everything from the log into the database's own file.
fn checkpoint(file: &str) {
    use diesel::connection::SimpleConnection as _;
    use diesel::{Connection as _, SqliteConnection};
    let mut sqlite = SqliteConnection::establish(file).expect("the file is there");
    sqlite.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").expect("a checkpoint");
}
