use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::audit::Actor;
use crate::clock::Clock;
use crate::ids::Chance;
use crate::people::member::{self, Member};
use crate::people::team::{NewTeam, Team};
use crate::store::testing::stores;

fn deed(seed: u64) -> Deed {
    let now = Clock::standing_at("2026-11-23T09:00:00Z".parse().unwrap()).now();
    Deed { actor: Actor::CommandLine, now, chance: Chance::seeded(seed) }
}

fn teams(names: &[&str]) -> Vec<Team> {
    let deed = deed(1);
    let team = |name: &&str| Team {
        id: deed.new_id(),
        parent_id: None,
        name: (*name).to_owned(),
        path: (*name).to_owned(),
        headcount: None,
    };
    names.iter().map(team).collect()
}

fn rejected(outcome: &Outcome) -> Vec<(usize, &str)> {
    outcome.rejected.iter().map(|fault| (fault.line, fault.column.as_str())).collect()
}

/// As programs get it: read, understood by its headings, checked.
fn read(bytes: &[u8]) -> Result<Reading, Refusal> {
    let table = super::read(bytes, None)?;
    let mapping = guess(&table);
    mapping.check()?;
    Ok(mapping.reading(&table))
}

fn planned(names: &[&str], file: &str) -> Outcome {
    plan(&teams(names), Vec::new(), read(file.as_bytes()).unwrap(), &BTreeMap::new()).outcome
}

#[test]
fn columns_come_in_any_order_and_lines_are_those_of_the_file() {
    let file = "\u{feff}Team;E-Mail;Name;notes\r\nA;a@b.org;\"Ann\nLee\";\r\n\r\n\"B\";b@b.org;\"Bo \"\"X\"\" Day\";\"1\r\n2\"\r\nC;nowhere;Cy;\r\n";
    let reading = read(file.as_bytes()).unwrap();
    let faults: Vec<_> = reading.rejected.iter().map(|fault| (fault.line, fault.column.as_str())).collect();
    assert_eq!(faults, [(2, "name"), (7, "email")]);
    assert!(reading.rejected[1].reason.contains("name@example.org"));
    let row = reading.rows.iter().find(|row| !row.is_refused).unwrap();
    assert_eq!((row.line, row.name.as_str()), (5, "Bo \"X\" Day"));
    assert_eq!(reading.notes, ["The column “notes” is not used."]);
}

#[test]
fn other_encodings_are_read_and_latin_1_is_said() {
    let latin = read(b"email,name,team\na@b.org,Zo\xeb,A\n").unwrap();
    assert_eq!(latin.rows[0].name, "Zoë");
    assert!(latin.notes[0].contains("Latin-1"));
    let wide: Vec<u8> =
        "\u{feff}email\tname\tteam\na@b.org\tZoë\tA\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&wide).unwrap().rows[0].name, "Zoë");
}

#[test]
fn a_missing_column_is_refused_with_what_was_found() {
    let refusal = read(b"mail,who\na@b.org,Ann\n").unwrap_err().to_string();
    assert!(refusal.contains("no column name") && refusal.contains("mail, who"), "{refusal}");
    assert!(read(b"").is_err());
    assert!(read(b"email,name,team,e-mail\n").is_err());
}

#[test]
fn a_row_of_another_length_is_refused_as_a_whole() {
    let reading = read(b"email,name,team\na@b.org,Ann\nb@b.org,\"Bo,A\nc@b.org,Cy,A\n").unwrap();
    let faults: Vec<_> = reading.rejected.iter().map(|fault| (fault.line, fault.reason.as_str())).collect();
    assert_eq!(faults[0].0, 2);
    assert!(faults[1].0 == 3 && faults[1].1.contains("not closed"), "{faults:?}");
}

#[test]
fn a_misspelt_team_is_refused_and_a_new_one_is_made() {
    let outcome = planned(&["Education"], "email,name,team\na@b.org,A,Educaton\nb@b.org,B,Leisure\n");
    assert_eq!(rejected(&outcome), [(2, "team")]);
    assert!(outcome.rejected[0].reason.starts_with("There is no team \"Educaton\". Did you mean \"Education\"?"));
    assert_eq!(outcome.teams_created, ["Leisure"]);
    let file = "email,name,team\na@b.org,A,Care/Education\nb@b.org,B,care/Education\nc@b.org,C,Care/Educaton\n";
    let outcome = planned(&[], file);
    assert_eq!(rejected(&outcome), [(4, "team")]);
    assert!(outcome.rejected[0].reason.contains("mean \"Care/Education\"?"), "{:?}", outcome.rejected);
    assert_eq!(outcome.teams_created, ["Care", "Care/Education"]);
}

#[test]
fn one_person_in_two_rows_is_one_person_and_contradictions_are_refused() {
    let file = "email,name,team,membership_number\n\
                a@b.org,Ann,North,1\nA@B.org,Ann,South,\na@b.org,Bob,South,\na@b.org,Ann,South,2\nc@b.org,Ann,South,1\n";
    let outcome = planned(&[], file);
    assert_eq!(outcome.created, 1);
    assert_eq!(rejected(&outcome), [(4, "name"), (5, "membership_number"), (6, "email")]);
}

fn sheet(fill: impl Fn(&mut rust_xlsxwriter::Workbook)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

/// An ODS with this `content.xml`, as a spreadsheet program packs it.
fn ods(content: &str) -> Vec<u8> {
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn table(rows: &str) -> String {
    format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"L\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
}

fn code(refused: Result<Table, Refusal>) -> &'static str {
    match refused {
        Err(Refusal::Invalid(problems)) => problems[0].code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sheet_with_a_title_blank_rows_and_numbers_is_read_with_the_rows_the_person_sees() {
    let book = sheet(|book| {
        book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "Made by the branch office").unwrap();
        let hidden = book.add_worksheet();
        hidden.set_hidden(true).write_row(0, 0, ["email", "name", "team"]).unwrap();
        let list = book.add_worksheet().set_name("Members").unwrap();
        let title = rust_xlsxwriter::Format::new();
        list.merge_range(0, 0, 0, 4, "Members, March 2026; all of them", &title).unwrap();
        list.write_row(2, 0, ["Payroll no", "First\nname", "Surname", "E-mail", "Department", "Team", "Joined"])
            .unwrap();
        for (row, name) in [(3, "Ana"), (5, "Bo")] {
            list.write(row, 0, 12345.0 + f64::from(row)).unwrap();
            list.write_row(row, 1, [name, "Day\u{a0}", &format!(" {name}@b.org"), "Adults", "Care \"North\""]).unwrap();
            let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
            list.write_with_format(row, 6, rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 2, 29).unwrap(), &day)
                .unwrap();
        }
    });
    let table = super::read(&book, None).unwrap();
    let mapping = guess(&table);
    assert_eq!(table.notes.len(), 1, "the sheet is said: {:?}", table.notes);
    let reading = mapping.reading(&table);
    assert_eq!(reading.rejected, []);
    let row = &reading.rows[1];
    assert_eq!((row.line, row.name.as_str(), row.team.as_str()), (6, "Bo Day", "Adults/Care \"North\""));
    assert_eq!((row.email.as_deref(), row.membership_number.as_deref()), (Some("Bo@b.org"), Some("12350")));
    assert_eq!(mapping.examples(&table, 6, 1), ["2024-02-29"]);
    // As it travels through a form, whose line ends are those of the web.
    let again = super::read(table.text.replace('\n', "\r\n").as_bytes(), None).unwrap();
    assert_eq!((&again.lines, guess(&again)), (&table.lines, mapping));

    assert_eq!(super::read(&book, Some("notes")).unwrap().lines.len(), 1);
    assert_eq!(code(super::read(&book, Some("Leavers"))), "no-sheet");
}

#[test]
fn an_open_document_sheet_is_read_as_it_is_seen() {
    let list = table(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
         <table:table-header-rows><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Mail</text:p></table:table-cell>\
         <table:table-cell><text:p>Name</text:p></table:table-cell><table:table-cell><text:p>Unit</text:p></table:table-cell>\
         <table:table-cell><text:p>Member no</text:p></table:table-cell></table:table-row></table:table-header-rows>\
         <table:table-row><table:table-cell office:value-type=\"string\"><office:annotation><text:p>ask her</text:p></office:annotation>\
         <text:p><text:a>ana@b.org</text:a></text:p></table:table-cell><table:table-cell><text:p>Ana<text:s/>O&apos;Neil &amp;&#32;Co</text:p></table:table-cell>\
         <table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"12345\"><text:p>12,345.00</text:p></table:table-cell></table:table-row>\
         <table:table-row><table:covered-table-cell/><table:table-cell><text:p>Bo</text:p></table:table-cell><table:table-cell><text:p>A</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>0007</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
    );
    let reading = read(&ods(&list)).unwrap();
    assert_eq!(reading.rejected, []);
    let said: Vec<_> = reading
        .rows
        .iter()
        .map(|row| (row.line, row.name.as_str(), row.email.as_deref(), row.membership_number.as_deref()))
        .collect();
    assert_eq!(said, [(4, "Ana O'Neil & Co", Some("ana@b.org"), Some("12345")), (5, "Bo", None, Some("0007"))]);
}

#[test]
fn workbooks_that_would_fill_the_memory_are_refused() {
    let wide = table(
        "<table:table-row table:number-rows-repeated=\"60000\"><table:table-cell table:number-columns-repeated=\"150\"><text:p>x</text:p></table:table-cell></table:table-row>",
    );
    assert_eq!(code(super::read(&ods(&wide), None)), "too-much");
    let endless = table(
        "<table:table-row><table:table-cell table:number-columns-repeated=\"18446744073709551615\"><text:p>x</text:p></table:table-cell></table:table-row>",
    );
    assert_eq!(code(super::read(&ods(&endless), None)), "too-wide");
    let deep = table(
        "<table:table-row table:number-rows-repeated=\"18446744073709551615\"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>",
    );
    assert_eq!(code(super::read(&ods(&deep), None)), "too-long-list");
    assert_eq!(
        code(super::read(&packed(&[("mimetype", b"x"), ("content.xml", &vec![b' '; 140 << 20])]), None)),
        "too-much"
    );
    let many: Vec<String> = (0..2100).map(|place| place.to_string()).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(code(super::read(&packed(&many), None)), "too-much");
    let far = sheet(|book| {
        book.add_worksheet().write(1_000_000, 0, "x").unwrap();
    });
    assert_eq!(code(super::read(&far, None)), "too-long-list");
    let far = sheet(|book| {
        book.add_worksheet().write(0, 10_000, "x").unwrap();
    });
    assert_eq!(code(super::read(&far, None)), "too-wide");
}

#[test]
fn what_is_no_list_is_refused_with_what_to_do() {
    let book = sheet(|book| {
        book.add_worksheet().write_row(0, 0, ["email", "name", "team"]).unwrap();
    });
    assert_eq!(code(super::read(&book[..book.len() / 2], None)), "damaged");
    assert_eq!(code(super::read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 EncryptedPackage", None)), "not-a-list");
    assert_eq!(code(super::read(b"%PDF-1.7 \0", None)), "not-a-list");
    assert_eq!(code(super::read(b" <html><table><tr><td>email</td></tr></table>", None)), "not-a-list");
    assert_eq!(code(super::read(&packed(&[("word/document.xml", b"<w/>")]), None)), "not-a-list");
    let secret = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:encryption-data/>"),
        ("content.xml", b"\x01\x02"),
    ]);
    assert_eq!(code(super::read(&secret, None)), "protected");
    assert_eq!(code(super::read(b"  \n\n", None)), "empty");
    assert_eq!(code(super::read("a,".repeat(300).as_bytes(), None)), "too-wide");
}

#[test]
fn columns_are_known_by_their_names_and_by_what_is_in_them() {
    let mapping_of = |text: &str| guess(&super::read(text.as_bytes(), None).unwrap()).columns;
    let (email, name, team) = (Some(Column::Email), Some(Column::Name), Some(Column::Team));
    assert_eq!(
        mapping_of(
            "Member,Contact,Directorate,Service area,Team,Team leader,Rep,Line manager email\nAna,ana@b.org,P,Q,R,Cy,yes,cy@b.org\n"
        ),
        [name, email, Some(Column::Service), Some(Column::Service), team, None, Some(Column::Rep), None]
    );
    let bare = "Ana Lee\tana@b.org\tFostering\nBo Day\tbo@b.org\tFostering\n";
    assert_eq!(mapping_of(bare), [name, email, team]);
    assert_eq!(guess(&super::read(bare.as_bytes(), None).unwrap()).headings, ["Column A", "Column B", "Column C"]);
    assert_eq!(
        mapping_of("Members; all, of, them\nemail\tname\tteam\na@b.org\tLee, Ann\tCare, North\n"),
        [email, name, team]
    );
}

#[test]
fn a_person_decides_what_a_misspelt_team_means() {
    let file = "email,name,team\na@b.org,A,Fosterring\n".to_owned()
        + &"x@b.org,X,Fostering\n".replace('x', "y")
        + "z@b.org,Z,Fostering\n";
    let table = super::read(file.as_bytes(), None).unwrap();
    let mut mapping = guess(&table);
    let plan_of = |mapping: &Mapping| plan(&[], Vec::new(), mapping.reading(&table), &mapping.decided());
    let open = plan_of(&mapping);
    let suspicion = &open.suspicions[0];
    assert_eq!(
        (suspicion.typed.as_str(), suspicion.rows, suspicion.meant.as_str(), suspicion.meant_rows, suspicion.is_known),
        ("Fosterring", 1, "Fostering", 2, false)
    );
    assert_eq!((open.outcome.created, rejected(&open.outcome)), (2, vec![(2, "team")]));
    mapping.team_names = vec![("FOSTERRING".to_owned(), "Fostering".to_owned())];
    let same = plan_of(&mapping);
    assert_eq!(
        (same.outcome.created, same.teams.as_slice(), same.suspicions[0].decided.as_deref()),
        (3, &["Fostering".to_owned()][..], Some("Fostering"))
    );
    mapping.team_names = vec![("Fosterring".to_owned(), "Fosterring".to_owned())];
    assert_eq!(plan_of(&mapping).teams, ["Fosterring", "Fostering"]);
}

proptest! {
    #[test]
    fn no_workbook_makes_the_reader_panic(rows in "[<>/a-z\" =0-9:-]{0,300}", cut in 0..400usize, flip in any::<u8>()) {
        let _ = super::read(&ods(&table(&rows)), None);
        let _ = super::read(&ods(&rows), None);
        let mut book = ods(&table("<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"));
        let place = cut % book.len();
        book[place] ^= flip;
        let _ = super::read(&book, None);
        book.truncate(place);
        // With less than an archive's first four bytes it is text like any other.
        let read = super::read(&book, None);
        prop_assert!(read.is_err() || !book.starts_with(b"PK\x03\x04"));
    }

    #[test]
    fn no_bytes_make_the_reader_or_the_planner_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), headed: bool) {
        let mut file = if headed { b"email,name,team,rep,left\n".to_vec() } else { Vec::new() };
        file.extend(bytes);
        if let Ok(reading) = read(&file) {
            prop_assert!(plan(&teams(&["Education"]), Vec::new(), reading, &BTreeMap::new()).changes.len() <= file.len());
        }
    }

    #[test]
    fn quoted_cells_read_back(names in prop::collection::vec("[a-zé\", ;\n\r]{1,12}", 1..8), crlf: bool) {
        let end = if crlf { "\r\n" } else { "\n" };
        let mut file = format!("email,name,team,notes{end}");
        let mut lines = Vec::new();
        for name in &names {
            lines.push(1 + file.replace("\r\n", "\n").chars().filter(|sign| matches!(sign, '\n' | '\r')).count());
            write!(file, ",\"{}\",A,\"{}\"{end}", name.replace(['\n', '\r'], " ").replace('"', "\"\""), name.replace('"', "\"\"")).unwrap();
        }
        let reading = read(file.as_bytes()).unwrap();
        let said: std::collections::BTreeSet<usize> =
            reading.rows.iter().map(|row| row.line).chain(reading.rejected.iter().map(|fault| fault.line)).collect();
        prop_assert_eq!(said.into_iter().collect::<Vec<_>>(), lines);
        let expected: Vec<String> =
            names.iter().map(|name| name.replace(['\n', '\r'], " ").trim().to_owned()).filter(|name| !name.is_empty()).collect();
        prop_assert_eq!(reading.rows.iter().filter(|row| !row.is_refused).map(|row| row.name.clone()).collect::<Vec<_>>(), expected);
    }
}

async fn brought(store: &Store, file: &str) -> Outcome {
    import(store, &deed(file.len() as u64), file.as_bytes().to_vec(), ImportMode { dry_run: false, accept_valid: true })
        .await
        .unwrap()
}

fn counts(outcome: &Outcome) -> (usize, usize, usize, usize) {
    (outcome.created, outcome.updated, outcome.unchanged, outcome.rejected.len())
}

async fn everybody(store: &Store) -> Vec<Member> {
    store.read(|tx| member::list(tx, None, None, 100_000)).await.unwrap()
}

const FILE: &str = "email,name,team,membership_number,rep\n\
    ann@b.org,Ann Lee,Care/North,1,yes\nann@b.org,Ann Lee,Care/South,1,\n,Bo Day,Care/North,2,\n,Cy Fox,Care/North,,\n";

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    for store in stores(dir.path(), "people_again") {
        let dry =
            import(&store, &deed(1), FILE.into(), ImportMode { dry_run: true, ..ImportMode::default() }).await.unwrap();
        assert_eq!((counts(&dry), dry.applied), ((3, 0, 0, 0), false));
        assert_eq!(everybody(&store).await, []);
        assert_eq!(counts(&brought(&store, FILE).await), (3, 0, 0, 0));
        assert_eq!(counts(&brought(&store, FILE).await), (0, 0, 3, 0));
        let demo = include_str!("../../demo/members.csv");
        let first = brought(&store, demo).await;
        assert_eq!((first.rejected.len(), first.updated), (0, 0), "{:?}", first.rejected);
        assert_eq!(counts(&brought(&store, demo).await), (0, 0, first.created, 0));
    }
}

#[tokio::test]
async fn a_later_file_changes_whom_it_names_and_nobody_else() {
    let dir = tempfile::tempdir().unwrap();
    for store in stores(dir.path(), "people_later") {
        brought(&store, FILE).await;
        let later =
            "team,name,email,membership_number,left\nCare/South,Ann Lee,ann@new.org,1,\nCare/North,Bo Day,,2,yes\n";
        let outcome = brought(&store, later).await;
        assert_eq!(counts(&outcome), (0, 2, 0, 0));
        let members = everybody(&store).await;
        let ann = members.iter().find(|member| member.name == "Ann Lee").unwrap();
        assert_eq!(
            (ann.email.as_deref(), ann.teams.len(), &outcome.new_addresses),
            (Some("ann@new.org"), 1, &vec![ann.id])
        );
        assert_eq!(members.iter().filter(|member| member.has_left).count(), 1);
        assert_eq!(store.read(|tx| member::invitable(tx, None)).await.unwrap().len(), 2);

        let misspelt = "team,name,email\nCare/Nroth,Ann Lee,ann@new.org\nCare/North,Ann Lee,ann@new.org\n";
        let cautious = import(&store, &deed(7), misspelt.into(), ImportMode::default()).await.unwrap();
        assert_eq!((rejected(&cautious), cautious.applied), (vec![(2, "team")], false));
        assert_eq!(counts(&brought(&store, misspelt).await), (0, 1, 0, 1));
        assert_eq!(
            everybody(&store).await.iter().map(|member| member.teams.len()).collect::<Vec<_>>().iter().sum::<usize>(),
            4
        );
    }
}

#[tokio::test]
async fn renaming_and_moving_a_team_takes_all_below_it_along() {
    let dir = tempfile::tempdir().unwrap();
    for store in stores(dir.path(), "people_tree") {
        let told = store.write(Side::Members, |tx| {
            let deed = deed(3);
            let care = team::make(tx, &deed, &NewTeam { name: "Care".into(), ..NewTeam::default() })?;
            team::ensure_path(tx, &deed, "care/North/Day")?;
            let twin = team::make(tx, &deed, &NewTeam { name: "CARE".into(), ..NewTeam::default() });
            let below = team::list(tx)?.into_iter().last().map(|team| team.id);
            let cycle = team::TeamChange { parent: Some(below), ..team::TeamChange::default() };
            let cycle = team::change(tx, &deed, care.id, &cycle);
            let renamed = team::TeamChange { name: Some("Social Care".into()), headcount: Some(Some(9)), parent: None };
            team::change(tx, &deed, care.id, &renamed)?;
            let paths: Vec<_> = team::list(tx)?.into_iter().map(|team| (team.path, team.headcount)).collect();
            Ok::<_, Refusal>((paths, twin.is_err(), cycle.is_err()))
        });
        let (paths, twin, cycle) = told.await.unwrap();
        let paths: Vec<_> = paths.iter().map(|(path, count)| (path.as_str(), *count)).collect();
        assert_eq!(paths, [("Social Care", Some(9)), ("Social Care/North", None), ("Social Care/North/Day", None)]);
        assert!(twin && cycle);
    }
}

#[tokio::test]
async fn links_and_tokens_work_as_long_as_they_should() {
    use crate::people::{Role, Roles, staff, token};
    let dir = tempfile::tempdir().unwrap();
    for store in stores(dir.path(), "people_staff") {
        let (id, link) = store
            .write(Side::Members, |tx| staff::add(tx, &deed(5), "O@b.org", "Olu", &Roles::from_iter([Role::Organiser])))
            .await
            .unwrap();
        let told = store.write(Side::Members, move |tx| {
            let deed = deed(6);
            assert!(staff::add(tx, &deed, "o@b.org", "Olu", &Roles::from_iter([Role::Admin])).is_err());
            let late = staff::use_link(tx, &link, deed.now + staff::LINK_LIFE)?;
            let first = staff::use_link(tx, &link, deed.now)?.map(|staff| staff.id);
            let second = staff::use_link(tx, &link, deed.now)?;
            staff::disable(tx, &deed, "o@B.org")?;
            assert_eq!((late, first, second, staff::by_session(tx, id, 1)?), (None, Some(id), None, None));
            let text = token::make(tx, &deed, "nightly", &Roles::from_iter([Role::Negotiator]))?;
            assert_eq!(text.len(), 47);
            assert!(token::find(tx, &text)?.is_some_and(|found| found.roles.may(Role::Negotiator)));
            token::revoke(tx, &deed, "nightly")?;
            assert_eq!(token::find(tx, &text)?, None);
            Ok::<_, Refusal>(())
        });
        told.await.unwrap();
    }
}
