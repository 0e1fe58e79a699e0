use std::path::PathBuf;

use super::{Front, Stopped, start_log};
use crate::app::{self, Workshop};
use crate::demo::{self, Stage};
use crate::settings::DatabaseUrl;
use crate::{jobs, links};

/// A complete example on the embedded database, with mail kept locally
///
/// Makes a believable consultation at its first start and opens the same data again later.
///
/// Example: soundings demo --port 8080
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Demo {
    /// The port to listen on; without it 8080, or a free one if that is taken
    #[arg(long)]
    port: Option<u16>,
    /// Where the example's data are kept
    #[arg(long, default_value = "data/demo")]
    data: PathBuf,
}

impl Demo {
    pub(super) async fn run(self, front: &Front) -> Result<(), Stopped> {
        let mut settings = front.settings()?;
        settings.server.public_url = None;
        "Wendershire Children's Services Branch".clone_into(&mut settings.server.name);
        settings.server.bind = ([127, 0, 0, 1], self.port.unwrap_or(USUAL_PORT)).into();
        settings.database = DatabaseUrl::Sqlite(self.data.join("soundings.db"));
        settings.keys_dir = self.data.join("keys");
        settings.mail.directory = self.data.join("mail");
        settings.mail.smtp = None;
        start_log(&settings);
        let listener = match app::listen(settings.server.bind) {
            Err(_) if self.port.is_none() => app::listen(([127, 0, 0, 1], 0).into())?,
            listener => listener?,
        };
        let bound = listener.local_addr().map_err(|source| Stopped::Other(source.to_string()))?;
        let workshop = Workshop::open(settings)?;
        let site = workshop.links(bound);
        let hands = workshop.hands(site.clone())?;
        eprintln!("Preparing the example …");
        let stage = Stage {
            store: workshop.store.clone(),
            keys: workshop.keys.clone(),
            clock: workshop.clock.clone(),
            chance: workshop.chance.clone(),
        };
        let made = demo::play(&stage, async |at| jobs::pass(&hands.at(at)).await.map(|_| ())).await?;
        let doors = demo::doors(&stage).await?;
        let data = self.data.display().to_string();
        app::serve(workshop, listener, true, |bound| {
            eprintln!();
            eprintln!("{}", if made { "The example is ready." } else { "The example is open again, as you left it." });
            eprintln!();
            eprintln!("  A member's own link      {}", site.absolute(&doors.member));
            eprintln!("  One who has commented    {}", site.absolute(&doors.writer));
            eprintln!("  The public page          {}", site.absolute(&links::consultation(demo::SLUG)));
            eprintln!("  The organiser signs in   {}", site.absolute(&doors.organiser));
            eprintln!("  The negotiator signs in  {}", site.absolute(&doors.negotiator));
            eprintln!("  All mail that was sent   {}", site.absolute(links::MAILBOX));
            eprintln!();
            eprintln!("To see again what she wrote, that second member is mailed a code: it is in the mailbox.");
            eprintln!("The data are in {data}; Ctrl+C ends it, the same command goes on.");
            println!("listening on http://{bound}");
        })
        .await?;
        Ok(())
    }
}

const USUAL_PORT: u16 = 8080;
