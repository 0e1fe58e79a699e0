//! The desks.

use super::{Sample, TITLE, add, closed, last_hours, open, staff};
use crate::web::view::{DeskConsultation, DeskHome, NextThing};

pub(super) fn desks(all: &mut Vec<Sample>) {
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
}
