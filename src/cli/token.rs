use clap::Subcommand;
use serde_json::json;

use super::{Front, Stopped, deed, print_json};
use crate::people::{Roles, token};
use crate::refusal::Refusal;
use crate::store::Side;

/// Tokens for programs that call the JSON API
///
/// Example: soundings token new --role organiser --name scripts
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes a token and prints it, alone and once
    ///
    /// Example: soundings token new --role organiser --name scripts
    #[command(verbatim_doc_comment)]
    New {
        /// organiser, negotiator or admin; may be repeated
        #[arg(long, required = true)]
        role: Vec<String>,
        /// What it is for
        #[arg(long)]
        name: String,
    },
    /// Lists the tokens, without their secrets
    ///
    /// Example: soundings token list --json
    #[command(verbatim_doc_comment)]
    List {
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
    /// Ends a token, by its name or id
    ///
    /// Example: soundings token revoke scripts
    #[command(verbatim_doc_comment)]
    Revoke {
        /// The token's name, or its id
        name: String,
    },
}

impl Command {
    pub(super) async fn run(self, front: &Front) -> Result<(), Stopped> {
        let workshop = front.workshop()?;
        match self.verb {
            Verb::New { role, name } => {
                let roles = Roles::parse(&role.join(",")).map_err(Refusal::from)?;
                let deed = deed(&workshop);
                let made = workshop.store.write(Side::Members, move |tx| token::make(tx, &deed, &name, &roles)).await?;
                println!("{made}");
                Ok(())
            }
            Verb::List { json } => {
                let tokens = workshop.store.read(|tx| Ok::<_, Refusal>(token::list(tx)?)).await?;
                if json {
                    let items: Vec<_> = tokens
                        .iter()
                        .map(|one| json!({ "id": one.id, "name": one.name, "roles": one.roles.to_string(), "revoked": one.is_revoked }))
                        .collect();
                    return print_json(&json!({ "items": items }));
                }
                for one in tokens {
                    let revoked = if one.is_revoked { "\trevoked" } else { "" };
                    println!("{}\t{}\t{}{revoked}", one.id, one.name, one.roles);
                }
                Ok(())
            }
            Verb::Revoke { name } => {
                let deed = deed(&workshop);
                let wanted = name.clone();
                workshop.store.write(Side::Members, move |tx| token::revoke(tx, &deed, &wanted)).await?;
                eprintln!("The token {name} is ended.");
                Ok(())
            }
        }
    }
}
