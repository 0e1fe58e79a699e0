//! The desks.

use super::{BODY, HOSTILE, LABEL, Sample, TITLE, add, bare, closed, desk, last_hours, open, quoted, staff};
use crate::web::view::{
    DayCount, DeliveryCount, DeskComment, DeskComments, DeskConsultation, DeskHome, DeskProgress, DeskSection,
    LabelProgress, NextThing, SignInPage,
};

pub(super) fn desks(all: &mut Vec<Sample>) {
    for valid in [true, false] {
        let page = SignInPage { page: bare(), name: "Rosamund Adeyinka".into(), action_url: "/staff/x".into(), valid };
        add(all, "desk/sign_in.html", if valid { "ordinary" } else { "used" }, &page);
    }
    let consultation = |state, deadline| DeskConsultation {
        title: TITLE.into(),
        state,
        deadline,
        next: (state != "reported").then(|| NextThing { kind: "progress", url: "/desk/closer/progress".into() }),
    };
    let consultations = vec![
        consultation("open", last_hours()),
        consultation("preparing", open()),
        consultation("closed", closed()),
        consultation("reported", closed()),
    ];
    let home = DeskHome {
        page: staff(),
        consultations,
        new_url: Some("/desk/new".into()),
        members_url: Some("/desk/members".into()),
        teams_url: Some("/desk/teams".into()),
    };
    add(all, "desk/home.html", "ordinary", &home);
    add(all, "desk/home.html", "empty", &DeskHome { consultations: Vec::new(), ..home.clone() });
    let reader = DeskHome { consultations: Vec::new(), new_url: None, members_url: None, teams_url: None, ..home };
    add(all, "desk/home.html", "empty, for a negotiator", &reader);
    let labels = [
        ("Placements and Contracts", 9, "under_25"),
        ("Children in Care", 41, "25_to_49"),
        ("Assessment", 64, "50_to_74"),
        (LABEL, 12, "75_and_over"),
        (HOSTILE, 8, "too_few_invited"),
    ]
    .map(|(name, invited, band)| LabelProgress { name: name.into(), invited, band });
    let delivery = [
        "queued",
        "claimed",
        "in_data",
        "sent",
        "retry",
        "failed",
        "uncertain",
        "not_sent",
        "cancelled",
        "no_address",
        "opted_out",
    ]
    .map(|state| DeliveryCount { state, count: 1240 });
    let progress = DeskProgress {
        page: desk("progress"),
        labels: labels.to_vec(),
        delivery: delivery.to_vec(),
        days: vec![
            DayCount { day_words: "Monday 23 November".into(), responses: 31 },
            DayCount { day_words: "Tuesday 24 November".into(), responses: 7 },
        ],
    };
    add(all, "desk/progress.html", "ordinary", &progress);
    let empty = DeskProgress { labels: Vec::new(), delivery: Vec::new(), days: Vec::new(), ..progress };
    add(all, "desk/progress.html", "empty", &empty);
    let comments = DeskComments {
        page: desk("comments"),
        version: 2,
        total: 5,
        sections: vec![
            DeskSection { about: None, comments: vec![desk_comment("current", "support", None)] },
            DeskSection {
                about: Some(quoted()),
                comments: vec![
                    desk_comment("moved", "oppose", Some("Joanna Prewett")),
                    desk_comment("split", "support_if", None),
                    DeskComment {
                        body: HOSTILE.into(),
                        quote: HOSTILE.into(),
                        new_wording: HOSTILE.into(),
                        late: true,
                        ..desk_comment("reworded", "neutral", Some(HOSTILE))
                    },
                    DeskComment {
                        position: String::new(),
                        permission: "count_only".into(),
                        ..desk_comment("gone", "", None)
                    },
                    desk_comment("merged", "support", None),
                ],
            },
        ],
        export_url: "/desk/restructure/export".into(),
        next_url: Some("/desk/closer/comments?after=x".into()),
    };
    add(all, "desk/comments.html", "ordinary", &comments);
    add(
        all,
        "desk/comments.html",
        "empty",
        &DeskComments { sections: Vec::new(), total: 0, next_url: None, ..comments },
    );
}

fn desk_comment(state: &'static str, position: &str, name: Option<&str>) -> DeskComment {
    DeskComment {
        position: position.into(),
        condition: if position == "support_if" { "two deputies".into() } else { String::new() },
        body: BODY.into(),
        quote: String::new(),
        new_wording: String::new(),
        label: LABEL.into(),
        permission: if position == "oppose" { "paraphrase".into() } else { "word_for_word".into() },
        name: name.map(Into::into),
        late: false,
        state,
        version: 1,
    }
}
