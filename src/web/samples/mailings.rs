//! Mailings.

use super::{HOSTILE, LABEL, Sample, TITLE, add, desk};
use crate::web::view::{
    ComposePage, FieldError, KindWay, MailTrouble, MailingCheckPage, MailingLine, MailingPage, MailingPreview,
    MailingWhen, MailingsPage, MarkedWord, MessageCount, MissedLine, NoteField, Page, RecipientCounts, TeamChoiceLine,
    TeamOption,
};

const BODY: &str = "Dear {name},\n\nthis is a reminder to everyone in your team. If you have already answered, thank \
                    you, and there is nothing more to do.";
const TEAM: &str = "019ab5f0-0000-7000-8000-000000000001";

pub(super) fn mailings(all: &mut Vec<Sample>) {
    list(all);
    one(all);
    check(all);
    compose(all);
}

fn list(all: &mut Vec<Sample>) {
    let count = |state, count| MessageCount { state, count, band: "" };
    let band = |state, band| MessageCount { state, count: 0, band };
    let mailings = vec![
        MailingLine {
            when: MailingWhen { timing: "at_opening", ..MailingWhen::default() },
            ..line("invitation", "planned", Vec::new())
        },
        line("closing_soon", "planned", Vec::new()),
        MailingLine {
            when: MailingWhen { timing: "after_closing", ..MailingWhen::default() },
            ..line("thanks", "paused", Vec::new())
        },
        line("reminder", "held", Vec::new()),
        line("reminder", "sending", vec![count("joined", 41), count("uncertain", 1)]),
        line("update", "sent", vec![count("sent", 18_204), count("failed", 12), count("not_sent", 3)]),
        line("reminder", "sent", vec![band("sent", "75_and_over"), band("not_sent", "under_25")]),
        line("reminder", "left_out", Vec::new()),
        MailingLine { subject: HOSTILE.into(), to_words: HOSTILE.into(), ..line("update", "cancelled", Vec::new()) },
    ];
    let kinds = kinds("");
    let page = MailingsPage {
        page: desk("mailings"),
        mailings,
        trouble: Some(trouble()),
        kinds: kinds.clone(),
        standard_url: None,
    };
    add(all, "desk/mailings/list.html", "ordinary", &page);
    let standard_url = Some("/desk/closer/mailings/standard".into());
    let empty = MailingsPage { page: desk("mailings"), mailings: Vec::new(), trouble: None, kinds, standard_url };
    add(all, "desk/mailings/list.html", "empty", &empty);
}

fn trouble() -> MailTrouble {
    MailTrouble {
        words: "The mail server refuses user name or password (535 5.7.8). Check mail.smtp_url.".into(),
        since_words: "Thursday 3 December, 9.31 pm".into(),
        next_words: "Thursday 3 December, 9.36 pm".into(),
    }
}

fn line(kind: &'static str, state: &'static str, counts: Vec<MessageCount>) -> MailingLine {
    MailingLine {
        kind,
        url: "/desk/closer/mailings/x".into(),
        subject: format!("{TITLE}: reminder to read by Friday 4 December, 5 pm"),
        to_words: "Care/Assessment, Care/Children in Care, Care/Youth and 4 more".into(),
        when: MailingWhen {
            timing: "before_deadline",
            words: "Tuesday 1 December, 9:30 am".into(),
            days: 3,
            follows: true,
        },
        state,
        counts,
    }
}

fn kinds(current: &str) -> Vec<KindWay> {
    let way = |kind: &'static str| KindWay {
        kind,
        url: format!("/desk/closer/mailings/new?kind={kind}"),
        current: kind == current,
    };
    ["reminder", "update", "closing_soon", "invitation", "thanks"].map(way).to_vec()
}

fn one(all: &mut Vec<Sample>) {
    let planned = MailingPage {
        page: Page { notice: Some("Saved.".into()), ..desk("mailings") },
        list_url: "/desk/closer/mailings".into(),
        trouble: None,
        line: line("reminder", "planned", Vec::new()),
        audience: "everyone",
        recipients: RecipientCounts { recipients: 64, no_address: 3, left: 1, at_most: true },
        missed: Vec::new(),
        missed_url: None,
        preview: preview(),
        preview_url: "/desk/closer/mailings/x".into(),
        test_url: Some("/desk/closer/mailings/x/test".into()),
        pause_url: Some("/desk/closer/mailings/x/pause".into()),
        resume_url: None,
        again_url: None,
        edit_url: Some("/desk/closer/mailings/x/edit".into()),
        send_url: Some("/desk/closer/mailings/x/send".into()),
        cancel_url: Some("/desk/closer/mailings/x/cancel".into()),
    };
    add(all, "desk/mailings/one.html", "planned", &planned);
    for state in ["held", "paused", "left_out"] {
        let held = MailingPage {
            line: line("closing_soon", state, Vec::new()),
            audience: "not_finished",
            resume_url: Some("/desk/closer/mailings/x/resume".into()),
            pause_url: None,
            ..planned.clone()
        };
        add(all, "desk/mailings/one.html", state, &held);
    }
    let counts =
        ["queued", "claimed", "in_data", "retry", "sent", "failed", "uncertain", "not_sent", "cancelled", "joined"]
            .map(|state| MessageCount { state, count: 1240, band: "" });
    let missed = |name: &str, state| MissedLine {
        name: name.into(),
        team: LABEL.into(),
        state,
        trouble: "The mail server said: 550 no such user.".into(),
    };
    for state in ["sending", "sent", "cancelled"] {
        let over = MailingPage {
            line: line("update", state, counts.to_vec()),
            missed: vec![missed("Ann Lee", "failed"), missed(HOSTILE, "uncertain")],
            trouble: (state == "sending").then(trouble),
            again_url: (state != "cancelled").then(|| "/desk/closer/mailings/x/again".into()),
            missed_url: (state == "sent").then(|| "?from=20#missed".into()),
            edit_url: None,
            send_url: None,
            preview: MailingPreview { subject: HOSTILE.into(), text: HOSTILE.into(), ..preview() },
            ..planned.clone()
        };
        add(all, "desk/mailings/one.html", state, &over);
    }
}

fn preview() -> MailingPreview {
    let option = |name: &str, chosen| TeamOption { id: TEAM.into(), name: name.into(), chosen };
    MailingPreview {
        teams: vec![option("Care/Youth", true), option(HOSTILE, false)],
        team: "Youth".into(),
        team_id: TEAM.into(),
        subject: format!("{TITLE}: reminder to read by Friday 4 December, 5 pm"),
        text: "Dear a member,\n\nthis is a reminder.\n\nhttps://say.example.org/go/your-personal-link-stands-here"
            .into(),
        html_url: "/desk/closer/mailings/x/html".into(),
    }
}

fn check(all: &mut Vec<Sample>) {
    let send = MailingCheckPage {
        page: desk("mailings"),
        deed: "send",
        action_url: "/desk/closer/mailings/x/send".into(),
        back_url: "/desk/closer/mailings/x".into(),
        line: line("reminder", "planned", Vec::new()),
        audience: "everyone",
        recipients: RecipientCounts { recipients: 4_018, no_address: 41, left: 0, at_most: true },
        last_words: "Monday 30 November, 9:30 am".into(),
        is_soon: true,
        has_begun: false,
    };
    add(all, "desk/mailings/check.html", "send soon after another", &send);
    let first = MailingCheckPage { last_words: String::new(), is_soon: false, ..send.clone() };
    add(all, "desk/mailings/check.html", "send the first", &first);
    let cancel = MailingCheckPage { deed: "cancel", ..send };
    add(all, "desk/mailings/check.html", "cancel", &cancel);
    let counts = vec![MessageCount { state: "queued", count: 12, band: "" }];
    let begun = MailingCheckPage { has_begun: true, line: line("update", "sending", counts), ..cancel };
    add(all, "desk/mailings/check.html", "cancel what has begun", &begun);
}

fn compose(all: &mut Vec<Sample>) {
    let team = |name: &str, depth, chosen| TeamChoiceLine { id: TEAM.into(), name: name.into(), depth, chosen };
    let fresh = ComposePage {
        page: desk("mailings"),
        list_url: "/desk/closer/mailings".into(),
        action_url: "/desk/closer/mailings/new?kind=reminder".into(),
        kind: "reminder",
        kinds: kinds("reminder"),
        subject: "{title}: reminder to read by {deadline}".into(),
        body: BODY.into(),
        fields: crate::mail::FIELDS.to_vec(),
        marked: Vec::new(),
        everybody: true,
        teams: vec![team("Care", 0, false), team("Assessment", 1, false), team("Youth", 1, false)],
        not_finished: false,
        may_ask_unfinished: true,
        timings: vec!["now", "at", "before_deadline"],
        timing: "now".into(),
        date: String::new(),
        time: "09:30".into(),
        days: "3".into(),
        at_time: "09:30".into(),
        notes: Vec::new(),
        note_teams: vec!["Care/Youth".into(), HOSTILE.into()],
        preview: None,
    };
    add(all, "desk/mailings/compose.html", "ordinary", &fresh);
    let error = |field: &str, words: &str| FieldError { field: field.into(), words: words.into() };
    let notes_field = format!("team_notes_{TEAM}");
    let errors = vec![
        error("subject", "Write this on one line."),
        error("body", "{nmae} is no field; known are {name}, {team}, {title}, {deadline}, {link}."),
        error("teams", "Choose at least one team, or everybody."),
        error("audience", "Invitations and thanks go to everyone."),
        error("timing", "The deadline has passed; extend it before asking again."),
        error("send_at", "Give a date and a time."),
        error("before_deadline", "Give a number of days, such as 3."),
        error("at_time", "Give a time of day, such as 09:30."),
        error(&notes_field, "{nobody} is no field."),
    ];
    let wrong = ComposePage {
        page: Page { errors, ..desk("mailings") },
        body: "Dear {nmae}, hello".into(),
        marked: vec![MarkedWord { before: "Dear ".into(), word: "{nmae}".into(), after: ", hello".into() }],
        everybody: false,
        teams: vec![team("Care", 0, false), team("Assessment", 1, true), team(HOSTILE, 2, true)],
        timing: "before_deadline".into(),
        notes: vec![NoteField { team_id: TEAM.into(), team: LABEL.into(), words: "Dear {nobody}".into() }],
        ..fresh.clone()
    };
    add(all, "desk/mailings/compose.html", "wrong", &wrong);
    let hostile = ComposePage {
        page: desk("mailings"),
        kinds: Vec::new(),
        subject: HOSTILE.into(),
        body: HOSTILE.into(),
        marked: vec![MarkedWord { before: HOSTILE.into(), word: HOSTILE.into(), after: HOSTILE.into() }],
        notes: vec![NoteField { team_id: TEAM.into(), team: HOSTILE.into(), words: HOSTILE.into() }],
        timings: vec!["at_opening", "at", "before_deadline", "after_closing"],
        timing: "at_opening".into(),
        not_finished: true,
        preview: Some(preview()),
        ..wrong
    };
    add(all, "desk/mailings/compose.html", "changed, previewed, hostile", &hostile);
}
