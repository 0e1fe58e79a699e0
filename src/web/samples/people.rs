//! Members, teams and the list they come in.

use super::{HOSTILE, Sample, add, staff, with_error};
use crate::web::view::{
    ListColumn, ListPreview, ListRejected, ListRow, ListTeam, MemberEditPage, MemberLeavePage, MemberListPart,
    MemberPlace, MemberRow, MembersImportPage, MembersPage, TeamEditPage, TeamRow, TeamsPage,
};

const TEAM: &str = "Social Care/Fostering";

pub(super) fn people(all: &mut Vec<Sample>) {
    import(all);
    members(all);
    teams(all);
}

/// A list with everything that can be in it.
pub(super) fn list() -> MemberListPart {
    let column = |heading: &str, examples: &str, meaning| ListColumn {
        heading: heading.into(),
        examples: examples.into(),
        meaning,
    };
    let preview = ListPreview {
        taken: 138,
        created: 130,
        updated: 8,
        unchanged: 4,
        left_out: 2,
        rejected: vec![
            ListRejected {
                line: 17,
                column: "email".into(),
                value: HOSTILE.into(),
                reason: "Write a mail address such as name@example.org.".into(),
            },
            ListRejected {
                line: 140,
                value: "Total".into(),
                reason: "Fill this in.".into(),
                ..ListRejected::default()
            },
        ],
        rejected_more: 1,
        teams_created: vec![TEAM.into(), HOSTILE.into()],
        teams_created_count: 2,
        notes: vec!["Read from the sheet “Members”.".into()],
        first: vec![
            ListRow { line: 4, name: "Ana Ångström".into(), email: "ana@example.org".into(), team: TEAM.into() },
            ListRow { line: 5, name: HOSTILE.into(), email: String::new(), team: HOSTILE.into() },
        ],
    };
    let doubt = |typed: &str, decided| ListTeam {
        typed: typed.into(),
        rows: 1,
        meant: "Fostering".into(),
        meant_rows: 24,
        is_known: decided == "own",
        decided,
    };
    MemberListPart {
        list: format!("E-mail\tSurname\tTeam\nana@example.org\t{HOSTILE}\tFostering\n"),
        sheet: "Members".into(),
        columns: vec![
            column("E-mail", "ana@example.org, bo@example.org", "email"),
            column("Surname", "Ångström", "surname"),
            column("Team", "Fostering", "team"),
            column(HOSTILE, HOSTILE, ""),
        ],
        columns_of: "x".into(),
        meanings: vec![
            "email",
            "name",
            "first_name",
            "surname",
            "team",
            "service",
            "membership_number",
            "rep",
            "language",
            "left",
        ],
        teams: vec![doubt("Fosterring", ""), doubt("Fostring", "same"), doubt(HOSTILE, "own")],
        preview: Some(preview),
        seen: "y".into(),
    }
}

fn import(all: &mut Vec<Sample>) {
    let page = MembersImportPage {
        page: staff(),
        member_list: list(),
        action_url: "/desk/members/import".into(),
        members_url: "/desk/members".into(),
    };
    let name = "desk/members_import.html";
    add(all, name, "ordinary", &page);
    let nothing = MembersImportPage { member_list: MemberListPart::default(), ..page.clone() };
    add(all, name, "empty", &nothing);
    let refused = with_error(staff(), "list_file", "This file has a password. Save it without one.");
    add(all, name, "refused file", &MembersImportPage { page: refused, ..nothing });
    let unfit = MembersImportPage {
        page: with_error(staff(), "column_0", "Choose which column is the team."),
        member_list: MemberListPart { preview: None, teams: Vec::new(), ..list() },
        ..page
    };
    add(all, name, "unfit columns", &unfit);
}

fn members(all: &mut Vec<Sample>) {
    let row = |name: &str, email: Option<&str>| MemberRow {
        name: name.into(),
        url: "/desk/members/x".into(),
        teams: vec![TEAM.into(), "Social Care/Early Help and Youth".into()],
        email: email.map(Into::into),
        is_rep: email.is_some(),
        has_left: email.is_none(),
    };
    let members = MembersPage {
        page: staff(),
        present: 138,
        no_address: 6,
        left: 3,
        rows: vec![row("Ana Ångström", Some("ana@example.org")), row(HOSTILE, None), row("Bo", Some(HOSTILE))],
        members_url: "/desk/members".into(),
        import_url: "/desk/members/import".into(),
        new_url: "/desk/members/new".into(),
        teams_url: "/desk/teams".into(),
        next_url: Some("/desk/members?after=x".into()),
        ..MembersPage::default()
    };
    add(all, "desk/members.html", "ordinary", &members);
    let searched = MembersPage {
        words: HOSTILE.into(),
        team: Some(TEAM.into()),
        team_id: "x".into(),
        rows: Vec::new(),
        next_url: None,
        ..members.clone()
    };
    add(all, "desk/members.html", "nobody found", &searched);
    add(
        all,
        "desk/members.html",
        "empty",
        &MembersPage { present: 0, no_address: 0, left: 0, rows: Vec::new(), ..members },
    );
    let member = MemberEditPage {
        page: staff(),
        is_new: false,
        name: "Ana Ångström".into(),
        email: "ana@example.org".into(),
        membership_number: "A-1".into(),
        places: vec![MemberPlace { path: TEAM.into(), is_rep: true }, MemberPlace::default()],
        teams: vec![TEAM.into(), HOSTILE.into()],
        has_left: false,
        action_url: "/desk/members/x".into(),
        members_url: "/desk/members".into(),
        leave_url: "/desk/members/x/leave".into(),
        back_url: "/desk/members/x/back".into(),
    };
    add(all, "desk/member.html", "ordinary", &member);
    add(all, "desk/member.html", "left", &MemberEditPage { has_left: true, name: HOSTILE.into(), ..member.clone() });
    let new = MemberEditPage {
        page: with_error(staff(), "team_0", "There is no such team."),
        is_new: true,
        email: HOSTILE.into(),
        places: vec![MemberPlace { path: HOSTILE.into(), is_rep: false }],
        ..member
    };
    add(all, "desk/member.html", "new, with an error", &new);
    let leave = MemberLeavePage {
        page: staff(),
        name: "Ana Ångström".into(),
        action_url: "/desk/members/x/leave".into(),
        member_url: "/desk/members/x".into(),
    };
    add(all, "desk/member_leave.html", "ordinary", &leave);
    add(all, "desk/member_leave.html", "hostile", &MemberLeavePage { name: HOSTILE.into(), ..leave });
}

fn teams(all: &mut Vec<Sample>) {
    let row = |name: &str, level, headcount| TeamRow {
        name: name.into(),
        level,
        url: "/desk/teams/x".into(),
        headcount,
        members: 24 / level,
    };
    let page = TeamsPage {
        page: staff(),
        rows: vec![row("Social Care", 1, Some(120)), row("Fostering", 2, None), row(HOSTILE, 3, Some(0))],
        new_url: "/desk/teams/new".into(),
        members_url: "/desk/members".into(),
        import_url: "/desk/members/import".into(),
    };
    add(all, "desk/teams.html", "ordinary", &page);
    add(all, "desk/teams.html", "empty", &TeamsPage { rows: Vec::new(), ..page });
    let team = TeamEditPage {
        page: staff(),
        is_new: false,
        name: "Fostering".into(),
        parent: "Social Care".into(),
        headcount: "40".into(),
        teams: vec![TEAM.into(), HOSTILE.into()],
        action_url: "/desk/teams/x".into(),
        teams_url: "/desk/teams".into(),
        members_url: Some("/desk/members?team=x".into()),
    };
    add(all, "desk/team.html", "ordinary", &team);
    let new = TeamEditPage {
        page: with_error(staff(), "headcount", "Write a number in digits, or leave this empty."),
        is_new: true,
        name: HOSTILE.into(),
        parent: HOSTILE.into(),
        headcount: HOSTILE.into(),
        members_url: None,
        ..team
    };
    add(all, "desk/team.html", "new, with an error", &new);
}
