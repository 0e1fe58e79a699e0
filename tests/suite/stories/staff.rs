//! Accounts of staff: set up, signed in to, slowed, opened again, taken away.

use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Client, redirect};

use crate::support::{Answer, Colleague, Database, PASSWORD, Page, Server, Tables, Visitor, both};

both!(
    a_link_sets_a_password_and_works_once,
    a_password_that_is_easy_to_guess_is_refused_and_says_what_to_do,
    whoever_asks_for_a_page_signs_in_and_lands_on_it,
    five_wrong_passwords_slow_that_account_alone,
    an_unknown_address_behaves_as_a_known_one,
    many_failures_on_many_accounts_make_strange_browsers_wait,
    a_browser_she_used_before_is_not_locked_out,
    a_new_link_opens_an_account_whose_password_is_lost,
    a_new_password_needs_the_old_one_and_ends_other_sessions,
    signing_out_everywhere_ends_the_other_browser,
    disabling_ends_sessions_and_enabling_brings_the_account_back,
    other_roles_take_effect_at_once,
    the_last_administrator_stays,
    a_link_or_token_is_shown_once_and_written_nowhere,
    a_form_without_its_secret_is_refused,
);

const OTHER: &str = "tea before the meeting";

/// Signs in on a browser that was never here.
async fn elsewhere(server: &Server, email: &str, password: &str) -> (Visitor, Page) {
    let mut visitor = Visitor::new(server.url());
    let page = Colleague::tries(&mut visitor, email, password).await;
    (visitor, page)
}

/// Whether this browser is signed in at the desks.
async fn is_in(visitor: &mut Visitor) -> bool {
    match visitor.get("/desk").await.status {
        200 => true,
        401 => false,
        other => panic!("the desk answers {other}"),
    }
}

/// The address of somebody's account, as an administrator finds it.
async fn account_of(admin: &mut Visitor, email: &str) -> String {
    let page = admin.get("/desk/accounts").await.shown();
    let links = page.links("/desk/accounts/");
    for link in links {
        if admin.get(&link).await.shown().text().contains(email) {
            return link;
        }
    }
    panic!("no account of {email} on {}", page.text())
}

/// A try as a program sends it, so that its headers can be read.
async fn tries_raw(visitor: &mut Visitor, email: &str, password: &str) -> Answer {
    let form = visitor.get("/desk/sign-in").await.shown().form();
    let body = form.with("email", email).with("password", password).encoded();
    let client = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
    let request = client.post(visitor.at("/desk/sign-in")).header(COOKIE, visitor.cookies());
    Answer::to(request.header("Content-Type", "application/x-www-form-urlencoded").body(body)).await
}

async fn a_link_sets_a_password_and_works_once(database: Database) {
    let server = Server::spawn(database);
    let link = Colleague::is_added(&server, "jo@example.org", "Jo Bell", &["organiser"]);
    let path = link.as_str();
    let state = || server.commanded(&["staff", "list"]).trim().rsplit('\t').next().map(str::to_owned);
    assert_eq!(state().as_deref(), Some("waiting for set-up"));

    let mut visitor = Visitor::new(server.url());
    let page = visitor.get(path).await.shown();
    page.says("Jo Bell");
    assert!(!is_in(&mut visitor).await, "a look signs nobody in");
    let home = visitor.press(page.form().with("password", PASSWORD)).await.shown();
    assert_eq!(home.path, "/desk");
    assert_eq!(state().as_deref(), Some("in use"));

    let again = visitor.press(page.form().with("password", OTHER)).await;
    assert_eq!(again.status, 404, "{}", again.text());
    visitor.get(path).await.shown().says("does not work");
    let (mut other, page) = elsewhere(&server, "JO@example.org ", PASSWORD).await;
    page.shown();
    assert!(is_in(&mut other).await);
    let (_, page) = elsewhere(&server, "jo@example.org", OTHER).await;
    assert_eq!(page.status, 422);

    // The database holds an argon2id hash with OWASP's parameters; neither it nor the log the password.
    let tables = Tables::contents(&server);
    assert!(tables["staff"].contains("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", tables["staff"]);
    for secret in [PASSWORD, OTHER, path] {
        assert!(!server.log().contains(secret), "the log holds {secret}");
        assert!(tables.values().all(|rows| !rows.contains(secret)), "a table holds {secret}");
    }
    assert!(!server.log().contains("jo@example.org"), "the log names her");
}

async fn a_password_that_is_easy_to_guess_is_refused_and_says_what_to_do(database: Database) {
    let server = Server::spawn(database);
    let link = Colleague::is_added(&server, "jo@example.org", "Jo Bell", &["admin"]);
    let mut visitor = Visitor::new(server.url());
    let page = visitor.get(&link).await.shown();
    assert!(page.html.contains("autocomplete=\"new-password\""), "a manager may fill it in");
    for (typed, told) in [
        ("", "Type a password"),
        ("three words", "at least 12 characters"),
        ("password12345", "easy to guess"),
        ("jo bell on her bike", "Leave out your name"),
        ("write to jo@example.org", "Leave out your name"),
    ] {
        let answer = visitor.press(page.form().with("password", typed)).await;
        assert_eq!(answer.status, 422, "{typed}");
        answer.says(told);
        assert!(typed.is_empty() || !answer.html.contains(typed), "a password is not shown back");
    }
    visitor.press(page.form().with("password", &"viele kleine Igel üben 走 ".repeat(8))).await.shown();
}

async fn whoever_asks_for_a_page_signs_in_and_lands_on_it(database: Database) {
    let server = Server::spawn(database);
    let mut colleague = Colleague::joins(&server, "organiser", &["organiser"]).await;
    let mut visitor = Visitor::new(server.url());
    let asked = visitor.get("/desk/account?done=password").await;
    assert_eq!(asked.status, 401);
    let form = asked.form().with("email", &colleague.email).with("password", PASSWORD);
    let page = visitor.press(form).await.shown();
    assert_eq!(page.path, "/desk/account?done=password");

    // Whoever was signed out while she wrote gets her words back, and never a password.
    let mut visitor = Visitor::new(server.url());
    let form = colleague.visitor.get("/desk/account").await.shown().form();
    let lost = form.with_anyway("body", "A letter to all").with_anyway("password", OTHER);
    let page = visitor.press(lost).await;
    assert_eq!(page.status, 401);
    page.says("A letter to all");
    assert!(!page.html.contains(OTHER));

    for away in ["https://evil.example/", "//evil.example/desk", "/c/rota", "/desk/sign-out"] {
        let form = visitor.get("/desk").await.form().with("to", away);
        let page = visitor.press(form.with("email", &colleague.email).with("password", PASSWORD)).await.shown();
        assert_eq!(page.path, "/desk", "{away}");
        visitor.forgets_everything();
    }
}

async fn five_wrong_passwords_slow_that_account_alone(database: Database) {
    let server = Server::spawn(database);
    let jo = Colleague::joins(&server, "jo", &["organiser"]).await;
    let ida = Colleague::joins(&server, "ida", &["organiser"]).await;
    server.clock_says("2026-11-23T09:00:00Z");
    for _ in 0..5 {
        let (_, page) = elsewhere(&server, &jo.email, "not the allotment").await;
        assert_eq!(page.status, 422);
        page.says("The address or the password is wrong");
    }
    // The sixth is not looked at, right or wrong, on whatever strange browser.
    let (mut visitor, page) = elsewhere(&server, &jo.email, PASSWORD).await;
    assert_eq!(page.status, 429);
    page.says("Wait 30 seconds");
    assert!(!is_in(&mut visitor).await);
    let answer = tries_raw(&mut visitor, &jo.email, PASSWORD).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "30"));
    // A colleague behind the same address is let in.
    let (_, page) = elsewhere(&server, &ida.email, PASSWORD).await;
    page.shown();

    // The wait doubles with each failure, up to a quarter of an hour.
    for (at, wait) in [("09:00:30", "60"), ("09:01:30", "120"), ("09:03:30", "240"), ("09:07:30", "480")] {
        server.clock_says(&format!("2026-11-23T{at}Z"));
        let (_, page) = elsewhere(&server, &jo.email, "not the allotment").await;
        assert_eq!(page.status, 422, "heard again at {at}");
        let answer = tries_raw(&mut visitor, &jo.email, PASSWORD).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, wait), "at {at}");
    }
    server.clock_says("2026-11-23T09:15:30Z");
    elsewhere(&server, &jo.email, "not the allotment").await;
    let answer = tries_raw(&mut visitor, &jo.email, PASSWORD).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "900"));
    // Once she waited and got it right, all is forgotten.
    server.clock_says("2026-11-23T09:30:30Z");
    let (_, page) = elsewhere(&server, &jo.email, PASSWORD).await;
    page.shown();
    for _ in 0..5 {
        let (_, page) = elsewhere(&server, &jo.email, "not the allotment").await;
        assert_eq!(page.status, 422);
    }
    // So is what was wrong a day ago.
    server.clock_says("2026-11-24T09:30:31Z");
    for _ in 0..5 {
        let (_, page) = elsewhere(&server, &jo.email, "not the allotment").await;
        assert_eq!(page.status, 422);
    }
}

async fn an_unknown_address_behaves_as_a_known_one(database: Database) {
    let server = Server::spawn(database);
    let jo = Colleague::joins(&server, "jo", &["organiser"]).await;
    let shut = Colleague::joins(&server, "shut", &["organiser"]).await;
    server.commanded(&["staff", "disable", "--email", &shut.email]);
    Colleague::is_added(&server, "new@staff.example.org", "New", &["organiser"]);
    let mut told = Vec::new();
    for (minute, email) in
        [&jo.email, "nobody@staff.example.org", &shut.email, "new@staff.example.org"].iter().enumerate()
    {
        server.clock_says(&format!("2026-11-23T10:{minute:02}:00Z"));
        let mut answers = Vec::new();
        let mut visitor = Visitor::new(server.url());
        for _ in 0..6 {
            let answer = tries_raw(&mut visitor, email, "not the allotment").await;
            let text = answer.text().replace(*email, "ADDRESS");
            let csrf = text.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
            answers.push((answer.status, text.replace(csrf.expect("a token"), "CSRF")));
        }
        told.push(answers);
    }
    let statuses: Vec<u16> = told[0].iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429]);
    for other in &told[1..] {
        assert_eq!(*other, told[0], "no page tells whether there is such an account");
    }
    let counted = &Tables::contents(&server)["sign_in_failure"];
    assert!(!counted.contains("example.org"), "what is counted names nobody: {counted}");
}

async fn many_failures_on_many_accounts_make_strange_browsers_wait(database: Database) {
    let server = Server::spawn(database);
    let mut jo = Colleague::joins(&server, "jo", &["organiser"]).await;
    server.clock_says("2026-11-23T09:00:10Z");
    let mut visitor = Visitor::new(server.url());
    for number in 0..30 {
        let page = Colleague::tries(&mut visitor, &format!("guess{number}@example.org"), "not the allotment").await;
        assert_eq!(page.status, 422, "{number}");
    }
    let answer = tries_raw(&mut visitor, &jo.email, PASSWORD).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "50"));
    // The browser that she uses is known, and is not held up.
    Colleague::tries(&mut jo.visitor, &jo.email, PASSWORD).await.shown();
    server.clock_says("2026-11-23T09:01:00Z");
    Colleague::tries(&mut visitor, &jo.email, PASSWORD).await.shown();
}

async fn a_browser_she_used_before_is_not_locked_out(database: Database) {
    let server = Server::spawn(database);
    let mut jo = Colleague::joins(&server, "jo", &["organiser"]).await;
    let ida = Colleague::joins(&server, "ida", &["organiser"]).await;
    // Both use the branch's computer.
    Colleague::tries(&mut jo.visitor, &ida.email, PASSWORD).await.shown();
    for _ in 0..6 {
        elsewhere(&server, &jo.email, "not the allotment").await;
    }
    let (_, page) = elsewhere(&server, &jo.email, PASSWORD).await;
    assert_eq!(page.status, 429, "a strange browser waits");
    Colleague::tries(&mut jo.visitor, &jo.email, PASSWORD).await.shown();
    // It has a count of its own, for each account.
    for _ in 0..5 {
        assert_eq!(Colleague::tries(&mut jo.visitor, &jo.email, "not the allotment").await.status, 422);
    }
    assert_eq!(Colleague::tries(&mut jo.visitor, &jo.email, PASSWORD).await.status, 429);
    Colleague::tries(&mut jo.visitor, &ida.email, PASSWORD).await.shown();
}

async fn a_new_link_opens_an_account_whose_password_is_lost(database: Database) {
    let server = Server::spawn(database);
    let jo = Colleague::joins(&server, "jo", &["organiser"]).await;
    let link = jo.new_link(&server);
    let mut visitor = Visitor::new(server.url());
    let page = visitor.get(&link).await.shown();
    assert!(!page.asks_for("password"), "one press is enough");
    let home = visitor.press(page.form()).await.shown();
    assert_eq!(home.path, "/desk");
    assert_eq!(visitor.press(page.form()).await.status, 404, "it works once");

    // She chooses another password without the old one, and only then.
    let account = visitor.get("/desk/account").await.shown();
    assert!(!account.asks_for("old_password"));
    let changed = visitor.press(account.form().with("password", OTHER)).await.shown();
    changed.says("Your new password is saved");
    assert!(changed.asks_for("old_password"));
    assert_eq!(elsewhere(&server, &jo.email, PASSWORD).await.1.status, 422);
    elsewhere(&server, &jo.email, OTHER).await.1.shown();

    // A link lasts three days, and a newer one takes its place.
    let (first, second) = (jo.new_link(&server), jo.new_link(&server));
    visitor.get(&first).await.shown().says("does not work");
    server.clock_says("2026-11-26T09:00:01Z");
    visitor.get(&second).await.shown().says("does not work");
}

async fn a_new_password_needs_the_old_one_and_ends_other_sessions(database: Database) {
    let server = Server::spawn(database);
    let mut jo = Colleague::joins(&server, "jo", &["organiser"]).await;
    let (mut other, _) = elsewhere(&server, &jo.email, PASSWORD).await;
    let page = jo.visitor.get("/desk/account").await.shown();
    let wrong = page.form().with("old_password", OTHER).with("password", OTHER);
    let answer = jo.visitor.press(wrong.clone()).await;
    assert_eq!(answer.status, 422);
    answer.says("not the password that you have now");
    assert!(is_in(&mut other).await);
    let right = page.form().with("old_password", PASSWORD).with("password", OTHER);
    jo.visitor.press(right).await.shown().says("Your new password is saved");
    assert!(is_in(&mut jo.visitor).await, "this browser stays");
    assert!(!is_in(&mut other).await, "the other does not");

    // Whoever sits at her open browser cannot guess for ever.
    for _ in 0..5 {
        assert_eq!(jo.visitor.press(wrong.clone().with("old_password", PASSWORD)).await.status, 422);
    }
    let slowed = jo.visitor.press(wrong).await;
    assert_eq!(slowed.status, 429);
    slowed.says("Wait 30 seconds");
}

async fn signing_out_everywhere_ends_the_other_browser(database: Database) {
    let server = Server::spawn(database);
    let mut jo = Colleague::joins(&server, "jo", &["organiser"]).await;
    let mut ida = Colleague::joins(&server, "ida", &["organiser"]).await;
    let (mut other, _) = elsewhere(&server, &jo.email, PASSWORD).await;
    let kept = jo.visitor.cookie("__Host-desk").expect("a session").to_owned();
    let page = jo.visitor.get("/desk/account").await.shown();
    let after = jo.visitor.press(page.form_to("/desk/sign-out-everywhere")).await.shown();
    assert_eq!(after.path, "/desk/sign-in");
    assert!(!is_in(&mut jo.visitor).await && !is_in(&mut other).await);
    assert!(is_in(&mut ida.visitor).await, "nobody else is");
    // A copy of the cookie is worth nothing either.
    let client = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
    let request = client.get(server.at("/desk")).header(COOKIE, format!("__Host-desk={kept}"));
    assert_eq!(Answer::to(request).await.status, 401);

    // A session ends by itself after twelve hours.
    Colleague::tries(&mut jo.visitor, &jo.email, PASSWORD).await.shown();
    server.clock_says("2026-11-23T20:59:59Z");
    assert!(is_in(&mut jo.visitor).await);
    server.clock_says("2026-11-23T21:00:00Z");
    assert!(!is_in(&mut jo.visitor).await);
}

async fn disabling_ends_sessions_and_enabling_brings_the_account_back(database: Database) {
    let server = Server::spawn(database);
    let mut admin = Colleague::joins(&server, "admin", &["admin"]).await;
    let mut jo = Colleague::joins(&server, "jo", &["organiser"]).await;
    let pending = jo.new_link(&server);
    let account = account_of(&mut admin.visitor, &jo.email).await;
    let check = admin.visitor.get(&format!("{account}/disable")).await.shown();
    check.says("1 other account is in use. 1 of them is an administrator.");
    assert!(is_in(&mut jo.visitor).await, "a look changes nothing");
    admin.visitor.press(check.form()).await.shown().says("The account is disabled");
    assert!(!is_in(&mut jo.visitor).await);
    assert_eq!(elsewhere(&server, &jo.email, PASSWORD).await.1.status, 422);
    jo.visitor.get(&pending).await.shown().says("does not work");

    let check = admin.visitor.get(&format!("{account}/enable")).await.shown();
    admin.visitor.press(check.form()).await.shown().says("The account is enabled");
    assert!(!is_in(&mut jo.visitor).await, "what ended stays ended");
    Colleague::tries(&mut jo.visitor, &jo.email, PASSWORD).await.shown();
}

async fn other_roles_take_effect_at_once(database: Database) {
    let server = Server::spawn(database);
    let mut admin = Colleague::joins(&server, "admin", &["admin"]).await;
    let mut jo = Colleague::joins(&server, "jo", &["organiser"]).await;
    let account = account_of(&mut admin.visitor, &jo.email).await;
    assert_eq!(jo.visitor.get("/desk/accounts").await.status, 403);
    let page = admin.visitor.get(&account).await.shown();
    admin.visitor.press(page.form().with("role", "organiser").also("role", "admin")).await.shown();
    assert_eq!(jo.visitor.get("/desk/accounts").await.status, 401, "her session ended");
    Colleague::tries(&mut jo.visitor, &jo.email, PASSWORD).await.shown();
    jo.visitor.get("/desk/accounts").await.shown();
    let none = admin.visitor.press(page.form().without("role")).await;
    assert_eq!(none.status, 422);
    none.says("Choose at least one role");

    // Her own roles: she stays signed in, with what is left to her.
    let own = account_of(&mut jo.visitor, &jo.email).await;
    let page = jo.visitor.get(&own).await.shown();
    let after = jo.visitor.press(page.form().with("role", "negotiator")).await.shown();
    assert_eq!(after.path, "/desk");
    assert_eq!(jo.visitor.get("/desk/accounts").await.status, 403);
}

async fn the_last_administrator_stays(database: Database) {
    let server = Server::spawn(database);
    let mut admin = Colleague::joins(&server, "admin", &["admin"]).await;
    Colleague::is_added(&server, "new@staff.example.org", "New", &["admin"]);
    let own = account_of(&mut admin.visitor, &admin.email).await;
    let page = admin.visitor.get(&own).await.shown();
    let refused = admin.visitor.press(page.form().with("role", "organiser")).await;
    assert_eq!(refused.status, 409);
    refused.says("Nobody else is an administrator");
    assert_eq!(admin.visitor.get(&format!("{own}/disable")).await.status, 409);
    let other = account_of(&mut admin.visitor, "new@staff.example.org").await;
    let form = admin.visitor.get(&format!("{other}/disable")).await.shown().form();
    // Her own account she cannot disable, even when somebody else administers.
    Colleague::joins(&server, "deputy", &["admin"]).await;
    let mut forged = form;
    forged.action = format!("{own}/disable");
    let refused = admin.visitor.press(forged).await;
    assert_eq!(refused.status, 409);
    refused.says("This is your own account");
    assert!(is_in(&mut admin.visitor).await);
    // With a deputy she may step down.
    admin.visitor.press(page.form().with("role", "organiser")).await.shown();
    assert_eq!(admin.visitor.get("/desk/accounts").await.status, 403);
}

async fn a_link_or_token_is_shown_once_and_written_nowhere(database: Database) {
    let server = Server::spawn(database);
    let mut admin = Colleague::joins(&server, "admin", &["admin"]).await;
    let form = admin.visitor.get("/desk/accounts").await.shown().form();
    let new = form.with("name", "Ida Novak").with("email", "ida@example.org").with("role", "organiser");
    let shown = admin.visitor.press(new.clone()).await.shown();
    assert_eq!((shown.path.as_str(), shown.cache.as_str()), ("/desk/accounts", "no-store"));
    let text = shown.text();
    let at = text.find("/staff/").expect("a link");
    let link: String = text[at..].chars().take_while(|sign| !sign.is_whitespace()).collect();
    let mut ida = Visitor::new(server.url());
    let page = ida.get(&link).await.shown();
    ida.press(page.form().with("password", PASSWORD)).await.shown();
    let twice = admin.visitor.press(new).await;
    assert_eq!(twice.status, 409);
    twice.says("There is an account with this address already");
    // Typed words stay where they were.
    assert_eq!(twice.form().value("name"), Some("Ida Novak"));

    let account = account_of(&mut admin.visitor, "ida@example.org").await;
    let form = admin.visitor.get(&account).await.shown().form_to(&format!("{account}/link"));
    admin.visitor.press(form).await.shown().says("One-time link for Ida Novak");

    let form = admin.visitor.get("/desk/tokens").await.shown().form();
    let shown = admin.visitor.press(form.with("name", "scripts").with("role", "organiser")).await.shown();
    let text = shown.text();
    let token: String = text[text.find("sdg_").expect("a token")..].chars().take(47).collect();
    server.api(Some(&token)).get("/teams").await.ok();
    let list = admin.visitor.get("/desk/tokens").await.shown();
    list.does_not_say(&token);
    let revoke = list.links("/desk/tokens/");
    let check = admin.visitor.get(&revoke[0]).await.shown();
    admin.visitor.press(check.form()).await.shown().says("The token is revoked");
    server.api(Some(&token)).get("/teams").await.refused(401);

    let tables = Tables::contents(&server);
    for secret in [link.trim_start_matches("/staff/"), &token] {
        assert!(!server.log().contains(secret), "the log holds a secret");
        assert!(tables.values().all(|rows| !rows.contains(secret)), "a table holds a secret");
    }
    assert!(!tables["audit"].contains("example.org"), "the audit names no address: {}", tables["audit"]);
}

async fn a_form_without_its_secret_is_refused(database: Database) {
    let server = Server::spawn(database);
    let mut admin = Colleague::joins(&server, "admin", &["admin"]).await;
    let jo = Colleague::joins(&server, "jo", &["organiser"]).await;
    let account = account_of(&mut admin.visitor, &jo.email).await;
    let before = Tables::contents(&server);
    for (page, action) in [
        ("/desk/sign-in", "/desk/sign-in"),
        ("/desk/account", "/desk/account"),
        ("/desk/account", "/desk/sign-out-everywhere"),
        ("/desk/accounts", "/desk/accounts"),
        (&account, &account),
        (&account, &format!("{account}/link")),
        (&format!("{account}/disable"), &format!("{account}/disable")),
        ("/desk/tokens", "/desk/tokens"),
    ] {
        let form = admin.visitor.get(page).await.shown().form_to(action);
        let answer = admin.visitor.press(form.without("csrf")).await;
        assert_eq!(answer.status, 401, "{action}");
    }
    assert_eq!(before, Tables::contents(&server), "nothing was changed");

    // The cookies of staff go over a safe line, to this host, and no script reads them.
    let answer = tries_raw(&mut Visitor::new(server.url()), &jo.email, PASSWORD).await;
    let set: Vec<&str> = answer.headers.get_all(SET_COOKIE).iter().filter_map(|one| one.to_str().ok()).collect();
    assert_eq!(set.len(), 2, "{set:?}");
    for cookie in set {
        assert!(cookie.starts_with("__Host-desk=") || cookie.starts_with("__Host-known="), "{cookie}");
        for demanded in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(demanded), "{cookie} lacks {demanded}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
}
