//! What leaves the house, and in which shape.

use serde_json::{Value, json};

use crate::support::{Branch, Database, SLUG, both, brought};

both!(
    the_columns_are_the_promised_ones_in_the_promised_order,
    words_that_look_like_formulas_are_disarmed_and_not_lost,
    rows_come_in_the_order_of_the_document,
    a_reference_is_drawn_anew_for_every_release,
    nothing_is_exported_for_the_table_yet,
    the_command_line_writes_the_same_rows,
    the_same_release_gives_the_same_workbook,
    every_file_is_read_back_as_it_was_written,
);

const COLUMNS: [&str; 21] = [
    "reference",
    "consultation",
    "document",
    "version",
    "block_key",
    "block_number",
    "block_text",
    "status_in_current_version",
    "quote",
    "position",
    "condition",
    "comment",
    "new_wording",
    "permission",
    "label",
    "themes",
    "template_group",
    "source",
    "late",
    "release",
    "cut_off",
];

/// New columns may come after these, never between.
fn promised() -> &'static [&'static str] {
    &COLUMNS
}

fn column(name: &str) -> usize {
    promised().iter().position(|known| *known == name).expect("a promised column")
}

/// One apostrophe in front disarms a formula; taking one off gives the words back.
fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

async fn the_columns_are_the_promised_ones_in_the_promised_order(database: Database) {
    let branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 0).await;
    let said = member.says(SLUG, &branch.comment("Casework", "support", "Yes.")).await;
    branch.closes().await;
    let table = branch.negotiator.exports_csv(SLUG).await;
    let head: Vec<&str> = table[0].iter().collect();
    assert_eq!(&head[..21], promised());
    let rows = branch.negotiator.exports_json(SLUG).await;
    for name in promised() {
        assert!(rows[0].get(name).is_some(), "{name} is missing from {}", rows[0]);
    }
    let cell = |name: &str| table[1].get(column(name)).expect("a cell");
    assert_eq!(cell("consultation"), SLUG);
    assert_eq!(cell("position"), "support");
    assert_eq!(cell("comment"), "Yes.");
    assert_eq!(cell("version"), branch.draft.version.to_string());
    assert_eq!(cell("block_text"), branch.draft.text(&branch.draft.block("Casework")));
    assert_eq!(cell("label"), "Fostering");
    let receipt = said["receipt"].as_str().expect("a receipt");
    let everything = format!("{table:?}{rows:?}");
    assert!(!everything.contains(receipt), "a receipt is hers alone");
    assert!(!everything.contains("members.example.org"), "no address");
    assert!(!everything.contains("Member 0 of"), "no name");
}

async fn words_that_look_like_formulas_are_disarmed_and_not_lost(database: Database) {
    let branch = Branch::consulting(database).await;
    let said = [
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1 from me",
        "-10% is not a formula",
        "@everyone",
        "'quoted from the start",
        "''twice",
        "＝full width",
        "\"Quotes\", commas, and\nnew lines;\nétude",
        "plain = words",
        "|cmd' /c calc'!A0",
    ];
    for (number, words) in said.iter().enumerate() {
        let team = crate::support::TEAMS[number % 2];
        let member = branch.member(team, number / 2).await;
        member.says(SLUG, &branch.comment("Casework", "neutral", words)).await;
    }
    branch.closes().await;
    let table = branch.negotiator.exports_csv(SLUG).await;
    let cells: Vec<&str> = table[1..].iter().map(|row| row.get(column("comment")).expect("a cell")).collect();
    for cell in &cells {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "a spreadsheet would run {cell:?}");
    }
    let mut found: Vec<&str> = cells.into_iter().map(plain).collect();
    let mut expected = said.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "letter for letter");
    let rows = branch.negotiator.exports_json(SLUG).await;
    let mut found: Vec<&str> = rows.iter().filter_map(|row| row["comment"].as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, expected, "JSON needs no guard");
}

async fn rows_come_in_the_order_of_the_document(database: Database) {
    let branch = Branch::consulting(database).await;
    for (number, words) in ["Commissioning is", "one voice", "Casework", "Supervision", "one voice"].iter().enumerate()
    {
        let member = branch.member("Fostering", number).await;
        member.says(SLUG, &branch.comment(words, "support", &format!("Number {number}."))).await;
    }
    branch.closes().await;
    let rows = branch.negotiator.exports_json(SLUG).await;
    let order: Vec<usize> = rows
        .iter()
        .map(|row| branch.draft.blocks.iter().position(|block| block["key"] == row["block_key"]).expect("a block"))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!(order.len(), 5);
}

async fn a_reference_is_drawn_anew_for_every_release(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.member("Fostering", 0).await.says(SLUG, &branch.comment("Casework", "support", "Yes.")).await;
    branch.closes().await;
    let first = branch.negotiator.releases(SLUG).await;
    let once = branch.negotiator.asks_for(SLUG, first, "csv", "negotiator").await;
    let again = branch.negotiator.asks_for(SLUG, first, "csv", "negotiator").await;
    assert_eq!(once.bytes, again.bytes, "a release is frozen");
    let row: Value = branch.negotiator.exports_json(SLUG).await[0].clone();
    assert!(row["reference"].as_str().is_some_and(|reference| !reference.is_empty()), "{row}");
    let body = json!({});
    let path = format!("/consultations/{SLUG}/releases");
    let release = branch.negotiator.api.post(&path, &body).await.ok();
    let checksum = release["sha256"].as_str().unwrap_or_else(|| panic!("a checksum: {release}"));
    assert!(checksum.len() == 64 && checksum.chars().all(|c| c.is_ascii_hexdigit()), "{checksum}");
    assert!(release.get("cut_off").is_some(), "{release}");
}

async fn nothing_is_exported_for_the_table_yet(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.member("Fostering", 0).await.says(SLUG, &branch.comment("Casework", "support", "Yes.")).await;
    branch.closes().await;
    let release = branch.negotiator.releases(SLUG).await;
    for format in ["csv", "json", "xlsx"] {
        let answer = branch.negotiator.asks_for(SLUG, release, format, "table").await;
        assert!((400..500).contains(&answer.status), "{}", answer.text());
        answer.refused(answer.status);
    }
    let unknown = branch.negotiator.asks_for(SLUG, release, "papyrus", "negotiator").await;
    assert!((400..500).contains(&unknown.status), "{}", unknown.text());
    let output =
        branch.server.command(&["export", SLUG, "--format", "csv", "--audience", "table", "--out", "table.csv"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!branch.server.dir().join("table.csv").exists());
}

async fn the_command_line_writes_the_same_rows(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.member("Fostering", 0).await.says(SLUG, &branch.comment("Casework", "support", "=1+1")).await;
    branch.closes().await;
    for format in ["csv", "json"] {
        let file = format!("out.{format}");
        branch.server.commanded(&["export", SLUG, "--format", format, "--audience", "negotiator", "--out", &file]);
        let written = std::fs::read_to_string(branch.server.dir().join(&file)).expect("the file was written");
        assert!(written.contains("=1+1"), "{written}");
    }
    let rows: Value =
        serde_json::from_slice(&std::fs::read(branch.server.dir().join("out.json")).expect("written")).expect("JSON");
    assert_eq!(crate::support::items(&rows).len(), 1);
}

async fn the_same_release_gives_the_same_workbook(database: Database) {
    let branch = Branch::consulting(database).await;
    branch.member("Fostering", 0).await.says(SLUG, &branch.comment("Casework", "support", "Yes.")).await;
    branch.closes().await;
    let release = branch.negotiator.releases(SLUG).await;
    let once = branch.negotiator.asks_for(SLUG, release, "xlsx", "negotiator").await;
    once.ok_bytes();
    assert_eq!(once.header("content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert!(once.header("content-disposition").ends_with(".xlsx\""), "{}", once.header("content-disposition"));
    branch.server.clock_says("2026-12-09T10:00:00Z");
    let again = branch.negotiator.asks_for(SLUG, release, "xlsx", "negotiator").await;
    assert_eq!(once.bytes, again.bytes, "whenever it is asked for");
}

/// By others than ourselves: Python's csv and json, openpyxl, Debian's office.
async fn every_file_is_read_back_as_it_was_written(database: Database) {
    let Some(office) = brought("SOUNDINGS_TEST_OFFICE") else { return };
    let branch = Branch::consulting(database).await;
    let long: String = "Ten thousand é 😀 ".chars().cycle().take(10_000).collect();
    let said = [
        "=HYPERLINK(\"http://x\",\"y\")",
        "@SUM(A1:A9)",
        "+1",
        "-2+3",
        "'quoted from the start",
        "\ttab first",
        "two\nlines\n\nand a third",
        "https://example.org/not-a-link",
        "😀 עברית مرحبا \u{202e}turned",
        "_x0041_ & <b>\"bold\"</b> ]]>",
        "|cmd' /c calc'!A0",
        "＝1+1",
        long.trim(),
    ];
    for (number, words) in said.iter().enumerate() {
        let member = branch.member(crate::support::TEAMS[number % 2], number / 2).await;
        let mut comment = branch.comment("Casework", "support_if", words);
        if number % 3 == 0 {
            comment["block"] = Value::Null;
        }
        comment["condition"] = words.chars().take(4_000).collect::<String>().trim().into();
        comment["with_name"] = (number % 2 == 0).into();
        member.says(SLUG, &comment).await;
    }
    branch.closes().await;
    let dir = branch.server.dir();
    let release = branch.negotiator.releases(SLUG).await;
    let files = ["xlsx", "csv", "json"].map(|format| dir.join(format!("release.{format}")));
    for (format, file) in ["xlsx", "csv", "json"].iter().zip(&files) {
        let answer = branch.negotiator.asks_for(SLUG, release, format, "negotiator").await;
        answer.ok_bytes();
        std::fs::write(file, &answer.bytes).expect("written");
        // The command line gives the same file.
        let out = format!("again.{format}");
        branch.server.commanded(&["export", SLUG, "--format", format, "--audience", "negotiator", "--out", &out]);
        assert_eq!(std::fs::read(dir.join(&out)).expect("written"), answer.bytes, "{format}");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/read_back.py");
    // Debian's own Python has Debian's openpyxl.
    let read = std::process::Command::new("/usr/bin/python3").arg(script).args(&files).arg(office).output();
    let read = read.expect("python3 is there");
    assert!(
        read.status.success(),
        "{}{}",
        String::from_utf8_lossy(&read.stdout),
        String::from_utf8_lossy(&read.stderr)
    );
    assert_eq!(String::from_utf8_lossy(&read.stdout).trim(), format!("{} rows, the same in all", said.len()));
}
