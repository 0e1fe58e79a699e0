//! What keeps "in confidence" true: no table ties a voice to a member, and
//! nothing planted in a run turns up where it must not.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::{Branch, Database, Member, SLUG, Server, Tables, both};

both!(no_table_holds_both_a_voice_and_a_member, nothing_planted_in_the_run_turns_up_in_a_log_and_no_words_in_a_mail,);

async fn no_table_holds_both_a_voice_and_a_member(database: Database) {
    // The consultation is run first, so that tables made on the way are seen as well.
    let branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 0).await;
    member.says(SLUG, &branch.comment("Casework", "support", "Yes.")).await;
    branch.closes().await;

    let tables = Tables::of(&branch.server);
    let (voices, members) = sides(&tables);
    assert!(!voices.is_empty() && !members.is_empty(), "both sides exist: {:?}", tables.0);
    let both: Vec<_> = voices.intersection(&members).collect();
    assert!(both.is_empty(), "these tables hold both: {both:?}");
    for (table, columns) in &tables.0 {
        if voices.contains(table.as_str()) {
            let moments: Vec<_> = columns.iter().filter(|column| column.ends_with("_at")).collect();
            assert!(moments.is_empty(), "{table} keeps a moment in {moments:?}");
        }
    }
}

/// Tables that hang on a voice, and tables that name a member.
fn sides(tables: &Tables) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let speaks = |column: &str| column.contains("voice") || column == "reader_tag" || column == "receipt";
    let names = |column: &str| ["member", "invitation", "email"].iter().any(|word| column.contains(word));
    let with = |is: &dyn Fn(&str) -> bool| -> BTreeSet<&str> {
        let found = tables.0.iter().filter(|(table, columns)| is(table) || columns.iter().any(|column| is(column)));
        found.map(|(table, _)| table.as_str()).collect()
    };
    (with(&speaks), with(&names))
}

/// `SQLite` keeps no trace of which transaction wrote a row; `PostgreSQL` does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_transaction_writes_both_a_voice_and_a_member() {
    if !Database::postgres_is_here() {
        return;
    }
    let branch = Branch::consulting(Database::Postgres).await;
    // Everything a member can do that leaves a row, on pages and by API.
    let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Early Help", 0)).await;
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
    let form = visitor.get(&way).await.shown().form().with("position", "support").with("body", "Yes.");
    visitor.press(form.with("permission", "paraphrase").in_confidence()).await.shown();
    let finish = visitor.get(&format!("/c/{SLUG}/finish")).await.shown().form();
    visitor.press(finish.with_if_asked("no_more", "yes")).await.shown();
    let member = branch.member("Fostering", 0).await;
    let said = member.says(SLUG, &branch.comment("Casework", "support", "Yes.")).await;
    member.changes(SLUG, &said["id"], &branch.comment("Casework", "oppose", "No.")).await.ok();

    let tables = Tables::of(&branch.server);
    let (voices, members) = sides(&tables);
    let writers = |side: &BTreeSet<&str>| -> BTreeSet<String> {
        side.iter().flat_map(|table| Tables::writers_of(&branch.server, table)).collect()
    };
    let (of_voices, of_members) = (writers(&voices), writers(&members));
    assert!(!of_voices.is_empty() && !of_members.is_empty(), "both sides were written");
    let both: Vec<_> = of_voices.intersection(&of_members).collect();
    assert!(both.is_empty(), "these transactions wrote both sides: {both:?}");
}

async fn nothing_planted_in_the_run_turns_up_in_a_log_and_no_words_in_a_mail(database: Database) {
    // The most talkative log anyone would switch on.
    let server = Server::spawn_with(database, &[("SOUNDINGS__LOG__FILTER", "debug")]);
    let mut branch = Branch::on(server, &json!({})).await;
    let planted = ["Zanzibarquokka", "Vexillographer", "Quetzalmarmalade", "Umbrellaharpsichord"];

    let letter = branch.letter("Fostering", 7).clone();
    let (mut visitor, _) = Member::visits(&branch.server, &letter).await;
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
    let form = visitor.get(&way).await.shown().form();
    let form = form.with("position", "support_if").with("condition", planted[1]).with("body", planted[0]);
    let form = form.with("new_wording", planted[2]).with("permission", "word_for_word").in_confidence();
    visitor.press(form).await.shown();
    // Words that are refused are words all the same.
    let again = visitor.get(&way).await.form();
    visitor.press(again.with("body", &format!("{}\u{1}", planted[3]))).await;

    let member = branch.member("Early Help", 2).await;
    let said = member.says(SLUG, &branch.comment("Supervision", "oppose", planted[0])).await;
    member.changes(SLUG, &said["id"], &branch.comment("Supervision", "oppose", planted[3])).await.ok();
    member.tries_to_say(SLUG, &json!({ "position": planted[1], "body": planted[2] })).await;
    // A lost link, asked for again by an address that is known.
    let lost = visitor.get("/lost").await;
    visitor.press(lost.form().with("email", &letter.to)).await.shown();
    branch.organiser.mails(SLUG, "reminder", "Soon", "Please.").await;
    branch.server.mail_is_due();
    // 18 invitations, 18 reminders, and her link again.
    branch.server.mailbox().fills_to(37).await;
    branch.closes().await;
    branch.negotiator.exports_csv(SLUG).await;
    branch.server.stop();

    let log = branch.server.log();
    assert!(log.lines().count() > 10, "the log was on: {log}");
    for word in planted {
        assert!(!log.contains(word), "the words {word} are in the log");
    }
    for letter in branch.server.mailbox().letters() {
        assert!(!log.contains(&letter.to), "the address {} is in the log", letter.to);
        if letter.text.contains("/go/") {
            assert!(!log.contains(&letter.token()), "a link is in the log");
        }
        for word in planted {
            let everything = format!("{}{}{}{}", letter.raw, letter.subject, letter.text, letter.html);
            assert!(!everything.contains(word), "the words {word} are in a mail to {}", letter.to);
        }
    }
    assert!(!log.contains("members.example.org"), "no address at all");
    let receipt = said["receipt"].as_str().expect("a receipt");
    assert!(!log.contains(receipt), "a receipt is in the log");
}
