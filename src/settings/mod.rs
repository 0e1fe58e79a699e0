//! Settings by section. Defaults come from `config/default.toml` inside the binary; a file and the
//! environment override them. What is unknown or wrong stops the start, with its name and its source.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use config::{Config, Environment, File, FileFormat};
use serde::Deserialize;

mod database;
mod smtp;

pub use database::{BadUrl, DatabaseUrl};
pub use smtp::{Secret, Smtp, Tls, User};

/// All settings, checked.
#[derive(Clone)]
pub struct Settings {
    pub server: Server,
    pub database: DatabaseUrl,
    pub keys_dir: PathBuf,
    pub mail: Mail,
    /// Local hour (0 to 23) of the daily batch.
    pub batch_hour: u32,
    pub log: Log,
}

#[derive(Clone)]
pub struct Server {
    pub bind: SocketAddr,
    /// None: follows the bound address.
    pub public_url: Option<String>,
    pub name: String,
    pub workers: usize,
}

#[derive(Clone)]
pub struct Mail {
    /// Where messages become files, when no mail server is named.
    pub directory: PathBuf,
    /// The mail server that takes messages on, for `mail.transport = "smtp"`.
    pub smtp: Option<Smtp>,
    pub from: String,
}

#[derive(Clone)]
pub struct Log {
    pub filter: String,
    pub json: bool,
}

/// A setting that stops the start: the key, where it came from, and what to write.
#[derive(Debug, thiserror::Error)]
#[error("{key} (from {origin}): {why}")]
pub struct BadSetting {
    pub key: String,
    pub origin: String,
    pub why: String,
}

impl Settings {
    /// Reads defaults, then `file` (which must exist when it is named) or `config/local.toml`
    /// (when it exists), then `SOUNDINGS__…` from the environment.
    ///
    /// # Errors
    /// An unknown key, a bad value, an unreadable file.
    pub fn load(file: Option<&Path>) -> Result<Self, BadSetting> {
        Self::load_with(file, std::env::vars().collect())
    }

    /// As [`Settings::load`], with the environment handed in.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn load_with(file: Option<&Path>, environment: Vec<(String, String)>) -> Result<Self, BadSetting> {
        let local = file.unwrap_or(Path::new("config/local.toml"));
        if file.is_some() && !local.is_file() {
            return Err(bad("--config", &local.display().to_string(), "there is no such file"));
        }
        let from_file = File::from(local).format(FileFormat::Toml).required(false);
        let from_environment = Environment::with_prefix("SOUNDINGS")
            .prefix_separator("__")
            .separator("__")
            .source(Some(environment.into_iter().collect()));
        let origins = Origins::of(local, &from_file, &from_environment)?;
        let merged = Config::builder()
            .add_source(File::from_str(DEFAULTS, FileFormat::Toml))
            .add_source(from_file)
            .add_source(from_environment)
            .build()
            .map_err(|source| bad("settings", &local.display().to_string(), &source.to_string()))?;
        let raw: Raw = serde_path_to_error::deserialize(merged).map_err(|error| {
            let key = error.path().to_string();
            bad(&key, &origins.of_key(&key), &error.inner().to_string())
        })?;
        raw.checked().map_err(|(key, why)| bad(key, &origins.of_key(key), &why))
    }
}

const DEFAULTS: &str = include_str!("../../config/default.toml");

/// The keys as they are written in files.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    server: RawServer,
    database: RawDatabase,
    keys: RawKeys,
    mail: RawMail,
    consultations: RawConsultations,
    log: RawLog,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawServer {
    bind: String,
    public_url: String,
    name: String,
    workers: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDatabase {
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKeys {
    dir: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMail {
    transport: String,
    directory: PathBuf,
    smtp_url: String,
    smtp_password_file: PathBuf,
    ca_file: PathBuf,
    connections: usize,
    rate_per_second: u32,
    from: String,
}

impl RawMail {
    fn server(&self) -> Result<Option<Smtp>, (&'static str, String)> {
        match self.transport.as_str() {
            "directory" => return Ok(None),
            "smtp" => {}
            _ => return Err(("mail.transport", "write \"directory\" or \"smtp\"".to_owned())),
        }
        if !(1..=MOST_CONNECTIONS).contains(&self.connections) {
            return Err(("mail.connections", format!("write a number from 1 to {MOST_CONNECTIONS}")));
        }
        let given = |path: &PathBuf| Some(path.clone()).filter(|path| !path.as_os_str().is_empty());
        let server = Smtp::parse(&self.smtp_url, given(&self.smtp_password_file).as_deref())?;
        let (connections, per_second, ca_file) = (self.connections, self.rate_per_second, given(&self.ca_file));
        Ok(Some(Smtp { connections, per_second, ca_file, ..server }))
    }
}

/// Providers close the door on a crowd.
const MOST_CONNECTIONS: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConsultations {
    batch_hour: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLog {
    filter: String,
    format: String,
}

impl Raw {
    fn checked(self) -> Result<Settings, (&'static str, String)> {
        let bind = self
            .server
            .bind
            .parse::<SocketAddr>()
            .map_err(|_| ("server.bind", "write an address and a port, such as 127.0.0.1:8080".to_owned()))?;
        let public_url = Some(self.server.public_url).filter(|url| !url.is_empty());
        check_public_url(public_url.as_deref(), bind).map_err(|why| ("server.public_url", why))?;
        let database =
            DatabaseUrl::parse(&self.database.url).map_err(|why: BadUrl| ("database.url", why.to_string()))?;
        let smtp = self.mail.server()?;
        if !self.mail.from.contains('@') {
            return Err(("mail.from", "write an address, or Name <address>".to_owned()));
        }
        if self.consultations.batch_hour > 23 {
            return Err(("consultations.batch_hour", "write an hour from 0 to 23".to_owned()));
        }
        let json = match self.log.format.as_str() {
            "text" => false,
            "json" => true,
            _ => return Err(("log.format", "write text or json".to_owned())),
        };
        Ok(Settings {
            server: Server { bind, public_url, name: self.server.name, workers: self.server.workers },
            database,
            keys_dir: self.keys.dir,
            mail: Mail { directory: self.mail.directory, smtp, from: self.mail.from },
            batch_hour: self.consultations.batch_hour,
            log: Log { filter: self.log.filter, json },
        })
    }
}

fn check_public_url(url: Option<&str>, bind: SocketAddr) -> Result<(), String> {
    let Some(url) = url else {
        return if bind.ip().is_loopback() {
            Ok(())
        } else {
            Err("set the https:// address people use, since server.bind is not loopback".to_owned())
        };
    };
    if let Some(rest) = url.strip_prefix("http://") {
        let authority = rest.split('/').next().unwrap_or_default();
        let host = if let Some(v6) = authority.strip_prefix('[') {
            v6.split(']').next().unwrap_or_default()
        } else {
            authority.split(':').next().unwrap_or_default()
        };
        let is_loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        return if is_loopback { Ok(()) } else { Err("anything but loopback must be https://".to_owned()) };
    }
    if url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty()) {
        Ok(())
    } else {
        Err("write a whole address that starts with https://".to_owned())
    }
}

/// Which source last gave each key.
struct Origins(Vec<(String, String)>);

impl Origins {
    fn of(
        path: &Path,
        file: &File<config::FileSourceFile, FileFormat>,
        environment: &Environment,
    ) -> Result<Self, BadSetting> {
        use config::Source;
        let mut known = Vec::new();
        let sources: [(&dyn Source, String); 2] =
            [(file, path.display().to_string()), (environment, "the environment".to_owned())];
        for (source, name) in sources {
            let given = source.collect().map_err(|error| bad("settings", &name, &error.to_string()))?;
            for (section, value) in given {
                match value.into_table() {
                    Ok(keys) => known.extend(keys.into_keys().map(|key| (format!("{section}.{key}"), name.clone()))),
                    Err(_) => known.push((section.clone(), name.clone())),
                }
                known.push((section, name.clone()));
            }
        }
        Ok(Self(known))
    }

    fn of_key(&self, key: &str) -> String {
        self.0
            .iter()
            .rev()
            .find(|(known, _)| known == key)
            .map_or_else(|| "config/default.toml".to_owned(), |(_, origin)| origin.clone())
    }
}

fn bad(key: &str, origin: &str, why: &str) -> BadSetting {
    BadSetting { key: key.to_owned(), origin: origin.to_owned(), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_environment(pairs: &[(&str, &str)]) -> Result<Settings, BadSetting> {
        let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Settings::load_with(None, pairs)
    }

    #[test]
    fn the_defaults_are_complete() {
        let settings = from_environment(&[]).unwrap();
        assert_eq!(settings.server.bind.port(), 8080);
    }

    #[test]
    fn an_unknown_key_stops_the_start_with_its_name_and_source() {
        let told = from_environment(&[("SOUNDINGS__SERVER__BINDD", "x")]).err().unwrap().to_string();
        assert!(told.contains("bindd") && told.contains("the environment"), "{told}");
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("mine.toml");
        std::fs::write(&file, "[mail]\nfrm = \"x\"\n").unwrap();
        let told = Settings::load_with(Some(&file), vec![]).err().unwrap().to_string();
        assert!(told.contains("frm") && told.contains("mine.toml"), "{told}");
    }

    #[test]
    fn a_bad_value_is_told_with_its_key() {
        for (key, value, name) in [
            ("SOUNDINGS__SERVER__BIND", "nowhere", "server.bind"),
            ("SOUNDINGS__SERVER__PUBLIC_URL", "http://say.example.org", "server.public_url"),
            ("SOUNDINGS__DATABASE__URL", "host=x", "database.url"),
            ("SOUNDINGS__SERVER__WORKERS", "many", "server.workers"),
            ("SOUNDINGS__MAIL__TRANSPORT", "pigeon", "mail.transport"),
        ] {
            let told = from_environment(&[(key, value)]).err().unwrap().to_string();
            assert!(told.contains(name) && told.contains("the environment"), "{told}");
        }
    }

    #[test]
    fn a_mail_server_is_named_by_its_address() {
        let smtp = ("SOUNDINGS__MAIL__TRANSPORT", "smtp");
        let url = ("SOUNDINGS__MAIL__SMTP_URL", "smtps://ann:hunter2@mail.example.org");
        let settings = from_environment(&[smtp, url, ("SOUNDINGS__MAIL__RATE_PER_SECOND", "5")]).unwrap();
        let server = settings.mail.smtp.unwrap();
        assert_eq!((server.port, server.connections, server.per_second), (465, 4, 5));
        let open = ("SOUNDINGS__MAIL__SMTP_URL", "smtp://ann:hunter2@mail.example.org?tls=none");
        for (more, key) in [
            (("SOUNDINGS__MAIL__CONNECTIONS", "0"), "mail.connections"),
            (open, "mail.smtp_url (from the environment)"),
            (("SOUNDINGS__MAIL__SMTP_PASSWORD_FILE", "/x"), "mail.smtp_password_file"),
        ] {
            let told = from_environment(&[smtp, url, more]).err().unwrap().to_string();
            assert!(told.contains(key) && !told.contains("hunter2"), "{told}");
        }
        assert!(from_environment(&[smtp]).err().unwrap().to_string().contains("mail.smtp_url"));
    }

    #[test]
    fn listening_to_the_world_needs_an_https_address() {
        assert!(from_environment(&[("SOUNDINGS__SERVER__BIND", "0.0.0.0:80")]).is_err());
        assert!(
            from_environment(&[
                ("SOUNDINGS__SERVER__BIND", "0.0.0.0:80"),
                ("SOUNDINGS__SERVER__PUBLIC_URL", "https://say.example.org"),
            ])
            .is_ok()
        );
    }
}
