//! Sessions as sealed cookies: no row, so nothing to read in a dump and nothing to look up.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};

use crate::ids::{Chance, Id};
use crate::keys::Keys;

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

/// A staff member's session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffSession {
    pub staff: Id,
    pub expires: DateTime<Utc>,
}

pub const MEMBER_COOKIE: &str = "__Host-session";
pub const STAFF_COOKIE: &str = "__Host-desk";

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
    pub fn new(staff: Id, now: DateTime<Utc>) -> Self {
        Self { staff, expires: now + Duration::hours(Self::HOURS) }
    }

    #[must_use]
    pub fn seal(&self, keys: &Keys, chance: &Chance) -> String {
        let plain = [&self.staff.as_bytes()[..], &self.expires.timestamp().to_be_bytes()].concat();
        URL_SAFE_NO_PAD.encode(keys.session().seal(chance, STAFF, &plain))
    }

    #[must_use]
    pub fn of_request(request: &HttpRequest, keys: &Keys, now: DateTime<Utc>) -> Option<Self> {
        let sealed = request.cookie(STAFF_COOKIE)?;
        let plain = keys.session().open(STAFF, &URL_SAFE_NO_PAD.decode(sealed.value()).ok()?)?;
        let (staff, expires) = plain.split_first_chunk::<16>()?;
        let expires = DateTime::from_timestamp(i64::from_be_bytes(expires.try_into().ok()?), 0)?;
        (expires > now).then_some(Self { staff: Id::from_bytes(*staff), expires })
    }
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
