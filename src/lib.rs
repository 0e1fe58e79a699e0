//! Soundings: publishes drafts, collects members' comments by team and deadline, reminds, and
//! collates what was said for negotiators.

pub mod app;
pub mod assets;
pub mod audit;
pub mod cli;
pub mod clock;
pub mod collation;
pub mod consultations;
pub mod demo;
pub mod drafts;
pub mod ids;
pub mod jobs;
pub mod keys;
pub mod links;
pub mod mail;
pub mod people;
pub mod refusal;
pub mod render;
pub mod responses;
pub mod settings;
pub mod store;
pub mod text;
pub mod web;
pub mod words;
