//! Whether the way out is open. Trouble that is no recipient's fault shuts it for everybody; it is
//! tried again with one message, more and more slowly, and opens with the first that gets through.

mod queries;

use chrono::{DateTime, Duration, Utc};
use serde::Serialize;

use crate::store::{Fault, Tx};

/// Why mail does not leave at present, for organisers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChannelTrouble {
    pub paused_since: DateTime<Utc>,
    pub next_try_at: DateTime<Utc>,
    /// In plain words; never an address of a member nor a password.
    pub trouble: String,
    /// Tries that failed so far; at least one.
    pub failures: i32,
}

/// Why mail does not leave at present; nothing when it does.
///
/// # Errors
/// When the database fails.
pub fn channel_trouble(tx: &mut Tx) -> Result<Option<ChannelTrouble>, Fault> {
    queries::get(tx, SMTP)
}

/// How many messages may be taken up now, `most` at best. While the channel is paused: none; when it
/// is to be tried again: one, and whoever asks has that try to himself.
///
/// # Errors
/// When the database fails.
pub fn room(tx: &mut Tx, now: DateTime<Utc>, most: i64) -> Result<i64, Fault> {
    match queries::get(tx, SMTP)? {
        None => Ok(most),
        Some(paused) if paused.next_try_at > now => Ok(0),
        Some(paused) => {
            let failures = paused.failures.saturating_add(1);
            queries::put_off(tx, SMTP, now + pause_after(failures), failures)?;
            Ok(1)
        }
    }
}

/// Pauses the channel, or says anew what is wrong with it.
///
/// # Errors
/// When the database fails.
pub fn pause_channel(tx: &mut Tx, now: DateTime<Utc>, trouble: &str) -> Result<(), Fault> {
    if queries::get(tx, SMTP)?.is_some() {
        return queries::say(tx, SMTP, trouble);
    }
    let (trouble, failures) = (trouble.to_owned(), 1);
    queries::insert(
        tx,
        SMTP,
        &ChannelTrouble { paused_since: now, next_try_at: now + pause_after(1), trouble, failures },
    )
}

/// Opens the channel; something got through, or there is no mail server any more.
///
/// # Errors
/// When the database fails.
pub fn open_channel(tx: &mut Tx) -> Result<(), Fault> {
    queries::remove(tx, SMTP)
}

/// Lets the next try come at once: whoever mended the settings has just started the server anew.
///
/// # Errors
/// When the database fails.
pub fn try_channel_now(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), Fault> {
    match queries::get(tx, SMTP)? {
        Some(paused) if paused.next_try_at > now => queries::put_off(tx, SMTP, now, paused.failures),
        _ => Ok(()),
    }
}

const SMTP: &str = "smtp";

fn pause_after(failures: i32) -> Duration {
    Duration::minutes(match failures {
        ..=1 => 1,
        2 => 2,
        3 => 5,
        4 => 10,
        5 => 20,
        _ => 30,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::testing::at;
    use crate::store::testing::stores;
    use crate::store::{Side, Store};

    async fn room_at(store: &Store, now: DateTime<Utc>) -> i64 {
        store.write(Side::Members, move |tx| room(tx, now, 100)).await.unwrap()
    }

    #[tokio::test]
    async fn a_shut_way_is_tried_more_and_more_slowly_by_one_at_a_time_and_opens_at_once() {
        let dir = tempfile::tempdir().unwrap();
        for store in stores(dir.path(), "mail_channel") {
            let start = at("2026-11-27T09:00:00Z");
            assert_eq!(room_at(&store, start).await, 100);
            for trouble in ["first", "again"] {
                store.write(Side::Members, move |tx| pause_channel(tx, start, trouble)).await.unwrap();
            }
            let told = store.read(channel_trouble).await.unwrap().unwrap();
            assert_eq!((told.paused_since, told.trouble.as_str(), told.failures), (start, "again", 1));

            let mut now = start;
            let mut pauses = Vec::new();
            for _ in 0..7 {
                let before = now;
                while room_at(&store, now).await == 0 {
                    now += Duration::minutes(1);
                }
                pauses.push((now - before).num_minutes());
                assert_eq!(room_at(&store, now).await, 0, "one has the try to himself");
            }
            assert_eq!(pauses, [1, 2, 5, 10, 20, 30, 30]);

            store.write(Side::Members, move |tx| try_channel_now(tx, now)).await.unwrap();
            assert_eq!(room_at(&store, now).await, 1, "a fresh start does not wait");
            store.write(Side::Members, open_channel).await.unwrap();
            assert_eq!(room_at(&store, now).await, 100);
            assert_eq!(store.read(channel_trouble).await.unwrap(), None);
        }
    }
}
