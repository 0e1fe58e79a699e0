//! The real program, started for one story and taken away after it.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use tempfile::TempDir;

use super::{Api, Mailbox, brought};

/// Where a story keeps its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    pub fn postgres_is_here() -> bool {
        brought("SOUNDINGS_TEST_POSTGRES").is_some()
    }
}

/// A fresh database that goes when the story ends.
enum Home {
    Sqlite { file: PathBuf },
    Postgres { cluster: String, name: String },
}

impl Home {
    fn new(database: Database, dir: &Path) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        match database {
            Database::Sqlite => Self::Sqlite { file: dir.join("soundings.db") },
            Database::Postgres => {
                let cluster = brought("SOUNDINGS_TEST_POSTGRES").expect("asked for by a story on PostgreSQL");
                let name = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
                PgConnection::establish(&format!("{cluster}/postgres"))
                    .expect("the private cluster answers")
                    .batch_execute(&format!("CREATE DATABASE {name}"))
                    .expect("a fresh database can be made");
                Self::Postgres { cluster, name }
            }
        }
    }

    fn url(&self) -> String {
        match self {
            Self::Sqlite { file } => format!("sqlite://{}", file.display()),
            Self::Postgres { cluster, name } => format!("{cluster}/{name}"),
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Self::Postgres { cluster, name } = self
            && let Ok(mut maintenance) = PgConnection::establish(&format!("{cluster}/postgres"))
        {
            let _ = maintenance.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

struct Running {
    process: Child,
    url: String,
}

/// `soundings serve` on a free port, with a directory and a database of its own.
pub struct Server {
    running: Option<Running>,
    home: Home,
    dir: TempDir,
    settings: Vec<(String, String)>,
    verb: &'static [&'static str],
}

impl Server {
    pub fn spawn(database: Database) -> Self {
        Self::spawn_with(database, &[])
    }

    /// With further settings, as `SOUNDINGS__…` or any other variable.
    pub fn spawn_with(database: Database, settings: &[(&str, &str)]) -> Self {
        let dir = tempfile::Builder::new().prefix("soundings-story-").tempdir().expect("a temporary directory");
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { running: None, home: Home::new(database, dir.path()), dir, settings, verb: &["serve"] }.begins()
    }

    /// `soundings demo`: the example, with its mailbox.
    pub fn demo() -> Self {
        let dir = tempfile::Builder::new().prefix("soundings-story-").tempdir().expect("a temporary directory");
        let home = Home::new(Database::Sqlite, dir.path());
        let verb = &["demo", "--port", "0", "--data", "demo"];
        Self { running: None, home, dir, settings: Vec::new(), verb }.begins()
    }

    fn begins(mut self) -> Self {
        self.clock_says(super::START);
        self.start();
        self
    }

    /// The path of one of the links that the demo prints, by the words before it.
    pub fn door(&self, words: &str) -> String {
        let log = self.log();
        let line = log.lines().find(|line| line.trim().starts_with(words)).expect("the demo prints it");
        let link = line.split_whitespace().next_back().expect("a link");
        link[link.find("/staff/").expect("a staff link")..].to_owned()
    }

    /// Starts it on its data; again, after [`Self::stop`] or [`Self::kill`].
    pub fn start(&mut self) {
        assert!(self.running.is_none(), "it is running already");
        let log = self.log_file();
        // A file that may not grow is an error to the server, not its end: see `files_may_grow_to`.
        let program = self.program();
        let mut process = Command::new("sh")
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
            .arg(program.get_program())
            .args(self.verb)
            .current_dir(self.dir.path())
            .env_clear()
            .envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log.try_clone().expect("the log can be shared"))
            .spawn()
            .expect("the program starts");
        let stdout = process.stdout.take().expect("piped");
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || follow(stdout, log, &tell));
        let Ok(url) = told.recv_timeout(Duration::from_mins(1)) else {
            let _ = process.kill();
            let _ = process.wait();
            panic!("it never said `listening on`; it said:\n{}", self.log());
        };
        self.running = Some(Running { process, url });
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> &str {
        &self.running.as_ref().expect("the server is running").url
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url())
    }

    pub fn api(&self, token: Option<&str>) -> Api {
        Api::new(self.url(), token)
    }

    pub fn database_url(&self) -> String {
        self.home.url()
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub fn mailbox(&self) -> Mailbox {
        Mailbox::at(&self.dir.path().join("mail"))
    }

    /// Hands the time in: from now on it is `instant` (RFC 3339) for the server.
    pub fn clock_says(&self, instant: &str) {
        let clock = self.dir.path().join("clock");
        let next = self.dir.path().join("clock.next");
        fs::write(&next, instant).expect("the clock can be set");
        fs::rename(next, clock).expect("the clock turns at once, never half");
    }

    pub fn now(&self) -> String {
        fs::read_to_string(self.dir.path().join("clock")).expect("the clock was set")
    }

    /// Runs another verb of the program on the same data.
    pub fn command(&self, arguments: &[&str]) -> Output {
        self.program().args(arguments).stdin(Stdio::null()).output().expect("the program starts")
    }

    /// As [`Self::command`]; it must succeed, and answers its standard output.
    pub fn commanded(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments);
        assert!(
            output.status.success(),
            "`soundings {}` failed: {}{}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("it writes UTF-8")
    }

    /// One pass of the scheduler and the sender, at the story's time.
    pub fn mail_is_due(&self) {
        self.commanded(&["mail", "due", "--now", &self.now()]);
    }

    /// Everything it ever wrote to standard output and standard error.
    pub fn log(&self) -> String {
        let bytes = fs::read(self.dir.path().join("log")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// From now on none of the server's files may grow beyond so many bytes, as on a full disk;
    /// `unlimited` ends that.
    pub fn files_may_grow_to(&self, bytes: &str) {
        let pid = self.running.as_ref().expect("the server is running").process.id().to_string();
        let told = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={bytes}:")]).status();
        assert!(told.is_ok_and(|status| status.success()), "prlimit (util-linux) can set it");
    }

    /// SIGTERM: it finishes what is in flight and leaves within ten seconds.
    pub fn stop(&mut self) -> ExitStatus {
        let mut running = self.running.take().expect("the server is running");
        let asked = Instant::now();
        let told = Command::new("kill").args(["-TERM", &running.process.id().to_string()]).status();
        assert!(told.is_ok_and(|status| status.success()), "SIGTERM can be sent");
        loop {
            if let Some(status) = running.process.try_wait().expect("it can be waited for") {
                return status;
            }
            if asked.elapsed() > Duration::from_secs(10) {
                let _ = running.process.kill();
                let _ = running.process.wait();
                panic!("still there ten seconds after SIGTERM:\n{}", self.log());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// SIGKILL: no warning, no last word.
    pub fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.process.kill().expect("it can be killed");
            running.process.wait().expect("and is gone");
        }
    }

    /// The program with this story's settings and nothing of the caller's.
    fn program(&self) -> Command {
        let dir = self.dir.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_soundings"));
        command.current_dir(dir).env_clear();
        for kept in ["PATH", "HOME", "TMPDIR", "RUST_BACKTRACE", "LLVM_PROFILE_FILE"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command
            .env("SOUNDINGS__SERVER__BIND", "127.0.0.1:0")
            .env("SOUNDINGS__DATABASE__URL", self.home.url())
            .env("SOUNDINGS__KEYS__DIR", dir.join("keys"))
            .env("SOUNDINGS__MAIL__TRANSPORT", "directory")
            .env("SOUNDINGS__MAIL__DIRECTORY", dir.join("mail"))
            .env("SOUNDINGS_TEST_CLOCK", dir.join("clock"))
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    fn log_file(&self) -> File {
        OpenOptions::new().create(true).append(true).open(self.dir.path().join("log")).expect("a log of its own")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("--- what the server said ---\n{}", self.log());
        }
    }
}

fn follow(stdout: impl std::io::Read, mut log: File, tell: &mpsc::Sender<String>) {
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        let _ = writeln!(log, "{line}");
        if let Some(url) = line.trim().strip_prefix("listening on ") {
            let _ = tell.send(url.trim_end_matches('/').to_owned());
        }
    }
}
