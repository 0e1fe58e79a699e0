//! The desks.

use super::{BODY, HOSTILE, LABEL, Sample, TITLE, add, closed, desk, last_hours, open, quoted, staff};
use crate::web::view::{DeskComment, DeskComments, DeskConsultation, DeskHome, DeskSection};

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
