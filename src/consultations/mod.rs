//! What members are asked: a consultation, its deadline, whom it is put to and under which labels.
//!
//! Leaves the text they read to `drafts`, the mail that reaches them to `mail`, and what they say
//! to `responses`. Nothing here knows a voice.

mod change;
mod consultation;
mod deadline;
mod invitation;
pub mod joining;
mod label;
mod opening;
mod outlook;
mod printed;
mod queries;
pub mod question;
mod slug;

pub use change::{Change, change};
pub use consultation::{
    Consultation, Contact, New, PublicPage, State, Teams, batch_done, by_id, by_slug, check_open, checked, close,
    close_because, close_due, extend, later, list, make, teams_of, touch_desks,
};
pub use deadline::{Arrival, Deadline};
pub use invitation::{
    AccessCode, Invitation, Tokens, answer_for, by_link, by_member, by_printed_code, by_stop, check_code, choices,
    code_digits, get, invitations_of_address, invited, labelled, link_token, new_code, no_more_reminders, printed_code,
    renew, stop_token,
};
pub use label::{Label, SMALLEST, Unit, draw, of_consultation};
pub use opening::open;
pub use outlook::{LabelOutlook, Outlook, TeamOutlook, outlook};
pub use printed::{PrintedCode, printed_codes};
pub use question::{NewQuestion, Question, QuestionKind, Scale};
pub use slug::free_slug;
