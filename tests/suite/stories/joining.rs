//! People who are not on the list: whoever asks is answered alike, a person lets her in.

use crate::support::{Branch, Database, Letter, Member, SLUG, Tables, Visitor, address, both};

both!(
    a_colleague_asks_confirms_and_is_let_in_as_a_member,
    a_colleague_who_is_no_member_is_counted_apart_and_waits_while_they_are_few,
    an_address_that_is_invited_and_one_that_is_not_are_answered_alike,
    an_address_at_work_is_warned_of_and_a_refusal_is_polite,
    a_rep_answers_for_her_own_team_alone,
    an_address_that_nobody_confirms_is_forgotten,
);

fn ask_path() -> String {
    format!("/c/{SLUG}/join")
}

async fn asks(branch: &Branch, email: &str, says_member: &str, team: &str) -> String {
    let mut visitor = Visitor::new(branch.server.url());
    let page = visitor.get(&ask_path()).await.shown();
    let team = branch.organiser.team(team).await;
    let form =
        page.form().with("name", "Ines Ferreira").with("email", email).with("team", team.as_str().expect("an id"));
    let sent = visitor.press(form.with("says_member", says_member)).await.shown();
    sent.says("Look at your mail");
    branch.server.mail_is_due();
    sent.text().clone()
}

/// The letter to an address in which this stands, once there are so many in all.
async fn letter_to(branch: &Branch, email: &str, count: usize, holds: &str) -> Letter {
    let letters = branch.server.mailbox().fills_to(count).await;
    let found = letters.into_iter().find(|letter| letter.to == email && letter.text.contains(holds));
    found.unwrap_or_else(|| panic!("nobody wrote {holds:?} to {email}"))
}

async fn confirms(branch: &Branch, letter: &Letter) {
    let at = letter.text.find("/join/").expect("a link to confirm");
    let path = letter.text[at..].split_whitespace().next().expect("a path").to_owned();
    let mut visitor = Visitor::new(branch.server.url());
    let page = visitor.get(&path).await.shown();
    page.says("One press");
    visitor.press(page.form()).await.shown().says("Your request is on its way");
}

async fn answered(branch: &Branch, desk: &mut Visitor, verdict: &str) {
    let list = desk.get(&format!("/desk/{SLUG}/joining")).await.shown();
    list.says("Ines Ferreira");
    let one = list.links(&format!("/desk/{SLUG}/joining/")).first().expect("a request").clone();
    let page = desk.get(&one).await.shown();
    desk.press(page.form().with("verdict", verdict)).await.shown().says("Nobody waits for an answer.");
    branch.server.mail_is_due();
}

async fn a_colleague_asks_confirms_and_is_let_in_as_a_member(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut public = Visitor::new(branch.server.url());
    assert_eq!(public.get(&format!("/c/{SLUG}")).await.shown().links(&ask_path()).len(), 1);
    asks(&branch, "ines@home.example", "yes", "Fostering").await;
    let mut desk = Visitor::at_the_desk(&branch.server, "organiser").await;
    desk.get(&format!("/desk/{SLUG}/joining")).await.shown().does_not_say("Ines");
    confirms(&branch, &letter_to(&branch, "ines@home.example", 19, "/join/").await).await;
    answered(&branch, &mut desk, "member").await;
    let link = letter_to(&branch, "ines@home.example", 20, "/go/").await;
    assert!(link.text.contains(&branch.server.at(&format!("/c/{SLUG}"))), "the public address");
    let member = Member::enters(&branch.server, &link).await;
    member.says(SLUG, &branch.comment("Casework", "support", "Yes.")).await;
    branch.closes().await;
    let said = branch.negotiator.comments(SLUG).await;
    assert_eq!(said[0]["label"], "Fostering");
    assert_eq!(branch.organiser.progress(SLUG).await["invited"], 19);
}

async fn a_colleague_who_is_no_member_is_counted_apart_and_waits_while_they_are_few(database: Database) {
    let branch = Branch::consulting(database).await;
    asks(&branch, "ines@home.example", "no", "Fostering").await;
    confirms(&branch, &letter_to(&branch, "ines@home.example", 19, "/join/").await).await;
    let mut desk = Visitor::at_the_desk(&branch.server, "organiser").await;
    answered(&branch, &mut desk, "colleague").await;
    let letter = letter_to(&branch, "ines@home.example", 20, "/go/").await;
    assert!(letter.text.contains("as a colleague who is not a member"), "{}", letter.text);
    let (mut visitor, draft) = Member::visits(&branch.server, &letter).await;
    draft.says("You take part as a colleague who is not a member.");
    let comment = visitor.get(&format!("/c/{SLUG}/comment/whole")).await.shown();
    comment.says("What you say in confidence waits until eight such colleagues are let in.");
    let colleague = Member::enters(&branch.server, &letter).await;
    colleague.says(SLUG, &branch.comment("Casework", "oppose", "In confidence, and alone.")).await;
    branch.closes().await;
    assert!(branch.negotiator.comments(SLUG).await.is_empty(), "fewer than eight: nothing is shown");
    assert_eq!(branch.organiser.progress(SLUG).await["invited"], 18, "no member's denominator holds her");
    assert_eq!(branch.organiser.members().await.len(), 18, "and no list of members");
    let mut negotiator = Visitor::at_the_desk(&branch.server, "negotiator").await;
    negotiator.get(&format!("/desk/{SLUG}/groups")).await.shown().says("Fewer than eight colleagues");
}

async fn an_address_that_is_invited_and_one_that_is_not_are_answered_alike(database: Database) {
    let branch = Branch::consulting(database).await;
    let known = asks(&branch, &address("Fostering", 2), "yes", "Fostering").await;
    let unknown = asks(&branch, "nobody@home.example", "yes", "Fostering").await;
    assert_eq!(known, unknown);
    branch.server.mailbox().fills_to(20).await;
    let hers = branch.server.mailbox().letters_to(&address("Fostering", 2));
    assert_eq!(hers.len(), 2, "her link again");
    assert!(hers.iter().all(|letter| letter.text.contains("/go/") && !letter.text.contains("/join/")));
    for _ in 0..4 {
        assert_eq!(asks(&branch, "nobody@home.example", "yes", "Fostering").await, unknown);
    }
    let letters = branch.server.mailbox().fills_to(22).await;
    assert_eq!(letters.iter().filter(|letter| letter.to == "nobody@home.example").count(), 3, "three a day");
    branch.closes().await;
    let mut visitor = Visitor::new(branch.server.url());
    assert_ne!(visitor.get(&ask_path()).await.status, 200, "nobody asks after the deadline");
}

async fn an_address_at_work_is_warned_of_and_a_refusal_is_polite(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut desk = Visitor::at_the_desk(&branch.server, "organiser").await;
    let settings = desk.get(&format!("/desk/{SLUG}/settings")).await.shown();
    desk.press(settings.form().with("employer_domains", "county.example")).await.shown().says("county.example");
    asks(&branch, "ines@mail.county.example", "yes", "Fostering").await;
    let letter = letter_to(&branch, "ines@mail.county.example", 19, "/join/").await;
    assert!(letter.text.contains("an address at work"), "{}", letter.text);
    confirms(&branch, &letter).await;
    desk.get(&format!("/desk/{SLUG}/joining")).await.shown().says("An address of the employer.");
    answered(&branch, &mut desk, "declined").await;
    let no = letter_to(&branch, "ines@mail.county.example", 20, "Thank you").await;
    assert!(no.text.contains("Thank you for offering your view.") && !no.text.contains("/go/"), "{}", no.text);
    assert_eq!(branch.organiser.members().await.len(), 18);
}

async fn a_rep_answers_for_her_own_team_alone(database: Database) {
    let branch = Branch::consulting(database).await;
    let list = "email,name,team,rep\nfostering.0@members.example.org,Member 0 of Fostering,Fostering,yes\n";
    branch.organiser.imports(list).await;
    asks(&branch, "ines@home.example", "yes", "Early Help").await;
    confirms(&branch, &letter_to(&branch, "ines@home.example", 19, "/join/").await).await;
    let (mut rep, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    rep.get(&format!("/c/{SLUG}/joining")).await.shown().says("Nobody waits for an answer.");
    asks(&branch, "ola@home.example", "yes", "Fostering").await;
    confirms(&branch, &letter_to(&branch, "ola@home.example", 20, "/join/").await).await;
    let list = rep.get(&format!("/c/{SLUG}/joining")).await.shown();
    list.says("Ines Ferreira");
    list.does_not_say("ola@home.example");
    let one = list.links(&format!("/c/{SLUG}/joining/")).first().expect("a request").clone();
    let page = rep.get(&one).await.shown();
    rep.press(page.form().with("verdict", "member")).await.shown().says("Her link is on its way.");
    let (mut other, _) = Member::visits(&branch.server, branch.letter("Fostering", 1)).await;
    assert_eq!(other.get(&format!("/c/{SLUG}/joining")).await.status, 404, "no rep");
}

async fn an_address_that_nobody_confirms_is_forgotten(database: Database) {
    let branch = Branch::consulting(database).await;
    asks(&branch, "somebody@home.example", "no", "Fostering").await;
    assert!(Tables::contents(&branch.server)["join_request"].contains("somebody@home.example"));
    branch.server.clock_says("2026-11-30T07:00:00Z");
    branch.server.mail_is_due();
    assert_eq!(Tables::contents(&branch.server)["join_request"], "", "whoever typed it may be somebody else");
}
