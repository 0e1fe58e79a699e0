//! What negotiators read.

use super::{BODY, HOSTILE, LABEL, Sample, add, desk, quoted, with_error};
use crate::web::view::{
    BlockChoice, CommentFilters, CountsCell, CountsRow, CountsWay, DeskComment, DeskComments, DeskCounts,
    DeskOneComment, DeskPassage, DeskSection, FilterInForce, Piece,
};

pub(super) fn reading(all: &mut Vec<Sample>) {
    comments(all);
    let one = DeskOneComment {
        from_file: Vec::new(),
        page: desk("comments"),
        about: Some(DeskPassage { quoted: quoted(), cut: None }),
        comment: comment("reworded", "support_if", Some("Joanna Prewett")),
        place_url: "/desk/closer/comments?block=p1".into(),
        place_count: 13,
        all_url: "/desk/closer/comments".into(),
        before_url: Some("/desk/closer/comments/x".into()),
        after_url: Some("/desk/closer/comments/y".into()),
    };
    add(all, "desk/one_comment.html", "ordinary", &one);
    let hostile = DeskOneComment {
        about: None,
        comment: DeskComment { body: found(HOSTILE), ..comment("current", "neutral", Some(HOSTILE)) },
        before_url: None,
        after_url: None,
        place_count: 1,
        ..one
    };
    add(all, "desk/one_comment.html", "hostile", &hostile);
    counts(all);
}

fn comments(all: &mut Vec<Sample>) {
    let comments = DeskComments {
        groups: 2,
        groups_url: "/desk/closer/groups".into(),
        file_comments: 2,
        file_comments_url: "/desk/closer/file-comments".into(),
        page: desk("comments"),
        version: 2,
        total: 1240,
        found: 1240,
        first: 1,
        last: 6,
        filters: filters(),
        in_force: Vec::new(),
        all_url: "/desk/closer/comments".into(),
        sections: vec![
            DeskSection {
                heading: String::new(),
                from_file: Vec::new(),
                about: None,
                comments: vec![comment("current", "support", None)],
                groups: Vec::new(),
            },
            DeskSection {
                heading: quoted().number,
                from_file: Vec::new(),
                groups: vec![super::groups::said(), super::groups::said_hostile()],
                about: Some(DeskPassage { quoted: quoted(), cut: Some("The employer would replace four …".into()) }),
                comments: vec![
                    comment("moved", "oppose", Some("Joanna Prewett")),
                    comment("split", "support_if", None),
                    DeskComment {
                        body: found(HOSTILE),
                        quote: HOSTILE.into(),
                        new_wording: found(HOSTILE),
                        late: true,
                        cut: true,
                        ..comment("reworded", "neutral", Some(HOSTILE))
                    },
                    DeskComment {
                        position: String::new(),
                        permission: "count_only".into(),
                        ..comment("gone", "", None)
                    },
                    comment("merged", "support", None),
                ],
            },
        ],
        export_url: "/desk/closer/export".into(),
        counts_url: "/desk/closer/counts".into(),
        previous_url: Some("/desk/closer/comments?before=x".into()),
        next_url: Some("/desk/closer/comments?after=x".into()),
        batch_words: Some("Tuesday 24 November, 6 am".into()),
    };
    add(all, "desk/comments.html", "ordinary", &comments);
    let in_force = [
        ("q", HOSTILE),
        ("block", "4.2"),
        ("block", "whole"),
        ("label", LABEL),
        ("position", "oppose"),
        ("permission", "paraphrase"),
        ("state", "gone"),
        ("late", "yes"),
        ("named", "yes"),
        ("position", HOSTILE),
    ]
    .map(|(kind, value)| FilterInForce { kind, value: value.into(), drop_url: "/desk/closer/comments".into() });
    let nothing = DeskComments {
        found: 0,
        first: 0,
        last: 0,
        filters: CommentFilters { q: HOSTILE.into(), late: true, named: true, state: "gone".into(), ..filters() },
        in_force: in_force.into(),
        sections: Vec::new(),
        previous_url: None,
        next_url: None,
        ..comments.clone()
    };
    add(all, "desk/comments.html", "nothing found", &nothing);
    let typed = CommentFilters { blocks: Vec::new(), labels: Vec::new(), label: HOSTILE.into(), ..filters() };
    let page = with_error(desk("comments"), "label", "Choose one of the values that are offered.");
    add(all, "desk/comments.html", "with errors", &DeskComments { page, filters: typed, ..nothing.clone() });
    let empty = DeskComments { total: 0, in_force: Vec::new(), ..nothing };
    add(all, "desk/comments.html", "empty", &empty);
    add(all, "desk/comments.html", "closed", &DeskComments { batch_words: None, ..comments });
}

fn counts(all: &mut Vec<Sample>) {
    let row = |name: &str, text: &str, counts: [usize; 4]| CountsRow {
        name: name.into(),
        text: text.into(),
        cells: counts.iter().map(|count| cell(*count)).collect(),
        total: cell(counts.iter().sum()),
    };
    let ways = ["block", "label", "permission"].map(|by| CountsWay {
        by,
        url: format!("/desk/closer/counts?by={by}"),
        current: by == "block",
    });
    let blocks = DeskCounts {
        beside: super::groups::beside(),
        page: desk("counts"),
        total: 1240,
        by: "block",
        ways: ways.into(),
        rows: vec![
            row("2", "Three senior posts, not five", [12, 0, 3, 1]),
            row("2.1", "The employer would replace four heads of …", [240, 31, 99, 4]),
            row("2.2", HOSTILE, [0, 0, 1, 0]),
            row("", "", [7, 12, 5, 0]),
        ],
        sum: row("", "", [900, 120, 200, 20]),
        first: 21,
        last: 24,
        of: 57,
        previous_url: Some("/desk/closer/counts?by=block&before=20".into()),
        next_url: Some("/desk/closer/counts?by=block&after=24".into()),
        comments_url: "/desk/closer/comments".into(),
        batch_words: Some("Tuesday 24 November, 6 am".into()),
    };
    add(all, "desk/counts.html", "ordinary", &blocks);
    let labels = vec![row(LABEL, "", [12, 4, 0, 9]), row(HOSTILE, "", [0, 0, 0, 0])];
    add(all, "desk/counts.html", "labels", &DeskCounts { by: "label", rows: labels, ..blocks.clone() });
    let rows = ["word_for_word", "paraphrase", "count_only"].map(|name| row(name, "", [12, 4, 0, 9]));
    let permissions = DeskCounts {
        by: "permission",
        rows: rows.into(),
        first: 1,
        last: 3,
        of: 3,
        batch_words: None,
        ..blocks.clone()
    };
    add(all, "desk/counts.html", "permissions", &permissions);
    add(all, "desk/counts.html", "empty", &DeskCounts { total: 0, rows: Vec::new(), ..blocks });
}

fn cell(count: usize) -> CountsCell {
    let url = if count > 0 { "comments?block=p1".to_owned() } else { String::new() };
    CountsCell { count, url, step: (count / 48).min(5) }
}

fn filters() -> CommentFilters {
    let block = |value: &str, number: &str, count| BlockChoice { value: value.into(), number: number.into(), count };
    CommentFilters {
        action_url: "/desk/closer/comments".into(),
        blocks: vec![block("h1", "2", 16), block("p1", "2.1", 374), block("whole", "", 24)],
        block: "p1".into(),
        labels: vec![LABEL.into(), HOSTILE.into()],
        ..CommentFilters::default()
    }
}

fn comment(state: &'static str, position: &str, name: Option<&str>) -> DeskComment {
    let condition = if position == "support_if" { found("two deputies") } else { Vec::new() };
    DeskComment {
        url: "/desk/closer/comments/0123456789abc".into(),
        position: position.into(),
        condition,
        body: found(BODY),
        label: LABEL.into(),
        permission: if position == "oppose" { "paraphrase".into() } else { "word_for_word".into() },
        name: name.map(Into::into),
        state,
        version: 1,
        ..DeskComment::default()
    }
}

/// Words of which the first was looked for.
fn found(words: &str) -> Vec<Piece> {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    vec![
        Piece { words: first.into(), found: true, kind: None },
        Piece { words: format!(" {rest}"), ..Piece::default() },
    ]
}
