//! A browser whose page keeps words while they are typed, as its script does.

use reqwest::header::{ACCEPT, COOKIE};
use reqwest::{Client, redirect};

use super::{Answer, Form, SLUG, Visitor};

impl Visitor {
    /// What the page's script sends, with these fields in place of the form's.
    pub async fn keeps(&self, form: &Form, more: &[(&str, &str)]) -> Answer {
        let place = form.action.rsplit('/').next().expect("a place");
        let place = if place == "questions" { "answers" } else { place };
        let place = if form.action.contains("/mine/") { format!("change-{place}") } else { place.to_owned() };
        let mut pairs: Vec<(&str, &str)> =
            form.pairs().iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        pairs.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        pairs.extend(more);
        let client = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
        let request = client.post(self.at(&format!("/c/{SLUG}/keep/{place}"))).form(&pairs);
        let request = request.header(COOKIE, self.cookies()).header("Sec-Fetch-Site", "same-origin");
        Answer::to(request.header(ACCEPT, "application/json")).await
    }
}
