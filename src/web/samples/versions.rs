//! Versions beside each other, matches, numbers on paper.

use super::{HOSTILE, Sample, TITLE, add, blocks, desk, member, visitor, with_error};
use crate::drafts::compare;
use crate::web::view::{
    ChangeCount, ChangeRow, ChangeView, ComparePage, CompareRow, FateComments, FateFilter, FatePage, FateRow, LeftRow,
    MatchChoice, MatchPage, NearRow, NumberBecame, NumberLink, NumberPage, OldVersionPage, Page, SameRow, SectionRow,
    VersionNote, Wordings,
};

pub(super) fn versions(all: &mut Vec<Sample>) {
    comparisons(all);
    old_versions(all);
    numbers(all);
    fates(all);
    matches(all);
}

const OLD: &str = "Three senior posts, one voice for safeguarding, and no new assistants.";
const NEW: &str = "Three senior posts, one named person for safeguarding, and at most two assistants.";
const KINDS: [&str; 7] = ["reworded", "split", "merged", "moved", "added", "gone", "unchanged"];

fn link(number: &str) -> NumberLink {
    NumberLink { number: number.into(), url: format!("/c/closer#b-{number}") }
}

fn change(place: usize, kind: &'static str, old: &str, new: &str) -> ChangeView {
    let words = match kind {
        "added" | "moved" | "unchanged" => Wordings { now: new.into(), ..Wordings::default() },
        "gone" => Wordings { before: old.into(), ..Wordings::default() },
        "split" => Wordings { before: old.into(), now: new.into(), ..Wordings::default() },
        _ => Wordings { marked: compare::words(old, new), ..Wordings::default() },
    };
    let from = match kind {
        "added" => Vec::new(),
        "merged" => vec![link("2.1"), link("2.2")],
        _ => vec![link("2.1")],
    };
    let to = match kind {
        "gone" => Vec::new(),
        "split" => vec![link("3.1"), link("3.2")],
        _ => vec![link("3.1")],
    };
    let row = |of: &[NumberLink]| of.iter().map(|one| one.number.as_str()).collect::<Vec<_>>().join(", ");
    ChangeView {
        place,
        change: kind,
        from_words: row(&from),
        to_words: row(&to),
        renumbered: !from.is_empty() && !to.is_empty(),
        from,
        to,
        words,
    }
}

fn counts() -> Vec<ChangeCount> {
    KINDS.iter().map(|change| ChangeCount { change, count: 3 }).collect()
}

fn comparisons(all: &mut Vec<Sample>) {
    let mut rows = vec![
        CompareRow { section: Some(SectionRow::default()), ..CompareRow::default() },
        CompareRow {
            same: Some(SameRow { count: 2, blocks: blocks(), url: "/c/closer#b-p1".into() }),
            ..CompareRow::default()
        },
        CompareRow {
            section: Some(SectionRow { number: "2".into(), text: "Three senior posts".into() }),
            ..CompareRow::default()
        },
        CompareRow {
            left: Some(LeftRow {
                anchor: "l-3".into(),
                from: "2.3".into(),
                to: NumberLink { number: "5.1".into(), url: "#c-4".into() },
                opening: OLD.into(),
            }),
            ..CompareRow::default()
        },
    ];
    for (place, kind) in KINDS[..6].iter().enumerate() {
        let row = ChangeRow {
            what: change(place + 1, kind, OLD, NEW),
            left_url: (*kind == "moved").then(|| "#l-3".into()),
            previous_url: (place > 0).then(|| format!("#c-{place}")),
            next_url: Some(format!("#c-{}", place + 2)),
        };
        rows.push(CompareRow { change: Some(row), ..CompareRow::default() });
    }
    let mut table = change(7, "reworded", OLD, NEW);
    table.words = Wordings {
        table: vec![
            vec![compare::words("Post", "Post"), compare::words("Now", "Now")],
            vec![compare::words("Senior posts", "Senior posts"), compare::words("5", "3")],
        ],
        table_number: "3.1".into(),
        ..Wordings::default()
    };
    let table = ChangeRow { what: table, previous_url: Some("#c-6".into()), ..ChangeRow::default() };
    rows.push(CompareRow { change: Some(table), ..CompareRow::default() });
    rows.push(CompareRow {
        same: Some(SameRow { count: 1204, blocks: Vec::new(), url: "/c/closer#b-p1".into() }),
        ..CompareRow::default()
    });
    let note = |number, note: &str| VersionNote {
        number,
        note: note.into(),
        published_words: Some("Monday 23 November".into()),
        read_url: format!("/c/closer/version/{number}"),
        current: number == 3,
    };
    let ordinary = ComparePage {
        page: member(),
        title: TITLE.into(),
        back_url: "/c/closer".into(),
        from: 1,
        to: 3,
        versions: vec![1, 2, 3],
        action_url: "/c/closer/compare".into(),
        notes: vec![note(2, "Section 2 gives the figures."), note(3, "")],
        counts: counts(),
        changes: 7,
        first: 1,
        last: 7,
        rows,
        previous_url: None,
        next_url: None,
    };
    add(all, "member/compare.html", "ordinary", &ordinary);
    let long = ComparePage {
        page: desk("draft"),
        changes: 240,
        first: 31,
        last: 60,
        previous_url: Some("/c/closer/compare?from=1&to=3&part=1".into()),
        next_url: Some("/c/closer/compare?from=1&to=3&part=3".into()),
        ..ordinary.clone()
    };
    add(all, "member/compare.html", "a part, at the desks", &long);
    let hostile = ComparePage {
        page: visitor(),
        title: HOSTILE.into(),
        versions: vec![1, 2],
        notes: vec![note(2, HOSTILE)],
        rows: vec![CompareRow {
            change: Some(ChangeRow { what: change(1, "reworded", OLD, HOSTILE), ..ChangeRow::default() }),
            ..CompareRow::default()
        }],
        ..ordinary.clone()
    };
    add(all, "member/compare.html", "hostile", &hostile);
    let none = ComparePage { counts: Vec::new(), changes: 0, first: 0, last: 0, rows: Vec::new(), ..ordinary };
    add(all, "member/compare.html", "nothing changed", &none);
}

fn old_versions(all: &mut Vec<Sample>) {
    let note = |number| VersionNote {
        number,
        note: HOSTILE.into(),
        published_words: Some("Monday 23 November".into()),
        read_url: format!("/c/closer/version/{number}"),
        current: number == 3,
    };
    let old = OldVersionPage {
        page: member(),
        title: TITLE.into(),
        number: 1,
        note: "First draft".into(),
        published_words: "Monday 16 November".into(),
        current: 3,
        current_url: "/c/closer".into(),
        compare_url: "/c/closer/compare?from=1&to=3".into(),
        versions: vec![note(1), note(2), note(3)],
        blocks: blocks(),
        part: 1,
        parts: 1,
        previous_url: None,
        next_url: None,
        paper_url: "https://say.example.org/c/closer/1.1?version=2".into(),
        paper_number: "1.1".into(),
    };
    add(all, "member/version.html", "ordinary", &old);
    let part = OldVersionPage {
        page: visitor(),
        note: HOSTILE.into(),
        part: 2,
        parts: 9,
        previous_url: Some("/c/closer/version/1?part=1".into()),
        next_url: Some("/c/closer/version/1?part=3".into()),
        ..old
    };
    add(all, "member/version.html", "a part, hostile", &part);
}

fn numbers(all: &mut Vec<Sample>) {
    let near = |number: &str, text: &str, may: bool| NearRow {
        number: number.into(),
        text: text.into(),
        url: format!("/c/closer#b-{number}"),
        comment_url: may.then(|| format!("/c/closer/comment/{number}")),
    };
    let empty = NumberPage {
        page: member(),
        title: TITLE.into(),
        number: "2.1".into(),
        current: 3,
        read_url: "/c/closer".into(),
        became: None,
        version: 3,
        near: vec![near("2", "Three senior posts", false), near("2.2", HOSTILE, false)],
    };
    add(all, "member/number.html", "no such number", &empty);
    add(all, "member/number.html", "an empty draft", &NumberPage { near: Vec::new(), ..empty.clone() });
    for kind in KINDS.into_iter().filter(|kind| *kind != "added") {
        let what = change(1, kind, OLD, NEW);
        let today = what.to.iter().map(|one| near(&one.number, NEW, true)).collect();
        let became = NumberBecame {
            then: 1,
            is_older: kind == "moved",
            today,
            with: if kind == "merged" { vec!["2.2".into()] } else { Vec::new() },
            after: (kind == "gone").then(|| near("1.4", OLD, true)),
            comment_whole_url: Some("/c/closer/comment/whole".into()),
            compare_url: "/c/closer/compare?from=1&to=3".into(),
            what,
        };
        let page = NumberPage { became: Some(became), near: Vec::new(), ..empty.clone() };
        add(all, "member/number.html", kind, &page);
    }
    let what = change(1, "gone", HOSTILE, "");
    let became = NumberBecame { then: 1, what, compare_url: "/c/closer/compare".into(), ..NumberBecame::default() };
    let page = Page { member: None, ..visitor() };
    add(all, "member/number.html", "gone, hostile", &NumberPage { page, became: Some(became), ..empty });
}

fn fates(all: &mut Vec<Sample>) {
    let row = |kind: &'static str, old: &str| FateRow {
        what: change(0, kind, old, NEW),
        by_hand: kind == "reworded",
        comments: Some(if kind == "gone" { 1 } else { 12 }),
        comments_url: (kind == "reworded").then(|| "/desk/closer/comments?block=p1".into()),
        correct_url: Some("/desk/closer/draft/x/2/match?from=p1".into()),
    };
    let kinds =
        ["changed", "commented", "reworded", "split", "merged", "moved", "gone", "added", "unchanged", "by-hand"];
    let filter = |kind: &'static str| FateFilter {
        kind,
        count: 12,
        url: format!("/desk/closer/draft/x/2/fate?show={kind}"),
        current: kind == "changed",
    };
    let fate = FatePage {
        page: Page { notice: Some("The match is corrected.".into()), ..desk("draft") },
        title: TITLE.into(),
        number: 2,
        against: 1,
        published: false,
        version_url: "/desk/closer/draft/x/2".into(),
        compare_url: "/desk/closer/draft/x/compare?from=1&to=2".into(),
        publish_url: Some("/desk/closer/draft/x/2/publish".into()),
        comments: Some(FateComments { total: 104, whole: 12, gone_before: 1 }),
        filters: kinds.map(filter).into(),
        show: "changed".into(),
        rows: KINDS.iter().map(|kind| row(kind, OLD)).collect(),
        first: 1,
        last: 7,
        of: 7,
        unchanged: 58,
        unchanged_url: "/desk/closer/draft/x/2/fate?show=unchanged".into(),
        previous_url: None,
        next_url: None,
        corrections: 1,
        undo_url: Some("/desk/closer/draft/x/2/match/undo".into()),
        version: "x".into(),
    };
    add(all, "desk/fate.html", "ordinary", &fate);
    let out = FatePage {
        page: desk("draft"),
        published: true,
        publish_url: None,
        comments: None,
        rows: vec![FateRow { comments: None, correct_url: None, ..row("reworded", HOSTILE) }],
        corrections: 0,
        undo_url: None,
        first: 11,
        last: 11,
        of: 300,
        previous_url: Some("/desk/closer/draft/x/2/fate".into()),
        next_url: Some("/desk/closer/draft/x/2/fate?from=11".into()),
        ..fate.clone()
    };
    add(all, "desk/fate.html", "published, hostile, a part", &out);
    let none = FatePage { rows: Vec::new(), first: 0, last: 0, of: 0, filters: Vec::new(), ..fate };
    add(all, "desk/fate.html", "nothing changed", &none);
}

fn matches(all: &mut Vec<Sample>) {
    let choice = |number: &str, text: &str, matched: &str, chosen| MatchChoice {
        key: format!("k{number}"),
        number: number.into(),
        text: text.into(),
        matched: matched.into(),
        chosen,
    };
    let forward = MatchPage {
        page: desk("draft"),
        action_url: "/desk/closer/draft/x/2/match".into(),
        back_url: "/desk/closer/draft/x/2/fate".into(),
        number: 2,
        against: 1,
        forward: true,
        key: "p1".into(),
        version: "x".into(),
        passage_number: "2.1".into(),
        passage_text: OLD.into(),
        change: "gone",
        by_hand: true,
        comments: Some(3),
        what: "is".into(),
        choices: vec![choice("2", "Three senior posts", "2", false), choice("2.1", NEW, "", true)],
        numbers: String::new(),
    };
    add(all, "desk/match.html", "what it became", &forward);
    let back = MatchPage {
        forward: false,
        change: "added",
        by_hand: false,
        comments: None,
        what: "none".into(),
        ..forward.clone()
    };
    add(all, "desk/match.html", "what it was", &back);
    let mut page = with_error(desk("draft"), "what", "Say what became of it.");
    page.errors.extend(with_error(desk("draft"), "pick", "Tick a passage, or type its number.").errors);
    page.errors.extend(with_error(desk("draft"), "numbers", "There is no passage with that number. Check it.").errors);
    let wrong = MatchPage {
        page,
        what: String::new(),
        passage_text: HOSTILE.into(),
        choices: vec![choice("9.9", HOSTILE, HOSTILE, false)],
        numbers: HOSTILE.into(),
        ..forward
    };
    add(all, "desk/match.html", "errors, hostile", &wrong);
}
