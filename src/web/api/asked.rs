//! What an address says: names in its path, parameters after the `?`, the part of a list.

use actix_web::web::Query;
use actix_web::{HttpRequest, http::header};
use serde::Serialize;

use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::text;
use crate::web::error::Failure;

/// Items in an answer when nobody says how many.
const LIMIT: usize = 50;
/// Most items in an answer.
pub const LIMIT_MAX: usize = 200;

/// The parameters of a request, each known and there at most once.
#[derive(Debug)]
pub struct Parameters(Vec<(String, String)>);

/// A part of a list, and the cursor after which the next one begins.
#[derive(Debug, Serialize)]
pub struct Listed<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

impl Parameters {
    /// # Errors
    /// A parameter that is not among `known`: a mistyped `dry_run` must not become a real import.
    pub fn of(request: &HttpRequest, known: &[&str]) -> Result<Self, Failure> {
        let pairs = Query::<Vec<(String, String)>>::from_query(request.query_string())
            .map_err(|_| Failure::unreadable("The part of the address after the ? cannot be read."))?
            .into_inner();
        let mut problems = Problems::default();
        for (place, (name, value)) in pairs.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let shown: String = name.chars().filter(|sign| !sign.is_control()).take(40).collect();
                let detail = match known {
                    [] => "This address takes no parameters.".to_owned(),
                    known => format!("There is no such parameter here; known are {}.", known.join(", ")),
                };
                problems.note(&shown, "unknown-parameter", detail);
            } else if pairs.iter().take(place).any(|(earlier, _)| earlier == name) {
                problems.note(name, "twice", "Give this parameter once.");
            }
            problems.check(text::optional_line(name, value));
        }
        problems.none()?;
        Ok(Self(pairs))
    }

    /// The parameter's value; none when it is absent or empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// # Errors
    /// Anything but `true` or `false` (or `1`, `0`); absent is false.
    pub fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.get(name) {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1") => Ok(true),
            Some(_) => Err(Refusal::field(name, "not-a-choice", "Write true or false.")),
        }
    }

    /// How many items are asked for, at most `most`.
    ///
    /// # Errors
    /// What is no number from 1 to `most`.
    pub fn limit(&self, most: usize) -> Result<usize, Refusal> {
        let Some(written) = self.get("limit") else { return Ok(LIMIT) };
        written
            .parse()
            .ok()
            .filter(|limit| (1..=most).contains(limit))
            .ok_or_else(|| Refusal::field("limit", "out-of-range", format!("Write a number from 1 to {most}.")))
    }

    /// The cursor as the name of a row.
    ///
    /// # Errors
    /// A cursor that no answer of ours gave.
    pub fn after_id(&self) -> Result<Option<Id>, Refusal> {
        self.get("after").map(|after| after.parse().map_err(|_| bad_cursor())).transpose()
    }

    /// The asked part of a list that is all there; `name` is an item's cursor.
    ///
    /// # Errors
    /// A limit out of range, or a cursor that is not in the list.
    pub fn part<T>(&self, all: Vec<T>, name: impl Fn(&T) -> String) -> Result<Listed<T>, Refusal> {
        let limit = self.limit(LIMIT_MAX)?;
        let start = match self.get("after") {
            None => 0,
            Some(after) => all.iter().position(|item| name(item) == after).ok_or_else(bad_cursor)? + 1,
        };
        let more = all.len() > start + limit;
        let items: Vec<T> = all.into_iter().skip(start).take(limit).collect();
        let next = if more { items.last().map(name) } else { None };
        Ok(Listed { items, next })
    }
}

/// A slug in a path; nothing else is looked up.
///
/// # Errors
/// What cannot be a slug is no consultation.
pub fn slug(written: &str) -> Result<String, Failure> {
    let fits = (1..=60).contains(&written.len())
        && written.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-');
    if fits { Ok(written.to_owned()) } else { Err(Refusal::Unknown("consultation").into()) }
}

/// An id or a number in a path; `what` is said when it is none.
///
/// # Errors
/// What cannot be read is not there.
pub fn name<T: std::str::FromStr>(written: &str, what: &'static str) -> Result<T, Failure> {
    written.parse().map_err(|_| Refusal::Unknown(what).into())
}

/// The media type of the body without its parameters, in small letters, and its `charset`.
#[must_use]
pub fn content_type(request: &HttpRequest) -> (String, Option<String>) {
    let written = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = written.split(';').map(|part| part.trim().to_lowercase());
    let kind = parts.next().unwrap_or_default();
    let charset = parts.find_map(|part| part.strip_prefix("charset=").map(|set| set.trim_matches('"').to_owned()));
    (kind, charset)
}

pub fn bad_cursor() -> Refusal {
    Refusal::field("after", "unknown", "Give the `next` of the answer before, or leave `after` out.")
}
