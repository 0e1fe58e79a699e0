//! The desks.

use super::{HOSTILE, LABEL, Sample, TITLE, add, bare, closed, desk, last_hours, open, staff};
use crate::web::view::{DayCount, DeliveryCount, DeskConsultation, DeskHome, DeskProgress, LabelProgress, SignInPage};

pub(super) fn desks(all: &mut Vec<Sample>) {
    for valid in [true, false] {
        let page = SignInPage { page: bare(), name: "Rosamund Adeyinka".into(), action_url: "/staff/x".into(), valid };
        add(all, "desk/sign_in.html", if valid { "ordinary" } else { "used" }, &page);
    }
    let consultation = |state, deadline| DeskConsultation {
        title: TITLE.into(),
        state,
        deadline,
        progress_url: Some("/desk/closer/progress".into()),
        comments_url: (state != "preparing").then(|| "/desk/closer/comments".into()),
    };
    let consultations = vec![
        consultation("open", last_hours()),
        consultation("preparing", open()),
        consultation("closed", closed()),
        consultation("reported", closed()),
    ];
    add(all, "desk/home.html", "ordinary", &DeskHome { page: staff(), consultations });
    add(all, "desk/home.html", "empty", &DeskHome { page: staff(), consultations: Vec::new() });
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
}
