//! A mail server that only takes mail: Debian's `smtp-sink` (package `postfix`), with its switches
//! for refusing, stalling and hanging up.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

use tempfile::TempDir;

use super::Letter;

pub struct Sink {
    dir: TempDir,
    port: u16,
    process: Option<Child>,
}

/// One message as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    pub to: String,
    pub message_id: String,
}

impl Sink {
    /// Takes every message.
    pub fn taking() -> Self {
        Self::with(&[])
    }

    /// With switches as in `man smtp-sink`.
    pub fn with(switches: &[&str]) -> Self {
        let dir = tempfile::Builder::new().prefix("soundings-sink-").tempdir().expect("a temporary directory");
        // It gives up its rights before it writes.
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o777)).expect("its directory is open to it");
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
        let mut sink = Self { dir, port: free.port(), process: None };
        sink.start(switches);
        sink
    }

    /// Begins anew at the same address; what arrived stays.
    pub fn becomes(&mut self, switches: &[&str]) {
        self.stop();
        self.start(switches);
    }

    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("it can be stopped");
            process.wait().expect("and is gone");
        }
    }

    fn start(&mut self, switches: &[&str]) {
        let mut command = Command::new("smtp-sink");
        command.env("PATH", format!("{}:/usr/sbin", env::var("PATH").unwrap_or_default()));
        if fs::metadata("/proc/self").expect("Linux").uid() == 0 {
            command.args(["-u", "nobody"]);
        }
        command.args(switches).arg("-d").arg(self.dir.path().join("m."));
        command.arg(format!("127.0.0.1:{}", self.port)).arg("100").stdin(Stdio::null());
        self.process = Some(command.spawn().expect("smtp-sink starts; Debian's package postfix brings it"));
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.process.as_mut().and_then(|process| process.try_wait().ok().flatten());
            assert!(ended.is_none(), "smtp-sink ended: {ended:?}");
            std::thread::yield_now();
        }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// How many messages are there, whole or in the middle of arriving.
    pub fn count(&self) -> usize {
        fs::read_dir(self.dir.path()).map_or(0, Iterator::count)
    }

    /// Everything that arrived, read as a mail program reads it; none may be in the middle of arriving.
    pub fn letters(&self) -> Vec<Letter> {
        let files = fs::read_dir(self.dir.path()).expect("it can be listed");
        let raw = files.map(|entry| fs::read(entry.expect("it can be listed").path()).expect("a message can be read"));
        raw.map(|raw| Letter::read(&raw)).collect()
    }

    /// Everything that arrived, by recipient.
    pub fn arrived(&self) -> BTreeMap<String, Vec<Arrived>> {
        let mut arrived: BTreeMap<String, Vec<Arrived>> = BTreeMap::new();
        for entry in fs::read_dir(self.dir.path()).expect("it can be listed") {
            let text = fs::read(entry.expect("it can be listed").path()).expect("a message can be read");
            let text = String::from_utf8_lossy(&text).into_owned();
            let header = |name: &str| {
                let found = text.lines().find_map(|line| line.strip_prefix(name));
                found.unwrap_or_default().trim_matches(['<', '>', ' ']).to_owned()
            };
            let one = Arrived { to: header("X-Rcpt-Args: "), message_id: header("Message-ID: ") };
            arrived.entry(one.to.clone()).or_default().push(one);
        }
        arrived
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.stop();
    }
}
