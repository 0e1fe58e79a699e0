//! Answering a draft that lives: quotations, comments after a new version, checking before sending.

use serde_json::{Value, json};

use crate::support::{Branch, Colleague, DRAFT, Database, Member, Page, SLUG, Visitor, both, until};

both!(
    she_is_told_in_one_line_and_one_press_each_is_enough,
    a_confirmed_comment_is_asked_about_again_only_when_its_passage_changes_again,
    a_comment_at_the_desks_stays_as_it_was_there_until_the_next_batch,
    a_further_device_shows_nothing_of_what_changed,
    a_stale_page_brings_nothing_back,
    what_was_withdrawn_is_never_exported,
    every_comment_is_listed_somewhere_whatever_became_of_its_passage,
    words_selected_on_the_page_stand_above_the_form_and_in_the_comment,
    pasted_words_are_found_or_told_and_never_block,
    words_that_could_point_to_her_are_marked_gently_and_never_stored,
    a_preview_adds_no_step_to_the_direct_way,
    the_response_is_checked_as_negotiators_see_it,
    every_passage_has_its_own_page_for_commenting,
    comments_on_the_employers_text_are_followed_too,
    new_wording_begins_from_the_passage_and_is_shown_as_a_change,
);

/// An identifier or a text of an answer.
fn by_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The first passage reworded, supervision gone, the rest as it was.
fn second() -> String {
    DRAFT
        .replace("The employer proposes five senior posts.", "The employer now proposes four senior posts.")
        .replace("- Supervision happens every two weeks.\n", "")
}

/// A comment through the form, as a browser without JavaScript sends it.
async fn says(visitor: &mut Visitor, branch: &Branch, words: &str, body: &str) -> Page {
    let form = visitor.get(&format!("/c/{SLUG}/comment/{}", branch.draft.block(words))).await.shown().form();
    let form = form.with("position", "oppose").with("body", body);
    visitor.press(form.with_if_asked("permission", "paraphrase").in_confidence()).await.shown()
}

async fn changed(visitor: &mut Visitor) -> Page {
    visitor.get(&format!("/c/{SLUG}/mine/changed")).await
}

/// Presses a button of the first comment listed.
async fn presses(visitor: &mut Visitor, page: &Page, deed: &str) -> Page {
    let form = page.form_to(&format!("/c/{SLUG}/mine/changed"));
    visitor.press(form.with_anyway("deed", deed)).await
}

async fn she_is_told_in_one_line_and_one_press_each_is_enough(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    for (words, body) in [
        ("five senior posts", "About posts."),
        ("Supervision", "About supervision."),
        ("one voice", "About one voice."),
    ] {
        says(&mut her, &branch, words, body).await;
    }
    her.get(&format!("/c/{SLUG}")).await.shown().does_not_say("The draft has changed");
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &second()).await;

    let draft = her.get(&format!("/c/{SLUG}")).await.shown();
    draft.says("The draft has changed: 2 of your comments stand on passages that were reworded or taken out.");
    assert_eq!(draft.links(&format!("/c/{SLUG}/mine/changed")).len(), 1);
    let page = changed(&mut her).await.shown();
    page.says("About posts.");
    page.says("As you read it, in version 1 The employer proposes five senior posts. We propose three.");
    page.says("(put in:) now");
    page.says("About supervision.");
    page.says("The passage is no longer in the draft.");
    page.does_not_say("About one voice.");

    let page = presses(&mut her, &page, "confirm").await.shown();
    page.says("your comment still holds");
    page.does_not_say("About posts.");
    her.get(&format!("/c/{SLUG}")).await.shown().says("The draft has changed: 1 of your comments stands");
    her.get(&format!("/c/{SLUG}/mine")).await.shown().says("You said that it still holds for version 2.");

    let page = presses(&mut her, &page, "withdraw").await.shown();
    page.says("is withdrawn.");
    her.get(&format!("/c/{SLUG}/mine")).await.shown().does_not_say("About supervision.");
    presses(&mut her, &page, "back").await.shown().says("Your comment is back");
    her.get(&format!("/c/{SLUG}/mine")).await.shown().says("About supervision.");

    // The third way: she changes it, having both wordings before her.
    let mine = her.get(&format!("/c/{SLUG}/mine/changed")).await.shown();
    let path =
        mine.links(&format!("/c/{SLUG}/mine/")).into_iter().find(|link| !link.ends_with("changed")).expect("a way");
    let form = her.get(&path).await.shown();
    form.says("You wrote about version 1");
    let body = "About supervision, once more.";
    her.press(form.form().with("body", body)).await.shown().says(body);
    changed(&mut her).await.shown().says("There is nothing left to look at.");
    her.get(&format!("/c/{SLUG}")).await.shown().does_not_say("The draft has changed");

    // After the deadline nobody is asked.
    branch.server.clock_says("2026-12-04T17:30:00Z");
    assert_eq!(changed(&mut her).await.path, format!("/c/{SLUG}/mine"));
}

async fn a_confirmed_comment_is_asked_about_again_only_when_its_passage_changes_again(database: Database) {
    let branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 0).await;
    let said = member.says(SLUG, &branch.comment("five senior posts", "oppose", "About posts.")).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    says(&mut her, &branch, "five senior posts", "Hers about posts.").await;
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &second()).await;
    let page = changed(&mut her).await.shown();
    presses(&mut her, &page, "confirm").await.shown();
    let confirmed = member.changes(SLUG, &said["id"], &json!({ "confirmed_in": 2 })).await.ok();
    assert_eq!(confirmed["confirmed_in"], 2);
    let refused = member.changes(SLUG, &said["id"], &json!({ "confirmed_in": 9 })).await;
    assert_eq!(refused.status, 404, "{}", refused.text());

    let third = second().replace("across services", "across all services");
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &third).await;
    changed(&mut her).await.shown().does_not_say("Hers about posts.");
    let fourth = third.replace("four senior posts", "four senior posts and one deputy");
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &fourth).await;
    changed(&mut her).await.shown().says("Hers about posts.");
}

async fn a_comment_at_the_desks_stays_as_it_was_there_until_the_next_batch(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut said = Vec::new();
    for number in 0..3 {
        let member = branch.member("Fostering", number).await;
        let one = member.says(SLUG, &branch.comment("five senior posts", "oppose", "About posts.")).await;
        said.push((member, one));
    }
    branch.server.clock_says("2026-11-24T10:00:00Z");
    branch.server.mail_is_due();
    until("the batch", async || (branch.negotiator.comments(SLUG).await.len() == 3).then_some(())).await;
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &second()).await;
    let before = branch.negotiator.comments(SLUG).await;
    assert!(before.iter().all(|row| row["confirmed_in"].is_null() && row["state"] == "reworded"), "{before:?}");
    let (member, one) = &said[0];
    member.changes(SLUG, &one["id"], &json!({ "confirmed_in": 2 })).await.ok();
    assert_eq!(member.has_said(SLUG).await[0]["confirmed_in"], 2, "she knows at once");
    assert_eq!(branch.negotiator.comments(SLUG).await, before, "the desks do not");
    let mut reader =
        Colleague::signed_in(&branch.server, "negotiator@staff.example.org", "Jo Bell", &["negotiator"]).await;
    let page = reader.get(&format!("/desk/{SLUG}/comments")).await.shown();
    page.says("Written about version 1. The passage was reworded since.");
    page.does_not_say("Its writer confirmed it");

    branch.closes().await;
    let after = until("the last batch", async || {
        let rows = branch.negotiator.comments(SLUG).await;
        rows.iter().any(|row| row["confirmed_in"] == 2).then_some(rows)
    })
    .await;
    assert_eq!(after.iter().filter(|row| row["confirmed_in"] == 2).count(), 1);
    reader.get(&format!("/desk/{SLUG}/comments")).await.shown().says("Its writer confirmed it for version 2.");
    let key = by_text(&after.iter().find(|row| row["confirmed_in"] == 2).expect("it is there")["id"]);
    let one = reader.get(&format!("/desk/{SLUG}/comments/{key}")).await.shown();
    one.says("Its writer confirmed it for version 2.");
    one.says("(put in:) now");
    let csv = branch.negotiator.exports_csv(SLUG).await;
    let column = csv[0].iter().position(|name| name == "confirmed_in").expect("a column");
    assert_eq!(csv.iter().filter(|row| &row[column] == "2").count(), 1);
    let rows = branch.negotiator.exports_json(SLUG).await;
    assert_eq!(rows.iter().filter(|row| row["confirmed_in"] == 2).count(), 1);
}

async fn a_further_device_shows_nothing_of_what_changed(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    says(&mut her, &branch, "five senior posts", "About posts.").await;
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &second()).await;
    let (mut further, draft) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    draft.does_not_say("The draft has changed");
    let page = changed(&mut further).await;
    assert_eq!(page.path, format!("/c/{SLUG}/code"));
    page.does_not_say("About posts.");
    let check = further.get(&format!("/c/{SLUG}/finish")).await.shown();
    check.does_not_say("About posts.");
    // The first device's form, pressed from the further one.
    let page = changed(&mut her).await.shown();
    let form = page.form_to(&format!("/c/{SLUG}/mine/changed")).with_anyway("deed", "withdraw");
    let own = further.get(&format!("/c/{SLUG}/finish")).await.shown();
    let csrf = own.form().value("csrf").expect("a secret").to_owned();
    let led = further.press(form.with_anyway("csrf", &csrf)).await.shown();
    assert_eq!(led.path, format!("/c/{SLUG}/code"), "nothing is done, and she is led to the code");
    her.get(&format!("/c/{SLUG}/mine")).await.shown().says("About posts.");
}

async fn a_stale_page_brings_nothing_back(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    says(&mut her, &branch, "five senior posts", "About posts.").await;
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &second()).await;
    let (one, other) = (changed(&mut her).await.shown(), changed(&mut her).await.shown());
    let back = presses(&mut her, &one, "withdraw").await.shown();
    assert_eq!(presses(&mut her, &other, "confirm").await.status, 404);
    presses(&mut her, &other, "withdraw").await.shown().says("withdrawn");
    her.get(&format!("/c/{SLUG}/mine")).await.shown().does_not_say("About posts.");
    // Put back twice, it is there once.
    presses(&mut her, &back, "back").await.shown();
    presses(&mut her, &back, "back").await.shown();
    let mine = her.get(&format!("/c/{SLUG}/mine")).await.shown();
    assert_eq!(mine.text().matches("About posts.").count(), 1, "{}", mine.text());
}

async fn what_was_withdrawn_is_never_exported(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    says(&mut her, &branch, "five senior posts", "Withdrawn later.").await;
    branch.member("Fostering", 1).await.says(SLUG, &branch.comment("one voice", "support", "Stays.")).await;
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &second()).await;
    let page = changed(&mut her).await.shown();
    presses(&mut her, &page, "withdraw").await.shown();
    branch.closes().await;
    until("the last batch", async || (branch.negotiator.comments(SLUG).await.len() == 1).then_some(())).await;
    let rows = branch.negotiator.exports_csv(SLUG).await;
    assert!(rows.iter().all(|row| row.iter().all(|cell| !cell.contains("Withdrawn later."))), "{rows:?}");
}

async fn every_comment_is_listed_somewhere_whatever_became_of_its_passage(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let passages: Vec<(String, String)> =
        branch.draft.blocks.iter().map(|block| (by_text(&block["key"]), by_text(&block["text"]))).collect();
    for (number, (_, text)) in passages.iter().enumerate() {
        says(&mut her, &branch, text, &format!("Words {number}.")).await;
    }
    let other = "# Another draft\n\nNothing of what was there is left in here.\n";
    branch.organiser.publishes_again(SLUG, &branch.draft.document, other).await;
    let mine = her.get(&format!("/c/{SLUG}/mine")).await.shown();
    let asked = changed(&mut her).await.shown();
    for (number, (_, text)) in passages.iter().enumerate() {
        mine.says(&format!("Words {number}."));
        mine.says(text);
        asked.says(&format!("Words {number}."));
    }
    branch.closes().await;
    until("the last batch", async || (branch.negotiator.comments(SLUG).await.len() == passages.len()).then_some(()))
        .await;
    for (number, row) in branch.negotiator.comments(SLUG).await.iter().enumerate() {
        assert_eq!(row["state"], "gone");
        let text = passages.iter().find(|(key, _)| row["block"] == *key).map(|(_, text)| text.as_str());
        assert_eq!(row["block_text"].as_str(), text, "{number}: the words it was written about");
    }
}

async fn words_selected_on_the_page_stand_above_the_form_and_in_the_comment(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, draft) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    assert!(draft.html.contains("quote."), "the script is offered");
    let block = branch.draft.block("five senior posts");
    let page = her
        .get(&format!(
            "/c/{SLUG}/comment/{block}?version=1&exact=five+senior+posts&prefix=proposes+&suffix=.+We&start=22"
        ))
        .await
        .shown();
    page.says("You quote these words five senior posts");
    page.says("Leave the quotation out");
    let form = page.form().with("position", "oppose").with("permission", "paraphrase").in_confidence();
    let left_out = form.clone().with("quote_out", "yes").with("body", "Without.");
    her.press(form).await.shown().does_not_say("did not find");
    her.press(left_out).await.shown();
    let member = branch.member("Fostering", 1).await;
    let quote = json!({ "exact": "senior posts", "prefix": "five ", "suffix": ". We", "start": 27, "end": 39 });
    let mut comment = branch.comment("five senior posts", "oppose", "Through the API.");
    comment["quote"] = quote.clone();
    member.says(SLUG, &comment).await;
    assert_eq!(member.has_said(SLUG).await[0]["quote"], quote);
    comment["quote"]["end"] = json!(27);
    assert_eq!(member.tries_to_say(SLUG, &comment).await.status, 422);
    branch.closes().await;
    let rows = until("the last batch", async || {
        let rows = branch.negotiator.comments(SLUG).await;
        (rows.len() == 3).then_some(rows)
    })
    .await;
    let quotes: Vec<&Value> = rows.iter().map(|row| &row["quote"]).filter(|one| **one != quote).collect();
    assert_eq!(quotes.iter().filter(|quote| quote.is_null()).count(), 1, "{quotes:?}");
    let kept = quotes.into_iter().find(|quote| !quote.is_null()).expect("one quotes");
    assert_eq!((&kept["exact"], &kept["start"], &kept["end"]), (&json!("five senior posts"), &json!(22), &json!(39)));
    let mut reader =
        Colleague::signed_in(&branch.server, "negotiator@staff.example.org", "Jo Bell", &["negotiator"]).await;
    let page = reader.get(&format!("/desk/{SLUG}/comments")).await.shown();
    page.says("The employer proposes (quoted:) five senior posts . We propose three.");
}

async fn pasted_words_are_found_or_told_and_never_block(database: Database) {
    let branch = Branch::consulting(database).await;
    let draft = DRAFT.replace("We propose three.", "We propose three posts, because three posts are enough.");
    let draft = branch.organiser.publishes_again(SLUG, &branch.draft.document, &draft).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let path = format!("/c/{SLUG}/comment/{}", draft.block("five senior posts"));
    let form = her.get(&path).await.shown().form().with("position", "oppose");
    let form = form.with("permission", "paraphrase").in_confidence();
    let sent = her.press(form.clone().with("quote", "because  three posts")).await.shown();
    sent.says("was received");
    sent.does_not_say("quoted");
    let lost = her.press(form.clone().with("quote", "because four posts").with("body", "Other.")).await.shown();
    lost.says("We did not find the words you quoted there. They are kept as you typed them.");
    // A short quotation is not found inside another word.
    her.press(form.clone().with("quote", "post").with("body", "Short.")).await.shown().says("did not find");
    let tied = her.press(form.with("quote", "three posts").with("body", "Tied.")).await.shown();
    tied.says("The words you quoted stand in more than one place there.");
    let link = tied.links(&format!("/c/{SLUG}/mine/")).pop().expect("a way to choose");
    let page = her.get(&link).await.shown();
    page.says("They stand in 2 places of this passage. Which do you mean?");
    let start = draft.text(&draft.block("five senior posts")).rfind("three posts").expect("it is there").to_string();
    her.press(page.form().with("quote_start", &start)).await.shown();
    her.get(&link).await.shown().does_not_say("Which do you mean?");
}

async fn words_that_could_point_to_her_are_marked_gently_and_never_stored(database: Database) {
    let branch = Branch::consulting(database).await;
    let set = json!({ "identifying_words": ["Zoë Ashworth", "The Annexe"] });
    let shown = branch.organiser.api.patch(&format!("/consultations/{SLUG}"), &set).await.ok();
    assert_eq!(shown["identifying_words"], set["identifying_words"]);
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let body = "Ask zoe ashworth, or ring me on 07700 900123. Clause 4.2 needs 3 posts.";
    let sent = says(&mut her, &branch, "five senior posts", body).await;
    sent.says("was received");
    sent.says("Some of its words could point to you.");
    let link = sent.links(&format!("/c/{SLUG}/mine/")).pop().expect("a way to look");
    let page = her.get(&link).await.shown();
    page.says(
        "Ask (a name:) zoe ashworth , or ring me on (a telephone number:) 07700 900123 . Clause 4.2 needs 3 posts.",
    );
    says(&mut her, &branch, "one voice", "Ordinary words about 3 posts.").await.does_not_say("could point to you");
    let own = says(&mut her, &branch, "Casework", "I am Member 0 of Fostering.").await;
    own.says("Some of its words could point to you.");

    // With her name beside it, there is nothing to note.
    let (mut named, _) = Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    let form = named.get(&format!("/c/{SLUG}/comment/whole")).await.shown().form();
    let form = form.with("position", "support").with("body", "Ring me on 07700 900123.");
    let form = form.with("permission", "paraphrase").with("confidence", "with_my_name");
    named.press(form).await.shown().does_not_say("could point to you");

    // The organiser's page has the list too, and nothing says who was told.
    let mut organiser =
        Colleague::signed_in(&branch.server, "organiser@staff.example.org", "Jo Bell", &["organiser"]).await;
    let page = organiser.get(&format!("/desk/{SLUG}/settings")).await.shown();
    let form = page.form();
    assert_eq!(form.value("identifying_words"), Some("Zoë Ashworth\nThe Annexe"));
    organiser.press(form.with("identifying_words", "Somebody Else")).await.shown();
    her.get(&link).await.shown().does_not_say("(a name:)");
    let log = branch.server.log();
    assert!(!log.contains("07700") && !log.contains("ashworth"), "{log}");
}

async fn a_preview_adds_no_step_to_the_direct_way(database: Database) {
    let branch = Branch::consulting(database).await;
    // From mail to first comment: open the link, go in, press "Comment", choose, send.
    let mut her = Visitor::new(branch.server.url());
    let covering = her.get(&format!("/go/{}", branch.letter("Fostering", 0).token())).await.shown();
    let draft = her.press(covering.form()).await.shown();
    let block = branch.draft.block("five senior posts");
    let way = draft.links(&format!("/c/{SLUG}/comment/{block}")).pop().expect("a link of its own");
    let page = her.get(&way).await.shown();
    let form = page.form().with("position", "oppose").with("permission", "paraphrase").in_confidence();
    let looked = form.clone().with("body", "Mail me at me@example.org.").with_anyway("look", "preview");
    let sent = her.press(form).await.shown();
    sent.says("was received");
    assert!(sent.html.contains("id=\"said\" tabindex=\"-1\""), "she is back at the passage: {}", sent.html);

    let preview = her.press(looked).await.shown();
    preview.says("It is not sent yet.");
    preview.says("Mail me at (a mail address:) me@example.org .");
    let back = her.press(preview.form().with_anyway("look", "form")).await.shown();
    assert_eq!(back.form().value("body"), Some("Mail me at me@example.org."));
    her.press(preview.form()).await.shown().says("was received");
    let mine = her.get(&format!("/c/{SLUG}/mine")).await.shown();
    assert_eq!(mine.text().matches("me@example.org").count(), 1);
    // A preview says what is missing, as sending does.
    let empty = her.get(&way).await.shown().form().with_anyway("look", "preview");
    assert_eq!(her.press(empty).await.status, 422);
}

async fn the_response_is_checked_as_negotiators_see_it(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    says(&mut her, &branch, "five senior posts", "Ring me on 07700 900123.").await;
    says(&mut her, &branch, "Casework", "Plain words.").await;
    let check = her.get(&format!("/c/{SLUG}/finish")).await.shown();
    for words in [
        "Check your response",
        "Who sees what",
        "Negotiators see your words under “Fostering”",
        "(a telephone number:) 07700 900123",
        "The employer proposes five senior posts. We propose three.",
        "Plain words.",
        "Could point to you: a telephone number.",
    ] {
        check.says(words);
    }
    assert_eq!(check.links(&format!("/c/{SLUG}/mine/")).len(), 2, "a way to change each");
    let receipt = her.press(check.form()).await.shown();
    for words in ["Your reference", "What happens next", "until Friday 4 December, 5 pm", "01632 960123"] {
        receipt.says(words);
    }
    assert!(receipt.html.contains("https://example.org/join"));
}

async fn every_passage_has_its_own_page_for_commenting(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, draft) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    for block in &branch.draft.blocks {
        let (key, number) = (by_text(&block["key"]), by_text(&block["number"]));
        let way = draft.links(&format!("/c/{SLUG}/comment/{key}"));
        assert_eq!(way.len(), 1, "{number} has a link of its own");
        let page = her.get(&way[0]).await.shown();
        page.says(&format!("Comment on {number}"));
        page.says("Comment on");
        assert!(page.form().offers("position") && page.form().offers("quote"), "{number}");
    }
}

async fn comments_on_the_employers_text_are_followed_too(database: Database) {
    let branch = Branch::consulting(database).await;
    let path = format!("/consultations/{SLUG}/documents");
    let made = branch.organiser.api.post(&path, &json!({ "kind": "comparison", "title": "The employer's text" })).await;
    let document = by_text(&made.ok()["id"]);
    let text = "# Five posts\n\nThere will be five senior posts from April.\n\nOne of them leads commissioning.\n";
    let theirs = branch.organiser.publishes_again(SLUG, &document, text).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let form = her.get(&format!("/c/{SLUG}/comment/{}", theirs.block("from April"))).await.shown();
    form.says("There will be five senior posts from April.");
    let form = form.form().with("position", "oppose").with("body", "Not from April.");
    her.press(form.with("permission", "paraphrase").in_confidence()).await.shown().says("was received");
    her.get(&format!("/c/{SLUG}/mine")).await.shown().says("There will be five senior posts from April.");
    let next = text.replace("five senior posts from April", "four senior posts from April");
    branch.organiser.publishes_again(SLUG, &document, &next).await;
    her.get(&format!("/c/{SLUG}")).await.shown().says("1 of your comments stands");
    let page = changed(&mut her).await.shown();
    page.says("Not from April.");
    page.says("(taken out:) five");
    presses(&mut her, &page, "confirm").await.shown().says("There is nothing left to look at.");
}

async fn new_wording_begins_from_the_passage_and_is_shown_as_a_change(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut her, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let path = format!("/c/{SLUG}/comment/{}", branch.draft.block("Supervision"));
    let form = her.get(&path).await.shown().form().with("position", "support_if").with("body", "More often.");
    let form = form.with("condition", "it is weekly").with("permission", "paraphrase").in_confidence();
    let page = her.press(form.with_anyway("look", "wording")).await.shown();
    let form = page.form();
    assert_eq!(form.value("new_wording"), Some("Supervision happens every two weeks."));
    assert_eq!((form.value("body"), form.value("condition")), (Some("More often."), Some("it is weekly")));
    let form = form.with("new_wording", "Supervision happens every week.");
    let preview = her.press(form.clone().with_anyway("look", "preview")).await.shown();
    let shown = "Supervision happens every (taken out:) two weeks (put in:) week .";
    preview.says(shown);
    her.press(form).await.shown().says("was received");
    her.get(&format!("/c/{SLUG}/mine")).await.shown().says(shown);
    branch.closes().await;
    until("the last batch", async || (branch.negotiator.comments(SLUG).await.len() == 1).then_some(())).await;
    let mut reader =
        Colleague::signed_in(&branch.server, "negotiator@staff.example.org", "Jo Bell", &["negotiator"]).await;
    reader.get(&format!("/desk/{SLUG}/comments")).await.shown().says(shown);
}
