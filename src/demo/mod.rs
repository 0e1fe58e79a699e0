//! The example consultation: a children's services branch that answers its employer's restructure.
//!
//! Everything goes through the same doors as in earnest; only the days are made up, so that a
//! newcomer finds a consultation in full swing. People, places and words are invented.

mod answers;
mod groups;
mod script;

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};
use serde::Deserialize;

use crate::audit::{Actor, Deed};
use crate::clock::Clock;
use crate::consultations::{self, Contact, New, PublicPage, Teams};
use crate::drafts;
use crate::ids::Chance;
use crate::keys::Keys;
use crate::people::{Passwords, account, member, staff};
use crate::refusal::Refusal;
use crate::store::{Fault, Side, Store, Tx};

pub use script::play;

/// The address of the example consultation.
pub const SLUG: &str = "closer-to-families";

/// The address of the consultation that is not open yet.
const NEXT_SLUG: &str = "bank-holidays";

const DRAFT: &str = include_str!("draft.md");
/// What members read since yesterday.
const SECOND_DRAFT: &str = include_str!("draft-2.md");
/// What the organiser is still looking over.
const THIRD_DRAFT: &str = include_str!("draft-3.md");
const EMPLOYERS: &str = include_str!("employer.md");
const PAIRS: &str = include_str!("pairs.json");
/// Pairs of which the second version changed a figure.
const PAIRS_SINCE: &str = r#"[
    {"ours": ["7.2"], "theirs": ["8.2"], "ours_figure": "75 % within 18 months", "theirs_figure": "65 % within two years"},
    {"ours": ["10.2"], "theirs": ["11.2"], "ours_figure": "£68,000 less a year", "theirs_figure": "£102,000 less a year"}
]"#;
const NEXT_DRAFT: &str = include_str!("rota.md");
const LETTER: &str = include_str!("letter.md");
const MEMBERS: &str = include_str!("members.csv");
const COMMENTS: &str = include_str!("comments.json");

/// What the example is played on.
pub struct Stage {
    pub store: Store,
    pub keys: Keys,
    pub clock: Clock,
    pub chance: Chance,
}

/// Where to go in the running demo: addresses without their host.
pub struct Doors {
    pub organiser: String,
    pub negotiator: String,
    /// Of somebody who has not written yet.
    pub member: String,
    /// Of somebody whose comments stand on words that changed.
    pub writer: String,
}

/// Fresh one-time links for the example's organiser and negotiator, and a member's own link.
///
/// # Errors
/// When the example is not there, or the database fails.
pub async fn doors(stage: &Stage) -> Result<Doors, Refusal> {
    give_passwords(stage).await?;
    let deed = deed(stage.clock.now(), &stage.chance);
    let keys = stage.keys.clone();
    stage
        .store
        .write(Side::Members, move |tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            let mut own = |email: &str| {
                let member = member::by_address(tx, email)?.ok_or(Refusal::Unknown("member"))?;
                let invitation = consultations::by_member(tx, consultation.id, member.id)?;
                let invitation = invitation.ok_or(Refusal::Unknown("invitation"))?;
                let token = consultations::link_token(&keys, invitation.id, invitation.generation);
                Ok::<_, Refusal>(crate::links::go(&token))
            };
            let (member, writer) = (own(READER)?, own(WRITER)?);
            Ok(Doors {
                organiser: crate::links::staff_link(&staff::new_link(tx, &deed, ORGANISER.0)?),
                negotiator: crate::links::staff_link(&staff::new_link(tx, &deed, NEGOTIATOR.0)?),
                member,
                writer,
            })
        })
        .await
}

/// A password that nobody knows for each account that has none, so that a link signs in with one press.
async fn give_passwords(stage: &Stage) -> Result<(), Refusal> {
    let passwords = Passwords::default();
    for (email, _) in [ORGANISER, NEGOTIATOR] {
        let account = stage.store.read(move |tx| staff::by_email(tx, email)).await?;
        if account.has_password {
            continue;
        }
        let secret = URL_SAFE_NO_PAD.encode(stage.chance.bytes::<32>());
        let hash = passwords.hash(&passwords.place()?, &secret, stage.chance.bytes()).await?;
        let deed = deed(stage.clock.now(), &stage.chance);
        let set = move |tx: &mut Tx| account::choose_password(tx, &deed, account.id, &hash).map(|_| ());
        stage.store.write(Side::Members, set).await?;
    }
    Ok(())
}

const ORGANISER: (&str, &str) = ("rosamund.adeyinka@example.org", "Rosamund Adeyinka");
const NEGOTIATOR: (&str, &str) = ("desmond.achterberg@example.org", "Desmond Achterberg");
/// A member in Education who has not said anything yet.
const READER: &str = "a.twumasi@example.org";
/// Her rep, two of whose comments stand on passages that have other words now.
const WRITER: &str = "dhesi.amandeep@example.org";

/// One comment of the example.
#[derive(Clone, Deserialize)]
struct Line {
    team: String,
    /// Which of the team's people, in the order of the member list.
    member: usize,
    /// How the block begins, of the draft or of the employer's text; none is the whole draft.
    block: Option<String>,
    position: String,
    #[serde(default)]
    condition: String,
    body: String,
    #[serde(default)]
    new_wording: String,
    /// Words of the block that it quotes.
    #[serde(default)]
    quote: String,
    permission: String,
    #[serde(default)]
    with_name: bool,
    /// The version that its writer read.
    #[serde(default = "first_version")]
    version: i32,
    /// Whether its writer said of the second version that it still holds.
    #[serde(default)]
    confirmed: bool,
}

fn first_version() -> i32 {
    1
}

/// The first Friday at least four days ahead.
fn friday_after(today: NaiveDate) -> NaiveDate {
    let from = today + Days::new(4);
    let ahead =
        (7 + i64::from(Weekday::Fri.num_days_from_monday()) - i64::from(from.weekday().num_days_from_monday())) % 7;
    from + Days::new(ahead.unsigned_abs())
}

fn new_consultation(now: DateTime<Utc>) -> New {
    let friday = friday_after(now.date_naive()).and_time(NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default());
    New {
        slug: SLUG.to_owned(),
        title: "Closer to Families: our answer to the restructure".to_owned(),
        summary:
            "The county wants five assistant directors and nine fewer front-line posts. The branch proposes three \
                  senior posts, one voice for safeguarding and joined-up commissioning. Tell us where we are right and \
                  where we are wrong, before it goes to the director."
                .to_owned(),
        letter: LETTER.to_owned(),
        contact: Some(Contact {
            name: "Rosamund Adeyinka, branch secretary".to_owned(),
            phone: "01632 960 144".to_owned(),
            email: "branch@example.org".to_owned(),
        }),
        join_url: Some("https://example.org/join".to_owned()),
        time_zone: "Europe/London".to_owned(),
        deadline: friday.format("%Y-%m-%dT%H:%M").to_string(),
        grace_minutes: 15,
        teams: Teams::All,
        public_draft: false,
        mail_replies: false,
        public_page: PublicPage::Listed,
    }
}

/// What the branch asks next, three weeks later.
fn next_consultation(now: DateTime<Utc>) -> New {
    let friday = friday_after(now.date_naive()) + Days::new(21);
    New {
        slug: NEXT_SLUG.to_owned(),
        title: "Bank holidays: a rota that people can live with".to_owned(),
        summary: "Eleven people fill every gap at the duty desk. We propose that twenty-four share it.".to_owned(),
        letter: "Dear colleague,\n\nplease read our proposal for the bank holiday rota and say if you could live \
                 with it. It is one page.\n\nRosamund Adeyinka, branch secretary"
            .to_owned(),
        deadline: friday.format("%Y-%m-%d").to_string(),
        public_page: PublicPage::ByLink,
        ..new_consultation(now)
    }
}

fn deed(now: DateTime<Utc>, chance: &Chance) -> Deed {
    Deed { actor: Actor::CommandLine, now, chance: chance.clone() }
}

/// The blocks that are commented on, by how each begins.
fn blocks_of(lines: &[Line], blocks: &[drafts::Block]) -> Result<HashMap<String, drafts::Block>, Refusal> {
    lines
        .iter()
        .filter_map(|line| line.block.as_ref())
        .map(|opening| {
            let block = blocks.iter().find(|block| block.text.starts_with(opening.as_str()));
            let block = block.ok_or_else(|| Fault::Corrupt(format!("no block begins with {opening:?}")))?;
            Ok((opening.clone(), block.clone()))
        })
        .collect()
}

fn lines() -> Result<Vec<Line>, Refusal> {
    Ok(serde_json::from_str(COMMENTS).map_err(|error| Fault::Corrupt(error.to_string()))?)
}

/// Addresses of each team's people, in the order of the member list.
fn roll() -> Result<HashMap<String, Vec<(String, String)>>, Refusal> {
    let mut roll: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for row in csv::Reader::from_reader(MEMBERS.as_bytes()).records() {
        let row = row.map_err(|error| Fault::Corrupt(error.to_string()))?;
        let cell = |place: usize| row.get(place).unwrap_or_default().to_owned();
        roll.entry(cell(2)).or_default().push((cell(0), cell(3)));
    }
    Ok(roll)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::{Format, version};

    #[test]
    fn the_second_version_has_a_change_of_every_kind() {
        let chance = Chance::seeded(1);
        let made = |base: &version::Base, text: &str| {
            version::prepare(base, drafts::import::parse(Format::Markdown, text).unwrap(), &chance)
        };
        let first = made(&version::Base::default(), DRAFT);
        let second = made(&version::Base::on(chance.id(DateTime::UNIX_EPOCH), first.blocks.clone()), SECOND_DRAFT);
        for kind in drafts::Change::ALL {
            let spoken = second.links.iter().filter(|link| link.change == *kind).count();
            assert!(spoken > 0, "{kind}");
        }
    }

    #[test]
    fn every_comment_of_the_example_finds_its_block_and_its_writer() {
        let blocks = |text: &str| {
            let parsed = drafts::import::parse(Format::Markdown, text).unwrap();
            version::prepare(&version::Base::default(), parsed, &Chance::seeded(1)).blocks
        };
        let (lines, roll) = (lines().unwrap(), roll().unwrap());
        for (number, text) in [(1, DRAFT), (2, SECOND_DRAFT)] {
            let read: Vec<Line> = lines.iter().filter(|line| line.version == number).cloned().collect();
            assert!(!read.is_empty(), "nobody wrote about version {number}");
            let found = blocks_of(&read, &[blocks(text), blocks(EMPLOYERS)].concat()).unwrap();
            for line in read.iter().filter(|line| !line.quote.is_empty()) {
                let block = &found[line.block.as_ref().unwrap()];
                assert_eq!(block.text.matches(&line.quote).count(), 1, "{}", line.quote);
            }
        }
        for line in &lines {
            assert!(line.member < roll[&line.team].len(), "{} {}", line.team, line.member);
        }
        let silent = lines.iter().filter(|line| line.team.ends_with("Education")).count();
        assert!(silent <= 5, "Education has hardly said anything");
        for email in [READER, WRITER] {
            assert!(roll.values().flatten().any(|(known, _)| known == email), "{email}");
        }
    }
}
