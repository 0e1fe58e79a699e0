//! The zip archive that an office file is: how much it unpacks to is counted, never believed.

use std::cell::Cell;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{damaged, too_much};
use super::{refused, text_of};
use crate::refusal::Refusal;

/// Most bytes that the parts we read unpack to, all together.
const UNPACKED_MAX: u64 = 64 * 1024 * 1024;
/// Most parts (pictures, fonts, …).
const PARTS_MAX: usize = 4_000;
/// A part beyond a megabyte that unpacks to more than so many times its size is a bomb.
const RATIO_MAX: u64 = 400;
const RATIO_FROM: u64 = 1024 * 1024;

/// An opened archive.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    left: Cell<u64>,
}

impl<'b> Archive<'b> {
    /// # Errors
    /// Broken, or more parts than an office file has.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        // The directory is counted before it is read.
        if memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(PARTS_MAX + 1).count() > PARTS_MAX {
            return Err(too_much());
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        Ok(Self { zip, left: Cell::new(UNPACKED_MAX) })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Names of all parts.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.zip.file_names().filter_map(|name| Some(name.ok()?.into_owned()))
    }

    /// The bytes of a part; none where there is no such part.
    ///
    /// # Errors
    /// Broken, under a password, or too much.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let left = self.left.get();
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::InvalidPassword | ZipError::UnsupportedArchive(_)) => return Err(protected()),
            Err(_) => return Err(damaged()),
        };
        if part.encrypted() {
            return Err(protected());
        }
        let packed = part.compressed_size().max(1);
        let most = left.min(RATIO_FROM.max(packed.saturating_mul(RATIO_MAX)));
        let mut bytes = Vec::new();
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let unpacked = bytes.len() as u64;
        if unpacked > most {
            return Err(too_much());
        }
        self.left.set(left - unpacked);
        Ok(Some(bytes))
    }

    /// A part that is XML, as text.
    ///
    /// # Errors
    /// As [`part`](Self::part); in an encoding that cannot be read.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        Ok(self.part(name)?.map(|bytes| text_of(&bytes)))
    }
}

pub(super) fn protected() -> Refusal {
    refused(
        "protected",
        "This file has a password. Open it in Word or LibreOffice, take the password off, save it and choose it again.",
    )
}
