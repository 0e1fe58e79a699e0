//! What became of each block between two versions.
//!
//! In four steps, each building on the last: passages that are word for word the same and can be
//! told apart (`same`); passages with other words, and those divided or joined (`similar`, `cut`),
//! the surest first; what stands in its order (`order`); keys. Repeated and short passages are only
//! matched where their neighbours or their section say which is which: rather *gone* than wrong.
//!
//! *Unchanged* and *moved* are the same words, whatever their case, spaces, written numbers and the
//! shape of their quotation marks. Any other difference is *reworded*, a number or a "not" too, and
//! a passage that was moved and reworded is *reworded*: that is what its readers must look at.

mod cut;
mod likeness;
mod matches;
mod order;
mod same;
mod similar;
mod words;

use std::collections::HashMap;

use matches::{Group, Matches};
use words::{Both, Passage};
pub(super) use words::{Wording, plain, same_sign};

use super::block::{Block, BlockKind};
use super::change::{Change, Link};
use super::number::Numbered;

/// Most rounds of looking for what is alike.
const ROUNDS: usize = 8;

/// Keys for the later version's blocks, and the links: in its order, then what is gone.
///
/// A passage keeps its key; of a division the part with most of the words keeps it, of a merger the
/// longest source's key stays. A passage that stood in an earlier version (`former`, the latest
/// wording of keys that the version before lacks) and comes back word for word gets that key again;
/// it is *added* between these two versions.
pub(super) fn align(
    before: &[Block],
    former: &[Block],
    after: &[Numbered],
    mut new_key: impl FnMut() -> String,
) -> (Vec<String>, Vec<Link>) {
    let old: Vec<Wording> = before.iter().map(Wording::from).collect();
    let new: Vec<Wording> = after.iter().map(Wording::from).collect();
    let both = Both::read(&old, &new);
    let groups = matched(&both);
    let mut keys: Vec<Option<&str>> = vec![None; after.len()];
    for (group, _) in &groups {
        let source = heaviest(&group.old, &both.old);
        let heir = heaviest(&group.new, &both.new);
        keys[heir] = Some(&before[source].key);
    }
    let returned = returned(former, &new, &keys);
    let keys: Vec<String> = keys
        .iter()
        .enumerate()
        .map(|(place, key)| match key.or_else(|| returned.get(&place).copied()) {
            Some(key) => key.to_owned(),
            None => new_key(),
        })
        .collect();
    let links = links(before, &keys, &groups);
    (keys, links)
}

/// How alike two texts are, 0 to 1.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    let wording = |text| Wording { kind: BlockKind::Paragraph, text };
    let both = Both::read(&[wording(one)], &[wording(other)]);
    likeness::alike(&both.old[0], &both.new[0], &both.weights)
}

/// Of pairs of an old place, a new place and a weight, sorted by the new: whether each is in the
/// heaviest run that rises on both sides.
pub(super) fn in_order(pairs: &[(usize, usize, u64)]) -> Vec<bool> {
    let pairs: Vec<order::Pair> =
        pairs.iter().map(|(old, new, weight)| order::Pair { old: *old, new: *new, weight: *weight }).collect();
    order::in_order(&pairs)
}

/// What belongs together, by its place in the later version.
fn matched(both: &Both) -> Vec<(Group, Change)> {
    let mut matches = Matches::new(both);
    same::join(&mut matches);
    for round in 0..ROUNDS {
        let joined = similar::join(&mut matches, round);
        matches.look_again();
        same::join(&mut matches);
        if joined == 0 && round >= similar::SURE_ROUNDS {
            break;
        }
    }
    matches.part_strays();
    let pairs = matches.pairs();
    let kept: HashMap<usize, bool> = pairs.iter().map(|pair| pair.new).zip(order::in_order(&pairs)).collect();
    let mut groups: Vec<(Group, Change)> = matches
        .groups
        .into_iter()
        .map(|group| {
            let change = match (group.old.len(), group.new.len()) {
                (1, 1) if !group.is_same => Change::Reworded,
                (1, 1) if kept[&group.new[0]] => Change::Unchanged,
                (1, 1) => Change::Moved,
                (1, _) => Change::Split,
                _ => Change::Merged,
            };
            (group, change)
        })
        .collect();
    groups.sort_unstable_by_key(|(group, _)| group.new[0]);
    groups
}

fn heaviest(places: &[usize], passages: &[Passage]) -> usize {
    let first = places[0];
    let heavier =
        |best: usize, place: &usize| if passages[*place].length > passages[best].length { *place } else { best };
    places.iter().fold(first, heavier)
}

fn links(before: &[Block], keys: &[String], groups: &[(Group, Change)]) -> Vec<Link> {
    let mut starts: HashMap<usize, &(Group, Change)> = HashMap::new();
    let mut taken = vec![false; before.len()];
    let mut held = vec![false; keys.len()];
    for group in groups {
        starts.insert(group.0.new[0], group);
        group.0.old.iter().for_each(|place| taken[*place] = true);
        group.0.new.iter().for_each(|place| held[*place] = true);
    }
    let mut links = Vec::with_capacity(keys.len());
    for (place, key) in keys.iter().enumerate() {
        if let Some((group, change)) = starts.get(&place) {
            let from = group.old.iter().map(|place| before[*place].key.clone()).collect();
            let to = group.new.iter().map(|place| keys[*place].clone()).collect();
            links.push(Link { change: *change, from, to, score: group.score });
        } else if !held[place] {
            links.push(Link::new(Change::Added, None, Some(key)));
        }
    }
    let gone = before.iter().zip(&taken).filter(|(_, taken)| !**taken);
    links.extend(gone.map(|(block, _)| Link::new(Change::Gone, Some(&block.key), None)));
    links
}

/// The places without a key whose words stood in the text before, with the keys they had then.
/// Words that stand twice, in either text, could be anybody's.
fn returned<'b>(former: &'b [Block], new: &[Wording], keys: &[Option<&str>]) -> HashMap<usize, &'b str> {
    const FEW_WORDS: usize = 4;
    let stood: Vec<Wording> = former.iter().map(Wording::from).collect();
    let (stood, plain) = (words::plain(&stood), words::plain(new));
    let (mut known, mut times): (HashMap<&str, Vec<&str>>, HashMap<&str, usize>) = (HashMap::new(), HashMap::new());
    for (block, words) in former.iter().zip(&stood) {
        known.entry(words).or_default().push(&block.key);
    }
    for words in &plain {
        *times.entry(words).or_default() += 1;
    }
    let key = |(place, words): (usize, &String)| match known.get(words.as_str()).map(Vec::as_slice) {
        Some([key]) if keys[place].is_none() && times[words.as_str()] == 1 => {
            (words.split(' ').count() >= FEW_WORDS).then_some((place, *key))
        }
        _ => None,
    };
    plain.iter().enumerate().filter_map(key).collect()
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod trial;
