//! Reading what was sent: forms with their CSRF token, and JSON with the place of each mistake.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest, http::header};
use serde::de::DeserializeOwned;

use super::csrf;
use super::error::Failure;
use super::house::House;
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

type Reading<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Failure;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let body = read(&request, payload, BODY_LIMIT);
        Box::pin(async move {
            let body = body.await?;
            let text = std::str::from_utf8(&body).map_err(|_| Failure::unreadable("The form is not UTF-8 text."))?;
            let pairs = actix_web::web::Query::<Vec<(String, String)>>::from_query(text)
                .map_err(|_| Failure::unreadable("The form cannot be read."))?
                .into_inner();
            let value_of = |name: &str| pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
            let house = house(&request)?;
            if !csrf::is_ours(&request, &house.keys, &value_of("csrf").unwrap_or_default()) {
                let again_url = Some(request.path().to_owned());
                return Err(Failure::Expired { kept: words_in(&pairs), again_url });
            }
            let form = actix_web::web::Query::<T>::from_query(text)
                .map_err(|_| Failure::unreadable("A part of the form is missing."))?;
            Ok(Self(form.into_inner()))
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
                    Failure::Refused(Problem::new(field, "wrong-type", sentence(&inner)).into())
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
    let body = read(request, payload, BODY_LIMIT).await.ok()?;
    let text = std::str::from_utf8(&body).ok()?;
    words_in(&actix_web::web::Query::<Vec<(String, String)>>::from_query(text).ok()?)
}

fn words_in(pairs: &[(String, String)]) -> Option<String> {
    let words: Vec<&str> = ["condition", "body", "new_wording"]
        .into_iter()
        .filter_map(|name| pairs.iter().find(|(field, _)| field == name).map(|(_, typed)| typed.trim()))
        .filter(|typed| !typed.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join("\n\n"))
}

pub(super) fn house(request: &HttpRequest) -> Result<Data<House>, Failure> {
    request.app_data::<Data<House>>().cloned().ok_or_else(|| Failure::unreadable("The service is not ready."))
}

fn read(request: &HttpRequest, payload: &mut Payload, limit: usize) -> Reading<Bytes> {
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
    format!("Mend this: {text}.")
}
