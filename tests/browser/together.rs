//! The two-minute route, a team's meeting, and a colleague who is not on the list.

use serde_json::{Value, json};

use super::living::{AT_MOST, draft, signs_in};
use super::window::{Setup, Window};
use crate::support::{Branch, Colleague, Database, PASSWORD, SLUG, Server, until};

const INES: &str = "ines@home.example";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_speaks_and_a_colleague_asks_to_take_part() {
    with_others(Setup::of(768).in_the_dark()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_speaks_by_keyboard_without_javascript_on_a_phone() {
    with_others(Setup::of(320).without_javascript().by_keyboard().in_forced_colours()).await;
}

fn questions() -> Value {
    json!([
        { "kind": "one_choice", "wording": "Do you support the draft?", "options": ["Yes", "No"], "prefer_not_to_say": true },
        { "kind": "several", "wording": "What matters most?", "options": ["Workload", "Pay"], "other": true },
        { "kind": "scale", "wording": "How much would it change your week?",
          "scale": { "from": 1, "to": 5, "from_words": "not at all", "to_words": "very much" } },
        { "kind": "long_text", "wording": "What did we miss?", "help": "In a few words." },
    ])
}

async fn with_others(setup: Setup) {
    let branch = Branch::on(Server::spawn(Database::Sqlite), &json!({ "questions": questions() })).await;
    let Some(window) = Window::open(branch.server.url(), setup).await else { return };
    let Some(desk) = Window::open(branch.server.url(), setup).await else { return };
    desk.goes_to(&Colleague::is_added(&branch.server, "ros@staff.example.org", "Ros Adeyinka", &["organiser"])).await;
    desk.writes("password", PASSWORD).await;
    desk.sends().await;
    two_minutes(&branch, &window).await;
    a_meeting(&branch, &window, &desk).await;
    paper_slips(&branch, &desk).await;
    a_colleague_asks(&branch, &window, &desk).await;
    window.close().await;
    desk.close().await;
}

/// From the letter to an answer that is sent, and then with words.
async fn two_minutes(branch: &Branch, window: &Window) {
    let shown = branch.organiser.api.get(&format!("/consultations/{SLUG}")).await.ok();
    let field = |number: usize| format!("q-{}", shown["questions"][number]["id"].as_str().expect("an id"));
    let before = window.actions();
    window.goes_to(&format!("/go/{}", branch.letter("Fostering", 1).token())).await;
    window.looks("650-letter-with-questions").await;
    window.follows("button[value=questions]").await;
    window.looks("651-questions").await;
    window.chooses(&field(0), "1").await;
    window.sends().await;
    let taken = window.actions() - before;
    assert!(taken <= AT_MOST, "{taken} actions to the first answer");
    window.says("We have your answers").await;
    window.looks("652-answered").await;

    window.goes_to(&format!("{}/questions", draft())).await;
    window.chooses(&field(1), "2").await;
    window.chooses(&field(2), "4").await;
    window.writes(&field(3), "Nights and weekends.").await;
    window.looks("653-questions-with-words").await;
    window.sends().await;
    window.says("how your words may leave the union").await;
    assert_eq!(window.value(&field(3)).await, "Nights and weekends.", "nothing typed is lost");
    window.looks("654-questions-with-a-mistake").await;
    window.chooses("permission", "word_for_word").await;
    window.sends().await;
    window.says("We have your answers").await;
    window.goes_to(&draft()).await;
    window.says("You have answered").await;
    window.looks("655-draft-after-answers").await;
    window.goes_to(&format!("{}/finish", draft())).await;
    window.says("Nights and weekends.").await;
    window.looks("656-check-of-answers").await;
}

/// A member of a team without a rep records it, and the organiser confirms.
async fn a_meeting(branch: &Branch, window: &Window, desk: &Window) {
    let team = branch.organiser.team("Fostering").await;
    window.goes_to(&draft()).await;
    window.follows(".onward a[href$='/group']").await;
    window.looks("660-own-team").await;
    window.follows(".do a[href$='/group/new']").await;
    window.looks("661-meeting").await;
    window.follows("main form > .do button").await;
    window.looks("662-meeting-with-mistakes").await;
    window.picks("team", team.as_str().expect("an id")).await;
    window.writes("place", "Small hall").await;
    window.dates("date", "2026-11-20").await;
    for (field, number) in [("present", "12"), ("in_favour", "9"), ("against", "2"), ("unsure", "1")] {
        window.writes(field, number).await;
    }
    window.writes("point_0_block", "1.1").await;
    window.picks("point_0_position", "support_if").await;
    window.writes("point_0_words", "Only with a named deputy.").await;
    window.follows("button[value=more]").await;
    assert_eq!(window.value("place").await, "Small hall", "nothing typed is lost");
    window.writes("dissent", "Two would rather wait.").await;
    window.looks("663-meeting-filled-in").await;
    window.follows("main form > .do button").await;
    window.says("The meeting is recorded.").await;
    window.says("Waits for an organiser.").await;
    window.looks("664-meeting-recorded").await;

    desk.goes_to(&format!("/desk/{SLUG}/groups")).await;
    desk.says("Waiting for you").await;
    desk.looks("665-desk-groups").await;
    desk.follows(".records a").await;
    desk.says("Only with a named deputy.").await;
    desk.looks("666-one-meeting").await;
    desk.follows("a[href$='/confirm']").await;
    desk.looks("667-confirm-meeting").await;
    desk.sends().await;
    desk.says("Confirmed. It counts now.").await;
    desk.looks("668-meeting-confirmed").await;
    desk.goes_to(&format!("/desk/{SLUG}/groups")).await;
    desk.looks("669-desk-groups-counted").await;
    window.goes_to(&format!("{}/group", draft())).await;
    window.says("It counts.").await;
}

/// A pile of paper is begun, one slip typed in, and typed once more.
async fn paper_slips(branch: &Branch, desk: &Window) {
    let team = branch.organiser.team("Early Help").await;
    desk.goes_to(&format!("/desk/{SLUG}/groups/slips")).await;
    desk.looks("670-slips").await;
    desk.picks("team", team.as_str().expect("an id")).await;
    desk.dates("date", "2026-11-20").await;
    desk.follows("main form > .do button").await;
    desk.looks("671-slip").await;
    for twice in [false, true] {
        desk.writes("point_0_block", "1.1").await;
        desk.writes("point_0_words", "Keep the desks where they are.").await;
        desk.follows("main form > .do button").await;
        desk.says(if twice { "Already entered" } else { "The slip is kept." }).await;
        desk.looks(if twice { "673-slip-twice" } else { "672-slip-kept" }).await;
    }
}

/// From the public page to the draft, through her mail and the organiser.
async fn a_colleague_asks(branch: &Branch, window: &Window, desk: &Window) {
    let team = branch.organiser.team("Fostering").await;
    window.loses_cookie("__Host-session").await;
    window.goes_to(&draft()).await;
    window.looks("680-public").await;
    window.follows("a[href$='/join']").await;
    window.looks("681-ask").await;
    window.sends().await;
    window.looks("682-ask-with-mistakes").await;
    window.writes("name", "Ines Ferreira").await;
    window.writes("email", INES).await;
    window.picks("team", team.as_str().expect("an id")).await;
    window.chooses("says_member", "yes").await;
    window.sends().await;
    window.says("Look at your mail").await;
    window.looks("683-asked").await;
    let letter = letter(branch, "/join/").await;
    window.goes_to(&letter).await;
    window.says("One press").await;
    window.looks("684-confirm-by-mail").await;
    window.sends().await;
    window.says("Your request is on its way").await;
    window.looks("685-on-its-way").await;

    desk.goes_to(&format!("/desk/{SLUG}/joining")).await;
    desk.says("Ines Ferreira").await;
    desk.looks("686-desk-joining").await;
    desk.follows(".records a.button").await;
    desk.looks("687-desk-one-who-asks").await;
    desk.follows("button[value=member]").await;
    desk.says("Nobody waits for an answer.").await;
    desk.looks("688-desk-answered").await;
    window.goes_to(&self::letter(branch, "/go/").await).await;
    window.sends().await;
    window.says("There should be one voice for safeguarding.").await;
    // And who was asked first is in as before.
    signs_in(branch, window, 2).await;
    window.says("There should be one voice for safeguarding.").await;
}

/// The path in the letter to her that holds one like this.
async fn letter(branch: &Branch, holds: &str) -> String {
    branch.server.mail_is_due();
    until("her letter", async || {
        let letters = branch.server.mailbox().letters_to(INES);
        let text = letters.into_iter().find(|letter| letter.text.contains(holds))?.text;
        Some(text[text.find(holds)?..].split_whitespace().next()?.to_owned())
    })
    .await
}
