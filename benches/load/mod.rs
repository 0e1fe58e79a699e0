//! What the limits are measured with: an installation, the real program, and a client.

pub mod bare;
pub mod client;
pub mod comments;
pub mod desks;
pub mod door;
pub mod export;
pub mod import;
pub mod invitations;
pub mod long;
pub mod looked;
pub mod mailed;
pub mod one_address;
pub mod page;
pub mod reading;
pub mod server;
pub mod stage;
pub mod start;
pub mod word;

use std::time::Duration;

/// One line of the table, and what else was seen.
pub struct Measured {
    pub limit: &'static str,
    pub wanted: &'static str,
    pub figure: String,
    /// None: measured for comparison, without a limit.
    pub holds: Option<bool>,
    pub notes: Vec<String>,
}

/// The middle one; of an even number the upper of the two.
pub fn median<T: PartialOrd + Copy>(mut values: Vec<T>) -> T {
    values.sort_by(|one, other| one.partial_cmp(other).expect("numbers that can be ordered"));
    values[values.len() / 2]
}

/// How many a second.
pub fn rate(count: u32, took: Duration) -> f64 {
    f64::from(count) / took.as_secs_f64()
}
