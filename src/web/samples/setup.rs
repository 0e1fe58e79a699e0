//! Setting up, checking, and a consultation's own pages.

use super::{HOSTILE, LABEL, Sample, TITLE, add, blocks, desk, letter_html, staff, with_error};
use crate::web::view::{
    ChangeCount, CheckMail, CheckPage, CheckTeam, CommentFate, DocumentRow, DraftPage, DroppedRow, FieldError,
    FridayChoice, GoneBlock, LabelRow, Missing, NewPage, Page, PlanRow, PublishPage, SettingsPage, SetupFields,
    TeamBox, VersionPage, VersionRow,
};

pub(super) fn setup(all: &mut Vec<Sample>) {
    sitting(all);
    settings(all);
    drafts(all);
    check(all);
}

fn fields() -> SetupFields {
    SetupFields {
        title: TITLE.into(),
        letter: "Dear colleague,\n\nthe county wants to change how our department is run.".into(),
        contact_name: "Rosamund Adeyinka".into(),
        contact_phone: "0161 496 0000".into(),
        contact_email: "branch@example.org".into(),
        join_url: "https://example.org/join".into(),
        time_zone: "Europe/London".into(),
        whom: "all".into(),
        teams: vec![
            TeamBox { path: "Children".into(), name: "Children".into(), level: 0, chosen: false },
            TeamBox { path: "Children/Early Help".into(), name: "Early Help".into(), level: 1, chosen: true },
        ],
    }
}

fn hostile_fields() -> SetupFields {
    SetupFields {
        title: HOSTILE.into(),
        letter: HOSTILE.into(),
        contact_name: HOSTILE.into(),
        contact_phone: HOSTILE.into(),
        contact_email: HOSTILE.into(),
        join_url: HOSTILE.into(),
        time_zone: HOSTILE.into(),
        whom: "some".into(),
        teams: vec![TeamBox { path: HOSTILE.into(), name: HOSTILE.into(), level: 7, chosen: true }],
    }
}

fn sitting(all: &mut Vec<Sample>) {
    let friday = |value: &str, words: &str, chosen| FridayChoice { value: value.into(), words: words.into(), chosen };
    let empty = NewPage {
        page: staff(),
        action_url: "/desk/new".into(),
        fields: SetupFields { title: String::new(), letter: String::new(), teams: Vec::new(), ..fields() },
        address: "https://say.example.org/c/".into(),
        fridays: vec![
            friday("2026-11-27", "Friday 27 November", false),
            friday("2026-12-04", "Friday 4 December", true),
            friday("2026-12-11", "Friday 11 December", false),
            friday("2026-12-18", "Friday 18 December", false),
        ],
        ..NewPage::default()
    };
    add(all, "desk/new.html", "empty house", &empty);
    let asks = NewPage {
        page: Page { notice: Some("Nothing is stored yet.".into()), ..staff() },
        fields: fields(),
        members: 138,
        team_count: 9,
        member_list: super::people::list(),
        dropped: vec![DroppedRow { what: "HTML <div>".into(), place: "line 12".into() }],
        draft: "# Three posts, not five".into(),
        seen_here: "abc".into(),
        ..empty.clone()
    };
    add(all, "desk/new.html", "asks", &asks);
    let errors =
        [("list", "Bring in the member list."), ("draft", "Paste the draft."), ("deadline_day", "Choose a day.")];
    let errors = errors.map(|(field, words)| FieldError { field: field.into(), words: words.into() });
    let hostile = NewPage {
        page: Page { errors: errors.into(), ..staff() },
        fields: hostile_fields(),
        draft: HOSTILE.into(),
        slug: HOSTILE.into(),
        other: true,
        deadline_day: HOSTILE.into(),
        deadline_time: HOSTILE.into(),
        ..asks
    };
    add(all, "desk/new.html", "hostile, errors", &hostile);
}

fn settings(all: &mut Vec<Sample>) {
    let settings = SettingsPage {
        employer_domains: "county.example".into(),
        page: desk("settings"),
        action_url: "/desk/closer/settings".into(),
        fields: fields(),
        summary: "The county wants five assistant directors.".into(),
        identifying_words: "Joanna Prewett\nThe Annexe".into(),
        public_draft: true,
        public_page: "by_link".into(),
        address: "https://say.example.org/c/closer".into(),
        preparing: true,
        deadline: "2026-12-04".into(),
        deadline_time: String::new(),
        grace_minutes: "15".into(),
        deadline_words: "the end of Friday 4 December".into(),
        progress_url: "/desk/closer/progress".into(),
    };
    add(all, "desk/settings.html", "preparing", &settings);
    add(all, "desk/settings.html", "open", &SettingsPage { preparing: false, ..settings.clone() });
    let wrong = SettingsPage {
        page: with_error(desk("settings"), "contact_name", "Fill this in."),
        fields: hostile_fields(),
        summary: HOSTILE.into(),
        identifying_words: HOSTILE.into(),
        deadline: HOSTILE.into(),
        ..settings
    };
    add(all, "desk/settings.html", "hostile, error", &wrong);
}

#[expect(clippy::too_many_lines, reason = "one state after the other")]
fn drafts(all: &mut Vec<Sample>) {
    let version = |number, note: &str, published: Option<&str>| VersionRow {
        number,
        note: note.into(),
        published_words: published.map(Into::into),
        compare_url: (number > 1).then(|| format!("/desk/closer/draft/x/compare?from=1&to={number}")),
        read_url: format!("/desk/closer/draft/x/{number}"),
        publish_url: published.is_none().then(|| format!("/desk/closer/draft/x/{number}/publish")),
    };
    let draft = DraftPage {
        page: desk("draft"),
        documents: vec![
            DocumentRow {
                id: "1".into(),
                title: TITLE.into(),
                kind: "proposal",
                versions: vec![version(2, "", None), version(1, HOSTILE, Some("Monday 23 November"))],
                edit_url: Some("/desk/closer/draft/1/edit".into()),
            },
            DocumentRow { id: "2".into(), title: HOSTILE.into(), kind: "comparison", ..DocumentRow::default() },
        ],
        pairs_url: Some("/desk/closer/pairs".into()),
        add_url: None,
        bring_url: Some("/desk/closer/draft".into()),
        document: "1".into(),
        draft: String::new(),
    };
    add(all, "desk/draft.html", "ordinary", &draft);
    let empty = DraftPage {
        page: with_error(desk("draft"), "draft", "Only .md and .txt files are read yet."),
        documents: Vec::new(),
        pairs_url: None,
        draft: HOSTILE.into(),
        ..draft.clone()
    };
    add(all, "desk/draft.html", "empty, error", &empty);
    let one = DraftPage {
        documents: draft.documents[..1].to_vec(),
        add_url: Some("/desk/closer/draft?document=comparison#bring".into()),
        pairs_url: None,
        document: "comparison".into(),
        ..draft.clone()
    };
    add(all, "desk/draft.html", "no second text yet", &one);
    add(all, "desk/draft.html", "closed", &DraftPage { bring_url: None, ..draft });
    let kinds = ["unchanged", "moved", "reworded", "split", "merged", "added", "gone"];
    let counts: Vec<ChangeCount> =
        kinds.into_iter().zip(1..).map(|(change, count)| ChangeCount { change, count }).collect();
    let seen = blocks();
    let marks = seen.iter().zip(kinds).map(|(block, change)| (block.key.clone(), change)).collect();
    let second = VersionPage {
        page: desk("draft"),
        title: TITLE.into(),
        number: 2,
        published_words: None,
        note: String::new(),
        against: Some(1),
        counts: counts.clone(),
        blocks: seen,
        marks,
        gone: vec![GoneBlock { number: "7.4".into(), text: HOSTILE.into() }],
        dropped: vec![DroppedRow { what: HOSTILE.into(), place: "line 12".into() }],
        letter_html: letter_html(),
        fate_url: Some("/desk/closer/draft/x/2/fate".into()),
        compare_url: Some("/desk/closer/draft/x/compare?from=1&to=2".into()),
        publish_url: Some("/desk/closer/draft/x/2/publish".into()),
        back_url: "/desk/closer/draft".into(),
    };
    add(all, "desk/version.html", "against the one before", &second);
    let first = VersionPage {
        number: 1,
        published_words: Some("Monday 23 November".into()),
        note: "First version".into(),
        against: None,
        counts: Vec::new(),
        marks: std::collections::BTreeMap::new(),
        gone: Vec::new(),
        dropped: Vec::new(),
        fate_url: None,
        compare_url: None,
        publish_url: None,
        ..second
    };
    add(all, "desk/version.html", "first, published", &first);
    let publish = PublishPage {
        page: with_error(desk("draft"), "note", "Say in a sentence what changed."),
        action_url: "/desk/closer/draft/x/2/publish".into(),
        back_url: "/desk/closer/draft/x/2".into(),
        title: HOSTILE.into(),
        number: 2,
        fate_url: Some("/desk/closer/draft/x/2/fate".into()),
        counts,
        comments: Some(CommentFate { stays: 1207, moved: 12, reworded: 1, gone: 3 }),
        open: true,
        asks_note: true,
        note: HOSTILE.into(),
    };
    add(all, "desk/publish.html", "second, error", &publish);
    add(
        all,
        "desk/publish.html",
        "few comments",
        &PublishPage { page: desk("draft"), comments: None, ..publish.clone() },
    );
    let first = PublishPage {
        page: desk("draft"),
        title: TITLE.into(),
        number: 1,
        counts: Vec::new(),
        comments: None,
        open: false,
        asks_note: false,
        note: String::new(),
        ..publish
    };
    add(all, "desk/publish.html", "first", &first);
}

fn check(all: &mut Vec<Sample>) {
    let row = |kind, when: &str| PlanRow {
        kind,
        url: Some("/desk/closer/mailings/1".into()),
        when: if kind == "thanks" { "closing" } else { "opening" },
        when_words: when.into(),
    };
    let team = |id: &str, name: &str, chosen| CheckTeam { id: id.into(), name: name.into(), chosen };
    let check = CheckPage {
        page: desk("check"),
        questions: 3,
        questions_url: "/desk/closer/questions".into(),
        invited: 138,
        with_address: 131,
        without_address: 7,
        in_several: 2,
        team_count: 9,
        blocks: Some(61),
        draft_url: "/desk/closer/draft/x/1".into(),
        settings_url: "/desk/closer/settings".into(),
        labels: vec![
            LabelRow { name: "Assessment".into(), invited: 31, teams_words: "Assessment".into(), joined: false },
            LabelRow { name: LABEL.into(), invited: 9, teams_words: "Early Help, Youth".into(), joined: true },
        ],
        plan: vec![
            row("invitation", ""),
            row("reminder", "Tuesday 1 December, 9.30 am"),
            row("closing_soon", "Thursday 3 December, 9.30 am"),
            row("thanks", ""),
        ],
        left_out: vec![row("reminder", "Friday 27 November, 9.30 am")],
        plan_url: None,
        teams: vec![team("1", "Assessment", true), team("2", "Youth", false)],
        mail: Some(CheckMail {
            team: "Assessment".into(),
            subject: "Please read our draft".into(),
            text: "Dear colleague,\n\nour draft is ready.\n\nhttps://say.example.org/go/your-personal-link\n".into(),
            html_url: "/desk/closer/mailings/1/html?team=1".into(),
            url: "/desk/closer/mailings/1".into(),
        }),
        missing: Vec::new(),
        open_url: Some("/desk/closer/open".into()),
        shown: "138-131-8-1".into(),
        sends: 131,
    };
    add(all, "desk/check.html", "ordinary", &check);
    let missing =
        ["contact", "deadline", "members", "draft"].map(|kind| Missing { kind, url: "/desk/closer/settings".into() });
    let bare = CheckPage {
        invited: 0,
        with_address: 0,
        without_address: 0,
        in_several: 0,
        team_count: 0,
        blocks: None,
        labels: Vec::new(),
        plan: Vec::new(),
        left_out: Vec::new(),
        plan_url: Some("/desk/closer/plan".into()),
        teams: Vec::new(),
        mail: None,
        missing: missing.into(),
        open_url: None,
        sends: 0,
        ..check.clone()
    };
    add(all, "desk/check.html", "everything missing", &bare);
    let hostile = CheckPage {
        labels: vec![LabelRow { name: HOSTILE.into(), invited: 8, teams_words: HOSTILE.into(), joined: true }],
        teams: vec![team("1", HOSTILE, true), team("2", HOSTILE, false)],
        mail: Some(CheckMail {
            team: HOSTILE.into(),
            subject: HOSTILE.into(),
            text: HOSTILE.into(),
            html_url: "/desk/closer/mailings/1/html".into(),
            url: "/desk/closer/mailings/1".into(),
        }),
        sends: 0,
        ..check
    };
    add(all, "desk/check.html", "hostile, nothing to send", &hostile);
}
