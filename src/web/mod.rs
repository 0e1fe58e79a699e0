//! The service as browsers and programs meet it: pages for members and staff, and the JSON API.
//!
//! A handler reads what was asked, calls one domain, and shows the answer; rules live below. Who may
//! call what stands in one table ([`routes`]); sessions, CSRF, headers and logging are done around it.

mod around;
mod changes;
mod comparing;
mod csrf;
mod download;
mod error;
mod form;
mod groups;
mod house;
mod joining;
mod quoting;
pub mod routes;
#[cfg(test)]
mod samples;
mod session;
mod standing;
mod upload;
pub mod view;
mod visitor;

pub mod api;
mod desk;
mod member;
mod site;

pub use around::{Arrived, around};
pub use error::Failure;
pub use house::House;
pub use member::Shelf;
