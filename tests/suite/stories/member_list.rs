//! The member list as people have it: a workbook with a title above the headings, a misspelt team,
//! two bad rows; looked at before anything is stored.

use std::io::{Cursor, Write as _};

use reqwest::Client;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION};
use serde_json::Value;

use crate::support::{Answer, Colleague, Database, Form, Organiser, Page, Server, Visitor, both};

both!(
    a_workbook_is_looked_at_mended_and_imported,
    what_the_columns_mean_is_corrected_by_hand,
    an_open_document_list_says_the_same_to_programs_and_to_the_command_line,
    cells_that_look_like_markup_stay_text,
    a_member_is_added_corrected_and_marked_as_having_left,
    teams_are_added_renamed_and_counted,
    a_file_that_is_no_list_is_refused_in_plain_words,
);

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// 24 of Fostering, one of “Fosterring”, 113 of Early Help, one without a team, one without an address that is one.
fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let list = book.add_worksheet();
    list.write(0, 0, "Members of the branch; March 2026").expect("written");
    list.write_row(2, 0, ["Payroll no", "First name", "Surname", "Mail", "Department", "Team"]).expect("written");
    for at in 0..140_u32 {
        let (row, name) = (3 + at, format!("Ana{at}"));
        list.write(row, 0, 10_000.0 + f64::from(at)).expect("written");
        let team = match at {
            0 => "Fosterring",
            1..25 => "Fostering",
            25 => "",
            _ => "Early Help",
        };
        let address = if at == 26 { "nowhere".to_owned() } else { format!("{name}@example.org") };
        let department = if at == 25 { "" } else { "Social Care" };
        list.write_row(row, 1, [name.as_str(), "Berg", address.as_str(), department, team]).expect("written");
    }
    book.save_to_buffer().expect("a workbook")
}

/// A row of cells, as `LibreOffice` writes it.
fn cells(row: &[&str]) -> String {
    let cell = |text: &&str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
}

fn open_document(rows: &[&[&str]]) -> Vec<u8> {
    let rows: String = rows.iter().map(|row| cells(row)).collect();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet>\
         <table:table table:name=\"Members\">{rows}<table:table-row table:number-rows-repeated=\"1048000\">\
         <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let parts = [("mimetype", ODS), ("META-INF/manifest.xml", "<manifest/>"), ("content.xml", &content)];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

/// A browser signed in as organiser.
async fn at_the_desk(server: &Server) -> Visitor {
    Colleague::signed_in(server, "olu@example.org", "Olu Bell", &["organiser"]).await
}

/// Sends the page's form with a file, as a browser sends it.
async fn chooses(server: &Server, visitor: &Visitor, form: &Form, file: &[u8]) -> Answer {
    let mut body = Vec::new();
    for name in ["csrf", "list", "sheet"] {
        let value = form.value(name).unwrap_or_default();
        write!(body, "--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").expect("written");
    }
    let head =
        "--edge\r\nContent-Disposition: form-data; name=\"list_file\"; filename=\"C:\\lists\\members.bin\"\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let request = client
        .post(format!("{}{}", server.url(), form.action))
        .header(COOKIE, visitor.cookies())
        .header("Sec-Fetch-Site", "same-origin")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=edge");
    Answer::to(request.body(body)).await
}

fn page_of(answer: &Answer) -> Page {
    Page { status: answer.status, path: "/desk/members/import".into(), html: answer.text(), cache: String::new() }
}

async fn a_workbook_is_looked_at_mended_and_imported(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let mut visitor = at_the_desk(&server).await;
    let start = visitor.get("/desk/members/import").await.shown();
    let look = page_of(&chooses(&server, &visitor, &start.form(), &workbook()).await).shown();
    look.says("Import 137, leave 3");
    look.says(
        "“Fosterring” (one row): is this “Social Care/Fostering”?"
            .replace("“Fosterring”", "“Social Care/Fosterring”")
            .as_str(),
    );
    // Rows as she sees them in her sheet, the title and the blank row counted.
    for row in ["4 Team", "29 Team", "30 Mail address nowhere"] {
        look.says(row);
    }
    assert!(organiser.members().await.is_empty() && organiser.api.all("/teams").await.is_empty(), "only looked at");

    // She decides, and presses Import at once: the numbers are others now, so she is shown them first.
    let decided = look.form().with("team_0", "same").with("do", "import");
    let again = visitor.press(decided).await.shown();
    again.says("Import 138, leave 2");
    again.says("Look at the numbers, then import.");
    assert!(organiser.members().await.is_empty(), "not what she had seen");
    let done = visitor.press(again.form().with("do", "import")).await.shown();
    assert!(done.path.starts_with("/desk/members?"), "{}", done.path);
    done.says("The list is in: 138 new, 0 changed, 2 rows left out.");

    let members = organiser.members().await;
    assert_eq!(members.len(), 138);
    let fostering = organiser.team("Fostering").await;
    let of_fostering = members.iter().filter(|member| member["teams"][0]["team"] == fostering).count();
    assert_eq!(of_fostering, 25, "the misspelt row is with them");
    let ana = members.iter().find(|member| member["name"] == "Ana0 Berg").expect("first name and surname");
    assert_eq!(ana["membership_number"], "10000");
    assert_eq!(organiser.api.all("/teams").await.len(), 3);
}

async fn what_the_columns_mean_is_corrected_by_hand(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let mut visitor = at_the_desk(&server).await;
    let start = visitor.get("/desk/members/import").await.shown();
    let pasted = "Wer\tWo\tWohin\nAna\tCare\tana@example.org\nBo\tCare\tbo@example.org\n";
    let asked = visitor.press(start.form().with("list", pasted)).await;
    assert_eq!(asked.status, 422);
    asked.says("Choose which column is the name. Choose which column is the team.");
    let meaning = |form: Form| {
        let chosen = form.with_anyway("column_0", "name").with_anyway("column_1", "team");
        chosen.with_anyway("column_2", "email")
    };
    let look = visitor.press(meaning(asked.form())).await.shown();
    look.says("Import 2, leave 0");
    assert_eq!(look.form().value("list"), Some(pasted), "the list comes back as it was");
    // Other cells than those that were shown: she sees the numbers again.
    let other = meaning(look.form()).with("list", &pasted.replace("Bo\t", "\t")).with("do", "import");
    visitor.press(other).await.shown().says("Import 1, leave 1");
    assert!(organiser.members().await.is_empty());
    visitor.press(meaning(look.form()).with("do", "import")).await.shown().says("2 new, 0 changed, nothing left out");
    assert_eq!(organiser.members().await.len(), 2);
}

async fn an_open_document_list_says_the_same_to_programs_and_to_the_command_line(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let list = open_document(&[
        &["Branch list"],
        &["Name", "E-mail address", "Team"],
        &["Ana", "ana@example.org", "Care"],
        &["Bo", "bo at example.org", "Care"],
    ]);
    let refused = organiser.api.post_text("/members/import", ODS, list.clone()).await.ok();
    assert_eq!(
        (&refused["rejected"][0]["line"], &refused["applied"]),
        (&Value::from(4), &Value::from(false)),
        "{refused}"
    );
    let file = server.dir().join("members.ods");
    std::fs::write(&file, &list).expect("written");
    server.commanded(&["members", "import", file.to_str().expect("plain"), "--accept-valid"]);
    assert_eq!(organiser.members().await.len(), 1);
    let again = organiser.api.post_text("/members/import?accept_valid=true", XLSX, workbook()).await.ok();
    assert_eq!((&again["created"], &again["unchanged"]), (&Value::from(137), &Value::from(0)), "{again}");
    organiser.api.post_text("/members/import", "application/zip", list).await.refused(415);
}

async fn cells_that_look_like_markup_stay_text(database: Database) {
    let server = Server::spawn(database);
    let mut visitor = at_the_desk(&server).await;
    let hostile = "</textarea><script>alert(1)</script>\" onload=\"x {{ 7 }}";
    let start = visitor.get("/desk/members/import").await.shown();
    let rows = open_document(&[
        &["Name", "Mail", "Team", hostile],
        &[hostile, "ana@example.org", hostile, hostile],
        &["Bo", hostile, "Care", ""],
    ]);
    let look = page_of(&chooses(&server, &visitor, &start.form(), &rows).await).shown();
    look.says(hostile);
    assert!(!look.html.contains("<script>alert") && !look.html.contains("\" onload"), "{}", look.html);
    let done = visitor.press(look.form().with("do", "import")).await.shown();
    done.says(hostile);
    assert!(!done.html.contains("<script>alert"), "{}", done.html);
    let found = visitor.get("/desk/members?words=%3C/TEXTAREA%3E").await.shown();
    found.says(hostile);
    visitor.get("/desk/members?words=%25").await.shown().says("Nobody is found.");
}

async fn a_member_is_added_corrected_and_marked_as_having_left(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    organiser.imports("email,name,team\nbo@example.org,Bo,Social Care/Fostering\n").await;
    let mut visitor = at_the_desk(&server).await;
    let form = visitor.get("/desk/members/new").await.shown().form();
    let wrong = form.with("name", "Åsa Lund").with("email", "BO@example.org").with("team_0", "Fostering!");
    let refused = visitor.press(wrong).await;
    assert_eq!(refused.status, 422);
    refused.says("Another member has this address.");
    refused.says("There is no such team.");
    let form = refused.form();
    assert_eq!(form.value("name"), Some("Åsa Lund"), "what was typed is kept");
    let right = form.with("email", "asa@example.org").with("team_0", "social care/fostering").with("rep_0", "yes");
    visitor.press(right).await.shown().says("Åsa Lund rep Social Care/Fostering asa@example.org");

    let found = visitor.get("/desk/members?words=%C3%85sa").await.shown();
    found.does_not_say("bo@example.org");
    let hers = found.links("/desk/members/").into_iter().find(|link| link.len() > 40).expect("her page");
    let form = visitor.get(&hers).await.shown().form();
    visitor.press(form.with("email", "asa.lund@example.org")).await.shown().says("the old link no longer works");

    let check = visitor.get(&format!("{hers}/leave")).await.shown();
    check.says("Comments that were sent stay and count.");
    visitor.press(check.form()).await.shown().says("One more has left.");
    let back = visitor.get(&hers).await.shown();
    assert_eq!(back.form().action, format!("{hers}/back"));
    visitor.press(back.form()).await.shown().says("Nobody is marked as having left.");
    let members = organiser.members().await;
    let asa = members.iter().find(|member| member["name"] == "Åsa Lund").expect("she is there");
    assert_eq!((&asa["email"], &asa["teams"][0]["is_rep"]), (&Value::from("asa.lund@example.org"), &Value::from(true)));
}

async fn teams_are_added_renamed_and_counted(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let list = "email,name,team\nana@example.org,Ana,Care/North\nbo@example.org,Bo,Care\n";
    organiser.imports(list).await;
    let mut visitor = at_the_desk(&server).await;
    let form = visitor.get("/desk/teams/new").await.shown().form();
    let refused = visitor.press(form.with("name", "South").with("parent", "Car").with("headcount", "many")).await;
    assert_eq!(refused.status, 422);
    refused.says("There is no such team.");
    let right = refused.form().with("parent", "care").with("headcount", "12");
    visitor.press(right).await.shown().says("Care 2 not known North 1 not known South 0 12");
    let care = visitor.get("/desk/teams").await.shown().links("/desk/teams/");
    let care = care.iter().find(|link| link.len() > 40).expect("the first team");
    let page = visitor.get(care).await.shown();
    visitor.press(page.form().with("name", "Social Care")).await.shown().says("Social Care 2");
    let shown = visitor.get(&page.links("/desk/members?team=")[0]).await.shown();
    shown.says("Social Care/North");
}

async fn a_file_that_is_no_list_is_refused_in_plain_words(database: Database) {
    let server = Server::spawn(database);
    let mut visitor = at_the_desk(&server).await;
    let start = visitor.get("/desk/members/import").await.shown();
    let book = workbook();
    for (file, words) in [
        (&book[..book.len() / 2], "This file is damaged or not complete."),
        (b"%PDF-1.7\n\0", "This is a PDF."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "Save it as .xlsx without a password"),
        (b"Who,Where\nAna,Care\n", "Choose which column is the mail address."),
    ] {
        let answer = chooses(&server, &visitor, &start.form(), file).await;
        assert_eq!(answer.status, 422);
        page_of(&answer).says(words);
        assert!(!answer.headers.contains_key(LOCATION));
    }
    let nothing = visitor.press(start.form()).await;
    assert_eq!(nothing.status, 422);
    nothing.says("Choose a file, or paste the list.");
}
