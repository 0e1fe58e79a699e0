//! An example of every page and mail in each state that looks different:
//! ordinary, empty, with errors, very long, and hostile. The render test
//! below puts each into its template; screenshots are made from them too.

mod answering;
mod desks;
mod groups;
mod importing;
mod keeping;
mod mailings;
mod pairs;
mod people;
mod progress;
mod questions;
mod reading;
mod setup;
mod staff;
mod versions;

use serde::Serialize;
use serde_json::Value;

use super::view::{
    BlockView, CodePage, CommentPage, Contact, Deadline, DeskHere, DeskWay, FieldError, FinishPage, FrontConsultation,
    FrontPage, LatePage, LetterPage, LostPage, LostSentPage, MailHeader, MailLine, MailPage, MailboxPage, Mark,
    MemberHere, MinePage, OwnAnswers, OwnComment, OwnStatus, Page, PrintedPage, Problem, ProblemPage, QuestionsOffer,
    QuoteField, Quoted, ReadPage, ReadTop, ReceiptPage, StaffHere, StopPage, TeamChoice, TextPart, WaysToAnswer,
    WhoSeesPage, WithdrawPage,
};
use crate::mail::view::{MailCode, MailContact, MailLink, MailLinkAgain, MailShell};

const TITLE: &str = "Closer to Families";
const LABEL: &str = "Early Help and Youth together";
const HOSTILE: &str = "</textarea><script>alert(1)</script>\" onload=\"x' {{ 7 }} \u{202e}תורשפא مرحبا";
const PASSAGE: &str = "The employer would replace four heads of service with five assistant directors, each with an executive assistant. We propose <strong>three</strong> assistant directors and no new assistants.";
const BODY: &str = "Three can sit round one table. Five will each want a deputy by summer.\n\nWe lost two social workers to the last reorganisation, and nobody has replaced them.";

/// A view under the name of its template.
#[derive(Debug)]
pub struct Sample {
    pub template: &'static str,
    /// What is special about it.
    pub state: &'static str,
    pub view: Value,
}

/// Every page and mail in every state worth seeing.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut all = Vec::new();
    doors(&mut all);
    reading(&mut all);
    commenting(&mut all);
    own_response(&mut all);
    small_pages(&mut all);
    answering::answering(&mut all);
    desks::desks(&mut all);
    importing::importing(&mut all);
    keeping::keeping(&mut all);
    reading::reading(&mut all);
    progress::progress(&mut all);
    questions::questions(&mut all);
    staff::accounts(&mut all);
    setup::setup(&mut all);
    people::people(&mut all);
    mailings::mailings(&mut all);
    groups::groups(&mut all);
    pairs::pairs(&mut all);
    versions::versions(&mut all);
    demonstration(&mut all);
    mails(&mut all);
    all
}

fn add(all: &mut Vec<Sample>, template: &'static str, state: &'static str, view: &impl Serialize) {
    let view = serde_json::to_value(view).unwrap_or(Value::Null);
    all.push(Sample { template, state, view });
}

fn doors(all: &mut Vec<Sample>) {
    let front = FrontPage {
        page: visitor(),
        consultations: vec![
            FrontConsultation { title: TITLE.into(), url: "/c/closer".into(), deadline: open() },
            FrontConsultation { title: "Bank holiday rota".into(), url: "/c/rota".into(), deadline: last_hours() },
        ],
        lost_url: "/lost".into(),
        printed_url: "/printed".into(),
    };
    add(all, "member/front.html", "ordinary", &front);
    add(all, "member/front.html", "empty", &FrontPage { page: bare(), consultations: Vec::new(), ..front });
    let letter = LetterPage {
        page: visitor(),
        title: TITLE.into(),
        letter_html: letter_html(),
        deadline: open(),
        label: Some(LABEL.into()),
        teams: Vec::new(),
        action_url: "/go/x".into(),
        questions: 4,
    };
    add(all, "member/letter.html", "ordinary", &letter);
    let two_teams = LetterPage {
        page: with_error(visitor(), "team", "Choose the team that you answer for."),
        label: None,
        deadline: last_hours(),
        teams: vec![
            TeamChoice { id: "1".into(), name: "Early Help".into(), chosen: false },
            TeamChoice { id: "2".into(), name: "Youth".into(), chosen: false },
        ],
        ..letter.clone()
    };
    add(all, "member/letter.html", "two teams, error", &two_teams);
    add(all, "member/letter.html", "closed", &LetterPage { deadline: closed(), ..letter });
}

fn reading(all: &mut Vec<Sample>) {
    let read = ReadPage {
        page: Page { csrf: String::new(), ..member() },
        title: TITLE.into(),
        version: 2,
        note: "Section 2 now gives the figures of the finance team.".into(),
        published_words: "Monday 23 November".into(),
        compare_url: Some("/c/closer/compare?from=1&to=2".into()),
        paper_url: "https://say.example.org/c/closer/1.1?version=2".into(),
        paper_number: "1.1".into(),
        letter_html: letter_html(),
        blocks: blocks(),
        beside_url: Some("/c/closer/side-by-side".into()),
        ..ReadPage::default()
    };
    add(all, "member/read.html", "ordinary", &read);
    add(all, "member/read.html", "empty", &ReadPage { blocks: Vec::new(), note: String::new(), ..read.clone() });
    let long = ReadPage { title: "Word ".repeat(60), note: HOSTILE.into(), ..read };
    add(all, "member/read.html", "long and hostile", &long);
    let ways =
        WaysToAnswer { comment_whole_url: "/c/closer/comment/whole".into(), finish_url: "/c/closer/finish".into() };
    let own = |comments, finished| {
        Some(OwnStatus { comments, answers: 1 - comments.min(1), finished, mine_url: "/c/closer/mine".into() })
    };
    let offer =
        |answered| Some(QuestionsOffer { count: 4, answered, begun: answered > 1, url: "/c/closer/questions".into() });
    let fresh = ReadTop { deadline: open(), ways: Some(ways.clone()), questions: offer(0), ..ReadTop::default() };
    let used = ReadTop {
        questions: offer(3),
        deadline: last_hours(),
        notice: Some("Your comment is withdrawn.".into()),
        own: own(2, false),
        ways: Some(ways.clone()),
        ..ReadTop::default()
    };
    let further_device = ReadTop {
        deadline: open(),
        code_url: Some("/c/closer/code".into()),
        ways: Some(ways.clone()),
        ..ReadTop::default()
    };
    let over = ReadTop { deadline: closed(), own: own(0, true), ..ReadTop::default() };
    let public = ReadTop {
        public_questions: 3,
        deadline: open(),
        lost_url: Some("/lost".into()),
        printed_url: Some("/printed".into()),
        join_url: Some("https://example.org/join".into()),
        ..ReadTop::default()
    };
    for (state, top) in
        [("fresh", fresh), ("used", used), ("a further device", further_device), ("closed", over), ("public", public)]
    {
        add(all, "member/read_top.html", state, &top);
        add(all, "member/read_end.html", state, &top);
    }
    let mark = Mark {
        number: "2.1".into(),
        comment_url: Some("/c/closer/comment/p1".into()),
        own_comments: 0,
        unsent: false,
        mine_url: "/c/closer/mine#p1".into(),
        notice: None,
        notice_more: Vec::new(),
        question_url: None,
    };
    let about = Some("/c/closer/questions?n=1#q-1".into());
    add(all, "parts/mark.html", "with a question", &Mark { question_url: about, ..mark.clone() });
    add(all, "parts/mark.html", "fresh", &mark);
    let notice = Some("Your comment on 2.1 was received. Receipt K7MX-4RTP.".into());
    add(all, "parts/mark.html", "just said", &Mark { own_comments: 1, notice, ..mark.clone() });
    add(all, "parts/mark.html", "own", &Mark { own_comments: 1, ..mark.clone() });
    add(all, "parts/mark.html", "own, closed", &Mark { own_comments: 3, comment_url: None, ..mark.clone() });
    add(all, "parts/mark.html", "closed", &Mark { comment_url: None, ..mark });
}

fn commenting(all: &mut Vec<Sample>) {
    let first = CommentPage {
        page: member(),
        about: Some(quoted()),
        deadline: open(),
        back_url: "/c/closer#b-p1".into(),
        action_url: "/c/closer/comment/p1".into(),
        version: 2,
        nonce: "n0nce".into(),
        label: LABEL.into(),
        asks_choices: true,
        ..CommentPage::default()
    };
    add(all, "member/comment.html", "first", &first);
    let mut page = with_error(member(), "position", "Choose what you think, or write a comment.");
    page.errors.push(FieldError {
        field: "condition".into(),
        words: "Make the condition shorter. It can have up to 4,000 characters.".into(),
    });
    page.errors.push(FieldError {
        field: "body".into(),
        words: "Make your comment shorter. It can have up to 10,000 characters.".into(),
    });
    page.errors.push(FieldError {
        field: "new_wording".into(),
        words: "Make the new wording shorter. It can have up to 4,000 characters.".into(),
    });
    page.errors
        .push(FieldError { field: "permission".into(), words: "Choose how your words may leave the union.".into() });
    page.errors.push(FieldError { field: "confidence".into(), words: "Choose if you want to give your name.".into() });
    let wrong = CommentPage {
        page,
        body: BODY.into(),
        condition: "the deputy stays".into(),
        new_wording: "Three, and one deputy.".into(),
        newer_version: true,
        deadline: closed(),
        ..first.clone()
    };
    add(all, "member/comment.html", "errors", &wrong);
    let next = CommentPage { about: None, asks_choices: false, ..first.clone() };
    add(all, "member/comment.html", "whole draft, later", &next);
    let changing = CommentPage {
        position: "support_if".into(),
        condition: "the safeguarding post has two deputies".into(),
        body: BODY.into(),
        quote: answering::found("three assistant directors"),
        asks_choices: false,
        with_my_name: true,
        changing: true,
        ..first.clone()
    };
    add(all, "member/comment.html", "changing", &changing);
    add(all, "member/comment.html", "changing, whole", &CommentPage { about: None, ..changing });
    let hostile = CommentPage {
        label: HOSTILE.into(),
        body: HOSTILE.into(),
        condition: HOSTILE.into(),
        quote: QuoteField { state: "lost", ..answering::found(HOSTILE) },
        new_wording: HOSTILE.into(),
        position: "oppose".into(),
        permission: "paraphrase".into(),
        ..first
    };
    add(all, "member/comment.html", "hostile", &hostile);
}

fn own_response(all: &mut Vec<Sample>) {
    let mine = MinePage {
        page: Page { notice: Some("Saved for all your comments.".into()), ..member() },
        title: TITLE.into(),
        deadline: open(),
        read_url: "/c/closer".into(),
        comments: own_comments(),
        code_url: None,
        label: LABEL.into(),
        choices_url: "/c/closer/mine".into(),
        changed_url: None,
        changed: 0,
        permission: "word_for_word".into(),
        with_my_name: false,
        finish_url: "/c/closer/finish".into(),
        finished: false,
        reference: None,
        answers: questions::own_answers(),
        ..MinePage::default()
    };
    add(all, "member/mine.html", "ordinary", &mine);
    let empty = MinePage {
        page: member(),
        comments: Vec::new(),
        code_url: Some("/c/closer/code".into()),
        answers: OwnAnswers::default(),
        ..mine.clone()
    };
    add(all, "member/mine.html", "answers alone", &MinePage { comments: Vec::new(), ..mine.clone() });
    add(all, "member/mine.html", "empty", &empty);
    let nothing = MinePage { finished: true, reference: Some("K7MX 4RTP".into()), code_url: None, ..empty };
    add(all, "member/mine.html", "nothing to add", &nothing);
    let over = MinePage { deadline: closed(), finished: true, reference: Some("K7MX 4RTP".into()), ..mine.clone() };
    add(all, "member/mine.html", "closed", &over);
    let wrong =
        MinePage { page: with_error(member(), "permission", "Choose how your words may leave the union."), ..mine };
    add(all, "member/mine.html", "error", &wrong);
    for comment in own_comments() {
        let page = WithdrawPage {
            page: member(),
            comment,
            action_url: "/c/closer/mine/1/withdraw".into(),
            back_url: "/c/closer/mine".into(),
        };
        add(all, "member/withdraw.html", "ordinary", &page);
    }
    for (state, comments) in [("nothing", 0), ("one", 1), ("several", 4)] {
        let page = FinishPage {
            page: member(),
            title: TITLE.into(),
            deadline: open(),
            said: comments > 0,
            comments,
            answers: if comments > 1 { questions::own_answers() } else { OwnAnswers::default() },
            no_more: true,
            action_url: "/c/closer/finish".into(),
            back_url: "/c/closer".into(),
            label: LABEL.into(),
            mine_url: "/c/closer/mine".into(),
            code_url: (comments == 1).then(|| "/c/closer/code".into()),
            ..FinishPage::default()
        };
        add(all, "member/finish.html", state, &page);
    }
    for kind in ["comment", "changed", "finished", "nothing"] {
        let page = ReceiptPage {
            page: member(),
            title: TITLE.into(),
            deadline: if kind == "nothing" { closed() } else { open() },
            kind,
            reference: "K7MX 4RTP".into(),
            late: kind == "nothing",
            no_more: kind == "finished",
            read_url: "/c/closer".into(),
            mine_url: "/c/closer/mine".into(),
            finish_url: "/c/closer/finish".into(),
            join_url: Some("https://example.org/join".into()),
        };
        add(all, "member/receipt.html", kind, &page);
    }
}

fn small_pages(all: &mut Vec<Sample>) {
    let code = CodePage {
        page: member(),
        sent: false,
        can_ask: true,
        ask_url: "/c/closer/code".into(),
        enter_url: "/c/closer/code/enter".into(),
        minutes: 10,
        back_url: "/c/closer/mine".into(),
    };
    add(all, "member/code.html", "ask", &code);
    add(all, "member/code.html", "no address", &CodePage { can_ask: false, ..code.clone() });
    let entering = CodePage {
        page: with_error(member(), "code", "That code does not fit. Check it and type it again, or ask for another."),
        sent: true,
        ..code
    };
    add(all, "member/code.html", "enter, error", &entering);
    add(
        all,
        "member/lost.html",
        "ordinary",
        &LostPage { page: visitor(), action_url: "/lost".into(), email: String::new() },
    );
    let wrong = LostPage {
        page: with_error(visitor(), "email", "Type a whole mail address, such as name@example.org."),
        action_url: "/lost".into(),
        email: HOSTILE.into(),
    };
    add(all, "member/lost.html", "error", &wrong);
    add(
        all,
        "member/lost_sent.html",
        "ordinary",
        &LostSentPage { page: visitor(), lost_url: "/lost".into(), printed_url: "/printed".into() },
    );
    add(
        all,
        "member/printed.html",
        "ordinary",
        &PrintedPage { page: visitor(), action_url: "/printed".into(), code: String::new() },
    );
    let wrong = PrintedPage {
        page: with_error(visitor(), "code", "We do not know this code. Check each letter and type it again."),
        action_url: "/printed".into(),
        code: "K7MX".into(),
    };
    add(all, "member/printed.html", "error", &wrong);
    let late = LatePage {
        page: member(),
        title: TITLE.into(),
        deadline: closed(),
        arrived_words: "Friday 4 December, 5.16 pm".into(),
        number: Some("2.1".into()),
        position: "support_if".into(),
        condition: "two deputies".into(),
        body: BODY.into(),
        new_wording: HOSTILE.into(),
        read_url: "/c/closer".into(),
    };
    add(all, "member/late.html", "ordinary", &late);
    let whole = LatePage {
        page: bare(),
        number: None,
        position: String::new(),
        condition: String::new(),
        new_wording: String::new(),
        ..late
    };
    add(all, "member/late.html", "whole draft", &whole);
    for done in [false, true] {
        let page = StopPage {
            page: visitor(),
            title: TITLE.into(),
            done,
            action_url: "/stop/x".into(),
            read_url: done.then(|| "/c/closer".into()),
        };
        add(all, "member/stop.html", if done { "done" } else { "ask" }, &page);
    }
    add(
        all,
        "member/who_sees.html",
        "ordinary",
        &WhoSeesPage { page: member(), label: Some(LABEL.into()), back_url: Some("/c/closer".into()) },
    );
    add(all, "member/who_sees.html", "visitor", &WhoSeesPage { page: bare(), label: None, back_url: None });
    for kind in Problem::ALL {
        let kept = matches!(kind, Problem::Expired | Problem::SignedOut).then(|| HOSTILE.to_owned());
        let page = ProblemPage {
            page: visitor(),
            kind,
            limit_words: "64 kB".into(),
            kept,
            again_url: Some("/c/closer".into()),
            lost_url: "/lost".into(),
            resend: None,
        };
        add(all, "member/problem.html", "ordinary", &page);
    }
}

fn demonstration(all: &mut Vec<Sample>) {
    let mails =
        ["invitation", "reminder", "closing_soon", "thanks", "update", "link_again", "code", "other"].map(|kind| {
            MailLine {
                url: "/demo/mail/1".into(),
                to: "tunde.bakare-hill@a-long-name-of-a-host.example.org".into(),
                subject: "Closer to Families: please read by Friday 4 December, 5 pm".into(),
                kind: kind.into(),
                when_words: "Monday 23 November, 9.02 am".into(),
            }
        });
    let mailbox = MailboxPage {
        page: bare(),
        action_url: "/demo/mailbox".into(),
        search: "tunde".into(),
        mails: mails.to_vec(),
        total: 214,
    };
    add(all, "demo/mailbox.html", "ordinary", &mailbox);
    add(all, "demo/mailbox.html", "empty", &MailboxPage { search: HOSTILE.into(), mails: Vec::new(), ..mailbox });
    let mail = MailPage {
        page: bare(),
        subject: HOSTILE.into(),
        headers: vec![
            MailHeader {
                name: "Message-ID".into(),
                value: "<019309c1-4d5e-7abc-8def-0123456789ab.outbox@example.org>".into(),
            },
            MailHeader { name: "To".into(), value: HOSTILE.into() },
        ],
        text: TextPart::of(
            "Dear colleague,\n\nYour personal link:\nhttp://127.0.0.1:8080/go/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjK\n\n<script>alert(1)</script>\n",
        ),
        html_url: Some("/demo/mail/1/html".into()),
        mailbox_url: "/demo/mailbox".into(),
    };
    add(all, "demo/mail.html", "ordinary", &mail);
}

fn mails(all: &mut Vec<Sample>) {
    for kind in ["invitation", "reminder", "closing_soon", "thanks", "update"] {
        let mail = MailShell {
            kind: kind.into(),
            subject: "Closer to Families: please read by Friday 4 December, 5 pm".into(),
            title: TITLE.into(),
            body_text: "Dear colleague,\n\nthe county wants to change how we are run.".into(),
            body_html: "<p>Dear colleague,</p><p>the county wants to change how we are run.</p>".into(),
            team_note: if kind == "reminder" { HOSTILE.into() } else { String::new() },
            link_url: "https://say.example.org/go/AbCdEf".into(),
            public_url: "https://say.example.org/c/closer".into(),
            closes_words: open().closes_words,
            left_words: open().left_words,
            contact: mail_contact(),
            stop_url: "https://say.example.org/stop/AbCdEf".into(),
        };
        add(all, "mail/shell.txt", kind, &mail);
        add(all, "mail/shell.html", kind, &mail);
    }
    let link = MailLink {
        title: HOSTILE.into(),
        url: "https://say.example.org/go/AbCdEf".into(),
        closes_words: open().closes_words,
        left_words: open().left_words,
        public_url: "https://say.example.org/c/closer".into(),
    };
    let again = MailLinkAgain { subject: "Your link".into(), links: vec![link.clone(), link], contact: mail_contact() };
    add(all, "mail/link_again.txt", "ordinary", &again);
    add(all, "mail/link_again.html", "ordinary", &again);
    let code = MailCode {
        subject: "Your code".into(),
        code: "482 913".into(),
        minutes: 10,
        public_url: "https://say.example.org/c/closer".into(),
        contact: MailContact { name: "Rosamund Adeyinka".into(), phone: None, email: None },
    };
    add(all, "mail/code.txt", "ordinary", &code);
    add(all, "mail/code.html", "ordinary", &code);
}

fn bare() -> Page {
    Page { home_url: "/".into(), who_sees_url: "/who-sees".into(), csrf: "cs\"rf".into(), ..Page::default() }
}

fn visitor() -> Page {
    let contact = Contact {
        name: "Rosamund Adeyinka".into(),
        phone: Some("0161 496 0000".into()),
        email: Some("branch@example.org".into()),
    };
    Page { contact: Some(contact), ..bare() }
}

fn member() -> Page {
    let member = MemberHere {
        read_url: "/c/closer".into(),
        mine_url: "/c/closer/mine".into(),
        group_url: "/c/closer/group".into(),
        public_address: "https://say.example.org/c/closer".into(),
    };
    Page { member: Some(member), stop_url: Some("/stop/x".into()), ..visitor() }
}

fn staff() -> Page {
    let staff = StaffHere {
        name: "Rosamund Adeyinka".into(),
        home_url: "/desk".into(),
        account_url: "/desk/account".into(),
        accounts_url: None,
        sign_out_url: "/desk/sign-out".into(),
    };
    Page { staff: Some(staff), home_url: "/desk".into(), ..bare() }
}

/// A page of a consultation's desk, on the way of this kind.
fn desk(current: &str) -> Page {
    let ways = ["progress", "comments", "counts"].map(|kind| DeskWay {
        kind,
        url: format!("/desk/closer/{kind}"),
        current: kind == current,
    });
    let desk = DeskHere { title: TITLE.into(), state: "open", deadline: open(), ways: ways.into() };
    Page { desk: Some(desk), ..staff() }
}

fn with_error(page: Page, field: &str, words: &str) -> Page {
    Page { errors: vec![FieldError { field: field.into(), words: words.into() }], ..page }
}

fn open() -> Deadline {
    Deadline {
        closes_words: "Comments close Friday 4 December at 5 pm".into(),
        words: "Friday 4 December, 5 pm".into(),
        left_words: "3 days left".into(),
        instant: "2026-12-04T17:00:00Z".into(),
        urgent: false,
        closed: false,
        gone_percent: 72,
    }
}

fn last_hours() -> Deadline {
    Deadline { left_words: "5 hours left".into(), urgent: true, gone_percent: 97, ..open() }
}

fn closed() -> Deadline {
    Deadline {
        closes_words: "Comments closed Friday 4 December at 5 pm".into(),
        left_words: "closed".into(),
        closed: true,
        gone_percent: 100,
        ..open()
    }
}

fn letter_html() -> String {
    "<p>Dear colleague,</p><p>The county wants to change how our department is run. Its plan adds senior managers and takes away nine front-line jobs. We think there is a better way, and we have written it down.</p><p>Please read the draft and tell us by the end of Friday. Two minutes is enough.</p><p>In solidarity,</p><p>Rosamund Adeyinka</p>".into()
}

fn quoted() -> Quoted {
    Quoted { number: "2.1".into(), html: PASSAGE.into(), read_url: "/c/closer#b-p1".into() }
}

fn blocks() -> Vec<BlockView> {
    let table = "<table><thead><tr><th>Post</th><th>Employer</th><th>Branch</th><th>Difference in a year</th></tr></thead><tbody><tr><td>Assistant directors</td><td>5</td><td>3</td><td>£238,000</td></tr><tr><td>Executive assistants</td><td>5</td><td>0</td><td>£171,500</td></tr></tbody></table>";
    let figure = "<figure><p>Chart: caseloads by month</p><figcaption>Average caseload in assessment, last year</figcaption></figure>";
    let texts: [(&str, &str, &str); 14] = [
        ("1", "heading", "Closer to Families: the branch’s alternative to the restructure"),
        (
            "1.1",
            "paragraph",
            "Wendershire County Council plans to reorganise its children’s services department from April. Its paper, <em>Shaping Stronger Services</em>, creates five assistant directors, deletes nine front-line posts and gives staff thirty days to respond. We share the stated aims: safer children, steadier teams and less money lost on agency cover.",
        ),
        (
            "1.2",
            "paragraph",
            "This draft comes from eleven team meetings held in the past three weeks. Where teams disagreed with each other we picked one answer and say so, because a proposal that sits on every fence is easy to ignore.",
        ),
        ("2", "heading", "Three senior posts, not five"),
        ("2.1", "paragraph", PASSAGE),
        (
            "2.2",
            "list_item",
            "<strong>Safeguarding and Care</strong> would hold assessment, safeguarding and court, children in care and fostering.",
        ),
        (
            "2.3",
            "list_item",
            "<strong>Early Help and Education</strong> would hold early help, youth, school attendance and the virtual school.",
        ),
        (
            "2.4",
            "list_item",
            "<strong>Commissioning and Resources</strong> would hold placements, contracts, data and business support.",
        ),
        ("2.5", "table", table),
        ("3", "heading", "One voice for safeguarding"),
        (
            "3.1",
            "paragraph",
            "Under the employer’s plan three assistant directors would each hold part of the safeguarding duty, and a decision to escalate could need all three signatures.",
        ),
        ("3.2", "heading", "Nights and weekends"),
        (
            "3.2.1",
            "paragraph",
            "The out-of-hours desk is covered by two workers on weeknights and by one at weekends. We propose two on every night of the year.",
        ),
        ("3.3", "figure", figure),
    ];
    let mut blocks: Vec<BlockView> = texts
        .into_iter()
        .enumerate()
        .map(|(place, (number, kind, html))| BlockView {
            key: format!("p{place}"),
            number: number.into(),
            kind,
            level: match number {
                "1" => 1,
                "3.2" => 3,
                _ => 2,
            },
            html: html.into(),
            ..BlockView::default()
        })
        .collect();
    BlockView::join_lists(&mut blocks);
    blocks
}

fn own_comments() -> Vec<OwnComment> {
    let comment = OwnComment {
        receipt: "K7MX-4RTP".into(),
        number: Some("2.1".into()),
        passage: "The employer would replace four heads of service with five assistant directors…".into(),
        read_url: Some("/c/closer#b-p4".into()),
        position: "support_if".into(),
        condition: "the safeguarding post has two deputies".into(),
        body: BODY.into(),
        new_wording: String::new(),
        state: "current",
        version: 2,
        late: false,
        change_url: Some("/c/closer/mine/1".into()),
        withdraw_url: Some("/c/closer/mine/1/withdraw".into()),
        then: Some(answering::then("current")),
        quote: "three assistant directors".into(),
        wording_change: Vec::new(),
    };
    let whole = OwnComment {
        number: None,
        passage: String::new(),
        receipt: "H3NW-8PLA".into(),
        position: "support".into(),
        condition: String::new(),
        body: String::new(),
        read_url: None,
        ..comment.clone()
    };
    let gone = OwnComment {
        number: Some("7.4".into()),
        receipt: "B6TY-2MEK".into(),
        passage: HOSTILE.into(),
        position: "neutral".into(),
        condition: String::new(),
        body: HOSTILE.into(),
        new_wording: "Word".repeat(200),
        state: "gone",
        version: 1,
        late: true,
        read_url: None,
        change_url: None,
        withdraw_url: None,
        ..comment.clone()
    };
    let mut all = vec![whole, comment.clone(), gone];
    all.extend(["moved", "reworded", "split", "merged"].map(|state| OwnComment {
        state,
        version: 1,
        receipt: format!("S-{state}"),
        ..comment.clone()
    }));
    all
}

fn mail_contact() -> MailContact {
    MailContact {
        name: "Rosamund Adeyinka".into(),
        phone: Some("0161 496 0000".into()),
        email: Some("branch@example.org".into()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::*;
    use crate::assets::Assets;
    use crate::render::Renderer;
    use crate::words::{Language, Words};

    fn renderer() -> Renderer {
        let words = Arc::new(Words::load().unwrap());
        Renderer::load(words, Arc::new(Assets::load())).unwrap()
    }

    #[test]
    fn every_sample_renders_in_every_language_and_nothing_is_unsaid() {
        let renderer = renderer();
        for sample in samples() {
            for language in Language::ALL {
                let page = renderer.render(sample.template, language, &sample.view).unwrap();
                let told = format!("{}, {}", sample.template, sample.state);
                assert!(!page.contains('⟦'), "{told} lacks a message: {page}");
                if is_page(&sample) {
                    assert!(!page.contains("<script>"), "{told} lets script through");
                    assert!(!page.contains("\" onload=\""), "{told} lets an attribute through");
                }
            }
        }
    }

    #[test]
    fn every_template_has_a_sample() {
        let renderer = renderer();
        let sampled: BTreeSet<_> = samples().iter().map(|sample| sample.template).collect();
        let missing: Vec<_> = renderer
            .names()
            .filter(|name| !name.starts_with("layouts/"))
            .filter(|name| !name.starts_with("parts/") || *name == "parts/mark.html")
            .filter(|name| !sampled.contains(name))
            .collect();
        assert!(missing.is_empty(), "no sample for {missing:?}");
    }

    /// Every id on a page is there once, and every label, description and
    /// link within the page leads somewhere.
    #[test]
    fn ids_are_unique_and_references_lead_somewhere() {
        let renderer = renderer();
        for sample in samples().iter().filter(|sample| is_page(sample)) {
            let page = renderer.render(sample.template, Language::English, &sample.view).unwrap();
            let ids = values(&page, " id=\"");
            let unique: BTreeSet<_> = ids.iter().collect();
            assert_eq!(ids.len(), unique.len(), "{} repeats an id: {ids:?}", sample.template);
            let references = [" for=\"", " aria-describedby=\"", " aria-labelledby=\"", " href=\"#"];
            for reference in references.iter().flat_map(|attribute| values(&page, attribute)) {
                for id in reference.split(' ').filter(|id| !id.is_empty()) {
                    let known = ids.contains(&id);
                    assert!(known, "{}, {}: nothing has the id {id}", sample.template, sample.state);
                }
            }
        }
    }

    fn is_page(sample: &Sample) -> bool {
        sample.template.rsplit('.').next() == Some("html")
    }

    fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
        page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }
}
