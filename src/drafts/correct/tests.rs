use std::collections::BTreeSet;

use chrono::DateTime;
use proptest::prelude::*;

use super::super::block::BlockKind;
use super::super::change::{Change, Link, between};
use super::super::document::{self, Kind};
use super::super::import::{Format, parse};
use super::super::queries::testing::{Stage, stages};
use super::*;
use crate::audit::Actor;
use crate::ids::Chance;
use crate::store::Side;

fn blocks(texts: &[String], prefix: &str) -> Vec<Block> {
    let block = |(place, text): (usize, &String)| Block {
        key: format!("{prefix}{place}"),
        number: String::new(),
        kind: BlockKind::Paragraph,
        level: 0,
        text: text.clone(),
        html: String::new(),
    };
    texts.iter().enumerate().map(block).collect()
}

/// Every earlier passage gone, every later one new.
fn strangers(before: &[Block], after: &[Block]) -> Vec<Link> {
    let added = after.iter().map(|block| Link {
        change: Change::Added,
        from: Vec::new(),
        to: vec![block.key.clone()],
        score: 0.0,
    });
    let gone = before.iter().map(|block| Link {
        change: Change::Gone,
        from: vec![block.key.clone()],
        to: Vec::new(),
        score: 0.0,
    });
    added.chain(gone).collect()
}

fn sorted(mut keys: Vec<&String>) -> Vec<&String> {
    keys.sort();
    keys
}

fn check(before: &[Block], after: &[Block], links: &[Link]) {
    assert_eq!(
        sorted(links.iter().flat_map(|link| &link.from).collect()),
        sorted(before.iter().map(|one| &one.key).collect())
    );
    assert_eq!(
        sorted(links.iter().flat_map(|link| &link.to).collect()),
        sorted(after.iter().map(|one| &one.key).collect())
    );
    let keys: BTreeSet<&String> = after.iter().map(|one| &one.key).collect();
    assert_eq!(keys.len(), after.len(), "no key twice");
    for link in links {
        let kind_fits = match link.change {
            Change::Added => link.from.is_empty() && link.to.len() == 1,
            Change::Gone => link.to.is_empty() && link.from.len() == 1,
            Change::Split => link.from.len() == 1 && link.to.len() > 1,
            Change::Merged => link.from.len() > 1 && !link.to.is_empty(),
            Change::Unchanged | Change::Moved | Change::Reworded => link.from.len() == 1 && link.to.len() == 1,
        };
        assert!(kind_fits, "{link:?}");
        // The key stays with the passage, and with nothing else.
        let earlier: BTreeSet<&String> = before.iter().map(|one| &one.key).collect();
        let held: Vec<&String> = link.to.iter().filter(|key| earlier.contains(key)).collect();
        if link.from.is_empty() || link.to.is_empty() {
            assert!(held.is_empty(), "{link:?}");
        } else {
            assert_eq!(held.len(), 1, "{link:?}");
            assert!(link.from.contains(held[0]), "{link:?}");
        }
    }
}

fn few_words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-d]{1,3}", 1..9)
}

proptest! {
    #[test]
    fn whatever_is_corrected_every_block_is_in_one_link_and_all_can_be_undone(
        earlier in few_words(),
        later in few_words(),
        steps in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), prop::collection::btree_set(0_usize..9, 0..4)), 0..12),
    ) {
        let before = blocks(&earlier, "k");
        let mut after = blocks(&later, "n");
        let mut links = strangers(&before, &after);
        let mut made = 0;
        let mut undos = Vec::new();
        for (forward, one, several) in steps {
            let (from, to): (Vec<usize>, Vec<usize>) = if forward {
                (vec![one.index(before.len())], several.into_iter().filter(|place| *place < after.len()).collect())
            } else {
                (several.into_iter().filter(|place| *place < before.len()).collect(), vec![one.index(after.len())])
            };
            let known = after.clone();
            let held = links.clone();
            let mut matching = Matching::new(&before, &mut after, &links);
            let replaced = matching.set(&from, &to, || { made += 1; format!("x{made}") });
            links = matching.links();
            check(&before, &after, &links);
            let joined = links.iter().find(|link| link.from == from.iter().map(|place| before[*place].key.clone()).collect::<Vec<_>>()
                && link.to == to.iter().map(|place| after[*place].key.clone()).collect::<Vec<_>>());
            prop_assert!(joined.is_some() || from.is_empty() || to.is_empty());
            if let Some(replaced) = replaced {
                undos.push((replaced, known, held));
            }
        }
        for (replaced, known, held) in undos.into_iter().rev() {
            let keys: Vec<(usize, String)> =
                replaced.iter().flat_map(|one| &one.to).map(|place| (*place, known[*place].key.clone())).collect();
            let mut matching = Matching::new(&before, &mut after, &links);
            matching.restore(&replaced, &keys);
            links = matching.links();
            prop_assert_eq!(&after, &known);
            let by_keys = |links: &[Link]| {
                let mut all: Vec<(Vec<String>, Vec<String>, Change)> =
                    links.iter().map(|link| (link.from.clone(), link.to.clone(), link.change)).collect();
                all.sort();
                all
            };
            prop_assert_eq!(by_keys(&links), by_keys(&held));
        }
    }
}

fn deed() -> Deed {
    Deed { actor: Actor::CommandLine, now: DateTime::UNIX_EPOCH, chance: Chance::system() }
}

/// A proposal with version 1 out and version 2 waiting.
async fn two_versions(stage: &Stage, first: &str, second: &str) -> (Id, Version) {
    let consultation = stage.consultation_id;
    let made = stage
        .store
        .write(Side::Members, move |tx| document::make(tx, &deed(), consultation, Kind::Proposal, "Ours"))
        .await
        .unwrap();
    import(stage, made.id, first).await;
    stage.store.write(Side::Members, move |tx| version::publish(tx, &deed(), made.id, 1, "")).await.unwrap();
    (made.id, import(stage, made.id, second).await)
}

async fn import(stage: &Stage, document: Id, source: &str) -> Version {
    let base = stage.store.read(move |tx| version::base(tx, document)).await.unwrap();
    let ready = version::prepare(&base, parse(Format::Markdown, source).unwrap(), &Chance::system());
    stage.store.write(Side::Members, move |tx| version::store(tx, &deed(), document, &ready)).await.unwrap()
}

async fn texts(stage: &Stage, document: Id) -> (Vec<Block>, Vec<Block>, Vec<Link>) {
    let read = move |tx: &mut Tx| {
        let (one, two) = (version::by_number(tx, document, 1)?, version::by_number(tx, document, 2)?);
        Ok::<_, Refusal>((version::blocks(tx, one.id)?, version::blocks(tx, two.id)?, between(tx, document, 1, 2)?))
    };
    stage.store.read(read).await.unwrap()
}

async fn corrects(stage: &Stage, document: Id, version: Id, correction: Correction) -> Result<(), Refusal> {
    stage.store.write(Side::Members, move |tx| correct(tx, &deed(), document, version, &correction)).await
}

const FIRST: &str = "## Posts\n\nThree senior posts are enough.\n\nNobody rides alone.";
const SECOND: &str =
    "## Posts\n\nWhat the county needs is a table at which few sit.\n\nNobody rides alone.\n\nTea is free.";

#[tokio::test]
async fn a_passage_matched_by_hand_keeps_its_key_and_can_be_undone() {
    for stage in stages(DateTime::UNIX_EPOCH).await {
        let (id, version) = two_versions(&stage, FIRST, SECOND).await;
        let (before, after, links) = texts(&stage, id).await;
        let (old, new) = (before[1].key.clone(), after[1].key.clone());
        assert_ne!(old, new, "nothing in common");

        let says = Correction::Became { from: old.clone(), to: vec![new.clone()] };
        corrects(&stage, id, version.id, says.clone()).await.unwrap();
        let (_, now, corrected) = texts(&stage, id).await;
        assert_eq!(now[1].key, old);
        let link = corrected.iter().find(|link| link.from == [old.clone()]).unwrap();
        assert_eq!(
            (link.change, &link.to, link.score.to_bits()),
            (Change::Reworded, &vec![old.clone()], 1.0_f64.to_bits())
        );
        check(&before, &now, &corrected);
        // The key it had is nobody's any more.
        assert!(matches!(
            corrects(&stage, id, version.id, says).await,
            Err(Refusal::Conflict { code: "stale-match", .. })
        ));
        let (earlier, later) = (before.clone(), now.clone());
        let of = version.clone();
        let hand = stage.store.read(move |tx| by_hand(tx, &of, &earlier, &later)).await.unwrap();
        assert_eq!((hand.corrections, hand.from.contains(&old), hand.to.contains(&old)), (1, true, true));

        let gone = Correction::Became { from: before[2].key.clone(), to: Vec::new() };
        corrects(&stage, id, version.id, gone).await.unwrap();
        let (_, now, corrected) = texts(&stage, id).await;
        check(&before, &now, &corrected);
        assert!(corrected.iter().any(|link| link.change == Change::Gone && link.from == [before[2].key.clone()]));
        assert!(now.iter().all(|block| block.key != before[2].key));

        for _ in 0..2 {
            stage.store.write(Side::Members, move |tx| undo(tx, &deed(), id, version.id)).await.unwrap();
        }
        assert_eq!(texts(&stage, id).await, (before, after, links));
        let nothing = stage.store.write(Side::Members, move |tx| undo(tx, &deed(), id, version.id)).await;
        assert!(matches!(nothing, Err(Refusal::Conflict { code: "nothing-to-undo", .. })));
    }
}

#[tokio::test]
async fn corrections_go_with_the_text_they_were_about() {
    for stage in stages(DateTime::UNIX_EPOCH).await {
        let (id, version) = two_versions(&stage, FIRST, SECOND).await;
        let (before, after, _) = texts(&stage, id).await;
        let says = Correction::Was { to: after[1].key.clone(), from: vec![before[1].key.clone()] };
        corrects(&stage, id, version.id, says.clone()).await.unwrap();
        let newer = import(&stage, id, SECOND).await;
        let late = corrects(&stage, id, version.id, says).await;
        assert!(matches!(late, Err(Refusal::Conflict { code: "stale-version", .. })));
        let (_, again, links) = texts(&stage, id).await;
        check(&before, &again, &links);
        assert_ne!(again[1].key, before[1].key, "matched anew");
        let of = newer.clone();
        let hand = stage.store.read(move |tx| by_hand(tx, &of, &[], &[])).await.unwrap();
        assert_eq!(hand.corrections, 0);
        let unknown = Correction::Became { from: "nosuch".to_owned(), to: Vec::new() };
        assert!(matches!(
            corrects(&stage, id, newer.id, unknown).await,
            Err(Refusal::Conflict { code: "stale-match", .. })
        ));
    }
}

#[tokio::test]
async fn what_is_published_is_not_corrected() {
    for stage in stages(DateTime::UNIX_EPOCH).await {
        let (id, version) = two_versions(&stage, FIRST, SECOND).await;
        let (before, after, _) = texts(&stage, id).await;
        stage.store.write(Side::Members, move |tx| version::publish(tx, &deed(), id, 2, "Few words")).await.unwrap();
        let kept = texts(&stage, id).await;
        let first = stage.store.read(move |tx| version::by_number(tx, id, 1)).await.unwrap();
        for of in [version.id, first.id] {
            let says = Correction::Became { from: before[1].key.clone(), to: vec![after[1].key.clone()] };
            let refused = corrects(&stage, id, of, says).await;
            assert!(matches!(refused, Err(Refusal::Conflict { code: "already-published", .. })));
            let undone = stage.store.write(Side::Members, move |tx| undo(tx, &deed(), id, of)).await;
            assert!(matches!(undone, Err(Refusal::Conflict { code: "already-published", .. })));
        }
        assert_eq!(texts(&stage, id).await, kept);
    }
}
