//! A small branch in the middle of a consultation, which most stories start from.

use serde_json::{Value, json};

use super::{Database, Draft, Letter, Member, Negotiator, Organiser, Server};

/// A Monday morning in November.
pub const START: &str = "2026-11-23T09:00:00Z";
/// Friday of the week after, local time in London; the same in UTC.
pub const DEADLINE: &str = "2026-12-04T17:00:00";
pub const SLUG: &str = "restructure";
pub const TEAMS: [&str; 2] = ["Early Help", "Fostering"];

pub const DRAFT: &str = "# Three posts, not five\n\n\
    The employer proposes five senior posts. We propose three.\n\n\
    ## Safeguarding\n\n\
    There should be one voice for safeguarding.\n\n\
    - Casework stays with the teams.\n\
    - Supervision happens every two weeks.\n\n\
    ## Commissioning\n\n\
    Commissioning is joined up across services.\n";

pub struct Branch {
    pub server: Server,
    pub organiser: Organiser,
    pub negotiator: Negotiator,
    pub draft: Draft,
    /// The invitation of each member, by team and then by number: see [`Branch::letter`].
    pub letters: Vec<Letter>,
}

impl Branch {
    /// Two teams of nine members, a published draft, everybody invited.
    pub async fn consulting(database: Database) -> Self {
        Self::on(Server::spawn(database), &json!({})).await
    }

    pub async fn consulting_with(database: Database, changes: &Value) -> Self {
        Self::on(Server::spawn(database), changes).await
    }

    pub async fn on(server: Server, changes: &Value) -> Self {
        let organiser = Organiser::at(&server);
        let negotiator = Negotiator::at(&server);
        let imported = organiser.imports(members_csv()).await;
        assert_eq!(imported["rejected"], json!([]), "{imported}");
        organiser.prepares(SLUG, DEADLINE, changes).await.ok();
        let draft = organiser.publishes(SLUG, DRAFT).await;
        organiser.opens(SLUG).await;
        organiser.mails(SLUG, "invitation", "Please read our draft", "Our draft is ready for you.").await;
        server.mail_is_due();
        let letters = server.mailbox().fills_to(18).await;
        assert_eq!(letters.len(), 18, "one letter each");
        Self { server, organiser, negotiator, draft, letters }
    }

    /// The invitation of the n-th member (0 to 8) of a team.
    #[track_caller]
    pub fn letter(&self, team: &str, number: usize) -> &Letter {
        let address = address(team, number);
        let found = self.letters.iter().find(|letter| letter.to == address);
        found.unwrap_or_else(|| panic!("nobody wrote to {address}"))
    }

    /// The n-th member of a team, with a session.
    pub async fn member(&self, team: &str, number: usize) -> Member {
        Member::enters(&self.server, self.letter(team, number)).await
    }

    /// A comment on the block that contains `words`.
    pub fn comment(&self, words: &str, position: &str, body: &str) -> Value {
        json!({ "block": self.draft.block(words), "version": self.draft.version, "position": position, "body": body,
                "permission": "paraphrase", "with_name": false })
    }

    /// The organiser closes, and everything that was said reaches the desks.
    pub async fn closes(&self) {
        self.organiser.closes(SLUG).await;
        self.server.mail_is_due();
    }
}

pub fn address(team: &str, number: usize) -> String {
    format!("{}.{number}@members.example.org", team.to_lowercase().replace(' ', "-"))
}

fn members_csv() -> String {
    let mut csv = "email,name,team\n".to_owned();
    for team in TEAMS {
        for number in 0..9 {
            csv.extend([&address(team, number), ",", &format!("Member {number} of {team}"), ",", team, "\n"]);
        }
    }
    csv
}
