//! A member's journey: from the link in her mail to the receipt.

use super::window::{Setup, Window};
use crate::support::{Branch, Database, SLUG};

const PHONE: u32 = 320;
const DESK: u32 = 1280;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_on_a_phone_gets_from_her_mail_to_her_receipt() {
    her_journey(Setup::of(PHONE)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_on_a_phone_needs_no_javascript() {
    her_journey(Setup::of(PHONE).without_javascript()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_at_a_desk_gets_from_her_mail_to_her_receipt() {
    her_journey(Setup::of(DESK).in_the_dark()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_at_a_desk_needs_no_javascript() {
    her_journey(Setup::of(DESK).without_javascript().by_keyboard()).await;
}

async fn her_journey(setup: Setup) {
    let branch = Branch::consulting(Database::Sqlite).await;
    let Some(window) = Window::open(branch.server.url(), setup).await else { return };
    let letter = branch.letter("Fostering", 0);
    let block = branch.draft.block("one voice for safeguarding");

    // Before she has pressed anything: the front door and the public page.
    window.goes_to("/").await;
    window.looks("00-front").await;
    window.goes_to(&format!("/c/{SLUG}")).await;
    window.looks("00-public").await;

    // The link: a letter and a button, nothing more.
    window.goes_to(&format!("/go/{}", letter.token())).await;
    window.says("please read our draft").await;
    window.looks("01-letter").await;
    window.sends().await;
    assert_eq!(window.path().await, format!("/c/{SLUG}"));
    window.says("There should be one voice for safeguarding.").await;
    window.looks("02-draft").await;

    // A comment on a block: first a mistake, then as it should be.
    window.follows(&format!("#b-{block} a[href*='/comment/']")).await;
    let asked = window.path().await;
    assert_eq!(asked, format!("/c/{SLUG}/comment/{block}"));
    window.looks("03-comment").await;
    window.sends().await;
    window.looks("04-comment-with-a-mistake").await;
    window.chooses("position", "support_if").await;
    window.writes("condition", "it is one person").await;
    window.writes("body", "One voice, and one telephone number.").await;
    window.chooses_if_asked("permission", "word_for_word").await;
    window.chooses_if_asked("confidence", "in_confidence").await;
    window.looks("05-comment-filled-in").await;
    window.sends().await;
    assert!(!window.has("textarea[name=body]").await || window.path().await != asked, "it was taken");
    window.looks("06-comment-sent").await;

    // One on the whole document; what was asked once is not asked again.
    window.goes_to(&format!("/c/{SLUG}/comment/whole")).await;
    assert!(!window.has("input[type=radio][name=permission]").await, "permission is asked once");
    window.chooses("position", "neutral").await;
    window.writes("body", "Who pays for this?").await;
    window.looks("07-comment-on-the-whole").await;
    window.sends().await;

    // She sees both, on the draft and on her own page, and changes one.
    window.goes_to(&format!("/c/{SLUG}")).await;
    window.looks("08-draft-with-her-mark").await;
    window.goes_to(&format!("/c/{SLUG}/mine")).await;
    window.says("One voice, and one telephone number.").await;
    window.says("Who pays for this?").await;
    window.looks("09-mine").await;
    let unwanted = change_page(&window, "Who pays for this?").await;
    change_page(&window, "One voice, and one telephone number.").await;
    window.writes("body", "One voice, day and night.").await;
    window.looks("10-change").await;
    window.sends().await;
    window.goes_to(&format!("/c/{SLUG}/mine")).await;
    window.says("One voice, day and night.").await;

    // And takes the other back.
    window.goes_to(&format!("{unwanted}/withdraw")).await;
    window.looks("11-withdraw").await;
    window.sends().await;
    window.goes_to(&format!("/c/{SLUG}/mine")).await;
    window.looks("12-mine-after-withdrawing").await;

    // She has finished.
    window.goes_to(&format!("/c/{SLUG}/finish")).await;
    window.looks("13-finish").await;
    window.sends().await;
    assert_eq!(window.path().await, format!("/c/{SLUG}/receipt"));
    window.looks("14-receipt").await;

    the_other_pages(&branch, &window).await;

    // After the deadline and its grace, her words come back to her.
    branch.server.clock_says("2026-12-04T16:30:00Z");
    window.goes_to(&format!("/go/{}", branch.letter("Fostering", 1).token())).await;
    window.sends().await;
    window.goes_to(&format!("/c/{SLUG}/comment/{block}")).await;
    window.chooses("position", "oppose").await;
    window.writes("body", "I was on the late shift.").await;
    window.chooses_if_asked("permission", "paraphrase").await;
    window.chooses_if_asked("confidence", "in_confidence").await;
    branch.server.clock_says("2026-12-04T17:15:01Z");
    window.sends().await;
    assert!(
        window.text().await.contains("I was on the late shift.") || window.value("body").await.contains("late shift")
    );
    window.looks("30-too-late").await;
    window.goes_to(&format!("/c/{SLUG}")).await;
    window.looks("31-draft-closed").await;
    window.goes_to(&format!("/go/{}", branch.letter("Fostering", 2).token())).await;
    window.looks("32-letter-closed").await;
    window.close().await;
}

/// Pages beside the journey, each in the states a visitor can bring them to.
async fn the_other_pages(branch: &Branch, window: &Window) {
    for (state, path) in [
        ("20-who-sees", "/who-sees".to_owned()),
        ("21-lost", "/lost".to_owned()),
        ("22-printed", "/printed".to_owned()),
        ("23-stop", branch.letter("Fostering", 3).stop_path()),
        ("24-no-such-page", "/no/such/page".to_owned()),
        ("25-no-such-link", "/go/no-such-link".to_owned()),
        ("29-code", format!("/c/{SLUG}/code")),
    ] {
        window.goes_to(&path).await;
        window.looks(state).await;
    }
    for (state, path, field, words) in [
        ("26-lost-answered", "/lost", "email", "nobody@example.org"),
        ("27-printed-refused", "/printed", "code", "WRONG-CODE"),
    ] {
        window.goes_to(path).await;
        window.writes(field, words).await;
        window.sends().await;
        window.looks(state).await;
    }
    window.goes_to(&branch.letter("Fostering", 3).stop_path()).await;
    window.sends().await;
    window.looks("28-stopped").await;
}

/// The page on which she changes the comment with these words.
async fn change_page(window: &Window, words: &str) -> String {
    let mine = format!("/c/{SLUG}/mine/");
    window.goes_to(mine.trim_end_matches('/')).await;
    for path in window.links(&mine).await.into_iter().filter(|path| !path.ends_with("/withdraw")) {
        window.goes_to(&path).await;
        if window.value("body").await == words {
            return path;
        }
    }
    panic!("no page to change {words:?}");
}
