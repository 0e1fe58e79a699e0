//! The whole loop, small: a draft, a member list and a Friday become collated comments.

use serde_json::json;

use crate::support::{Branch, Database, Member, SLUG, both, until};

both!(
    a_draft_a_member_list_and_a_friday_become_collated_comments,
    a_member_changes_her_mind_and_takes_a_word_back,
    a_link_does_nothing_until_its_button_is_pressed,
    somebody_who_wants_no_reminders_gets_none,
    a_server_told_to_leave_goes_in_good_order_and_comes_back_knowing,
);

async fn a_draft_a_member_list_and_a_friday_become_collated_comments(database: Database) {
    let branch = Branch::consulting(database).await;
    let block = branch.draft.block("one voice for safeguarding");

    // One member reads and comments on the pages, as on a phone without JavaScript.
    let (mut visitor, page) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    assert_eq!(page.path, format!("/c/{SLUG}"));
    page.says("There should be one voice for safeguarding.");
    let way = format!("/c/{SLUG}/comment/{block}");
    assert!(
        page.links(&way).iter().any(|link| link.starts_with(&way)),
        "a link beside the block: {:?}",
        page.links("/c/")
    );
    let form = visitor.get(&way).await.shown().form();
    let sent = visitor
        .press(
            form.with("position", "support_if")
                .with("condition", "it is a person, not a post")
                .with("body", "One voice, please. “Three” was two too many.")
                .with("permission", "word_for_word")
                .in_confidence(),
        )
        .await
        .shown();
    assert!(!sent.asks_for("body") || sent.path != way, "not asked again: {}", sent.text());
    visitor.get(&format!("/c/{SLUG}/mine")).await.shown().says("“Three” was two too many.");

    // Another through the API, on the whole document, with her name.
    let other = branch.member("Early Help", 3).await;
    assert_eq!(other.level, "full", "nothing was said under this link before");
    let whole = json!({ "version": branch.draft.version, "position": "neutral", "body": "Who pays?",
        "permission": "count_only", "with_name": false });
    other.says(SLUG, &whole).await;

    // The organiser may not read them; a reminder goes to everybody.
    branch.organiser.api.get(&format!("/consultations/{SLUG}/comments")).await.refused(403);
    let mailing = branch.organiser.mails(SLUG, "reminder", "Two days left", "Please say what you think.").await;
    branch.server.mail_is_due();
    branch.server.mailbox().fills_to(36).await;
    // A letter lies in the mailbox before it is noted as sent, and the server itself may have taken it there.
    until("18 reminders noted as sent", async || {
        let delivery = branch.organiser.delivery(SLUG, &mailing).await;
        (delivery["counts"]["sent"] == 18).then_some(())
    })
    .await;

    branch.closes().await;
    let rows = branch.negotiator.exports_json(SLUG).await;
    assert_eq!(rows.len(), 2, "{rows:?}");
    let row = rows.iter().find(|row| row["block_key"] == block.as_str()).expect("the comment on the block");
    assert_eq!(row["comment"], "One voice, please. “Three” was two too many.");
    assert_eq!(row["condition"], "it is a person, not a post");
    assert_eq!(row["position"], "support_if");
    assert_eq!(row["permission"], "word_for_word");
    assert_eq!(row["source"], "web");
    assert_eq!(row["label"], "Fostering");
    assert_eq!(row["block_text"], branch.draft.text(&block));
    assert_eq!(branch.negotiator.comments(SLUG).await.len(), 2);
    assert_eq!(branch.negotiator.exports_csv(SLUG).await.len(), 3, "a head and two rows");
}

async fn a_member_changes_her_mind_and_takes_a_word_back(database: Database) {
    let branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 1).await;
    let kept = member.says(SLUG, &branch.comment("Supervision", "support", "Every two weeks is right.")).await;
    let gone = member.says(SLUG, &branch.comment("Casework", "oppose", "I should not have said this.")).await;
    assert_ne!(kept["receipt"], gone["receipt"]);

    let changed = branch.comment("Supervision", "oppose", "Every week would be right.");
    member.changes(SLUG, &kept["id"], &changed).await.ok();
    member.withdraws(SLUG, &gone["id"]).await.ok();

    let said = member.has_said(SLUG).await;
    let standing: Vec<_> = said.iter().filter(|comment| comment["state"] != "withdrawn").collect();
    assert_eq!(standing.len(), 1, "{said:?}");
    assert_eq!(standing[0]["body"], "Every week would be right.");
    assert_eq!(standing[0]["receipt"], kept["receipt"], "the receipt stays hers");

    // A neighbour can neither read nor change it.
    let neighbour = branch.member("Fostering", 2).await;
    assert!(neighbour.has_said(SLUG).await.is_empty());
    neighbour.changes(SLUG, &kept["id"], &changed).await.refused(404);
    neighbour.withdraws(SLUG, &kept["id"]).await.refused(404);

    branch.closes().await;
    let rows = branch.negotiator.exports_json(SLUG).await;
    let words: Vec<_> = rows.iter().map(|row| row["comment"].as_str().expect("words")).collect();
    assert_eq!(words, ["Every week would be right."]);
}

async fn a_link_does_nothing_until_its_button_is_pressed(database: Database) {
    let branch = Branch::consulting(database).await;
    let letter = branch.letter("Early Help", 0);
    let way = format!("/go/{}", letter.token());
    let mut scanner = crate::support::Visitor::new(branch.server.url());
    // A mail scanner fetches the link; nobody is let in by that.
    let covering = scanner.get(&way).await.shown();
    covering.form();
    assert!(covering.cache.contains("no-store"), "a page with a secret address is not kept: {}", covering.cache);
    let mine = scanner.get(&format!("/c/{SLUG}/mine")).await;
    assert!(mine.path == "/lost" || mine.status != 200, "{} {}", mine.status, mine.path);

    let member = Member::enters(&branch.server, letter).await;
    assert_eq!(member.level, "full", "the scanner said nothing under it");
    let wrong = branch.server.api(None).post("/session", &json!({ "link": "not-a-link" })).await;
    assert!((400..500).contains(&wrong.status), "{}", wrong.text());
}

async fn somebody_who_wants_no_reminders_gets_none(database: Database) {
    let branch = Branch::consulting(database).await;
    let letter = branch.letter("Early Help", 8);
    assert_eq!(letter.unsubscribe_post, "List-Unsubscribe=One-Click");
    // Looking at the address changes nothing; the mail program's POST does.
    let client = reqwest::Client::new();
    client.get(branch.server.at(&letter.stop_path())).send().await.expect("an answer");
    branch.organiser.mails(SLUG, "reminder", "First reminder", "Please.").await;
    branch.server.mail_is_due();
    branch.server.mailbox().fills_to(36).await;
    assert_eq!(branch.server.mailbox().letters_to(&letter.to).len(), 2);

    let stop = client.post(branch.server.at(&letter.stop_path())).form(&[("List-Unsubscribe", "One-Click")]);
    let stopped = stop.send().await.expect("an answer");
    assert!(stopped.status().is_success(), "{}", stopped.status());
    branch.organiser.mails(SLUG, "reminder", "Second reminder", "Please.").await;
    branch.server.mail_is_due();
    branch.server.mailbox().fills_to(53).await;
    assert_eq!(branch.server.mailbox().letters_to(&letter.to).len(), 2, "one invitation and the first reminder");
}

async fn a_server_told_to_leave_goes_in_good_order_and_comes_back_knowing(database: Database) {
    let mut branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 4).await;
    member.says(SLUG, &branch.comment("Commissioning is", "support", "At last.")).await;
    assert!(branch.server.stop().success(), "{}", branch.server.log());
    branch.server.start();
    let health = reqwest::get(branch.server.at("/readyz")).await.expect("an answer");
    assert_eq!(health.status(), 200);
    let negotiator = crate::support::Negotiator::at(&branch.server);
    let organiser = crate::support::Organiser::at(&branch.server);
    organiser.closes(SLUG).await;
    branch.server.mail_is_due();
    assert_eq!(negotiator.exports_json(SLUG).await.len(), 1);
}
