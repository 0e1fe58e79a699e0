//! The command that an organiser types for a file of all comments: its time and its memory.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::Measured;
use super::server::soundings;
use super::stage::{SLUG, Stage};

pub const COMMENTS: usize = 100_000;

pub fn measure(stage: &Stage) -> Vec<Measured> {
    vec![
        one(stage.dir.path(), "CSV of 100,000 comments, making the release"),
        one(stage.dir.path(), "CSV of 100,000 comments, of a release made before"),
    ]
}

fn one(dir: &Path, limit: &'static str) -> Measured {
    let file = dir.join("comments.csv");
    let (took, peak) = export(dir, &file);
    let mut reader = csv::Reader::from_path(&file).expect("the file");
    let rows = reader.records().try_fold(0, |rows, row| row.map(|_| rows + 1)).expect("well-formed CSV");
    assert_eq!(rows, COMMENTS);
    let seconds = took.as_secs_f64();
    Measured {
        limit,
        wanted: "≤ 3 s in ≤ 200 MB",
        figure: format!("{seconds:.2} s in {} MB", peak / 1_000_000),
        holds: Some(seconds <= 3.0 && peak <= 200_000_000),
        notes: vec![format!("CSV: {} MB on disk", fs::metadata(&file).expect("the file").len() / 1_000_000)],
    }
}

/// How long it took, and the most memory it ever held, in bytes.
fn export(dir: &Path, file: &Path) -> (Duration, u64) {
    let began = Instant::now();
    let mut process = soundings(dir)
        .args(["export", SLUG, "--format", "csv", "--audience", "negotiator", "--out"])
        .arg(file)
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", process.id());
    let mut peak = 0;
    // The kernel keeps the highest mark until the process ends; looking often misses only its last moment.
    let ended = loop {
        if let Some(kilobytes) = fs::read_to_string(&status).ok().and_then(|status| high_mark(&status)) {
            peak = kilobytes * 1024;
        }
        if let Some(ended) = process.try_wait().expect("a process of ours") {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let took = began.elapsed();
    assert!(ended.success(), "the export ended well");
    (took, peak)
}

fn high_mark(status: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}
