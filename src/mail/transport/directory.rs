//! A directory with one file for each message: for a local mailbox page, a mail server that picks
//! files up, and tests.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use tokio::sync::mpsc::{Receiver, Sender};

use super::{Broken, End, Note, Phase};
use crate::mail::message::Outgoing;

/// Writes `ROW.eml` for each message. Writing it again changes nothing, so a message whose worker
/// died may simply be written again.
#[derive(Debug, Clone)]
pub struct Directory(PathBuf);

impl Directory {
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    fn write(&self, message: &Outgoing) -> io::Result<()> {
        let path = self.0.join(format!("{}.eml", message.id));
        let beside = self.0.join(format!("{}.eml.tmp", message.id));
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(&message.bytes)?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    }

    fn write_all(&self, messages: &[Outgoing]) -> Vec<Result<(), Broken>> {
        messages.iter().map(|message| self.write(message).map_err(|error| broken(Phase::Body, &error))).collect()
    }
}

impl Directory {
    /// Writes each message that comes, until no more can come. A file may be written again, so
    /// nothing is noted before it is there.
    pub(super) async fn send(&self, mut messages: Receiver<Outgoing>, notes: Sender<Note>) {
        let mut waiting = Vec::new();
        while messages.recv_many(&mut waiting, AT_ONCE).await > 0 {
            let (hand, batch) = (self.clone(), std::mem::take(&mut waiting));
            let ids: Vec<_> = batch.iter().map(|message| message.id).collect();
            let written = tokio::task::spawn_blocking(move || hand.write_each(&batch)).await;
            let written = written.unwrap_or_else(|_| ids.iter().map(|_| Err(died())).collect());
            for (id, answer) in ids.into_iter().zip(written) {
                let end = answer.map_or_else(End::Broken, |()| End::Sent);
                if notes.send(Note::Ended { id, end }).await.is_err() {
                    return;
                }
            }
        }
    }

    /// One answer for each message, in their order. Takes its time: call it where that is allowed.
    #[must_use]
    pub fn write_each(&self, messages: &[Outgoing]) -> Vec<Result<(), Broken>> {
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.0);
        if let Err(error) = made {
            return messages.iter().map(|_| Err(broken(Phase::Connect, &error))).collect();
        }
        // Waiting for the disk is most of the work: several hands wait at once.
        let share = messages.len().div_ceil(HANDS).max(1);
        let written: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> =
                messages.chunks(share).map(|chunk| (chunk.len(), scope.spawn(|| self.write_all(chunk)))).collect();
            hands
                .into_iter()
                .flat_map(|(count, hand)| hand.join().unwrap_or_else(|_| vec![Err(died()); count]))
                .collect()
        });
        match fs::File::open(&self.0).and_then(|dir| dir.sync_all()) {
            Ok(()) => written,
            Err(error) => messages.iter().map(|_| Err(broken(Phase::Body, &error))).collect(),
        }
    }
}

const HANDS: usize = 8;

/// Messages that wait for the disk together.
pub(super) const AT_ONCE: usize = 100;

fn broken(phase: Phase, error: &io::Error) -> Broken {
    Broken { phase, permanent: false, trouble: format!("The mail directory cannot be written: {}.", error.kind()) }
}

fn died() -> Broken {
    Broken { phase: Phase::Body, permanent: false, trouble: "Writing stopped unexpectedly.".to_owned() }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::ids::Id;

    fn outgoing(n: u8) -> Outgoing {
        Outgoing { id: Id::from_bytes([n; 16]), from: String::new(), to: String::new(), bytes: vec![b'x'; 10] }
    }

    #[test]
    fn one_private_file_for_each_message_however_often() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("mail");
        let directory = Directory::new(&place);
        for _ in 0..2 {
            let messages: Vec<_> = (0..20).map(outgoing).collect();
            assert!(directory.write_each(&messages).iter().all(Result::is_ok));
        }
        let files: Vec<_> = fs::read_dir(&place).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 20);
        assert!(files.iter().all(|file| file.extension().is_some_and(|end| end == "eml")));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&place), mode(&files[0])), (0o700, 0o600));
    }

    #[test]
    fn a_place_that_cannot_be_written_breaks_for_now() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("mail");
        fs::write(&place, "a file in the way").unwrap();
        let told = Directory::new(&place).write_each(&[outgoing(1)]).remove(0).unwrap_err();
        assert!(!told.permanent && told.phase == Phase::Connect, "{told:?}");
    }
}
