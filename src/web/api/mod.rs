//! The JSON API under `/api/v1`: one resource per file. Names are promises; shapes are described by
//! the OpenAPI document that [`openapi`] serves.

pub mod answers;
pub mod comments;
pub mod consultations;
pub mod documents;
pub mod group_responses;
pub mod mailings;
pub mod me;
pub mod members;
pub mod openapi;
pub mod releases;
pub mod session;
pub mod tallies;
pub mod teams;

mod asked;
mod given;
mod replay;
#[cfg(test)]
mod tests;
