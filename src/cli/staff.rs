use clap::Subcommand;
use serde_json::json;

use super::{Front, Stopped, deed, print_json};
use crate::app::Workshop;
use crate::links;
use crate::people::staff::Standing;
use crate::people::{Roles, staff};
use crate::refusal::Refusal;
use crate::store::Side;

/// Accounts of organisers, negotiators and administrators
///
/// A one-time link sets a new account up with a password; from then on its holder signs in with
/// address and password. Who has forgotten it gets another link.
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
    /// Whoever opens it chooses the account's password. A disabled account comes back by this, with
    /// a new name and roles and without its former password.
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
    /// It sets the account up, or, where a password was chosen before, signs in with one press and
    /// lets its holder choose another. The former link stops working.
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
    /// Lists the accounts: address, name, roles, state
    ///
    /// The state is "waiting for set-up" until a password is set, then "in use", or "disabled".
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
    /// Its sessions end at once; neither its password nor a link works.
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
            .map(|one| {
                json!({
                    "email": one.email,
                    "name": one.name,
                    "roles": one.roles.to_string(),
                    "disabled": one.is_disabled,
                    "password_set": one.has_password,
                })
            })
            .collect();
        return print_json(&json!({ "items": items }));
    }
    for one in staff {
        let state = match one.standing() {
            Standing::Waiting => "waiting for set-up",
            Standing::InUse => "in use",
            Standing::Disabled => "disabled",
        };
        println!("{}\t{}\t{}\t{state}", one.email, one.name, one.roles);
    }
    Ok(())
}
