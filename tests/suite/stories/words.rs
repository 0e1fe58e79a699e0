//! A member whose language is the pseudo language: every word of ours must come out dressed up.
//!
//! All that people wrote is Greek here, so that a plain letter is a word that somebody wired in.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::json;

use crate::support::{Database, Letter, Member, Organiser, Page, Server, Visitor, both, pieces};

both!(no_word_of_ours_is_wired_into_a_page_or_a_mail);

const SLUG: &str = "greek";
const ADDRESS: &str = "anna@members.example.org";
const DRAFT: &str = "# Τρεις θέσεις\n\nΠροτείνουμε τρεις.\n\n## Ασφάλεια\n\n- Ομάδες.\n- Εποπτεία.\n";
const BODY: &str = "Συμφωνώ με αυτό.";

struct Walk {
    visitor: Visitor,
    faults: BTreeSet<String>,
    pages: usize,
}

impl Walk {
    fn new(visitor: Visitor) -> Self {
        Self { visitor, faults: BTreeSet::new(), pages: 0 }
    }

    async fn get(&mut self, path: &str) -> Page {
        let page = self.visitor.get(path).await;
        self.reads(page)
    }

    async fn press(&mut self, form: crate::support::Form) -> Page {
        let page = self.visitor.press(form).await;
        self.reads(page)
    }

    fn reads(&mut self, page: Page) -> Page {
        assert!(page.status < 500, "{}: {}", page.path, page.text());
        self.pages += 1;
        self.note(&page.path, &page.pieces());
        page
    }

    fn note(&mut self, place: &str, pieces: &[String]) {
        for piece in pieces {
            for word in piece.split_whitespace().filter(|word| plain(word)) {
                self.faults.insert(format!("{place}: {word:?} in {:?}", piece.trim()));
            }
        }
    }
}

/// Whether there is a plain letter in it, other than in an address or a receipt.
fn plain(word: &str) -> bool {
    let word = word.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '/');
    let is_address = word.contains("://") || word.contains('@');
    let is_receipt = word.len() == 9 && word.chars().all(|sign| matches!(sign, 'A'..='Z' | '0'..='9' | '-'));
    !is_address && !is_receipt && word.contains(|sign: char| sign.is_ascii_alphabetic())
}

fn reads_mail(walk: &mut Walk, letter: &Letter, what: &str) {
    walk.note(&format!("{what}, subject"), std::slice::from_ref(&letter.subject));
    walk.note(&format!("{what}, text"), std::slice::from_ref(&letter.text));
    walk.note(&format!("{what}, HTML"), &pieces(&letter.html));
}

async fn prepared(database: Database) -> Server {
    let server = Server::spawn_with(database, &[("SOUNDINGS__SERVER__NAME", "Κλάδος")]);
    let organiser = Organiser::at(&server);
    let mut csv = format!("email,name,team,language\n{ADDRESS},Άννα,Ανάδοχοι,en-XA\n{ADDRESS},Άννα,Στήριξη,en-XA\n");
    for team in ["Ανάδοχοι", "Στήριξη"] {
        for number in 0..9 {
            let number = number.to_string();
            csv.extend([number.as_str(), "@", if team == "Στήριξη" { "s" } else { "a" }, ".example.org,Μέλος,", team]);
            csv.push_str(",en-XA\n");
        }
    }
    let imported = organiser.imports(csv).await;
    assert_eq!(imported["rejected"], json!([]), "{imported}");
    let greek = json!({
        "title": "Η απάντησή μας", "summary": "Τρεις θέσεις.", "letter": "Αγαπητή συνάδελφε,\n\nδιάβασε.",
        "contact": { "name": "Ελένη", "phone": "01632 960123", "email": "branch@example.org" },
    });
    organiser.prepares(SLUG, "2026-12-04T17:00:00", &greek).await.ok();
    let path = format!("/consultations/{SLUG}/documents");
    let document = organiser.api.post(&path, &json!({ "kind": "proposal", "title": "Το σχέδιο" })).await.ok();
    let path = format!("{path}/{}/versions", document["id"].as_str().expect("an id"));
    organiser.api.post_text(&path, "text/markdown", DRAFT).await.ok();
    organiser.api.post(&format!("{path}/1/publish"), &json!({ "note": "Για σχόλια." })).await.ok();
    organiser.opens(SLUG).await;
    for kind in ["invitation", "reminder"] {
        organiser.mails(SLUG, kind, "Το σχέδιο", "Γεια σου.").await;
        server.mail_is_due();
    }
    server
}

async fn no_word_of_ours_is_wired_into_a_page_or_a_mail(database: Database) {
    let server = prepared(database).await;
    let letters = server.mailbox().fills_to(38).await;
    let hers: Vec<_> = letters.iter().filter(|letter| letter.to == ADDRESS).cloned().collect();
    let mut walk = Walk::new(Visitor::new(server.url()));
    for letter in &hers {
        reads_mail(&mut walk, letter, "invitation or reminder");
    }

    // Her link: forgetting to choose, choosing, reading.
    let covering = walk.get(&format!("/go/{}", hers[0].token())).await.shown();
    walk.press(covering.form().without("team")).await;
    let team = covering.html.split("name=\"team\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1));
    let team = team.and_then(|rest| rest.split('"').next()).expect("teams to choose from").to_owned();
    walk.press(covering.form().with("team", &team)).await.shown();

    // A comment with a mistake, and one without.
    let comment = format!("/c/{SLUG}/comment/whole");
    let blank = walk.get(&comment).await.shown().form();
    walk.press(blank.clone()).await;
    walk.press(blank.clone().with("position", "support_if").with("body", &"α".repeat(10_001))).await;
    let filled = blank.with("position", "support").with("body", BODY).with("permission", "paraphrase").in_confidence();
    walk.press(filled).await.shown();
    crawl(&mut walk, &format!("/c/{SLUG}")).await;

    // Second thoughts, for better and for worse.
    let mine = walk.get(&format!("/c/{SLUG}/mine")).await.shown();
    let links = mine.links(&format!("/c/{SLUG}/mine/"));
    let change = links.iter().find(|link| !link.ends_with("/withdraw")).expect("it can be changed").clone();
    let form = walk.get(&change).await.shown().form();
    walk.press(form.clone().with("body", "α\u{7}β")).await;
    walk.press(form.with("body", "Δεν συμφωνώ.")).await.shown();
    let mine = walk.get(&format!("/c/{SLUG}/mine")).await.shown();
    if mine.asks_for("permission") {
        walk.press(mine.form()).await;
    }
    let finish = walk.get(&format!("/c/{SLUG}/finish")).await.shown().form();
    walk.press(finish).await.shown();
    crawl(&mut walk, &format!("/c/{SLUG}")).await;

    // Another device: it may write, and asks for a code to see more.
    let (visitor, page) = Member::visits(&server, &hers[0]).await;
    let mut second = Walk::new(visitor);
    second.reads(page);
    let code = second.get(&format!("/c/{SLUG}/code")).await.shown();
    assert!(code.path.ends_with("/code"), "a code is asked for, not {}", code.path);
    let asked = second.press(code.form().without("code")).await.shown();
    second.press(asked.form().with_anyway("code", "000")).await;
    server.mail_is_due();
    crawl(&mut second, &format!("/c/{SLUG}")).await;
    let late = second.get(&comment).await.shown().form();
    let stop = hers[0].stop_path();
    let form = second.get(&stop).await.shown().form();
    second.press(form).await.shown();

    let withdraw = links.iter().find(|link| link.ends_with("/withdraw")).expect("it can be withdrawn").clone();
    let form = walk.get(&withdraw).await.shown().form();
    walk.press(form).await.shown();

    let mut stranger = a_stranger(&server, &comment).await;

    // Too late, and closed.
    server.clock_says("2026-12-04T17:15:01Z");
    server.mail_is_due();
    second.press(late.with("position", "support").with("body", BODY).with_if_asked("permission", "paraphrase")).await;
    crawl(&mut second, &format!("/c/{SLUG}")).await;
    crawl(&mut walk, &format!("/c/{SLUG}")).await;
    stranger.get(&format!("/c/{SLUG}")).await;

    let mut kinds = BTreeMap::new();
    for letter in server.mailbox().letters_to(ADDRESS) {
        reads_mail(&mut walk, &letter, "a mail of the story's end");
        kinds.insert(letter.message_id.clone(), letter.subject);
    }
    assert!(kinds.len() >= 4, "invitation, reminder, code and link came: {kinds:?}");
    let pages = walk.pages + second.pages + stranger.pages;
    assert!(pages > 50, "{pages} pages");
    let faults: Vec<_> = [walk.faults, second.faults, stranger.faults].into_iter().flatten().collect();
    assert!(faults.is_empty(), "words that are in no message file:\n{}", faults.join("\n"));
}

/// Where nobody is known, the browser says the language.
async fn a_stranger(server: &Server, comment: &str) -> Walk {
    let mut stranger = Walk::new(Visitor::new(server.url()));
    stranger.visitor.prefers("en-XA");
    let poster = format!("/c/{SLUG}/poster");
    for path in
        ["/who-sees", "/lost", "/printed", &format!("/c/{SLUG}"), &poster, "/go/NOSUCHLINK", "/nowhere", comment]
    {
        stranger.get(path).await;
    }
    let lost = stranger.get("/lost").await.form();
    stranger.press(lost.clone().with("email", "ουδείς")).await;
    stranger.press(lost.clone().with("email", ADDRESS)).await.shown();
    stranger.press(lost.with_anyway("csrf", "stale").with_anyway("body", BODY)).await;
    let printed = stranger.get("/printed").await.form();
    stranger.press(printed.clone()).await;
    stranger.press(printed.with("code", "0000")).await;
    stranger
}

/// Reads every page that links lead to, but the front door, which knows nobody.
async fn crawl(walk: &mut Walk, start: &str) {
    // A lost link is asked for by strangers, in their browser's language; one of them walks there too.
    let mut known = BTreeSet::from([start.to_owned(), "/".to_owned(), "/lost".to_owned()]);
    let mut next = VecDeque::from([start.to_owned()]);
    while let Some(path) = next.pop_front() {
        let page = walk.get(&path).await;
        for link in page.links("/") {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            if !link.starts_with("/assets/") && known.insert(link.clone()) {
                next.push_back(link);
            }
        }
    }
}
