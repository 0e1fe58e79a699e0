use super::{Front, Stopped, print_json};
use crate::store;

/// Applies pending migrations and says which (serve and demo do it themselves)
///
/// Example: soundings migrate
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Migrate {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Migrate {
    pub(super) fn run(&self, front: &Front) -> Result<(), Stopped> {
        let applied = store::applied(&front.settings()?.database)?;
        if self.json {
            return print_json(&serde_json::json!({ "applied": applied }));
        }
        if applied.is_empty() {
            println!("Nothing to do: the database is up to date.");
        }
        for name in applied {
            println!("applied {name}");
        }
        Ok(())
    }
}
