//! A client that costs little: HTTP/1.1 over connections kept open, on the loopback alone.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

/// What came back; the body is still in the connection's buffer.
pub struct Answer<'a> {
    pub status: u16,
    head: &'a [u8],
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// `NAME=VALUE` of a cookie that is set, as it is sent back.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let head = std::str::from_utf8(self.head).expect("a head in ASCII");
        let set = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter(|(header, _)| header.eq_ignore_ascii_case("set-cookie"));
        set.filter_map(|(_, cookie)| cookie.split(';').next())
            .find(|cookie| cookie.starts_with(name))
            .map(str::to_owned)
    }

    /// The token of the first form on a page.
    pub fn form_token(&self) -> Option<String> {
        let page = std::str::from_utf8(self.body).expect("a page in UTF-8");
        let (_, rest) = page.split_once("name=\"csrf\" value=\"")?;
        rest.split('"').next().map(str::to_owned)
    }
}

impl Connection {
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        assert!(address.ip().is_loopback(), "nobody else is put under load");
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(128 * 1024) })
    }

    /// Sends one request and reads its answer to the end.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.read.clear();
        let (status, from, length) = loop {
            self.more().await?;
            if let Some(head) = head(&self.read) {
                break head;
            }
        };
        while self.read.len() < from + length {
            self.more().await?;
        }
        Ok(Answer { status, head: &self.read[..from], body: &self.read[from..from + length] })
    }

    async fn more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.read).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

/// Status, where the body begins, and its length; nothing while the head is not complete.
fn head(read: &[u8]) -> Option<(u16, usize, usize)> {
    let end = read.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&read[..end]).expect("a head in ASCII");
    let status = text.get(9..12)?.parse().expect("a status");
    let length = text
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.parse().expect("a length"));
    Some((status, end + 4, length))
}

pub fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n").into_bytes()
}

/// As [`get`], by a browser that has these cookies.
pub fn get_as(path: &str, cookies: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookies}\r\n\r\n").into_bytes()
}

/// A form with nothing in it but its token.
pub fn press(path: &str, cookies: &str, token: &str) -> Vec<u8> {
    let body = format!("csrf={token}");
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookies}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

pub fn post(path: &str, bearer: Option<&str>, body: &serde_json::Value) -> Vec<u8> {
    let body = body.to_string();
    let bearer = bearer.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n{bearer}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Asks the same again and again over so many connections, for so long; how many answers a second.
pub async fn hammer(address: SocketAddr, request: &[u8], connections: usize, lasts: Duration) -> f64 {
    let began = Instant::now();
    let asking = (0..connections).map(|_| {
        let request = request.to_vec();
        tokio::spawn(async move {
            let mut connection = Connection::open(address).await.expect("a connection");
            let mut answered = 0_u32;
            while began.elapsed() < lasts {
                let answer = connection.ask(&request).await.expect("an answer");
                assert_eq!(answer.status, 200);
                answered += 1;
            }
            answered
        })
    });
    let asking: Vec<_> = asking.collect();
    let mut answered = 0;
    for one in asking {
        answered += one.await.expect("a client that does not panic");
    }
    super::rate(answered, began.elapsed())
}
