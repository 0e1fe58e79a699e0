//! The staff's first pages: sign in by a one-time link, see how teams are doing, read what was said.

pub mod comments;
pub mod home;
pub mod progress;
pub mod sign_in;
