//! Long drafts, two texts side by side, and the desk where they are paired.

use super::{HOSTILE, Sample, TITLE, add, blocks, desk, member, with_error};
use crate::web::view::{
    BesidePage, BesideRow, BlockView, ContentsLine, LostPair, NearText, Page, PairCounts, PairPage, PairRow, PairText,
    PairsPage, ReadPage, SectionPage, Spoken, Turn, TurnTo,
};

pub(super) fn pairs(all: &mut Vec<Sample>) {
    let section = SectionPage {
        page: reader(),
        title: TITLE.into(),
        name: "4 Caseload limits, part 2".into(),
        contents_url: "/c/closer#contents".into(),
        beside_url: Some("/c/closer/side-by-side".into()),
        blocks: blocks(),
        turn: Some(turn()),
    };
    add(all, "member/section.html", "ordinary", &section);
    let last = SectionPage { turn: Some(Turn { next: None, ..turn() }), beside_url: None, ..section.clone() };
    add(all, "member/section.html", "last", &last);
    let hostile = SectionPage { name: HOSTILE.into(), title: "Word ".repeat(40), ..section };
    add(all, "member/section.html", "long and hostile", &hostile);
    let first = ReadPage {
        page: reader(),
        title: TITLE.into(),
        version: 2,
        published_words: "Monday 23 November".into(),
        blocks: blocks(),
        contents: contents(),
        turn: Some(Turn { here: 1, previous: None, ..turn() }),
        ..ReadPage::default()
    };
    add(all, "member/read.html", "the beginning of a long draft", &first);
    add(all, "parts/spoken.html", "one", &Spoken { count: 1 });
    add(all, "parts/spoken.html", "several", &Spoken { count: 12 });
    beside(all);
    desks(all);
}

fn beside(all: &mut Vec<Sample>) {
    let page = BesidePage {
        page: reader(),
        title: TITLE.into(),
        theirs_title: "Shaping Stronger Services".into(),
        ours_version: 2,
        theirs_version: 1,
        back_url: "/c/closer".into(),
        all_url: "/c/closer/side-by-side".into(),
        differing_url: "/c/closer/side-by-side?only=differences".into(),
        is_differing: false,
        contents: Vec::new(),
        turn: None,
        rows: rows(),
    };
    add(all, "member/side_by_side.html", "ordinary", &page);
    let long = BesidePage { contents: contents(), turn: Some(turn()), is_differing: true, ..page.clone() };
    add(all, "member/side_by_side.html", "long", &long);
    let empty = BesidePage { rows: Vec::new(), is_differing: true, ..page.clone() };
    add(all, "member/side_by_side.html", "no differences", &empty);
    let hostile = BesideRow { ours_figure: HOSTILE.into(), theirs_figure: String::new(), ..rows().swap_remove(1) };
    let hostile = BesidePage { theirs_title: HOSTILE.into(), rows: vec![hostile], ..page };
    add(all, "member/side_by_side.html", "hostile", &hostile);
}

fn desks(all: &mut Vec<Sample>) {
    let page = PairsPage {
        page: desk("draft"),
        bring_url: None,
        has_comparison: true,
        draft_url: "/desk/closer/draft".into(),
        read_url: "/c/closer/side-by-side".into(),
        action_url: "/desk/closer/pairs".into(),
        revision: 3,
        counts: PairCounts { confirmed: 12, proposed: 4, ours_alone: 9, theirs_alone: 3 },
        show: "all",
        all_url: "/desk/closer/pairs".into(),
        open_url: "/desk/closer/pairs?show=open".into(),
        rows: vec![
            row("x1", "confirmed", "3 senior posts", "5 senior posts"),
            row("x2", "proposed", "", ""),
            PairRow { theirs: Vec::new(), ..row("", "alone", "", "") },
            PairRow { ours: Vec::new(), ..row("x3", "gone", HOSTILE, "") },
        ],
        lost: vec![LostPair { id: "x4".into(), ours_figure: "3 posts".into(), theirs_figure: String::new() }],
        first: 1,
        last: 4,
        of: 28,
        previous_url: Some("/desk/closer/pairs?from=1".into()),
        next_url: Some("/desk/closer/pairs?from=41".into()),
    };
    add(all, "desk/pairs.html", "ordinary", &page);
    let counts = PairCounts { proposed: 0, ..page.counts.clone() };
    let done = PairsPage { counts, show: "open", rows: Vec::new(), lost: Vec::new(), of: 0, ..page.clone() };
    add(all, "desk/pairs.html", "nothing open", &done);
    let none = PairsPage {
        bring_url: Some("/desk/closer/draft?kind=comparison".into()),
        has_comparison: false,
        rows: Vec::new(),
        ..PairsPage::default()
    };
    add(all, "desk/pairs.html", "no second text", &PairsPage { page: desk("draft"), ..none.clone() });
    let waiting = PairsPage { page: desk("draft"), has_comparison: true, draft_url: "/d".into(), ..none };
    add(all, "desk/pairs.html", "not published", &waiting);

    let near =
        |number: &str, is_paired, chosen| NearText { text: text(number, "The virtual school …"), is_paired, chosen };
    let pair = PairPage {
        page: desk("draft"),
        back_url: "/desk/closer/pairs".into(),
        action_url: "/desk/closer/pairs/new".into(),
        is_new: true,
        revision: 3,
        ours: "2.1".into(),
        our_texts: vec![text("2.1", "The employer would replace four heads of service …")],
        nearest: vec![near("1.1", false, true), near("1.2", true, false)],
        nearest_is_theirs: true,
        ..PairPage::default()
    };
    add(all, "desk/pair.html", "new", &pair);
    let change = PairPage {
        is_new: false,
        theirs: "1.1 1.2".into(),
        ours_figure: "3 senior posts".into(),
        theirs_figure: "5 senior posts".into(),
        their_texts: vec![text("1.1", HOSTILE)],
        nearest: Vec::new(),
        ..pair.clone()
    };
    add(all, "desk/pair.html", "to change", &change);
    let page = with_error(desk("draft"), "theirs", "Name at least one passage.");
    add(all, "desk/pair.html", "with errors", &PairPage { page, ours: HOSTILE.into(), ..change });
}

fn reader() -> Page {
    Page { csrf: String::new(), ..member() }
}

fn turn() -> Turn {
    let to = |name: &str| Some(TurnTo { url: format!("/c/closer/section/{name}"), words: format!("{name} No silos") });
    Turn { here: 3, count: 12, previous: to("3"), next: to("5"), contents_url: "/c/closer#contents".into() }
}

fn contents() -> Vec<ContentsLine> {
    let line = |place, number: &str, words: &str, part| ContentsLine {
        place,
        url: format!("/c/closer/section/{number}"),
        number: number.into(),
        words: words.into(),
        part,
    };
    vec![
        line(0, "", "", 1),
        line(1, "1", "Three senior posts, not five", 1),
        line(2, "1", "Three senior posts, not five", 2),
        line(3, "2", HOSTILE, 1),
    ]
}

fn rows() -> Vec<BesideRow> {
    let block = |number: &str, kind: &'static str, html: &str| BlockView {
        key: format!("k{number}"),
        number: number.into(),
        kind,
        level: 2,
        html: html.into(),
        ..BlockView::default()
    };
    let heads = BesideRow {
        is_heading: true,
        ours: vec![block("2", "heading", "Three senior posts, not five")],
        theirs: vec![block("3", "heading", "Senior leadership")],
        ..BesideRow::default()
    };
    let figures = BesideRow {
        ours: vec![block("2.1", "paragraph", super::PASSAGE)],
        theirs: vec![block("3.1", "paragraph", "Five assistant directors."), block("3.2", "list_item", "One each.")],
        ours_figure: "3 senior posts".into(),
        theirs_figure: "5 senior posts".into(),
        ..BesideRow::default()
    };
    let ours = BesideRow { ours: vec![block("2.2", "paragraph", super::PASSAGE)], ..BesideRow::default() };
    let theirs = BesideRow {
        is_gone: true,
        theirs: vec![block("4.1", "paragraph", "Visitors pay four pounds a day.")],
        ..BesideRow::default()
    };
    vec![heads, figures, ours, theirs]
}

fn row(id: &str, state: &'static str, ours_figure: &str, theirs_figure: &str) -> PairRow {
    PairRow {
        id: id.into(),
        state,
        likeness: if state == "proposed" { 61 } else { 0 },
        ours: vec![text("2.1", "The employer would replace four heads of service …")],
        theirs: vec![text("3.1", "The four heads of service will be replaced …"), text("3.2", HOSTILE)],
        ours_figure: ours_figure.into(),
        theirs_figure: theirs_figure.into(),
        change_url: "/desk/closer/pairs/x1".into(),
    }
}

fn text(number: &str, text: &str) -> PairText {
    PairText { number: number.into(), text: text.into(), is_heading: false }
}
