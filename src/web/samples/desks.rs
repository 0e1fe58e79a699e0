//! The desks.

use super::{Sample, TITLE, add, closed, last_hours, open, staff};
use crate::web::view::{DeskConsultation, DeskHome};

pub(super) fn desks(all: &mut Vec<Sample>) {
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
}
