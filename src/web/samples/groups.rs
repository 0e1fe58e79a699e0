//! Meetings, paper slips, people who ask to take part, and the team pack.

use super::{
    HOSTILE, LABEL, Sample, TITLE, add, blocks, desk, letter_html, mail_contact, member, open, visitor, with_error,
};
use crate::mail::view::MailJoining;
use crate::web::view::{
    ColleaguesApart, Contact, DeskGroups, EnteredSlip, GroupDeed, GroupPage, GroupPoint, GroupRow, GroupTeam,
    GroupVotes, GroupsBeside, JoinConfirmPage, JoinPage, JoinRow, JoinSentPage, JoiningList, JoiningOne, MeetingForm,
    OwnGroups, PackQuestion, PackTeam, PointFields, QrSquare, SaidInGroup, SlipForm, SlipsForm, TeamPack,
};

pub(super) fn groups(all: &mut Vec<Sample>) {
    desks(all);
    forms(all);
    joining(all);
    mails(all);
    pack(all);
}

fn meeting() -> GroupRow {
    GroupRow {
        url: "/desk/closer/groups/1".into(),
        source: "meeting",
        name: "Education".into(),
        date_words: "Friday 27 November".into(),
        place: "Small hall, County House".into(),
        people: 12,
        votes: Some(GroupVotes { in_favour: 7, against: 3, unsure: 2 }),
        state: "confirmed",
        recorded_by: "rep",
        points: 3,
    }
}

fn pile() -> GroupRow {
    GroupRow { source: "paper", name: LABEL.into(), place: String::new(), people: 4, votes: None, ..meeting() }
}

fn hostile_row() -> GroupRow {
    GroupRow { name: HOSTILE.into(), place: HOSTILE.into(), state: "recorded", recorded_by: "member", ..meeting() }
}

fn point() -> GroupPoint {
    GroupPoint {
        number: Some("7.2".into()),
        passage: "Education should be led by somebody who has taught.".into(),
        read_url: "/c/closer#b-p1".into(),
        position: "support_if".into(),
        words: "Only if schools keep a named adviser.".into(),
        state: "reworded",
        version: 1,
        permission: "paraphrase",
        slip: 0,
    }
}

fn hostile_point() -> GroupPoint {
    GroupPoint { passage: HOSTILE.into(), words: HOSTILE.into(), state: "current", slip: 3, ..point() }
}

pub(super) fn said() -> SaidInGroup {
    SaidInGroup {
        url: "/desk/closer/groups/1".into(),
        source: "meeting",
        name: "Education".into(),
        people: 12,
        position: "oppose".into(),
        words: "Not without a named adviser for schools.".into(),
        state: "current",
        version: 1,
    }
}

pub(super) fn said_hostile() -> SaidInGroup {
    SaidInGroup { source: "paper", name: HOSTILE.into(), words: HOSTILE.into(), state: "gone", ..said() }
}

pub(super) fn beside() -> GroupsBeside {
    GroupsBeside {
        rows: vec![meeting(), pile(), hostile_row()],
        list_url: "/desk/closer/groups".into(),
        heard: Some((83, 104)),
        alone: Some(83),
        colleagues: Some(ColleaguesApart { let_in: None }),
    }
}

fn desks(all: &mut Vec<Sample>) {
    let list = DeskGroups {
        page: desk("groups"),
        beside: beside(),
        waiting: vec![hostile_row()],
        declined: vec![GroupRow { state: "declined", ..meeting() }],
        new_url: Some("/desk/closer/groups/new".into()),
        slips_url: Some("/desk/closer/groups/slips".into()),
        pack_url: Some("/desk/closer/team-pack".into()),
    };
    add(all, "desk/groups.html", "ordinary", &list);
    let few =
        GroupsBeside { heard: None, alone: None, colleagues: Some(ColleaguesApart { let_in: Some(9) }), ..beside() };
    add(all, "desk/groups.html", "few answers", &DeskGroups { page: desk("groups"), beside: few, ..list.clone() });
    add(all, "desk/groups.html", "empty", &DeskGroups { page: desk("groups"), ..DeskGroups::default() });
    let one = GroupPage {
        page: desk("groups"),
        row: meeting(),
        back_url: "/desk/closer/groups".into(),
        points: vec![point(), GroupPoint { number: None, ..point() }],
        dissent: "Three would rather keep the hubs as they are.".into(),
        told_by: "Ann Twumasi".into(),
        edit_url: Some("/desk/closer/groups/1/edit".into()),
        withdraw_url: Some("/desk/closer/groups/1/withdraw".into()),
        ..GroupPage::default()
    };
    add(all, "groups/one.html", "ordinary", &one);
    let waits = GroupPage {
        row: hostile_row(),
        points: vec![hostile_point()],
        dissent: HOSTILE.into(),
        told_by: HOSTILE.into(),
        confirm_url: Some("/desk/closer/groups/1/confirm".into()),
        decline_url: Some("/desk/closer/groups/1/decline".into()),
        ..one.clone()
    };
    add(all, "groups/one.html", "waits, hostile", &waits);
    let hidden = GroupPage {
        row: GroupRow { state: "declined", ..pile() },
        points: Vec::new(),
        words_hidden: true,
        dissent: String::new(),
        slip_url: Some("/desk/closer/groups/1/slip".into()),
        ..waits
    };
    add(all, "groups/one.html", "slips of others", &hidden);
    add(all, "groups/one.html", "no points", &GroupPage { points: Vec::new(), ..one });
    for deed in ["confirm", "decline", "withdraw"] {
        let view = GroupDeed {
            page: desk("groups"),
            deed,
            row: hostile_row(),
            now: Some((83, 104)),
            then: Some((83, 83)),
            action_url: "/desk/closer/groups/1/confirm".into(),
            back_url: "/desk/closer/groups/1".into(),
        };
        add(all, "groups/deed.html", deed, &view);
    }
}

fn teams() -> Vec<GroupTeam> {
    let team = |id: &str, name: &str, level, chosen| GroupTeam { id: id.into(), name: name.into(), level, chosen };
    vec![team("1", "Children", 0, false), team("2", "Education", 1, true), team("3", HOSTILE, 1, false)]
}

fn rows() -> Vec<PointFields> {
    let row =
        |at, words: &str| PointFields { at, block: "7.2".into(), position: "support".into(), words: words.into() };
    vec![row(0, "Keep the hubs."), row(1, HOSTILE), PointFields { at: 2, ..PointFields::default() }]
}

fn forms(all: &mut Vec<Sample>) {
    let own = OwnGroups {
        page: member(),
        title: TITLE.into(),
        read_url: "/c/closer".into(),
        rows: vec![meeting(), hostile_row()],
        is_rep: true,
        open: true,
        deadline_words: "Friday 4 December, 5 pm".into(),
        new_url: "/c/closer/group/new".into(),
        slips_url: "/c/closer/group/slips".into(),
        code_url: None,
        joining_url: Some("/c/closer/joining".into()),
        joining: 2,
    };
    add(all, "groups/own.html", "a rep", &own);
    let other = OwnGroups { is_rep: false, rows: Vec::new(), code_url: Some("/c/closer/code".into()), ..own };
    add(all, "groups/own.html", "another device", &OwnGroups { joining_url: None, ..other.clone() });
    add(all, "groups/own.html", "closed", &OwnGroups { open: false, code_url: None, joining: 0, ..other });
    let empty = MeetingForm {
        page: member(),
        action_url: "/c/closer/group/new".into(),
        back_url: "/c/closer/group".into(),
        teams: teams(),
        date: "2026-11-27".into(),
        version: "2".into(),
        points: (0..3).map(|at| PointFields { at, ..PointFields::default() }).collect(),
        ..MeetingForm::default()
    };
    add(all, "groups/meeting.html", "empty", &empty);
    let typed = MeetingForm {
        page: desk("groups"),
        changing: true,
        at_desk: true,
        place: "Small hall".into(),
        present: "12".into(),
        in_favour: "7".into(),
        against: "3".into(),
        unsure: "2".into(),
        dissent: HOSTILE.into(),
        told_by: HOSTILE.into(),
        versions: vec!["1".into(), "2".into()],
        points: rows(),
        withdraw_url: Some("/desk/closer/groups/1/withdraw".into()),
        ..empty
    };
    add(all, "groups/meeting.html", "changing, hostile", &typed);
    let wrong = with_error(desk("groups"), "in_favour", "Fewer than eight were there.");
    add(all, "groups/meeting.html", "errors", &MeetingForm { page: wrong, present: "7".into(), ..typed.clone() });
    let twice = MeetingForm { page: member(), twice: Some(meeting()), changing: false, several: true, ..typed };
    add(all, "groups/meeting.html", "twice", &twice);
    let begin = SlipsForm {
        page: desk("groups"),
        action_url: "/desk/closer/groups/slips".into(),
        back_url: "/desk/closer/groups".into(),
        at_desk: true,
        is_rep: false,
        teams: teams(),
        several: false,
        date: "2026-11-27".into(),
        told_by: String::new(),
    };
    add(all, "groups/slips.html", "ordinary", &begin);
    let wrong = with_error(member(), "team", "Choose one of the teams.");
    add(
        all,
        "groups/slips.html",
        "errors",
        &SlipsForm { page: wrong, at_desk: false, told_by: HOSTILE.into(), ..begin },
    );
    let slip = SlipForm {
        page: desk("groups"),
        action_url: "/desk/closer/groups/1/slip".into(),
        done_url: "/desk/closer/groups/1".into(),
        name: LABEL.into(),
        date_words: "Friday 27 November".into(),
        slips: 2,
        state: "confirmed",
        version: "1".into(),
        points: rows(),
        entered: vec![EnteredSlip { key: "1".into(), points: vec![hostile_point()] }],
        ..SlipForm::default()
    };
    add(all, "groups/slip.html", "ordinary", &slip);
    let twice = SlipForm { page: member(), twice: vec![hostile_point()], state: "recorded", ..slip.clone() };
    add(all, "groups/slip.html", "twice", &twice);
    let wrong = with_error(member(), "point_0_block", "There is no such number.");
    add(all, "groups/slip.html", "errors", &SlipForm { page: wrong, entered: Vec::new(), slips: 0, ..slip });
}

fn joining(all: &mut Vec<Sample>) {
    let ask = JoinPage {
        page: visitor(),
        title: TITLE.into(),
        deadline: open(),
        public_url: "/c/closer".into(),
        lost_url: "/lost".into(),
        action_url: "/c/closer/join".into(),
        teams: teams(),
        join_url: Some("https://example.org/join".into()),
        ..JoinPage::default()
    };
    add(all, "member/join.html", "ordinary", &ask);
    let wrong = JoinPage {
        page: with_error(visitor(), "email", "Type a whole mail address."),
        name: HOSTILE.into(),
        email: HOSTILE.into(),
        says_member: "no".into(),
        membership_number: HOSTILE.into(),
        join_url: None,
        ..ask
    };
    add(all, "member/join.html", "errors, hostile", &wrong);
    let sent = JoinSentPage {
        page: visitor(),
        title: TITLE.into(),
        public_url: "/c/closer".into(),
        ask_url: "/c/closer/join".into(),
    };
    add(all, "member/join_sent.html", "ordinary", &sent);
    for done in [false, true] {
        let view = JoinConfirmPage {
            page: visitor(),
            title: TITLE.into(),
            public_url: "/c/closer".into(),
            action_url: "/join/x".into(),
            done,
        };
        add(all, "member/join_confirm.html", if done { "done" } else { "ordinary" }, &view);
    }
    let row = JoinRow {
        url: "/desk/closer/joining/1".into(),
        name: "Ines Ferreira".into(),
        email: Some("ines@home.example".into()),
        team: "Education".into(),
        says_member: true,
        membership_number: "CS20017".into(),
        at_work: false,
        date_words: "Thursday 26 November".into(),
    };
    let hostile = JoinRow {
        name: HOSTILE.into(),
        email: None,
        team: HOSTILE.into(),
        says_member: false,
        membership_number: HOSTILE.into(),
        at_work: true,
        ..row.clone()
    };
    let list = JoiningList {
        page: desk("share"),
        rows: vec![row.clone(), hostile.clone()],
        at_desk: true,
        open: true,
        back_url: "/desk/closer/share".into(),
        ask_address: "https://say.example.org/c/closer/join".into(),
        settings_url: Some("/desk/closer/settings".into()),
        colleagues: Some(3),
    };
    add(all, "joining/list.html", "ordinary", &list);
    let rep = JoiningList { page: member(), rows: Vec::new(), at_desk: false, settings_url: None, ..list };
    add(all, "joining/list.html", "a rep, nobody", &JoiningList { open: false, colleagues: Some(9), ..rep });
    let one = JoiningOne {
        page: desk("share"),
        row,
        label: LABEL.into(),
        colleagues: 0,
        action_url: "/desk/closer/joining/1".into(),
        back_url: "/desk/closer/joining".into(),
    };
    add(all, "joining/one.html", "ordinary", &one);
    add(all, "joining/one.html", "hostile", &JoiningOne { page: member(), row: hostile, colleagues: 3, ..one });
}

fn mails(all: &mut Vec<Sample>) {
    for kind in ["confirm", "member", "colleague", "declined"] {
        let mail = MailJoining {
            kind,
            subject: "Your link".into(),
            title: HOSTILE.into(),
            link_url: if kind == "declined" { String::new() } else { "https://say.example.org/go/AbCdEf".into() },
            public_url: "https://say.example.org/c/closer".into(),
            closes_words: open().closes_words,
            at_work: kind == "confirm",
            join_url: Some("https://example.org/join".into()),
            contact: mail_contact(),
        };
        add(all, "mail/joining.txt", kind, &mail);
        add(all, "mail/joining.html", kind, &mail);
    }
}

fn pack(all: &mut Vec<Sample>) {
    let pack = TeamPack {
        page: desk("share"),
        title: TITLE.into(),
        team: None,
        teams: vec![PackTeam { name: "Education".into(), url: "/desk/closer/team-pack?team=1".into() }],
        everybody_url: "/desk/closer/team-pack".into(),
        large: false,
        other_size_url: "/desk/closer/team-pack?size=large".into(),
        back_url: "/desk/closer/share".into(),
        version: 2,
        published_words: "Monday 23 November".into(),
        letter_html: letter_html(),
        blocks: blocks(),
        questions: Vec::new(),
        address: "https://say.example.org/c/closer".into(),
        code: QrSquare { side: 33, path: "M4 4h7v1h-7z".into() },
        deadline: open(),
        contact: Some(Contact { name: "Rosamund Adeyinka".into(), ..Contact::default() }),
        join_url: None,
    };
    add(all, "desk/team_pack.html", "ordinary", &pack);
    let question = PackQuestion {
        words: HOSTILE.into(),
        hint: HOSTILE.into(),
        choices: vec![HOSTILE.into(), "No".into()],
        lines: 2,
    };
    let team = TeamPack {
        team: Some(HOSTILE.into()),
        title: HOSTILE.into(),
        large: true,
        questions: vec![question],
        ..pack.clone()
    };
    add(all, "desk/team_pack.html", "a team, large, hostile", &team);
    let empty = TeamPack { version: 0, blocks: Vec::new(), letter_html: String::new(), contact: None, ..pack };
    add(all, "desk/team_pack.html", "no draft", &empty);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::assets::Assets;
    use crate::render::Renderer;
    use crate::words::{Language, Words};

    /// So that nobody has to forward her own link.
    #[test]
    fn every_mail_carries_the_public_address() {
        let renderer = Renderer::load(Arc::new(Words::load().unwrap()), Arc::new(Assets::load())).unwrap();
        let mails: Vec<_> =
            super::super::samples().into_iter().filter(|sample| sample.template.starts_with("mail/")).collect();
        let templates = renderer.names().filter(|name| name.starts_with("mail/")).count();
        assert!(templates >= 8 && mails.len() >= templates, "{templates}");
        for mail in mails {
            let written = renderer.render(mail.template, Language::English, &mail.view).unwrap();
            assert!(written.contains("https://say.example.org/c/closer"), "{}: {}", mail.template, mail.state);
        }
    }

    #[test]
    fn every_page_of_a_member_carries_the_public_address() {
        let renderer = Renderer::load(Arc::new(Words::load().unwrap()), Arc::new(Assets::load())).unwrap();
        let mut seen = 0;
        for page in super::super::samples().into_iter().filter(|sample| sample.view["page"]["member"].is_object()) {
            let written = renderer.render(page.template, Language::English, &page.view).unwrap();
            assert!(written.contains("pass on this address"), "{}: {}", page.template, page.state);
            seen += 1;
        }
        assert!(seen > 10, "{seen}");
    }

    /// What is printed for a team leads to the public page alone.
    #[test]
    fn no_personal_link_is_in_the_pack() {
        let renderer = Renderer::load(Arc::new(Words::load().unwrap()), Arc::new(Assets::load())).unwrap();
        for pack in super::super::samples().into_iter().filter(|sample| sample.template == "desk/team_pack.html") {
            let written = renderer.render(pack.template, Language::English, &pack.view).unwrap();
            assert!(!written.contains("/go/") && written.contains("https://say.example.org/c/closer"));
        }
    }
}
