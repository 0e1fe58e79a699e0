//! How an organiser sees who is silent, reaches those whom mail does not, gives more time, closes.

use serde_json::{Value, json};

use crate::support::{Branch, Database, Member, Organiser, SLUG, Server, Tables, Visitor, address, both, until};

both!(
    the_silent_team_comes_first_with_its_button,
    no_band_tells_of_fewer_than_eight,
    the_day_somebody_answers_shows_from_ten_on,
    whoever_chooses_her_team_is_counted_there_at_once,
    a_call_sheet_names_those_without_an_address_and_nobody_else,
    printed_codes_are_shown_on_request_and_work,
    more_time_moves_reminders_and_tells_members,
    more_time_says_each_mistake_and_keeps_what_was_typed,
    closing_states_its_numbers_then_closes_and_thanks,
    closing_early_wants_a_reason,
    a_preparing_consultation_says_what_to_do_next,
);

fn desk(page: &str) -> String {
    format!("/desk/{SLUG}/{page}")
}

/// So many of a team say something, and it reaches the desks.
async fn answer(branch: &Branch, team: &str, count: usize) {
    for number in 0..count {
        let member = branch.member(team, number).await;
        member.says(SLUG, &branch.comment("Casework", "support", "Yes.")).await;
    }
    branch.server.clock_says("2026-11-24T21:00:00Z");
    branch.server.mail_is_due();
}

async fn the_silent_team_comes_first_with_its_button(database: Database) {
    let branch = Branch::consulting(database).await;
    answer(&branch, "Early Help", 5).await;
    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let page = organiser.get(&desk("progress")).await.shown();
    let text = page.text();
    let (silent, loud) = (text.find("Fostering").expect("Fostering"), text.find("Early Help").expect("Early Help"));
    assert!(silent < loud, "{text}");
    page.says("Fostering under 25 %");
    page.says("Early Help 50–74 %");
    let fostering = branch.organiser.team("Fostering").await;
    let early_help = branch.organiser.team("Early Help").await;
    let write = page.links(&desk("mailings/new"));
    let way = |team: &Value| format!("{}?kind=reminder&team={}", desk("mailings/new"), team.as_str().expect("an id"));
    assert_eq!(write, [way(&fostering), way(&early_help)], "one press each, the silent first");
    // Five answered: how many is not said.
    page.says("How many have answered is shown from 10 on.");
    assert!(page.html.len() < 15_000, "{} bytes", page.html.len());
}

async fn no_band_tells_of_fewer_than_eight(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let rows: String =
        (0..7).map(|n| format!("{n}@small.example.org,Member {n},Night Desk\n")).collect::<Vec<_>>().concat();
    organiser.imports(format!("email,name,team\n{rows}")).await;
    organiser.prepares(SLUG, "2026-12-04T17:00:00", &json!({})).await.ok();
    organiser.publishes(SLUG, "# A\n\nWords.\n").await;
    organiser.opens(SLUG).await;
    organiser.mails(SLUG, "invitation", "Please read", "Ready.").await;
    server.mail_is_due();
    let letters = server.mailbox().fills_to(7).await;
    for letter in &letters {
        let member = Member::enters(&server, letter).await;
        let comment = json!({ "version": 1, "position": "support", "body": "Yes.", "permission": "count_only" });
        member.says(SLUG, &comment).await;
    }
    server.clock_says("2026-11-24T21:00:00Z");
    server.mail_is_due();
    let mut visitor = Visitor::at_the_desk(&server, "organiser").await;
    for page in ["progress", "close"] {
        let page = visitor.get(&desk(page)).await.shown();
        page.does_not_say("75 %");
        page.does_not_say("7 have answered");
    }
    visitor.get(&desk("progress")).await.says("too few to show");
}

async fn the_day_somebody_answers_shows_from_ten_on(database: Database) {
    let branch = Branch::consulting(database).await;
    answer(&branch, "Early Help", 9).await;
    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let page = organiser.get(&desk("progress")).await.shown();
    page.says("The days are shown from 10 answers on");
    assert!(!page.html.contains("<polyline"), "no line yet");
    // Before the hour of the day's batch, which brings all three or waits for the next day.
    branch.server.clock_says("2026-11-25T05:00:00Z");
    for number in 0..3 {
        let member = branch.member("Fostering", number).await;
        member.says(SLUG, &branch.comment("Casework", "oppose", "No.")).await;
    }
    branch.server.clock_says("2026-11-25T21:00:00Z");
    branch.server.mail_is_due();
    let mut organiser = Visitor::at_the_desk(&branch.server, "admin").await;
    let page = organiser.get(&desk("progress")).await.shown();
    page.says("12 have answered");
    page.says("Tuesday 24 November 9 9 Wednesday 25 November 3 12");
    assert!(page.html.contains("<polyline"), "a line");
    assert!(page.html.len() < 15_000, "{} bytes", page.html.len());
}

async fn whoever_chooses_her_team_is_counted_there_at_once(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let rows = |team: &str| -> String {
        (0..9).map(|n| format!("{},Member {n},{team}\n", address(team, n))).collect::<Vec<_>>().concat()
    };
    let both = "bo@members.example.org,Bo Th,Early Help\nbo@members.example.org,Bo Th,Fostering\n";
    organiser.imports(format!("email,name,team\n{}{}{both}", rows("Early Help"), rows("Fostering"))).await;
    organiser.prepares(SLUG, "2026-12-04T17:00:00", &json!({})).await.ok();
    organiser.publishes(SLUG, "# A\n\nWords.\n").await;
    organiser.opens(SLUG).await;
    organiser.mails(SLUG, "invitation", "Please read", "Ready.").await;
    server.mail_is_due();
    server.mailbox().fills_to(19).await;
    let mut desk_visitor = Visitor::at_the_desk(&server, "organiser").await;
    let page = desk_visitor.get(&desk("progress")).await.shown();
    page.says("19 members are invited.");
    page.says("Fostering under 25 % Write to them : Fostering 9");
    let letter = server.mailbox().letters_to("bo@members.example.org").remove(0);
    let mut bo = Visitor::new(server.url());
    let form = bo.get(&format!("/go/{}", letter.token())).await.shown().form();
    let team = organiser.team("Fostering").await;
    bo.press(form.with("team", team.as_str().expect("an id"))).await.shown();
    desk_visitor.get(&desk("progress")).await.shown().says("Fostering under 25 % Write to them : Fostering 10");
}

/// Two teams of nine, one of them without her address, one with a mail that came back.
async fn a_branch_with_gaps(database: Database) -> (Server, Organiser) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let rows = |team: &str| -> String {
        (0..9).map(|n| format!("{},Member {n} of {team},{team},\n", address(team, n))).collect::<Vec<_>>().concat()
    };
    let members = format!(
        "email,name,team,membership_number\n{}{},Wanda Pritchard,Fostering,480113\n",
        rows("Early Help"),
        rows("Fostering")
    );
    assert_eq!(organiser.imports(members).await["rejected"], json!([]));
    organiser.prepares(SLUG, "2026-12-04T17:00:00", &json!({})).await.ok();
    organiser.publishes(SLUG, "# A\n\nWords.\n").await;
    organiser.opens(SLUG).await;
    organiser.mails(SLUG, "invitation", "Please read", "Ready.").await;
    server.mail_is_due();
    server.mailbox().fills_to(18).await;
    (server, organiser)
}

async fn a_call_sheet_names_those_without_an_address_and_nobody_else(database: Database) {
    let (server, _) = a_branch_with_gaps(database).await;
    let mut organiser = Visitor::at_the_desk(&server, "organiser").await;
    let reach = organiser.get(&desk("reach")).await.shown();
    reach.says("Early Help 9 9 0 0 0");
    reach.says("Fostering 10 9 0 0 1");
    reach.says("Wanda Pritchard Fostering There is no mail address");
    reach.does_not_say("Member 3");
    let calls = organiser.get(&desk("calls")).await.shown();
    calls.says("Wanda Pritchard 480113 No mail address. Hand over the printed code.");
    calls.does_not_say("Member 3");
    calls.does_not_say("Early Help");
    assert!(!calls.text().contains("under 25"), "nothing of answers");
    assert_eq!(calls.cache, "no-store");
    assert!(Tables::contents(&server)["audit"].contains("show call sheets"));
}

async fn printed_codes_are_shown_on_request_and_work(database: Database) {
    let (server, api) = a_branch_with_gaps(database).await;
    let mut organiser = Visitor::at_the_desk(&server, "organiser").await;
    let told = api.api.get(&format!("/consultations/{SLUG}/printed-codes")).await.ok();
    let code = told["items"][0]["code"].as_str().expect("a code").to_owned();
    let page = organiser.get(&desk("codes")).await.shown();
    page.says("1 member has no mail address.");
    page.does_not_say(&code);
    let notes = |server: &Server| Tables::contents(server)["audit"].matches("list printed codes").count();
    let before = notes(&server);
    let slips = organiser.press(page.form()).await.shown();
    slips.says("Wanda Pritchard");
    slips.says(&code);
    assert_eq!(slips.cache, "no-store");
    assert_eq!(notes(&server), before + 1, "it is noted who looked");
    let mut wanda = Visitor::new(server.url());
    let printed = wanda.get("/printed").await.shown().form();
    let letter = wanda.press(printed.with("code", &code)).await.shown();
    letter.says("Our answer to the restructure");
}

async fn more_time_moves_reminders_and_tells_members(database: Database) {
    let branch = Branch::consulting(database).await;
    let mailing = json!({ "kind": "reminder", "teams": "all", "audience": "everyone", "before_deadline": "P3D" });
    let reminder = branch.organiser.api.post(&format!("/consultations/{SLUG}/mailings"), &mailing).await.ok();
    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let form = organiser.get(&desk("deadline")).await.shown().form();
    assert_eq!(form.value("time"), Some("17:00"));
    let form = form.with("deadline", "2026-12-11").with("reason", "The hall was shut & cold.").with("notify", "yes");
    let check = organiser.press(form).await.shown();
    check.says("Friday 4 December, 5 pm");
    check.says("Friday 11 December, 5 pm");
    check.says("18 members get a mail now.");
    check.says("1 planned mailing moves with the deadline:");
    check.says("Reminder Tuesday 1 December, 5 pm Tuesday 8 December, 5 pm");
    // Looking at it has done nothing yet.
    organiser.get(&desk("progress")).await.says("Friday 4 December");
    let again = organiser.press(check.form().with("step", "change")).await.shown();
    assert_eq!(again.form().value("reason"), Some("The hall was shut & cold."));
    assert_eq!(again.form().value("deadline"), Some("2026-12-11"));

    let done = organiser.press(check.form().with("step", "do")).await.shown();
    done.says("The deadline is moved.");
    done.says("Friday 11 December");
    let id = reminder["id"].as_str().expect("an id");
    let moved = branch.organiser.delivery(SLUG, id).await;
    assert_eq!(moved["due_at"], json!("2026-12-08T17:00:00Z"), "{moved}");
    branch.server.mail_is_due();
    let letters = branch.server.mailbox().fills_to(36).await;
    let told = letters.iter().filter(|letter| letter.text.contains("The hall was shut & cold."));
    assert_eq!(told.count(), 18);
}

async fn more_time_says_each_mistake_and_keeps_what_was_typed(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let form = organiser.get(&desk("deadline")).await.shown().form();
    let page = organiser.press(form.with("deadline", "2026-12-01").with("time", "09:15")).await;
    assert_eq!(page.status, 422, "{}", page.text());
    page.says("Choose a time after the present deadline.");
    page.says("Give a reason.");
    page.says("Choose if members get a mail now.");
    let kept = page.form();
    assert_eq!((kept.value("deadline"), kept.value("time")), (Some("2026-12-01"), Some("09:15")));
    // Nobody is told unless somebody says so.
    let form = kept.with("deadline", "2026-12-12").with("time", "").with("reason", "More time.").with("notify", "no");
    let check = organiser.press(form).await.shown();
    check.says("the end of Saturday 12 December");
    check.says("No mail goes out now.");
    organiser.press(check.form().with("step", "do")).await.shown();
    branch.server.mail_is_due();
    assert_eq!(branch.server.mailbox().letters().len(), 18, "only the invitations");
}

async fn closing_states_its_numbers_then_closes_and_thanks(database: Database) {
    let branch = Branch::consulting(database).await;
    answer(&branch, "Early Help", 5).await;
    let path = format!("/consultations/{SLUG}/mailings");
    let thanks = json!({ "kind": "thanks", "teams": "all", "audience": "everyone", "send_at": "2026-12-07T09:30" });
    branch.organiser.api.post(&path, &thanks).await.ok();
    let reminder = json!({ "kind": "reminder", "teams": "all", "audience": "everyone", "before_deadline": "P1D" });
    branch.organiser.api.post(&path, &reminder).await.ok();
    let waiting = branch.member("Fostering", 7).await;
    waiting.says(SLUG, &branch.comment("Casework", "oppose", "At the last minute.")).await;

    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let page = organiser.get(&desk("close")).await.shown();
    page.says("18 members are invited.");
    page.says("In 1 team fewer than a quarter have answered: Fostering");
    page.says("The thanks go out now, to 18 members.");
    page.says("1 planned mailing that asks for answers is cancelled.");
    page.says("This cannot be undone.");
    let done = organiser.press(page.form().with("reason", "The employer has withdrawn its plan.")).await.shown();
    done.says("Comments are closed.");
    assert!(done.links(&desk("close")).is_empty(), "it is closed");

    let late = waiting.tries_to_say(SLUG, &branch.comment("Casework", "support", "One more.")).await;
    assert!((400..500).contains(&late.status), "{}", late.text());
    let rows = branch.negotiator.exports_json(SLUG).await;
    assert!(rows.iter().any(|row| row["comment"] == "At the last minute."), "{rows:?}");
    branch.server.mail_is_due();
    let letters = branch.server.mailbox().fills_to(36).await;
    assert_eq!(letters.iter().filter(|letter| letter.subject.contains("thank you")).count(), 18);
    until("the reminder to be cancelled", async || {
        let mailings = branch.organiser.api.all(&path).await;
        mailings.iter().any(|one| one["kind"] == "reminder" && one["state"] == "cancelled").then_some(())
    })
    .await;
    let page = organiser.get(&desk("close")).await;
    assert_eq!(page.status, 409, "closed once");
}

async fn closing_early_wants_a_reason(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut organiser = Visitor::at_the_desk(&branch.server, "organiser").await;
    let page = organiser.get(&desk("close")).await.shown();
    page.says("The deadline has not come yet: Friday 4 December, 5 pm.");
    page.says("No thanks are planned");
    let page = organiser.press(page.form()).await;
    assert_eq!(page.status, 422, "{}", page.text());
    page.says("Give a reason.");
    organiser.get(&desk("progress")).await.says("Comments close Friday 4 December");
    // After the deadline nobody asks.
    branch.server.clock_says("2026-12-04T17:05:00Z");
    let mut organiser = Visitor::at_the_desk(&branch.server, "admin").await;
    let page = organiser.get(&desk("close")).await.shown();
    assert!(!page.asks_for("reason"), "no reason needed");
    organiser.press(page.form()).await.shown().says("Comments are closed.");
    assert!(!Tables::contents(&branch.server)["audit"].contains("withdrawn its plan"));
}

async fn a_preparing_consultation_says_what_to_do_next(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    organiser.prepares(SLUG, "2026-12-04T17:00:00", &json!({})).await.ok();
    let mut visitor = Visitor::at_the_desk(&server, "organiser").await;
    visitor.get(&desk("progress")).await.shown().says("nobody is invited yet");
    visitor.get(&desk("reach")).await.shown();
    visitor.get(&desk("calls")).await.shown().says("nobody to call");
    visitor.get(&desk("codes")).await.shown().says("nobody needs a printed code");
    assert_eq!(visitor.get(&desk("close")).await.status, 409);
    assert_eq!(visitor.get(&desk("deadline")).await.status, 409);
}
