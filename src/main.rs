//! The program. Everything is in the library; see `src/lib.rs`.

use std::process::ExitCode;

fn main() -> ExitCode {
    soundings::cli::run()
}
