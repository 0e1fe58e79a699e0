use serde_json::json;

use super::{Front, Stopped, print_json};
use crate::ids::Chance;
use crate::keys::Keys;
use crate::settings::Settings;
use crate::store;

/// Reads the configuration, connects to the database, and says what is wrong in plain words
///
/// Example: soundings check
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Check {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(&self, front: &Front) -> Result<(), Stopped> {
        let settings = front.settings()?;
        let findings: Vec<(&str, Result<String, String>)> = vec![
            ("configuration", Ok("every key is known and in order".to_owned())),
            ("database", database(&settings)),
            ("keys", keys(&settings)),
            ("mail", mail(&settings)),
            ("public address", Ok(public_address(&settings))),
        ];
        let wrong = findings.iter().filter(|(_, found)| found.is_err()).count();
        if self.json {
            let items: Vec<_> = findings
                .iter()
                .map(|(part, found)| {
                    let (Ok(said) | Err(said)) = found;
                    json!({ "part": part, "in_order": found.is_ok(), "detail": said })
                })
                .collect();
            print_json(&json!({ "items": items }))?;
        } else {
            for (part, found) in &findings {
                match found {
                    Ok(said) => println!("in order  {part}: {said}"),
                    Err(said) => println!("WRONG     {part}: {said}"),
                }
            }
        }
        if wrong == 0 {
            Ok(())
        } else {
            Err(Stopped::Other(format!("{wrong} of {} parts need mending.", findings.len())))
        }
    }
}

fn database(settings: &Settings) -> Result<String, String> {
    if let Some(file) = settings.database.file().filter(|file| !file.exists()) {
        return Ok(format!("{} will be made at the first start", file.display()));
    }
    let pending = store::pending(&settings.database).map_err(|fault| fault.to_string())?;
    Ok(match pending.len() {
        0 => "answers, and all migrations are applied".to_owned(),
        some => format!("answers; {some} migrations will be applied at the next start"),
    })
}

fn keys(settings: &Settings) -> Result<String, String> {
    if !settings.keys_dir.exists() {
        return Ok(format!("{} will be made at the first start", settings.keys_dir.display()));
    }
    Keys::open(&settings.keys_dir, &Chance::system())
        .map(|_| {
            format!("{} holds the keys; export a copy and keep it apart from backups", settings.keys_dir.display())
        })
        .map_err(|fault| fault.to_string())
}

fn mail(settings: &Settings) -> Result<String, String> {
    let directory = &settings.mail.directory;
    std::fs::create_dir_all(directory)
        .map(|()| format!("each message becomes a file in {}", directory.display()))
        .map_err(|error| format!("{}: {error}", directory.display()))
}

fn public_address(settings: &Settings) -> String {
    match &settings.server.public_url {
        Some(url) => format!("links in mail begin with {url}"),
        None => {
            format!("follows the bound address {}; set server.public_url for others to reach it", settings.server.bind)
        }
    }
}
