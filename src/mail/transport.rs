//! Handing messages over: into a directory, or to a mail server.
//!
//! A transport takes messages from a queue and tells, while it works, what becomes of each
//! ([`Note`]); whoever listens writes that down. Before the end of a body goes out it waits until
//! that is written down too, so that after a crash only those messages are in doubt.

mod directory;
pub(super) mod smtp;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::sync::oneshot;

pub use directory::Directory;
pub use smtp::{BadSmtp, Patience, Probed, Smtp};

use super::message::Outgoing;
use crate::ids::Id;

crate::values! {
    /// Where an attempt broke, in the order of a conversation with a mail server.
    Phase {
        Connect = "connect", Greeting = "greeting", Hello = "ehlo", StartTls = "starttls", SignIn = "auth",
        Sender = "mail", Recipient = "rcpt", Data = "data", Body = "body", End = "end",
    }
}

/// An attempt that did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub phase: Phase,
    /// Whether trying again is of no use.
    pub permanent: bool,
    /// In plain words, for the delivery page; never an address.
    pub trouble: String,
}

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Safe on the other side.
    Sent,
    Broken(Broken),
    /// All of it was handed over and no answer came: nobody knows.
    Uncertain(Broken),
    /// Never tried; as if it had not been taken.
    Returned,
    /// Somebody else has taken it up meanwhile: nothing is to be written down.
    TakenOver,
}

/// What a transport tells while it works.
#[derive(Debug)]
pub enum Note {
    /// The body's end is about to go out: answer true once that is on disk and the row still ours.
    Going {
        id: Id,
        may: oneshot::Sender<bool>,
    },
    Ended {
        id: Id,
        end: End,
    },
    /// The way itself is shut, through no recipient's fault; in plain words.
    Shut(String),
}

/// A way to hand messages over. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Transport {
    Directory(Directory),
    Smtp(Arc<Smtp>),
}

impl Transport {
    /// Hands over every message that comes, until no more can come, and notes what became of each.
    /// While `shut` is set, messages are returned untried; trouble with the way itself sets it.
    pub async fn send(&self, messages: Receiver<Outgoing>, notes: Sender<Note>, shut: &AtomicBool) {
        match self {
            Self::Directory(directory) => directory.send(messages, notes).await,
            Self::Smtp(smtp) => smtp.send(messages, notes, shut).await,
        }
    }

    /// Hands over one message that no outbox row stands for.
    pub async fn send_one(&self, message: Outgoing) -> End {
        let (queue, messages) = mpsc::channel(1);
        let (tell, mut notes) = mpsc::channel(1);
        let shut = AtomicBool::new(false);
        let listening = async {
            let mut ended = End::Returned;
            if queue.send(message).await.is_ok() {
                drop(queue);
                while let Some(note) = notes.recv().await {
                    match note {
                        Note::Going { may, .. } => _ = may.send(true),
                        Note::Ended { end: End::Returned, .. } => {}
                        Note::Ended { end, .. } => ended = end,
                        Note::Shut(trouble) => {
                            ended = End::Broken(Broken { phase: Phase::Connect, permanent: false, trouble });
                        }
                    }
                }
            }
            ended
        };
        let ((), ended) = tokio::join!(self.send(messages, tell, &shut), listening);
        self.rest().await;
        ended
    }

    /// How many messages it can use at once; more need not wait in the queue.
    #[must_use]
    pub fn appetite(&self) -> usize {
        match self {
            Self::Directory(_) => directory::AT_ONCE,
            Self::Smtp(smtp) => smtp.connections(),
        }
    }

    /// Whether trouble with it pauses the channel.
    #[must_use]
    pub fn is_channel(&self) -> bool {
        matches!(self, Self::Smtp(_))
    }

    /// Takes leave of the other side after a pass; the next one begins anew.
    pub async fn rest(&self) {
        if let Self::Smtp(smtp) = self {
            smtp.rest().await;
        }
    }
}
