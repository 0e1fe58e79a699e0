//! A draft that lives, as its members meet it: the first comment, quotations, the response she
//! checks, and a draft too long for one page. What comes after stands in [`super::changing`] and
//! [`super::together`], the organiser's side in [`super::texts`].

use serde_json::json;

use super::changing;
use super::window::{Setup, Window};
use crate::support::{Branch, Database, SLUG, until};

/// From the page that her mail opens to the first comment or answer that is sent.
pub const AT_MOST: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_on_a_phone_answers_and_follows_the_draft() {
    her_draft(Setup::of(320)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_answers_and_follows_the_draft_by_keyboard_without_javascript() {
    her_draft(Setup::of(768).without_javascript().by_keyboard().in_the_dark()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_at_a_desk_with_few_colours_answers_and_follows_the_draft() {
    her_draft(Setup::of(1280).in_forced_colours()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_draft_is_read_and_answered_on_a_phone_in_the_dark() {
    a_long_draft(Setup::of(320).in_the_dark()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_draft_is_read_and_answered_by_keyboard_without_javascript() {
    a_long_draft(Setup::of(1280).without_javascript().by_keyboard()).await;
}

pub fn draft() -> String {
    format!("/c/{SLUG}")
}

/// Her link: the letter and its button.
pub async fn signs_in(branch: &Branch, window: &Window, number: usize) {
    window.goes_to(&format!("/go/{}", branch.letter("Fostering", number).token())).await;
    window.sends().await;
}

async fn her_draft(setup: Setup) {
    let branch = Branch::consulting(Database::Sqlite).await;
    let Some(window) = Window::open(branch.server.url(), setup).await else { return };
    the_first_comment(&branch, &window).await;
    words_are_quoted(&branch, &window, setup).await;
    one_more(&branch, &window).await;
    the_response_is_checked(&window).await;
    changing::the_draft_changes(&branch, &window).await;
    changing::what_changed_is_read(&branch, &window).await;
    changing::both_texts(&branch, &window).await;
    window.close().await;
}

/// One tap is enough: five actions from the letter to a comment by the passage's own link.
async fn the_first_comment(branch: &Branch, window: &Window) {
    let block = branch.draft.block("five senior posts");
    let before = window.actions();
    signs_in(branch, window, 0).await;
    window.follows(&format!("#b-{block} a[href*='/comment/']")).await;
    window.chooses("position", "support").await;
    window.chooses("permission", "paraphrase").await;
    window.sends().await;
    let taken = window.actions() - before;
    assert!(taken <= AT_MOST, "{taken} actions to the first comment");
    window.says("was received").await;
    window.looks("600-first-comment").await;
}

/// Selected in the text where there is a script, pasted into the form where there is none.
async fn words_are_quoted(branch: &Branch, window: &Window, setup: Setup) {
    let block = branch.draft.block("Commissioning is");
    window.goes_to(&draft()).await;
    if setup.javascript {
        window.selects(&format!("#b-{block} .text"), "joined up across").await;
        until("the offer", async || window.has("a.selected").await.then_some(())).await;
        window.looks("601-words-selected").await;
        window.follows("a.selected").await;
    } else {
        window.follows(&format!("#b-{block} a[href*='/comment/']")).await;
        window.opens("details:has(#quote) summary").await;
        window.pastes("quote", "joined up across").await;
    }
    window.chooses("position", "oppose").await;
    window.writes("body", "Ask Mrs Hall on 01632 960123 what that cost.").await;
    window.looks("602-quoting").await;
    window.follows("button[value=preview]").await;
    window.says("01632 960123").await;
    assert!(window.text_of(".quote-marked mark").await.ends_with("joined up across"), "marked where it stands");
    window.looks("603-preview").await;
    window.sends().await;
    window.says("was received").await;

    // Words that do not stand in the passage: told, and nothing typed is lost.
    window.goes_to(&format!("{}/comment/{block}", draft())).await;
    window.opens("details:has(#quote) summary").await;
    window.pastes("quote", "words of another text altogether").await;
    window.chooses("position", "neutral").await;
    window.follows("button[value=preview]").await;
    assert_eq!(window.value("quote").await, "words of another text altogether");
    window.looks("604-quote-not-found").await;
}

/// With a wording of her own, begun from the passage's.
async fn one_more(branch: &Branch, window: &Window) {
    window.goes_to(&format!("{}/comment/{}", draft(), branch.draft.block("Supervision"))).await;
    window.chooses("position", "support_if").await;
    window.writes("condition", "somebody covers the desk").await;
    window.opens("details:has(#new_wording) summary").await;
    window.follows("button[value=wording]").await;
    assert_eq!(window.value("new_wording").await, "Supervision happens every two weeks.");
    window.pastes("new_wording", "Supervision happens every week.").await;
    window.looks("605-new-wording").await;
    window.sends().await;
    window.says("was received").await;
}

async fn the_response_is_checked(window: &Window) {
    window.goes_to(&draft()).await;
    window.follows(".onward a[href$='/finish']").await;
    window.says("Check your response").await;
    window.says("01632 960123").await;
    window.looks("606-check").await;
    window.sends().await;
    window.looks("607-receipt").await;
    window.goes_to(&format!("{}/mine", draft())).await;
    window.looks("608-mine").await;
}

/// Fifteen sections, which fill a few pages.
fn long() -> String {
    (1..=15).fold("# A long plan\n\nWhat follows is long.\n\n".to_owned(), |text, section| {
        let paragraphs = (1..=9).fold(String::new(), |all, place| {
            let words = "The employer and the branch agree what is written here and neither leaves it alone. ";
            format!("{all}In section {section}, place {place}: {}\n\n", words.repeat(4).trim_end())
        });
        format!("{text}## Section {section} of the plan\n\n{paragraphs}")
    })
}

async fn a_long_draft(setup: Setup) {
    let branch = Branch::consulting(Database::Sqlite).await;
    let draft_now = branch.organiser.publishes_again(SLUG, &branch.draft.document, &long()).await;
    let Some(window) = Window::open(branch.server.url(), setup).await else { return };
    signs_in(&branch, &window, 0).await;
    window.says("Contents").await;
    window.looks("630-long-draft").await;
    window.follows("#contents li:last-child a").await;
    assert!(window.path().await.contains("/section/"), "{}", window.path().await);
    window.says("Section 15 of the plan").await;
    window.looks("631-section").await;
    let key = draft_now.block("In section 15, place 2:");
    window.follows(&format!("#b-{key} a[href*='/comment/']")).await;
    window.looks("632-comment-in-a-section").await;
    window.chooses("position", "oppose").await;
    window.chooses("permission", "paraphrase").await;
    window.sends().await;
    assert!(window.path().await.contains("/section/"), "she is back where she was");
    window.says("was received").await;
    window.looks("633-section-with-her-comment").await;
    window.follows(".turning a[rel=prev]").await;
    window.looks("634-section-before").await;
    window.follows(".turning .up a").await;
    assert_eq!(window.path().await, draft());
    window.says("your comment").await;

    // Beside the employer's, which is short.
    changing::the_employer_speaks(&branch, &json!([])).await;
    window.goes_to(&format!("{}/side-by-side", draft())).await;
    window.looks("635-long-side-by-side").await;
    window.follows(".turning a[rel=next]").await;
    window.looks("636-part-side-by-side").await;

    // And compared with what it was.
    window.goes_to(&format!("{}/compare?from=1&to=2", draft())).await;
    window.looks("637-long-comparison").await;
    window.close().await;
}
