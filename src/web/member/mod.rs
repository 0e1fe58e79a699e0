//! The member's pages: from her link to her receipt, without an account and without JavaScript.

pub mod change;
pub mod changed;
pub mod code;
pub mod comment;
pub mod compare;
pub mod finish;
pub mod front;
pub mod keep;
pub mod letter;
pub mod lost;
pub mod mine;
pub mod number;
pub mod picture;
pub mod poster;
pub mod printed;
pub mod questions;
pub mod read;
pub mod receipt;
pub mod stop;
pub mod version;
pub mod who_sees;
pub mod withdraw;

mod asked;
mod frame;
mod here;
mod kept;
mod leaf;
mod onlooker;
mod outside;
mod own;
mod own_answers;
mod parts;
mod passage;
mod preview;
mod qr;
mod sheet;
mod shelf;
mod spread;
mod typed;

pub use asked::{asked_view, choice_view, choice_words, passages};
pub use frame::{Frame, bare_page, contact, deadline, language_of};
pub use here::Here;
pub use leaf::cited;
pub use qr::square;
pub use shelf::{Edition, Shelf};
