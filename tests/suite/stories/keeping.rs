//! Words that were typed and not sent: kept on the server, never lost, never overwritten unseen.

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::{Answer, Branch, Database, Form, Member, SLUG, Tables, Visitor, both};

both!(
    words_are_there_again_until_they_are_sent,
    a_second_device_never_overwrites_what_it_has_not_seen,
    a_further_device_is_shown_only_what_it_typed_itself,
    without_a_script_words_are_saved_for_later_and_both_texts_are_shown,
    who_was_signed_out_goes_on_with_her_words,
    a_change_typed_on_a_further_device_waits_behind_the_code,
    nothing_kept_outlives_the_deadline_or_can_be_read_in_a_dump,
    too_much_is_refused_and_nothing_of_it_is_lost_in_the_page,
    half_typed_answers_wait_until_they_are_sent,
    save_for_later_keeps_nothing_of_an_empty_form,
);

async fn keeps(visitor: &Visitor, form: &Form, more: &[(&str, &str)]) -> Answer {
    visitor.keeps(form, more).await
}

fn revision(told: &Value) -> String {
    told["revision"].as_str().expect("a revision").to_owned()
}

async fn words_are_there_again_until_they_are_sent(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let block = branch.draft.block("Casework");
    let way = format!("/c/{SLUG}/comment/{block}");
    let form = visitor.get(&way).await.shown().form();
    let told = keeps(&visitor, &form, &[("turn", "1"), ("position", "oppose"), ("body", "Half a sent")]).await.ok();
    assert_eq!(told["state"], "kept");
    // What comes late, from the same page, changes nothing; what is newer does.
    let first = revision(&told);
    keeps(&visitor, &form, &[("turn", "3"), ("revision", &first), ("body", "Half a sentence.")]).await.ok();
    keeps(&visitor, &form, &[("turn", "2"), ("revision", &first), ("body", "Half a sente")]).await.ok();

    // Again on the page, with the position; marked on the draft, named before she finishes.
    let again = visitor.get(&way).await.shown();
    again.says("You began this earlier. It has not been sent.");
    assert_eq!(again.form().value("body"), Some("Half a sentence."));
    visitor.get(&format!("/c/{SLUG}")).await.shown().says("begun, not sent");
    visitor.get(&format!("/c/{SLUG}/finish")).await.shown().says("1 comment is not sent yet");
    let mine = visitor.get(&format!("/c/{SLUG}/mine")).await.shown();
    assert_eq!(mine.links(&way).len(), 1, "the way back to it");

    // Sent, and gone; nobody at the desks ever saw the rest.
    let form = again.form().with("permission", "paraphrase").in_confidence();
    visitor.press(form).await.shown().says("received");
    let after = visitor.get(&way).await.shown();
    after.does_not_say("You began this earlier");
    assert_eq!(after.form().value("body"), Some(""));
    visitor.get(&format!("/c/{SLUG}/finish")).await.shown().does_not_say("not sent yet");
    assert_eq!(Tables::contents(&branch.server)["voice_kept"], "");

    // What she empties is given up.
    let told = keeps(&visitor, &after.form(), &[("body", "x")]).await.ok();
    let told = keeps(&visitor, &after.form(), &[("revision", &revision(&told)), ("body", "")]).await.ok();
    assert_eq!(told["revision"], "");
    assert_eq!(Tables::contents(&branch.server)["voice_kept"], "");
}

async fn a_second_device_never_overwrites_what_it_has_not_seen(database: Database) {
    let branch = Branch::consulting(database).await;
    let letter = branch.letter("Fostering", 0);
    // Both pressed the link before anything was typed, so both may see all.
    let (mut phone, _) = Member::visits(&branch.server, letter).await;
    let (mut desk, _) = Member::visits(&branch.server, letter).await;
    let way = format!("/c/{SLUG}/comment/whole");
    let (on_phone, on_desk) = (phone.get(&way).await.shown().form(), desk.get(&way).await.shown().form());
    let told = keeps(&phone, &on_phone, &[("body", "From the phone.")]).await.ok();

    let beside = keeps(&desk, &on_desk, &[("body", "From the desk.")]).await;
    assert_eq!(beside.status, 409, "{}", beside.text());
    let beside = beside.json();
    assert_eq!(beside["others"][0]["fields"]["body"], "From the phone.");
    // Either goes on with its own; the other's words stay as they were.
    keeps(&phone, &on_phone, &[("revision", &revision(&told)), ("body", "From the phone again.")]).await.ok();
    let told = keeps(&desk, &on_desk, &[("revision", &revision(&beside)), ("body", "From the desk again.")]).await.ok();
    assert_eq!(told["others"][0]["fields"]["body"], "From the phone again.");
    for (visitor, own, other) in [(&mut phone, "phone", "desk"), (&mut desk, "desk", "phone")] {
        let page = visitor.get(&way).await.shown();
        let form = page.form_to(&way);
        assert_eq!(form.value("body"), Some(format!("From the {own} again.").as_str()));
        page.says(&format!("From the {other} again."));
    }
    // She chooses: one is discarded by its button, and only the one she saw.
    let chosen = told["others"][0]["revision"].as_str().expect("a revision");
    let last =
        keeps(&desk, &on_desk, &[("revision", &revision(&told)), ("body", "Both."), ("instead_of", chosen)]).await;
    assert_eq!(last.ok()["others"], json!([]));
    assert!(!desk.get(&way).await.shown().html.contains("name=\"take\""), "one text is left");
    assert_eq!(phone.get(&way).await.shown().form_to(&way).value("body"), Some("Both."));
}

async fn a_further_device_is_shown_only_what_it_typed_itself(database: Database) {
    let branch = Branch::consulting(database).await;
    let letter = branch.letter("Fostering", 0);
    let (mut hers, _) = Member::visits(&branch.server, letter).await;
    let way = format!("/c/{SLUG}/comment/whole");
    let form = hers.get(&way).await.shown().form();
    let told = keeps(&hers, &form, &[("body", "Mine alone.")]).await.ok();

    // Whoever holds her link on another device, even though nothing was sent yet.
    let (mut further, _) = Member::visits(&branch.server, letter).await;
    let page = further.get(&way).await.shown();
    page.does_not_say("Mine alone.");
    for path in [format!("/c/{SLUG}"), format!("/c/{SLUG}/mine"), format!("/c/{SLUG}/finish")] {
        let page = further.get(&path).await.shown();
        page.does_not_say("Mine alone.");
        page.does_not_say("not sent yet");
    }
    let own = keeps(&further, &page.form(), &[("body", "Typed elsewhere.")]).await.ok();
    assert_eq!(own["others"], json!([]), "it learns nothing of the other");
    assert_eq!(further.get(&way).await.shown().form().value("body"), Some("Typed elsewhere."));
    assert_eq!(hers.get(&way).await.shown().form_to(&way).value("body"), Some("Mine alone."), "and changes nothing");
    hers.get(&way).await.shown().says("Typed elsewhere.");
    assert!(!revision(&told).is_empty());

    // Another member, and the same member under a newer link, find nothing.
    let (mut other, _) = Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    other.get(&way).await.shown().does_not_say("Mine alone.");
}

async fn without_a_script_words_are_saved_for_later_and_both_texts_are_shown(database: Database) {
    let branch = Branch::consulting(database).await;
    let letter = branch.letter("Fostering", 0);
    let (mut phone, _) = Member::visits(&branch.server, letter).await;
    let (mut desk, _) = Member::visits(&branch.server, letter).await;
    let way = format!("/c/{SLUG}/comment/whole");
    let later = |mut form: Form| {
        form.action = format!("/c/{SLUG}/keep/whole");
        form
    };
    let on_desk = desk.get(&way).await.shown().form();
    let form = phone.get(&way).await.shown().form().with("body", "From the phone.");
    let page = phone.press(later(form)).await.shown();
    page.says("Saved for later. It has not been sent.");
    assert_eq!((page.path.split('?').next(), page.form().value("body")), (Some(way.as_str()), Some("From the phone.")));

    let both = desk.press(later(on_desk.with("body", "From the desk."))).await.shown();
    both.says("You also typed this");
    both.says("From the phone.");
    assert_eq!(both.form_to(&way).value("body"), Some("From the desk."));
    // The button takes the other words and gives up these.
    let taken = desk.press(both.form_to(&format!("/c/{SLUG}/keep/whole"))).await.shown();
    assert_eq!(taken.form_to(&way).value("body"), Some("From the phone."));
    taken.does_not_say("From the desk.");
    // Discarded by its own button.
    let gone = desk.press(later(taken.form_to(&way)).with("discard", "yes")).await.shown();
    gone.says("Discarded.");
    assert_eq!(gone.form().value("body"), Some(""));
    assert_eq!(Tables::contents(&branch.server)["voice_kept"], "");
}

async fn who_was_signed_out_goes_on_with_her_words(database: Database) {
    let branch = Branch::consulting(database).await;
    let letter = branch.letter("Fostering", 0);
    let (mut visitor, _) = Member::visits(&branch.server, letter).await;
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
    let form = visitor.get(&way).await.shown().form().with("position", "support").with("body", "All my words.");
    let form = form.with("permission", "paraphrase").in_confidence();
    visitor.forgets_everything();
    let told = keeps(&visitor, &form, &[]).await;
    assert_eq!(told.status, 401, "the script is told");
    let out = visitor.press(form).await;
    assert_eq!(out.status, 401);
    out.says("Nothing is lost.");
    out.says("All my words.");
    let again = out.form();
    // Pressed too early it says the same; after her link it goes through, choices and all.
    let early = visitor.press(again).await;
    assert_eq!(early.status, 401);
    let covering = visitor.get(&format!("/go/{}", letter.token())).await.shown();
    visitor.press(covering.form()).await.shown();
    visitor.press(early.form()).await.shown().says("received");
    visitor.get(&format!("/c/{SLUG}/mine")).await.shown().says("All my words.");

    // A form that another site made her browser send is never offered again.
    visitor.forgets_everything();
    let client = Client::new();
    let foreign = client.post(visitor.at(&way)).header("Sec-Fetch-Site", "cross-site").form(&[("body", "Not hers.")]);
    let answer = Answer::to(foreign).await;
    assert_eq!(answer.status, 401);
    assert!(!answer.text().contains("type=\"hidden\""), "{}", answer.text());
}

async fn a_change_typed_on_a_further_device_waits_behind_the_code(database: Database) {
    let branch = Branch::consulting(database).await;
    let letter = branch.letter("Fostering", 0);
    let (mut visitor, _) = Member::visits(&branch.server, letter).await;
    let way = format!("/c/{SLUG}/comment/whole");
    let form = visitor.get(&way).await.shown().form().with("position", "support").with("body", "First.");
    visitor.press(form.with("permission", "paraphrase").in_confidence()).await.shown();
    let mine = visitor.get(&format!("/c/{SLUG}/mine")).await.shown();
    let changes = mine.links(&format!("/c/{SLUG}/mine/"));
    let change = changes.iter().find(|way| !way.ends_with("/withdraw")).expect("a way to change it");
    let form = visitor.get(change).await.shown().form().with("body", "Second.");
    // She is signed out, and in again by her link: this session may no longer see what was sent.
    visitor.forgets_everything();
    let out = visitor.press(form).await;
    let covering = visitor.get(&format!("/go/{}", letter.token())).await.shown();
    visitor.press(covering.form()).await.shown();
    let asked = visitor.press(out.form()).await.shown();
    assert_eq!(asked.path, format!("/c/{SLUG}/code"));
    visitor.get(&format!("/c/{SLUG}/mine")).await.shown().does_not_say("First.");
    let sent = visitor.press(asked.form()).await.shown();
    branch.server.mail_is_due();
    let letters = branch.server.mailbox().fills_to(19).await;
    let mail = letters.iter().find(|mail| mail.to == letter.to && mail.text.contains("code")).expect("a code");
    let code = mail.text.split_whitespace().map(|word| word.trim_matches('.')).find(|word| is_code(word));
    visitor.press(sent.form().with("code", code.expect("six digits"))).await.shown();
    let back = visitor.get(change).await.shown();
    assert_eq!(back.form().value("body"), Some("Second."));
    visitor.press(back.form()).await.shown();
    let mine = visitor.get(&format!("/c/{SLUG}/mine")).await.shown();
    mine.says("Second.");
    mine.does_not_say("not sent yet");
    // Withdrawing gives up what was typed to change it.
    keeps(&visitor, &back.form(), &[("body", "Third.")]).await.ok();
    let sure = visitor.get(&format!("{change}/withdraw")).await.shown();
    visitor.press(sure.form()).await.shown().does_not_say("not sent yet");
}

fn is_code(word: &str) -> bool {
    word.len() == 6 && word.bytes().all(|sign| sign.is_ascii_digit())
}

async fn nothing_kept_outlives_the_deadline_or_can_be_read_in_a_dump(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let way = format!("/c/{SLUG}/comment/whole");
    let form = visitor.get(&way).await.shown().form();
    keeps(&visitor, &form, &[("body", "Zanzibarquokka")]).await.ok();
    let kept = Tables::contents(&branch.server)["voice_kept"].clone();
    assert!(!kept.is_empty() && !kept.contains("Zanzibarquokka") && !kept.contains("whole"), "{kept}");
    let columns = &Tables::of(&branch.server).0["voice_kept"];
    assert!(columns.iter().all(|name| !name.ends_with("_at") && !name.ends_with("_on")), "{columns:?}");
    assert!(!branch.server.log().contains("Zanzibarquokka"));

    branch.server.clock_says("2026-12-04T17:20:00Z");
    let late = keeps(&visitor, &form, &[("body", "Zanzibarquokka too late")]).await;
    assert_eq!((late.status, late.json()["state"].clone()), (409, json!("late")));
    branch.server.mail_is_due();
    assert_eq!(Tables::contents(&branch.server)["voice_kept"], "", "closing work takes it away");
    assert_eq!(branch.negotiator.comments(SLUG).await.len(), 0);
}

async fn too_much_is_refused_and_nothing_of_it_is_lost_in_the_page(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let way = format!("/c/{SLUG}/comment/whole");
    let form = visitor.get(&way).await.shown().form();
    let long = "x".repeat(10_001);
    let refused = keeps(&visitor, &form, &[("body", &long)]).await;
    assert_eq!((refused.status, refused.json()["state"].clone()), (422, json!("too-long")));
    assert_eq!(keeps(&visitor, &form, &[("body", &long[1..])]).await.status, 200);
    // A hundred texts at most, whatever a page calls itself.
    let mut last = 0;
    for page in 0..101 {
        let (page, words) = (format!("page {page}"), format!("words {page}"));
        last = keeps(&visitor, &form, &[("page", &page), ("body", &words)]).await.status;
    }
    assert_eq!(last, 429);
    let named = "x".repeat(41);
    assert_eq!(keeps(&visitor, &form, &[("page", &named), ("body", "x")]).await.status, 422);
    let unknown = form.clone();
    let mut unknown = unknown;
    unknown.action = format!("/c/{SLUG}/comment/nowhere1");
    assert_eq!(keeps(&visitor, &unknown, &[("body", "x")]).await.status, 404);
}

async fn half_typed_answers_wait_until_they_are_sent(database: Database) {
    let questions = json!([
        { "kind": "several", "wording": "What matters most?", "options": ["Workload", "Pay", "Hours"] },
        { "kind": "long_text", "wording": "What did we miss?" },
    ]);
    let branch = Branch::consulting_with(database, &json!({ "questions": questions })).await;
    let shown = branch.organiser.api.get(&format!("/consultations/{SLUG}")).await.ok();
    let field = |number: usize| format!("q-{}", shown["questions"][number]["id"].as_str().expect("an id"));
    let (several, text) = (field(0), field(1));
    let letter = branch.letter("Fostering", 0);
    let (mut phone, _) = Member::visits(&branch.server, letter).await;
    let (mut desk, _) = Member::visits(&branch.server, letter).await;
    let way = format!("/c/{SLUG}/questions");
    let (on_phone, on_desk) = (phone.get(&way).await.shown().form(), desk.get(&way).await.shown().form());
    let typed: [(&str, &str); 3] = [(&several, "1"), (&several, "3"), (&text, "Half a sent")];
    keeps(&phone, &on_phone, &typed).await.ok();

    let again = phone.get(&way).await.shown();
    again.says("You began this earlier. It has not been sent.");
    assert_eq!(again.form().value(&text), Some("Half a sent"));
    for page in ["", "/mine", "/finish"] {
        let page = phone.get(&format!("/c/{SLUG}{page}")).await.shown();
        page.says("Your answers are not sent yet");
        assert!(!page.links(&way).is_empty(), "the way back to them");
    }
    // Another device that saw nothing of it overwrites nothing, and is shown both.
    let beside = keeps(&desk, &on_desk, &[(&text, "From the desk.")]).await;
    assert_eq!(beside.status, 409, "{}", beside.text());
    let fields = beside.json()["others"][0]["fields"].clone();
    assert_eq!((&fields[&several], &fields[&text]), (&json!(["1", "3"]), &json!("Half a sent")));
    desk.get(&way).await.shown().says("1. Workload, Hours");

    let form = phone.get(&way).await.shown().form_to(&way);
    phone.press(form.with("permission", "paraphrase").in_confidence()).await.shown().says("We have your answers");
    let form = desk.get(&way).await.shown().form_to(&way);
    assert_eq!(form.value(&text), Some("From the desk."), "what was not sent waits on");
    // It was filled before the others were sent: what it did not touch stays as it was sent.
    desk.press(form).await.shown();
    assert_eq!(Tables::contents(&branch.server)["voice_kept"], "");
    branch.closes().await;
    let found = branch.negotiator.api.get(&format!("/consultations/{SLUG}/answers")).await.ok();
    assert_eq!(found["items"][0]["answered"], 1, "{found}");
    let words = branch.negotiator.api.all(&format!("/consultations/{SLUG}/answers/words")).await;
    assert_eq!(words[0]["words"], "From the desk.");
}

async fn save_for_later_keeps_nothing_of_an_empty_form(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let mut form = visitor.get(&format!("/c/{SLUG}/comment/whole")).await.shown().form().with_anyway("later", "yes");
    form.action = format!("/c/{SLUG}/keep/whole");
    visitor.press(form).await.shown();
    assert_eq!(Tables::contents(&branch.server)["voice_kept"], "");
}
