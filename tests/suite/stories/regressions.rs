//! What went wrong in other houses, each told once so that it does not happen in ours: what concerns
//! drafts, comments and deadlines.
//!
//! |    | what went wrong elsewhere | told in |
//! |----|---------------------------|---------|
//! |  1 | A draft opened before the deadline could be sent after it (Antragsgruen 4.16.3). | [`a_form_opened_before_the_deadline_and_sent_after_it_is_late_or_refused_with_its_words`]; a change of a sent comment: [`a_change_opened_before_the_deadline_and_sent_after_it_changes_nothing`] |
//! |  2 | Another time zone moved a stored deadline (Decidim #14010). | [`a_deadline_stays_where_it_is_whatever_zone_the_server_lives_in`]; hours that the clocks skip or repeat: `deadline::a_deadline_in_the_hour_that_the_clocks_skip_is_refused`, `deadline::a_deadline_in_the_hour_that_comes_twice_means_the_later` |
//! |  3 | A closed vote answered with a general form error (Loomio #11731). | [`who_comes_after_the_end_is_told_the_true_reason`] |
//! |  5 | Reopening or extending wrote to everybody (Loomio #12803). | [`more_time_tells_nobody_unless_somebody_says_so`] |
//! |  8 | Hidden, withdrawn and deleted comments were exported (Decidim #10613). | [`what_was_withdrawn_is_in_no_file`]; after a new version: `answering::what_was_withdrawn_is_never_exported` |
//! |  9 | Deleting or splitting a paragraph took its comments along (adhocracy, `OpenSlides` #5920). | [`deleting_or_splitting_a_paragraph_keeps_its_comments`], [`comments_on_joined_paragraphs_are_listed_with_the_joined_one`] |
//! | 10 | Text inserted above moved comments to other words (Consul #5529). | [`a_comment_stays_on_its_words_when_text_is_inserted_above`] |
//! | 11 | A short quote attached itself to a different word (Hypothesis #2634, #2798). | [`a_short_quote_never_attaches_to_a_different_word`] |
//! | 12 | Of several likely places the worst was taken (`CommentPress`). | [`of_several_likely_places_the_best_is_taken`] |
//! | 13 | A comment whose place was not found was listed nowhere (Hypothesis product-backlog #954). | [`a_comment_whose_passage_is_gone_is_listed_with_its_words`], `answering::every_comment_is_listed_somewhere_whatever_became_of_its_passage` |
//! | 14 | Two devices overwrote each other (Citizen Space). | sent: [`of_two_devices_that_change_a_comment_neither_overwrites_the_other_unseen`]; not yet sent: `keeping::a_second_device_never_overwrites_what_it_has_not_seen` |
//! | 16 | One person who came by web, paper and link was counted several times (Loomio #4102). | [`one_person_who_comes_twice_counts_once`], `groups::one_person_by_web_paper_and_meeting_is_a_range_and_never_a_sum` |
//! | 19 | Who cannot select text could not comment (Consul #4905, Hypothesis product-backlog #1639). | [`any_passage_is_commented_on_with_links_and_buttons_alone`]; by touch and keyboard, with and without scripts: `browser` |
//! | 20 | Printed numbers led nowhere after a new version (`OpenSlides` #3671). | [`a_printed_number_leads_to_its_passage_after_a_new_version`], `versions::numbers_on_paper_lead_to_the_passage_today` |

use std::collections::BTreeMap;

use serde_json::{Value, json};
use soundings::drafts::anchor::{anchor, selector};

use crate::support::{Branch, DRAFT, Database, Form, Member, SLUG, Server, Visitor, both, until};

both!(
    a_form_opened_before_the_deadline_and_sent_after_it_is_late_or_refused_with_its_words,
    a_change_opened_before_the_deadline_and_sent_after_it_changes_nothing,
    a_deadline_stays_where_it_is_whatever_zone_the_server_lives_in,
    who_comes_after_the_end_is_told_the_true_reason,
    more_time_tells_nobody_unless_somebody_says_so,
    what_was_withdrawn_is_in_no_file,
    deleting_or_splitting_a_paragraph_keeps_its_comments,
    a_comment_stays_on_its_words_when_text_is_inserted_above,
    a_comment_whose_passage_is_gone_is_listed_with_its_words,
    comments_on_joined_paragraphs_are_listed_with_the_joined_one,
    of_two_devices_that_change_a_comment_neither_overwrites_the_other_unseen,
    one_person_who_comes_twice_counts_once,
    any_passage_is_commented_on_with_links_and_buttons_alone,
    a_printed_number_leads_to_its_passage_after_a_new_version,
);

/// The form of a passage's page, filled in.
async fn filled(visitor: &mut Visitor, branch: &Branch, words: &str, body: &str) -> Form {
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block(words));
    let form = visitor.get(&way).await.shown().form_to(&way);
    form.with("position", "oppose").with("body", body).with_if_asked("permission", "paraphrase").in_confidence()
}

/// The way to change the only comment she sent.
async fn way_to_change(visitor: &mut Visitor) -> String {
    let mine = visitor.get(&format!("/c/{SLUG}/mine")).await.shown();
    let mut ways = mine.links(&format!("/c/{SLUG}/mine/")).into_iter();
    ways.find(|way| !way.ends_with("/withdraw") && !way.ends_with("/changed")).expect("a way to change it")
}

/// 1. Opened at two minutes to, sent at one minute past, and a quarter of an hour past.
async fn a_form_opened_before_the_deadline_and_sent_after_it_is_late_or_refused_with_its_words(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.server.clock_says("2026-12-04T16:58:00Z");
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let (mut him, _) = Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    let hers = filled(&mut her, &branch, "Casework", "Begun in time, sent a minute late.").await;
    let his = filled(&mut him, &branch, "Casework", "Begun in time, sent much too late.").await;
    branch.server.clock_says("2026-12-04T17:01:00Z");
    her.press(hers).await.shown();
    branch.server.clock_says("2026-12-04T17:16:00Z");
    let refused = him.press(his).await;
    assert!((400..500).contains(&refused.status), "{}", refused.status);
    refused.says("Begun in time, sent much too late.");
    branch.server.mail_is_due();
    let rows = branch.negotiator.exports_json(SLUG).await;
    let told: Vec<_> = rows.iter().map(|row| (row["comment"].as_str(), row["late"].as_bool())).collect();
    assert_eq!(told, [(Some("Begun in time, sent a minute late."), Some(true))]);
}

/// 1. Within the grace only new comments are taken.
async fn a_change_opened_before_the_deadline_and_sent_after_it_changes_nothing(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.server.clock_says("2026-12-04T16:50:00Z");
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let form = filled(&mut her, &branch, "Casework", "As it was sent.").await;
    her.press(form).await.shown();
    let way = way_to_change(&mut her).await;
    let change = her.get(&way).await.shown().form_to(&way).with("body", "Second thoughts.");
    branch.server.clock_says("2026-12-04T17:01:00Z");
    let refused = her.press(change).await;
    assert!((400..500).contains(&refused.status), "{}", refused.status);
    refused.says("Second thoughts.");
    branch.server.clock_says("2026-12-04T17:16:00Z");
    branch.server.mail_is_due();
    let rows = branch.negotiator.exports_json(SLUG).await;
    let told: Vec<_> = rows.iter().map(|row| row["comment"].as_str()).collect();
    assert_eq!(told, [Some("As it was sent.")]);
}

/// 2. The deadline is a time at the branch, wherever the server stands and whatever else is changed.
async fn a_deadline_stays_where_it_is_whatever_zone_the_server_lives_in(database: Database) {
    let branch = Branch::on(Server::spawn_with(database, &[("TZ", "Pacific/Auckland")]), &json!({})).await;
    let evening = json!({ "time_zone": "Europe/Berlin" });
    branch.organiser.prepares("evening", "2027-06-04T23:00:00", &evening).await.ok();
    let path = "/consultations/evening";
    for _ in 0..2 {
        let told = branch.organiser.api.get(path).await.ok();
        assert_eq!(told["deadline_at"], "2027-06-04T21:00:00Z", "{told}");
        assert!(told["deadline"].as_str().is_some_and(|local| local.starts_with("2027-06-04T23:00")), "{told}");
        branch.organiser.api.patch(path, &json!({ "title": "Another title" })).await.ok();
    }
    branch.server.clock_says("2026-12-04T16:59:00Z");
    branch.member("Fostering", 0).await.says(SLUG, &branch.comment("Casework", "support", "In time.")).await;
    branch.server.clock_says("2026-12-04T17:16:00Z");
    branch.server.mail_is_due();
    let rows = branch.negotiator.exports_json(SLUG).await;
    assert!(rows.len() == 1 && rows[0]["late"] == json!(false), "{rows:?}");
}

/// 3. Not "check the form": that it is over, since when or by whom; on every way in.
async fn who_comes_after_the_end_is_told_the_true_reason(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let form = filled(&mut her, &branch, "Casework", "Written meanwhile.").await;
    let member = branch.member("Fostering", 1).await;
    branch.organiser.closes(SLUG).await;
    let page = her.press(form).await;
    page.says("closed");
    page.says("Written meanwhile.");
    let refused = member.tries_to_say(SLUG, &branch.comment("Casework", "support", "Too late.")).await;
    let problem = refused.refused(409);
    assert!(
        problem["detail"].as_str().is_some_and(|detail| detail.contains("was closed by its organiser")),
        "{problem}"
    );

    let branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 1).await;
    branch.server.clock_says("2026-12-04T17:16:00Z");
    let refused = member.tries_to_say(SLUG, &branch.comment("Casework", "support", "Too late.")).await;
    let problem = refused.refused(409);
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("Comments closed on Friday 4 December 2026 at 17:00"), "{problem}");
}

/// 5. The deadline is moved and comments go on; no mail.
async fn more_time_tells_nobody_unless_somebody_says_so(database: Database) {
    let branch = Branch::consulting(database).await;
    let letters = branch.server.mailbox().letters().len();
    let later = json!({ "deadline": "2026-12-11T17:00:00", "reason": "The hall was shut.", "notify": false });
    branch.organiser.api.post(&format!("/consultations/{SLUG}/deadline"), &later).await.ok();
    branch.server.mail_is_due();
    branch.server.clock_says("2026-12-05T12:00:00Z");
    branch.server.mail_is_due();
    branch.member("Fostering", 0).await.says(SLUG, &branch.comment("Casework", "support", "Glad of it.")).await;
    assert_eq!(branch.server.mailbox().letters().len(), letters);
}

/// 8. In none of the formats, nor on the desks.
async fn what_was_withdrawn_is_in_no_file(database: Database) {
    let branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 0).await;
    let gone = member.says(SLUG, &branch.comment("Casework", "oppose", "Zanzibarquokka")).await;
    branch.member("Fostering", 1).await.says(SLUG, &branch.comment("Casework", "support", "Stays.")).await;
    let withdrawn = member.withdraws(SLUG, &gone["id"]).await;
    assert!((200..300).contains(&withdrawn.status), "{}", withdrawn.text());
    branch.closes().await;
    until("the last batch", async || (branch.negotiator.comments(SLUG).await.len() == 1).then_some(())).await;
    let release = branch.negotiator.releases(SLUG).await;
    for format in ["csv", "json", "xlsx"] {
        let file = branch.negotiator.asks_for(SLUG, release, format, "negotiator").await;
        assert!(!file.text().contains("Zanzibarquokka"), "{format}");
    }
    let rows = branch.negotiator.exports_json(SLUG).await;
    assert!(rows.len() == 1 && rows[0]["comment"] == "Stays.", "{rows:?}");
}

/// 14. Both have the form open; the second to save is told, keeps her words, and may then replace.
async fn of_two_devices_that_change_a_comment_neither_overwrites_the_other_unseen(database: Database) {
    let branch = Branch::consulting(database).await;
    let letter = branch.letter("Fostering", 0);
    // Both pressed the link before anything was sent, so both may see all.
    let (mut phone, _) = Member::visits(&branch.server, letter).await;
    let (mut desk, _) = Member::visits(&branch.server, letter).await;
    let form = filled(&mut phone, &branch, "Casework", "At first.").await;
    phone.press(form).await.shown();
    let way = way_to_change(&mut phone).await;
    let on_phone = phone.get(&way).await.shown().form_to(&way).with("body", "From the phone.");
    let on_desk = desk.get(&way).await.shown().form_to(&way).with("body", "From the desk.");
    phone.press(on_phone).await.shown();
    let told = desk.press(on_desk).await;
    assert_eq!(told.status, 409, "{}", told.text());
    told.says("You changed this comment on another device meanwhile.");
    let again = told.form_to(&way);
    assert_eq!(again.value("body"), Some("From the desk."), "nothing typed is lost");
    phone.get(&format!("/c/{SLUG}/mine")).await.shown().says("From the phone.");
    // Now that she has been told, she may; and pressing twice is no second device.
    let twice = told.form_to(&way);
    desk.press(again).await.shown().says("From the desk.");
    desk.press(twice).await.shown().does_not_say("From the phone.");
}

/// 16. Her link on two devices and in a program; the slip beside it may be hers or another's.
async fn one_person_who_comes_twice_counts_once(database: Database) {
    let branch = Branch::consulting(database).await;
    // How many were heard is said from ten on.
    let fostering = (0..8).map(|number| ("Fostering", number));
    for (team, number) in fostering.chain([("Early Help", 0), ("Early Help", 1)]) {
        let (mut her, _) = Member::visits(&branch.server, branch.letter(team, number)).await;
        let (mut again, _) = Member::visits(&branch.server, branch.letter(team, number)).await;
        for (visitor, words) in [(&mut her, "Casework"), (&mut again, "Supervision")] {
            let form = filled(visitor, &branch, words, "By this link.").await;
            visitor.press(form).await.shown();
        }
        let member = branch.member(team, number).await;
        member.says(SLUG, &branch.comment("Commissioning is", "support", "By a program.")).await;
    }
    let team = branch.organiser.team("Fostering").await;
    let slip = json!({ "source": "paper", "team": team, "date": "2026-11-20",
                       "points": [{ "block": "1.1", "position": "support", "words": "On paper." }] });
    let slip = branch.organiser.api.post(&format!("/consultations/{SLUG}/group-responses"), &slip).await;
    assert_eq!(slip.status, 201, "{}", slip.text());
    branch.closes().await;
    let tallies = branch.negotiator.api.get(&format!("/consultations/{SLUG}/tallies")).await.ok();
    assert_eq!(tallies["total"], 30, "three comments each");
    let heard = branch.negotiator.api.get(&format!("/consultations/{SLUG}/group-responses")).await.ok();
    assert_eq!(heard["heard"], json!({ "least": 10, "most": 10 + 1 }), "{heard}");
}

/// 19. Nothing is selected, dragged or hovered over: a link, then a form.
async fn any_passage_is_commented_on_with_links_and_buttons_alone(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    for block in &branch.draft.blocks {
        let way = format!("/c/{SLUG}/comment/{}", block["key"].as_str().expect("a key"));
        let draft = her.get(&format!("/c/{SLUG}")).await.shown();
        assert!(!draft.links(&way).is_empty(), "{} has a link of its own", block["number"]);
        let form = her.get(&way).await.shown().form_to(&way);
        her.press(form.with("position", "support").with_if_asked("permission", "count_only").in_confidence())
            .await
            .shown();
    }
    branch.closes().await;
    let all = async || (branch.negotiator.comments(SLUG).await.len() == branch.draft.blocks.len()).then_some(());
    until("a comment on every passage", all).await;
}

/// 20. `4.2` on paper is not `4.2` today.
async fn a_printed_number_leads_to_its_passage_after_a_new_version(database: Database) {
    let branch = Branch::consulting(database).await;
    let key = branch.draft.block("one voice");
    let block = branch.draft.blocks.iter().find(|block| block["key"] == *key).expect("the passage");
    let printed = block["number"].as_str().expect("a number").to_owned();
    let next = DRAFT.replace("## Safeguarding", "## Something new\n\nA new paragraph.\n\n## Safeguarding");
    let second = branch.organiser.publishes_again(SLUG, &branch.draft.document, &next).await;
    let block = second.blocks.iter().find(|block| block["key"] == *key).expect("the passage is still there");
    assert_ne!(block["number"], *printed, "it is called otherwise now");
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let page = her.get(&format!("/c/{SLUG}/{printed}?version=1")).await.shown();
    page.says("one voice for safeguarding");
    page.says(block["number"].as_str().expect("a number"));
}

const LONG: &str = "There should be one voice for safeguarding, by day and by night. It answers to the director alone, \
                    and it publishes a report every year that nobody else edits.";

/// The draft with a longer paragraph in it.
fn draft() -> String {
    DRAFT.replace("There should be one voice for safeguarding.", LONG)
}

/// Members comment on these words of [`draft`], then `next` is published: body and row of each comment.
async fn then_published(branch: &Branch, on: &[&str], next: &str) -> BTreeMap<String, Value> {
    let second = branch.organiser.publishes_again(SLUG, &branch.draft.document, &draft()).await;
    for (number, words) in on.iter().enumerate() {
        let mut comment = branch.comment(words, "oppose", words);
        comment["block"] = second.block(words).into();
        comment["version"] = second.version.into();
        branch.member("Fostering", number).await.says(SLUG, &comment).await;
    }
    branch.server.clock_says("2026-11-24T10:00:00Z");
    branch.server.mail_is_due();
    let arrived = async || (branch.negotiator.comments(SLUG).await.len() == on.len()).then_some(());
    until("the batch", arrived).await;
    branch.organiser.publishes_again(SLUG, &branch.draft.document, next).await;
    let rows = branch.negotiator.comments(SLUG).await;
    assert_eq!(rows.len(), on.len(), "no comment is lost");
    rows.into_iter().map(|row| (row["body"].as_str().unwrap().to_owned(), row)).collect()
}

/// 9 (adhocracy, `OpenSlides` #5920).
async fn deleting_or_splitting_a_paragraph_keeps_its_comments(database: Database) {
    let branch = Branch::consulting(database).await;
    let next = draft().replace("night. It answers", "night.\n\nIt answers");
    let next = next.replace("Commissioning is joined up across services.\n", "");
    let rows = then_published(&branch, &["one voice", "Commissioning is", "Casework"], &next).await;
    assert_eq!(rows["one voice"]["state"], "split");
    assert_eq!(rows["Commissioning is"]["state"], "gone");
}

/// 10 (Consul #5529).
async fn a_comment_stays_on_its_words_when_text_is_inserted_above(database: Database) {
    let branch = Branch::consulting(database).await;
    let next = draft().replace("## Safeguarding", "A new paragraph.\n\nAnd another one.\n\n## Safeguarding");
    let rows = then_published(&branch, &["one voice", "Casework", "Supervision"], &next).await;
    assert!(rows.values().all(|row| row["state"] == "unchanged"), "{rows:?}");
}

/// 13 (Hypothesis product-backlog #954): the desks list it, and so does its writer's own page.
async fn a_comment_whose_passage_is_gone_is_listed_with_its_words(database: Database) {
    let branch = Branch::consulting(database).await;
    let next = draft().replace("- Casework stays with the teams.\n", "");
    let rows = then_published(&branch, &["Casework", "one voice", "Supervision"], &next).await;
    assert_eq!(rows["Casework"]["state"], "gone");
}

/// `OpenSlides` #5920, the other way round: two paragraphs become one.
async fn comments_on_joined_paragraphs_are_listed_with_the_joined_one(database: Database) {
    let branch = Branch::consulting(database).await;
    let split = draft().replace("night. It answers", "night.\n\nIt answers");
    let parts = branch.organiser.publishes_again(SLUG, &branch.draft.document, &split).await;
    for (number, words) in ["one voice", "It answers", "Commissioning is"].iter().enumerate() {
        let mut comment = branch.comment("one voice", "support", words);
        comment["block"] = parts.block(words).into();
        comment["version"] = parts.version.into();
        branch.member("Fostering", number).await.says(SLUG, &comment).await;
    }
    branch.server.clock_says("2026-11-24T10:00:00Z");
    branch.server.mail_is_due();
    until("the batch", async || (branch.negotiator.comments(SLUG).await.len() == 3).then_some(())).await;
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &draft()).await;
    let rows = branch.negotiator.comments(SLUG).await;
    let joined = rows.iter().filter(|row| row["state"] == "merged").count();
    assert_eq!((rows.len(), joined), (3, 2), "{rows:?}");
}

/// 11 (Hypothesis #2634, #2798).
#[test]
fn a_short_quote_never_attaches_to_a_different_word() {
    let quote = |text: &str, words: &str| {
        let start = text.find(words).unwrap();
        selector(text, start, start + words.len()).unwrap()
    };
    let linus = quote("The paper was written by Linus in March.", "Linus");
    assert_eq!(anchor("The machines were bought in March.", &linus), None);
    assert_eq!(anchor("The linusian school was founded in March.", &linus), None);
    let five = quote("We would keep 5 posts in the east.", "5 posts");
    assert_eq!(anchor("We would keep 3 posts in the east.", &five), None);
    // The name is corrected where it was quoted; the same name elsewhere is another place.
    let name = quote("It was Ms Marsh who chaired the panel. Later Mr Marsh and the director wrote to us.", "Mr Marsh");
    assert_eq!(anchor("Mr Marsh, a teacher, rang. Later Mr Marshall and the director wrote to us.", &name), None);
}

/// 12 (`CommentPress`: the worst of the acceptable candidates was taken).
#[test]
fn of_several_likely_places_the_best_is_taken() {
    let before = "Rotas are published eight weeks ahead and are not changed.";
    let quote = selector(before, 0, 39).unwrap();
    let after =
        "Rolls are punished eight weeks ahead, they say. Rotas are published nine weeks ahead and are not changed.";
    let found = anchor(after, &quote).unwrap();
    let best: String =
        after.chars().skip(found.spans[0].start).take(found.spans[0].end - found.spans[0].start).collect();
    assert!(best.starts_with("Rotas are published nine"), "{best}");
    assert!(found.spans.iter().all(|span| span.score <= found.spans[0].score));
}
