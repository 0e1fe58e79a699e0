//! An organiser brings a Word file and sees what becomes of every passage, and the employer's text
//! beside it. The editor is in [`super::editing`].

use std::fs;
use std::path::PathBuf;

use super::changing;
use super::window::{Setup, Window};
use crate::support::{Branch, Colleague, Database, PASSWORD, SLUG};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organiser_brings_a_word_file_at_a_desk() {
    a_word_file(Setup::of(1280).in_the_dark()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organiser_brings_a_word_file_by_keyboard_without_javascript() {
    a_word_file(Setup::of(320).without_javascript().by_keyboard()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organiser_brings_a_word_file_on_a_phone() {
    a_word_file(Setup::of(320)).await;
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/import").join(name)
}

async fn a_word_file(setup: Setup) {
    let branch = Branch::consulting(Database::Sqlite).await;
    let Some(ros) = Window::open(branch.server.url(), setup).await else { return };
    let roles = &["organiser", "negotiator"];
    ros.goes_to(&Colleague::is_added(&branch.server, "ros@staff.example.org", "Ros Adeyinka", roles)).await;
    ros.writes("password", PASSWORD).await;
    ros.sends().await;
    it_is_brought(&branch, &ros).await;
    every_passage_is_followed(&branch, &ros).await;
    the_employers_text(&branch, &ros).await;
    the_pages_beside(&ros).await;
    ros.close().await;
}

async fn it_is_brought(branch: &Branch, ros: &Window) {
    let draft = format!("/desk/{SLUG}/draft");
    ros.goes_to(&draft).await;
    ros.looks("690-draft").await;
    let broken = branch.server.dir().join("broken.docx");
    fs::write(&broken, b"PK\x03\x04 and then nothing").expect("a file");
    ros.brings("draft_file", &broken).await;
    ros.sends().await;
    ros.says("This file is damaged or not complete.").await;
    ros.looks("691-file-refused").await;
    ros.brings("draft_file", &file("contract-clauses.docx")).await;
    ros.sends().await;
    ros.says("Nothing is stored yet").await;
    ros.looks("692-preview-of-clauses").await;
    ros.follows("a.second").await;
    ros.brings("draft_file", &file("comments.docx")).await;
    ros.sends().await;
    ros.says("3 comments stand in the file").await;
    ros.looks("693-preview-with-comments").await;
    ros.chooses("comments", "yes").await;
    ros.follows("form[action$='/draft/use'] .do button").await;
    ros.says("Version 2, not published").await;
    ros.looks("694-version").await;
}

async fn every_passage_is_followed(branch: &Branch, ros: &Window) {
    ros.follows("a[href$='/fate']").await;
    ros.says("is gone").await;
    ros.looks("700-fate").await;
    ros.follows(".filter-row a[href*='show=gone']").await;
    ros.looks("701-fate-of-what-is-gone").await;
    let old = branch.draft.block("one voice");
    ros.follows(&format!("a[href$='/match?from={old}']")).await;
    ros.looks("702-match").await;
    ros.sends().await;
    ros.looks("703-match-with-a-mistake").await;
    ros.chooses("what", "is").await;
    let first = ros.runs("return document.querySelectorAll('input[name=pick]')[1].value").await;
    ros.chooses("pick", first.as_str().expect("a key")).await;
    ros.sends().await;
    ros.says("The match is corrected.").await;
    ros.looks("704-match-corrected").await;
    ros.follows("a.button[href$='/publish']").await;
    ros.looks("705-publish").await;
    ros.writes("note", "As the members asked.").await;
    ros.sends().await;
    ros.looks("706-published").await;
    ros.goes_to(&format!("/desk/{SLUG}/draft/{}/compare?from=1&to=2", branch.draft.document)).await;
    ros.looks("707-comparison-at-the-desk").await;
}

/// The pairs as proposed, one of them with its figures, and one that is wrong.
async fn the_employers_text(branch: &Branch, ros: &Window) {
    let pairs = format!("/desk/{SLUG}/pairs");
    ros.goes_to(&pairs).await;
    ros.looks("710-no-second-text").await;
    changing::the_employer_speaks(branch, &serde_json::json!([])).await;
    ros.goes_to(&pairs).await;
    ros.looks("711-pairs").await;
    ros.follows(&format!("a[href^='{pairs}/new?ours=']")).await;
    ros.looks("712-pair").await;
    ros.writes("theirs", "9.9").await;
    ros.sends().await;
    ros.says("There is no passage 9.9 in this text.").await;
    ros.looks("713-pair-with-a-mistake").await;
    ros.writes("theirs", "0.1").await;
    ros.writes("ours_figure", "3 senior posts").await;
    ros.writes("theirs_figure", "5 senior posts").await;
    ros.sends().await;
    ros.says("3 senior posts").await;
    ros.looks("714-pairs-with-figures").await;
}

/// What else is new at the desks. The comments of the file went with the match that was corrected.
async fn the_pages_beside(ros: &Window) {
    for (state, page) in [
        ("720-file-comments", "file-comments"),
        ("721-questions", "questions"),
        ("722-question", "questions/new"),
        ("723-answers", "answers"),
        ("724-team-pack", "team-pack"),
        ("725-share", "share"),
    ] {
        ros.goes_to(&format!("/desk/{SLUG}/{page}")).await;
        ros.looks(state).await;
        if page == "file-comments" {
            let passages =
                ros.runs("return document.querySelectorAll('.said-about .passage blockquote p').length").await;
            assert_eq!(passages, 3, "each stands beside its passage");
        }
    }
}
