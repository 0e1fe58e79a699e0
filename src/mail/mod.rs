//! Mail that leaves: mailings to teams, one outbox row for each recipient, and the messages made
//! of them; single letters (a link again, a code); what organisers may know about delivery.
//!
//! Leaves *when* work is done to `jobs`, and who has finished to `responses`: nothing here knows a
//! voice. No body is stored; a letter is written at the moment it is sent.

mod again;
mod channel;
mod course;
mod delivery;
mod due;
mod gather;
mod letter;
mod mailing;
mod message;
mod outbox;
mod queries;
mod transport;
pub mod view;
mod wording;

pub use again::{Again, send_again};
pub use channel::{ChannelTrouble, channel_trouble, open_channel, pause_channel, room, try_channel_now};
pub use course::{FAN_OUT, cancel, finish_sent, follow_deadline, pause, resume, start_due};
pub use delivery::{Delivery, TeamDelivery, Unreachable, Why, of_consultation};
pub use gather::letters;
pub use letter::{Letter, Stationery, Unwritable};
pub use mailing::{Audience, Kind, Mailing, New, State, get, list, notes_of, plan, teams_of};
pub use message::{BadSender, Outgoing, Sender};
pub use outbox::{
    Claimed, Counts, LEASE, MessageState, Outcome, Pending, Settled, claim, counts, fan_out_chunk, hold, kinds,
    mark_in_data, pending, queue_code, queue_link_again, settle,
};
pub use transport::{BadSmtp, Broken, Directory, End, Note, Patience, Phase, Probed, Smtp, Transport};

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
