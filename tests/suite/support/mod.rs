//! The test ground: a server of one's own, and people with verbs.
#![allow(dead_code, reason = "stories come and go; what they stand on stays")]

mod branch;
mod colleague;
mod database;
mod desk;
mod http;
mod keeping;
mod mailbox;
mod page;
mod people;
mod server;
mod sink;

use std::env;
use std::time::{Duration, Instant};

pub use branch::{Branch, DRAFT, SLUG, START, TEAMS, address};
pub use colleague::{Colleague, PASSWORD};
pub use database::Tables;
pub use http::{Answer, Api, items};
pub use mailbox::{Letter, Mailbox};
pub use page::{Form, Page, Visitor, pieces};
pub use people::{Draft, Member, Negotiator, Organiser};
pub use server::{Database, Server};
pub use sink::Sink;

/// Tells each story on both databases: `both!(a_story, another_story);`
macro_rules! both {
    ($($story:ident),+ $(,)?) => {
        $(
            mod $story {
                use crate::support::Database;

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    super::$story(Database::Sqlite).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    if Database::postgres_is_here() {
                        super::$story(Database::Postgres).await;
                    }
                }
            }
        )+
    };
}
pub(crate) use both;

/// Waits until `look` finds something, at most ten seconds. For what the
/// server does in its own time; everything else is asserted at once.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let patience = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < patience, "waited ten seconds in vain for {what}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// What `tests/run` brings and names in the environment. `None` only where
/// the caller set it to `none`, and never under CI: nothing is skipped in silence.
pub fn brought(variable: &str) -> Option<String> {
    match env::var(variable) {
        Ok(value) if value != "none" => Some(value),
        Ok(_) if env::var("CI").as_deref() != Ok("true") => {
            eprintln!("not run: {variable}=none");
            None
        }
        _ => panic!("{variable} is not set: `tests/run` brings what this test needs"),
    }
}
