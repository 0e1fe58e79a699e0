//! Releases: `GET/POST /consultations/{slug}/releases`, `GET …/releases/{n}/export`.

use std::io::{self, BufWriter, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::asked::{self, Parameters};
use super::replay::{Answer, once};
use crate::collation::{self, export};
use crate::consultations;
use crate::web::error::Failure;
use crate::web::form::Json;
use crate::web::house::House;
use crate::web::visitor::deed;

/// A body that says nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// # Errors
/// No such consultation, or a bad parameter.
pub async fn list(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["limit", "after"])?;
    let slug = asked::slug(&slug)?;
    let all = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        Ok(collation::list(tx, consultation.id)?)
    });
    Ok(HttpResponse::Ok().json(parameters.part(all.await?, |one| one.number.to_string())?))
}

/// Makes a release, or gives the newest again when nothing has changed since.
///
/// # Errors
/// Nothing has reached the desks yet.
pub async fn make(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    body: Json<Nothing>,
) -> Result<HttpResponse, Failure> {
    let (deed, slug, doing) = (deed(&request, &house)?, asked::slug(&slug)?, house.clone());
    once(&request, &house, &body.bytes, async move {
        Answer::made(&collation::current(&doing.store, &doing.keys, &deed, &slug).await?)
    })
    .await
}

/// A file of a release, written while it is read, so that its size never becomes memory.
///
/// # Errors
/// No such release; a format or an audience that does not exist yet.
pub async fn export(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["format", "audience"])?;
    let asked_for = |name| parameters.get(name).unwrap_or_default();
    let format = export::asked(asked_for("format"), asked_for("audience"))?;
    let (slug, number) = path.into_inner();
    let (deed, slug, number) = (deed(&request, &house)?, asked::slug(&slug)?, asked::name(&number, "release")?);
    let found = house.write(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let release = collation::by_number(tx, consultation.id, number)?;
        let detail = serde_json::json!({ "number": number, "format": format, "audience": "negotiator" });
        deed.record(tx, "export release", &slug, &detail)?;
        Ok((consultation, release))
    });
    let (consultation, release) = found.await?;
    let name = format!("attachment; filename=\"{}-release-{number}.{format}\"", consultation.slug);
    let (sender, receiver) = channel(PARTS);
    let store = house.store.clone();
    tokio::task::spawn_blocking(move || {
        let mut out = BufWriter::with_capacity(PART, ToClient(sender.clone()));
        let written = export::write(&store, &consultation, &release, format, &mut out);
        let ended = written.and_then(|()| Ok(out.flush()?));
        if let Err(fault) = ended
            && !sender.is_closed()
        {
            tracing::error!(%fault, "an export broke off");
            // Breaks the connection, so that half a file is not taken for a whole one.
            sender.blocking_send(Err(io::Error::other("the export broke off"))).ok();
        }
    });
    Ok(HttpResponse::Ok()
        .content_type(format.content_type())
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(FromWriter(receiver)))
}

/// Bytes of one part on its way to the client.
const PART: usize = 64 * 1024;
/// Parts that may wait for a slow client.
const PARTS: usize = 4;

type Part = io::Result<Bytes>;

/// The writing end; waits while the client is slow.
struct ToClient(Sender<Part>);

impl Write for ToClient {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .blocking_send(Ok(Bytes::copy_from_slice(bytes)))
            .map_err(|_| io::Error::new(io::ErrorKind::BrokenPipe, "the client went away"))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The reading end, as a body.
struct FromWriter(Receiver<Part>);

impl MessageBody for FromWriter {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Part>> {
        self.0.poll_recv(context)
    }
}
