//! The organiser's editor: alone, and with a colleague in the same text.

use super::window::{Setup, Window};
use crate::support::{Branch, Colleague, Database, SLUG, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organiser_writes_the_next_version_on_a_phone() {
    writing(Setup::of(360)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organiser_writes_the_next_version_at_a_desk() {
    writing(Setup::of(1280)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organiser_writes_without_javascript_by_keyboard() {
    writing(Setup::of(320).without_javascript().by_keyboard()).await;
}

async fn writing(setup: Setup) {
    let branch = Branch::consulting(Database::Sqlite).await;
    let Some(window) = Window::open(branch.server.url(), setup).await else { return };
    let link = Colleague::is_added(&branch.server, "ana@staff.example.org", "Ana Reyes", &["organiser"]);
    window.goes_to(&link).await;
    window.writes("password", crate::support::PASSWORD).await;
    window.sends().await;
    let way = format!("/desk/{SLUG}/draft/{}/edit", branch.draft.document);
    window.goes_to(&format!("/desk/{SLUG}/draft")).await;
    window.follows(&format!("a[href='{way}']")).await;
    window.says("There should be one voice for safeguarding.").await;
    window.looks("80-editor").await;

    let mut text = window.value("markdown").await;
    text = text.replace("two weeks", "three weeks") + "\n- A further point.\n";
    window.pastes("markdown", &text).await;
    if setup.javascript {
        // The page's own clock: what it shows and saves by itself is waited for, never slept for.
        until("the preview", async || window.text_of("#preview").await.contains("A further point.").then_some(()))
            .await;
        until("the text to be saved", async || {
            window.text_of("#editor-line").await.contains("Saved by Ana Reyes").then_some(())
        })
        .await;
    } else {
        window.follows("button[value=preview]").await;
        window.says("A further point.").await;
        window.follows(".do button[value=save]").await;
    }
    window.looks("81-editor-saved").await;

    // A colleague saves meanwhile.
    let mut ben = Colleague::signed_in(&branch.server, "ben@staff.example.org", "Ben Okoro", &["organiser"]).await;
    let form = ben.get(&way).await.shown().form_to(&way);
    let his = form.value("markdown").expect("a text").replace("one voice", "one clear voice");
    ben.press(form.with("markdown", &his).with("do", "save")).await.shown();
    window.pastes("markdown", &(text + "\nMine.\n")).await;
    if setup.javascript {
        until("to be told", async || window.text_of("#editor-newer").await.contains("Ben Okoro").then_some(())).await;
        window.looks("82-editor-newer").await;
        window.follows("#editor-newer button").await;
    } else {
        window.follows(".do button[value=save]").await;
    }
    window.says("There is a newer text").await;
    window.looks("83-editor-both").await;
    window.follows(".do button[value=save]").await;
    window.follows("a[href$='/discard']").await;
    window.looks("84-editor-discard").await;
    window.goes_to(&way).await;
    window.follows("button[value=version]").await;
    window.says("Version 2").await;
    window.close().await;
}
