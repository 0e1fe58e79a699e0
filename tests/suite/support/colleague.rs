//! Somebody of the staff, with a browser and a password.

use serde_json::Value;

use super::{Page, Server, Visitor};

/// What colleagues in stories choose.
pub const PASSWORD: &str = "rain on the allotment";

pub struct Colleague {
    pub email: String,
    pub visitor: Visitor,
}

impl Colleague {
    /// Gets an account from the command line, sets it up through its link, and is signed in.
    pub async fn joins(server: &Server, name: &str, roles: &[&str]) -> Self {
        let email = format!("{}@staff.example.org", name.to_lowercase().replace(' ', "."));
        let visitor = Self::signed_in(server, &email, "Jo Bell", roles).await;
        Self { email, visitor }
    }

    /// Her browser alone, of an account at this address and with this name.
    pub async fn signed_in(server: &Server, email: &str, name: &str, roles: &[&str]) -> Visitor {
        let link = Self::is_added(server, email, name, roles);
        let mut visitor = Visitor::new(server.url());
        let page = visitor.get(&link).await.shown();
        visitor.press(page.form().with("password", PASSWORD)).await.shown();
        visitor
    }

    /// Adds an account from the command line; the path of its one-time link.
    pub fn is_added(server: &Server, email: &str, name: &str, roles: &[&str]) -> String {
        let mut arguments = vec!["staff", "add", "--email", email, "--name", name, "--json"];
        for role in roles {
            arguments.extend(["--role", role]);
        }
        Self::link_in(&server.commanded(&arguments))
    }

    /// Another one-time link for her, as the command line prints it; without the host.
    pub fn new_link(&self, server: &Server) -> String {
        Self::link_in(&server.commanded(&["staff", "link", "--email", &self.email, "--json"]))
    }

    /// The path of the link in an answer in JSON.
    fn link_in(answer: &str) -> String {
        let made: Value = serde_json::from_str(answer).expect("JSON");
        let link = made["link"].as_str().expect("a link");
        link[link.find("/staff/").expect("a staff link")..].to_owned()
    }

    /// Types her address and a password into a browser; the page that follows.
    pub async fn tries(visitor: &mut Visitor, email: &str, password: &str) -> Page {
        let form = visitor.get("/desk/sign-in").await.shown().form();
        visitor.press(form.with("email", email).with("password", password)).await
    }
}
