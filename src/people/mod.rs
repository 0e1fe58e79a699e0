//! People: teams in a tree, members and reps, staff accounts with their roles, API tokens, and
//! the member list that comes as a file.
//!
//! What it leaves to others: who is asked what (`consultations`), what is sent to whom (`mail`),
//! who is signed in (`web`). Nothing here knows what anybody said.

pub mod account;
pub mod import;
pub mod member;
pub mod password;
mod queries;
pub mod role;
pub mod sign_in;
pub mod staff;
pub mod team;
pub mod token;

pub use member::Member;
pub use password::Passwords;
pub use role::{Role, Roles};
pub use staff::Staff;
pub use team::Team;
pub use token::ApiToken;
