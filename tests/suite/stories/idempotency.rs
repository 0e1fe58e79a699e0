//! A phone that sends twice because the first answer was lost in a tunnel.

use serde_json::json;

use crate::support::{Branch, Database, Organiser, SLUG, Server, both};

both!(
    a_comment_sent_twice_under_one_key_is_one_comment,
    without_a_key_the_same_words_are_two_comments,
    one_key_cannot_carry_two_different_comments,
    two_members_may_choose_the_same_key,
    a_team_made_twice_under_one_key_is_one_team,
    a_mailing_asked_for_twice_goes_out_once,
);

async fn a_comment_sent_twice_under_one_key_is_one_comment(database: Database) {
    let mut branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 0).await;
    let path = format!("/consultations/{SLUG}/comments");
    let comment = branch.comment("Casework", "support", "Once is enough.");
    let first = member.api.post_once(&path, "tunnel-1", &comment).await;
    let second = member.api.post_once(&path, "tunnel-1", &comment).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.json(), second.json());
    assert_eq!(member.has_said(SLUG).await.len(), 1);

    // Also when the server was gone in between.
    branch.server.kill();
    branch.server.start();
    let member = crate::support::Member { api: branch.server.api(Some(&session(&branch).await)), ..member };
    let third = member.api.post_once(&path, "tunnel-1", &comment).await;
    assert_eq!(third.json(), first.json());
}

/// The same member's session, from the same link.
async fn session(branch: &Branch) -> String {
    let link = branch.letter("Fostering", 0).link();
    let answer = branch.server.api(None).post("/session", &json!({ "link": link })).await.ok();
    answer["session"].as_str().expect("a session").to_owned()
}

async fn without_a_key_the_same_words_are_two_comments(database: Database) {
    let branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 0).await;
    let comment = branch.comment("Casework", "support", "Twice, on purpose.");
    let first = member.says(SLUG, &comment).await;
    let second = member.says(SLUG, &comment).await;
    assert_ne!(first["id"], second["id"]);
    assert_ne!(first["receipt"], second["receipt"]);
}

async fn one_key_cannot_carry_two_different_comments(database: Database) {
    let branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 0).await;
    let path = format!("/consultations/{SLUG}/comments");
    member.api.post_once(&path, "key", &branch.comment("Casework", "support", "The first.")).await.ok();
    let other = member.api.post_once(&path, "key", &branch.comment("Casework", "oppose", "Something else.")).await;
    assert!(matches!(other.status, 201 | 409 | 422), "{}", other.text());
    let said = member.has_said(SLUG).await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0]["body"], "The first.");
}

async fn two_members_may_choose_the_same_key(database: Database) {
    let branch = Branch::consulting(database).await;
    let path = format!("/consultations/{SLUG}/comments");
    for number in [1, 2] {
        let member = branch.member("Fostering", number).await;
        let comment = branch.comment("Casework", "support", &format!("From number {number}."));
        member.api.post_once(&path, "1", &comment).await.ok();
        assert_eq!(member.has_said(SLUG).await.len(), 1);
    }
}

async fn a_team_made_twice_under_one_key_is_one_team(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let team = json!({ "name": "Night Desk", "headcount": 4 });
    let first = organiser.api.post_once("/teams", "k", &team).await.ok();
    let second = organiser.api.post_once("/teams", "k", &team).await.ok();
    assert_eq!(first, second);
    assert_eq!(organiser.api.all("/teams").await.len(), 1);
}

async fn a_mailing_asked_for_twice_goes_out_once(database: Database) {
    let branch = Branch::consulting(database).await;
    let path = format!("/consultations/{SLUG}/mailings");
    let mailing =
        json!({ "kind": "reminder", "subject": "Soon", "body": "Please.", "teams": "all", "audience": "everyone" });
    let first = branch.organiser.api.post_once(&path, "friday", &mailing).await.ok();
    let second = branch.organiser.api.post_once(&path, "friday", &mailing).await.ok();
    assert_eq!(first["id"], second["id"]);
    branch.server.mail_is_due();
    branch.server.mail_is_due();
    assert_eq!(branch.server.mailbox().fills_to(36).await.len(), 36);
}
