//! Files handed over as they are made, so that size never becomes memory.

use std::io::{self, BufWriter, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpResponse;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use serde_json::json;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::error::Failure;
use super::house::House;
use crate::audit::Deed;
use crate::collation::export::{self, Format};
use crate::collation::{Audience, Release};
use crate::consultations::Consultation;
use crate::refusal::Refusal;

/// A release as a file; who took it is recorded before the first byte leaves.
///
/// # Errors
/// When the audit row cannot be written.
pub async fn release(
    house: &Data<House>,
    deed: &Deed,
    consultation: Consultation,
    release: Release,
    format: Format,
    audience: Audience,
) -> Result<HttpResponse, Failure> {
    let detail = json!({ "release": release.number, "format": format.as_str(), "audience": audience.as_str() });
    let (deed, slug) = (deed.clone(), consultation.slug.clone());
    house.write(move |tx| Ok::<_, Refusal>(deed.record(tx, "export", &slug, &detail)?)).await?;
    let name = format!("attachment; filename=\"{}-release-{}.{format}\"", consultation.slug, release.number);
    let (sender, receiver) = channel(PARTS);
    let (store, words) = (house.store.clone(), house.words.clone());
    tokio::task::spawn_blocking(move || {
        let mut out = BufWriter::with_capacity(PART, ToClient(sender.clone()));
        let written = export::write(&store, &words, &consultation, &release, format, &mut out);
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
