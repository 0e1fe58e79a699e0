//! Member lists as they come out of a membership system.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Database, Organiser, Server, both};

both!(
    a_list_with_semicolons_and_a_byte_order_mark_is_read,
    columns_may_stand_in_any_order_and_cells_may_hold_line_breaks,
    a_list_from_an_old_computer_is_read_and_that_is_said,
    every_refused_row_is_named_with_line_column_and_reason,
    one_refused_row_and_nothing_changes,
    a_dry_run_counts_and_changes_nothing,
    the_same_list_twice_changes_nothing,
    a_member_missing_from_a_later_list_has_not_left,
    the_command_line_refuses_as_the_api_does,
);

fn counts(answer: &Value) -> [i64; 3] {
    ["created", "updated", "unchanged"].map(|name| answer[name].as_i64().unwrap_or_else(|| panic!("{answer}")))
}

fn refusals(answer: &Value) -> Vec<(i64, String)> {
    let rejected = answer["rejected"].as_array().unwrap_or_else(|| panic!("{answer}"));
    for row in rejected {
        assert!(row["reason"].as_str().is_some_and(|reason| reason.len() > 5), "a reason in words: {row}");
    }
    rejected
        .iter()
        .map(|row| (row["line"].as_i64().unwrap_or(-1), row["column"].as_str().unwrap_or("").to_owned()))
        .collect()
}

async fn a_list_with_semicolons_and_a_byte_order_mark_is_read(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let answer = organiser
        .imports("\u{feff}email;name;team;membership_number\r\nana@example.org;Ana Ångström;Early Help;A-1\r\nbo@example.org;Bo;Early Help;A-2\r\n")
        .await;
    assert_eq!(counts(&answer), [2, 0, 0], "{answer}");
    let members = organiser.members().await;
    assert!(members.iter().any(|member| member["name"] == "Ana Ångström"), "{members:?}");
}

async fn columns_may_stand_in_any_order_and_cells_may_hold_line_breaks(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let good = "team,remark,name,email\n\
        \"Social Care/Assessment, North\",\"two\n\nlines, and \"\"more\"\"\",\"Ana \"\"Annie\"\" Berg\",ana@example.org\n\
        Social Care/Fostering,,Bo Carlsson,bo@example.org\n";
    // Line breaks inside a cell count as lines of the file, as an editor counts.
    let refused = organiser.imports(format!("{good}\nFostering,,Nobody,nonsense\n")).await;
    assert_eq!(refusals(&refused), [(7, "email".to_owned())], "{refused}");
    assert_eq!(counts(&organiser.imports(good).await), [2, 0, 0]);
    let members = organiser.members().await;
    assert!(members.iter().any(|member| member["name"] == "Ana \"Annie\" Berg"), "{members:?}");
    organiser.team("Assessment, North").await;
    organiser.team("Social Care").await;
}

async fn a_list_from_an_old_computer_is_read_and_that_is_said(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    // Latin-1: ü is one byte.
    let list = b"email,name,team\njm@example.org,J\xfcrgen M\xfcller,Fr\xfche Hilfen\n".to_vec();
    let file = server.dir().join("old.csv");
    fs::write(&file, &list).expect("written");
    let output = server.command(&["members", "import", file.to_str().expect("plain"), "--dry-run"]);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let plain = said.to_lowercase();
    assert!(plain.contains("latin-1") || plain.contains("windows-1252"), "the guess is said: {said}");
    assert_eq!(counts(&organiser.imports(list).await), [1, 0, 0]);
    assert_eq!(organiser.members().await[0]["name"], "Jürgen Müller");
    organiser.team("Frühe Hilfen").await;
}

async fn every_refused_row_is_named_with_line_column_and_reason(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let answer = organiser
        .imports("email,name,team\nana@example.org,Ana,Fostering\nno-address,Bo,Fostering\ncy@example.org,Cy,\nana@example.org,Ana Again,Fostering\n")
        .await;
    let refused = refusals(&answer);
    assert!(refused.contains(&(3, "email".to_owned())), "{answer}");
    assert!(refused.contains(&(4, "team".to_owned())), "{answer}");
    let value = answer["rejected"].as_array().expect("rows").iter().find(|row| row["line"] == 3).expect("line 3");
    assert_eq!(value["value"], "no-address");
    assert!(organiser.members().await.is_empty(), "nothing was changed");
}

async fn one_refused_row_and_nothing_changes(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    organiser.imports("email,name,team\nana@example.org,Ana,Fostering\n").await;
    let before = organiser.members().await;
    let answer = organiser
        .imports(
            "email,name,team\nana@example.org,Ana Renamed,Fostering\nbo@example.org,Bo,Fostering\n@@,Cy,Fostering\n",
        )
        .await;
    assert_eq!(refusals(&answer), [(4, "email".to_owned())], "{answer}");
    assert_eq!(organiser.members().await, before);
}

async fn a_dry_run_counts_and_changes_nothing(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let list = "email,name,team\nana@example.org,Ana,Fostering\nbo@example.org,Bo,Early Help\n";
    assert_eq!(counts(&organiser.tries_an_import(list).await), [2, 0, 0]);
    assert!(organiser.members().await.is_empty());
    assert!(organiser.api.all("/teams").await.is_empty(), "no team came of it either");
    assert_eq!(counts(&organiser.imports(list).await), [2, 0, 0]);
}

async fn the_same_list_twice_changes_nothing(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let list = "email,name,team\nana@example.org,Ana,Fostering\nbo@example.org,Bo,Early Help\n";
    organiser.imports(list).await;
    let before = organiser.members().await;
    assert_eq!(counts(&organiser.imports(list).await), [0, 0, 2]);
    // The key is the address, however it is written.
    let shouted = "email,name,team\nANA@example.org,Ana Maria,Fostering\n";
    let answer = organiser.imports(shouted).await;
    assert_eq!(counts(&answer), [0, 1, 0], "{answer}");
    let after = organiser.members().await;
    assert_eq!(after.len(), before.len());
    assert!(after.iter().any(|member| member["name"] == "Ana Maria"), "{after:?}");
}

async fn a_member_missing_from_a_later_list_has_not_left(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    organiser.imports("email,name,team\nana@example.org,Ana,Fostering\nbo@example.org,Bo,Fostering\n").await;
    organiser.imports("email,name,team\nana@example.org,Ana,Fostering\n").await;
    assert_eq!(organiser.members().await.len(), 2);
}

async fn the_command_line_refuses_as_the_api_does(database: Database) {
    let server = Server::spawn(database);
    let organiser = Organiser::at(&server);
    let file = server.dir().join("list.csv");
    let path = file.to_str().expect("plain");
    fs::write(&file, "email,name,team\nana@example.org,Ana,Fostering\nnonsense,Bo,Fostering\n").expect("written");
    let refused = server.command(&["members", "import", path, "--json"]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    let answer: Value = serde_json::from_slice(&refused.stdout).expect("JSON on standard output");
    assert_eq!(refusals(&answer), [(3, "email".to_owned())]);
    assert!(organiser.members().await.is_empty());

    let taken = server.commanded(&["members", "import", path, "--json", "--accept-valid"]);
    let answer: Value = serde_json::from_str(&taken).expect("JSON on standard output");
    assert_eq!(counts(&answer), [1, 0, 0]);
    assert_ne!(answer["rejected"], json!([]), "what was left out is still said");
    assert_eq!(organiser.members().await.len(), 1);
}
