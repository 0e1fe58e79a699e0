//! How a consultation is doing, what an organiser does about it, and what anybody may see.

use super::{
    HOSTILE, LABEL, Sample, TITLE, add, bare, closed, desk, last_hours, letter_html, open, staff, visitor, with_error,
};
use crate::web::view::{
    CallSheet, DayChart, DayCount, DeskCalls, DeskClose, DeskCodes, DeskDeadline, DeskDeadlineCheck, DeskProgress,
    DeskReach, DeskShare, DeskSlips, Dot, LabelProgress, Level, MovedMail, NextStep, PosterPage, PublicPage, QrSquare,
    Reached, Slip, TeamReached, UnreachableMember,
};

const COUNTS: Reached = Reached { invited: 138, reached: 131, waiting: 2, failed: 2, no_address: 3 };

pub(super) fn progress(all: &mut Vec<Sample>) {
    doing(all);
    reaching(all);
    deciding(all);
    outside(all);
}

fn doing(all: &mut Vec<Sample>) {
    let labels = [
        ("Placements and Contracts", 9, "under_25"),
        ("Children in Care", 41, "25_to_49"),
        ("Assessment", 64, "50_to_74"),
        (LABEL, 12, "75_and_over"),
        (HOSTILE, 8, "too_few_invited"),
    ]
    .map(|(name, invited, band)| LabelProgress {
        name: name.into(),
        invited,
        headcount: (invited != 12).then_some(80),
        band,
        bar: 100,
        write_url: Some("/desk/closer/mailings/new?kind=reminder&team=1&team=2".into()),
    });
    let progress = DeskProgress {
        groups: 2,
        groups_waiting: 1,
        groups_url: "/desk/closer/groups".into(),
        page: desk("progress"),
        invited: 138,
        responded: Some(38),
        labels: labels.to_vec(),
        has_headcounts: true,
        next_url: Some("/desk/closer/progress?from=20".into()),
        delivery: COUNTS,
        chart: Some(DayChart {
            line: "34,80 350,20".into(),
            dots: vec![Dot { x: 34, y: 80 }, Dot { x: 350, y: 20 }],
            levels: vec![Level { y: 160, count: 0 }, Level { y: 86, count: 20 }, Level { y: 12, count: 40 }],
            first_words: "Monday 23 November".into(),
            last_words: "Tuesday 24 November".into(),
        }),
        days: vec![
            DayCount { day_words: "Monday 23 November".into(), responses: 31, so_far: 31 },
            DayCount { day_words: "Tuesday 24 November".into(), responses: 7, so_far: 38 },
        ],
        next_step: None,
        reach_url: "/desk/closer/reach".into(),
        share_url: "/desk/closer/share".into(),
        deadline_url: Some("/desk/closer/deadline".into()),
        close_url: Some("/desk/closer/close".into()),
    };
    add(all, "desk/progress.html", "ordinary", &progress);
    let over = DeskProgress {
        labels: labels.map(|label| LabelProgress { write_url: None, ..label }).to_vec(),
        has_headcounts: false,
        deadline_url: None,
        close_url: None,
        next_url: None,
        ..progress.clone()
    };
    add(all, "desk/progress.html", "closed", &over);
    for kind in ["prepare", "invite", "silent"] {
        let begun = kind != "prepare";
        let empty = DeskProgress {
            invited: if begun { 138 } else { 0 },
            responded: None,
            labels: if begun { progress.labels.clone() } else { Vec::new() },
            chart: None,
            days: Vec::new(),
            next_step: Some(NextStep { kind, url: "/desk".into() }),
            ..progress.clone()
        };
        add(all, "desk/progress.html", kind, &empty);
    }
}

fn unreachable() -> Vec<UnreachableMember> {
    [("Zed Okoro", "no_address", None), (HOSTILE, "failed", Some(HOSTILE))]
        .map(|(name, why, trouble)| UnreachableMember {
            name: name.into(),
            team: (why == "no_address").then(|| "Care/Early Help".into()),
            membership_number: trouble.is_none().then(|| "480113".into()),
            why,
            trouble: trouble.map(Into::into),
        })
        .to_vec()
}

fn reaching(all: &mut Vec<Sample>) {
    let reach = DeskReach {
        page: desk("progress"),
        progress_url: "/desk/closer/progress".into(),
        total: COUNTS,
        teams: vec![
            TeamReached { name: Some("Care/Early Help".into()), counts: COUNTS },
            TeamReached { name: None, counts: Reached::default() },
        ],
        next_url: Some("/desk/closer/reach?from=40".into()),
        unreachable: unreachable(),
        further: 3,
        calls_url: "/desk/closer/calls".into(),
        codes_url: Some("/desk/closer/codes".into()),
        invite_url: None,
    };
    add(all, "desk/reach.html", "ordinary", &reach);
    let empty = DeskReach {
        teams: Vec::new(),
        unreachable: Vec::new(),
        further: 0,
        next_url: None,
        codes_url: None,
        invite_url: Some("/desk/closer/mailings/new?kind=invitation".into()),
        ..reach
    };
    add(all, "desk/reach.html", "empty", &empty);
    let sheet = |team: Option<&str>| CallSheet { team: team.map(Into::into), members: unreachable() };
    let calls = DeskCalls {
        page: desk("progress"),
        reach_url: "/desk/closer/reach".into(),
        codes_url: "/desk/closer/codes".into(),
        title: TITLE.into(),
        deadline: open(),
        teams: vec![sheet(Some("Care/Early Help")), sheet(Some(HOSTILE)), sheet(None)],
    };
    add(all, "desk/calls.html", "ordinary", &calls);
    add(all, "desk/calls.html", "empty", &DeskCalls { teams: Vec::new(), ..calls });
    for count in [0, 1, 3] {
        let codes = DeskCodes {
            page: desk("progress"),
            reach_url: "/desk/closer/reach".into(),
            count,
            action_url: "/desk/closer/codes".into(),
        };
        add(all, "desk/codes.html", if count == 0 { "empty" } else { "ordinary" }, &codes);
    }
    let slip = |name: &str, team: Option<&str>| Slip {
        name: name.into(),
        team: team.map(Into::into),
        code: "7KQM-2XVN-R4TP".into(),
    };
    let slips = DeskSlips {
        page: desk("progress"),
        reach_url: "/desk/closer/reach".into(),
        title: TITLE.into(),
        deadline: open(),
        address: "https://say.example.org/c/closer".into(),
        slips: vec![slip("Zed Okoro", Some("Care/Early Help")), slip(HOSTILE, None)],
    };
    add(all, "desk/slips.html", "ordinary", &slips);
    add(all, "desk/slips.html", "empty", &DeskSlips { slips: Vec::new(), ..slips });
}

fn deciding(all: &mut Vec<Sample>) {
    let deadline = DeskDeadline {
        page: desk("progress"),
        progress_url: "/desk/closer/progress".into(),
        action_url: "/desk/closer/deadline".into(),
        deadline: String::new(),
        time: "17:00".into(),
        reason: String::new(),
        notify: String::new(),
        zone: "Europe/London".into(),
    };
    add(all, "desk/deadline.html", "ordinary", &deadline);
    let wrong = DeskDeadline {
        page: with_error(with_error(desk("progress"), "deadline", "Choose a day."), "notify", "Choose."),
        reason: HOSTILE.into(),
        notify: "no".into(),
        ..deadline
    };
    add(all, "desk/deadline.html", "errors", &wrong);
    let moved = |kind| MovedMail {
        kind,
        from_words: "Tuesday 1 December, 9.30 am".into(),
        to_words: "Tuesday 8 December, 9.30 am".into(),
    };
    let check = DeskDeadlineCheck {
        page: desk("progress"),
        action_url: "/desk/closer/deadline".into(),
        from_words: "Friday 4 December, 5 pm".into(),
        to_words: "Friday 11 December, 5 pm".into(),
        moved: ["invitation", "reminder", "closing_soon", "thanks", "update"].map(moved).to_vec(),
        told: Some(138),
        deadline: "2026-12-11".into(),
        time: "17:00".into(),
        reason: "The hall was shut.".into(),
        notify: "yes".into(),
    };
    add(all, "desk/deadline_check.html", "ordinary", &check);
    let quiet =
        DeskDeadlineCheck { moved: Vec::new(), told: None, reason: HOSTILE.into(), notify: "no".into(), ..check };
    add(all, "desk/deadline_check.html", "nobody told", &quiet);
    let close = DeskClose {
        page: desk("progress"),
        progress_url: "/desk/closer/progress".into(),
        action_url: "/desk/closer/close".into(),
        invited: 138,
        responded: Some(38),
        silent: vec!["Placements and Contracts".into(), HOSTILE.into()],
        early: true,
        reason: String::new(),
        has_thanks: true,
        thanks_words: String::new(),
        thanks_url: "/desk/closer/mailings/new?kind=thanks".into(),
        reachable: 135,
        cancelled: 2,
    };
    add(all, "desk/close.html", "early", &close);
    let wrong = DeskClose {
        page: with_error(desk("progress"), "reason", "Fill this in."),
        reason: HOSTILE.into(),
        has_thanks: false,
        ..close.clone()
    };
    add(all, "desk/close.html", "errors", &wrong);
    let in_time = DeskClose {
        early: false,
        silent: Vec::new(),
        responded: None,
        thanks_words: "Saturday 5 December, 9.30 am".into(),
        cancelled: 0,
        ..close
    };
    add(all, "desk/close.html", "after the deadline", &in_time);
}

fn outside(all: &mut Vec<Sample>) {
    for found_by in ["by_link", "listed", "indexed"] {
        let share = DeskShare {
            pack_url: "/desk/closer/team-pack".into(),
            ask_address: Some("https://say.example.org/c/closer/join".into()),
            joining_url: "/desk/closer/joining".into(),
            joining: 2,
            page: if found_by == "by_link" {
                desk("share")
            } else {
                super::Page { desk: desk("share").desk, ..staff() }
            },
            address: "https://say.example.org/c/closer".into(),
            public_url: "/c/closer".into(),
            poster_url: "/c/closer/poster".into(),
            message: if found_by == "listed" {
                HOSTILE.into()
            } else {
                "Closer to Families\n\nSay what you think.".into()
            },
            found_by,
        };
        add(all, "desk/share.html", found_by, &share);
    }
    let public = PublicPage {
        ask_url: Some("/c/closer/join".into()),
        page: visitor(),
        title: TITLE.into(),
        summary: "The county wants five assistant directors and nine fewer front-line posts. We think there is a better way, and we have written it down.".into(),
        deadline: open(),
        letter_html: letter_html(),
        lost_url: "/lost".into(),
        printed_url: "/printed".into(),
        join_url: Some("https://example.org/join".into()),
        questions: 3,
    };
    add(all, "member/public.html", "ordinary", &public);
    add(all, "member/public.html", "closed", &PublicPage { deadline: closed(), ..public.clone() });
    let hostile = PublicPage {
        page: bare(),
        title: HOSTILE.into(),
        summary: HOSTILE.into(),
        deadline: last_hours(),
        letter_html: String::new(),
        join_url: None,
        ..public
    };
    add(all, "member/public.html", "hostile", &hostile);
    let poster = PosterPage {
        page: bare(),
        title: TITLE.into(),
        deadline: open(),
        address: "https://say.example.org/c/closer".into(),
        code: QrSquare { side: 29, path: "M4 4h7v1h-7z".into() },
        contact: visitor().contact,
        join_url: Some("https://example.org/join".into()),
        public_url: "/c/closer".into(),
    };
    add(all, "member/poster.html", "ordinary", &poster);
    let hostile = PosterPage { contact: None, title: HOSTILE.into(), deadline: closed(), join_url: None, ..poster };
    add(all, "member/poster.html", "hostile, closed", &hostile);
}
