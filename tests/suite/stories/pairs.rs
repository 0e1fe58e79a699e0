//! Long drafts part by part, and the employer's text beside ours.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::Client;
use serde_json::{Value, json};

use crate::support::{Answer, Branch, Database, Draft, Member, Page, SLUG, Visitor, both, items};

both!(
    a_long_draft_is_read_part_by_part_and_nothing_is_missing,
    every_link_to_a_passage_finds_its_part,
    after_commenting_she_is_back_at_the_passage,
    a_short_draft_stays_one_page,
    who_may_not_read_the_draft_reads_no_part_of_it,
    a_public_part_is_sent_once,
    the_organiser_brings_the_employers_text_and_members_read_both,
    pairs_are_corrected_and_nothing_is_dropped,
    a_passage_that_is_gone_is_said_to_be,
    what_is_said_about_the_employers_text_is_known_as_such,
    only_where_they_differ,
    a_program_reads_and_replaces_the_pairs,
);

const EMPLOYERS: &str = "# Shaping stronger services\n\n\
    The county proposes five senior posts, each with an assistant.\n\n\
    ## Safeguarding of children\n\n\
    The safeguarding voice is shared by three directors.\n\n\
    - Supervision happens every four weeks.\n\n\
    ## Parking\n\n\
    Visitors pay four pounds a day.\n";

/// A draft of 200 pages: sixty sections, fifty blocks each. Its words are drawn by a fixed chance, so
/// that they compress worse than prose.
fn long() -> String {
    let mut words: Vec<&str> =
        include_str!("../../../src/demo/draft.md").split(|sign: char| !sign.is_alphabetic()).collect();
    words.retain(|word| word.len() > 1);
    let mut chance = 7_u32;
    let mut word = || {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        words[(chance >> 8) as usize % words.len()]
    };
    let mut text = String::new();
    for section in 1..=60 {
        text.extend(["## Section ", &section.to_string(), " of the plan\n\n"]);
        for paragraph in 1..50 {
            let said: Vec<&str> = (0..45).map(|_| word()).collect();
            text.extend([&format!("In section {section}, place {paragraph}: "), &said.join(" "), ".\n\n"]);
        }
    }
    text
}

async fn with_long_draft(database: Database, public: bool) -> (Branch, Draft) {
    let branch = Branch::consulting_with(database, &json!({ "public_draft": public })).await;
    let draft = branch.organiser.publishes_again(SLUG, &branch.draft.document, &long()).await;
    (branch, draft)
}

async fn reader(branch: &Branch, number: usize) -> (Visitor, Page) {
    Member::visits(&branch.server, branch.letter("Fostering", number)).await
}

/// Bytes as Caddy sends them.
fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory").len()
}

/// What a page needs beside itself: stylesheets, scripts and the icon; plain and compressed.
async fn beside(branch: &Branch, page: &Page) -> (usize, usize) {
    let mut sums = (0, 0);
    for path in page.html.split('"').filter(|path| path.starts_with("/assets/")) {
        let file = Answer::to(Client::new().get(branch.server.at(path))).await;
        assert_eq!(file.status, 200, "{path}");
        sums.0 += file.bytes.len();
        sums.1 += gzipped(&file.bytes);
    }
    assert!(sums.0 > 5_000, "the stylesheet was found");
    sums
}

fn keys(page: &Page) -> Vec<String> {
    page.html.split("id=\"b-").skip(1).filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect()
}

/// The page that a part's own way leads to next.
fn next(page: &Page) -> Option<String> {
    let (_, rest) = page.html.split_once("rel=\"next\" href=\"")?;
    Some(rest.split('"').next()?.to_owned())
}

async fn a_long_draft_is_read_part_by_part_and_nothing_is_missing(database: Database) {
    let (branch, draft) = with_long_draft(database, false).await;
    let (mut visitor, first) = reader(&branch, 1).await;
    first.says("Contents");
    first.says("60 Section 60 of the plan");
    let (plain, wire) = beside(&branch, &first).await;
    let (whole, sent) = (first.html.len() + plain, gzipped(first.html.as_bytes()) + wire);
    println!("first view: {whole} bytes as they are, {sent} as Caddy sends them");
    assert!(whole <= 60_000 && sent <= 60_000, "{whole}, {sent}");
    let (mut seen, mut page, mut parts, mut most) = (keys(&first), first, 1, 0);
    while let Some(path) = next(&page) {
        page = visitor.get(&path).await.shown();
        most = most.max(gzipped(page.html.as_bytes()));
        seen.extend(keys(&page));
        parts += 1;
        assert!(parts < 400, "it ends");
    }
    println!("{parts} parts, the largest later view {most} bytes as Caddy sends it");
    assert!(most <= 15_000, "{most}");
    let all: Vec<String> = draft.blocks.iter().map(|block| block["key"].as_str().expect("a key").to_owned()).collect();
    assert_eq!(seen, all, "every passage once, in its order");
    assert!(parts >= 60, "{parts}");
}

async fn every_link_to_a_passage_finds_its_part(database: Database) {
    let (branch, draft) = with_long_draft(database, true).await;
    let (mut member, _) = reader(&branch, 1).await;
    let mut anybody = Visitor::new(branch.server.url());
    let mut staff = Visitor::at_the_desk(&branch.server, "organiser").await;
    for place in [0, 1, 49, 50, 1_234, 2_999] {
        let (key, number) = (&draft.blocks[place]["key"], &draft.blocks[place]["number"]);
        let [key, number] = [key, number].map(|name| name.as_str().expect("text").to_owned());
        for visitor in [&mut member, &mut anybody, &mut staff] {
            for name in [&key, &number] {
                let page = visitor.get(&format!("/c/{SLUG}/{name}")).await.shown();
                assert!(page.path.ends_with(&format!("#b-{key}")), "{}", page.path);
                assert!(keys(&page).contains(&key), "{name} is on {}", page.path);
            }
        }
    }
    let section = member.get(&format!("/c/{SLUG}/section/31")).await.shown();
    section.says("Section 31 of the plan");
    section.does_not_say("In section 30,");
    assert_eq!(member.get(&format!("/c/{SLUG}/section/1")).await.shown().path, format!("/c/{SLUG}"));
    assert_eq!(member.get(&format!("/c/{SLUG}/section/61")).await.status, 404);
    assert_eq!(member.get(&format!("/c/{SLUG}/section/x")).await.status, 404);
}

async fn after_commenting_she_is_back_at_the_passage(database: Database) {
    let (branch, draft) = with_long_draft(database, false).await;
    let (mut visitor, _) = reader(&branch, 1).await;
    let key = draft.block("In section 31, place 44:");
    let page = visitor.get(&format!("/c/{SLUG}/{key}")).await.shown();
    let way = page.links(&format!("/c/{SLUG}/comment/{key}")).remove(0);
    let form = visitor.get(&way).await.shown().form();
    let back = visitor
        .press(form.with("position", "oppose").with("permission", "paraphrase").with("confidence", "in_confidence"))
        .await
        .shown();
    assert!(back.path.starts_with(&format!("/c/{SLUG}/section/31")), "{}", back.path);
    assert!(back.path.ends_with(&format!("#b-{key}")), "{}", back.path);
    back.says("Your comment on 31.44 was received.");
    back.says("31.44: your comment");
    let contents = visitor.get(&format!("/c/{SLUG}")).await.shown();
    assert_eq!(contents.text().matches("your comment").count(), 1, "beside section 31 alone");
    let (_, rest) = contents.html.split_once("Section 31 of the plan").expect("its line");
    assert!(rest.split("</li>").next().is_some_and(|line| line.contains("your comment")), "in its line");
    let elsewhere = visitor.get(&format!("/c/{SLUG}/section/30")).await.shown();
    elsewhere.does_not_say("31.44: your comment");
    elsewhere.says("You have sent 1 comment");
}

async fn a_short_draft_stays_one_page(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut visitor, page) = reader(&branch, 1).await;
    page.does_not_say("Contents");
    assert_eq!(keys(&page).len(), branch.draft.blocks.len());
    let key = branch.draft.block("Safeguarding");
    let number = number_of(&branch.draft, &key);
    let section = visitor.get(&format!("/c/{SLUG}/section/{number}")).await.shown();
    assert_eq!(section.path, format!("/c/{SLUG}#b-{key}"), "its place on the one page");
    assert_eq!(visitor.get(&format!("/c/{SLUG}/side-by-side")).await.status, 404, "there is no second text");
}

async fn who_may_not_read_the_draft_reads_no_part_of_it(database: Database) {
    let (branch, draft) = with_long_draft(database, false).await;
    brings_employers_text(&branch).await;
    let mut anybody = Visitor::new(branch.server.url());
    let key = draft.block("In section 31, place 44:");
    for path in ["section/31", "side-by-side", "side-by-side/31"] {
        assert_eq!(anybody.get(&format!("/c/{SLUG}/{path}")).await.status, 404, "{path}");
    }
    // What stands on paper leads whoever is not signed in to what the consultation is about.
    for path in ["31.44", &key] {
        let page = anybody.get(&format!("/c/{SLUG}/{path}")).await.shown();
        assert_eq!(page.path, format!("/c/{SLUG}"), "{path}");
        page.does_not_say("In section 31");
    }
    let (mut member, _) = reader(&branch, 1).await;
    member.get(&format!("/c/{SLUG}/side-by-side")).await.shown();
}

async fn a_public_part_is_sent_once(database: Database) {
    let (branch, _) = with_long_draft(database, true).await;
    for path in ["", "/section/31"] {
        let at = branch.server.at(&format!("/c/{SLUG}{path}"));
        let answer = Answer::to(Client::new().get(&at)).await;
        assert_eq!(answer.status, 200, "{path}");
        let again = Client::new().get(&at).header("If-None-Match", answer.header("etag"));
        assert_eq!(Answer::to(again).await.status, 304, "{path}");
    }
}

/// The employer's text through the API, published.
async fn brings_employers_text(branch: &Branch) -> Draft {
    let path = format!("/consultations/{SLUG}/documents");
    let new = json!({ "kind": "comparison", "title": "Shaping stronger services" });
    let document = branch.organiser.api.post(&path, &new).await.ok();
    branch.organiser.publishes_again(SLUG, document["id"].as_str().expect("an id"), EMPLOYERS).await
}

fn row_of<'p>(page: &'p Page, words: &str) -> &'p str {
    let row = page.html.split("<div class=\"row").find(|row| row.contains(words));
    row.unwrap_or_else(|| panic!("no row says {words:?}: {}", page.text()))
}

async fn the_organiser_brings_the_employers_text_and_members_read_both(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut desk = Visitor::at_the_desk(&branch.server, "organiser").await;
    let empty = desk.get(&format!("/desk/{SLUG}/pairs")).await.shown();
    empty.says("There is no text of the employer’s in this consultation yet.");
    let way = empty.links(&format!("/desk/{SLUG}/draft?document=comparison")).remove(0);
    let form = desk.get(&way).await.shown().form();
    assert_eq!(form.value("document"), Some("comparison"), "the new text is chosen");
    let preview = desk.press(form.with("draft", EMPLOYERS)).await.shown();
    preview.says("Shaping stronger services");
    let version = desk.press(preview.form()).await.shown();
    let (mut member, reading) = reader(&branch, 1).await;
    reading.does_not_say("employer’s text");
    let publish = version.links(&format!("/desk/{SLUG}/draft/")).into_iter().find(|link| link.ends_with("/publish"));
    let publish = desk.get(&publish.expect("a way to publish")).await.shown();
    let texts = desk.press(publish.form()).await.shown();
    texts.says("Pair the passages of the two texts");
    let pairs = desk.get(&format!("/desk/{SLUG}/pairs")).await.shown();
    pairs.says("Proposed,");
    pairs.says("passages of ours alone");
    let reading = member.get(&format!("/c/{SLUG}")).await.shown();
    let way = reading.links(&format!("/c/{SLUG}/side-by-side")).remove(0);
    let both = member.get(&way).await.shown();
    let row = row_of(&both, "one voice for safeguarding");
    assert!(row.contains("shared by three directors"), "{row}");
    both.says("Nothing in our draft answers this.");
    both.says("Nothing in the employer’s text answers this.");
    for block in &branch.draft.blocks {
        let key = block["key"].as_str().expect("a key");
        assert_eq!(both.html.matches(&format!("id=\"b-{key}\"")).count(), 1, "{block}");
        assert_eq!(both.links(&format!("/c/{SLUG}/comment/{key}")).len(), 1, "{block}");
    }
    assert_eq!(keys(&both).len(), branch.draft.blocks.len() + 6, "all of theirs too");
}

async fn pairs_are_corrected_and_nothing_is_dropped(database: Database) {
    let branch = Branch::consulting(database).await;
    let theirs = brings_employers_text(&branch).await;
    let mut desk = Visitor::at_the_desk(&branch.server, "organiser").await;
    let (mut member, _) = reader(&branch, 1).await;
    let at = format!("/desk/{SLUG}/pairs");
    let page = desk.get(&at).await.shown();
    let confirmed = desk.press(page.form_to(&at).with("deed", "confirm-all")).await.shown();
    confirmed.does_not_say("Proposed,");
    let stale = desk.press(page.form_to(&at).with("deed", "confirm-all")).await;
    assert_eq!(stale.status, 409, "she confirms what she saw and nothing else");

    // Unpaired, and paired with another: what they had stands alone now.
    let voice = branch.draft.block("one voice");
    let pair = paired(&branch, &voice).await.expect("a pair");
    let id = pair["id"].as_str().expect("an id");
    let page = desk.press(confirmed.form_to(&at).with("deed", &format!("part {id}"))).await.shown();
    assert!(paired(&branch, &voice).await.is_none());
    let twice = desk.press(confirmed.form_to(&at).with("deed", &format!("part {id}"))).await;
    assert_eq!(twice.status, 200, "pressed twice");
    let with = page.links(&format!("{at}/new?ours={voice}")).remove(0);
    let form = desk.get(&with).await.shown().form();
    let nobody = desk.press(form.clone()).await;
    assert_eq!(nobody.status, 422);
    nobody.says("Name at least one passage.");
    let unknown = desk.press(form.clone().with("theirs", "9.9")).await;
    assert_eq!(unknown.status, 422);
    unknown.says("There is no passage 9.9 in this text.");
    assert_eq!(unknown.form().value("theirs"), Some("9.9"), "kept as typed");
    let parking = theirs.block("Visitors pay");
    let number = number_of(&theirs, &parking);
    let form = form.with("theirs", &number).with("ours_figure", "1 voice").with("theirs_figure", "£4 <a> day");
    desk.press(form).await.shown();
    let pair = paired(&branch, &voice).await.expect("a pair");
    assert_eq!(pair["theirs"][0]["key"], parking.as_str());
    let page = member.get(&format!("/c/{SLUG}/side-by-side")).await.shown();
    let row = row_of(&page, "one voice for safeguarding");
    assert!(row.contains("1 voice") && row.contains("£4 &lt;a&gt; day") && row.contains("Visitors pay"), "{row}");
    assert!(row_of(&page, "shared by three directors").contains("Nothing in our draft"), "{}", page.text());
    assert_eq!(keys(&page).len(), branch.draft.blocks.len() + theirs.blocks.len(), "none is dropped");

    // Several passages on one side: one comes over from another pair.
    let supervision = theirs.block("Supervision");
    let id = pair["id"].as_str().expect("an id");
    let form = desk.get(&format!("{at}/{id}")).await.shown().form();
    let numbers = format!("{number}, {}", number_of(&theirs, &supervision));
    desk.press(form.with("theirs", &numbers)).await.shown();
    let pair = paired(&branch, &voice).await.expect("a pair");
    assert_eq!(pair["theirs"].as_array().map(Vec::len), Some(2));
    assert!(paired(&branch, &branch.draft.block("Supervision")).await.is_none(), "its pair lost a side");
    let open = desk.get(&format!("{at}?show=open")).await.shown();
    open.says("Stands alone");
    open.does_not_say("There should be one voice");
}

/// The pair that holds one of our blocks.
async fn paired(branch: &Branch, key: &str) -> Option<Value> {
    let pairs = branch.organiser.api.get(&format!("/consultations/{SLUG}/pairs")).await.ok();
    let pairs = pairs["pairs"].as_array().expect("pairs").clone();
    pairs.into_iter().find(|pair| pair["ours"].as_array().is_some_and(|ours| ours.iter().any(|one| one["key"] == key)))
}

fn number_of(draft: &Draft, key: &str) -> String {
    let found = draft.blocks.iter().find(|block| block["key"] == key).expect("a block");
    found["number"].as_str().expect("a number").to_owned()
}

async fn a_passage_that_is_gone_is_said_to_be(database: Database) {
    let branch = Branch::consulting(database).await;
    let theirs = brings_employers_text(&branch).await;
    let (mut member, _) = reader(&branch, 1).await;
    let voice = branch.draft.block("one voice");
    assert!(paired(&branch, &voice).await.is_some());
    let without = EMPLOYERS.replace("The safeguarding voice is shared by three directors.\n\n", "");
    branch.organiser.publishes_again(SLUG, &theirs.document, &without).await;
    let pair = paired(&branch, &voice).await.expect("it is still there");
    assert_eq!(pair["theirs"][0]["number"], Value::Null);
    let page = member.get(&format!("/c/{SLUG}/side-by-side")).await.shown();
    let row = row_of(&page, "one voice for safeguarding");
    assert!(row.contains("no longer in the employer’s text"), "{row}");
    let mut desk = Visitor::at_the_desk(&branch.server, "organiser").await;
    desk.get(&format!("/desk/{SLUG}/pairs")).await.shown().says("One side is gone");
    // It comes back under its own name, and the pair with it.
    let form = desk.get(&format!("/desk/{SLUG}/pairs/{}", pair["id"].as_str().expect("an id"))).await.shown().form();
    assert_eq!(form.value("theirs"), pair["theirs"][0]["key"].as_str(), "what is gone is kept by its key");
    desk.press(form.with("ours_figure", "One voice")).await.shown();
    assert_eq!(paired(&branch, &voice).await.expect("still paired")["theirs"], pair["theirs"]);
}

async fn what_is_said_about_the_employers_text_is_known_as_such(database: Database) {
    let branch = Branch::consulting(database).await;
    let theirs = brings_employers_text(&branch).await;
    let shared = theirs.block("shared by three");
    let number = number_of(&theirs, &shared);
    let (mut visitor, _) = reader(&branch, 1).await;
    let both = visitor.get(&format!("/c/{SLUG}/side-by-side")).await.shown();
    both.says(&format!("Comment on the employer’s {number}"));
    let way = both.links(&format!("/c/{SLUG}/comment/{shared}")).remove(0);
    let page = visitor.get(&way).await.shown();
    page.says(&format!("Comment on the employer’s {number}"));
    page.says("shared by three directors");
    let form = page.form().with("position", "oppose").with("body", "Nobody answers for it.");
    let form = form.with("permission", "paraphrase").with("confidence", "in_confidence");
    let back = visitor.press(form).await.shown();
    assert!(back.path.starts_with(&format!("/c/{SLUG}/side-by-side?said=")), "{}", back.path);
    assert!(back.path.ends_with(&format!("#b-{shared}")), "{}", back.path);
    back.says(&format!("Your comment on the employer’s {number} was received."));
    back.says(&format!("the employer’s {number}: your comment"));
    // The same number is another passage in our draft.
    let reading = visitor.get(&format!("/c/{SLUG}")).await.shown();
    reading.does_not_say(&format!("{number}: your comment"));
    reading.says("You have sent 1 comment");
    let mine = visitor.get(&format!("/c/{SLUG}/mine")).await.shown();
    mine.says(&format!("the employer’s {number}"));
    let shown = mine.links(&format!("/c/{SLUG}/{shared}")).remove(0);
    let there = visitor.get(&shown).await.shown();
    assert_eq!(there.path, format!("/c/{SLUG}/side-by-side#b-{shared}"));
    let change = mine.links(&format!("/c/{SLUG}/mine/")).remove(0);
    visitor.get(&change).await.shown().says(&format!("the employer’s {number}"));

    branch.member("Fostering", 2).await.says(SLUG, &branch.comment("one voice", "support", "Yes.")).await;
    branch.closes().await;
    let mut desk = Visitor::at_the_desk(&branch.server, "negotiator").await;
    let all = desk.get(&format!("/desk/{SLUG}/comments")).await.shown();
    all.says(&format!("the employer’s {number}"));
    all.says("Yes.");
    let theirs_alone = desk.get(&format!("/desk/{SLUG}/comments?block=employer")).await.shown();
    theirs_alone.says("1 comment of 2 found.");
    theirs_alone.says("Nobody answers for it.");
    theirs_alone.does_not_say("Yes.");
    desk.get(&format!("/desk/{SLUG}/counts")).await.shown().says(&format!("the employer’s {number}"));
    let rows = branch.negotiator.comments(SLUG).await;
    let documents: Vec<&str> = rows.iter().filter_map(|row| row["document"].as_str()).collect();
    assert_eq!(documents, ["The draft", "Shaping stronger services"], "our draft first, each named");
    assert_eq!(rows[1]["block"], shared.as_str());
    let exported = branch.negotiator.exports_json(SLUG).await;
    let about: Vec<&Value> = exported.iter().map(|row| &row["document"]).collect();
    assert_eq!(about, ["The draft", "Shaping stronger services"]);
    assert_eq!(exported[1]["block_number"], number.as_str());
}

async fn only_where_they_differ(database: Database) {
    let branch = Branch::consulting(database).await;
    let same = EMPLOYERS.replace("every four weeks", "every two weeks");
    let path = format!("/consultations/{SLUG}/documents");
    let new = json!({ "kind": "comparison", "title": "Theirs" });
    let document = branch.organiser.api.post(&path, &new).await.ok();
    branch.organiser.publishes_again(SLUG, document["id"].as_str().expect("an id"), &same).await;
    let (mut visitor, _) = reader(&branch, 1).await;
    let all = visitor.get(&format!("/c/{SLUG}/side-by-side")).await.shown();
    all.says("Supervision happens every two weeks.");
    let way = all.links(&format!("/c/{SLUG}/side-by-side?only")).remove(0);
    let page = visitor.get(&way).await.shown();
    page.does_not_say("Supervision happens every two weeks.");
    page.says("There should be one voice");
    page.says("Visitors pay four pounds");
}

async fn a_program_reads_and_replaces_the_pairs(database: Database) {
    let branch = Branch::consulting(database).await;
    let path = format!("/consultations/{SLUG}/pairs");
    assert_eq!(branch.organiser.api.get(&path).await.refused(409)["type"], "urn:soundings:problem:no-comparison");
    let theirs = brings_employers_text(&branch).await;
    let member = branch.member("Fostering", 1).await;
    let pairs = member.api.get(&path).await.ok();
    assert_eq!(pairs["theirs"]["title"], "Shaping stronger services");
    let blocks = |side: &str| {
        let in_pairs = pairs["pairs"].as_array().into_iter().flatten().flat_map(|pair| items(&pair[side])).count();
        in_pairs + items(&pairs[side]["unmatched"]).len()
    };
    assert_eq!((blocks("ours"), blocks("theirs")), (branch.draft.blocks.len(), theirs.blocks.len()), "{pairs}");

    let (ours, number) = (branch.draft.block("one voice"), number_of(&theirs, &theirs.block("shared by three")));
    let new = json!({ "revision": pairs["revision"], "pairs": [
        { "ours": [ours], "theirs": [number], "ours_figure": "1 voice", "theirs_figure": "3 directors" } ] });
    assert_eq!(member.api.put(&path, &new).await.status, 403);
    assert_eq!(branch.negotiator.api.put(&path, &new).await.status, 403);
    let replaced = branch.organiser.api.put(&path, &new).await.ok();
    assert_eq!(replaced["pairs"].as_array().map(Vec::len), Some(1));
    assert_eq!(replaced["pairs"][0]["state"], "confirmed");
    assert_eq!(replaced["pairs"][0]["theirs"][0]["number"], number.as_str());
    assert_eq!(branch.organiser.api.put(&path, &new).await.refused(409)["type"], "urn:soundings:problem:stale-pairs");
    let wrong = json!({ "pairs": [ { "ours": ["99"], "theirs": [] }, { "ours": [ours, ours], "theirs": [number] },
                                   { "ours": [ours], "theirs": ["1"] } ] });
    let problem = branch.organiser.api.put(&path, &wrong).await.refused(422);
    let errors = items(&problem["errors"]);
    let fields: Vec<&str> = errors.iter().filter_map(|one| one["pointer"].as_str()).collect();
    assert_eq!(fields, ["#/pairs/0/ours", "#/pairs/0/theirs", "#/pairs/2/ours"], "{problem}");
    assert_eq!(branch.organiser.api.get(&path).await.ok(), replaced, "nothing was changed");
}
