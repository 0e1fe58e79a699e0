//! Secrets outside the database: the link key, the session key, and one key per consultation.
//!
//! They live as files in `keys.dir` (mode 0700), never in the database or a backup. Destroying a
//! consultation's key cuts every tie from its voices to members for good.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, KeyInit as _, Mac};
use sha2::{Digest, Sha256};

use crate::ids::{Chance, Id};

/// A key or its file is not as it should be.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    #[error("cannot use the key file {path}: {source}")]
    File { path: PathBuf, source: io::Error },
    #[error("the key file {0} is not 32 bytes long; restore it from your copy of the keys")]
    Damaged(PathBuf),
    #[error("the key of consultation {0} is missing from keys.dir; import it with `soundings keys import FILE`")]
    Missing(Id),
    #[error("the passphrase is wrong, or the file is damaged")]
    Unreadable,
    #[error("{0} is no file of exported keys")]
    NotExported(PathBuf),
    #[error("{0} already holds another key; move it away first")]
    Occupied(PathBuf),
}

/// All keys of an installation. Servers that share a database share `keys.dir`.
#[derive(Clone)]
pub struct Keys(Arc<Held>);

struct Held {
    dir: PathBuf,
    chance: Chance,
    link: SecretKey,
    session: SecretKey,
    consultations: RwLock<HashMap<Id, SecretKey>>,
}

impl Keys {
    /// Opens `dir`, making it and the two general keys on first use.
    ///
    /// # Errors
    /// When the directory or a key file cannot be made, read, or is damaged.
    pub fn open(dir: &Path, chance: &Chance) -> Result<Self, KeyFault> {
        make_private_dir(&dir.join(CONSULTATIONS))?;
        make_private_dir(dir)?;
        let link = read_or_make(&dir.join("link.key"), chance)?;
        let session = read_or_make(&dir.join("session.key"), chance)?;
        Ok(Self(Arc::new(Held {
            dir: dir.to_owned(),
            chance: chance.clone(),
            link,
            session,
            consultations: RwLock::default(),
        })))
    }

    /// Makes members' links, printed codes and mailed codes.
    #[must_use]
    pub fn link(&self) -> &SecretKey {
        &self.0.link
    }

    /// Seals session cookies and signs forms.
    #[must_use]
    pub fn session(&self) -> &SecretKey {
        &self.0.session
    }

    /// The key that alone ties voices to invitations.
    ///
    /// # Errors
    /// When it is missing or cannot be read.
    pub fn consultation(&self, id: Id) -> Result<SecretKey, KeyFault> {
        if let Some(key) = self.0.consultations.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(key.clone());
        }
        let key = read(&self.consultation_path(id))?.ok_or(KeyFault::Missing(id))?;
        self.remember(id, key.clone());
        Ok(key)
    }

    /// Makes the key of a new consultation, before its row is written.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn make_consultation(&self, id: Id) -> Result<(), KeyFault> {
        let key = read_or_make(&self.consultation_path(id), &self.0.chance)?;
        self.remember(id, key);
        Ok(())
    }

    /// Destroys a consultation's key: its voices can never again be tied to anybody.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn destroy_consultation(&self, id: Id) -> Result<(), KeyFault> {
        self.0.consultations.write().unwrap_or_else(PoisonError::into_inner).remove(&id);
        let path = self.consultation_path(id);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(KeyFault::File { path, source }),
            _ => Ok(()),
        }
    }

    /// All keys in one file, sealed under a passphrase (argon2id, XChaCha20-Poly1305).
    ///
    /// # Errors
    /// When a key file cannot be read.
    pub fn export(&self, passphrase: &str) -> Result<Vec<u8>, KeyFault> {
        let mut plain = Vec::new();
        for path in key_files(&self.0.dir)? {
            let name = path.strip_prefix(&self.0.dir).unwrap_or(&path).to_string_lossy().into_owned();
            let key = read(&path)?.ok_or_else(|| KeyFault::Damaged(path.clone()))?;
            plain.push(u8::try_from(name.len()).map_err(|_| KeyFault::Damaged(path.clone()))?);
            plain.extend_from_slice(name.as_bytes());
            plain.extend_from_slice(&key.0);
        }
        let salt: [u8; 16] = self.0.chance.bytes();
        let sealed = from_passphrase(passphrase, &salt)?.seal(&self.0.chance, EXPORT_MAGIC, &plain);
        Ok([EXPORT_MAGIC, &salt, &sealed].concat())
    }

    /// Puts exported keys into `dir`; a key that is there already must be the same. Returns how many were added.
    ///
    /// # Errors
    /// Wrong passphrase, damaged file, or a different key in the way (then nothing is changed).
    pub fn import(dir: &Path, file: &Path, passphrase: &str) -> Result<usize, KeyFault> {
        let exported = fs::read(file).map_err(|source| KeyFault::File { path: file.to_owned(), source })?;
        let rest = exported.strip_prefix(EXPORT_MAGIC).ok_or_else(|| KeyFault::NotExported(file.to_owned()))?;
        let (salt, sealed) = rest.split_at_checked(16).ok_or_else(|| KeyFault::NotExported(file.to_owned()))?;
        let plain = from_passphrase(passphrase, salt)?.open(EXPORT_MAGIC, sealed).ok_or(KeyFault::Unreadable)?;
        let mut wanted = Vec::new();
        let mut rest = plain.as_slice();
        while let Some((length, after)) = rest.split_first() {
            let (name, after) = after.split_at_checked(usize::from(*length)).ok_or(KeyFault::Unreadable)?;
            let (key, after) = after.split_first_chunk::<32>().ok_or(KeyFault::Unreadable)?;
            let name = std::str::from_utf8(name).map_err(|_| KeyFault::Unreadable)?;
            let path = dir.join(name);
            match read(&path)? {
                Some(there) if there.0 == *key => {}
                Some(_) => return Err(KeyFault::Occupied(path)),
                None => wanted.push((path, SecretKey(*key))),
            }
            rest = after;
        }
        make_private_dir(dir)?;
        make_private_dir(&dir.join(CONSULTATIONS))?;
        for (path, key) in &wanted {
            write_new(path, key).map_err(|source| KeyFault::File { path: path.clone(), source })?;
        }
        Ok(wanted.len())
    }

    fn consultation_path(&self, id: Id) -> PathBuf {
        self.0.dir.join(CONSULTATIONS).join(format!("{id}.key"))
    }

    fn remember(&self, id: Id, key: SecretKey) {
        self.0.consultations.write().unwrap_or_else(PoisonError::into_inner).insert(id, key);
    }
}

/// 256 secret bits.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// HMAC-SHA-256 (RFC 2104) over `purpose` and `parts`, each with its length before it,
    /// so that no two lists of parts read alike.
    #[must_use]
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.keyed(purpose, parts).finalize().into_bytes().into()
    }

    /// Whether `mac` was made by [`SecretKey::mac`] from the same; in constant time.
    #[must_use]
    pub fn verify(&self, purpose: &str, parts: &[&[u8]], mac: &[u8]) -> bool {
        !mac.is_empty() && self.keyed(purpose, parts).verify_truncated_left(mac).is_ok()
    }

    /// XChaCha20-Poly1305 with a random nonce in front; `context` must be the same on opening.
    #[must_use]
    pub fn seal(&self, chance: &Chance, context: &[u8], plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; 24] = chance.bytes();
        let mut sealed = nonce.to_vec();
        // Encryption fails only beyond 256 GiB, which no caller can hold.
        if let Ok(text) = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: context }) {
            sealed.extend_from_slice(&text);
        }
        sealed
    }

    /// The plain bytes, or nothing when key, context or bytes are not those of the sealing.
    #[must_use]
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_first_chunk::<24>()?;
        self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: context }).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }

    fn keyed(&self, purpose: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new(&padded(self.0).into());
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

/// SHA-256, for tokens that are stored only as a hash (they carry 128 random bits or more).
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

const CONSULTATIONS: &str = "consultations";
const EXPORT_MAGIC: &[u8] = b"soundings keys 1\n";

/// HMAC pads a short key with zeros to its 64-byte block (RFC 2104, section 2).
fn padded(key: [u8; 32]) -> [u8; 64] {
    let mut block = [0; 64];
    block[..32].copy_from_slice(&key);
    block
}

fn from_passphrase(passphrase: &str, salt: &[u8]) -> Result<SecretKey, KeyFault> {
    let mut key = [0; 32];
    argon2::Argon2::default()
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .map_err(|_| KeyFault::Unreadable)?;
    Ok(SecretKey(key))
}

fn key_files(dir: &Path) -> Result<Vec<PathBuf>, KeyFault> {
    let mut files = Vec::new();
    for folder in [dir.to_owned(), dir.join(CONSULTATIONS)] {
        let fault = |source| KeyFault::File { path: folder.clone(), source };
        for entry in fs::read_dir(&folder).map_err(fault)? {
            let path = entry.map_err(fault)?.path();
            if path.extension().is_some_and(|end| end == "key") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn read_or_make(path: &Path, chance: &Chance) -> Result<SecretKey, KeyFault> {
    if let Some(key) = read(path)? {
        return Ok(key);
    }
    match write_new(path, &SecretKey(chance.bytes())) {
        Ok(()) => {}
        // Another server that shares the directory was faster: its key is the key.
        Err(source) if source.kind() == io::ErrorKind::AlreadyExists => {}
        Err(source) => return Err(KeyFault::File { path: path.to_owned(), source }),
    }
    read(path)?.ok_or_else(|| KeyFault::Damaged(path.to_owned()))
}

fn read(path: &Path) -> Result<Option<SecretKey>, KeyFault> {
    match fs::read(path) {
        Ok(bytes) => {
            <[u8; 32]>::try_from(bytes).map(|key| Some(SecretKey(key))).map_err(|_| KeyFault::Damaged(path.to_owned()))
        }
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(KeyFault::File { path: path.to_owned(), source }),
    }
}

/// Writes beside the place and links it in, so that no reader ever sees half a key.
fn write_new(path: &Path, key: &SecretKey) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let beside = path.with_extension(format!("new-{}", std::process::id()));
    let written = (|| {
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(&key.0)?;
        file.sync_all()?;
        fs::hard_link(&beside, path)?;
        path.parent().map_or(Ok(()), |dir| fs::File::open(dir)?.sync_all())
    })();
    // The name beside is only a stepping stone; the key stays under its own name.
    fs::remove_file(&beside).ok();
    written
}

fn make_private_dir(dir: &Path) -> Result<(), KeyFault> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    let fault = |source| KeyFault::File { path: dir.to_owned(), source };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(fault)?;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_mac_cannot_run_together() {
        let key = SecretKey([7; 32]);
        assert_ne!(key.mac("a", &[b"bc", b"d"]), key.mac("a", &[b"b", b"cd"]));
        assert_ne!(key.mac("a", &[b"bc"]), key.mac("ab", &[b"c"]));
        assert!(key.verify("a", &[b"bc"], &key.mac("a", &[b"bc"])[..16]));
        assert!(!key.verify("a", &[b"bc"], &[]));
    }

    #[test]
    fn what_is_sealed_opens_only_in_its_context() {
        let key = SecretKey([7; 32]);
        let sealed = key.seal(&Chance::seeded(1), b"here", b"words");
        assert_eq!(key.open(b"here", &sealed).as_deref(), Some(&b"words"[..]));
        assert_eq!(key.open(b"there", &sealed), None);
        assert_eq!(key.open(b"here", &sealed[..30]), None);
    }

    #[test]
    fn keys_travel_under_a_passphrase_and_never_overwrite() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let chance = Chance::seeded(1);
        let keys = Keys::open(from.path(), &chance).unwrap();
        let id = chance.id(chrono::DateTime::UNIX_EPOCH);
        keys.make_consultation(id).unwrap();
        let file = from.path().join("exported");
        fs::write(&file, keys.export("a long passphrase").unwrap()).unwrap();

        assert!(matches!(Keys::import(to.path(), &file, "wrong"), Err(KeyFault::Unreadable)));
        assert_eq!(Keys::import(to.path(), &file, "a long passphrase").unwrap(), 3);
        assert_eq!(Keys::import(to.path(), &file, "a long passphrase").unwrap(), 0);
        let other = Keys::open(to.path(), &chance).unwrap();
        assert_eq!(other.consultation(id).unwrap().mac("x", &[]), keys.consultation(id).unwrap().mac("x", &[]));

        let stranger = tempfile::tempdir().unwrap();
        Keys::open(stranger.path(), &chance).unwrap();
        assert!(matches!(Keys::import(stranger.path(), &file, "a long passphrase"), Err(KeyFault::Occupied(_))));
    }
}
