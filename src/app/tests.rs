//! The whole job in one process, watched from inside the database connections.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{DateTime, Duration};

use super::*;
use crate::audit::{Actor, Deed};
use crate::demo::{self, SLUG};
use crate::refusal::Refusal;
use crate::responses::{self, Amend, Author, NewComment, Source};
use crate::store::Side;
use crate::store::testing::{WATCHED, urls, watch, watched};
use crate::{collation, consultations, people};

/// Every table of the migrations, by what its rows hang on. A new table must be put on a list.
const NAME_MEMBERS: [&str; 8] =
    ["member", "membership", "invitation", "access_code", "outbox", "job", "staff_replay", "join_request"];
const HANG_ON_VOICES: [&str; 6] = ["voice", "comment", "answer", "finish", "voice_replay", "voice_kept"];
const ON_NEITHER: [&str; 32] = [
    "team",
    "staff",
    // Counts by HMAC of a staff address or browser.
    "sign_in_failure",
    "api_token",
    "audit",
    "consultation",
    "consultation_team",
    "label",
    "label_team",
    "question",
    "document",
    "version",
    "block",
    "block_link",
    "match_correction",
    "clause_pair",
    "pairing",
    // Of files that organisers bring: comments without their writers' names, and the file, sealed.
    "picture",
    "version_picture",
    "file_comment",
    "brought_file",
    "mailing",
    "mailing_team",
    "mail_channel",
    // What staff write in the browser.
    "working_text",
    "working_open",
    // What a meeting or a pile of slips said: no member, no voice.
    "group_response",
    "group_point",
    // The employer's mail domains.
    "joining",
    // Frozen copies of what is at the desks: words without their voices.
    "release",
    "release_part",
    "__diesel_schema_migrations",
];

#[test]
fn every_table_is_on_one_side_or_on_neither() {
    for database in ["sqlite", "postgres"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
        let schema: String = std::fs::read_dir(folder)
            .unwrap()
            .map(|migration| std::fs::read_to_string(migration.unwrap().path().join("up.sql")).unwrap())
            .collect();
        let made: BTreeSet<&str> =
            schema.split("CREATE TABLE ").skip(1).filter_map(|rest| rest.split_whitespace().next()).collect();
        let listed: BTreeSet<&str> = [&NAME_MEMBERS[..], &HANG_ON_VOICES, &ON_NEITHER]
            .concat()
            .into_iter()
            .filter(|name| !name.starts_with("__"))
            .collect();
        assert_eq!(made, listed);
    }
}

#[tokio::test]
async fn no_transaction_writes_both_a_member_and_a_voice() {
    watch();
    let dir = tempfile::tempdir().unwrap();
    for url in urls(dir.path(), WATCHED) {
        watched();
        whole_job(dir.path(), &url).await;
        let transactions = watched();
        let mut written: BTreeMap<&str, usize> = BTreeMap::new();
        for transaction in &transactions {
            let of = |side: &[&str]| side.iter().any(|table| transaction.contains(*table));
            assert!(!(of(&NAME_MEMBERS) && of(&HANG_ON_VOICES)), "{url}: one transaction wrote {transaction:?}");
            for table in transaction {
                *written.entry(table.as_str()).or_default() += 1;
            }
        }
        let all: BTreeSet<&str> = [&NAME_MEMBERS[..], &HANG_ON_VOICES, &ON_NEITHER].concat().into_iter().collect();
        for table in written.keys() {
            assert!(all.contains(table), "{url}: {table} is no table");
        }
        let together =
            |one: &str, other: &str| transactions.iter().any(|wrote| wrote.contains(one) && wrote.contains(other));
        assert!(
            together("comment", "voice") && together("member", "membership"),
            "{url}: transactions were seen as one"
        );
        for table in ["member", "invitation", "outbox", "job", "access_code", "voice", "comment", "answer", "finish"] {
            assert!(written.contains_key(table), "{url}: nobody was seen to write {table}: {written:?}");
        }
    }
}

/// The demo's past, and what its people do to the end: change, withdraw, finish, ask for a code,
/// close, release.
async fn whole_job(dir: &std::path::Path, url: &str) {
    let home = |name: &str| dir.join(url.split("://").next().unwrap()).join(name).display().to_string();
    let settings = [
        ("SOUNDINGS__DATABASE__URL", url.to_owned()),
        ("SOUNDINGS__KEYS__DIR", home("keys")),
        ("SOUNDINGS__MAIL__DIRECTORY", home("mail")),
    ];
    let environment = settings.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let mut workshop = Workshop::open(Settings::load_with(None, environment).unwrap()).unwrap();
    let now = DateTime::parse_from_rfc3339("2026-11-30T12:00:00Z").unwrap().to_utc();
    workshop.clock = Clock::standing_at(now);
    let stage = demo::Stage {
        store: workshop.store.clone(),
        keys: workshop.keys.clone(),
        clock: workshop.clock.clone(),
        chance: workshop.chance.clone(),
    };
    let hands = workshop.hands(Links::new("https://say.example.org")).unwrap();
    demo::play(&stage, async |at| jobs::pass(&hands.at(at)).await.map(|_| ())).await.unwrap();

    let (store, keys, chance) = (&stage.store, &stage.keys, &stage.chance);
    let (reading, author) = (keys.clone(), store.clone());
    let author = author
        .read(move |tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            let members = people::member::list(tx, None, None, 1000)?;
            let mut silent = Vec::new();
            for member in members {
                if let Some(invitation) = consultations::by_member(tx, consultation.id, member.id)?
                    && invitation.label_id.is_some()
                {
                    let author = Author::new(&reading, invitation)?;
                    if !responses::said_anything(tx, &author)? {
                        silent.push(author);
                    }
                }
            }
            silent.pop().ok_or(Refusal::Unknown("member"))
        })
        .await
        .unwrap();
    let checked = responses::check(&NewComment {
        position: Some("support".to_owned()),
        body: "Words.".to_owned(),
        permission: Some("paraphrase".to_owned()),
        ..NewComment::default()
    })
    .unwrap();
    let (her, dice) = (author.clone(), chance.clone());
    let said = store
        .write(Side::Voices, move |tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            responses::submit(tx, &her, &consultation, &dice, now, &checked, Source::Web, None)
        })
        .await
        .unwrap();
    let (her, dice) = (author.clone(), chance.clone());
    store
        .write(Side::Voices, move |tx| {
            let consultation = consultations::by_slug(tx, SLUG)?;
            let id = said.id.parse().map_err(|_| Refusal::Unknown("comment"))?;
            let amend = Amend { body: Some("Other words.".to_owned()), ..Amend::default() };
            responses::change(tx, &her, &consultation, &dice, now, id, &amend)?;
            responses::finish(tx, &her, &consultation, &dice, now, false)?;
            responses::withdraw(tx, &her, &consultation, now, id)
        })
        .await
        .unwrap();
    let (id, dice) = (author.invitation.id, chance.clone());
    store
        .write(Side::Members, move |tx| {
            consultations::no_more_reminders(tx, id, true)?;
            consultations::new_code(tx, &dice, id, now).map(|_| ())
        })
        .await
        .unwrap();

    let later = now + Duration::days(30);
    jobs::pass(&hands.at(later)).await.unwrap();
    let deed = Deed { actor: Actor::Schedule, now: later, chance: chance.clone() };
    collation::current(store, keys, &deed, SLUG).await.unwrap();
}
