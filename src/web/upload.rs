//! Forms that bring files: `multipart/form-data`, with the CSRF token and the limits of [`Form`].
//!
//! [`Form`]: super::form::Form

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::{StreamExt, stream};
use serde::de::DeserializeOwned;

use super::error::Failure;
use super::form::{self, FILE_LIMIT, Pairs, Reading};

/// A form that may bring files, sent as `multipart/form-data` (or without files, as any other
/// form), whose CSRF token was right. At most [`FILE_LIMIT`] bytes and [`FIELDS_MAX`] fields.
pub struct Upload<T> {
    /// The text fields, as [`Form`](super::form::Form) reads them.
    pub value: T,
    /// The text fields in their order, for those whose names are only known to the page.
    pub fields: Fields,
    /// The files that were chosen; a field left empty is not among them.
    pub files: Vec<Uploaded>,
}

/// One file. Only its content says what it is: name and type are whatever the sender wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploaded {
    /// The name of the form field.
    pub field: String,
    /// Last part of the name that the sender gave, at most 200 characters; never a path to open.
    pub file_name: String,
    pub bytes: Bytes,
}

/// Text fields in the order in which they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Pairs);

impl Fields {
    /// What the first field of this name says.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

impl<T> Upload<T> {
    /// The file that was chosen in this field.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&Uploaded> {
        self.files.iter().find(|file| file.field == field)
    }
}

/// Most fields and files of one form; a list of members has a field for each of 200 columns.
pub const FIELDS_MAX: usize = 2000;

impl<T: DeserializeOwned + 'static> FromRequest for Upload<T> {
    type Error = Failure;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let body = form::read(&request, payload, FILE_LIMIT);
        Box::pin(async move {
            let (pairs, files) = parts(request.headers(), body.await?).await?;
            form::proven(&request, &pairs)?;
            let value = form::value_of(&pairs)?;
            Ok(Self { value, fields: Fields(pairs), files })
        })
    }
}

/// Whether a body with these headers is in parts.
pub(super) fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
}

/// The text fields and the files of a body.
pub(super) async fn parts(headers: &HeaderMap, body: Bytes) -> Result<(Pairs, Vec<Uploaded>), Failure> {
    if !is_multipart(headers) {
        return Ok((form::pairs_of(&body)?, Vec::new()));
    }
    let unreadable = || Failure::unreadable("The form cannot be read.");
    let pieces: Vec<Result<Bytes, PayloadError>> =
        (0..body.len()).step_by(PIECE).map(|start| Ok(body.slice(start..body.len().min(start + PIECE)))).collect();
    let mut multipart = Multipart::new(headers, stream::iter(pieces));
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = multipart.next().await {
        let mut part = part.map_err(|_| unreadable())?;
        if pairs.len() + files.len() >= FIELDS_MAX {
            return Err(Failure::unreadable("The form has too many fields."));
        }
        let field = part.name().unwrap_or_default().to_owned();
        let file_name = part.content_disposition().and_then(|told| told.get_filename()).map(plain_name);
        let bytes = part.bytes(FILE_LIMIT).await.map_err(|_| Failure::TooLarge { limit: FILE_LIMIT })?;
        let bytes = bytes.map_err(|_| unreadable())?;
        match file_name {
            // What browsers send for a file field without a file.
            Some(_) if bytes.is_empty() => {}
            Some(file_name) => files.push(Uploaded { field, file_name, bytes }),
            None => {
                let text = String::from_utf8(bytes.into());
                pairs.push((field, text.map_err(|_| Failure::unreadable("The form is not UTF-8 text."))?));
            }
        }
    }
    Ok((pairs, files))
}

/// How much of the body the parser is given at once; it refuses more than 64 kB that it cannot place.
const PIECE: usize = 16 * 1024;

fn plain_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|sign| !sign.is_control()).take(crate::text::LINE_MAX).collect()
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn headers(kind: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(kind).unwrap());
        headers
    }

    fn part(disposition: &str, content: &str) -> String {
        format!("--edge\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n")
    }

    async fn read(body: String) -> Result<(Pairs, Vec<Uploaded>), Failure> {
        parts(&headers("multipart/form-data; boundary=edge"), Bytes::from(body)).await
    }

    #[actix_web::test]
    async fn fields_and_files_come_apart_in_their_order() {
        let body = [
            part("name=\"csrf\"", "x"),
            part("name=\"list\"", "Ana\r\nBo & Cy = ü"),
            part("name=\"list_file\"; filename=\"..\\\\up/mem\\\"bers.csv\"", "a,b\n"),
            part("name=\"other\"; filename=\"\"", ""),
            "--edge--\r\n".to_owned(),
        ];
        let (pairs, files) = read(body.concat()).await.unwrap();
        let fields = Fields(pairs.clone());
        assert_eq!((fields.get("csrf"), fields.get("list")), (Some("x"), Some("Ana\r\nBo & Cy = ü")));
        assert_eq!((files.len(), files[0].field.as_str(), &files[0].bytes[..]), (1, "list_file", &b"a,b\n"[..]));
        assert!(!files[0].file_name.contains(['/', '\\']) && files[0].file_name.contains("bers"), "{files:?}");
        let value: std::collections::BTreeMap<String, String> = form::value_of(&pairs).unwrap();
        assert_eq!(value["list"], "Ana\r\nBo & Cy = ü");
    }

    #[actix_web::test]
    async fn a_large_field_comes_whole() {
        let words = "Ana Ångström, Fostering\n".repeat(100_000);
        let body = part("name=\"list\"", &words) + "--edge--\r\n";
        assert_eq!(read(body).await.unwrap().0, [("list".to_owned(), words)]);
    }

    #[actix_web::test]
    async fn a_form_without_files_may_come_as_any_other_form() {
        let headers = headers("application/x-www-form-urlencoded");
        let (pairs, files) = parts(&headers, Bytes::from_static(b"csrf=x&list=a%2Cb+c")).await.unwrap();
        assert_eq!((pairs[1].1.as_str(), files.len()), ("a,b c", 0));
    }

    #[actix_web::test]
    async fn what_is_broken_or_too_much_is_refused() {
        let whole = part("name=\"a\"", "1") + "--edge--\r\n";
        for broken in [&whole[..whole.len() - 9], "--edge\r\n\r\n\r\nx\r\n--edge--\r\n", "nothing"] {
            let refused = read(broken.to_owned()).await;
            assert!(matches!(refused, Err(Failure::Unreadable(_))), "{broken:?}: {refused:?}");
        }
        let many = part("name=\"a\"", "").repeat(FIELDS_MAX + 1) + "--edge--\r\n";
        assert!(matches!(read(many).await, Err(Failure::Unreadable(_))));
        let nested = "--edge\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n--e--\r\n--edge--\r\n";
        assert!(matches!(read(nested.to_owned()).await, Err(Failure::Unreadable(_))));
        let no_edge = parts(&headers("multipart/form-data"), Bytes::from_static(b"--edge--")).await;
        assert!(matches!(no_edge, Err(Failure::Unreadable(_))));
    }
}
