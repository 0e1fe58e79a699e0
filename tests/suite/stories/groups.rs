//! What teams say together and on paper: beside what members say alone, and never added to it.

use serde_json::{Value, json};

use crate::support::{Branch, Database, Member, SLUG, Visitor, both};

both!(
    a_rep_s_meeting_counts_at_once_and_another_member_s_waits,
    one_person_by_web_paper_and_meeting_is_a_range_and_never_a_sum,
    a_slip_that_is_typed_twice_is_shown_beside_the_first,
    a_small_meeting_keeps_no_votes_and_nothing_names_its_recorder,
    a_point_travels_with_its_passage,
    a_team_pack_leads_to_the_public_page_alone,
);

fn path() -> String {
    format!("/consultations/{SLUG}/group-responses")
}

fn meeting(team: &Value, present: i32) -> Value {
    json!({ "team": team, "place": "Small hall", "date": "2026-11-20", "present": present,
            "points": [{ "block": "1.1", "position": "support_if", "words": "Only with a named deputy." }] })
}

/// Makes the first member of Fostering its rep.
async fn with_rep(branch: &Branch) -> Member {
    let list = "email,name,team,rep\nfostering.0@members.example.org,Member 0 of Fostering,Fostering,yes\n";
    branch.organiser.imports(list).await;
    branch.member("Fostering", 0).await
}

async fn counted(branch: &Branch) -> Value {
    branch.negotiator.api.get(&path()).await.ok()
}

async fn a_rep_s_meeting_counts_at_once_and_another_member_s_waits(database: Database) {
    let branch = Branch::consulting(database).await;
    let team = branch.organiser.team("Fostering").await;
    let rep = with_rep(&branch).await;
    let stored = rep.api.post(&path(), &meeting(&team, 12)).await;
    assert_eq!((stored.status, stored.json()["state"].clone()), (201, json!("confirmed")), "{}", stored.text());
    let again = rep.api.post(&path(), &meeting(&team, 12)).await;
    assert_eq!(again.status, 409);
    assert_eq!(again.json()["type"], "urn:soundings:problem:recorded-already", "{}", again.text());
    let other = branch.organiser.team("Early Help").await;
    let waits = branch.member("Fostering", 3).await.api.post(&path(), &meeting(&other, 9)).await;
    assert_eq!((waits.status, waits.json()["state"].clone()), (201, json!("recorded")), "{}", waits.text());
    let id = waits.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(counted(&branch).await["items"].as_array().map(Vec::len), Some(1), "the other waits");
    let mut negotiator = Visitor::at_the_desk(&branch.server, "negotiator").await;
    let hidden = negotiator.get(&format!("/desk/{SLUG}/groups/{id}")).await;
    assert_eq!(hidden.status, 404, "not for negotiators until it is confirmed");

    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let list = organiser.get(&format!("/desk/{SLUG}/groups")).await.shown();
    list.says("Waiting for you");
    let check = organiser.get(&format!("/desk/{SLUG}/groups/{id}/confirm")).await.shown();
    check.says("Negotiators will see it");
    organiser.press(check.form()).await.shown().says("Confirmed. It counts now.");
    let items = counted(&branch).await["items"].clone();
    assert_eq!(items.as_array().map(Vec::len), Some(2));
    assert_eq!(items[0]["points"][0]["block_number"], "1.1");
    let withdraw = organiser.get(&format!("/desk/{SLUG}/groups/{id}/withdraw")).await.shown();
    organiser.press(withdraw.form()).await.shown().says("The record is gone.");
    assert_eq!(counted(&branch).await["items"].as_array().map(Vec::len), Some(1));
}

async fn one_person_by_web_paper_and_meeting_is_a_range_and_never_a_sum(database: Database) {
    let branch = Branch::consulting(database).await;
    for (team, number) in (0..6).map(|n| ("Fostering", n)).chain((0..5).map(|n| ("Early Help", n))) {
        let member = branch.member(team, number).await;
        member.says(SLUG, &branch.comment("one voice", "support", "One voice, please.")).await;
    }
    let team = branch.organiser.team("Fostering").await;
    branch.organiser.api.post(&path(), &meeting(&team, 13)).await;
    let slip = json!({ "source": "paper", "team": team, "date": "2026-11-20",
                       "points": [{ "block": "1.1", "position": "support", "words": "One voice, please." }] });
    let pile = branch.organiser.api.post(&path(), &slip).await;
    assert_eq!((pile.status, pile.json()["people"].clone()), (201, json!(1)), "{}", pile.text());
    branch.closes().await;
    let listed = counted(&branch).await;
    assert_eq!(listed["heard"], json!({ "least": 13, "most": 11 + 13 + 1 }), "{listed}");
    let tallies = branch.negotiator.api.get(&format!("/consultations/{SLUG}/tallies")).await.ok();
    assert_eq!(tallies["total"], 11, "no count of comments holds them");
    let mut negotiator = Visitor::at_the_desk(&branch.server, "negotiator").await;
    let counts = negotiator.get(&format!("/desk/{SLUG}/counts")).await.shown();
    counts.says("13 to 25 people were heard.");
    let comments = negotiator.get(&format!("/desk/{SLUG}/comments")).await.shown();
    comments.says("Said in meetings and on paper");
    let progress = branch.organiser.progress(SLUG).await;
    assert_eq!(progress["invited"], 18, "{progress}");

    let release = branch.negotiator.releases(SLUG).await;
    let export = branch.negotiator.asks_for(SLUG, release, "json", "negotiator").await.ok();
    assert_eq!(export["comments"].as_array().map(Vec::len), Some(11));
    assert_eq!(export["group_responses"].as_array().map(Vec::len), Some(2));
    let rows = branch.negotiator.exports_csv(SLUG).await;
    let sources: Vec<&str> = rows.iter().filter_map(|row| row.get(17)).collect();
    assert_eq!(sources.iter().filter(|source| **source == "meeting").count(), 1, "{sources:?}");
    assert_eq!(sources.iter().filter(|source| **source == "paper").count(), 1);
}

async fn a_slip_that_is_typed_twice_is_shown_beside_the_first(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let team = branch.organiser.team("Fostering").await;
    let begin = organiser.get(&format!("/desk/{SLUG}/groups/slips")).await.shown();
    let team = team.as_str().expect("an id");
    let form = organiser.press(begin.form().with("team", team).with("date", "2026-11-20")).await.shown();
    let words = "Keep the desks where they are.";
    let next = organiser.press(form.form().with("point_0_block", "1.1").with("point_0_words", words)).await.shown();
    next.says("The slip is kept.");
    next.says("1 slip is in.");
    let again = next.form().with("point_0_block", "1.1").with("point_0_words", "keep the desks where they are");
    let twice = organiser.press(again).await;
    assert_eq!(twice.status, 409);
    twice.says("Already entered");
    twice.says(words);
    organiser.press(twice.form().with("step", "another")).await.shown().says("2 slips are in.");
    let wrong = organiser.get(&format!("/desk/{SLUG}/groups")).await.shown();
    wrong.says("paper slips");
}

async fn a_small_meeting_keeps_no_votes_and_nothing_names_its_recorder(database: Database) {
    let branch = Branch::consulting(database).await;
    let team = branch.organiser.team("Fostering").await;
    let mut small = meeting(&team, 7);
    small["for"] = json!(7);
    let refused = branch.organiser.api.post(&path(), &small).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("too-few-to-vote"), "{}", refused.text());
    let member = branch.member("Fostering", 4).await;
    assert_eq!(member.api.post(&path(), &meeting(&team, 7)).await.status, 201);
    let (mut visitor, draft) = Member::visits(&branch.server, branch.letter("Fostering", 5)).await;
    assert_eq!(draft.links(&format!("/c/{SLUG}/group")).len(), 1, "the way in is at the end of the draft");
    let own = visitor.get(&format!("/c/{SLUG}/group")).await.shown();
    own.does_not_say("Small hall");
    branch.organiser.closes(SLUG).await;
    let late = member.api.post(&path(), &meeting(&team, 9)).await;
    assert!(late.status == 409 || late.status == 403 || late.status == 422, "{}", late.text());
}

async fn a_point_travels_with_its_passage(database: Database) {
    let branch = Branch::consulting(database).await;
    let team = branch.organiser.team("Fostering").await;
    branch.organiser.api.post(&path(), &meeting(&team, 9)).await;
    let draft = format!("{}\nA last word on cost.\n", crate::support::DRAFT);
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &draft).await;
    let point = counted(&branch).await["items"][0]["points"][0].clone();
    assert_eq!((point["version"].clone(), point["state"].clone()), (json!(1), json!("unchanged")), "{point}");
    assert_eq!(point["block"], json!(branch.draft.block("one voice")));
    let without = draft.replace("There should be one voice for safeguarding.\n\n", "");
    branch.organiser.publishes_again(SLUG, &branch.draft.document, &without).await;
    let point = counted(&branch).await["items"][0]["points"][0].clone();
    assert_eq!((point["state"].clone(), point["block_number"].clone()), (json!("gone"), json!("1.1")), "{point}");
}

async fn a_team_pack_leads_to_the_public_page_alone(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let pack = organiser.get(&format!("/desk/{SLUG}/team-pack")).await.shown();
    pack.says("There should be one voice for safeguarding.");
    pack.says("Tell us what you think");
    pack.says(&branch.server.at(&format!("/c/{SLUG}")));
    assert!(!pack.html.contains("/go/"), "no personal link");
    let team = branch.organiser.team("Fostering").await;
    let own = format!("/desk/{SLUG}/team-pack?team={}&size=large", team.as_str().expect("an id"));
    organiser.get(&own).await.shown().says("Team pack: Fostering");
}
