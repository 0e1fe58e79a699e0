//! Journeys in a real Chromium: phone and desk, with and without JavaScript.

mod journey;
mod staff;
mod window;
