//! Questions beside the draft: the two-minute route, and what negotiators make of the answers.

use serde_json::{Value, json};

use crate::support::{Branch, Colleague, Database, Member, Organiser, SLUG, Server, Visitor, both};

both!(
    a_member_answers_in_two_minutes_and_that_is_a_response,
    one_tap_is_enough_and_every_question_can_be_skipped,
    an_answer_alone_never_shows_before_its_batch,
    a_changed_answer_takes_the_place_of_the_first_with_the_next_batch,
    a_further_device_adds_answers_and_changes_none,
    answers_after_the_deadline_are_given_back,
    the_same_answers_sent_twice_count_once,
    the_team_pack_prints_what_is_asked,
    what_is_asked_is_fixed_when_it_opens,
    many_questions_come_one_by_one,
    an_organiser_prepares_questions_without_the_api,
    answers_leave_the_house_with_the_release,
    words_in_answers_reach_no_log_and_no_mail,
);

fn questions() -> Value {
    json!([
        { "kind": "one_choice", "wording": "Do you support the draft?", "options": ["Yes", "No"], "prefer_not_to_say": true },
        { "kind": "several", "wording": "What matters most?", "options": ["Workload", "Pay"], "other": true },
        { "kind": "scale", "wording": "How much would it change your week?",
          "scale": { "from": 1, "to": 5, "from_words": "not at all", "to_words": "very much" } },
        { "kind": "long_text", "wording": "What did we miss?", "help": "In a few words." },
    ])
}

/// A branch that asks four questions, with their ids.
async fn asking(database: Database) -> (Branch, Vec<String>) {
    asking_on(Server::spawn(database)).await
}

async fn asking_on(server: Server) -> (Branch, Vec<String>) {
    let branch = Branch::on(server, &json!({ "questions": questions() })).await;
    let ids = ids(&branch).await;
    (branch, ids)
}

async fn ids(branch: &Branch) -> Vec<String> {
    let shown = branch.organiser.api.get(&format!("/consultations/{SLUG}")).await.ok();
    let questions = shown["questions"].as_array().expect("questions");
    questions.iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
}

fn one(question: &str, chosen: &[&str], words: &str) -> Value {
    json!({ "answers": [{ "question": question, "chosen": chosen, "words": words }], "permission": "paraphrase" })
}

async fn answers(member: &Member, body: &Value) -> Value {
    member.api.post(&format!("/consultations/{SLUG}/answers"), body).await.ok()
}

/// Counts of a question at the desks, in the order of its choices.
async fn counts(branch: &Branch, number: usize) -> Vec<u64> {
    let found = branch.negotiator.api.get(&format!("/consultations/{SLUG}/answers")).await.ok();
    let counts = found["items"][number]["counts"].as_array().expect("counts").clone();
    counts.iter().map(|one| one["count"].as_u64().expect("a number")).collect()
}

async fn words(branch: &Branch) -> Vec<Value> {
    branch.negotiator.api.all(&format!("/consultations/{SLUG}/answers/words")).await
}

async fn a_member_answers_in_two_minutes_and_that_is_a_response(database: Database) {
    let (branch, ids) = asking(database).await;
    // Her link, the button, the answer, and sent: four actions.
    let mut visitor = Visitor::new(branch.server.url());
    let letter = visitor.get(&format!("/go/{}", branch.letter("Fostering", 0).token())).await.shown();
    letter.says("Answer in two minutes");
    let page = visitor.press(letter.form().with_anyway("to", "questions")).await.shown();
    assert_eq!(page.path, format!("/c/{SLUG}/questions"));
    for wording in ["Do you support the draft?", "not at all", "In a few words.", "Prefer not to say"] {
        page.says(wording);
    }
    let sent = visitor.press(page.form().with(&format!("q-{}", ids[0]), "1")).await.shown();
    assert_eq!(sent.path, format!("/c/{SLUG}/questions/sent"));
    sent.says("We have your answers");
    let links = sent.links(&format!("/c/{SLUG}"));
    assert_eq!(links.len(), 5, "draft and response on top, then draft, done and change: {links:?}");

    let mine = visitor.get(&format!("/c/{SLUG}/mine")).await.shown();
    mine.says("Your answers to 1 of 4 questions");
    mine.does_not_say("You have not said anything yet");
    let draft = visitor.get(&format!("/c/{SLUG}")).await.shown();
    draft.says("You have answered 1 question.");
    let finish = visitor.get(&format!("/c/{SLUG}/finish")).await.shown();
    finish.says("Check your response");
    finish.says("Your answers to 1 of 4 questions");
    visitor.press(finish.form()).await.shown().says("Thank you, you have finished");

    // It counts as a response, as nine of nine show.
    for number in 1..9 {
        answers(&branch.member("Fostering", number).await, &one(&ids[0], &["2"], "")).await;
    }
    branch.closes().await;
    let progress = branch.organiser.progress(SLUG).await;
    let fostering = progress["labels"].as_array().expect("labels").iter().find(|one| one["label"] == "Fostering");
    assert_eq!(fostering.expect("a label")["band"], "75_and_over");
    assert_eq!(counts(&branch, 0).await, [1, 8, 0]);
}

async fn one_tap_is_enough_and_every_question_can_be_skipped(database: Database) {
    let (branch, ids) = asking(database).await;
    let (mut visitor, draft) = Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    assert_eq!(draft.links(&format!("/c/{SLUG}/questions")).len(), 1, "offered on the reading page's top");
    let way = format!("/c/{SLUG}/questions");
    let form = visitor.get(&way).await.shown().form();
    let nothing = visitor.press(form.clone()).await;
    assert_eq!(nothing.status, 422);
    nothing.says("Answer at least one question");
    // Words of one's own want a permission; a choice does not.
    let text = format!("q-{}", ids[3]);
    let refused = visitor.press(form.clone().with(&text, "Nights and weekends.")).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.form().value(&text), Some("Nights and weekends."), "everything typed is kept");
    let form = refused.form().with("permission", "word_for_word").in_confidence();
    // "Other" is taken from its words, ticked or not.
    let form = form.with(&format!("q-{}-other", ids[1]), "Holidays").also(&format!("q-{}", ids[1]), "1");
    visitor.press(form).await.shown().says("We have your answers");

    let again = visitor.get(&way).await.shown();
    assert!(!again.asks_for("permission"), "asked once for all she says");
    let comment = visitor.get(&format!("/c/{SLUG}/comment/whole")).await.shown();
    assert!(!comment.asks_for("permission"), "and not again with a comment");
    // Sending the same page changes nothing, and a choice can be taken back.
    let form = again.form();
    assert_eq!(form.value(&format!("q-{}-other", ids[1])), Some("Holidays"));
    visitor.press(form.clone().with(&text, "")).await.shown();
    branch.closes().await;
    assert_eq!(counts(&branch, 1).await, [1, 0, 1]);
    let words = words(&branch).await;
    assert_eq!(words.len(), 1, "the emptied answer is gone: {words:?}");
    assert_eq!((&words[0]["words"], &words[0]["permission"]), (&json!("Holidays"), &json!("word_for_word")));
    assert_eq!((&words[0]["label"], &words[0]["name"]), (&json!("Fostering"), &Value::Null));
}

async fn an_answer_alone_never_shows_before_its_batch(database: Database) {
    let (branch, ids) = asking(database).await;
    for number in 0..2 {
        answers(&branch.member("Fostering", number).await, &one(&ids[3], &[], "Nobody has seen this yet.")).await;
    }
    branch.server.clock_says("2026-11-24T07:00:00Z");
    branch.server.mail_is_due();
    assert_eq!(words(&branch).await.len(), 0, "two are too few");
    let mut desk = Visitor::at_the_desk(&branch.server, "negotiator").await;
    desk.get(&format!("/desk/{SLUG}/answers")).await.shown().does_not_say("Nobody has seen this yet.");
    let refused = branch.negotiator.api.post(&format!("/consultations/{SLUG}/releases"), &json!({})).await;
    refused.refused(409);
    // A third voice makes a batch, be it with a comment.
    branch.member("Early Help", 0).await.says(SLUG, &branch.comment("Casework", "support", "Yes.")).await;
    assert_eq!(words(&branch).await.len(), 0, "not before its hour");
    branch.server.clock_says("2026-11-25T07:00:00Z");
    branch.server.mail_is_due();
    assert_eq!(words(&branch).await.len(), 2);
    let mut desk = Colleague::joins(&branch.server, "Reading", &["negotiator"]).await.visitor;
    desk.get(&format!("/desk/{SLUG}/answers")).await.shown().says("Nobody has seen this yet.");
    let words = words(&branch).await;
    assert_eq!(words[0]["batch"], "2026-11-25", "a day, never a time");
}

async fn a_changed_answer_takes_the_place_of_the_first_with_the_next_batch(database: Database) {
    let (branch, ids) = asking(database).await;
    let mut members = Vec::new();
    for number in 0..3 {
        members.push(branch.member("Fostering", number).await);
        answers(&members[number], &one(&ids[0], &["1"], "")).await;
    }
    branch.server.clock_says("2026-11-24T07:00:00Z");
    branch.server.mail_is_due();
    assert_eq!(counts(&branch, 0).await, [3, 0, 0]);
    let first = members[0].api.get("/me").await.ok()["consultations"][0]["answers"][0].clone();
    let changed = answers(&members[0], &one(&ids[0], &["2"], "")).await;
    assert_eq!(changed["receipt"], first["receipt"], "the receipt stays hers");
    assert_eq!(changed["answers"][0]["id"], first["id"]);
    answers(&members[1], &one(&ids[0], &[], "")).await;
    assert_eq!(counts(&branch, 0).await, [3, 0, 0], "nobody can tie a change to a moment");
    let mine = members[0].api.get("/me").await.ok();
    assert_eq!(mine["consultations"][0]["answers"][0]["chosen"], json!(["2"]), "she sees it at once");
    let mine = members[1].api.get("/me").await.ok();
    assert_eq!(mine["consultations"][0]["answers"], json!([]));
    // Taken back, and answered anew: still one voice, one answer.
    answers(&members[1], &one(&ids[0], &["no_answer"], "")).await;
    branch.closes().await;
    assert_eq!(counts(&branch, 0).await, [1, 1, 1]);
}

async fn a_further_device_adds_answers_and_changes_none(database: Database) {
    let (branch, ids) = asking(database).await;
    let letter = branch.letter("Fostering", 3);
    answers(&branch.member("Fostering", 3).await, &one(&ids[0], &["1"], "")).await;
    let (mut visitor, _) = Member::visits(&branch.server, letter).await;
    let page = visitor.get(&format!("/c/{SLUG}/questions")).await.shown();
    page.says("You wrote on another device");
    let form = page.form();
    assert_eq!(form.value(&format!("q-{}", ids[0])), None, "what was said is not shown");
    let form = form.with(&format!("q-{}", ids[0]), "2").with(&format!("q-{}", ids[2]), "4");
    let sent = visitor.press(form).await.shown();
    sent.says("You answered this question on another device.");
    let further = branch.member("Fostering", 3).await;
    assert_eq!(further.level, "write");
    let answered = answers(&further, &one(&ids[0], &["2"], "")).await;
    assert_eq!(answered["kept"], json!([ids[0]]));
    let guessed = answers(&further, &one(&ids[0], &["1"], "")).await;
    assert_eq!(guessed, answered, "a guess that is right is answered as one that is wrong");
    assert_eq!(further.api.get("/me").await.ok()["consultations"][0]["answers"], json!([]));
    branch.closes().await;
    assert_eq!(counts(&branch, 0).await, [1, 0, 0]);
    assert_eq!(counts(&branch, 2).await, [0, 0, 0, 1, 0]);
}

async fn answers_after_the_deadline_are_given_back(database: Database) {
    let (branch, ids) = asking(database).await;
    let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Fostering", 4)).await;
    let early = branch.member("Fostering", 5).await;
    answers(&early, &one(&ids[0], &["1"], "")).await;
    let form = visitor.get(&format!("/c/{SLUG}/questions")).await.shown().form();
    // In the time of grace a new answer is taken and marked; an old one stays.
    branch.server.clock_says("2026-12-04T17:05:00Z");
    let late = visitor.press(form.clone().with(&format!("q-{}", ids[0]), "1")).await.shown();
    late.says("It came after the deadline and is marked as late.");
    early.api.post(&format!("/consultations/{SLUG}/answers"), &one(&ids[0], &["2"], "")).await.refused(409);
    branch.server.clock_says("2026-12-04T18:00:00Z");
    let form = form.with(&format!("q-{}", ids[3]), "Too late for the bus, too.").with("permission", "paraphrase");
    let refused = visitor.press(form.with(&format!("q-{}", ids[0]), "2")).await;
    assert_eq!(refused.status, 409);
    refused.says("This came too late");
    refused.says("Too late for the bus, too.");
    refused.says("What did we miss?");
    let gone = visitor.get(&format!("/c/{SLUG}/questions")).await.shown();
    assert_eq!(gone.path, format!("/c/{SLUG}/mine"));
    assert_eq!(gone.links(&format!("/c/{SLUG}/questions")).len(), 0, "nothing to change any more");
}

async fn the_same_answers_sent_twice_count_once(database: Database) {
    let (branch, ids) = asking(database).await;
    let member = branch.member("Early Help", 1).await;
    let way = format!("/consultations/{SLUG}/answers");
    let first = member.api.post_once(&way, "k1", &one(&ids[3], &[], "Once.")).await.ok();
    let second = member.api.post_once(&way, "k1", &one(&ids[3], &[], "Once.")).await.ok();
    assert_eq!(first, second);
    member.api.post_once(&way, "k1", &one(&ids[3], &[], "Other words.")).await.refused(409);
    let wrong = member.api.post(&way, &one(&ids[0], &["3"], "")).await.refused(422);
    assert_eq!(wrong["errors"][0]["pointer"], "#/answers/0");
    member.api.post(&way, &one(&branch.draft.document, &["1"], "")).await.refused(404);
    branch.closes().await;
    assert_eq!(words(&branch).await.len(), 1);
}

async fn the_team_pack_prints_what_is_asked(database: Database) {
    let (branch, _) = asking(database).await;
    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let pack = organiser.get(&format!("/desk/{SLUG}/team-pack")).await.shown();
    for words in ["Do you support the draft?", "Prefer not to say", "5: very much", "Workload", "What did we miss?"] {
        pack.says(words);
    }
    let boxes = pack.html.matches("<li>Yes</li><li>No</li>").count();
    assert_eq!(boxes, 1, "each choice has its box");
}

async fn what_is_asked_is_fixed_when_it_opens(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let way = format!("/consultations/{SLUG}");
    let wrong = json!({ "questions": [{ "kind": "scale", "wording": "" }, { "kind": "several", "wording": "x", "block": "4.2" }] });
    let refused = organiser.prepares(SLUG, "2026-12-04T17:00:00", &wrong).await.refused(422);
    assert_eq!(refused["errors"][0]["pointer"], "#/questions/1/block", "{refused}");
    let branch = Branch::on(server, &json!({ "questions": questions() })).await;
    let api = &branch.organiser.api;
    let shown = api.get(&way).await.ok()["questions"].clone();
    api.patch(&way, &json!({ "questions": shown })).await.ok();
    let mut changed = shown.clone();
    changed[0]["wording"] = json!("Do you love the draft?");
    api.patch(&way, &json!({ "questions": changed })).await.refused(409);
    api.patch(&way, &json!({ "questions": [] })).await.refused(409);
    let mut more = shown.clone();
    let number =
        branch.draft.blocks.iter().find(|block| block["text"].as_str().is_some_and(|text| text.contains("Casework")));
    let number = number.expect("a block")["number"].clone();
    more.as_array_mut().expect("a list").push(json!({ "kind": "short_text", "wording": "And?", "block": number }));
    let shown = api.patch(&way, &json!({ "questions": more })).await.ok()["questions"].clone();
    assert_eq!(shown[4]["block"], json!(branch.draft.block("Casework")), "a number finds its block");
    // It stands below its passage, on the draft and on the comment page.
    let (mut visitor, draft) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let about = format!("A question about {}", number.as_str().expect("a number"));
    draft.says(&about);
    visitor.get(&format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"))).await.shown().says(&about);
    visitor.get(&format!("/c/{SLUG}/questions")).await.shown().says("Casework stays with the teams.");
}

async fn many_questions_come_one_by_one(database: Database) {
    let many: Vec<Value> = (1..=7)
        .map(|number| json!({ "kind": "one_choice", "wording": format!("Number {number}?"), "options": ["Yes", "No"] }))
        .collect();
    let branch = Branch::consulting_with(database, &json!({ "questions": many })).await;
    let ids = ids(&branch).await;
    let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Fostering", 6)).await;
    let mut page = visitor.get(&format!("/c/{SLUG}/questions")).await.shown();
    for (place, id) in ids.iter().enumerate() {
        page.says(&format!("Question {} of 7", place + 1));
        // Every second one is skipped, by the same button.
        let form = page.form();
        page = visitor.press(if place % 2 == 0 { form.with(&format!("q-{id}"), "2") } else { form }).await.shown();
    }
    page.says("We have your answers");
    branch.closes().await;
    assert_eq!((counts(&branch, 0).await, counts(&branch, 1).await), (vec![0, 1], vec![0, 0]));
}

async fn an_organiser_prepares_questions_without_the_api(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    organiser.prepares(SLUG, "2026-12-04T17:00:00", &json!({})).await.ok();
    organiser.publishes(SLUG, crate::support::DRAFT).await;
    let Colleague { mut visitor, .. } = Colleague::joins(&server, "Organising", &["organiser"]).await;
    let way = format!("/desk/{SLUG}/questions");
    let empty = visitor.get(&way).await.shown();
    let list = visitor.press(empty.form_to(&format!("{way}/preset"))).await.shown();
    list.says("1. All in all, do you support the draft?");
    let form = visitor.get(&format!("{way}/new")).await.shown().form();
    let wrong = visitor.press(form.with("wording", "How much?").with("block", "99").with("options", "A")).await;
    assert_eq!(wrong.status, 422);
    wrong.says("The draft has no passage of this number.");
    wrong.says("Give at least two answers");
    let right = wrong.form().with("kind", "scale").with("to_words", "a lot").with("block", "1.1").without("options");
    let list = visitor.press(right).await.shown();
    list.says("4. How much?");
    list.says("About passage 1.1");
    list.says("1 to 5 (a lot)");
    let up = list.links(&way).into_iter().rfind(|link| !link.ends_with("/new") && !link.ends_with("/preview"));
    let list = visitor.press(list.form_to(&format!("{}/up", up.expect("the last question")))).await.shown();
    list.says("3. How much?");
    visitor.get(&format!("{way}/preview")).await.shown().says("What did we miss, or get wrong?");
    let last = list.links(&way).into_iter().rfind(|link| !link.ends_with("/new") && !link.ends_with("/preview"));
    let last = last.expect("the last question");
    visitor.get(&last).await.shown();
    let list = visitor.press(list.form_to(&format!("{last}/remove"))).await.shown();
    list.does_not_say("What did we miss");
    visitor.get(&format!("/desk/{SLUG}/check")).await.shown().says("Members can answer 3 questions in two minutes.");
}

async fn answers_leave_the_house_with_the_release(database: Database) {
    let (branch, ids) = asking(database).await;
    let receipt =
        answers(&branch.member("Fostering", 0).await, &one(&ids[3], &[], "=Nights()")).await["receipt"].clone();
    let named = json!({ "answers": [{ "question": ids[3], "words": "Days." }, { "question": ids[0], "chosen": ["1"] }],
                        "permission": "word_for_word", "with_name": true });
    answers(&branch.member("Early Help", 0).await, &named).await;
    branch.closes().await;
    let release = branch.negotiator.releases(SLUG).await;
    let file = branch.negotiator.asks_for(SLUG, release, "json", "negotiator").await.ok();
    assert_eq!((&file["release"]["answers"], &file["release"]["comments"]), (&json!(3), &json!(0)));
    assert_eq!(file["questions"].as_array().map(Vec::len), Some(4));
    assert_eq!(file["questions"][0]["answered"], 1);
    let yes = json!({ "number": 1, "choice": "1", "choice_words": "Yes", "label": "Early Help", "count": 1 });
    assert!(file["questions"][0]["counts"].as_array().is_some_and(|counts| counts.contains(&yes)), "{file}");
    let said = file["answers"].as_array().expect("words");
    assert_eq!(said.len(), 2, "words alone are in rows; choices only as counts");
    let words = |text: &str| said.iter().find(|one| one["words"] == text).expect("her words").clone();
    assert_eq!(words("=Nights()")["name"], Value::Null);
    assert_eq!(words("=Nights()")["permission"], "paraphrase");
    assert_eq!(words("Days.")["name"], "Member 0 of Early Help");
    assert!(!file.to_string().contains(receipt.as_str().expect("a receipt")), "a receipt is hers alone");
    let again = branch.negotiator.asks_for(SLUG, release, "json", "negotiator").await.ok();
    assert_eq!(file, again, "frozen");
    let book = branch.negotiator.asks_for(SLUG, release, "xlsx", "negotiator").await;
    book.ok_bytes();
    let table = branch.negotiator.exports_csv(SLUG).await;
    assert_eq!(table.len(), 1, "the CSV holds comments alone");

    let mut desk = Visitor::at_the_desk(&branch.server, "negotiator").await;
    let page = desk.get(&format!("/desk/{SLUG}/answers")).await.shown();
    for words in ["=Nights()", "Member 0 of Early Help", "100%", "1 person answered."] {
        page.says(words);
    }
    let one_team = desk.get(&format!("/desk/{SLUG}/answers?label=Fostering")).await.shown();
    one_team.does_not_say("Days.");
    desk.get(&format!("/desk/{SLUG}/answers/{}", ids[3])).await.shown().says("2 answers in words");
}

async fn words_in_answers_reach_no_log_and_no_mail(database: Database) {
    let server = Server::spawn_with(database, &[("SOUNDINGS__LOG__FILTER", "debug")]);
    let (mut branch, ids) = asking_on(server).await;
    let planted = ["Zanzibarquokka", "Vexillographer", "Quetzalmarmalade"];
    let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Fostering", 7)).await;
    let form = visitor.get(&format!("/c/{SLUG}/questions")).await.shown().form();
    let form = form.with(&format!("q-{}", ids[3]), planted[0]).with(&format!("q-{}-other", ids[1]), planted[1]);
    visitor.press(form.clone().with("permission", "paraphrase")).await.shown();
    visitor.press(form.with(&format!("q-{}", ids[3]), &format!("{}\u{1}", planted[2]))).await;
    let member = branch.member("Early Help", 2).await;
    answers(&member, &one(&ids[3], &[], planted[2])).await;
    branch.organiser.mails(SLUG, "reminder", "Soon", "Please.").await;
    branch.server.mail_is_due();
    branch.server.mailbox().fills_to(36).await;
    branch.closes().await;
    branch.negotiator.releases(SLUG).await;
    branch.server.stop();
    let log = branch.server.log();
    assert!(log.lines().count() > 10, "the log was on: {log}");
    for word in planted {
        assert!(!log.contains(word), "the words {word} are in the log");
        for letter in branch.server.mailbox().letters() {
            assert!(!letter.raw.contains(word) && !letter.text.contains(word), "the words {word} are in a mail");
        }
    }
}
