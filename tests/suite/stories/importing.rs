//! A branch brings its Word file: it is looked over, used, read with its pictures, and what stood
//! in it as comments is seen by negotiators and counted by nobody.

use reqwest::header::{CONTENT_TYPE, COOKIE};
use reqwest::{Client, redirect};
use serde_json::{Value, json};

use crate::support::{
    Branch, Database, Form, Member, Negotiator, Organiser, Page, SLUG, Server, Tables, Visitor, both,
};

both!(
    a_word_file_is_looked_over_before_anything_is_stored,
    comments_of_the_file_come_to_the_desks_and_are_never_counted,
    comments_of_the_file_go_with_a_match_that_is_corrected,
    pictures_are_for_whoever_may_read_the_draft,
    files_come_by_program_and_command_line_alike,
    a_refused_file_says_what_to_do_and_stores_nothing,
    a_set_up_page_takes_a_word_file_and_keeps_it_while_it_is_mended,
);

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ODT: &str = "application/vnd.oasis.opendocument.text";

fn document(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/data/import/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Presses the button of a form with one file chosen, as a browser sends it.
async fn press_with(server: &Server, visitor: &mut Visitor, form: &Form, name: &str, bytes: &[u8]) -> Page {
    let mut body = Vec::new();
    for (field, value) in form.pairs() {
        body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
    }
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"draft_file\"; filename=\"{name}\"\r\n\
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

/// How many rows the tables of drafts hold.
fn rows(server: &Server) -> Vec<(String, usize)> {
    let contents = Tables::contents(server);
    let count = |name: &&str| (name.to_string(), contents[*name].lines().count());
    ["version", "block", "picture", "version_picture", "file_comment"].iter().map(count).collect()
}

async fn versions(organiser: &Organiser) -> String {
    let documents = organiser.api.get(&format!("/consultations/{SLUG}/documents")).await.ok();
    let id =
        documents["items"][0]["id"].as_str().or_else(|| documents[0]["id"].as_str()).expect("a document").to_owned();
    format!("/consultations/{SLUG}/documents/{id}/versions")
}

async fn a_word_file_is_looked_over_before_anything_is_stored(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut ros = Visitor::at_the_desk(&branch.server, "organiser").await;
    let before = rows(&branch.server);
    let form = ros.get(&format!("/desk/{SLUG}/draft")).await.shown().form();
    let preview = press_with(&branch.server, &mut ros, &form, "Our proposal.docx", &document("contract-clauses.docx"))
        .await
        .shown();
    preview.says("Nothing is stored yet");
    preview.says("Our proposal.docx");
    preview.says("We propose three senior posts and no new assistants.");
    preview.says("Branch proposal, confidential until Friday");
    preview.says("page header");
    preview.says("3 headings");
    assert_eq!(rows(&branch.server), before, "looking stores nothing of it");
    // What is kept meanwhile cannot be read in the database.
    let kept = &Tables::contents(&branch.server)["brought_file"];
    assert!(!kept.is_empty() && !kept.contains("proposal"), "it is sealed");

    let seen = ros.press(preview.form()).await.shown();
    seen.says("Version 2, not published");
    seen.says("the family hubs, and");
    assert!(Tables::contents(&branch.server)["brought_file"].is_empty(), "it is gone once it is used");
    let again = ros.press(preview.form()).await;
    assert_eq!(again.status, 422);
    again.says("Choose the file again");
}

async fn comments_of_the_file_come_to_the_desks_and_are_never_counted(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut ros = Visitor::at_the_desk(&branch.server, "organiser").await;
    let mut bea = Visitor::at_the_desk(&branch.server, "negotiator").await;
    let form = ros.get(&format!("/desk/{SLUG}/draft")).await.shown().form();
    let bytes = document("comments.docx");
    let preview = press_with(&branch.server, &mut ros, &form, "c.docx", &bytes).await.shown();
    preview.says("3 comments stand in the file");
    preview.says("Is three enough for the county?");
    preview.does_not_say("Rosamund");
    // Left unticked, none is taken; the next look replaces the unpublished version.
    ros.press(preview.form()).await.shown();
    assert!(Tables::contents(&branch.server)["file_comment"].is_empty());
    let preview = press_with(&branch.server, &mut ros, &form, "c.docx", &bytes).await.shown();
    ros.press(preview.form().with("comments", "yes")).await.shown();
    let path = format!("/desk/{SLUG}/file-comments");
    bea.get(&path).await.shown().does_not_say("Is three enough");

    let organiser = Organiser::at(&branch.server);
    let note = json!({ "note": "From Word." });
    organiser.api.post(&format!("{}/2/publish", versions(&organiser).await), &note).await.ok();
    let desk = bea.get(&path).await.shown();
    desk.says("Is three enough for the county?");
    desk.says("From the file, version 2");
    desk.says("three senior posts");
    bea.get(&format!("/desk/{SLUG}/comments")).await.shown();
    assert!(Negotiator::at(&branch.server).comments(SLUG).await.is_empty(), "they are nobody's comments");

    // A further text leaves a passage out: its comment is still there and says so.
    organiser
        .api
        .post_text(
            &versions(&organiser).await,
            "text/markdown",
            "# Comments

We propose three senior posts for the service.
",
        )
        .await
        .ok();
    organiser.api.post(&format!("{}/3/publish", versions(&organiser).await), &note).await.ok();
    bea.get(&path).await.shown().says("gone");
    let everything: String = Tables::contents(&branch.server).into_values().collect();
    assert!(!everything.contains("Rosamund"), "no name of a writer is kept");
}

async fn comments_of_the_file_go_with_a_match_that_is_corrected(database: Database) {
    let branch = Branch::consulting(database).await;
    let path = versions(&branch.organiser).await;
    branch.organiser.api.post_text(&format!("{path}?comments=take"), DOCX, document("comments.docx")).await.ok();
    let mut ros = Visitor::at_the_desk(&branch.server, "organiser").await;
    let version = format!("/desk/{SLUG}/draft/{}/2", branch.draft.document);
    let asked = ros.get(&format!("{version}/match?from={}", branch.draft.block("one voice"))).await.shown();
    ros.press(asked.form().with("what", "is").with("numbers", "2")).await.shown().says("The match is corrected.");
    branch.organiser.api.post(&format!("{path}/2/publish"), &json!({ "note": "From Word." })).await.ok();
    let mut bea = Visitor::at_the_desk(&branch.server, "negotiator").await;
    let page = bea.get(&format!("/desk/{SLUG}/file-comments")).await.shown();
    page.says("Ask the finance team.");
    page.says("See 2 in the draft");
    page.does_not_say("gone");
}

async fn pictures_are_for_whoever_may_read_the_draft(database: Database) {
    let branch = Branch::consulting_with(database, &json!({ "public_draft": false })).await;
    let organiser = Organiser::at(&branch.server);
    let path = versions(&organiser).await;
    let made = organiser.api.post_text(&path, DOCX, document("pictures.docx")).await.ok();
    let html = made["blocks"]
        .as_array()
        .expect("blocks")
        .iter()
        .find_map(|block| block["html"].as_str().filter(|html| html.contains("<img")).map(str::to_owned));
    let html = html.expect("a picture");
    let address = html.split("src=\"").nth(1).expect("an address").split('"').next().expect("its end").to_owned();
    assert!(address.starts_with(&format!("/c/{SLUG}/picture/")), "{address}");

    let mut staff = Visitor::at_the_desk(&branch.server, "organiser").await;
    let (mut member, _) = Member::visits(&branch.server, branch.letter("Fostering", 0)).await;
    let status = async |cookies: String, address: &str| {
        let request = Client::new().get(branch.server.at(address)).header(COOKIE, cookies);
        request.send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(status(staff.cookies(), &address).await, 200);
    assert_eq!(status(member.cookies(), &address).await, 404, "it is not published");
    // Written on in the browser before it is out, the text keeps its picture.
    let edit = format!("/desk/{SLUG}/draft/{}/edit", branch.draft.document);
    let form = staff.get(&edit).await.shown().form_to(&edit);
    let text = form.value("markdown").expect("the text").to_owned();
    assert!(text.contains("{keep "), "{text}");
    let longer = form.with("markdown", &format!("{text}\nOne more word.\n")).with_anyway("do", "version");
    assert!(staff.press(longer).await.shown().html.contains(&address));
    assert_eq!(status(staff.cookies(), &address).await, 200);
    organiser.api.post(&format!("{path}/2/publish"), &json!({ "note": "Pictures." })).await.ok();
    assert_eq!(status(member.cookies(), &address).await, 200);
    assert_eq!(status(String::new(), &address).await, 404);
    assert_eq!(status(member.cookies(), &address.replace(SLUG, "other")).await, 404);
    let read = member.get(&format!("/c/{SLUG}")).await.shown();
    assert!(read.html.contains(&address) && read.html.contains("alt=\"Map of the two sites\""));
    assert!(!read.html.contains("elsewhere.example"));

    // As a file it is a picture and nothing else.
    let client = Client::new();
    let answer =
        client.get(branch.server.at(&address)).header(COOKIE, member.cookies()).send().await.expect("an answer");
    let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
    assert_eq!((header("content-type").as_str(), header("x-content-type-options").as_str()), ("image/png", "nosniff"));
    assert!(header("cache-control").contains("no-cache"), "who may see it is asked each time");
    assert!(header("content-security-policy").contains("sandbox"));
    // A version without them, published or not, leaves no picture that nothing shows.
    organiser.api.post_text(&path, DOCX, document("notes.docx")).await.ok();
    assert_eq!(Tables::contents(&branch.server)["picture"].lines().count(), 2);
}

async fn files_come_by_program_and_command_line_alike(database: Database) {
    let branch = Branch::consulting(database).await;
    let organiser = Organiser::at(&branch.server);
    let path = versions(&organiser).await;
    let by_odt = organiser.api.post_text(&path, ODT, document("office-comments.odt")).await.ok();
    let by_docx = organiser.api.post_text(&format!("{path}?comments=take"), DOCX, document("comments.docx")).await.ok();
    let bodies = |answer: &Value| {
        answer["comments_in_file"].as_array().expect("a list").iter().map(|one| one["body"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(bodies(&by_odt), bodies(&by_docx));
    assert_eq!(bodies(&by_docx).len(), 3);
    assert_eq!(Tables::contents(&branch.server)["file_comment"].lines().count(), 3);
    let page = organiser.api.post_text(&path, "text/html", document("pandoc.html")).await.ok();
    assert_eq!(page["number"], 2);
    assert!(Tables::contents(&branch.server)["file_comment"].is_empty(), "they went with the text they stood in");

    let file = format!("{}/tests/data/import/comments.docx", env!("CARGO_MANIFEST_DIR"));
    let told = branch.server.command(&["draft", "import", SLUG, &file, "--json"]);
    let told_json: Value = serde_json::from_slice(&told.stdout).expect("JSON");
    assert_eq!(told_json["comments_in_file"], 3, "{told_json}");
    assert!(String::from_utf8_lossy(&told.stderr).contains("3 comments in the file"));
    branch.server.commanded(&["draft", "import", SLUG, &file, "--with-comments"]);
    assert_eq!(Tables::contents(&branch.server)["file_comment"].lines().count(), 3);
}

async fn a_refused_file_says_what_to_do_and_stores_nothing(database: Database) {
    let branch = Branch::consulting(database).await;
    let mut ros = Visitor::at_the_desk(&branch.server, "organiser").await;
    let organiser = Organiser::at(&branch.server);
    let path = versions(&organiser).await;
    let before = rows(&branch.server);
    let whole = document("tables.docx");
    for (name, bytes, sentence) in [
        ("half.docx", &whole[..whole.len() / 2], "damaged or not complete"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old".as_slice(), "save it as .docx"),
        ("paper.pdf", b"%PDF-1.7".as_slice(), "This is a PDF"),
    ] {
        let form = ros.get(&format!("/desk/{SLUG}/draft")).await.shown().form();
        let refused = press_with(&branch.server, &mut ros, &form, name, bytes).await;
        assert_eq!(refused.status, 422, "{name}");
        refused.says(sentence);
        let problem = organiser.api.post_text(&path, DOCX, bytes).await.refused(422);
        assert!(problem["errors"][0]["detail"].as_str().is_some_and(|detail| detail.contains(sentence)), "{problem}");
    }
    assert_eq!(rows(&branch.server), before);
    assert!(Tables::contents(&branch.server)["brought_file"].is_empty());
}

async fn a_set_up_page_takes_a_word_file_and_keeps_it_while_it_is_mended(database: Database) {
    let server = Server::spawn(database);
    let mut ros = Visitor::at_the_desk(&server, "organiser").await;
    let list = "name,email,team\nAna,ana@example.org,Fostering\n";
    let form = ros.get("/desk/new").await.shown().form();
    let form = form.with("list", list).with("contact_phone", "0113 496 0000").with("slug", "ours");
    // The letter is missing: the page comes back and keeps the file.
    let back = press_with(&server, &mut ros, &form, "Ours.docx", &document("contract-clauses.docx")).await;
    assert_eq!(back.status, 422);
    back.says("From the file “Ours.docx”");
    back.says("page header");
    let check = ros.press(back.form().with("letter", "Dear all, please read this.")).await;
    let check = if check.path.ends_with("/check") { check } else { ros.press(check.form()).await };
    let draft = check.shown().links("/desk/ours/draft/").remove(0);
    let shown = ros.get(&draft).await.shown();
    shown.says("We propose three senior posts and no new assistants.");
}
