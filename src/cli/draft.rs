use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::{Front, Stopped, deed, print_json, read_file};
use crate::app::Workshop;
use crate::consultations::{self, State};
use crate::drafts::{self, Document, Format, Kind, Prepared, document, version};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Side, Tx};

/// Documents of a consultation
///
/// Example: soundings draft import restructure draft.md --publish --note "First draft"
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Brings in a text (.md or .txt) as the next version of a document
    ///
    /// Example: soundings draft import restructure draft.md --publish --note "First draft"
    #[command(verbatim_doc_comment)]
    Import {
        /// The consultation
        slug: String,
        /// The text, .md or .txt
        file: PathBuf,
        /// proposal, comparison or supporting
        #[arg(long, default_value = "proposal")]
        kind: String,
        /// The document's title; else the text's own, else the consultation's
        #[arg(long)]
        title: Option<String>,
        /// Publish it at once
        #[arg(long)]
        publish: bool,
        /// What changed, for readers; needed from the second version on
        #[arg(long, default_value = "")]
        note: String,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    pub(super) async fn run(self, front: &Front) -> Result<(), Stopped> {
        let Verb::Import { slug, file, kind, title, publish, note, json } = self.verb;
        let kind = Kind::from_value(&kind)
            .ok_or_else(|| Refusal::field("kind", "not-a-kind", "Choose proposal, comparison or supporting."))?;
        let format = match file.extension().and_then(|end| end.to_str()) {
            Some("md" | "markdown") => Format::Markdown,
            Some("txt") => Format::Plain,
            _ => {
                return Err(Stopped::Other(
                    "This version brings in .md and .txt; save the draft as one of them.".to_owned(),
                ));
            }
        };
        let bytes = read_file(&file)?;
        let source = String::from_utf8(bytes)
            .map_err(|_| Stopped::Other(format!("{} is not UTF-8 text; save it as UTF-8.", file.display())))?;
        let parsed = drafts::import::parse(format, &source)?;
        let workshop = front.workshop()?;
        let title = title.or_else(|| parsed.title.clone());
        let document = find_or_make(
            &workshop,
            &slug,
            kind,
            title,
            file.file_stem().map(|name| name.to_string_lossy().into_owned()),
        )
        .await?;
        let id = document.id;
        let base = workshop.store.read(move |tx| Ok::<_, Refusal>(version::base(tx, id)?)).await?;
        let prepared = version::prepare(&base, parsed, &workshop.chance);
        for dropped in &prepared.dropped {
            eprintln!("left out: {} ({})", dropped.what, dropped.place);
        }
        let blocks = prepared.blocks.len();
        let made = store_version(&workshop, id, prepared).await?;
        if publish {
            publish_version(&workshop, id, made, note).await?;
        }
        if json {
            let told = json!({ "document": id, "title": document.title, "version": made, "blocks": blocks, "published": publish });
            return print_json(&told);
        }
        println!("{}: version {made} with {blocks} blocks", document.title);
        if publish {
            println!("published version {made}");
        }
        Ok(())
    }
}

async fn find_or_make(
    workshop: &Workshop,
    slug: &str,
    kind: Kind,
    title: Option<String>,
    file_name: Option<String>,
) -> Result<Document, Stopped> {
    let (slug, deed) = (slug.to_owned(), deed(workshop));
    let made = workshop.store.write(Side::Members, move |tx: &mut Tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        if matches!(consultation.state, State::Closed | State::Reported) {
            return Err(Refusal::conflict("closed", "The consultation is closed; its texts stay as they are."));
        }
        let title = title.clone().or_else(|| file_name.clone()).unwrap_or(consultation.title);
        let there = document::list(tx, consultation.id)?
            .into_iter()
            .find(|one| one.kind == kind && (kind != Kind::Supporting || one.title == title));
        match there {
            Some(there) => Ok(there),
            None => document::make(tx, &deed, consultation.id, kind, &title),
        }
    });
    Ok(made.await?)
}

async fn store_version(workshop: &Workshop, document: Id, prepared: Prepared) -> Result<i32, Stopped> {
    let deed = deed(workshop);
    let stored = workshop.store.write(Side::Members, move |tx| version::store(tx, &deed, document, &prepared));
    Ok(stored.await?.number)
}

async fn publish_version(workshop: &Workshop, document: Id, number: i32, note: String) -> Result<(), Stopped> {
    let deed = deed(workshop);
    let published = workshop.store.write(Side::Members, move |tx| {
        let of = document::by_id(tx, document)?;
        version::publish(tx, &deed, document, number, &note)?;
        Ok::<_, Refusal>(consultations::touch_desks(tx, of.consultation_id)?)
    });
    Ok(published.await?)
}
