//! The real program on an installation's directory, and what the system says it used.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::stage::database;

/// How many workers every server here has, ours or not.
pub const WORKERS: usize = 2;

/// A server that is stopped when it is let go.
pub struct Server {
    process: Child,
    pub address: SocketAddr,
    /// From spawning it to the line that says where it listens.
    pub began_in: Duration,
}

impl Server {
    /// `soundings serve` on an installation.
    pub fn of(dir: &Path) -> Self {
        let log = File::create(dir.join("log")).expect("a log");
        Self::spawn(soundings(dir).arg("serve").stderr(log))
    }

    /// Any program that says `listening on http://…`.
    pub fn spawn(command: &mut Command) -> Self {
        let began = Instant::now();
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let stdout = process.stdout.take().expect("piped");
        let line = BufReader::new(stdout)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("listening on http://")?.parse().ok());
        let began_in = began.elapsed();
        Self { process, address: line.expect("it says where it listens"), began_in }
    }

    /// Processor time it used so far.
    pub fn cpu_seconds(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).expect("Linux's /proc");
        // The name may hold blanks; user and system time are the 12th and 13th field after it.
        let (_, fields) = stat.rsplit_once(')').expect("a name in brackets");
        fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS
    }
}

/// Linux tells user programs a hundred ticks a second, whatever the kernel's own are.
const TICKS: f64 = 100.0;

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The program with an installation's settings.
pub fn soundings(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soundings"));
    command
        .current_dir(dir)
        .env("SOUNDINGS__SERVER__BIND", "127.0.0.1:0")
        .env("SOUNDINGS__SERVER__WORKERS", WORKERS.to_string())
        .env("SOUNDINGS__DATABASE__URL", format!("sqlite://{}", database(dir).display()))
        .env("SOUNDINGS__KEYS__DIR", dir.join("keys"))
        .env("SOUNDINGS__MAIL__DIRECTORY", dir.join("mail"));
    command
}
