//! The service as a whole: settings in, running service out, stopped again.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use tokio::sync::Notify;

use crate::assets::Assets;
use crate::clock::Clock;
use crate::ids::Chance;
use crate::jobs;
use crate::keys::{KeyFault, Keys};
use crate::links::Links;
use crate::mail::{BadSender, BadSmtp, Directory, Patience, Sender, Smtp, Stationery, Transport};
use crate::people::Passwords;
use crate::render::{RenderFault, Renderer};
use crate::responses;
use crate::settings::Settings;
use crate::store::{Fault, Store};
use crate::web::{self, House};
use crate::words::{Words, WordsFault};

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    #[error("{0}")]
    Store(#[from] Fault),
    #[error("{0}")]
    Keys(#[from] KeyFault),
    #[error("cannot listen on {address}: {source}. Choose another server.bind, or port 0 for a free one.")]
    Bind { address: SocketAddr, source: std::io::Error },
    #[error("the server stopped: {0}")]
    Server(#[from] std::io::Error),
    #[error("templates: {0}")]
    Templates(#[from] RenderFault),
    #[error("{0}")]
    Sender(#[from] BadSender),
    #[error("{0}")]
    Smtp(#[from] BadSmtp),
    #[error("messages: {0}")]
    Words(#[from] WordsFault),
}

/// Everything that works without listening: what the command line needs.
pub struct Workshop {
    pub settings: Settings,
    pub store: Store,
    pub keys: Keys,
    pub clock: Clock,
    pub chance: Chance,
    pub words: Arc<Words>,
    pub assets: Arc<Assets>,
    /// Names of the migrations that opening applied.
    pub migrated: Vec<String>,
}

impl Workshop {
    /// Opens keys and database (applying migrations).
    ///
    /// # Errors
    /// When either is not as it should be.
    pub fn open(settings: Settings) -> Result<Self, StartFault> {
        let chance = Chance::system();
        let (store, migrated) = Store::open(&settings.database)?;
        let keys = Keys::open(&settings.keys_dir, &chance)?;
        let words = Arc::new(Words::load()?);
        let assets = Arc::new(Assets::load());
        Ok(Self { settings, store, keys, clock: Clock::system(), chance, words, assets, migrated })
    }

    /// Where the site is: as set, or following the address that is listened on.
    #[must_use]
    pub fn links(&self, bound: SocketAddr) -> Links {
        Links::new(&self.settings.server.public_url.clone().unwrap_or_else(|| format!("http://{bound}")))
    }

    /// What background work needs.
    ///
    /// # Errors
    /// When the templates do not parse, or the sender or the mail server's settings cannot be used.
    pub fn hands(&self, links: Links) -> Result<jobs::Hands, StartFault> {
        let renderer = Renderer::load(self.words.clone(), self.assets.clone())?;
        let transport = match &self.settings.mail.smtp {
            None => Transport::Directory(Directory::new(&self.settings.mail.directory)),
            Some(to) => {
                Transport::Smtp(Arc::new(Smtp::new(to, links.host(), self.words.clone(), Patience::default())?))
            }
        };
        Ok(jobs::Hands {
            store: self.store.clone(),
            clock: self.clock.clone(),
            chance: self.chance.clone(),
            stationery: Stationery {
                sender: Sender::parse(&self.settings.mail.from)?,
                links,
                keys: self.keys.clone(),
                words: self.words.clone(),
                renderer: Arc::new(renderer),
            },
            transport,
            batch_hour: self.settings.batch_hour,
            stop: jobs::Stop::never(),
        })
    }
}

/// Runs a future to its end, on a runtime that can serve.
pub fn block_on<F: Future>(work: F) -> F::Output {
    actix_web::rt::System::new().block_on(work)
}

/// Takes an address to listen on.
///
/// # Errors
/// When it is taken or not ours.
pub fn listen(address: SocketAddr) -> Result<TcpListener, StartFault> {
    TcpListener::bind(address).map_err(|source| StartFault::Bind { address, source })
}

/// Works until SIGTERM or SIGINT; what is in flight is finished first.
///
/// `ready` is told the address once requests are taken. Runs inside an actix system.
///
/// # Errors
/// When the templates do not parse, or the listener fails.
pub async fn serve(
    workshop: Workshop,
    listener: TcpListener,
    shows_mailbox: bool,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), StartFault> {
    let bound = listener.local_addr()?;
    let links = workshop.links(bound);
    let (stopper, stop) = jobs::Stop::new(GRACE);
    let hands = jobs::Hands { stop, ..workshop.hands(links.clone())? };
    let wake = Arc::new(Notify::new());
    let house = Data::new(House {
        store: workshop.store,
        keys: workshop.keys,
        clock: workshop.clock,
        chance: workshop.chance,
        renderer: Renderer::load(workshop.words.clone(), workshop.assets.clone())?,
        links,
        words: workshop.words,
        assets: workshop.assets,
        passwords: Passwords::default(),
        shelf: web::Shelf::default(),
        desks: responses::Desks::default(),
        progresses: responses::Progresses::default(),
        wake: wake.clone(),
        shows_mailbox,
        settings: workshop.settings.clone(),
    });
    let mut server = HttpServer::new(move || {
        App::new().app_data(house.clone()).wrap(from_fn(web::around)).configure(web::routes::configure)
    })
    .shutdown_timeout(8)
    .keep_alive(std::time::Duration::from_mins(1));
    if workshop.settings.server.workers > 0 {
        server = server.workers(workshop.settings.server.workers);
    }
    let server = server.listen(listener)?.run();
    let worker = actix_web::rt::spawn(async move { jobs::run(&hands, &wake).await });
    let stopper = Arc::new(stopper);
    // Mail is told at once, while requests are still being answered: both have the same ten seconds.
    let telling = actix_web::rt::spawn({
        let stopper = stopper.clone();
        async move {
            asked_to_stop().await;
            stopper.stop();
        }
    });
    ready(bound);
    let ended = server.await;
    telling.abort();
    stopper.stop();
    // Whatever the worker leaves is taken up after its lease.
    tokio::time::timeout(std::time::Duration::from_secs(7), worker).await.ok();
    Ok(ended?)
}

/// How long messages that are being handed over have after a stop; all of it ends within ten seconds.
const GRACE: std::time::Duration = std::time::Duration::from_secs(6);

async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminated), Ok(mut interrupted)) => {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = interrupted.recv() => {}
            }
        }
        // The server hears them itself, and the worker is told after it.
        _ => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests;
