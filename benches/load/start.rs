//! From starting the program on a database that is there to its taking requests.

use std::time::Duration;

use super::server::Server;
use super::stage::Stage;
use super::{Measured, median};

const TIMES: usize = 9;

pub fn measure(stage: &Stage) -> Measured {
    let took: Vec<Duration> = (0..TIMES).map(|_| Server::of(stage.dir.path()).began_in).collect();
    let longest = took.iter().max().copied().unwrap_or_default();
    let middle = median(took);
    Measured {
        limit: "start to listening",
        wanted: "≤ 300 ms",
        figure: format!("{} ms", middle.as_millis()),
        holds: Some(middle <= Duration::from_millis(300)),
        notes: vec![format!(
            "start: median of {TIMES} on a database with 100,000 comments, the longest {} ms",
            longest.as_millis()
        )],
    }
}
