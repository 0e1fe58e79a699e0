//! A number of people that is only known to lie between two bounds.
//!
//! Who was at a meeting may have answered by herself as well, and nobody may look: so what was said
//! in groups is never added to what was said alone. The least is the largest part, as if everybody
//! in the others were in it too; the most is the sum, as if nobody were counted twice.

use std::fmt;

use serde::Serialize;

/// From `least` to `most` people, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    pub least: usize,
    pub most: usize,
}

impl Span {
    /// Parts that may overlap in any way.
    #[must_use]
    pub fn of(parts: impl IntoIterator<Item = usize>) -> Self {
        parts.into_iter().fold(Self::default(), Self::beside)
    }

    /// With `part` more people, of whom any number may be counted already.
    #[must_use]
    pub fn beside(self, part: usize) -> Self {
        Self { least: self.least.max(part), most: self.most.saturating_add(part) }
    }

    /// Whether it is one number after all.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.least == self.most
    }
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_exact() { write!(out, "{}", self.most) } else { write!(out, "{}–{}", self.least, self.most) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_meeting_beside_eighty_three_answers_makes_a_range() {
        let span = Span::of([83, 21]);
        assert_eq!((span.least, span.most), (83, 104));
        assert_eq!(span.to_string(), "83–104");
        assert_eq!(Span::of([83]).to_string(), "83");
        assert_eq!(Span::of([]).to_string(), "0");
    }

    #[test]
    fn one_person_by_web_paper_and_link_is_one_to_three() {
        assert_eq!(Span::of([1, 1, 1]), Span { least: 1, most: 3 });
    }

    proptest! {
        #[test]
        fn the_truth_is_never_outside(groups in prop::collection::vec(prop::collection::btree_set(0_u16..200, 0..60), 0..8)) {
            let people: BTreeSet<u16> = groups.iter().flatten().copied().collect();
            let span = Span::of(groups.iter().map(BTreeSet::len));
            prop_assert!((span.least..=span.most).contains(&people.len()));
        }

        #[test]
        fn both_bounds_can_be_true(parts in prop::collection::vec(0_usize..50, 0..8)) {
            let span = Span::of(parts.iter().copied());
            let nested: BTreeSet<usize> = parts.iter().flat_map(|part| 0..*part).collect();
            let mut next = 0;
            let apart: BTreeSet<usize> = parts.iter().flat_map(|part| { next += part; next - part..next }).collect();
            prop_assert_eq!((nested.len(), apart.len()), (span.least, span.most));
        }

        #[test]
        fn taking_a_part_away_leaves_what_would_have_been_without_it(
            parts in prop::collection::vec(0_usize..500, 1..8), which in any::<prop::sample::Index>(),
        ) {
            let mut rest = parts.clone();
            let gone = rest.remove(which.index(parts.len()));
            let (whole, rest) = (Span::of(parts), Span::of(rest));
            prop_assert_eq!(rest.beside(gone), whole, "the order does not matter");
            prop_assert_eq!(rest.most + gone, whole.most);
            prop_assert!(rest.least <= whole.least && rest.least.max(gone) == whole.least);
        }
    }
}
