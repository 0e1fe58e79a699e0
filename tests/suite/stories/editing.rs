//! Two organisers write the next version in the browser.

use reqwest::header::{ACCEPT, COOKIE};
use serde_json::Value;

use crate::support::{Answer, Branch, Colleague, Database, Form, SLUG, Visitor, both};

both!(
    what_is_written_is_saved_and_becomes_the_next_version,
    two_people_are_told_and_never_overwritten,
    a_text_is_thrown_away_after_being_asked,
);

async fn ana(branch: &Branch) -> Visitor {
    Colleague::signed_in(&branch.server, "ana@staff.example.org", "Ana Reyes", &["organiser"]).await
}

async fn ben(branch: &Branch) -> Visitor {
    Colleague::signed_in(&branch.server, "ben@staff.example.org", "Ben Okoro", &["organiser"]).await
}

fn way(branch: &Branch) -> String {
    format!("/desk/{SLUG}/draft/{}/edit", branch.draft.document)
}

/// What the page's script asks.
async fn asks(visitor: &Visitor, form: &Form, deed: &str, markdown: &str) -> Answer {
    let revision = form.value("revision").unwrap_or_default();
    asks_over(visitor, form, deed, markdown, revision).await
}

async fn asks_over(visitor: &Visitor, form: &Form, deed: &str, markdown: &str, revision: &str) -> Answer {
    let csrf = form.value("csrf").expect("a token");
    let fields = [("csrf", csrf), ("do", deed), ("markdown", markdown), ("revision", revision)];
    let request = reqwest::Client::new().post(visitor.at(&form.action)).form(&fields);
    let request = request.header(COOKIE, visitor.cookies()).header("Sec-Fetch-Site", "same-origin");
    Answer::to(request.header(ACCEPT, "application/json")).await
}

fn revision(told: &Value) -> String {
    told["revision"].as_str().expect("a revision").to_owned()
}

async fn what_is_written_is_saved_and_becomes_the_next_version(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut ana = ana(&branch).await;
    let draft = ana.get(&format!("/desk/{SLUG}/draft")).await.shown();
    assert_eq!(draft.links(&way(&branch)).len(), 1, "the way in");
    let page = ana.get(&way(&branch)).await.shown();
    let form = page.form_to(&way(&branch));
    let text = form.value("markdown").expect("the text as it is").to_owned();
    assert!(text.contains("## Safeguarding") && text.contains("- Casework stays with the teams."), "{text}");
    page.says("1.1 There should be one voice for safeguarding.");

    // The script previews and saves; nothing is published by it.
    let longer = text.replace("one voice", "*one* voice") + "\nA last word. <b>Loud</b>\n";
    let told = asks(&ana, &form, "preview", &longer).await.ok();
    let html = told["html"].as_str().expect("a preview");
    assert!(html.contains("<em>one</em> voice") && html.contains("2.2") && html.contains("HTML"), "{html}");
    let told = asks(&ana, &form, "save", &longer).await.ok();
    assert_eq!(told["words"], "Saved by Ana Reyes, 9 am.");
    asks_over(&ana, &form, "save", &(longer.clone() + "x"), &revision(&told)).await.ok();
    let again = ana.get(&way(&branch)).await.shown().form_to(&way(&branch));
    assert!(again.value("markdown").expect("a text").ends_with("</b>\nx"), "{:?}", again.value("markdown"));

    // Without a script the same by buttons; a text that cannot be read comes back with the reason.
    let wrong = again.clone().with("markdown", "{keep zzzzzzzz: x}").with("do", "version");
    let refused = ana.press(wrong).await;
    assert_eq!(refused.status, 422);
    refused.says("zzzzzzzz");
    let form = refused.form_to(&way(&branch));
    let saved = ana.press(form.with("markdown", &longer).with("do", "save")).await.shown();
    saved.says("Saved");
    let made = ana.press(saved.form_to(&way(&branch)).with("do", "version")).await.shown();
    made.says("Version 2");
    made.says("HTML <b>");
    let address = format!("/desk/{SLUG}/draft/{}/2", branch.draft.document);
    let seen = ana.get(&address).await.shown();
    seen.says("A last word. Loud");
    assert_eq!(seen.links(&format!("{address}/publish")).len(), 1, "published only after the usual page");
    // The next text starts from there.
    let next = ana.get(&way(&branch)).await.shown().form_to(&way(&branch));
    assert!(next.value("markdown").expect("a text").contains("A last word. Loud"));
    assert_eq!(next.value("revision"), Some(""));
}

async fn two_people_are_told_and_never_overwritten(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut ana, mut ben) = (ana(&branch).await, ben(&branch).await);
    let (hers, his) = (
        ana.get(&way(&branch)).await.shown().form_to(&way(&branch)),
        ben.get(&way(&branch)).await.shown().form_to(&way(&branch)),
    );
    let text = hers.value("markdown").expect("a text").to_owned();
    let told = asks(&ana, &hers, "save", &text.replace("one voice", "one clear voice")).await.ok();
    ben.get(&way(&branch)).await.shown().says("Ana Reyes has this text open too.");

    let mine = text.replace("two weeks", "three weeks");
    let newer = asks(&ben, &his, "save", &mine).await;
    assert_eq!(newer.status, 409);
    assert_eq!(newer.json()["words"], "Saved by Ana Reyes, 9 am.");
    // The button leads to both, marked where they differ; making a version stops there as well.
    for deed in ["version", "save"] {
        let both = ben.press(his.clone().with("markdown", &mine).with("do", deed)).await;
        assert_eq!(both.status, 409);
        both.says("There is a newer text");
        both.says("clear");
        both.says("(put in:) three");
        let stored = ana.get(&way(&branch)).await.shown().form_to(&way(&branch));
        assert_eq!(stored.value("revision"), Some(revision(&told).as_str()), "nothing was overwritten");
    }
    let both = ben.press(his.with("markdown", &mine).with("do", "save")).await;
    let merged = mine.replace("one voice", "one clear voice");
    let saved = ben.press(both.form_to(&way(&branch)).with("markdown", &merged).with("do", "save")).await.shown();
    saved.says("Saved by Ben Okoro");
    let last = ana.get(&way(&branch)).await.shown().form_to(&way(&branch));
    let last = last.value("markdown").expect("a text");
    assert!(last.contains("one clear voice") && last.contains("three weeks"), "{last}");
    // Ana's page still stands on her own revision, so she is told in turn.
    assert_eq!(asks_over(&ana, &hers, "save", "## Other", &revision(&told)).await.status, 409);
    // The same text twice is no quarrel.
    assert_eq!(asks_over(&ana, &hers, "save", last, &revision(&told)).await.status, 200);
}

async fn a_text_is_thrown_away_after_being_asked(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut ana = ana(&branch).await;
    let form = ana.get(&way(&branch)).await.shown().form_to(&way(&branch));
    asks(&ana, &form, "save", "## Another text\n\nEntirely.").await.ok();
    let page = ana.get(&way(&branch)).await.shown();
    let discard = page.links(&format!("/desk/{SLUG}/draft/")).into_iter().find(|link| link.ends_with("/discard"));
    let sure = ana.get(&discard.expect("a way to throw it away")).await.shown();
    sure.says("It has 4 words.");
    ana.press(sure.form()).await.shown();
    let fresh = ana.get(&way(&branch)).await.shown().form_to(&way(&branch));
    assert!(fresh.value("markdown").expect("a text").contains("## Safeguarding"));
    // In a consultation that is closed there is nothing to write.
    branch.closes().await;
    assert_eq!(ana.get(&way(&branch)).await.status, 409);
}
