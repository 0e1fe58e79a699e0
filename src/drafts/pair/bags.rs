//! Texts as bags of words: how rare each word is, and how alike two bags are.

use std::collections::HashMap;

/// Weights by word, sorted by word; their squares add up to 1, unless it is empty.
pub(super) type Bag = Vec<(usize, f64)>;

pub(super) fn bag(counts: &HashMap<usize, f64>, rarity: &[f64]) -> Bag {
    let mut bag: Bag = counts.iter().map(|(word, count)| (*word, (1.0 + count.ln()) * rarity[*word])).collect();
    bag.retain(|(_, weight)| *weight > 0.0);
    // Sorted, so that sums come out the same each time.
    bag.sort_by_key(|(word, _)| *word);
    let length = bag.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    if length > 0.0 {
        for (_, weight) in &mut bag {
            *weight /= length;
        }
    }
    bag
}

/// Bags by the words they hold.
pub(super) struct Index {
    holders: Vec<Vec<(usize, f64)>>,
    count: usize,
}

impl Index {
    pub(super) fn of(bags: &[Bag], words: usize) -> Self {
        let mut holders = vec![Vec::new(); words];
        for (place, bag) in bags.iter().enumerate() {
            for (word, weight) in bag {
                holders[*word].push((place, *weight));
            }
        }
        Self { holders, count: bags.len() }
    }

    /// How alike a bag is to each one here.
    pub(super) fn cosines(&self, bag: &[(usize, f64)]) -> Vec<f64> {
        let mut sums = vec![0.0; self.count];
        for (word, weight) in bag {
            for (place, other) in self.holders.get(*word).into_iter().flatten() {
                sums[*place] += weight * other;
            }
        }
        sums
    }
}

/// All words of both texts, and in how many blocks each stands.
#[derive(Default)]
pub(super) struct Words {
    names: HashMap<String, usize>,
    blocks_with: Vec<usize>,
    blocks: usize,
}

impl Words {
    pub(super) fn count(&mut self, text: &str) -> HashMap<usize, f64> {
        let mut counts: HashMap<usize, f64> = HashMap::new();
        for word in text.split(|sign: char| !sign.is_alphanumeric()).filter_map(stem) {
            let next = self.names.len();
            let name = *self.names.entry(word).or_insert(next);
            *counts.entry(name).or_default() += 1.0;
        }
        self.blocks_with.resize(self.names.len(), 0);
        for word in counts.keys() {
            self.blocks_with[*word] += 1;
        }
        self.blocks += 1;
        counts
    }

    /// The rarer a word, the more it says; words that stand everywhere say nothing.
    #[expect(clippy::cast_precision_loss, reason = "a text has far fewer than 2^52 blocks")]
    pub(super) fn rarity(&self) -> Vec<f64> {
        let rarity = |with: &usize| {
            let everywhere = self.blocks >= FEW_BLOCKS && *with * 5 > self.blocks;
            if everywhere { 0.0 } else { (1.0 + self.blocks as f64 / (*with).max(1) as f64).ln() }
        };
        self.blocks_with.iter().map(rarity).collect()
    }
}

/// With fewer blocks nothing can be told from how many of them hold a word.
const FEW_BLOCKS: usize = 20;

/// A word without its commonest endings, so that "posts" is "post". Figures are left out: they are
/// what two texts differ in.
fn stem(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    if word.chars().count() < 2 || word.chars().all(char::is_numeric) {
        return None;
    }
    let mut stem = word.as_str();
    for ending in ["ies", "ing", "ed", "s", "y"] {
        if let Some(short) = stem.strip_suffix(ending)
            && short.chars().count() >= 3
        {
            stem = short;
            break;
        }
    }
    Some(stem.trim_end_matches('e').to_owned())
}
