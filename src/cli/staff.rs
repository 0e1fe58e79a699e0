use clap::Subcommand;
use serde_json::json;

use super::{Front, Stopped, deed, print_json};
use crate::app::Workshop;
use crate::links;
use crate::people::{Roles, staff};
use crate::refusal::Refusal;
use crate::store::Side;

/// Accounts of organisers, negotiators and administrators
///
/// Example: soundings staff add --email jo@example.org --name "Jo Bell" --role organiser --role negotiator
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes an account and prints its one-time set-up link
    ///
    /// Example: soundings staff add --email jo@example.org --name "Jo Bell" --role organiser
    #[command(verbatim_doc_comment)]
    Add {
        /// The mail address, by which the account is known
        #[arg(long)]
        email: String,
        /// The name colleagues see
        #[arg(long)]
        name: String,
        /// organiser, negotiator or admin; may be repeated
        #[arg(long, required = true)]
        role: Vec<String>,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
    /// Prints a new one-time link for an account
    ///
    /// Example: soundings staff link --email jo@example.org
    #[command(verbatim_doc_comment)]
    Link {
        /// The mail address, by which the account is known
        #[arg(long)]
        email: String,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
    /// Lists the accounts
    ///
    /// Example: soundings staff list --json
    #[command(verbatim_doc_comment)]
    List {
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
    /// Shuts an account out
    ///
    /// Example: soundings staff disable --email jo@example.org
    #[command(verbatim_doc_comment)]
    Disable {
        /// The mail address, by which the account is known
        #[arg(long)]
        email: String,
    },
}

impl Command {
    pub(super) async fn run(self, front: &Front) -> Result<(), Stopped> {
        let workshop = front.workshop()?;
        match self.verb {
            Verb::Add { email, name, role, json } => {
                let roles = Roles::parse(&role.join(",")).map_err(Refusal::from)?;
                let deed = deed(&workshop);
                let (address, named) = (email.clone(), name.clone());
                let token = workshop
                    .store
                    .write(Side::Members, move |tx| {
                        staff::add(tx, &deed, &address, &named, &roles).map(|(_, token)| token)
                    })
                    .await?;
                print_link(&workshop, &email, &token, json)
            }
            Verb::Link { email, json } => {
                let deed = deed(&workshop);
                let address = email.clone();
                let token = workshop.store.write(Side::Members, move |tx| staff::new_link(tx, &deed, &address)).await?;
                print_link(&workshop, &email, &token, json)
            }
            Verb::List { json } => list(&workshop, json).await,
            Verb::Disable { email } => {
                let deed = deed(&workshop);
                let address = email.clone();
                workshop.store.write(Side::Members, move |tx| staff::disable(tx, &deed, &address)).await?;
                eprintln!("{email} is shut out.");
                Ok(())
            }
        }
    }
}

fn print_link(workshop: &Workshop, email: &str, token: &str, json: bool) -> Result<(), Stopped> {
    let link = workshop.links(workshop.settings.server.bind).absolute(&links::staff_link(token));
    if json {
        return print_json(&json!({ "email": email, "link": link }));
    }
    eprintln!("One-time link for {email}, good for three days:");
    println!("{link}");
    Ok(())
}

async fn list(workshop: &Workshop, json: bool) -> Result<(), Stopped> {
    let staff = workshop.store.read(|tx| Ok::<_, Refusal>(staff::list(tx)?)).await?;
    if json {
        let items: Vec<_> = staff
            .iter()
            .map(|one| json!({ "email": one.email, "name": one.name, "roles": one.roles.to_string(), "disabled": one.is_disabled }))
            .collect();
        return print_json(&json!({ "items": items }));
    }
    for one in staff {
        let disabled = if one.is_disabled { "\tdisabled" } else { "" };
        println!("{}\t{}\t{}{disabled}", one.email, one.name, one.roles);
    }
    Ok(())
}
