use std::io::{BufWriter, Write};
use std::path::PathBuf;

use serde_json::json;

use super::{Front, Stopped, deed, print_json};
use crate::collation::{self, export};
use crate::consultations;
use crate::refusal::Refusal;
use crate::store::Side;

/// Makes or re-uses the current release and writes it to a file
///
/// Example: soundings export restructure --format csv --audience negotiator --out comments.csv
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Export {
    /// The consultation
    slug: String,
    /// csv, json or xlsx
    #[arg(long)]
    format: String,
    /// negotiator (inside the union); table does not exist yet
    #[arg(long)]
    audience: String,
    /// The file to write
    #[arg(long)]
    out: PathBuf,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Export {
    pub(super) async fn run(self, front: &Front) -> Result<(), Stopped> {
        let format = export::asked(&self.format, &self.audience)?;
        let workshop = front.workshop()?;
        let deed = deed(&workshop);
        let slug = self.slug.clone();
        let consultation = workshop.store.read(move |tx| consultations::by_slug(tx, &slug)).await?;
        let release = collation::current(&workshop.store, &workshop.keys, &deed, &self.slug).await?;
        let fault = |source| Stopped::File { path: self.out.clone(), source };
        // Beside the place first, so that a broken export never stands under the asked name.
        let beside = self.out.with_extension("part");
        let mut file = BufWriter::new(std::fs::File::create(&beside).map_err(fault)?);
        export::write(&workshop.store, &workshop.words, &consultation, &release, format, &mut file)
            .map_err(|error| Stopped::Other(error.to_string()))?;
        file.flush().map_err(fault)?;
        file.get_ref().sync_all().map_err(fault)?;
        std::fs::rename(&beside, &self.out).map_err(fault)?;
        let detail = json!({ "release": release.number, "format": self.format, "audience": self.audience });
        let slug = self.slug.clone();
        workshop
            .store
            .write(Side::Members, move |tx| Ok::<_, Refusal>(deed.record(tx, "export", &slug, &detail)?))
            .await?;
        if self.json {
            return print_json(&release);
        }
        println!(
            "release {}: {} comments up to {}, sha256 {}",
            release.number, release.comments, release.cut_off, release.sha256
        );
        Ok(())
    }
}
