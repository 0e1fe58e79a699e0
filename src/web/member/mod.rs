//! The member's pages: from her link to her receipt, without an account and without JavaScript.

pub mod change;
pub mod code;
pub mod comment;
pub mod finish;
pub mod front;
pub mod letter;
pub mod lost;
pub mod mine;
pub mod picture;
pub mod poster;
pub mod printed;
pub mod read;
pub mod receipt;
pub mod stop;
pub mod who_sees;
pub mod withdraw;

mod frame;
mod here;
mod outside;
mod own;
mod passage;
mod qr;
mod sheet;
mod shelf;
mod typed;

pub use frame::{bare_page, language_of};
pub use here::Here;
pub use shelf::{Edition, Shelf};
