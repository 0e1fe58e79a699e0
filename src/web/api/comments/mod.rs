//! Comments: members send, change and withdraw theirs and finish; negotiators read what has
//! reached the desks.

mod reading;
mod writing;

pub use reading::list;
pub use writing::{change, finish, submit, withdraw};
