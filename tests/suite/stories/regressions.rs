//! What went wrong in other houses, each told once so that it does not happen in ours.

use std::collections::BTreeMap;

use serde_json::Value;
use soundings::drafts::anchor::{anchor, selector};

use crate::support::{Branch, DRAFT, Database, SLUG, both};

both!(
    deleting_or_splitting_a_paragraph_keeps_its_comments,
    a_comment_stays_on_its_words_when_text_is_inserted_above,
    a_comment_whose_passage_is_gone_is_listed_with_its_words,
    comments_on_joined_paragraphs_are_listed_with_the_joined_one,
);

const LONG: &str = "There should be one voice for safeguarding, by day and by night. It answers to the director alone, \
                    and it publishes a report every year that nobody else edits.";

/// The draft with a longer paragraph in it.
fn draft() -> String {
    DRAFT.replace("There should be one voice for safeguarding.", LONG)
}

/// Members comment on these words of [`draft`], then `next` is published: body and row of each comment.
async fn then_published(branch: &Branch, on: &[&str], next: &str) -> BTreeMap<String, Value> {
    let second = branch.organiser.publishes_again(SLUG, &branch.draft.document, &draft()).await;
    for (number, words) in on.iter().enumerate() {
        let mut comment = branch.comment(words, "oppose", words);
        comment["block"] = second.block(words).into();
        comment["version"] = second.version.into();
        branch.member("Fostering", number).await.says(SLUG, &comment).await;
    }
    branch.server.clock_says("2026-11-24T10:00:00Z");
    branch.server.mail_is_due();
    let arrived = async || (branch.negotiator.comments(SLUG).await.len() == on.len()).then_some(());
    crate::support::until("the batch", arrived).await;
    branch.organiser.publishes_again(SLUG, &branch.draft.document, next).await;
    let rows = branch.negotiator.comments(SLUG).await;
    assert_eq!(rows.len(), on.len(), "no comment is lost");
    rows.into_iter().map(|row| (row["body"].as_str().unwrap().to_owned(), row)).collect()
}

/// 9 (adhocracy, `OpenSlides` #5920).
async fn deleting_or_splitting_a_paragraph_keeps_its_comments(database: Database) {
    let branch = Branch::consulting(database).await;
    let next = draft().replace("night. It answers", "night.\n\nIt answers");
    let next = next.replace("Commissioning is joined up across services.\n", "");
    let rows = then_published(&branch, &["one voice", "Commissioning is", "Casework"], &next).await;
    assert_eq!(rows["one voice"]["state"], "split");
    assert_eq!(rows["Commissioning is"]["state"], "gone");
}

/// 10 (Consul #5529).
async fn a_comment_stays_on_its_words_when_text_is_inserted_above(database: Database) {
    let branch = Branch::consulting(database).await;
    let next = draft().replace("## Safeguarding", "A new paragraph.\n\nAnd another one.\n\n## Safeguarding");
    let rows = then_published(&branch, &["one voice", "Casework", "Supervision"], &next).await;
    assert!(rows.values().all(|row| row["state"] == "unchanged"), "{rows:?}");
}

/// 13 (Hypothesis product-backlog #954): the desks list it, and so does its writer's own page.
async fn a_comment_whose_passage_is_gone_is_listed_with_its_words(database: Database) {
    let branch = Branch::consulting(database).await;
    let next = draft().replace("- Casework stays with the teams.\n", "");
    let rows = then_published(&branch, &["Casework", "one voice", "Supervision"], &next).await;
    assert_eq!(rows["Casework"]["state"], "gone");
}

/// `OpenSlides` #5920, the other way round: two paragraphs become one.
async fn comments_on_joined_paragraphs_are_listed_with_the_joined_one(database: Database) {
    let branch = Branch::consulting(database).await;
    let split = draft().replace("night. It answers", "night.\n\nIt answers");
    let parts = branch.organiser.publishes_again(SLUG, &branch.draft.document, &split).await;
    for (number, words) in ["one voice", "It answers", "Commissioning is"].iter().enumerate() {
        let mut comment = branch.comment("one voice", "support", words);
        comment["block"] = parts.block(words).into();
        comment["version"] = parts.version.into();
        branch.member("Fostering", number).await.says(SLUG, &comment).await;
    }
    branch.server.clock_says("2026-11-24T10:00:00Z");
    branch.server.mail_is_due();
    crate::support::until("the batch", async || (branch.negotiator.comments(SLUG).await.len() == 3).then_some(()))
        .await;
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &draft()).await;
    let rows = branch.negotiator.comments(SLUG).await;
    let joined = rows.iter().filter(|row| row["state"] == "merged").count();
    assert_eq!((rows.len(), joined), (3, 2), "{rows:?}");
}

/// 11 (Hypothesis #2634, #2798).
#[test]
fn a_short_quote_never_attaches_to_a_different_word() {
    let quote = |text: &str, words: &str| {
        let start = text.find(words).unwrap();
        selector(text, start, start + words.len()).unwrap()
    };
    let linus = quote("The paper was written by Linus in March.", "Linus");
    assert_eq!(anchor("The machines were bought in March.", &linus), None);
    assert_eq!(anchor("The linusian school was founded in March.", &linus), None);
    let five = quote("We would keep 5 posts in the east.", "5 posts");
    assert_eq!(anchor("We would keep 3 posts in the east.", &five), None);
    // The name is corrected where it was quoted; the same name elsewhere is another place.
    let name = quote("It was Ms Marsh who chaired the panel. Later Mr Marsh and the director wrote to us.", "Mr Marsh");
    assert_eq!(anchor("Mr Marsh, a teacher, rang. Later Mr Marshall and the director wrote to us.", &name), None);
}

/// 12 (`CommentPress`: the worst of the acceptable candidates was taken).
#[test]
fn of_several_likely_places_the_best_is_taken() {
    let before = "Rotas are published eight weeks ahead and are not changed.";
    let quote = selector(before, 0, 39).unwrap();
    let after =
        "Rolls are punished eight weeks ahead, they say. Rotas are published nine weeks ahead and are not changed.";
    let found = anchor(after, &quote).unwrap();
    let best: String =
        after.chars().skip(found.spans[0].start).take(found.spans[0].end - found.spans[0].start).collect();
    assert!(best.starts_with("Rotas are published nine"), "{best}");
    assert!(found.spans.iter().all(|span| span.score <= found.spans[0].score));
}
