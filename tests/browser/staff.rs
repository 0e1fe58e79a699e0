//! A colleague's journey: from her one-time link to the accounts she looks after.

use super::window::{Setup, Window};
use crate::support::{Colleague, Database, PASSWORD, Server};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_on_a_phone_sets_her_account_up_and_adds_another() {
    her_journey(Setup::of(320)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_at_a_desk_works_in_the_dark() {
    her_journey(Setup::of(1280).in_the_dark()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_at_a_desk_needs_no_javascript() {
    her_journey(Setup::of(1280).without_javascript().by_keyboard()).await;
}

async fn her_journey(setup: Setup) {
    let server = Server::spawn(Database::Sqlite);
    let Some(window) = Window::open(server.url(), setup).await else { return };
    let link = Colleague::is_added(&server, "jo@example.org", "Jo Bell", &["admin", "organiser"]);

    // The link: first a password that everybody tries, then one of her own.
    window.goes_to("/staff/no-such-link").await;
    window.looks("60-staff-link-used").await;
    window.goes_to(&link).await;
    window.looks("61-set-up").await;
    window.writes("password", "password12345").await;
    window.sends().await;
    window.looks("62-set-up-with-a-mistake").await;
    window.writes("password", PASSWORD).await;
    window.sends().await;
    assert_eq!(window.path().await, "/desk");

    // She leaves, comes back by the page that she wants, and mistypes.
    window.follows("header form button").await;
    window.goes_to("/desk/accounts").await;
    window.looks("63-sign-in").await;
    window.writes("email", "jo@example.org").await;
    window.writes("password", "rain on the allotments").await;
    window.sends().await;
    window.looks("64-sign-in-with-a-mistake").await;
    window.writes("password", PASSWORD).await;
    window.sends().await;
    assert_eq!(window.path().await, "/desk/accounts");
    window.looks("65-accounts").await;

    // A colleague is added, looked at, and shut out.
    window.sends().await;
    window.looks("66-accounts-with-mistakes").await;
    window.writes("name", "Ida Novak").await;
    window.writes("email", "ida@example.org").await;
    window.chooses("role", "negotiator").await;
    window.sends().await;
    window.says("shown only once").await;
    window.looks("67-link-shown-once").await;
    window.goes_to("/desk/accounts").await;
    window.follows("tbody tr:first-child a").await;
    window.says("Ida Novak").await;
    window.looks("68-account-of").await;
    window.follows("a[href$='/disable']").await;
    window.looks("69-disable").await;
    window.sends().await;
    window.looks("70-disabled").await;

    window.goes_to("/desk/tokens").await;
    window.writes("name", "scripts").await;
    window.chooses("role", "organiser").await;
    window.sends().await;
    window.looks("71-token-shown-once").await;
    window.goes_to("/desk/tokens").await;
    window.looks("72-tokens").await;
    window.follows("td a[href$='/revoke']").await;
    window.looks("73-revoke").await;

    window.goes_to("/desk/account").await;
    window.looks("74-account").await;
    window.follows("form[action$='/sign-out-everywhere'] button").await;
    assert_eq!(window.path().await, "/desk/sign-in");
    window.close().await;
}
