//! The two doors. An acknowledged write is on disk on both databases.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::r2d2::{Pool, PooledConnection};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::connection::{Opener, Purpose, Tx, open};
use super::{backend, migrate, writer::Writer};
use crate::settings::DatabaseUrl;

/// What a write touches. No transaction holds both, so that nothing the database keeps beside the
/// rows (transaction numbers, neighbouring pages, equal times) can join a voice to a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Rows that name members or staff, and everything that hangs on neither.
    Members,
    /// Rows that hang on a voice.
    Voices,
}

/// The database failed, or cannot take more just now. Never the caller's mistake.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the store is busy; try again in a moment")]
    Busy,
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    #[error("the database failed: {0}")]
    Database(DieselError),
    #[error("the database holds something that cannot be: {0}")]
    Corrupt(String),
    #[error("the work on the database stopped unexpectedly")]
    Stopped,
    #[error("a key is not as it should be: {0}")]
    Key(#[from] crate::keys::KeyFault),
}

impl From<DieselError> for Fault {
    fn from(error: DieselError) -> Self {
        backend::trouble(&error).unwrap_or(Self::Database(error))
    }
}

impl Fault {
    /// Whether another row with this name is there already.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)))
    }

    /// Whether running the same transaction again can succeed.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Database(DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
            // Deadlock (40P01) has no kind of its own in diesel.
            Self::Database(DieselError::DatabaseError(_, info)) => info.message().contains("deadlock detected"),
            _ => false,
        }
    }
}

/// The database behind its two doors. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Doors>);

struct Doors {
    readers: Pool<Opener>,
    writer: WriteDoor,
}

enum WriteDoor {
    Grouped(Writer),
    Pooled(Pool<Opener>),
}

impl Store {
    /// Opens the database, applying pending migrations; returns their names.
    ///
    /// # Errors
    /// When it cannot be reached or a migration fails.
    pub fn open(url: &DatabaseUrl) -> Result<(Self, Vec<String>), Fault> {
        let mut first = open(url, Purpose::Write)?;
        let applied = migrate::apply(&mut first)?;
        let readers = pool(url, Purpose::Read, if url.file().is_some() { 8 } else { 16 });
        let writer = match url {
            DatabaseUrl::Sqlite(_) => WriteDoor::Grouped(Writer::start(first)?),
            DatabaseUrl::Postgres(_) => WriteDoor::Pooled(pool(url, Purpose::Write, 16)),
        };
        Ok((Self(Arc::new(Doors { readers, writer })), applied))
    }

    /// Reads one consistent state of the data.
    ///
    /// # Errors
    /// The closure's own, or a [`Fault`].
    pub async fn read<T, E>(&self, work: impl FnOnce(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.read_here(work)).await.unwrap_or_else(|_| Err(Fault::Stopped.into()))
    }

    /// As [`Store::read`], on the calling thread.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_here<T, E: From<Fault>>(&self, work: impl FnOnce(&mut Tx) -> Result<T, E>) -> Result<T, E> {
        let mut connection = begun(&self.0.readers, |connection| Ok(connection.batch_execute("BEGIN")?))?;
        let result = work(&mut connection);
        let ended = connection.batch_execute("COMMIT").map_err(Fault::from);
        let value = result?;
        ended?;
        Ok(value)
    }

    /// Writes one unit of work and answers when it is on disk. The closure may run more than once,
    /// so it must have no effect but its queries.
    ///
    /// # Errors
    /// The closure's own (its writes are undone), or a [`Fault`].
    pub async fn write<T, E>(&self, side: Side, work: impl Fn(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        match &self.0.writer {
            WriteDoor::Grouped(writer) => {
                writer.submit(side, work)?.await.unwrap_or_else(|_| Err(Fault::Stopped.into()))
            }
            WriteDoor::Pooled(pool) => {
                let pool = pool.clone();
                tokio::task::spawn_blocking(move || write_retrying(&pool, &work))
                    .await
                    .unwrap_or_else(|_| Err(Fault::Stopped.into()))
            }
        }
    }
}

const PATIENCE: Duration = Duration::from_secs(5);

fn pool(url: &DatabaseUrl, purpose: Purpose, most: u32) -> Pool<Opener> {
    Pool::builder()
        .max_size(most)
        .min_idle(Some(1))
        .test_on_check_out(false)
        .connection_timeout(PATIENCE)
        .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
        .build_unchecked(Opener { url: url.clone(), purpose })
}

fn unreachable_or_busy(pool: &Pool<Opener>) -> Fault {
    if pool.state().connections == 0 {
        Fault::Unreachable("no connection could be opened".to_owned())
    } else {
        Fault::Busy
    }
}

/// A connection with a transaction begun on it. One that was cut while it lay in the pool (the
/// database was restarted, say) goes, and the next is taken.
fn begun(pool: &Pool<Opener>, begin: impl Fn(&mut Tx) -> Result<(), Fault>) -> Result<PooledConnection<Opener>, Fault> {
    let asked = Instant::now();
    loop {
        let left = PATIENCE.saturating_sub(asked.elapsed());
        let mut connection = pool.get_timeout(left).map_err(|_| unreachable_or_busy(pool))?;
        match begin(&mut connection) {
            Ok(()) => return Ok(connection),
            Err(_) if connection.is_cut() => {}
            Err(fault) => return Err(fault),
        }
    }
}

fn write_retrying<T, E: From<Fault>>(pool: &Pool<Opener>, work: &impl Fn(&mut Tx) -> Result<T, E>) -> Result<T, E> {
    let began = Instant::now();
    let mut connection = begun(pool, backend::begin_write)?;
    for attempt in 0_u32.. {
        if attempt > 0 {
            backend::begin_write(&mut connection)?;
        }
        // A serialization failure inside the closure comes back wrapped in the caller's error type;
        // PostgreSQL then refuses every further query, which tells it apart without unwrapping.
        match work(&mut connection) {
            Ok(value) => match connection.batch_execute("COMMIT").map_err(Fault::from) {
                Ok(()) => return Ok(value),
                Err(fault) if fault.is_passing() && began.elapsed() < PATIENCE => {}
                Err(fault) => return Err(fault.into()),
            },
            Err(error) => {
                let broken = connection.batch_execute("SELECT 1").is_err();
                connection.batch_execute("ROLLBACK").map_err(Fault::from)?;
                if !broken || began.elapsed() >= PATIENCE {
                    return Err(error);
                }
            }
        }
        std::thread::sleep(pause(attempt));
    }
    Err(Fault::Busy.into())
}

/// Up to 1, 2, 4 … 64 ms, by chance, so that writers who met once do not meet again.
fn pause(attempt: u32) -> Duration {
    let most = 1000_u64 << attempt.min(6);
    Duration::from_micros(RandomState::new().hash_one(attempt) % most)
}
