//! From an empty house to invitations in one sitting, and what can be changed before and after.

use reqwest::header::{CONTENT_TYPE, COOKIE};
use reqwest::{Client, redirect};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::support::{Colleague, Database, Form, Organiser, Page, Server, Visitor, both, items};

both!(
    a_list_a_draft_and_a_friday_become_invitations_in_one_sitting,
    what_was_typed_comes_back_with_every_mistake,
    a_plain_text_stays_plain_and_other_files_are_refused_with_what_to_do,
    a_friday_that_is_near_leaves_out_what_is_too_late,
    a_consultation_without_a_contact_cannot_open_and_says_where_to_mend,
    numbers_that_change_meanwhile_are_shown_again,
    two_presses_at_once_open_once,
    only_some_teams_are_asked,
    a_new_version_is_looked_over_before_members_read_it,
    settings_change_what_their_time_allows,
    who_finds_the_public_page_is_told_and_kept,
);

const DRAFT: &str = "# Three posts, not five\n\nThe employer proposes five senior posts. We propose three.\n\n\
                     ## Safeguarding\n\nOne voice for safeguarding.\n\n- Casework stays with the teams.\n";
const LETTER: &str = "Dear colleague,\n\nplease read our draft & say what you think.";

/// An organiser at her desk, signed in.
async fn at_the_desk(server: &Server) -> Visitor {
    Colleague::signed_in(server, "ros@staff.example.org", "Ros Adeyinka", &["organiser"]).await
}

fn address(team: &str, number: usize) -> String {
    format!("{}.{number}@members.example.org", team.to_lowercase().replace(' ', "-"))
}

/// Nine in Fostering (one misspelt), five in Early Help, four in Youth, two of them without an address.
fn rows() -> Vec<[String; 3]> {
    let mut rows = Vec::new();
    for (team, count) in [("Fostering", 9), ("Early Help", 5), ("Youth", 4)] {
        for number in 0..count {
            let email = if team == "Youth" && number < 2 { String::new() } else { address(team, number) };
            let written = if team == "Fostering" && number == 4 { "Fostring" } else { team };
            rows.push([format!("Member {number} of {team}"), email, written.to_owned()]);
        }
    }
    rows
}

fn sheet(rows: &[[String; 3]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let list = book.add_worksheet();
    let head = ["Name", "Email address", "Team"].map(str::to_owned);
    for (line, row) in (0..).zip(std::iter::once(&head).chain(rows)) {
        for (column, cell) in (0..).zip(row) {
            list.write(line, column, cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn csv(rows: &[[String; 3]]) -> String {
    rows.iter().fold("name,email,team\n".to_owned(), |csv, row| csv + &row.join(",") + "\n")
}

/// Presses the button of a form with a file chosen in it, as a browser does.
async fn press_with(server: &Server, visitor: &mut Visitor, form: &Form, file: (&str, &str, &[u8])) -> Page {
    let (field, name, bytes) = file;
    let mut body = Vec::new();
    for (field, value) in form.pairs() {
        body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
    }
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    body.extend(head.bytes());
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let client = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
    let request = client.post(server.at(&form.action)).header(COOKIE, visitor.cookies());
    let request = request.header(CONTENT_TYPE, "multipart/form-data; boundary=edge").body(body);
    visitor.receives(&form.action, request).await
}

/// The set-up page, filled in but for the list.
async fn filled_in(visitor: &mut Visitor) -> Form {
    let form = visitor.get("/desk/new").await.shown().form();
    form.with("draft", DRAFT).with("letter", LETTER).with("contact_phone", "0113 496 0000")
}

/// A consultation in preparation, by the page; the check page it leads to.
async fn prepared(visitor: &mut Visitor, change: impl FnOnce(Form) -> Form) -> Page {
    let correct: Vec<_> = rows()
        .into_iter()
        .map(|[name, email, _]| {
            let team = name.split(" of ").nth(1).expect("a team").to_owned();
            [name, email, team]
        })
        .collect();
    let form = filled_in(visitor).await.with("list", &csv(&correct));
    let page = visitor.press(change(form)).await.shown();
    assert!(page.path.ends_with("/check"), "{}: {}", page.path, page.text());
    page
}

async fn consultations(server: &Server) -> Vec<Value> {
    items(&Organiser::at(server).api.get("/consultations").await.ok())
}

async fn a_list_a_draft_and_a_friday_become_invitations_in_one_sitting(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    let home = ros.get("/desk").await.shown();
    home.says("about ten minutes");
    assert_eq!(home.links("/desk/new").len(), 1, "one way to begin");
    ros.get("/desk/new").await.shown().says("Ros");

    let mut list = rows();
    list.push(["Broken".to_owned(), "broken@".to_owned(), "Youth".to_owned()]);
    list.push([String::new(), "nobody@members.example.org".to_owned(), "Youth".to_owned()]);
    let form = filled_in(&mut ros).await;
    let asked = press_with(&server, &mut ros, &form, ("list_file", "Members.xlsx", &sheet(&list))).await.shown();
    assert_eq!(asked.path, "/desk/new", "the list asks something first");
    asked.says("Fostring");
    assert!(consultations(&server).await.is_empty(), "nothing is stored yet");
    assert!(Organiser::at(&server).members().await.is_empty(), "no member either");

    let check = decided(&mut ros, asked).await;
    assert_eq!(check.path, "/desk/three-posts-not-five/check");
    for words in [
        "18 members are invited, in 3 teams.",
        "16 of them get mail.",
        "2 have no mail address",
        "The draft has 4 passages.",
        "Early Help and Youth together",
        "the end of Friday 4 December",
        "Friday 27 November, 9.30 am",
        "Thursday 3 December, 9.30 am",
        "after comments have closed",
        "Open and send 16 invitations",
    ] {
        check.says(words);
    }
    check.does_not_say("Too late");
    check.says("Dear colleague");
    assert_eq!(Organiser::at(&server).members().await.len(), 18, "two rows are left out");
    server.mail_is_due();
    assert!(server.mailbox().letters().is_empty(), "nothing goes out before the last press");
    ros.get("/desk").await.shown().says("Go on setting up");
    ros.get("/c/three-posts-not-five").await;
    assert_eq!(Visitor::new(server.url()).get("/c/three-posts-not-five").await.status, 404, "nobody sees it yet");

    let opened = ros.press(check.form()).await.shown();
    assert_eq!(opened.path, "/desk/three-posts-not-five/progress");
    server.mail_is_due();
    let letters = server.mailbox().fills_to(16).await;
    let mut reached: Vec<&str> = letters.iter().map(|letter| letter.to.as_str()).collect();
    reached.sort_unstable();
    reached.dedup();
    assert_eq!((letters.len(), reached.len()), (16, 16), "everybody with an address, once");

    // Pressed again from a page that is still open: nothing is done twice.
    let again = ros.press(check.form()).await.shown();
    assert_eq!(again.path, "/desk/three-posts-not-five/progress");
    server.mail_is_due();
    assert_eq!(server.mailbox().letters().len(), 16);
    ros.get("/desk").await.shown().says("See how it is going");

    // The plan goes on its way.
    server.clock_says("2026-11-27T09:31:00Z");
    server.mail_is_due();
    assert_eq!(server.mailbox().fills_to(32).await.len(), 32, "the first reminder");
}

/// Says that the misspelt team is the one it resembles, until the page lets her go on.
async fn decided(visitor: &mut Visitor, asked: Page) -> Page {
    let mut page = asked;
    for _ in 0..2 {
        if page.path != "/desk/new" {
            break;
        }
        let form = page.form();
        let form = if form.offers("team_0") { form.with("team_0", "same") } else { form };
        page = visitor.press(form).await.shown();
    }
    page
}

async fn what_was_typed_comes_back_with_every_mistake(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    let form = ros.get("/desk/new").await.shown().form();
    let empty = ros.press(form.clone()).await;
    assert_eq!(empty.status, 422);
    for words in ["There are no members yet", "Paste the draft", "Write a few lines", "Give it a title"] {
        empty.says(words);
    }

    let wrong = form
        .with("list", &csv(&rows()))
        .with("draft", DRAFT)
        .with("title", "Our <answer> & more")
        .with("deadline", "other")
        .with("deadline_day", "2026-11-20")
        .with("time_zone", "Europe/Lodnon")
        .with("contact_email", "ros@")
        .with("join_url", "example")
        .with("slug", "Not A Slug");
    let page = ros.press(wrong).await;
    assert_eq!(page.status, 422);
    assert!(page.html.contains("<title>Error:"), "the title says so");
    for words in
        ["Write a few lines", "Type a time zone", "Type a whole mail address", "starts with https://", "small letters"]
    {
        page.says(words);
    }
    let kept = page.form();
    for (field, typed) in [
        ("draft", DRAFT),
        ("title", "Our <answer> & more"),
        ("deadline", "other"),
        ("deadline_day", "2026-11-20"),
        ("time_zone", "Europe/Lodnon"),
        ("contact_name", "Ros Adeyinka"),
        ("contact_email", "ros@"),
        ("join_url", "example"),
        ("slug", "Not A Slug"),
    ] {
        assert_eq!(kept.value(field), Some(typed), "{field}");
    }
    assert!(kept.value("list").is_some_and(|list| list.contains("Member 0 of Fostering")));
    assert!(consultations(&server).await.is_empty());
    assert!(Organiser::at(&server).members().await.is_empty());

    let past = ros.press(kept.with("time_zone", "Europe/London").with("letter", LETTER)).await;
    past.says("still to come");
}

async fn a_plain_text_stays_plain_and_other_files_are_refused_with_what_to_do(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    let list = "name,email,team\nAna,ana@example.org,Fostering\n";
    let form = ros.get("/desk/new").await.shown().form().with("list", list).with("title", "Ours");
    let word = press_with(&server, &mut ros, &form, ("draft_file", "draft.docx", b"PK\x03\x04")).await;
    assert_eq!(word.status, 422);
    word.says("damaged or not complete");

    // The letter is missing: the text of the file comes back in its field.
    let plain = press_with(&server, &mut ros, &form, ("draft_file", "draft.txt", b"*One* star\n\n# no title\n")).await;
    assert_eq!(plain.status, 422);
    assert_eq!(plain.form().value("draft"), Some("*One* star\n\n# no title\n"));
    let check = ros.press(plain.form().with("letter", LETTER)).await.shown();
    let draft = check.links("/desk/ours/draft/").remove(0);
    let shown = ros.get(&draft).await.shown();
    shown.says("*One* star");
    shown.says("# no title");
}

async fn a_friday_that_is_near_leaves_out_what_is_too_late(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    let noon = |form: Form| form.with("deadline", "2026-11-27").with("deadline_time", "12:00");
    let check = prepared(&mut ros, noon).await;
    check.says("Comments close Friday 27 November at noon");
    check.says("Too late for these");
    check.says("Reminder, Friday 20 November, 9.30 am");
    check.says("Tuesday 24 November, 9.30 am");
    ros.press(check.form()).await.shown();
    server.mail_is_due();
    server.mailbox().fills_to(16).await;
    server.clock_says("2026-11-24T09:29:00Z");
    server.mail_is_due();
    assert_eq!(server.mailbox().letters().len(), 16, "no reminder came of the one that was too late");
    server.clock_says("2026-11-24T09:31:00Z");
    server.mail_is_due();
    server.mailbox().fills_to(32).await;
}

async fn a_consultation_without_a_contact_cannot_open_and_says_where_to_mend(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    let organiser = Organiser::at(&server);
    organiser.imports("email,name,team\nana@example.org,Ana,Fostering\n").await;
    let bare = json!({ "contact": null, "slug": "bare" });
    organiser.prepares("bare", "2026-12-04", &bare).await.ok();
    let check = ros.get("/desk/bare/check").await.shown();
    check.says("Name somebody whom members can ask");
    check.says("Bring in the draft");
    assert_eq!(check.links("/desk/bare/settings#contact_name").len(), 1);
    assert!(!check.html.contains("action=\"/desk/bare/open\""), "no button to open");

    // A hostile press opens nothing.
    let mut forced = ros.get("/desk/bare/settings").await.shown().form();
    "/desk/bare/open".clone_into(&mut forced.action);
    ros.press(forced).await;
    assert_eq!(organiser.api.get("/consultations/bare").await.ok()["state"], "preparing");

    let settings = ros.get("/desk/bare/settings").await.shown().form();
    ros.press(settings.with("contact_name", "Ana")).await.shown().says("Saved.");
    let draft = ros.get("/desk/bare/draft").await.shown().form();
    let preview = ros.press(draft.with("draft", DRAFT)).await.shown();
    preview.says("Nothing is stored yet");
    ros.press(preview.form()).await.shown().says("not published");

    // Made by a program, it has no mails yet: the page offers them.
    let check = ros.get("/desk/bare/check").await.shown();
    check.says("No invitation is planned");
    let check = ros.press(check.form()).await.shown();
    check.says("Open and send 1 invitation");
    ros.press(check.form()).await.shown();
    server.mail_is_due();
    assert_eq!(server.mailbox().fills_to(1).await[0].to, "ana@example.org");
    let me = organiser.api.get("/consultations/bare/documents").await.ok();
    assert_eq!(items(&me)[0]["versions"][0]["note"], "First version", "{me}");
}

async fn numbers_that_change_meanwhile_are_shown_again(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    let check = prepared(&mut ros, |form| form).await;
    check.says("Open and send 16 invitations");
    Organiser::at(&server).imports("email,name,team\nlate@members.example.org,Late,Youth\n").await;
    let again = ros.press(check.form()).await;
    assert_eq!(again.status, 409);
    again.says("Something has changed since you looked");
    again.says("Open and send 17 invitations");
    assert_eq!(consultations(&server).await[0]["state"], "preparing");
    ros.press(again.form()).await.shown();
    server.mail_is_due();
    assert_eq!(server.mailbox().fills_to(17).await.len(), 17);
}

async fn two_presses_at_once_open_once(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    let check = prepared(&mut ros, |form| form).await;
    let client = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
    let press = || {
        let request = client.post(server.at(&check.form().action)).header(COOKIE, ros.cookies());
        request.form(&check.form().pairs().to_vec()).send()
    };
    let (one, two, three) = tokio::join!(press(), press(), press());
    for answer in [one, two, three] {
        let status = answer.expect("an answer").status().as_u16();
        assert!(matches!(status, 303 | 409), "{status}");
    }
    // Whichever was first, a further press finds it open or opens it.
    ros.press(check.form()).await.shown();
    assert_eq!(consultations(&server).await[0]["state"], "open");
    server.mail_is_due();
    let letters = server.mailbox().fills_to(16).await;
    assert_eq!(letters.len(), 16);
    // Every link works: none was made by a press that came to nothing.
    for letter in &letters {
        Visitor::new(server.url()).get(&format!("/go/{}", letter.token())).await.shown().form();
    }
}

async fn only_some_teams_are_asked(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    prepared(&mut ros, |form| form.with("slug", "first")).await;
    // Now there are members: the list may be left out, and the first contact is offered again.
    let form = ros.get("/desk/new").await.shown().form();
    assert_eq!(form.value("contact_phone"), Some("0113 496 0000"));
    let form = form.with("draft", DRAFT).with("letter", LETTER).with("whom", "some");
    ros.press(form.clone()).await.says("Tick at least one team");
    let check = ros.press(form.with("teams", "Fostering").with("slug", "second")).await.shown();
    check.says("9 members are invited, in 1 team.");
    let taken = ros.get("/desk/new").await.shown().form();
    let taken = taken.with("draft", DRAFT).with("letter", LETTER).with("slug", "second");
    ros.press(taken).await.says("Another consultation has this name");
}

async fn a_new_version_is_looked_over_before_members_read_it(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    let check = prepared(&mut ros, |form| form.with("slug", "ours")).await;
    ros.press(check.form()).await.shown();
    let next = "# Three posts, not five\n\n## Safeguarding\n\nOne voice for safeguarding.\n\nTwo voices <b>no</b>.\n\n\
                The employer proposes five senior posts. We propose three.\n";
    let form = ros.get("/desk/ours/draft").await.shown().form();
    let preview = ros.press(form.with("draft", next)).await.shown();
    preview.says("2 things are left out");
    let seen = ros.press(preview.form()).await.shown();
    seen.says("Version 2, not published");
    seen.says("moved 1");
    seen.says("new 1");
    seen.says("gone 1");
    seen.says("Casework stays with the teams.");
    let publish = seen.links("/desk/ours/draft/").into_iter().find(|link| link.ends_with("/publish")).expect("a way");
    let page = ros.get(&publish).await.shown();
    page.says("cannot be changed or taken back");
    let refused = ros.press(page.form()).await;
    assert_eq!(refused.status, 422, "members want to know what changed");
    ros.get("/c/ours").await.shown().does_not_say("Two voices");
    ros.press(refused.form().with("note", "Two voices are new.")).await.shown().says("Saved.");
    let read = ros.get("/c/ours").await.shown();
    read.says("Two voices");
    read.says("Two voices are new.");
    assert_eq!(ros.get(&publish).await.shown().path, "/desk/ours/draft", "it is out");
}

async fn settings_change_what_their_time_allows(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    let check = prepared(&mut ros, |form| form.with("slug", "ours")).await;
    let settings = ros.get("/desk/ours/settings").await.shown().form();
    let later = settings.with("deadline", "2026-12-11").with("deadline_time", "17:00").with("title", "Ours");
    ros.press(later).await.shown().says("Saved.");
    // The plan follows the deadline.
    let moved = ros.get("/desk/ours/check").await.shown();
    moved.says("Friday 4 December, 9.30 am");
    moved.says("Comments close Friday 11 December at 5 pm");
    let wrong = ros.get("/desk/ours/settings").await.shown().form().with("grace_minutes", "many").with("title", "Kept");
    let wrong = ros.press(wrong).await;
    assert_eq!((wrong.status, wrong.form().value("title")), (422, Some("Kept")));

    drop(check);
    ros.press(moved.form()).await.shown();
    let settings = ros.get("/desk/ours/settings").await.shown();
    for fixed in ["deadline", "time_zone", "grace_minutes", "teams", "whom"] {
        assert!(!settings.asks_for(fixed), "{fixed} is fixed");
    }
    settings.says("Teams and labels are fixed");
    ros.press(settings.form().with("title", "Still ours").with("letter", "Dear all")).await.shown().says("Saved.");
    let told = Organiser::at(&server).api.get("/consultations/ours").await.ok();
    assert_eq!((told["title"].as_str(), told["deadline"].as_str()), (Some("Still ours"), Some("2026-12-11T17:00:00")));
    // A program that sends them all the same changes nothing.
    let forced = ros.get("/desk/ours/settings").await.shown().form().with_anyway("deadline", "2026-12-18");
    ros.press(forced).await.shown();
    assert_eq!(Organiser::at(&server).api.get("/consultations/ours").await.ok()["deadline"], "2026-12-11T17:00:00");
    let without = ros.get("/desk/ours/settings").await.shown().form();
    let without =
        ["contact_name", "contact_phone", "contact_email"].iter().fold(without, |form, name| form.with(name, ""));
    ros.press(without).await.says("problem");
}

async fn who_finds_the_public_page_is_told_and_kept(database: Database) {
    let server = Server::spawn(database);
    let mut ros = at_the_desk(&server).await;
    let organiser = Organiser::at(&server);
    organiser.imports("email,name,team\nana@example.org,Ana,Fostering\n").await;
    organiser.prepares("ours", "2026-12-04", &json!({})).await.ok();
    let told = async || organiser.api.get("/consultations/ours").await.ok()["public_page"].clone();
    assert_eq!(told().await, "by_link");
    organiser.api.patch("/consultations/ours", &json!({ "public_page": "listed" })).await.ok();
    let settings = ros.get("/desk/ours/settings").await.shown().form();
    assert_eq!(settings.value("public_page"), Some("listed"));
    ros.press(settings.with("public_page", "indexed")).await.shown();
    assert_eq!(told().await, "indexed");
    let refused = organiser.api.patch("/consultations/ours", &json!({ "public_page": "secret" })).await.refused(422);
    assert!(refused["errors"].to_string().contains("/public_page"), "{refused}");
    let made = organiser.prepares("theirs", "2026-12-04", &json!({ "public_page": "listed" })).await.ok();
    assert_eq!(made["public_page"], "listed");
}
