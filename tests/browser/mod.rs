//! Journeys in a real Chromium: phone and desk, with and without JavaScript.

mod changing;
mod closing;
mod demo;
mod desks;
mod editing;
mod journey;
mod keeping;
mod living;
mod mailing;
mod reading;
mod setup;
mod staff;
mod texts;
mod together;
mod window;
