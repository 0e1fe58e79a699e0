//! The stream below lettre's connection: ours, because we set `TCP_NODELAY` and seal it ourselves;
//! and read with care, because what a server writes may be anything.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// A line to the server, plain or sealed.
pub(super) enum Sealed {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// A stream whose replies are put into the form that lettre's parser expects.
pub(super) struct Wire {
    stream: Sealed,
    tidy: Tidy,
    /// Tidied and not read yet.
    ready: Vec<u8>,
    read: usize,
}

impl Wire {
    /// `before` was read already and comes first.
    pub(super) fn new(stream: Sealed, before: &[u8]) -> Self {
        let mut tidy = Tidy::default();
        let mut ready = Vec::new();
        tidy.take(before, &mut ready);
        Self { stream, tidy, ready, read: 0 }
    }
}

/// Replies as lettre can parse them: ASCII, ended by CRLF, a separator after the number, and no text
/// of blanks only (which would be a panic there).
#[derive(Default)]
struct Tidy {
    column: usize,
}

impl Tidy {
    fn take(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for &byte in bytes {
            match byte {
                b'\n' => {
                    if self.column == 3 {
                        out.push(b' ');
                    }
                    out.extend_from_slice(b"\r\n");
                    self.column = 0;
                    continue;
                }
                // Written with the line feed that follows; alone it means nothing.
                b'\r' => continue,
                b' ' if self.column == 4 => out.push(b'-'),
                b'\t' if self.column == 3 => out.push(b' '),
                0x20..0x7f => out.push(byte),
                _ => out.push(b'?'),
            }
            self.column = self.column.saturating_add(1);
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        while this.read == this.ready.len() {
            let mut space = [0; 4096];
            let mut raw = ReadBuf::new(&mut space);
            ready!(this.stream.pinned_read(context, &mut raw))?;
            if raw.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
            this.ready.clear();
            this.read = 0;
            this.tidy.take(raw.filled(), &mut this.ready);
        }
        let end = this.ready.len().min(this.read + into.remaining());
        into.put_slice(&this.ready[this.read..end]);
        this.read = end;
        Poll::Ready(Ok(()))
    }
}

impl Sealed {
    fn pinned_read(&mut self, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, into),
            Self::Tls(stream) => Pin::new(stream).poll_read(context, into),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.stream {
            Sealed::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Sealed::Tls(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.stream {
            Sealed::Plain(stream) => Pin::new(stream).poll_flush(context),
            Sealed::Tls(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.stream {
            Sealed::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Sealed::Tls(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Wire")
    }
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match &self.stream {
            Sealed::Plain(stream) => stream.peer_addr(),
            Sealed::Tls(stream) => stream.get_ref().0.peer_addr(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_replies_are_tidied_and_plain_ones_left_alone() {
        for (written, tidied) in [
            ("250 Ok\r\n", "250 Ok\r\n"),
            ("250-mail.example.org\r\n250 AUTH PLAIN\r\n", "250-mail.example.org\r\n250 AUTH PLAIN\r\n"),
            ("250\r\n", "250 \r\n"),
            ("250 Ok\n", "250 Ok\r\n"),
            ("250-   \r\n250 \t\r\n", "250--  \r\n250 ?\r\n"),
            ("250 2.0.0 angenommen f\u{fc}r\r\n", "250 2.0.0 angenommen f??r\r\n"),
            ("250 a\0b\r\n", "250 a?b\r\n"),
            ("\r\n", "\r\n"),
        ] {
            let mut out = Vec::new();
            let mut tidy = Tidy::default();
            // In pieces, as a network brings them.
            written.as_bytes().chunks(2).for_each(|piece| tidy.take(piece, &mut out));
            assert_eq!(String::from_utf8(out).unwrap(), tidied, "{written:?}");
        }
    }
}
