//! An organiser sets up in one sitting: a list from a spreadsheet, a pasted draft, a Friday, and
//! the invitations have left.

use rust_xlsxwriter::Workbook;
use serde_json::json;

use super::desks::{BO, DRAFT, House, LETTER, LONG, REACHED, ROS, SILENT, SLUG, TEAMS, start_of};

/// From the empty page to the press that opens: each press, field, file and choice is one.
const ACTIONS: usize = 12;

/// Every page says what to do while there is nothing to show.
pub async fn before_anything_is_there(house: &House) {
    let ros = &house.ros;
    ros.looks("100-home-empty").await;
    for (state, path) in [
        ("101-members-empty", "/desk/members"),
        ("102-teams-empty", "/desk/teams"),
        ("103-import", "/desk/members/import"),
        ("104-member-new", "/desk/members/new"),
        ("105-team-new", "/desk/teams/new"),
        ("106-account", "/desk/account"),
    ] {
        ros.goes_to(path).await;
        ros.looks(state).await;
    }
    for (state, path) in
        [("107-member-with-mistakes", "/desk/members/new"), ("108-team-with-mistakes", "/desk/teams/new")]
    {
        ros.goes_to(path).await;
        ros.sends().await;
        ros.looks(state).await;
    }

    // A consultation that a program made, with nothing in it.
    let bare = json!({ "contact": null, "slug": "bare" });
    house.organiser.prepares("bare", "2026-12-04", &bare).await.ok();
    for page in ["check", "progress", "mailings", "draft", "settings", "share", "reach", "calls", "codes"] {
        ros.goes_to(&format!("/desk/bare/{page}")).await;
        ros.looks(&format!("110-bare-{page}")).await;
    }
    // Its text holds what no draft keeps.
    ros.goes_to("/desk/bare/draft").await;
    ros.pastes("draft", "# Bare\n\n<script>alert(1)</script>\n\n![picture](https://example.org/a.png)\n\nWords.\n")
        .await;
    ros.sends().await;
    ros.looks("110a-preview").await;
    ros.sends().await;
    ros.looks("111-version-unpublished").await;
    ros.follows("a[href$='/publish']").await;
    ros.looks("112-publish-first").await;
    ros.goes_to("/desk/bare/settings").await;
    ros.writes("title", "").await;
    ros.writes("contact_email", "ros@").await;
    ros.sends().await;
    ros.looks("113-settings-with-mistakes").await;
}

pub async fn in_one_sitting(house: &House) {
    let ros = &house.ros;
    ros.goes_to("/desk/new").await;
    ros.looks("120-new-empty").await;
    ros.sends().await;
    ros.looks("121-new-with-mistakes").await;

    let list = house.server.dir().join("Members.xlsx");
    std::fs::write(&list, sheet()).expect("the list can be written");
    ros.goes_to("/desk/new").await;
    let before = ros.actions();
    ros.brings("list_file", &list).await;
    ros.pastes("draft", DRAFT).await;
    ros.pastes("letter", LETTER).await;
    ros.chooses("deadline", "2026-12-04").await;
    ros.writes("contact_phone", "0113 496 0000").await;
    ros.writes("join_url", "https://example.org/join").await;
    ros.sends().await;
    assert_eq!(ros.path().await, "/desk/new", "the list asks something first");
    ros.says("Import 29, leave 3").await;
    ros.says("Fostring").await;
    ros.looks("122-new-preview").await;
    ros.chooses("team_0", "same").await;
    ros.sends().await;

    assert_eq!(ros.path().await, format!("/desk/{SLUG}/check"));
    for words in [
        &format!("{} members are invited", REACHED + 2) as &str,
        "2 have no mail address",
        "the end of Friday 4 December",
        "Dear colleague",
        &format!("Open and send {REACHED} invitations"),
    ] {
        ros.says(words).await;
    }
    ros.looks("123-check").await;
    assert_eq!(house.sink.count(), 0, "nothing has left yet");
    ros.follows("form[action$='/open'] button").await;
    let taken = ros.actions() - before;
    println!("{taken} actions from the empty page to the invitations");
    assert!(taken <= ACTIONS, "{taken} actions");
    assert_eq!(ros.path().await, format!("/desk/{SLUG}/progress"));

    let letters = house.mail_comes_to(REACHED).await;
    assert_eq!(letters.len(), REACHED, "everybody with an address has hers: {:?}", letters.keys());
    assert!(letters.values().all(|copies| copies.len() == 1), "and one alone");
    for (team, count) in [(SILENT, 10), ("Early Help", 9), (LONG, 8)] {
        let reached = letters.keys().filter(|to| to.starts_with(&start_of(team))).count();
        assert_eq!(reached, count, "{team}");
    }
    assert!(letters.contains_key(BO) && !letters.contains_key(ROS));
}

/// Members and teams, now that there are some.
pub async fn the_people(house: &House) {
    let ros = &house.ros;
    for (state, path) in [
        ("130-home", "/desk"),
        ("131-members", "/desk/members"),
        ("132-members-found", "/desk/members?words=Early"),
        ("133-members-not-found", "/desk/members?words=Nobody+at+all"),
        ("134-teams", "/desk/teams"),
    ] {
        ros.goes_to(path).await;
        ros.looks(state).await;
    }
    ros.follows("tbody tr:first-child th a").await;
    ros.looks("135-team").await;
    ros.goes_to("/desk/members?words=Bo").await;
    ros.follows("tbody tr:first-child th a").await;
    ros.looks("136-member-of-two-teams").await;
    ros.writes("email", "bo@").await;
    ros.sends().await;
    ros.looks("137-member-with-a-mistake").await;
    ros.follows("a[href$='/leave']").await;
    ros.looks("138-member-leaves").await;

    // A further list: a slip in a team's name, and rows that cannot be read.
    ros.goes_to("/desk/members/import").await;
    ros.sends().await;
    ros.looks("139-import-with-a-mistake").await;
    let further = "name,email,team\nAda Long,ada@members.example.org,Erly Help\nNo Address,broken@,Fostering\n\
                   ,nobody@members.example.org,Fostering\nIda New,ida@members.example.org,Night Desk\n";
    ros.pastes("list", further).await;
    ros.sends().await;
    ros.says("Erly Help").await;
    ros.looks("140-import-preview").await;
    ros.picks("column_1", "").await;
    ros.follows("button[value=look]").await;
    ros.looks("141-import-column-missing").await;
}

/// Ten, nine and ten, two of the last without an address; one of the first is in a team misspelt,
/// one person in two teams, and two rows that nobody can read.
fn sheet() -> Vec<u8> {
    let mut rows = vec![["Name", "Email address", "Team"].map(str::to_owned)];
    for (team, count) in TEAMS {
        for number in 0..count {
            let email = format!("{}.{number}@members.example.org", start_of(team));
            let email = if team == LONG && number < 2 { String::new() } else { email };
            let written = if team == SILENT && number == 4 { "Fostring" } else { team };
            rows.push([format!("Member {number} of {team}"), email, written.to_owned()]);
        }
    }
    for row in [
        ["Bo Th", BO, SILENT],
        ["Bo Th", BO, "Early Help"],
        ["Broken", "broken@", "Early Help"],
        ["", "nobody@members.example.org", "Early Help"],
    ] {
        rows.push(row.map(str::to_owned));
    }
    let mut book = Workbook::new();
    let list = book.add_worksheet();
    for (line, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            list.write(line, column, cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}
