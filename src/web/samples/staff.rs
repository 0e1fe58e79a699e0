//! Signing in, and the accounts of staff.

use super::{HOSTILE, Sample, add, bare, staff, with_error};
use crate::web::view::{
    AccountCheckPage, AccountLine, AccountOfPage, AccountPage, AccountsPage, Page, RoleChoice, ShownOncePage,
    SignInPage, StaffHere, StaffLinkPage, TokenCheckPage, TokenLine, TokensPage,
};

const NAME: &str = "Rosamund Adeyinka";
const EMAIL: &str = "rosamund.adeyinka@a-long-name-of-a-host.example.org";
const ROLES: [&str; 3] = ["organiser", "negotiator", "admin"];

pub(super) fn accounts(all: &mut Vec<Sample>) {
    entrance(all);
    own(all);
    everybodys(all);
    one(all);
    tokens(all);
}

fn entrance(all: &mut Vec<Sample>) {
    let fresh = SignInPage {
        page: bare(),
        action_url: "/desk/sign-in".into(),
        to: "/desk/closer/comments?label=3".into(),
        email: String::new(),
    };
    add(all, "desk/sign_in.html", "ordinary", &fresh);
    let wrong = with_error(bare(), "email", "The address or the password is wrong. Check both and try again.");
    let wrong = SignInPage { page: wrong, to: HOSTILE.into(), email: HOSTILE.into(), ..fresh };
    add(all, "desk/sign_in.html", "wrong, hostile", &wrong);
    let link = StaffLinkPage {
        page: bare(),
        name: NAME.into(),
        email: EMAIL.into(),
        action_url: "/staff/x".into(),
        sign_in_url: "/desk/sign-in".into(),
        kind: "choose",
    };
    for kind in ["choose", "press", "used"] {
        add(all, "desk/staff_link.html", kind, &StaffLinkPage { kind, ..link.clone() });
    }
    let page = with_error(bare(), "password", "Use at least 12 characters. Three or four words will do.");
    add(all, "desk/staff_link.html", "choose, error", &StaffLinkPage { page, ..link });
}

fn own(all: &mut Vec<Sample>) {
    let account = AccountPage {
        page: Page { notice: Some("Your new password is saved.".into()), ..staff() },
        name: NAME.into(),
        email: EMAIL.into(),
        roles: ROLES.to_vec(),
        asks_old: true,
        action_url: "/desk/account".into(),
        everywhere_url: "/desk/sign-out-everywhere".into(),
    };
    add(all, "desk/account.html", "ordinary", &account);
    let page = with_error(staff(), "old_password", "This is not the password that you have now.");
    add(all, "desk/account.html", "error", &AccountPage { page, name: HOSTILE.into(), ..account.clone() });
    add(all, "desk/account.html", "by link", &AccountPage { page: staff(), asks_old: false, ..account });
}

fn everybodys(all: &mut Vec<Sample>) {
    let line = |name: &str, state, roles: &[&'static str]| AccountLine {
        name: name.into(),
        email: EMAIL.into(),
        roles: roles.to_vec(),
        state,
        url: "/desk/accounts/1".into(),
    };
    let page = AccountsPage {
        page: administrator(),
        accounts: vec![
            line(NAME, "in_use", &ROLES),
            line("Desmond Achterberg", "waiting", &["negotiator"]),
            line(HOSTILE, "disabled", &["organiser"]),
        ],
        action_url: "/desk/accounts".into(),
        tokens_url: "/desk/tokens".into(),
        name: String::new(),
        email: String::new(),
        roles: choices(&[]),
    };
    add(all, "desk/accounts.html", "ordinary", &page);
    let mut wrong = with_error(administrator(), "role", "Choose at least one role.");
    wrong.errors.extend(with_error(Page::default(), "email", "Type a whole mail address.").errors);
    wrong.errors.extend(with_error(Page::default(), "name", "Fill this in.").errors);
    let wrong = AccountsPage { page: wrong, name: HOSTILE.into(), email: HOSTILE.into(), ..page };
    add(all, "desk/accounts.html", "errors", &wrong);
    for kind in ["link", "token"] {
        let page = ShownOncePage {
            page: administrator(),
            kind,
            name: if kind == "link" { NAME.into() } else { HOSTILE.into() },
            secret: "https://say.example.org/staff/AbCdEfGhIjKlMnOpQrStUv".into(),
            back_url: "/desk/accounts".into(),
        };
        add(all, "desk/shown_once.html", kind, &page);
    }
}

fn one(all: &mut Vec<Sample>) {
    let of = AccountOfPage {
        page: administrator(),
        name: "Desmond Achterberg".into(),
        email: EMAIL.into(),
        state: "waiting",
        roles: choices(&["negotiator"]),
        action_url: "/desk/accounts/1".into(),
        link_url: Some("/desk/accounts/1/link".into()),
        disable_url: Some("/desk/accounts/1/disable".into()),
        enable_url: None,
        back_url: "/desk/accounts".into(),
    };
    add(all, "desk/account_of.html", "ordinary", &of);
    let shut = AccountOfPage {
        state: "disabled",
        link_url: None,
        disable_url: None,
        enable_url: Some("/desk/accounts/1/enable".into()),
        ..of.clone()
    };
    add(all, "desk/account_of.html", "disabled", &shut);
    let page = with_error(administrator(), "role", "Nobody else administers.");
    let own = AccountOfPage { page, name: HOSTILE.into(), link_url: None, disable_url: None, ..of };
    add(all, "desk/account_of.html", "own, error", &own);
    let states = [
        ("ordinary", "disable", None, 3),
        ("the only other", "disable", None, 0),
        ("last", "disable", Some("last-admin"), 1),
        ("own", "disable", Some("own-account"), 1),
        ("enabling", "enable", None, 2),
    ];
    for (state, kind, hindrance, others) in states {
        let page = AccountCheckPage {
            page: administrator(),
            kind,
            name: "Desmond Achterberg".into(),
            others,
            administrators: others / 2,
            hindrance,
            action_url: "/desk/accounts/1/disable".into(),
            back_url: "/desk/accounts/1".into(),
        };
        add(all, "desk/account_check.html", state, &page);
    }
}

fn tokens(all: &mut Vec<Sample>) {
    let line = |name: &str, revoke_url| TokenLine {
        name: name.into(),
        roles: ROLES.to_vec(),
        made_words: "Monday 23 November".into(),
        revoke_url,
    };
    let page = TokensPage {
        page: administrator(),
        tokens: vec![line("scripts", Some("/desk/tokens/1/revoke".into())), line(HOSTILE, None)],
        action_url: "/desk/tokens".into(),
        back_url: "/desk/accounts".into(),
        name: String::new(),
        roles: choices(&[]),
    };
    add(all, "desk/tokens.html", "ordinary", &page);
    let wrong = with_error(administrator(), "name", "Fill this in.");
    add(all, "desk/tokens.html", "empty, error", &TokensPage { page: wrong, tokens: Vec::new(), ..page });
    let check = TokenCheckPage {
        page: administrator(),
        name: "scripts".into(),
        roles: vec!["organiser"],
        made_words: "Monday 23 November".into(),
        action_url: "/desk/tokens/1/revoke".into(),
        back_url: "/desk/tokens".into(),
    };
    add(all, "desk/token_check.html", "ordinary", &check);
}

fn choices(chosen: &[&str]) -> Vec<RoleChoice> {
    ROLES.map(|role| RoleChoice { role, checked: chosen.contains(&role) }).to_vec()
}

fn administrator() -> Page {
    let page = staff();
    let here = page.staff.clone().map(|here| StaffHere { accounts_url: Some("/desk/accounts".into()), ..here });
    Page { staff: here, ..page }
}
