//! The desks from the first sign-in to the last export: an organiser sets up, reminds, extends and
//! closes, and a negotiator reads, each in a window of her own.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::window::{Setup, Window};
use super::{closing, mailing, reading, setup};
use crate::support::{Colleague, Database, Draft, Letter, Member, Organiser, PASSWORD, Server, Sink, items, until};

const PHONE: u32 = 360;
const DESK: u32 = 1280;

/// What the consultation is called in addresses: its draft's first heading.
pub const SLUG: &str = "three-posts-not-five";
pub const LETTER: &str = "Dear colleague,\n\nplease read our draft & say what you think.\n\nYours, Ros";
pub const DRAFT: &str = "# Three posts, not five\n\nThe employer proposes five senior posts. We propose three.\n\n\
    ## Safeguarding\n\nThere should be one voice for safeguarding.\n\n- Casework stays with the teams.\n\
    - Supervision happens every two weeks.\n\n## Commissioning\n\nCommissioning is joined up across services.\n";
pub const SILENT: &str = "Fostering";
/// Two of this team have no mail address, and its name fits no narrow column.
pub const LONG: &str = "Multi-Agency Safeguarding Hub & Assessment (South-East)";
pub const TEAMS: [(&str, usize); 3] = [(SILENT, 10), ("Early Help", 9), (LONG, 10)];
/// In two teams at once.
pub const BO: &str = "bo@members.example.org";
/// Everybody with an address.
pub const REACHED: usize = 10 + 9 + 8 + 1;
pub const ROS: &str = "ros@staff.example.org";
pub const NADIA: &str = "nadia@staff.example.org";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desks_on_a_phone() {
    the_desks(Database::Sqlite, Setup::of(PHONE)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desks_on_a_wide_screen_in_the_dark() {
    the_desks(Database::Sqlite, Setup::of(DESK).in_the_dark()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desks_on_a_narrow_screen_by_keyboard_without_javascript() {
    the_desks(Database::Sqlite, Setup::of(PHONE).without_javascript().by_keyboard()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desks_on_a_wide_screen_without_javascript() {
    if Database::postgres_is_here() {
        the_desks(Database::Postgres, Setup::of(DESK).without_javascript()).await;
    }
}

async fn the_desks(database: Database, setup: Setup) {
    let Some(house) = House::opens(database, setup).await else { return };
    setup::before_anything_is_there(&house).await;
    setup::in_one_sitting(&house).await;
    setup::the_people(&house).await;
    reading::before_anybody_has_spoken(&house).await;
    mailing::before_anybody_has_answered(&house).await;
    mailing::the_silent_team_is_reminded(&house).await;
    closing::more_time(&house).await;
    closing::whom_mail_does_not_reach(&house).await;
    closing::the_world_outside(&house).await;
    closing::the_end(&house).await;
    reading::everything(&house).await;
    house.ros.close().await;
    house.nadia.close().await;
}

/// A server, a mail server that takes everything, and two people before their windows.
pub struct House {
    pub server: Server,
    pub sink: Sink,
    pub organiser: Organiser,
    /// Sets up, freshly signed in.
    pub ros: Window,
    /// Negotiates.
    pub nadia: Window,
}

impl House {
    async fn opens(database: Database, setup: Setup) -> Option<Self> {
        let sink = Sink::taking();
        let settings = [("SOUNDINGS__MAIL__TRANSPORT", "smtp"), ("SOUNDINGS__MAIL__SMTP_URL", &sink.url() as &str)];
        let server = Server::spawn_with(database, &settings);
        let ros = Window::open(server.url(), setup).await?;
        let nadia = Window::open(server.url(), setup).await?;
        for (window, email, name, role) in
            [(&ros, ROS, "Ros Adeyinka", "organiser"), (&nadia, NADIA, "Nadia Petrescu", "negotiator")]
        {
            window.goes_to(&Colleague::is_added(&server, email, name, &[role])).await;
            window.writes("password", PASSWORD).await;
            window.sends().await;
            assert_eq!(window.path().await, "/desk");
        }
        let organiser = Organiser::at(&server);
        Some(Self { server, sink, organiser, ros, nadia })
    }

    /// Waits until the mail server has so many messages in all; everybody's, by address.
    pub async fn mail_comes_to(&self, count: usize) -> BTreeMap<String, Vec<Letter>> {
        until(&format!("{count} messages"), async || (self.sink.count() >= count).then_some(())).await;
        self.mail_settles().await;
        let mut letters: BTreeMap<String, Vec<Letter>> = BTreeMap::new();
        for letter in self.sink.letters() {
            letters.entry(letter.to.clone()).or_default().push(letter);
        }
        let all: usize = letters.values().map(Vec::len).sum();
        assert_eq!(all, count, "no more than these");
        letters
    }

    /// Goes to a page of the desks, and signs in again where she was away for so long.
    pub async fn comes_to(&self, window: &Window, path: &str) {
        window.goes_to(path).await;
        if window.has("form[action='/desk/sign-in']").await {
            let email = if std::ptr::eq(window, &raw const self.ros) { ROS } else { NADIA };
            window.writes("email", email).await;
            window.writes("password", PASSWORD).await;
            window.sends().await;
        }
        assert_eq!(window.path().await, path, "she comes to where she was going");
    }

    /// Waits until everything that goes has been handed over, so that each message is whole.
    pub async fn mail_settles(&self) {
        until("the end of sending", async || {
            let mailings = self.organiser.api.all(&format!("/consultations/{SLUG}/mailings")).await;
            mailings.iter().all(|mailing| mailing["state"] != "sending").then_some(())
        })
        .await;
    }

    /// It is later, and what is due happens.
    pub fn clock_says(&self, instant: &str) {
        self.server.clock_says(instant);
        self.server.mail_is_due();
    }

    /// The first so many of a team say something of the draft.
    pub async fn answers(&self, letters: &BTreeMap<String, Vec<Letter>>, team: &str, count: usize) {
        let draft = self.draft().await;
        let hers = letters.iter().filter(|(to, _)| to.starts_with(&start_of(team))).take(count);
        for (number, (_, letters)) in hers.enumerate() {
            let member = Member::enters(&self.server, &letters[0]).await;
            for comment in said(&draft, number) {
                member.says(SLUG, &comment).await;
            }
        }
    }

    /// What was published first.
    async fn draft(&self) -> Draft {
        let documents = items(&self.organiser.api.get(&format!("/consultations/{SLUG}/documents")).await.ok());
        let document = documents[0]["id"].as_str().expect("an id").to_owned();
        let path = format!("/consultations/{SLUG}/documents/{document}/versions/1");
        let version = self.organiser.api.get(&path).await.ok();
        Draft { document, version: 1, blocks: items(&version["blocks"]) }
    }
}

/// How the addresses of a team begin.
pub fn start_of(team: &str) -> String {
    team.split(' ').next().expect("a word").to_lowercase()
}

/// What the n-th of a team says: of every kind, and some of it hard to show.
fn said(draft: &Draft, number: usize) -> Vec<Value> {
    let passage = ["one voice", "Casework", "Supervision", "Commissioning is", "five senior posts"][number % 5];
    let position = ["support", "support_if", "oppose", "neutral"][number % 4];
    let permission = ["word_for_word", "paraphrase", "count_only"][number % 3];
    let words = [
        "Two deputies by summer, please.".to_owned(),
        format!("<b>Bold</b> & =1+1: {}", "unbroken".repeat(40)),
        "word ".repeat(1_500),
        "العمل الجماعي هو الحل".to_owned(),
        "組合会員の声 😀 Łódź".to_owned(),
    ];
    let mut comment = json!({
        "block": draft.block(passage), "version": 1, "position": position, "body": words[number % 5],
        "permission": permission, "with_name": number.is_multiple_of(3),
    });
    if position == "support_if" {
        comment["condition"] = "it is one person".into();
    }
    let whole = json!({
        "version": 1, "position": "neutral", "body": format!("Who pays for this? Number {number}."),
        "permission": permission, "with_name": false,
    });
    if number.is_multiple_of(2) { vec![comment, whole] } else { vec![comment] }
}
