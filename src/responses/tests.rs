//! The desks, on both databases.

use std::sync::Arc;

use super::desks::Desks;
use super::folded::Folded;
use super::{Author, Cursor, Desk, Filter, NewComment, Search, Source, batch, check, submit};
use crate::consultations;
use crate::drafts::{self, Format, Kind, document, version};
use crate::mail::testing::{House, houses, members};
use crate::refusal::Refusal;
use crate::store::Side;

const SAID: [&str; 4] = ["The café stays.", "Two deputies by summer.", "No deputies at all.", ""];

#[tokio::test]
async fn words_too_many_to_keep_are_found_all_the_same() {
    for house in houses("too_many_words", &members()).await {
        let desk = desk(&house).await;
        let found = house.store.read(move |tx| {
            let mut seen = Vec::new();
            for typed in ["deputies", "cafe", "\"two deputies\"", "nothing of it", ""] {
                let needles = Search::parse(typed).needles();
                let mut kept: Vec<u32> = (0..4).collect();
                let mut again = kept.clone();
                Folded::read(tx, &desk.by_key)?.keep(tx, &desk.by_key, &needles, &mut kept)?;
                let none = Folded::read_at_most(tx, &desk.by_key, 0)?;
                none.keep(tx, &desk.by_key, &needles, &mut again)?;
                seen.push((kept, again));
            }
            Ok::<_, Refusal>(seen)
        });
        let found = found.await.unwrap();
        let counts: Vec<usize> = found.iter().map(|(kept, _)| kept.len()).collect();
        assert_eq!(counts, [2, 1, 1, 0, 4]);
        for (kept, again) in found {
            assert_eq!(kept, again);
        }
    }
}

#[tokio::test]
async fn a_desk_is_read_again_when_something_changed_and_never_grows_older() {
    for house in houses("kept_desks", &members()).await {
        desk(&house).await;
        let (keys, slug) = (house.stationery.keys.clone(), house.of.slug.clone());
        let read = house.store.read(move |tx| {
            let desks = Desks::default();
            let now = consultations::by_slug(tx, &slug)?;
            let mut later = now.clone();
            later.edition += 1;
            let first = desks.of(tx, &keys, &now)?;
            assert!(Arc::ptr_eq(&first, &desks.of(tx, &keys, &now)?), "kept");
            let second = desks.of(tx, &keys, &later)?;
            assert!(!Arc::ptr_eq(&first, &second), "read again");
            assert_eq!(desks.of(tx, &keys, &now)?.edition, now.edition, "an earlier view is answered");
            assert!(Arc::ptr_eq(&second, &desks.of(tx, &keys, &later)?), "and not kept");
            let all = second.find(tx, &Filter::default())?;
            assert_eq!(second.page(tx, &all, Cursor::Start, 9)?.comments.len(), SAID.len());
            Ok::<_, Refusal>(())
        });
        read.await.unwrap();
    }
}

/// A desk where four members' words have arrived.
async fn desk(house: &House) -> Desk {
    let (deed, id, now) = (house.deed.clone(), house.of.id, house.deed.now);
    let parsed = drafts::import::parse(Format::Markdown, "# Draft\n\nOne passage.\n").unwrap();
    let prepared = version::prepare(&version::Base::default(), parsed, &deed.chance);
    let publishing = deed.clone();
    let published = house.store.write(Side::Members, move |tx| {
        let made = document::make(tx, &publishing, id, Kind::Proposal, "The draft")?;
        let stored = version::store(tx, &publishing, made.id, &prepared)?;
        version::publish(tx, &publishing, made.id, stored.number, "For comment.")
    });
    published.await.unwrap();
    let (keys, slug) = (house.stationery.keys.clone(), house.of.slug.clone());
    let said = house.store.write(Side::Voices, move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let invited = consultations::invited(tx, id)?.into_iter().filter(|invitation| invitation.label_id.is_some());
        for (invitation, body) in invited.zip(SAID) {
            let author = Author::new(&keys, invitation)?;
            let new = NewComment { position: Some("support".into()), body: body.into(), ..NewComment::default() };
            let checked = check(&new)?;
            submit(tx, &author, &consultation, &deed.chance, now, &checked, Source::Web, None)?;
        }
        Ok::<_, Refusal>(())
    });
    said.await.unwrap();
    assert!(batch::daily(&house.store, &house.of, house.of.day_of(now)).await.unwrap());
    let (keys, slug) = (house.stationery.keys.clone(), house.of.slug.clone());
    let desk = house.store.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        Desk::open(tx, &keys, &consultation)
    });
    desk.await.unwrap()
}
