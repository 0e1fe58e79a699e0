//! Words that are kept while they are typed.

use super::{BODY, HOSTILE, LABEL, Sample, TITLE, add, blocks, desk, member, open, quoted, with_error};
use crate::drafts::working;
use crate::web::view::{
    CommentPage, DroppedRow, EditorDiscardPage, EditorNewerPage, EditorPage, EditorPreview, FinishPage, Keep, Mark,
    MinePage, OtherWords, Problem, ProblemPage, ReadTop, Resend, Unsent,
};

pub(super) fn keeping(all: &mut Vec<Sample>) {
    members(all);
    editor(all);
}

fn editor(all: &mut Vec<Sample>) {
    let dropped = vec![DroppedRow { what: "HTML <b>".into(), place: "line 3".into() }];
    let page = EditorPage {
        page: desk("draft"),
        title: TITLE.into(),
        number: 3,
        back_url: "/desk/closer/draft".into(),
        action_url: "/desk/closer/draft/1/edit".into(),
        discard_url: Some("/desk/closer/draft/1/discard".into()),
        markdown: format!("# {TITLE}\n\n## The posts\n\n{BODY}\n"),
        revision: "1782".into(),
        saved_words: "Saved by Rosamund Adeyinka, 2.02 pm.".into(),
        others_words: "Ana Reyes has this text open too.".into(),
        preview: EditorPreview { blocks: blocks(), dropped, problem_words: None },
    };
    add(all, "desk/editor.html", "ordinary", &page);
    let fresh = EditorPage {
        discard_url: None,
        markdown: String::new(),
        revision: String::new(),
        saved_words: String::new(),
        others_words: String::new(),
        preview: EditorPreview {
            problem_words: Some("There are no words in this text.".into()),
            ..EditorPreview::default()
        },
        ..page.clone()
    };
    add(all, "desk/editor.html", "empty", &fresh);
    let wrong = EditorPage {
        page: with_error(desk("draft"), "markdown", "Take this line out."),
        title: HOSTILE.into(),
        markdown: HOSTILE.into(),
        saved_words: HOSTILE.into(),
        others_words: HOSTILE.into(),
        ..page
    };
    add(all, "desk/editor.html", "hostile, error", &wrong);
    let newer = EditorNewerPage {
        page: desk("draft"),
        title: TITLE.into(),
        by_words: "Saved by Ana Reyes, 2.02 pm.".into(),
        pairs: working::beside("Three posts, now.\n\nSame", &format!("Five posts.\n\n{HOSTILE}")),
        same: 12,
        theirs_url: "/desk/closer/draft/1/edit".into(),
        action_url: "/desk/closer/draft/1/edit".into(),
        revision: "1782".into(),
        markdown: BODY.into(),
    };
    add(all, "desk/editor_newer.html", "ordinary", &newer);
    let hostile =
        EditorNewerPage { by_words: HOSTILE.into(), markdown: HOSTILE.into(), pairs: Vec::new(), same: 0, ..newer };
    add(all, "desk/editor_newer.html", "hostile", &hostile);
    let discard = EditorDiscardPage {
        page: desk("draft"),
        title: TITLE.into(),
        by_words: "Saved by Ana Reyes, 2.02 pm.".into(),
        words: 1240,
        action_url: "/desk/closer/draft/1/discard".into(),
        back_url: "/desk/closer/draft/1/edit".into(),
    };
    add(all, "desk/editor_discard.html", "ordinary", &discard);
}

#[expect(clippy::too_many_lines, reason = "one state after the other")]
fn members(all: &mut Vec<Sample>) {
    let keep = Keep {
        keep_url: "/c/closer/keep/p1".into(),
        revision: "8273645".into(),
        page: "p4ge".into(),
        lost_url: "/lost".into(),
        began: true,
        others: Vec::new(),
    };
    let page = CommentPage {
        page: member(),
        about: Some(quoted()),
        deadline: open(),
        back_url: "/c/closer#b-p1".into(),
        action_url: "/c/closer/comment/p1".into(),
        version: 2,
        nonce: "n0nce".into(),
        label: LABEL.into(),
        position: "support".into(),
        body: BODY.into(),
        keep: Some(keep.clone()),
        ..CommentPage::default()
    };
    add(all, "member/comment.html", "begun earlier", &page);
    let fresh = Keep { revision: String::new(), began: false, ..keep.clone() };
    add(
        all,
        "member/comment.html",
        "kept as she types",
        &CommentPage { keep: Some(fresh), apart: Some("held"), ..page.clone() },
    );
    let other = |words: &str| OtherWords {
        revision: "17".into(),
        position: "support_if".into(),
        condition: words.into(),
        body: words.into(),
        new_wording: words.into(),
    };
    let two = Keep { others: vec![other(BODY), other(HOSTILE)], ..keep };
    add(all, "member/comment.html", "other words elsewhere", &CommentPage { keep: Some(two), ..page });

    let waiting = |changing, number: Option<&str>, words: &str| Unsent {
        number: number.map(str::to_owned),
        changing,
        url: "/c/closer/comment/p1".into(),
        words: words.into(),
        ..Unsent::default()
    };
    let answers = Unsent { questions: true, url: "/c/closer/questions".into(), ..waiting(false, None, HOSTILE) };
    let unsent = vec![
        waiting(false, Some("2.1"), "Three can sit round one table."),
        waiting(true, Some("2.1"), HOSTILE),
        waiting(false, None, ""),
        waiting(true, None, "Who pays?"),
        answers.clone(),
    ];
    let mine = MinePage {
        page: member(),
        title: TITLE.into(),
        deadline: open(),
        read_url: "/c/closer".into(),
        choices_url: "/c/closer/mine".into(),
        finish_url: "/c/closer/finish".into(),
        unsent: unsent.clone(),
        ..MinePage::default()
    };
    add(all, "member/mine.html", "not sent yet", &mine);
    let finish = FinishPage {
        page: member(),
        title: TITLE.into(),
        deadline: open(),
        said: true,
        comments: 1,
        action_url: "/c/closer/finish".into(),
        back_url: "/c/closer".into(),
        unsent,
        ..FinishPage::default()
    };
    add(all, "member/finish.html", "not sent yet", &finish);
    let apart = FinishPage { unsent: vec![answers], apart: Some("held"), ..finish };
    add(all, "member/finish.html", "answers not sent yet, by a colleague who is no member", &apart);
    let top = ReadTop { deadline: open(), unsent: 2, unsent_url: "/c/closer/mine".into(), ..ReadTop::default() };
    add(all, "member/read_top.html", "not sent yet", &top);
    let mark = Mark {
        number: "2.1".into(),
        comment_url: Some("/c/closer/comment/p1".into()),
        unsent: true,
        mine_url: "/c/closer/mine".into(),
        ..Mark::default()
    };
    add(all, "parts/mark.html", "begun", &mark);
    add(all, "parts/mark.html", "own and begun", &Mark { own_comments: 1, ..mark });
    let held = ProblemPage {
        page: member(),
        kind: Problem::Expired,
        kept: Some(BODY.into()),
        lost_url: "/lost".into(),
        resend: Some(Resend {
            action_url: "/c/closer/comment/p1".into(),
            fields: vec![("body".into(), HOSTILE.into()), ("position".into(), "support".into())],
        }),
        ..ProblemPage::default()
    };
    add(all, "member/problem.html", "can be sent again", &held);
}
