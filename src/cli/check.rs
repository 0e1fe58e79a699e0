use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use super::{Front, Stopped, print_json};
use crate::ids::Chance;
use crate::keys::Keys;
use crate::links::Links;
use crate::mail::{Patience, Probed, Sender, Smtp};
use crate::settings::Settings;
use crate::store;
use crate::words::Words;

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
    pub(super) async fn run(&self, front: &Front) -> Result<(), Stopped> {
        let settings = front.settings()?;
        let findings: Vec<(&str, Finding)> = vec![
            ("configuration", Ok("every key is known and in order".to_owned())),
            ("database", database(&settings)),
            ("keys", keys(&settings)),
            ("mail", mail(&settings).await),
            ("mail sender", sender(&settings)),
            ("public address", public_address(&settings)),
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

/// What is in order, or what is wrong and what to do.
type Finding = Result<String, String>;

fn database(settings: &Settings) -> Finding {
    if let Some(file) = settings.database.file().filter(|file| !file.exists()) {
        return Ok(format!("{} will be made at the first start", file.display()));
    }
    let pending = store::pending(&settings.database).map_err(|fault| fault.to_string())?;
    Ok(match pending.len() {
        0 => "answers, and all migrations are applied".to_owned(),
        some => format!("answers; {some} migrations will be applied at the next start"),
    })
}

fn keys(settings: &Settings) -> Finding {
    if !settings.keys_dir.exists() {
        return Ok(format!("{} will be made at the first start", settings.keys_dir.display()));
    }
    let mode =
        std::fs::metadata(&settings.keys_dir).map_err(|error| said(&settings.keys_dir, &error))?.permissions().mode();
    if mode & 0o077 != 0 {
        let dir = settings.keys_dir.display();
        return Err(format!("others on this machine can look into {dir}; close it: chmod 700 {dir}"));
    }
    Keys::open(&settings.keys_dir, &Chance::system())
        .map(|_| {
            format!("{} holds the keys; export a copy and keep it apart from backups", settings.keys_dir.display())
        })
        .map_err(|fault| fault.to_string())
}

async fn mail(settings: &Settings) -> Finding {
    let Some(to) = &settings.mail.smtp else {
        let directory = &settings.mail.directory;
        return std::fs::create_dir_all(directory)
            .map(|()| format!("each message becomes a file in {}", directory.display()))
            .map_err(|error| said(directory, &error));
    };
    let words = Arc::new(Words::load().map_err(|fault| fault.to_string())?);
    let links = Links::new(settings.server.public_url.as_deref().unwrap_or_default());
    let server = Smtp::new(to, links.host(), words, Patience::short()).map_err(|bad| bad.to_string())?;
    let Probed { is_sealed, has_signed_in } = server.probe().await?;
    let sealed = if is_sealed { "with TLS" } else { "without TLS, which stays on this machine" };
    let signed_in = if has_signed_in { "takes user name and password" } else { "asks for no user name" };
    Ok(format!("{}, port {}, answers {sealed} and {signed_in}; nothing was sent", to.host, to.port))
}

/// Whether other people's mail servers can take the sender for real.
fn sender(settings: &Settings) -> Finding {
    let from = &settings.mail.from;
    Sender::parse(from).map_err(|bad| bad.to_string())?;
    let domain = from.rsplit('@').next().unwrap_or_default().trim_end_matches('>');
    if settings.mail.smtp.is_some() && !is_real(domain) {
        return Err(format!(
            "mail from {domain} is refused by most mail servers; write an address of your own domain into mail.from"
        ));
    }
    Ok(format!("mail comes from {from}"))
}

/// Whether a host name can be one that everybody knows.
fn is_real(domain: &str) -> bool {
    let made_up = ["localhost", "localdomain", "local", "internal", "invalid", "test", "lan", "home"];
    let last = domain.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    domain.contains('.')
        && domain.split('.').all(|part| !part.is_empty())
        && !made_up.contains(&last.as_str())
        && last.chars().any(|sign| sign.is_ascii_alphabetic())
}

fn public_address(settings: &Settings) -> Finding {
    let leaves = settings.mail.smtp.is_some();
    let Some(url) = &settings.server.public_url else {
        let bind = settings.server.bind;
        return if leaves {
            Err(format!("links in mail would lead to {bind}, where nobody else gets; set server.public_url"))
        } else {
            Ok(format!("follows the bound address {bind}; set server.public_url for others to reach it"))
        };
    };
    let host = Links::new(url).host().to_owned();
    if leaves && !is_real(&host) {
        return Err(format!("links in mail begin with {url}, and {host} is known on this machine or network only"));
    }
    if leaves && !url.starts_with("https://") {
        return Err(format!("links in mail begin with {url}; only https:// keeps them and what members write private"));
    }
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    if !path.is_empty() || url.contains(['?', '#', ' ', '@']) {
        return Err(format!("{url}: write the scheme and the host alone, such as https://{host}"));
    }
    Ok(format!("links in mail begin with {url}"))
}

fn said(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(pairs: &[(&str, &str)]) -> Settings {
        let pairs = pairs.iter().map(|(key, value)| (format!("SOUNDINGS__{key}"), (*value).to_owned())).collect();
        Settings::load_with(None, pairs).unwrap()
    }

    fn with_smtp(pairs: &[(&str, &str)]) -> Settings {
        let smtp = [("MAIL__TRANSPORT", "smtp"), ("MAIL__SMTP_URL", "smtp://ann:hunter2@127.0.0.1:1")];
        settings(&[&smtp, pairs].concat())
    }

    #[test]
    fn a_sender_that_others_would_refuse_is_told() {
        assert!(sender(&settings(&[])).is_ok(), "files on this machine may come from anywhere");
        let told = sender(&with_smtp(&[])).unwrap_err();
        assert!(told.contains("localhost.localdomain") && told.contains("mail.from"), "{told}");
        for from in ["a@localhost", "a@branch", "Branch <a@host.local>", "a@x.example@y.test"] {
            assert!(sender(&with_smtp(&[("MAIL__FROM", from)])).is_err(), "{from}");
        }
        for from in ["a@branch.example.org", "The branch <mail@union.example>"] {
            assert!(sender(&with_smtp(&[("MAIL__FROM", from)])).is_ok(), "{from}");
        }
        assert!(sender(&settings(&[("MAIL__FROM", "Branch <a@>")])).unwrap_err().contains("mail.from"));
    }

    #[test]
    fn links_that_lead_nowhere_are_told() {
        assert!(public_address(&settings(&[])).is_ok());
        assert!(public_address(&with_smtp(&[])).unwrap_err().contains("server.public_url"));
        for (url, words) in [
            ("http://localhost:8080", "this machine"),
            ("https://soundings.lan", "this machine"),
            ("https://10.0.0.7", "this machine"),
            ("https://say.example.org/soundings", "alone"),
            ("https://say.example.org?x", "alone"),
        ] {
            let told = public_address(&with_smtp(&[("SERVER__PUBLIC_URL", url)])).unwrap_err();
            assert!(told.contains(words), "{url}: {told}");
        }
        assert!(public_address(&with_smtp(&[("SERVER__PUBLIC_URL", "https://say.example.org/")])).is_ok());
    }

    #[test]
    fn keys_that_others_can_read_are_told() {
        let dir = tempfile::tempdir().unwrap();
        let at = dir.path().join("keys");
        let settings = settings(&[("KEYS__DIR", at.to_str().unwrap())]);
        assert!(keys(&settings).unwrap().contains("will be made"));
        Keys::open(&at, &Chance::system()).unwrap();
        assert!(keys(&settings).unwrap().contains("holds the keys"));
        std::fs::set_permissions(&at, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert!(keys(&settings).unwrap_err().contains("chmod 700"));
    }

    #[tokio::test]
    async fn a_mail_server_that_is_not_there_is_told_without_the_password() {
        let told = mail(&with_smtp(&[])).await.unwrap_err();
        assert!(told.contains("Nothing answers at 127.0.0.1, port 1") && !told.contains("hunter2"), "{told}");
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("mail");
        assert!(mail(&settings(&[("MAIL__DIRECTORY", place.to_str().unwrap())])).await.unwrap().contains("a file in"));
    }
}
