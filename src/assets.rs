//! The few files a browser fetches beside a page: one stylesheet, a small
//! script per purpose, the icon. Each is served under a name that holds a hash
//! of its bytes, so a browser may keep it for a year and never holds an old one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

const FOLDER: &str = "/assets/";
const HASH_DIGITS: usize = 10;

/// One file, ready to be sent.
#[derive(Debug, Clone)]
pub struct Asset {
    pub bytes: Cow<'static, [u8]>,
    pub mime: &'static str,
    /// With its quotation marks, as the header wants it.
    pub etag: String,
}

/// All files of `assets/`, by their hashed names.
#[derive(Debug)]
pub struct Assets {
    hashed_by_name: BTreeMap<String, String>,
    files: BTreeMap<String, Asset>,
}

impl Assets {
    #[must_use]
    pub fn load() -> Self {
        let mut hashed_by_name = BTreeMap::new();
        let mut files = BTreeMap::new();
        for name in AssetFiles::iter() {
            let Some(file) = AssetFiles::get(&name) else {
                continue;
            };
            let hash = short_hash(&file.data);
            let hashed = hashed_name(&name, &hash);
            let asset = Asset { bytes: file.data, mime: mime(&name), etag: format!("\"{hash}\"") };
            hashed_by_name.insert(name.into_owned(), hashed.clone());
            files.insert(hashed, asset);
        }
        Self { hashed_by_name, files }
    }

    /// `app.css` is found at `/assets/app.0123456789.css`.
    #[must_use]
    pub fn url(&self, name: &str) -> Option<String> {
        let hashed = self.hashed_by_name.get(name)?;
        Some(format!("{FOLDER}{hashed}"))
    }

    /// The file behind a hashed name (without the folder).
    #[must_use]
    pub fn find(&self, hashed_name: &str) -> Option<&Asset> {
        self.files.get(hashed_name)
    }
}

#[derive(RustEmbed)]
#[folder = "assets/"]
struct AssetFiles;

fn hashed_name(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    }
}

fn short_hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.filter_map(|nibble| char::from_digit(nibble.into(), 16)).take(HASH_DIGITS).collect()
}

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_leads_to_its_file() {
        let assets = Assets::load();
        let url = assets.url("app.css").unwrap();
        let hashed = url.strip_prefix("/assets/").unwrap();
        let asset = assets.find(hashed).unwrap();
        assert!(asset.mime.starts_with("text/css"));
        assert!(hashed.contains(asset.etag.trim_matches('"')));
        assert!(asset.bytes.len() < 20_000, "the stylesheet has grown too large");
        assert!(assets.find("app.css").is_none());
        assert!(assets.url("nothing.css").is_none());
    }
}
