//! Work that nobody waits for: a schedule, a worker, and one shallow file per kind of work.
//!
//! What the work means belongs to the domains; here is only when it is done, by whom it is held
//! meanwhile, and that a killed worker's work is taken up by another.

mod counter;
mod deliver;
mod fan_out;
mod hands;
mod join_letter;
pub mod link_again;
mod schedule;
mod trial;
mod worker;

pub use deliver::{Delivered, all_due};
pub use hands::{Hands, Stop, Stopper};
pub use worker::{Done, pass, run};

#[cfg(test)]
mod mail_tests;
#[cfg(test)]
mod tests;
