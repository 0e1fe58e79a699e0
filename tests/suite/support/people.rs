//! The people of a story, with the verbs they have in the product.

use serde_json::{Value, json};

use super::{Answer, Api, Letter, Page, Server, Visitor, items};

/// Sets up, invites, reminds, closes.
pub struct Organiser {
    pub api: Api,
}

/// Reads and hands over what was said.
pub struct Negotiator {
    pub api: Api,
}

/// Holds a link and a session of her own.
pub struct Member {
    pub address: String,
    pub link: String,
    pub api: Api,
    pub level: String,
}

/// A published version as its readers see it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub document: String,
    pub version: i64,
    pub blocks: Vec<Value>,
}

impl Draft {
    /// The key of the first block that contains these words.
    #[track_caller]
    pub fn block(&self, words: &str) -> String {
        let found = self.blocks.iter().find(|block| block["text"].as_str().is_some_and(|text| text.contains(words)));
        let Some(block) = found else { panic!("no block says {words:?}: {:?}", self.blocks) };
        block["key"].as_str().expect("a block has a key").to_owned()
    }

    pub fn text(&self, key: &str) -> &str {
        let found = self.blocks.iter().find(|block| block["key"] == key).expect("a block of this draft");
        found["text"].as_str().expect("a block has text")
    }
}

/// An identifier may be a number or a text; in a path both are text.
pub fn by_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Organiser {
    pub fn at(server: &Server) -> Self {
        Self { api: server.api(Some(&token(server, "organiser"))) }
    }

    /// What an import answers, whether it was carried out or refused.
    pub async fn imports(&self, csv: impl Into<Vec<u8>>) -> Value {
        self.api.post_text("/members/import", "text/csv", csv).await.json()
    }

    pub async fn tries_an_import(&self, csv: impl Into<Vec<u8>>) -> Value {
        self.api.post_text("/members/import?dry_run=true", "text/csv", csv).await.json()
    }

    pub async fn members(&self) -> Vec<Value> {
        self.api.all("/members").await
    }

    pub async fn team(&self, name: &str) -> Value {
        let teams = self.api.all("/teams").await;
        let found = teams.iter().find(|team| team["name"] == name);
        found.unwrap_or_else(|| panic!("no team {name} in {teams:?}"))["id"].clone()
    }

    /// A consultation with everything that opening requires; `changes` overrides.
    pub async fn prepares(&self, slug: &str, deadline: &str, changes: &Value) -> Answer {
        let mut consultation = json!({
            "slug": slug,
            "title": "Our answer to the restructure",
            "summary": "Three senior posts, not five.",
            "letter": "Dear colleague,\n\nplease read our draft and say what you think.",
            "contact": { "name": "Asha Verma", "phone": "01632 960123", "email": "branch@example.org" },
            "join_url": "https://example.org/join",
            "time_zone": "Europe/London",
            "deadline": deadline,
            "grace_minutes": 15,
            "teams": "all",
            "questions": [],
            "public_draft": true,
            "mail_replies": false,
        });
        for (name, value) in changes.as_object().into_iter().flatten() {
            consultation[name] = value.clone();
        }
        self.api.post("/consultations", &consultation).await
    }

    /// A document of this kind with its first version, published.
    pub async fn publishes(&self, slug: &str, markdown: &str) -> Draft {
        let path = format!("/consultations/{slug}/documents");
        let document = self.api.post(&path, &json!({ "kind": "proposal", "title": "The draft" })).await.ok();
        let document = by_text(&document["id"]);
        self.publishes_again(slug, &document, markdown).await
    }

    /// A further version of a document, published.
    pub async fn publishes_again(&self, slug: &str, document: &str, markdown: &str) -> Draft {
        let path = format!("/consultations/{slug}/documents/{document}/versions");
        let version = self.api.post_text(&path, "text/markdown", markdown).await.ok();
        let number = version["number"].as_i64().expect("a version has a number");
        let note = json!({ "note": "For comment." });
        self.api.post(&format!("{path}/{number}/publish"), &note).await.ok();
        let version = self.api.get(&format!("{path}/{number}")).await.ok();
        let blocks = version["blocks"].as_array().expect("a version has blocks").clone();
        Draft { document: document.to_owned(), version: number, blocks }
    }

    pub async fn opens(&self, slug: &str) {
        self.api.post(&format!("/consultations/{slug}/open"), &json!({})).await.ok();
    }

    pub async fn closes(&self, slug: &str) {
        self.api.post(&format!("/consultations/{slug}/close"), &json!({})).await.ok();
    }

    /// Queues one mailing to everybody; what it is called.
    pub async fn mails(&self, slug: &str, kind: &str, subject: &str, body: &str) -> String {
        let mailing = json!({ "kind": kind, "subject": subject, "body": body, "teams": "all", "audience": "everyone" });
        let answer = self.api.post(&format!("/consultations/{slug}/mailings"), &mailing).await.ok();
        by_text(&answer["id"])
    }

    pub async fn delivery(&self, slug: &str, mailing: &str) -> Value {
        self.api.get(&format!("/consultations/{slug}/mailings/{mailing}")).await.ok()
    }

    pub async fn progress(&self, slug: &str) -> Value {
        self.api.get(&format!("/consultations/{slug}/progress")).await.ok()
    }
}

impl Negotiator {
    pub fn at(server: &Server) -> Self {
        Self { api: server.api(Some(&token(server, "negotiator"))) }
    }

    pub async fn comments(&self, slug: &str) -> Vec<Value> {
        self.api.all(&format!("/consultations/{slug}/comments")).await
    }

    /// Freezes a release of what is at the desks; its number.
    pub async fn releases(&self, slug: &str) -> i64 {
        let release = self.api.post(&format!("/consultations/{slug}/releases"), &json!({})).await.ok();
        release["number"].as_i64().unwrap_or_else(|| panic!("a release has a number: {release}"))
    }

    pub async fn asks_for(&self, slug: &str, release: i64, format: &str, audience: &str) -> Answer {
        let path = format!("/consultations/{slug}/releases/{release}/export?format={format}&audience={audience}");
        self.api.get(&path).await
    }

    /// A new release as CSV: one map per row, the guard against formulas taken off.
    pub async fn exports_csv(&self, slug: &str) -> Vec<csv::StringRecord> {
        let release = self.releases(slug).await;
        let answer = self.asks_for(slug, release, "csv", "negotiator").await;
        answer.ok_bytes();
        let bytes = answer.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&answer.bytes);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        reader.records().map(|record| record.expect("well-formed CSV")).collect()
    }

    /// A new release as JSON: its rows.
    pub async fn exports_json(&self, slug: &str) -> Vec<Value> {
        let release = self.releases(slug).await;
        let export = self.asks_for(slug, release, "json", "negotiator").await.ok();
        items(&export)
    }
}

impl Answer {
    /// As [`Answer::ok`], for an answer that is no JSON.
    #[track_caller]
    pub fn ok_bytes(&self) {
        assert_eq!(self.status, 200, "{}", self.text());
    }
}

impl Member {
    /// Presses her link through the API.
    pub async fn enters(server: &Server, letter: &Letter) -> Self {
        let answer = server.api(None).post("/session", &json!({ "link": letter.link() })).await.ok();
        let session = answer["session"].as_str().expect("a session");
        Self {
            address: letter.to.clone(),
            link: letter.link(),
            api: server.api(Some(session)),
            level: answer["level"].as_str().expect("a level").to_owned(),
        }
    }

    /// Presses her link in a browser: the letter, the button, the draft.
    pub async fn visits(server: &Server, letter: &Letter) -> (Visitor, Page) {
        let mut visitor = Visitor::new(server.url());
        let covering = visitor.get(&format!("/go/{}", letter.token())).await.shown();
        let draft = visitor.press(covering.form()).await.shown();
        (visitor, draft)
    }

    pub async fn tries_to_say(&self, slug: &str, comment: &Value) -> Answer {
        self.api.post(&format!("/consultations/{slug}/comments"), comment).await
    }

    /// Comments, and gets the id and the receipt.
    pub async fn says(&self, slug: &str, comment: &Value) -> Value {
        let answer = self.tries_to_say(slug, comment).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let said = answer.json();
        assert!(said["receipt"].as_str().is_some_and(|receipt| !receipt.is_empty()), "{said}");
        said
    }

    pub async fn changes(&self, slug: &str, id: &Value, comment: &Value) -> Answer {
        self.api.patch(&format!("/consultations/{slug}/comments/{}", by_text(id)), comment).await
    }

    pub async fn withdraws(&self, slug: &str, id: &Value) -> Answer {
        self.api.delete(&format!("/consultations/{slug}/comments/{}", by_text(id))).await
    }

    /// What she said so far, as only she can read it.
    pub async fn has_said(&self, slug: &str) -> Vec<Value> {
        let me = self.api.get("/me").await.ok();
        let consultations = me["consultations"].as_array().expect("her consultations");
        let here = consultations.iter().find(|consultation| consultation["slug"] == slug);
        here.map_or_else(Vec::new, |consultation| items(&consultation["comments"]))
    }
}

fn token(server: &Server, role: &str) -> String {
    let token = server.commanded(&["token", "new", "--role", role, "--name", &format!("the story's {role}")]);
    token.trim().to_owned()
}
