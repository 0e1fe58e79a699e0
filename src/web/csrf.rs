//! Forms prove that they came from our own pages: a random cookie, and its MAC in the form.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;

use super::session::cookie;
use crate::ids::Chance;
use crate::keys::Keys;

const COOKIE: &str = "__Host-form";

/// The token for the forms of one page, and the cookie to set with it where the browser had none.
pub struct FormToken {
    pub token: String,
    pub cookie: Option<Cookie<'static>>,
}

impl FormToken {
    #[must_use]
    pub fn for_page(request: &HttpRequest, keys: &Keys, chance: &Chance) -> Self {
        match request.cookie(COOKIE) {
            Some(held) if held.value().len() == VALUE_LENGTH => {
                Self { token: token(keys, chance, held.value()), cookie: None }
            }
            _ => {
                let value = URL_SAFE_NO_PAD.encode(chance.bytes::<16>());
                Self { token: token(keys, chance, &value), cookie: Some(cookie(COOKIE, value, Duration::days(30))) }
            }
        }
    }
}

/// What tells this browser from others, as long as it keeps its cookies.
#[must_use]
pub fn browser(request: &HttpRequest) -> Option<String> {
    request.cookie(COOKIE).map(|held| held.value().to_owned()).filter(|value| value.len() == VALUE_LENGTH)
}

/// Whether a form came from one of our pages in this browser.
#[must_use]
pub fn is_ours(request: &HttpRequest, keys: &Keys, token: &str) -> bool {
    let foreign = request
        .headers()
        .get("sec-fetch-site")
        .is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none"));
    let Some(held) = request.cookie(COOKIE).filter(|_| !foreign) else { return false };
    let Ok(token) = URL_SAFE_NO_PAD.decode(token) else { return false };
    let Some((mask, masked)) = token.split_at_checked(MAC_LENGTH) else { return false };
    masked.len() == MAC_LENGTH && keys.session().verify(PURPOSE, &[held.value().as_bytes()], &under(mask, masked))
}

const PURPOSE: &str = "form";
const MAC_LENGTH: usize = 16;
/// 16 bytes in base 64 without padding.
const VALUE_LENGTH: usize = 22;

/// A mask drawn for each page, and the MAC under it: a proxy that compresses pages gives away, by
/// their length, what stands in them twice (BREACH), so nothing secret may look the same twice.
fn token(keys: &Keys, chance: &Chance, value: &str) -> String {
    let mask = chance.bytes::<MAC_LENGTH>();
    let mac = keys.session().mac(PURPOSE, &[value.as_bytes()]);
    URL_SAFE_NO_PAD.encode([mask.to_vec(), under(&mask, &mac)].concat())
}

fn under(mask: &[u8], bytes: &[u8]) -> Vec<u8> {
    mask.iter().zip(bytes).map(|(mask, byte)| mask ^ byte).collect()
}
