//! One page, looked at again and again over a connection that stays open.

use std::time::{Duration, Instant};

use super::client::{Connection, get_as};
use super::median;

/// Times until the whole answer was there.
pub struct Looked {
    pub name: String,
    /// The first look, when nothing may be on the shelf yet.
    pub first: Duration,
    pub middle: Duration,
    pub p99: Duration,
    pub bytes: usize,
}

impl Looked {
    pub async fn at(connection: &mut Connection, cookies: &str, name: &str, path: &str, times: usize) -> Self {
        let request = get_as(path.split('#').next().unwrap_or_default(), cookies);
        let (first, _) = once(connection, &request).await;
        let (mut took, mut bytes) = (Vec::new(), 0);
        for _ in 0..times {
            let (one, length) = once(connection, &request).await;
            took.push(one);
            bytes = length;
        }
        took.sort_unstable();
        let p99 = took[(times * 99).div_ceil(100) - 1];
        Self { name: name.to_owned(), first, middle: median(took), p99, bytes }
    }

    pub fn note(&self, of: &str) -> String {
        format!(
            "{of}, {}: p99 {:.1} ms, median {:.1} ms, first {:.0} ms, {} bytes",
            self.name,
            milliseconds(self.p99),
            milliseconds(self.middle),
            milliseconds(self.first),
            self.bytes,
        )
    }
}

async fn once(connection: &mut Connection, request: &[u8]) -> (Duration, usize) {
    let began = Instant::now();
    let answer = connection.ask(request).await.expect("an answer");
    let what = String::from_utf8_lossy(request);
    assert_eq!(answer.status, 200, "{what}{}", String::from_utf8_lossy(answer.body));
    (began.elapsed(), answer.body.len())
}

pub fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}
