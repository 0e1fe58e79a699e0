//! Counting comments, exact at the grain of labels: for use inside the union.

use serde::Serialize;

use super::comment::{Permission, Position};
use super::desk::Desk;

crate::values! {
    /// What comments are counted by, each against the four positions.
    By { Block = "block", Label = "label", Permission = "permission" }
}

/// How many comments take each position.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub support: usize,
    pub support_if: usize,
    pub oppose: usize,
    pub neutral: usize,
}

impl Counts {
    #[must_use]
    pub fn of(&self, position: Position) -> usize {
        match position {
            Position::Support => self.support,
            Position::SupportIf => self.support_if,
            Position::Oppose => self.oppose,
            Position::Neutral => self.neutral,
        }
    }

    #[must_use]
    pub fn total(&self) -> usize {
        Position::ALL.iter().map(|position| self.of(*position)).sum()
    }

    /// Counts one more.
    pub fn add(&mut self, position: Position) {
        *match position {
            Position::Support => &mut self.support,
            Position::SupportIf => &mut self.support_if,
            Position::Oppose => &mut self.oppose,
            Position::Neutral => &mut self.neutral,
        } += 1;
    }
}

impl Desk {
    /// Counts in the order of [`Desk::places`] (those with comments), [`Desk::labels`] (all) or
    /// [`Permission::ALL`].
    #[must_use]
    pub fn tally(&self, by: By) -> Vec<Counts> {
        let rows = match by {
            By::Block => self.places.len(),
            By::Label => self.labels.len(),
            By::Permission => Permission::ALL.len(),
        };
        let mut counts = vec![Counts::default(); rows];
        for entry in &self.entries {
            let row = match by {
                By::Block => entry.place as usize,
                By::Label => usize::from(entry.label),
                By::Permission => entry.permission as usize,
            };
            if let Some(counts) = counts.get_mut(row) {
                counts.add(entry.position);
            }
        }
        counts
    }

    /// All comments at the desks.
    #[must_use]
    pub fn total(&self) -> Counts {
        let mut all = Counts::default();
        self.entries.iter().for_each(|entry| all.add(entry.position));
        all
    }
}
