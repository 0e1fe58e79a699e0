//! A browser at the staff's desks.

use serde_json::Value;

use super::{Server, Visitor};

impl Visitor {
    /// A new account with this role, signed in by its one-time link.
    pub async fn at_the_desk(server: &Server, role: &str) -> Self {
        let email = format!("{role}.desk@staff.example.org");
        let arguments = ["staff", "add", "--email", &email, "--name", "Jo Bell", "--role", role, "--json"];
        let made: Value = serde_json::from_str(&server.commanded(&arguments)).expect("JSON");
        let link = made["link"].as_str().expect("a link");
        let mut visitor = Self::new(server.url());
        let page = visitor.get(&link[link.find("/staff/").expect("a staff link")..]).await.shown();
        visitor.press(page.form().with_if_asked("password", "fourteen wet umbrellas")).await.shown();
        visitor
    }
}
