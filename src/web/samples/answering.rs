//! Answering: quotations, comments beside the words they were written about, checking before sending.

use super::{BODY, HOSTILE, LABEL, Sample, TITLE, add, closed, last_hours, member, open, own_comments, quoted};
use crate::drafts::compare::words;
use crate::web::view::{
    ChangedComment, ChangedLine, ChangedPage, CommentPage, DeskComment, DeskOneComment, DeskPassage, FinishPage,
    HiddenField, Mark, MinePage, NoticeMore, OwnComment, PassageNow, PassageThen, Piece, PreviewPage, QuoteField,
    QuotePlace, ReadTop, SeenComment, WithdrawnComment,
};

const THEN: &str = "The employer would replace four heads of service with five assistant directors. We propose three assistant directors and no new assistants.";
const NOW: &str = "The employer would replace four heads of service with four assistant directors. We propose three of them, and no new assistants.";

pub(super) fn answering(all: &mut Vec<Sample>) {
    form(all);
    preview(all);
    changed(all);
    check(all);
    reading(all);
    let one = DeskOneComment {
        page: super::desk("comments"),
        about: Some(DeskPassage { quoted: quoted(), cut: None }),
        place_url: "/desk/closer/comments?block=p1".into(),
        all_url: "/desk/closer/comments".into(),
        place_count: 2,
        ..DeskOneComment::default()
    };
    for state in ["moved", "reworded", "split", "merged", "gone"] {
        let comment = DeskComment { state, passage: Some(then(state)), ..said() };
        add(all, "desk/one_comment.html", state, &DeskOneComment { comment, ..one.clone() });
    }
    let comments = own_comments().into_iter().map(|own| OwnComment { then: Some(then(own.state)), ..own }).collect();
    let mine = MinePage {
        page: member(),
        title: TITLE.into(),
        deadline: open(),
        read_url: "/c/closer".into(),
        comments,
        label: LABEL.into(),
        choices_url: "/c/closer/mine".into(),
        changed_url: Some("/c/closer/mine/changed".into()),
        changed: 2,
        finish_url: "/c/closer/finish".into(),
        ..MinePage::default()
    };
    add(all, "member/mine.html", "after a new version", &mine);
}

fn form(all: &mut Vec<Sample>) {
    let first = CommentPage {
        page: member(),
        about: Some(quoted()),
        deadline: open(),
        back_url: "/c/closer#b-p1".into(),
        action_url: "/c/closer/comment/p1".into(),
        version: 2,
        nonce: "n0nce".into(),
        label: LABEL.into(),
        has_wording: true,
        ..CommentPage::default()
    };
    let with = |quote: QuoteField| CommentPage { quote, ..first.clone() };
    add(all, "member/comment.html", "quoting", &with(found("three assistant directors")));
    add(all, "member/comment.html", "quotation left out", &with(QuoteField { dropped: true, ..found("three") }));
    let place = |start| QuotePlace {
        start,
        before: "replace four heads of service with five ".into(),
        after: ", each with an executive assistant.".into(),
        chosen: false,
    };
    let tied = QuoteField {
        state: "tied",
        places: vec![place(40), place(96)],
        start: String::new(),
        ..found("assistant directors")
    };
    add(all, "member/comment.html", "quotation in two places", &with(tied));
    add(all, "member/comment.html", "quotation not found", &with(QuoteField { state: "lost", ..found(HOSTILE) }));
    let changing =
        CommentPage { body: BODY.into(), changing: true, then: Some(then("reworded")), seen: Some(seen()), ..first };
    add(all, "member/comment.html", "changing after a new version", &changing);
    add(
        all,
        "member/comment.html",
        "changing, gone",
        &CommentPage { then: Some(then("gone")), seen: None, ..changing },
    );
}

fn preview(all: &mut Vec<Sample>) {
    let fields = vec![HiddenField { name: "body", value: BODY.into() }];
    let preview = PreviewPage {
        page: member(),
        deadline: open(),
        comment: seen(),
        label: LABEL.into(),
        action_url: "/c/closer/comment/p1".into(),
        fields,
        ..PreviewPage::default()
    };
    add(all, "member/preview.html", "ordinary", &preview);
    let plain = SeenComment { identifying: Vec::new(), said: said(), ..seen() };
    add(all, "member/preview.html", "nothing found", &PreviewPage { comment: plain.clone(), ..preview.clone() });
    let named = PreviewPage { comment: plain, with_my_name: true, changing: true, ..preview.clone() };
    add(all, "member/preview.html", "with her name, changing", &named);
    let hostile = SeenComment {
        number: String::new(),
        said: DeskComment { body: vec![Piece { words: HOSTILE.into(), found: true, kind: Some("name") }], ..said() },
        ..seen()
    };
    add(all, "member/preview.html", "hostile", &PreviewPage { comment: hostile, deadline: closed(), ..preview });
}

fn changed(all: &mut Vec<Sample>) {
    let one = |state: &'static str| {
        let own = own_comments().into_iter().find(|own| own.state == state).unwrap_or_default();
        let change_url = Some("/c/closer/mine/1".into());
        ChangedComment { id: state.into(), seen: 2, own: OwnComment { then: Some(then(state)), change_url, ..own } }
    };
    let page = ChangedPage {
        page: member(),
        deadline: last_hours(),
        comments: ["reworded", "split", "merged", "gone"].map(one).into(),
        withdrawn: None,
        action_url: "/c/closer/mine/changed".into(),
        mine_url: "/c/closer/mine".into(),
        read_url: "/c/closer".into(),
    };
    add(all, "member/changed.html", "ordinary", &page);
    let own = own_comments().pop().unwrap_or_default();
    let fields = vec![HiddenField { name: "body", value: HOSTILE.into() }];
    let withdrawn = ChangedPage {
        comments: vec![one("reworded")],
        withdrawn: Some(WithdrawnComment { own, fields }),
        ..page.clone()
    };
    add(all, "member/changed.html", "just withdrawn", &withdrawn);
    add(all, "member/changed.html", "nothing left", &ChangedPage { comments: Vec::new(), ..page });
}

fn check(all: &mut Vec<Sample>) {
    let reworded = SeenComment { passage: Some(then("reworded")), identifying: Vec::new(), said: said(), ..seen() };
    let whole = SeenComment { passage: None, number: String::new(), identifying: Vec::new(), said: said(), ..seen() };
    let page = FinishPage {
        page: member(),
        title: TITLE.into(),
        deadline: open(),
        said: true,
        comments: 3,
        no_more: true,
        action_url: "/c/closer/finish".into(),
        back_url: "/c/closer".into(),
        seen: vec![seen(), reworded, whole],
        label: LABEL.into(),
        points: true,
        mine_url: "/c/closer/mine".into(),
        ..FinishPage::default()
    };
    add(all, "member/finish.html", "check", &page);
    add(all, "member/finish.html", "check, with her name", &FinishPage { with_my_name: true, points: false, ..page });
}

fn reading(all: &mut Vec<Sample>) {
    let more = || {
        vec![NoticeMore {
            words: "Some of its words could point to you.".into(),
            url: "/c/closer/mine/1".into(),
            link_words: "Look at them".into(),
        }]
    };
    let mark = Mark {
        number: "2.1".into(),
        comment_url: Some("/c/closer/comment/p1?version=2".into()),
        own_comments: 1,
        unsent: false,
        question_url: None,
        mine_url: "/c/closer/mine".into(),
        notice: Some("Your comment on 2.1 was received. Receipt K7MX-4RTP.".into()),
        notice_more: more(),
    };
    add(all, "parts/mark.html", "just said, with a word behind", &mark);
    let top = ReadTop {
        deadline: open(),
        notice: Some("Your comment on the whole draft was received.".into()),
        notice_more: more(),
        changed: Some(ChangedLine { count: 2, url: "/c/closer/mine/changed".into() }),
        ..ReadTop::default()
    };
    add(all, "member/read_top.html", "after a new version", &top);
}

/// A quotation as it was found.
pub(super) fn found(exact: &str) -> QuoteField {
    QuoteField {
        exact: exact.into(),
        prefix: "We propose ".into(),
        suffix: " and no new".into(),
        start: "92".into(),
        state: "found",
        ..QuoteField::default()
    }
}

/// A passage that became what `state` says.
pub(super) fn then(state: &'static str) -> PassageThen {
    let now = |number: &str, words: &str| PassageNow { number: number.into(), words: words.into() };
    let quoted = Piece { words: "three assistant directors".into(), found: true, kind: Some("quoted") };
    let (before, after) = THEN.split_once("three assistant directors").unwrap_or((THEN, ""));
    let plain = |words: &str| Piece { words: words.into(), ..Piece::default() };
    PassageThen {
        number: "2.1".into(),
        version: 1,
        was: vec![plain(before), quoted, plain(after)],
        cut: false,
        renumbered: state == "moved",
        state,
        now: match state {
            "split" => vec![now("2.1", "The employer would replace four heads of service."), now("2.2", NOW)],
            "gone" => Vec::new(),
            "moved" => vec![now("5.1", THEN)],
            _ => vec![now("2.1", NOW)],
        },
        change: if state == "reworded" { words(THEN, NOW) } else { Vec::new() },
        stood_after: (state == "gone").then(|| "1.4".into()),
        confirmed_in: (state == "merged").then_some(2),
        quote_now: match state {
            "reworded" => "lost",
            "split" => "stands",
            "merged" => "tied",
            _ => "",
        },
    }
}

fn said() -> DeskComment {
    let plain = |words: &str| vec![Piece { words: words.into(), ..Piece::default() }];
    DeskComment {
        position: "support_if".into(),
        condition: plain("the safeguarding post has two deputies"),
        body: plain(BODY),
        quote: "three assistant directors".into(),
        quote_marked: then("current").was,
        new_wording: plain(NOW),
        wording_change: words(THEN, NOW),
        label: LABEL.into(),
        permission: "paraphrase".into(),
        state: "current",
        version: 1,
        ..DeskComment::default()
    }
}

fn seen() -> SeenComment {
    let marked = |words: &str, kind| Piece { words: words.into(), found: true, kind: Some(kind) };
    let plain = |words: &str| Piece { words: words.into(), ..Piece::default() };
    let body = vec![
        plain("I have covered two patches since "),
        marked("12 March", "date"),
        plain(", and "),
        marked("Joanna Prewett", "name"),
        plain(" knows it. Ring me on "),
        marked("07700 900123", "phone"),
        plain("."),
    ];
    SeenComment {
        number: "2.1".into(),
        passage: Some(then("current")),
        said: DeskComment { body, ..said() },
        identifying: vec!["date", "name", "phone"],
        change_url: Some("/c/closer/mine/1".into()),
        receipt: "K7MX-4RTP".into(),
    }
}
