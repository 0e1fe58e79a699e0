//! Keeps the books while mail is handed over: which messages this worker holds, which are about to
//! go, what became of each. Many notes are written down at once, and results before beginnings, so
//! that never more messages are in doubt than there are connections.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;
use tokio::sync::mpsc::Receiver;
use tokio::sync::oneshot;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::deliver::Delivered;
use super::hands::Hands;
use crate::ids::Id;
use crate::mail::{self, Broken, Claimed, End, Note, Outcome, Phase, Settled};
use crate::refusal::Refusal;
use crate::store::{Fault, Side};
use crate::words::Language;

pub(super) struct Counter<'a> {
    hands: &'a Hands,
    books: Mutex<Books>,
    /// Held by whoever writes down, so that no result is written twice or dropped unwritten.
    pen: tokio::sync::Mutex<()>,
    news: Notify,
}

#[derive(Default)]
struct Books {
    held: BTreeMap<Id, Held>,
    /// Not written down yet.
    results: Vec<Settled>,
    shut: Option<String>,
    is_open: bool,
    /// Whether that is on disk already.
    is_known_open: bool,
    /// Whether a pause is on disk that the feeder has not yet answered to.
    is_paused: bool,
    delivered: Delivered,
}

struct Held {
    fence: i32,
    attempts: i32,
    until: Option<DateTime<Utc>>,
    is_going: bool,
}

/// One message's wish to go.
type Wish = (Id, oneshot::Sender<bool>);

impl<'a> Counter<'a> {
    pub(super) fn new(hands: &'a Hands) -> Self {
        Self { hands, books: Mutex::default(), pen: tokio::sync::Mutex::default(), news: Notify::new() }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn takes(&self, rows: &[Claimed]) {
        let held = |row: &Claimed| Held { fence: row.fence, attempts: row.attempts, until: None, is_going: false };
        self.books().held.extend(rows.iter().map(|row| (row.id, held(row))));
    }

    pub(super) fn is_of_use_until(&self, id: Id, until: Option<DateTime<Utc>>) {
        if let Some(held) = self.books().held.get_mut(&id) {
            held.until = until;
        }
    }

    pub(super) fn settles(&self, id: Id, outcome: Outcome) {
        self.books().settle(id, outcome);
    }

    /// Untried, and not this worker's any more.
    pub(super) fn returns(&self, id: Id) {
        self.settles(id, Outcome::Returned);
    }

    pub(super) fn is_idle(&self) -> bool {
        let books = self.books();
        books.held.is_empty() && books.results.is_empty()
    }

    /// Comes back when something was written down.
    pub(super) async fn news(&self) {
        self.news.notified().await;
    }

    /// Whether the trouble that shut the way is written down, so that the next claim heeds it.
    pub(super) fn is_paused(&self) -> bool {
        self.books().is_paused
    }

    /// A claim was granted: whatever shut the way is over, or is being tried.
    pub(super) fn goes_on(&self) {
        self.books().is_paused = false;
    }

    pub(super) fn delivered(&self) -> Delivered {
        self.books().delivered
    }

    /// Writes down what is noted until no more notes can come, and keeps the claims alive meanwhile.
    pub(super) async fn keep(&self, mut notes: Receiver<Note>) -> Result<(), Refusal> {
        let mut beat = interval_at(Instant::now() + BEAT, BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut noted = Vec::new();
        loop {
            tokio::select! {
                count = notes.recv_many(&mut noted, AT_ONCE) => {
                    if count == 0 {
                        break;
                    }
                    self.write_notes(noted.drain(..)).await;
                }
                _ = beat.tick() => {
                    if let Err(error) = self.hold().await {
                        tracing::warn!(%error, "claims on mail could not be prolonged");
                    }
                }
            }
        }
        self.write_down().await
    }

    async fn write_notes(&self, noted: impl Iterator<Item = Note>) {
        let mut wishes: Vec<Wish> = Vec::new();
        for note in noted {
            match note {
                Note::Going { id, may } => wishes.push((id, may)),
                Note::Ended { id, end } => self.ended(id, end),
                Note::Shut(trouble) => {
                    let mut books = self.books();
                    (books.shut, books.is_open) = (Some(trouble), false);
                }
            }
        }
        let ours = match self.write(&wishes).await {
            Ok(ours) => ours,
            Err(error) => {
                // Results wait for the next note or beat; nobody goes meanwhile.
                tracing::warn!(%error, "what became of mail could not be written down yet");
                Vec::new()
            }
        };
        for (id, may) in wishes {
            let is_ours = ours.contains(&id);
            if let Some(held) = self.books().held.get_mut(&id) {
                held.is_going = is_ours;
            }
            may.send(is_ours).ok();
        }
    }

    fn ended(&self, id: Id, end: End) {
        let outcome = match end {
            End::Sent => Outcome::Sent,
            End::Broken(broken) => Outcome::Broken(broken),
            End::Uncertain(broken) => Outcome::Uncertain(broken),
            End::Returned => Outcome::Returned,
            End::TakenOver => {
                self.books().held.remove(&id);
                return;
            }
        };
        let mut books = self.books();
        // From the recipient's address on, the way itself is open.
        books.is_open |= match &outcome {
            Outcome::Sent | Outcome::Uncertain(_) => true,
            Outcome::Broken(broken) => broken.phase >= Phase::Recipient,
            Outcome::NotSent | Outcome::Returned => false,
        };
        books.settle(id, outcome);
    }

    /// Writes down what is known so far, trying for a while where the database does not answer.
    pub(super) async fn write_down(&self) -> Result<(), Refusal> {
        let mut tries = 0;
        loop {
            if self.books().is_written() {
                return Ok(());
            }
            match self.write(&[]).await {
                Ok(_) => {}
                Err(fault) if tries == TRIES => return Err(fault.into()),
                Err(_) => {
                    tries += 1;
                    tokio::time::sleep(BETWEEN_TRIES).await;
                }
            }
        }
    }

    /// Results, the channel's state and the wishes to go, in one durable write; which may go.
    async fn write(&self, wishes: &[Wish]) -> Result<Vec<Id>, Fault> {
        let _pen = self.pen.lock().await;
        let (results, shut, opens, going) = {
            let books = self.books();
            let fence = |id: &Id| books.held.get(id).map(|held| (*id, held.fence));
            let going: Vec<(Id, i32)> = wishes.iter().filter_map(|(id, _)| fence(id)).collect();
            let opens = books.is_open && !books.is_known_open && self.hands.transport.is_channel();
            (books.results.clone(), books.shut.clone(), opens, going)
        };
        let (count, now, is_shut) = (results.len(), self.hands.clock.now(), shut.is_some());
        let written = self.hands.store.write(Side::Members, move |tx| {
            mail::settle(tx, &results, now)?;
            match &shut {
                Some(trouble) => mail::pause_channel(tx, now, trouble)?,
                None if opens => mail::open_channel(tx)?,
                None => {}
            }
            mail::mark_in_data(tx, &going, now)
        });
        let ours: Vec<Id> = written.await?;
        let mut books = self.books();
        let written: Vec<Settled> = books.results.drain(..count).collect();
        for result in &written {
            books.delivered.count(result);
        }
        if is_shut {
            (books.shut, books.is_known_open, books.is_paused) = (None, false, true);
        } else if opens {
            books.is_known_open = true;
        }
        drop(books);
        self.news.notify_one();
        Ok(ours)
    }

    async fn hold(&self) -> Result<(), Fault> {
        let rows: Vec<(Id, i32)> = self.books().held.iter().map(|(id, held)| (*id, held.fence)).collect();
        let now = self.hands.clock.now();
        self.hands.store.write(Side::Members, move |tx| mail::hold(tx, &rows, now)).await?;
        self.write_down().await.or(Err(Fault::Stopped))
    }

    /// Lets go of whatever is still held: what was going is uncertain, the rest was never tried.
    pub(super) async fn give_up(&self) -> Result<(), Refusal> {
        {
            let mut books = self.books();
            let words = &self.hands.stationery.words;
            for (id, held) in std::mem::take(&mut books.held) {
                let trouble = || words.say(Language::default(), "smtp-lost-track", &[]);
                let outcome = if held.is_going {
                    Outcome::Uncertain(Broken { phase: Phase::End, permanent: false, trouble: trouble() })
                } else {
                    Outcome::Returned
                };
                books.results.push(held.settled(id, outcome));
            }
        }
        self.write_down().await
    }
}

impl Books {
    fn settle(&mut self, id: Id, outcome: Outcome) {
        if let Some(held) = self.held.remove(&id) {
            self.results.push(held.settled(id, outcome));
        }
    }

    fn is_written(&self) -> bool {
        self.results.is_empty() && self.shut.is_none()
    }
}

impl Held {
    fn settled(&self, id: Id, outcome: Outcome) -> Settled {
        Settled { id, fence: self.fence, attempts: self.attempts, until: self.until, outcome }
    }
}

/// A third of a claim's length: two beats may fail.
const BEAT: Duration = Duration::from_secs(20);

const AT_ONCE: usize = 256;

/// How often, and after what pause, results are brought to a database that does not answer.
const TRIES: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_secs(1);
