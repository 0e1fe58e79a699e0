//! Files handed over as they are made, so that size never becomes memory.

use std::io::{self, Write};

use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpResponse, rt};
use serde_json::json;
use tokio::sync::mpsc;

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
    let name = format!("{}-release-{}.{}", consultation.slug, release.number, format.as_str());
    let (sender, receiver) = mpsc::channel(CHUNKS);
    let store = house.store.clone();
    rt::task::spawn_blocking(move || {
        let mut out = io::BufWriter::with_capacity(CHUNK, Sender(sender.clone()));
        let written = export::write(&store, &consultation, &release, format, &mut out).map_err(io::Error::other);
        if let Err(error) = written.and_then(|()| out.flush()) {
            // The reader sees a file that breaks off, never a shorter one that looks whole.
            tracing::error!(%error, "an export broke off");
            sender.blocking_send(Err(error)).ok();
        }
    });
    let stream = futures(receiver);
    Ok(HttpResponse::Ok()
        .content_type(format.content_type())
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(stream))
}

const CHUNK: usize = 64 * 1024;
const CHUNKS: usize = 8;

struct Sender(mpsc::Sender<io::Result<Bytes>>);

impl Write for Sender {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .blocking_send(Ok(Bytes::copy_from_slice(bytes)))
            .map_err(|_| io::Error::new(io::ErrorKind::BrokenPipe, "the reader went away"))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn futures(receiver: mpsc::Receiver<io::Result<Bytes>>) -> impl futures_core::Stream<Item = io::Result<Bytes>> {
    struct Received(mpsc::Receiver<io::Result<Bytes>>);

    impl futures_core::Stream for Received {
        type Item = io::Result<Bytes>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            self.0.poll_recv(context)
        }
    }

    Received(receiver)
}
