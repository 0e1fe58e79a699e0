//! SQLite's one writer: many callers' closures, each in a savepoint, one durable commit, then
//! everybody's answer. Sides are never mixed in one commit.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use diesel::connection::SimpleConnection;
use tokio::sync::oneshot;

use super::{Fault, Side, Tx, backend};

/// Callers that may wait at once; the next one is told that the store is busy.
const QUEUE: usize = 2048;
/// Most closures in one commit.
const GROUP: usize = 256;

pub(super) struct Writer(SyncSender<Box<dyn Work>>);

impl Writer {
    pub(super) fn start(connection: Tx) -> Result<Self, Fault> {
        let (sender, receiver) = sync_channel(QUEUE);
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || write_until_closed(connection, &receiver))
            .map_err(|source| Fault::Unreachable(source.to_string()))?;
        Ok(Self(sender))
    }

    pub(super) fn submit<T, E, F>(&self, side: Side, work: F) -> Result<oneshot::Receiver<Result<T, E>>, Fault>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        let (answer, waiting) = oneshot::channel();
        match self.0.try_send(Box::new(Waiting { side, work, outcome: None, answer })) {
            Ok(()) => Ok(waiting),
            Err(TrySendError::Full(_)) => Err(Fault::Busy),
            Err(TrySendError::Disconnected(_)) => Err(Fault::Stopped),
        }
    }
}

/// One caller's closure and the place of its answer, whatever their types.
trait Work: Send {
    fn side(&self) -> Side;
    /// Runs the closure; false when its writes must be undone.
    fn run(&mut self, connection: &mut Tx) -> bool;
    /// Gives the answer: what the closure returned, or the fault that undid the whole group.
    fn answer(self: Box<Self>, committed: Result<(), Fault>);
}

struct Waiting<T, E, F> {
    side: Side,
    work: F,
    outcome: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work for Waiting<T, E, F>
where
    T: Send,
    E: From<Fault> + Send,
    F: Fn(&mut Tx) -> Result<T, E> + Send,
{
    fn side(&self) -> Side {
        self.side
    }

    fn run(&mut self, connection: &mut Tx) -> bool {
        let outcome =
            catch_unwind(AssertUnwindSafe(|| (self.work)(connection))).unwrap_or_else(|_| Err(Fault::Stopped.into()));
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    fn answer(self: Box<Self>, committed: Result<(), Fault>) {
        let answer = match (self.outcome, committed) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(fault)) => Err(fault.into()),
            (None, Ok(())) => Err(Fault::Stopped.into()),
        };
        // A caller that went away needs no answer.
        self.answer.send(answer).ok();
    }
}

fn write_until_closed(mut connection: Tx, receiver: &Receiver<Box<dyn Work>>) {
    let mut line = Line { receiver, waiting: VecDeque::new() };
    while let Some(side) = line.side() {
        let mut group = Vec::new();
        let committed = commit(&mut connection, &mut line, side, &mut group);
        for work in group {
            work.answer(match &committed {
                Ok(()) => Ok(()),
                Err(fault) => Err(same_for_each(fault)),
            });
        }
    }
}

/// Whoever waits to be written.
struct Line<'a> {
    receiver: &'a Receiver<Box<dyn Work>>,
    /// Taken from the channel; those of the other side stay here until their turn.
    waiting: VecDeque<Box<dyn Work>>,
}

impl Line<'_> {
    /// The side of whoever waits longest; none when there will be nobody any more.
    fn side(&mut self) -> Option<Side> {
        if self.waiting.is_empty() {
            self.waiting.push_back(self.receiver.recv().ok()?);
        }
        self.waiting.front().map(|work| work.side())
    }

    /// The next on a side, also of those who came meanwhile.
    fn next(&mut self, side: Side) -> Option<Box<dyn Work>> {
        while self.waiting.len() < GROUP
            && let Ok(work) = self.receiver.try_recv()
        {
            self.waiting.push_back(work);
        }
        let place = self.waiting.iter().position(|work| work.side() == side)?;
        self.waiting.remove(place)
    }
}

/// Runs whatever waits on a side, in one commit. What comes while it runs joins in: waiting for
/// the disk takes longer than most closures, so every group is as large as it can be.
fn commit(connection: &mut Tx, line: &mut Line, side: Side, group: &mut Vec<Box<dyn Work>>) -> Result<(), Fault> {
    if let Err(fault) = backend::begin_write(connection) {
        // The wait for a lock was long already: nobody in the queue is asked to wait as long again.
        group.extend(line.waiting.drain(..));
        group.extend(line.receiver.try_iter());
        return Err(fault);
    }
    let done = run_all(connection, line, side, group).and_then(|()| Ok(connection.batch_execute("COMMIT")?));
    if done.is_err() {
        // SQLite may have ended the transaction by itself (disk full): then this fails, and rightly.
        connection.batch_execute("ROLLBACK").ok();
    }
    done
}

fn run_all(connection: &mut Tx, line: &mut Line, side: Side, group: &mut Vec<Box<dyn Work>>) -> Result<(), Fault> {
    while group.len() < GROUP
        && let Some(mut work) = line.next(side)
    {
        let kept = run(connection, work.as_mut());
        group.push(work);
        kept?;
    }
    Ok(())
}

fn run(connection: &mut Tx, work: &mut dyn Work) -> Result<(), Fault> {
    connection.batch_execute("SAVEPOINT one")?;
    let keep = work.run(connection);
    Ok(connection.batch_execute(if keep { "RELEASE one" } else { "ROLLBACK TO one; RELEASE one" })?)
}

fn same_for_each(fault: &Fault) -> Fault {
    match fault {
        Fault::Busy => Fault::Busy,
        Fault::Unreachable(why) => Fault::Unreachable(why.clone()),
        other => Fault::Unreachable(other.to_string()),
    }
}
