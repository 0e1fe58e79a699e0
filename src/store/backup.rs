//! A copy of the embedded database while it is in use, and the way back.

use std::fs;
use std::io::Read as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{Fault, migrate};
use crate::settings::DatabaseUrl;

/// Why there is no copy, or why it is not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    #[error(
        "PostgreSQL has tools of its own for this: pg_dump for a copy while servers run, pg_restore to put it back"
    )]
    Postgres,
    #[error("{0} is there already; choose another name, so that no copy is overwritten")]
    Taken(PathBuf),
    #[error("{0} is not a whole copy of a Soundings database ({1}); nothing was changed")]
    Unsound(PathBuf, String),
    #[error("{0} was made by a newer Soundings; bring this one up to date first; nothing was changed")]
    Newer(PathBuf),
    #[error("the database is in use; stop the server first; nothing was changed")]
    InUse,
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    #[error("{0}")]
    Fault(#[from] Fault),
}

/// Writes a consistent copy to a new file that only its owner may read. Keys are never in it, nor
/// what was deleted.
///
/// # Errors
/// A file that exists, a full disk, another kind of database.
pub fn backup(url: &DatabaseUrl, to: &Path) -> Result<(), BackupFault> {
    let file = url.file().ok_or(BackupFault::Postgres)?;
    let told = |source| BackupFault::File(to.to_owned(), source);
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(|source| {
        if source.kind() == std::io::ErrorKind::AlreadyExists {
            BackupFault::Taken(to.to_owned())
        } else {
            told(source)
        }
    })?;
    let copied = connect(file).and_then(|mut connection| {
        // Into the empty file just made: SQLite keeps its mode.
        diesel::sql_query("VACUUM INTO ?")
            .bind::<Text, _>(to.to_string_lossy().into_owned())
            .execute(&mut connection)
            .map_err(|source| BackupFault::Fault(source.into()))
    });
    let done = copied.and_then(|_| is_sound(to)).and_then(|()| settle(to).map_err(told));
    if done.is_err() {
        fs::remove_file(to).ok();
    }
    done
}

/// Puts a copy back in the place of the database, after looking through all of it. What was there
/// stands beside it afterwards, under the name returned.
///
/// # Errors
/// A copy that is not whole or is newer than this program; a server still running.
pub fn restore(url: &DatabaseUrl, from: &Path) -> Result<Option<PathBuf>, BackupFault> {
    let file = url.file().ok_or(BackupFault::Postgres)?;
    is_sound(from)?;
    if migrate::is_newer(&mut connect(from)?)? {
        return Err(BackupFault::Newer(from.to_owned()));
    }
    let told = |source| BackupFault::File(file.to_owned(), source);
    let dir = file.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(dir).map_err(told)?;
    let beside = with_ending(file, "restoring");
    let mut copy =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside).map_err(told)?;
    std::io::copy(&mut fs::File::open(from).map_err(told)?, &mut copy).map_err(told)?;
    copy.sync_all().map_err(told)?;
    let before = if file.exists() {
        let before = with_ending(file, "before-restore");
        alone(file)?;
        fs::rename(file, &before).map_err(told)?;
        Some(before)
    } else {
        None
    };
    fs::rename(&beside, file).and_then(|()| settle(file)).map_err(told)?;
    Ok(before)
}

fn connect(file: &Path) -> Result<SqliteConnection, BackupFault> {
    let unreachable =
        || BackupFault::Fault(Fault::Unreachable(format!("{}: there is no such database", file.display())));
    if !file.is_file() {
        return Err(unreachable());
    }
    let mut connection = SqliteConnection::establish(&file.to_string_lossy()).map_err(|_| unreachable())?;
    connection.batch_execute("PRAGMA busy_timeout = 5000;").map_err(Fault::from)?;
    Ok(connection)
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Text)]
    answer: String,
}

fn ask(connection: &mut SqliteConnection, question: &str) -> Result<Vec<String>, diesel::result::Error> {
    Ok(diesel::sql_query(question).load::<Answer>(connection)?.into_iter().map(|row| row.answer).collect())
}

/// Reads every page of a copy and checks every reference.
fn is_sound(file: &Path) -> Result<(), BackupFault> {
    let unsound = |why: &str| BackupFault::Unsound(file.to_owned(), why.to_owned());
    let mut head = [0; MAGIC.len()];
    let read = fs::File::open(file).and_then(|mut file| file.read_exact(&mut head));
    read.map_err(|source| match source.kind() {
        std::io::ErrorKind::UnexpectedEof => unsound("it is too short"),
        _ => BackupFault::File(file.to_owned(), source),
    })?;
    if &head != MAGIC {
        return Err(unsound("it is another kind of file"));
    }
    let mut connection = connect(file)?;
    let mut asked = |question| ask(&mut connection, question).map_err(|_| unsound("it cannot be read"));
    if asked("SELECT integrity_check AS answer FROM pragma_integrity_check")? != ["ok"] {
        return Err(unsound("some of its pages are damaged"));
    }
    if !asked("SELECT \"table\" AS answer FROM pragma_foreign_key_check LIMIT 1")?.is_empty() {
        return Err(unsound("rows refer to others that are missing"));
    }
    if asked("SELECT name AS answer FROM sqlite_master WHERE name IN ('consultation', 'voice')")?.len() != 2 {
        return Err(unsound("it holds something else"));
    }
    Ok(())
}

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Leaves the write-ahead log, which SQLite lets nobody do while another holds the file open.
fn alone(file: &Path) -> Result<(), BackupFault> {
    let mut connection = connect(file)?;
    connection.batch_execute("PRAGMA busy_timeout = 0;").map_err(Fault::from)?;
    diesel::sql_query("PRAGMA journal_mode = DELETE").execute(&mut connection).map_err(|_| BackupFault::InUse)?;
    Ok(())
}

fn settle(file: &Path) -> std::io::Result<()> {
    fs::File::open(file)?.sync_all()?;
    let dir = file.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(dir)?.sync_all()
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{ending}"));
    name.into()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn house(dir: &Path) -> (DatabaseUrl, PathBuf) {
        let file = dir.join("data/soundings.db");
        let url = DatabaseUrl::Sqlite(file.clone());
        crate::store::applied(&url).unwrap();
        (url, file)
    }

    fn teams(file: &Path) -> Vec<String> {
        ask(&mut connect(file).unwrap(), "SELECT name AS answer FROM team").unwrap()
    }

    fn add_team(connection: &mut SqliteConnection, name: &str) {
        let row = format!("INSERT INTO team (id, name, path) VALUES (randomblob(16), '{name}', '{name}')");
        connection.batch_execute(&row).unwrap();
    }

    #[test]
    fn a_copy_made_while_in_use_comes_back_whole() {
        let dir = tempfile::tempdir().unwrap();
        let (url, file) = house(dir.path());
        let mut server = connect(&file).unwrap();
        add_team(&mut server, "Fostering");
        let copy = dir.path().join("copy.db");
        backup(&url, &copy).unwrap();
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(matches!(backup(&url, &copy), Err(BackupFault::Taken(_))));
        add_team(&mut server, "Youth");
        assert!(matches!(restore(&url, &copy), Err(BackupFault::InUse)));
        assert_eq!(teams(&file).len(), 2, "a refusal changes nothing");
        drop(server);
        let before = restore(&url, &copy).unwrap().unwrap();
        assert_eq!(teams(&file), ["Fostering"]);
        assert_eq!(teams(&before).len(), 2, "what was there is kept");
    }

    #[test]
    fn what_is_no_copy_replaces_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (url, file) = house(dir.path());
        let copy = dir.path().join("copy.db");
        backup(&url, &copy).unwrap();
        let whole = fs::read(&copy).unwrap();
        let mut damaged = whole.clone();
        damaged.truncate(whole.len() / 2);
        for (content, why) in [(b"a,b,c".to_vec(), "too short"), (vec![b'x'; 9000], "another kind"), (damaged, "")] {
            fs::write(&copy, content).unwrap();
            let told = restore(&url, &copy).unwrap_err().to_string();
            assert!(told.contains(why) && told.contains("nothing was changed"), "{told}");
        }
        fs::write(&copy, &whole).unwrap();
        connect(&copy)
            .unwrap()
            .batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')")
            .unwrap();
        assert!(matches!(restore(&url, &copy), Err(BackupFault::Newer(_))));
        assert!(file.is_file());
    }
}
