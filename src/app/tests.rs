//! The whole job in one process, watched from inside the database connections.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{DateTime, Duration, Utc};

use super::*;
use crate::audit::{Actor, Deed};
use crate::consultations::joining;
use crate::demo::{self, SLUG};
use crate::refusal::Refusal;
use crate::responses::group_response::{self, NewMeeting, NewPoint, Pen};
use crate::responses::kept::{self, Reader, Typing};
use crate::responses::{self, Amend, Author, Mine, NewAnswer, NewAnswers, NewComment, Source};
use crate::store::Side;
use crate::store::testing::{WATCHED, urls, watch, watched};
use crate::{collation, consultations, mail, people};

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
        let new = ["voice_kept", "join_request", "group_response", "group_point"];
        let old = ["member", "invitation", "outbox", "job", "access_code", "voice", "comment", "answer", "finish"];
        for table in old.into_iter().chain(new) {
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
        version: Some(1),
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
            let Mine { comment, .. } = responses::confirm(tx, &her, &consultation, &dice, now, id, 2)?;
            assert_eq!(comment.confirmed_in, Some(2));
            let amend = Amend { body: Some("Other words.".to_owned()), ..Amend::default() };
            responses::change(tx, &her, &consultation, &dice, now, id, &amend)?;
            responses::finish(tx, &her, &consultation, &dice, now, false)?;
            responses::withdraw(tx, &her, &consultation, now, id)
        })
        .await
        .unwrap();
    her_further_ways(&stage, &author, now).await;
    somebody_joins(&stage, now).await;
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

/// She keeps words, answers the questions, and records a meeting.
async fn her_further_ways(stage: &demo::Stage, author: &Author, now: DateTime<Utc>) {
    let (her, dice) = (author.clone(), stage.chance.clone());
    let done = stage.store.write(Side::Voices, move |tx| {
        let consultation = consultations::by_slug(tx, SLUG)?;
        let fields = vec![("body".to_owned(), "Half a sent".to_owned())];
        let typing = Typing { place: "whole".to_owned(), page: "page".to_owned(), fields, ..Typing::default() };
        kept::keep(tx, &her, &consultation, &dice, now, &Reader::default(), &typing)?;
        kept::let_go(tx, &her, "whole", None, "page")?;
        let questions = consultations::question::list(tx, consultation.id)?;
        let first = questions.iter().find(|one| !one.kind.is_text()).ok_or(Refusal::Unknown("question"))?;
        let chosen = first.choices().into_iter().take(1).collect();
        let answers = vec![NewAnswer { question: first.id, chosen, words: String::new() }];
        let checked = responses::check_answers(&questions, &NewAnswers { answers, ..NewAnswers::default() })?;
        responses::answer(tx, &her, &consultation, &dice, now, &checked, true, None).map(|_| ())
    });
    done.await.unwrap();
    let pen = Pen::Member(Box::new(author.clone()), stage.chance.clone(), now);
    let done = stage.store.write(Side::Members, move |tx| {
        let consultation = consultations::by_slug(tx, SLUG)?;
        let point = NewPoint { words: "A named deputy.".to_owned(), ..NewPoint::default() };
        let meeting = NewMeeting {
            place: "Small hall".to_owned(),
            held_on: "2026-11-20".to_owned(),
            present: Some(9),
            points: vec![point],
            ..NewMeeting::default()
        };
        group_response::record(tx, &pen, &consultation, &meeting, true).map(|_| ())
    });
    done.await.unwrap();
}

/// Somebody who is not on the list asks, confirms, and is let in.
async fn somebody_joins(stage: &demo::Stage, now: DateTime<Utc>) {
    let (keys, dice) = (stage.keys.clone(), stage.chance.clone());
    let deed = Deed { actor: Actor::Rep, now, chance: dice.clone() };
    let done = stage.store.write(Side::Members, move |tx| {
        let consultation = consultations::by_slug(tx, SLUG)?;
        let team = joining::teams_to_join(tx, consultation.id)?.first().map(|(id, _)| *id);
        let new = joining::NewRequest {
            name: "Ines Ferreira".to_owned(),
            email: "ines@home.example".to_owned(),
            team,
            says_member: "yes".to_owned(),
            membership_number: String::new(),
        };
        let id = joining::ask(tx, &keys, &dice, &consultation, now, &new)?.ok_or(Refusal::Unknown("request"))?;
        mail::ask_join_letter(tx, &dice, now, id)?;
        joining::confirm(tx, &joining::token(&keys, id), now)?;
        joining::decide(tx, &keys, &deed, &consultation, id, joining::Verdict::Member)?;
        Ok::<_, Refusal>(mail::ask_join_letter(tx, &dice, now, id)?)
    });
    done.await.unwrap();
}
