//! A consultation with members, for the tests of `mail` and `jobs`.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tempfile::TempDir;

pub(crate) use super::transport::smtp::testing::{Act, Sink};
use super::{Kind, Mailing, New, Sender, Stationery};
use crate::assets::Assets;
use crate::audit::{Actor, Deed};
use crate::consultations::{self, Consultation, Contact, Teams};
use crate::ids::Chance;
use crate::keys::Keys;
use crate::links::Links;
use crate::people::import::{ImportMode, import};
use crate::refusal::Refusal;
use crate::render::Renderer;
use crate::store::{Side, Store, testing::stores};
use crate::words::Words;

/// Twelve in Youth, nine in Early Help, one in both; Zed has no address.
pub(crate) fn members() -> String {
    let youth = (1..=12).map(|n| format!("y{n}@home.example,Youth {n},Care/Youth\n"));
    let early = (1..=8).map(|n| format!("e{n}@home.example,Early {n},Care/Early Help\n"));
    let file: String = std::iter::once("email,name,team\n".to_owned()).chain(youth).chain(early).collect();
    file + ",Zed,Care/Early Help\nboth@home.example,Bo Th,Care/Youth\nboth@home.example,Bo Th,Care/Early Help\n"
}

pub(crate) struct House {
    /// For keys and mail.
    pub(crate) dir: TempDir,
    _data: Arc<TempDir>,
    pub(crate) store: Store,
    pub(crate) deed: Deed,
    pub(crate) stationery: Stationery,
    pub(crate) of: Consultation,
}

/// An open consultation until Friday 4 December, 5 pm, on each database.
pub(crate) async fn houses(name: &str, members: &str) -> Vec<House> {
    let mut houses = Vec::new();
    let data = Arc::new(tempfile::tempdir().unwrap());
    for store in stores(data.path(), &format!("mail_{name}")) {
        houses.push(house(store, data.clone(), members).await);
    }
    houses
}

/// As [`houses`], before the opening.
pub(crate) async fn preparing_houses(name: &str, members: &str) -> Vec<House> {
    let mut houses = Vec::new();
    let data = Arc::new(tempfile::tempdir().unwrap());
    for store in stores(data.path(), &format!("mail_{name}")) {
        houses.push(preparing_house(store, data.clone(), members).await);
    }
    houses
}

/// Open from Friday 27 November, 9 am, until the Friday after, 5 pm; in no database.
pub(crate) fn consultation() -> Consultation {
    let opened = at("2026-11-27T09:00:00Z");
    Consultation {
        id: crate::ids::Id::from_bytes([1; 16]),
        slug: "one-voice".to_owned(),
        title: "One voice".to_owned(),
        summary: String::new(),
        letter: String::new(),
        contact: None,
        join_url: None,
        deadline: consultations::Deadline::parse("2026-12-04T17:00", "Europe/London").unwrap(),
        grace_minutes: 15,
        state: consultations::State::Open,
        covers_all_teams: true,
        public_draft: true,
        mail_replies: false,
        created_at: opened,
        opened_at: Some(opened),
        closed_at: None,
        last_batch_on: None,
        words_in_at: None,
        edition: 0,
        public_page: consultations::PublicPage::ByLink,
        identifying_words: String::new(),
    }
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

pub(crate) fn stationery(keys_dir: &Path, chance: &Chance) -> Stationery {
    let words = Arc::new(Words::load().unwrap());
    Stationery {
        sender: Sender::parse("The branch <mail@branch.example>").unwrap(),
        links: Links::new("https://say.example.org"),
        keys: Keys::open(keys_dir, chance).unwrap(),
        renderer: Arc::new(Renderer::load(words.clone(), Arc::new(Assets::load())).unwrap()),
        words,
    }
}

impl House {
    pub(crate) fn new_mailing(kind: Kind) -> New {
        New::standard(kind, std::collections::BTreeMap::new())
    }

    pub(crate) async fn plan(&self, new: New) -> Result<Mailing, Refusal> {
        let (deed, of) = (self.deed.clone(), self.of.clone());
        self.store.write(Side::Members, move |tx| super::plan(tx, &deed, &of, &new)).await
    }

    pub(crate) async fn open(&mut self, now: DateTime<Utc>) {
        let deed = Deed { now, ..self.deed.clone() };
        self.of = consultations::open(&self.store, &self.stationery.keys, &deed, "one-voice").await.unwrap();
    }

    pub(crate) async fn counts(&self, mailing: &Mailing) -> Vec<(&'static str, i64)> {
        let id = mailing.id;
        let counts = self.store.read(move |tx| super::counts(tx, id)).await.unwrap();
        counts.0.into_iter().filter(|(_, count)| *count > 0).map(|(state, count)| (state.as_str(), count)).collect()
    }

    pub(crate) async fn expected(&self, mailing: &Mailing) -> Option<DateTime<Utc>> {
        let id = mailing.id;
        self.store.read(move |tx| super::get(tx, id)).await.unwrap().expected_at()
    }

    pub(crate) async fn state(&self, mailing: &Mailing) -> super::State {
        let id = mailing.id;
        self.store.read(move |tx| super::get(tx, id)).await.unwrap().state
    }
}

async fn house(store: Store, data: Arc<TempDir>, members: &str) -> House {
    let mut house = preparing_house(store, data, members).await;
    house.open(house.deed.now).await;
    house
}

async fn preparing_house(store: Store, data: Arc<TempDir>, members: &str) -> House {
    let dir = tempfile::tempdir().unwrap();
    let deed = Deed { actor: Actor::CommandLine, now: at("2026-11-27T09:00:00Z"), chance: Chance::seeded(1) };
    let stationery = stationery(&dir.path().join("keys"), &deed.chance);
    let mode = ImportMode { dry_run: false, accept_valid: false };
    import(&store, &deed, members.as_bytes().to_vec(), mode).await.unwrap();
    let id = deed.new_id();
    stationery.keys.make_consultation(id).unwrap();
    let new = consultations::New {
        slug: "one-voice".to_owned(),
        title: "One voice".to_owned(),
        summary: String::new(),
        letter: String::new(),
        contact: Some(Contact { name: "Ros".to_owned(), phone: "0113 496 0000".to_owned(), email: String::new() }),
        join_url: None,
        time_zone: "Europe/London".to_owned(),
        deadline: "2026-12-04T17:00".to_owned(),
        grace_minutes: 15,
        teams: Teams::All,
        public_draft: true,
        mail_replies: false,
        public_page: consultations::PublicPage::ByLink,
    };
    let making = deed.clone();
    let of = store.write(Side::Members, move |tx| consultations::make(tx, &making, id, &new)).await.unwrap();
    House { dir, _data: data, store, deed, stationery, of }
}
