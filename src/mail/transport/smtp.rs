//! Handing messages to a mail server, over several lines at once.
//!
//! lettre speaks the commands, over a stream of our own; which step comes next, how long it may
//! take and what follows when it breaks is decided here, so that it is always known how far a
//! message got.

mod line;
mod stumble;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod wire;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::extension::ClientId;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_rustls::rustls::pki_types::{CertificateDer, pem::PemObject};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

pub use line::Patience;

use super::{End, Note};
use crate::mail::message::Outgoing;
use crate::settings;
use crate::words::Words;
use line::{Door, Line};
use stumble::Stumble;

/// The mail server, and the lines to it that lie open.
pub struct Smtp {
    door: Door,
    words: Arc<Words>,
    idle: Mutex<Vec<Line>>,
    pace: Pace,
}

/// The mail server's settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadSmtp {
    #[error("mail.ca_file: {0} cannot be read, or holds no certificate in PEM")]
    Authority(String),
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}

/// What a mail server that takes us says of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probed {
    pub is_sealed: bool,
    pub has_signed_in: bool,
}

/// Messages that one line carries before it is opened anew, as providers like it.
const MOST_CARRIED: u32 = 100;

impl Smtp {
    /// `host` is how this server calls itself: the host of its public address.
    ///
    /// # Errors
    /// When `mail.ca_file` holds no certificates.
    pub fn new(to: &settings::Smtp, host: &str, words: Arc<Words>, patience: Patience) -> Result<Self, BadSmtp> {
        let tls = Arc::new(tls_config(to)?);
        let hello = hello(host);
        Ok(Self {
            door: Door { to: to.clone(), hello, tls, patience },
            words,
            idle: Mutex::default(),
            pace: Pace::new(to.per_second),
        })
    }

    pub(super) fn connections(&self) -> usize {
        self.door.to.connections
    }

    /// Goes as far as a message would, sends none, and says in plain words what is wrong.
    ///
    /// # Errors
    /// A sentence for whoever set it up.
    pub async fn probe(&self) -> Result<Probed, String> {
        let line = self.door.open().await.map_err(|stumble| stumble.words(&self.door.to, &self.words))?;
        line.quit(&self.door.patience).await;
        let is_sealed = self.door.to.tls != settings::Tls::None;
        Ok(Probed { is_sealed, has_signed_in: self.door.to.user.is_some() })
    }

    pub(super) async fn send(&self, messages: Receiver<Outgoing>, notes: Sender<Note>, shut: &AtomicBool) {
        let queue = tokio::sync::Mutex::new(messages);
        let hands = (0..self.connections()).map(|_| self.carry(&queue, &notes, shut));
        all(hands).await;
    }

    pub(super) async fn rest(&self) {
        let idle = std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner));
        let patience = self.door.patience;
        let mut leaving: JoinSet<()> = idle.into_iter().map(|line| async move { line.quit(&patience).await }).collect();
        while leaving.join_next().await.is_some() {}
    }

    /// One line's work: message after message, until no more can come.
    async fn carry(&self, queue: &tokio::sync::Mutex<Receiver<Outgoing>>, notes: &Sender<Note>, shut: &AtomicBool) {
        let mut line = None;
        loop {
            let next = queue.lock().await.recv().await;
            let Some(message) = next else { break };
            let end = if shut.load(Ordering::Acquire) {
                End::Returned
            } else {
                self.pace.wait().await;
                self.hand_over(&mut line, &message, notes, shut).await
            };
            if notes.send(Note::Ended { id: message.id, end }).await.is_err() {
                return;
            }
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).extend(line);
    }

    async fn hand_over(
        &self,
        line: &mut Option<Line>,
        message: &Outgoing,
        notes: &Sender<Note>,
        shut: &AtomicBool,
    ) -> End {
        match self.try_twice(line, message, notes).await {
            Ok(()) => End::Sent,
            Err(stumble) => {
                let verdict = stumble.verdict(&self.door.to, &self.words);
                if let Some(trouble) = verdict.shut {
                    tracing::warn!(%trouble, "mail cannot leave");
                    shut.store(true, Ordering::Release);
                    notes.send(Note::Shut(trouble)).await.ok();
                }
                verdict.end
            }
        }
    }

    /// A second time only where the server had closed a line that lay idle.
    async fn try_twice(
        &self,
        line: &mut Option<Line>,
        message: &Outgoing,
        notes: &Sender<Note>,
    ) -> Result<(), Stumble> {
        loop {
            if line.is_none() {
                *line = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            }
            let mut open = match line.take() {
                Some(open) => open,
                None => self.door.open().await?,
            };
            let was_used = open.carried > 0;
            match open.converse(message, notes, &self.door.patience).await {
                Ok(()) => {
                    open.carried += 1;
                    if open.carried < MOST_CARRIED {
                        *line = Some(open);
                    } else {
                        open.quit(&self.door.patience).await;
                    }
                    return Ok(());
                }
                Err(stumble) if was_used && stumble.phase == super::Phase::Sender && stumble.is_farewell() => {}
                Err(stumble) => {
                    if stumble.leaves_line() && open.reset(&self.door.patience).await {
                        open.carried += 1;
                        *line = Some(open);
                    }
                    return Err(stumble);
                }
            }
        }
    }
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Smtp({})", self.door.to.host)
    }
}

fn tls_config(to: &settings::Smtp) -> Result<ClientConfig, BadSmtp> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = &to.ca_file {
        let unreadable = || BadSmtp::Authority(file.display().to_string());
        let own: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(file)
            .map_err(|_| unreadable())?
            .collect::<Result<_, _>>()
            .map_err(|_| unreadable())?;
        if roots.add_parsable_certificates(own).0 == 0 {
            return Err(unreadable());
        }
    }
    Ok(ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| BadSmtp::Tls(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// A name that a mail server takes after EHLO.
fn hello(host: &str) -> ClientId {
    let is_name =
        !host.is_empty() && host.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-'));
    match host.parse() {
        Ok(address) => ClientId::Ipv4(address),
        Err(_) if is_name => ClientId::Domain(host.to_owned()),
        Err(_) => ClientId::Ipv4(std::net::Ipv4Addr::LOCALHOST),
    }
}

/// So many messages a second, evenly, over all lines.
struct Pace {
    between: Duration,
    next: tokio::sync::Mutex<Instant>,
}

impl Pace {
    fn new(per_second: u32) -> Self {
        let between = if per_second == 0 { Duration::ZERO } else { Duration::from_secs(1) / per_second };
        Self { between, next: tokio::sync::Mutex::new(Instant::now()) }
    }

    async fn wait(&self) {
        if self.between.is_zero() {
            return;
        }
        let slot = {
            let mut next = self.next.lock().await;
            let slot = (*next).max(Instant::now());
            *next = slot + self.between;
            slot
        };
        sleep_until(slot).await;
    }
}

/// Runs all of them in this task, so that dropping it drops their lines.
async fn all(hands: impl Iterator<Item = impl Future<Output = ()>>) {
    let mut hands: Vec<_> = hands.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        hands.retain_mut(|hand| hand.as_mut().poll(context).is_pending());
        if hands.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}
