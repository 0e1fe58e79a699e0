//! An installation of its own in a directory that goes away, filled through the domains' own doors.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Days, Utc};
use serde::Deserialize;
use soundings::audit::{Actor, Deed};
use soundings::clock::Clock;
use soundings::consultations::{self, Contact, Invitation, New, PublicPage, Teams};
use soundings::drafts::{self, Block, Format, Kind, document, version};
use soundings::ids::Chance;
use soundings::keys::Keys;
use soundings::people::import::{self, ImportMode};
use soundings::refusal::Refusal;
use soundings::responses::{self, Author, NewComment, Source, batch};
use soundings::settings::DatabaseUrl;
use soundings::store::{Side, Store};
use tempfile::TempDir;

pub const SLUG: &str = "restructure";
/// A second consultation, where a stage has one: in preparation.
pub const NEXT: &str = "next";

const DRAFT: &str = include_str!("../../src/demo/draft.md");
const WORDS: &str = include_str!("../../src/demo/comments.json");

pub struct Stage {
    pub store: Store,
    pub keys: Keys,
    pub chance: Chance,
    pub now: DateTime<Utc>,
    pub dir: TempDir,
}

/// What people say, in words somebody might have written.
#[derive(Clone, Deserialize)]
pub struct Said {
    pub position: String,
    #[serde(default)]
    pub condition: String,
    pub body: String,
    #[serde(default)]
    pub new_wording: String,
    pub permission: String,
}

/// The example's comments, over and over.
pub fn words() -> impl Iterator<Item = Said> {
    let said: Vec<Said> = serde_json::from_str(WORDS).expect("the example's comments");
    said.into_iter().cycle()
}

/// A directory on the disk where the program is built: a temporary one may be in memory, where
/// nothing is ever durable.
pub fn directory() -> TempDir {
    tempfile::Builder::new().prefix("limits-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory")
}

impl Stage {
    /// An open consultation with a public draft, put to so many members in teams of a hundred.
    pub async fn with_members(count: usize) -> Self {
        let stage = Self::empty(count).await;
        stage.prepare(SLUG, true).await.expect("a consultation");
        consultations::open(&stage.store, &stage.keys, &stage.deed(), SLUG).await.expect("an open consultation");
        stage
    }

    /// Members and no consultation.
    async fn empty(count: usize) -> Self {
        let dir = directory();
        let chance = Chance::system();
        let url = DatabaseUrl::Sqlite(database(dir.path()));
        let (store, _) = Store::open(&url).expect("a fresh database");
        let keys = Keys::open(&dir.path().join("keys"), &chance).expect("fresh keys");
        let stage = Self { store, keys, chance, now: Clock::system().now(), dir };
        stage.import(count).await.expect("members");
        stage
    }

    /// As [`Stage::with_members`], with so many comments that have reached the desks.
    pub async fn with_comments(count: usize) -> Self {
        let stage = Self::with_members(count.div_ceil(EACH)).await;
        stage.fill(count).await.expect("comments");
        stage
    }

    /// As [`Stage::with_comments`], on a draft of 200 pages beside an employer's text as long; fewer
    /// people say more.
    pub async fn with_long_draft(count: usize) -> Self {
        let stage = Self::empty(count.div_ceil(MANY)).await;
        stage.prepare_with(SLUG, true, &long(OURS), Some(&long("The county decides"))).await.expect("drafts");
        consultations::open(&stage.store, &stage.keys, &stage.deed(), SLUG).await.expect("an open consultation");
        stage.fill(count).await.expect("comments");
        stage
    }

    pub fn deed(&self) -> Deed {
        Deed { actor: Actor::CommandLine, now: self.now, chance: self.chance.clone() }
    }

    pub async fn invited(&self) -> Result<Vec<Invitation>, Refusal> {
        self.store
            .read(|tx| {
                let consultation = consultations::by_slug(tx, SLUG)?;
                Ok(consultations::invited(tx, consultation.id)?)
            })
            .await
    }

    /// The blocks of the published draft.
    pub async fn blocks(&self) -> Result<Vec<Block>, Refusal> {
        self.store
            .read(|tx| {
                let consultation = consultations::by_slug(tx, SLUG)?;
                let proposal = drafts::proposal(tx, consultation.id)?.ok_or(Refusal::Unknown("document"))?;
                let current = version::published(tx, proposal.id)?.ok_or(Refusal::Unknown("version"))?;
                Ok(version::blocks(tx, current.id)?)
            })
            .await
    }

    /// The document that is published, as addresses name it.
    pub async fn proposal(&self) -> Result<String, Refusal> {
        self.store
            .read(|tx| {
                let consultation = consultations::by_slug(tx, SLUG)?;
                let proposal = drafts::proposal(tx, consultation.id)?.ok_or(Refusal::Unknown("document"))?;
                Ok(proposal.id.to_string())
            })
            .await
    }

    async fn import(&self, count: usize) -> Result<(), Refusal> {
        let rows = (0..count).map(|n| format!("m{n}@members.example.org,Member {n},Branch/Team {}", n / 100));
        let list = std::iter::once("email,name,team".to_owned()).chain(rows).collect::<Vec<_>>().join("\n");
        let outcome = import::import(&self.store, &self.deed(), list.into_bytes(), ImportMode::default()).await?;
        assert_eq!(outcome.created, count, "{:?}", outcome.rejected.first());
        Ok(())
    }

    /// A consultation about the example's draft, put to everybody, not yet open.
    pub async fn prepare(&self, slug: &str, is_published: bool) -> Result<(), Refusal> {
        self.prepare_with(slug, is_published, DRAFT, None).await
    }

    async fn prepare_with(
        &self,
        slug: &str,
        is_published: bool,
        draft: &str,
        theirs: Option<&str>,
    ) -> Result<(), Refusal> {
        let deed = self.deed();
        let (id, new) = (deed.new_id(), consultation(slug, self.now));
        self.keys.make_consultation(id)?;
        let of = deed.clone();
        self.store.write(Side::Members, move |tx| consultations::make(tx, &of, id, &new)).await?;
        for (kind, text) in [(Kind::Proposal, Some(draft)), (Kind::Comparison, theirs)] {
            let Some(text) = text else { continue };
            let parsed = drafts::import::parse(Format::Markdown, text)?;
            let prepared = version::prepare(&version::Base::default(), parsed, &self.chance);
            let (of, slug) = (deed.clone(), slug.to_owned());
            self.store
                .write(Side::Members, move |tx| {
                    let consultation = consultations::by_slug(tx, &slug)?;
                    let document = document::make(tx, &of, id, kind, "Closer to Families")?;
                    let made = version::store(tx, &of, document.id, &prepared)?;
                    if is_published {
                        drafts::publish(tx, &of, &consultation, document.id, made.number, "For comment.")?;
                    }
                    Ok::<_, Refusal>(())
                })
                .await?;
        }
        if is_published {
            drafts::pair::propose_first(&self.store, &deed, id).await?;
        }
        Ok(())
    }

    /// Every comment is submitted as a member's would be, many in one transaction only to save time.
    async fn fill(&self, count: usize) -> Result<(), Refusal> {
        let authors: Vec<Author> = self
            .invited()
            .await?
            .into_iter()
            .map(|invitation| Author::new(&self.keys, invitation))
            .collect::<Result<_, _>>()?;
        let blocks: Vec<String> = self.blocks().await?.into_iter().map(|block| block.key).collect();
        let comments: Vec<_> = words()
            .take(count)
            .enumerate()
            .map(|(n, said)| {
                // A prime step, so that one person's comments stand all over the draft.
                let new = said.on(&blocks[(n * 7) % blocks.len()], n % 50 == 0);
                Ok((authors[n % authors.len()].clone(), responses::check(&new)?))
            })
            .collect::<Result<_, Refusal>>()?;
        for some in comments.chunks(500) {
            let (some, chance, now) = (some.to_vec(), self.chance.clone(), self.now);
            self.store
                .write(Side::Voices, move |tx| {
                    let consultation = consultations::by_slug(tx, SLUG)?;
                    for (author, checked) in &some {
                        responses::submit(tx, author, &consultation, &chance, now, checked, Source::Web, None)?;
                    }
                    Ok::<_, Refusal>(())
                })
                .await?;
        }
        let consultation = self.store.read(|tx| consultations::by_slug(tx, SLUG)).await?;
        let reached = batch::daily(&self.store, &consultation, consultation.day_of(self.now)).await?;
        assert!(reached, "the comments are at the desks");
        Ok(())
    }
}

/// 3,000 passages in sixty sections, in words of the example's own.
fn long(beginning: &str) -> String {
    let sentences: Vec<&str> = DRAFT.split(". ").filter(|sentence| !sentence.contains(['#', '|', '\n'])).collect();
    let mut text = String::new();
    for section in 0..60 {
        text.extend(["## ", beginning, " ", sentences[section % sentences.len()], "\n\n"]);
        for place in 0..49 {
            let one = |step: usize| sentences[(section * 7 + place * step) % sentences.len()];
            text.extend([beginning, ": ", one(1), ". ", one(5), ". ", one(11), ".\n\n"]);
        }
    }
    text
}

const OURS: &str = "The branch proposes";

/// The second version of the long draft: every tenth passage reworded, another gone, another new, a
/// few split, and a section moved to the front.
pub fn second_long() -> String {
    let first = long(OURS);
    let mut parts = Vec::new();
    for (place, part) in first.split("\n\n").filter(|part| !part.is_empty()).enumerate() {
        match place % 10 {
            _ if part.starts_with('#') => parts.push(part.to_owned()),
            3 => parts.push(format!("{} Except at night.", part.replacen(" the ", " every ", 2))),
            5 => {}
            7 => parts.extend([format!("This is new, and nobody has read number {place} before."), part.to_owned()]),
            9 if place % 40 == 9 => parts.push(part.replacen(". ", ".\n\n", 1)),
            _ => parts.push(part.to_owned()),
        }
    }
    let moved = parts.split_off(parts.len() - 50);
    parts.splice(150..150, moved);
    parts.join("\n\n")
}

/// Comments of one person.
const EACH: usize = 20;
const MANY: usize = 50;

impl Said {
    /// These words as a comment on a block of the first version.
    pub fn on(self, block: &str, with_name: bool) -> NewComment {
        NewComment {
            block: Some(block.to_owned()),
            version: Some(1),
            position: Some(self.position),
            condition: self.condition,
            body: self.body,
            quote: None,
            new_wording: self.new_wording,
            permission: Some(self.permission),
            with_name,
        }
    }
}

/// Where the database of an installation is.
pub fn database(dir: &Path) -> PathBuf {
    dir.join("soundings.db")
}

fn consultation(slug: &str, now: DateTime<Utc>) -> New {
    New {
        slug: slug.to_owned(),
        title: "Closer to Families: our answer to the restructure".to_owned(),
        summary: "Three senior posts, not five.".to_owned(),
        letter: "Dear colleague,\n\nplease read our draft and say what you think.".to_owned(),
        contact: Some(Contact {
            name: "Rosamund Adeyinka".to_owned(),
            phone: String::new(),
            email: "branch@example.org".to_owned(),
        }),
        join_url: None,
        time_zone: "Europe/London".to_owned(),
        deadline: (now.date_naive() + Days::new(10)).format("%Y-%m-%dT17:00").to_string(),
        grace_minutes: 15,
        teams: Teams::All,
        public_draft: true,
        mail_replies: false,
        public_page: PublicPage::ByLink,
    }
}
