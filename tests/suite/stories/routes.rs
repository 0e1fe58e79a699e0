//! The table of routes, walked by everybody: who may call what, and what a look may change.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use reqwest::header::{COOKIE, ORIGIN};
use reqwest::{Client, Method, redirect};
use serde_json::json;
use soundings::web::routes::{ROUTES, Route, Who};

use crate::support::{Answer, Branch, Colleague, Database, Member, SLUG, Tables, Visitor, both, until};

both!(everybody_gets_as_far_as_the_table_says, looking_changes_nothing, one_way_in_is_no_key_to_another);

/// Somebody who calls: a browser with its cookies, and the same person's bearer token.
struct Caller {
    name: &'static str,
    visitor: Visitor,
    csrf: String,
    bearer: Option<String>,
    /// A member's session that may not see what was said.
    writes_only: bool,
}

impl Caller {
    async fn new(name: &'static str, mut visitor: Visitor, bearer: Option<String>) -> Self {
        let csrf = visitor.get("/lost").await.shown().form().value("csrf").expect("a token").to_owned();
        Self { name, visitor, csrf, bearer, writes_only: false }
    }

    async fn member(branch: &Branch, name: &'static str, number: usize) -> Self {
        let (visitor, _) = Member::visits(&branch.server, branch.letter("Fostering", number)).await;
        let bearer = visitor.cookie("__Host-session").map(str::to_owned);
        assert!(bearer.is_some(), "a page's session");
        Self::new(name, visitor, bearer).await
    }

    async fn staff(branch: &Branch, role: &'static str) -> Self {
        let server = &branch.server;
        let token = server.commanded(&["token", "new", "--role", role, "--name", &format!("walking {role}")]);
        let Colleague { visitor, .. } = Colleague::joins(server, role, &[role]).await;
        Self::new(role, visitor, Some(token.trim().to_owned())).await
    }

    /// Everybody there is.
    async fn all(branch: &Branch) -> Vec<Self> {
        let talker = branch.member("Fostering", 1).await;
        talker.says(SLUG, &branch.comment("Casework", "support", "So that her next session may only write.")).await;
        let mut all = vec![
            Self::new("nobody", Visitor::new(branch.server.url()), None).await,
            Self::member(branch, "member who reads", 0).await,
            Self { writes_only: true, ..Self::member(branch, "member who writes", 1).await },
        ];
        for role in ["organiser", "negotiator", "admin"] {
            all.push(Self::staff(branch, role).await);
        }
        all
    }

    fn may(&self, route: &Route) -> bool {
        let member = self.name.starts_with("member");
        let staff = matches!(self.name, "organiser" | "negotiator" | "admin");
        match route.who {
            Who::Anyone => true,
            Who::Member => member,
            Who::MemberOrStaff => member || staff,
            Who::MemberOrOrganiser => member || matches!(self.name, "organiser" | "admin"),
            Who::Staff => staff,
            Who::Organiser => matches!(self.name, "organiser" | "admin"),
            Who::Negotiator => self.name == "negotiator",
            Who::Admin => self.name == "admin",
        }
    }

    async fn calls(&self, base: &str, method: &str, path: &str) -> Answer {
        let client = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let sends = !matches!(method, Method::GET | Method::HEAD);
        let mut request = client.request(method, format!("{base}{path}"));
        if path.starts_with("/api/") {
            if let Some(bearer) = &self.bearer {
                request = request.bearer_auth(bearer);
            }
            if sends {
                request = request.json(&json!({}));
            }
        } else {
            request = request.header(COOKIE, self.visitor.cookies());
            if sends {
                request = request.header(ORIGIN, base).form(&[("csrf", self.csrf.as_str())]);
            }
        }
        Answer::to(request).await
    }
}

/// An address of this route, as real as can be.
fn address(branch: &Branch, route: &Route) -> String {
    let filled = |part: &str| match part {
        "{slug}" => SLUG.to_owned(),
        "{place}" => branch.draft.block("Casework"),
        "{part}" => "1".to_owned(),
        "{number}" => branch.draft.version.to_string(),
        "{name}" => "app.css".to_owned(),
        "{token}" => "NOSUCHTOKEN".to_owned(),
        "{hash}" => "0".repeat(64),
        "{id}" if route.pattern.contains("/documents/") => branch.draft.document.clone(),
        "{id}" if route.pattern.contains("/mine/") || route.pattern.contains("/comments/") => "17".to_owned(),
        "{id}" => branch.draft.document.clone(),
        fixed => fixed.to_owned(),
    };
    route.pattern.split('/').map(filled).collect::<Vec<_>>().join("/")
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len() && pattern.iter().zip(&path).all(|(part, is)| part.starts_with('{') || part == is)
}

async fn everybody_gets_as_far_as_the_table_says(database: Database) {
    let branch = Branch::consulting(database).await;
    let base = branch.server.url();
    let callers = Caller::all(&branch).await;
    let mut wrong = Vec::new();
    // What ends the consultation or a session comes last, so that everything before it meets an open one.
    let ends = ["/desk/sign-out", "/desk/sign-out-everywhere"];
    let mut routes: Vec<&Route> = ROUTES.iter().collect();
    routes.sort_by_key(|route| (ends.contains(&route.pattern), route.pattern.ends_with("/close")));
    for route in routes {
        let path = address(&branch, route);
        for caller in &callers {
            let answer = caller.calls(base, route.method, &path).await;
            let refused = matches!(answer.status, 401 | 403);
            // A session that may only write is let in and then asked for a code.
            let hers = path.ends_with("/comments/17") || path.contains("/mine/17");
            let asked = caller.writes_only && answer.status == 403 && hers;
            if refused == caller.may(route) && !asked {
                wrong.push(format!("{} {} {path}: {}", caller.name, route.method, answer.status));
            }
            if answer.status >= 500 {
                wrong.push(format!("{} {} {path}: {}", caller.name, route.method, answer.text()));
            }
            if refused && caller.name == "nobody" && answer.status != 401 {
                wrong.push(format!("nobody is told {} by {path}, not to sign in", answer.status));
            }
        }
        for method in ["GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS", "TRACE", "BREW"] {
            if ROUTES.iter().any(|route| route.method == method && fits(route.pattern, &path)) {
                continue;
            }
            let answer = callers[0].calls(base, method, &path).await;
            if answer.status != 405 {
                wrong.push(format!("{method} {path} is not in the table: {}", answer.status));
            }
        }
    }
    for path in ["/nowhere", "/c", "/c/", "/api", "/api/v1", "/api/v1/", "/desk/", "/healthz/", "//", "/api/v2/teams"] {
        let status = callers[0].calls(base, "GET", path).await.status;
        if status != 404 {
            wrong.push(format!("{path} is nowhere: {status}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All tables but the record of what staff did, which a look at comments adds to.
fn kept(branch: &Branch) -> BTreeMap<String, String> {
    let mut tables = Tables::contents(&branch.server);
    tables.remove("audit").expect("there is an audit");
    tables
}

async fn looking_changes_nothing(database: Database) {
    let branch = Branch::consulting(database).await;
    let callers = Caller::all(&branch).await;
    branch.server.mail_is_due();
    let before = until("the mail to be settled", async || {
        let tables = kept(&branch);
        let moving = |table: &str, states: &[&str]| states.iter().any(|state| tables[table].contains(state));
        let moves = moving("mailing", &["planned", "sending"]) || moving("outbox", &["queued", "sending", "claimed"]);
        (tables["job"].is_empty() && !moves).then_some(tables)
    })
    .await;
    let mut looks = 0;
    for route in ROUTES.iter().filter(|route| route.method == "GET") {
        let mut path = address(&branch, route);
        if route.pattern.ends_with("/{token}") && !route.pattern.starts_with("/staff") {
            // Links that are in use: a scanner that follows them changes nothing either.
            let letter = branch.letter("Fostering", 2);
            path =
                if route.pattern.starts_with("/go/") { format!("/go/{}", letter.token()) } else { letter.stop_path() };
        }
        for caller in &callers {
            for method in ["GET", "HEAD"] {
                caller.calls(branch.server.url(), method, &path).await;
                looks += 1;
            }
        }
    }
    assert!(looks > 200, "{looks} looks");
    let after = kept(&branch);
    let changed: Vec<_> = before.keys().filter(|table| before[*table] != after[*table]).collect();
    assert!(changed.is_empty(), "looking changed {changed:?}");
}

async fn one_way_in_is_no_key_to_another(database: Database) {
    let branch = Branch::consulting(database).await;
    let base = branch.server.url();
    let member = Caller::member(&branch, "member", 0).await;
    let organiser = Caller::staff(&branch, "organiser").await;
    let token = organiser.bearer.as_deref().expect("a token");
    let session = member.visitor.cookie("__Host-session").expect("a session");
    let desk = organiser.visitor.cookie("__Host-desk").expect("a session");
    let client = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
    for (cookie, value, path) in [
        ("__Host-desk", token, "/desk"),
        ("__Host-desk", session, "/desk"),
        ("__Host-session", token, "/c/restructure/mine"),
        ("__Host-session", desk, "/c/restructure/mine"),
        ("__Host-desk", desk, "/api/v1/teams"),
        ("__Host-session", session, "/api/v1/me"),
    ] {
        let request = client.get(format!("{base}{path}")).header(COOKIE, format!("{cookie}={value}"));
        assert_eq!(Answer::to(request).await.status, 401, "{path} with another key as {cookie}");
    }
    branch.server.api(Some(desk)).get("/teams").await.refused(401);
    branch.server.api(Some(session)).get("/teams").await.refused(403);
}

#[test]
fn the_table_is_the_only_way_in() {
    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of the source") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                files(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut registrations) = (Vec::new(), Vec::new());
    files(&root, &mut found);
    assert!(found.len() > 50, "the source is there");
    for file in found {
        let text = fs::read_to_string(&file).expect("source is text");
        for way in [
            ".route(",
            ".service(",
            "web::resource",
            "web::scope",
            "#[get",
            "#[post",
            "#[patch",
            "#[put",
            "#[delete",
            "#[head",
            "#[route",
            "default_service",
            "external_resource",
        ] {
            let name = file.strip_prefix(&root).expect("below src").display().to_string();
            registrations.extend(text.matches(way).map(|_| format!("{name}: {way}")));
        }
    }
    assert_eq!(registrations, ["web/routes.rs: .route("], "every address stands in the table");
}
