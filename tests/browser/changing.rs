//! A second version, what it does to her comments, where numbers on paper lead, and the employer's
//! text beside ours: the further steps of [`super::living`].

use serde_json::{Value, json};

use super::living::draft;
use super::window::Window;
use crate::support::{Branch, DRAFT, SLUG};

const EMPLOYERS: &str = "# Shaping stronger services\n\n\
    The county proposes five senior posts, each with an assistant.\n\n\
    ## Safeguarding of children\n\n\
    The safeguarding voice is shared by three directors.\n\n\
    - Supervision happens every four weeks.\n\n\
    ## Parking\n\n\
    Visitors pay four pounds a day.\n";

/// Two passages with other words, one that is gone.
fn second() -> String {
    DRAFT
        .replace("The employer proposes five senior posts.", "The employer now proposes four senior posts.")
        .replace("- Supervision happens every two weeks.\n", "")
        .replace("joined up across services", "joined up across all services")
}

/// She is told in one line, and confirms, changes and withdraws, each with one press.
pub async fn the_draft_changes(branch: &Branch, window: &Window) {
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &second()).await;
    window.goes_to(&draft()).await;
    window.says("The draft has changed: 3 of your comments stand on passages").await;
    window.looks("610-told").await;
    window.follows(".changed-line a").await;
    let page = window.path().await;
    window.looks("611-changed").await;
    window.follows("button[value=confirm]").await;
    window.says("your comment still holds").await;
    window.looks("612-confirmed").await;
    window.follows("li.changed a.button").await;
    window.looks("613-change").await;
    window.chooses("position", "neutral").await;
    window.sends().await;
    window.goes_to(&page).await;
    window.follows("button[value=withdraw]").await;
    window.says("is withdrawn").await;
    window.looks("614-withdrawn").await;
    window.follows(".notice button").await;
    window.says("Your comment is back").await;
    window.looks("615-back").await;
    window.follows("button[value=withdraw]").await;
    window.says("There is nothing left to look at").await;
    window.goes_to(&format!("{}/mine", draft())).await;
    window.says("it still holds for version 2").await;
    window.looks("616-mine-after-the-change").await;
}

/// The comparison, change by change, and the numbers of the old version.
pub async fn what_changed_is_read(branch: &Branch, window: &Window) {
    window.goes_to(&draft()).await;
    window.follows("main a[href*='/compare']").await;
    window.says("What changed from version 1 to version 2").await;
    window.looks("620-comparison").await;
    let next = window.runs("return document.querySelector('.changed .turn a').hash").await;
    window.opens(".changed .turn a").await;
    assert_eq!(window.runs("return location.hash").await, next, "the next change");
    let there = "return document.querySelector(':target').getBoundingClientRect().top < innerHeight";
    assert_eq!(window.runs(there).await, json!(true), "it is in sight");

    branch.organiser.publishes_again(SLUG, &branch.draft.document, &(second() + "\nA last word.\n")).await;
    window.goes_to(&format!("{}/compare?from=1&to=3", draft())).await;
    window.looks("621-comparison-of-three").await;
    window.picks("from", "2").await;
    window.follows("form.pick-two button").await;
    window.says("What changed from version 2 to version 3").await;

    for (words, state) in [("five senior", "622-paper-reworded"), ("Supervision", "623-paper-gone")] {
        let key = branch.draft.block(words);
        let block = branch.draft.blocks.iter().find(|one| one["key"] == key.as_str()).expect("a block");
        let number = block["number"].as_str().expect("a number");
        window.goes_to(&format!("{}/{number}?version=1", draft())).await;
        window.looks(state).await;
    }
    window.says("It is gone").await;
    window.goes_to(&format!("{}/99.9?version=1", draft())).await;
    window.says("There is no 99.9").await;
    window.looks("624-paper-never").await;
    window.goes_to(&format!("{}/version/1", draft())).await;
    window.says("Members now read version 3").await;
    window.looks("625-version-1").await;
}

/// The employer's text beside ours, with these pairs set (none: as Soundings proposes them).
pub async fn the_employer_speaks(branch: &Branch, pairs: &Value) -> String {
    let path = format!("/consultations/{SLUG}/documents");
    let new = json!({ "kind": "comparison", "title": "Shaping stronger services" });
    let document = branch.organiser.api.post(&path, &new).await.ok();
    let theirs = branch.organiser.publishes_again(SLUG, document["id"].as_str().expect("an id"), EMPLOYERS).await;
    let path = format!("/consultations/{SLUG}/pairs");
    if pairs.as_array().is_some_and(|pairs| !pairs.is_empty()) {
        let revision = branch.organiser.api.get(&path).await.ok()["revision"].clone();
        branch.organiser.api.put(&path, &json!({ "revision": revision, "pairs": pairs })).await.ok();
    }
    theirs.block("shared by three")
}

pub async fn both_texts(branch: &Branch, window: &Window) {
    let pair = json!([{ "ours": ["0.1"], "theirs": ["0.1"], "ours_figure": "3 senior posts",
                        "theirs_figure": "5 senior posts" }]);
    let shared = the_employer_speaks(branch, &pair).await;
    window.goes_to(&draft()).await;
    window.follows("a[href$='/side-by-side']").await;
    window.says("3 senior posts").await;
    window.looks("626-side-by-side").await;
    window.follows(".shown a[href*='only=']").await;
    window.looks("627-differences").await;
    window.follows(&format!("#b-{shared} a[href*='/comment/']")).await;
    window.says("shared by three directors").await;
    window.looks("628-comment-on-theirs").await;
    window.chooses("position", "oppose").await;
    window.writes("body", "Nobody answers for it.").await;
    window.sends().await;
    assert!(window.path().await.ends_with("/side-by-side"), "{}", window.path().await);
    window.says("was received").await;
    window.looks("629-said-of-theirs").await;
}
