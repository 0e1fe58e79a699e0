use chrono::DateTime;
use clap::Subcommand;

use super::{Front, Stopped, print_json};
use crate::clock::Clock;
use crate::{jobs, mail};

/// Mail that is due
///
/// Example: soundings mail due
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// One pass of the scheduler and sender (for cron), then ends
    ///
    /// Example: soundings mail due --now 2026-12-01T09:30:00Z
    #[command(verbatim_doc_comment)]
    Due {
        /// Takes this instant (RFC 3339) for now
        #[arg(long)]
        now: Option<String>,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    pub(super) async fn run(self, front: &Front) -> Result<(), Stopped> {
        let Verb::Due { now, json } = self.verb;
        let mut workshop = front.workshop()?;
        if let Some(now) = now {
            let at = DateTime::parse_from_rfc3339(&now)
                .map_err(|_| Stopped::Other("Write --now as 2026-12-01T09:30:00Z.".to_owned()))?;
            workshop.clock = Clock::standing_at(at.to_utc());
        }
        let links = workshop.links(workshop.settings.server.bind);
        let done = jobs::pass(&workshop.hands(links)?).await?;
        if let Some(paused) = workshop.store.read(mail::channel_trouble).await? {
            eprintln!("mail waits, and is tried again from {}: {}", paused.next_try_at, paused.trouble);
        }
        if json {
            print_json(&done)
        } else {
            let jobs::Delivered { sent, broken, uncertain, .. } = done.messages;
            println!("{sent} sent, {broken} broken off, {uncertain} uncertain");
            Ok(())
        }
    }
}
