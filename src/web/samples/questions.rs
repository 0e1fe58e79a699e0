//! Questions: asked, answered, prepared, counted.

use super::{HOSTILE, LABEL, Sample, TITLE, add, closed, desk, last_hours, member, open, staff, with_error};
use crate::web::view::{
    AnsweredPage, AnsweredQuestion, AnswersLatePage, AskedAbout, AskedView, ChoiceRow, ChoiceView, DeskAnswerWords,
    DeskAnswers, DeskQuestion, DeskQuestionForm, DeskQuestions, DeskWordsPage, FieldError, Keep, KeptAnswer,
    LabelAnswersRow, LabelCell, OtherWords, OwnAnswerView, OwnAnswers, Piece, QuestionsPage, ScaleEnd,
};

pub(super) fn questions(all: &mut Vec<Sample>) {
    asking(all);
    after(all);
    preparing(all);
    counting(all);
}

fn asking(all: &mut Vec<Sample>) {
    let ordinary = QuestionsPage {
        page: member(),
        title: TITLE.into(),
        deadline: open(),
        back_url: "/c/closer".into(),
        action_url: "/c/closer/questions".into(),
        questions: asked(),
        of: 5,
        skip_url: "/c/closer".into(),
        label: LABEL.into(),
        asks_choices: true,
        ..QuestionsPage::default()
    };
    add(all, "member/questions.html", "ordinary", &ordinary);
    let mut filled = asked();
    for one in &mut filled {
        one.answered = true;
        one.had = "AbCdEf012345".into();
        if let Some(choice) = one.choices.first_mut() {
            choice.checked = true;
        }
        if one.choices.is_empty() {
            one.words = HOSTILE.into();
        }
    }
    let answered = QuestionsPage { questions: filled, asks_choices: false, with_my_name: true, ..ordinary.clone() };
    add(all, "member/questions.html", "answered", &answered);
    let keep = Keep {
        keep_url: "/c/closer/keep/answers".into(),
        revision: "8273645".into(),
        page: "p4ge".into(),
        lost_url: "/lost".into(),
        began: true,
        others: vec![OtherWords { revision: "17".into(), body: HOSTILE.into(), ..OtherWords::default() }],
    };
    let begun = QuestionsPage { keep: Some(keep), apart: Some("held"), ..ordinary.clone() };
    add(all, "member/questions.html", "begun earlier, by a colleague who is no member", &begun);
    let one = QuestionsPage {
        questions: vec![asked().remove(2)],
        at: Some(3),
        of: 7,
        previous_url: Some("/c/closer/questions?n=2".into()),
        skip_url: "/c/closer/questions?n=4".into(),
        deadline: last_hours(),
        asks_choices: false,
        ..ordinary.clone()
    };
    add(all, "member/questions.html", "one of seven", &one);
    let first = QuestionsPage { at: Some(1), previous_url: None, ..one.clone() };
    add(all, "member/questions.html", "the first of seven", &first);
    let mut page = with_error(member(), "q-1", "Answer at least one question, or go on to the draft.");
    for (field, words) in [("q-2", "Choose one answer only."), ("q-5", "Make this shorter."), ("permission", "Choose.")]
    {
        page.errors.push(FieldError { field: field.into(), words: words.into() });
    }
    let wrong = QuestionsPage { page, code_url: Some("/c/closer/code".into()), deadline: closed(), ..ordinary.clone() };
    add(all, "member/questions.html", "errors, a further device, late", &wrong);
    let preview = QuestionsPage { page: staff(), preview: true, asks_choices: false, ..ordinary };
    add(all, "member/questions.html", "as an organiser sees it", &preview);
}

fn after(all: &mut Vec<Sample>) {
    let answered = AnsweredPage {
        page: member(),
        title: TITLE.into(),
        deadline: open(),
        reference: Some("K7MX-4RTP".into()),
        late: false,
        kept: Vec::new(),
        code_url: "/c/closer/code".into(),
        read_url: "/c/closer".into(),
        finish_url: "/c/closer/finish".into(),
        change_url: Some("/c/closer/questions".into()),
        join_url: Some("https://example.org/join".into()),
    };
    add(all, "member/answered.html", "ordinary", &answered);
    let kept = vec![
        KeptAnswer { number: 1, wording: "Do you support it?".into(), words: String::new() },
        KeptAnswer { number: 3, wording: HOSTILE.into(), words: HOSTILE.into() },
    ];
    let further = AnsweredPage {
        reference: None,
        late: true,
        kept,
        deadline: closed(),
        change_url: None,
        join_url: None,
        ..answered
    };
    add(all, "member/answered.html", "a further device, late", &further);
    let late = AnswersLatePage {
        page: member(),
        deadline: closed(),
        arrived_words: "Friday 4 December, 5.16 pm".into(),
        answers: own_answers().items,
        read_url: "/c/closer".into(),
    };
    add(all, "member/answers_late.html", "ordinary", &late);
    add(all, "member/answers_late.html", "empty", &AnswersLatePage { answers: Vec::new(), ..late });
}

fn preparing(all: &mut Vec<Sample>) {
    let deed = |name: &str| Some(format!("/desk/closer/questions/1/{name}"));
    let line = |number, kind, wording: &str| DeskQuestion {
        number,
        kind,
        wording: wording.into(),
        edit_url: Some("/desk/closer/questions/1".into()),
        up_url: deed("up"),
        down_url: deed("down"),
        remove_url: deed("remove"),
        ..DeskQuestion::default()
    };
    let choice = DeskQuestion {
        options: vec!["Yes".into(), "Yes, with changes".into(), HOSTILE.into()],
        offers_other: true,
        offers_no_answer: true,
        up_url: None,
        help: "All in all.".into(),
        ..line(1, "one_choice", "Do you support the draft?")
    };
    let scale = DeskQuestion {
        scale_words: "1 (not at all) to 5 (very much)".into(),
        offers_no_answer: true,
        about: Some("4.2".into()),
        ..line(2, "scale", HOSTILE)
    };
    let gone = DeskQuestion { about: Some(String::new()), down_url: None, ..line(3, "long_text", "What did we miss?") };
    let fixed = |one: &DeskQuestion| DeskQuestion {
        edit_url: None,
        up_url: None,
        down_url: None,
        remove_url: None,
        ..one.clone()
    };
    let list = DeskQuestions {
        page: desk("questions"),
        questions: vec![choice, line(2, "several", "What matters most?"), scale, gone],
        preparing: true,
        add_url: Some("/desk/closer/questions/new".into()),
        preview_url: Some("/desk/closer/questions/preview".into()),
        preset_url: None,
        check_url: Some("/desk/closer/check".into()),
    };
    add(all, "desk/questions.html", "ordinary", &list);
    let questions = list.questions.iter().map(fixed).collect();
    let opened = DeskQuestions { questions, preparing: false, check_url: None, ..list.clone() };
    add(all, "desk/questions.html", "open", &opened);
    add(all, "desk/questions.html", "closed", &DeskQuestions { add_url: None, ..opened.clone() });
    let empty = DeskQuestions {
        questions: Vec::new(),
        preview_url: None,
        preset_url: Some("/desk/closer/questions/preset".into()),
        ..list
    };
    add(all, "desk/questions.html", "empty", &empty);
    let never = DeskQuestions { questions: Vec::new(), add_url: None, preview_url: None, ..opened };
    add(all, "desk/questions.html", "closed, none", &never);
    let form = DeskQuestionForm {
        page: desk("questions"),
        is_new: true,
        is_final: false,
        action_url: "/desk/closer/questions/new".into(),
        back_url: "/desk/closer/questions".into(),
        kind: "one_choice".into(),
        scale_from: "1".into(),
        scale_to: "5".into(),
        ..DeskQuestionForm::default()
    };
    add(all, "desk/question.html", "ordinary", &form);
    let mut page = with_error(desk("questions"), "wording", "Write the question.");
    for field in ["kind", "options", "scale_from", "from_words", "to_words", "help", "block"] {
        page.errors.push(FieldError { field: field.into(), words: "Mend this.".into() });
    }
    let wrong = DeskQuestionForm {
        page,
        is_new: false,
        is_final: true,
        kind: "scale".into(),
        wording: HOSTILE.into(),
        options: HOSTILE.into(),
        other: true,
        prefer_not_to_say: true,
        block: "99".into(),
        ..form
    };
    add(all, "desk/question.html", "errors", &wrong);
}

fn counting(all: &mut Vec<Sample>) {
    let row = |choice: ChoiceView, count, percent| ChoiceRow { choice, count, percent };
    let rows = vec![
        row(option("1", "Yes"), 61, 51),
        row(option("2", HOSTILE), 40, 33),
        row(other("other"), 0, 0),
        row(other("no_answer"), 19, 16),
    ];
    let label = |name: &str| LabelAnswersRow {
        label: name.into(),
        answered: 60,
        counts: [31, 20, 0, 9].map(|count| LabelCell { count, step: count.min(5) }).into(),
    };
    let said = |words: &str, permission: &str, name: Option<&str>| DeskAnswerWords {
        words: vec![Piece { words: words.into(), ..Piece::default() }],
        permission: permission.into(),
        label: LABEL.into(),
        name: name.map(Into::into),
        late: name.is_some(),
    };
    let words = vec![said(HOSTILE, "word_for_word", Some("Joanna Prewett")), said("Nights.", "count_only", None)];
    let choice = AnsweredQuestion {
        number: 1,
        kind: "one_choice",
        wording: "Do you support the draft?".into(),
        about: Some("4.2".into()),
        about_url: "/c/closer#b-p1".into(),
        answered: 120,
        rows,
        labels: vec![label(LABEL), label(HOSTILE)],
        ..AnsweredQuestion::default()
    };
    let long = AnsweredQuestion {
        number: 3,
        kind: "long_text",
        wording: HOSTILE.into(),
        answered: 31,
        words: words.clone(),
        words_count: 31,
        words_url: Some("/desk/closer/answers/1".into()),
        ..AnsweredQuestion::default()
    };
    let silent = AnsweredQuestion { number: 2, kind: "several", wording: "And?".into(), ..AnsweredQuestion::default() };
    let several = AnsweredQuestion { number: 4, kind: "several", ..choice.clone() };
    let answers = DeskAnswers {
        page: desk("answers"),
        questions: vec![choice, silent, long, several],
        labels: vec![LABEL.into(), HOSTILE.into()],
        label: String::new(),
        action_url: "/desk/closer/answers".into(),
        all_url: "/desk/closer/answers".into(),
        batch_words: Some("Tuesday 24 November, 6 am".into()),
    };
    add(all, "desk/answers.html", "ordinary", &answers);
    add(all, "desk/answers.html", "one team", &DeskAnswers { label: HOSTILE.into(), ..answers.clone() });
    let none = DeskAnswers { questions: Vec::new(), batch_words: None, ..answers };
    add(all, "desk/answers.html", "empty", &none);
    let page = DeskWordsPage {
        page: desk("answers"),
        number: 3,
        wording: HOSTILE.into(),
        label: LABEL.into(),
        labels: vec![LABEL.into(), HOSTILE.into()],
        action_url: "/desk/closer/answers/1".into(),
        words,
        count: 31,
        next_url: Some("/desk/closer/answers/1?after=x".into()),
        back_url: "/desk/closer/answers".into(),
    };
    add(all, "desk/answer_words.html", "ordinary", &page);
    let none = DeskWordsPage { words: Vec::new(), count: 0, next_url: None, labels: Vec::new(), ..page };
    add(all, "desk/answer_words.html", "empty", &none);
}

/// Her answers, for pages that show them among other things.
pub(super) fn own_answers() -> OwnAnswers {
    let item = |number: usize, choices, words: &str| OwnAnswerView {
        id: number.to_string(),
        number,
        wording: if number == 3 { HOSTILE.into() } else { "Do you support the draft?".into() },
        choices,
        words: words.into(),
        late: number == 3,
    };
    OwnAnswers {
        items: vec![
            item(1, vec![option("1", "Yes, with changes")], ""),
            item(2, vec![option("2", "Workload"), other("other")], "Nights"),
            item(3, Vec::new(), HOSTILE),
        ],
        of: 4,
        reference: Some("H3NW-8PLA".into()),
        change_url: Some("/c/closer/questions".into()),
    }
}

fn asked() -> Vec<AskedView> {
    let about = AskedAbout {
        number: "2.1".into(),
        text: "The employer would replace four heads of service with five assistant directors…".into(),
        read_url: "/c/closer#b-p4".into(),
    };
    let question = |number: usize, kind, wording: &str| AskedView {
        id: number.to_string(),
        field: format!("q-{number}"),
        number,
        kind,
        wording: wording.into(),
        ..AskedView::default()
    };
    let points = (1..=5).map(|point| ChoiceView { kind: "point", ..option(&point.to_string(), &point.to_string()) });
    vec![
        AskedView {
            choices: vec![option("1", "Yes"), option("2", "Yes, with changes"), option("3", "No"), other("no_answer")],
            ..question(1, "one_choice", "All in all, do you support the draft?")
        },
        AskedView {
            choices: vec![option("1", "Workload"), option("2", HOSTILE), other("other")],
            offers_other: true,
            help: "Think of the next two years.".into(),
            about: Some(about.clone()),
            ..question(2, "several", "What matters most to your team?")
        },
        AskedView {
            choices: points.chain([other("no_answer")]).collect(),
            ends: vec![
                ScaleEnd { point: 1, words: "not at all".into() },
                ScaleEnd { point: 5, words: "very much".into() },
            ],
            ..question(3, "scale", "How much would this change your week?")
        },
        AskedView { help: HOSTILE.into(), ..question(4, "short_text", HOSTILE) },
        AskedView { about: Some(about), ..question(5, "long_text", "What did we miss, or get wrong?") },
    ]
}

fn option(value: &str, words: &str) -> ChoiceView {
    ChoiceView { value: value.into(), kind: "option", words: words.into(), checked: false }
}

fn other(kind: &'static str) -> ChoiceView {
    ChoiceView { value: kind.into(), kind, words: String::new(), checked: false }
}
