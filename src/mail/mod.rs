//! Mail that leaves: mailings to teams, one outbox row for each recipient, and the messages made
//! of them; single letters (a link again, a code); what organisers may know about delivery.
//!
//! Leaves *when* work is done to `jobs`, and who has finished to `responses`: nothing here knows a
//! voice. No body is stored; a letter is written at the moment it is sent.

mod again;
mod channel;
mod closing;
mod course;
mod delivery;
mod due;
mod extension;
mod gather;
mod joining;
mod letter;
mod mailing;
mod message;
mod outbox;
mod planning;
mod preview;
mod queries;
mod recipients;
mod sheet;
mod standard;
mod transport;
mod trial;
pub mod view;
mod wording;

pub use again::{Again, send_again};
pub use channel::{ChannelTrouble, channel_trouble, open_channel, pause_channel, room, try_channel_now};
pub use closing::{Closing, close, foresee_closing};
pub use course::{FAN_OUT, cancel, finish_sent, follow_deadline, pause, resume, send_now, start_due};
pub use delivery::{Delivery, Missed, TeamDelivery, Unreachable, Why, delivered, missed, of_consultation, unreachable};
pub use due::{Timing, When};
pub use extension::{Extension, MovedMailing, extend, foresee_extension};
pub use gather::letters;
pub use joining::{JOIN_LETTER, JoinLetter, ask_join_letter, join_letter};
pub use letter::{Letter, Stationery, Unwritable};
pub use mailing::{Audience, Change, Kind, Mailing, New, State, get, list, notes_of, teams_of};
pub use message::{BadSender, Outgoing, Sender};
pub use outbox::{
    Claimed, Counts, LEASE, MessageState, Outcome, Pending, Settled, claim, counts, fan_out_chunk, hold, kinds,
    mark_in_data, pending, queue_code, queue_link_again, settle,
};
pub use planning::{change, may_change, may_send_now, plan};
pub use preview::{Sample, sample};
pub use recipients::{Recipients, Told, last_begun, may_ask_unfinished, recipients, told};
pub use sheet::{Paper, Sheet};
pub use standard::{Occasion, StandardPlan, plan_standard, standard_plan};
pub use transport::{BadSmtp, Broken, Directory, End, Note, Patience, Phase, Probed, Smtp, Transport};
pub use trial::{TRIAL, Trial, ask_trial, trial};
pub use wording::{FIELDS, unknown_fields};

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod timing_tests;
