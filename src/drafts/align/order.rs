//! Which pairs stay in their order, and which went elsewhere.

/// An old and a new place that belong together, and how much they weigh.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) weight: u64,
}

/// Whether each pair is in the heaviest run that rises on both sides. The pairs come sorted by
/// their new place.
pub(super) fn in_order(pairs: &[Pair]) -> Vec<bool> {
    let mut ranks: Vec<usize> = pairs.iter().map(|pair| pair.old).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let mut best = Heaviest::new(ranks.len());
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let mut last: Option<(u64, usize)> = None;
    for (index, pair) in pairs.iter().enumerate() {
        let rank = ranks.partition_point(|old| *old < pair.old);
        let ahead = best.below(rank);
        let weight = ahead.map_or(0, |(weight, _)| weight) + pair.weight;
        before.push(ahead.map(|(_, index)| index));
        best.put(rank, (weight, index));
        if last.is_none_or(|(heaviest, _)| weight > heaviest) {
            last = Some((weight, index));
        }
    }
    let mut kept = vec![false; pairs.len()];
    let mut next = last.map(|(_, index)| index);
    while let Some(index) = next {
        kept[index] = true;
        next = before[index];
    }
    kept
}

/// The heaviest run that ends below a rank (Fenwick 1994).
struct Heaviest(Vec<Option<(u64, usize)>>);

impl Heaviest {
    fn new(ranks: usize) -> Self {
        Self(vec![None; ranks + 1])
    }

    fn below(&self, rank: usize) -> Option<(u64, usize)> {
        let (mut at, mut best) = (rank, None);
        while at > 0 {
            best = heavier(best, self.0[at]);
            at &= at - 1;
        }
        best
    }

    fn put(&mut self, rank: usize, run: (u64, usize)) {
        let mut at = rank + 1;
        while at < self.0.len() {
            self.0[at] = heavier(self.0[at], Some(run));
            at += at & at.wrapping_neg();
        }
    }
}

/// Of two equally heavy runs the one that was there first.
fn heavier(one: Option<(u64, usize)>, other: Option<(u64, usize)>) -> Option<(u64, usize)> {
    match (one, other) {
        (Some(one), Some(other)) if other.0 > one.0 => Some(other),
        (None, other) => other,
        (one, _) => one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(old: &[(usize, u64)]) -> Vec<bool> {
        let pairs: Vec<Pair> =
            old.iter().enumerate().map(|(new, (old, weight))| Pair { old: *old, new, weight: *weight }).collect();
        in_order(&pairs)
    }

    #[test]
    fn the_heavier_passage_stays_and_the_lighter_moves() {
        assert_eq!(kept(&[(1, 5), (0, 9)]), [false, true]);
        assert_eq!(kept(&[(1, 9), (0, 5)]), [true, false]);
        assert_eq!(kept(&[(2, 3), (0, 2), (1, 2)]), [false, true, true]);
        assert_eq!(kept(&[]), [false; 0]);
    }
}
