//! Journeys in a real Chromium: phone and desk, with and without JavaScript.

mod closing;
mod demo;
mod desks;
mod editing;
mod journey;
mod keeping;
mod mailing;
mod reading;
mod setup;
mod staff;
mod window;
