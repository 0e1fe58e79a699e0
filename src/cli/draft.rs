use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::{Front, Stopped, deed, print_json, read_file};
use crate::app::Workshop;
use crate::consultations::{self, State};
use crate::drafts::{self, Document, Kind, Prepared, document, version};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::{Side, Tx};

/// Documents of a consultation
///
/// Example: soundings draft import restructure draft.docx --publish --note "First draft"
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Brings in a text (.docx, .odt, .html, .md or .txt) as the next version of a document
    ///
    /// Example: soundings draft import restructure draft.docx --publish --note "First draft"
    #[command(verbatim_doc_comment)]
    Import {
        /// The consultation
        slug: String,
        /// The text: .docx, .odt, .html, .md or .txt; told by what is in it, plain texts by their ending
        file: PathBuf,
        /// proposal, comparison or supporting
        #[arg(long, default_value = "proposal")]
        kind: String,
        /// The document's title; else the text's own, else the file's name
        #[arg(long)]
        title: Option<String>,
        /// Publish it at once
        #[arg(long)]
        publish: bool,
        /// What changed, for readers; needed from the second version on
        #[arg(long, default_value = "")]
        note: String,
        /// Take the comments that stand in the file, marked as from the file
        #[arg(long)]
        with_comments: bool,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    pub(super) async fn run(self, front: &Front) -> Result<(), Stopped> {
        let Verb::Import { slug, file, kind, title, publish, note, with_comments, json } = self.verb;
        let kind = Kind::from_value(&kind)
            .ok_or_else(|| Refusal::field("kind", "not-a-kind", "Choose proposal, comparison or supporting."))?;
        let bytes = read_file(&file)?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let parsed = drafts::import::read(&bytes, &name, None)?;
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
        let mut prepared = version::prepare(&base, parsed, &workshop.chance);
        for dropped in &prepared.dropped {
            eprintln!("left out: {} ({})", dropped.what, dropped.place);
        }
        let (blocks, in_file, dropped) = (prepared.blocks.len(), prepared.notes.len(), prepared.dropped.clone());
        if !with_comments {
            prepared.notes.clear();
        }
        if in_file > 0 && !with_comments {
            eprintln!("left out: {in_file} comments in the file (--with-comments takes them)");
        }
        let made = store_version(&workshop, id, prepared).await?;
        if publish {
            publish_version(&workshop, id, made, note).await?;
        }
        if json {
            let told = json!({ "document": id, "title": document.title, "version": made, "blocks": blocks, "published": publish, "dropped": dropped, "comments_in_file": in_file });
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
    let by = deed.clone();
    let published = workshop.store.write(Side::Members, move |tx| {
        let document = document::by_id(tx, document)?;
        let of = consultations::by_id(tx, document.consultation_id)?;
        drafts::publish(tx, &by, &of, document.id, number, &note)?;
        Ok::<_, Refusal>(of.id)
    });
    Ok(drafts::pair::propose_first(&workshop.store, &deed, published.await?).await?)
}
