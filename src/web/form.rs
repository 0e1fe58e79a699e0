//! Reading what was sent: forms with their CSRF token, and JSON with the place of each mistake.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpMessage, HttpRequest, http::header};
use serde::de::DeserializeOwned;

use super::csrf;
use super::error::Failure;
use super::house::House;
use super::upload;
use crate::text::Problem;

/// Largest form or JSON body: a comment of 10,000 letters that each take nine bytes in a form,
/// and its condition and new wording.
pub const BODY_LIMIT: usize = 256 * 1024;
/// Largest file.
pub const FILE_LIMIT: usize = 16 * 1024 * 1024;

/// A form whose CSRF token was right.
pub struct Form<T>(pub T);

/// A JSON body; an empty one reads as `{}`.
pub struct Json<T> {
    pub value: T,
    /// The bytes themselves, to recognise a repeated request.
    pub bytes: Bytes,
}

/// The bytes of a file.
pub struct File(pub Bytes);

/// Names and values of a form in their order.
pub(super) type Pairs = Vec<(String, String)>;

pub(super) type Reading<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Failure;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let body = read(&request, payload, BODY_LIMIT);
        Box::pin(async move {
            let pairs = pairs_of(&body.await?)?;
            proven(&request, &pairs)?;
            Ok(Self(value_of(&pairs)?))
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Failure;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read(request, payload, BODY_LIMIT);
        Box::pin(async move {
            let bytes = body.await?;
            let read: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
            let mut parser = serde_json::Deserializer::from_slice(read);
            let value = serde_path_to_error::deserialize(&mut parser).map_err(|error| {
                let place = error.path().to_string();
                let inner = error.into_inner();
                if inner.is_data() {
                    let field = if place == "." { String::new() } else { place };
                    let sentence = sentence(&inner);
                    let code = if sentence.contains("unknown field") { "unknown-member" } else { "wrong-type" };
                    Failure::Refused(Problem::new(field, code, sentence).into())
                } else {
                    Failure::unreadable("The body is not JSON.")
                }
            })?;
            parser.end().map_err(|_| Failure::unreadable("The body is not one JSON value."))?;
            Ok(Self { value, bytes })
        })
    }
}

impl FromRequest for File {
    type Error = Failure;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read(request, payload, FILE_LIMIT);
        Box::pin(async move { body.await.map(Self) })
    }
}

/// The words in a form that will not be taken, to be given back.
pub async fn typed(request: &HttpRequest, payload: &mut Payload) -> Option<String> {
    let limit = if upload::is_multipart(request.headers()) { 4 * BODY_LIMIT } else { BODY_LIMIT };
    let body = read(request, payload, limit).await.ok()?;
    let pairs = upload::parts(request.headers(), body).await.ok()?.0;
    let words = words_in(&pairs);
    hold(request, &pairs, words.is_some());
    words
}

/// A member's form that came while she was signed out, to be sent again when she is signed in.
pub struct Held(pub Pairs);

/// Holds a form for the page that answers; not one that another site made her browser send.
fn hold(request: &HttpRequest, pairs: &[(String, String)], has_words: bool) {
    let is_own = request.headers().get("sec-fetch-site").is_some_and(|site| site.as_bytes() == b"same-origin");
    if has_words && is_own && request.path().starts_with("/c/") {
        let pairs = pairs.iter().filter(|(name, _)| name != "csrf").cloned().collect();
        request.extensions_mut().insert(Held(pairs));
    }
}

/// Names and values of an ordinary form.
pub(super) fn pairs_of(body: &[u8]) -> Result<Pairs, Failure> {
    let text = std::str::from_utf8(body).map_err(|_| Failure::unreadable("The form is not UTF-8 text."))?;
    let pairs = actix_web::web::Query::<Pairs>::from_query(text);
    Ok(pairs.map_err(|_| Failure::unreadable("The form cannot be read."))?.into_inner())
}

/// Refuses a form that is not one of ours, with the words that were typed into it.
pub(super) fn proven(request: &HttpRequest, pairs: &[(String, String)]) -> Result<(), Failure> {
    let token = pairs.iter().find(|(field, _)| field == "csrf").map_or("", |(_, value)| value);
    if csrf::is_ours(request, &house(request)?.keys, token) {
        Ok(())
    } else {
        let kept = words_in(pairs);
        hold(request, pairs, kept.is_some());
        Err(Failure::Expired { kept, again_url: Some(request.path().to_owned()) })
    }
}

/// A form's fields as a struct.
pub(super) fn value_of<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, Failure> {
    let mut query = String::new();
    for (name, value) in pairs {
        let joint = if query.is_empty() { "" } else { "&" };
        for (mark, text) in [(joint, name), ("=", value)] {
            query.push_str(mark);
            escape(&mut query, text);
        }
    }
    let form = actix_web::web::Query::<T>::from_query(&query);
    Ok(form.map_err(|_| Failure::unreadable("A part of the form is missing."))?.into_inner())
}

/// Puts a text into a query.
pub(super) fn escape(query: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            query.push(char::from(byte));
        } else {
            query.push('%');
            query.extend([byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16).unwrap_or('0')));
        }
    }
}

/// Fields in which people write more than they would like to write again; answers to questions, too,
/// where they are words and not a choice.
const WRITTEN: &[&str] = &["condition", "body", "new_wording", "list"];

pub(super) fn words_in(pairs: &[(String, String)]) -> Option<String> {
    let of_forms = WRITTEN.iter().filter_map(|name| pairs.iter().find(|(field, _)| field == name));
    let of_questions = pairs.iter().filter(|(field, typed)| field.starts_with("q-") && typed.contains(' '));
    let words: Vec<&str> =
        of_forms.chain(of_questions).map(|(_, typed)| typed.trim()).filter(|typed| !typed.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("\n\n"))
}

pub(super) fn house(request: &HttpRequest) -> Result<Data<House>, Failure> {
    request.app_data::<Data<House>>().cloned().ok_or_else(|| Failure::unreadable("The service is not ready."))
}

pub(super) fn read(request: &HttpRequest, payload: &mut Payload, limit: usize) -> Reading<Bytes> {
    let encoded = request.headers().get(header::CONTENT_ENCODING).is_some_and(|how| how.as_bytes() != b"identity");
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok())
        .is_some_and(|length| length > limit);
    let payload = payload.take();
    Box::pin(async move {
        if encoded {
            return Err(Failure::unreadable("Send the body without Content-Encoding."));
        }
        if announced {
            return Err(Failure::TooLarge { limit });
        }
        match actix_web::body::to_bytes_limited(actix_web::body::BodyStream::new(payload), limit).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(_)) => Err(Failure::unreadable("The body broke off.")),
            Err(_) => Err(Failure::TooLarge { limit }),
        }
    })
}

/// serde's own words without the line and column of a one-line body.
fn sentence(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or(&text);
    let text = text.replace("expected i32", "expected a whole number");
    format!("Mend this: {text}.")
}
