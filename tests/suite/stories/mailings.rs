//! Mailings from their pages: one team reminded, words checked, tried out, paused, planned and moved.

use serde_json::{Value, json};

use crate::support::{Branch, Colleague, Database, Organiser, Page, SLUG, Server, Tables, Visitor, both, until};

both!(
    one_team_is_reminded_from_the_page_and_nobody_else,
    a_wrong_field_is_refused_beside_the_message_and_nothing_typed_is_lost,
    other_words_reach_their_team_alone,
    a_test_reaches_only_herself_and_touches_no_member,
    a_mailing_is_paused_goes_on_and_is_cancelled,
    what_is_planned_before_the_opening_goes_at_the_opening,
    a_reminder_whose_time_has_passed_is_left_out,
    a_moved_deadline_moves_planned_reminders,
    thanks_go_after_closing,
    one_person_in_two_chosen_teams_gets_one_copy,
    a_reminder_to_one_team_never_tells_how_many_have_finished,
);

const LOIS: &str = "lois@staff.example.org";

/// An organiser in her browser.
async fn lois(server: &Server) -> Visitor {
    Colleague::signed_in(server, LOIS, "Lois Bell", &["organiser"]).await
}

async fn team_id(organiser: &Organiser, name: &str) -> String {
    organiser.team(name).await.as_str().expect("an id").to_owned()
}

/// Presses the button of a check page, or any page whose first form is the deed.
async fn presses(visitor: &mut Visitor, page: &Page) -> Page {
    let form = page.form();
    visitor.press(form).await.shown()
}

/// A mailing's page, by its id.
fn place(id: &str) -> String {
    format!("/desk/{SLUG}/mailings/{id}")
}

async fn plans(organiser: &Organiser, mailing: Value) -> Value {
    organiser.api.post(&format!("/consultations/{SLUG}/mailings"), &mailing).await.ok()
}

async fn state(organiser: &Organiser, mailing: &Value) -> String {
    let id = mailing["id"].as_str().expect("an id");
    organiser.delivery(SLUG, id).await["state"].as_str().expect("a state").to_owned()
}

async fn one_team_is_reminded_from_the_page_and_nobody_else(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut lois = lois(&branch.server).await;
    let fostering = team_id(&branch.organiser, "Fostering").await;
    let page = lois.get(&format!("/desk/{SLUG}/mailings/new?kind=reminder&team={fostering}")).await.shown();
    assert_eq!(page.form().value("team"), Some(fostering.as_str()));
    let check = lois.press(page.form().with("timing", "now").with("do", "save")).await.shown();
    check.says("9 members get it at most");
    check.says("less than two days ago");
    branch.server.mail_is_due();
    assert_eq!(branch.server.mailbox().letters().len(), 18, "nothing goes before the check page is confirmed");

    presses(&mut lois, &check).await.says("going out now");
    branch.server.mail_is_due();
    let letters = branch.server.mailbox().fills_to(27).await;
    let reminders: Vec<_> = letters.iter().filter(|letter| letter.subject.contains("reminder")).collect();
    assert_eq!(reminders.len(), 9);
    assert!(reminders.iter().all(|letter| letter.to.starts_with("fostering.")), "only the chosen team");
}

async fn a_wrong_field_is_refused_beside_the_message_and_nothing_typed_is_lost(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut lois = lois(&branch.server).await;
    let fostering = team_id(&branch.organiser, "Fostering").await;
    let page = lois.get(&format!("/desk/{SLUG}/mailings/new?kind=update")).await.shown();
    let noted = lois.press(page.form().with("do", "add_note").with_anyway("note_team", "Fostering")).await.shown();
    let note = format!("team_notes_{fostering}");
    let typed = noted
        .form()
        .with("subject", "News & <more>")
        .with("body", "Dear {nmae}, there is news.")
        .with("teams", "some")
        .with("team", &fostering)
        .with("timing", "before_deadline")
        .with("days", "2")
        .with(&note, "For you alone.")
        .with("do", "save");
    let refused = lois.press(typed).await;
    assert_eq!(refused.status, 422);
    refused.says("{nmae} is no field");
    assert!(refused.html.contains("<mark>{nmae}</mark>"), "the word is marked");
    let kept = refused.form();
    for (field, value) in [
        ("subject", "News & <more>"),
        ("body", "Dear {nmae}, there is news."),
        ("teams", "some"),
        ("team", fostering.as_str()),
        ("timing", "before_deadline"),
        ("days", "2"),
        (note.as_str(), "For you alone."),
    ] {
        assert_eq!(kept.value(field), Some(value), "{field}");
    }
    let saved = lois.press(kept.with("body", "Dear {name}, there is news.").with("do", "save")).await.shown();
    saved.says("2 days before the deadline, and moves with it");
    saved.says("Dear a member, there is news.");
    saved.says("For you alone.");
}

async fn other_words_reach_their_team_alone(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut lois = lois(&branch.server).await;
    let fostering = team_id(&branch.organiser, "Fostering").await;
    let page = lois.get(&format!("/desk/{SLUG}/mailings/new?kind=update")).await.shown();
    let noted = lois.press(page.form().with("do", "add_note").with_anyway("note_team", "Fostering")).await.shown();
    let words = "Your meeting is on Tuesday.";
    let form = noted.form().with(&format!("team_notes_{fostering}"), words).with("timing", "now");
    let preview = lois.press(form.with("do", "preview")).await.shown();
    preview.says(words);
    let check = lois.press(preview.form().with("do", "save")).await.shown();
    presses(&mut lois, &check).await;
    branch.server.mail_is_due();
    let letters = branch.server.mailbox().fills_to(36).await;
    let with_words: Vec<_> = letters.iter().filter(|letter| letter.text.contains(words)).collect();
    assert_eq!(with_words.len(), 9);
    assert!(with_words.iter().all(|letter| letter.to.starts_with("fostering.") && letter.html.contains(words)));
}

async fn a_test_reaches_only_herself_and_touches_no_member(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut lois = lois(&branch.server).await;
    let mailing = json!({ "kind": "reminder", "before_deadline": "P1D", "at_time": "09:30" });
    let mailing = plans(&branch.organiser, mailing).await;
    let page = lois.get(&place(mailing["id"].as_str().expect("an id"))).await.shown();
    let outbox = Tables::contents(&branch.server)["outbox"].clone();
    // Its button stands in a form of its own, the last on the page.
    let mut test = page.form();
    test.action = format!("{}/test", page.path);
    assert!(page.html.contains(&format!("action=\"{}\"", test.action)), "the page offers it");
    let told = lois.press(test).await.shown();
    told.says("A test is on its way to you");
    branch.server.mail_is_due();
    let letters = branch.server.mailbox().fills_to(19).await;
    assert_eq!(letters.len(), 19);
    let tests: Vec<_> = letters.iter().filter(|letter| letter.to == LOIS).collect();
    assert_eq!(tests.len(), 1);
    assert!(tests[0].subject.starts_with("[Test] "), "{}", tests[0].subject);
    assert!(
        !tests[0].text.contains("/go/") && !tests[0].text.contains("/stop/"),
        "no personal link: {}",
        tests[0].text
    );
    assert!(tests[0].text.contains(&format!("/c/{SLUG}")));
    assert_eq!(Tables::contents(&branch.server)["outbox"], outbox, "no row for a test");
    assert_eq!(state(&branch.organiser, &mailing).await, "planned");
}

async fn a_mailing_is_paused_goes_on_and_is_cancelled(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut lois = lois(&branch.server).await;
    let planned = json!({ "kind": "update", "send_at": "2026-11-23T15:00" });
    let mailing = plans(&branch.organiser, planned).await;
    let here = place(mailing["id"].as_str().expect("an id"));
    let page = lois.get(&here).await.shown();
    presses(&mut lois, &page).await.says("Paused");
    branch.server.clock_says("2026-11-23T12:00:00Z");
    let page = lois.get(&here).await.shown();
    presses(&mut lois, &page).await.says("It goes on");
    let page = lois.get(&here).await.shown();
    presses(&mut lois, &page).await.says("Paused");
    branch.server.clock_says("2026-11-23T15:30:00Z");
    branch.server.mail_is_due();
    assert_eq!(branch.server.mailbox().letters().len(), 18, "paused is paused");
    let check = lois.get(&format!("{here}/cancel")).await.shown();
    check.says("It will not go to the 18 members");
    presses(&mut lois, &check).await.says("Cancelled");
    assert_eq!(state(&branch.organiser, &mailing).await, "cancelled");
    branch.server.mail_is_due();
    assert_eq!(branch.server.mailbox().letters().len(), 18);
}

/// Everything ready, nothing open.
async fn preparing(database: Database) -> (Server, Organiser) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let mut csv = "email,name,team\n".to_owned();
    for number in 0..9 {
        let number = number.to_string();
        csv.extend(["m", &number, "@members.example.org,Member ", &number, ",Fostering\n"]);
    }
    csv.push_str("m0@members.example.org,Member 0,Early Help\n");
    organiser.imports(csv).await;
    organiser.prepares(SLUG, "2026-12-04T17:00:00", &json!({})).await.ok();
    organiser.publishes(SLUG, "# Three posts\n\nWe propose three.\n").await;
    (server, organiser)
}

async fn what_is_planned_before_the_opening_goes_at_the_opening(database: Database) {
    let (server, organiser) = preparing(database).await;
    let mut lois = lois(&server).await;
    let list = lois.get(&format!("/desk/{SLUG}/mailings")).await.shown();
    list.says("No mail is planned yet");
    let planned = presses(&mut lois, &list).await;
    planned.says("When the consultation opens");
    planned.says("7 days before the deadline, and moves with it");
    let now = json!({ "kind": "invitation" });
    organiser.api.post(&format!("/consultations/{SLUG}/mailings"), &now).await.refused(409);
    server.mail_is_due();
    assert!(server.mailbox().letters().is_empty(), "nothing goes before the opening");
    organiser.opens(SLUG).await;
    server.mail_is_due();
    let letters = server.mailbox().fills_to(9).await;
    assert_eq!(letters.len(), 9, "the invitation, and one copy each");
    let rows = organiser.api.all(&format!("/consultations/{SLUG}/mailings")).await;
    assert_eq!(rows.len(), 5);
}

async fn a_reminder_whose_time_has_passed_is_left_out(database: Database) {
    let (server, organiser) = preparing(database).await;
    let early = plans(&organiser, json!({ "kind": "reminder", "before_deadline": "P10D", "at_time": "09:30" })).await;
    let later = plans(&organiser, json!({ "kind": "reminder", "before_deadline": "P3D", "at_time": "09:30" })).await;
    server.clock_says("2026-11-26T10:00:00Z");
    organiser.opens(SLUG).await;
    server.mail_is_due();
    assert_eq!(
        (state(&organiser, &early).await, state(&organiser, &later).await),
        ("cancelled".into(), "planned".into())
    );
    assert!(server.mailbox().letters().is_empty(), "never sent late");
    let mut lois = lois(&server).await;
    lois.get(&place(early["id"].as_str().expect("an id"))).await.shown().says("so it was left out");
    server.clock_says("2026-12-01T09:30:00Z");
    server.mail_is_due();
    assert_eq!(server.mailbox().fills_to(9).await.len(), 9);
}

async fn a_moved_deadline_moves_planned_reminders(database: Database) {
    let branch = Branch::consulting(database).await;
    let mailing = json!({ "kind": "reminder", "before_deadline": "P3D", "at_time": "09:30" });
    let mailing = plans(&branch.organiser, mailing).await;
    assert_eq!(mailing["due_at"], "2026-12-01T09:30:00Z");
    let moved = json!({ "deadline": "2026-12-11T12:00", "reason": "More time.", "notify": false });
    branch.organiser.api.post(&format!("/consultations/{SLUG}/deadline"), &moved).await.ok();
    let id = mailing["id"].as_str().expect("an id");
    let now = branch.organiser.delivery(SLUG, id).await;
    assert_eq!((&now["due_at"], &now["at_time"]), (&json!("2026-12-08T09:30:00Z"), &json!("09:30")));
    let changed = json!({ "before_deadline": "P2D" });
    let path = format!("/consultations/{SLUG}/mailings/{id}");
    let changed = branch.organiser.api.patch(&path, &changed).await.ok();
    assert_eq!((&changed["due_at"], &changed["at_time"]), (&json!("2026-12-09T12:00:00Z"), &Value::Null));
    branch.server.clock_says("2026-12-01T09:30:00Z");
    branch.server.mail_is_due();
    assert_eq!(branch.server.mailbox().letters().len(), 18, "not at the old time");
}

async fn thanks_go_after_closing(database: Database) {
    let branch = Branch::consulting(database).await;
    let thanks = plans(&branch.organiser, json!({ "kind": "thanks", "after_closing": true })).await;
    branch.server.clock_says("2026-12-04T17:10:00Z");
    branch.server.mail_is_due();
    assert_eq!(state(&branch.organiser, &thanks).await, "planned", "within the grace");
    branch.server.clock_says("2026-12-04T17:15:00Z");
    branch.server.mail_is_due();
    let letters = branch.server.mailbox().fills_to(36).await;
    assert_eq!(letters.iter().filter(|letter| letter.subject.contains("thank you")).count(), 18);
}

async fn one_person_in_two_chosen_teams_gets_one_copy(database: Database) {
    let (server, organiser) = preparing(database).await;
    organiser.opens(SLUG).await;
    let both = [team_id(&organiser, "Fostering").await, team_id(&organiser, "Early Help").await];
    plans(&organiser, json!({ "kind": "update", "teams": both })).await;
    server.mail_is_due();
    let letters = server.mailbox().fills_to(9).await;
    assert_eq!(letters.len(), 9);
    assert_eq!(server.mailbox().letters_to("m0@members.example.org").len(), 1);
}

async fn a_reminder_to_one_team_never_tells_how_many_have_finished(database: Database) {
    let branch = Branch::consulting(database).await;
    for number in 0..3 {
        let member = branch.member("Fostering", number).await;
        let finish = json!({ "nothing_to_add": true, "no_more_reminders": true });
        member.api.post(&format!("/consultations/{SLUG}/finish"), &finish).await.ok();
    }
    let fostering = team_id(&branch.organiser, "Fostering").await;
    let mailing = plans(&branch.organiser, json!({ "kind": "reminder", "teams": [fostering] })).await;
    branch.server.mail_is_due();
    assert_eq!(branch.server.mailbox().fills_to(24).await.len(), 24, "three of nine want no more");
    let id = mailing["id"].as_str().expect("an id");
    let told = until("the end of the mailing", async || {
        let told = branch.organiser.delivery(SLUG, id).await;
        (told["state"] == "sent").then_some(told)
    })
    .await;
    assert_eq!((&told["counts"]["sent"], &told["counts"]["not_sent"]), (&json!(9), &json!(0)), "{told}");
    assert_eq!(told["counts_joined"], true);
    let mut lois = lois(&branch.server).await;
    let page = lois.get(&place(mailing["id"].as_str().expect("an id"))).await.shown();
    page.says("waiting, handed over or left out 9");
    page.does_not_say("not sent");
}
