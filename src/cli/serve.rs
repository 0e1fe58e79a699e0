use super::{Front, Stopped, start_log};
use crate::app;

/// The web server and the scheduler
///
/// Example: soundings serve --config /etc/soundings.toml
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Serve {}

impl Serve {
    pub(super) async fn run(self, front: &Front) -> Result<(), Stopped> {
        let settings = front.settings()?;
        start_log(&settings);
        let workshop = front.workshop()?;
        let listener = app::listen(workshop.settings.server.bind)?;
        Ok(app::serve(workshop, listener, false, |bound| println!("listening on http://{bound}")).await?)
    }
}
