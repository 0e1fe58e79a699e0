//! The command that an organiser types for a file of all comments: its time and its memory.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::Measured;
use super::server::soundings;
use super::stage::{SLUG, Stage};

pub const COMMENTS: usize = 100_000;

pub fn csv(stage: &Stage) -> Vec<Measured> {
    let one = |limit| one(stage.dir.path(), "csv", limit, (3.0, 200), "≤ 3 s in ≤ 200 MB", &rows_of_csv);
    vec![one("CSV of 100,000 comments, making the release"), one("CSV of 100,000 comments, of a release made before")]
}

/// That every row is there, the stories show, on fewer of them.
pub fn xlsx(stage: &Stage) -> Vec<Measured> {
    let one = |limit| one(stage.dir.path(), "xlsx", limit, (10.0, 300), "≤ 10 s in ≤ 300 MB", &|_| COMMENTS);
    vec![
        one("XLSX of 100,000 comments, with the release where none is made"),
        one("XLSX of 100,000 comments, of a release made before"),
    ]
}

fn rows_of_csv(file: &Path) -> usize {
    let mut reader = csv::Reader::from_path(file).expect("the file");
    reader.records().try_fold(0, |rows, row| row.map(|_| rows + 1)).expect("well-formed CSV")
}

fn one(
    dir: &Path,
    format: &str,
    limit: &'static str,
    (most_seconds, most_megabytes): (f64, u64),
    wanted: &'static str,
    rows: &dyn Fn(&Path) -> usize,
) -> Measured {
    let file = dir.join(format!("comments.{format}"));
    let (took, peak) = export(dir, format, &file);
    assert_eq!(rows(&file), COMMENTS);
    let seconds = took.as_secs_f64();
    let megabytes = fs::metadata(&file).expect("the file").len() / 1_000_000;
    Measured {
        limit,
        wanted,
        figure: format!("{seconds:.2} s in {} MB", peak / 1_000_000),
        holds: Some(seconds <= most_seconds && peak <= most_megabytes * 1_000_000),
        notes: vec![format!("{format}: {megabytes} MB on disk")],
    }
}

/// How long it took, and the most memory it ever held, in bytes.
fn export(dir: &Path, format: &str, file: &Path) -> (Duration, u64) {
    let began = Instant::now();
    let mut process = soundings(dir)
        .args(["export", SLUG, "--format", format, "--audience", "negotiator", "--out"])
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
