//! Published versions, rendered once and served from memory.

/// Placeholder until the reading page fills it.
#[derive(Default)]
pub struct Shelf;
