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

fn planned(names: &[&str], file: &str) -> Outcome {
    plan(&teams(names), Vec::new(), read(file.as_bytes()).unwrap()).outcome
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

proptest! {
    #[test]
    fn no_bytes_make_the_reader_or_the_planner_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), headed: bool) {
        let mut file = if headed { b"email,name,team,rep,left\n".to_vec() } else { Vec::new() };
        file.extend(bytes);
        if let Ok(reading) = read(&file) {
            prop_assert!(plan(&teams(&["Education"]), Vec::new(), reading).changes.len() <= file.len());
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
