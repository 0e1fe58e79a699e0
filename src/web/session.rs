//! Sessions as sealed cookies: no row, so nothing to read in a dump and nothing to look up.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};

use crate::ids::{Chance, Id};
use crate::keys::Keys;
use crate::people::Staff;
use crate::people::sign_in::Browser;

/// How much a member's session may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Read the draft and add words.
    Write,
    /// Also see and change what was said.
    Full,
}

/// A member's session: which invitation, under which generation of its link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberSession {
    pub invitation: Id,
    pub generation: i32,
    pub level: Level,
    pub expires: DateTime<Utc>,
}

/// A staff member's session: of which account, in which of its epochs. It lasts twelve hours
/// whatever is done in it; there is no row in which an idle time could be noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffSession {
    pub staff: Id,
    pub epoch: i32,
    /// Entered through a one-time link: then a new password needs no old one.
    pub by_link: bool,
    pub expires: DateTime<Utc>,
}

pub const MEMBER_COOKIE: &str = "__Host-session";
pub const STAFF_COOKIE: &str = "__Host-desk";
/// The accounts that this browser was signed in to: it is no key, it only counts failures apart.
pub const BROWSER_COOKIE: &str = "__Host-known";

impl MemberSession {
    /// Days a session lasts; her link makes a new one any time.
    const DAYS: i64 = 30;

    #[must_use]
    pub fn new(invitation: Id, generation: i32, level: Level, now: DateTime<Utc>) -> Self {
        Self { invitation, generation, level, expires: now + Duration::days(Self::DAYS) }
    }

    #[must_use]
    pub fn seal(&self, keys: &Keys, chance: &Chance) -> String {
        let level = u8::from(self.level == Level::Full);
        let plain = [
            &self.invitation.as_bytes()[..],
            &self.generation.to_be_bytes(),
            &[level],
            &self.expires.timestamp().to_be_bytes(),
        ]
        .concat();
        URL_SAFE_NO_PAD.encode(keys.session().seal(chance, MEMBER, &plain))
    }

    #[must_use]
    pub fn open(keys: &Keys, sealed: &str, now: DateTime<Utc>) -> Option<Self> {
        let plain = keys.session().open(MEMBER, &URL_SAFE_NO_PAD.decode(sealed).ok()?)?;
        let (invitation, rest) = plain.split_first_chunk::<16>()?;
        let (generation, rest) = rest.split_first_chunk::<4>()?;
        let (level, expires) = rest.split_first()?;
        let session = Self {
            invitation: Id::from_bytes(*invitation),
            generation: i32::from_be_bytes(*generation),
            level: if *level == 1 { Level::Full } else { Level::Write },
            expires: DateTime::from_timestamp(i64::from_be_bytes(expires.try_into().ok()?), 0)?,
        };
        (session.expires > now).then_some(session)
    }

    #[must_use]
    pub fn of_request(request: &HttpRequest, keys: &Keys, now: DateTime<Utc>) -> Option<Self> {
        Self::open(keys, request.cookie(MEMBER_COOKIE)?.value(), now)
    }
}

impl StaffSession {
    const HOURS: i64 = 12;

    #[must_use]
    pub fn new(staff: &Staff, by_link: bool, now: DateTime<Utc>) -> Self {
        Self { staff: staff.id, epoch: staff.session_epoch, by_link, expires: now + Duration::hours(Self::HOURS) }
    }

    /// The cookie that holds it.
    #[must_use]
    pub fn cookie(&self, keys: &Keys, chance: &Chance, now: DateTime<Utc>) -> Cookie<'static> {
        let plain = [
            &self.staff.as_bytes()[..],
            &self.epoch.to_be_bytes(),
            &[u8::from(self.by_link)],
            &self.expires.timestamp().to_be_bytes(),
        ]
        .concat();
        let sealed = URL_SAFE_NO_PAD.encode(keys.session().seal(chance, STAFF, &plain));
        cookie(STAFF_COOKIE, sealed, (self.expires - now).max(Duration::zero()))
    }

    #[must_use]
    pub fn of_request(request: &HttpRequest, keys: &Keys, now: DateTime<Utc>) -> Option<Self> {
        let sealed = request.cookie(STAFF_COOKIE)?;
        let plain = keys.session().open(STAFF, &URL_SAFE_NO_PAD.decode(sealed.value()).ok()?)?;
        let (staff, rest) = plain.split_first_chunk::<16>()?;
        let (epoch, rest) = rest.split_first_chunk::<4>()?;
        let (by_link, expires) = rest.split_first()?;
        let expires = DateTime::from_timestamp(i64::from_be_bytes(expires.try_into().ok()?), 0)?;
        let session =
            Self { staff: Id::from_bytes(*staff), epoch: i32::from_be_bytes(*epoch), by_link: *by_link == 1, expires };
        (expires > now).then_some(session)
    }
}

/// The browser as its cookie remembers it. Several people may share one, in a branch office.
#[must_use]
pub fn browser_of(request: &HttpRequest, keys: &Keys) -> Option<Browser> {
    let sealed = request.cookie(BROWSER_COOKIE)?;
    let plain = keys.session().open(BROWSER, &URL_SAFE_NO_PAD.decode(sealed.value()).ok()?)?;
    let (mark, accounts) = plain.split_first_chunk::<16>()?;
    let (accounts, _) = accounts.as_chunks::<16>();
    Some(Browser { mark: *mark, accounts: accounts.iter().map(|id| Id::from_bytes(*id)).collect() })
}

/// The cookie of a browser that was just signed in to `account`.
#[must_use]
pub fn browser_cookie(request: &HttpRequest, keys: &Keys, chance: &Chance, account: Id) -> Cookie<'static> {
    const REMEMBERED: usize = 8;
    const DAYS: i64 = 365;
    let former = browser_of(request, keys).unwrap_or_else(|| Browser { mark: chance.bytes(), accounts: Vec::new() });
    let others = former.accounts.iter().filter(|other| **other != account);
    let accounts = std::iter::once(&account).chain(others).take(REMEMBERED).flat_map(|id| *id.as_bytes());
    let plain: Vec<u8> = former.mark.into_iter().chain(accounts).collect();
    let sealed = URL_SAFE_NO_PAD.encode(keys.session().seal(chance, BROWSER, &plain));
    cookie(BROWSER_COOKIE, sealed, Duration::days(DAYS))
}

/// A cookie that only this host, only over a safe connection, and no script can read.
#[must_use]
pub fn cookie(name: &'static str, value: String, lasts: Duration) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(lasts.num_seconds()))
        .finish()
}

/// What takes a cookie away again.
#[must_use]
pub fn gone(name: &'static str) -> Cookie<'static> {
    cookie(name, String::new(), Duration::zero())
}

const MEMBER: &[u8] = b"member session";
const STAFF: &[u8] = b"staff session";
const BROWSER: &[u8] = b"known browser";
