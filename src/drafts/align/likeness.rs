//! How alike passages are: shared words by their weight, and shared couples of words.

use super::words::{Both, Passage};

/// What two bags of words share.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shared {
    /// The weight of the shared words.
    pub(super) words: f64,
    pub(super) couples: usize,
}

pub(super) fn shared(one: &Passage, other: &Passage, weights: &[f64]) -> Shared {
    Shared { words: shared_words(&one.bag, &other.bag, weights), couples: shared_sorted(&one.couples, &other.couples) }
}

fn shared_words(one: &[(u32, u32)], other: &[(u32, u32)], weights: &[f64]) -> f64 {
    let (mut left, mut right, mut sum) = (0, 0, 0.0);
    while let (Some((word, times)), Some((same, others))) = (one.get(left), other.get(right)) {
        match word.cmp(same) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                sum += weights[*word as usize] * f64::from(*times.min(others));
                left += 1;
                right += 1;
            }
        }
    }
    sum
}

fn shared_sorted<T: Ord>(one: &[T], other: &[T]) -> usize {
    let (mut left, mut right, mut count) = (0, 0, 0);
    while let (Some(mine), Some(yours)) = (one.get(left), other.get(right)) {
        match mine.cmp(yours) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                left += 1;
                right += 1;
            }
        }
    }
    count
}

pub(super) fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// 0 to 1: mostly how much of both is shared, and a little how much of the shorter is, so that a
/// paragraph to which sentences were added is known again.
pub(super) fn alike(one: &Passage, other: &Passage, weights: &[f64]) -> f64 {
    let shared = shared(one, other, weights);
    let words = blend(shared.words, one.weight, other.weight);
    let likeness = if one.couples.is_empty() || other.couples.is_empty() {
        words
    } else {
        0.75 * words + 0.25 * blend(count(shared.couples), count(one.couples.len()), count(other.couples.len()))
    };
    let rows = shared_sorted(&one.rows, &other.rows);
    let likeness = if rows >= 2 {
        likeness.max(0.4 + 0.5 * count(rows) / count(one.rows.len().min(other.rows.len())))
    } else {
        likeness
    };
    likeness.min(1.0)
}

fn blend(shared: f64, one: f64, other: f64) -> f64 {
    if one <= 0.0 || other <= 0.0 {
        return 0.0;
    }
    0.65 * 2.0 * shared / (one + other) + 0.35 * shared / one.min(other)
}

/// How much of `part` stands in `whole`: of its words by weight, of its couples.
pub(super) fn inside(part: &Passage, whole: &Passage, weights: &[f64]) -> (f64, f64) {
    let shared = shared(part, whole, weights);
    let couples = if part.couples.is_empty() { 0.0 } else { count(shared.couples) / count(part.couples.len()) };
    (if part.weight > 0.0 { shared.words / part.weight } else { 0.0 }, couples)
}

/// How alike a passage is with several others laid together.
pub(super) fn alike_with_all(one: &Passage, parts: &[&Passage], both: &Both) -> f64 {
    let mut bag: Vec<(u32, u32)> = parts.iter().flat_map(|part| part.bag.iter().copied()).collect();
    bag.sort_unstable();
    bag.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 += next.1;
        }
        is_same
    });
    let mut couples: Vec<u64> = parts.iter().flat_map(|part| part.couples.iter().copied()).collect();
    couples.sort_unstable();
    let weight: f64 = parts.iter().map(|part| part.weight).sum();
    let words = 2.0 * shared_words(&one.bag, &bag, &both.weights) / (one.weight + weight).max(1.0);
    let together =
        2.0 * count(shared_sorted(&one.couples, &couples)) / count(one.couples.len() + couples.len()).max(1.0);
    0.75 * words + 0.25 * together
}
