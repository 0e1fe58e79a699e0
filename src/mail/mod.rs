//! Mail.

pub mod view;
