//! Durable inserts by many callers: through the store's door, and with one transaction each on a
//! plain pool of connections to a database with the same tables and the same care for the disk.

use std::env;
use std::future::Future;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool, R2D2Connection};
use diesel::{PgConnection, SqliteConnection};
use soundings::clock::Clock;
use soundings::ids::Chance;
use soundings::settings::DatabaseUrl;
use soundings::store::columns::At;
use soundings::store::schema::audit;
use soundings::store::{Fault, Side, Store};

use super::stage::{database, directory};
use super::{Measured, median, rate};

const CALLERS: u32 = 64;
/// Many and short: a disk is quick at one moment and slow at the next.
const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(700);
/// What `r2d2` takes when nobody says anything.
const POOL: u32 = 10;

/// One row of about the size of a short comment; no row refers to it and it refers to none.
macro_rules! insert {
    ($connection:expr) => {
        diesel::insert_into(audit::table)
            .values((
                audit::id.eq(CHANCE.id(now())),
                audit::at.eq(At(now())),
                audit::actor.eq("command line"),
                audit::action.eq("measure"),
                audit::subject.eq("limits"),
                audit::detail.eq(WORDS),
            ))
            .execute($connection)
    };
}

static CHANCE: LazyLock<Chance> = LazyLock::new(Chance::system);
const WORDS: &str = "Thirty-one was real. I stopped opening the allocation emails until after I had eaten something. \
                     Put the ceiling in and mean it, and say who answers for it when the numbers go up again in March.";

pub async fn measure() -> Vec<Measured> {
    let mut table = vec![on_sqlite().await];
    table.extend(on_postgres().await);
    table
}

async fn on_sqlite() -> Measured {
    let (ours, plain) = (directory(), directory());
    let store = open(&DatabaseUrl::Sqlite(database(ours.path())));
    // Opened and let go again: only for its tables.
    drop(open(&DatabaseUrl::Sqlite(database(plain.path()))));
    let (pool, alone) = (sqlite_pool(plain.path(), POOL), sqlite_pool(plain.path(), 1));
    let (mut doors, mut ratios, mut alones) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let door = through_the_door(&store).await;
        let pooled = one_each(&pool, |connection| connection.immediate_transaction(|one| insert!(one))).await;
        let single = one_each(&alone, |connection| connection.immediate_transaction(|one| insert!(one))).await;
        doors.push((door, pooled));
        ratios.push(door / pooled);
        alones.push(single);
    }
    let ratio = median(ratios);
    Measured {
        limit: "durable inserts by 64 callers at the store's door, of one transaction each on a pool",
        wanted: "≥ 10 ×",
        figure: format!("{ratio:.0} ×"),
        holds: Some(ratio >= 10.0),
        notes: vec![format!(
            "door, SQLite: {:.0} inserts a second against {:.0} on a pool of {POOL} and {:.0} on a single connection, \
             which has nobody to wait for; medians of {ROUNDS} rounds in turns",
            median(doors.iter().map(|(door, _)| *door).collect()),
            median(doors.iter().map(|(_, pooled)| *pooled).collect()),
            median(alones),
        )],
    }
}

async fn on_postgres() -> Option<Measured> {
    let server = env::var("SOUNDINGS_TEST_POSTGRES").ok().filter(|server| server != "none")?;
    let base =
        server.split_once("://").and_then(|(scheme, rest)| Some(format!("{scheme}://{}", rest.split('/').next()?)))?;
    let name = format!("limits_{}", std::process::id());
    let mut keeper = PgConnection::establish(&format!("{base}/postgres")).expect("PostgreSQL");
    keeper.batch_execute(&format!("CREATE DATABASE {name}")).expect("a fresh database");
    let url = format!("{base}/{name}");
    let store = open(&DatabaseUrl::parse(&url).expect("its address"));
    let pool = Pool::builder().max_size(16).build(ConnectionManager::<PgConnection>::new(url)).expect("a pool");
    let (mut doors, mut ratios) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let door = through_the_door(&store).await;
        let pooled = one_each(&pool, |connection| connection.transaction(|one| insert!(one))).await;
        doors.push(door);
        ratios.push(door / pooled);
    }
    drop((store, pool));
    keeper.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).expect("it goes again");
    Some(Measured {
        limit: "the same on PostgreSQL, serializable, against a pool of 16",
        wanted: "–",
        figure: format!("{:.1} ×, {:.0} a second", median(ratios), median(doors)),
        holds: None,
        notes: Vec::new(),
    })
}

fn open(url: &DatabaseUrl) -> Store {
    Store::open(url).expect("a fresh database").0
}

fn now() -> DateTime<Utc> {
    Clock::system().now()
}

async fn through_the_door(store: &Store) -> f64 {
    let store = store.clone();
    by_callers(move || {
        let store = store.clone();
        async move {
            store.write(Side::Members, |tx| Ok::<_, Fault>(insert!(tx)?)).await.expect("a durable insert");
        }
    })
    .await
}

/// Every caller takes a connection of the pool for a transaction of her own.
async fn one_each<C: R2D2Connection + 'static>(
    pool: &Pool<ConnectionManager<C>>,
    insert: fn(&mut C) -> QueryResult<usize>,
) -> f64 {
    let pool = pool.clone();
    by_callers(move || {
        let pool = pool.clone();
        async move {
            let written = tokio::task::spawn_blocking(move || insert(&mut pool.get().expect("a connection")));
            written.await.expect("no panic").expect("a durable insert");
        }
    })
    .await
}

/// How many a second, when every caller does the next thing as soon as the last is done.
async fn by_callers<F>(next: impl Fn() -> F + Clone + Send + 'static) -> f64
where
    F: Future<Output = ()> + Send,
{
    let began = Instant::now();
    let callers = (0..CALLERS).map(|_| {
        let next = next.clone();
        tokio::spawn(async move {
            let mut done = 0;
            while began.elapsed() < ROUND {
                next().await;
                done += 1;
            }
            done
        })
    });
    let mut done: u32 = 0;
    for caller in callers.collect::<Vec<_>>() {
        done += caller.await.expect("a caller that does not panic");
    }
    rate(done, began.elapsed())
}

fn sqlite_pool(dir: &Path, most: u32) -> Pool<ConnectionManager<SqliteConnection>> {
    Pool::builder()
        .max_size(most)
        .connection_customizer(Box::new(AsTheStoreDoes))
        .build(ConnectionManager::new(database(dir).to_string_lossy()))
        .expect("a pool")
}

/// The settings of the store's own connections (`store/connection.rs`).
#[derive(Debug)]
struct AsTheStoreDoes;

impl CustomizeConnection<SqliteConnection, diesel::r2d2::Error> for AsTheStoreDoes {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), diesel::r2d2::Error> {
        let settings = "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                        PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000;";
        connection.batch_execute(settings).map_err(diesel::r2d2::Error::QueryError)
    }
}
