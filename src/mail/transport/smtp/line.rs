//! One line to the mail server: opened (greeting, TLS, EHLO, signing in), used for message after
//! message, closed. Every step has its own patience, and says where it broke.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::{Response, Severity};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc::Sender;
use tokio::sync::{Notify, oneshot};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

use super::super::{Note, Phase};
use super::stumble::{Reply, Stumble, What};
use super::wire::{Sealed, Wire};
use crate::mail::message::Outgoing;
use crate::settings::{self, Tls};

/// How long each step may take; RFC 5321, 4.5.3.2.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    pub connect: Duration,
    pub greeting: Duration,
    /// TLS, and the answer to each command but DATA.
    pub command: Duration,
    pub data: Duration,
    /// Each piece of a body.
    pub block: Duration,
    /// The answer to the body's end: a server may still be at work, and would send a second copy.
    pub end: Duration,
    pub quit: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            greeting: Duration::from_mins(5),
            command: Duration::from_mins(5),
            data: Duration::from_mins(2),
            block: Duration::from_mins(3),
            end: Duration::from_mins(10),
            quit: Duration::from_secs(5),
        }
    }
}

impl Patience {
    /// For somebody who waits at a screen.
    #[must_use]
    pub fn short() -> Self {
        let short = Duration::from_secs(10);
        Self { connect: short, greeting: short, command: short, data: short, block: short, end: short, quit: short }
    }
}

/// What opening a line takes.
pub(super) struct Door {
    pub(super) to: settings::Smtp,
    pub(super) hello: ClientId,
    pub(super) tls: Arc<ClientConfig>,
    pub(super) patience: Patience,
}

pub(super) struct Line {
    connection: AsyncSmtpConnection,
    /// Messages it has carried.
    pub(super) carried: u32,
}

/// Pieces of a body that are written at once.
const BLOCK: usize = 16 * 1024;

impl Door {
    pub(super) async fn open(&self) -> Result<Line, Stumble> {
        let patience = &self.patience;
        let stream = within(patience.connect, Phase::Connect, self.connect()).await?;
        let (stream, greeting) = match self.to.tls {
            Tls::Wrapped => {
                let mut stream = within(patience.command, Phase::StartTls, self.seal(stream)).await?;
                let greeting = within(patience.greeting, Phase::Greeting, read_reply(&mut stream)).await?;
                (Sealed::Tls(Box::new(stream)), greeting)
            }
            Tls::StartTls => {
                let mut stream = BufReader::new(stream);
                within(patience.greeting, Phase::Greeting, read_reply(&mut stream)).await?;
                let stream = self.start_tls(stream).await?;
                // A second greeting does not come; lettre is given one.
                (Sealed::Tls(Box::new(stream)), b"220 \r\n".to_vec())
            }
            Tls::None => {
                let mut stream = stream;
                let greeting = within(patience.greeting, Phase::Greeting, read_reply(&mut stream)).await?;
                (Sealed::Plain(stream), greeting)
            }
        };
        let wire = Box::new(Wire::new(stream, &greeting));
        let hello = AsyncSmtpConnection::connect_with_transport(wire, &self.hello);
        let connection = within_smtp(patience.command, Phase::Hello, hello).await?;
        let mut line = Line { connection, carried: 0 };
        self.sign_in(&mut line).await?;
        Ok(line)
    }

    async fn connect(&self) -> Result<TcpStream, What> {
        let places = tokio::net::lookup_host((self.to.host.as_str(), self.to.port)).await;
        let mut trouble = What::NoSuchName;
        for place in places.map_err(|_| What::NoSuchName)? {
            match TcpStream::connect(place).await {
                Ok(stream) => {
                    // Without it the body's end waits for an acknowledgement: 40 ms for each message.
                    stream.set_nodelay(true).map_err(|error| What::of_connecting(&error))?;
                    return Ok(stream);
                }
                Err(error) => trouble = What::of_connecting(&error),
            }
        }
        Err(trouble)
    }

    /// Ours and not lettre's, so that nothing somebody slipped in before TLS is taken for an answer.
    async fn start_tls(
        &self,
        mut stream: BufReader<TcpStream>,
    ) -> Result<tokio_rustls::client::TlsStream<TcpStream>, Stumble> {
        let patience = self.patience.command;
        let offers = within(patience, Phase::Hello, async {
            write(&mut stream, &format!("EHLO {}\r\n", self.hello)).await?;
            let reply = read_reply(&mut stream).await?;
            let text = String::from_utf8_lossy(&reply).to_ascii_uppercase();
            Ok(text.lines().any(|line| line.get(4..).is_some_and(|word| word.trim() == "STARTTLS")))
        });
        if !offers.await? {
            return Err(Stumble::new(Phase::StartTls, What::NoTls));
        }
        let sealed = within(patience, Phase::StartTls, async {
            write(&mut stream, "STARTTLS\r\n").await?;
            read_reply(&mut stream).await?;
            if !stream.buffer().is_empty() {
                return Err(What::TlsBroken);
            }
            self.seal(stream.into_inner()).await
        });
        sealed.await
    }

    async fn seal(&self, stream: TcpStream) -> Result<tokio_rustls::client::TlsStream<TcpStream>, What> {
        let name =
            ServerName::try_from(self.to.host.clone()).map_err(|_| What::Certificate("smtp-certificate-name"))?;
        let connector = TlsConnector::from(self.tls.clone());
        connector.connect(name, stream).await.map_err(|error| What::of_tls(&error))
    }

    async fn sign_in(&self, line: &mut Line) -> Result<(), Stumble> {
        let Some(user) = &self.to.user else { return Ok(()) };
        let ways = [Mechanism::Plain, Mechanism::Login];
        if line.connection.server_info().get_auth_mechanism(&ways).is_none() {
            return Err(Stumble::new(Phase::SignIn, What::NoSignIn));
        }
        let credentials = Credentials::new(user.name.clone(), user.password.reveal().to_owned());
        let signing = line.connection.auth(&ways, &credentials);
        completed(Phase::SignIn, &within_smtp(self.patience.command, Phase::SignIn, signing).await?)
    }
}

impl Line {
    /// Hands one message over. Asks, before the body goes, whether that is written down.
    pub(super) async fn converse(
        &mut self,
        message: &Outgoing,
        notes: &Sender<Note>,
        patience: &Patience,
    ) -> Result<(), Stumble> {
        let address =
            |text: &str| text.parse::<Address>().map_err(|_| Stumble::new(Phase::Recipient, What::CannotTake));
        let (from, to) = (address(&message.from)?, address(&message.to)?);
        let mail = Mail::new(Some(from), self.parameters(message)?);
        let command = self.connection.command(mail);
        completed(Phase::Sender, &within_smtp(patience.command, Phase::Sender, command).await?)?;
        let command = self.connection.command(Rcpt::new(to, Vec::new()));
        completed(Phase::Recipient, &within_smtp(patience.command, Phase::Recipient, command).await?)?;
        let go_on = within_smtp(patience.data, Phase::Data, self.connection.command(Data)).await?;
        if go_on.code().severity != Severity::PositiveIntermediate {
            return Err(Stumble::new(Phase::Data, What::Nonsense));
        }
        let (may, answer) = oneshot::channel();
        let asked = notes.send(Note::Going { id: message.id, may }).await.is_ok();
        if !asked || !answer.await.unwrap_or(false) {
            return Err(Stumble::new(Phase::Data, What::TakenOver));
        }
        self.write_body(&message.bytes, patience).await
    }

    /// What the server must be told, or cannot take.
    fn parameters(&self, message: &Outgoing) -> Result<Vec<MailParameter>, Stumble> {
        let info = self.connection.server_info();
        let needs = [
            (message.from.is_ascii() && message.to.is_ascii(), Extension::SmtpUtfEight, MailParameter::SmtpUtfEight),
            (message.bytes.is_ascii(), Extension::EightBitMime, MailParameter::Body(MailBodyParameter::EightBitMime)),
        ];
        let mut parameters = Vec::new();
        for (is_plain, extension, parameter) in needs {
            if is_plain {
                continue;
            }
            if !info.supports_feature(extension) {
                return Err(Stumble::new(Phase::Recipient, What::CannotTake));
            }
            parameters.push(parameter);
        }
        Ok(parameters)
    }

    /// lettre asks for the next piece when the one before is written: once it finds none, the body's
    /// end goes out, and from then on nobody but the server knows.
    async fn write_body(&mut self, body: &[u8], patience: &Patience) -> Result<(), Stumble> {
        let (pieces, is_whole, whole) = (AtomicUsize::new(0), AtomicBool::new(false), Notify::new());
        let mut rest = body.chunks(BLOCK);
        let pieces_of_body = std::iter::from_fn(|| {
            let next = rest.next();
            pieces.fetch_add(1, Ordering::Relaxed);
            if next.is_none() {
                is_whole.store(true, Ordering::Relaxed);
                whole.notify_one();
            }
            next
        });
        let sending = self.connection.message_iter(pieces_of_body);
        tokio::pin!(sending);
        loop {
            let seen = pieces.load(Ordering::Relaxed);
            let phase = if is_whole.load(Ordering::Relaxed) { Phase::End } else { Phase::Body };
            let wait = if phase == Phase::End { patience.end } else { patience.block };
            let now = || if is_whole.load(Ordering::Relaxed) { Phase::End } else { Phase::Body };
            tokio::select! {
                sent = &mut sending => return match sent {
                    Ok(response) => completed(Phase::End, &response),
                    Err(error) => Err(Stumble::new(now(), What::of_smtp(&error))),
                },
                // From here on the server has its longest time.
                () = whole.notified(), if phase == Phase::Body => {}
                () = sleep(wait) => {
                    if pieces.load(Ordering::Relaxed) == seen {
                        return Err(Stumble::new(phase, What::TooSlow));
                    }
                }
            }
        }
    }

    /// Makes ready for another message after a refusal; false when the line is of no use any more.
    pub(super) async fn reset(&mut self, patience: &Patience) -> bool {
        matches!(timeout(patience.quit, self.connection.command("RSET\r\n")).await, Ok(Ok(_)))
    }

    pub(super) async fn quit(mut self, patience: &Patience) {
        timeout(patience.quit, self.connection.quit()).await.ok();
    }
}

fn completed(phase: Phase, response: &Response) -> Result<(), Stumble> {
    if response.code().severity == Severity::PositiveCompletion {
        Ok(())
    } else {
        Err(Stumble::new(phase, What::Nonsense))
    }
}

async fn within<T>(wait: Duration, phase: Phase, step: impl Future<Output = Result<T, What>>) -> Result<T, Stumble> {
    match timeout(wait, step).await {
        Ok(done) => done.map_err(|what| Stumble::new(phase, what)),
        Err(_) => Err(Stumble::new(phase, What::TooSlow)),
    }
}

async fn within_smtp<T>(
    wait: Duration,
    phase: Phase,
    step: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<T, Stumble> {
    within(wait, phase, async { step.await.map_err(|error| What::of_smtp(&error)) }).await
}

async fn write(stream: &mut BufReader<TcpStream>, command: &str) -> Result<(), What> {
    stream.get_mut().write_all(command.as_bytes()).await.map_err(|_| What::HungUp)
}

/// One whole reply, for what comes before lettre takes the line. Byte by byte, so that nothing that
/// belongs to TLS is read; a refusal is an error.
async fn read_reply(stream: &mut (impl tokio::io::AsyncRead + Unpin)) -> Result<Vec<u8>, What> {
    let mut reply = Vec::new();
    loop {
        let start = reply.len();
        loop {
            let byte = stream.read_u8().await.map_err(|_| What::HungUp)?;
            reply.push(byte);
            if byte == b'\n' {
                break;
            }
            if reply.len() > MOST_REPLY {
                return Err(What::Nonsense);
            }
        }
        let line = &reply[start..];
        let code: Option<u16> = line.get(..3).and_then(|code| std::str::from_utf8(code).ok()?.parse().ok());
        match (code, line.get(3)) {
            (Some(_), Some(b'-')) => {}
            (Some(200..400), _) => return Ok(reply),
            (Some(code @ 400..600), _) => {
                let text = String::from_utf8_lossy(line.get(4..).unwrap_or_default());
                return Err(What::Refused(Reply::new(code, &text)));
            }
            _ => return Err(What::Nonsense),
        }
    }
}

const MOST_REPLY: usize = 100_000;
